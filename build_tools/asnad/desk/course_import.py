"""
Bring courses from elsewhere into a catalogue: all of them or none, and nothing that is there is changed.

What was made is read and checked with the whole catalogue before a byte of it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.reading import read_catalogue
from asnad.catalogue.text import Text
from asnad.desk.course_drafting import draft_course
from asnad.desk.course_names import TakenNames, distinct_titles, initials, slug, title_keys
from asnad.desk.course_source import CourseField, CourseSource, SourceCourse
from asnad.desk.course_yaml import course_yaml
from asnad.desk.drafted_course import DraftedCourse, LeftOut, Said, TakenValue
from asnad.desk.drafting_rules import DraftingRules
from asnad.desk.register_cells import CellError
from asnad.errors import CatalogueErrors

Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What becomes of a course of the file."""

    NEW = "new"
    THERE = "there already"
    REFUSED = "refused"


class IdsFrom(StrEnum):
    """Of what ids are made."""

    TITLE = "title"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """What a person must look at before the course is active."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCourse:
    """What became of one course of the file."""

    place: str
    title: str
    outcome: Outcome
    reason: str | None
    """Why it is not new."""
    path: str | None = None
    """Below ``catalogue/``."""
    content: bytes = b""
    code: str | None = None
    to_check: tuple[ToCheck, ...] = ()
    taken: tuple[TakenValue, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseImport:
    """What becomes of all courses of a file."""

    source: CourseSource
    courses: tuple[ImportedCourse, ...]

    def of(self, outcome: Outcome) -> tuple[ImportedCourse, ...]:
        """
        List the courses of which one thing becomes.

        Args:
            outcome: Which.

        """
        return tuple(course for course in self.courses if course.outcome is outcome)

    def files(self) -> dict[str, bytes]:
        """Give the new files, by path below ``catalogue/``."""
        return {course.path: course.content for course in self.of(Outcome.NEW) if course.path}


def plan_import(
    source: CourseSource,
    catalogue: Catalogue,
    files: Mapping[str, bytes],
    rules: DraftingRules,
    *,
    status: CourseStatus,
    ids_from: IdsFrom,
    progress: Progress,
    checking: Callable[[], None],
) -> CourseImport:
    """
    Make a course of ours of each course of a file.

    Args:
        source: The file.

        catalogue: As it is.

        files: Of the catalogue, by path below it.

        rules: What holds for all courses.

        status: Draft or active.

        ids_from: Of what ids are made.

        progress: Told how many courses are done, and of how many.

        checking: Told when the courses are done and the check of the whole catalogue begins.

    """
    planned = _Plan(source, catalogue, rules, status, ids_from).courses(progress)
    checking()
    return CourseImport(source=source, courses=_checked(planned, files))


class _Plan:
    """The courses of one file on their way into the catalogue."""

    def __init__(
        self,
        source: CourseSource,
        catalogue: Catalogue,
        rules: DraftingRules,
        status: CourseStatus,
        ids_from: IdsFrom,
    ) -> None:
        self._source = source
        self._catalogue = catalogue
        self._rules = rules
        self._status = status
        self._ids_from = ids_from
        self._places_of_ids = {str(course.id): course.place for course in catalogue.courses}
        self._places_of_codes = {course.code: course.place for course in catalogue.courses}
        # An id that an earlier version has, or a code of a variant, belongs to its course for ever.
        self._ids = TakenNames({*self._places_of_ids, *(str(course.id) for course in catalogue.versions)})
        variants = (str(variant.code) for course in catalogue.courses for variant in course.variants)
        earlier = (course.code for course in catalogue.versions)
        self._codes = TakenNames({*self._places_of_codes, *earlier, *variants})
        self._titles = {
            (course.department, key): course.place
            for course in catalogue.courses
            if course.status is not CourseStatus.RETIRED
            for key in title_keys([course.title])
        }

    def courses(self, progress: Progress) -> list[ImportedCourse]:
        results: list[ImportedCourse | None] = []
        drafted: list[DraftedCourse] = []
        seen: dict[object, str] = {}
        for number, course in enumerate(self._source.courses, start=1):
            known = tuple((value.name, value.text) for value in course.values)
            first = seen.setdefault(known, course.place)
            if first != course.place:
                results.append(_not_new(course, Outcome.THERE, f"the same as {first}"))
            else:
                found = self._draft(course)
                results.append(found if isinstance(found, ImportedCourse) else None)
                drafted += [found] if isinstance(found, DraftedCourse) else []
            progress(number, len(self._source.courses))
        made = (self._course(course, title) for course, title in zip(drafted, distinct_titles(drafted), strict=True))
        return [result or next(made) for result in results]

    def _draft(self, course: SourceCourse) -> DraftedCourse | ImportedCourse:
        try:
            drafted = draft_course(course, self._rules)
        except CellError as error:
            return _not_new(course, Outcome.REFUSED, f"{error.message}{f' ({error.hint})' if error.hint else ''}")
        place = self._there(drafted)
        return _not_new(course, Outcome.THERE, f"{place} is this course") if place else drafted

    def _there(self, course: DraftedCourse) -> str | None:
        """Name the file of the course, where it was imported or written before."""
        if course.id_wish in self._places_of_ids:
            return self._places_of_ids[course.id_wish]
        if course.code_wish in self._places_of_codes:
            return self._places_of_codes[course.code_wish]
        for key in title_keys([course.title.value]):
            if place := self._titles.get((course.department.value, key)):
                return place
        return None

    def _course(self, course: DraftedCourse, title: Said[Text]) -> ImportedCourse:
        code = self._code(course)
        course_id = self._id(course, title.value, code.value)
        first = self._rules.centre.languages[0]
        content = course_yaml(
            course,
            course_id=course_id,
            code=code,
            title=title,
            status=self._status,
            origin=f"{self._source.file}, {course.place}",
            first=first,
        )
        to_check = tuple(_to_check(course, title, code))
        refused = self._status is not CourseStatus.DRAFT and bool(to_check)
        reason = f"{len(to_check)} things to check: {', '.join(check.field for check in to_check)}" if refused else None
        return ImportedCourse(
            place=course.place,
            title=title.value.versions[0][1],
            outcome=Outcome.REFUSED if refused else Outcome.NEW,
            reason=f"{reason}; say them with --set, or import drafts" if reason else None,
            path=f"courses/{course_id}.yml",
            content=content,
            code=code.value,
            to_check=to_check,
            taken=course.taken,
            left_out=course.left_out,
        )

    def _code(self, course: DraftedCourse) -> Said[str]:
        if course.code_wish is not None:
            free = self._codes.take(course.code_wish)
            again = f"{course.code_wish} stands more than once in the file"
            return Said(free, None if free == course.code_wish else again)
        made = next((found for _, text in course.title.value.versions if (found := initials(text))), "C")
        free = self._codes.take(made if len(made) > 1 else "C-1")
        return Said(free, "made from the title; every serial number begins with it")

    def _id(self, course: DraftedCourse, title: Text, code: str) -> str:
        if course.id_wish:
            return self._ids.take(course.id_wish)
        of_title = next((found for _, text in title.versions if (found := slug(text))), None)
        of_code = f"course-{code.lower()}" if code.isdigit() else code.lower()
        made = of_code if self._ids_from is IdsFrom.CODE or of_title is None else of_title
        return self._ids.take(made)


def _not_new(course: SourceCourse, outcome: Outcome, reason: str) -> ImportedCourse:
    title = course.first(CourseField.TITLE) or "without a title"
    return ImportedCourse(place=course.place, title=title, outcome=outcome, reason=reason)


def _to_check(course: DraftedCourse, title: Said[Text], code: Said[str]) -> list[ToCheck]:
    said: tuple[tuple[str, Said[object]], ...] = (
        ("title", Said(title.value.versions[0][1], title.check)),
        ("code", Said(code.value, code.check)),
        ("summary", Said(course.summary.value.versions[0][1], course.summary.check)),
        ("award.kind", Said(course.kind.value, course.kind.check)),
        ("delivery.mode", Said(course.mode.value, course.mode.check)),
        ("delivery.pattern", Said(course.pattern.value, course.pattern.check)),
        ("delivery.languages", Said(", ".join(course.languages.value), course.languages.check)),
        ("duration", Said(f"{course.duration.value.value} {course.duration.value.unit}", course.duration.check)),
        ("workload", Said(f"{course.workload.value.total()} hours", course.workload.check)),
        (
            "completion_rule",
            Said(f"{course.completion_rule.value.min_attendance_percent} %", course.completion_rule.check),
        ),
        ("fee", Said(course.fee.value.amount, course.fee.check) if course.fee else Said("")),
    )
    found = [ToCheck(field="provider", value=course.provider or "", reason=warning) for warning in course.warnings]
    return found + [
        ToCheck(field=name, value=str(value.value), reason=value.check) for name, value in said if value.check
    ]


def _checked(courses: Collection[ImportedCourse], files: Mapping[str, bytes]) -> tuple[ImportedCourse, ...]:
    """Refuse what the catalogue would not hold; what is left is sound together with all that is there."""
    while True:
        new = {course.path: course.content for course in courses if course.outcome is Outcome.NEW and course.path}
        try:
            read_catalogue({**files, **new})
        except CatalogueErrors as problem:
            reasons: dict[str, list[str]] = {}
            for error in problem.errors:
                place, _, field = (error.place or "").partition(":")
                reasons.setdefault(place, []).append(f"{field.partition(': ')[2]}: {error.message}".removeprefix(": "))
            if not any(path in reasons for path in new):
                # Nothing of the import is to blame: the catalogue itself must be mended first.
                raise
            courses = [
                replace(course, outcome=Outcome.REFUSED, reason="; ".join(reasons[course.path]))
                if course.outcome is Outcome.NEW and course.path in reasons
                else course
                for course in courses
            ]
        else:
            return tuple(courses)
