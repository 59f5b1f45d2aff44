"""The bits of a status list, and how they are written (Bitstring Status List v1.0 §3)."""

from __future__ import annotations

import zlib

from asnad.errors import InvalidError
from asnad.proofs.multibase import decode_base64url, encode_base64url

MIN_BITS = 131_072
MAX_BITS = 8_388_608
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_TRAILER_LENGTH = 8


def empty_bits(size: int = MIN_BITS) -> bytes:
    """
    Make a list in which nothing is set.

    Args:
        size: Number of bits, a multiple of 8.

    """
    return bytes(size // 8)


def is_set(bits: bytes, index: int) -> bool:
    """
    Read one bit; bit 0 is the most significant of byte 0.

    Args:
        bits: The whole list.

        index: From 0 to the number of bits less one.

    """
    return bool(bits[index >> 3] >> (7 - (index & 7)) & 1)


def with_bit(bits: bytes, index: int) -> bytes:
    """
    Set one bit; there is no way to clear one.

    Args:
        bits: The whole list.

        index: From 0 to the number of bits less one.

    """
    changed = bytearray(bits)
    changed[index >> 3] |= 1 << (7 - (index & 7))
    return bytes(changed)


def encode_bits(bits: bytes) -> str:
    """
    Write a list as ``encodedList``.

    Args:
        bits: The whole list.

    """
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = compressor.compress(bits) + compressor.flush()
    trailer = zlib.crc32(bits).to_bytes(4, "little") + len(bits).to_bytes(4, "little")
    return encode_base64url(_HEADER + body + trailer)


def decode_bits(text: str) -> bytes:
    """
    Read ``encodedList``.

    Args:
        text: As received.

    Raises:
        InvalidError: ``list-invalid``; not one gzip member of an allowed size.

    """
    data = decode_base64url(text)
    if data[:4] != _HEADER[:4] or len(data) <= len(_HEADER) + _TRAILER_LENGTH:
        raise InvalidError("list-invalid", "expected a gzip member without flags, got something else")
    inflater = zlib.decompressobj(-15)
    try:
        bits = inflater.decompress(data[len(_HEADER) : -_TRAILER_LENGTH], MAX_BITS // 8 + 1)
    except zlib.error:
        raise InvalidError("list-invalid", "expected DEFLATE data, got something else") from None
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise InvalidError("list-invalid", "expected one gzip member, got more or less")
    if not MIN_BITS <= len(bits) * 8 <= MAX_BITS or int.from_bytes(data[-4:], "little") != len(bits):
        raise InvalidError("list-invalid", f"expected {MIN_BITS} to {MAX_BITS} bits, got {len(bits) * 8}")
    return bits
