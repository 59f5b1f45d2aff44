"""A backup lies at two places, was read back, and holds all that a laptop takes with it."""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lost_laptop import HOUR, backed_up, copy_file, drive_of, issue_all, issue_three, record, silent, tree
from small_centre import RUN

from asnad.desk import backup_copy
from asnad.desk.backup import back_up
from asnad.desk.backup_record import Backup, BackupCopy, Drill, backup_line, read_backups
from asnad.desk.transaction import locked
from asnad.errors import FileError, IssuingError, SigningError
from asnad.signing.key_file import KeyRole, seal_key
from asnad.signing.sealed_archive import open_archive
from asnad.signing.sealed_stream import read_header
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, found_example_centre


@pytest.fixture(scope="module")
def three_issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = found_example_centre(tmp_path_factory.mktemp("three"))
    issue_three(centre)
    return centre


@pytest.fixture
def centre(three_issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return three_issued.copy(tmp_path / "own")


def content(path: Path) -> dict[str, bytes]:
    with path.open("rb") as source:
        header = read_header(source, path.name)
        return {file.path: file.data for file in open_archive(header, PASSPHRASE, source, path.name)}


def test_each_copy_holds_keys_private_records_and_what_is_published(centre: ExampleCentre, tmp_path: Path) -> None:
    expected = tree(centre.folder.root)
    report = backed_up(centre, tmp_path)
    keys = {f"private-keys/{path.name}": path.read_bytes() for path in centre.store.folder.iterdir()}
    assert len(keys) == 4
    for number in (0, 1):
        assert content(copy_file(report, number)) == expected | keys
    assert report.files == len(expected | keys)
    assert report.disagreement is None


def test_its_name_tells_centre_and_moment_in_letters_that_every_drive_takes(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    name = copy_file(backed_up(centre, tmp_path)).name
    assert re.fullmatch(r"asnad-backup-[A-Za-z0-9.-]+-20261120-100000\.asnad", name)
    assert backup_copy.backup_name("did:web:localhost%3A8000:a_b", 0) == (
        "asnad-backup-localhost-8000-a-b-19700101-000000.asnad"
    )


def test_papers_locks_and_what_a_crash_left_are_not_in_it(centre: ExampleCentre, tmp_path: Path) -> None:
    private = centre.folder.credentials / "private"
    (private / "out" / RUN).mkdir(parents=True)
    (private / "out" / RUN / "all.html").write_text("paper")
    (private / "ledger.jsonl.part").write_text("half")
    with locked(centre.folder.credentials):
        pass
    found = content(copy_file(backed_up(centre, tmp_path)))
    assert "credentials/private/ledger.jsonl" in found
    assert not [path for path in found if "/out/" in path or path.endswith(("lock", ".part", "journal.json"))]


def test_two_copies_are_a_backup_and_one_is_half_of_it(centre: ExampleCentre, tmp_path: Path) -> None:
    assert record(centre) == ()
    one = backed_up(centre, tmp_path, NOW + HOUR, "stick1")
    assert record(centre) == (one.record,)
    assert (one.record.drives, one.record.complete, one.record.certificates) == (1, False, 3)
    two = backed_up(centre, tmp_path, NOW + 2 * HOUR)
    assert record(centre) == (one.record, two.record)
    assert (two.record.drives, two.record.complete, two.record.made) == (2, True, NOW + 2 * HOUR)
    assert copy_file(one).exists()
    assert copy_file(one) != copy_file(two)


def test_two_folders_of_one_drive_are_one_copy(centre: ExampleCentre, tmp_path: Path) -> None:
    report = backed_up(centre, tmp_path, NOW + HOUR, "a", "b")
    assert len(report.record.copies) == 2
    assert (report.record.drives, report.record.complete) == (1, False)
    assert len(report.on_centres_drive) == 2
    assert backed_up(centre, tmp_path, NOW + 2 * HOUR).on_centres_drive == ()


def test_a_mistyped_passphrase_makes_no_backup(centre: ExampleCentre, tmp_path: Path) -> None:
    stick = tmp_path / "stick1"
    stick.mkdir()
    work = replace(centre.workplace(), passphrase=lambda: b"published passphrasf")
    with pytest.raises(SigningError, match="opens none of the 4"):
        back_up(work, (stick,), drive_of, silent, CHEAP)
    assert list(stick.iterdir()) == []
    assert record(centre) == ()


def test_without_a_key_on_the_machine_there_is_no_backup(centre: ExampleCentre, tmp_path: Path) -> None:
    for path in centre.store.folder.iterdir():
        path.unlink()
    with pytest.raises(SigningError, match="expected the centre's private keys, found none"):
        backed_up(centre, tmp_path)


def test_root_keys_on_the_laptop_and_keys_with_another_passphrase_are_named(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    key_id = f"{centre.store.did}#key-2027a"
    data = seal_key(
        os.urandom(32), key_id=key_id, role=KeyRole.ISSUING, created=NOW, passphrase=b"another one of it", cost=CHEAP
    )
    centre.store.write(key_id, data)
    report = backed_up(centre, tmp_path)
    assert report.other_passphrase == (key_id,)
    assert [key.rpartition("#")[2] for key in report.root_keys] == ["root-2026a", "root-next-2026a"]
    assert content(copy_file(report))["private-keys/key-2027a.key.json"] == data
    for name in ("root-2026a", "root-next-2026a"):
        (centre.store.folder / f"{name}.key.json").unlink()
    assert backed_up(centre, tmp_path, NOW + 2 * HOUR).root_keys == ()


def test_a_stick_that_is_not_there_and_the_centres_own_folder_are_refused(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    for place, message in ((tmp_path / "none", "found none"), (centre.folder.root / "catalogue", "outside")):
        with pytest.raises(FileError, match=message):
            back_up(centre.workplace(), (place,), drive_of, silent, CHEAP)
    assert record(centre) == ()


def test_an_older_backup_is_never_written_over(centre: ExampleCentre, tmp_path: Path) -> None:
    first = backed_up(centre, tmp_path)
    before = copy_file(first).read_bytes()
    again = backed_up(centre, tmp_path)
    assert again.record.copies == ()
    assert [str(failure.message) for failure in again.failures] == ["expected no such backup yet, found one"] * 2
    assert copy_file(first).read_bytes() == before
    assert record(centre) == (first.record,)


def test_a_full_stick_does_not_cost_the_other_copy(
    centre: ExampleCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = io.open

    def open_file(file: Any, *args: Any, **named: Any) -> Any:
        opened = plain(file, *args, **named)
        if "stick2" in str(file):
            opened.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened

    monkeypatch.setattr(io, "open", open_file)
    report = backed_up(centre, tmp_path)
    assert [failure.place for failure in report.failures] == [str(tmp_path / "stick2" / copy_file(report).name)]
    assert "No space left on device" in str(report.failures[0])
    assert (len(report.record.copies), report.record.complete) == (1, False)
    assert list((tmp_path / "stick2").iterdir()) == []


def test_a_stick_that_writes_something_else_is_found_out(
    centre: ExampleCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(handle: int) -> None:
        # As a worn stick does: the bytes are others when they are read.
        os.pwrite(handle, b"\0\0\0\0", 2000)

    monkeypatch.setattr(backup_copy, "_forget", damage)
    report = backed_up(centre, tmp_path)
    assert report.record.copies == ()
    assert ["what was written cannot be read again" in str(failure) for failure in report.failures] == [True, True]
    assert list((tmp_path / "stick1").iterdir()) == []
    assert record(centre) == ()


def test_a_ledger_that_is_not_in_order_is_backed_up_and_told(centre: ExampleCentre, tmp_path: Path) -> None:
    public = centre.folder.credentials / "public" / "ledger.jsonl"
    public.write_bytes(b"".join(public.read_bytes().splitlines(keepends=True)[:1]))
    report = backed_up(centre, tmp_path)
    assert report.disagreement is not None
    assert "expected the 1 certificates of the public ledger" in report.disagreement
    assert len(report.record.copies) == 2


def test_the_same_centre_gives_the_same_files_but_never_the_same_bytes(centre: ExampleCentre, tmp_path: Path) -> None:
    report = backed_up(centre, tmp_path)
    one, two = copy_file(report, 0), copy_file(report, 1)
    assert content(one) == content(two)
    assert one.read_bytes() != two.read_bytes()
    assert len({copy.sha256 for copy in report.record.copies}) == 2


def test_what_was_issued_after_a_backup_is_seen_in_the_record(centre: ExampleCentre, tmp_path: Path) -> None:
    backed_up(centre, tmp_path)
    issue_all(centre, NOW + 2 * HOUR)
    backed_up(centre, tmp_path, NOW + 3 * HOUR)
    assert [backup.certificates for backup in record(centre) if isinstance(backup, Backup)] == [3, 5]


RECORD = (
    Backup(made=NOW, certificates=3, drives=2, copies=(BackupCopy(file="/a/b.asnad", sha256="00"),)),
    Drill(held=NOW + 1, file="/a/b.asnad", made=NOW, passed=True),
)


def test_the_record_comes_back_as_it_was_written() -> None:
    lines = b"".join(map(backup_line, RECORD))
    assert read_backups(lines) == RECORD


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: line[:-5],
        lambda line: line.replace(b'"backup"', b'"other"'),
        lambda line: line.replace(b'"made"', b'"mode"'),
        lambda line: line.replace(b"2026-", b"never "),
        lambda line: b"[]",
        lambda line: b"1",
    ],
)
def test_a_damaged_record_is_told_with_its_line(damage: Callable[[bytes], bytes]) -> None:
    first, second = map(backup_line, RECORD)
    with pytest.raises(IssuingError, match=r"backups\.jsonl:2") as refusal:
        read_backups(second + damage(first))
    assert refusal.value.hint is not None
