"""The bits of a list and how they are written (docs/format.md §5.3)."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.errors import InvalidError
from asnad.status.bitstring import MIN_BITS, decode_bits, empty_bits, encode_bits, is_set, with_bit

HEADER = b"\x1f\x8b\x08\x00" + bytes(6)
BITS = empty_bits()
INDEXES = st.integers(0, MIN_BITS - 1)


def multibase(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def deflate(bits: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(bits) + compressor.flush()


def member(bits: bytes = BITS, header: bytes = HEADER, length: int | None = None, after: bytes = b"") -> str:
    crc = zlib.crc32(bits).to_bytes(4, "little")
    size = (len(bits) if length is None else length).to_bytes(4, "little")
    return multibase(header + deflate(bits) + after + crc + size)


def test_bit_0_is_the_most_significant_of_byte_0() -> None:
    assert with_bit(bytes(2), 0) == b"\x80\x00"
    assert with_bit(bytes(2), 7) == b"\x01\x00"
    assert with_bit(bytes(2), 8) == b"\x00\x80"
    assert is_set(b"\x40", 1)
    assert [index for index in range(16) if is_set(b"\x81\x10", index)] == [0, 7, 11]


@given(st.sets(INDEXES, max_size=20))
def test_exactly_the_bits_that_were_set_are_set(indexes: set[int]) -> None:
    bits = BITS
    for index in indexes:
        bits = with_bit(bits, index)
        assert with_bit(bits, index) == bits
    assert {
        index for byte in {i // 8 for i in indexes} for index in range(byte * 8, byte * 8 + 8) if is_set(bits, index)
    } == indexes
    assert int.from_bytes(bits, "big").bit_count() == len(indexes)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 500))
def test_bits_come_back(pattern: bytes, more: int) -> None:
    bits = (pattern * MIN_BITS)[: MIN_BITS // 8 + more]
    assert decode_bits(encode_bits(bits)) == bits


def test_what_is_written_is_one_gzip_member_that_others_read() -> None:
    bits = with_bit(BITS, 94_567)
    text = encode_bits(bits)
    data = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    assert text.startswith("uH4sI")
    assert gzip.decompress(data) == bits
    assert data[3] == 0


def test_what_others_write_is_read() -> None:
    bits = with_bit(BITS, 5)
    assert decode_bits(multibase(gzip.compress(bits, mtime=1_700_000_000))) == bits
    assert decode_bits(member(bits)) == bits


@pytest.mark.parametrize("size", [131_072, 131_080, 8_388_608])
def test_sizes_of_the_format_are_read(size: int) -> None:
    assert decode_bits(member(bytes(size // 8))) == bytes(size // 8)


REFUSED = {
    "too-short": member(bytes(131_072 // 8 - 1)),
    "too-long": member(bytes(8_388_608 // 8 + 1)),
    "bomb": member(bytes(50_000_000)),
    "no-bits": member(b""),
    "length-of-another": member(length=len(BITS) + 1),
    "length-zero": member(length=0),
    "flag-text": member(header=b"\x1f\x8b\x08\x01" + bytes(6)),
    "flag-name": multibase(HEADER[:3] + b"\x08" + bytes(6) + b"name\0" + deflate(BITS) + bytes(8)),
    "another-method": member(header=b"\x1f\x8b\x07\x00" + bytes(6)),
    "no-gzip": member(header=b"PK\x03\x04" + bytes(6)),
    "bytes-after-deflate": member(after=b"\0"),
    "two-members": multibase(gzip.compress(BITS) * 2),
    "cut-off": multibase(gzip.compress(BITS)[:-1]),
    "without-trailer": multibase(gzip.compress(BITS)[:-8]),
    "zlib": multibase(zlib.compress(BITS)),
    "raw-bits": multibase(BITS),
    "base64-with-padding": "u" + base64.urlsafe_b64encode(gzip.compress(BITS) + b"").decode() + "=",
    "plain-base64": member().replace("u", "m", 1),
    "empty": "",
    "only-u": "u",
    "header-alone": multibase(HEADER),
    "header-and-trailer": multibase(HEADER + bytes(8)),
    "not-ascii": "uH4sIé",
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_lists_are_refused(name: str) -> None:
    with pytest.raises(InvalidError) as refused:
        decode_bits(REFUSED[name])
    assert refused.value.reason == "list-invalid"


@given(st.binary(max_size=100), st.booleans())
def test_any_bytes_give_bits_or_an_error(data: bytes, headed: bool) -> None:
    with pytest.raises(InvalidError):
        decode_bits(multibase(HEADER * headed + data))
