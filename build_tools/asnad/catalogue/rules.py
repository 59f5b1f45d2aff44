"""All rules that a catalogue must keep; each is a function of its own with the number of docs it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from asnad.catalogue import centre_rules, course_rules, pathway_rules, run_rules, version_rules
from asnad.catalogue.findings import Finding
from asnad.catalogue.readings import Readings

RULES: tuple[Callable[[Readings], Iterator[Finding]], ...] = (
    centre_rules.names_follow_each_other,
    centre_rules.names_cover_every_run,
    centre_rules.terms_of_office_end_after_they_begin,
    course_rules.microcredentials_are_complete,
    course_rules.other_papers_say_what_they_are,
    course_rules.unassessed_courses_claim_no_more,
    course_rules.only_microcredentials_are_called_so,
    course_rules.credits_fit_the_workload,
    course_rules.modules_fit_the_workload,
    course_rules.assessments_weigh_100_percent,
    course_rules.assessments_prove_outcomes_that_exist,
    course_rules.every_outcome_is_proved,
    course_rules.codes_are_unique,
    course_rules.titles_are_unique_in_a_department,
    course_rules.fees_name_their_currency,
    course_rules.references_of_courses_exist,
    course_rules.references_of_modules_exist,
    course_rules.approvals_end_after_they_begin,
    run_rules.runs_end_after_they_begin,
    run_rules.applications_close_after_they_open,
    run_rules.approvals_cover_their_runs,
    run_rules.signatories_are_in_office,
    run_rules.batch_numbers_are_unique,
    run_rules.runs_are_of_courses_on_offer,
    run_rules.references_of_runs_exist,
    run_rules.runs_name_versions_and_variants_that_exist,
    version_rules.versions_are_of_courses_and_differ,
    pathway_rules.parts_of_pathways_exist,
    pathway_rules.parts_of_pathways_are_different,
    pathway_rules.only_microcredentials_stack,
    pathway_rules.pathways_count_what_stacks_into_them,
    pathway_rules.pathways_can_be_finished,
)


def broken_rules(readings: Readings) -> tuple[Finding, ...]:
    """
    Look at a catalogue with every rule.

    Args:
        readings: What could be read; what could not has been noted already.

    """
    return tuple(finding for rule in RULES for finding in rule(readings))
