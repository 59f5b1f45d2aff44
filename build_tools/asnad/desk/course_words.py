"""
Words for courses as files from elsewhere write them: modes, kinds, audiences, fields of education.

Each reader takes one text that is not empty, and raises ``CellError`` where it is not what it should be.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from asnad.catalogue.course import Kind
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import FIELD_OF_EDUCATION
from asnad.catalogue.reading_course import EDUCATION
from asnad.desk.headings import plain
from asnad.desk.register_cells import CellError

_MODES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("onsite", "inperson", "facetoface", "classroom", "presential", "offline"), "onsite")
    | dict.fromkeys(("offlineeventattendancemode", "oncampus"), "onsite")
    | dict.fromkeys(("online", "onlineeventattendancemode", "distance", "distancelearning", "elearning"), "online")
    | dict.fromkeys(("virtual", "remote"), "online")
    | dict.fromkeys(("blended", "hybrid", "mixed", "mixedeventattendancemode"), "blended")
    | dict.fromkeys(("workbased", "onthejob"), "work-based")
)
_PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "fulltime": "full-time",
        "parttime": "part-time",
        "evening": "evening",
        "evenings": "evening",
        "weekend": "weekend",
        "weekends": "weekend",
        "selfpaced": "self-paced",
        "asynchronous": "self-paced",
    }
)
_KINDS: Mapping[str, Kind] = MappingProxyType(
    dict.fromkeys(("attendance", "certificate of attendance", "certificate of participation"), Kind.ATTENDANCE)
    | dict.fromkeys(("completion", "certificate of completion"), Kind.COMPLETION)
)
_GENDERS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("any", "all", "both", "women and men", "unisex"), "any")
    | dict.fromkeys(("women", "woman", "female", "ladies", "خواتین"), "women")
    | dict.fromkeys(("men", "man", "male", "gents", "مرد"), "men")
)


def read_mode(text: str) -> str:
    """
    Read how a course is taught.

    Args:
        text: One word for it.

    Raises:
        CellError: It is not known.

    """
    return _known(text, _MODES, "onsite, online, blended or work-based")


def read_pattern(text: str) -> str:
    """
    Read when a course is taught.

    Args:
        text: One word for it.

    Raises:
        CellError: It is not known.

    """
    return _known(text, _PATTERNS, "full-time, part-time, evening, weekend or self-paced")


def read_kind(text: str) -> Kind:
    """
    Read what paper a course gives; more than completion is never believed.

    Args:
        text: In words.

    Raises:
        CellError: It says neither attendance nor completion.

    """
    kind = _KINDS.get(plain(text))
    if kind is None:
        raise CellError(
            f"expected attendance or completion, got {shown(text)}; a file cannot prove more",
            "make it more by hand, with all that belongs to it",
        )
    return kind


def read_gender(text: str) -> str:
    """
    Read for whom a course is.

    Args:
        text: In one word.

    Raises:
        CellError: It is not known.

    """
    gender = _GENDERS.get(plain(text))
    if gender is None:
        raise CellError(f"expected any, women or men, got {shown(text)}")
    return gender


def read_education(text: str) -> str:
    """
    Read the least education.

    Args:
        text: One of the words of the model.

    Raises:
        CellError: It is another.

    """
    word = EDUCATION.parse(text.strip().casefold())
    if word is None:
        raise CellError(f"expected {EDUCATION.expected}, got {shown(text)}")
    return word


def read_isced(text: str) -> str:
    """
    Read a field of education.

    Args:
        text: 2 to 6 digits.

    Raises:
        CellError: It is none.

    """
    digits = FIELD_OF_EDUCATION.parse(text.strip())
    if digits is None:
        raise CellError(f"expected {FIELD_OF_EDUCATION.expected}, got {shown(text)}")
    return digits


def _known(text: str, words: Mapping[str, str], expected: str) -> str:
    found = words.get(plain(text.rsplit("/", 1)[-1]).replace(" ", ""))
    if found is None:
        raise CellError(f"expected {expected}, got {shown(text)}")
    return found
