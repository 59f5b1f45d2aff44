"""A certificate in the place of another: corrected where something in it was wrong, or renewed where it runs out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from asnad.carriers.payload import decode_payload
from asnad.credentials.credential import add_months
from asnad.desk.allocation import TakenIndexes, read_taken, taken_path
from asnad.desk.issuing import with_lists
from asnad.desk.ledger import PRIVATE, Event, Issued, Renewed, Replaced, paged, private_line
from asnad.desk.merged_ledger import shared_places
from asnad.desk.registers import find_run
from asnad.desk.renewal import renew as renew_lists
from asnad.desk.renewal import signing_moment
from asnad.desk.signed_credential import SignedCredential, credential_paths, sign_credential
from asnad.desk.transaction import Changes, locked
from asnad.desk.withdrawing import MAX_NOTE, in_force, withdraw
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import day_at, end_of_day, format_day, format_instant
from asnad.issuers.keys_file import Role
from asnad.issuers.ledger import PUBLIC, PublicEvent, public_lines
from asnad.issuers.notices import Notice, NoticeState, notice_digest
from asnad.proofs.proof import without
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.status.public_record import PublicRecord
from asnad.verification.verify import MAX_CREDENTIAL


@dataclass(frozen=True, slots=True)
class Succession:
    """A certificate and the one in its place."""

    before: Issued
    after: Issued


def reissue(work: Workplace, serial: str, reason: str) -> Succession:
    """
    Issue the same certificate anew under a number and place of its own, and mark the one before as replaced.

    Args:
        work: The desk.

        serial: As printed.

        reason: In the registrar's own words, at most 255 characters; kept by the centre, not published.

    Raises:
        IssuingError: There is no such certificate in force.

        SigningError: A key cannot be opened.

    """
    check_words(reason, "reason")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        before = in_force(work, serial)
        record = work.record()
        at = signing_moment(record, work.clock())
        return issue_in_place(work, record, events, before, kept_document(work, before), reason, at)


def renew(work: Workplace, serial: str, note: str) -> Succession:
    """
    Issue a certificate for another term; the one before stays good until it runs out.

    Args:
        work: The desk.

        serial: As printed on the one that runs out.

        note: For what it is renewed, such as a refresher; kept by the centre, not published.

    Raises:
        IssuingError: There is no such certificate, it never runs out, or it was withdrawn or renewed before.

        SigningError: A key cannot be opened.

    """
    check_words(note, "note")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        before = in_force(work, serial)
        renewed = next((event for event in events if isinstance(event, Renewed) and event.id == before.id), None)
        if renewed is not None:
            raise IssuingError(
                f"expected a certificate that was not renewed yet, found one renewed as {renewed.successor}",
                place=before.serial,
                hint=f"renew that one: asnad renew {renewed.successor}",
            )
        document = kept_document(work, before)
        months = work.catalogue.course_of(find_run(work, before.run)).validity_months
        if "validUntil" not in document or months is None:
            raise IssuingError("expected a certificate that runs out, found one that does not", place=before.serial)
        record = work.record()
        at = signing_moment(record, work.clock())
        zone = work.catalogue.centre.time_zone
        today = day_at(at, zone)
        document |= {
            "awardedDate": format_day(today),
            "validUntil": format_instant(end_of_day(add_months(today, months), zone)),
        }
        after, signed, taken = _issue_successor(work, record, events, before, document, at)
        after = replace(after, published=before.id in paged(events))
        moment = format_instant(at)
        line = Renewed(id=before.id, serial=before.serial, successor=after.serial, note=note.strip(), renewed=moment)
        public = [_public("issued", after, moment)]
        if after.published:
            public.append(_public("published", after, moment))
        _commit(work, with_lists(record, taken), at, after, signed, taken, public, line, {})
    return Succession(before, after)


def issue_in_place(
    work: Workplace,
    record: PublicRecord,
    events: tuple[Event, ...],
    before: Issued,
    document: JSONObject,
    reason: str,
    at: int,
    learner: Issued | None = None,
    files: Changes = MappingProxyType({}),
) -> Succession:
    """
    Issue a successor, and end the one before, whose page goes with it; the caller holds the lock.

    Args:
        work: The desk.

        record: As published.

        events: Of the private ledger.

        before: The credential that ends.

        document: The successor's, with number, serial and place still of the one before.

        reason: In the registrar's own words.

        at: Moment of signing, in seconds since 1970.

        learner: The line of the issue with what is corrected in it.

        files: What else changes with it.

    """
    after, signed, taken = _issue_successor(work, record, events, learner or before, document, at)
    after = replace(after, published=before.id in paged(events))
    moment = format_instant(at)
    line = Replaced(id=before.id, serial=before.serial, successor=after.serial, reason=reason.strip(), replaced=moment)
    day = day_at(at, work.catalogue.centre.time_zone)
    notice = Notice(digest=notice_digest(before.id), state=NoticeState.REPLACED, day=day)
    public = [_public("replaced", before, moment), _public("issued", after, moment)]
    gone: Changes = {}
    if after.published:
        public += [_public("unpublished", before, moment), _public("published", after, moment)]
        gone = dict.fromkeys(credential_paths(before.id, "published"))
    record = with_lists(record, taken)
    if any(before.id in (shared.first.id, shared.second.id) for shared in shared_places(events)):
        # The bit would withdraw the other certificate at this place too; the notice names this one alone.
        record = replace(record, notices=(*record.notices, notice))
    else:
        record = withdraw(record, before, notice)
    _commit(work, record, at, after, signed, taken, public, line, {**files, **gone})
    return Succession(before, after)


def check_words(words: str, place: str) -> None:
    """
    Refuse a reason or note that is empty or too long.

    Args:
        words: In the registrar's own words.

        place: What they are, for messages.

    Raises:
        IssuingError: They are not of 1 to 255 characters.

    """
    if not words.strip() or len(words) > MAX_NOTE:
        raise IssuingError(f"expected 1 to {MAX_NOTE} characters, got {len(words.strip())}", place=place)


def kept_document(work: Workplace, issued: Issued) -> JSONObject:
    """
    Read a kept credential without its proofs.

    Args:
        work: The desk.

        issued: Of the private ledger.

    Raises:
        FileError: It is missing.

    """
    path, _ = credential_paths(issued.id, "private/credentials")
    return without(parse_object(work.folder.required(path), limit=MAX_CREDENTIAL), "proof")


def kept_dictionary(work: Workplace, issued: Issued) -> bytes:
    """
    Find the dictionary of a credential's course version, which its digits name.

    Args:
        work: The desk.

        issued: Of the private ledger.

    Raises:
        FileError: Digits or dictionary are missing.

    """
    _, path = credential_paths(issued.id, "private/credentials")
    code, *_ = work.folder.required(path).decode("ascii").split()
    return work.folder.required(f"public/d/{decode_payload(code).prefix.hex()}.bin")


def _issue_successor(
    work: Workplace, record: PublicRecord, events: tuple[Event, ...], before: Issued, document: JSONObject, at: int
) -> tuple[Issued, SignedCredential, TakenIndexes]:
    taken = read_taken({number: work.folder.optional(taken_path(number)) for number in record.lists})
    number, index, taken = taken.draw(work.random_below)
    address = record.list_address(number)
    serial, new_id = successor_serial(events, before), f"urn:uuid:{work.new_uuid()}"
    subject = document["credentialSubject"]
    if not isinstance(subject, dict):
        raise IssuingError("expected a whole credential, found a damaged one", place=before.serial)
    document = document | {
        "id": new_id,
        "validFrom": format_instant(at),
        "credentialSubject": subject | {"licenseNumber": serial},
        "credentialStatus": {
            "id": f"{address}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": address,
        },
    }
    signer = work.signer(record, Role.ISSUING)
    dictionary = kept_dictionary(work, before)
    signed = sign_credential(document, record.keys, signer, work.contexts, dictionary, at, serial)
    after = replace(
        before,
        id=new_id,
        serial=serial,
        status_list=number,
        index=index,
        digest=signed.digest,
        key=signer.key_id,
        issued=format_instant(at),
    )
    return after, signed, taken


def successor_serial(events: tuple[Event, ...], before: Issued) -> str:
    """
    Give the serial of the next certificate of a learner, such as ``CSC-FT-HB-W/12/017-2``.

    Args:
        events: Of the private ledger.

        before: Any certificate of the learner.

    """
    beginning, _, last = before.serial.rpartition("/")
    stem = f"{beginning}/{last.partition('-')[0]}"
    taken = {event.serial for event in events if isinstance(event, Issued)}
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _public(kind: str, event: Issued, moment: str) -> PublicEvent:
    return PublicEvent(type=kind, digest=event.digest, key=event.key, month=moment[:7])


def _commit(
    work: Workplace,
    record: PublicRecord,
    at: int,
    after: Issued,
    signed: SignedCredential,
    taken: TakenIndexes,
    public: list[PublicEvent],
    line: Replaced | Renewed,
    files: Changes,
) -> None:
    renewal = renew_lists(record, at, work.signer(record, Role.STATUS), work.contexts)
    changes: dict[str, bytes | None] = {**signed.files(after.id, published=after.published), **taken.files()}
    changes |= {f"public/{path}": data for path, data in renewal.files.items()}
    changes |= files
    changes[PUBLIC] = work.folder.optional(PUBLIC) + public_lines(public)
    changes[PRIVATE] = work.folder.optional(PRIVATE) + private_line(after) + private_line(line)
    work.commit(changes)
