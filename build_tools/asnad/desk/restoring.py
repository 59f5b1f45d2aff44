"""Restoring a centre from a backup: on an empty machine, or what is private into a fresh clone of its repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from asnad.centre_folder import MAX_PUBLIC_FILE, OWN, CentreFolder
from asnad.counted import counted
from asnad.desk.ledger import (
    PRIVATE,
    Event,
    Issued,
    Lost,
    PageWithdrawn,
    Replaced,
    Withdrawn,
    private_line,
    read_private,
)
from asnad.desk.since_backup import is_learnt, learnt_events, loss, lost_certificates, not_yet
from asnad.desk.transaction import IGNORED, LOCK, commit, locked
from asnad.desk.unpacking import Unpacked, absent_keys, check_keys, unpacked, write_keys
from asnad.errors import FileError, IssuingError, SigningError, VerificationError
from asnad.files import read_file, read_tree, sync_folder, write_file
from asnad.instant import format_instant
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import MAX_KEYS_FILE
from asnad.issuers.ledger import PUBLIC, PublicEvent
from asnad.proofs.strict_json import parse_object
from asnad.signing.key_store import key_store
from asnad.signing.sealed_stream import BackupHeader
from asnad.status.public_record import PublicRecord, read_public_record

SCRATCH = ".restoring.part"
_MAX_MANIFEST = 1 << 24
_MANIFEST = "public/asnad/manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of restoring."""

    header: BackupHeader
    folder: CentreFolder
    keys: Path
    """Where the private keys lie now."""
    key_ids: tuple[str, ...]
    absent_keys: tuple[str, ...]
    """Keys that the clone's keys.json needs and the backup has not."""
    certificates: int
    """How many the private ledger tells of."""
    lost: tuple[PublicEvent, ...]
    """Certificates that were issued after the backup: of them only the public ledger tells."""
    learnt: tuple[Withdrawn | Replaced | PageWithdrawn | Lost, ...]
    """What the public ledger tells of the time after the backup, and is written down again."""
    moved_aside: Path | None
    """An older private folder that was there."""
    public_restored: bool
    """Whether the signed files too come from the backup, because it is newer."""


def restore_centre(
    backup: Path, passphrase: bytes, to: Path, keys_folder: Path, progress: Callable[[int, int], None]
) -> Restored:
    """
    Restore a centre's folder and keys on a machine that has neither.

    Args:
        backup: The file.

        passphrase: Of the centre's keys.

        to: Missing or empty.

        keys_folder: Above the folders of private keys.

        progress: Told how many kilobytes are done, and of how many.

    Raises:
        FileError: The folder is in use, or cannot be written.

        SigningError: The backup cannot be opened, or another key would be overwritten.

    """
    if to.exists() and not (to.is_dir() and not any(to.iterdir())):
        raise FileError(
            "expected a new or empty folder, found something in it",
            place=str(to),
            hint="to restore what is private into a clone of the centre's repository: asnad restore BACKUP --into DIR",
        )
    with unpacked(backup, passphrase, to.with_name(to.name + SCRATCH), progress) as found:
        store = key_store(keys_folder, found.header.did, [to])
        check_keys(found.keys, store)
        events = read_private(found.folder.optional(PRIVATE))
        write_keys(found.keys, store)
        if to.exists():
            to.rmdir()
        found.folder.root.rename(to)
        sync_folder(to.parent)
    return Restored(
        header=found.header,
        folder=CentreFolder(to),
        keys=store.folder,
        key_ids=tuple(found.key.id for found in found.keys),
        absent_keys=(),
        certificates=_issued(events),
        lost=(),
        learnt=(),
        moved_aside=None,
        public_restored=True,
    )


def restore_private(
    backup: Path,
    passphrase: bytes,
    folder: CentreFolder,
    keys_folder: Path,
    at: int,
    progress: Callable[[int, int], None],
    *,
    accept_loss: bool = False,
) -> Restored:
    """
    Restore keys and what is private into a clone of the centre's repository.

    Args:
        backup: The file.

        passphrase: Of the centre's keys.

        folder: The clone.

        keys_folder: Above the folders of private keys.

        at: Seconds since 1970; names what is moved aside.

        progress: Told how many kilobytes are done, and of how many.

        accept_loss: Restore also where certificates were issued after the backup.

    Raises:
        IssuingError: The folder has a newer private ledger, or certificates would be missing, or the two are of
            different centres.

        SigningError: The backup cannot be opened, or another key would be overwritten.

        FileError: Something cannot be written.

    """
    if (folder.credentials / "private").exists():
        with locked(folder.credentials):
            pass  # Nobody is at work there, and nothing is left unfinished.
    with unpacked(backup, passphrase, folder.credentials / SCRATCH, progress) as found:
        store = key_store(keys_folder, found.header.did, [folder.root])
        check_keys(found.keys, store)
        there, theirs = (read_private(one.optional(PRIVATE)) for one in (folder, found.folder))
        _refuse_newer(there, theirs)
        newer = _backup_is_newer(folder, found)
        source = found.folder if newer else folder
        record, public = _record(source, found), source.public_ledger()
        lost = lost_certificates(theirs, public)
        if lost and not accept_loss:
            raise loss(lost, _issued(theirs))
        learnt = learnt_events(theirs, public, record.notices)
        if learnt:
            lines = found.folder.required(PRIVATE) + b"".join(map(private_line, learnt))
            write_file(found.folder.credentials, PRIVATE, lines)
        write_keys(found.keys, store)
        aside = None if there == (*theirs, *learnt) != () else _take_private(folder, found, at)
        if newer:
            _take_public(folder, found)
    return Restored(
        header=found.header,
        folder=folder,
        keys=store.folder,
        key_ids=tuple(key.key.id for key in found.keys),
        absent_keys=absent_keys(record.keys, (key.key for key in found.keys), at),
        certificates=_issued(theirs),
        lost=lost,
        learnt=learnt,
        moved_aside=aside,
        public_restored=newer,
    )


