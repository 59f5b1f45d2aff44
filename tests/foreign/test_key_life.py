"""What libraries by others hold of certificates whose key was rotated, or stolen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from asnad.desk.compromise import compromise
from asnad.desk.ledger import Issued
from asnad.desk.rotation import rotate
from asnad.issuers.keys_file import Role
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, REGISTERS, ExampleCentre
from foreign.node_verifiers import Request, ask_digitalbazaar
from foreign.open_badges_schema import schema_errors
from foreign.python_verifiers import judge_with_openbadgeslib, judge_with_openvc
from foreign.test_issued_credentials import (
    AT,
    CRYPTOSUITES,
    GOOD,
    SUITES,
    documents,
    needs_node,
    needs_schema,
    one_of_each_run,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A centre at a moment: a certificate of each run, and what is published beside it."""

    centre: ExampleCentre
    certificates: Mapping[str, bytes]
    published: Mapping[str, bytes]

    @classmethod
    def of(cls, centre: ExampleCentre) -> Stage:
        published = {address: data for address, data in documents(centre).items() if address.endswith(".json")}
        return cls(centre, one_of_each_run(centre), published)


@pytest.fixture(scope="module")
def rotated(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Change both keys of a centre that has issued."""
    centre = issued_centre.copy(tmp_path_factory.mktemp("rotated") / "copy")
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    rotate(centre.workplace(NOW + 90), Role.STATUS, CHEAP)
    return Stage.of(centre)


@pytest.fixture(scope="module")
def stolen(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Withdraw the issuing key of a centre that has issued."""
    centre = issued_centre.copy(tmp_path_factory.mktemp("stolen") / "copy")
    done = compromise(centre.workplace(NOW + 600), "key-2026a", None, lambda _done, _of: None, CHEAP)
    issued = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    assert done.resigning is not None
    assert done.resigning.now == len(issued) >= 80
    return Stage.of(centre)


def outcomes(stage: Stage, certificates: Mapping[str, bytes]) -> set[Outcome]:
    """Judge as this centre's own verifier does."""
    did, files = stage.centre.store.did, stage.centre.folder.public_files()
    trust = Trust((IssuerTrust(did=did, root_keys=stage.centre.folder.root_keys(did), files=files),), ())
    return {verify_document(data, trust, NOW + 3600).outcome for data in certificates.values()}


@needs_node
@pytest.mark.node
def test_digitalbazaar_accepts_what_a_retired_key_signed(rotated: Stage) -> None:
    requests = [
        Request(data, rotated.published, suites, AT) for data in rotated.certificates.values() for suites in SUITES
    ]
    assert ask_digitalbazaar(requests) == (GOOD,) * 9


@pytest.mark.parametrize("run", REGISTERS)
def test_python_libraries_accept_what_a_retired_key_signed(rotated: Stage, run: str) -> None:
    judgement = judge_with_openbadgeslib(rotated.certificates[run], rotated.published, AT)
    assert judgement.accepted, judgement.reason
    for cryptosuite in CRYPTOSUITES:
        judgement = judge_with_openvc(rotated.certificates[run], cryptosuite, rotated.published, AT)
        assert judgement.accepted, judgement.reason


@needs_node
@pytest.mark.node
def test_digitalbazaar_accepts_only_the_file_that_was_signed_again(issued_centre: ExampleCentre, stolen: Stage) -> None:
    before = one_of_each_run(issued_centre)
    files = [*stolen.certificates.values(), *before.values()]
    answers = ask_digitalbazaar([Request(data, stolen.published, suites, AT) for data in files for suites in SUITES])
    assert answers[:9] == (GOOD,) * 9
    for answer in answers[9:]:
        assert not answer.verified
        assert "#key-2026a" in str(answer.error)


@pytest.mark.parametrize("run", REGISTERS)
def test_python_libraries_accept_only_the_file_that_was_signed_again(
    issued_centre: ExampleCentre, stolen: Stage, run: str
) -> None:
    before, after = one_of_each_run(issued_centre)[run], stolen.certificates[run]
    judgement = judge_with_openbadgeslib(after, stolen.published, AT)
    assert judgement.accepted, judgement.reason
    assert "no verificationMethod" in judge_with_openbadgeslib(before, stolen.published, AT).reason
    for cryptosuite in CRYPTOSUITES:
        judgement = judge_with_openvc(after, cryptosuite, stolen.published, AT)
        assert judgement.accepted, judgement.reason
        assert "not in the DID document" in judge_with_openvc(before, cryptosuite, stolen.published, AT).reason


def test_this_centres_verifier_accepts_both_by_the_frozen_list(issued_centre: ExampleCentre, stolen: Stage) -> None:
    assert outcomes(stolen, issued_centre.credentials()) == {Outcome.DEMONSTRATION}
    assert outcomes(stolen, stolen.centre.credentials()) == {Outcome.DEMONSTRATION}


@needs_schema
def test_the_1edtech_schema_finds_nothing_in_what_was_signed_again(stolen: Stage) -> None:
    for run, credential in stolen.certificates.items():
        assert schema_errors(credential) == (), run
