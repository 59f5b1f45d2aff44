"""What the site publishes of the catalogue for other programs; expectations are written by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from full_catalogue import full_catalogue
from hypothesis import given
from hypothesis import strategies as st

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre
from asnad.catalogue.course import Course, CourseStatus, Credit, Fee
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.reading import read_catalogue
from asnad.catalogue.run import Application, Run, RunId, RunState
from asnad.catalogue.text import Text
from asnad.site.catalogue_export import export_files
from asnad.site.catalogue_json import catalogue_json
from asnad.site.course_structured_data import course_structured_data, courses_structured_data
from asnad.site.course_table import catalogue_csv, defused
from asnad.site.data_block import data_block
from asnad.site.run_calendar import run_calendar, runs_calendar

TODAY = date(2026, 11, 22)
EXAMPLE = Path(__file__).parents[2] / "catalogue"
URDU_300 = "گھریلو بیکنگ کا کورس " * 14 + "اردو۔۔"

CENTRE = """\
did: did:web:skills.example
verifier: http://192.168.1.20/v/
names:
  - {name: Old Centre, from: 2019-07-01, to: 2023-05-28}
  - {name: {en: New Centre, ur: نیا مرکز}, from: 2023-05-28}
country: PK
country_name: Pakistan
languages: [en, ur]
time_zone: Asia/Karachi
legal_status: Not degrees.
contact: {phone: "+92-41-0000000"}
departments: [{id: food, name: Food}]
venues: [{id: hall, name: Hall, city: Sandal Kot, country: PK}]
signatories: [{id: director, name: Secret Signatory, office: Director, from: 2019-07-01}]
serial_prefix: SECRETPREFIX
"""

BAKING = """\
id: baking
code: FT-HB
title: {en: Home Baking, ur: گھریلو بیکنگ}
department: food
status: active
summary: Two weeks of bread and cakes.
award: {kind: completion, title: Certificate of Completion, statement: No examination was held.}
audience: {gender: women, min_age: 16}
delivery: {mode: onsite, pattern: part-time, languages: [ur, pa]}
duration: {value: 2, unit: weeks}
workload: {contact_hours: 40, self_study_hours: 0, assessment_hours: 0}
modules: [{id: m1, title: Bread, hours: 24}]
module_groups: [{id: g1, title: Cakes, modules: 4, hours_each: 4}]
completion_rule: {min_attendance_percent: 80, assessment_required: false}
fee: {amount: 6000, currency: PKR}
approval: {body: Academic Council, reference: AC-1, valid_from: 2024-07-01, valid_to: 2027-06-30}
"""

DRAFT = BAKING.replace("baking", "secret-draft").replace("FT-HB", "FT-SD").replace("active", "draft")
DRAFT = DRAFT.replace("Home Baking", "Secret Draft").replace("گھریلو بیکنگ", "مسودہ")

RUN = """\
id: baking-b2
course: baking
batch_no: 2
start: 2027-01-11
end: 2027-01-22
state: open
venue: hall
room: Kitchen 1
capacity: 16
enrolled: 5
apply:
  {opens: 2026-11-16, closes: 2027-01-04, how: form, url: "https://apply.example/a?b=1&c=2", phone: "+92-41-0000009"}
signatories: [director]
register: secret-register.csv
notes: Bring an apron.
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return read_catalogue(
        {
            "centre.yml": CENTRE.encode(),
            "courses/baking.yml": BAKING.encode(),
            "courses/secret-draft.yml": DRAFT.encode(),
            "runs/baking-b2.yml": RUN.encode(),
        }
    )


@pytest.fixture(scope="module")
def example() -> Catalogue:
    paths = (path for path in EXAMPLE.rglob("*.yml"))
    return read_catalogue({path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths})


def with_course(catalogue: Catalogue, **changes: Any) -> Catalogue:
    courses = tuple(replace(each, **changes) if each.id == "baking" else each for each in catalogue.courses)
    return replace(catalogue, courses=courses)


def with_run(catalogue: Catalogue, **changes: Any) -> Catalogue:
    return replace(catalogue, runs=tuple(replace(run, **changes) for run in catalogue.runs))


def english(text: str) -> Text:
    return Text((("en", text),))


def camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def events_of(data: bytes) -> list[dict[str, str]]:
    """Read a calendar by the letter of RFC 5545 §3.1 and §3.3.11, without the library that writes it."""
    assert data.endswith(b"\r\n")
    lines = re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, value = re.fullmatch(r'([A-Z-]+(?:;[A-Z]+=[^":;,]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)', line).groups()
        if name in ("BEGIN", "END"):
            assert (value, inside) == ("VEVENT", name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1]
            events[-1][name] = unescaped(value) if name.partition(";")[0] in TEXTS else value
    assert not inside
    return events


TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "UID"}


def unescaped(text: str) -> str:
    assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", text)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


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


