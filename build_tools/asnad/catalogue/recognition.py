"""What others make of a course: who approved it, who takes account of it, and who may excuse its holders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnad.catalogue.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who allowed the course, and for how long."""

    body: Text
    reference: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """A body other than the centre that takes account of the course."""

    body: Text
    scope: Text
    reference: str | None
    start: date | None = None
    end: date | None = None
    """Last day on which it holds; nothing where the body named none."""
    url: str | None = None

    def holds_on(self, day: date) -> bool:
        """
        Tell whether it holds on a day.

        Args:
            day: Day at the centre.

        """
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Something that a learner may be excused elsewhere; the body alone decides."""

    body: Text
    scope: Text
    reference: str | None
    url: str | None
