"""Rules of a course: its paper claims no more than was taught and proved."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.claims import letters_of
from asnad.catalogue.course import Course, CourseStatus, Kind
from asnad.catalogue.european_elements import ELEMENTS, missing_elements
from asnad.catalogue.findings import Finding, Step, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.profile_numbers import NUMBERS
from asnad.catalogue.readings import Readings
from asnad.catalogue.run import Run

CREDIT_TOLERANCE_PERCENT = 5

_PROFILE_HINT = "Mend the hours or the credits, choose another kind, or the profile of centre.yml that holds for you"


def microcredentials_are_complete(readings: Readings) -> Iterator[Finding]:
    """E1: a micro-credential has the eleven European elements and an approval, and goes only to those who passed."""
    for course in readings.all_versions:
        if course.award.kind is not Kind.MICROCREDENTIAL:
            continue
        missing = [
            (element.field, f"{element.name}, element {element.number} of {len(ELEMENTS)} of")
            for element in missing_elements(course)
        ]
        missing += [("approval", "an approval for")] if course.approval is None else []
        for name, what in missing:
            message = f"expected {what} a micro-credential, got none"
            hint = "Add it, or call the course completion and say in award.statement what it is"
            yield readings.sources.finding(course.place, name, message=message, hint=hint)
        if course.assessments and not course.completion_rule.assessment_required:
            message = "expected true for a micro-credential, got false"
            hint = "A micro-credential is given only to those who passed"
            steps = ("completion_rule", "assessment_required")
            yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def other_papers_say_what_they_are(readings: Readings) -> Iterator[Finding]:
    """E1: every paper but a micro-credential says in words what it is and what it is not."""
    for course in readings.all_versions:
        if course.award.kind is not Kind.MICROCREDENTIAL and course.award.statement is None:
            message = f"expected a statement for the kind {course.award.kind}, got none"
            hint = "Such as: Confirms attendance of the course. No examination was held"
            yield readings.sources.finding(course.place, "award", "statement", message=message, hint=hint)


def unassessed_courses_claim_no_more(readings: Readings) -> Iterator[Finding]:
    """E1: without an assessment a paper confirms at most completion, and cannot ask for a pass."""
    for course in readings.all_versions:
        if course.assessments:
            continue
        if course.award.kind is Kind.DIPLOMA:
            message = "expected assessment for a diploma, got none"
            hint = "Add it, or choose the kind completion"
            yield readings.sources.finding(course.place, "award", "kind", message=message, hint=hint)
        if course.completion_rule.assessment_required:
            message = "expected false, as the course has no assessment, got true"
            steps = ("completion_rule", "assessment_required")
            yield readings.sources.finding(course.place, *steps, message=message, hint="Add assessment, or write false")


def credits_fit_the_workload(readings: Readings) -> Iterator[Finding]:
    """E3: credits times hours of a credit are the hours of the course, within 5 per cent."""
    for course in readings.all_versions:
        hours = course.workload.total()
        for position, credit in enumerate(course.credits):
            counted = credit.value * credit.hours_per_credit
            if abs(counted - hours) * 100 > hours * CREDIT_TOLERANCE_PERCENT:
                message = (
                    f"expected {credit.value} × {credit.hours_per_credit} h to be within "
                    f"{CREDIT_TOLERANCE_PERCENT} % of the workload of {hours} h, got {counted.normalize():f} h"
                )
                hint = "Mend the credits, the hours of a credit, or the workload"
                yield readings.sources.finding(course.place, "credits", position, message=message, hint=hint)


def microcredentials_keep_the_profile(readings: Readings) -> Iterator[Finding]:
    """E3: a micro-credential is as large as the profile of the centre wants it."""
    if readings.centre is None:
        return
    profile = readings.centre.profile
    numbers = NUMBERS[profile]
    for course in readings.all_versions:
        if course.award.kind is not Kind.MICROCREDENTIAL:
            continue
        hours = course.workload.total()
        if numbers.least_hours is not None and 0 < hours < numbers.least_hours:
            message = f"expected at least {numbers.least_hours} hours by the profile {profile}, got {hours}"
            yield readings.sources.finding(course.place, "workload", message=message, hint=_PROFILE_HINT)
        if numbers.least_credits is None or numbers.most_credits is None:
            continue
        found = next((credit.value for credit in course.credits if credit.scheme == numbers.credit_scheme), None)
        if found is None or not numbers.least_credits <= found <= numbers.most_credits:
            bounds = f"{numbers.least_credits} to {numbers.most_credits} {numbers.credit_scheme}"
            message = f"expected {bounds} by the profile {profile}, got {found or 'none'}"
            yield readings.sources.finding(course.place, "credits", message=message, hint=_PROFILE_HINT)


def modules_fit_the_workload(readings: Readings) -> Iterator[Finding]:
    """E4: modules add up to the hours that are taught, or to the whole workload."""
    for course in readings.all_versions:
        if not course.modules and not course.module_groups:
            continue
        found = sum(module.hours for module in course.modules)
        found += sum(group.modules * group.hours_each for group in course.module_groups)
        contact, total = course.workload.contact_hours, course.workload.total()
        if found not in {contact, total}:
            expected = f"{contact} contact hours" if contact == total else f"{contact} contact or {total} hours in all"
            message = f"expected modules that add up to {expected}, got {found}"
            name = "modules" if course.modules else "module_groups"
            hint = "Mend the hours of a module, or the workload"
            yield readings.sources.finding(course.place, name, message=message, hint=hint)


def assessments_weigh_100_percent(readings: Readings) -> Iterator[Finding]:
    """E5: the weights of all assessments add up to 100."""
    for course in readings.all_versions:
        weight = sum(assessment.weight for assessment in course.assessments)
        if course.assessments and weight != 100:
            message = f"expected weights that add up to 100, got {weight}"
            yield readings.sources.finding(course.place, "assessment", message=message)


def assessments_prove_outcomes_that_exist(readings: Readings) -> Iterator[Finding]:
    """E5: what an assessment proves is an outcome of the course."""
    for course in readings.all_versions:
        outcomes = [outcome.id for outcome in course.learning_outcomes]
        for position, assessment in enumerate(course.assessments):
            for item, proved in enumerate(assessment.proves):
                if proved not in outcomes:
                    message = f"expected an outcome of the course, got {shown(proved)}"
                    hint = did_you_mean(proved, outcomes)
                    steps = ("assessment", position, "proves", item)
                    yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def every_outcome_is_proved(readings: Readings) -> Iterator[Finding]:
    """E5: in a course that is assessed, each outcome is proved by at least one assessment."""
    for course in readings.all_versions:
        proved = {outcome for assessment in course.assessments for outcome in assessment.proves}
        for position, outcome in enumerate(course.learning_outcomes if course.assessments else ()):
            if outcome.id not in proved:
                message = f"expected an assessment that proves {shown(outcome.id)}, got none"
                hint = "Name it under proves of an assessment, or take the outcome out"
                steps = ("learning_outcomes", position)
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def codes_are_unique(readings: Readings) -> Iterator[Finding]:
    """E25: a serial holds the code of the course, so no two courses or variants share one."""
    seen: dict[str, str] = {}
    for course in readings.courses:
        codes: list[tuple[tuple[Step, ...], str]] = [(("code",), course.code)]
        for position, variant in enumerate(course.variants):
            codes += [(("variants", position, "code"), variant.code)] if variant.code is not None else []
        for steps, code in codes:
            if code in seen:
                message = f"expected a code of its own, got {shown(code)}, the code of {seen[code]}"
                yield readings.sources.finding(course.place, *steps, message=message)
            seen.setdefault(code, course.place)


def titles_are_unique_in_a_department(readings: Readings) -> Iterator[Finding]:
    """E21: no two courses of a department that are not retired have one title in one language."""
    seen: dict[tuple[str, str, str], Course] = {}
    for course in readings.courses:
        if course.status is CourseStatus.RETIRED:
            continue
        for language, version in course.title.versions:
            first = seen.setdefault((course.department, language, letters_of(version)), course)
            if first is not course:
                message = f"expected a title of its own, got {shown(version)}, the title of {first.place}"
                hint = "Say in the title for whom or when it is, or delete one of the two"
                yield readings.sources.finding(course.place, "title", language, message=message, hint=hint)


def fees_name_their_currency(readings: Readings) -> Iterator[Finding]:
    """E24: an amount above 0 has a currency, in a course and in a run."""
    owners: tuple[Course | Run, ...] = (*readings.all_versions, *readings.runs)
    for owner in owners:
        if owner.fee and owner.fee.amount > 0 and owner.fee.currency is None:
            message = f"expected a currency for the amount {owner.fee.amount}, got none"
            yield readings.sources.finding(owner.place, "fee", "currency", message=message, hint="Such as PKR")
