"""A registrar backs up, tries the backup out, loses the laptop, and goes on: backup, drill, restore."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from command_line import REGISTER, RUN, TYPED, Answer, assert_told, at_desk, call, in_centre

from asnad.desk.backup import back_up
from asnad.desk.backup_record import BACKUPS, Backup, Drill, read_backups
from asnad.desk.erasing import erase
from asnad.desk.issue_run import issue_run
from asnad.desk.withdrawing import WithdrawalReason, revoke
from example_centre import CHEAP, ExampleCentre, import_register

SERIAL = "CSC-FT-HB-W/12/001"
MORE = REGISTER + "Sidra Munir Dogar,Khushi Muhammad,00000-0000007-1,,95,no,\n"


@pytest.fixture
def quick_backup(own_centre: ExampleCentre, tmp_path: Path) -> Path:
    """Give a backup of the centre whose passphrase is cheap to try."""
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = own_centre.workplace(int(time.time()))
    report = back_up(desk, (stick,), lambda _place: 0, lambda _done, _of: None, CHEAP)
    return Path(report.record.copies[0].file)


def sticks(tmp_path: Path) -> tuple[str, str]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    return str(tmp_path / "one"), str(tmp_path / "two")


def restore(backup: Path, *words: str, keys: Path, typed: str = TYPED) -> Answer:
    return call("restore", str(backup), *words, "--keys", str(keys), cwd=backup.parent, typed=typed)


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def clone_of(centre: ExampleCentre, to: Path) -> Path:
    shutil.copytree(centre.folder.root, to, ignore=shutil.ignore_patterns("private"))
    return to


def issue_one_more(centre: ExampleCentre) -> None:
    at = int(time.time())
    import_register(centre, RUN, "b12.csv", MORE.encode(), at)
    issue_run(centre.workplace(at, seed=7), RUN, lambda _done, _of: None)


def test_a_laptop_is_lost_and_the_centre_goes_on(own_centre: ExampleCentre, tmp_path: Path) -> None:
    made = at_desk(own_centre, "backup", *sticks(tmp_path))
    assert made.code == 0, made.err
    assert "Backed up and read back: 2 certificates" in made.out
    assert TYPED.strip() not in made.out + made.err
    assert "both copies are on one drive" in made.err
    assert "the root key root-2" in made.err
    (copy,) = (tmp_path / "one").iterdir()
    (other,) = (tmp_path / "two").iterdir()
    assert copy.name == other.name
    sheet = own_centre.folder.credentials / "private" / "out" / "backup-sheet.html"
    assert str(sheet) in made.out
    assert copy.name in sheet.read_text(encoding="utf-8")

    tried = at_desk(own_centre, "drill", str(other))
    assert tried.code == 0, tried.err
    assert "with it and the passphrase nothing would be lost" in tried.out
    assert "certificates that agree with the ledger: 2" in tried.out
    backup, drill = read_backups(own_centre.folder.optional(BACKUPS))
    assert isinstance(backup, Backup)
    assert isinstance(drill, Drill)
    assert (drill.file, drill.passed, backup.certificates) == (str(other), True, 2)

    before = {path.name: path.read_bytes() for path in own_centre.store.folder.iterdir()}
    shutil.rmtree(own_centre.folder.root)
    shutil.rmtree(own_centre.keys)
    new = tmp_path / "new"
    back = restore(copy, "--to", str(new), keys=tmp_path / "new-keys")
    assert back.code == 0, back.err
    assert f"centre: {new} (2 certificates)" in back.out
    assert {p.name: p.read_bytes() for p in (tmp_path / "new-keys").rglob("*.key.json")} == before

    register = tmp_path / "b12.csv"
    register.write_text(MORE, encoding="utf-8")
    keys = ("--keys", str(tmp_path / "new-keys"))
    assert call("import", str(register), "--run", RUN, "--yes", *keys, cwd=new).code == 0
    issued = call("issue", RUN, *keys, cwd=new, typed=TYPED)
    assert issued.code == 0, issued.err
    assert f"{RUN}: 1 issued now, 2 before." in issued.out
    words = ("revoke", SERIAL, "--reason", "issued-in-error", "--yes")
    assert call(*words, *keys, cwd=new, typed=TYPED).code == 0


def test_one_copy_is_told_to_be_half_a_backup(own_centre: ExampleCentre, tmp_path: Path) -> None:
    sheet = tmp_path / "print" / "sheet.html"
    answer = at_desk(own_centre, "backup", sticks(tmp_path)[0], "--sheet", str(sheet))
    assert answer.code == 0, answer.err
    assert "WARNING: one copy is not enough" in answer.err
    assert "Only one copy was made." in sheet.read_text(encoding="utf-8")
    (backup,) = read_backups(own_centre.folder.optional(BACKUPS))
    assert isinstance(backup, Backup)
    assert not backup.complete


def test_a_stick_that_is_not_connected_and_a_mistyped_passphrase_are_told(
    own_centre: ExampleCentre, tmp_path: Path
) -> None:
    missing = at_desk(own_centre, "backup", str(tmp_path / "none"))
    assert_told(missing, 1, "expected an existing folder for the backup, found none", "is the USB stick connected?")
    one, two = sticks(tmp_path)
    wrong = at_desk(own_centre, "backup", one, two, typed="published passphrasf\n")
    assert_told(wrong, 1, "got one that opens none of the 4", "no backup was made")
    assert list((tmp_path / "one").iterdir()) == []
    assert read_backups(own_centre.folder.optional(BACKUPS)) == ()


def test_into_a_clone_the_private_part_comes_back(
    own_centre: ExampleCentre, quick_backup: Path, tmp_path: Path
) -> None:
    revoke(own_centre.workplace(int(time.time())), SERIAL, WithdrawalReason.MISCONDUCT, "")
    clone = clone_of(own_centre, tmp_path / "clone")
    answer = restore(quick_backup, "--into", str(clone / "catalogue"), keys=tmp_path / "k")
    assert answer.code == 0, answer.err
    assert f"centre: {clone} (2 certificates)" in answer.out
    assert f"withdrawn or replaced after the backup, written down again without the reason: {SERIAL}" in answer.out
    shown = call("show", SERIAL, "--keys", str(tmp_path / "k"), cwd=clone)
    assert "WITHDRAWN" in shown.out


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
@pytest.mark.parametrize("switched_on", [False, True])
def test_a_restored_clone_is_told_to_switch_its_hook_on(
    own_centre: ExampleCentre, quick_backup: Path, tmp_path: Path, switched_on: bool
) -> None:
    clone = clone_of(own_centre, tmp_path / "clone")
    git(clone, "init", "-q")
    (clone / ".githooks").mkdir()
    (clone / ".githooks" / "pre-commit").write_text("exit 0\n", encoding="utf-8")
    if switched_on:
        git(clone, "config", "core.hooksPath", ".githooks")
    answer = restore(quick_backup, "--into", str(clone), keys=tmp_path / "k")
    assert answer.code == 0, answer.err
    assert ("git config core.hooksPath .githooks" in answer.out) is not switched_on


def test_certificates_issued_after_the_backup_stop_it_unless_the_loss_is_accepted(
    own_centre: ExampleCentre, quick_backup: Path, tmp_path: Path
) -> None:
    issue_one_more(own_centre)
    clone = clone_of(own_centre, tmp_path / "clone")
    stopped = restore(quick_backup, "--into", str(clone), keys=tmp_path / "k")
    assert_told(stopped, 1, "expected a backup of all 3 certificates, found one of 2; issued after it: 1 in 20")
    assert not (clone / "credentials" / "private" / "ledger.jsonl").exists()
    assert not (tmp_path / "k").exists()

    accepted = restore(quick_backup, "--into", str(clone), "--accept-loss", keys=tmp_path / "k")
    assert accepted.code == 0, accepted.err
    lost = own_centre.folder.public_ledger()[-1].digest
    assert "WARNING: 1 certificate was issued after this backup" in accepted.err
    assert lost in accepted.err
    assert "A newer backup mends it" in accepted.out
    keys = ("--keys", str(tmp_path / "k"))
    (tmp_path / "b12.csv").write_text(MORE, encoding="utf-8")
    imported = call("import", str(tmp_path / "b12.csv"), "--run", RUN, "--yes", *keys, cwd=clone)
    assert imported.code == 0, imported.err
    refused = call("issue", RUN, *keys, cwd=clone, typed=TYPED)
    assert_told(
        refused,
        1,
        "expected a run of which no certificate was lost, found 1 lost one that may be of it",
        "asnad recover",
    )
    refreshed = call("refresh", *keys, cwd=clone, typed=TYPED)
    assert refreshed.code == 0, refreshed.err


def test_a_drill_says_what_would_be_lost(own_centre: ExampleCentre, quick_backup: Path) -> None:
    issue_one_more(own_centre)
    answer = at_desk(own_centre, "drill", str(quick_backup))
    assert answer.code == 0, answer.err
    assert "would be lost, issued after it: 1 certificate (1 of 20" in answer.out
    assert f"would be lost: the register {RUN}.json as it is now" in answer.out
    assert "it is old. Make a new one" in answer.out


def test_a_drill_counts_what_was_erased_so_that_its_numbers_are_those_of_the_backup(
    own_centre: ExampleCentre, tmp_path: Path
) -> None:
    at = int(time.time())
    erase(own_centre.workplace(at), SERIAL, "asked for it in writing")
    report = back_up(own_centre.workplace(at), (tmp_path,), lambda _place: 0, lambda _done, _of: None, CHEAP)
    assert report.record.certificates == 2
    answer = at_desk(own_centre, "drill", report.record.copies[0].file)
    assert answer.code == 0, answer.err
    assert "certificates that agree with the ledger: 1, and 1 erased, of which nothing is kept" in answer.out


@pytest.mark.parametrize("damage", ["cut", "flipped", "another file"])
def test_a_damaged_backup_is_told_without_a_trace(own_centre: ExampleCentre, quick_backup: Path, damage: str) -> None:
    data = quick_backup.read_bytes()
    middle = len(data) // 2
    quick_backup.write_bytes(
        {"cut": data[:middle], "flipped": data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]}.get(
            damage, b"PK\x03\x04"
        )
    )
    assert_told(at_desk(own_centre, "drill", str(quick_backup)), 1, quick_backup.name, "take the other copy")
    new = quick_backup.parent / "new"
    assert_told(restore(quick_backup, "--to", str(new), keys=new / "k"), 1, "take the other copy")
    assert not new.exists()


def test_a_missing_backup_and_a_missing_target_are_told(own_centre: ExampleCentre, tmp_path: Path) -> None:
    none = tmp_path / "none.asnad"
    assert_told(restore(none, "--to", str(tmp_path / "new"), keys=tmp_path / "k"), 1, "No such file", hint=False)
    assert_told(restore(none, keys=tmp_path / "k"), 2, "name one of the two", hint=False)
    both = restore(none, "--to", "a", "--into", str(own_centre.folder.root), keys=tmp_path / "k")
    assert_told(both, 2, "name one of the two", hint=False)
    assert_told(restore(none, "--into", str(tmp_path), keys=tmp_path / "k"), 1, "expected a centre's folder")


def test_a_demonstrations_record_of_backups_is_not_in_git(own_centre: ExampleCentre, tmp_path: Path) -> None:
    assert at_desk(own_centre, "backup", sticks(tmp_path)[0]).code == 0
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], cwd=own_centre.folder.root, check=True)
    subprocess.run([*git, "add", "."], cwd=own_centre.folder.root, check=True)
    listed = subprocess.run(
        [*git, "ls-files"], cwd=own_centre.folder.root, check=True, capture_output=True, text=True
    ).stdout
    assert "credentials/public/ledger.jsonl" in listed
    assert "private" not in listed
    assert in_centre(own_centre, "show", SERIAL).code == 0
