"""The courses as a table for people who work with a spreadsheet (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre, Contact, Department
from asnad.catalogue.course import Course
from asnad.catalogue.run import Run, RunState
from asnad.catalogue.text import Text
from asnad.site.canonical_address import canonical_address
from asnad.site.course_page import listed_courses

# What makes spreadsheets read a cell as a formula; East Asian editions know the full-width signs too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def catalogue_csv(catalogue: Catalogue, language: str) -> bytes:
    """
    Write one line a course as UTF-8 with a byte order mark, by which spreadsheets know it.

    Args:
        catalogue: The catalogue; drafts are left out.

        language: Language of the texts, where they exist in it; the headings are English in every language.

    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for listed in listed_courses(catalogue, ()):
        line = _CourseLine(
            course=listed.course,
            department=listed.department,
            runs=catalogue.runs_of(listed.course.id),
            centre=catalogue.centre,
            language=language,
        )
        writer.writerow([defused(column(line)) for column in _COLUMNS.values()])
    return table.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """
    Put an apostrophe before a text that a spreadsheet would compute.

    Args:
        cell: Any text.

    """
    # Some spreadsheets take off white space before they look at the first sign.
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA_SIGNS) else cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _CourseLine:
    """One course as the columns ask for it."""

    course: Course
    department: Department
    runs: tuple[Run, ...]
    centre: Centre
    language: str

    @property
    def contact(self) -> Contact:
        return self.course.contact or self.department.contact or self.centre.contact

    @property
    def periods(self) -> tuple[str, ...]:
        """First and last day of each run that was not cancelled, as ISO 8601 writes an interval, newest first."""
        return tuple(f"{run.start}/{run.end}" for run in self.runs if run.state is not RunState.CANCELLED)

    def say(self, text: Text) -> str:
        return text.shown_in(self.language)[0]


def _shown(value: str | int | None) -> str:
    return "" if value is None else str(value)


_COLUMNS: dict[str, Callable[[_CourseLine], str]] = {
    "id": lambda line: line.course.id,
    "code": lambda line: line.course.code,
    "version": lambda line: _shown(line.course.version),
    "title": lambda line: line.say(line.course.title),
    "summary": lambda line: line.say(line.course.summary),
    "department": lambda line: line.say(line.department.name),
    "status": lambda line: line.course.status.value,
    "kind": lambda line: line.course.award.kind.value,
    "award": lambda line: line.say(line.course.award.title),
    "gender": lambda line: line.course.audience.gender,
    "minimum age": lambda line: _shown(line.course.audience.min_age),
    "minimum education": lambda line: line.course.entry.minimum_education,
    "mode": lambda line: line.course.delivery.mode,
    "pattern": lambda line: line.course.delivery.pattern,
    "languages": lambda line: " ".join(line.course.delivery.languages),
    "duration": lambda line: f"{line.course.duration.value} {line.course.duration.unit}",
    "contact hours": lambda line: _shown(line.course.workload.contact_hours),
    "self-study hours": lambda line: _shown(line.course.workload.self_study_hours),
    "assessment hours": lambda line: _shown(line.course.workload.assessment_hours),
    "total hours": lambda line: _shown(line.course.workload.total()),
    "credits": lambda line: "; ".join(f"{credit.value} {credit.scheme}" for credit in line.course.credits),
    "levels": lambda line: "; ".join(f"{level.framework} {level.level}" for level in line.course.levels),
    "ISCED-F": lambda line: _shown(line.course.isced_f),
    "fee": lambda line: _shown(line.course.fee.amount if line.course.fee else None),
    "currency": lambda line: _shown(line.course.fee.currency if line.course.fee else None),
    "runs": lambda line: "; ".join(line.periods),
    "phone": lambda line: _shown(line.contact.phone),
    "e-mail": lambda line: _shown(line.contact.email),
    "address": lambda line: canonical_address(line.centre, f"courses/{line.course.id}/", line.language),
    # What has come since the first edition stands at the end, for those who count columns.
    "maximum age": lambda line: _shown(line.course.audience.max_age),
    "variants": lambda line: "; ".join(variant.id for variant in line.course.variants),
    "sector": lambda line: line.say(line.course.sector) if line.course.sector else "",
    "formality": lambda line: _shown(line.course.formality),
}
