"""The page of statistics: what a visitor sees, reads aloud, and prints of the numbers."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import DatedName
from asnad.catalogue.text import Text
from asnad.centre_folder import CentreFolder
from asnad.cli.check import check
from asnad.desk.issue_run import issue_run
from asnad.desk.known_learners import looks_like_register
from asnad.files import read_tree
from asnad.gate.inspection import Submission, inspect
from asnad.issuers.statistics import Cell, CreditBand, Statistics
from asnad.messages import read_messages
from asnad.site.catalogue_pages import CataloguePages
from asnad.site.charts import LETTERS, Bar, bar_chart
from asnad.site.mkdocs_plugin import AsnadPlugin
from asnad.site.page_templates import PageTemplates
from asnad.site.site_page import SitePage
from asnad.site.statistics_page import BARS
from example_centre import NOW, REGISTERS, ROOT, found_example_centre, import_register

CATALOGUE = CentreFolder(ROOT).catalogue()
FOOD, OFFICERS = "food-safety-small-business-mc-b03", "officers-finance-admin-egov-b34"
SVG = "{http://www.w3.org/2000/svg}"
STATISTICS = Statistics(
    as_of=date(2026, 11, 25),
    incomplete=False,
    issued=1093,
    withdrawn=0,
    years=(Cell(2025, 1000), Cell(2026, 93)),
    departments=(Cell("continuing-education", 1038), Cell("food-technology", 55)),
    levels=(Cell(4, 43), Cell(None, 1050)),
    credit_bands=(Cell(CreditBand.SMALL, 43), Cell(CreditBand.MIDDLE, 50), Cell(CreditBand.LARGE, 1000)),
    runs=(Cell(FOOD, 55), Cell(OFFICERS, 1038)),
)


def pages(statistics: Statistics | None = STATISTICS, catalogue: Catalogue = CATALOGUE) -> dict[str, SitePage]:
    files = {path.stem: path.read_bytes() for path in assets.messages_dir().glob("*.json")}
    made = CataloguePages(
        catalogue=catalogue,
        messages=read_messages(files, "catalogue", catalogue.centre.languages),
        templates=PageTemplates(jinja2.FileSystemLoader(assets.theme_dir() / "catalogue")),
        today=date(2026, 12, 1),
        statistics=statistics,
    )
    return {page.address: page for page in made.pages()}


def charts(page: str) -> list[ET.Element]:
    found = re.findall(r"<svg class=\"chart\".*?</svg>", page, re.DOTALL)
    return [ET.fromstring(chart.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)) for chart in found]


class _Tables(HTMLParser):
    """Reads each table as lines of name and number."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[tuple[str, ...]]] = []
        self._cells: list[str] | None = None
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self._cells = []
        elif tag in ("th", "td") and self._cells is not None:
            self._cells.append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._cells:
            self.tables[-1].append(tuple(re.sub(r"\s+", " ", cell).strip() for cell in self._cells))
            self._cells = None
        elif tag in ("th", "td"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell and self._cells:
            self._cells[-1] += data


def tables(page: SitePage) -> list[list[tuple[str, ...]]]:
    return _Tables(page.body).tables


def test_the_page_is_there_in_every_language_and_only_where_something_was_counted() -> None:
    assert {path for path in pages() if "statistics" in path} == {"statistics/", "ur/statistics/"}
    assert not [path for path in pages(None) if "statistics" in path]


def test_the_tables_say_all_numbers_by_name_and_each_adds_up() -> None:
    years, departments, levels, credit_bands, runs = tables(pages()["statistics/"])
    assert years == [("Year", "Certificates"), ("2025", "1,000"), ("2026", "93"), ("Total", "1,093")]
    # In the order of the centre's own list.
    assert departments[1:3] == [("Food Technology", "55"), ("Continuing Education and E-Governance", "1,038")]
    assert levels[1:3] == [("EQF level 4", "43"), ("No EQF level stated", "1,050")]
    assert [name for name, _ in credit_bands[1:-1]] == [
        "Up to 5 credits",
        "More than 5, up to 10 credits",
        "More than 10 credits",
    ]
    assert [number for _, number in runs[1:]] == ["55", "1,038", "1,093"]
    assert re.fullmatch(r"Food Safety .* · Batch 3, 2026", runs[1][0])


@pytest.mark.parametrize("address", ["statistics/", "ur/statistics/"])
def test_every_chart_shows_the_numbers_of_its_table_to_eyes_and_to_screen_readers(address: str) -> None:
    page = pages()[address]
    drawn = charts(page.body)
    assert len(drawn) == 5
    for chart, table in zip(drawn, tables(page), strict=True):
        numbers = [text.text for text in chart.iter(f"{SVG}text") if text.get("class") == "chart__number"]
        assert numbers == [number for _, number in table[1:-1]]
        widths = [float(bar.attrib["width"].rstrip("%")) for bar in chart.iter(f"{SVG}rect")]
        counts = [int(number.replace(",", "")) for number in numbers if number]
        assert widths == [pytest.approx(80 * count / max(counts), abs=0.01) for count in counts]
        assert chart.attrib["role"] == "img"
        named = [chart.find(f"*[@id='{name}']") for name in chart.attrib["aria-labelledby"].split()]
        assert all(part is not None and part.text for part in named)
        assert "viewBox" not in chart.attrib  # Its letters keep their size on any screen.


def test_bars_grow_from_the_side_on_which_one_begins_to_read() -> None:
    for address, begins in (("statistics/", lambda x, _: x == 0), ("ur/statistics/", lambda x, w: x + w == 100)):
        for chart in charts(pages()[address].body):
            for bar in chart.iter(f"{SVG}rect"):
                x, width = (float(bar.attrib[name].rstrip("%")) for name in ("x", "width"))
                assert begins(x, width), address


def test_ids_of_charts_are_on_the_page_once_and_nothing_is_styled_in_place() -> None:
    body = pages()["statistics/"].body
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids)) > 10
    assert "style=" not in body
    assert "<script" not in body


