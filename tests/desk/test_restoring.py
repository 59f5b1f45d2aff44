"""A centre whose laptop is lost goes on where it was, and is told what is lost where something is."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lost_laptop import (
    FIRST_THREE,
    HOUR,
    backed_up,
    clone_of,
    copy_file,
    issue_all,
    on_new_machine,
    restored_alone,
    restored_into,
    silent,
    three_issued_centre,
    tree,
)
from small_centre import ELIGIBLE, RUN, assert_whole, leftovers, verdict

from asnad.centre_folder import CentreFolder
from asnad.desk.erasing import erase, withdraw_page
from asnad.desk.ledger import Issued, Replaced, Withdrawn, paged
from asnad.desk.merging import merge
from asnad.desk.new_key import make_new_key
from asnad.desk.recovering import recover
from asnad.desk.restoring import restore_centre
from asnad.desk.signed_credential import credential_paths
from asnad.desk.succession import reissue
from asnad.desk.withdrawing import WithdrawalReason, look_up, refresh, revoke
from asnad.errors import AsnadError, FileError, IssuingError, SigningError
from asnad.issuers.keys_file import Role
from asnad.proofs.strict_json import parse_object
from asnad.signing.key_file import KeyCost
from asnad.signing.sealed_archive import ArchivedFile, seal_archive
from asnad.signing.sealed_stream import new_header
from asnad.verification.outcome import Outcome
from asnad.verification.verify import MAX_CREDENTIAL
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, found_example_centre

SERIAL = "CSC-FT-HB-W/12/001"


@pytest.fixture(scope="module")
def three_issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return three_issued_centre(tmp_path_factory.mktemp("three"))


@pytest.fixture(scope="module")
def backup(three_issued: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of three certificates; the record of it stays in the centre."""
    return copy_file(backed_up(three_issued, tmp_path_factory.mktemp("sticks")))


@pytest.fixture
def centre(three_issued: ExampleCentre, backup: Path, tmp_path: Path) -> ExampleCentre:
    """Give a copy of the centre as it was just after the backup."""
    return three_issued.copy(tmp_path / "laptop")


def events(centre: ExampleCentre) -> list[str]:
    return sorted(event.name for event in centre.workplace().whole_ledger() if isinstance(event, Issued))


def test_on_an_empty_machine_everything_comes_back_and_issuing_goes_on(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    before = tree(centre.folder.root)
    keys = tree(centre.store.folder)
    held = centre.credentials()
    shutil.rmtree(centre.folder.root)
    shutil.rmtree(centre.keys)

    new = restored_alone(centre, backup, tmp_path / "new")
    del before["credentials/private/backups.jsonl"]  # It was written when the backup was there already.
    assert tree(new.folder.root) == before
    assert tree(new.store.folder) == keys
    assert new.credentials() == held

    issue_all(new, NOW + 2 * HOUR)
    assert events(new) == sorted(ELIGIBLE)
    assert {name: data for name, data in new.credentials().items() if name in held} == held
    assert_whole(new, ELIGIBLE, at=NOW + 3 * HOUR)
    revoke(new.workplace(NOW + 3 * HOUR), SERIAL, WithdrawalReason.MISCONDUCT, "")
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)
    revoked = look_up(new.workplace(), SERIAL).issued.id.removeprefix("urn:uuid:")
    assert verdict(new, held[revoked], NOW + 4 * HOUR).outcome is Outcome.REVOKED
    assert backed_up(new, tmp_path / "sticks", NOW + 5 * HOUR).record.complete


def test_into_a_fresh_clone_only_the_private_part_comes_and_issuing_goes_on(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    clone = clone_of(centre, tmp_path)
    before = tree(clone.root)
    restored = restored_into(backup, clone, tmp_path / "new-keys")
    assert (restored.certificates, restored.lost, restored.public_restored) == (3, (), False)
    after = tree(clone.root)
    private = {path for path in after if path.startswith("credentials/private/")}
    assert {path: data for path, data in after.items() if path not in private} == before
    new = on_new_machine(centre, restored)
    assert events(new) == sorted(FIRST_THREE)
    issue_all(new, NOW + 3 * HOUR)
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)


