"""Withdrawing a credential, looking one up, and renewing the lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from asnad.desk.ledger import PRIVATE, Event, Issued, Replaced, Withdrawn, ended, private_line
from asnad.desk.merged_ledger import shared_places
from asnad.desk.renewal import renew, signing_moment
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import day_at, format_instant
from asnad.issuers.keys_file import Role
from asnad.issuers.ledger import PUBLIC, PublicEvent, public_lines
from asnad.issuers.notices import Notice, NoticeState, notice_digest
from asnad.status.bitstring import with_bit
from asnad.status.public_record import PublicRecord

MAX_NOTE = 255


class WithdrawalReason(StrEnum):
    """Why a credential is withdrawn; kept by the centre, not published."""

    ISSUED_IN_ERROR = "issued-in-error"
    WRONG_PERSON = "wrong-person"
    DID_NOT_COMPLETE = "did-not-complete"
    MISCONDUCT = "misconduct"
    LEARNERS_WISH = "learners-wish"
    PROGRAMME_WITHDRAWN = "programme-withdrawn"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A credential and what became of it."""

    issued: Issued
    withdrawn: Withdrawn | Replaced | None

    def ended_on(self) -> str | None:
        """Give the day on which it was withdrawn or replaced."""
        match self.withdrawn:
            case Withdrawn(withdrawn=moment) | Replaced(replaced=moment):
                return moment[:10]
        return None


def look_up(work: Workplace, serial: str) -> LedgerEntry:
    """
    Find a credential by its printed serial.

    Args:
        work: The desk.

        serial: As printed; small and capital letters are the same.

    Raises:
        IssuingError: No credential has it.

    """
    events = work.ledger()
    wanted = serial.strip().upper()
    gone = ended(events)
    found = [event for event in events if isinstance(event, Issued) and event.serial.upper() == wanted]
    # Two machines may have issued under one serial; only one of the two is still in force.
    issued = min(found, key=lambda event: event.id in gone, default=None)
    if issued is None:
        raise IssuingError(
            "expected the serial of an issued certificate, found none of this name",
            place=serial,
            hint="compare it with the paper; a serial looks like CSC-FT-HB-W/12/017",
        )
    return LedgerEntry(issued, gone.get(issued.id))


def in_force(work: Workplace, serial: str) -> Issued:
    """
    Find a credential that was neither withdrawn nor replaced, and of which everything is kept.

    Args:
        work: The desk.

        serial: As printed.

    Raises:
        IssuingError: There is none.

    """
    entry = look_up(work, serial)
    _refuse_ended(entry)
    if not entry.issued.name:
        raise IssuingError(
            "expected a certificate of which everything is kept, found one that was erased",
            place=entry.issued.serial,
            hint="it can still be checked and withdrawn",
        )
    return entry.issued


def _refuse_ended(entry: LedgerEntry) -> None:
    if isinstance(entry.withdrawn, Replaced):
        raise IssuingError(
            f"expected a certificate in force, found one replaced on {entry.ended_on()}",
            place=entry.issued.serial,
            hint=f"take the one in its place: {entry.withdrawn.successor}",
        )
    if entry.withdrawn is not None:
        raise IssuingError(
            f"expected a certificate in force, found one withdrawn on {entry.ended_on()}",
            place=entry.issued.serial,
            hint="a withdrawal is final; nothing is left to do",
        )


def revoke(work: Workplace, serial: str, reason: WithdrawalReason, note: str) -> Issued:
    """
    Withdraw a credential for good.

    Args:
        work: The desk.

        serial: As printed.

        reason: Why.

        note: In the registrar's own words, at most 255 characters.

    Raises:
        IssuingError: There is no such credential, or it was withdrawn before.

        SigningError: The status key cannot be opened.

    """
    if len(note) > MAX_NOTE:
        raise IssuingError(f"expected at most {MAX_NOTE} characters, got {len(note)}", place="note")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        entry = look_up(work, serial)
        _refuse_ended(entry)
        _refuse_shared_place(events, entry.issued)
        record, issued = work.record(), entry.issued
        at = signing_moment(record, work.clock())
        signer = work.signer(record, Role.STATUS)
        event = PublicEvent(type="revoked", digest=issued.digest, key=issued.key, month=format_instant(at)[:7])
        line = Withdrawn(
            id=issued.id, serial=issued.serial, reason=str(reason), note=note, withdrawn=format_instant(at)
        )
        day = day_at(at, work.catalogue.centre.time_zone)
        notice = Notice(digest=notice_digest(issued.id), state=NoticeState.WITHDRAWN, day=day)
        renewal = renew(withdraw(record, issued, notice), at, signer, work.contexts)
        changes = {f"public/{path}": data for path, data in renewal.files.items()}
        changes[PUBLIC] = work.folder.optional(PUBLIC) + public_lines([event])
        changes[PRIVATE] = work.folder.optional(PRIVATE) + private_line(line)
        work.commit(changes)
    return issued


def _refuse_shared_place(events: Iterable[Event], issued: Issued) -> None:
    for shared in shared_places(events):
        if issued.id in (shared.first.id, shared.second.id):
            raise IssuingError(
                f"expected a place in the status list for this certificate alone, found "
                f"{shared.first.serial} and {shared.second.serial} at one: they could only be withdrawn together",
                place=issued.serial,
                hint=f"issue one of them anew first: asnad reissue {shared.second.serial} --reason ...",
            )


def refresh(work: Workplace, *, clock_was_wrong: bool = False) -> PublicRecord:
    """
    Sign lists and manifest for another 35 days, and count anew where the whole ledger is on this machine.

    Args:
        work: The desk.

        clock_was_wrong: Believe the clock now, even where the last signature is of a later time.

    Raises:
        SigningError: The status key cannot be opened, or the clock has gone back.

    """
    with locked(work.folder.credentials):
        record = work.record()
        at = work.clock() if clock_was_wrong else signing_moment(record, work.clock())
        renewal = renew(record, at, work.signer(record, Role.STATUS), work.contexts)
        work.commit({f"public/{path}": data for path, data in renewal.files.items()} | work.statistics())
    return renewal.record


def withdraw(record: PublicRecord, issued: Issued, notice: Notice) -> PublicRecord:
    """
    Set the bit of a credential, and add what became of it to the notices.

    Args:
        record: As published.

        issued: Of the private ledger.

        notice: Withdrawn, or replaced.

    Raises:
        IssuingError: The credential has no place in a list.

    """
    status_list = record.lists.get(issued.status_list)
    if status_list is None or status_list.withdraws(issued.index) is None:
        raise IssuingError(
            "expected a place that exists in a status list, found another",
            place=f"credentials/{PRIVATE}: {issued.serial}",
            hint="restore credentials/private from its backup",
        )
    changed = replace(status_list, bits=with_bit(status_list.bits, issued.index))
    return replace(record, lists=dict(record.lists) | {issued.status_list: changed}, notices=(*record.notices, notice))
