"""A pathway: micro-credentials that add up to a larger award."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from asnad.catalogue.course import CourseId, Kind, PathwayId
from asnad.catalogue.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """What ``catalogue/pathways/<id>.yml`` says."""

    id: PathwayId
    title: Text
    kind: Kind
    summary: Text | None
    all_of: tuple[CourseId, ...]
    at_least: int
    """How many of ``choices`` must be held."""
    choices: tuple[CourseId, ...]
    capstone: CourseId | None
    max_age_months: int | None
    min_total_scheme: str | None
    min_total_value: Decimal | None
    counts_only: tuple[Kind, ...]
    progression: Text | None
    place: str
