"""
Backing up what a centre would lose with its laptop: private keys and everything below ``credentials/private/``.

What is public is in it too, although Git has it: a centre can be restored from the backup alone, also when the laptop
was lost before its last changes were sent to the Git host. Papers are left out, as they can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.pwhash import argon2id
from nacl.utils import random

from asnad.centre_folder import MAX_PUBLIC_FILE, CentreFolder
from asnad.desk.backup_copy import backup_name, write_copy
from asnad.desk.backup_record import BACKUPS, Backup, BackupCopy, backup_line
from asnad.desk.ledger import Issued
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import AsnadError, FileError, SigningError
from asnad.files import read_file
from asnad.signing.key_file import MAX_KEY_FILE, MODERATE, KeyCost, KeyFile, KeyRole, open_key
from asnad.signing.key_store import KeyStore
from asnad.signing.sealed_archive import ArchivedFile
from asnad.signing.sealed_stream import new_header

PRIVATE_KEYS = "private-keys"
"""Folder of the key files in a backup."""
CENTRE_PARTS = (".gitignore", "catalogue", "credentials", "keys", "mkdocs.yml")
"""What of the centre's folder is in a backup."""
_LEFT_OUT = ("credentials/private/out/", "credentials/private/lock", "credentials/private/journal.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What came of a backup."""

    record: Backup
    """As it was written into the record; without copies where none could be made."""
    files: int
    """How many files each copy holds."""
    root_keys: tuple[str, ...]
    """Root keys that lie on this machine and are in the backup."""
    other_passphrase: tuple[str, ...]
    """Keys that are in the backup, but that this passphrase does not open."""
    on_centres_drive: tuple[str, ...]
    """Copies that are lost when the drive of the centre's folder is."""
    disagreement: str | None
    """What is wrong with the ledger that was backed up."""
    failures: tuple[AsnadError, ...]
    """Why a copy could not be made."""


def back_up(
    work: Workplace,
    places: tuple[Path, ...],
    drive_of: Callable[[Path], int],
    progress: Callable[[int, int], None],
    cost: KeyCost = MODERATE,
) -> BackupReport:
    """
    Write an encrypted copy of everything that is private to each of the places, read it back, and record it.

    Args:
        work: The desk; its passphrase locks the backup, and must open one of the keys.

        places: Existing folders, best on two USB sticks that are kept at two places.

        drive_of: Tells which drive a folder is on.

        progress: Told how many files are done, and of how many.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: The passphrase opens no key.

        FileError: A place is none, or a file of the centre cannot be read.

    """
    for place in places:
        _check_place(work.folder, place)
    key_files = work.store.key_files()
    passphrase = work.passphrase()
    others = _not_opened(key_files, passphrase, work.store.folder)
    with locked(work.folder.credentials):
        paths = _paths(work.folder.root)
        steps = _Steps(2 * len(places) * (len(paths) + len(key_files)), progress)
        at = work.clock()
        copies: list[tuple[Path, BackupCopy]] = []
        failures: list[AsnadError] = []
        for place in places:
            target = place / backup_name(work.store.did, at)
            try:
                header = new_header(work.store.did, at, cost, random(argon2id.SALTBYTES))
                digest = write_copy(target, header, _files(work, key_files, paths), passphrase, steps.step)
                copies.append((place, BackupCopy(file=str(target), sha256=digest)))
            except FileError as error:
                failures.append(error)
        record = Backup(
            made=at,
            certificates=sum(isinstance(event, Issued) for event in work.ledger()),
            drives=len({drive_of(place) for place, _ in copies}),
            copies=tuple(copy for _, copy in copies),
        )
        if copies:
            work.commit({BACKUPS: work.folder.optional(BACKUPS) + backup_line(record)})
        disagreement = _disagreement(work)
    own_drive = drive_of(work.folder.root)
    return BackupReport(
        record=record,
        files=len(paths) + len(key_files),
        root_keys=tuple(key.id for key in key_files if key.role is KeyRole.ROOT),
        other_passphrase=others,
        on_centres_drive=tuple(copy.file for place, copy in copies if drive_of(place) == own_drive),
        disagreement=disagreement,
        failures=tuple(failures),
    )


class _Steps:
    """Counts the files that are written and read back, over all copies."""

    def __init__(self, total: int, progress: Callable[[int, int], None]) -> None:
        self._done = 0
        self._total = total
        self._progress = progress

    def step(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _check_place(folder: CentreFolder, place: Path) -> None:
    if not place.is_dir():
        raise FileError(
            "expected an existing folder for the backup, found none",
            place=str(place),
            hint="is the USB stick connected? make the folder first if it is to be a new one",
        )
    if place.resolve().is_relative_to(folder.root.resolve()):
        raise FileError(
            "expected a folder outside the centre's folder, from which nothing is published",
            place=str(place),
            hint="name a folder on a USB stick",
        )


def _not_opened(key_files: tuple[KeyFile, ...], passphrase: bytes, folder: Path) -> tuple[str, ...]:
    """Try the passphrase on the keys: with a mistyped one the backup could never be opened."""
    if not key_files:
        raise SigningError(
            "expected the centre's private keys, found none",
            place=str(folder),
            hint="name the folder above with --keys; without them a backup would save half of what is needed",
        )
    others = []
    for key_file in key_files:
        try:
            open_key(key_file, passphrase)
        except SigningError:
            others.append(key_file.id)
    if len(others) == len(key_files):
        raise SigningError(
            f"expected the passphrase of the centre's keys, got one that opens none of the {len(key_files)}",
            place=str(folder),
            hint="type the passphrase again, with its hyphens; no backup was made",
        )
    return tuple(others)


def _paths(root: Path) -> tuple[str, ...]:
    paths = []
    for part in CENTRE_PARTS:
        top = root / part
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        paths += [path.relative_to(root).as_posix() for path in found if path.is_file()]
    return tuple(path for path in paths if not path.startswith(_LEFT_OUT) and not path.endswith(".part"))


def _files(work: Workplace, key_files: tuple[KeyFile, ...], paths: tuple[str, ...]) -> Iterator[ArchivedFile]:
    yield from (private_key_file(work.store, key_file.id) for key_file in key_files)
    for path in paths:
        yield ArchivedFile(path, read_file(work.folder.root, path, MAX_PUBLIC_FILE))


def private_key_file(store: KeyStore, key_id: str) -> ArchivedFile:
    """
    Read a key file as it lies in the store, still encrypted.

    Args:
        store: Of the centre.

        key_id: ``<did>#<name>``.

    Raises:
        FileError: It cannot be read.

    """
    name = store.path_of(key_id).name
    return ArchivedFile(f"{PRIVATE_KEYS}/{name}", read_file(store.folder, name, MAX_KEY_FILE))


def _disagreement(work: Workplace) -> str | None:
    try:
        work.whole_ledger()
    except AsnadError as error:
        return error.diagnostics()
    return None
