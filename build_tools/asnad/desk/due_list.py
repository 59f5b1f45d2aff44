"""The year on one screen: everything that is due at a centre, the most urgent first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asnad.catalogue.run import Run
from asnad.desk.award_files import kept_awards
from asnad.desk.awarding import refuse_unapproved
from asnad.desk.backup_record import BACKUPS, read_backups
from asnad.desk.due import Calendar, Due, DueKind
from asnad.desk.due_catalogue import applications_due, approvals_due, run_states_due, signatories_due
from asnad.desk.due_certificates import Expiring, RunStanding, is_awarded, issuing_due, losses_due, renewals_due
from asnad.desk.due_keeping import (
    BuiltSite,
    WorkTree,
    backups_due,
    commit_due,
    drills_due,
    hook_due,
    interruption_due,
    publication_due,
)
from asnad.desk.due_keys import (
    keys_due,
    lists_due,
    machine_due,
    names_due,
    private_parts_due,
    root_keys_due,
    trusted_due,
)
from asnad.desk.ledger import Erased, Event, Issued, Renewed, ended, paged
from asnad.desk.registers import issued_in
from asnad.desk.run_plan import RunPlan, plan_run
from asnad.desk.signed_credential import credential_paths
from asnad.desk.workplace import Workplace
from asnad.errors import FileError, IssuingError
from asnad.instant import parse_instant

MANIFEST = "asnad/manifest.json"
# A kept credential is canonical: the member is written so, and in a text its quotation marks would be escaped.
_VALID_UNTIL = re.compile(rb'"validUntil":"([0-9TZ:-]{20})"')


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due, and what could not be looked at."""

    items: tuple[Due, ...]
    """The most urgent first."""
    unseen: tuple[str, ...]


def due_list(work: Workplace, site: BuiltSite | None, tree: WorkTree | None, *, interrupted: bool = False) -> DueList:
    """
    Gather everything that is due at a centre.

    Args:
        work: The desk; no key of it is opened.

        site: As built on this machine, or nothing where none is.

        tree: As Git says, or nothing where there is no Git.

        interrupted: Whether an interrupted command had left a change to be finished.

    Raises:
        IssuingError: Something of what the centre has published or kept is missing or damaged.

    """
    calendar = Calendar(work.clock(), work.catalogue.centre.time_zone)
    events = work.ledger()
    private = bool(events) or not work.folder.public_ledger()
    items = [*interruption_due(calendar, interrupted=interrupted), *_of_catalogue(calendar, work)]
    items += trusted_due(calendar, work.folder.trusted_issuers(work.catalogue.centre.did))
    if work.folder.optional(f"public/{MANIFEST}"):
        items += _of_keys(calendar, work)
        items += _of_machine(calendar, work, records=private)
        items += _of_publication(calendar, work, events, site)
    else:
        what = "This centre has no keys yet; no certificate can be issued"
        items.append(calendar.undated(DueKind.CEREMONY, what, "asnad keys ceremony"))
    if private:
        items += _of_learners(calendar, work, events)
    if tree is not None:
        items += commit_due(calendar, tree.uncommitted)
        items += hook_due(calendar, off=tree.hook_off)
    unseen = (
        () if private else ("registers, certificates and backups (credentials/private is not here)",),
        () if site else ("the site (none is built in site/)",),
        () if tree is not None else ("what is committed (no Git here)",),
    )
    return DueList(tuple(sorted(items, key=_urgency)), tuple(text for texts in unseen for text in texts))


def _urgency(due: Due) -> tuple[int, bool, str, str]:
    return (due.days_left if due.days_left is not None else 0, not due.overdue, due.kind.value, due.what)


def _of_catalogue(calendar: Calendar, work: Workplace) -> Iterator[Due]:
    yield from approvals_due(calendar, work.catalogue)
    yield from signatories_due(calendar, work.catalogue)
    yield from run_states_due(calendar, work.catalogue)
    yield from applications_due(calendar, work.catalogue)


def _of_keys(calendar: Calendar, work: Workplace) -> Iterator[Due]:
    record = work.record()
    yield from lists_due(calendar, record)
    yield from keys_due(calendar, record.keys)
    yield from root_keys_due(calendar, record.keys, work.store.key_files())
    yield from names_due(calendar, work.catalogue.centre, record.keys)


def _of_machine(calendar: Calendar, work: Workplace, *, records: bool) -> Iterator[Due]:
    here = {key.id for key in work.store.key_files()}
    yield from machine_due(calendar, keys=bool(here), records=records)
    if here:
        yield from private_parts_due(calendar, work.record().keys, here)


def _of_publication(
    calendar: Calendar, work: Workplace, events: Sequence[Event], site: BuiltSite | None
) -> Iterator[Due]:
    if site is not None:
        manifest = work.folder.required(f"public/{MANIFEST}")
        yield from publication_due(calendar, manifest, work.record().manifest.issued, paged(events), events, site)


def _of_learners(calendar: Calendar, work: Workplace, events: Sequence[Event]) -> Iterator[Due]:
    runs = [run for run in work.catalogue.runs if is_awarded(run, calendar.today)]
    yield from issuing_due(calendar, work.catalogue, [_standing(work, run) for run in runs])
    yield from renewals_due(calendar, tuple(_expiring(work, events)))
    yield from losses_due(calendar, events)
    record = read_backups(work.folder.optional(BACKUPS))
    yield from backups_due(calendar, events, record)
    yield from drills_due(calendar, record)


def _standing(work: Workplace, run: Run) -> RunStanding:
    try:
        plan = plan_run(work, run)
    except IssuingError:
        plan = None
    drafted, approved = _award_list(work, plan) if plan else (False, False)
    return RunStanding(
        run=run,
        register=plan is not None,
        issued=len(plan.before if plan else issued_in(work, run)),
        candidates=len(plan.candidates) if plan else 0,
        drafted=drafted,
        approved=approved,
    )


def _award_list(work: Workplace, plan: RunPlan) -> tuple[bool, bool]:
    """Tell whether the award list of a run serves as a draft, and whether it may be issued."""
    try:
        waits = kept_awards(work, plan.run.id).statement.counting_approval() is None
        if waits:
            return True, False
        refuse_unapproved(work, plan)
    except (IssuingError, FileError):
        return False, False
    return True, True


def _expiring(work: Workplace, events: Sequence[Event]) -> Iterator[Expiring]:
    over = set(ended(events)) | {event.id for event in events if isinstance(event, Renewed | Erased)}
    for event in events:
        if isinstance(event, Issued) and event.id not in over:
            path, _ = credential_paths(event.id, "private/credentials")
            found = _VALID_UNTIL.search(work.folder.optional(path))
            moment = parse_instant(found[1].decode("ascii")) if found else None
            if moment is not None:
                yield Expiring(serial=event.serial, run=event.run, valid_until=moment)
