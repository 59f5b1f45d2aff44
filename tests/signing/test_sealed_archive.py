"""A backup opens whole with its passphrase, and in no other way."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.pwhash import argon2id

from asnad.errors import FileError, SigningError
from asnad.signing import sealed_archive
from asnad.signing.key_file import KeyCost
from asnad.signing.sealed_archive import ArchivedFile, open_archive, seal_archive
from asnad.signing.sealed_stream import CHUNK, BackupHeader, new_header, opened, read_header, sealed

DID = "did:web:skills.example"
PASSPHRASE = b"correct horse battery"
CHEAP = KeyCost(operations=1, memory=8192)
CREATED = 1_790_000_000
FILES = (
    ArchivedFile("private-keys/key-2026a.key.json", b"{}"),
    ArchivedFile("catalogue/centre.yml", "name: ہنر مرکز\n".encode()),
    ArchivedFile("credentials/private/ledger.jsonl", bytes(range(256)) * 700),
    ArchivedFile("credentials/private/empty", b""),
)


def header(cost: KeyCost = CHEAP) -> BackupHeader:
    return new_header(DID, CREATED, cost, b"0123456789abcdef")


def backup(files: Iterable[ArchivedFile] = FILES) -> bytes:
    return b"".join(seal_archive(header(), PASSPHRASE, files))


def backup_of(plain: bytes) -> bytes:
    """Seal what is no archive of ours, as somebody could who knows the passphrase."""
    return b"".join(sealed(header(), PASSPHRASE, [plain]))


def files_of(data: bytes, passphrase: bytes = PASSPHRASE) -> tuple[ArchivedFile, ...]:
    source = io.BytesIO(data)
    return tuple(open_archive(read_header(source, "b.asnad"), passphrase, source, "b.asnad"))


def tar_of(*members: tarfile.TarInfo, data: bytes = b"", form: int = tarfile.USTAR_FORMAT) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=form) as tar:
        for member in members:
            member.size = len(data) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(data))
    return archive.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, linked: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mode = kind, linked, 0o600
    return made


def test_files_come_back_with_the_passphrase() -> None:
    assert files_of(backup()) == FILES


def test_a_backup_of_nothing_is_one() -> None:
    assert files_of(backup(())) == ()


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_stream_of_any_length_comes_back(length: int) -> None:
    source = io.BytesIO(b"".join(sealed(header(), PASSPHRASE, [b"x" * length])))
    found = read_header(source, "b")
    assert b"".join(opened(found, PASSPHRASE, source, "b")) == b"x" * length


def test_the_first_line_says_of_which_centre_and_when_without_a_passphrase() -> None:
    found = read_header(io.BytesIO(backup()), "b")
    assert (found.did, found.created, found.cost) == (DID, CREATED, CHEAP)


def test_nothing_of_the_files_can_be_read_without_the_passphrase() -> None:
    data = backup()
    assert b"ledger" not in data
    assert b"key-2026a" not in data


def test_libsodium_gzip_and_tar_open_it_without_this_program() -> None:
    data = backup()
    line, _, rest = data.partition(b"\n")
    said = json.loads(line)
    assert (said["type"], said["kdf"], said["cipher"]) == (
        "AsnadBackup",
        "argon2id13",
        "secretstream-xchacha20poly1305",
    )
    key = argon2id.kdf(32, PASSPHRASE, b"0123456789abcdef", opslimit=said["operations"], memlimit=said["memory"])
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, rest[:24], key)
    assert crypto_secretstream_xchacha20poly1305_pull(state, rest[24:41], line + b"\n")[0] == b""
    body = rest[41:]
    chunks = [body[start : start + 65_553] for start in range(0, len(body), 65_553)]
    plain = b"".join(crypto_secretstream_xchacha20poly1305_pull(state, chunk)[0] for chunk in chunks)
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(plain))) as tar:
        found = {name.name: tar.extractfile(name).read() for name in tar.getmembers()}  # type: ignore[union-attr]
    assert found == {file.path: file.data for file in FILES}


def test_another_passphrase_is_told_as_such() -> None:
    with pytest.raises(SigningError, match="the passphrase does not open this backup") as refusal:
        files_of(backup(), b"correct horse batterz")
    assert refusal.value.hint is not None


def test_a_wrong_passphrase_is_told_from_a_damaged_file() -> None:
    altered = bytearray(backup())
    altered[-20] ^= 1
    with pytest.raises(SigningError, match="it was altered or is cut off"):
        files_of(bytes(altered))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_bit_flipped_anywhere_is_refused(data: st.DataObject) -> None:
    whole = _incompressible()
    bit = data.draw(st.one_of(st.integers(0, 8 * 400 - 1), st.integers(0, 8 * len(whole) - 1)))
    altered = bytearray(whole)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SigningError):
        files_of(bytes(altered))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_backup_cut_off_anywhere_is_refused(data: st.DataObject) -> None:
    whole = _incompressible()
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(SigningError):
        files_of(whole[:end])


def test_a_backup_cut_off_between_chunks_is_refused() -> None:
    whole = _incompressible()
    start = whole.index(b"\n") + 1 + 24 + 17
    for chunks in range(1 + (len(whole) - start) // (CHUNK + 17)):
        with pytest.raises(SigningError, match="is cut off"):
            files_of(whole[: start + chunks * (CHUNK + 17)])


def test_what_is_added_chunks_exchanged_and_the_line_of_another_backup_are_refused() -> None:
    whole = _incompressible()
    start, length = whole.index(b"\n") + 1 + 24 + 17, CHUNK + 17
    exchanged = whole[:start] + whole[start + length : start + 2 * length] + whole[start : start + length]
    other = whole.replace(b"skills.example", b"killss.example", 1)
    for altered in (whole + b"x", whole + whole[-40:], exchanged + whole[start + 2 * length :], other):
        with pytest.raises(SigningError):
            files_of(altered)


@pytest.mark.parametrize(
    "members",
    [
        {"type": "AsnadPrivateKey"},
        {"format": 2},
        {"kdf": "scrypt"},
        {"cipher": "none"},
        {"memory": 1 << 40},
        {"operations": 1 << 20},
        {"memory": 1},
        {"salt": "AAAA"},
        {"did": "did:key:z6Mk"},
        {"more": 1},
        {"created": "today"},
    ],
)
def test_a_first_line_of_another_kind_is_refused_before_any_work_is_done(members: dict[str, object]) -> None:
    document = json.loads(header().line) | members
    with pytest.raises(SigningError, match="expected a backup, got something else"):
        read_header(io.BytesIO(json.dumps(document).encode() + b"\n"), "b")


@pytest.mark.parametrize("data", [b"", b"\n", b"{}", b"{}\n", b"PK\3\4", b"x" * 10_000, b"[" * 4000 + b"\n"])
def test_another_file_is_no_backup(data: bytes) -> None:
    with pytest.raises(SigningError, match="expected a backup"):
        read_header(io.BytesIO(data), "b")


@pytest.mark.parametrize(
    "made",
    [
        lambda: tar_of(member("../outside")),
        lambda: tar_of(member("a/../../outside")),
        lambda: tar_of(member("/etc/passwd")),
        lambda: tar_of(member("C:\\windows")),
        lambda: tar_of(member("a//b")),
        lambda: tar_of(member("./a")),
        lambda: tar_of(member("a\nb")),
        lambda: tar_of(member("link", tarfile.SYMTYPE, "/etc/passwd")),
        lambda: tar_of(member("link", tarfile.LNKTYPE, "a")),
        lambda: tar_of(member("device", tarfile.CHRTYPE)),
        lambda: tar_of(member("device", tarfile.BLKTYPE)),
        lambda: tar_of(member("pipe", tarfile.FIFOTYPE)),
        lambda: tar_of(member("folder", tarfile.DIRTYPE)),
        lambda: tar_of(member("sparse", tarfile.GNUTYPE_SPARSE)),
        lambda: tar_of(member("n" * 300), form=tarfile.GNU_FORMAT),
        lambda: tar_of(member("ن" * 200), form=tarfile.PAX_FORMAT),
        lambda: tar_of(member("twice"), member("twice"), data=b"x"),
        lambda: b"",
        lambda: b"hello",
        lambda: tar_of(member("a"), data=b"x")[:700],
        lambda: tar_of(member("a"), data=b"x")[:512] + b"y" * 512 + bytes(1024),
        lambda: tar_of(member("a"), data=b"x")[:1024] + bytes(1024) + b"z",
    ],
)
def test_what_no_backup_holds_is_refused_also_from_somebody_who_knows_the_passphrase(
    made: Callable[[], bytes],
) -> None:
    with pytest.raises(SigningError, match="expected what Asnad writes into a backup"):
        files_of(backup_of(gzip.compress(made())))


def test_a_padding_of_zeros_behind_the_end_is_no_part_of_it() -> None:
    with pytest.raises(SigningError, match="something behind the last file"):
        files_of(backup_of(gzip.compress(tar_of(member("a"), data=b"x"))))


def test_what_stands_behind_the_compressed_part_or_is_missing_from_it_is_refused() -> None:
    tar = gzip.compress(b"".join(sealed_archive._packed(FILES)))
    assert files_of(backup_of(tar)) == FILES
    for plain in (tar + b"x", tar + tar, tar[:-1], tar[:-8], b"no gzip"):
        with pytest.raises(SigningError):
            files_of(backup_of(plain))


def test_a_file_that_would_fill_the_disk_is_refused_at_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = member("huge")
    huge.size = sealed_archive.MAX_ARCHIVED_FILE + 1
    bomb = huge.tobuf(tarfile.USTAR_FORMAT)
    with pytest.raises(SigningError, match=r"a file of more than"):
        files_of(backup_of(gzip.compress(bomb)))
    monkeypatch.setattr(sealed_archive, "MAX_ARCHIVED_BYTES", 1000)
    with pytest.raises(SigningError, match="more files or bytes"):
        files_of(backup([ArchivedFile(str(n), b"x" * 400) for n in range(3)]))
    monkeypatch.setattr(sealed_archive, "MAX_ARCHIVED_FILES", 2)
    with pytest.raises(SigningError, match="more files or bytes"):
        files_of(backup([ArchivedFile(str(n), b"x") for n in range(3)]))


def test_zeros_without_end_are_unpacked_a_part_at_a_time() -> None:
    compressor = zlib.compressobj(wbits=31)
    bomb = compressor.compress(bytes(200 << 20)) + compressor.flush()
    parts = list(map(len, sealed_archive._decompressed([bomb], "b")))
    assert sum(parts) == 200 << 20
    assert max(parts) <= 1 << 20


@pytest.mark.parametrize("path", ["../a", "/a", "a\\b", "a:b", "", "a//b", "n" * 120])
def test_a_name_that_could_not_be_restored_is_not_backed_up(path: str) -> None:
    with pytest.raises(FileError):
        backup([ArchivedFile(path, b"")])


def test_long_names_in_folders_are_backed_up() -> None:
    files = (ArchivedFile(f"catalogue/{'f' * 90}/{'n' * 95}.md", b"x"),)
    assert files_of(backup(files)) == files


@cache
def _incompressible() -> bytes:
    """Give a backup of several chunks."""
    noise = b"".join(sha256(number.to_bytes(4, "big")).digest() for number in range(6000))
    return backup([ArchivedFile("noise", noise)])