def _issued(events: tuple[Event, ...]) -> int:
    return sum(isinstance(event, Issued) for event in events)


def _refuse_newer(there: tuple[Event, ...], theirs: tuple[Event, ...]) -> None:
    unknown = [event for event in not_yet(there, theirs) if not is_learnt(event)]
    if unknown:
        lines = counted(len(unknown), "line that is", "lines that are")
        raise IssuingError(
            f"expected nothing that the backup has not, found {lines} newer or of another centre",
            place=f"credentials/{PRIVATE}",
            hint="this folder needs no older backup; to look into the backup, restore it elsewhere with --to",
        )


def _backup_is_newer(folder: CentreFolder, found: Unpacked) -> bool:
    """Compare what was published in the clone and in the backup; one must go on from the other."""
    here, there = (set(one.optional(PUBLIC).splitlines()) for one in (folder, found.folder))
    if (folder.root / OWN).exists() and not here & there:
        roots_here, roots_there = (set(one.root_keys(found.header.did)) for one in (folder, found.folder))
        if not roots_here & roots_there:
            raise SigningError(
                "expected a backup of the centre whose root key this folder has, found another root key",
                place=OWN,
                hint="this backup is of another centre, or of another start of this one",
            )
    version_here, version_there = _manifest_version(folder), _manifest_version(found.folder)
    if there <= here and version_there <= version_here:
        return False
    if here <= there and version_here <= version_there:
        return True
    raise IssuingError(
        f"expected the public ledger of this folder ({counted(len(here), 'line')}) to go on from that of the backup "
        f"({counted(len(there), 'line')}), or the other way round, found two that differ",
        place=f"credentials/{PUBLIC}",
        hint="fetch everything that was published with Git, then try again; or restore elsewhere with --to and compare",
    )


def _manifest_version(folder: CentreFolder) -> int:
    data = folder.optional(_MANIFEST)
    if not data:
        return 0
    try:
        version = parse_object(data, limit=_MAX_MANIFEST).get("version")
    except VerificationError:
        version = None
    if not isinstance(version, int):
        raise IssuingError(
            "expected a manifest with its version, found something else",
            place=f"credentials/{_MANIFEST}",
            hint="restore credentials/public from Git",
        )
    return version


def _record(source: CentreFolder, found: Unpacked) -> PublicRecord:
    did = found.header.did
    record = read_public_record(source.public_files(), did, did_document_path(did), source.root_keys(did))
    for unpacked_key in found.keys:
        listed = record.keys.key(unpacked_key.key.id)
        if listed is not None and listed.public_key != unpacked_key.key.public_key:
            raise SigningError(
                "expected the key that keys.json lists under this name, found another in the backup",
                place=unpacked_key.key.id,
                hint="this backup is of another centre or another start of it",
            )
    return record


def _take_private(folder: CentreFolder, found: Unpacked, at: int) -> Path | None:
    """Put the private folder in its place; what was there is moved aside, never removed."""
    private, aside = folder.credentials / "private", None
    if private.exists():
        empty = {path.name for path in private.iterdir()} <= {Path(IGNORED).name, Path(LOCK).name}
        stamp = re.sub(r"\D", "", format_instant(at))
        aside = None if empty else folder.credentials / f"private-before-{stamp}"
        private.rename(aside or found.folder.root / "empty")
    (found.folder.credentials / "private").rename(private)
    sync_folder(folder.credentials)
    return aside


def _take_public(folder: CentreFolder, found: Unpacked) -> None:
    changes: dict[str, bytes] = {}
    for part in ("public", "published"):
        files = read_tree(found.folder.credentials, part, MAX_PUBLIC_FILE)
        changes |= {f"{part}/{path}": data for path, data in files.items()}
    write_file(folder.root, OWN, read_file(found.folder.root, OWN, MAX_KEYS_FILE))
    with locked(folder.credentials):
        commit(folder.credentials, changes)
