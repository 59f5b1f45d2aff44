"""CSV and XLSX are read as clerks really send them, and nothing larger or stranger."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from asnad.desk.spreadsheet import Sheet, SheetRow, read_spreadsheet
from asnad.errors import FileError


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_read_with_every_separator_with_and_without_a_byte_order_mark(separator: str, mark: bytes) -> None:
    text = f"Name{separator}CNIC\r\n نام {separator}1\r\n"
    assert read_spreadsheet("r.csv", mark + text.encode()) == Sheet(
        "r.csv", (SheetRow(1, ("Name", "CNIC")), SheetRow(2, ("نام", "1")))
    )


def test_rows_keep_the_number_of_the_line_on_which_they_begin() -> None:
    content = b'Name,Remarks\n\nA,"two\nlines"\nB,one\n,\n'
    assert [(row.number, row.cells) for row in read_spreadsheet("r.csv", content).rows] == [
        (1, ("Name", "Remarks")),
        (3, ("A", "two\nlines")),
        (5, ("B", "one")),
    ]


def test_a_separator_within_quotes_separates_nothing() -> None:
    assert read_spreadsheet("r.csv", b'Name;Remarks\nA;"x;y"\n').rows[1].cells == ("A", "x;y")


def test_xlsx_numbers_and_dates_become_the_text_that_is_meant() -> None:
    content = workbook(
        ["Name", "CNIC", "Attendance", "Day", "Share", "Yes"],
        ["A", 3520112345671, 95.5, date(2026, 11, 7), 0.95, True],
        [None, 95.0, 1e20, datetime.fromisoformat("2026-11-07T09:30:00"), None, False],
        formats={"E2": "0%"},
    )
    assert [row.cells for row in read_spreadsheet("r.xlsx", content).rows[1:]] == [
        ("A", "3520112345671", "95.5", "2026-11-07", "95%", "yes"),
        ("", "95", "100000000000000000000", "2026-11-07 09:30:00", "", "no"),
    ]


def test_a_formula_is_not_calculated() -> None:
    assert read_spreadsheet("r.xlsx", workbook(["Name", "Total"], ["A", "=SUM(1,2)"])).rows[1].cells == (
        "A",
        "=SUM(1,2)",
    )


def test_empty_rows_are_passed_over_and_still_counted() -> None:
    rows = read_spreadsheet("r.xlsx", workbook(["Name"], [None], [" "], ["A"])).rows
    assert [(row.number, row.cells) for row in rows] == [(1, ("Name",)), (4, ("A",))]


def test_two_sheets_with_content_are_refused_and_an_empty_one_is_not() -> None:
    book = Workbook()
    first: Any = book.active
    first.append(["Name"])
    second = book.create_sheet("Notes")
    assert len(read_spreadsheet("r.xlsx", saved(book)).rows) == 1
    second.append(["hello"])
    with pytest.raises(FileError, match="expected one sheet with content, got 2"):
        read_spreadsheet("r.xlsx", saved(book))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(FileError, match="at most 5,000,000 bytes, got 5,000,001"):
        read_spreadsheet("r.csv", b"a" * 5_000_001)


def test_too_many_rows_are_refused() -> None:
    assert len(read_spreadsheet("r.csv", b"a,b\n" * 20_000).rows) == 20_000
    with pytest.raises(FileError, match="at most 20,000 rows"):
        read_spreadsheet("r.csv", b"a,b\n" * 20_001)


def test_a_workbook_with_a_cell_far_down_is_refused() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "Name"
    sheet["A900000"] = "x"
    with pytest.raises(FileError, match="at most 20,000 rows"):
        read_spreadsheet("r.xlsx", saved(book))


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(FileError, match="at most 60 columns"):
        read_spreadsheet("r.csv", b",".join([b"a"] * 61))
    with pytest.raises(FileError, match="at most 60 columns"):
        read_spreadsheet("r.xlsx", workbook(["a"] * 61))


def test_a_very_long_cell_is_refused() -> None:
    with pytest.raises(FileError, match="at most 2,000 characters in a cell"):
        read_spreadsheet("r.csv", b"a," + b"b" * 2_001)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_001)
    assert len(target.getvalue()) < 100_000
    with pytest.raises(FileError, match="at most 60,000,000 bytes unpacked"):
        read_spreadsheet("r.xlsx", target.getvalue())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or a protected Excel file"),
        ("Name;ا\n".encode("utf-16"), "expected UTF-8"),
        ("Name\nJosé\n".encode("latin-1"), r"r:2: expected UTF-8"),
        (b"Name,\0\n", "NUL"),
        (b'Name,Remarks\nA,"never closed\n', "r:2: expected CSV"),
        (b"PK\x03\x04 and nothing else", "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_an_error_in_words(content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read_spreadsheet("r", content)


def test_a_zip_that_is_no_workbook_is_an_error_in_words() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(FileError, match="damaged"):
        read_spreadsheet("r.xlsx", target.getvalue())


def test_a_workbook_that_claims_a_future_zip_version_is_an_error_in_words() -> None:
    content = bytearray(workbook(["Name"], ["A"]))
    directory = content.index(b"PK\x01\x02")
    content[directory + 6] = 0xFF
    with pytest.raises(FileError, match="damaged"):
        read_spreadsheet("r.xlsx", bytes(content))


def test_a_workbook_with_a_broken_part_is_an_error_in_words() -> None:
    whole = workbook(["Name"], ["A"])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, b"<worksheet><sheetData><row>" if "sheet1" in part else source.read(part))
    with pytest.raises(FileError, match="damaged"):
        read_spreadsheet("r.xlsx", target.getvalue())
