"""``asnad status``: what is due at the centre, on one screen."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table
from rich.text import Text

from asnad.centre_folder import MAX_PUBLIC_FILE, CentreFolder
from asnad.cli.wiring import centre_option, finish_interrupted, keys_option, workplace
from asnad.cli.work_tree import read_work_tree
from asnad.counted import counted
from asnad.desk.due import Due
from asnad.desk.due_keeping import BuiltSite
from asnad.desk.due_list import MANIFEST, DueList, due_list
from asnad.files import read_file

NARROW = 72
"""Columns; on a narrower screen a thing that is due takes lines below each other."""
SOON = 14


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for a calendar or a reminder.")
@centre_option
@keys_option
@click.pass_context
def status(context: click.Context, as_json: bool, centre: Path, keys_folder: Path) -> None:
    """
    Show what is due, the most urgent first, each with its day and the command that does it.

    It looks at status lists, keys, names, approvals, terms of office, runs that ended within the last year, award
    lists, certificates, backups, the site in site/, what is not in Git, and whether this machine can issue. It asks
    for no passphrase and changes nothing, unless a command was interrupted: the change that it had begun is finished.

    Exit code 0 where nothing is overdue, 1 where something is.
    """
    interrupted = finish_interrupted(CentreFolder.find(centre.resolve()))
    work = workplace(centre, keys_folder)
    root = work.folder.root
    due = due_list(work, _built_site(root / "site"), read_work_tree(root), interrupted=interrupted)
    if as_json:
        click.echo(json.dumps(_document(due), indent=2, ensure_ascii=False))
    else:
        show_due(due, Console(markup=False, highlight=False))
    context.exit(1 if any(item.overdue for item in due.items) else 0)


def show_due(due: DueList, console: Console) -> None:
    """
    Print what is due, as a table where the screen is wide enough.

    Args:
        due: All of it.

        console: Where to.

    """
    if not due.items:
        console.print("Nothing is due.")
    elif console.width < NARROW:
        for item in due.items:
            console.print(Text(" ".join(_when(item)), style=_style(item)))
            console.print(_what(item))
            console.print()
    else:
        table = Table("until", "what is due, and what to do", box=HORIZONTALS, show_lines=True, pad_edge=False)
        for item in due.items:
            table.add_row(Text("\n".join(_when(item)), style=_style(item), no_wrap=True), _what(item))
        console.print(table)
    overdue = sum(item.overdue for item in due.items)
    if due.items:
        console.print(f"{counted(len(due.items), 'thing is', 'things are')} due, {overdue} of them overdue.")
    for part in due.unseen:
        console.print(f"Not looked at: {part}.")


def _what(item: Due) -> Text:
    # A long id is broken rather than cut: what is cut cannot be typed.
    return Text(f"{item.what}\n→ {item.command}", overflow="fold")


def _when(item: Due) -> tuple[str, ...]:
    if item.day is None or item.days_left is None:
        return ("now",)
    days = counted(abs(item.days_left), "day") if item.days_left else "today"
    if item.overdue:
        return (item.day.isoformat(), f"OVERDUE {days}")
    return (item.day.isoformat(), f"in {days}" if item.days_left else days)


def _style(item: Due) -> str:
    if item.overdue:
        return "bold red"
    return "yellow" if (item.days_left or 0) <= SOON else ""


def _document(due: DueList) -> dict[str, object]:
    return {
        "overdue": sum(item.overdue for item in due.items),
        "due": [
            {
                "kind": item.kind.value,
                "what": item.what,
                "day": item.day.isoformat() if item.day else None,
                "daysLeft": item.days_left,
                "overdue": item.overdue,
                "command": item.command,
            }
            for item in due.items
        ],
        "notLookedAt": list(due.unseen),
    }


def _built_site(site: Path) -> BuiltSite | None:
    if not (site / MANIFEST).is_file():
        return None
    pages = frozenset(f"urn:uuid:{path.stem}" for path in site.glob("c/??/*.html"))
    return BuiltSite(manifest=read_file(site, MANIFEST, MAX_PUBLIC_FILE), pages=pages)
