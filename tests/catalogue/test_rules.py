# ruff: noqa: E501  A table reads best with one case on a line.
from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from asnad.catalogue.rules import RULES

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[..., list[str]]

CENTRE, BAKING, SAFETY = "centre.yml", "courses/baking.yml", "courses/safety.yml"
RUN, PATHWAY, QUALITY = "runs/baking-b1.yml", "pathways/technician.yml", "quality/policy.yml"

MISSING_HINT = "\n→ Add it, or call the course completion and say in award.statement what it is"
WORDS_HINT = "\n→ Choose other words, or make it a micro-credential with all that belongs to one"

OUTCOMES = (
    "learning_outcomes:\n  - {id: lo1, text: Write a hazard plan}\n  - {id: lo2, text: Run the checks of a week}\n"
)
ASSESSMENTS = (
    "assessment:\n"
    "  - {id: a1, type: practical-task, weight: 60, pass_mark: 50, proves: [lo1]}\n"
    "  - {id: a2, type: written-test, weight: 40, pass_mark: 50, supervised: true, identity_checked: true, proves: [lo2]}\n"
)
NO_PARTS = (PATHWAY, "all_of: [safety]\n  min_total: {scheme: ECTS, value: 3}", "all_of: []")


def test_a_right_catalogue_breaks_no_rule(files: dict[str, bytes], errors: Errors) -> None:
    assert errors(files) == []


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ("levels:\n  - {framework: EQF, level: 4, basis: self-declared}\n", "levels: expected a level, element 8 of 11 of a micro-credential, got none"),
        ("quality: {statement: policy}\n", "quality: expected the type of quality assurance, element 11 of 11 of a micro-credential, got none"),
        ("approval: {body: Academic Council, reference: AC-2, valid_from: 2026-01-01, valid_to: 2028-12-31}\n", "approval: expected an approval for a micro-credential, got none"),
        (ASSESSMENTS, "assessment: expected the type of assessment, element 9 of 11 of a micro-credential, got none"),
    ],
)  # fmt: skip
def test_e1_a_micro_credential_has_all_that_belongs_to_one(spoil: Spoil, errors: Errors, taken: str, told: str) -> None:
    assert f"courses/safety.yml:1: {told}{MISSING_HINT}" in errors(spoil((SAFETY, taken, "")))


def test_e1_a_micro_credential_has_outcomes(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, OUTCOMES, ""), (SAFETY, "proves: [lo1]", "proves: [lo2]"))) == [
        f"courses/safety.yml:1: learning_outcomes: expected learning outcomes, element 6 of 11 of a micro-credential, got none{MISSING_HINT}",
        "courses/safety.yml:17: assessment[1].proves[1]: expected an outcome of the course, got 'lo2'",
        "courses/safety.yml:18: assessment[2].proves[1]: expected an outcome of the course, got 'lo2'",
    ]


def test_e1_a_micro_credential_has_a_workload(spoil: Spoil, errors: Errors) -> None:
    hours = "contact_hours: 36, self_study_hours: 40, assessment_hours: 8"
    credits_ = "credits:\n  - {scheme: ECTS, value: 3, hours_per_credit: 28, basis: self-declared}\n"
    files = spoil(
        (SAFETY, hours, "contact_hours: 0, self_study_hours: 0, assessment_hours: 0"),
        (SAFETY, credits_, ""),
        (PATHWAY, "  min_total: {scheme: ECTS, value: 3}\n", ""),
    )
    assert errors(files) == [
        f"courses/safety.yml:10: workload: expected a workload in hours, element 7 of 11 of a micro-credential, got none{MISSING_HINT}"
    ]


def test_e1_a_micro_credential_is_given_only_to_those_who_passed(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "assessment_required: true", "assessment_required: false"))) == [
        (
            "courses/safety.yml:24: completion_rule.assessment_required: expected true for a micro-credential, got false"
            "\n→ A micro-credential is given only to those who passed"
        )
    ]


