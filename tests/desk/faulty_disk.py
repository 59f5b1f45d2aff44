"""
Kills, power cuts and full disks at any change of the file system.

A task runs in a forked child in which the system's calls that change files are counted below some folders; at the
n-th of them the child dies, or the disk is full from then on. The product has no hook for it.
"""

from __future__ import annotations

import errno
import io
import os
import pickle
import shutil
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from asnad.errors import AsnadError

KILLED = 137


class Moment(StrEnum):
    """When, at the n-th change, the fault happens."""

    BEFORE = "before"
    HALF = "half"
    """Of a write; before, of any other change."""
    AFTER = "after"
    REFUSED = "refused"
    """This change and each later one that needs room gives an error; nobody is killed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and where."""

    number: int
    """Of the change, from 1."""
    moment: Moment
    errno: int = errno.ENOSPC


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the file system that only becomes lasting when its folder is synchronised."""

    folder: str
    path: str
    before: bytes | None
    """Content that the name had; nothing where there was no such file."""
    made_folder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the child ended."""

    killed: bool
    message: str | None
    """What a person would read, where the task ended with an error of Asnad."""
    trace: str | None
    """Where it ended with any other error: a defect."""
    names: tuple[str, ...]
    """Every change that was made, such as ``fsync private/journal.json.part``."""
    unsynced: tuple[str, ...]
    """Files whose content had not reached the disk."""
    undoable: tuple[Change, ...]
    """Changes of names that had not reached the disk, the oldest first."""


@dataclass(slots=True)
class _Counter:
    folders: tuple[str, ...]
    fault: Fault | None
    end: Callable[[bool], None]
    names: list[str] = field(default_factory=list)
    unsynced: set[str] = field(default_factory=set)
    undoable: list[Change] = field(default_factory=list)
    open_files: dict[int, str] = field(default_factory=dict)
    watching: bool = True

    def counts(self, path: Any) -> bool:
        return self.watching and os.fspath(path).startswith(self.folders) if not isinstance(path, int) else False

    def change(self, name: str, path: str, do: Callable[[], Any], *, half: Callable[[], Any] | None = None) -> Any:
        """Make one counted change, unless the fault is there."""
        self.names.append(f"{name} {path}")
        fault, here = self.fault, self.fault is not None and len(self.names) == self.fault.number
        if fault is not None and fault.moment is Moment.REFUSED and len(self.names) >= fault.number:
            if name not in ("unlink", "rmdir"):
                raise OSError(fault.errno, os.strerror(fault.errno), path)
            return do()
        if here and fault is not None and fault.moment is not Moment.AFTER:
            if fault.moment is Moment.HALF and half is not None:
                half()
            self.end(True)
        result = do()
        if here:
            self.end(True)
        return result


class _CountedFile(io.FileIO):
    counter: _Counter

    def write(self, data: Any) -> int:
        data = bytes(data)
        path = self.counter.open_files[self.fileno()]
        written: int = self.counter.change(
            "write", path, lambda: super(_CountedFile, self).write(data), half=lambda: os.write(self.fileno(), data[:7])
        )
        return written


def run_with_fault(task: Callable[[], object], folders: tuple[Path, ...], fault: Fault | None, notes: Path) -> Ended:
    """
    Run a task in a child with a faulty disk.

    Args:
        task: What is to be done.

        folders: Only changes below them count.

        fault: None to let it run and only count.

        notes: A file outside of those folders, for what the child has to tell.

    """
    notes.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _child(task, tuple(str(folder) for folder in folders), fault, notes)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED), f"the child ended with {status}"
    ended: Ended = pickle.loads(notes.read_bytes())
    return ended


def cut_power(ended: Ended, *, names_too: bool) -> None:
    """
    Leave on the disk only what had been synchronised.

    Args:
        ended: How the child ended.

        names_too: Also undo new names, removals and folders; otherwise only content is cut.

    """
    for name in ended.unsynced:
        path = Path(name)
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for change in reversed(ended.undoable if names_too else ()):
        path = Path(change.path)
        if change.made_folder:
            shutil.rmtree(path, ignore_errors=True)
        elif change.before is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change.before)
        else:
            path.unlink(missing_ok=True)


