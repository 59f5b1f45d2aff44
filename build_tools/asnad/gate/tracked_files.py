"""What Git must never hold: the private folder, learners' certificates in a public repository, keys inside of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from asnad.catalogue.centre import Centre
from asnad.credentials.digest import credential_digest
from asnad.errors import IssuingError, VerificationError
from asnad.gate.finding import Finding
from asnad.issuers.ledger import read_public
from asnad.proofs.strict_json import parse_object
from asnad.verification.verify import MAX_CREDENTIAL

PRIVATE = "credentials/private/"
PUBLISHED = "credentials/published/"
AWARDS = "credentials/awards/"
_NOTHING_PRIVATE = frozenset((f"{PRIVATE}.gitignore", f"{PRIVATE}README.md"))


def private_files(tracked: Iterable[str]) -> Iterator[Finding]:
    """
    Refuse whatever of the private folder is in Git.

    Args:
        tracked: Paths below the centre's folder.

    """
    for path in tracked:
        if path.startswith(PRIVATE) and path not in _NOTHING_PRIVATE:
            yield Finding(
                file=path,
                line=None,
                expected="nothing of credentials/private in Git",
                found="this file",
                repair="git rm -r --cached credentials/private; keep /credentials/private/ in .gitignore",
                kept_by_git=True,
            )


def keys_in_repository(key_folders: Iterable[str]) -> Iterator[Finding]:
    """
    Refuse a folder of private keys inside the repository, even where Git ignores it.

    Args:
        key_folders: Paths of those that lie inside.

    """
    for folder in key_folders:
        yield Finding(
            file=folder,
            line=None,
            expected="private keys outside the repository",
            found="their folder inside of it",
            repair="move the folder to another place, and name that with --keys; one git add --force would publish it",
        )


def names_in_public_repository(tracked: Iterable[str], centre: Centre) -> Iterator[Finding]:
    """
    Refuse certificates and award lists with names where everybody can read the repository.

    Args:
        tracked: Paths below the centre's folder.

        centre: As the catalogue describes it.

    """
    if centre.repository_private or centre.demonstration:
        return
    for path in tracked:
        certificate = path.startswith(PUBLISHED) and path.endswith((".json", ".digits"))
        if certificate or (path.startswith(AWARDS) and path.endswith(".md")):
            yield Finding(
                file=path,
                line=None,
                expected="nothing with learners' names in a repository that is public",
                found="a certificate" if certificate else "an award list",
                repair=(
                    f"git rm --cached {path}; publish learners' pages with asnad deploy from the desk, or make the "
                    "repository private, for ever, and write repository: private into catalogue/centre.yml"
                ),
                kept_by_git=True,
            )


def unpublished_certificates(certificates: Mapping[str, bytes], ledger: bytes) -> Iterator[Finding]:
    """
    Refuse a certificate that the ledger does not count as published, or counts as taken back.

    Args:
        certificates: Credential files by the path where they lie, in the repository or on the site.

        ledger: The public one.

    """
    if not certificates:
        return
    try:
        events = read_public(ledger)
    except IssuingError as error:
        yield Finding(
            file=str(error.place), line=None, expected="a ledger", found="a damaged one", repair=str(error.hint)
        )
        return
    agreed: dict[str, bool] = {}
    for event in events:
        if event.type in ("published", "unpublished"):
            agreed[event.digest] = event.type == "published"
    for path, data in certificates.items():
        try:
            state = agreed.get(credential_digest(parse_object(data, limit=MAX_CREDENTIAL)).hex())
            found = {None: "one that is in no line of it", False: "one whose page was taken back"}.get(state)
        except (VerificationError, ValueError):
            found = "a file that is none"
        if found is not None:
            yield Finding(
                file=path,
                line=None,
                expected="a certificate that the public ledger counts as published",
                found=found,
                repair="delete it; only asnad issue publishes a certificate, of a learner who agreed on a written day",
            )


def ledger_of(files: Mapping[str, bytes]) -> bytes:
    """
    Give the public ledger of a repository, or nothing.

    Args:
        files: By path below the centre's folder.

    """
    return files.get("credentials/public/ledger.jsonl", b"")


def is_program(tracked: Mapping[str, bytes]) -> bool:
    """
    Tell whether this is the repository of Asnad itself, whose tests are full of invented people and published keys.

    Args:
        tracked: By path below its folder.

    """
    return b'\nname = "asnad"\n' in tracked.get("pyproject.toml", b"") and "build_tools/asnad/errors.py" in tracked
