"""Multibase texts: base58btc with ``z`` and base64url with ``u`` (Controlled Identifiers 1.0 §2.4)."""

from __future__ import annotations

import base64
import binascii

from asnad.errors import InvalidError

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MAX_BASE58_LENGTH = 128
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def encode_base58(data: bytes) -> str:
    """
    Write bytes as multibase base58btc.

    Args:
        data: Any bytes.

    """
    number = int.from_bytes(data, "big")
    letters: list[str] = []
    while number:
        number, digit = divmod(number, 58)
        letters.append(ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(letters))


def decode_base58(text: str) -> bytes:
    """
    Read multibase base58btc; there is exactly one text for any bytes.

    Args:
        text: ``z`` and at most 127 letters.

    Raises:
        InvalidError: ``signature-encoding``; the text is not base58btc.

    """
    body = text[1:]
    if not text.startswith("z") or len(text) > MAX_BASE58_LENGTH or any(letter not in _VALUE for letter in body):
        raise InvalidError("signature-encoding", "expected multibase base58btc, got something else")
    number = 0
    for letter in body:
        number = number * 58 + _VALUE[letter]
    zeros = len(body) - len(body.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_base64url(data: bytes) -> str:
    """
    Write bytes as multibase base64url without padding.

    Args:
        data: Any bytes.

    """
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """
    Read multibase base64url without padding; encoding again gives the same text.

    Args:
        text: ``u`` and letters.

    Raises:
        InvalidError: ``list-invalid``; only status lists hold such texts.

    """
    try:
        data = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if encode_base64url(data) != text:
        raise InvalidError("list-invalid", "expected multibase base64url, got something else")
    return data
