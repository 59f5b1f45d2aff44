"""Bytes as digits and back (docs/format.md §4)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.carriers.digits import MAX_DIGITS, decode_digits, encode_digits
from asnad.errors import UnreadableError

BY_HAND = [
    (b"\x00", "000"),
    (b"\xff", "255"),
    (b"\xff\xff", "65535"),
    (b"\x00\x01", "00001"),
    (b"\xff" * 3, "16777215"),
    (b"\xff" * 4, "4294967295"),
    (b"\xff" * 5, "1099511627775"),
    (b"\xff" * 6, "281474976710655"),
    (b"\xff" * 7, "72057594037927935"),
    (b"\x00" * 7, "00000000000000000"),
    (b"\x00" * 6 + b"\x01" + b"\x02", "00000000000000001" + "002"),
    (b"\xff" * 8, "72057594037927935" + "255"),
    (b"\x01" * 14, "00282578800148737" * 2),
]
DAMAGED = {
    "one-byte-too-large": "256",
    "two-bytes-too-large": "65536",
    "three-bytes-too-large": "16777216",
    "four-bytes-too-large": "4294967296",
    "five-bytes-too-large": "1099511627776",
    "six-bytes-too-large": "281474976710656",
    "seven-bytes-too-large": "72057594037927936",
    "inner-group-too-large": "99999999999999999" + "000",
    **{f"last-group-of-{length}": "0" * 17 + "0" * length for length in (1, 2, 4, 6, 7, 9, 11, 12, 14, 16)},
    "one-digit": "0",
}
NOT_DIGITS = {
    "nothing": "",
    "only-spaces": "  - -\n",
    "letter": "00a",
    "arabic-digits": "٠٠٠",
    "full-width-digits": "０００",
    "superscript": "00²",
    "sign": "+00",
    "underscore": "0_0",
    "full-stop": "0.0",
    "tab": "0\t00",
    "no-break-space": "0\u00a000",
    "dash-that-is-no-hyphen": "0–00",
    "nul": "000\0",
    "link": "https://skills.example/v/#000",
    "lone-surrogate": "00\ud800",
}


@pytest.mark.parametrize(("data", "digits"), BY_HAND)
def test_bytes_have_the_digits_written_by_hand(data: bytes, digits: str) -> None:
    assert encode_digits(data) == digits
    assert decode_digits(digits) == data


@given(st.binary(min_size=1, max_size=600))
def test_bytes_come_back(data: bytes) -> None:
    assert decode_digits(encode_digits(data)) == data


@given(st.binary(min_size=1, max_size=60), st.integers(1, 9), st.sampled_from([" ", "-", "\n", "\r\n", " - "]))
def test_spaces_line_feeds_and_hyphens_between_digits_do_not_matter(data: bytes, size: int, between: str) -> None:
    digits = encode_digits(data)
    groups = [digits[start : start + size] for start in range(0, len(digits), size)]
    assert decode_digits(between.join(groups) + between) == data


@given(st.text("0123456789", max_size=60))
def test_any_digits_are_the_only_ones_of_their_bytes_or_refused(digits: str) -> None:
    try:
        data = decode_digits(digits)
    except UnreadableError:
        return
    assert encode_digits(data) == digits


@given(st.text(max_size=60))
def test_any_text_gives_bytes_or_one_kind_of_error(text: str) -> None:
    with suppress(UnreadableError):
        decode_digits(text)


@pytest.mark.parametrize("name", DAMAGED)
def test_digits_that_no_bytes_have_are_refused(name: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_digits(DAMAGED[name])
    assert refused.value.reason == "digits-damaged"


@pytest.mark.parametrize("name", NOT_DIGITS)
def test_what_is_no_digits_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_digits(NOT_DIGITS[name])
    assert refused.value.reason == "not-digits"


def test_4000_digits_are_read_and_one_more_is_refused() -> None:
    assert MAX_DIGITS == 4000
    assert len(decode_digits("0" * (17 * 235) + "00000")) == 7 * 235 + 2
    assert len(decode_digits("0" * 17 * 235 + " -\n" * 5000 + "00000")) == 7 * 235 + 2
    with pytest.raises(UnreadableError) as refused:
        decode_digits("0" * 4001)
    assert refused.value.reason == "too-large"
