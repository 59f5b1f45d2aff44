"""The catalogue on paper, and the picture of a pathway as a browser measures it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from browser.served_centre import serve_folder
from example_centre import ROOT

A4 = {"width": 680, "height": 980}
"""What is left of A4 between its margins, in CSS pixels."""
OUTSIDE_ITS_BOX = """() => [...document.querySelectorAll(".pathway-picture svg")].flatMap((svg) => {
  if (getComputedStyle(svg).display === "none") return [];
  const inside = (inner, outer) => inner.x >= outer.x - 1 && inner.y >= outer.y - 1
    && inner.x + inner.width <= outer.x + outer.width + 1 && inner.y + inner.height <= outer.y + outer.height + 1;
  const boxes = [...svg.querySelectorAll("rect")].map((rect) => rect.getBBox());
  return [...svg.querySelectorAll("text")].filter((text) => !boxes.some((box) => inside(text.getBBox(), box)))
    .map((text) => text.textContent);
})"""
SHOWN = """() => [...document.querySelectorAll(".pathway-picture svg")]
  .filter((svg) => getComputedStyle(svg).display !== "none").map((svg) => svg.getAttribute("class"))"""
LONG = "Wholesome MMMM Workplace Practice in Extraordinarily Well-Managed Communal Warehouses " + "W" * 90


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("paper")
    shutil.copytree(ROOT / "catalogue", root / "catalogue")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    course = root / "catalogue/courses/dairy-processing-mc.yml"
    text, changed = re.subn(r"(title:\s+en: )[^\n]+", rf"\g<1>{LONG}", course.read_text("utf-8"), count=1)
    assert changed == 1
    course.write_text(text, "utf-8")
    build_site(CentreFolder(root), root / "site")
    with serve_folder(root / "site") as (served, _):
        yield served


@pytest.mark.parametrize("path", ["courses/home-baking-women/", "micro-credentials/"])
@pytest.mark.parametrize("language", ["", "ur/"])
def test_paper_shows_numbers_to_ring_where_it_came_from_and_when(
    chromium: Any, address: str, path: str, language: str
) -> None:
    page = chromium.new_page(viewport=A4, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address + language + path)
    text = page.inner_text("body")
    assert "+92-41-" in text
    assert "2026" in text[text.index("https://chenab-skills.example/") :]
    assert f"https://chenab-skills.example/{language}{path}" in text
    assert not page.is_visible(".site-navigation")
    assert not page.is_visible(".course-filter")
    assert page.is_visible(".demonstration")
    # Paper is white, whatever the screen is, so its letters are dark.
    for part in (".demonstration", ".md-content p"):
        letters = page.evaluate("(part) => getComputedStyle(document.querySelector(part)).color", part)
        assert sum(map(int, re.findall(r"[0-9]+", letters)[:3])) < 300, part
    page.close()


@pytest.mark.parametrize("language", ["", "ur/"])
@pytest.mark.parametrize(("width", "form"), [(360, "column"), (1280, "row")])
def test_every_line_of_the_picture_stays_in_its_box(
    chromium: Any, address: str, language: str, width: int, form: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}{language}pathways/food-processing-technician/")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    assert page.evaluate(SHOWN) == [f"pathway-picture__{form}"]
    assert page.evaluate(OUTSIDE_ITS_BOX) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_course_is_reached_through_the_picture_with_the_keyboard_alone(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}pathways/food-processing-technician/")
    page.focus(".pathway-picture__row a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".course")
    assert page.url.endswith("courses/food-safety-small-business-mc/")
    page.close()
