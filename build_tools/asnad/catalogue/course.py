"""A course: what is learnt, how it is proved, and what paper it gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from asnad.catalogue.centre import Contact, DepartmentId
from asnad.catalogue.module import Module, ModuleGroup, Workload
from asnad.catalogue.recognition import Approval, Exemption, Recognition
from asnad.catalogue.text import Text

CourseId = NewType("CourseId", str)
QualityId = NewType("QualityId", str)
PathwayId = NewType("PathwayId", str)


class Kind(StrEnum):
    """What a certificate of this course is; never more than was assessed."""

    ATTENDANCE = "attendance"
    COMPLETION = "completion"
    MICROCREDENTIAL = "microcredential"
    DIPLOMA = "diploma"
    RECOGNITION = "recognition"


class CourseStatus(StrEnum):
    """Where a course stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The paper that a course gives."""

    kind: Kind
    title: Text
    statement: Text | None
    """What it is and what it is not; required unless it is a micro-credential."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who may join."""

    gender: str
    """``any``, ``women`` or ``men``."""
    groups: tuple[str, ...]
    season: str
    """``any``, ``winter`` or ``summer``; a run says its own."""
    nomination_only: bool
    min_age: int | None
    max_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The same course for one of several audiences, such as women or men; its runs name it."""

    id: str
    title: Text | None
    """Such as “for women”; what the audience says where it is missing."""
    code: str | None
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How it is taught."""

    mode: str
    """``onsite``, ``online``, ``blended`` or ``work-based``."""
    pattern: str
    """``full-time``, ``part-time``, ``evening``, ``weekend`` or ``self-paced``."""
    residential: bool
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Length by the calendar."""

    value: int
    unit: str
    """``days``, ``weeks`` or ``months``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Credit points and the scheme they count in."""

    scheme: str
    value: Decimal
    hours_per_credit: int
    basis: str
    """``accredited`` or ``self-declared``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level in a framework of qualifications."""

    framework: str
    level: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningOutcome:
    """What a learner can do afterwards."""

    id: str
    text: Text
    skill_uri: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One way in which outcomes are proved."""

    id: str
    type: str
    """``written-test``, ``practical-task``, ``portfolio``, ``oral``, ``project`` or ``rpl``."""
    weight: int
    """Per cent of the whole; all weights of a course add up to 100."""
    pass_mark: int
    supervised: bool
    identity_checked: bool
    proves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a learner must bring."""

    minimum_education: str
    prior_learning: Text | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRule:
    """When the paper is earned."""

    min_attendance_percent: int
    assessment_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What it costs, and who pays."""

    amount: int
    currency: str | None
    """ISO 4217; required where the amount is not zero."""
    includes: tuple[str, ...]
    paid_by: str
    sponsor: Text | None
    concessions: Text | None = None
    """Who pays less, and how much less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One version of a course, as ``catalogue/courses/<id>.yml`` says."""

    id: CourseId
    code: str
    version: int
    title: Text
    department: DepartmentId
    status: CourseStatus
    summary: Text
    description: Text | None
    award: Award
    audience: Audience
    delivery: Delivery
    duration: Duration
    workload: Workload
    modules: tuple[Module, ...]
    module_groups: tuple[ModuleGroup, ...]
    credits: tuple[Credit, ...]
    levels: tuple[Level, ...]
    isced_f: str | None
    learning_outcomes: tuple[LearningOutcome, ...]
    entry: Entry
    assessments: tuple[Assessment, ...]
    grading_scheme: str | None
    grade_printed: bool
    quality: QualityId | None
    stacks_into: tuple[PathwayId, ...]
    validity_months: int | None
    renewal: Text | None
    completion_rule: CompletionRule
    fee: Fee | None
    contact: Contact | None
    approval: Approval | None
    recognised_by: tuple[Recognition, ...]
    place: str
    """File it was read from, for messages."""
    variants: tuple[Variant, ...] = ()
    formality: str | None = None
    """``formal`` or ``non-formal``."""
    sector: Text | None = None
    occupations: tuple[Text, ...] = ()
    tags: tuple[str, ...] = ()
    mandatory_for: Text | None = None
    """Whose duty it is to take it, and for what."""
    exemptions: tuple[Exemption, ...] = ()

    def variant(self, variant_id: str) -> Variant | None:
        """
        Find a variant by id, or nothing.

        Args:
            variant_id: As a run names it.

        """
        return next((variant for variant in self.variants if variant.id == variant_id), None)
