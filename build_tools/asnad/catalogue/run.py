"""A run: one batch of a course, with dates, a place and signatories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from asnad.catalogue.centre import PersonId, Venue, VenueId
from asnad.catalogue.course import CourseId, Fee
from asnad.catalogue.text import Text

RunId = NewType("RunId", str)


class RunState(StrEnum):
    """Where a run stands."""

    PLANNED = "planned"
    OPEN = "open"
    FULL = "full"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """How one applies for a run."""

    opens: date | None
    closes: date | None
    how: str
    """``walk-in``, ``phone``, ``form`` or ``nomination``."""
    url: str | None
    phone: str | None
    contact: str | None = None
    """Address or person, as one writes to it."""
    documents: tuple[str, ...] = ()
    """What to bring, besides what the course asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What ``catalogue/runs/<id>.yml`` says."""

    id: RunId
    course: CourseId
    batch_no: int
    start: date
    end: date
    awarded: date | None
    """Day printed as date of award; the last day of the run unless written otherwise."""
    state: RunState
    venue: VenueId
    """Of the centre, or of the run itself."""
    room: str | None
    capacity: int | None
    enrolled: int | None
    language: str
    """Language in which certificates of this run are written; the first of the centre's unless written otherwise."""
    application: Application | None
    signatories: tuple[PersonId, ...]
    fee: Fee | None
    notes: Text | None
    place: str
    """File it was read from, for messages."""
    instructors: tuple[PersonId, ...] = ()
    """Who teaches; not printed on certificates."""
    own_venue: Venue | None = None
    """Where the run's file writes the place out; it stands among the venues under the id of the run."""
    course_version: int | None = None
    """Version of the course that is taught and certified; the current one unless written otherwise."""
    variant: str | None = None
    season: str | None = None
    """``winter`` or ``summer``."""
    min_learners: int | None = None
    """Fewest learners for whom the run is held."""
    sessions: Text | None = None
    """Days and hours of lessons."""

    def award_day(self) -> date:
        """Give the day of award."""
        return self.awarded or self.end
