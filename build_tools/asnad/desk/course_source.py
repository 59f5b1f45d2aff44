"""What a file from elsewhere says of courses, value by value, before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CourseField(StrEnum):
    """What a value of such a file can be to us; people write these words with ``--columns`` and ``--set``."""

    ID = "id"
    CODE = "code"
    TITLE = "title"
    DEPARTMENT = "department"
    SUMMARY = "summary"
    DESCRIPTION = "description"
    KIND = "kind"
    AWARD = "award"
    STATEMENT = "statement"
    GENDER = "gender"
    MIN_AGE = "min-age"
    EDUCATION = "education"
    PRIOR_LEARNING = "prior-learning"
    MODE = "mode"
    ONLINE = "online"
    PATTERN = "pattern"
    EVENING = "evening"
    LANGUAGES = "languages"
    DURATION = "duration"
    HOURS = "hours"
    CONTACT_HOURS = "contact-hours"
    SELF_STUDY_HOURS = "self-study-hours"
    ASSESSMENT_HOURS = "assessment-hours"
    ISCED_F = "isced-f"
    TAGS = "tags"
    FEE = "fee"
    CURRENCY = "currency"
    ATTENDANCE = "attendance"
    PHONE = "phone"
    EMAIL = "email"
    PROVIDER = "provider"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceValue:
    """One value of a file."""

    name: str
    """Column or member, as the file has it."""
    text: str
    field: CourseField | None = None
    """Nothing where it has no place in a course of ours."""
    language: str | None = None
    """Tag, where the file says in which language the text is."""
    reason: str | None = None
    """Why it has no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceModule:
    """A part of a course, as a file names it."""

    title: str
    hours: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What is learnt, as a file says it."""

    text: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCourse:
    """All that a file says of one course."""

    place: str
    """Such as ``row 3`` or ``course 3``."""
    values: tuple[SourceValue, ...]
    modules: tuple[SourceModule, ...] = ()
    outcomes: tuple[SourceOutcome, ...] = ()

    def first(self, field: CourseField) -> str | None:
        """
        Give the first text of a field, or nothing.

        Args:
            field: Any.

        """
        return next((value.text for value in self.values if value.field is field), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSource:
    """A whole file."""

    file: str
    form: str
    """What it was read as, for people."""
    courses: tuple[SourceCourse, ...]
    notes: tuple[str, ...] = ()
    """What holds for the file and not for one course of it."""
