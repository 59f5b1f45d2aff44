from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from asnad.catalogue.course import CourseId, CourseStatus, Kind
from asnad.catalogue.reading import read_catalogue
from asnad.catalogue.run import RunState
from asnad.catalogue.text import Text
from asnad.errors import CatalogueErrors

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[..., list[str]]


def test_a_right_catalogue_is_read_whole(files: dict[str, bytes]) -> None:
    catalogue = read_catalogue(files)
    assert [course.id for course in catalogue.courses] == ["baking", "safety"]
    assert [run.id for run in catalogue.runs] == ["baking-b1"]
    assert [pathway.id for pathway in catalogue.pathways] == ["technician"]
    assert [statement.id for statement in catalogue.quality_statements] == ["policy"]


def test_a_course_has_what_its_file_says(files: dict[str, bytes]) -> None:
    course = read_catalogue(files).course(CourseId("safety"))
    assert (course.code, course.version, course.status) == ("FT-FS", 1, CourseStatus.ACTIVE)
    assert course.award.kind is Kind.MICROCREDENTIAL
    assert course.award.statement is None
    assert course.workload.total() == 84
    assert course.credits[0].value == Decimal(3)
    assert course.isced_f == "0721"
    assert course.assessments[0].proves == ("lo1",)
    assert (course.assessments[0].supervised, course.assessments[1].supervised) == (False, True)
    assert course.stacks_into == ("technician",)
    assert course.approval is not None
    assert course.approval.valid_to == date(2028, 12, 31)
    assert course.place == "courses/safety.yml"


def test_what_is_not_written_has_the_modest_default(files: dict[str, bytes]) -> None:
    catalogue = read_catalogue(files)
    course = catalogue.course(CourseId("baking"))
    assert (course.audience.gender, course.audience.season, course.audience.nomination_only) == ("any", "any", False)
    assert (course.entry.minimum_education, course.grade_printed, course.delivery.residential) == ("none", False, False)
    assert course.fee is not None
    assert course.fee.paid_by == "learner"
    centre = catalogue.centre
    assert (centre.print_father_name, centre.print_identity_digits) == (False, False)
    assert (centre.repository_private, centre.demonstration, centre.second_person) == (False, False, False)


def test_a_site_that_moved_is_served_elsewhere_and_keeps_its_ids(files: dict[str, bytes], spoil: Spoil) -> None:
    assert read_catalogue(files).centre.address == "https://skills.example/"
    moved = spoil(("centre.yml", "verifier:", "moved_to: https://new.example/a/\nverifier:"))
    centre = read_catalogue(moved).centre
    assert (centre.site, centre.address) == ("https://skills.example/", "https://new.example/a/")


def test_a_centre_may_want_a_second_person(spoil: Spoil) -> None:
    files = spoil(("centre.yml", "serial_prefix: CSC", "serial_prefix: CSC\napproval: second-person"))
    assert read_catalogue(files).centre.second_person
    files = spoil(("centre.yml", "serial_prefix: CSC", "serial_prefix: CSC\napproval: none"))
    assert not read_catalogue(files).centre.second_person


def test_a_run_has_what_its_file_says(files: dict[str, bytes]) -> None:
    run = read_catalogue(files).runs[0]
    assert (run.course, run.batch_no, run.state, run.venue) == ("baking", 1, RunState.FINISHED, "hall")
    assert run.award_day() == date(2026, 2, 27)
    assert run.language == "en"
    assert run.signatories == ("director-2",)


def test_a_pathway_has_what_its_file_says(spoil: Spoil) -> None:
    files = spoil(
        ("pathways/technician.yml", "all_of: [safety]", "at_least: {count: 1, of: [safety]}\n  max_age_months: 60")
    )
    pathway = read_catalogue(files).pathways[0]
    assert (pathway.all_of, pathway.at_least, pathway.choices, pathway.capstone) == ((), 1, ("safety",), None)
    assert (pathway.max_age_months, pathway.min_total_scheme, pathway.min_total_value) == (60, "ECTS", Decimal(3))
    assert pathway.counts_only == (Kind.MICROCREDENTIAL,)