class TestCatalogueCSV:
    def rows(self, catalogue: Catalogue, language: str = "en") -> list[dict[str, str]]:
        data = catalogue_csv(catalogue, language)
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def test_has_one_line_a_course(self, catalogue: Catalogue) -> None:
        assert catalogue_csv(catalogue, "en") == (
            b"\xef\xbb\xbfid,code,version,title,summary,department,status,kind,award,gender,minimum age,"
            b"minimum education,mode,pattern,languages,duration,contact hours,self-study hours,assessment hours,"
            b"total hours,credits,levels,ISCED-F,fee,currency,runs,phone,e-mail,address,maximum age,"
            b"variants,sector,formality\r\n"
            b"baking,FT-HB,1,Home Baking,Two weeks of bread and cakes.,Food,active,completion,"
            b"Certificate of Completion,women,16,none,onsite,part-time,ur pa,2 weeks,40,0,0,40,,,,6000,PKR,"
            b"2027-01-11/2027-01-22,'+92-41-0000000,,https://skills.example/courses/baking/,,,,\r\n"
        )

    def test_texts_are_in_the_readers_language_where_they_exist(self, catalogue: Catalogue) -> None:
        (row,) = self.rows(catalogue, "ur")
        assert row["title"] == "گھریلو بیکنگ"
        assert row["summary"] == "Two weeks of bread and cakes."
        assert row["address"] == "https://skills.example/ur/courses/baking/"

    def test_texts_of_several_lines_and_quotes_stay_one_cell(self, catalogue: Catalogue) -> None:
        hostile = 'a,"b"\r\n=1+1,c;d'
        (row,) = self.rows(with_course(catalogue, title=english(hostile), summary=english(URDU_300)))
        assert row["title"] == hostile
        assert row["summary"] == URDU_300

    @pytest.mark.parametrize(
        "text",
        [
            '=HYPERLINK("https://evil.example","x")',
            "+1",
            "-1+1",
            "@SUM(A1)",
            "＝1",
            "\t=1",
            "\n=1",
            "\r=1",
            " =1",
            "\u00a0=1",
        ],
    )
    def test_no_cell_is_a_formula(self, catalogue: Catalogue, text: str) -> None:
        (row,) = self.rows(with_course(catalogue, title=english(text)))
        assert row["title"] == f"'{text}"

    @pytest.mark.parametrize("text", ["", "Bread = flour", "Two-week course", "'=1", "7.5 ECTS"])
    def test_other_cells_stay_as_they_are(self, text: str) -> None:
        assert defused(text) == text

    def test_cancelled_runs_are_no_dates(self, catalogue: Catalogue) -> None:
        (row,) = self.rows(with_run(catalogue, state=RunState.CANCELLED))
        assert row["runs"] == ""


