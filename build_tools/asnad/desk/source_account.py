"""An account of what a file says of one course: every value finds its place, or is left out with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from asnad.catalogue.text import Text
from asnad.desk.course_languages import read_language
from asnad.desk.course_source import CourseField, SourceCourse, SourceValue
from asnad.desk.course_texts import clean_text, one_line
from asnad.desk.drafted_course import LeftOut, Said, TakenValue
from asnad.desk.drafting_rules import READERS, DraftingRules
from asnad.desk.register_cells import CellError, read_yes_or_no

T = TypeVar("T")
UNSAID = "the file does not say"


@dataclass(slots=True)
class SourceAccount:
    """What was read of one course of a file, and what became of each of its values."""

    source: SourceCourse
    rules: DraftingRules
    taken: list[TakenValue] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def values(self, wanted: CourseField) -> Iterator[SourceValue]:
        """
        List what the file says under a field.

        Args:
            wanted: The field.

        """
        yield from (value for value in self.source.values if value.field is wanted)

    def take(self, value: SourceValue, as_field: str, text: str | None = None) -> None:
        """
        Note a value that found its place.

        Args:
            value: Of the file.

            as_field: Where it went.

            text: The part of it that was taken; all of it, unless given.

        """
        self.taken.append(TakenValue(field=as_field, name=value.name, text=text or value.text))

    def leave(self, value: SourceValue, reason: str, *, general: bool = False) -> None:
        """
        Note a value that did not fit.

        Args:
            value: Of the file.

            reason: Why.

            general: The reason lies in the column and not in this value.

        """
        self.left_out.append(LeftOut(name=value.name, text=value.text, reason=reason, general=general))

    def optional(self, wanted: CourseField, read: Callable[[str], T]) -> T | None:
        """
        Read the first value that can be read; what a person said for all stands behind those of the file.

        Args:
            wanted: The field.

            read: Its reader.

        """
        found: T | None = None
        for value in self.values(wanted):
            try:
                read_value = read(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            if found is None:
                found = read_value
                self.take(value, wanted)
            elif read_value != found:
                self.leave(value, f"the file says another {wanted} before")
        if found is None and wanted in self.rules.said:
            text = self.rules.said[wanted]
            found = read(text)
            self.taken.append(TakenValue(field=wanted, name=f"--set {wanted}", text=text))
        return found

    def one(self, wanted: CourseField, read: Callable[[str], T], least: T, why: str) -> Said[T]:
        """
        Read a field that every course has.

        Args:
            wanted: The field.

            read: Its reader.

            least: What is assumed where nobody says it.

            why: Why that is the least.

        """
        found = self.optional(wanted, read)
        return Said(least, f"{UNSAID}; {why}") if found is None else Said(found)

    def texts(self, wanted: CourseField, *, lines: bool = True) -> Text | None:
        """
        Read the texts of a field, one for each language.

        Args:
            wanted: The field.

            lines: A text may have more lines than one.

        """
        versions: dict[str, str] = {}
        for value in self.values(wanted):
            try:
                tag = read_language(value.language) if value.language else self.rules.language
                clean = clean_text(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            text = clean.text if lines else one_line(clean.text)
            if tag in versions:
                if text != versions[tag]:
                    self.leave(value, f"the file says another {wanted} before")
                continue
            versions[tag] = text
            self.take(value, wanted)
            for note in clean.notes:
                self.left_out.append(LeftOut(name=value.name, text=value.text, reason=note, general=False))
        return Text(tuple(versions.items())) if versions else None

    def flag(self, wanted: CourseField, otherwise: str) -> bool:
        """
        Tell whether the file says yes, in a column that asks.

        Args:
            wanted: The field.

            otherwise: What a no means.

        """
        for value in self.values(wanted):
            try:
                yes = read_yes_or_no(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            if yes:
                self.take(value, CourseField.MODE if wanted is CourseField.ONLINE else CourseField.PATTERN)
                return True
            self.leave(value, otherwise)
        return False

    def said(self, wanted: CourseField) -> str | None:
        """
        Give what a person has said for courses that do not say it, as the model writes it.

        Args:
            wanted: The field.

        """
        if wanted not in self.rules.said:
            return None
        text = self.rules.said[wanted]
        self.taken.append(TakenValue(field=wanted, name=f"--set {wanted}", text=text))
        return str(READERS[wanted](text))


def or_none(read: Callable[[str], T], text: str) -> T | None:
    """
    Read a text, or give nothing where it cannot be read.

    Args:
        read: A reader.

        text: Of the file.

    """
    try:
        return read(text)
    except CellError:
        return None
