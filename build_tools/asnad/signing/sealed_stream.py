"""
A stream of bytes under a passphrase, of any length, of which a part is never taken for the whole.

The file is one line of JSON, the 24 bytes with which libsodium's secretstream begins, an empty chunk, and chunks of
65,536 bytes, of which the last may be shorter; each is 17 bytes longer when encrypted. Argon2id (RFC 9106) makes the
key from the passphrase; XChaCha20-Poly1305 encrypts each chunk and binds it to those before it. The line is
authenticated with the empty chunk, by which a wrong passphrase is told from a damaged file. Only the last chunk has
the tag ``final``, so that a file that was cut off is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_KEYBYTES,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from asnad.errors import SigningError, VerificationError
from asnad.instant import format_instant
from asnad.issuers.did_web import is_did_web
from asnad.issuers.members import MembersError, instant, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multibase import decode_base64url, encode_base64url
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.signing.key_file import KeyCost, check_cost

BACKUP_TYPE = "AsnadBackup"
MAX_HEADER = 4096
CHUNK = 65_536
_SEALED_EMPTY = crypto_secretstream_xchacha20poly1305_ABYTES
_SEALED_CHUNK = CHUNK + _SEALED_EMPTY
_MEMBERS = frozenset(["type", "format", "did", "created", "kdf", "operations", "memory", "salt", "cipher"])


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupHeader:
    """What may be read of a backup without its passphrase."""

    did: str
    """Of the centre."""
    created: int
    """Seconds since 1970."""
    cost: KeyCost
    salt: bytes
    line: bytes
    """As it stands in the file; authenticated with the first chunk."""


def new_header(did: str, created: int, cost: KeyCost, salt: bytes) -> BackupHeader:
    """
    Write the first line of a backup.

    Args:
        did: Of the centre.

        created: Seconds since 1970.

        cost: Of one guess at the passphrase.

        salt: 16 bytes, drawn for this backup.

    """
    document: JSONObject = {
        "type": BACKUP_TYPE,
        "format": 1,
        "did": did,
        "created": format_instant(created),
        "kdf": "argon2id13",
        "operations": cost.operations,
        "memory": cost.memory,
        "salt": encode_base64url(salt),
        "cipher": "secretstream-xchacha20poly1305",
    }
    return BackupHeader(did=did, created=created, cost=cost, salt=salt, line=canonical_json(document) + b"\n")


def read_header(source: BinaryIO, place: str) -> BackupHeader:
    """
    Read the first line of a backup; nothing of it is vouched for until the first chunk is decrypted.

    Args:
        source: At its beginning; it is left behind the line.

        place: File name, for messages.

    Raises:
        SigningError: It is no backup of this format, or asks for more memory or time than is given.

    """
    line = source.readline(MAX_HEADER)
    try:
        if not line.endswith(b"\n"):
            raise MembersError("no first line")
        document = only(parse_object(line, limit=MAX_HEADER), _MEMBERS)
        if document["type"] != BACKUP_TYPE or whole(document["format"]) != 1:
            raise MembersError(f"expected {BACKUP_TYPE} of format 1")
        if document["kdf"] != "argon2id13" or document["cipher"] != "secretstream-xchacha20poly1305":
            raise MembersError("expected argon2id13 and secretstream-xchacha20poly1305")
        cost = KeyCost(operations=whole(document["operations"]), memory=whole(document["memory"]))
        check_cost(cost)
        salt, did = decode_base64url(text(document["salt"])), text(document["did"])
        if len(salt) != argon2id.SALTBYTES or not is_did_web(did):
            raise MembersError("expected a salt of 16 bytes and a did of the method web")
        return BackupHeader(did=did, created=instant(document["created"]), cost=cost, salt=salt, line=line)
    except (VerificationError, ValueError) as error:
        raise SigningError(
            f"expected a backup, got something else: {error}",
            place=place,
            hint="name the file that ends in .asnad; if it is that one, it is damaged: take the other copy",
        ) from None


def sealed(header: BackupHeader, passphrase: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    """
    Encrypt a stream, and give the parts of the file one after the other.

    Args:
        header: Of this backup.

        passphrase: Of the centre's keys.

        parts: The stream, in parts of any length.

    """
    state = crypto_secretstream_xchacha20poly1305_state()
    start = crypto_secretstream_xchacha20poly1305_init_push(state, _derive(header, passphrase))
    yield header.line + start
    yield crypto_secretstream_xchacha20poly1305_push(
        state, b"", header.line, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
    )
    rest = bytearray()
    for part in parts:
        rest += part
        # One byte more than a chunk tells that this chunk is not the last.
        while len(rest) > CHUNK:
            chunk = bytes(rest[:CHUNK])
            del rest[:CHUNK]
            yield crypto_secretstream_xchacha20poly1305_push(
                state, chunk, None, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
            )
    yield crypto_secretstream_xchacha20poly1305_push(
        state, bytes(rest), None, crypto_secretstream_xchacha20poly1305_TAG_FINAL
    )


def opened(header: BackupHeader, passphrase: bytes, source: BinaryIO, place: str) -> Iterator[bytes]:
    """
    Decrypt a stream, chunk by chunk; each was authenticated before it is given.

    Args:
        header: As read.

        passphrase: The one it was sealed with.

        source: Behind the first line.

        place: File name, for messages.

    Raises:
        SigningError: The passphrase is another, or the file was altered, cut off or added to.

    """
    start = source.read(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    empty = source.read(_SEALED_EMPTY)
    if len(start) < crypto_secretstream_xchacha20poly1305_HEADERBYTES or len(empty) < _SEALED_EMPTY:
        raise _damaged("it is cut off", place)
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, start, _derive(header, passphrase))
    try:
        crypto_secretstream_xchacha20poly1305_pull(state, empty, header.line)
    except CryptoError:
        raise SigningError(
            "the passphrase does not open this backup, or its first line was altered",
            place=place,
            hint="type the passphrase again, with its hyphens; it is the one that the centre's keys had on the day of "
            "the backup",
        ) from None
    chunk = source.read(_SEALED_CHUNK)
    while True:
        following = source.read(_SEALED_CHUNK)
        try:
            plain, tag = crypto_secretstream_xchacha20poly1305_pull(state, chunk)
        except (CryptoError, ValueError):
            raise _damaged("it was altered or is cut off", place) from None
        if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != (not following):
            raise _damaged("it goes on behind its end" if following else "it is cut off", place)
        yield plain
        if not following:
            return
        chunk = following


def _derive(header: BackupHeader, passphrase: bytes) -> bytes:
    return argon2id.kdf(
        crypto_secretstream_xchacha20poly1305_KEYBYTES,
        passphrase,
        header.salt,
        opslimit=header.cost.operations,
        memlimit=header.cost.memory,
    )


def _damaged(found: str, place: str) -> SigningError:
    return SigningError(f"expected a whole backup, but {found}", place=place, hint="take the other copy")
