"""A course of ours, made from what a file from elsewhere says, with what a person must look at before it is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from asnad.catalogue.centre import Contact, DepartmentId
from asnad.catalogue.course import CompletionRule, Duration, Fee, Kind, LearningOutcome
from asnad.catalogue.module import Module, Workload
from asnad.catalogue.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value, and why a person must check it; nothing where the file or a person has said it."""

    value: T
    check: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenValue:
    """What became of a value that found its place."""

    field: str
    name: str
    """Column or member, or the option of the command."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What did not fit, and why."""

    name: str
    text: str
    reason: str
    general: bool
    """The reason lies in the column and not in this value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedCourse:
    """A course before it has got its id and code."""

    place: str
    """In the file."""
    title: Said[Text]
    id_wish: str | None
    code_wish: str | None
    """As ours are written; others may have it."""
    department: Said[DepartmentId]
    summary: Said[Text]
    description: Text | None
    kind: Said[Kind]
    award_title: Text
    statement: Text
    gender: str
    min_age: int | None
    mode: Said[str]
    pattern: Said[str]
    languages: Said[tuple[str, ...]]
    duration: Said[Duration]
    workload: Said[Workload]
    modules: tuple[Module, ...]
    isced_f: str | None
    tags: tuple[str, ...]
    outcomes: tuple[LearningOutcome, ...]
    education: str | None
    prior_learning: Text | None
    completion_rule: Said[CompletionRule]
    fee: Said[Fee] | None
    contact: Contact | None
    warnings: tuple[str, ...]
    """What is to check of the course as a whole."""
    provider: str | None
    town: str | None
    taken: tuple[TakenValue, ...]
    left_out: tuple[LeftOut, ...]
