"""Bad input in a catalogue: whatever stands in its texts, nothing of it runs and no page breaks."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icalendar
import pytest

from asnad import assets
from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from browser.served_centre import serve_folder
from hostile_catalogue import hostile_catalogue

FILES = (
    "centre.yml",
    "courses/bakery-production-mc.yml",
    "courses/dairy-processing-mc.yml",
    "courses/food-safety-small-business-mc.yml",
    "courses/fruit-vegetable-preservation-mc.yml",
    "courses/home-baking-women.yml",
    "courses/workplace-project-mc.yml",
    "pathways/food-processing-technician.yml",
    "quality/qa-assessed-courses-2026.yml",
    "runs/food-safety-small-business-mc-b04.yml",
    "runs/home-baking-women-b12.yml",
    "runs/home-baking-women-b13.yml",
)
"""A course of each sort, a pathway, and runs that are past, open and to come."""
MARKUP = (
    "=javascript:window.pwned=1 </title></style></textarea></script><script>window.pwned=2</script>"
    '<img src=x onerror=window.pwned=3><svg onload=window.pwned=4>" autofocus onfocus="window.pwned=5" '
    "x='y' onmouseover='window.pwned=6' z=`z` {{ 7*7 }}{% raw %} &quot;&#x22; ]]> -->"
)
TEXTS = {"markup": MARKUP, "long": "Abc" * 10_000, "long in Urdu": "خشک" * 10_000}


@dataclass(frozen=True)
class HostileSite:
    """A site of a catalogue that holds one hostile text in every place that takes it."""

    folder: Path
    address: str
    text: str

    def pages(self) -> list[str]:
        """Give the path of every page below the site."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(path.removesuffix("index.html") for path in found)


@pytest.fixture(scope="module", params=TEXTS.values(), ids=TEXTS.keys())
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileSite]:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(assets.example_dir() / "catalogue" / "pages", root / "catalogue" / "pages")
    shutil.copy(assets.example_dir() / "mkdocs.yml", root / "mkdocs.yml")
    example = CentreFolder(assets.example_dir()).catalogue_files()
    files, places = hostile_catalogue({name: example[name] for name in FILES}, request.param)
    assert places > 200, "the text should stand nearly everywhere"
    for name, content in files.items():
        path = root / "catalogue" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    site = root / "site"
    build_site(CentreFolder(root), site)
    with serve_folder(site) as (address, _):
        yield HostileSite(site, address, request.param)


def test_nothing_in_a_text_runs_and_no_page_grows_wider_than_a_phone(hostile: HostileSite, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append("a dialogue"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: faults.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    pages = hostile.pages()
    assert len(pages) > 25
    for path in pages:
        page.goto(f"{hostile.address}{path}")
        found = page.evaluate(
            """() => [window.pwned ?? null,
                      document.documentElement.scrollWidth - document.documentElement.clientWidth,
                      document.querySelectorAll("img[src=x], [onerror], [onload], [onfocus]").length]"""
        )
        if found != [None, 0, 0]:
            faults.append(f"{path}: ran, pixels too wide, elements made of text: {found}")
    assert faults == []


def test_a_search_for_the_text_finds_courses_and_runs_nothing(hostile: HostileSite, browser: Any) -> None:
    page = browser.new_context(service_workers="block").new_page()
    page.goto(f"{hostile.address}courses/")
    page.locator("main input[type=search]").fill(hostile.text[:200])
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.reload()
    assert page.evaluate("() => window.pwned ?? null") is None
    assert page.locator("main").inner_text() != ""


def test_every_export_of_it_is_read_by_a_library(hostile: HostileSite) -> None:
    catalogue = json.loads((hostile.folder / "catalogue.json").read_bytes())
    assert len(catalogue["courses"]) == len([name for name in FILES if name.startswith("courses/")])
    with (hostile.folder / "catalogue.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))
    assert {len(row) for row in rows} == {len(rows[0])}
    # A spreadsheet takes a cell that begins so for a formula.
    assert not [
        cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "@", "\t")) and not cell[1:2].isdigit()
    ]
    events = icalendar.Calendar.from_ical((hostile.folder / "runs.ics").read_bytes()).walk("VEVENT")
    assert events
    for html in hostile.folder.glob("courses/*/index.html"):
        text = html.read_text("utf-8")
        for block in text.split('<script type="application/ld+json">')[1:]:
            json.loads(block.split("</script>", 1)[0])
