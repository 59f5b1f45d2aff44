"""The certificate goes to whoever fulfils the course's rule, and to nobody else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from asnad.catalogue.course import CompletionRule
from asnad.desk.eligibility import Eligible, Ineligibility, NotEligible, eligibility
from asnad.desk.register import RegisterRow


def learner(attendance: str, passed: bool | None = None, grade: str | None = None) -> RegisterRow:
    return RegisterRow(
        row=2,
        name="Uzma Rafiq",
        name_native=None,
        father_name=None,
        husband_name=None,
        cnic=None,
        phone=None,
        email=None,
        gender=None,
        attendance_percent=Decimal(attendance),
        passed=passed,
        score=None,
        grade=grade,
        remarks=None,
        publish=False,
        consent_date=None,
    )


ATTENDED = CompletionRule(min_attendance_percent=80, assessment_required=False)
ASSESSED = CompletionRule(min_attendance_percent=75, assessment_required=True)


@pytest.mark.parametrize(
    ("row", "rule", "grade_printed"),
    [
        (learner("80"), ATTENDED, False),
        (learner("100", passed=True), ATTENDED, False),
        (learner("75", passed=True), ASSESSED, False),
        (learner("75", passed=True, grade="B"), ASSESSED, True),
    ],
)
def test_who_fulfils_the_rule_is_eligible(row: RegisterRow, rule: CompletionRule, grade_printed: bool) -> None:
    assert eligibility(row, rule, grade_printed=grade_printed) == Eligible(row)


@pytest.mark.parametrize(
    ("row", "rule", "grade_printed", "reason", "message"),
    [
        (
            learner("79.9"),
            ATTENDED,
            False,
            Ineligibility.ATTENDANCE_LOW,
            "expected at least 80 % attendance, got 79.9 %",
        ),
        (
            learner("100", passed=False),
            ATTENDED,
            False,
            Ineligibility.FAILED,
            "expected the assessment passed, got failed",
        ),
        (
            learner("100", passed=False),
            ASSESSED,
            False,
            Ineligibility.FAILED,
            "expected the assessment passed, got failed",
        ),
        (learner("100"), ASSESSED, False, Ineligibility.RESULT_MISSING, "expected a result, found none"),
        (
            learner("100", passed=True),
            ASSESSED,
            True,
            Ineligibility.GRADE_MISSING,
            "expected a grade, as it is printed, found none",
        ),
    ],
)
def test_who_does_not_is_told_why(
    row: RegisterRow, rule: CompletionRule, grade_printed: bool, reason: Ineligibility, message: str
) -> None:
    assert eligibility(row, rule, grade_printed=grade_printed) == NotEligible(row, reason, message)