@pytest.mark.parametrize("kind", ["attendance", "completion", "recognition"])
def test_e1_another_paper_says_what_it_is(spoil: Spoil, errors: Errors, kind: str) -> None:
    files = spoil((BAKING, ", statement: No examination was held.", ""), (BAKING, "kind: completion", f"kind: {kind}"))
    assert errors(files) == [
        (
            f"courses/baking.yml:7: award.statement: expected a statement for the kind {kind}, got none"
            "\n→ Such as: Confirms attendance of the course. No examination was held"
        )
    ]


def test_e1_a_diploma_needs_an_assessment(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "kind: completion", "kind: diploma"))) == [
        (
            "courses/baking.yml:7: award.kind: expected assessment for a diploma, got none"
            "\n→ Add it, or choose the kind completion"
        )
    ]


def test_e1_nobody_can_be_asked_to_pass_what_is_not_assessed(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "assessment_required: false", "assessment_required: true"))) == [
        (
            "courses/baking.yml:14: completion_rule.assessment_required: expected false, as the course has no assessment, "
            "got true\n→ Add assessment, or write false"
        )
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Micro-credential in Baking", "MICROCREDENTIAL", "micro credentials", "Micro\u2011Credential", "Micro_credential", "Ｍicro-credential",
        "مائیکرو کریڈنشل", "مائیکرو کریڈینشل", "مائيكرو كريڈنشل", "مائیکرو\u200cکریڈنشل", "مائکروکریڈنشل",
    ],
)  # fmt: skip
def test_e2_no_other_paper_is_called_a_micro_credential(spoil: Spoil, errors: Errors, words: str) -> None:
    told = [
        error.split("\n")[0].split(", got ")[0] for error in errors(spoil((BAKING, "Certificate of Completion", words)))
    ]
    assert told == [
        "courses/baking.yml:7: award.title: expected no claim of a micro-credential for the kind completion"
    ]


def test_e2_no_other_course_is_called_a_micro_credential(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "گھریلو بیکنگ", "بیکنگ مائیکرو کریڈنشل"))) == [
        (
            "courses/baking.yml:3: title.ur: expected no claim of a micro-credential for the kind completion, "
            f"got 'بیکنگ مائیکرو کریڈنشل'{WORDS_HINT}"
        )
    ]


@pytest.mark.parametrize("words", ["Microcredit for farmers", "Micro-irrigation", "Credential writing", "کریڈٹ"])
def test_e2_other_words_are_free(spoil: Spoil, errors: Errors, words: str) -> None:
    assert errors(spoil((BAKING, "Home Baking", words))) == []


def test_e2_a_statement_may_say_that_it_is_no_micro_credential(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "No examination was held.", "This is not a micro-credential."))) == []


@pytest.mark.parametrize(("hours_per_credit", "right"), [(26, False), (27, True), (28, True), (29, True), (30, False)])
def test_e3_credits_are_worth_the_hours_within_5_percent(
    spoil: Spoil, errors: Errors, hours_per_credit: int, right: bool
) -> None:
    files = spoil((SAFETY, "hours_per_credit: 28", f"hours_per_credit: {hours_per_credit}"))
    expected = (
        f"courses/safety.yml:12: credits[1]: expected 3 × {hours_per_credit} h to be within 5 % of the workload of 84 h, "
        f"got {3 * hours_per_credit} h\n→ Mend the credits, the hours of a credit, or the workload"
    )
    assert errors(files) == ([] if right else [expected])


def test_e4_modules_add_up(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "hours: 24", "hours: 25"))) == [
        (
            "courses/baking.yml:11: modules: expected modules that add up to 40 contact hours, got 41"
            "\n→ Mend the hours of a module, or the workload"
        )
    ]