def test_the_page_says_as_of_when_what_counts_and_what_does_not() -> None:
    body = pages()["statistics/"].body
    assert "as counted on 25 November 2026" in body
    assert "Batches with fewer than 5 certificates are in no number on this page" in body
    assert "still one certificate" in body
    assert "Of these, withdrawn" in body
    assert "records of this centre were lost" not in body
    assert 'href="../asnad/statistics.json"' in body
    assert 'href="../../asnad/statistics.json"' in pages()["ur/statistics/"].body


def test_a_small_number_of_withdrawals_and_a_loss_are_told_in_words() -> None:
    body = pages(replace(STATISTICS, withdrawn=None, incomplete=True))["statistics/"].body
    assert "Of these, withdrawn" not in body
    assert "Some records of this centre were lost. More certificates were issued than these numbers say" in body


def test_where_no_run_has_five_the_page_says_so_and_draws_nothing() -> None:
    nothing = Statistics(
        as_of=STATISTICS.as_of,
        incomplete=False,
        issued=0,
        withdrawn=0,
        years=(),
        departments=(),
        levels=(),
        credit_bands=(),
        runs=(),
    )
    body = pages(nothing)["statistics/"].body
    assert "No batch has 5 certificates or more yet." in body
    assert "<table" not in body
    assert charts(body) == []


def test_what_the_catalogue_has_no_longer_keeps_its_id() -> None:
    found = replace(
        STATISTICS,
        departments=(Cell("closed-department", 93), Cell(None, 1000)),
        runs=(Cell(FOOD, 93), Cell("a-run-of-long-ago", 1000)),
    )
    _, departments, _, _, runs = tables(pages(found)["statistics/"])
    assert [name for name, _ in departments[1:-1]] == ["closed-department", "Department not known"]
    assert runs[2] == ("a-run-of-long-ago", "1,000")
    assert pages(found, replace(CATALOGUE, runs=()))["ur/statistics/"].body


def test_more_runs_than_a_picture_holds_are_all_in_the_table() -> None:
    many = tuple(Cell(f"gone-{number:03d}", 5) for number in range(200))
    page = pages(replace(STATISTICS, issued=1000, runs=many))["statistics/"]
    assert len(tables(page)[-1]) == 200 + 2
    assert len(list(charts(page.body)[-1].iter(f"{SVG}rect"))) == BARS
    assert "The picture shows the first 20, the table all." in page.body
    assert "<summary>Table of all 200</summary>" in page.body


