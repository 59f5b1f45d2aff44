"""What is due to learners: registers, award lists, certificates to be issued, and those that run out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import Run, RunState
from asnad.counted import counted
from asnad.desk.due import DAY, Calendar, Due, DueKind
from asnad.desk.ledger import Event, lost
from asnad.instant import day_at

ISSUE_DAYS = 30
"""A certificate is to be in its learner's hand a month after the day of award."""
PAST_DAYS = 365
"""Runs awarded longer ago are history; a centre that begins with Asnad has many of them."""
RENEWAL_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStanding:
    """How far the certificates of a run have come."""

    run: Run
    register: bool
    """Whether one was imported."""
    issued: int
    candidates: int
    """Who is still to get a certificate."""
    drafted: bool
    """Whether there is an award list."""
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A certificate in force that runs out and was not renewed."""

    serial: str
    run: str
    valid_until: int
    """Seconds since 1970."""


def is_awarded(run: Run, today: date) -> bool:
    """
    Tell whether certificates of a run are due.

    Args:
        run: Any run.

        today: Day at the centre.

    """
    age = (today - run.award_day()).days
    return run.state is RunState.FINISHED and 0 <= age <= PAST_DAYS


def issuing_due(calendar: Calendar, catalogue: Catalogue, standings: Collection[RunStanding]) -> Iterator[Due]:
    """
    Tell what is to be done next for each run that is awarded: import, award, approve or issue.

    Args:
        calendar: The present moment.

        catalogue: For the centre.

        standings: Of runs that are awarded.

    """
    second = catalogue.centre.second_person
    for standing in standings:
        run, count = standing.run, standing.candidates
        last = run.award_day() + timedelta(days=ISSUE_DAYS)
        certificates = counted(count, "certificate")
        if not standing.register and not standing.issued:
            what = f"{run.id} is finished and its register is not imported"
            yield calendar.by_day(DueKind.REGISTER, what, f"asnad import REGISTER --run {run.id}", last)
        elif count and second and not standing.drafted:
            what = f"{run.id}: {certificates} to be issued, and no award list"
            yield calendar.by_day(DueKind.AWARD_LIST, what, f'asnad award {run.id} --by "Name, office"', last)
        elif count and second and not standing.approved:
            what = f"{run.id}: the award list waits for a second person"
            yield calendar.by_day(DueKind.AWARD_LIST, what, f'asnad approve {run.id} --by "Name, office"', last)
        elif count:
            what = f"{run.id}: {certificates} to be issued"
            yield calendar.by_day(DueKind.ISSUE, what, f"asnad issue {run.id}", last)


def renewals_due(calendar: Calendar, expiring: Collection[Expiring]) -> Iterator[Due]:
    """
    Tell which certificates run out soon, a run at a time.

    Args:
        calendar: The present moment.

        expiring: Certificates in force that run out.

    """
    soon = [item for item in expiring if calendar.at < item.valid_until <= calendar.at + RENEWAL_DAYS * DAY]
    for run, end in sorted({(item.run, day_at(item.valid_until, calendar.time_zone)) for item in soon}):
        group = [item for item in soon if (item.run, day_at(item.valid_until, calendar.time_zone)) == (run, end)]
        first, *others = sorted(item.serial for item in group)
        which = f"{first} runs out" if not others else f"{first} and {len(others)} more of {run} run out"
        what = f"{which}; tell the learners"
        yield calendar.by_day(DueKind.CERTIFICATES, what, f'asnad renew {first} --note "for what"', end)


def losses_due(calendar: Calendar, events: Collection[Event]) -> Iterator[Due]:
    """
    Tell how many certificates were lost with a machine and are still to be taken back from their holders.

    Args:
        calendar: The present moment.

        events: Of the private ledger.

    """
    count = len(lost(events))
    if count:
        certificates = counted(count, "certificate was", "certificates were")
        what = f"{certificates} lost with a machine; nobody can withdraw or print what is lost"
        yield calendar.undated(DueKind.LOST, what, "asnad recover FILE|LINK|PHOTO")