def _child(task: Callable[[], object], folders: tuple[str, ...], fault: Fault | None, notes: Path) -> None:
    message = trace = None

    def end(killed: bool) -> None:
        counter.watching = False
        ended = Ended(
            killed=killed,
            message=message,
            trace=trace,
            names=tuple(counter.names),
            unsynced=tuple(sorted(counter.unsynced)),
            undoable=tuple(counter.undoable),
        )
        notes.write_bytes(pickle.dumps(ended))
        os._exit(KILLED if killed else 0)

    counter = _Counter(folders=folders, fault=fault, end=end)
    _install(counter)
    try:
        task()
    except AsnadError as error:
        message = error.diagnostics()
    except BaseException:  # Whatever it is, the parent has to see it.
        trace = traceback.format_exc()
    end(False)


def _install(counter: _Counter) -> None:
    plain_open, plain_io_open, plain_mkdir = os.open, io.open, os.mkdir
    plain_replace, plain_unlink, plain_fsync, plain_close = os.replace, os.unlink, os.fsync, os.close

    def content(path: str) -> bytes | None:
        counter.watching = False
        try:
            with plain_io_open(path, "rb") as file:
                return file.read()
        except OSError:
            return None
        finally:
            counter.watching = True

    def remember(path: str, before: bytes | None, *, made_folder: bool = False) -> None:
        counter.undoable.append(Change(os.path.dirname(path), path, before, made_folder))  # noqa: PTH120

    def opened(path: str, before: bool, number: int) -> None:
        counter.open_files[number] = path
        if not before:
            remember(path, None)
        counter.unsynced.add(path)

    def patched_io_open(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        if isinstance(file, int) and mode == "wb" and file in counter.open_files:
            return io.BufferedWriter(_CountedFile(file, "wb"))
        if mode not in ("wb", "xb", "ab") or not counter.counts(file):
            return plain_io_open(file, mode, *args, **named)
        path = os.fspath(file)
        existed = os.path.lexists(path)
        raw = counter.change("open", path, lambda: _CountedFile(path, mode))
        opened(path, existed, raw.fileno())
        return io.BufferedWriter(raw)

    def patched_open(path: Any, flags: int, *args: Any, **named: Any) -> int:
        if not counter.counts(path) or str(path).endswith("/lock"):
            return plain_open(path, flags, *args, **named)
        if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            folder = plain_open(path, flags, *args, **named)
            counter.open_files[folder] = os.fspath(path)
            return folder
        name, existed = os.fspath(path), os.path.lexists(path)
        number: int = counter.change("open", name, lambda: plain_open(path, flags, *args, **named))
        opened(name, existed, number)
        return number

    def patched_close(number: int) -> None:
        counter.open_files.pop(number, None)
        plain_close(number)

    def patched_fsync(number: int) -> None:
        path = counter.open_files.get(number)
        if path is None:
            plain_fsync(number)
            return
        counter.change("fsync", path, lambda: None)
        counter.unsynced.discard(path)
        counter.undoable = [change for change in counter.undoable if change.folder != path]

    def patched_replace(source: Any, target: Any, **named: Any) -> None:
        if not counter.counts(target):
            plain_replace(source, target, **named)
            return
        old, new = os.fspath(source), os.fspath(target)
        before = content(new)

        def move() -> None:
            plain_replace(old, new)
            if old in counter.unsynced:
                counter.unsynced.discard(old)
                counter.unsynced.add(new)
            else:
                counter.unsynced.discard(new)
            remember(new, before)

        counter.change("replace", new, move)

    def patched_unlink(path: Any, **named: Any) -> None:
        if not counter.counts(path):
            plain_unlink(path, **named)
            return
        name = os.fspath(path)
        before = content(name)

        def remove() -> None:
            plain_unlink(name)
            remember(name, before)

        counter.change("unlink", name, remove)

    def patched_mkdir(path: Any, *args: Any, **named: Any) -> None:
        # Making a folder that is there, or below one that is not, changes nothing.
        if not counter.counts(path) or os.path.isdir(path) or not os.path.isdir(os.path.dirname(path)):  # noqa: PTH112, PTH120
            plain_mkdir(path, *args, **named)
            return
        name = os.fspath(path)

        def make() -> None:
            plain_mkdir(name, *args, **named)
            remember(name, None, made_folder=True)

        counter.change("mkdir", name, make)

    _CountedFile.counter = counter
    io.open = patched_io_open
    os.open, os.close, os.fsync = patched_open, patched_close, patched_fsync  # type: ignore[assignment]
    os.replace, os.rename, os.unlink, os.mkdir = patched_replace, patched_replace, patched_unlink, patched_mkdir  # type: ignore[assignment]
