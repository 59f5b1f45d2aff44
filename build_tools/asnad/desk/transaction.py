"""
Many files changed as one: after a crash either all of the change is there, or nothing of it.

A change is first written whole into one journal. The journal's last rename is the moment at which the
change has happened; from then on it is carried out, again after a crash, until the journal can go.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from asnad.errors import FileError, IssuingError
from asnad.files import make_folder, read_file, remove_files, sync_folder, write_file, write_files

JOURNAL = "private/journal.json"
LOCK = "private/lock"
IGNORED = "private/.gitignore"
MAX_JOURNAL = 1 << 30


@contextmanager
def locked(credentials: Path) -> Iterator[None]:
    """
    Keep every other process of the desk out, and finish what one of them left unfinished.

    Args:
        credentials: The centre's ``credentials`` folder.

    Raises:
        IssuingError: Another process is at work.

        FileError: The folder cannot be written.

    """
    try:
        make_folder(credentials / "private")
        if not (credentials / IGNORED).exists():
            # A centre's own repository may not know yet that this folder is nobody else's business.
            write_file(credentials, IGNORED, b"*\n")
        with FileLock(credentials / LOCK, timeout=10):
            recover(credentials)
            yield
    except Timeout:
        raise IssuingError(
            "another command of Asnad is at work in this folder", hint="wait until it has ended, then try again"
        ) from None
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}", place=str(credentials)) from None


Changes = Mapping[str, bytes | None]
"""New content by path below ``credentials/``; nothing for a file that goes."""


def commit(credentials: Path, changes: Changes) -> None:
    """
    Carry out a change; the caller holds the lock.

    Args:
        credentials: The centre's ``credentials`` folder.

        changes: All of it.

    Raises:
        FileError: A file cannot be written; nothing is lost, the next command goes on.

    """
    journal = json.dumps({"version": 1, "files": [_entry(path, data) for path, data in changes.items()]}).encode(
        "ascii"
    )
    write_file(credentials, JOURNAL, journal)
    _carry_out(credentials, changes)


def recover(credentials: Path) -> bool:
    """
    Carry out a change that was journalled and not finished; the caller holds the lock.

    Args:
        credentials: The centre's ``credentials`` folder.

    Returns:
        Whether there was one.

    Raises:
        FileError: The journal is damaged or a file cannot be written.

    """
    if not (credentials / JOURNAL).exists():
        return False
    try:
        journal = json.loads(read_file(credentials, JOURNAL, MAX_JOURNAL))
        changes = dict(_change(item) for item in journal["files"])
        intact = all(_entry(path, changes[path]) == item for path, item in zip(changes, journal["files"], strict=True))
    except (ValueError, KeyError, TypeError, RecursionError):
        intact = False
    if not intact:
        raise FileError(
            "expected a whole journal, got a damaged one",
            place=JOURNAL,
            hint="restore credentials/ from its backup; a journal is never damaged by a crash alone",
        )
    _carry_out(credentials, changes)
    return True


def _entry(path: str, data: bytes | None) -> dict[str, str]:
    if data is None:
        return {"path": path}
    return {"path": path, "data": base64.b64encode(data).decode("ascii"), "sha256": sha256(data).hexdigest()}


def _change(entry: dict[str, str]) -> tuple[str, bytes | None]:
    return entry["path"], base64.b64decode(entry["data"]) if "data" in entry else None


def _carry_out(credentials: Path, changes: Changes) -> None:
    write_files(credentials, {path: data for path, data in changes.items() if data is not None})
    remove_files(credentials, [path for path, data in changes.items() if data is None])
    (credentials / JOURNAL).unlink()
    sync_folder((credentials / JOURNAL).parent)
