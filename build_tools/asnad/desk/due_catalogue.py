"""What is due in the catalogue: approvals, terms of office, runs that are over, applications that close."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.run import Run, RunState
from asnad.catalogue.run_rules import OVER
from asnad.desk.due import Calendar, Due, DueKind

APPROVAL_DAYS = 90
"""A committee meets once in a quarter."""
TERM_DAYS = 60
APPLICATION_DAYS = 14


def approvals_due(calendar: Calendar, catalogue: Catalogue) -> Iterator[Due]:
    """
    Tell which courses on offer lose their approval.

    Args:
        calendar: The present moment.

        catalogue: The centre's.

    """
    for course in catalogue.courses:
        end = course.approval.valid_to if course.approval else None
        if course.approval and end and course.status is CourseStatus.ACTIVE:
            due = calendar.by_day(
                DueKind.COURSE_APPROVAL,
                f"Approval {course.approval.reference} of {course.title.shown_in('en')[0]} runs out",
                f"Have it renewed, then write catalogue/{course.place}: approval.valid_to",
                end,
            )
            if (due.days_left or 0) <= APPROVAL_DAYS:
                yield due


def signatories_due(calendar: Calendar, catalogue: Catalogue) -> Iterator[Due]:
    """
    Tell whose term ends, and which coming runs are to be signed by somebody who is then out of office.

    Args:
        calendar: The present moment.

        catalogue: The centre's.

    """
    for person in catalogue.centre.signatories:
        name = f"{person.name.shown_in('en')[0]}, {person.office.shown_in('en')[0]}"
        if person.end is not None and 0 <= (person.end - calendar.today).days <= TERM_DAYS:
            yield calendar.by_day(
                DueKind.SIGNATORY,
                f"{name}, signs no more from this day",
                "Add the successor to catalogue/centre.yml: signatories",
                person.end,
            )
        for run in catalogue.runs:
            if run.state not in OVER and person.id in run.signatories and not person.in_office(run.award_day()):
                yield calendar.by_day(
                    DueKind.SIGNATORY,
                    f"{name}, is not in office on the day of award of {run.id}",
                    f"Name another in catalogue/{run.place}: signatories",
                    run.award_day(),
                )


def run_states_due(calendar: Calendar, catalogue: Catalogue) -> Iterator[Due]:
    """
    Tell which runs have ended and are not written down as finished.

    Args:
        calendar: The present moment.

        catalogue: The centre's.

    """
    for run in catalogue.runs:
        if run.state not in OVER and run.end < calendar.today:
            yield calendar.by_day(
                DueKind.RUN_STATE,
                f"{run.id} has ended and its file says state: {run.state}",
                f"Write catalogue/{run.place}: state: finished",
                run.end,
            )


def applications_due(calendar: Calendar, catalogue: Catalogue) -> Iterator[Due]:
    """
    Tell which runs soon take no more applications.

    Args:
        calendar: The present moment.

        catalogue: The centre's.

    """
    for run in catalogue.runs:
        closes = run.application.closes if run.application else None
        if closes and run.state is RunState.OPEN and 0 <= (closes - calendar.today).days <= APPLICATION_DAYS:
            yield calendar.by_day(
                DueKind.APPLICATIONS,
                f"Applications for {run.id} close{_places(run)}",
                f"If it is full, write catalogue/{run.place}: state: full",
                closes,
            )


def _places(run: Run) -> str:
    if run.enrolled is None or run.capacity is None:
        return ""
    return f"; {run.enrolled} of {run.capacity} places are taken"
