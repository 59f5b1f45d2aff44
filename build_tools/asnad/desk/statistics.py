"""
Counting certificates for everybody to see, so that no number tells of a person.

A run with fewer than five certificates enters no number at all, neither a sum nor the total. So what is published is a
function of the larger runs alone: whoever has it, with every earlier one from Git or from an archive of the web, learns
of a smaller run only that it has fewer than five, and nothing is left to subtract. Each division puts whole runs
together, therefore every cell is at least five, and so is what remains when a sum is taken from one that contains it.

Not protected, since it is public elsewhere or tells of no small run: how many a larger run has gained between two
states; that a run has just passed five; the lines of the public ledger, which a public repository shows to everybody,
month by month, and whose number minus the total is that of all small runs together (docs/decisions/0009).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeVar

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Course, CourseId
from asnad.catalogue.run import RunId
from asnad.desk.ledger import Event, Issued, Withdrawn, ended, lost
from asnad.instant import day_at, parse_instant
from asnad.issuers.statistics import SMALLEST, Cell, CreditBand, Statistics

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True, kw_only=True)
class _CountedRun:
    """A run, and its certificates, each counted once."""

    id: str
    issued: int
    withdrawn: int
    year: int
    course: Course | None
    """As its first certificate names it; one version for all of a run, or a run would fall into small parts."""

    @property
    def department(self) -> str | None:
        return self.course.department if self.course else None

    @property
    def level(self) -> int | None:
        levels = self.course.levels if self.course else ()
        return next((level.level for level in levels if level.framework == "EQF"), None)

    @property
    def credit_band(self) -> CreditBand | None:
        credits_ = self.course.credits if self.course else ()
        value = next((credit.value for credit in credits_ if credit.scheme == "ECTS"), None)
        if value is None:
            return None
        if value <= 5:
            return CreditBand.SMALL
        return CreditBand.MIDDLE if value <= 10 else CreditBand.LARGE


def count_certificates(catalogue: Catalogue, events: Iterable[Event], as_of: date) -> Statistics:
    """
    Count what was issued.

    A correction, a reissue and a renewal keep run and number, and are one certificate with those before them. What was
    withdrawn was issued too. What is erased counts as before, as its paper is still good.

    Args:
        catalogue: For departments, levels, credits and days of award.

        events: The whole private ledger.

        as_of: Day at the centre.

    """
    events = tuple(events)
    runs = [run for run in _counted_runs(catalogue, events) if run.issued >= SMALLEST]
    withdrawn = sum(run.withdrawn for run in runs)
    return Statistics(
        as_of=as_of,
        incomplete=bool(lost(events)),
        issued=sum(run.issued for run in runs),
        withdrawn=None if 0 < withdrawn < SMALLEST else withdrawn,
        years=_division(runs, lambda run: run.year),
        departments=_division(runs, lambda run: run.department),
        levels=_division(runs, lambda run: run.level),
        credit_bands=_division(runs, lambda run: run.credit_band),
        runs=_division(runs, lambda run: run.id),
    )


def _division(runs: Sequence[_CountedRun], of: Callable[[_CountedRun], Of]) -> tuple[Cell[Of], ...]:
    numbers: Counter[Of] = Counter()
    for run in runs:
        numbers[of(run)] += run.issued
    return tuple(Cell(name, numbers[name]) for name in sorted(numbers, key=lambda name: (name is None, name or 0)))


def _counted_runs(catalogue: Catalogue, events: Sequence[Event]) -> list[_CountedRun]:
    certificates: dict[str, dict[int, list[Issued]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        if isinstance(event, Issued):
            certificates[event.run][event.number].append(event)
    gone, award_days = ended(events), {run.id: run.award_day() for run in catalogue.runs}
    # The current version stands in for one that the catalogue has no longer.
    courses = {(course.id, None): course for course in catalogue.courses} | {
        (course.id, course.version): course for course in (*catalogue.versions, *catalogue.courses)
    }
    counted = []
    for run, by_number in certificates.items():
        first = min(chain.from_iterable(by_number.values()), key=lambda event: (event.issued, event.id))
        signed = day_at(parse_instant(first.issued) or 0, catalogue.centre.time_zone)
        course = CourseId(first.course)
        counted.append(
            _CountedRun(
                id=run,
                issued=len(by_number),
                withdrawn=sum(_is_withdrawn(same, gone) for same in by_number.values()),
                year=award_days.get(RunId(run), signed).year,
                course=courses.get((course, first.version)) or courses.get((course, None)),
            )
        )
    return counted


def _is_withdrawn(same: Sequence[Issued], gone: Mapping[str, Event]) -> bool:
    ends = [gone.get(event.id) for event in same]
    return None not in ends and any(isinstance(end, Withdrawn) for end in ends)