@pytest.mark.parametrize(("modules", "told"), [(18, []), (42, []), (17, ["34"]), (21, ["42"])])
def test_e4_groups_of_modules_add_up_to_contact_hours_or_all_hours(
    spoil: Spoil, errors: Errors, modules: int, told: list[str]
) -> None:
    group = f"module_groups:\n  - {{id: g, title: Weeks, modules: {modules}, hours_each: 2}}\n"
    found = errors(spoil((SAFETY, "credits:\n", f"{group}credits:\n")))
    assert found == [
        f"courses/safety.yml:11: module_groups: expected modules that add up to 36 contact or 84 hours in all, got {got}"
        "\n→ Mend the hours of a module, or the workload"
        for got in told
    ]


def test_e5_weights_add_up_to_100(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "weight: 40", "weight: 30"))) == [
        "courses/safety.yml:19: assessment: expected weights that add up to 100, got 90"
    ]


def test_e5_every_outcome_is_proved(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "proves: [lo2]", "proves: [lo1]"))) == [
        (
            "courses/safety.yml:18: learning_outcomes[2]: expected an assessment that proves 'lo2', got none"
            "\n→ Name it under proves of an assessment, or take the outcome out"
        )
    ]


def test_e5_only_outcomes_of_the_course_are_proved(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "proves: [lo2]", "proves: [lo2, lo-1]"))) == [
        (
            "courses/safety.yml:21: assessment[2].proves[2]: expected an outcome of the course, got 'lo-1'"
            "\n→ Did you mean 'lo1'?"
        )
    ]


def test_e5_outcomes_of_a_course_without_assessment_need_no_proof(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "fee:", "learning_outcomes: [{id: lo1, text: Bake bread}]\nfee:"))) == []


def test_e6_a_run_ends_after_it_begins(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((RUN, "end: 2026-02-27", "end: 2026-02-15"))) == [
        "runs/baking-b1.yml:5: end: expected 2026-02-16 or later, got 2026-02-15\n→ A run ends after it begins"
    ]
    assert errors(spoil((RUN, "end: 2026-02-27", "end: 2026-02-16"))) == []


def test_e6_a_run_is_awarded_when_it_is_over(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((RUN, "state: finished", "state: finished\nawarded: 2026-02-26"))) == [
        (
            "runs/baking-b1.yml:7: awarded: expected 2026-02-27 or later, got 2026-02-26"
            "\n→ Certificates are awarded when the run is over"
        )
    ]


def test_e6_applications_close_after_they_open(spoil: Spoil, errors: Errors) -> None:
    applying = "venue: hall\napply: {how: phone, opens: 2026-01-05, closes: 2026-01-04}"
    assert errors(spoil((RUN, "venue: hall", applying))) == [
        "runs/baking-b1.yml:8: apply.closes: expected 2026-01-05 or later, got 2026-01-04"
    ]


@pytest.mark.parametrize(
    ("approval", "told"),
    [
        ("valid_from: 2026-02-17", "from 2026-02-17"),
        ("valid_from: 2024-07-01, valid_to: 2026-02-15", "from 2024-07-01 to 2026-02-15"),
        ("valid_from: 2026-02-16, valid_to: 2026-02-16", None),
        ("valid_from: 2026-02-16", None),
    ],
)
def test_e10_the_course_is_approved_when_a_run_begins(
    spoil: Spoil, errors: Errors, approval: str, told: str | None
) -> None:
    message = (
        f"runs/baking-b1.yml:4: start: expected a day of the approval, {told}, got 2026-02-16"
        "\n→ Mend approval in courses/baking.yml; one that was renewed keeps its first day"
    )
    files = spoil((BAKING, "valid_from: 2024-07-01, valid_to: 2027-06-30", approval))
    assert errors(files) == ([message] if told else [])


def test_e10_an_approval_ends_after_it_begins(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "valid_to: 2028-12-31", "valid_to: 2025-12-31"))) == [
        "courses/safety.yml:25: approval.valid_to: expected 2026-01-01 or later, got 2025-12-31"
    ]


def test_e11_who_signs_is_in_office_on_the_day_of_award(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((RUN, "[director-2]", "[director-2, director-1]"))) == [
        (
            "runs/baking-b1.yml:8: signatories[2]: expected a signatory in office on 2026-02-27, got 'director-1', "
            "in office from 2019-07-01 to before 2025-01-01\n→ Choose who is in office on the day of award"
        )
    ]


