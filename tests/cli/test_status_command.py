"""``asnad status`` as it is called: exit codes, JSON, wide and narrow screens, Git."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from command_line import RUN, at_desk, issued_small_centre
from rich.console import Console

from asnad.cli.status import show_due
from asnad.desk.due import Due, DueKind
from asnad.desk.due_list import DueList
from asnad.desk.transaction import JOURNAL
from example_centre import ExampleCentre

DAY = 86_400
DUE = DueList(
    (
        Due(
            kind=DueKind.LISTS,
            what="Status lists and manifest ran out; certificates then show as not up to date",
            command="asnad refresh",
            day=date(2026, 11, 20),
            days_left=-3,
            overdue=True,
        ),
        Due(
            kind=DueKind.COMMIT,
            what="2 files are not committed",
            command="git commit",
            day=None,
            days_left=None,
            overdue=False,
        ),
        Due(
            kind=DueKind.ISSUE,
            what=f"{RUN}: 5 certificates to be issued",
            command=f"asnad issue {RUN}",
            day=date(2026, 11, 24),
            days_left=1,
            overdue=False,
        ),
    ),
    ("the site (none is built in site/)",),
)


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *words], cwd=root, check=True)


def shown(width: int, due: DueList = DUE) -> str:
    output = io.StringIO()
    show_due(due, Console(file=output, width=width, markup=False, highlight=False))
    return output.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_line_fits_the_screen_and_nothing_is_cut_off(width: int) -> None:
    text = shown(width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    letters = "".join(char for char in text if char.isalnum())
    for item in DUE.items:
        for word in (item.what + " " + item.command).split():
            assert "".join(char for char in word if char.isalnum()) in letters
    assert "3 things are due, 1 of them overdue." in text
    assert "Not looked at: the site" in " ".join(text.split())


def test_words_and_not_only_colours_say_what_is_overdue() -> None:
    lines = [line.split("  ")[0].strip() for line in shown(80).splitlines()]
    for words in ("2026-11-20", "OVERDUE 3 days", "now", "2026-11-24", "in 1 day"):
        assert words in lines
    assert "2026-11-20 OVERDUE 3 days" in shown(40)
    late = DueList((replace(DUE.items[0], days_left=0),), ())
    assert "2026-11-20 OVERDUE today" in shown(40, late)
    assert shown(80, DueList((), ())) == "Nothing is due.\n"


def test_something_overdue_ends_with_1_and_json_says_the_same(tmp_path: Path) -> None:
    centre = issued_small_centre(tmp_path, int(time.time()) - 40 * DAY)
    answer = at_desk(centre, "status", typed="")
    assert answer.code == 1, answer.err
    assert answer.err == ""
    for text in ("OVERDUE", "asnad refresh", "asnad backup FOLDER FOLDER2", "Not looked at: what is committed"):
        assert text in answer.out
    as_json = at_desk(centre, "status", "--json", typed="")
    assert as_json.code == 1
    document = json.loads(as_json.out)
    lists = next(item for item in document["due"] if item["kind"] == "lists")
    assert (lists["overdue"], lists["daysLeft"], lists["command"]) == (True, -5, "asnad refresh")
    assert document["overdue"] == sum(item["overdue"] for item in document["due"]) >= 2


def test_nothing_overdue_ends_with_0(own_centre: ExampleCentre) -> None:
    root = own_centre.folder.root
    catalogue = root / "catalogue"
    # The example has runs of other years, about which this machine's clock would have something to say.
    for path in (catalogue / "runs").glob("*.yml"):
        if path.stem != RUN:
            path.unlink()
    for path in (catalogue / "courses").glob("*.yml"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "valid_to:" not in line]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = at_desk(own_centre, "status", typed="")
    assert answer.code == 0, answer.out + answer.err
    assert "0 of them overdue" in answer.out


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_signed_files_that_are_not_committed_are_counted(own_centre: ExampleCentre) -> None:
    root = own_centre.folder.root
    git(root, "init", "--quiet")
    answer = json.loads(at_desk(own_centre, "status", "--json", typed="").out)
    (before,) = [item for item in answer["due"] if item["kind"] == "commit"]
    assert "files of credentials/ and keys/ are not committed" in before["what"]
    git(root, "add", "credentials", "keys")
    git(root, "commit", "--quiet", "-m", "all")
    answer = json.loads(at_desk(own_centre, "status", "--json", typed="").out)
    assert [item for item in answer["due"] if item["kind"] == "commit"] == []
    (root / "keys" / "own.json").write_bytes((root / "keys" / "own.json").read_bytes() + b"\n")
    answer = json.loads(at_desk(own_centre, "status", "--json", typed="").out)
    (after,) = [item for item in answer["due"] if item["kind"] == "commit"]
    assert after["what"].startswith("1 file of")


def kinds(centre: ExampleCentre) -> list[str]:
    return [item["kind"] for item in json.loads(at_desk(centre, "status", "--json", typed="").out)["due"]]


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_a_clone_whose_hook_is_not_called_is_told_to_switch_it_on(own_centre: ExampleCentre) -> None:
    root = own_centre.folder.root
    git(root, "init", "--quiet")
    assert "hook" not in kinds(own_centre)
    (root / ".githooks").mkdir()
    (root / ".githooks" / "pre-commit").write_text("exit 0\n", encoding="utf-8")
    assert "→ git config core.hooksPath .githooks" in at_desk(own_centre, "status", typed="").out
    git(root, "config", "core.hooksPath", "elsewhere")
    assert "hook" in kinds(own_centre)
    git(root, "config", "core.hooksPath", ".githooks")
    assert "hook" not in kinds(own_centre)


def test_a_command_that_was_interrupted_is_spoken_of_and_its_change_finished(own_centre: ExampleCentre) -> None:
    journal = own_centre.folder.credentials / JOURNAL
    journal.write_text('{"version":1,"files":[]}', encoding="ascii")
    answer = at_desk(own_centre, "status", typed="")
    assert "A command was interrupted" in answer.out
    assert not journal.exists()
    assert "interrupted" not in kinds(own_centre)
