"""``catalogue.json`` for other programs; expectations are written by hand."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal

import pytest
from exported_catalogue import (
    camel_case,
    english,
    example_catalogue,
    small_catalogue,
    with_course,
    with_run,
)
from full_catalogue import full_catalogue

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre
from asnad.catalogue.course import Course, Credit, Fee
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.run import Run
from asnad.site.catalogue_json import catalogue_json


@pytest.fixture
def catalogue() -> Catalogue:
    return small_catalogue()


@pytest.fixture(scope="module")
def example() -> Catalogue:
    return example_catalogue()


class TestCatalogueJSON:
    def test_says_everything_of_a_course(self, catalogue: Catalogue) -> None:
        assert json.loads(catalogue_json(catalogue))["courses"] == [
            {
                "id": "baking",
                "address": {
                    "en": "https://skills.example/courses/baking/",
                    "ur": "https://skills.example/ur/courses/baking/",
                },
                "code": "FT-HB",
                "version": 1,
                "title": {"en": "Home Baking", "ur": "گھریلو بیکنگ"},
                "department": "food",
                "status": "active",
                "summary": {"en": "Two weeks of bread and cakes."},
                "award": {
                    "kind": "completion",
                    "title": {"en": "Certificate of Completion"},
                    "statement": {"en": "No examination was held."},
                },
                "audience": {"gender": "women", "groups": [], "season": "any", "nominationOnly": False, "minAge": 16},
                "variants": [],
                "delivery": {
                    "mode": "onsite",
                    "pattern": "part-time",
                    "residential": False,
                    "languages": ["ur", "pa"],
                },
                "duration": {"value": 2, "unit": "weeks"},
                "workload": {"contactHours": 40, "selfStudyHours": 0, "assessmentHours": 0},
                "modules": [
                    {"id": "m1", "title": {"en": "Bread"}, "hours": 24, "outcomes": [], "here": True, "takenAt": []}
                ],
                "moduleGroups": [{"id": "g1", "title": {"en": "Cakes"}, "modules": 4, "hoursEach": 4}],
                "credits": [],
                "levels": [],
                "learningOutcomes": [],
                "entry": {"minimumEducation": "none", "documents": []},
                "assessments": [],
                "gradePrinted": False,
                "stacksInto": [],
                "completionRule": {"minAttendancePercent": 80, "assessmentRequired": False},
                "fee": {"amount": 6000, "currency": "PKR", "includes": [], "paidBy": "learner"},
                "approval": {
                    "body": {"en": "Academic Council"},
                    "reference": "AC-1",
                    "validFrom": "2024-07-01",
                    "validTo": "2027-06-30",
                },
                "recognisedBy": [],
                "exemptions": [],
                "occupations": [],
                "tags": [],
            }
        ]

    def test_says_everything_public_of_a_run(self, catalogue: Catalogue) -> None:
        assert json.loads(catalogue_json(catalogue))["runs"] == [
            {
                "id": "baking-b2",
                "course": "baking",
                "calendar": {
                    "en": "https://skills.example/runs/baking-b2.ics",
                    "ur": "https://skills.example/ur/runs/baking-b2.ics",
                },
                "batchNo": 2,
                "start": "2027-01-11",
                "end": "2027-01-22",
                "awarded": "2027-01-22",
                "state": "open",
                "venue": "hall",
                "room": "Kitchen 1",
                "capacity": 16,
                "language": "en",
                "apply": {
                    "opens": "2026-11-16",
                    "closes": "2027-01-04",
                    "how": "form",
                    "url": "https://apply.example/a?b=1&c=2",
                    "phone": "+92-41-0000009",
                    "documents": [],
                },
                "instructors": [],
                "notes": {"en": "Bring an apron."},
            }
        ]

    def test_says_who_the_centre_is(self, catalogue: Catalogue) -> None:
        document = json.loads(catalogue_json(catalogue))
        assert (document["type"], document["format"]) == ("AsnadCatalogue", 1)
        assert document["centre"] == {
            "did": "did:web:skills.example",
            "site": "https://skills.example/",
            "verifier": "http://192.168.1.20/v/",
            "names": [
                {"name": {"en": "Old Centre"}, "from": "2019-07-01", "to": "2023-05-28"},
                {"name": {"en": "New Centre", "ur": "نیا مرکز"}, "from": "2023-05-28"},
            ],
            "country": "PK",
            "countryName": {"en": "Pakistan"},
            "languages": ["en", "ur"],
            "timeZone": "Asia/Karachi",
            "legalStatus": {"en": "Not degrees."},
            "legalStatusElsewhere": [],
            "profile": "local",
            "contact": {"phone": "+92-41-0000000"},
            "demonstration": False,
        }
        assert document["departments"] == [
            {
                "id": "food",
                "address": {
                    "en": "https://skills.example/departments/food/",
                    "ur": "https://skills.example/ur/departments/food/",
                },
                "name": {"en": "Food"},
                "names": [{"name": {"en": "Food"}}],
            }
        ]
        assert document["venues"] == [
            {"id": "hall", "name": {"en": "Hall"}, "city": {"en": "Sandal Kot"}, "country": "PK"}
        ]

    def test_is_canonical(self, catalogue: Catalogue) -> None:
        data = catalogue_json(catalogue)
        # For ASCII member names and whole numbers this is what RFC 8785 asks for.
        again = json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert data == again.encode()

    def test_writes_credits_as_json_numbers(self, catalogue: Catalogue) -> None:
        points = (Decimal("7.5"), Decimal("3.00"))
        credits_ = tuple(
            Credit(scheme=f"local:{n}", value=value, hours_per_credit=25, basis="self-declared")
            for n, value in enumerate(points)
        )
        data = catalogue_json(with_course(catalogue, credits=credits_))
        assert b'"value":7.5}' in data
        assert b'"value":3}' in data

    def test_leaves_out_drafts_people_and_files(self, catalogue: Catalogue) -> None:
        text = catalogue_json(catalogue).decode()
        for private in ("secret", "Secret", "SECRET", "director", "enrolled", "baking.yml", "baking-b2.yml"):
            assert private not in text

    @pytest.mark.parametrize(
        ("model", "part", "private", "renamed"),
        [
            (Course, "courses", {"place"}, {}),
            (Run, "runs", {"place", "signatories", "enrolled", "awarded", "own_venue"}, {"application": "apply"}),
            (Pathway, "pathways", {"place"}, {}),
            (
                Centre,
                "centre",
                {
                    *(
                        "partners",
                        "instructors",
                        "signatories",
                        "repository_private",
                        "print_father_name",
                        "print_identity_digits",
                    ),
                    *("serial_prefix", "departments", "venues", "moved_to", "second_person"),
                },
                {},
            ),
        ],
    )
    def test_every_field_is_either_published_or_known_to_be_private(
        self, model: type, part: str, private: set[str], renamed: dict[str, str]
    ) -> None:
        document = json.loads(catalogue_json(full_catalogue()))[part]
        members = set(document) if isinstance(document, dict) else set().union(*document)
        # What that catalogue cannot have besides the rest.
        never_there = {Run: {"fee"}, Pathway: {"capstone"}}.get(model, set())
        expected = {
            renamed.get(each.name) or camel_case(each.name) for each in fields(model) if each.name not in private
        }
        assert members - {"address", "calendar"} - {"awarded"} == expected - never_there

    def test_says_how_a_pathway_is_finished(self, example: Catalogue) -> None:
        (pathway,) = json.loads(catalogue_json(example))["pathways"]
        assert {name: value for name, value in pathway.items() if name not in ("title", "summary", "progression")} == {
            "id": "food-processing-technician",
            "address": {
                "en": "https://chenab-skills.example/pathways/food-processing-technician/",
                "ur": "https://chenab-skills.example/ur/pathways/food-processing-technician/",
            },
            "kind": "diploma",
            "allOf": ["food-safety-small-business-mc"],
            "atLeast": 2,
            "choices": ["dairy-processing-mc", "fruit-vegetable-preservation-mc", "bakery-production-mc"],
            "capstone": "workplace-project-mc",
            "maxAgeMonths": 60,
            "minTotalScheme": "ECTS",
            "minTotalValue": 12,
            "countsOnly": ["microcredential"],
        }

    def test_a_run_may_have_a_fee_of_its_own(self, catalogue: Catalogue) -> None:
        fee = Fee(amount=10, currency="EUR", includes=("meals",), paid_by="sponsor", sponsor=english("Fund"))
        run = json.loads(catalogue_json(with_run(catalogue, fee=fee)))["runs"][0]
        assert run["fee"] == {
            "amount": 10,
            "currency": "EUR",
            "includes": ["meals"],
            "paidBy": "sponsor",
            "sponsor": {"en": "Fund"},
        }
