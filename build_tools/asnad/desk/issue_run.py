"""Issuing a run: every eligible learner of its register who has no certificate yet gets one, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asnad.catalogue.run import Run
from asnad.counted import counted
from asnad.credentials.achievement import achievement_path
from asnad.desk.allocation import TakenIndexes, read_taken, taken_path
from asnad.desk.awarding import refuse_unapproved
from asnad.desk.eligibility import NotEligible
from asnad.desk.issuing import Candidate, IssuedCredential, IssuingDesk, public_events, with_lists
from asnad.desk.ledger import PRIVATE, Issued, Lost, lost, private_line
from asnad.desk.registers import find_run
from asnad.desk.renewal import renew, signing_moment
from asnad.desk.run_plan import plan_run
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import day_at
from asnad.issuers.keys_file import Role
from asnad.issuers.ledger import PUBLIC, public_lines
from asnad.proofs.proof import Signer
from asnad.status.public_record import PublicRecord

BATCH = 100
"""Credentials in one transaction: a crash costs at most this much work, and never a certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSummary:
    """What came of issuing a run."""

    run: Run
    issued: int
    before: int
    not_eligible: tuple[NotEligible, ...]
    pages_withheld: int
    """Learners who agreed to a page that this centre does not publish."""


def issue_run(
    work: Workplace, run_id: str, progress: Callable[[int, int], None], *, despite_loss: bool = False
) -> IssueSummary:
    """
    Issue what is still to be issued in a run.

    Killed at any moment and called again, it goes on where it was.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        progress: Told how many are done, and of how many.

        despite_loss: Issue although some of the run's certificates may be among those that were lost.

    Raises:
        IssuingError: The run is not to be issued, a second person has not approved it, or a text cannot be signed.

        SigningError: A key cannot be opened.

    """
    run = find_run(work, run_id)
    with locked(work.folder.credentials):
        _refuse_unfinished(work, run)
        events = work.whole_ledger()
        plan = plan_run(work, run)
        if plan.candidates:
            if not despite_loss:
                _refuse_lost(run, lost(events))
            refuse_unapproved(work, plan)
            _issue_all(work, run, plan.candidates, progress)
    return IssueSummary(
        run=run,
        issued=len(plan.candidates),
        before=len(plan.before),
        not_eligible=tuple(decision for decision in plan.decisions if isinstance(decision, NotEligible)),
        pages_withheld=plan.pages_withheld,
    )


def _refuse_unfinished(work: Workplace, run: Run) -> None:
    today = day_at(work.clock(), work.catalogue.centre.time_zone)
    if run.state != "finished" or run.award_day() > today:
        raise IssuingError(
            f"expected a finished run awarded by today, found state: {run.state}, award day {run.award_day()}",
            place=run.place,
            hint="write state: finished once it is over",
        )


def _refuse_lost(run: Run, gone: Sequence[Lost]) -> None:
    # A certificate of the run cannot be older than its day of award.
    perhaps = [event for event in gone if event.month >= f"{run.award_day():%Y-%m}"]
    if perhaps:
        raise IssuingError(
            f"expected a run of which no certificate was lost, found {counted(len(perhaps), 'lost one')} "
            "that may be of it: "
            "whoever holds one would get a second",
            place=run.id,
            hint="take them back from their holders first: asnad recover FILE|LINK|PHOTO; "
            "or issue all the same: --despite-loss",
        )


def _issue_all(
    work: Workplace, run: Run, candidates: Sequence[Candidate], progress: Callable[[int, int], None]
) -> None:
    record = work.record()
    status = work.signer(record, Role.STATUS)
    desk = IssuingDesk(
        catalogue=work.catalogue,
        run=run,
        record=record,
        signer=work.signer(record, Role.ISSUING),
        contexts=work.contexts,
        messages=work.messages[run.language],
        new_uuid=work.new_uuid,
        random_below=work.random_below,
        frozen_achievement=frozen_achievement(work, run),
    )
    taken = read_taken({number: work.folder.optional(taken_path(number)) for number in record.lists})
    progress(0, len(candidates))
    for start in range(0, len(candidates), BATCH):
        batch = candidates[start : start + BATCH]
        at = signing_moment(record, work.clock())
        issued, taken = desk.issue(batch, taken, at)
        record = _commit_batch(work, desk, record, status, issued, taken, at)
        progress(start + len(batch), len(candidates))


def frozen_achievement(work: Workplace, run: Run) -> bytes | None:
    """
    Give the achievement that was published when a run's course version was first issued; nothing where none was.

    Args:
        work: The desk.

        run: Of the catalogue.

    Raises:
        FileError: It was issued, and its file is missing.

    """
    course = work.catalogue.course_of(run)
    path = f"public/{achievement_path(course)}"
    before = (event for event in work.ledger() if isinstance(event, Issued))
    if any((event.course, event.version) == (course.id, course.version) for event in before):
        return work.folder.required(path)
    return work.folder.optional(path) or None


def _commit_batch(
    work: Workplace,
    desk: IssuingDesk,
    record: PublicRecord,
    status: Signer,
    issued: Sequence[IssuedCredential],
    taken: TakenIndexes,
    at: int,
) -> PublicRecord:
    renewal = renew(with_lists(record, taken), at, status, work.contexts)
    changes = {path: data for credential in issued for path, data in credential.files().items()}
    changes |= desk.shared_files() | taken.files()
    changes |= {f"public/{path}": data for path, data in renewal.files.items()}
    changes[PUBLIC] = work.folder.optional(PUBLIC) + public_lines(public_events(issued))
    lines = b"".join(private_line(credential.event) for credential in issued)
    changes[PRIVATE] = work.folder.optional(PRIVATE) + lines
    work.commit(changes)
    return renewal.record
