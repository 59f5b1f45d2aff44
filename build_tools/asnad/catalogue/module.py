"""The work of a course: its hours, and the modules they are spent in, here or at a partner institution."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.catalogue.centre import PartnerId
from asnad.catalogue.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Hours of learning, split; their sum is the notional workload."""

    contact_hours: int
    self_study_hours: int
    assessment_hours: int

    def total(self) -> int:
        """Add up the notional workload in hours."""
        return self.contact_hours + self.self_study_hours + self.assessment_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerModule:
    """A module of a partner institution that stands for one of the centre's."""

    partner: PartnerId
    code: str | None
    title: Text | None
    """Its name there, where that differs."""
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A part of a course with its hours."""

    id: str
    title: Text
    hours: int
    outcomes: tuple[str, ...] = ()
    """Ids of the learning outcomes that it serves."""
    here: bool = True
    """Taught at the centre itself."""
    taken_at: tuple[PartnerModule, ...] = ()
    """Where else, or where instead, a learner may take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleGroup:
    """Many modules of one length that need no titles of their own."""

    id: str
    title: Text
    modules: int
    hours_each: int
