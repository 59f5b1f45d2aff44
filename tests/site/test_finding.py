"""What the page of all courses gives its script to search, choose, sort and compare by."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from site_catalogue import BAKING, CATALOGUE, RUN, SAFETY, TODAY, english, make, pages

from asnad.catalogue.course import Audience, Course, CourseId, Fee, Variant
from asnad.catalogue.run import RunState
from asnad.site.course_finder import CourseFinder, course_finder
from asnad.site.course_page import listed_courses
from asnad.site.facets import Facet
from asnad.site.run_standing import listed_runs
from asnad.site.search_index import search_index
from asnad.site.search_words import search_words

CASES = json.loads((Path(__file__).parent.parent / "finding" / "search_words.json").read_text("utf-8"))


def found(*courses: Course, runs: tuple[object, ...] = ()) -> CourseFinder:
    catalogue = dataclasses.replace(CATALOGUE, courses=courses, runs=runs, pathways=())
    all_runs = listed_runs(catalogue, TODAY)
    return course_finder(catalogue, listed_courses(catalogue, all_runs), all_runs, TODAY)


def course(name: str, **changes: object) -> Course:
    return dataclasses.replace(BAKING, id=CourseId(name), code=name, **changes)  # type: ignore[arg-type]


def choices(finder: CourseFinder, name: str) -> dict[str, list[int]]:
    """Give for each choice the places of the courses that have it."""
    facet = next((each for each in finder.facets if each.name == name), Facet(name, (), ()))
    return {
        choice: [place for place, held in enumerate(facet.held) if at in held]
        for at, choice in enumerate(facet.choices)
    }


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_words_are_those_of_the_script(case: dict[str, object]) -> None:
    assert list(search_words(str(case["text"]))) == case["words"]


def test_a_course_is_found_by_every_language_its_code_modules_outcomes_and_department() -> None:
    catalogue = dataclasses.replace(CATALOGUE, runs=())
    courses = listed_courses(catalogue, ())
    index = json.loads(search_index(courses))
    assert index["ids"] == ["baking", "safety"]
    words = index["words"].split(" ")

    def places(field: str, word: str) -> list[int]:
        distances = index[field][words.index(word)]
        return [sum(distances[: at + 1]) for at in range(len(distances))]

    assert places("titles", "baking") == [0]
    assert places("texts", "bread") == [0, 1]
    assert places("texts", "hazard") == [1]
    assert places("texts", "خوراک") == [0, 1]
    assert places("texts", "باورچی") == [0, 1]
    assert words == sorted(words)


def test_what_parts_no_course_from_another_is_not_offered() -> None:
    assert [facet.name for facet in found(course("a"), course("b")).facets] == []
    women_and_men = found(course("a"), course("b", audience=dataclasses.replace(BAKING.audience, gender="men")))
    assert choices(women_and_men, "audience") == {"women": [0], "men": [1]}


def test_a_course_with_variants_or_for_all_is_found_by_women_and_by_men() -> None:
    def audience(gender: str) -> Audience:
        return dataclasses.replace(BAKING.audience, gender=gender)

    variants = tuple(
        Variant(id=gender, title=None, code=None, audience=audience(gender)) for gender in ("women", "men")
    )
    finder = found(course("a"), course("b", variants=variants), course("c", audience=audience("any")))
    assert choices(finder, "audience") == {"men": [1, 2], "any": [2]}


def test_lengths_and_fees_hold_what_is_below_them_and_no_two_are_the_same() -> None:
    def costs(amount: int, currency: str | None = "PKR") -> Fee:
        return Fee(amount=amount, currency=currency, includes=(), paid_by="learner", sponsor=None)

    weeks = [dataclasses.replace(BAKING.duration, value=value) for value in (2, 8, 30)]
    finder = found(
        course("a", duration=weeks[0], fee=costs(0, None)),
        course("b", duration=weeks[1], fee=costs(4_000)),
        course("c", duration=weeks[2], fee=costs(18_000)),
        course("d", duration=weeks[2], fee=None),
    )
    assert choices(finder, "length") == {"14": [0], "61": [0, 1], "longer": [2, 3]}
    assert choices(finder, "fee") == {"free": [0], "PKR-5000": [0, 1], "PKR-20000": [0, 1, 2], "ask": [3]}


def test_levels_and_credits_are_named_with_their_framework() -> None:
    finder = found(course("A"), SAFETY)
    assert choices(finder, "level") == {"EQF-4": [1]}
    assert choices(finder, "credits") == {"ECTS-5": [1]}
    assert choices(finder, "hours") == {"40": [0], "100": [1]}


def test_a_season_is_that_of_the_course_or_of_a_coming_run() -> None:
    run = dataclasses.replace(RUN, course=CourseId("a"), season="winter")
    assert choices(found(course("a"), course("b"), runs=(run,)), "season") == {"winter": [0]}


def test_the_script_learns_when_applications_open_and_close_and_what_is_full_or_planned() -> None:
    def batches(**changes: object) -> object:
        run = dataclasses.replace(RUN, **changes)  # type: ignore[arg-type]
        return found(BAKING, runs=(run,)).data["courses"][0][2]  # type: ignore[index]

    assert batches() == [["2027-02-01", "open", "2027-01-01", "2027-01-20"]]
    assert batches(application=None) == [["2027-02-01", "open", "", "2027-01-31"]]
    assert batches(state=RunState.FULL) == [["2027-02-01", "full", "2027-01-01", "2027-01-20"]]
    assert batches(state=RunState.CANCELLED) == []
    assert batches(start=date(2027, 1, 2)) == []


def test_every_choice_of_every_language_has_words_and_every_card_stands_on_the_page() -> None:
    for address in ("courses/", "ur/courses/"):
        body = pages()[address].body
        assert body.count("<article") == 2
        assert 'name="kind" value="microcredential"' in body
        assert 'value="EQF-4"' in body


def test_the_facts_of_a_course_are_words_in_the_language_of_the_page() -> None:
    files = make().data_files()
    assert set(files) == {
        "courses/search.json",
        *(f"{folder}courses/{name}/facts.json" for folder in ("", "ur/") for name in ("baking", "safety")),
    }
    facts = json.loads(files["ur/courses/safety/facts.json"])
    assert facts["title"] == {"lang": "en", "text": "Food Safety"}
    assert facts["facts"]["kind"] == ["مائیکرو کریڈینشل"]
    english_facts = json.loads(files["courses/baking/facts.json"])["facts"]
    assert english_facts["next"] == ["1–12 February 2027", "Applications open"]
    assert english_facts["credits"] == ["No credits and no level."]
    assert english_facts["assessment"] == ["This course is not assessed."]


def test_hostile_text_stays_text_in_the_data_of_the_page() -> None:
    hostile = english("</script><script>alert(1)</script>")
    catalogue = dataclasses.replace(
        CATALOGUE, courses=(dataclasses.replace(BAKING, title=hostile),), pathways=(), runs=()
    )
    body = pages(catalogue)["courses/"].body
    assert "<script>alert" not in body
    assert "</script><script" not in body