def test_the_site_follows_from_the_did(files: dict[str, bytes]) -> None:
    assert read_catalogue(files).centre.site == "https://skills.example/"


@pytest.mark.parametrize(
    ("did", "site"),
    [
        ("did:web:skills.example:pk:faisalabad", "https://skills.example/pk/faisalabad/"),
        ("did:web:localhost%3A8443", "https://localhost:8443/"),
        ("did:web:xn--mgbh0fb.example", "https://xn--mgbh0fb.example/"),
    ],
)
def test_a_did_with_path_or_port_gives_a_site_with_path_or_port(spoil: Spoil, did: str, site: str) -> None:
    assert read_catalogue(spoil(("centre.yml", "did:web:skills.example", did))).centre.site == site


def test_a_text_without_language_is_in_the_first_language_of_the_site(spoil: Spoil) -> None:
    catalogue = read_catalogue(spoil(("centre.yml", "languages: [en, ur]", "languages: [ur, en]")))
    assert catalogue.course(CourseId("safety")).title == Text((("ur", "Food Safety"),))
    assert catalogue.runs[0].language == "ur"


def test_a_text_falls_back_to_the_language_that_is_written_first(files: dict[str, bytes]) -> None:
    title = read_catalogue(files).course(CourseId("baking")).title
    assert title.shown_in("ur") == ("گھریلو بیکنگ", "ur")
    assert title.shown_in("nl") == ("Home Baking", "en")


@pytest.mark.parametrize(
    "written", ["no", "0721", "2026-02-16", "12:30", "~", "null", "1e3", "0x1F", "=", "yes", ".inf"]
)
def test_scalars_stay_text(spoil: Spoil, written: str) -> None:
    files = spoil(("courses/safety.yml", "title: Food Safety", f"title: {written}"))
    assert read_catalogue(files).course(CourseId("safety")).title == Text((("en", written),))


def test_norwegian_is_a_language_and_not_false(spoil: Spoil) -> None:
    files = spoil(("courses/safety.yml", "title: Food Safety", "title: {no: Mattrygghet}"))
    assert read_catalogue(files).course(CourseId("safety")).title == Text((("no", "Mattrygghet"),))


def test_a_number_in_quotes_is_a_number(spoil: Spoil) -> None:
    assert read_catalogue(spoil(("runs/baking-b1.yml", "batch_no: 1", 'batch_no: "34"'))).runs[0].batch_no == 34


def test_texts_are_composed(spoil: Spoil) -> None:
    files = spoil(("courses/safety.yml", "title: Food Safety", "title: Cafe\u0301"))
    assert read_catalogue(files).course(CourseId("safety")).title == Text((("en", "Café"),))


def test_a_joiner_that_urdu_needs_is_kept(spoil: Spoil) -> None:
    files = spoil(("courses/safety.yml", "title: Food Safety", "title: {ur: می\u200cخواہم}"))
    assert read_catalogue(files).course(CourseId("safety")).title == Text((("ur", "می\u200cخواہم"),))


def test_windows_line_ends_and_byte_order_mark_are_read(files: dict[str, bytes]) -> None:
    name = "courses/safety.yml"
    files[name] = b"\xef\xbb\xbf" + files[name].replace(b"\n", b"\r\n")
    assert read_catalogue(files).course(CourseId("safety")).title == Text((("en", "Food Safety"),))


def test_the_long_ending_yaml_is_read(files: dict[str, bytes]) -> None:
    files["centre.yaml"] = files.pop("centre.yml")
    files["runs/baking-b1.yaml"] = files.pop("runs/baking-b1.yml")
    assert read_catalogue(files).runs[0].place == "runs/baking-b1.yaml"


def test_other_folders_and_endings_are_not_looked_at(files: dict[str, bytes]) -> None:
    files |= {
        "pages/about.yml": b"\xff",
        "notes.yml": b"\xff",
        "courses/photo.jpg": b"\xff",
        "courses/read.md": b"\xff",
    }
    assert len(read_catalogue(files).courses) == 2


