"""What the strict reader takes and refuses (docs/format.md §1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.errors import UnreadableError
from asnad.proofs.strict_json import MAX_DEPTH, parse_json, parse_object

LIMIT = 10_000

NOT_TEXT = {
    "byte-order-mark": b"\xef\xbb\xbf{}",
    "utf-16": '{"a":1}'.encode("utf-16"),
    "stray-continuation": b'"\x80"',
    "overlong-slash": b'"\xc0\xaf"',
    "encoded-surrogate": b'"\xed\xa0\x80"',
    "beyond-unicode": b'"\xf4\x90\x80\x80"',
    "cut-off": '"\u0633"'.encode()[:-2],
}
NOT_JSON = {
    "nothing": b"",
    "white-space": b" \n",
    "comment": b"{} // a comment",
    "second-value": b"{} {}",
    "trailing-comma-in-object": b'{"a":1,}',
    "trailing-comma-in-array": b"[1,]",
    "single-quotes": b"{'a':1}",
    "unquoted-name": b"{a:1}",
    "unclosed": b'{"a":[1',
    "unpaired-bracket": b"[1}",
    "literal-in-capitals": b"True",
    "undefined": b"undefined",
    "infinity": b"Infinity",
    "minus-infinity": b"-Infinity",
    "not-a-number": b"[NaN]",
    "plus": b"+1",
    "leading-zero": b"01",
    "bare-fraction": b".5",
    "fraction-without-digits": b"1.",
    "exponent-without-digits": b"1e",
    "hexadecimal": b"0x10",
    "underscore": b"1_000",
    "arabic-digits": "١٢".encode(),
    "line-feed-in-string": b'"a\nb"',
    "tab-in-string": b'"a\tb"',
    "nul-in-string": b'"a\x00b"',
    "escape-of-nothing": b'"\\x41"',
    "escape-cut-off": b'"\\u00"',
    "escape-with-sign": b'"\\u+041"',
    "escape-with-space": b'"\\u 041"',
    "escape-with-underscore": b'"\\u0_41"',
    "escape-with-arabic-digits": '"\\u٠٠٤١"'.encode(),
    "no-break-space": b"\xc2\xa0{}",
    "form-feed": b"\x0c{}",
    "vertical-tab": b"\x0b{}",
    "nul-after": b"{}\x00",
    "member-twice": b'{"a":1,"a":1}',
    "member-twice-escaped": b'{"a":1,"\\u0061":2}',
    "member-twice-deep": b'[{"b":{"a":1,"c":2,"a":3}}]',
    "negative-zero": b"-0",
    "negative-zero-decimal": b"-0.0",
    "negative-zero-exponent": b"-0e5",
    "negative-zero-by-underflow": b"-1e-400",
    "above-2^53-1": b"9007199254740992",
    "below-2^53-1": b"-9007199254740992",
    "above-as-decimal": b"9007199254740992.0",
    "above-as-exponent": b"1e16",
    "many-digits": b"1" * 5000,
    "overflow": b"1e400",
    "underflow": b"1e-400",
    "below-1e-6": b"0.0000009",
    "below-1e-6-negative": b"-9e-7",
    "lone-high-surrogate": b'"\\ud83d"',
    "lone-low-surrogate": b'"\\ude02"',
    "surrogates-swapped": b'"\\ude02\\ud83d"',
    "lone-surrogate-in-name": b'{"\\ud800":1}',
    "lone-surrogate-after-urdu": '"اردو\\ud800"'.encode(),
    "33-levels-of-arrays": b"[" * 33 + b"]" * 33,
    "33-levels-of-objects": b'{"a":' * 33 + b"1" + b"}" * 33,
    "5000-levels": b"[" * 5000 + b"]" * 5000,
    "5000-levels-unclosed": b"[" * 5000,
}
TAKEN: dict[str, tuple[bytes, Any]] = {
    "white-space-around": (b" \t\r\n{ } \n", {}),
    "bare-number": (b"12", 12),
    "bare-null": (b"null", None),
    "empty-name": (b'{"":1}', {"": 1}),
    "name-proto": (b'{"__proto__":{"a":1}}', {"__proto__": {"a": 1}}),
    "names-that-differ-in-case": (b'{"a":1,"A":2}', {"a": 1, "A": 2}),
    "names-that-differ-in-normal-form": ('{"é":1,"e\u0301":2}'.encode(), {"é": 1, "e\u0301": 2}),
    "same-name-in-two-objects": (b'[{"a":1},{"a":1}]', [{"a": 1}, {"a": 1}]),
    "largest": (b"9007199254740991", 2**53 - 1),
    "smallest": (b"-9007199254740991", -(2**53) + 1),
    "smallest-magnitude": (b"0.000001", 1e-6),
    "zero-in-many-ways": (b"[0,0.0,0e9,0E-400]", [0, 0, 0, 0]),
    "pair-of-surrogates": (b'"\\ud83d\\ude02"', "\U0001f602"),
    "escaped-solidus": (b'"\\/"', "/"),
    "escaped-nul": (b'"\\u0000"', "\0"),
    "byte-order-mark-inside": ('"\ufeff"'.encode(), "\ufeff"),
    "line-separators": ('"\u2028\u2029"'.encode(), "\u2028\u2029"),
    "delete": (b'"\x7f"', "\x7f"),
    "32-levels": (b"[" * 32 + b"]" * 32, json.loads("[" * 32 + "]" * 32)),
}


def reason(data: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(UnreadableError) as refused:
        parse_json(data, limit=limit)
    return refused.value.reason


@pytest.mark.parametrize("name", NOT_TEXT)
def test_bytes_that_are_no_text_are_refused(name: str) -> None:
    assert reason(NOT_TEXT[name]) == "not-text"


@pytest.mark.parametrize("name", NOT_JSON)
def test_text_that_two_readers_could_take_differently_is_refused(name: str) -> None:
    assert reason(NOT_JSON[name]) == "not-json"


@pytest.mark.parametrize("name", TAKEN)
def test_text_that_all_readers_take_alike_is_taken(name: str) -> None:
    data, value = TAKEN[name]
    assert parse_json(data, limit=LIMIT) == value


def test_the_limit_counts_bytes_and_is_looked_at_first() -> None:
    assert parse_json('"ا"'.encode(), limit=4) == "ا"
    assert reason('"ا"'.encode(), limit=3) == "too-large"
    assert reason(b"\xff" * 11, limit=10) == "too-large"


@pytest.mark.parametrize("data", [b"[]", b'"a"', b"1", b"null", b"true"])
def test_only_an_object_is_an_object(data: bytes) -> None:
    assert parse_object(b'{"a":1}', limit=LIMIT) == {"a": 1}
    with pytest.raises(UnreadableError) as refused:
        parse_object(data, limit=LIMIT)
    assert refused.value.reason == "not-json"


def test_a_message_about_a_long_number_is_short() -> None:
    with pytest.raises(UnreadableError) as refused:
        parse_json(b"1" * 5000, limit=LIMIT)
    assert len(str(refused.value)) < 200


TEXTS = st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def admitted(value: Any, depth: int = 0) -> bool:
    """Say by docs/format.md §1 whether a value that json has read may be taken."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, (int, float)):
        negative_zero = isinstance(value, float) and value == 0 and str(value).startswith("-")
        return not negative_zero and (value == 0 or 1e-6 <= abs(value) <= 2**53 - 1)
    if isinstance(value, str):
        return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    return depth < MAX_DEPTH and all(admitted(item, depth + 1) for item in inner)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_what_json_writes_is_taken_exactly_where_the_rules_admit_it(
    value: Any, ensure_ascii: bool, indent: int | None
) -> None:
    data = json.dumps(value, ensure_ascii=ensure_ascii, indent=indent).encode("utf-8", "surrogatepass")
    if admitted(value):
        assert parse_json(data, limit=1_000_000) == json.loads(data)
    else:
        assert reason(data, limit=1_000_000) in ("not-json", "not-text")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_json_reads_them_or_refused(data: bytes) -> None:
    try:
        value = parse_json(data, limit=LIMIT)
    except UnreadableError:
        return
    assert value == json.loads(data.decode("utf-8"))


@given(st.text(alphabet='{}[]",:0123456789.-+eEu\\ntrlsaf \n\ue000', max_size=30))
def test_any_text_of_the_letters_of_json_is_read_as_json_reads_it_or_refused(text: str) -> None:
    try:
        value = parse_json(text.encode(), limit=LIMIT)
    except UnreadableError:
        return
    assert value == json.loads(text)
