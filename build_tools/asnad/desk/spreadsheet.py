"""
Spreadsheets as clerks send them, CSV or XLSX, read into rows of text with their row numbers.

Everything is bounded before it is believed, and nothing is calculated: a formula stays the text that it is.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from openpyxl import load_workbook

from asnad.errors import FileError

MAX_BYTES: Final = 5_000_000
MAX_UNPACKED_BYTES: Final = 60_000_000
MAX_PARTS: Final = 500
MAX_ROWS: Final = 20_000

_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLimits:
    """How wide a sheet may be."""

    columns: int
    cell: int
    """Characters."""


REGISTER: Final = SheetLimits(columns=60, cell=2_000)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty."""

    number: int
    """Counted from 1, as the spreadsheet program shows it; in CSV, the line on which it begins."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one spreadsheet."""

    file: str
    rows: tuple[SheetRow, ...]


def read_spreadsheet(file: str, content: bytes, limits: SheetLimits = REGISTER) -> Sheet:
    """
    Read CSV or XLSX, told apart by their first bytes.

    Args:
        file: Name, for messages.

        content: Bytes as received.

        limits: Of its columns and cells.

    Raises:
        FileError: It is too large, or neither of the two, or damaged.

    """
    if len(content) > MAX_BYTES:
        raise FileError(f"expected at most {MAX_BYTES:,} bytes, got {len(content):,}", place=file)
    if content.startswith(b"PK\x03\x04"):
        rows = _xlsx_rows(file, content, limits)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(
            "expected CSV or XLSX, got an old or a protected Excel file",
            place=file,
            hint="save it as “Excel Workbook (.xlsx)” without a password",
        )
    else:
        rows = _csv_rows(file, content)
    return Sheet(file, tuple(_bounded(file, rows, limits)))


def _bounded(file: str, rows: Iterator[tuple[int, list[str]]], limits: SheetLimits) -> Iterator[SheetRow]:
    for number, cells in rows:
        if number > MAX_ROWS:
            raise FileError(f"expected at most {MAX_ROWS:,} rows, got more", place=file, hint="delete the empty rows")
        if not any(cells):
            continue
        if any(cells[limits.columns :]):
            raise FileError(f"expected at most {limits.columns} columns, got more", place=f"{file}:{number}")
        if any(len(cell) > limits.cell for cell in cells):
            told = f"expected at most {limits.cell:,} characters in a cell, got more"
            raise FileError(told, place=f"{file}:{number}")
        last = max(position for position, cell in enumerate(cells) if cell)
        yield SheetRow(number, tuple(cells[: last + 1]))


def _csv_rows(file: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(
            "expected UTF-8, got another encoding",
            place=f"{file}:{line}",
            hint="save it as “CSV UTF-8”, or as an Excel workbook (.xlsx)",
        ) from None
    if "\0" in text:
        raise FileError("expected text, got a NUL character", place=file, hint="save it as “CSV UTF-8”")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileError(f"expected CSV, got a fault: {error}", place=f"{file}:{begins}") from None


def _separator(text: str) -> str:
    # The heading decides; its cells are plain words, so whatever separator stands there most often separates.
    for line in text.splitlines():
        if any(separator in line for separator in _SEPARATORS):
            return max(_SEPARATORS, key=line.count)
    return ","


def _xlsx_rows(file: str, content: bytes, limits: SheetLimits) -> Iterator[tuple[int, list[str]]]:
    try:
        _refuse_zip_bomb(file, content)
        with warnings.catch_warnings(action="ignore"):  # Of drop-down lists and the like, which hold no learners.
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheets = (list(_worksheet_rows(file, sheet, limits)) for sheet in workbook.worksheets)
            filled = [rows for rows in sheets if rows]
            workbook.close()
    except FileError:
        raise
    except Exception as error:  # A damaged workbook makes openpyxl and its XML parser raise nearly anything.
        raise FileError(
            f"expected an Excel workbook, got a damaged one ({type(error).__name__})",
            place=file,
            hint="open it in the spreadsheet program and save it again",
        ) from None
    if len(filled) > 1:
        raise FileError(
            f"expected one sheet with content, got {len(filled)}",
            place=file,
            hint="delete the other sheets, or save them as another file",
        )
    return iter(filled[0] if filled else [])


def _refuse_zip_bomb(file: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    # Reading a part never gives more than the size that is declared here.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise FileError(f"expected a workbook of at most {MAX_UNPACKED_BYTES:,} bytes unpacked, got more", place=file)


def _worksheet_rows(file: str, sheet: Any, limits: SheetLimits) -> Iterator[tuple[int, list[str]]]:
    # The size that a file says of itself may be wrong in both directions.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=limits.columns + 1), start=1):
        if number > MAX_ROWS:
            raise FileError(f"expected at most {MAX_ROWS:,} rows, got more", place=file, hint="delete the empty rows")
        cells = [_cell_text(cell.value, str(getattr(cell, "number_format", ""))) for cell in row]
        if any(cells):
            yield number, cells


def _cell_text(value: object, number_format: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number_text(value, percent="%" in number_format)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            # Array formulas and data tables are objects; as text they are refused like any other formula.
            return f"={type(value).__name__}"


def _number_text(value: float, *, percent: bool) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return repr(value)
    text = format(number * 100 if percent else number, "f")
    whole = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{whole}%" if percent else whole
