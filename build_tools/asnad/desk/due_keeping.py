"""What is due to keep things safe and public: backups and drills, the site, Git, a change that was interrupted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from asnad.counted import counted
from asnad.desk.backup_record import Backup, Drill
from asnad.desk.due import DAY, Calendar, Due, DueKind
from asnad.desk.ledger import Erased, Event, Issued, PageWithdrawn, Replaced
from asnad.instant import parse_instant

BACKUP_DAYS = 30
DRILL_DAYS = 365
FIRST_DRILL_DAYS = 30
"""How long after the first backup one is to see that it can be restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """What a built site says of itself."""

    manifest: bytes
    pages: frozenset[str]
    """Ids of the certificates that have a page in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTree:
    """What Git says of the centre's folder."""

    uncommitted: tuple[str, ...]
    """Paths of signed files that it does not have as they are."""
    hook_off: bool
    """Whether the centre's hook lies there and Git does not call it."""


def backups_due(calendar: Calendar, events: Sequence[Event], record: Collection[Backup | Drill]) -> Iterator[Due]:
    """
    Tell when the next backup is due, or that the last one is only half of one.

    Args:
        calendar: The present moment.

        events: Of the private ledger.

        record: Backups and drills so far.

    """
    backups = [item for item in record if isinstance(item, Backup)]
    issued = [event for event in events if isinstance(event, Issued)]
    if not backups:
        if issued:
            first = min(parse_instant(event.issued) or 0 for event in issued)
            certificates = counted(len(issued), "certificate is", "certificates are")
            what = f"No backup was made yet; {certificates} in this folder alone"
            yield calendar.by_moment(DueKind.BACKUP, what, "asnad backup FOLDER FOLDER2", first + DAY)
        return
    last = max(backups, key=lambda backup: backup.made)
    if not last.complete:
        what = "The last backup is on one drive only; two are a backup"
        yield calendar.by_moment(DueKind.BACKUP, what, "asnad backup FOLDER FOLDER2", last.made + DAY)
    elif calendar.at - last.made > (BACKUP_DAYS - 7) * DAY:
        what = f"The last backup is {counted((calendar.at - last.made) // DAY, 'day')} old"
        yield calendar.by_moment(DueKind.BACKUP, what, "asnad backup FOLDER FOLDER2", last.made + BACKUP_DAYS * DAY)


def drills_due(calendar: Calendar, record: Collection[Backup | Drill]) -> Iterator[Due]:
    """
    Tell when the next exercise with a backup is due.

    Args:
        calendar: The present moment.

        record: Backups and drills so far.

    """
    backups = [item.made for item in record if isinstance(item, Backup)]
    drills = [item for item in record if isinstance(item, Drill)]
    last = max(drills, key=lambda drill: drill.held, default=None)
    if last is None:
        if backups:
            what, end = "No backup was ever tried; only a drill shows that one serves", min(backups)
            yield calendar.by_moment(DueKind.DRILL, what, "asnad drill BACKUP", end + FIRST_DRILL_DAYS * DAY)
    elif not last.passed:
        yield calendar.by_moment(
            DueKind.DRILL,
            "The last drill failed: that backup does not serve",
            "asnad backup FOLDER FOLDER2, then asnad drill BACKUP",
            last.held,
        )
    elif calendar.at - last.held > (DRILL_DAYS - BACKUP_DAYS) * DAY:
        what = f"The last drill was {(calendar.at - last.held) // DAY} days ago"
        yield calendar.by_moment(DueKind.DRILL, what, "asnad drill BACKUP", last.held + DRILL_DAYS * DAY)


def publication_due(
    calendar: Calendar, manifest: bytes, signed: int, paged: frozenset[str], events: Sequence[Event], site: BuiltSite
) -> Iterator[Due]:
    """
    Tell what the built site still has of yesterday.

    Args:
        calendar: The present moment.

        manifest: The manifest as it is signed now.

        signed: When, in seconds since 1970.

        paged: Ids of the certificates that have a public page now.

        events: Of the private ledger.

        site: As built.

    """
    command = "asnad build, then publish site/"
    gone = {event.id: _moment(event) for event in events if isinstance(event, PageWithdrawn | Replaced | Erased)}
    stray = [gone[id_] for id_ in site.pages - paged if id_ in gone]
    if stray:
        pages = counted(len(stray), "page of a learner was", "pages of learners were")
        what = f"{pages} taken away, and not from site/ yet"
        yield calendar.by_moment(DueKind.WITHDRAWN_PAGE, what, command, min(stray))
    if site.manifest != manifest:
        what = "site/ is older than what was signed last; withdrawals and new certificates are not in it"
        yield calendar.by_moment(DueKind.PUBLISH, what, command, signed + DAY)


def commit_due(calendar: Calendar, uncommitted: Collection[str]) -> Iterator[Due]:
    """
    Tell which signed files are not in Git yet.

    Args:
        calendar: The present moment.

        uncommitted: Their paths.

    """
    if uncommitted:
        files = counted(len(uncommitted), "file of credentials/ and keys/ is", "files of credentials/ and keys/ are")
        what = f"{files} not committed"
        yield calendar.undated(DueKind.COMMIT, what, "git add credentials keys, then git commit and git push")


def hook_due(calendar: Calendar, *, off: bool) -> Iterator[Due]:
    """
    Tell whether Git does not call the hook that keeps learners and keys out of the repository, as in a fresh clone.

    Args:
        calendar: The present moment.

        off: Whether it lies there and is not called.

    """
    if off:
        what = "The hook that keeps learners' data and private keys out of Git is not switched on"
        yield calendar.undated(DueKind.HOOK, what, "git config core.hooksPath .githooks")


def interruption_due(calendar: Calendar, *, interrupted: bool) -> Iterator[Due]:
    """
    Tell that a command had not come to its end.

    Args:
        calendar: The present moment.

        interrupted: Whether a change of it was found in the journal.

    """
    if interrupted:
        what = "A command was interrupted; the change that it had begun is now finished"
        yield calendar.undated(DueKind.INTERRUPTED, what, "Call that command again, for what comes after the change")


def _moment(event: PageWithdrawn | Replaced | Erased) -> int:
    match event:
        case PageWithdrawn(withdrawn=text) | Replaced(replaced=text) | Erased(erased=text):
            return parse_instant(text) or 0
