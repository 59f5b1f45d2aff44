"""Payloads: a certificate comes back byte by byte, and nothing hostile does (docs/format.md §4)."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.carriers.payload import (
    Payload,
    PayloadFormat,
    decode_payload,
    dictionary_prefix,
    encode_payload,
    restore_credentials,
    restores_exactly,
)
from asnad.errors import UnreadableError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multibase import decode_base58, encode_base58
from asnad.proofs.proof import without
from asnad.proofs.strict_json import JSONObject
from small_issuer import DICTIONARY, credential_document, signed

CREDENTIAL = signed(credential_document())
PREFIX = sha256(DICTIONARY).digest()[:4]
JCS_SIGNATURE = bytes(range(64))
RDFC_SIGNATURE = bytes(range(64, 128))


def deflate(document: bytes, dictionary: bytes = DICTIONARY, flush: int = zlib.Z_FINISH) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=dictionary)
    return compressor.compress(document) + compressor.flush(flush)


def code(compressed: bytes, prefix: bytes = PREFIX, start: bytes = b"\x01") -> str:
    """Write digits of hand-made parts."""
    return encode_digits(start + prefix + JCS_SIGNATURE + compressed)


def restored(digits: str, *dictionaries: bytes) -> tuple[JSONObject, ...]:
    return restore_credentials(decode_payload(digits), dictionaries or (DICTIONARY,))


def reason(digits: str, *dictionaries: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        restored(digits, *dictionaries)
    return refused.value.reason


def test_the_bytes_stand_where_the_format_says() -> None:
    rdfc, jcs = CREDENTIAL["proof"]  # type: ignore[misc]
    for payload_format, signatures in (
        (PayloadFormat.CODE, [jcs]),
        (PayloadFormat.LINK, [jcs, rdfc]),
    ):
        data = decode_digits(encode_payload(CREDENTIAL, payload_format, DICTIONARY))
        values = b"".join(decode_base58(str(proof["proofValue"])) for proof in signatures)  # type: ignore[index,call-overload]
        assert data[:5] == bytes([payload_format]) + PREFIX
        assert data[5 : 5 + len(values)] == values
        inflated = zlib.decompressobj(-15, DICTIONARY).decompress(data[5 + len(values) :])
        document = json.loads(inflated)
        assert document == CREDENTIAL | {"proof": [without(jcs, "proofValue")]}  # type: ignore[arg-type]
        assert inflated == canonical_json(document)


def test_a_link_gives_back_the_file_byte_by_byte() -> None:
    link = encode_payload(CREDENTIAL, PayloadFormat.LINK, DICTIONARY)
    (credential,) = restored(link)
    assert canonical_json(credential) == canonical_json(CREDENTIAL)
    assert restores_exactly(link, canonical_json(CREDENTIAL), DICTIONARY)
    assert not restores_exactly(link, canonical_json(CREDENTIAL | {"name": "Other"}), DICTIONARY)


def test_a_code_gives_back_all_but_the_rdfc_proof() -> None:
    (credential,) = restored(encode_payload(CREDENTIAL, PayloadFormat.CODE, DICTIONARY))
    proofs = CREDENTIAL["proof"]
    assert isinstance(proofs, list)
    assert credential == CREDENTIAL | {"proof": [proofs[1]]}


def test_a_code_with_its_dictionary_is_a_fraction_of_the_file() -> None:
    assert len(canonical_json(CREDENTIAL)) > 3500
    assert len(decode_digits(encode_payload(CREDENTIAL, PayloadFormat.CODE, DICTIONARY))) < 250


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_name_comes_back(name: str) -> None:
    credential = CREDENTIAL | {"name": name}
    link = encode_payload(credential, PayloadFormat.LINK, DICTIONARY)
    assert restored(link) == (credential,)


@pytest.mark.parametrize("start", [b"\x00", b"\x03", b"\xff", b"\x01"[:0]])
def test_another_format_is_unknown(start: bytes) -> None:
    assert reason(encode_digits(start or b"\x00")) == "format-unknown"
    assert reason(code(deflate(b"{}"), start=start or b"\x80")) == "format-unknown"


@pytest.mark.parametrize("length", [1, 5, 6, 68, 69])
def test_a_code_cut_off_before_its_content_is_damaged(length: int) -> None:
    whole = decode_digits(code(deflate(b"{}")))
    assert reason(encode_digits(whole[:length])) == "digits-damaged"


@pytest.mark.parametrize("length", [69, 70, 132, 133])
def test_a_link_cut_off_before_its_content_is_damaged(length: int) -> None:
    whole = b"\x02" + PREFIX + JCS_SIGNATURE + RDFC_SIGNATURE + deflate(b"{}")
    assert reason(encode_digits(whole[:length])) == "digits-damaged"


def test_a_dictionary_that_is_not_held_is_missing() -> None:
    assert reason(code(deflate(b"{}"), prefix=b"\0\0\0\0")) == "dictionary-missing"
    with pytest.raises(UnreadableError) as refused:
        restore_credentials(decode_payload(code(deflate(b"{}"))), ())
    assert refused.value.reason == "dictionary-missing"


def test_a_dictionary_above_the_limit_is_not_one() -> None:
    large = bytes(16_385)
    document = canonical_json({"proof": [{}]})
    assert reason(code(deflate(document, large), dictionary_prefix(large)), large) == "dictionary-missing"
    largest = bytes(16_384)
    assert restored(code(deflate(document, largest), dictionary_prefix(largest)), largest)


WHOLE = canonical_json({"a": 1, "proof": [{"type": "T"}]})
HOSTILE = {
    "bomb": (deflate(b"0" * 10_000_000), "too-large"),
    "one-byte-over": (deflate(b'"' + b"a" * 16_383 + b'"'), "too-large"),
    "trailing-byte": (deflate(WHOLE) + b"\0", "not-inflatable"),
    "second-stream": (deflate(WHOLE) * 2, "not-inflatable"),
    "trailing-empty-block": (deflate(WHOLE) + b"\x03\x00", "not-inflatable"),
    "no-last-block": (deflate(WHOLE, flush=zlib.Z_SYNC_FLUSH), "not-inflatable"),
    "cut-off": (deflate(WHOLE)[:-1], "not-inflatable"),
    "reserved-block-type": (b"\x07", "not-inflatable"),
    "stored-length-wrong": (b"\x01\x05\x00\x00\x00hello", "not-inflatable"),
    "distance-before-dictionary": (deflate(b"a" * 50, b"a" * 16_384), "not-json"),
    "zlib-header": (zlib.compress(WHOLE), "not-inflatable"),
    "empty": (deflate(b""), "not-json"),
    "not-utf-8": (deflate(b"\xff"), "not-text"),
    "byte-order-mark": (deflate(b"\xef\xbb\xbf" + WHOLE), "not-text"),
    "white-space": (deflate(WHOLE + b" "), "not-canonical"),
    "members-unsorted": (deflate(b'{"proof":[{}],"a":1}'), "not-canonical"),
    "number-1.0": (deflate(b'{"a":1.0,"proof":[{}]}'), "not-canonical"),
    "escaped-letter": (deflate(b'{"\\u0061":1,"proof":[{}]}'), "not-canonical"),
    "member-twice": (deflate(b'{"a":1,"a":1,"proof":[{}]}'), "not-json"),
    "no-proof": (deflate(b'{"a":1}'), "not-canonical"),
    "proof-an-object": (deflate(b'{"proof":{}}'), "not-canonical"),
    "no-proof-in-array": (deflate(b'{"proof":[]}'), "not-canonical"),
    "two-proofs": (deflate(b'{"proof":[{},{}]}'), "not-canonical"),
    "proof-a-text": (deflate(b'{"proof":["a"]}'), "not-canonical"),
    "proof-with-value": (deflate(b'{"proof":[{"proofValue":"z"}]}'), "not-canonical"),
    "array": (deflate(b"[]"), "not-canonical"),
    "text": (deflate(b'"a"'), "not-canonical"),
    "null": (deflate(b"null"), "not-canonical"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_refused_for_its_reason(name: str) -> None:
    compressed, expected = HOSTILE[name]
    assert reason(code(compressed)) == expected


def test_a_bomb_that_fits_the_digits_is_stopped_at_the_limit() -> None:
    bomb = deflate(b"0" * 1_500_000)
    assert len(code(bomb)) <= 4000 < len(code(deflate(b"0" * 10_000_000)))
    assert reason(code(bomb)) == "too-large"


def test_exactly_16384_bytes_are_inflated() -> None:
    document = canonical_json({"a": "x" * (16_384 - len('{"a":"","proof":[{}]}')), "proof": [{}]})
    assert len(document) == 16_384
    assert restored(code(deflate(document)))


def test_of_two_dictionaries_with_one_prefix_all_documents_are_given() -> None:
    # The prefix is what a payload says; a second dictionary with it needs no collision here.
    payload = Payload(PayloadFormat.CODE, PREFIX, (JCS_SIGNATURE,), deflate(WHOLE))
    expected = {"a": 1, "proof": [{"proofValue": encode_base58(JCS_SIGNATURE), "type": "T"}]}
    assert restore_credentials(payload, (DICTIONARY, DICTIONARY)) == (expected, expected)


@pytest.mark.parametrize("proofs", [None, [], [{}], [{}, {}, {}], "a", [1, 2]])
def test_only_a_credential_with_two_proofs_is_written(proofs: object) -> None:
    with pytest.raises(ValueError, match="two proofs"):
        encode_payload(CREDENTIAL | {"proof": proofs}, PayloadFormat.LINK, DICTIONARY)  # type: ignore[dict-item]


@given(st.text(max_size=80) | st.text("0123456789", max_size=400))
def test_any_text_gives_a_document_or_an_unreadable_error(text: str) -> None:
    try:
        restored(text)
    except UnreadableError:
        return


@given(st.binary(max_size=120))
def test_any_content_gives_a_document_or_an_unreadable_error(compressed: bytes) -> None:
    try:
        restored(code(compressed))
    except UnreadableError:
        return


@given(st.binary(max_size=120))
def test_any_inflated_bytes_give_a_document_or_an_unreadable_error(document: bytes) -> None:
    try:
        restored(code(deflate(document)))
    except UnreadableError:
        return
