"""A small catalogue, its pages, and what a reader finds on them."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import jinja2

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre, Contact, DatedName, Department, DepartmentId, Venue, VenueId
from asnad.catalogue.course import (
    Assessment,
    Audience,
    Award,
    CompletionRule,
    Course,
    CourseId,
    CourseStatus,
    Credit,
    Delivery,
    Duration,
    Entry,
    Fee,
    Kind,
    LearningOutcome,
    Level,
    PathwayId,
    QualityId,
)
from asnad.catalogue.module import Module, Workload
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.run import Application, Run, RunId, RunState
from asnad.catalogue.text import Text
from asnad.messages import read_messages
from asnad.site.catalogue_pages import CataloguePages
from asnad.site.page_templates import PageTemplates
from asnad.site.site_page import SitePage

TODAY = date(2027, 1, 10)


def both(english: str, urdu: str) -> Text:
    return Text((("en", english), ("ur", urdu)))


def english(text: str) -> Text:
    return Text((("en", text),))


CENTRE = Centre(
    did="did:web:skills.example",
    site="https://skills.example/",
    moved_to=None,
    verifier="https://skills.example/v/",
    names=(
        DatedName(name=english("Old Name"), start=date(2019, 1, 1), end=date(2023, 5, 28)),
        DatedName(name=both("River Skills Centre", "دریا سکلز سنٹر"), start=date(2023, 5, 28), end=None),
    ),
    parent=None,
    country="PK",
    country_name=english("Pakistan"),
    region=None,
    languages=("en", "ur"),
    time_zone="Asia/Karachi",
    legal_status=english("Not a degree-awarding institution."),
    contact=Contact(name=None, phone="+92-41-000", whatsapp=None, email="desk@skills.example"),
    departments=(
        Department(id=DepartmentId("food"), names=(DatedName(name=both("Food", "خوراک"), start=date.min, end=None),)),
        Department(
            id=DepartmentId("empty"), names=(DatedName(name=english("Nothing offered here"), start=date.min, end=None),)
        ),
    ),
    venues=(
        Venue(
            id=VenueId("kitchen"),
            name=english("Kitchen Block"),
            city=english("Rivertown"),
            country="PK",
            accessible=None,
            hostel=english("Rooms for women."),
        ),
    ),
    signatories=(),
    repository_private=False,
    second_person=False,
    demonstration=True,
    print_father_name=False,
    print_identity_digits=False,
    serial_prefix="RSC",
)

BAKING = Course(
    id=CourseId("baking"),
    code="F-1",
    version=1,
    title=english("Home <b>Baking</b> & More"),
    department=DepartmentId("food"),
    status=CourseStatus.ACTIVE,
    summary=both("Two weeks in the kitchen.", "باورچی خانے میں دو ہفتے۔"),
    description=None,
    award=Award(
        kind=Kind.COMPLETION,
        title=english("Certificate"),
        statement=english("Confirms that the course was completed.\n\nNo credit is awarded."),
    ),
    audience=Audience(gender="women", groups=("homemakers",), season="any", nomination_only=False, min_age=16),
    delivery=Delivery(mode="onsite", pattern="part-time", residential=False, languages=("ur",)),
    duration=Duration(value=2, unit="weeks"),
    workload=Workload(contact_hours=40, self_study_hours=0, assessment_hours=0),
    modules=(Module(id="m1", title=english("Bread"), hours=40),),
    module_groups=(),
    credits=(),
    levels=(),
    isced_f=None,
    learning_outcomes=(),
    entry=Entry(minimum_education="none", prior_learning=None, documents=("cnic-copy",)),
    assessments=(),
    grading_scheme=None,
    grade_printed=False,
    quality=None,
    stacks_into=(),
    validity_months=None,
    renewal=None,
    completion_rule=CompletionRule(min_attendance_percent=80, assessment_required=False),
    fee=Fee(amount=6000, currency="PKR", includes=("ingredients",), paid_by="learner", sponsor=None),
    contact=None,
    approval=None,
    recognised_by=(),
    place="courses/baking.yml",
)

SAFETY = dataclasses.replace(
    BAKING,
    id=CourseId("safety"),
    code="F-2",
    title=english("Food Safety"),
    award=Award(kind=Kind.MICROCREDENTIAL, title=english("Micro-credential"), statement=None),
    workload=Workload(contact_hours=36, self_study_hours=40, assessment_hours=8),
    credits=(Credit(scheme="ECTS", value=Decimal("3.0"), hours_per_credit=28, basis="self-declared"),),
    levels=(Level(framework="EQF", level=4, basis="self-declared"),),
    learning_outcomes=(
        LearningOutcome(id="lo1", text=english("Write a hazard plan"), skill_uri=None),
        LearningOutcome(id="lo2", text=english("Keep records"), skill_uri=None),
    ),
    assessments=(
        Assessment(
            id="a1",
            type="practical-task",
            weight=100,
            pass_mark=50,
            supervised=True,
            identity_checked=True,
            proves=("lo2",),
        ),
    ),
    quality=QualityId("qa"),
    stacks_into=(PathwayId("technician"),),
    completion_rule=CompletionRule(min_attendance_percent=75, assessment_required=True),
    place="courses/safety.yml",
)

RUN = Run(
    id=RunId("baking-b13"),
    course=CourseId("baking"),
    batch_no=13,
    start=date(2027, 2, 1),
    end=date(2027, 2, 12),
    awarded=None,
    state=RunState.OPEN,
    venue=VenueId("kitchen"),
    room=None,
    capacity=None,
    enrolled=None,
    language="en",
    application=Application(
        opens=date(2027, 1, 1), closes=date(2027, 1, 20), how="form", url="https://apply.example/x", phone=None
    ),
    signatories=(),
    fee=None,
    notes=None,
    place="runs/baking-b13.yml",
)

CATALOGUE = Catalogue(
    centre=CENTRE,
    courses=(SAFETY, BAKING),
    runs=(RUN,),
    pathways=(
        Pathway(
            id=PathwayId("technician"),
            title=english("Technician"),
            kind=Kind.DIPLOMA,
            summary=None,
            all_of=(CourseId("safety"),),
            at_least=0,
            choices=(),
            capstone=None,
            max_age_months=60,
            min_total_scheme="ECTS",
            min_total_value=Decimal(3),
            counts_only=(Kind.MICROCREDENTIAL,),
            progression=None,
            place="pathways/technician.yml",
        ),
    ),
    quality_statements=(
        QualityStatement(
            id=QualityId("qa"),
            version=2,
            title=english("How we keep quality"),
            text=english("Every paper is marked twice."),
            guarantor=english("The academic council"),
            place="quality/qa.yml",
        ),
    ),
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A data block is text for machines, which test_structured_data.py reads.
        self._in_data = dict(attrs).get("type") in {"application/ld+json", "application/json"}
        if not self._in_data:
            self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if not self._in_data:
            self.text.append(data)


def read(page: SitePage) -> tuple[str, _Reader]:
    reader = _Reader()
    reader.feed(page.body)
    return re.sub(r"\s+", " ", " ".join(reader.text)), reader


def make(catalogue: Catalogue = CATALOGUE, today: date = TODAY) -> CataloguePages:
    files = {path.stem: path.read_bytes() for path in assets.messages_dir().glob("*.json")}
    return CataloguePages(
        catalogue=catalogue,
        messages=read_messages(files, "catalogue", catalogue.centre.languages),
        templates=PageTemplates(jinja2.FileSystemLoader(assets.theme_dir() / "catalogue")),
        today=today,
    )


def pages(catalogue: Catalogue = CATALOGUE, today: date = TODAY) -> dict[str, SitePage]:
    return {page.address: page for page in make(catalogue, today).pages()}


def with_course(course: Course) -> Catalogue:
    return dataclasses.replace(CATALOGUE, courses=(course,), pathways=(), runs=())
