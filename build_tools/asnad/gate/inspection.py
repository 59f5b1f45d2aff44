"""
The publishing gate: everything that is to be committed or published, held against every rule.

It reads nothing itself and believes nobody: what a build or a desk has checked before is checked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from asnad.catalogue.catalogue import Catalogue
from asnad.gate import rollback
from asnad.gate.demonstration import demonstration_as_declared, published_test_keys
from asnad.gate.finding import Finding
from asnad.gate.learners import (
    KnownLearner,
    LearnerIndex,
    is_spreadsheet,
    learner_index,
    learners_named,
    learners_numbers,
    register_file,
)
from asnad.gate.personal_data import find_personal_data
from asnad.gate.private_keys import private_keys
from asnad.gate.published_state import KEYS, PublishedState, read_state
from asnad.gate.stray_contacts import Contacts, contacts_of, stray_contacts
from asnad.gate.text_files import holds_prose
from asnad.gate.tracked_files import (
    AWARDS,
    PUBLISHED,
    is_program,
    keys_in_repository,
    ledger_of,
    names_in_public_repository,
    private_files,
    unpublished_certificates,
)
from asnad.gate.verdict_claims import says_nothing_of_validity, verdict_claims
from asnad.site.deployment import DRAFTS_MARK
from asnad.verification.trusted_issuer import TrustedIssuer

PUBLIC = "credentials/public/"
_EXAMPLE_REGISTERS = "credentials/example-registers/"
_PUBLISHED_SEEDS = "tests/vectors/"
_PROGRAM = ("build_tools/", "site_overrides/", "tests/", "docs/")
_CERTIFICATE_PAGE = re.compile(r"c/[0-9a-f]{2}/[0-9a-f-]{36}\.(html|svg)")
_CERTIFICATE_FILE = re.compile(r"c/[0-9a-f]{2}/[0-9a-f-]{36}\.json")


@dataclass(frozen=True, slots=True)
class EarlierState:
    """What was published at one time."""

    name: str
    """Stands before its paths in messages."""
    files: Mapping[str, bytes]
    """By path below the site."""
    of_repository: bool
    """It is ``credentials/public`` of a repository, which has the ledger too."""
    asked_for: bool
    """Somebody named it; another one that does not hold together is passed over, for nobody can mend the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What is to be committed or published, and what it is held against."""

    catalogue: Catalogue
    tracked: Mapping[str, bytes] | None = None
    """What Git has, or is to have, by path below the centre's folder."""
    site: Mapping[str, bytes] | None = None
    """A built site, by path below its folder."""
    site_folder: str = "site/"
    """Stands before paths of the site in messages."""
    before: tuple[EarlierState, ...] = ()
    """What was published before, the newest first."""
    learners: tuple[KnownLearner, ...] = ()
    """Of the registers on this machine; on another machine there are none."""
    ledger: bytes | None = None
    """The public one, by which the certificates of the site are counted; nothing where it is not at hand."""
    trusted: tuple[TrustedIssuer, ...] = ()
    """The other issuers that the centre trusts, whose files the site has."""
    key_folders: tuple[str, ...] = ()
    """Folders of private keys that lie in the repository."""
    preview: bool = False
    """The site is to be looked at on this machine and may show drafts."""
    looks_like_register: Callable[[str, bytes], bool | None]
    """Reads the headings of a spreadsheet; says nothing where it cannot."""


@dataclass(frozen=True, slots=True)
class _People:
    contacts: Contacts
    learners: LearnerIndex


def inspect(submission: Submission) -> tuple[Finding, ...]:
    """
    Hold everything against every rule.

    Args:
        submission: What is to be committed or published.

    Returns:
        What must be mended first, by file and line; nothing where all is well.

    """
    return tuple(dict.fromkeys(sorted(_findings(submission), key=lambda found: (found.file, found.line or 0))))


def _findings(submission: Submission) -> Iterator[Finding]:
    states: list[PublishedState] = []
    for folder, files in _states(submission):
        state = read_state(folder, files, of_repository=folder == PUBLIC)
        if isinstance(state, Finding):
            yield state
        elif state is not None:
            states.append(state)
            yield from demonstration_as_declared(state, submission.catalogue.centre)
            yield from published_test_keys(state)
            yield from rollback.manifest_vouches(state)
    yield from _compared(submission, states)
    people = _people(submission, states)
    if submission.tracked is not None:
        yield from _in_repository(submission, submission.tracked, people)
    if submission.site is not None:
        yield from _on_site(submission, submission.site, people)


def _states(submission: Submission) -> Iterator[tuple[str, dict[str, bytes]]]:
    if submission.tracked is not None:
        tracked = submission.tracked.items()
        yield PUBLIC, {path.removeprefix(PUBLIC): data for path, data in tracked if path.startswith(PUBLIC)}
    if submission.site is not None:
        yield submission.site_folder, dict(submission.site)


