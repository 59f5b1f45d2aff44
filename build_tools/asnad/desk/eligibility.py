"""Who has earned the certificate of a run, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asnad.catalogue.course import CompletionRule
from asnad.desk.register import RegisterRow


class Ineligibility(StrEnum):
    """Why a learner has not earned the certificate."""

    ATTENDANCE_LOW = "attendance-low"
    FAILED = "failed"
    RESULT_MISSING = "result-missing"
    GRADE_MISSING = "grade-missing"


@dataclass(frozen=True, slots=True)
class Eligible:
    """The certificate is earned."""

    row: RegisterRow


@dataclass(frozen=True, slots=True)
class NotEligible:
    """The certificate is not earned, or not yet."""

    row: RegisterRow
    reason: Ineligibility
    message: str
    """What was expected and what the register says."""


def eligibility(row: RegisterRow, rule: CompletionRule, *, grade_printed: bool) -> Eligible | NotEligible:
    """
    Decide about one learner by the course's rule.

    Args:
        row: From the register.

        rule: Of the course.

        grade_printed: Whether the course's certificate shows a grade.

    """
    if row.attendance_percent < rule.min_attendance_percent:
        return NotEligible(
            row,
            Ineligibility.ATTENDANCE_LOW,
            f"expected at least {rule.min_attendance_percent} % attendance, got {row.attendance_percent} %",
        )
    # Whoever is written down as failed gets nothing, even where the course asks for no assessment: that is a mistake
    # in one of the two places, and a person has to look at it.
    if row.passed is False:
        return NotEligible(row, Ineligibility.FAILED, "expected the assessment passed, got failed")
    if rule.assessment_required and row.passed is None:
        return NotEligible(row, Ineligibility.RESULT_MISSING, "expected a result, found none")
    if grade_printed and row.grade is None:
        return NotEligible(row, Ineligibility.GRADE_MISSING, "expected a grade, as it is printed, found none")
    return Eligible(row)
