"""Rules of a course: its paper claims no more than was taught and proved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from asnad.catalogue.course import Course, CourseStatus, Kind
from asnad.catalogue.findings import Finding, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.readings import Readings
from asnad.catalogue.run import Run

CREDIT_TOLERANCE_PERCENT = 5

# Letters alone, small, with the Arabic forms of yeh and kaf made Urdu; both ways of writing the word in Urdu.
_MICROCREDENTIAL = re.compile("microcredential|مائی?کروکریڈی?نشل")
_ARABIC_LETTERS = str.maketrans("يك", "یک")


def microcredentials_are_complete(readings: Readings) -> Iterator[Finding]:
    """E1: a micro-credential says what was learnt, how it was proved, at what level and who answers for it."""
    for course in readings.courses:
        if course.award.kind is not Kind.MICROCREDENTIAL:
            continue
        needed: tuple[tuple[str, bool], ...] = (
            ("learning_outcomes", bool(course.learning_outcomes)),
            ("assessment", bool(course.assessments)),
            ("levels", bool(course.levels)),
            ("workload", course.workload.total() > 0),
            ("quality", course.quality is not None),
            ("approval", course.approval is not None),
        )
        for name, present in needed:
            if not present:
                message = f"expected {name.replace('_', ' ')} for a micro-credential, got none"
                hint = "Add it, or call the course completion and say in award.statement what it is"
                yield readings.sources.finding(course.place, name, message=message, hint=hint)
        if course.assessments and not course.completion_rule.assessment_required:
            message = "expected true for a micro-credential, got false"
            hint = "A micro-credential is given only to those who passed"
            steps = ("completion_rule", "assessment_required")
            yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def other_papers_say_what_they_are(readings: Readings) -> Iterator[Finding]:
    """E1: every paper but a micro-credential says in words what it is and what it is not."""
    for course in readings.courses:
        if course.award.kind is not Kind.MICROCREDENTIAL and course.award.statement is None:
            message = f"expected a statement for the kind {course.award.kind}, got none"
            hint = "Such as: Confirms attendance of the course. No examination was held"
            yield readings.sources.finding(course.place, "award", "statement", message=message, hint=hint)


def unassessed_courses_claim_no_more(readings: Readings) -> Iterator[Finding]:
    """E1: without an assessment a paper confirms at most completion, and cannot ask for a pass."""
    for course in readings.courses:
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


def only_microcredentials_are_called_so(readings: Readings) -> Iterator[Finding]:
    """E2: the word micro-credential stands in no title of another kind, in whatever spelling."""
    for course in readings.courses:
        if course.award.kind is Kind.MICROCREDENTIAL:
            continue
        for steps, text in ((("title",), course.title), (("award", "title"), course.award.title)):
            for language, version in text.versions:
                if _MICROCREDENTIAL.search(_letters(version)):
                    message = f"expected no claim of a micro-credential for the kind {course.award.kind}, "
                    yield readings.sources.finding(
                        course.place,
                        *steps,
                        language,
                        message=f"{message}got {shown(version)}",
                        hint="Choose other words, or make it a micro-credential with all that belongs to one",
                    )


def credits_fit_the_workload(readings: Readings) -> Iterator[Finding]:
    """E3: credits times hours of a credit are the hours of the course, within 5 per cent."""
    for course in readings.courses:
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


def modules_fit_the_workload(readings: Readings) -> Iterator[Finding]:
    """E4: modules add up to the hours that are taught, or to the whole workload."""
    for course in readings.courses:
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
    for course in readings.courses:
        weight = sum(assessment.weight for assessment in course.assessments)
        if course.assessments and weight != 100:
            message = f"expected weights that add up to 100, got {weight}"
            yield readings.sources.finding(course.place, "assessment", message=message)


def assessments_prove_outcomes_that_exist(readings: Readings) -> Iterator[Finding]:
    """E5: what an assessment proves is an outcome of the course."""
    for course in readings.courses:
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
    for course in readings.courses:
        proved = {outcome for assessment in course.assessments for outcome in assessment.proves}
        for position, outcome in enumerate(course.learning_outcomes if course.assessments else ()):
            if outcome.id not in proved:
                message = f"expected an assessment that proves {shown(outcome.id)}, got none"
                hint = "Name it under proves of an assessment, or take the outcome out"
                steps = ("learning_outcomes", position)
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def codes_are_unique(readings: Readings) -> Iterator[Finding]:
    """Serials begin with the code, so no two courses share one."""
    seen: dict[str, Course] = {}
    for course in readings.courses:
        first = seen.setdefault(course.code, course)
        if first is not course:
            message = f"expected a code of its own, got {shown(course.code)}, the code of {first.place}"
            yield readings.sources.finding(course.place, "code", message=message)


def titles_are_unique_in_a_department(readings: Readings) -> Iterator[Finding]:
    """E21: no two courses of a department that are not retired have one title in one language."""
    seen: dict[tuple[str, str, str], Course] = {}
    for course in readings.courses:
        if course.status is CourseStatus.RETIRED:
            continue
        for language, version in course.title.versions:
            first = seen.setdefault((course.department, language, _letters(version)), course)
            if first is not course:
                message = f"expected a title of its own, got {shown(version)}, the title of {first.place}"
                hint = "Say in the title for whom or when it is, or delete one of the two"
                yield readings.sources.finding(course.place, "title", language, message=message, hint=hint)


def fees_name_their_currency(readings: Readings) -> Iterator[Finding]:
    """E24: an amount above 0 has a currency, in a course and in a run."""
    owners: tuple[Course | Run, ...] = (*readings.courses, *readings.runs)
    for owner in owners:
        if owner.fee and owner.fee.amount > 0 and owner.fee.currency is None:
            message = f"expected a currency for the amount {owner.fee.amount}, got none"
            yield readings.sources.finding(owner.place, "fee", "currency", message=message, hint="Such as PKR")


def references_of_courses_exist(readings: Readings) -> Iterator[Finding]:
    """E18: department, quality statement and pathways that a course names exist."""
    departments = [item.id for item in readings.centre.departments] if readings.centre else None
    for course in readings.courses:
        if departments is not None and course.department not in departments:
            message = f"expected a department of centre.yml, got {shown(course.department)}"
            hint = did_you_mean(course.department, departments)
            yield readings.sources.finding(course.place, "department", message=message, hint=hint)
        if course.quality is not None and course.quality not in readings.quality_ids:
            message = f"expected a file of quality/, got {shown(course.quality)}"
            hint = did_you_mean(course.quality, readings.quality_ids)
            yield readings.sources.finding(course.place, "quality", "statement", message=message, hint=hint)
        for position, pathway in enumerate(course.stacks_into):
            if pathway not in readings.pathway_ids:
                message = f"expected a file of pathways/, got {shown(pathway)}"
                hint = did_you_mean(pathway, readings.pathway_ids)
                yield readings.sources.finding(course.place, "stackable", "into", position, message=message, hint=hint)


def references_of_modules_exist(readings: Readings) -> Iterator[Finding]:
    """E18: partners and outcomes that a module names exist, and it is taught somewhere."""
    partners = [item.id for item in readings.centre.partners] if readings.centre else None
    for course in readings.courses:
        outcomes = [outcome.id for outcome in course.learning_outcomes]
        for position, module in enumerate(course.modules):
            for item, taken in enumerate(module.taken_at):
                if partners is not None and taken.partner not in partners:
                    message = f"expected a partner of centre.yml, got {shown(taken.partner)}"
                    hint = did_you_mean(taken.partner, partners)
                    yield readings.sources.finding(
                        course.place, "modules", position, "taken_at", item, "partner", message=message, hint=hint
                    )
            for item, outcome_id in enumerate(module.outcomes):
                if outcome_id not in outcomes:
                    message = f"expected an outcome of the course, got {shown(outcome_id)}"
                    hint = did_you_mean(outcome_id, outcomes)
                    steps = ("modules", position, "outcomes", item)
                    yield readings.sources.finding(course.place, *steps, message=message, hint=hint)
            if not module.here and not module.taken_at:
                message = "expected taken_at, as the module is not taught here, got none"
                hint = "Name the partner that teaches it, or delete here: false"
                yield readings.sources.finding(course.place, "modules", position, message=message, hint=hint)


def approvals_end_after_they_begin(readings: Readings) -> Iterator[Finding]:
    """E10: an approval ends no earlier than it begins."""
    for course in readings.courses:
        approval = course.approval
        if approval and approval.valid_to is not None and approval.valid_to < approval.valid_from:
            message = f"expected {approval.valid_from} or later, got {approval.valid_to}"
            yield readings.sources.finding(course.place, "approval", "valid_to", message=message)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC_LETTERS)
    return "".join(char for char in folded if char.isalnum())
