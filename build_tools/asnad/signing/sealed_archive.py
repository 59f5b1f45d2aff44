"""
A backup: files in a tar archive (POSIX ustar), compressed with gzip, in a sealed stream.

Whoever has the passphrase can open it without Asnad: libsodium, gzip and tar are all that is needed. Only plain files
are in it, and every header must be exactly the one that is written here, so that a link, a device or a name that
leads out of the folder cannot be in it.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from asnad.errors import FileError, SigningError
from asnad.signing.sealed_stream import BackupHeader, opened, sealed

MAX_ARCHIVED_FILE = 1 << 28
MAX_ARCHIVED_FILES = 1 << 20
MAX_ARCHIVED_BYTES = 1 << 34
"""Of all files together, when they are unpacked."""
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_GZIP = zlib.MAX_WBITS | 16
_PART = 1 << 20
_NOT_IN_NAMES = frozenset("\\:") | {chr(code) for code in range(32)}


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A plain file in a backup."""

    path: str
    """With ``/`` between its parts."""
    data: bytes


def seal_archive(header: BackupHeader, passphrase: bytes, files: Iterable[ArchivedFile]) -> Iterator[bytes]:
    """
    Pack, compress and encrypt files, and give the parts of the backup one after the other.

    Args:
        header: Of this backup.

        passphrase: Of the centre's keys.

        files: Read only when their turn has come.

    Raises:
        FileError: A name cannot be in a backup.

    """
    return sealed(header, passphrase, _compressed(_packed(files)))


def open_archive(header: BackupHeader, passphrase: bytes, source: BinaryIO, place: str) -> Iterator[ArchivedFile]:
    """
    Decrypt, unpack and give the files of a backup one after the other.

    The backup is whole only when the last was given: what is written before must not be used until then.

    Args:
        header: As read from the source.

        passphrase: The one it was sealed with.

        source: Behind the first line.

        place: File name, for messages.

    Raises:
        SigningError: The passphrase is another, or the file was altered or cut off, or holds what no backup holds.

    """
    blocks = _Blocks(_decompressed(opened(header, passphrase, source, place), place), place)
    seen: set[str] = set()
    left = MAX_ARCHIVED_BYTES
    while (block := blocks.take(_BLOCK)) != bytes(_BLOCK):
        path, size = _read_header(block, place)
        left -= size
        if path in seen:
            raise _foreign(f"the file {path} twice", place)
        if left < 0 or len(seen) == MAX_ARCHIVED_FILES:
            raise _foreign("more files or bytes than a backup may hold", place)
        seen.add(path)
        data = blocks.take(size)
        if any(blocks.take(-size % _BLOCK)):
            raise _foreign("something behind a file", place)
        yield ArchivedFile(path, data)
    if any(blocks.take(_BLOCK)) or blocks.more():
        raise _foreign("something behind the last file", place)


def _packed(files: Iterable[ArchivedFile]) -> Iterator[bytes]:
    for file in files:
        if not _is_plain(file.path) or len(file.data) > MAX_ARCHIVED_FILE:
            raise FileError(
                f"expected a plain name and at most {MAX_ARCHIVED_FILE} bytes, got others",
                place=file.path,
                hint="give the file another name, without colons and backslashes, or take it out of the folder",
            )
        try:
            yield _header(file.path, len(file.data))
        except ValueError:
            raise FileError(
                "expected a name that a backup can hold, got a longer one",
                place=file.path,
                hint="give the file a name of fewer than 100 letters",
            ) from None
        yield file.data
        yield bytes(-len(file.data) % _BLOCK)
    yield _END


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    # zlib writes no time and no name into the gzip header, so the same files give the same bytes.
    compressor = zlib.compressobj(wbits=_GZIP)
    for part in parts:
        yield compressor.compress(part)
    yield compressor.flush()


def _decompressed(chunks: Iterable[bytes], place: str) -> Iterator[bytes]:
    """Decompress with bounded memory, however much a chunk would become."""
    decompressor = zlib.decompressobj(wbits=_GZIP)
    for chunk in chunks:
        pending, part = chunk, bytes(_PART)
        # A full part means that there may be more of it, also where nothing of the chunk is left.
        while pending or len(part) == _PART:
            try:
                part = decompressor.decompress(pending, _PART)
            except zlib.error:
                raise _foreign("something that is not compressed with gzip", place) from None
            yield part
            pending = decompressor.unconsumed_tail
        if decompressor.unused_data:
            raise _foreign("something behind its end", place)
    if not decompressor.eof:
        raise _foreign("less than its beginning says", place)


class _Blocks:
    """A stream of which exact lengths are taken."""

    def __init__(self, parts: Iterator[bytes], place: str) -> None:
        self._parts = parts
        self._held = bytearray()
        self._place = place

    def take(self, length: int) -> bytes:
        while len(self._held) < length:
            part = next(self._parts, None)
            if part is None:
                raise _foreign("less than its beginning says", self._place)
            self._held += part
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

    def more(self) -> bool:
        """Read to the end, which is where it shows that nothing was cut off."""
        return bool(self._held) or any(self._parts)


def _header(path: str, size: int) -> bytes:
    member = tarfile.TarInfo(path)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")


def _read_header(block: bytes, place: str) -> tuple[str, int]:
    try:
        member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        exact = member.size >= 0 and _header(member.name, member.size) == block
    except (tarfile.TarError, ValueError):
        exact = False
    if not exact:
        raise _foreign("something that is no plain file", place)
    if not _is_plain(member.name):
        raise _foreign(f"the name {member.name!r}, which leads elsewhere", place)
    if member.size > MAX_ARCHIVED_FILE:
        raise _foreign(f"a file of more than {MAX_ARCHIVED_FILE} bytes", place)
    return member.name, member.size


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        "/".join(parts) == path != ""
        and not path.startswith("/")
        and ".." not in parts
        and not set(path) & _NOT_IN_NAMES
    )


def _foreign(found: str, place: str) -> SigningError:
    return SigningError(
        f"expected what Asnad writes into a backup, found {found}",
        place=place,
        hint="this backup was not written by Asnad; take the other copy",
    )
