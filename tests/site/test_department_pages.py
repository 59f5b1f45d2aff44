"""What a visitor reads on the pages of departments."""

from __future__ import annotations

import dataclasses
from datetime import date

from site_catalogue import BAKING, CATALOGUE, CENTRE, SAFETY, both, english, pages, read

from asnad.catalogue.centre import Contact, DatedName, Department, DepartmentId
from asnad.catalogue.course import CourseStatus

RENAMED = Department(
    id=DepartmentId("food"),
    names=(
        DatedName(name=english("Cookery"), start=date(2019, 1, 1), end=date(2023, 5, 28)),
        DatedName(name=both("Food", "خوراک"), start=date(2023, 5, 28), end=None),
    ),
    summary=english("All that is eaten."),
    contact=Contact(name=None, phone="+92-41-777", whatsapp=None, email=None),
)


def with_departments(*departments: Department) -> dict[str, str]:
    centre = dataclasses.replace(CENTRE, departments=departments)
    made = pages(dataclasses.replace(CATALOGUE, centre=centre))
    return {address: page.body for address, page in made.items()}


def test_a_department_shows_its_courses_its_next_dates_and_whom_to_ask() -> None:
    text, reader = read(pages()["departments/food/"])
    for part in ("Food Safety", "Home <b>Baking</b> & More", "Batch 13", "+92-41-000"):
        assert part in text
    assert {"../../courses/baking/", "../../courses/safety/"} <= set(reader.links)


def test_a_department_with_a_contact_of_its_own_answers_for_its_courses() -> None:
    made = with_departments(RENAMED)
    for address in ("departments/food/", "courses/baking/"):
        assert "tel:+9241777" in made[address]
        assert "tel:+9241000" not in made[address]
    assert "All that is eaten." in made["departments/food/"]


def test_a_department_says_what_it_was_called_before() -> None:
    text, _ = read(
        pages(dataclasses.replace(CATALOGUE, centre=dataclasses.replace(CENTRE, departments=(RENAMED,))))[
            "departments/food/"
        ]
    )
    assert "Until 28 May 2023 this department was called “Cookery”." in text
    assert "was called" not in read(pages()["departments/food/"])[0]


def test_a_department_without_courses_says_so() -> None:
    text, _ = read(pages()["departments/empty/"])
    assert "This department offers no course at present." in text


def test_the_list_of_departments_tells_how_many_courses_each_has_and_when_the_next_begins() -> None:
    text, reader = read(pages()["departments/"])
    assert "Food 2 courses · next batch 1 February 2027" in text
    assert "Nothing offered here 0 courses" in text
    assert reader.links == ["../departments/food/", "../departments/empty/"]


def test_a_course_that_is_not_offered_stands_apart_in_its_department() -> None:
    courses = (SAFETY, dataclasses.replace(BAKING, status=CourseStatus.SUSPENDED))
    text, _ = read(pages(dataclasses.replace(CATALOGUE, courses=courses))["departments/food/"])
    assert text.index("Food Safety") < text.index("Not offered at present") < text.index("Home <b>Baking</b> & More · ")
