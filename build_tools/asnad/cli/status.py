"""``asnad status``: what is due at the centre, on one screen."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import click
from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table
from rich.text import Text

from asnad.centre_folder import MAX_PUBLIC_FILE, CentreFolder
from asnad.cli.wiring import centre_option, finish_interrupted, keys_option, workplace
from asnad.desk.due import Due
from asnad.desk.due_keeping import BuiltSite, WorkTree
from asnad.desk.due_list import MANIFEST, DueList, due_list
from asnad.files import read_file

NARROW = 72
"""Columns; on a narrower screen a thing that is due takes lines below each other."""
SOON = 14
SIGNED = ("credentials/public", "credentials/published", "credentials/awards", "keys")
HOOKS = ".githooks"
GIT_SECONDS = 30


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
    due = due_list(work, _built_site(root / "site"), _work_tree(root), interrupted=interrupted)
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
        count = "1 thing is" if len(due.items) == 1 else f"{len(due.items)} things are"
        console.print(f"{count} due, {overdue} of them overdue.")
    for part in due.unseen:
        console.print(f"Not looked at: {part}.")


def _what(item: Due) -> Text:
    # A long id is broken rather than cut: what is cut cannot be typed.
    return Text(f"{item.what}\n→ {item.command}", overflow="fold")


def _when(item: Due) -> tuple[str, ...]:
    if item.day is None or item.days_left is None:
        return ("now",)
    days = abs(item.days_left)
    unit = "day" if days == 1 else "days"
    if item.overdue:
        return (item.day.isoformat(), f"OVERDUE {days} {unit}" if days else "OVERDUE today")
    return (item.day.isoformat(), f"in {days} {unit}" if days else "today")


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


def _work_tree(root: Path) -> WorkTree | None:
    """Ask Git which signed files it does not have as they are, and whether it calls the hook; nothing without Git."""
    git = shutil.which("git")
    if git is None:
        return None
    listed = _answer(git, root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", *SIGNED)
    if listed is None:
        return None
    uncommitted = tuple(entry[3:] for entry in listed.split("\0") if entry[2:3] == " ")
    return WorkTree(uncommitted=uncommitted, hook_off=_is_hook_off(git, root))


def _is_hook_off(git: str, root: Path) -> bool:
    # In a folder below the top of a work tree the hook would be called elsewhere; what is set there is its owner's.
    if not (root / HOOKS / "pre-commit").is_file() or not (root / ".git").exists():
        return False
    path = (_answer(git, root, "config", "--type=path", "--get", "core.hooksPath") or "").rstrip("\n")
    return not path or (root / path).resolve() != (root / HOOKS).resolve()


def _answer(git: str, root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            [git, "-C", str(root), *words], capture_output=True, timeout=GIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
