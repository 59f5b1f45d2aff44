"""
What two registrars did on two machines, put together: the work of a merge that Git cannot do.

Files that are signed cannot be merged line by line. Of both machines' records the union is taken, lists and manifest
are signed anew, and what cannot stand together is named before anything is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from asnad.catalogue.run import Run
from asnad.centre_folder import CentreFolder
from asnad.desk.allocation import TakenIndexes, read_taken, taken_path
from asnad.desk.ledger import PRIVATE, Erased, Event, Issued, Replaced, Resigned, paged, private_line, read_private
from asnad.desk.merged_ledger import SharedPlace, issued_twice, merge_private, merge_public, shared_places
from asnad.desk.register import RegisterRow
from asnad.desk.register_json import read_register_json
from asnad.desk.registers import learner_key, register_file
from asnad.desk.renewal import renew, signing_moment
from asnad.desk.signed_credential import credential_paths
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace, check_whole
from asnad.errors import IssuingError
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import KeyState, Role
from asnad.issuers.ledger import PUBLIC, public_lines
from asnad.status.public_record import PublicRecord, read_public_record
from asnad.status.status_list import StatusList

_FROZEN_FOLDERS = ("achievements/", "d/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What came of putting two machines' records together."""

    issued: int
    """Certificates that this machine did not know."""
    ended: int
    """Withdrawals and replacements that it did not know."""
    shared: tuple[SharedPlace, ...]
    signed: bool
    """Whether lists and manifest were signed anew."""


def merge(work: Workplace, other: CentreFolder) -> Merge:
    """
    Take over what another machine of the same centre has issued, withdrawn and kept.

    Args:
        work: The desk.

        other: The other machine's folder, its ``credentials/private`` included.

    Raises:
        IssuingError: The two cannot stand together; nothing is written.

        SigningError: The status key cannot be opened.

    """
    with locked(work.folder.credentials):
        ours, theirs = work.record(), _record_of(work, other)
        before, there = work.ledger(), _ledger_of(other)
        events = merge_private(before, there)
        _refuse_issued_twice(events)
        public = merge_public(work.folder.public_ledger(), other.public_ledger())
        check_whole(events, public)
        taken = _taken(work, other, ours, theirs)
        record = _united(_newer_keys(ours, theirs), ours, theirs)
        changes: dict[str, bytes | None] = {**_frozen(work.folder, other), **taken.files()}
        changes |= _credentials(work.folder, other, before, events)
        changes |= {f"public/{path}": data for path, data in record.frozen.items()}
        changes |= _registers(work, other, _outdated((*before, *there), events))
        changes[PUBLIC], changes[PRIVATE] = public_lines(public), b"".join(map(private_line, events))
        signed = record != ours
        if signed:
            at = max(signing_moment(ours, work.clock()), theirs.manifest.issued)
            renewal = renew(record, at, work.signer(record, Role.STATUS), work.contexts)
            changes |= {f"public/{path}": data for path, data in renewal.files.items()}
        work.commit(changes)
    known = {event.id for event in before if isinstance(event, Issued)}
    return Merge(
        issued=sum(isinstance(event, Issued) and event.id not in known for event in events),
        ended=len(record.notices) - len(ours.notices),
        shared=shared_places(events),
        signed=signed,
    )


def _record_of(work: Workplace, other: CentreFolder) -> PublicRecord:
    did = work.catalogue.centre.did
    files, place = other.public_files(), str(other.root)
    try:
        record = read_public_record(files, did, did_document_path(did), work.folder.root_keys(did))
    except IssuingError as error:
        raise IssuingError(error.message, place=f"{place}: {error.place}", hint=error.hint) from None
    for entry in record.manifest.entries:
        if not record.manifest.vouches_for(entry.path, files.get(entry.path)):
            raise IssuingError(
                "expected the file that the manifest names, found none or another",
                place=f"{place}: credentials/public/{entry.path}",
                hint="merge from a folder that no merge has mixed",
            )
    return record


def _ledger_of(other: CentreFolder) -> tuple[Event, ...]:
    if not (other.credentials / PRIVATE).exists() and other.public_ledger():
        raise IssuingError(
            "expected the other machine's credentials/private, found none",
            place=str(other.root),
            hint="copy it from that machine, or restore its backup there: asnad restore",
        )
    return read_private(other.optional(PRIVATE))


def _refuse_issued_twice(events: tuple[Event, ...]) -> None:
    twice = issued_twice(events)
    if twice:
        serials = ", ".join(first.serial for first, _ in twice[:5])
        raise IssuingError(
            f"expected each learner's certificate from one machine, found {len(twice)} issued on both: {serials}"
            + (" …" if len(twice) > len(twice[:5]) else ""),
            place=twice[0][0].run,
            hint="on the machine whose papers were not handed out, withdraw them: "
            f"asnad revoke {twice[0][0].serial} --reason issued-in-error; then merge again",
        )


def _newer_keys(ours: PublicRecord, theirs: PublicRecord) -> PublicRecord:
    older, newer = sorted((ours, theirs), key=lambda record: record.keys.version)
    if older.keys.version == newer.keys.version and older.keys_json != newer.keys_json:
        raise IssuingError(
            f"expected one keys.json of version {newer.keys.version}, found two",
            place="credentials/public/asnad/keys.json",
            hint="restore the one of the machine that changed the keys last, and repeat the other change",
        )
    lost = {key.id for key in older.keys.keys} - {key.id for key in newer.keys.keys}
    if lost:
        raise IssuingError(
            f"expected every key in the newer keys.json, found none of the name {min(lost)}",
            place="credentials/public/asnad/keys.json",
            hint="both machines changed the keys; list that key again on the machine that holds the root key",
        )
    stolen = {key.id for key in older.keys.keys if key.state is KeyState.COMPROMISED}
    believed = stolen - {key.id for key in newer.keys.keys if key.state is KeyState.COMPROMISED}
    if believed:
        raise IssuingError(
            f"expected every key that was withdrawn to stay so, found {min(believed)} believed in the newer keys.json",
            place="credentials/public/asnad/keys.json",
            hint=f"withdraw it on the machine with the newer one too: asnad keys compromise {min(believed)}",
        )
    return newer


