"""``asnad show``: what a caller asks about a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from asnad.cli.wiring import centre_option, keys_option, workplace
from asnad.desk.ledger import Erased, Event, Issued, PageWithdrawn, Renewed, Replaced, Reprinted, Withdrawn, paged
from asnad.desk.registers import find_run
from asnad.desk.resigning import signing_keys
from asnad.desk.succession import kept_document
from asnad.desk.withdrawing import LedgerEntry, look_up


@click.command()
@click.argument("serial")
@centre_option
@keys_option
def show(serial: str, centre: Path, keys_folder: Path) -> None:
    """Tell what a caller asks about a certificate."""
    work = workplace(centre, keys_folder)
    entry, events = look_up(work, serial), work.ledger()
    issued = entry.issued
    run = find_run(work, issued.run)
    course = work.catalogue.course_of(run)
    table = Table(show_header=False, box=None)
    table.add_row("Serial", issued.serial)
    table.add_row("Name", issued.name or "erased")
    table.add_row("Course", f"{course.title.shown_in('en')[0]} (version {issued.version})")
    table.add_row("Kind", str(course.award.kind))
    table.add_row("Batch", f"{run.batch_no}, {run.start} to {run.end}")
    table.add_row("Issued", issued.issued)
    if issued.name:
        table.add_row("Good until", str(kept_document(work, issued).get("validUntil", "for ever")))
    table.add_row("Standing", standing_of(entry))
    for label, text in history_of(issued, events):
        table.add_row(label, text)
    table.add_row("Public page", "yes" if issued.id in paged(events) and entry.withdrawn is None else "no")
    table.add_row("Number", issued.id)
    table.add_row("Key", signing_keys(events)[issued.id])
    Console(markup=False).print(table)


def standing_of(entry: LedgerEntry) -> str:
    """
    Say whether a certificate is in force.

    Args:
        entry: As it was looked up.

    """
    match entry.withdrawn:
        case None:
            return "in force"
        case Replaced(successor=successor, reason=reason):
            return f"REPLACED on {entry.ended_on()} by {successor}: {reason}"
        case Withdrawn(reason=reason, note=note):
            return f"WITHDRAWN on {entry.ended_on()}: {reason}" + (f" ({note})" if note else "")


def history_of(issued: Issued, events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """
    Tell what else happened to a certificate, a label and a sentence each.

    Args:
        issued: The line of its issue.

        events: Of the private ledger.

    """
    for event in events:
        match event:
            case Replaced(successor=issued.serial):
                yield "Instead of", f"{event.serial}, since {event.replaced[:10]}"
            case Renewed(successor=issued.serial):
                yield "Renewal of", event.serial
            case Renewed(id=issued.id):
                yield "Renewed as", f"{event.successor}, on {event.renewed[:10]}: {event.note}"
            case Reprinted(id=issued.id):
                yield "Duplicate", f"printed {event.printed[:10]} ({event.reason}), collected by {event.collected_by}"
            case PageWithdrawn(id=issued.id):
                yield "Page", f"taken away on {event.withdrawn[:10]}"
            case Erased(id=issued.id):
                yield "Erased", f"on {event.erased[:10]}: {event.reason}"
            case _:
                pass
