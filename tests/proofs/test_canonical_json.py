"""RFC 8785 on the corpus of its author, and what our strict reader lets through to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from asnad.errors import UnreadableError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import parse_json

CORPUS = Path(__file__).parent.parent / "vectors" / "jcs"
NAMES = ("arrays", "french", "structures", "unicode", "values", "weird")

# Numbers as RFC 8785, appendix B, and ECMAScript write them; exactly those that docs/format.md §1 lets through.
NUMBERS = [
    ("0", "0"),
    ("0.0", "0"),
    ("1.0", "1"),
    ("-1.0", "-1"),
    ("1e1", "10"),
    ("1E-1", "0.1"),
    ("4.50", "4.5"),
    ("2e-3", "0.002"),
    ("0.000001", "0.000001"),
    ("1e-6", "0.000001"),
    ("333333333.33333329", "333333333.3333333"),
    ("9007199254740991", "9007199254740991"),
    ("-9007199254740991", "-9007199254740991"),
    ("9007199254740991.0", "9007199254740991"),
    ("1424953923781206.2", "1424953923781206.2"),
]


def corpus(folder: str, name: str) -> bytes:
    return (CORPUS / folder / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_corpus_is_written_byte_for_byte(name: str) -> None:
    assert canonical_json(json.loads(corpus("input", name))) == corpus("output", name)


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "weird"])
def test_the_corpus_passes_the_strict_reader(name: str) -> None:
    assert canonical_json(parse_json(corpus("input", name), limit=10_000)) == corpus("output", name)


def test_the_strict_reader_refuses_values_of_the_corpus_for_its_numbers() -> None:
    # It holds 1E30 and 1e-27, which docs/format.md §1 does not admit.
    with pytest.raises(UnreadableError, match="1E30") as refused:
        parse_json(corpus("input", "values"), limit=10_000)
    assert refused.value.reason == "not-json"


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_the_corpus_is_looked_at(name: str) -> None:
    assert sorted(path.stem for path in (CORPUS / "input").iterdir()) == list(NAMES)
    assert (CORPUS / "output" / f"{name}.json").is_file()


@pytest.mark.parametrize(("written", "canonical"), NUMBERS)
def test_numbers_are_written_as_ecmascript_does(written: str, canonical: str) -> None:
    assert canonical_json(parse_json(written.encode(), limit=100)).decode() == canonical


def test_members_are_sorted_by_utf16_units_and_not_by_code_points() -> None:
    # U+FB33 comes after the surrogates of U+1F602 as UTF-16, and before it as a code point.
    assert canonical_json({"\ufb33": 1, "\U0001f602": 2}) == '{"\U0001f602":2,"\ufb33":1}'.encode()


def test_only_what_must_be_is_escaped() -> None:
    assert canonical_json('\u0000\b\t\n\f\r"\\/\u007f\u2028اُردو') == (
        b'"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\x7f' + '\u2028اُردو"'.encode()
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
DECIMALS = st.floats(1e-6, 2**53 - 1) | st.floats(-(2**53) + 1, -1e-6)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | DECIMALS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


ASCII = st.text(st.characters(max_codepoint=127), max_size=6)
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLE | DECIMALS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII, inner, max_size=4),
    max_leaves=20,
)


@given(DECIMALS)
def test_every_number_is_written_as_the_library_of_the_rfc_does(number: float) -> None:
    assert canonical_json(number) == rfc8785.dumps(number)


@pytest.mark.parametrize("number", [1e-4, 0.00009999, 0.0001234, 1e-5, 1.5e-6, 4503599627370496.5, 1e15 + 0.5, -0.1])
def test_numbers_at_the_edge_of_notations_too(number: float) -> None:
    assert canonical_json(number) == rfc8785.dumps(number)


@given(VALUES | PLAIN)
def test_every_value_is_written_as_the_library_of_the_rfc_does(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [2**53, -(2**53), [2**53], {"a": 1e999}, {"a": float("nan")}, "\ud800", {"a": ["\udc00"]}, {"\ud800": 1}]
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # Of many kinds, and none of them reaches a user.
        canonical_json(value)


@given(VALUES)
def test_canonical_text_reads_back_as_the_same_value(value: Any) -> None:
    written = canonical_json(value)
    assert parse_json(written, limit=1_000_000) == value
    assert canonical_json(parse_json(written, limit=1_000_000)) == written