@pytest.mark.parametrize(("to", "right"), [("2026-02-27", False), ("2026-02-28", True)])
def test_e11_the_last_day_of_office_is_the_day_before_its_end(
    spoil: Spoil, errors: Errors, to: str, right: bool
) -> None:
    files = spoil((CENTRE, "to: 2025-01-01", f"to: {to}"), (RUN, "[director-2]", "[director-1]"))
    assert (errors(files) == []) is right


def test_e11_the_day_of_award_counts_and_not_the_end_of_the_run(spoil: Spoil, errors: Errors) -> None:
    files = spoil((CENTRE, "from: 2025-01-01", "from: 2026-03-02"), (RUN, "venue", "awarded: 2026-03-02\nvenue"))
    assert errors(files) == []


def test_e11_who_signs_exists(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((RUN, "[director-2]", "[director2]"))) == [
        (
            "runs/baking-b1.yml:8: signatories[1]: expected a signatory of centre.yml, got 'director2'"
            "\n→ Did you mean 'director-2'?"
        )
    ]


def test_e11_a_term_of_office_ends_after_it_begins(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((CENTRE, "to: 2025-01-01", "to: 2019-07-01"))) == [
        "centre.yml:17: signatories[1].to: expected a day after 2019-07-01, got 2019-07-01"
    ]


def test_e13_a_batch_number_is_used_once_in_a_course(files: dict[str, bytes], errors: Errors) -> None:
    files["runs/baking-b2.yml"] = files["runs/baking-b1.yml"].replace(b"id: baking-b1", b"id: baking-b2")
    assert errors(files) == [
        "runs/baking-b2.yml:3: batch_no: expected a batch number of its own, got 1, the number of runs/baking-b1.yml"
    ]


def test_e13_two_courses_may_have_the_same_batch_number(files: dict[str, bytes], errors: Errors) -> None:
    run = files["runs/baking-b1.yml"].replace(b"id: baking-b1", b"id: safety-b1")
    files["runs/safety-b1.yml"] = run.replace(b"course: baking", b"course: safety")
    assert errors(files) == []


@pytest.mark.parametrize(
    ("status", "state", "told"),
    [
        ("draft", "finished", "2: course: expected an active course, got 'baking', which is a draft\n→ Make the course active first"),
        ("draft", "planned", "2: course: expected an active course, got 'baking', which is a draft\n→ Make the course active first"),
        ("retired", "open", "6: state: expected finished or cancelled, as the course is retired, got open\n→ Finish or cancel the run, or make courses/baking.yml active again"),
        ("suspended", "running", "6: state: expected finished or cancelled, as the course is suspended, got running\n→ Finish or cancel the run, or make courses/baking.yml active again"),
        ("retired", "finished", None),
        ("suspended", "finished", None),
        ("suspended", "cancelled", None),
        ("active", "open", None),
    ],
)  # fmt: skip
def test_e16_runs_are_of_courses_on_offer(
    spoil: Spoil, errors: Errors, status: str, state: str, told: str | None
) -> None:
    files = spoil((BAKING, "status: active", f"status: {status}"), (RUN, "state: finished", f"state: {state}"))
    assert errors(files) == ([f"runs/baking-b1.yml:{told}"] if told else [])


def test_e17_only_micro_credentials_are_parts_of_a_pathway(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "all_of: [safety]", "all_of: [safety, baking]"))) == [
        (
            "pathways/technician.yml:5: awarding_rule.all_of[2]: expected a micro-credential, "
            "got 'baking' of the kind completion\n→ Attendance and completion never stack"
        )
    ]


def test_e17_another_course_does_not_stack(spoil: Spoil, errors: Errors) -> None:
    files = spoil((BAKING, "fee:", "stackable: {into: [technician]}\nfee:"))
    assert errors(files)[0] == (
        "courses/baking.yml:15: stackable: expected a micro-credential, got the kind completion, which does not stack"
        "\n→ Delete stackable"
    )


