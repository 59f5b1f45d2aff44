"""The schema.org data of course pages; expectations are written by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from exported_catalogue import (
    TODAY,
    example_catalogue,
    small_catalogue,
    with_course,
    with_run,
)
from hypothesis import given
from hypothesis import strategies as st

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus, Fee
from asnad.catalogue.run import Application, RunState
from asnad.site.course_structured_data import course_structured_data, courses_structured_data
from asnad.site.data_block import data_block


@pytest.fixture
def catalogue() -> Catalogue:
    return small_catalogue()


@pytest.fixture(scope="module")
def example() -> Catalogue:
    return example_catalogue()


class _Scripts(HTMLParser):
    """Reads back the data blocks of a page as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


class TestStructuredData:
    def test_describes_a_course_and_its_runs(self, catalogue: Catalogue) -> None:
        assert course_structured_data(catalogue, catalogue.courses[0], "en", today=TODAY) == {
            "@context": "https://schema.org",
            "@type": "Course",
            "@id": "https://skills.example/courses/baking/",
            "url": "https://skills.example/courses/baking/",
            "name": "Home Baking",
            "description": "Two weeks of bread and cakes.",
            "courseCode": "FT-HB",
            "version": 1,
            "provider": {
                "@type": "EducationalOrganization",
                "@id": "did:web:skills.example",
                "name": "New Centre",
                "url": "https://skills.example/",
                "address": {"@type": "PostalAddress", "addressCountry": "PK"},
                "telephone": "+92-41-0000000",
            },
            "inLanguage": ["ur", "pa"],
            "timeRequired": "PT40H",
            "audience": {"@type": "PeopleAudience", "suggestedGender": "female", "suggestedMinAge": 16},
            "syllabusSections": [
                {"@type": "Syllabus", "name": "Bread", "timeRequired": "PT24H"},
                {"@type": "Syllabus", "name": "Cakes", "timeRequired": "PT16H"},
            ],
            "educationalCredentialAwarded": {
                "@type": "EducationalOccupationalCredential",
                "name": "Certificate of Completion",
                "description": "No examination was held.",
                "credentialCategory": "certificate of completion",
            },
            "offers": {
                "@type": "Offer",
                "category": "Paid",
                "price": 6000,
                "priceCurrency": "PKR",
                "url": "https://skills.example/courses/baking/",
            },
            "hasCourseInstance": [
                {
                    "@type": "CourseInstance",
                    "identifier": "baking-b2",
                    "name": "Home Baking",
                    "url": "https://skills.example/courses/baking/",
                    "startDate": "2027-01-11",
                    "endDate": "2027-01-22",
                    "eventStatus": "https://schema.org/EventScheduled",
                    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                    "courseMode": ["onsite", "part-time"],
                    "courseWorkload": "PT40H",
                    "inLanguage": ["ur", "pa"],
                    "maximumAttendeeCapacity": 16,
                    "courseSchedule": {"@type": "Schedule", "repeatFrequency": "Weekly", "repeatCount": 2},
                    "location": {
                        "@type": "Place",
                        "name": "Hall",
                        "address": {"@type": "PostalAddress", "addressLocality": "Sandal Kot", "addressCountry": "PK"},
                    },
                    "offers": {
                        "@type": "Offer",
                        "category": "Paid",
                        "price": 6000,
                        "priceCurrency": "PKR",
                        "url": "https://apply.example/a?b=1&c=2",
                        "availabilityStarts": "2026-11-16",
                        "availabilityEnds": "2027-01-04",
                    },
                }
            ],
        }

    def test_describes_what_an_assessed_course_proves(self, example: Catalogue) -> None:
        course = next(each for each in example.courses if each.id == "food-safety-small-business-mc")
        described = course_structured_data(example, course, "en", today=TODAY)
        assert described["numberOfCredits"] == [{"@type": "QuantitativeValue", "value": 3, "unitText": "ECTS"}]
        assert described["educationalLevel"] == [{"@type": "DefinedTerm", "name": "EQF 4", "inDefinedTermSet": "EQF"}]
        assert described["educationalAlignment"] == {
            "@type": "AlignmentObject",
            "alignmentType": "educationalSubject",
            "educationalFramework": "ISCED-F 2013",
            "targetName": "0721",
        }
        assert described["teaches"][0] == {
            "@type": "DefinedTerm",
            "name": "Write a hazard plan for one product line and defend the control points chosen",
        }
        assert described["educationalCredentialAwarded"] == {
            "@type": "EducationalOccupationalCredential",
            "name": "Micro-credential",
            "credentialCategory": "micro-credential",
            "validFor": "P36M",
            "recognizedBy": [{"@type": "Organization", "name": "Sandal Bar Bakers and Sweetmakers Circle"}],
        }

    def test_a_run_that_is_over_is_not_offered(self, catalogue: Catalogue) -> None:
        described = course_structured_data(catalogue, catalogue.courses[0], "en", today=date(2027, 1, 23))
        assert "hasCourseInstance" not in described

    def test_a_cancelled_run_says_so_and_has_no_offer(self, catalogue: Catalogue) -> None:
        cancelled = with_run(catalogue, state=RunState.CANCELLED)
        (run,) = course_structured_data(cancelled, cancelled.courses[0], "en", today=TODAY)["hasCourseInstance"]
        assert run["eventStatus"] == "https://schema.org/EventCancelled"
        assert "offers" not in run

    def test_a_full_run_is_sold_out(self, catalogue: Catalogue) -> None:
        full = with_run(catalogue, state=RunState.FULL)
        (run,) = course_structured_data(full, full.courses[0], "en", today=TODAY)["hasCourseInstance"]
        assert run["offers"]["availability"] == "https://schema.org/SoldOut"

    def test_an_offer_ends_before_its_run_begins_where_no_day_is_written(self, catalogue: Catalogue) -> None:
        walk_in = with_run(catalogue, application=None)
        (run,) = course_structured_data(walk_in, walk_in.courses[0], "en", today=TODAY)["hasCourseInstance"]
        last = date.fromisoformat(run["startDate"]) - timedelta(days=1)
        assert run["offers"]["availabilityEnds"] == last.isoformat()

    def test_a_course_that_costs_nothing_is_free(self, catalogue: Catalogue) -> None:
        fee = Fee(amount=0, currency=None, includes=(), paid_by="sponsor", sponsor=None)
        free = with_course(catalogue, fee=fee)
        assert course_structured_data(free, free.courses[0], "en", today=TODAY)["offers"] == {
            "@type": "Offer",
            "category": "Free",
            "price": 0,
            "url": "https://skills.example/courses/baking/",
        }

    @pytest.mark.parametrize("status", [CourseStatus.SUSPENDED, CourseStatus.RETIRED])
    def test_a_course_that_nobody_can_join_is_not_offered(self, catalogue: Catalogue, status: CourseStatus) -> None:
        closed = with_course(catalogue, status=status)
        assert "offers" not in course_structured_data(closed, closed.courses[0], "en", today=TODAY)

    def test_an_online_course_is_held_nowhere(self, catalogue: Catalogue) -> None:
        delivery = replace(catalogue.courses[0].delivery, mode="online")
        online = with_course(catalogue, delivery=delivery)
        (run,) = course_structured_data(online, online.courses[0], "en", today=TODAY)["hasCourseInstance"]
        assert run["location"] == {"@type": "VirtualLocation", "url": "https://skills.example/courses/baking/"}
        assert run["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"

    def test_a_run_without_a_form_is_applied_for_on_its_page(self, catalogue: Catalogue) -> None:
        by_phone = Application(opens=None, closes=None, how="phone", url=None, phone="+92-1")
        changed = with_run(catalogue, application=by_phone)
        (run,) = course_structured_data(changed, changed.courses[0], "ur", today=TODAY)["hasCourseInstance"]
        assert run["offers"]["url"] == "https://skills.example/ur/courses/baking/"

    def test_a_list_points_to_the_pages_of_its_courses(self, catalogue: Catalogue) -> None:
        assert courses_structured_data(catalogue, catalogue.courses[:1], "ur") == {
            "@context": "https://schema.org",
            "@type": "ItemList",
            "numberOfItems": 1,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "گھریلو بیکنگ",
                    "url": "https://skills.example/ur/courses/baking/",
                }
            ],
        }


class TestDataBlock:
    def test_escapes_what_could_end_it(self) -> None:
        assert data_block({"a": "</script><!-- & \u2028\u2029"}) == (
            '<script type="application/ld+json">{"a":"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029"}</script>'
        )

    @given(st.text(alphabet=st.one_of(st.sampled_from("<>&/!-\"'\\\u2028"), st.characters(exclude_categories=["Cs"]))))
    def test_any_text_comes_back_from_the_page_as_it_was(self, text: str) -> None:
        reader = _Scripts()
        reader.feed(f"<!doctype html><body>{data_block({text: text})}</body>")
        reader.close()
        assert reader.tags == ["body", "script"]
        assert json.loads(reader.text) == {text: text}
