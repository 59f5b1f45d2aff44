"""What holds for all courses of a file that is imported, and what a person may say for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from asnad.catalogue.centre import Centre, DepartmentId
from asnad.desk import course_quantities, course_words
from asnad.desk.course_languages import read_language
from asnad.desk.course_source import CourseField
from asnad.messages import Messages

READERS: Mapping[CourseField, Callable[[str], object]] = MappingProxyType(
    {
        CourseField.KIND: course_words.read_kind,
        CourseField.GENDER: course_words.read_gender,
        CourseField.MIN_AGE: course_quantities.read_age,
        CourseField.EDUCATION: course_words.read_education,
        CourseField.MODE: course_words.read_mode,
        CourseField.PATTERN: course_words.read_pattern,
        CourseField.DURATION: course_quantities.read_duration,
        CourseField.HOURS: course_quantities.read_hours,
        CourseField.ISCED_F: course_words.read_isced,
        CourseField.FEE: course_quantities.read_price,
        CourseField.CURRENCY: course_quantities.read_currency,
        CourseField.ATTENDANCE: course_quantities.read_attendance,
        CourseField.LANGUAGES: lambda text: [read_language(each) for each in text.split()],
    }
)
"""The fields that a person may say with ``--set`` for all courses that do not say it themselves, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingRules:
    """What holds for all courses of a file."""

    centre: Centre
    department: DepartmentId | None
    """Of the courses that name none of the centre's."""
    language: str
    """Of texts whose language the file does not say."""
    said: Mapping[CourseField, str]
    """What a person has said for courses that do not say it themselves; every text can be read."""
    papers: Mapping[str, Messages]
    """What certificates say of themselves, by language of the centre."""
