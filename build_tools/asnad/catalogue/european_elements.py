"""
The eleven elements that describe every micro-credential, and where each of them comes from.

Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02), Annex I,
"Mandatory elements".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from asnad.catalogue.course import Course


class Origin(StrEnum):
    """Who says it."""

    COURSE = "course"
    CENTRE = "centre"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One mandatory element."""

    number: int
    """In the order of the Annex, from 1."""
    id: str
    name: str
    """Completes "expected …"."""
    origin: Origin
    field: str
    """Of the course or of ``centre.yml``; of the register or the run, where it comes with signing."""
    is_given: Callable[[Course], bool]
    """Tells whether a course says it; what the centre and the signing say is always there."""


def _always(_course: Course) -> bool:
    return True


ELEMENTS = (
    Element(
        number=1,
        id="learner",
        name="who the learner is",
        origin=Origin.SIGNING,
        field="name",
        is_given=_always,
    ),
    Element(
        number=2,
        id="title",
        name="the title",
        origin=Origin.COURSE,
        field="title",
        is_given=lambda course: bool(course.title.versions),
    ),
    Element(
        number=3,
        id="country",
        name="country or region of the issuer",
        origin=Origin.CENTRE,
        field="country",
        is_given=_always,
    ),
    Element(
        number=4,
        id="awarding-body",
        name="the awarding body",
        origin=Origin.CENTRE,
        field="names",
        is_given=_always,
    ),
    Element(
        number=5,
        id="issue-date",
        name="the date of issuing",
        origin=Origin.SIGNING,
        field="awarded",
        is_given=_always,
    ),
    Element(
        number=6,
        id="outcomes",
        name="learning outcomes",
        origin=Origin.COURSE,
        field="learning_outcomes",
        is_given=lambda course: bool(course.learning_outcomes),
    ),
    Element(
        number=7,
        id="workload",
        name="a workload in hours",
        origin=Origin.COURSE,
        field="workload",
        is_given=lambda course: course.workload.total() > 0,
    ),
    Element(
        number=8,
        id="level",
        name="a level",
        origin=Origin.COURSE,
        field="levels",
        is_given=lambda course: bool(course.levels),
    ),
    Element(
        number=9,
        id="assessment",
        name="the type of assessment",
        origin=Origin.COURSE,
        field="assessment",
        is_given=lambda course: bool(course.assessments),
    ),
    Element(
        number=10,
        id="participation",
        name="the form of participation",
        origin=Origin.COURSE,
        field="delivery",
        is_given=lambda course: bool(course.delivery.mode),
    ),
    Element(
        number=11,
        id="quality",
        name="the type of quality assurance",
        origin=Origin.COURSE,
        field="quality",
        is_given=lambda course: course.quality is not None,
    ),
)
"""In the order of the Annex."""


def missing_elements(course: Course) -> tuple[Element, ...]:
    """
    Name the elements that a course does not say yet; a micro-credential with any of them missing is none.

    Args:
        course: Of whatever kind.

    """
    return tuple(element for element in ELEMENTS if not element.is_given(course))
