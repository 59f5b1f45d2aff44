"""statistics.json is read as Asnad writes it and in no other way (docs/statistics-json.md)."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.errors import PublicationError
from asnad.issuers.statistics import (
    MAX_STATISTICS,
    SMALLEST,
    Cell,
    CreditBand,
    Statistics,
    read_statistics,
    statistics_json,
)

DID = "did:web:skills.example"
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "statistics-json.md"
STATISTICS = Statistics(
    as_of=date(2026, 11, 25),
    incomplete=False,
    issued=93,
    withdrawn=0,
    years=(Cell(2025, 12), Cell(2026, 81)),
    departments=(Cell("food", 55), Cell(None, 38)),
    levels=(Cell(4, 43), Cell(None, 50)),
    credit_bands=(Cell(CreditBand.SMALL, 43), Cell(CreditBand.LARGE, 20), Cell(None, 30)),
    runs=(Cell("baking-b12", 12), Cell("officers-b34", 81)),
)


def altered(**members: Any) -> bytes:
    """Write other members; nothing takes one away."""
    document = json.loads(statistics_json(DID, STATISTICS)) | members
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def test_what_is_written_is_read_back() -> None:
    assert read_statistics(statistics_json(DID, STATISTICS), DID) == STATISTICS


def test_a_small_number_of_withdrawals_is_not_there_at_all() -> None:
    assert "withdrawn" not in json.loads(altered(withdrawn=None))
    assert read_statistics(altered(withdrawn=None), DID).withdrawn is None


def test_the_document_shows_a_file_that_is_read() -> None:
    shown = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    (example,) = shown
    assert read_statistics(example.encode(), DID).issued == 93
    for member in json.loads(example):
        assert f"`{member}`" in DOCUMENT.read_text("utf-8"), member


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "expected JSON, got something else in line 1"),
        (b"\xff", "expected UTF-8, got byte 0xff"),
        (b"[]", "expected a JSON object, got another kind of value"),
        (b"[" * 100_000, "expected at most 32 levels, got more"),
        (b" " * (MAX_STATISTICS + 1), f"expected at most {MAX_STATISTICS} bytes, got {MAX_STATISTICS + 1}"),
        (b'{"issued":1,"issued":2}', "expected each member once, got 'issued' twice"),
        (b"{}", "expected an object with known members, got another"),
        (altered(names=[]), "expected an object with known members, got another"),
        (altered(issuer="did:web:other.example"), "expected AsnadStatistics of this issuer, got another document"),
        (altered(format=2), "expected AsnadStatistics of this issuer, got another document"),
        (altered(smallestRun=1), "expected incomplete: true or false and smallestRun: 5, got something else"),
        (altered(incomplete="no"), "expected incomplete: true or false and smallestRun: 5, got something else"),
        (altered(asOf="2026-02-30"), "expected a date, got something else"),
        (altered(issued=92), "expected years that add up to 92, got 93"),
        (altered(issued=-1), "expected a whole number from 0, got something else"),
        (altered(issued=10**16), "expected a number between -(2^53-1) and 2^53-1, got 10000000000000000"),
        (altered(runs=[{"run": "a", "issued": 92}]), "expected runs that add up to 93, got 92"),
        (altered(runs=[{"run": "a", "issued": 4}, {"run": "b", "issued": 89}]), "expected a whole number from 5, got"),
        (altered(runs=[{"run": "a", "issued": 50}, {"run": "a", "issued": 43}]), "expected each run once, got one"),
        (altered(runs=[{"issued": 93}]), "expected 1 to 100 characters, got something else"),
        (altered(runs=[{"run": "\u202eevil", "issued": 93}]), "expected 1 to 100 characters, got something else"),
        (altered(runs=[{"run": "r" * 101, "issued": 93}]), "expected 1 to 100 characters, got something else"),
        (altered(runs="none"), "expected an array, got something else"),
        (altered(years=[{"issued": 93}]), "expected a whole number from 0, got something else"),
        (altered(years=[{"year": 0, "issued": 93}]), "expected a number from 1 to 9999, got 0"),
        (altered(levels=[{"level": 9, "issued": 93}]), "expected a number from 1 to 8, got 9"),
        (altered(levels=[{"level": None, "issued": 93}]), "expected no member level where there is none, got null"),
        (altered(creditBands=[{"band": "0–5", "issued": 93}]), "expected a band of credits (0-5, 6-10, over-10), got"),
        (
            altered(creditBands=[{"band": ["0-5"], "issued": 93}]),
            "expected a band of credits (0-5, 6-10, over-10), got",
        ),
        (altered(withdrawn=4), "expected withdrawn: 0, or 5 to 93, got 4"),
        (altered(withdrawn=94), "expected withdrawn: 0, or 5 to 93, got 94"),
    ],
)
def test_anything_else_is_refused_with_place_and_repair(data: bytes, message: str) -> None:
    with pytest.raises(PublicationError) as caught:
        read_statistics(data, DID)
    assert caught.value.message.startswith(message)
    assert caught.value.place == "credentials/public/asnad/statistics.json"
    assert caught.value.hint == "restore it from Git, or have it written anew: asnad refresh"


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda a, b: STATISTICS_BYTES[:a] + b + STATISTICS_BYTES[a + 1 :], st.integers(0, 600), st.binary(max_size=3)
    )
)
def test_no_bytes_bring_anything_but_that_error(data: bytes) -> None:
    try:
        found = read_statistics(data, DID)
    except PublicationError:
        return
    assert all(cell.issued >= SMALLEST for cell in found.runs)
    assert sum(cell.issued for cell in found.runs) == found.issued


STATISTICS_BYTES = statistics_json(DID, STATISTICS)
