"""Where a run stands on a day, as one who wants to join must know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Venue
from asnad.catalogue.course import Course, CourseId, CourseStatus, Fee, Variant
from asnad.catalogue.run import Run, RunState
from asnad.catalogue.text import Text


class Standing(StrEnum):
    """What a reader can do about a run."""

    OPEN = "open"
    OPENS_LATER = "opens-later"
    CLOSED = "closed"
    FULL = "full"
    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


UPCOMING = frozenset({Standing.OPEN, Standing.OPENS_LATER, Standing.CLOSED, Standing.FULL, Standing.PLANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """A run with what stands beside it in a list."""

    run: Run
    course: Course
    """The version of it that the run teaches."""
    venue: Venue
    standing: Standing
    variant: Variant | None
    teachers: tuple[Text, ...]
    """Names of those who teach, as far as the centre's file names them."""

    @property
    def upcoming(self) -> bool:
        """Tell whether it has not begun and will take place."""
        return self.standing in UPCOMING

    @property
    def announced(self) -> bool:
        """Tell whether it belongs in a list of what is to come; a cancelled one does, for those who planned for it."""
        return self.upcoming or self.standing is Standing.CANCELLED

    @property
    def last_day_to_apply(self) -> date:
        """The day on which applications close, and in any case the one before the run begins."""
        closes = self.run.application.closes if self.run.application else None
        return min(closes or date.max, self.run.start - timedelta(days=1))

    @property
    def fee(self) -> Fee | None:
        """The run's own fee, or the course's."""
        return self.run.fee or self.course.fee


def standing_on(run: Run, today: date) -> Standing:
    """
    Tell where a run stands; its dates count before the state that someone wrote down.

    Args:
        run: The run.

        today: Day at the centre for which the site is built.

    """
    if run.state is RunState.CANCELLED:
        return Standing.CANCELLED
    if run.end < today or run.state is RunState.FINISHED:
        return Standing.OVER
    if run.start <= today or run.state is RunState.RUNNING:
        return Standing.RUNNING
    if run.state is RunState.FULL:
        return Standing.FULL
    if run.state is RunState.PLANNED:
        return Standing.PLANNED
    opens = run.application.opens if run.application else None
    closes = run.application.closes if run.application else None
    if closes is not None and closes < today:
        return Standing.CLOSED
    if opens is not None and today < opens:
        return Standing.OPENS_LATER
    return Standing.OPEN


def listed_runs(
    catalogue: Catalogue, today: date, *, course_id: CourseId | None = None, drafts: bool = False
) -> tuple[ListedRun, ...]:
    """
    List every run of a published course by its first day, but those that were cancelled and would be over.

    Args:
        catalogue: The catalogue.

        today: Day at the centre for which the site is built.

        course_id: List those of one course alone.

        drafts: List those of drafts too.

    """
    people = {person.id: person.name for person in catalogue.centre.signatories}
    people |= {person.id: person.name for person in catalogue.centre.instructors}
    found = []
    runs = catalogue.runs if course_id is None else catalogue.runs_of(course_id)
    for run in sorted(runs, key=lambda run: (run.start, run.id)):
        standing = standing_on(run, today)
        draft = catalogue.course(run.course).status is CourseStatus.DRAFT and not drafts
        if draft or (standing is Standing.CANCELLED and run.end < today):
            continue
        course = catalogue.course_of(run)
        found.append(
            ListedRun(
                run=run,
                course=course,
                venue=catalogue.venue(run.venue),
                standing=standing,
                variant=course.variant(run.variant) if run.variant else None,
                teachers=tuple(people[each] for each in run.instructors if each in people),
            )
        )
    return tuple(found)


def next_run(runs: Iterable[ListedRun]) -> ListedRun | None:
    """
    Find the run that a reader could join first: one that takes applications before one that does not.

    Args:
        runs: Runs of one course by their first day.

    """
    upcoming = [listed for listed in runs if listed.upcoming]
    joinable = [listed for listed in upcoming if listed.standing not in {Standing.FULL, Standing.CLOSED}]
    return next(iter(joinable or upcoming), None)
