"""Bytes as decimal digits, the densest form that a QR code and an address both carry (docs/format.md §4)."""

from __future__ import annotations

import re

from asnad.errors import UnreadableError

GROUP_BYTES = 7
DIGITS_OF_BYTES = (0, 3, 5, 8, 10, 13, 15, 17)
"""Digits that a group of so many bytes takes."""
MAX_DIGITS = 4000
_IGNORED = str.maketrans("", "", " \n\r-")
_DIGITS = re.compile(r"[0-9]+")


def encode_digits(data: bytes) -> str:
    """
    Write bytes as digits.

    Args:
        data: Any bytes.

    """
    groups = (data[start : start + GROUP_BYTES] for start in range(0, len(data), GROUP_BYTES))
    return "".join(str(int.from_bytes(group, "big")).zfill(DIGITS_OF_BYTES[len(group)]) for group in groups)


def decode_digits(text: str) -> bytes:
    """
    Read digits back; spaces, line feeds and hyphens between them are ignored.

    Args:
        text: What was scanned, pasted or typed.

    Raises:
        UnreadableError: ``too-large``, ``not-digits`` or ``digits-damaged``.

    """
    digits = text.translate(_IGNORED)
    if len(digits) > MAX_DIGITS:
        raise UnreadableError("too-large", f"expected at most {MAX_DIGITS} digits, got {len(digits)}")
    if not _DIGITS.fullmatch(digits):
        raise UnreadableError("not-digits", "expected digits, got something else")
    data = bytearray()
    for start in range(0, len(digits), DIGITS_OF_BYTES[GROUP_BYTES]):
        group = digits[start : start + DIGITS_OF_BYTES[GROUP_BYTES]]
        if len(group) not in DIGITS_OF_BYTES:
            raise UnreadableError("digits-damaged", f"expected a last group of another length, got {len(group)} digits")
        length = DIGITS_OF_BYTES.index(len(group))
        value = int(group)
        if value >= 1 << (8 * length):
            raise UnreadableError("digits-damaged", f"expected {length} bytes, got a larger number")
        data += value.to_bytes(length, "big")
    return bytes(data)
