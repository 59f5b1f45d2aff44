"""Taking a learner's page away, and erasing what is kept of a learner."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.desk.award_files import named_paths
from asnad.desk.ledger import (
    PRIVATE,
    Erased,
    Event,
    Issued,
    PageWithdrawn,
    Renewed,
    Replaced,
    Reprinted,
    paged,
    private_line,
    without_names,
)
from asnad.desk.papers import duplicate_path, out_names
from asnad.desk.registers import find_run, kept_rows, learner_key, register_file
from asnad.desk.signed_credential import credential_paths
from asnad.desk.since_backup import UNKNOWN
from asnad.desk.transaction import locked
from asnad.desk.withdrawing import MAX_NOTE, look_up
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import format_instant
from asnad.issuers.ledger import PUBLIC, PublicEvent, public_lines


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased of a learner."""

    serials: tuple[str, ...]
    """Of the certificate and of those that it replaced, renewed, or was replaced or renewed by."""
    pages: int
    run: str


def withdraw_page(work: Workplace, serial: str, reason: str) -> Issued:
    """
    Take a learner's public page away; the certificate stays good.

    Args:
        work: The desk.

        serial: As printed.

        reason: In the registrar's own words, at most 255 characters; not published.

    Raises:
        IssuingError: There is no such certificate, or it has no page.

    """
    if len(reason) > MAX_NOTE:
        raise IssuingError(f"expected at most {MAX_NOTE} characters, got {len(reason)}", place="reason")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        issued = look_up(work, serial).issued
        if issued.id not in paged(events):
            raise IssuingError("expected a certificate with a public page, found one without", place=issued.serial)
        moment = format_instant(work.clock())
        line = PageWithdrawn(id=issued.id, serial=issued.serial, reason=reason, withdrawn=moment)
        changes: dict[str, bytes | None] = dict.fromkeys(credential_paths(issued.id, "published"))
        changes[PUBLIC] = work.folder.optional(PUBLIC) + _unpublished([issued], moment)
        changes[PRIVATE] = work.folder.optional(PRIVATE) + private_line(line)
        work.commit(changes)
    return issued


def erase(work: Workplace, serial: str, reason: str) -> Erasure:
    """
    Erase everything that tells whose certificate this is: register row, document, paper, page, names in the ledger.

    The public ledger's hash, the place in the status list and the random id stay: with them the paper that the
    learner holds can still be checked, and withdrawn, and they tell nobody whose it is.

    Args:
        work: The desk.

        serial: As printed.

        reason: In the registrar's own words, at most 255 characters, without the learner's name.

    Raises:
        IssuingError: There is no such certificate.

    """
    if not reason.strip() or len(reason) > MAX_NOTE:
        raise IssuingError(f"expected 1 to {MAX_NOTE} characters, got {len(reason.strip())}", place="reason")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        issued = look_up(work, serial).issued
        family = _family(events, issued)
        ids = {event.id for event in family}
        run, moment = find_run(work, issued.run), format_instant(work.clock())
        keys = {event.learner for event in family}
        rows = [row for row in kept_rows(work, run) if learner_key(row) not in keys]
        pages = [event for event in family if event.id in paged(events)]
        out = f"private/out/{run.id}"
        gone = [path for event in family for path in credential_paths(event.id, "private/credentials")]
        gone += [path for event in pages for path in credential_paths(event.id, "published")]
        gone += [f"{out}/{name}" for event in family for name in out_names(event)]
        gone += [path for event in family for path in _duplicates(events, event)]
        # These two hold the names of everybody in the run; `asnad issue RUN --papers-only` writes them again.
        gone += [f"{out}/all.html", f"{out}/links.csv"]
        # So does the award list; what is still to be issued is drafted and approved anew.
        gone += named_paths(run.id)
        lines = [*without_names(events, ids), *(Erased(id=id_, reason=reason, erased=moment) for id_ in sorted(ids))]
        changes: dict[str, bytes | None] = {**dict.fromkeys(gone), **register_file(run, rows)}
        changes[PRIVATE] = b"".join(private_line(event) for event in lines)
        changes[PUBLIC] = work.folder.optional(PUBLIC) + _unpublished(pages, moment)
        work.commit(changes)
    return Erasure(tuple(event.serial for event in family), len(pages), run.id)


def _duplicates(events: tuple[Event, ...], issued: Issued) -> list[str]:
    printed = [event for event in events if isinstance(event, Reprinted) and event.id == issued.id]
    return [duplicate_path(issued, number) for number in range(1, len(printed) + 1)]


def _family(events: tuple[Event, ...], issued: Issued) -> tuple[Issued, ...]:
    """Find the certificates of one learner in one run, whichever of them was named."""
    links = [
        (event.serial, event.successor)
        for event in events
        # After a loss nobody knows it; an unknown one does not make two people one.
        if isinstance(event, Replaced | Renewed) and event.successor != UNKNOWN
    ]
    serials = {issued.serial}
    while more := {serial for link in links if serials & set(link) for serial in link} - serials:
        serials |= more
    return tuple(event for event in events if isinstance(event, Issued) and event.serial in serials)


def _unpublished(pages: list[Issued], moment: str) -> bytes:
    return public_lines(
        PublicEvent(type="unpublished", digest=event.digest, key=event.key, month=moment[:7]) for event in pages
    )
