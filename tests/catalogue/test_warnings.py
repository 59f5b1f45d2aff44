# ruff: noqa: E501  A table reads best with one case on a line.
"""What is only pointed out, with its boundaries, and the errors that came with variants, profiles and people."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from asnad.catalogue.course import CourseId
from asnad.catalogue.european_elements import ELEMENTS, missing_elements
from asnad.catalogue.findings import Severity
from asnad.catalogue.reading import check_catalogue, read_catalogue

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[..., list[str]]
Warned = Callable[[dict[str, bytes], str], list[str]]

CENTRE, BAKING, SAFETY = "centre.yml", "courses/baking.yml", "courses/safety.yml"
RUN, PATHWAY = "runs/baking-b1.yml", "pathways/technician.yml"
AT = 1_772_755_200
"""2026-03-06."""
STATEMENT = ", statement: No examination was held."
VARIANTS = "variants:\n  - {id: women, audience: {gender: women}}\n  - {id: men, audience: {gender: men}}\n"


def test_warnings_stop_nothing(spoil: Spoil) -> None:
    checked = check_catalogue(spoil((RUN, "venue: hall", "venue: hall\ncapacity: 3\nenrolled: 4")), AT)
    assert checked.catalogue is not None
    assert "E9" in {found.rule for found in checked.warnings}
    assert checked.errors == ()


def test_one_error_among_warnings_stops_the_work(spoil: Spoil) -> None:
    checked = check_catalogue(spoil((RUN, "venue: hall", "venue: hall\ncapacity: 3\nmin_learners: 4\nenrolled: 4")))
    assert checked.catalogue is None
    assert [(found.rule, found.field) for found in checked.errors] == [("E30", "min_learners")]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ((BAKING, STATEMENT, ""), "E1"),
        ((BAKING, "kind: completion", "kind: diploma"), "E1"),
        ((BAKING, ", currency: PKR", ""), "E24"),
        ((BAKING, "fee:", "learning_outcomes: [{id: lo1, text: Bake}, {id: lo2, text: Sell}]\nassessment: [{id: a1, type: oral, weight: 100, pass_mark: 50, proves: [lo1]}]\nfee:"), "E5"),
    ],
)  # fmt: skip
def test_what_is_missing_in_a_draft_is_a_warning_until_it_is_active(
    spoil: Spoil, change: tuple[str, str, str], rule: str
) -> None:
    for status, severity in (("draft", Severity.WARNING), ("active", Severity.ERROR)):
        files = spoil(change, (BAKING, "status: active", f"status: {status}"))
        del files[RUN]
        found = check_catalogue(files).findings
        assert {each.severity for each in found if (each.rule, each.file) == (rule, BAKING)} == {severity}


def test_what_is_wrong_in_a_draft_is_an_error(spoil: Spoil, errors: Errors) -> None:
    files = spoil((BAKING, "status: active", "status: draft"), (BAKING, "hours: 24", "hours: 25"))
    del files[RUN]
    assert len(errors(files)) == 1


def test_e1_the_eleven_elements_are_numbered_as_the_annex_does(files: dict[str, bytes]) -> None:
    assert [element.number for element in ELEMENTS] == list(range(1, 12))
    assert len({element.id for element in ELEMENTS}) == 11
    catalogue = read_catalogue(files)
    assert missing_elements(catalogue.course(CourseId("safety"))) == ()
    lacking = missing_elements(catalogue.course(CourseId("baking")))
    assert [element.id for element in lacking] == ["outcomes", "level", "assessment", "quality"]


def test_e1_a_pathway_is_no_micro_credential(spoil: Spoil, errors: Errors) -> None:
    (found,) = errors(spoil(("pathways/technician.yml", "kind: diploma", "kind: microcredential")))
    assert "kind: expected another kind for a pathway, got microcredential" in found


def test_e1_an_earlier_version_is_looked_at_too(files: dict[str, bytes], errors: Errors) -> None:
    files["versions/baking/1.yml"] = files[BAKING].replace(STATEMENT.encode(), b"")
    files[BAKING] += b"version: 2\n"
    assert [error.split(": expected")[0] for error in errors(files)] == ["versions/baking/1.yml:7: award.statement"]


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (BAKING, "summary: Two weeks of bread and cakes.", "summary: A micro-credential in bread.", "courses/baking.yml:6: summary"),
        (BAKING, STATEMENT, ", statement: This is a micro-credential.", "courses/baking.yml:7: award.statement"),
    ],
)  # fmt: skip
def test_e2_a_summary_or_statement_that_claims_it_is_refused(
    spoil: Spoil, errors: Errors, file: str, old: str, new: str, field: str
) -> None:
    assert [error.split(": expected")[0] for error in errors(spoil((file, old, new)))] == [field]


def test_e2_a_title_may_not_even_deny_it(spoil: Spoil, errors: Errors) -> None:
    assert len(errors(spoil((BAKING, "title: Certificate of Completion", "title: Not a micro-credential")))) == 1


def test_e2_a_description_may_speak_of_it_and_is_pointed_out(spoil: Spoil, warned: Warned) -> None:
    speaking = spoil((BAKING, "award:", "description: Afterwards you may join our micro-credential.\naward:"))
    assert [told.split(": expected")[0] for told in warned(speaking, "E2")] == ["courses/baking.yml:7: description"]
    denying = spoil((BAKING, "award:", "description: It is not a micro-credential.\naward:"))
    assert warned(denying, "E2") == []


def test_e2_micro_credits_are_pointed_out(spoil: Spoil, warned: Warned) -> None:
    assert warned(spoil((BAKING, "Two weeks of bread and cakes.", "You earn 2 micro-credits.")), "E2") == [
        (
            "courses/baking.yml:6: summary: expected no micro-credits for the kind completion, got "
            "'You earn 2 micro-credits.'\n→ A course of this kind gives none; where a loan is meant, call it so"
        )
    ]


@pytest.mark.parametrize(
    ("profile", "study", "credits_", "told"),
    [
        ("local", 40, "3", []),
        ("nl-he", 40, "3", []),
        ("nl-he", 39, "3", ["workload: expected at least 84 hours by the profile nl-he, got 83"]),
        ("nl-he", 40, "2.9", ["credits: expected 3 to 30 ECTS by the profile nl-he, got 2.9"]),
        ("nl-he", 796, "30", []),
        ("nl-he", 800, "30.1", ["credits: expected 3 to 30 ECTS by the profile nl-he, got 30.1"]),
        ("nl-vet-80", 36, "2.9", []),
        ("nl-vet-80", 35, "2.9", ["workload: expected at least 80 hours by the profile nl-vet-80, got 79"]),
        ("nl-240", 196, "8.5", []),
        ("nl-240", 195, "8.5", ["workload: expected at least 240 hours by the profile nl-240, got 239"]),
    ],
)
def test_e3_a_micro_credential_is_as_large_as_the_profile_wants(
    spoil: Spoil, errors: Errors, profile: str, study: int, credits_: str, told: list[str]
) -> None:
    files = spoil(
        (CENTRE, "serial_prefix: CSC", f"serial_prefix: CSC\nprofile: {profile}"),
        (SAFETY, "self_study_hours: 40", f"self_study_hours: {study}"),
        (SAFETY, "scheme: ECTS, value: 3,", f"scheme: ECTS, value: {credits_},"),
        (PATHWAY, "  min_total: {scheme: ECTS, value: 3}\n", ""),
    )
    assert [error.split("\n")[0].split(": ", 1)[1] for error in errors(files)] == told


def test_e3_credits_are_needed_where_the_profile_counts_them(spoil: Spoil, errors: Errors) -> None:
    files = spoil(
        (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\nprofile: nl-he"),
        (SAFETY, "scheme: ECTS, value: 3,", "scheme: PK-CH, value: 3,"),
        (PATHWAY, "  min_total: {scheme: ECTS, value: 3}\n", ""),
    )
    assert [error.split("\n")[0] for error in errors(files)] == [
        "courses/safety.yml:11: credits: expected 3 to 30 ECTS by the profile nl-he, got none"
    ]


def test_e3_a_course_of_another_kind_may_be_of_any_size(spoil: Spoil, errors: Errors) -> None:
    files = spoil((CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\nprofile: nl-vet-80"))
    assert errors(files) == []


@pytest.mark.parametrize(("awarded", "told"), [("2026-03-06", 0), ("2026-03-07", 1)])
def test_e6_a_finished_run_is_not_awarded_in_the_future(spoil: Spoil, warned: Warned, awarded: str, told: int) -> None:
    found = warned(spoil((RUN, "venue: hall", f"venue: hall\nawarded: {awarded}")), "E6")
    assert len(found) == told
    if told:
        assert found == [
            (
                "runs/baking-b1.yml:8: awarded: expected a day of award up to today, as the run is finished, "
                "got 2026-03-07\n→ Certificates carry this day; write the day on which they are really given"
            )
        ]


def test_e6_a_planned_run_may_be_awarded_in_the_future(spoil: Spoil, warned: Warned) -> None:
    assert warned(spoil((RUN, "state: finished", "state: planned\nawarded: 2026-04-01")), "E6") == []


@pytest.mark.parametrize(
    ("value", "unit", "end", "told"),
    [
        (2, "weeks", "2026-02-27", 0), (2, "weeks", "2026-03-01", 0), (2, "weeks", "2026-03-04", 1), (2, "weeks", "2026-02-24", 1),
        (2, "weeks", "2026-02-25", 0), (1, "weeks", "2026-02-20", 0), (5, "days", "2026-02-20", 0), (5, "days", "2026-02-18", 1),
        (6, "months", "2026-08-14", 0), (6, "months", "2026-06-01", 1),
    ],
)  # fmt: skip
def test_e6_a_run_is_about_as_long_as_its_course(
    spoil: Spoil, warned: Warned, value: int, unit: str, end: str, told: int
) -> None:
    files = spoil(
        (BAKING, "duration: {value: 2, unit: weeks}", f"duration: {{value: {value}, unit: {unit}}}"),
        (RUN, "end: 2026-02-27", f"end: {end}"),
        (RUN, "state: finished", "state: running"),
    )
    assert len(warned(files, "E6")) == told


@pytest.mark.parametrize(("enrolled", "told"), [(20, 0), (21, 1)])
def test_e9_no_more_are_enrolled_than_there_are_places(spoil: Spoil, warned: Warned, enrolled: int, told: int) -> None:
    files = spoil((RUN, "venue: hall", f"venue: hall\ncapacity: 20\nenrolled: {enrolled}"))
    assert (
        warned(files, "E9")
        == ["runs/baking-b1.yml:9: enrolled: expected at most 20, the capacity, got 21\n→ Mend one of the two"] * told
    )


@pytest.mark.parametrize(("number", "told"), [(2, 0), (3, 1)])
def test_e13_no_batch_number_is_left_out(files: dict[str, bytes], warned: Warned, number: int, told: int) -> None:
    run = files[RUN].replace(b"id: baking-b1", b"id: baking-b3")
    files["runs/baking-b3.yml"] = run.replace(b"batch_no: 1", f"batch_no: {number}".encode())
    assert (
        warned(files, "E13")
        == [
            (
                "runs/baking-b3.yml:3: batch_no: expected 2, which follows runs/baking-b1.yml, got 3"
                "\n→ A batch that was called off keeps its file, with the state cancelled"
            )
        ]
        * told
    )


def test_e13_a_catalogue_may_begin_at_any_batch(spoil: Spoil, warned: Warned) -> None:
    assert warned(spoil((RUN, "batch_no: 1", "batch_no: 34")), "E13") == []


def test_e21_variants_are_for_different_audiences(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((BAKING, "fee:", f"{VARIANTS}fee:"))) == []
    same = VARIANTS.replace("gender: men", "gender: women")
    assert errors(spoil((BAKING, "fee:", f"{same}fee:"))) == [
        (
            "courses/baking.yml:17: variants[2].audience: expected an audience of its own, got that of the variant 'women'"
            "\n→ Make one of the two; a season belongs to the run"
        )
    ]


def test_e21_variants_have_ids_and_titles_of_their_own(spoil: Spoil, errors: Errors) -> None:
    titled = VARIANTS.replace("women,", "women, title: For you,").replace("id: men,", "id: men, title: For You,")
    assert [error.split(": expected")[0] for error in errors(spoil((BAKING, "fee:", f"{titled}fee:")))] == [
        "courses/baking.yml:17: variants[2].title"
    ]
    one_id = VARIANTS.replace("id: men", "id: women")
    assert [error.split(": expected")[0] for error in errors(spoil((BAKING, "fee:", f"{one_id}fee:")))] == [
        "courses/baking.yml:17: variants[2]"
    ]


def test_e21_a_variant_is_for_some_of_those_whom_the_course_is_for(spoil: Spoil, warned: Warned) -> None:
    files = spoil((BAKING, "fee:", f"audience: {{gender: women}}\n{VARIANTS}fee:"))
    assert [told.split("\n")[0] for told in warned(files, "E21")] == [
        "courses/baking.yml:18: variants[2].audience: expected women, as the course is for women, got men"
    ]


def test_e22_a_department_that_was_renamed_says_when(spoil: Spoil, errors: Errors) -> None:
    right = "names: [{name: Old Food, from: 2010-01-01, to: 2023-05-28}, {name: Food, from: 2023-05-28}]"
    assert errors(spoil((CENTRE, "{id: food, name: Food}", f"{{id: food, {right}}}"))) == []
    gap = right.replace("to: 2023-05-28", "to: 2023-05-01")
    assert [
        error.split("\n")[0] for error in errors(spoil((CENTRE, "{id: food, name: Food}", f"{{id: food, {gap}}}")))
    ] == [
        "centre.yml:12: departments[1].names[2].from: expected 2023-05-01, when the name before ends, got 2023-05-28, a gap"
    ]
    undated = "names: [{name: Old Food}, {name: Food, from: 2023-05-28}]"
    assert any(
        error.startswith("centre.yml:12: departments[1].names[1].from: expected a day that exists")
        for error in errors(spoil((CENTRE, "{id: food, name: Food}", f"{{id: food, {undated}}}")))
    )


def test_e23_each_file_is_told_once_for_each_language_it_lacks(files: dict[str, bytes], warned: Warned) -> None:
    found = warned(files, "E23")
    assert len(found) == len({told.split(":", maxsplit=1)[0] for told in found}) == 5
    assert (
        "courses/baking.yml:6: summary: expected every text in ur, a language of the site, got none of "
        "summary, award.title, award.statement and 3 more\n"
        "→ Readers are shown another language, and told so, until it is written: {en: …, ur: …}"
    ) in found


def test_e23_a_site_of_one_language_lacks_nothing(spoil: Spoil, warned: Warned) -> None:
    assert warned(spoil((CENTRE, "languages: [en, ur]", "languages: [en]")), "E23") == []


def test_e23_an_earlier_version_need_not_be_translated(files: dict[str, bytes], warned: Warned) -> None:
    files["versions/baking/1.yml"] = files[BAKING]
    files[BAKING] += b"version: 2\n"
    assert not any(told.startswith("versions/") for told in warned(files, "E23"))


@pytest.mark.parametrize(("scope", "told"), [("Accepts it for the post of baker", 0), ("Guarantees a post", 1)])
def test_e26_nobody_promises_what_another_body_decides(spoil: Spoil, warned: Warned, scope: str, told: int) -> None:
    others = f"recognised_by: [{{body: Bakers, scope: {scope}}}]\nexemptions: [{{body: College, scope: {scope}}}]\n"
    found = warned(spoil((BAKING, "fee:", f"{others}fee:")), "E26")
    assert [each.split(": expected")[0] for each in found] == [
        "courses/baking.yml:15: recognised_by[1].scope",
        "courses/baking.yml:16: exemptions[1].scope",
    ][: 2 * told]


@pytest.mark.parametrize(("end", "told"), [("2026-03-06", 0), ("2026-03-05", 1)])
def test_e27_a_recognition_that_has_ended_is_pointed_out(spoil: Spoil, warned: Warned, end: str, told: int) -> None:
    ended = f"recognised_by: [{{body: Bakers, scope: Accepted, to: {end}}}]\n"
    files = spoil((BAKING, "fee:", f"{ended}fee:"))
    assert len(warned(files, "E27")) == told
    (recognition,) = read_catalogue(files).course(CourseId("baking")).recognised_by
    assert recognition.holds_on(date(2026, 3, 6)) is (told == 0)


def test_e27_a_recognition_ends_after_it_begins(spoil: Spoil, errors: Errors) -> None:
    wrong = "recognised_by: [{body: Bakers, scope: Accepted, from: 2026-01-02, to: 2026-01-01}]\n"
    assert errors(spoil((BAKING, "fee:", f"{wrong}fee:"))) == [
        "courses/baking.yml:15: recognised_by[1].to: expected 2026-01-02 or later, got 2026-01-01"
    ]


@pytest.mark.parametrize(("person", "told"), [("director-2", 0), ("baker", 0), ("bakr", 1)])
def test_e28_who_teaches_is_named_by_the_centre(spoil: Spoil, warned: Warned, person: str, told: int) -> None:
    files = spoil(
        (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\ninstructors: [{id: baker, name: A. Baker}]"),
        (RUN, "venue: hall", f"venue: hall\ninstructors: [{person}]"),
    )
    assert (
        warned(files, "E28")
        == [
            (
                "runs/baking-b1.yml:8: instructors[1]: expected an instructor of centre.yml, got 'bakr'"
                "\n→ Did you mean 'baker'?"
            )
        ]
        * told
    )


@pytest.mark.parametrize(("greatest", "right"), [(15, False), (16, True), (35, True)])
def test_e29_the_greatest_age_is_no_less_than_the_least(
    spoil: Spoil, errors: Errors, greatest: int, right: bool
) -> None:
    files = spoil((BAKING, "fee:", f"audience: {{min_age: 16, max_age: {greatest}}}\nfee:"))
    assert errors(files) == ([] if right else ["courses/baking.yml:15: audience.max_age: expected 16 or more, got 15"])


@pytest.mark.parametrize(("least", "right"), [(20, True), (21, False)])
def test_e30_a_run_can_reach_its_least_number(spoil: Spoil, errors: Errors, least: int, right: bool) -> None:
    files = spoil((RUN, "venue: hall", f"venue: hall\ncapacity: 20\nmin_learners: {least}"))
    told = "runs/baking-b1.yml:9: min_learners: expected at most 20, the capacity, got 21"
    assert errors(files) == ([] if right else [told])


@pytest.mark.parametrize(("season", "told"), [("any", 0), ("winter", 0), ("summer", 1)])
def test_e31_a_run_is_in_the_season_of_its_course(spoil: Spoil, warned: Warned, season: str, told: int) -> None:
    files = spoil(
        (BAKING, "fee:", f"audience: {{season: {season}}}\nfee:"), (RUN, "venue: hall", "venue: hall\nseason: winter")
    )
    assert (
        warned(files, "E31")
        == [
            (
                "runs/baking-b1.yml:8: season: expected summer, the season of courses/baking.yml, got winter"
                "\n→ Take season out of the audience; it belongs to the run"
            )
        ]
        * told
    )


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("Bread <script>alert(1)</script>", "<script>"),
        ("Bread <img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("A <b>fine</b> bread", "<b>"),
        ("fine</b > bread", "</b >"),
        ("See javascript:alert(1)", "javascript:"),
        ("<!-- note", "<!--"),
        ("2 < 3 and 5 > 4", None),
        ("A & B", None),
    ],
)  # fmt: skip
def test_e32_markup_is_text_and_is_pointed_out(spoil: Spoil, warned: Warned, text: str, got: str | None) -> None:
    files = spoil((BAKING, "summary: Two weeks of bread and cakes.", f"summary: '{text}'"))
    told = "courses/baking.yml:6: summary: expected text alone, got '{}'\n→ It is shown to readers as it stands, and never runs; delete it"
    assert warned(files, "E32") == ([told.format(got)] if got else [])
    assert read_catalogue(files).course(CourseId("baking")).summary.shown_in("en")[0] == text


@pytest.mark.parametrize(("letters", "told"), [(200, 0), (201, 1), (10_000, 1)])
def test_e32_a_word_that_fits_no_page_is_pointed_out(spoil: Spoil, warned: Warned, letters: int, told: int) -> None:
    files = spoil((BAKING, "award:", f"description: {'ب' * letters}\naward:"))
    found = [each.split("\n")[0] for each in warned(files, "E32")]
    shown = f"'{'ب' * 60}…'"
    assert (
        found
        == [f"courses/baking.yml:7: description: expected words of at most 200 letters, got one of {letters}, {shown}"]
        * told
    )


def test_e32_an_address_may_be_long(spoil: Spoil, warned: Warned) -> None:
    address = f"https://skills.example/{'x' * 300}"
    files = spoil((BAKING, "fee:", f"recognised_by: [{{body: Bakers, scope: Accepted, url: '{address}'}}]\nfee:"))
    assert warned(files, "E32") == []


def test_e27_pages_of_a_day_show_what_holds_on_it(spoil: Spoil) -> None:
    both = "recognised_by:\n  - {body: Past, scope: x, to: 2026-03-05}\n  - {body: Now, scope: x, from: 2026-03-06}\n"
    catalogue = read_catalogue(spoil((BAKING, "fee:", f"{both}fee:")))
    for day, shown in ((date(2026, 3, 5), "Past"), (date(2026, 3, 6), "Now")):
        (recognition,) = catalogue.as_of(day).course(CourseId("baking")).recognised_by
        assert recognition.body.shown_in("en")[0] == shown


@pytest.mark.parametrize(
    "text", ["<a" + " " * 19_000, "<" * 19_000, "< " * 9_000, "no " * 6_000 + "micro-credential", "micro " * 3_000, "javascript" * 1_900]
)  # fmt: skip
def test_e32_a_text_that_was_made_to_be_slow_is_looked_at_at_once(spoil: Spoil, text: str) -> None:
    files = spoil((BAKING, "award:", f'description: "{text}."\naward:'))
    begun = time.process_time()
    assert check_catalogue(files, AT).catalogue is not None
    assert time.process_time() - begun < 1
