"""One copy of a backup: written to a drive, read back from it, and only then given its name."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from asnad.errors import FileError, SigningError
from asnad.files import sync_folder
from asnad.instant import format_instant
from asnad.signing.sealed_archive import ArchivedFile, open_archive, seal_archive
from asnad.signing.sealed_stream import BackupHeader, read_header

SUFFIX = ".asnad"
PART = "asnad-backup.part"


def backup_name(did: str, at: int) -> str:
    """
    Name a backup by its centre and moment, in letters that every drive takes.

    Args:
        did: Of the centre.

        at: Seconds since 1970.

    """
    host = re.sub(r"[^A-Za-z0-9.-]+", "-", did.removeprefix("did:web:").replace("%3A", "-"))
    day, _, clock = format_instant(at).removesuffix("Z").partition("T")
    return f"asnad-backup-{host}-{day.replace('-', '')}-{clock.replace(':', '')}{SUFFIX}"


def write_copy(
    target: Path, header: BackupHeader, files: Iterator[ArchivedFile], passphrase: bytes, step: Callable[[], None]
) -> str:
    """
    Write a copy, read it back, and compare every file.

    Args:
        target: On a drive; never written over.

        header: Of this copy.

        files: What goes into it.

        passphrase: Locks it.

        step: Called for each file that was written or read back.

    Returns:
        SHA-256 of the file, in hexadecimal.

    Raises:
        FileError: It cannot be written, or what was read back is not what was written.

    """
    # Always the same name, so that what a crash has left on the drive is written over by the next backup.
    part = target.with_name(PART)
    digests: dict[str, bytes] = {}
    digest = sha256()

    def noted() -> Iterator[ArchivedFile]:
        for file in files:
            digests[file.path] = sha256(file.data).digest()
            yield file
            step()

    try:
        if target.exists():
            raise FileError(
                "expected no such backup yet, found one", place=str(target), hint="wait a second, try again"
            )
        with part.open("wb") as written:
            for piece in seal_archive(header, passphrase, noted()):
                written.write(piece)
                digest.update(piece)
            written.flush()
            os.fsync(written.fileno())
            _forget(written.fileno())
        if _read_back(part, passphrase, step) != digests:
            raise FileError("expected the files that were written, read others", place=str(target))
        part.replace(target)
        # The file is on the drive already, and some drives cannot do the same for its name.
        with contextlib.suppress(OSError):
            sync_folder(target.parent)
    except SigningError as error:
        raise FileError(f"what was written cannot be read again: {error.message}", place=str(target)) from None
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}", place=str(target)) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return digest.hexdigest()


def _forget(handle: int) -> None:
    """Let the system forget what it has just written, so that it is read back from the drive."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _read_back(part: Path, passphrase: bytes, step: Callable[[], None]) -> dict[str, bytes]:
    digests = {}
    with part.open("rb") as source:
        header = read_header(source, part.name)
        for file in open_archive(header, passphrase, source, part.name):
            digests[file.path] = sha256(file.data).digest()
            step()
    return digests
