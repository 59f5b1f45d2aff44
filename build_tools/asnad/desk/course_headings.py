"""The columns and members under which files from elsewhere say what a course is, and why some find no place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from asnad.desk.course_source import CourseField
from asnad.desk.headings import plain

NO_PLACE = "not part of the model"
OTHER_CODE = "a code of another classification; the model has isced_f"
VENUE = "a fact of a place; write it under venues in centre.yml"
RUN = "a run needs a venue and signatories, which the file cannot name; write it in runs/"
CREDIT = "credits need the hours of a credit and who stands for them; write credits by hand"
LEVEL = "a level needs a framework and who stands for it; write levels by hand"
SERVICE = "a service of the provider, which the model does not have"

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_NAMES: Mapping[CourseField, tuple[str, ...]] = MappingProxyType(
    {
        CourseField.ID: ("id", "slug"),
        CourseField.CODE: ("code", "course code", "identifier", "course id", "course no", "course number", "کورس کوڈ"),
        CourseField.TITLE: (
            *("title", "name", "course title", "course name", "name of course", "course", "programme", "program"),
            *("programme name", "program name", "programme title", "program title", "عنوان", "کورس", "کورس کا نام"),
        ),
        CourseField.DEPARTMENT: ("department", "faculty", "شعبہ"),
        CourseField.SUMMARY: ("summary", "short description", "abstract", "synopsis", "overview", "خلاصہ"),
        CourseField.DESCRIPTION: ("description", "course description", "about", "content", "contents", "تفصیل"),
        CourseField.KIND: ("kind", "kind of certificate", "type of certificate"),
        CourseField.AWARD: ("award", "certificate", "certificate title", "credential", "سند"),
        CourseField.STATEMENT: ("statement", "award statement"),
        CourseField.GENDER: ("gender", "for women or men"),
        CourseField.MIN_AGE: ("minimum age", "min age"),
        CourseField.EDUCATION: ("minimum education", "min education"),
        CourseField.PRIOR_LEARNING: (
            *("prior learning", "prerequisite", "prerequisites", "course prerequisites", "entry requirements"),
            *("requirements", "eligibility", "اہلیت"),
        ),
        CourseField.MODE: ("mode", "course mode", "delivery mode", "mode of delivery", "delivery"),
        CourseField.ONLINE: ("online", "is online"),
        CourseField.PATTERN: ("pattern", "study pattern", "study mode"),
        CourseField.EVENING: ("evening", "is evening"),
        CourseField.LANGUAGES: ("languages", "language", "language of instruction", "medium of instruction", "زبان"),
        CourseField.DURATION: ("duration", "length", "course duration", "مدت", "دورانیہ"),
        CourseField.HOURS: (
            *("hours", "total hours", "total clock hours", "clock hours", "notional hours", "workload"),
            *("course workload", "study load", "time required", "گھنٹے"),
        ),
        CourseField.CONTACT_HOURS: ("contact hours", "taught hours"),
        CourseField.SELF_STUDY_HOURS: ("self study hours",),
        CourseField.ASSESSMENT_HOURS: ("assessment hours",),
        CourseField.ISCED_F: ("isced f", "isced", "isced f code"),
        CourseField.TAGS: ("tags", "keywords", "keyword"),
        CourseField.FEE: ("fee", "fees", "course fee", "price", "cost", "total cost", "فیس"),
        CourseField.CURRENCY: ("currency", "price currency"),
        CourseField.ATTENDANCE: ("minimum attendance", "minimum attendance percent", "min attendance percent"),
        CourseField.PHONE: ("phone", "telephone", "فون"),
        CourseField.EMAIL: ("e mail", "email", "ای میل"),
        CourseField.PROVIDER: ("provider", "provider name", "organisation", "organization", "institution", "school"),
        CourseField.PLACE: ("city", "town", "place", "location", "شہر"),
    }
)

_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "a code whose meaning the file does not tell; say --set duration=…": ("calendar length",),
        "a figure about past learners; statistics come from what was issued": (
            *("percent employed", "employment rate", "completion rate", "average wage"),
        ),
        "says that there are evening courses, not when this one is held": ("has evening courses", "evening courses"),
        OTHER_CODE: ("cip code", "soc codes", "soc code", "occupational category"),
        VENUE: (
            *("is wheelchair accessible", "wheelchair accessible", "wheelchair", "accessible", "zip code", "postcode"),
            *("county", "district", "street", "venue", "hostel"),
        ),
        SERVICE: ("has job placement assistance", "has childcare assistance", "childcare", "job placement"),
        RUN: ("runs", "start", "end", "start date", "end date", "dates", "batch"),
        CREDIT: ("credits", "number of credits", "ects"),
        LEVEL: ("levels", "level", "educational level", "eqf", "eqf level"),
        "an imported course begins with version 1": ("version",),
        "what a course is imported as is said with --as": ("status",),
        "the site gives the course an address of its own": ("url", "address", "link", "web address"),
        "a search engine's excerpt; say --columns summary=… if it will do": ("highlight",),
    }
)

_FIELD_OF: Mapping[str, CourseField] = MappingProxyType(
    {plain(name): field for field, names in _NAMES.items() for name in (*names, field.value)}
)
_REASON_OF: Mapping[str, str] = MappingProxyType({name: reason for reason, names in _REASONS.items() for name in names})
_TEXTS = frozenset(
    {
        CourseField.TITLE,
        CourseField.SUMMARY,
        CourseField.DESCRIPTION,
        CourseField.AWARD,
        CourseField.STATEMENT,
        CourseField.PRIOR_LEARNING,
    }
)


def field_of(name: str, languages: Collection[str]) -> tuple[CourseField | None, str | None]:
    """
    Find what a column or member means.

    Args:
        name: As the file has it, such as ``Course title``, ``title (ur)`` or ``totalClockHours``.

        languages: Tags that may stand at the end of the name of a text.

    Returns:
        The field, and the tag of the language where the name ends in one.

    """
    words = _words(name)
    if field := _FIELD_OF.get(words):
        return field, None
    stem, _, last = words.rpartition(" ")
    field = _FIELD_OF.get(stem)
    if field in _TEXTS and last in languages:
        return field, last
    return None, None


def reason_for(name: str) -> str:
    """
    Say why a column or member has no place in a course.

    Args:
        name: As the file has it.

    """
    return _REASON_OF.get(_words(name), NO_PLACE)


def _words(name: str) -> str:
    return plain(_CAMEL.sub(" ", name))
