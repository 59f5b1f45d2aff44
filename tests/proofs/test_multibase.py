"""Multibase and Multikey: exactly one text for any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.errors import InvalidError
from asnad.proofs.multibase import decode_base58, decode_base64url, encode_base58, encode_base64url
from asnad.proofs.multikey import decode_public_key, encode_public_key

# From *The Base58 Encoding Scheme* (draft-msporny-base58), section 5, and Bitcoin's test data.
BASE58 = [
    (b"", "z"),
    (b"\x00", "z1"),
    (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
    (
        b"The quick brown fox jumps over the lazy dog.",
        "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    ),
    (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
    (bytes.fromhex("00000000000000000000"), "z1111111111"),
    (bytes.fromhex("516b6fcd0f"), "zABnLTmg"),
]
KEY = bytes(range(32))


@pytest.mark.parametrize(("data", "text"), BASE58)
def test_published_base58_texts(data: bytes, text: str) -> None:
    assert encode_base58(data) == text
    assert decode_base58(text) == data


@given(st.binary(max_size=80))
def test_base58_comes_back(data: bytes) -> None:
    assert decode_base58(encode_base58(data)) == data


@given(st.text("z123456789ABCabc0OIl+", max_size=20))
def test_any_base58_text_is_the_only_one_of_its_bytes_or_refused(text: str) -> None:
    try:
        data = decode_base58(text)
    except InvalidError:
        return
    assert encode_base58(data) == text


@pytest.mark.parametrize(
    "text",
    ["", "2NEpo7TZRRrLZSi2U", "u2NEpo", "Z2NEpo", " z2N", "z2N ", "z2N\n", "z0", "zO", "zI", "zl", "zé", "z" * 129],
)
def test_other_texts_are_no_base58(text: str) -> None:
    with pytest.raises(InvalidError):
        decode_base58(text)


@given(st.binary(max_size=200))
def test_base64url_comes_back(data: bytes) -> None:
    assert decode_base64url(encode_base64url(data)) == data


@pytest.mark.parametrize(
    "text",
    ["", "AA", "zAA", "uAA==", "uA", "uAB", "uAAB", "uA A", "uAA\n", "u+/8", "uAAAA=", "uAé"],
)
def test_other_texts_are_no_base64url(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        decode_base64url(text)
    assert refused.value.reason == "list-invalid"


@given(st.text("uABCQgw-_+/= ", max_size=10))
def test_any_base64url_text_is_the_only_one_of_its_bytes_or_refused(text: str) -> None:
    try:
        data = decode_base64url(text)
    except InvalidError:
        return
    assert encode_base64url(data) == text


def test_a_public_key_is_written_as_the_recommendation_has_it() -> None:
    text = encode_public_key(KEY)
    assert text == encode_base58(b"\xed\x01" + KEY)
    assert text.startswith("z6Mk")
    assert decode_public_key(text) == KEY


@pytest.mark.parametrize(
    "data",
    [b"", b"\xed\x01", b"\xed\x01" + KEY[:31], b"\xed\x01" + KEY + b"\0", b"\xec\x01" + KEY, b"\x80\x26" + KEY, KEY],
)
def test_other_bytes_are_no_public_key(data: bytes) -> None:
    with pytest.raises(InvalidError) as refused:
        decode_public_key(encode_base58(data))
    assert refused.value.reason == "key-encoding"


@pytest.mark.parametrize("text", ["", "z", "6Mk", "u7QEAAQ", "not a key"])
def test_other_texts_are_no_public_key(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        decode_public_key(text)
    assert refused.value.reason == "key-encoding"