def test_e17_a_pathway_counts_micro_credentials_only(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "counts_only: [microcredential]", "counts_only: [completion]"))) == [
        "pathways/technician.yml:7: counts_only[1]: expected microcredential, got completion"
    ]


def test_e18_parts_of_a_pathway_exist(spoil: Spoil, errors: Errors) -> None:
    choice = "at_least: {count: 1, of: [safty]}\n  plus: {capstone: project}\n  all_of: [safety]"
    assert errors(spoil((PATHWAY, "all_of: [safety]", choice))) == [
        (
            "pathways/technician.yml:5: awarding_rule.at_least.of[1]: expected a file of courses/, got 'safty'"
            "\n→ Did you mean 'safety'?"
        ),
        "pathways/technician.yml:6: awarding_rule.plus.capstone: expected a file of courses/, got 'project'",
    ]


def test_e18_a_pathway_inside_a_pathway_is_refused_so_that_none_runs_in_a_circle(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "all_of: [safety]", "all_of: [safety, technician]"))) == [
        (
            "pathways/technician.yml:5: awarding_rule.all_of[2]: expected a course, got the pathway 'technician'"
            "\n→ Name the courses of that pathway; pathways inside pathways could run in a circle"
        )
    ]


def test_e18_a_course_is_counted_once_in_a_pathway(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "all_of: [safety]", "all_of: [safety]\n  plus: {capstone: safety}"))) == [
        "pathways/technician.yml:6: awarding_rule.plus.capstone: expected each course once in a pathway, got 'safety' again"
    ]


def test_e18_a_pathway_into_which_a_course_stacks_exists(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "into: [technician]", "into: [technicians]"))) == [
        (
            "courses/safety.yml:23: stackable.into[1]: expected a file of pathways/, got 'technicians'"
            "\n→ Did you mean 'technician'?"
        )
    ]


def test_e18_a_pathway_counts_what_stacks_into_it(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil(NO_PARTS)) == [
        (
            "courses/safety.yml:23: stackable.into[1]: expected a pathway that counts this course, got 'technician'"
            "\n→ Name the course in pathways/technician.yml, or delete it here"
        ),
        "pathways/technician.yml:4: awarding_rule: expected at least one course, got none",
    ]


def test_e18_there_are_enough_courses_to_choose_from(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "all_of: [safety]", "at_least: {count: 2, of: [safety]}"))) == [
        (
            "pathways/technician.yml:5: awarding_rule.at_least.count: expected at most 1, as many as there are to choose from, "
            "got 2"
        )
    ]


def test_e18_the_credits_of_a_pathway_can_be_reached(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((PATHWAY, "ECTS, value: 3", "ECTS, value: 3.5"))) == [
        (
            "pathways/technician.yml:6: awarding_rule.min_total.value: expected at most 3 ECTS, which all parts carry "
            "together, got 3.5"
        )
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (BAKING, "department: food", "department: foods", "courses/baking.yml:4: department: expected a department of centre.yml, got 'foods'\n→ Did you mean 'food'?"),
        (SAFETY, "statement: policy", "statement: polices", "courses/safety.yml:22: quality.statement: expected a file of quality/, got 'polices'\n→ Did you mean 'policy'?"),
        (RUN, "course: baking", "course: bakin", "runs/baking-b1.yml:2: course: expected a file of courses/, got 'bakin'\n→ Did you mean 'baking'?"),
        (RUN, "venue: hall", "venue: halls", "runs/baking-b1.yml:7: venue: expected a venue of centre.yml, got 'halls'\n→ Did you mean 'hall'?"),
    ],
)  # fmt: skip
def test_e18_what_a_file_names_exists(spoil: Spoil, errors: Errors, file: str, old: str, new: str, told: str) -> None:
    assert errors(spoil((file, old, new))) == [told]


