"""What is due at a centre: one thing of the year's work, its day, and the command that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asnad.instant import day_at

DAY = 86_400


class DueKind(StrEnum):
    """What sort of thing is due; the same in ``--json``."""

    INTERRUPTED = "interrupted"
    CEREMONY = "ceremony"
    MACHINE = "machine"
    LISTS = "lists"
    KEYS_FILE = "keys-file"
    TRUSTED = "trusted"
    ISSUING_KEY = "issuing-key"
    STATUS_KEY = "status-key"
    ROOT_KEY = "root-key"
    NEXT_ROOT = "next-root"
    CENTRE_NAME = "centre-name"
    COURSE_APPROVAL = "course-approval"
    SIGNATORY = "signatory"
    RUN_STATE = "run-state"
    APPLICATIONS = "applications"
    REGISTER = "register"
    AWARD_LIST = "award-list"
    ISSUE = "issue"
    CERTIFICATES = "certificates"
    LOST = "lost"
    BACKUP = "backup"
    DRILL = "drill"
    PUBLISH = "publish"
    WITHDRAWN_PAGE = "withdrawn-page"
    COMMIT = "commit"
    HOOK = "hook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due."""

    kind: DueKind
    what: str
    command: str
    """What to type, or what to do where no command does it."""
    day: date | None
    """Until when, at the centre; nothing where it is due now and no day makes it late."""
    days_left: int | None
    """Negative where that day is over."""
    overdue: bool
    """Whether its day, or its moment on this very day, is over."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The present moment, and how far away others are."""

    at: int
    """Seconds since 1970."""
    time_zone: str

    @property
    def today(self) -> date:
        """The day at the centre."""
        return day_at(self.at, self.time_zone)

    def by_day(self, kind: DueKind, what: str, command: str, day: date) -> Due:
        """
        Say that something is due until a day is over.

        Args:
            kind: Which sort.

            what: In a few words.

            command: What to type.

            day: At the centre.

        """
        days = (day - self.today).days
        return Due(kind=kind, what=what, command=command, day=day, days_left=days, overdue=days < 0)

    def by_moment(self, kind: DueKind, what: str, command: str, moment: int) -> Due:
        """
        Say that something is due before a moment.

        Args:
            kind: Which sort.

            what: In a few words.

            command: What to type.

            moment: Seconds since 1970.

        """
        day = day_at(moment, self.time_zone)
        days = (day - self.today).days
        return Due(kind=kind, what=what, command=command, day=day, days_left=days, overdue=moment <= self.at)

    def undated(self, kind: DueKind, what: str, command: str) -> Due:
        """
        Say that something is to be done, whenever that is.

        Args:
            kind: Which sort.

            what: In a few words.

            command: What to type.

        """
        return Due(kind=kind, what=what, command=command, day=None, days_left=None, overdue=False)
