"""What Git must never hold, told before it does."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from asnad.catalogue.centre import Centre
from asnad.centre_folder import CentreFolder
from asnad.credentials.digest import credential_digest
from asnad.gate.finding import HISTORY, Finding
from asnad.gate.tracked_files import (
    is_program,
    keys_in_repository,
    names_in_public_repository,
    private_files,
    unpublished_certificates,
)
from asnad.issuers.ledger import PublicEvent, public_lines
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject
from example_centre import ROOT

NAME = str(UUID(int=1))
CERTIFICATE = f"credentials/published/{NAME}.json"
DOCUMENT: JSONObject = {"id": f"urn:uuid:{NAME}", "proof": []}


@pytest.fixture(scope="module")
def centre() -> Centre:
    return replace(CentreFolder(ROOT).catalogue().centre, demonstration=False)


def told(findings: list[Finding]) -> list[str]:
    return [f"{found.place}: {found.sentence}" for found in findings]


def test_nothing_of_the_private_folder_may_be_tracked() -> None:
    paths = ("credentials/private/ledger.jsonl", "credentials/private/.gitignore", "credentials/public/ledger.jsonl")
    found = list(private_files(paths))
    assert told(found) == [
        "credentials/private/ledger.jsonl: expected nothing of credentials/private in Git, found this file"
    ]
    assert found[0].repair == "git rm -r --cached credentials/private; keep /credentials/private/ in .gitignore"
    assert found[0].kept_by_git


def test_what_history_keeps_is_said() -> None:
    assert HISTORY.startswith("Git keeps every version that was ever committed: a file that was taken out again stays")


def test_keys_do_not_lie_in_the_repository() -> None:
    assert told(list(keys_in_repository(["keys/private/"]))) == [
        "keys/private/: expected private keys outside the repository, found their folder inside of it"
    ]


def test_certificates_and_named_award_lists_are_for_private_repositories_and_demonstrations(centre: Centre) -> None:
    paths = (CERTIFICATE, "credentials/awards/run-b01.md", "credentials/awards/run-b01.json")
    assert told(list(names_in_public_repository(paths, centre))) == [
        f"{CERTIFICATE}: expected nothing with learners' names in a repository that is public, found a certificate",
        (
            "credentials/awards/run-b01.md: expected nothing with learners' names in a repository that is public, "
            "found an award list"
        ),
    ]
    for other in (replace(centre, repository_private=True), replace(centre, demonstration=True)):
        assert list(names_in_public_repository(paths, other)) == []


def ledger(*types: str) -> bytes:
    digest = credential_digest(DOCUMENT).hex()
    return public_lines(PublicEvent(type=each, digest=digest, key="k", month="2026-11") for each in types)


@pytest.mark.parametrize(
    ("types", "found"),
    [
        (("issued",), "one that is in no line of it"),
        (("issued", "published", "unpublished"), "one whose page was taken back"),
    ],
)
def test_a_certificate_is_published_only_while_the_ledger_says_so(types: tuple[str, ...], found: str) -> None:
    assert told(list(unpublished_certificates({CERTIFICATE: canonical_json(DOCUMENT)}, ledger(*types)))) == [
        f"{CERTIFICATE}: expected a certificate that the public ledger counts as published, found {found}"
    ]


def test_a_certificate_that_was_published_again_is_fine() -> None:
    lines = ledger("issued", "published", "unpublished", "published")
    assert list(unpublished_certificates({CERTIFICATE: canonical_json(DOCUMENT)}, lines)) == []


def test_what_is_no_certificate_and_a_damaged_ledger_are_told() -> None:
    assert told(list(unpublished_certificates({CERTIFICATE: b"{"}, b""))) == [
        f"{CERTIFICATE}: expected a certificate that the public ledger counts as published, found a file that is none"
    ]
    assert told(list(unpublished_certificates({CERTIFICATE: b"{}"}, b"nonsense\n"))) == [
        "credentials/public/ledger.jsonl:1: expected a ledger, found a damaged one"
    ]


def test_the_program_knows_its_own_repository() -> None:
    files = {"pyproject.toml": (ROOT / "pyproject.toml").read_bytes(), "build_tools/asnad/errors.py": b""}
    assert is_program(files)
    assert not is_program({"pyproject.toml": b'[project]\nname = "asnad"\n'})
    assert not is_program({"tests/vectors/key.pem": b""})
