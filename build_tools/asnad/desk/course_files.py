"""Files of courses as they arrive: a spreadsheet, JSON or a saved web page, in the encodings that occur."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Mapping
from typing import Final

from asnad.desk.course_rows import Columns, courses_of_objects, courses_of_sheet
from asnad.desk.course_source import CourseField, CourseSource
from asnad.desk.described_courses import described_courses, notes_about
from asnad.desk.described_nodes import Things, is_described
from asnad.desk.saved_page import data_blocks
from asnad.desk.spreadsheet import MAX_BYTES, SheetLimits, read_spreadsheet
from asnad.errors import FileError, UnreadableError
from asnad.proofs.strict_json import JSONValue, parse_json

MAX_COURSE_FILE: Final = 20_000_000
LIMITS: Final = SheetLimits(columns=200, cell=20_000)

_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_course_file(
    file: str, content: bytes, chosen: Mapping[CourseField, str], languages: Collection[str]
) -> CourseSource:
    """
    Read the courses of a file, told apart by its first characters.

    Args:
        file: Name, for messages.

        content: Bytes as received.

        chosen: Name of the column or member for a field, as a person has said.

        languages: Of the centre; their tags may stand at the end of a column's name.

    Raises:
        FileError: It is too large, of no known kind, or holds no course.

    """
    if len(content) > MAX_COURSE_FILE:
        raise FileError(f"expected at most {MAX_COURSE_FILE:,} bytes, got {len(content):,}", place=file)
    columns = Columns(chosen, languages)
    if content.startswith(_ARCHIVES):
        sheet = read_spreadsheet(file, content, LIMITS)
        found = CourseSource(file=file, form="Excel workbook", courses=courses_of_sheet(sheet, columns))
    else:
        text, encoding = _decoded(file, content)
        beginning = text.lstrip()[:1]
        if beginning == "<":
            found = _page(file, text, encoding)
        elif beginning in {"{", "["}:
            found = _json(file, text, encoding, columns)
        else:
            found = _csv(file, text, encoding, columns)
    if not found.courses:
        raise FileError(
            "expected courses, found none" + "".join(f"; {note}" for note in found.notes),
            place=file,
            hint="it may be CSV, XLSX, an array of JSON objects, or schema.org JSON-LD, alone or in a saved page",
        )
    return found


def _decoded(file: str, content: bytes) -> tuple[str, str]:
    """Give the text and the name of its encoding; what is not valid UTF-8 or UTF-16 is Windows-1252."""
    encoding, name = "utf-8-sig", "UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, name = "utf-16", "UTF-16"
    elif content[1:2] == b"\0" and content[:1] != b"\0":
        encoding, name = "utf-16-le", "UTF-16"
    elif content[:1] == b"\0" and content[1:2] != b"\0":
        encoding, name = "utf-16-be", "UTF-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text, name = content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise FileError(
                f"expected a text in UTF-8, UTF-16 or Windows-1252, got the byte {content[error.start]:#04x}",
                place=f"{file}:{line}",
                hint="save it with the encoding UTF-8",
            ) from None
    return text, name


def _csv(file: str, text: str, encoding: str, columns: Columns) -> CourseSource:
    if len(text) > MAX_BYTES:
        raise FileError(f"expected a table of at most {MAX_BYTES:,} bytes, got more", place=file)
    sheet = read_spreadsheet(file, text.encode("utf-8"), LIMITS)
    return CourseSource(file=file, form=f"CSV, {encoding}", courses=courses_of_sheet(sheet, columns))


def _json(file: str, text: str, encoding: str, columns: Columns) -> CourseSource:
    document = _parsed(file, text)
    if is_described(document):
        return _described(file, f"schema.org JSON-LD, {encoding}", (document,))
    objects = document
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        objects = lists[0] if len(lists) == 1 else None
    if not isinstance(objects, list):
        raise FileError(
            "expected an array of objects, or schema.org JSON-LD, got another document",
            place=file,
            hint="take out the array that lists the courses, and save it as a file of its own",
        )
    return CourseSource(
        file=file, form=f"array of JSON objects, {encoding}", courses=courses_of_objects(file, objects, columns)
    )


def _page(file: str, text: str, encoding: str) -> CourseSource:
    if len(text) > MAX_BYTES:
        raise FileError(f"expected a page of at most {MAX_BYTES:,} bytes, got more", place=file)
    documents: list[JSONValue] = []
    notes = []
    for number, block in enumerate(data_blocks(text), start=1):
        try:
            documents.append(_parsed(f"{file}: block {number}", block))
        except FileError as error:
            notes.append(f"block {number} of JSON-LD was left out: {error.message}")
    if not documents:
        notes.append("the page has no schema.org JSON-LD")
    return _described(file, f"web page, {encoding}", documents, notes)


def _described(file: str, form: str, documents: Collection[JSONValue], notes: Collection[str] = ()) -> CourseSource:
    things = Things(documents)
    return CourseSource(file=file, form=form, courses=described_courses(things), notes=(*notes, *notes_about(things)))


def _parsed(file: str, text: str) -> JSONValue:
    try:
        return parse_json(text.encode("utf-8"), limit=MAX_COURSE_FILE)
    except UnicodeEncodeError:
        raise FileError("expected whole characters, got a lone surrogate", place=file) from None
    except UnreadableError as error:
        raise FileError(error.message, place=file, hint="save the file anew, or mend that line") from None
