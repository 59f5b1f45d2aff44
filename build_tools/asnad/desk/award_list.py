"""The award list of a run: who gets what, who does not and why, as it is read before anything is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Kind
from asnad.catalogue.run import Run
from asnad.credentials.achievement import achievement
from asnad.credentials.credential import LearnerRecord
from asnad.desk.eligibility import Eligible, NotEligible
from asnad.desk.officer import Officer
from asnad.desk.registers import learner_key
from asnad.desk.run_plan import RunPlan, learner_record
from asnad.messages import Messages
from asnad.proofs.canonical_json import canonical_json


class Decision(StrEnum):
    """What comes of a row of the register."""

    AWARDED = "awarded"
    """A certificate is to be issued."""
    ISSUED = "issued"
    """The learner has it already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTerms:
    """What all certificates of the run will say."""

    run: str
    course: str
    version: int
    title: str
    kind: Kind
    batch: int
    start: date
    end: date
    awarded: date
    venue: str
    issuer: str
    language: str
    validity_months: int | None
    signatories: tuple[str, ...]
    """Name and office of each, in the order in which they sign."""
    wording: str
    """SHA-256 of the achievement in hexadecimal: outcomes, criteria, quality statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """One learner of the register."""

    row: int
    """In the spreadsheet, counted from 1."""
    learner: str
    """By which the learner is found again in the register."""
    decision: Decision
    serial: str | None
    """As issued, or as it will be."""
    record: LearnerRecord
    """What a certificate says of the learner."""
    attendance: str
    """Per cent."""
    reason: str | None
    """Why there is no certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardList:
    """All of it, as one person drafted it."""

    terms: AwardTerms
    rows: tuple[AwardRow, ...]
    """In the order of the register."""
    drafted_by: Officer | None
    """Nobody where the centre does not ask for a second person."""
    drafted: date

    def count(self, decision: Decision) -> int:
        """
        Count the rows of which one thing comes.

        Args:
            decision: One of the three.

        """
        return sum(row.decision is decision for row in self.rows)


def award_list(
    catalogue: Catalogue, plan: RunPlan, messages: Messages, drafted_by: Officer | None, drafted: date
) -> AwardList:
    """
    Write down what would be issued in a run.

    Args:
        catalogue: For the centre, the course and its people.

        plan: What is still to be issued.

        messages: Section ``credential`` in the language of the certificate.

        drafted_by: Who answers for the list.

        drafted: Day at the centre.

    """
    return AwardList(
        terms=_terms(catalogue, plan.run, messages),
        rows=_rows(catalogue, plan),
        drafted_by=drafted_by,
        drafted=drafted,
    )


def _terms(catalogue: Catalogue, run: Run, messages: Messages) -> AwardTerms:
    course, venue, language = catalogue.course_of(run), catalogue.venue(run.venue), messages.language
    people = [catalogue.signatory(person) for person in run.signatories]
    return AwardTerms(
        run=run.id,
        course=course.id,
        version=course.version,
        title=course.title.shown_in(language)[0],
        kind=course.award.kind,
        batch=run.batch_no,
        start=run.start,
        end=run.end,
        awarded=run.award_day(),
        venue=f"{venue.name.shown_in(language)[0]}, {venue.city.shown_in(language)[0]}",
        issuer=catalogue.centre.name_on(run.award_day()).shown_in(language)[0],
        language=language,
        validity_months=course.validity_months,
        signatories=tuple(
            f"{person.name.shown_in(language)[0]}, {person.office.shown_in(language)[0]}" for person in people
        ),
        wording=sha256(canonical_json(achievement(catalogue, course, messages))).hexdigest(),
    )


def _rows(catalogue: Catalogue, plan: RunPlan) -> tuple[AwardRow, ...]:
    planned = {candidate.key: candidate.serial for candidate in plan.candidates}
    issued = {event.learner: event.serial for event in plan.before}
    grade_printed = catalogue.course_of(plan.run).grade_printed
    return tuple(_row(catalogue, decision, planned, issued, grade_printed=grade_printed) for decision in plan.decisions)


def _row(
    catalogue: Catalogue,
    outcome: Eligible | NotEligible,
    planned: dict[str, str],
    issued: dict[str, str],
    *,
    grade_printed: bool,
) -> AwardRow:
    key, record = learner_key(outcome.row), learner_record(catalogue, outcome.row)
    decision = Decision.ISSUED if key in issued else Decision.AWARDED if key in planned else Decision.REFUSED
    reason = outcome.message if isinstance(outcome, NotEligible) and decision is Decision.REFUSED else None
    return AwardRow(
        row=outcome.row.row,
        learner=key,
        decision=decision,
        serial=issued.get(key) or planned.get(key),
        record=record if grade_printed else replace(record, grade=None),
        attendance=str(outcome.row.attendance_percent),
        reason=reason,
    )
