"""
All rules that a catalogue must keep, each a function of its own, with its code and what follows from breaking it.

Codes are those of docs/catalogue.md, "What is checked"; what the desk and the gate check is named there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from asnad.catalogue import (
    audience_rules,
    centre_rules,
    course_rules,
    mark_rules,
    pathway_rules,
    recognition_rules,
    reference_rules,
    run_rules,
    text_rules,
    version_rules,
    wording_rules,
)
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.findings import Finding, Severity
from asnad.catalogue.readings import Readings

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, and what follows from breaking it."""

    code: str
    find: Callable[[Readings], Iterator[Finding]]
    severity: Severity = ERROR
    can_wait: bool = False
    """It says that something is missing rather than wrong: only a warning while the course is a draft."""


RULES = (
    Rule("E1", course_rules.microcredentials_are_complete, can_wait=True),
    Rule("E1", course_rules.other_papers_say_what_they_are, can_wait=True),
    Rule("E1", course_rules.unassessed_courses_claim_no_more, can_wait=True),
    Rule("E1", pathway_rules.pathways_are_no_microcredentials),
    Rule("E2", wording_rules.only_microcredentials_are_called_so),
    Rule("E2", wording_rules.descriptions_claim_no_microcredential, WARNING),
    Rule("E2", wording_rules.microcredits_are_not_claimed, WARNING),
    Rule("E3", course_rules.credits_fit_the_workload),
    Rule("E3", course_rules.microcredentials_keep_the_profile),
    Rule("E4", course_rules.modules_fit_the_workload),
    Rule("E5", course_rules.assessments_weigh_100_percent),
    Rule("E5", course_rules.assessments_prove_outcomes_that_exist),
    Rule("E5", course_rules.every_outcome_is_proved, can_wait=True),
    Rule("E6", run_rules.runs_end_after_they_begin),
    Rule("E6", run_rules.applications_close_after_they_open),
    Rule("E6", run_rules.nothing_is_awarded_before_its_day, WARNING),
    Rule("E6", run_rules.dates_of_runs_fit_the_duration, WARNING),
    Rule("E9", run_rules.runs_have_room, WARNING),
    Rule("E10", recognition_rules.approvals_end_after_they_begin),
    Rule("E10", run_rules.approvals_cover_their_runs),
    Rule("E11", centre_rules.terms_of_office_end_after_they_begin),
    Rule("E11", run_rules.signatories_are_in_office),
    Rule("E13", run_rules.batch_numbers_are_unique),
    Rule("E13", run_rules.batch_numbers_leave_no_gap, WARNING),
    Rule("E16", run_rules.runs_are_of_courses_on_offer),
    Rule("E17", pathway_rules.only_microcredentials_stack),
    Rule("E18", reference_rules.references_of_courses_exist),
    Rule("E18", reference_rules.references_of_modules_exist),
    Rule("E18", run_rules.references_of_runs_exist),
    Rule("E18", run_rules.runs_name_versions_and_variants_that_exist),
    Rule("E18", version_rules.versions_are_of_courses_and_differ),
    Rule("E18", pathway_rules.parts_of_pathways_exist),
    Rule("E18", pathway_rules.parts_of_pathways_are_different),
    Rule("E18", pathway_rules.pathways_count_what_stacks_into_them),
    Rule("E18", pathway_rules.pathways_can_be_finished),
    Rule("E21", course_rules.titles_are_unique_in_a_department),
    Rule("E21", audience_rules.variants_are_for_different_audiences),
    Rule("E21", audience_rules.variants_stay_within_the_audience, WARNING),
    Rule("E22", centre_rules.names_follow_each_other),
    Rule("E22", centre_rules.names_cover_every_run),
    Rule("E23", text_rules.texts_are_in_every_language, WARNING),
    Rule("E24", course_rules.fees_name_their_currency, can_wait=True),
    Rule("E25", course_rules.codes_are_unique),
    Rule("E26", wording_rules.recognition_is_not_promised, WARNING),
    Rule("E27", recognition_rules.recognitions_end_after_they_begin),
    Rule("E27", recognition_rules.recognitions_still_hold, WARNING),
    Rule("E28", run_rules.instructors_are_known, WARNING),
    Rule("E29", audience_rules.ages_follow_each_other),
    Rule("E30", run_rules.runs_can_reach_their_least_number),
    Rule("E31", audience_rules.seasons_of_runs_are_those_of_the_course, WARNING),
    Rule("E32", text_rules.texts_hold_no_markup, WARNING),
    Rule("E32", text_rules.words_can_be_broken, WARNING),
    Rule("E33", mark_rules.published_courses_are_checked),
)


def broken_rules(readings: Readings) -> Iterator[Finding]:
    """
    Look at a catalogue with every rule.

    Args:
        readings: What could be read; what could not has been noted already.

    """
    drafts = {course.place for course in readings.courses if course.status is CourseStatus.DRAFT}
    for rule in RULES:
        for finding in rule.find(readings):
            waits = rule.can_wait and finding.file in drafts
            yield replace(finding, rule=rule.code, severity=WARNING if waits else rule.severity)
