"""The picture of a pathway: what is on it, and that it stays on its paper."""

from __future__ import annotations

import dataclasses
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_catalogue import BAKING, CATALOGUE, SAFETY, english, pages

from asnad.catalogue.course import CourseId, Kind
from asnad.site.pathway_picture import MOST_LINES, PictureBox, PictureStage, pathway_picture, wrapped

SVG = "{http://www.w3.org/1999/xhtml}"


def box(title: str, address: str | None = "../../courses/x/", language: str = "en") -> PictureBox:
    return PictureBox(title=title, language=language, notes=("3 ECTS",), kind=Kind.MICROCREDENTIAL, address=address)


def drawn(*stages: PictureStage, language: str = "en") -> ET.Element:
    picture = pathway_picture(stages, name="A name", description="In words", language=language)
    return ET.fromstring(str(picture))  # Our own markup.


STAGES = (
    PictureStage(label="Required", boxes=(box("Food Safety"),)),
    PictureStage(label="2 of these 3", boxes=(box("Dairy"), box("Fruit"), box("Bakery"))),
    PictureStage(label="Leads to", boxes=(box("Technician", None),)),
)


def test_the_picture_has_name_description_and_a_link_for_each_course_in_both_forms() -> None:
    for svg in drawn(*STAGES).findall("svg"):
        ids = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
        assert ids[svg.get("aria-labelledby")] == "A name"
        assert ids[svg.get("aria-describedby")] == "In words"
        assert len(svg.findall(".//a")) == 4
        assert [text.text for text in svg.iter("text") if text.get("class") == "pathway-picture__label"] == [
            "Required",
            "2 of these 3",
            "Leads to",
        ]


def test_ids_of_the_two_forms_differ() -> None:
    ids = [element.get("id") for element in drawn(*STAGES).iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 4


def centres(svg: ET.Element) -> list[float]:
    return [float(text.get("x", "")) for text in svg.iter("text") if text.get("class") == "pathway-picture__label"]


def test_the_row_runs_the_way_its_language_is_read() -> None:
    column, row = drawn(*STAGES).findall("svg")
    assert centres(row) == sorted(centres(row))
    assert len(set(centres(column))) == 1
    mirrored = drawn(*STAGES, language="ur").findall("svg")[1]
    assert centres(mirrored) == sorted(centres(mirrored), reverse=True)


@given(
    st.lists(st.text(min_size=1, max_size=200).filter(str.strip), min_size=1, max_size=6), st.sampled_from(["en", "ur"])
)
def test_whatever_the_titles_say_everything_stays_inside(titles: list[str], language: str) -> None:
    printable = ["".join(sign for sign in title if sign.isprintable()).strip() or "x" for title in titles]
    boxes = tuple(box(title, language=language) for title in printable)
    stages = (PictureStage(label=printable[0], boxes=boxes), PictureStage(label="Leads to", boxes=boxes[:1]))
    for svg in drawn(*stages, language=language).findall("svg"):
        width, height = map(float, (svg.get("viewBox") or "").split()[2:])
        for rect in svg.iter("rect"):
            x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert y >= 0
            assert x + w <= width + 0.01
            assert y + h <= height + 0.01


@pytest.mark.parametrize("text", ["x" * 10_000, "W " * 3_000, "ایک بہت لمبا نام " * 300])
def test_a_title_without_end_is_cut(text: str) -> None:
    lines = wrapped(text, 200, 15)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert max(map(len, lines)) < 60


def test_a_title_that_fits_is_whole() -> None:
    assert " ".join(wrapped("Food Safety Practice for Small Food Businesses", 200, 15)) == (
        "Food Safety Practice for Small Food Businesses"
    )


def test_the_page_of_a_pathway_draws_its_rules_and_says_them_in_words() -> None:
    (pathway,) = CATALOGUE.pathways
    changed = dataclasses.replace(
        pathway, at_least=1, choices=(CourseId("baking"), CourseId("safety")), capstone=CourseId("safety")
    )
    body = pages(dataclasses.replace(CATALOGUE, pathways=(changed,)))["pathways/technician/"].body
    description = re.findall(r"<desc[^>]*>([^<]+)</desc>", body)[0]
    assert description == (
        "Required: Food Safety. 1 of these 2: Home &lt;b&gt;Baking&lt;/b&gt; &amp; More and Food Safety. "
        "At the end: Food Safety. Leads to: Technician."
    )
    assert "no larger award comes by itself" in body
    assert "Applied for at the centre" in body
    assert "At least 3 ECTS in all." in body


def test_markup_in_a_title_stays_text_in_the_picture() -> None:
    hostile = dataclasses.replace(SAFETY, title=english("</text><script>alert(1)</script>"))
    body = pages(dataclasses.replace(CATALOGUE, courses=(hostile, BAKING)))["pathways/technician/"].body
    assert "<script>" not in body
