"""A drill shows what a backup is worth, and leaves nothing behind but its line in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lost_laptop import HOUR, backed_up, copy_file, issue_all, record, silent, three_issued_centre, tree
from nacl.signing import SigningKey
from small_centre import RUN

from asnad.desk.backup_record import Drill
from asnad.desk.drill import DrillReport, hold_drill
from asnad.desk.erasing import erase
from asnad.desk.ledger import Erased, Issued, Withdrawn
from asnad.desk.unpacking import NEXT_ROOT
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.errors import SigningError
from asnad.signing.key_file import KeyRole, seal_key
from asnad.signing.sealed_archive import ArchivedFile, open_archive, seal_archive
from asnad.signing.sealed_stream import new_header, read_header
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre


@pytest.fixture(scope="module")
def three_issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return three_issued_centre(tmp_path_factory.mktemp("three"))


@pytest.fixture(scope="module")
def backup(three_issued: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_file(backed_up(three_issued, tmp_path_factory.mktemp("sticks")))


@pytest.fixture
def centre(three_issued: ExampleCentre, backup: Path, tmp_path: Path) -> ExampleCentre:
    """Give a copy of the centre as it was just after the backup."""
    return three_issued.copy(tmp_path / "laptop")


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "scratch"
    folder.mkdir()
    yield folder
    # The keys are removed with the folder by whoever made it; private records are not even left there.
    assert not (folder / "centre").exists()


def drill(centre: ExampleCentre, backup: Path, scratch: Path, at: int = NOW + 5 * HOUR) -> DrillReport:
    return hold_drill(centre.workplace(at), backup, scratch, silent)


def with_files(backup: Path, to: Path, did: str, change: Callable[[ArchivedFile], bytes | None]) -> Path:
    """Write a backup again, as a defect could have written it."""
    with backup.open("rb") as source:
        files = list(open_archive(read_header(source, "b"), PASSPHRASE, source, "b"))
    changed = [ArchivedFile(file.path, data) for file in files if (data := change(file)) is not None]
    header = new_header(did, NOW, CHEAP, b"0123456789abcdef")
    to.write_bytes(b"".join(seal_archive(header, PASSPHRASE, changed)))
    return to


def test_every_key_of_a_good_backup_signs_and_nothing_would_be_lost(
    centre: ExampleCentre, backup: Path, scratch: Path
) -> None:
    before = tree(centre.folder.root)
    report = drill(centre, backup, scratch)
    assert report.passed
    assert [key.rpartition("#")[2] for key in report.opened] == [
        "key-2026a",
        "root-2026a",
        "root-next-2026a",
        "status-2026a",
    ]
    assert (report.certificates, report.absent, report.since, report.changed_registers) == (3, (), (), ())
    del before["credentials/private/backups.jsonl"]
    after = tree(centre.folder.root)
    del after["credentials/private/backups.jsonl"]
    assert after == before


def test_a_drill_is_recorded(centre: ExampleCentre, backup: Path, scratch: Path) -> None:
    drill(centre, backup, scratch)
    assert record(centre)[-1] == Drill(held=NOW + 5 * HOUR, file=str(backup), made=NOW + HOUR, passed=True)


def test_what_was_done_after_the_backup_is_named_as_what_would_be_lost(
    centre: ExampleCentre, backup: Path, scratch: Path
) -> None:
    issue_all(centre, NOW + 2 * HOUR)
    revoke(centre.workplace(NOW + 3 * HOUR), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    report = drill(centre, backup, scratch)
    assert report.passed
    assert [type(event) for event in report.since] == [Issued, Issued, Withdrawn]
    assert report.changed_registers == (f"{RUN}.json",)


def test_an_erasure_after_the_backup_is_told_as_one_and_not_as_a_new_certificate(
    centre: ExampleCentre, backup: Path, scratch: Path
) -> None:
    erase(centre.workplace(NOW + 2 * HOUR), "CSC-FT-HB-W/12/001", "asked for it in writing")
    report = drill(centre, backup, scratch)
    assert [type(event) for event in report.since] == [Erased]


def test_keys_that_lie_elsewhere_are_named(centre: ExampleCentre, tmp_path: Path, scratch: Path) -> None:
    for name in ("root-2026a", "root-next-2026a"):
        (centre.store.folder / f"{name}.key.json").unlink()
    report = drill(centre, copy_file(backed_up(centre, tmp_path)), scratch)
    assert report.passed
    assert report.absent == (f"{centre.store.did}#root-2026a", NEXT_ROOT)
    (centre.store.folder / "key-2026a.key.json").unlink()
    again = drill(centre, copy_file(backed_up(centre, tmp_path, NOW + 2 * HOUR)), scratch.parent / "again")
    assert f"{centre.store.did}#key-2026a" in again.absent


def test_a_key_that_is_not_the_published_one_is_a_fault(
    centre: ExampleCentre, backup: Path, tmp_path: Path, scratch: Path
) -> None:
    key_id = f"{centre.store.did}#key-2026a"
    other = seal_key(
        bytes(SigningKey.generate()),
        key_id=key_id,
        role=KeyRole.ISSUING,
        created=NOW,
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    wrong = with_files(
        backup,
        tmp_path / "wrong.asnad",
        centre.store.did,
        lambda file: other if file.path == "private-keys/key-2026a.key.json" else file.data,
    )
    report = drill(centre, wrong, scratch)
    assert not report.passed
    assert report.faults == (f"{key_id}: expected the public key that keys.json lists, found another",)
    assert record(centre)[-1] == Drill(held=NOW + 5 * HOUR, file=str(wrong), made=NOW, passed=False)


def test_a_key_with_another_passphrase_is_a_fault(centre: ExampleCentre, tmp_path: Path, scratch: Path) -> None:
    key_id = f"{centre.store.did}#status-2027a"
    data = seal_key(
        bytes(SigningKey.generate()),
        key_id=key_id,
        role=KeyRole.STATUS,
        created=NOW,
        passphrase=b"a passphrase that was forgotten",
        cost=CHEAP,
    )
    centre.store.write(key_id, data)
    report = drill(centre, copy_file(backed_up(centre, tmp_path)), scratch)
    assert not report.passed
    assert report.faults == (f"{key_id}: the passphrase does not open this key, or the file was altered",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda path: path.endswith(".digits"), "expected a readable file"),
        (lambda path: path.startswith("credentials/private/credentials/"), "expected a readable file"),
        (lambda path: path == "credentials/private/ledger.jsonl", "expected the 3 certificates of the public ledger"),
        (lambda path: path == "credentials/public/asnad/manifest.json", "expected this file, found none"),
        (lambda path: path == "keys/own.json", "expected the centre's keys, found none"),
    ],
)
def test_what_is_missing_from_a_backup_is_a_fault(
    centre: ExampleCentre,
    backup: Path,
    tmp_path: Path,
    scratch: Path,
    change: Callable[[str], bool],
    message: str,
) -> None:
    lacking = with_files(
        backup, tmp_path / "lacking.asnad", centre.store.did, lambda file: None if change(file.path) else file.data
    )
    report = drill(centre, lacking, scratch)
    assert not report.passed
    assert any(message in fault for fault in report.faults), report.faults


def test_a_damaged_ledger_is_a_fault_and_the_drill_is_recorded_as_failed(
    centre: ExampleCentre, backup: Path, tmp_path: Path, scratch: Path
) -> None:
    damaged = with_files(
        backup,
        tmp_path / "damaged.asnad",
        centre.store.did,
        lambda file: file.data[:-9] if file.path == "credentials/private/ledger.jsonl" else file.data,
    )
    report = drill(centre, damaged, scratch)
    assert report.faults == ("credentials/private/ledger.jsonl:3: expected an event, got something else",)
    assert record(centre)[-1] == Drill(held=NOW + 5 * HOUR, file=str(damaged), made=NOW, passed=False)


def test_a_certificate_under_the_name_of_another_is_a_fault(
    centre: ExampleCentre, backup: Path, tmp_path: Path, scratch: Path
) -> None:
    first = next(iter(centre.credentials().values()))
    wrong = with_files(
        backup,
        tmp_path / "wrong.asnad",
        centre.store.did,
        lambda file: (
            first
            if file.path.startswith("credentials/private/credentials/") and file.path.endswith(".json")
            else file.data
        ),
    )
    report = drill(centre, wrong, scratch)
    assert report.certificates == 1
    assert [fault.partition(": ")[2] for fault in report.faults] == [
        "expected the certificate of the ledger, found another"
    ] * 2


def test_a_backup_of_another_centre_is_no_backup_of_this_one(
    centre: ExampleCentre, backup: Path, tmp_path: Path, scratch: Path
) -> None:
    foreign = with_files(backup, tmp_path / "f.asnad", "did:web:other.example", lambda file: None)
    with pytest.raises(SigningError, match=r"found one of did:web:other\.example"):
        drill(centre, foreign, scratch)
    assert list(scratch.iterdir()) == []


def test_a_wrong_passphrase_or_a_damaged_file_ends_the_drill_without_a_trace(
    centre: ExampleCentre, backup: Path, tmp_path: Path, scratch: Path
) -> None:
    damaged = tmp_path / "damaged.asnad"
    damaged.write_bytes(backup.read_bytes()[:-1])
    desk = replace(centre.workplace(), passphrase=lambda: b"another passphrase")
    with pytest.raises(SigningError, match="the passphrase does not open this backup"):
        hold_drill(desk, backup, scratch, silent)
    with pytest.raises(SigningError):
        drill(centre, damaged, scratch)
    assert list(scratch.iterdir()) == []
    assert not any(isinstance(event, Drill) for event in record(centre))