class TestRunCalendar:
    def test_is_written_as_rfc_5545_says(self, catalogue: Catalogue) -> None:
        assert run_calendar(catalogue, catalogue.runs[0], "en") == (
            b"BEGIN:VCALENDAR\r\n"
            b"VERSION:2.0\r\n"
            b"PRODID:-//Asnad//Catalogue//EN\r\n"
            b"NAME;LANGUAGE=en:New Centre\r\n"
            b"X-WR-CALNAME;LANGUAGE=en:New Centre\r\n"
            b"BEGIN:VEVENT\r\n"
            b"SUMMARY;LANGUAGE=en:Home Baking (FT-HB/2)\r\n"
            b"DTSTART;VALUE=DATE:20270111\r\n"
            b"DTEND;VALUE=DATE:20270123\r\n"
            b"DTSTAMP:20270111T000000Z\r\n"
            b"UID:baking-b2@skills.example\r\n"
            b"CONTACT:+92-41-0000009\r\n"
            b"DESCRIPTION:Two weeks of bread and cakes.\\n\\nBring an apron.\r\n"
            b"LOCATION:Kitchen 1\\, Hall\\, Sandal Kot\r\n"
            b"STATUS:CONFIRMED\r\n"
            b"TRANSP:TRANSPARENT\r\n"
            b"URL:https://skills.example/courses/baking/\r\n"
            b"END:VEVENT\r\n"
            b"END:VCALENDAR\r\n"
        )

    def test_another_parser_reads_the_same(self, catalogue: Catalogue) -> None:
        assert events_of(run_calendar(catalogue, catalogue.runs[0], "ur")) == [
            {
                "UID": "baking-b2@skills.example",
                "DTSTAMP": "20270111T000000Z",
                "DTSTART;VALUE=DATE": "20270111",
                "DTEND;VALUE=DATE": "20270123",
                "SUMMARY;LANGUAGE=ur": "گھریلو بیکنگ (FT-HB/2)",
                "DESCRIPTION": "Two weeks of bread and cakes.\n\nBring an apron.",
                "LOCATION": "Kitchen 1, Hall, Sandal Kot",
                "STATUS": "CONFIRMED",
                "TRANSP": "TRANSPARENT",
                "CONTACT": "+92-41-0000009",
                "URL": "https://skills.example/ur/courses/baking/",
            }
        ]

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            (RunState.PLANNED, "TENTATIVE"),
            (RunState.OPEN, "CONFIRMED"),
            (RunState.FINISHED, "CONFIRMED"),
            (RunState.CANCELLED, "CANCELLED"),
        ],
    )
    def test_says_whether_the_run_takes_place(self, catalogue: Catalogue, state: RunState, status: str) -> None:
        changed = with_run(catalogue, state=state)
        assert f"\r\nSTATUS:{status}\r\n".encode() in run_calendar(changed, changed.runs[0], "en")

    def test_long_urdu_is_folded_between_characters(self, catalogue: Catalogue) -> None:
        assert len(URDU_300) == 300
        hostile = with_course(catalogue, title=Text((("ur", URDU_300),)))
        data = run_calendar(hostile, hostile.runs[0], "en")
        lines = data.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode("utf-8")
        (event,) = events_of(data)
        assert event["SUMMARY;LANGUAGE=ur"] == f"{URDU_300} (FT-HB/2)"

    @pytest.mark.parametrize(
        "text",
        [
            "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
            "a\nATTENDEE:mailto:x@evil.example",
            "a\rb",
            "a,b;c\\d:e\"f'g",
            "<script>alert(1)</script>",
        ],
    )
    def test_no_text_adds_a_line(self, catalogue: Catalogue, text: str) -> None:
        hostile = with_run(with_course(catalogue, title=english(text)), notes=english(text), room=text)
        data = run_calendar(hostile, hostile.runs[0], "en")
        names = re.findall(rb"^([A-Z-]+)[:;]", data, flags=re.MULTILINE)
        assert names == re.findall(
            rb"^([A-Z-]+)[:;]", run_calendar(catalogue, catalogue.runs[0], "en"), flags=re.MULTILINE
        )
        assert b"\r" not in data.replace(b"\r\n", b"")
        assert b"\n" not in data.replace(b"\r\n", b"")
        (event,) = events_of(data)
        assert event["SUMMARY;LANGUAGE=en"] == re.sub(r"\r\n?", "\n", text) + " (FT-HB/2)"

    def test_centres_that_share_a_host_have_different_events(self, catalogue: Catalogue) -> None:
        other = replace(catalogue, centre=replace(catalogue.centre, did="did:web:pages.example:centre"))
        assert b"\r\nUID:baking-b2@pages.example:centre\r\n" in run_calendar(other, other.runs[0], "en")

    def test_all_runs_are_in_the_calendar_of_the_centre_but_those_of_drafts(self, catalogue: Catalogue) -> None:
        (run,) = catalogue.runs
        first = replace(run, id=RunId("baking-b1"), batch_no=1, start=date(2020, 1, 6), end=date(2020, 1, 6))
        draft = replace(run, id=RunId("draft-b1"), course=catalogue.courses[1].id)
        assert catalogue.courses[1].status is CourseStatus.DRAFT
        events = events_of(runs_calendar(replace(catalogue, runs=(draft, run, first)), "en"))
        assert [(event["UID"], event["DTEND;VALUE=DATE"]) for event in events] == [
            ("baking-b1@skills.example", "20200107"),
            ("baking-b2@skills.example", "20270123"),
        ]

    def test_a_centre_without_runs_has_an_empty_calendar(self, catalogue: Catalogue) -> None:
        assert events_of(runs_calendar(replace(catalogue, runs=()), "en")) == []


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


class TestExportFiles:
    def test_every_file_has_its_place(self, catalogue: Catalogue) -> None:
        assert sorted(export_files(catalogue)) == [
            "catalogue.csv",
            "catalogue.json",
            "runs.ics",
            "runs/baking-b2.ics",
            "ur/catalogue.csv",
            "ur/runs.ics",
            "ur/runs/baking-b2.ics",
        ]

    def test_the_example_centre_exports_whole_and_the_same_twice(self, example: Catalogue) -> None:
        files = export_files(example)
        assert files == export_files(example)
        published = [course for course in example.courses if course.status is not CourseStatus.DRAFT]
        for folder in ("", "ur/"):
            rows = list(csv.reader(io.StringIO(files[f"{folder}catalogue.csv"].decode("utf-8-sig"), newline="")))
            assert len(rows) == 1 + len(published)
            assert {len(row) for row in rows} == {33}
            assert len(events_of(files[f"{folder}runs.ics"])) == len(example.runs)
            for run in example.runs:
                (event,) = events_of(files[f"{folder}runs/{run.id}.ics"])
                assert event["UID"] == f"{run.id}@chenab-skills.example"
                assert event["DTSTART;VALUE=DATE"] == run.start.strftime("%Y%m%d")
        for path, content in files.items():
            if path.endswith(".ics"):
                assert max(map(len, content.split(b"\r\n"))) <= 75

    def test_no_name_of_a_signatory_is_in_any_file(self, example: Catalogue) -> None:
        together = b"".join(export_files(example).values()).decode()
        for signatory in example.centre.signatories:
            for _, name in signatory.name.versions:
                assert name not in together