def test_what_runs_of_the_field_may_say_is_read(spoil: Spoil) -> None:
    more = """\
awarded: 2026-03-02
room: Kitchen 1
capacity: 45
enrolled: 38
language: ur
apply: {opens: 2026-01-05, closes: 2026-02-06, how: nomination, contact: officers@centre.example}
instructors: [person-0012, person-0019]
fee: {amount: 0}
notes: Bring an apron.
"""
    run = read_catalogue(spoil(("runs/baking-b1.yml", "venue: hall\n", f"venue: hall\n{more}"))).runs[0]
    assert (run.room, run.capacity, run.enrolled, run.language) == ("Kitchen 1", 45, 38, "ur")
    assert run.award_day() == date(2026, 3, 2)
    assert run.application is not None
    assert (run.application.how, run.application.contact) == ("nomination", "officers@centre.example")
    assert run.instructors == ("person-0012", "person-0019")


def test_everything_wrong_in_all_files_is_told_in_one_run(spoil: Spoil, errors: Errors) -> None:
    files = spoil(
        ("centre.yml", "country: PK\ncountry_name", "country: Pakistan\ncountry_name"),
        ("courses/baking.yml", "status: active", "status: activ"),
        ("courses/safety.yml", "weight: 40", "weight: 30"),
        ("runs/baking-b1.yml", "end: 2026-02-27", "end: 2026-02-30"),
        ("quality/policy.yml", "id: policy", "id: [policy"),
    )
    assert [found.split(": ")[0] for found in errors(files)] == [
        "centre.yml:6",
        "courses/baking.yml:5",
        "courses/safety.yml:19",
        "quality/policy.yml:2",
        "runs/baking-b1.yml:5",
    ]


def test_what_cannot_be_read_is_not_called_missing(spoil: Spoil, errors: Errors) -> None:
    files = spoil(
        ("courses/baking.yml", "status: active", "status: activ"), ("quality/policy.yml", "id: policy", "id: [policy")
    )
    assert [found.split(": ")[0] for found in errors(files)] == ["courses/baking.yml:5", "quality/policy.yml:2"]


def test_the_error_shown_to_people_has_place_and_hint(spoil: Spoil) -> None:
    files = spoil(("courses/baking.yml", "status: active", "status: activ"))
    with pytest.raises(CatalogueErrors) as caught:
        read_catalogue(files)
    assert caught.value.diagnostics() == (
        "courses/baking.yml:5: status: expected one of draft, active, suspended, retired, got 'activ'\n"
        "  hint: Did you mean 'active'?"
    )


def test_the_catalogue_of_this_project_is_right() -> None:
    root = Path(__file__).parents[2] / "catalogue"
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yml")}
    catalogue = read_catalogue(files)
    assert len(catalogue.courses) >= 20
    assert {course.award.kind for course in catalogue.courses} >= {Kind.COMPLETION, Kind.MICROCREDENTIAL}


def test_a_run_may_write_out_its_place_with_the_room(spoil: Spoil, errors: Errors) -> None:
    place = "venue: {name: {en: Village School, ur: گاؤں کا سکول}, room: Hall 1, city: Nehar Kot, country: PK}"
    catalogue = read_catalogue(spoil(("runs/baking-b1.yml", "venue: hall", place)))
    run = catalogue.runs[0]
    assert run.room == "Hall 1"
    venue = catalogue.venue(run.venue)
    assert (venue.name.shown_in("ur")[0], venue.city.shown_in("en")[0], venue.country) == (
        "گاؤں کا سکول",
        "Nehar Kot",
        "PK",
    )
    assert [item.id for item in catalogue.centre.venues] == ["hall", "baking-b1"]


def test_a_place_that_is_written_out_is_none_of_the_centres(spoil: Spoil, errors: Errors) -> None:
    place = "venue: {name: Village School, city: Nehar Kot, country: PK}"
    found = errors(
        spoil(
            ("runs/baking-b1.yml", "venue: hall", place),
            ("centre.yml", "{id: hall, name: Hall", "{id: baking-b1, name: Hall"),
        )
    )
    assert found == [
        (
            "runs/baking-b1.yml:7: venue: expected a place that centre.yml does not have, got one under 'baking-b1', "
            "the id of a venue\n→ Write venue: baking-b1"
        )
    ]
