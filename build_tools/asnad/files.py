"""Reading and writing below one root: bounded, without leaving it, and never half a file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from asnad.errors import FileError

_NOT_IN_NAMES = frozenset("\\:\0")


def inside(root: Path, path: str) -> Path:
    """
    Find a file below a root.

    Args:
        root: An existing folder.

        path: With ``/`` between its parts.

    Raises:
        FileError: The path leads out of the root, or through a link.

    """
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or any(part == ".." or set(part) & _NOT_IN_NAMES for part in parts):
        raise FileError("expected a path inside the folder, got one that leaves it", place=path)
    found = root
    for part in parts:
        found = found / part
        try:
            linked = found.is_symlink()
        except OSError as error:
            raise FileError(f"expected a file or folder: {error.strerror}", place=path) from None
        if linked:
            raise FileError("expected a file or folder, got a link", place=path)
    return found


def read_file(root: Path, path: str, limit: int) -> bytes:
    """
    Read a file.

    Args:
        root: An existing folder.

        path: Below the root.

        limit: Largest number of bytes.

    Raises:
        FileError: The file is missing, unreadable or larger.

    """
    found = inside(root, path)
    try:
        with found.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise FileError(f"expected a readable file: {error.strerror}", place=path) from None
    if len(data) > limit:
        raise FileError(f"expected at most {limit} bytes, got more", place=path)
    return data


def read_tree(root: Path, folder: str, limit: int) -> dict[str, bytes]:
    """
    Read every file below a folder, hidden ones included.

    Args:
        root: An existing folder.

        folder: Below the root; may be missing.

        limit: Largest number of bytes of one file.

    Returns:
        Bytes by path below the folder, sorted.

    Raises:
        FileError: A file is unreadable or larger, or a link.

    """
    top = inside(root, folder)
    paths = sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else []
    names = [path.relative_to(top).as_posix() for path in paths]
    return {name: read_file(top, name, limit) for name in names}


def write_file(root: Path, path: str, data: bytes, *, durable: bool = True, sync_name: bool = True) -> None:
    """
    Write a file so that it is there whole or, as before, not at all.

    Args:
        root: An existing folder.

        path: Below the root; folders on the way are made.

        data: The whole content.

        durable: Wait until it is on the disk.

        sync_name: And until its name is.

    Raises:
        FileError: It cannot be written.

    """
    target = inside(root, path)
    temporary = target.with_name(target.name + ".part")
    try:
        make_folder(target.parent)
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(target)
        if durable and sync_name:
            sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise FileError(f"cannot be written: {error.strerror}", place=path) from None


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """
    Write many files, each whole or not at all, and wait until all of them are on the disk.

    Args:
        root: An existing folder.

        files: The whole content of each by path below the root.

    Raises:
        FileError: One cannot be written; those before it are.
    """
    for path, data in files.items():
        write_file(root, path, data, sync_name=False)
    # The names are waited for once a folder: after a crash the caller writes all of the files again.
    for folder in dict.fromkeys(inside(root, path).parent for path in files):
        sync_folder(folder)


def add_files(root: Path, files: Mapping[str, bytes]) -> None:
    """
    Add new files, all of them or none; no file that is there is ever touched.

    Args:
        root: An existing folder.

        files: The whole content of each by path below the root.

    Raises:
        FileError: One of them is there already, or cannot be written; none of them is there then.

    """
    targets = {path: inside(root, path) for path in files}
    for path, target in targets.items():
        if target.exists():
            raise FileError("expected no such file yet, found one", place=path)
    parts = {path: target.with_name(target.name + ".part") for path, target in targets.items()}
    added: list[Path] = []
    try:
        for path, data in files.items():
            make_folder(parts[path].parent)
            with parts[path].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, target in targets.items():
            parts[path].rename(target)
            added.append(target)
        for folder in dict.fromkeys(target.parent for target in added):
            sync_folder(folder)
    except OSError as error:
        for leftover in (*added, *parts.values()):
            with contextlib.suppress(OSError):
                leftover.unlink()
        raise FileError(f"cannot be written: {error.strerror}", place=path) from None


def remove_files(root: Path, paths: Iterable[str]) -> None:
    """
    Remove files, and wait until their names are gone from the disk; what is not there is removed already.

    Args:
        root: An existing folder.

        paths: Below the root.

    Raises:
        FileError: One cannot be removed.

    """
    folders: dict[Path, None] = {}
    for path in paths:
        found = inside(root, path)
        if not found.exists():
            continue
        try:
            found.unlink()
        except OSError as error:
            raise FileError(f"cannot be removed: {error.strerror}", place=path) from None
        folders[found.parent] = None
    for folder in folders:
        sync_folder(folder)


def make_folder(folder: Path) -> None:
    """
    Make a folder, and those above it that are missing, and wait until their names are on the disk.

    Args:
        folder: May be there already.

    """
    if folder.is_dir():
        return
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for place in missing:
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """
    Wait until the names in a folder are on the disk, where the system can do that.

    Args:
        folder: An existing folder.

    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