def test_names_full_of_markup_and_endless_words_stay_text_inside_the_picture() -> None:
    evil = "</svg><script>alert(1)</script>" + "x" * 10_000
    centre = CATALOGUE.centre
    department = replace(
        centre.departments[0], names=(DatedName(name=Text((("en", evil),)), start=date.min, end=None),)
    )
    catalogue = replace(CATALOGUE, centre=replace(centre, departments=(department, *centre.departments[1:])))
    found = replace(STATISTICS, departments=(Cell(department.id, 93), Cell(None, 1000)))
    body = pages(found, catalogue)["statistics/"].body
    assert "<script" not in body
    labels = [text.text or "" for text in charts(body)[1].iter(f"{SVG}text") if text.get("class") == "chart__label"]
    assert labels[0].startswith("</svg><script>")
    assert len(labels) == 4
    assert all(len(label) <= LETTERS for label in labels)


def test_a_chart_of_nothing_but_zeros_has_bars_without_width() -> None:
    chart = bar_chart([Bar("a", 0, "0")], name="n", title="t", description="d", direction="ltr")
    assert 'width="0%"' in chart


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what Git has of a centre that has issued, without the private part, with its site built."""
    folder = tmp_path_factory.mktemp("centre")
    centre = found_example_centre(folder)
    for run in (FOOD, "home-baking-women-b12"):
        content = (ROOT / "credentials" / "example-registers" / REGISTERS[run]).read_bytes()
        import_register(centre, run, REGISTERS[run], content)
        issue_run(centre.workplace(NOW), run, lambda _done, _of: None)
    root = folder / "clone"
    shutil.copytree(centre.folder.root, root, ignore=shutil.ignore_patterns("private"))
    config = load_config(str(root / "mkdocs.yml"), plugins=[{"search": {"lang": "en"}}])
    plugin = AsnadPlugin()
    plugin.load_config({"build_date": "2026-11-20"}, config.config_file_path)
    config.plugins["asnad"] = plugin
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return root


def test_a_clone_without_the_private_ledger_builds_the_page_and_publishes_the_file(clone: Path) -> None:
    site = clone / "site"
    kept = clone / "credentials" / "public" / "asnad" / "statistics.json"
    assert (site / "asnad" / "statistics.json").read_bytes() == kept.read_bytes()
    for address in ("statistics/index.html", "ur/statistics/index.html"):
        assert len(charts((site / address).read_text("utf-8"))) == 3  # Both runs are of one year and one department.
    assert "statistics/" in (site / "sitemap.xml").read_text("utf-8")


def test_every_page_of_the_site_leads_to_it_in_its_language(clone: Path) -> None:
    for address, link in (("index.html", "./statistics/"), ("ur/courses/index.html", "../../ur/statistics/")):
        footer = (clone / "site" / address).read_text("utf-8").partition("<footer")[2]
        assert f'href="{link}"' in footer, address


def test_the_gate_lets_file_and_page_through(clone: Path) -> None:
    path = "asnad/statistics.json"
    site = read_tree(clone, "site", 1 << 24)
    found = inspect(
        Submission(
            catalogue=CentreFolder(clone).catalogue(),
            tracked={f"credentials/public/{path}": site[path]},
            site={name: data for name, data in site.items() if name == path or "statistics/" in name},
            looks_like_register=looks_like_register,
        )
    )
    assert found == ()


def test_check_names_a_file_that_was_altered_and_what_mends_it(clone: Path, tmp_path: Path) -> None:
    root = tmp_path / "centre"
    shutil.copytree(clone, root, ignore=shutil.ignore_patterns("site"))
    path = root / "credentials" / "public" / "asnad" / "statistics.json"
    assert CliRunner().invoke(check, ["--centre", str(root)]).exit_code == 0
    path.write_bytes(path.read_bytes().replace(b'"issued":43', b'"issued":44'))
    answer = CliRunner().invoke(check, ["--centre", str(root)])
    assert answer.exit_code == 1
    assert "credentials/public/asnad/statistics.json" in answer.output
    assert "asnad refresh" in answer.output