def test_git_itself_clones_what_the_backup_completes(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    def git(*words: str) -> str:
        identity = ["-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "init.defaultBranch=main"]
        command = ["git", *identity, *words]
        done = subprocess.run(command, cwd=centre.folder.root, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "the centre")
    assert "credentials/private" not in git("ls-files")
    git("clone", "-q", ".", str(tmp_path / "clone"))
    clone = CentreFolder(tmp_path / "clone")
    new = on_new_machine(centre, restored_into(backup, clone, tmp_path / "new-keys"))
    issue_all(new, NOW + 3 * HOUR)
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)
    status = subprocess.run(
        ["git", "status", "--short", "--untracked-files=all"],
        cwd=clone.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "private" not in status.stdout


def test_keys_and_private_records_are_for_their_owner_alone(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    if os.name == "nt":
        # There the user's own folder is what keeps others out.
        pytest.skip("Windows has no such modes")
    new = restored_alone(centre, backup, tmp_path / "new")
    private = new.folder.credentials / "private"
    for folder in (private, private / "credentials", private / "registers", new.store.folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    for file in [*private.rglob("*.*"), *new.store.folder.iterdir()]:
        if file.is_file():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_folder_in_use_is_never_written_over(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    before = tree(centre.folder.root)
    with pytest.raises(FileError, match="expected a new or empty folder"):
        restore_centre(backup, PASSPHRASE, centre.folder.root, tmp_path / "k", silent)
    assert tree(centre.folder.root) == before
    assert not (tmp_path / "k").exists()
    (tmp_path / "empty").mkdir()
    restore_centre(backup, PASSPHRASE, tmp_path / "empty", tmp_path / "k", silent)
    assert (tmp_path / "empty" / "catalogue" / "centre.yml").is_file()


def test_a_newer_private_ledger_is_never_written_over(centre: ExampleCentre, backup: Path) -> None:
    issue_all(centre, NOW + 2 * HOUR)
    before = tree(centre.folder.root)
    with pytest.raises(IssuingError, match="found 2 lines that are newer or of another centre"):
        restored_into(backup, centre.folder, centre.keys)
    assert tree(centre.folder.root) == before
    assert leftovers(centre) == []


def test_the_same_private_part_stays_as_it_is(centre: ExampleCentre, backup: Path) -> None:
    before = tree(centre.folder.root)
    restored = restored_into(backup, centre.folder, centre.keys)
    assert restored.moved_aside is None
    assert tree(centre.folder.root) == before


def test_a_newer_backup_completes_an_older_one_and_moves_it_aside(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    issue_all(centre, NOW + 2 * HOUR)
    newer = copy_file(backed_up(centre, tmp_path, NOW + 3 * HOUR))
    clone = clone_of(centre, tmp_path)
    with pytest.raises(IssuingError, match="found one of 3; issued after it: 2 in 2026-11"):
        restored_into(backup, clone, tmp_path / "k")
    assert not (clone.credentials / "private" / "ledger.jsonl").exists()
    assert not (tmp_path / "k").exists()

    old = restored_into(backup, clone, tmp_path / "k", accept_loss=True)
    assert (old.certificates, len(old.lost)) == (3, 2)
    new = on_new_machine(centre, old)
    with pytest.raises(IssuingError, match="found 2 lost ones that may be of it"):
        issue_all(new, NOW + 4 * HOUR)
    refresh(new.workplace(NOW + 4 * HOUR))

    restored = restored_into(newer, clone, tmp_path / "k", NOW + 5 * HOUR)
    assert restored.lost == ()
    assert restored.moved_aside is not None
    assert restored.moved_aside.name == "private-before-20261120140000"
    assert (restored.moved_aside / ".gitignore").read_bytes() == b"*\n"
    assert events(new) == sorted(ELIGIBLE)
    assert_whole(new, ELIGIBLE, at=NOW + 6 * HOUR)


def test_what_was_withdrawn_after_the_backup_stays_withdrawn(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    revoke(centre.workplace(NOW + 2 * HOUR), SERIAL, WithdrawalReason.MISCONDUCT, "a reason of the centre's own")
    restored = restored_into(backup, clone_of(centre, tmp_path), tmp_path / "k")
    assert [event.serial for event in restored.learnt] == [SERIAL]
    before = tree(restored.folder.root)
    assert restored_into(backup, restored.folder, tmp_path / "k").moved_aside is None
    assert tree(restored.folder.root) == before
    new = on_new_machine(centre, restored)
    entry = look_up(new.workplace(), SERIAL)
    assert isinstance(entry.withdrawn, Withdrawn)
    assert (entry.withdrawn.reason, entry.ended_on()) == ("unknown", "2026-11-20")
    issue_all(new, NOW + 3 * HOUR)
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)


def test_what_was_replaced_after_the_backup_stays_replaced_and_the_one_in_its_place_can_be_taken_back(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    reissue(centre.workplace(NOW + 2 * HOUR), SERIAL, "the link was sent to a wrong number")
    other = reissue(centre.workplace(NOW + 2 * HOUR), "CSC-FT-HB-W/12/002", "and so was this one")
    restored = restored_into(backup, clone_of(centre, tmp_path), tmp_path / "k", accept_loss=True)
    new = on_new_machine(centre, restored)
    assert isinstance(look_up(new.workplace(NOW + 3 * HOUR), SERIAL).withdrawn, Replaced)
    path, _ = credential_paths(other.after.id, "private/credentials")
    credential = parse_object((centre.folder.credentials / path).read_bytes(), limit=MAX_CREDENTIAL)
    recovered = recover(new.workplace(NOW + 3 * HOUR), credential)
    assert recovered.serial == other.after.serial
    # Nobody knows in whose place it is, but that does not make two people one.
    assert erase(new.workplace(NOW + 3 * HOUR), SERIAL, "wish").serials == (SERIAL,)


def test_a_page_withdrawn_after_the_backup_does_not_come_back(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    withdraw_page(centre.workplace(NOW + 2 * HOUR), SERIAL, "she asked for it")
    clone = clone_of(centre, tmp_path)
    restored = restored_into(backup, clone, tmp_path / "k")
    new = on_new_machine(centre, restored)
    issued = look_up(new.workplace(), SERIAL).issued
    assert (issued.published, issued.id in paged(new.workplace().ledger())) == (True, False)
    assert not (clone.credentials / credential_paths(issued.id, "published")[0]).exists()


def test_a_key_made_after_the_backup_is_named_as_absent(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    assert restored_into(backup, clone_of(centre, tmp_path / "1"), tmp_path / "k").absent_keys == ()
    make_new_key(centre.workplace(NOW + 2 * HOUR), Role.ISSUING)
    restored = restored_into(backup, clone_of(centre, tmp_path / "2"), tmp_path / "k")
    assert restored.absent_keys == (f"{centre.store.did}#key-2026b",)


def test_what_another_registrar_issued_after_the_backup_comes_from_that_machine(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    issue_all(centre, NOW + 2 * HOUR)
    clone = clone_of(centre, tmp_path)
    restored = restored_into(backup, clone, tmp_path / "k", accept_loss=True)
    assert len(restored.lost) == 2
    new = on_new_machine(centre, restored)
    merge(new.workplace(NOW + 3 * HOUR), centre.folder)
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)


def test_an_older_backup_does_not_undo_an_erasure_that_this_machine_knows(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    erase(centre.workplace(NOW + 2 * HOUR), SERIAL, "asked for it in writing")
    before = tree(centre.folder.root)
    with pytest.raises(IssuingError, match="found 1 line that is newer"):
        restored_into(backup, centre.folder, centre.keys)
    assert tree(centre.folder.root) == before
    # A newer backup, in which the name is gone, may follow the older one.
    newer = copy_file(backed_up(centre, tmp_path, NOW + 3 * HOUR))
    clone = clone_of(centre, tmp_path)
    old = on_new_machine(centre, restored_into(backup, clone, tmp_path / "k"))
    assert look_up(old.workplace(), SERIAL).issued.name == "Rashida Bano"
    new = on_new_machine(centre, restored_into(newer, clone, tmp_path / "k"))
    assert "Rashida Bano" not in {event.name for event in new.workplace().whole_ledger() if isinstance(event, Issued)}


def test_a_laptop_lost_before_it_published_brings_its_last_certificates_back(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    clone = clone_of(centre, tmp_path)
    issue_all(centre, NOW + 2 * HOUR)
    newest = copy_file(backed_up(centre, tmp_path, NOW + 3 * HOUR))
    restored = restored_into(newest, clone, tmp_path / "k")
    assert restored.public_restored
    new = on_new_machine(centre, restored)
    assert_whole(new, ELIGIBLE, at=NOW + 4 * HOUR)
    assert tree(clone.credentials / "public") == tree(centre.folder.credentials / "public")


def test_lists_refreshed_after_the_backup_are_kept(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    refresh(centre.workplace(NOW + 2 * HOUR))
    clone = clone_of(centre, tmp_path)
    restored = restored_into(backup, clone, tmp_path / "k")
    assert not restored.public_restored
    assert tree(clone.credentials / "public") == tree(centre.folder.credentials / "public")
    issue_all(on_new_machine(centre, restored), NOW + 3 * HOUR)


def test_two_ledgers_of_which_neither_goes_on_from_the_other_are_refused(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    clone = clone_of(centre, tmp_path)
    ledger = clone.credentials / "public" / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:-1]) + lines[-1].replace(b"2026-11", b"2026-10"))
    with pytest.raises(IssuingError, match="found two that differ"):
        restored_into(backup, clone, tmp_path / "k")
    assert not (clone.credentials / "private").exists()
    assert not (clone.credentials / ".restoring.part").exists()


@pytest.fixture(scope="module")
def other_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of a centre of the same did that has other keys, and has issued nothing."""
    other = found_example_centre(tmp_path_factory.mktemp("other"), NOW - HOUR)
    refresh(other.workplace(NOW))
    return copy_file(backed_up(other, tmp_path_factory.mktemp("others-sticks")))


def test_another_start_of_the_same_centre_is_refused(centre: ExampleCentre, other_start: Path, tmp_path: Path) -> None:
    with pytest.raises(IssuingError, match="of another centre"):
        restored_into(other_start, centre.folder, tmp_path / "k")
    clone = clone_of(centre, tmp_path)
    before = tree(clone.root)
    with pytest.raises(SigningError, match="found another root key"):
        restored_into(other_start, clone, tmp_path / "k")
    assert tree(clone.root) == before
    assert not (tmp_path / "k").exists()


def test_another_start_is_refused_by_its_root_key_also_where_neither_has_issued(
    other_start: Path, tmp_path: Path
) -> None:
    clone = clone_of(found_example_centre(tmp_path / "own"), tmp_path)
    before = tree(clone.root)
    with pytest.raises(SigningError, match="found another root key"):
        restored_into(other_start, clone, tmp_path / "k")
    assert tree(clone.root) == before


def test_a_backup_of_another_did_is_refused(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    clone = clone_of(centre, tmp_path)
    for path in ("keys/own.json", "credentials/public/ledger.jsonl"):
        text = (clone.root / path).read_text()
        (clone.root / path).write_text(text.replace(centre.store.did, "did:web:other.example"))
    with pytest.raises(FileError, match=r"found those of did:web:other\.example"):
        restored_into(backup, clone, tmp_path / "k")
    assert not (clone.credentials / "private").exists()


def test_another_key_in_the_store_is_never_written_over(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    clone = clone_of(centre, tmp_path)
    path = centre.store.folder / "status-2026a.key.json"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"salt":"', b'"salt":"A'))
    before = tree(centre.keys)
    with pytest.raises(SigningError, match="found another than the one of the backup"):
        restored_into(backup, clone, centre.keys)
    assert tree(centre.keys) == before
    assert not (clone.credentials / "private").exists()


def test_with_another_passphrase_nothing_is_written(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="the passphrase does not open this backup"):
        restore_centre(backup, b"another passphrase", tmp_path / "new", tmp_path / "k", silent)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:100],
        lambda data: data + b"x",
        lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        lambda data: b"",
    ],
)
def test_from_a_damaged_backup_nothing_is_written(
    backup: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = tmp_path / "damaged.asnad"
    damaged.write_bytes(damage(backup.read_bytes()))
    with pytest.raises(SigningError):
        restore_centre(damaged, PASSPHRASE, tmp_path / "new", tmp_path / "k", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.asnad"]


def sealed_by_hand(path: Path, did: str, *files: ArchivedFile, cost: KeyCost = CHEAP) -> Path:
    header = new_header(did, NOW, cost, b"0123456789abcdef")
    path.write_bytes(b"".join(seal_archive(header, PASSPHRASE, files)))
    return path


@pytest.mark.parametrize(
    "file",
    [
        ArchivedFile("elsewhere/file", b"x"),
        ArchivedFile(".git/hooks/post-checkout", b"#!/bin/sh"),
        ArchivedFile("private-keys/key-2026a.key.json", b"{}"),
        ArchivedFile("private-keys/a/b.key.json", b"{}"),
    ],
)
def test_what_does_not_belong_into_a_backup_is_refused(
    centre: ExampleCentre, tmp_path: Path, file: ArchivedFile
) -> None:
    made = sealed_by_hand(tmp_path / "b.asnad", centre.store.did, file)
    with pytest.raises(AsnadError):
        restore_centre(made, PASSPHRASE, tmp_path / "new", tmp_path / "k", silent)
    assert [path.name for path in tmp_path.iterdir() if path.name != "laptop"] == ["b.asnad"]


def test_a_key_file_under_the_name_of_another_is_refused(centre: ExampleCentre, tmp_path: Path) -> None:
    data = (centre.store.folder / "status-2026a.key.json").read_bytes()
    made = sealed_by_hand(tmp_path / "b.asnad", centre.store.did, ArchivedFile("private-keys/key-2026a.key.json", data))
    with pytest.raises(SigningError, match="under its own name"):
        restore_centre(made, PASSPHRASE, tmp_path / "new", tmp_path / "k", silent)


def test_a_file_that_is_a_folder_too_is_refused(centre: ExampleCentre, tmp_path: Path) -> None:
    files = (ArchivedFile("keys/a", b"x"), ArchivedFile("keys/a/b", b"x"))
    made = sealed_by_hand(tmp_path / "b.asnad", centre.store.did, *files)
    with pytest.raises(AsnadError):
        restore_centre(made, PASSPHRASE, tmp_path / "new", tmp_path / "k", silent)
    assert not (tmp_path / "new").exists()


def test_a_full_disk_leaves_nothing_behind(
    centre: ExampleCentre, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, writes = io.open, []

    def open_file(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        if mode == "wb":
            writes.append(file)
            if len(writes) > 20:
                raise OSError(errno.ENOSPC, "No space left on device")
        return plain(file, mode, *args, **named)

    monkeypatch.setattr(io, "open", open_file)
    with pytest.raises(FileError, match="No space left on device"):
        restore_centre(backup, PASSPHRASE, tmp_path / "new" / "centre", tmp_path / "k", silent)
    assert list((tmp_path / "new").iterdir()) == []
    assert not (tmp_path / "k").exists()


def test_what_an_interrupted_restore_left_is_taken_away_by_the_next(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    clone = clone_of(centre, tmp_path)
    scratch = clone.credentials / ".restoring.part"
    (scratch / "centre").mkdir(parents=True)
    (scratch / "centre" / "half").write_text("half")
    restored = restored_into(backup, clone, tmp_path / "k")
    assert not scratch.exists()
    assert events(on_new_machine(centre, restored)) == sorted(FIRST_THREE)


def test_called_again_after_it_was_done_it_changes_nothing(centre: ExampleCentre, backup: Path, tmp_path: Path) -> None:
    clone = clone_of(centre, tmp_path)
    restored_into(backup, clone, tmp_path / "k")
    before = tree(clone.root) | tree(tmp_path / "k")
    restored_into(backup, clone, tmp_path / "k")
    assert tree(clone.root) | tree(tmp_path / "k") == before


def test_a_register_imported_into_the_clone_is_moved_aside_not_lost(
    centre: ExampleCentre, backup: Path, tmp_path: Path
) -> None:
    clone = clone_of(centre, tmp_path)
    registers = clone.credentials / "private" / "registers"
    registers.mkdir(parents=True)
    (registers / f"{RUN}.json").write_text("[]")
    restored = restored_into(backup, clone, tmp_path / "k")
    assert restored.moved_aside is not None
    assert (restored.moved_aside / "registers" / f"{RUN}.json").read_text() == "[]"


def test_the_backup_is_only_read(backup: Path, centre: ExampleCentre, tmp_path: Path) -> None:
    before = sha256(backup.read_bytes()).digest()
    restored_alone(replace(centre), backup, tmp_path / "new")
    assert sha256(backup.read_bytes()).digest() == before