def _united(newer: PublicRecord, ours: PublicRecord, theirs: PublicRecord) -> PublicRecord:
    lists = dict(ours.lists)
    for number, found in theirs.lists.items():
        lists[number] = _either(lists[number], found) if number in lists else found
    # Of two notices about one certificate the other machine's stands, as its line does, which comes last in the ledger.
    notices = {notice.digest: notice for notice in (*ours.notices, *theirs.notices)}
    version = max(ours.manifest.version, theirs.manifest.version)
    united = replace(
        newer,
        lists=lists,
        notices=tuple(notices.values()),
        manifest=replace(ours.manifest, version=version),
        frozen=newer.frozen,
    )
    same = all(lists[number].bits == ours.lists[number].bits for number in lists if number in ours.lists)
    unchanged = same and set(lists) == set(ours.lists) and set(united.notices) == set(ours.notices)
    if unchanged and version == ours.manifest.version and newer.keys_json == ours.keys_json:
        return ours
    return united


def _either(ours: StatusList, theirs: StatusList) -> StatusList:
    if len(ours.bits) != len(theirs.bits):
        raise IssuingError("expected a list of one length on both machines, found two", place=ours.id)
    bits = bytes(left | right for left, right in zip(ours.bits, theirs.bits, strict=True))
    return replace(ours, bits=bits)


def _taken(work: Workplace, other: CentreFolder, ours: PublicRecord, theirs: PublicRecord) -> TakenIndexes:
    here = read_taken({number: work.folder.optional(taken_path(number)) for number in ours.lists}).lists
    there = read_taken({number: other.optional(taken_path(number)) for number in theirs.lists}).lists
    pairs = {number: (here.get(number), there.get(number)) for number in here | there}
    return TakenIndexes(
        {
            number: bytes(a | b for a, b in zip(left, right, strict=True)) if left and right else left or right or b""
            for number, (left, right) in pairs.items()
        }
    )


def _frozen(folder: CentreFolder, other: CentreFolder) -> dict[str, bytes]:
    ours, theirs = folder.public_files(), other.public_files()
    taken_over = {}
    for path, data in theirs.items():
        if not path.startswith(_FROZEN_FOLDERS):
            continue
        if ours.get(path, data) != data:
            raise IssuingError(
                "expected the same frozen file on both machines, found two",
                place=f"credentials/public/{path}",
                hint="each machine first issued this course version with another text; on one of them withdraw what it "
                "issued and raise the course's version",
            )
        taken_over[f"public/{path}"] = data
    return taken_over


def _credentials(
    folder: CentreFolder, other: CentreFolder, before: tuple[Event, ...], events: tuple[Event, ...]
) -> dict[str, bytes | None]:
    """Take every credential from the machine that signed it last; what was erased or withdrawn from view goes."""
    known = {event.id for event in before if isinstance(event, Issued)}
    resigned = {event.id for event in events if isinstance(event, Resigned)}
    resigned -= {event.id for event in before if isinstance(event, Resigned)}
    with_page, changes = paged(events), dict[str, bytes | None]()
    for event in events:
        if not isinstance(event, Issued):
            continue
        source = other if event.id not in known or event.id in resigned else folder
        for path in credential_paths(event.id, "private/credentials"):
            changes |= _moved(path, path, source, wanted=bool(event.name))
        for path, kept in zip(
            credential_paths(event.id, "published"), credential_paths(event.id, "private/credentials"), strict=True
        ):
            if event.published:
                changes |= _moved(path, kept, source, wanted=event.id in with_page)
    return changes


def _moved(path: str, kept: str, source: CentreFolder, *, wanted: bool) -> Mapping[str, bytes | None]:
    return {path: source.required(kept) if wanted else None}


def _registers(work: Workplace, other: CentreFolder, outdated: Collection[str]) -> dict[str, bytes]:
    """Put the rows of both machines together, without those that a correction or an erasure has ended."""
    files: dict[str, bytes] = {}
    for run in work.catalogue.runs:
        ours, theirs = _rows(work.folder, run), _rows(other, run)
        rows = {learner_key(row): row for row in (*theirs, *ours)}
        order = dict.fromkeys(map(learner_key, (*ours, *theirs)))
        united = tuple(rows[key] for key in order if key not in outdated)
        if united != ours:
            files |= register_file(run, united)
    return files


def _outdated(raw: Iterable[Event], events: tuple[Event, ...]) -> set[str]:
    """Give the learner keys by which nobody is found any more."""
    ended_ids = {event.id for event in events if isinstance(event, Replaced | Erased)}
    current = {event.learner for event in events if isinstance(event, Issued) and event.id not in ended_ids}
    return {event.learner for event in raw if isinstance(event, Issued)} - current


def _rows(folder: CentreFolder, run: Run) -> tuple[RegisterRow, ...]:
    path = next(iter(register_file(run, ())))
    data = folder.optional(path)
    return read_register_json(data, f"credentials/{path}") if data else ()
