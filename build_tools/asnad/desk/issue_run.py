"""Issuing a run: every eligible learner of its register who has no certificate yet gets one, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import Run
from asnad.credentials.achievement import achievement_path
from asnad.credentials.credential import LearnerRecord
from asnad.desk.allocation import TakenIndexes, read_taken, taken_path
from asnad.desk.course_dictionary import serial_of
from asnad.desk.eligibility import Eligible, NotEligible
from asnad.desk.issuing import Candidate, IssuedCredential, IssuingDesk, public_events, with_lists
from asnad.desk.ledger import PRIVATE, Issued, private_line
from asnad.desk.register import RegisterRow
from asnad.desk.registers import find_run, issued_in, kept_decisions, learner_key
from asnad.desk.renewal import renew, signing_moment
from asnad.desk.transaction import commit, locked
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


def issue_run(work: Workplace, run_id: str, progress: Callable[[int, int], None]) -> IssueSummary:
    """
    Issue what is still to be issued in a run.

    Killed at any moment and called again, it goes on where it was.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        progress: Told how many are done, and of how many.

    Raises:
        IssuingError: The run is not to be issued, or a text cannot be signed.

        SigningError: A key cannot be opened.

    """
    run = find_run(work, run_id)
    with locked(work.folder.credentials):
        _refuse_unfinished(work, run)
        work.whole_ledger()
        decisions = kept_decisions(work, run)
        eligible = [decision.row for decision in decisions if isinstance(decision, Eligible)]
        before = issued_in(work, run)
        done = {event.learner for event in before}
        rows = [row for row in eligible if learner_key(row) not in done]
        first = max((event.number for event in before), default=0) + 1
        candidates = [_candidate(work.catalogue, run, row, first + place) for place, row in enumerate(rows)]
        if candidates:
            _issue_all(work, run, candidates, progress)
    agreed = sum(row.publish for row in rows)
    return IssueSummary(
        run=run,
        issued=len(candidates),
        before=len(before),
        not_eligible=tuple(decision for decision in decisions if isinstance(decision, NotEligible)),
        pages_withheld=agreed - sum(candidate.published for candidate in candidates),
    )


def publishes_pages(catalogue: Catalogue) -> bool:
    """
    Tell whether learners' pages may be published: Git keeps what it was given, so only a private repository may.

    Args:
        catalogue: For the centre.

    """
    return catalogue.centre.repository_private or catalogue.centre.demonstration


def _refuse_unfinished(work: Workplace, run: Run) -> None:
    today = day_at(work.clock(), work.catalogue.centre.time_zone)
    if run.state != "finished" or run.award_day() > today:
        raise IssuingError(
            f"expected a finished run awarded by today, found state: {run.state}, award day {run.award_day()}",
            place=run.place,
            hint="write state: finished once it is over",
        )


def _candidate(catalogue: Catalogue, run: Run, row: RegisterRow, number: int) -> Candidate:
    centre = catalogue.centre
    digits = "".join(letter for letter in row.cnic or "" if letter.isdigit())[-4:]
    return Candidate(
        number=number,
        key=learner_key(row),
        learner=LearnerRecord(
            name=row.name,
            native_name=row.name_native,
            father_name=row.father_name if centre.print_father_name else None,
            husband_name=row.husband_name if centre.print_father_name else None,
            identity_digits=digits or None if centre.print_identity_digits else None,
            grade=row.grade,
        ),
        serial=serial_of(catalogue, run, number),
        published=row.publish and publishes_pages(catalogue),
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
        frozen_achievement=_frozen_achievement(work, run),
    )
    taken = read_taken({number: work.folder.optional(taken_path(number)) for number in record.lists})
    progress(0, len(candidates))
    for start in range(0, len(candidates), BATCH):
        batch = candidates[start : start + BATCH]
        at = signing_moment(record, work.clock())
        issued, taken = desk.issue(batch, taken, at)
        record = _commit_batch(work, desk, record, status, issued, taken, at)
        progress(start + len(batch), len(candidates))


def _frozen_achievement(work: Workplace, run: Run) -> bytes | None:
    course = work.catalogue.course(run.course)
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
    commit(work.folder.credentials, changes)
    return renewal.record
