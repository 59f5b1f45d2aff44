# ruff: noqa: E501  A table reads best with one case on a line.
"""Courses in the terms of schema.org, in documents and saved pages, and our own exports read again."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from importing import checks, imported, only, reasons, the_course

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Course, CourseStatus, Kind
from asnad.catalogue.reading import read_catalogue
from asnad.desk.course_import import Outcome
from asnad.desk.saved_page import data_blocks
from asnad.errors import FileError
from asnad.site.course_structured_data import course_structured_data, courses_structured_data
from asnad.site.course_table import catalogue_csv
from asnad.site.data_block import data_block

EXAMPLE = Path(__file__).parents[2] / "catalogue"
TODAY = date(2026, 11, 22)
BAKING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "name": [{"@value": "Home Baking", "@language": "en"}, {"@value": "گھریلو بیکنگ", "@language": "ur"}],
    "description": {"en": "Bread and cakes.", "ur": "روٹی اور کیک۔"},
    "courseCode": "FT-HB",
    "timeRequired": "PT40H",
    "inLanguage": ["ur", "pa"],
    "coursePrerequisites": ["An oven at home", "Flour"],
    "provider": {"@type": "Organization", "name": "New Centre"},
    "educationalCredentialAwarded": {
        "@type": "EducationalOccupationalCredential",
        "name": "Certificate of Completion",
        "credentialCategory": "certificate of completion",
        "description": "No examination was held.",
    },
    "offers": {"@type": "Offer", "price": 6000, "priceCurrency": "PKR"},
    "audience": {"suggestedGender": "female", "suggestedMinAge": 15},
    "teaches": [{"@type": "DefinedTerm", "name": "Bake bread"}, "Ice a cake"],
    "syllabusSections": [
        {"@type": "Syllabus", "name": "Bread", "timeRequired": "PT24H"},
        {"@type": "Syllabus", "name": "Cakes", "timeRequired": "PT16H"},
    ],
    "educationalAlignment": {"educationalFramework": "ISCED-F 2013", "targetName": "0721"},
    "educationalLevel": "Beginner",
    "numberOfCredits": 3,
    "hasCourseInstance": [
        {
            "@type": "CourseInstance",
            "courseMode": ["onsite", "evening"],
            "startDate": "2026-12-01",
            "endDate": "2026-12-12",
            "location": {"@type": "Place", "name": "Hall"},
        }
    ],
}
SAID = {"duration": "2 weeks", "attendance": "80"}


def document(**changes: Any) -> str:
    """Give the course with changes; a member that is None is taken out."""
    return json.dumps({name: value for name, value in (BAKING | changes).items() if value is not None})


def test_what_schema_org_says_of_a_course_finds_its_place() -> None:
    done = imported(document(), said=SAID)
    course = the_course(done, "home-baking")
    assert course.title.versions == (("en", "Home Baking"), ("ur", "گھریلو بیکنگ"))
    assert course.summary.versions == (("en", "Bread and cakes."), ("ur", "روٹی اور کیک۔"))
    assert (course.code, course.isced_f) == ("FT-HB", "0721")
    assert course.workload.contact_hours == 40
    assert (course.delivery.mode, course.delivery.pattern, course.delivery.languages) == (
        "onsite",
        "evening",
        ("ur", "pa"),
    )
    assert course.award.kind is Kind.COMPLETION
    assert course.award.statement is not None
    assert course.award.statement.versions == (("en", "No examination was held."),)
    assert course.fee is not None
    assert (course.fee.amount, course.fee.currency) == (6000, "PKR")
    assert (course.audience.gender, course.audience.min_age) == ("women", 15)
    assert [(outcome.id, outcome.text.versions[0][1]) for outcome in course.learning_outcomes] == [
        ("lo1", "Bake bread"),
        ("lo2", "Ice a cake"),
    ]
    assert [(module.title.versions[0][1], module.hours) for module in course.modules] == [("Bread", 24), ("Cakes", 16)]
    assert course.entry.prior_learning is not None
    assert course.entry.prior_learning.versions == (("en", "An oven at home; Flour"),)
    assert checks(only(done)) == ["workload"]
    assert reasons(only(done)) == {
        "educationalLevel": "a level needs a framework and who stands for it; write levels by hand",
        "numberOfCredits": "credits need the hours of a credit and who stands for them; write credits by hand",
        "hasCourseInstance": "a run needs a venue and signatories, which the file cannot name; write it in runs/",
    }
    assert [left.text for left in only(done).left_out if left.name == "hasCourseInstance"] == [
        "2026-12-01 to 2026-12-12, Hall"
    ]


@pytest.mark.parametrize(
    "content",
    [
        document(),
        f"[{document()}]",
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, BAKING]}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": BAKING}]}),
        json.dumps({f"schema:{name}" if name[0] != "@" else name: value for name, value in BAKING.items()}),
        document(**{"@type": ["Thing", "http://schema.org/Course"]}),
        f"<!doctype html><p>x<script type='application/ld+json'>{document()}</script><script>let a = '<'</script>",
        f"<SCRIPT TYPE=' Application/LD+JSON; charset=utf-8 '>{document()}</SCRIPT>",
        f"<script type=application/ld+json>{{not json}}</script><script type=application/ld+json>{document()}</script>",
    ],
)
def test_a_course_is_found_wherever_it_stands(content: str) -> None:
    course = the_course(imported(content), "home-baking")
    assert (course.code, course.workload.contact_hours) == ("FT-HB", 40)


def test_parts_that_stand_elsewhere_are_found_by_their_id_and_a_course_that_stands_twice_is_one() -> None:
    provider = {"@id": "#us", "@type": "Organization", "name": "Old Mill School"}
    run = {"@id": "#run", "@type": "CourseInstance", "courseMode": "online"}
    course = BAKING | {"@id": "#c", "provider": {"@id": "#us"}, "hasCourseInstance": [{"@id": "#run"}]}
    done = imported(json.dumps({"@graph": [{"@id": "#c", "@type": "Course"}, course, course, provider, run]}))
    assert checks(only(done))[0] == "provider"
    assert the_course(done, "home-baking").delivery.mode == "online"


def test_a_block_that_is_no_json_is_told_and_the_others_are_read() -> None:
    page = f"<script type=application/ld+json>{{]</script><script type=application/ld+json>{document()}</script>"
    assert imported(page).source.notes == (
        "block 1 of JSON-LD was left out: expected JSON, got something else in line 1",
    )


@pytest.mark.parametrize(
    ("changes", "name", "reason"),
    [
        ({"offers": [{"price": 1, "priceCurrency": "PKR"}, {"price": 2, "priceCurrency": "PKR"}]}, "offers.price", "expected one price, got several; write the fee by hand, or one for each run"),
        ({"educationalCredentialAwarded": "Associate Degree"}, "educationalCredentialAwarded", "expected attendance or completion, got 'Associate Degree'; a file cannot prove more"),
        ({"educationalCredentialAwarded": {"@type": "x", "credentialCategory": "micro-credential"}}, "educationalCredentialAwarded.credentialCategory", "expected attendance or completion, got 'micro-credential'; a file cannot prove more"),
        ({"teaches": [{"name": "Bake", "url": "javascript:x()"}]}, "teaches.url", "expected an address"),
        ({"syllabusSections": [{"name": "Bread", "timeRequired": "PT1H"}]}, "syllabusSections", "expected modules that add up to the 40 hours of the course"),
        ({"hasCourseInstance": [{"courseMode": "online"}, {"courseMode": "onsite"}]}, "hasCourseInstance.courseMode", "expected the same of every run, got several"),
        ({"timeRequired": "PT90M"}, "timeRequired", "expected whole hours, got 'PT90M'"),
        ({"educationalAlignment": {"educationalFramework": "CIP", "targetName": "12.05"}}, "educationalAlignment", "not part of the model"),
        ({"accessibilityFeature": "ramp"}, "accessibilityFeature", "not part of the model"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_told(changes: dict[str, Any], name: str, reason: str) -> None:
    done = imported(document(**changes))
    assert only(done).outcome is Outcome.NEW
    assert reasons(only(done))[name].startswith(reason)


@pytest.mark.parametrize(
    ("described", "note"),
    [
        ({"@type": "CourseInstance", "startDate": "2026-01-01"}, "runs without their course: 1"),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "https://a.example/"}]}, "links alone: 1"),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "Course", "@id": "#x"}}]}, "named by their address alone: 1"),
    ],
)  # fmt: skip
def test_a_document_without_a_course_says_what_it_has_instead(described: dict[str, Any], note: str) -> None:
    with pytest.raises(FileError, match=note):
        imported(json.dumps({"@context": "https://schema.org"} | described))


def test_a_length_by_the_calendar_is_no_number_of_hours() -> None:
    course = the_course(imported(document(timeRequired="P2W", syllabusSections=None)), "home-baking")
    assert (course.duration.value, course.duration.unit) == (2, "weeks")
    assert course.workload.total() == 0


def test_texts_of_a_document_have_the_language_of_its_context() -> None:
    said = {
        "@context": ["https://schema.org", {"@language": "ur"}],
        "@type": "Course",
        "name": "بیکری",
        "courseCode": "FT-U",
    }
    assert the_course(imported(json.dumps(said)), "ft-u").title.versions == (("ur", "بیکری"),)


def test_only_data_blocks_of_a_page_are_read() -> None:
    page = "<script>1</script><script type=application/ld+json>2</script><p>3<script type=text/plain>4</script>"
    assert data_blocks(page) == ("2",)


@pytest.mark.parametrize("comment", ["<!-- {} -->", "<!--{}--!>", "<!-- <!-- {}-->", "<!-- > {}-->"])
def test_data_in_a_comment_is_not_read(comment: str) -> None:
    block = "<script type=application/ld+json>{}</script>"
    page = block.format(1) + "<!-->" + comment.format(block.format(2)) + block.format("<!-- 3") + "<!--->"
    assert data_blocks(page + block.format(4) + "<!--" + block.format(5)) == ("1", "<!-- 3", "4")


def test_keywords_become_tags() -> None:
    keywords = ["bread, cakes", {"@type": "DefinedTerm", "name": "oven"}, "Bread", "تندور، روٹی"]
    done = imported(document(keywords=keywords), said=SAID)
    assert the_course(done, "home-baking").tags == ("bread", "cakes", "oven", "تندور", "روٹی")


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    return {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*.yml")}


@pytest.fixture(scope="module")
def empty_example(example: dict[str, bytes]) -> dict[str, bytes]:
    return {"centre.yml": example["centre.yml"]}


def of_kind(catalogue: Catalogue) -> list[Course]:
    """List what an import can make whole: neither micro-credentials nor diplomas."""
    return [course for course in catalogue.courses if course.award.kind in {Kind.ATTENDANCE, Kind.COMPLETION}]


def test_our_own_table_is_read_again_with_all_that_it_carries(
    example: dict[str, bytes], empty_example: Mapping[str, bytes]
) -> None:
    catalogue = read_catalogue(example)
    done = imported(catalogue_csv(catalogue, "en"), files=empty_example, department=None)
    assert {course.outcome for course in done.courses} == {Outcome.NEW}
    again = read_catalogue({**empty_example, **done.files()})
    exported = [course for course in catalogue.courses if course.status is not CourseStatus.DRAFT]
    assert {course.id for course in again.courses} == {course.id for course in exported}
    for course in exported:
        found = again.course(course.id)
        assert (found.code, found.department) == (course.code, course.department)
        assert found.title.versions == (("en", course.title.shown_in("en")[0]),)
        assert found.summary.versions == (("en", course.summary.shown_in("en")[0]),)
        assert (found.duration, found.workload, found.isced_f) == (course.duration, course.workload, course.isced_f)
        assert (found.audience.gender, found.audience.min_age) == (course.audience.gender, course.audience.min_age)
        assert (found.delivery.mode, found.delivery.pattern) == (course.delivery.mode, course.delivery.pattern)
        assert found.delivery.languages == course.delivery.languages
        assert found.entry.minimum_education == course.entry.minimum_education
        assert (found.fee.amount if found.fee else None) == (course.fee.amount if course.fee else None)
        assert (found.fee.currency if found.fee else None) == (course.fee.currency if course.fee else None)
        if course.award.kind in {Kind.ATTENDANCE, Kind.COMPLETION}:
            assert found.award.kind is course.award.kind
            assert found.award.title.shown_in("en") == course.award.title.shown_in("en")
        else:
            assert found.award.kind is Kind.ATTENDANCE
    assert len(of_kind(again)) == len(exported)


def test_our_own_pages_are_read_again_with_all_that_they_carry(
    example: dict[str, bytes], empty_example: Mapping[str, bytes]
) -> None:
    catalogue = read_catalogue(example)
    courses = [course for course in catalogue.courses if course.status is CourseStatus.ACTIVE]
    blocks = [data_block(course_structured_data(catalogue, course, "en", today=TODAY)) for course in courses]
    page = f"<html>{data_block(courses_structured_data(catalogue, courses, 'en'))}{''.join(blocks)}</html>"
    done = imported(page, files=empty_example, department="food-technology")
    assert len(done.courses) == len(courses)
    assert {course.outcome for course in done.courses} == {Outcome.NEW}
    again = read_catalogue({**empty_example, **done.files()})
    by_code = {course.code: course for course in again.courses}
    for course in courses:
        found = by_code[course.code]
        assert found.title.versions == (("en", course.title.shown_in("en")[0]),)
        assert found.summary.versions == (("en", course.summary.shown_in("en")[0]),)
        assert (found.workload.total(), found.isced_f) == (course.workload.total(), course.isced_f)
        assert (found.audience.gender, found.audience.min_age) == (course.audience.gender, course.audience.min_age)
        assert found.delivery.languages == course.delivery.languages
        assert (found.fee.amount if found.fee else None) == (course.fee.amount if course.fee else None)
        assert [each.text.shown_in("en") for each in found.learning_outcomes] == [
            each.text.shown_in("en") for each in course.learning_outcomes
        ]
        if course.award.kind is Kind.COMPLETION:
            assert (found.award.kind, found.award.statement is not None) == (Kind.COMPLETION, True)
            assert found.award.statement.shown_in("en") == course.award.statement.shown_in("en")  # type: ignore[union-attr]


@pytest.mark.parametrize("flood", ["<script ", "<!--", "<a b='", "<script></script ", "<![CDATA["])
def test_a_broken_page_of_many_megabytes_is_soon_given_up(flood: str) -> None:
    began = time.monotonic()
    assert data_blocks(flood * (4_000_000 // len(flood))) == ()
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("flood", ["<a ", "<!--", "<a b='", "[[", "&", "<b>x</b>"])
def test_a_text_of_broken_markup_is_soon_given_up(flood: str) -> None:
    began = time.monotonic()
    done = imported(json.dumps([{"title": "Baking", "summary": flood * (90_000 // len(flood))}]))
    assert only(done).outcome is Outcome.NEW
    assert list(reasons(only(done))) == ["summary"]
    assert time.monotonic() - began < 30
