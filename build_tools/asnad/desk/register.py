"""A register: who took part in one run and how, as a clerk's spreadsheet has it; all that is wrong is found at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from asnad.catalogue.findings import shown
from asnad.desk import register_cells
from asnad.desk.headings import REQUIRED, Column, column_of, is_passed_over, nearest_heading
from asnad.desk.learner_name import check_latin_name, check_native_name
from asnad.desk.register_cells import CellError, Gender
from asnad.desk.spreadsheet import Sheet, SheetRow, read_spreadsheet
from asnad.errors import CatalogueError, CatalogueErrors

HEADING_ROWS = 10
"""How far down the headings may stand; above them clerks write titles."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One learner in one run."""

    row: int
    """In the spreadsheet, counted from 1."""
    name: str
    """In Latin script."""
    name_native: str | None
    father_name: str | None
    husband_name: str | None
    cnic: str | None
    """``NNNNN-NNNNNNN-N``."""
    phone: str | None
    email: str | None
    gender: Gender | None
    attendance_percent: Decimal
    passed: bool | None
    score: Decimal | None
    grade: str | None
    remarks: str | None
    publish: bool
    consent_date: date | None


def read_register(file: str, content: bytes, *, languages: Collection[str], today: date) -> tuple[RegisterRow, ...]:
    """
    Read a register and check every row of it.

    Args:
        file: Name of the spreadsheet, for messages.

        content: Its bytes, CSV or XLSX.

        languages: Of the centre; they tell in which spelling native names are.

        today: At the centre.

    Returns:
        At least one row, in the order of the spreadsheet.

    Raises:
        FileError: The bytes are no spreadsheet, or too large a one.

        CatalogueErrors: All that its author must mend.

    """
    sheet = read_spreadsheet(file, content)
    reading = _Reading(sheet.file, languages, today)
    columns, rows = reading.headings(sheet)
    read = [row for row in (reading.row(columns, row) for row in rows) if row is not None]
    reading.check_duplicates(read)
    if not rows and not reading.errors:
        reading.error(None, None, "expected learners below the headings, found none")
    if reading.errors:
        raise CatalogueErrors(tuple(reading.errors))
    return tuple(read)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass through a register, gathering what is wrong."""

    file: str
    languages: Collection[str]
    today: date
    errors: list[CatalogueError] = field(default_factory=list)

    def error(self, row: int | None, column: Column | None, message: str, hint: str | None = None) -> None:
        place = self.file if row is None else f"{self.file}:{row}"
        self.errors.append(CatalogueError(message, place=f"{place}: {column}" if column else place, hint=hint))

    def headings(self, sheet: Sheet) -> tuple[Mapping[int, Column], tuple[SheetRow, ...]]:
        """Find the row of headings; give the column at each position, and the rows below."""
        for index, row in enumerate(sheet.rows[:HEADING_ROWS]):
            found = {position: column_of(cell) for position, cell in enumerate(row.cells)}
            columns = {position: column for position, column in found.items() if column is not None}
            if len(columns) >= 2:
                self._check_headings(row, columns)
                # Without the columns that every row needs, each row would only repeat what is said of the headings.
                usable = all(column in columns.values() for column in REQUIRED)
                return columns, sheet.rows[index + 1 :] if usable else ()
        self.error(
            None,
            None,
            "expected a row of headings, found none",
            "write at least: Name, Father Name, CNIC, Attendance %, Publish, Consent date",
        )
        return {}, ()

    def _check_headings(self, row: SheetRow, columns: Mapping[int, Column]) -> None:
        for column in REQUIRED:
            if column not in columns.values():
                self.error(row.number, None, f"expected a column for {column}, found none")
        for column in dict.fromkeys(columns.values()):
            twice = [shown(row.cells[position]) for position, other in columns.items() if other is column]
            if len(twice) > 1:
                self.error(row.number, column, "expected one column, got " + " and ".join(twice))
        for position, cell in enumerate(row.cells):
            if position not in columns and not is_passed_over(cell):
                near = nearest_heading(cell)
                hint = f"is “{near}” meant?" if near else "delete the column, or give it one of the usual headings"
                self.error(row.number, None, f"expected a known heading, got {shown(cell)}", hint)

    def row(self, columns: Mapping[int, Column], row: SheetRow) -> RegisterRow | None:
        """Read one learner; give nothing where a cell is wrong."""
        before = len(self.errors)
        cells: dict[Column, str] = {}
        for position, column in columns.items():
            text = row.cells[position] if position < len(row.cells) else ""
            if text:
                cells[column] = unicodedata.normalize("NFC", text)
        name = self._name(cells, row, Column.NAME)
        attendance = self._cell(cells, row, Column.ATTENDANCE, register_cells.read_percent)
        publish = self._cell(cells, row, Column.PUBLISH, register_cells.read_yes_or_no) or False
        consent = self._cell(cells, row, Column.CONSENT_DATE, lambda text: register_cells.read_day(text, self.today))
        line = register_cells.read_line
        learner = RegisterRow(
            row=row.number,
            name=name or "",
            name_native=self._name(cells, row, Column.NAME_NATIVE),
            father_name=self._name(cells, row, Column.FATHER_NAME),
            husband_name=self._name(cells, row, Column.HUSBAND_NAME),
            cnic=self._cell(cells, row, Column.CNIC, register_cells.read_cnic),
            phone=self._cell(cells, row, Column.PHONE, register_cells.read_phone),
            email=self._cell(cells, row, Column.EMAIL, register_cells.read_email),
            gender=self._cell(cells, row, Column.GENDER, register_cells.read_gender),
            attendance_percent=attendance or Decimal(),
            passed=self._cell(cells, row, Column.RESULT, register_cells.read_passed),
            score=self._cell(cells, row, Column.SCORE, register_cells.read_score),
            grade=self._cell(cells, row, Column.GRADE, line),
            remarks=self._cell(cells, row, Column.REMARKS, line),
            publish=publish,
            consent_date=consent,
        )
        for column in REQUIRED:
            if column not in cells:
                self.error(row.number, column, "expected a value, found an empty cell")
        if publish and Column.CONSENT_DATE not in cells:
            self.error(
                row.number,
                Column.CONSENT_DATE,
                "expected the day on which the learner agreed to a public page, found an empty cell",
                "write that day, or “no” under publish",
            )
        return learner if len(self.errors) == before else None

    def _cell(
        self, cells: Mapping[Column, str], row: SheetRow, column: Column, read: Callable[[str], _Value]
    ) -> _Value | None:
        text = cells.get(column)
        if text is None:
            return None
        try:
            if text.startswith("="):
                raise CellError(f"expected a value, got the formula {shown(text)}", "copy it and paste the value")
            return read(text)
        except CellError as error:
            self.error(row.number, column, error.message, error.hint)
            return None

    def _name(self, cells: Mapping[Column, str], row: SheetRow, column: Column) -> str | None:
        def read(text: str) -> str:
            native = column is Column.NAME_NATIVE
            fault = check_native_name(text, self.languages) if native else check_latin_name(text)
            if fault:
                raise CellError(fault.message, f"write “{fault.correction}”" if fault.correction else None)
            return text

        return self._cell(cells, row, column, read)

    def check_duplicates(self, rows: Collection[RegisterRow]) -> None:
        """Find learners who stand in the register twice."""
        by_number: dict[str, RegisterRow] = {}
        by_name: dict[tuple[str, str], RegisterRow] = {}
        for row in rows:
            first = by_number.setdefault(row.cnic, row) if row.cnic else row
            if first is not row:
                self.error(row.row, Column.CNIC, f"expected each identity number once, found it in row {first.row} too")
                continue
            namesake = by_name.setdefault((_compared(row.name), _compared(row.father_name or row.husband_name)), row)
            # Two people may bear one name and have fathers of one name; two identity numbers tell them apart.
            if namesake is not row and not (row.cnic and namesake.cnic):
                self.error(
                    row.row,
                    Column.NAME,
                    f"expected each learner once, found {shown(row.name)} in row {namesake.row} too",
                    "delete one of the rows; if these are two people, write the identity numbers of both",
                )


def _compared(name: str | None) -> str:
    return "".join(char for char in (name or "").casefold() if char.isalpha())