@pytest.mark.parametrize("title", ["Home Baking", "home  baking", "HOME-BAKING"])
def test_e21_a_title_is_used_once_in_a_department(spoil: Spoil, errors: Errors, title: str) -> None:
    assert errors(spoil((SAFETY, "title: Food Safety", f"title: {title}"))) == [
        (
            f"courses/safety.yml:3: title: expected a title of its own, got '{title}', the title of courses/baking.yml"
            "\n→ Say in the title for whom or when it is, or delete one of the two"
        )
    ]


def test_e21_a_title_may_come_back_in_another_department_or_after_retirement(spoil: Spoil, errors: Errors) -> None:
    same = (SAFETY, "title: Food Safety", "title: Home Baking")
    assert errors(spoil(same, (SAFETY, "department: food", "department: office"))) == []
    assert errors(spoil(same, (BAKING, "status: active", "status: retired"))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("from: 2023-05-28}", "from: 2023-05-29}", "centre.yml:5: names[2].from: expected 2023-05-28, when the name before ends, got 2023-05-29, a gap\n→ Write the names from the oldest to the newest; to is the first day of the next name"),
        ("from: 2023-05-28}", "from: 2023-05-27}", "centre.yml:5: names[2].from: expected 2023-05-28, when the name before ends, got 2023-05-27, an overlap\n→ Write the names from the oldest to the newest; to is the first day of the next name"),
        (", to: 2023-05-28", "", "centre.yml:4: names[1].to: expected the day on which the next name begins, got no such field\n→ Write 2023-05-28"),
        ("from: 2023-05-28}", "from: 2023-05-28, to: 2030-01-01}", "centre.yml:5: names[2].to: expected no end of the newest name, got 2030-01-01\n→ Write the next name below, or delete to"),
        ("from: 2019-07-01, to: 2023-05-28", "from: 2023-05-28, to: 2023-05-28", "centre.yml:4: names[1].to: expected a day after 2023-05-28, got 2023-05-28"),
    ],
)  # fmt: skip
def test_e22_names_follow_each_other_without_gap_or_overlap(
    spoil: Spoil, errors: Errors, old: str, new: str, told: str
) -> None:
    assert errors(spoil((CENTRE, old, new))) == [told]


def test_e22_the_centre_has_a_name_on_the_day_of_each_award(spoil: Spoil, errors: Errors) -> None:
    old = "  - {name: {en: Old Centre, ur: پرانا مرکز}, from: 2019-07-01, to: 2023-05-28}\n"
    files = spoil((CENTRE, old, ""), (CENTRE, "from: 2023-05-28", "from: 2026-02-28"))
    assert errors(files) == [
        (
            "runs/baking-b1.yml:5: end: expected a day of award from 2026-02-28, when the centre's first name begins, "
            "got 2026-02-27\n→ Add the name that the centre had on that day to centre.yml"
        )
    ]


def test_e24_a_fee_names_its_currency(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, ", currency: PKR", ""), (RUN, "venue: hall", "venue: hall\nfee: {amount: 5}"))) == [
        "courses/baking.yml:15: fee.currency: expected a currency for the amount 6000, got none\n→ Such as PKR",
        "runs/baking-b1.yml:8: fee.currency: expected a currency for the amount 5, got none\n→ Such as PKR",
    ]


def test_e24_what_is_free_needs_no_currency(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "amount: 6000, currency: PKR", "amount: 0"))) == []


def test_e25_codes_are_unique(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "code: FT-FS", "code: FT-HB"))) == [
        "courses/safety.yml:2: code: expected a code of its own, got 'FT-HB', the code of courses/baking.yml"
    ]


def test_each_rule_is_in_the_list_once_and_its_docstring_begins_with_its_code() -> None:
    assert len({rule.find for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert (rule.find.__doc__ or "").startswith(f"{rule.code}: ")


def test_no_rule_of_the_modules_is_forgotten() -> None:
    modules = {inspect.getmodule(rule.find) for rule in RULES}
    written = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == getattr(module, "__name__", "")
    }
    assert written == {rule.find for rule in RULES}
