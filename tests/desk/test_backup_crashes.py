"""Killed or out of room at any change of the disk, backup and restore lose nothing; the next call completes them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from faulty_disk import Fault, Moment, run_with_fault
from lost_laptop import HOUR, backed_up, clone_of, copy_file, issue_three, record, restored_into, silent, tree

from asnad.centre_folder import CentreFolder
from asnad.desk.restoring import restore_centre
from example_centre import NOW, PASSPHRASE, ExampleCentre, found_example_centre

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the faulty disk needs a forked child")

POINTS = 8
"""Of each command, evenly spread, with the last ones among them: there the folders are put in place."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = found_example_centre(tmp_path_factory.mktemp("three"))
    issue_three(centre)
    return centre


@pytest.fixture(scope="module")
def backup(centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_file(backed_up(centre, tmp_path_factory.mktemp("sticks")))


@pytest.fixture(autouse=True)
def disk_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for what other programs write; what reaches the disk is decided by the faulty one."""
    monkeypatch.setattr(os, "sync", lambda: None)


def points(changes: int) -> list[int]:
    step = max(1, changes // POINTS)
    return sorted({*range(1, changes + 1, step), *range(max(1, changes - 5), changes + 1)})


def faults(changes: int) -> list[Fault]:
    """Kill at one point and refuse room at the next."""
    return [Fault(point, (Moment.HALF, Moment.REFUSED)[number % 2]) for number, point in enumerate(points(changes))]


def test_a_restore_into_a_clone_is_completed_by_the_next_call(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    pristine = clone_of(centre, tmp_path / "pristine")
    clone, keys = CentreFolder(tmp_path / "clone"), tmp_path / "k"

    def fresh() -> None:
        shutil.rmtree(clone.root, ignore_errors=True)
        shutil.rmtree(keys, ignore_errors=True)
        shutil.copytree(pristine.root, clone.root)

    def task() -> object:
        return restored_into(backup, clone, keys)

    fresh()
    whole = run_with_fault(task, (clone.root, keys), None, tmp_path / "notes")
    assert whole.trace is None
    done = tree(clone.root), tree(keys)
    assert "credentials/private/ledger.jsonl" in done[0]
    for fault in faults(len(whole.names)):
        fresh()
        ended = run_with_fault(task, (clone.root, keys), fault, tmp_path / "notes")
        assert ended.trace is None, ended.trace
        # Either nothing private is there, or all of it.
        there = {path for path in tree(clone.root) if path.startswith("credentials/private/")}
        assert there - {"credentials/private/.gitignore"} == set() or there == {
            path for path in done[0] if path.startswith("credentials/private/")
        }
        restored_into(backup, clone, keys)
        assert (tree(clone.root), tree(keys)) == done


def test_a_restore_of_everything_is_completed_by_the_next_call(backup: Path, tmp_path: Path) -> None:
    base = tmp_path / "machine"

    def task() -> object:
        return restore_centre(backup, PASSPHRASE, base / "centre", base / "k", silent)

    base.mkdir()
    whole = run_with_fault(task, (base,), None, tmp_path / "notes")
    assert whole.trace is None
    done = tree(base)
    for fault in faults(len(whole.names)):
        shutil.rmtree(base)
        base.mkdir()
        ended = run_with_fault(task, (base,), fault, tmp_path / "notes")
        assert ended.trace is None, ended.trace
        if not (base / "centre").exists():
            task()
        # A kill after the folder was put in place leaves an empty one, with nothing private in it.
        assert {path: data for path, data in tree(base).items() if path != "centre.restoring.part/.gitignore"} == done


def test_a_backup_that_broke_off_costs_no_other_and_is_made_by_the_next_call(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    own = centre.copy(tmp_path / "own")
    sticks = tmp_path / "sticks"
    first = copy_file(backed_up(own, sticks))
    before = first.read_bytes()
    private = tree(own.folder.credentials / "private")
    known = len(record(own))

    def task(at: int = NOW + 2 * HOUR) -> object:
        return backed_up(own, sticks, at)

    folders = (own.folder.root, sticks)
    spent = own.copy(tmp_path / "count")
    changes = len(
        run_with_fault(
            lambda: backed_up(spent, tmp_path / "spent"), (spent.folder.root, tmp_path / "spent"), None, tmp_path / "n"
        ).names
    )
    for number, fault in enumerate(faults(changes), start=1):
        ended = run_with_fault(lambda at=NOW + (2 + number) * HOUR: task(at), folders, fault, tmp_path / "notes")
        assert ended.trace is None, ended.trace
        assert first.read_bytes() == before
    assert {path.name for path in sticks.rglob("*.part")} <= {"asnad-backup.part"}
    task(NOW + 900 * HOUR)
    assert list(sticks.rglob("*.part")) == []
    after = tree(own.folder.credentials / "private")
    assert {path: data for path, data in after.items() if path != "backups.jsonl"} == {
        path: data for path, data in private.items() if path != "backups.jsonl"
    }
    assert len(record(own)) > known
