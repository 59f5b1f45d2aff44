"""
An encrypted key file: one Ed25519 seed under a passphrase.

Argon2id (RFC 9106) makes a key from the passphrase, XChaCha20-Poly1305 encrypts the seed, and the rest of the file
is authenticated with it, so that neither the role nor the public key can be exchanged.
Python cannot erase memory: an opened seed may stay there until the program ends.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import Aead
from nacl.signing import SigningKey
from nacl.utils import random

from asnad.errors import SigningError, VerificationError
from asnad.files import sync_folder
from asnad.instant import format_instant
from asnad.issuers.members import MembersError, instant, only, text, whole
from asnad.issuers.refused_keys import refuse_published_key
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multibase import decode_base64url, encode_base64url
from asnad.proofs.multikey import decode_public_key, encode_public_key
from asnad.proofs.strict_json import JSONObject, parse_object

KEY_FILE_TYPE = "AsnadPrivateKey"
"""Stands in every key file, so that a key which strays into a site or a repository can be found."""
MAX_KEY_FILE = 4096
SEED_LENGTH = 32
MIN_PASSPHRASE = 12
MAX_PASSPHRASE = 1024
# A file that asks for more is not opened: it would stop the machine before the passphrase is known to be right.
MAX_OPERATIONS = 16
MAX_MEMORY = argon2id.MEMLIMIT_SENSITIVE


class KeyRole(StrEnum):
    """What a private key may sign; ``root`` signs keys.json and nothing else."""

    ROOT = "root"
    ISSUING = "issuing"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCost:
    """What one guess at a passphrase costs."""

    operations: int
    memory: int
    """Bytes."""


MODERATE = KeyCost(operations=argon2id.OPSLIMIT_MODERATE, memory=argon2id.MEMLIMIT_MODERATE)
"""256 MiB and about a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key file as it was read; the seed in it is still encrypted."""

    id: str
    role: KeyRole
    public_key: bytes
    created: int
    """Seconds since 1970."""
    cost: KeyCost
    salt: bytes
    ciphertext: bytes

    def header(self) -> JSONObject:
        """Give all but the ciphertext; these are the authenticated members."""
        return {
            "type": KEY_FILE_TYPE,
            "format": 1,
            "id": self.id,
            "role": self.role.value,
            "publicKeyMultibase": encode_public_key(self.public_key),
            "created": format_instant(self.created),
            "kdf": "argon2id13",
            "operations": self.cost.operations,
            "memory": self.cost.memory,
            "salt": encode_base64url(self.salt),
            "cipher": "xchacha20poly1305-ietf",
        }


def seal_key(
    seed: bytes, *, key_id: str, role: KeyRole, created: int, passphrase: bytes, cost: KeyCost = MODERATE
) -> bytes:
    """
    Encrypt a seed.

    Args:
        seed: 32 bytes.

        key_id: Id of the verification method, ``did:web:…#…``.

        role: What the key may sign.

        created: Seconds since 1970.

        passphrase: 12 to 1,024 bytes.

        cost: Of one guess; only tests take less than the default.

    Returns:
        Bytes of the key file.

    Raises:
        SigningError: The passphrase is too short or too long, or the key is a published one.

    """
    check_passphrase(passphrase)
    public_key = bytes(SigningKey(seed).verify_key)
    refuse_published_key(public_key)
    unsealed = KeyFile(
        id=key_id,
        role=role,
        public_key=public_key,
        created=created,
        cost=cost,
        salt=random(argon2id.SALTBYTES),
        ciphertext=b"",
    )
    header = unsealed.header()
    ciphertext = Aead(_derive(unsealed, passphrase)).encrypt(seed, aad=canonical_json(header))
    return canonical_json(header | {"ciphertext": encode_base64url(bytes(ciphertext))})


def check_passphrase(passphrase: bytes) -> None:
    """
    Refuse a passphrase under which no key is sealed.

    Args:
        passphrase: A new one.

    Raises:
        SigningError: It is too short or too long.

    """
    if not MIN_PASSPHRASE <= len(passphrase) <= MAX_PASSPHRASE:
        raise SigningError(
            f"expected a passphrase of {MIN_PASSPHRASE} to {MAX_PASSPHRASE} bytes, got {len(passphrase)}",
            hint="take a longer sentence, or leave it empty at a terminal to have one made",
        )


def read_key_file(data: bytes, place: str) -> KeyFile:
    """
    Read a key file without its passphrase.

    Args:
        data: Bytes of the file.

        place: File name, for messages.

    Raises:
        SigningError: It is no key file of this format, or asks for more memory or time than is given.

    """
    try:
        return _read(parse_object(data, limit=MAX_KEY_FILE))
    except (VerificationError, ValueError) as error:
        raise SigningError(f"expected a key file, got something else: {error}", place=place) from None


def open_key(key_file: KeyFile, passphrase: bytes) -> bytes:
    """
    Decrypt the seed.

    Args:
        key_file: As read.

        passphrase: The one it was sealed with.

    Returns:
        32 bytes.

    Raises:
        SigningError: The passphrase is another, or the file was altered, or the key is a published one.

    """
    refuse_published_key(key_file.public_key)
    try:
        seed = Aead(_derive(key_file, passphrase)).decrypt(key_file.ciphertext, aad=canonical_json(key_file.header()))
    except CryptoError:
        raise SigningError(
            "the passphrase does not open this key, or the file was altered",
            place=key_file.id,
            hint="type the passphrase again, with its hyphens",
        ) from None
    if bytes(SigningKey(seed).verify_key) != key_file.public_key:
        raise SigningError("the private key does not belong to the public key beside it", place=key_file.id)
    return seed


def check_cost(cost: KeyCost) -> None:
    """
    Refuse a cost that would stop the machine before the passphrase is known to be right.

    Args:
        cost: As a file asks for.

    Raises:
        MembersError: It is out of bounds.

    """
    if not argon2id.OPSLIMIT_MIN <= cost.operations <= MAX_OPERATIONS:
        raise MembersError(f"expected at most {MAX_OPERATIONS} operations, got {cost.operations}")
    if not argon2id.MEMLIMIT_MIN <= cost.memory <= MAX_MEMORY:
        raise MembersError(f"expected at most {MAX_MEMORY} bytes of memory, got {cost.memory}")


def write_key_file(path: Path, data: bytes) -> None:
    """
    Write a key file that only its owner may read, whole or not at all, and never over another.

    Args:
        path: In an existing folder.

        data: Bytes of the file.

    Raises:
        SigningError: There is such a file already, or it cannot be written.

    """
    draft = path.with_name(path.name + ".draft")
    if path.exists():
        raise SigningError("expected no such key yet, found one", place=str(path), hint="keys are never overwritten")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise SigningError(f"cannot write the key: {error.strerror}", place=str(path)) from None


def _derive(key_file: KeyFile, passphrase: bytes) -> bytes:
    return argon2id.kdf(
        Aead.KEY_SIZE,
        passphrase,
        key_file.salt,
        opslimit=key_file.cost.operations,
        memlimit=key_file.cost.memory,
    )


_MEMBERS = frozenset(
    [
        "type",
        "format",
        "id",
        "role",
        "publicKeyMultibase",
        "created",
        "kdf",
        "operations",
        "memory",
        "salt",
        "cipher",
        "ciphertext",
    ]
)


def _read(document: JSONObject) -> KeyFile:
    only(document, _MEMBERS)
    if document["type"] != KEY_FILE_TYPE or whole(document["format"]) != 1:
        raise MembersError(f"expected {KEY_FILE_TYPE} of format 1")
    if document["kdf"] != "argon2id13" or document["cipher"] != "xchacha20poly1305-ietf":
        raise MembersError("expected argon2id13 and xchacha20poly1305-ietf")
    cost = KeyCost(operations=whole(document["operations"]), memory=whole(document["memory"]))
    check_cost(cost)
    salt = decode_base64url(text(document["salt"]))
    ciphertext = decode_base64url(text(document["ciphertext"]))
    if len(salt) != argon2id.SALTBYTES or len(ciphertext) != Aead.NONCE_SIZE + SEED_LENGTH + Aead.MACBYTES:
        raise MembersError("expected a salt and a ciphertext of the usual lengths")
    return KeyFile(
        id=text(document["id"]),
        role=KeyRole(text(document["role"])),
        public_key=decode_public_key(text(document["publicKeyMultibase"])),
        created=instant(document["created"]),
        cost=cost,
        salt=salt,
        ciphertext=ciphertext,
    )
