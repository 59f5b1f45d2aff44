"""Courses out of a table: a spreadsheet's rows, or an array of flat JSON objects, whose members are the columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from asnad.catalogue.findings import shown
from asnad.desk.course_headings import field_of, reason_for
from asnad.desk.course_source import CourseField, SourceCourse, SourceValue
from asnad.desk.headings import plain
from asnad.desk.spreadsheet import Sheet
from asnad.errors import FileError
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.site.course_table import defused

HEADING_ROWS = 10
"""How far down the headings may stand; above them people write titles."""


class Columns:
    """What each column of a table means."""

    def __init__(self, chosen: Mapping[CourseField, str], languages: Collection[str]) -> None:
        """
        Begin with what a person has said.

        Args:
            chosen: Name of the column for a field; it counts before what the column's name means by itself.

            languages: Tags that may stand at the end of a column's name.

        """
        self._chosen = {plain(name): field for field, name in chosen.items()}
        self._fields = frozenset(chosen)
        self._names = tuple(chosen.values())
        self._languages = languages

    def value(self, name: str, text: str) -> SourceValue:
        """
        Make a value of a cell.

        Args:
            name: Of its column.

            text: Of the cell.

        """
        field, language = self._chosen.get(plain(name)), None
        if field is None:
            field, language = field_of(name, self._languages)
            # A column that was chosen for a field is the only one for it.
            if field in self._fields:
                return SourceValue(name=name, text=text, reason=f"another column was chosen for {field}")
        reason = None if field else reason_for(name)
        return SourceValue(name=name, text=text, field=field, language=language, reason=reason)

    def known(self, names: Sequence[str]) -> int:
        """Count the columns that mean something."""
        return sum(plain(name) in self._chosen or field_of(name, self._languages)[0] is not None for name in names)

    def missing(self, names: Collection[str]) -> list[str]:
        """Name the columns that a person has chosen and the table does not have."""
        there = {plain(name) for name in names}
        return [name for name in self._names if plain(name) not in there]


def courses_of_sheet(sheet: Sheet, columns: Columns) -> tuple[SourceCourse, ...]:
    """
    Read the rows of a spreadsheet.

    Args:
        sheet: With one row of headings.

        columns: What they mean.

    Raises:
        FileError: No row of headings was found, or a chosen column.

    """
    counts = [columns.known(row.cells) for row in sheet.rows[:HEADING_ROWS]]
    if not counts or max(counts) == 0:
        raise FileError(
            "expected a row of headings such as Title, Hours, Fee, found none",
            place=sheet.file,
            hint="name the column of the title: --columns title=NAME",
        )
    index = counts.index(max(counts))
    headings = sheet.rows[index].cells
    _refuse_missing(sheet.file, columns, headings)
    return tuple(
        SourceCourse(
            place=f"row {row.number}",
            values=tuple(
                columns.value(name or f"column {position}", _armed(cell))
                for position, (name, cell) in enumerate(zip(headings, row.cells, strict=False), start=1)
                if cell
            ),
        )
        for row in sheet.rows[index + 1 :]
    )


def courses_of_objects(file: str, objects: Sequence[JSONValue], columns: Columns) -> tuple[SourceCourse, ...]:
    """
    Read an array of flat objects.

    Args:
        file: Name, for messages.

        objects: Each a course.

        columns: What their members mean.

    Raises:
        FileError: One is no object, no member has a meaning, or a chosen one is missing.

    """
    names: dict[str, None] = {}
    for position, item in enumerate(objects, start=1):
        if not isinstance(item, dict):
            raise FileError("expected an array of objects, found another value in it", place=f"{file}: item {position}")
        names |= dict.fromkeys(item)
    if columns.known(tuple(names)) == 0:
        raise FileError(
            "expected members such as title, hours or fee, found none of them",
            place=file,
            hint="name the member of the title: --columns title=NAME",
        )
    _refuse_missing(file, columns, names)
    return tuple(
        SourceCourse(place=f"item {position}", values=tuple(_values(item, columns)))
        for position, item in enumerate(objects, start=1)
        if isinstance(item, dict)
    )


def plain_value(value: JSONValue) -> str | None:
    """
    Write a JSON value as a cell of a spreadsheet would have it.

    Args:
        value: Of a member.

    Returns:
        Nothing for an object, or for a list with one in it.

    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value.strip()
        case int() | float():
            return str(int(value)) if float(value).is_integer() else str(value)
        case list():
            parts = [plain_value(item) if not isinstance(item, list) else None for item in value]
            return None if None in parts else "; ".join(part for part in parts if part)
        case _:
            return None


def _values(item: JSONObject, columns: Columns) -> Iterator[SourceValue]:
    for name, member in item.items():
        text = plain_value(member)
        if text is None:
            value = columns.value(name, "an object")
            yield replace(value, field=None, reason="expected a text, a number or a list of them, got an object")
        elif text:
            yield columns.value(name, text)


def _armed(cell: str) -> str:
    """Take off the apostrophe by which an exported text is kept from being computed."""
    bare = cell.removeprefix("'")
    return bare if defused(bare) == cell else cell


def _refuse_missing(file: str, columns: Columns, names: Collection[str]) -> None:
    if missing := columns.missing(names):
        raise FileError(
            f"expected the column {shown(missing[0])} of --columns, found {', '.join(shown(name) for name in names)}",
            place=file,
        )
