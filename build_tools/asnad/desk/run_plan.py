"""What is still to be issued in a run, and to whom; reading this changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import Run
from asnad.credentials.credential import LearnerRecord
from asnad.desk.course_dictionary import serial_of
from asnad.desk.eligibility import Eligible, NotEligible
from asnad.desk.issuing import Candidate
from asnad.desk.ledger import Issued, lost
from asnad.desk.register import RegisterRow
from asnad.desk.registers import issued_in, kept_decisions, learner_key
from asnad.desk.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """A kept register, and what follows from it now."""

    run: Run
    decisions: tuple[Eligible | NotEligible, ...]
    """One for each row of the register."""
    before: tuple[Issued, ...]
    """What was issued in the run, corrected ones included."""
    candidates: tuple[Candidate, ...]
    """Who is to get a certificate now."""
    pages_withheld: int
    """Of these, learners who agreed to a page that this centre does not publish."""


def plan_run(work: Workplace, run: Run) -> RunPlan:
    """
    Tell what is still to be issued in a run.

    Args:
        work: The desk.

        run: Whose register was imported.

    Raises:
        IssuingError: None was imported.

    """
    decisions, before = kept_decisions(work, run), issued_in(work, run)
    done = {event.learner for event in before}
    eligible = (decision.row for decision in decisions if isinstance(decision, Eligible))
    # A recovered certificate whose row was not found is known by its name alone.
    named = {event.name for event in before if event.name and not event.learner}
    rows = [row for row in eligible if learner_key(row) not in done and row.name not in named]
    # Those that are lost may bear the next numbers, whichever run they are of.
    first = max((event.number for event in before), default=0) + 1 + len(lost(work.ledger()))
    candidates = tuple(_candidate(work.catalogue, run, row, first + place) for place, row in enumerate(rows))
    return RunPlan(
        run=run,
        decisions=decisions,
        before=before,
        candidates=candidates,
        pages_withheld=sum(row.publish for row in rows) - sum(candidate.published for candidate in candidates),
    )


def publishes_pages(catalogue: Catalogue) -> bool:
    """
    Tell whether learners' pages may be published: Git keeps what it was given, so only a private repository may.

    Args:
        catalogue: For the centre.

    """
    return catalogue.centre.repository_private or catalogue.centre.demonstration


def learner_record(catalogue: Catalogue, row: RegisterRow) -> LearnerRecord:
    """
    Take from a row what the centre prints.

    Args:
        catalogue: For the centre.

        row: Of the register.

    """
    centre = catalogue.centre
    digits = "".join(letter for letter in row.cnic or "" if letter.isdigit())[-4:]
    return LearnerRecord(
        name=row.name,
        native_name=row.name_native,
        father_name=row.father_name if centre.print_father_name else None,
        husband_name=row.husband_name if centre.print_father_name else None,
        identity_digits=digits or None if centre.print_identity_digits else None,
        grade=row.grade,
    )


def _candidate(catalogue: Catalogue, run: Run, row: RegisterRow, number: int) -> Candidate:
    return Candidate(
        number=number,
        key=learner_key(row),
        learner=learner_record(catalogue, row),
        serial=serial_of(catalogue, run, number),
        published=row.publish and publishes_pages(catalogue),
    )
