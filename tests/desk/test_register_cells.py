"""Cells say what was meant, or the clerk is told what the spreadsheet did to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from asnad.desk.register_cells import (
    CellError,
    Gender,
    read_cnic,
    read_day,
    read_email,
    read_gender,
    read_line,
    read_passed,
    read_percent,
    read_phone,
    read_score,
    read_yes_or_no,
)

TODAY = date(2026, 11, 22)


def day(text: str) -> date:
    return read_day(text, TODAY)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_cnic, "00000-0000001-1", "00000-0000001-1"),
        (read_cnic, "0000000000011", "00000-0000001-1"),
        (read_cnic, "00000 0000001 1", "00000-0000001-1"),
        (read_cnic, "۰۰۰۰۰-۰۰۰۰۰۰۱-۱", "00000-0000001-1"),
        (read_phone, "+92-300-0000001", "+92-300-0000001"),
        (read_phone, "0300 0000001", "0300 0000001"),
        (read_email, "learner01@learners.example", "learner01@learners.example"),
        (read_gender, "Female", Gender.FEMALE),
        (read_gender, "M", Gender.MALE),
        (read_gender, "خاتون", Gender.FEMALE),
        (read_percent, "95", Decimal(95)),
        (read_percent, "95.5 %", Decimal("95.5")),
        (read_percent, "95,5", Decimal("95.5")),
        (read_percent, "٪۹۵".removeprefix("٪") + "٪", Decimal(95)),
        (read_percent, "0", Decimal(0)),
        (read_percent, "100%", Decimal(100)),
        (read_score, "72", Decimal(72)),
        (read_passed, "PASS", True),
        (read_passed, "کامیاب", True),
        (read_passed, "fail", False),
        (read_yes_or_no, "haan", True),
        (read_yes_or_no, "نہیں", False),
        (day, "2026-11-07", date(2026, 11, 7)),
        (day, "2026-11-22", date(2026, 11, 22)),
        (read_line, "Phone of her sister", "Phone of her sister"),
    ],
)
def test_a_cell_is_read_as_people_write_it(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (read_cnic, "3.52E+12", "the spreadsheet has rounded it"),
        (read_cnic, "3,52011E+12", "the spreadsheet has rounded it"),
        (read_cnic, "11", "write it as 35201-1234567-1"),
        (read_cnic, "352011234567", "zeros at its beginning may be lost"),
        (read_cnic, "35201-123456-71", "write it as 35201-1234567-1"),
        (read_cnic, "35201-1234567-12", "write it as 35201-1234567-1"),
        (read_phone, "9.23E+11", "the spreadsheet has rounded it"),
        (read_phone, "3000000001", "write 03000000001 or +923000000001"),
        (read_phone, "ring her brother", "write it as"),
        (read_percent, "0.95", "write 95 if 95 per cent is meant"),
        (read_percent, "1", "write 100 if 100 per cent is meant"),
        (read_percent, "101", "write per cent"),
        (read_percent, "-5", "write per cent"),
        (read_percent, "38/40", "write per cent"),
        (read_score, "72/100", "write the marks alone"),
        (day, "07/11/2026", "write 2026-11-07 or 2026-07-11"),
        (day, "25/10/2026", "write 2026-10-25"),
        (day, "10-25-2026", "write 2026-10-25"),
        (day, "46333", "write 2026-11-07"),
        (day, "yesterday", "write year-month-day"),
        (day, "2026-02-30", "write year-month-day"),
    ],
)
def test_a_damaged_cell_is_an_error_with_the_way_out(read: Callable[[str], object], text: str, hint: str) -> None:
    with pytest.raises(CellError) as caught:
        read(text)
    assert caught.value.hint is not None
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_email, "a@b@c.example"),
        (read_email, "learner at learners.example"),
        (read_gender, "officer"),
        (read_passed, "perhaps"),
        (read_yes_or_no, "later"),
        (day, "2026-11-23"),
        (read_line, "a" * 201),
        (read_line, "two\nlines"),
        (read_line, "bidi \u202e"),
    ],
)
def test_a_cell_that_means_nothing_is_an_error(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(CellError):
        read(text)
