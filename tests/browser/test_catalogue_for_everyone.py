"""Every kind of page of the catalogue, in every language, light and dark: nobody is shut out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from asnad.cli.build import build_site
from browser.served_centre import serve_folder
from example_centre import ExampleCentre, write_centre_lines

PHONE = {"width": 360, "height": 740}
TWICE = {"width": 640, "height": 400}
"""What a window of 1280 by 800 pixels has left of them at 200 % zoom."""
KINDS = (
    "",
    "about/",
    "compare/?c=home-baking-women,food-safety-small-business-mc,dairy-technician",
    "courses/",
    "courses/food-safety-small-business-mc/",
    "courses/food-safety-small-business-mc/1/",
    "courses/home-baking-women/",
    "courses/officers-finance-admin-egov/",
    "departments/",
    "departments/food-technology/",
    "micro-credentials/",
    "pathways/",
    "pathways/food-processing-technician/",
    "runs/",
    "statistics/",
)
"""A page of each kind, by its path in every language."""
LANGUAGES = ("en", "ur", "nl", "kk")
BEYOND_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth;
  const cut = ["auto", "scroll", "hidden", "clip"];
  const scrolls = (element) => element !== null
    && (cut.includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1)
      && getComputedStyle(element).visibility !== "hidden" && !scrolls(element.parentElement);
  });
  const page = document.documentElement.scrollWidth > width ? ["the page"] : [];
  return [...page, ...beyond.map((element) => element.outerHTML.slice(0, 120))];
}"""
"""Gives what cannot be seen without scrolling sideways; what scrolls by itself, such as a wide table, is left out."""


@dataclass(frozen=True)
class FourLanguages:
    """The issued example centre with its site in four languages."""

    site: Path
    address: str

    def page(self, path: str, language: str) -> str:
        """Give the address of a page."""
        return f"{self.address}{'' if language == 'en' else f'{language}/'}{path}"


@pytest.fixture(scope="module")
def four(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FourLanguages]:
    copied = issued_centre.copy(tmp_path_factory.mktemp("four"))
    root = copied.folder.root
    write_centre_lines(root, {"languages": f"[{', '.join(LANGUAGES)}]"})
    # A page that the centre wrote is there in the languages that it wrote; here in all of them.
    for language in LANGUAGES[2:]:
        shutil.copy(root / "catalogue" / "pages" / "about.md", root / "catalogue" / "pages" / f"about.{language}.md")
    site = root / "site"
    with serve_folder(site) as (address, _):
        build_site(copied.folder, site)
        yield FourLanguages(site, address)


def test_every_kind_of_page_is_among_those_that_are_looked_at(four: FourLanguages) -> None:
    looked_at = {path.partition("?")[0] for path in KINDS}
    kinds = {path.split("/")[0] for path in looked_at}
    made = {path.parent.relative_to(four.site).as_posix().split("/")[0] for path in four.site.rglob("index.html")}
    apart = {*LANGUAGES, ".", "v", "c", "employers", "learners"}
    assert made - apart <= kinds
    assert all((four.site / path / "index.html").is_file() for path in looked_at)


@dataclass
class Walk:
    """What was met on a way through every kind of page in one language."""

    languages: set[str] = field(default_factory=set)
    grave: list[str] = field(default_factory=list)
    """Barriers that axe-core calls serious or critical, light and dark."""
    wide: list[str] = field(default_factory=list)
    """What lies beyond the edge of a phone, or of a window at 200 % zoom."""
    faults: list[str] = field(default_factory=list)
    """Errors of the console, and requests to elsewhere."""


@pytest.fixture(scope="module", params=LANGUAGES)
def walk(request: pytest.FixtureRequest, four: FourLanguages, chromium: Any) -> Iterator[tuple[str, Walk]]:
    language, met, axe = request.param, Walk(), Axe()
    context = chromium.new_context(viewport=PHONE, bypass_csp=True, service_workers="block")
    page = context.new_page()
    page.on("pageerror", lambda error: met.faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: met.faults.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(four.address) else met.faults.append(asked.url))
    for path in KINDS:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(four.page(path, language), wait_until="networkidle" if "?" in path else "load")
            # Chromium colours cards below the window only when they come near; what is judged must be drawn.
            page.add_style_tag(content="* { content-visibility: visible !important; }")
            met.grave += [
                f"{path} {scheme} {found['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
                for found in axe.run(page).response["violations"]
                if found["impact"] in ("serious", "critical")
                for node in found["nodes"]
            ]
        met.languages.add(page.evaluate("() => document.documentElement.lang"))
        for viewport in (PHONE, TWICE):
            page.set_viewport_size(viewport)
            met.wide += [f"{path} {viewport['width']}: {beyond}" for beyond in page.evaluate(BEYOND_THE_EDGE)]
        page.set_viewport_size(PHONE)
    yield language, met
    context.close()


def test_no_page_has_a_grave_barrier_light_or_dark(walk: tuple[str, Walk]) -> None:
    assert walk[1].grave == []


def test_no_page_must_be_scrolled_sideways_on_a_phone_or_at_200_per_cent(walk: tuple[str, Walk]) -> None:
    assert walk[1].wide == []


def test_a_page_fetches_nothing_from_elsewhere_and_meets_no_fault(walk: tuple[str, Walk]) -> None:
    assert walk[1].faults == []


def test_a_page_says_which_language_it_is_in(walk: tuple[str, Walk]) -> None:
    assert walk[1].languages == {walk[0]}


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("path", ["", "courses/", "courses/food-safety-small-business-mc/", "runs/"])
def test_every_link_and_field_is_reached_and_seen_by_the_tab_key(
    four: FourLanguages, browser: Any, language: str, path: str
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block").new_page()
    page.goto(four.page(path, language), wait_until="networkidle")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
                 .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled
                                      && element.tabIndex >= 0)
                 .map((element, number) => { element.dataset.number = String(number); return number; }).length"""
    )
    assert wanted > 10
    reached: dict[str, bool] = {}
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        number, seen = page.evaluate(
            """() => {
              const element = document.activeElement;
              const style = getComputedStyle(element);
              const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              return [element.dataset.number ?? "", ring || style.boxShadow !== "none"];
            }"""
        )
        reached[number] = seen
    reached.pop("", None)
    radios = page.evaluate("() => document.querySelectorAll('input[type=radio]').length")
    # Of radio buttons of one name the key reaches one.
    assert len(reached) >= wanted - radios
    hidden = [number for number, seen in reached.items() if not seen]
    told = [
        page.evaluate("(n) => document.querySelector(`[data-number='${n}']`).outerHTML.slice(0, 150)", n)
        for n in hidden
    ]
    assert told == []


def test_without_script_everything_that_the_catalogue_says_is_on_the_page(four: FourLanguages, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(four.page("courses/", "en"))
    courses = json.loads((four.site / "catalogue.json").read_bytes())["courses"]
    offered = [course["title"]["en"] for course in courses if course["status"] == "active"]
    text = page.locator("main").text_content()
    assert [title for title in offered if title not in text] == []