def _compared(submission: Submission, states: list[PublishedState]) -> Iterator[Finding]:
    for earlier in submission.before:
        before = read_state(earlier.name, earlier.files, of_repository=earlier.of_repository)
        if isinstance(before, Finding):
            found = [before] if earlier.asked_for else []
        else:
            found = list(_since(submission, before, states))
        yield from found
        # One report of what went back is enough, and a root key need only be known to the one that announced it.
        if found or (isinstance(before, PublishedState) and _of_former_root(before, states)):
            return


def _since(submission: Submission, before: PublishedState | None, states: list[PublishedState]) -> Iterator[Finding]:
    if before is None:
        return
    if not states and not before.record.keys.demonstration:
        folder = PUBLIC if submission.tracked is not None else submission.site_folder
        yield Finding(
            file=f"{folder}{KEYS}",
            line=None,
            expected="the keys and lists that were published before",
            found="none",
            repair="restore credentials/public from Git or from the backup",
        )
    for state in states:
        if rollback.comparable(before, state):
            for rule in rollback.RULES:
                yield from rule(before, state)


def _of_former_root(before: PublishedState, states: list[PublishedState]) -> bool:
    return any(before.record.keys.root_key != state.record.keys.root_key for state in states)


def _people(submission: Submission, states: list[PublishedState]) -> _People:
    catalogue = submission.catalogue
    listed = [state.record.keys for state in states] + [issuer.published.keys for issuer in submission.trusted]
    signed = [text for keys in listed for text in (keys.phone, keys.email)]
    people = [name for signatory in catalogue.centre.signatories for _, name in signatory.name.versions]
    return _People(contacts_of(catalogue, signed), learner_index(submission.learners, people))


def _in_repository(submission: Submission, tracked: Mapping[str, bytes], people: _People) -> Iterator[Finding]:
    centre = submission.catalogue.centre
    program = is_program(tracked)
    yield from private_files(tracked)
    yield from keys_in_repository(submission.key_folders)
    yield from names_in_public_repository(tracked, centre)
    certificates = {
        path: data for path, data in tracked.items() if path.startswith(PUBLISHED) and path.endswith(".json")
    }
    yield from unpublished_certificates(certificates, ledger_of(tracked))
    for path, data in tracked.items():
        if not (program and path.startswith(_PUBLISHED_SEEDS)):
            yield from private_keys(path, data)
        # The people of the example registers, and those in the tests of the program, are invented.
        invented = (centre.demonstration and path.startswith(_EXAMPLE_REGISTERS)) or (
            program and path.startswith(_PROGRAM)
        )
        if not invented:
            # An award list with names is made for the members of a private repository.
            named = not (centre.repository_private and path.startswith(AWARDS))
            yield from _about_people(submission, path, data, people, published=False, names=named)
        if path.startswith("catalogue/pages/") and path.endswith(".md"):
            yield from verdict_claims(path, data, certificate=False)


def _on_site(submission: Submission, site: Mapping[str, bytes], people: _People) -> Iterator[Finding]:
    folder = submission.site_folder
    if submission.ledger is not None:
        certificates = {f"{folder}{path}": data for path, data in site.items() if _CERTIFICATE_FILE.fullmatch(path)}
        yield from unpublished_certificates(certificates, submission.ledger)
    if DRAFTS_MARK in site and not submission.preview:
        yield Finding(
            file=f"{folder}{DRAFTS_MARK}",
            line=None,
            expected="a site without drafts",
            found="one that was built with --drafts",
            repair="build it anew without drafts; run: asnad build",
        )
    for path, data in site.items():
        yield from private_keys(f"{folder}{path}", data)
        yield from _about_people(submission, f"{folder}{path}", data, people, published=True, names=True)
        if says_nothing_of_validity(path):
            certificate = _CERTIFICATE_PAGE.fullmatch(path) is not None
            yield from verdict_claims(f"{folder}{path}", data, certificate=certificate)


def _about_people(
    submission: Submission, file: str, data: bytes, people: _People, *, published: bool, names: bool
) -> Iterator[Finding]:
    if is_spreadsheet(file) or file.endswith(".json"):
        looks = submission.looks_like_register(file, data) if is_spreadsheet(file) else False
        yield from register_file(file, data, looks_like_register=looks)
    if not holds_prose(file, data):
        # Of a picture only the name can be read.
        if names:
            yield from learners_named(file, b"", people.learners)
        return
    # Where a learner has no phone, clerks write that of the centre.
    found = [datum for datum in find_personal_data(data) if not people.contacts.allow(datum)]
    yield from learners_numbers(file, found, people.learners)
    strays = (datum for datum in found if people.learners.run_of(datum) is None)
    yield from stray_contacts(file, strays, people.contacts, published=published)
    if names:
        yield from learners_named(file, data, people.learners)
