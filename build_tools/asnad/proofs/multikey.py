"""Multikey: an Ed25519 public key as text (Controlled Identifiers 1.0 §2.2.2)."""

from __future__ import annotations

from asnad.errors import InvalidError
from asnad.proofs.multibase import decode_base58, encode_base58

ED25519_PUBLIC = b"\xed\x01"
KEY_LENGTH = 32


def encode_public_key(public_key: bytes) -> str:
    """
    Write a public key as ``publicKeyMultibase``.

    Args:
        public_key: 32 bytes.

    """
    return encode_base58(ED25519_PUBLIC + public_key)


def decode_public_key(text: str) -> bytes:
    """
    Read ``publicKeyMultibase``.

    Args:
        text: ``z6Mk…``.

    Raises:
        InvalidError: ``key-encoding``; not an Ed25519 Multikey.

    """
    try:
        data = decode_base58(text)
    except InvalidError:
        data = b""
    if data[:2] != ED25519_PUBLIC or len(data) != len(ED25519_PUBLIC) + KEY_LENGTH:
        raise InvalidError("key-encoding", "expected an Ed25519 key as Multikey, got something else")
    return data[2:]
