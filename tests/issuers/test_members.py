"""Reading members: nothing that is of another kind is taken for the one expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from asnad.issuers.members import MembersError, day, digest, each, instant, only, text, url, whole
from asnad.proofs.strict_json import JSONValue

TAKEN: list[tuple[Callable[[JSONValue], object], JSONValue, object]] = [
    (text, "a", "a"),
    (text, "ا" * 1000, "ا" * 1000),
    (url, "https://a", "https://a"),
    (url, "did:web:a", "did:web:a"),
    (digest, "0f" * 32, b"\x0f" * 32),
    (whole, 0, 0),
    (whole, 7.0, 7),
    (instant, "1970-01-01T00:00:01Z", 1),
    (day, "2024-02-29", date(2024, 2, 29)),
    (each, [], []),
]
REFUSED: list[tuple[Callable[[JSONValue], object], list[JSONValue]]] = [
    (text, ["", "a" * 1001, "a\n", "a\x00", "a\x7f", "a\x85", "a\u202e", 1, None, ["a"], True]),
    (url, ["", "a", "https://", "https://a b", "https://a\n", "javascript:a", "https://" + "a" * 1993, 1, None]),
    (digest, ["0F" * 32, "0f" * 31, "0f" * 33, "0g" * 32, "0f" * 32 + "\n", 1, None]),
    (whole, [-1, 1.5, "1", True, False, None, [1]]),
    (
        instant,
        [
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00+00:00",
            "2026-01-01T00:00:00.0Z",
            "2026-01-01t00:00:00z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-12-31T23:59:60Z",
            "0000-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z\n",
            " 2026-01-01T00:00:00Z",
            "٢٠٢٦-٠١-٠١T٠٠:٠٠:٠٠Z",
            1,
            None,
        ],
    ),
    (day, ["2026-02-29", "2026-2-1", "20260201", "2026-W01-1", "2026-02-01T00:00:00Z", "", 1, None]),
    (each, [{}, "a", None]),
]


@pytest.mark.parametrize(("read", "value", "expected"), TAKEN, ids=[str(n) for n in range(len(TAKEN))])
def test_values_of_the_kind_are_taken(read: Callable[[JSONValue], object], value: JSONValue, expected: object) -> None:
    assert read(value) == expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        pytest.param(read, value, id=f"{read.__name__}-{place}")
        for read, values in REFUSED
        for place, value in enumerate(values)
    ],
)
def test_values_of_other_kinds_are_refused(read: Callable[[JSONValue], object], value: JSONValue) -> None:
    with pytest.raises(MembersError):
        read(value)


def test_an_object_has_the_members_that_are_known() -> None:
    required, optional = frozenset({"a"}), frozenset({"b"})
    assert only({"a": 1}, required, optional) == {"a": 1}
    assert only({"a": 1, "b": 2}, required, optional) == {"a": 1, "b": 2}
    for value in ({}, {"b": 2}, {"a": 1, "c": 3}, [], "a", None):
        with pytest.raises(MembersError):
            only(value, required, optional)  # type: ignore[arg-type]
