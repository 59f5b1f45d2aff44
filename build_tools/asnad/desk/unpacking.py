"""Unpacking a backup into a folder that only its owner can read, and that is gone afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from asnad.centre_folder import CentreFolder
from asnad.desk.backup import CENTRE_PARTS, PRIVATE_KEYS
from asnad.errors import FileError, SigningError
from asnad.files import make_folder, write_file
from asnad.issuers.keys_file import KeysFile, KeyState
from asnad.signing.key_file import KeyFile, read_key_file
from asnad.signing.key_store import KeyStore
from asnad.signing.sealed_archive import ArchivedFile, open_archive
from asnad.signing.sealed_stream import BackupHeader, read_header

NEXT_ROOT = "the next root key"
_PRIVATE = "credentials/private"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackedKey:
    """A private key of a backup, still encrypted."""

    key: KeyFile
    data: bytes
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A whole backup, unpacked."""

    header: BackupHeader
    folder: CentreFolder
    """Only there as long as the context lasts, unless it is moved away."""
    keys: tuple[UnpackedKey, ...]


@contextmanager
def unpacked(
    backup: Path, passphrase: bytes, scratch: Path, progress: Callable[[int, int], None]
) -> Iterator[Unpacked]:
    """
    Unpack a backup; what of it is not moved away is removed at the end, whatever happens.

    Args:
        backup: The file.

        passphrase: The one it was sealed with.

        scratch: Folder for it, which is made anew; what an interrupted command left there is removed.

        progress: Told how many kilobytes are done, and of how many.

    Raises:
        SigningError: It is no backup, the passphrase is another, or it was altered or cut off.

        FileError: It cannot be read, or there is no room for it.

    """
    try:
        with backup.open("rb") as source:
            header = read_header(source, str(backup))
            _make_scratch(scratch)
            keys: list[UnpackedKey] = []
            root = scratch / "centre"
            root.mkdir()
            size = backup.stat().st_size
            for file in open_archive(header, passphrase, source, str(backup)):
                progress(source.tell() // 1000, size // 1000)
                if file.path.startswith(f"{PRIVATE_KEYS}/"):
                    keys.append(_key(file, header, str(backup)))
                else:
                    _write(root, file, str(backup))
            _close(root)
        yield Unpacked(header=header, folder=CentreFolder(root), keys=tuple(keys))
    except OSError as error:
        raise FileError(f"cannot be read or written: {error.strerror}", place=error.filename or str(backup)) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def check_keys(keys: tuple[UnpackedKey, ...], store: KeyStore) -> None:
    """
    See that no key of a backup would take the place of another.

    Args:
        keys: Of the backup.

        store: Where they are to lie.

    Raises:
        SigningError: There is another key file of that name.

    """
    for found in keys:
        path = store.path_of(found.key.id)
        if path.exists() and path.read_bytes() != found.data:
            raise SigningError(
                "expected no such key yet, found another than the one of the backup",
                place=str(path),
                hint="keys are never overwritten; restore into another folder: --keys",
            )


def write_keys(keys: tuple[UnpackedKey, ...], store: KeyStore) -> None:
    """
    Write the keys of a backup that are not there yet.

    Args:
        keys: For which ``check_keys`` passed.

        store: Where they are to lie.

    Raises:
        SigningError: One cannot be written.

    """
    for found in keys:
        if not store.path_of(found.key.id).exists():
            store.write(found.key.id, found.data)


def absent_keys(keys: KeysFile, here: Iterable[KeyFile], at: int) -> tuple[str, ...]:
    """
    Name the keys that sign still, or are to sign, and that are not here.

    Args:
        keys: As keys.json says.

        here: Key files that there are.

        at: Seconds since 1970.

    """
    digests = {key.id: sha256(key.public_key).digest() for key in here}
    active = [key.id for key in keys.keys if key.state is KeyState.ACTIVE and key.end >= at]
    absent = [key_id for key_id in (keys.root_id, *active) if key_id not in digests]
    if keys.next_root_digest not in digests.values():
        absent.append(NEXT_ROOT)
    return tuple(absent)


def _make_scratch(scratch: Path) -> None:
    if scratch.exists():
        shutil.rmtree(scratch)
    make_folder(scratch.parent)
    scratch.mkdir(mode=0o700)
    # It may lie in a Git work tree for a moment.
    (scratch / ".gitignore").write_bytes(b"*\n")


def _key(file: ArchivedFile, header: BackupHeader, place: str) -> UnpackedKey:
    key = read_key_file(file.data, f"{place}: {file.path}")
    if KeyStore(header.did, Path(PRIVATE_KEYS)).path_of(key.id).as_posix() != file.path:
        raise SigningError(f"expected the key {key.id} under its own name, found {file.path}", place=place)
    return UnpackedKey(key=key, data=file.data)


def _write(root: Path, file: ArchivedFile, place: str) -> None:
    if file.path.split("/")[0] not in CENTRE_PARTS:
        raise SigningError(f"expected the parts of a centre, found {file.path}", place=place)
    # Nobody uses the folder before all of it is on the disk: one wait at the end is enough.
    write_file(root, file.path, file.data, durable=False)
    if file.path.startswith(f"{_PRIVATE}/"):
        (root / file.path).chmod(0o600)


def _close(root: Path) -> None:
    private = root / _PRIVATE
    for folder in (private, *private.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o700)
    if hasattr(os, "sync"):
        os.sync()
