"""A language is one file: a made-up one gets the whole site, papers and verifier, and no line of code knows its tag."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from asnad import assets
from asnad.cli.build import build_site
from asnad.cli.main import asnad
from asnad.desk.issue_run import issue_run
from asnad.desk.papers import write_papers
from asnad.site.issuer_reading import read_stationery
from desk.small_centre import REGISTER, RUN, silent, the_run
from example_centre import ExampleCentre, found_example_centre, import_register

ADDED = "fy"
MARK = "‡"
"""Behind every text of the added language, so that a word from elsewhere is found by its lack."""
UNMARKED = re.compile(r"formats/(?!month|currency)|/(locale|direction|state)$|\.locale$")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")


def marked(part: dict[str, object], way: str = "") -> dict[str, object]:
    """Copy the texts of a language file with the mark behind each."""
    return {
        name: marked(value, f"{way}{name}/")
        if isinstance(value, dict)
        else value
        if UNMARKED.search(way + name)
        else f"{value}{MARK}"
        for name, value in part.items()
    }


@dataclass
class Spoken(HTMLParser):
    """Collect what a page says in the language of its root."""

    language: str
    said: list[str] = field(default_factory=list)
    _within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self._within[-1] if self._within else ""
        # Numbers, addresses and codes stand in elements with a direction and no language.
        number = "" if given.get("dir") == "ltr" and "lang" not in given and tag == "bdi" else around
        # In a title no language can be marked, and a picture breaks its words, which stand beside it, into lines.
        here = "" if tag in ("script", "style", "title", "text") else given.get("lang", number)
        if here == self.language:
            self.said += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._within.append(here)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if self._within and self._within[-1] == self.language and data.strip():
            self.said.append(" ".join(data.split()))


def strange(html: str) -> list[str]:
    """Name what a page says in the added language that does not come from its file."""
    page = Spoken(ADDED)
    page.feed(html)
    assert page.said
    return [said for said in page.said if re.search("[a-z]{3}", said) and MARK not in said]


@dataclass(frozen=True)
class Spread:
    """A centre with the added language, and its site."""

    centre: ExampleCentre
    site: Path
    papers: Path


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spread]:
    folder = tmp_path_factory.mktemp("added")
    messages = folder / "messages"
    shutil.copytree(assets.messages_dir(), messages)
    english = json.loads((messages / "en.json").read_bytes())
    (messages / f"{ADDED}.json").write_text(json.dumps(marked(english)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "messages_dir", lambda: messages)
        centre = found_example_centre(folder, languages=f"[en, ur, {ADDED}]")
        run = centre.folder.root / "catalogue" / "runs" / f"{RUN}.yml"
        run.write_text(re.sub("(?m)^language: .*$", f"language: {ADDED}", run.read_text("utf-8")), "utf-8")
        centre = replace(centre, catalogue=centre.folder.catalogue())
        import_register(centre, RUN, "b12.csv", REGISTER.encode())
        issue_run(centre.workplace(), RUN, silent)
        papers = write_papers(centre.workplace(), the_run(centre), read_stationery(centre.catalogue), silent)
        site = centre.folder.root / "site"
        build_site(centre.folder, site)
        yield Spread(centre, site, centre.folder.credentials / papers)


def test_it_has_every_page_that_the_first_language_has(spread: Spread) -> None:
    def made(language: str) -> set[str]:
        folder = spread.site / language
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    generated = {path for path in made("ur") if not path.startswith(("about/", "employers/", "learners/"))}
    assert made(ADDED) == generated
    assert len(generated) > 30


def test_its_pages_say_nothing_that_is_not_in_its_file(spread: Spread) -> None:
    # The page of a version gives what was signed, in the words of the day.
    frozen = spread.site / ADDED / "courses" / "home-baking-women" / "1" / "index.html"
    pages = sorted({*(spread.site / ADDED).rglob("*.html")} - {frozen})
    assert {str(path): found for path in pages if (found := strange(path.read_text("utf-8")))} == {}


def test_pages_lead_to_it_and_it_leads_to_them(spread: Spread) -> None:
    english = (spread.site / "courses" / "index.html").read_text("utf-8")
    own = (spread.site / ADDED / "courses" / "index.html").read_text("utf-8")
    for page in (english, own):
        tags = re.findall(r'<link rel="alternate " hreflang="([^"]+)"', page)
        assert sorted(tags) == ["en", ADDED, "ur", "x-default"]
    assert re.search(rf'<a href="[^"]*{ADDED}/courses/" hreflang="{ADDED}" lang="{ADDED}"', english)
    assert '<html lang="fy" dir="ltr"' in own


def test_its_certificates_are_drawn_on_paper_and_on_the_site_in_its_words(spread: Spread) -> None:
    papers = (spread.papers / "all.html").read_text("utf-8")
    page = next(path for path in (spread.site / "c").glob("??/*.html")).read_text("utf-8")
    english = json.loads(assets.message_files()["en"])["certificate"]
    # Half of what stands there was signed, in whatever language the centre wrote it; these words are all ours.
    words = [text for text in english.values() if isinstance(text, str) and len(text) > 12 and "{" not in text]
    for html in (papers, page):
        there = [word for word in words if word in html]
        assert len(there) > 5
        assert [word for word in there if html.count(word) != html.count(word + MARK)] == []


def test_the_verifier_and_its_file_and_the_page_behind_a_link_speak_it(spread: Spread) -> None:
    for path in ("v/messages.js", "verifier.html", "c/certificateWords.js"):
        assert f'"{ADDED}":{{' in (spread.site / path).read_text("utf-8"), path
    assert f'lang="{ADDED}"' in (spread.site / "v" / "index.html").read_text("utf-8")


def test_the_desk_answers_in_it(spread: Spread, tmp_path: Path) -> None:
    name, data = next(iter(spread.centre.credentials().items()))
    (tmp_path / f"{name}.json").write_bytes(data)
    command = [
        "verify",
        str(tmp_path / f"{name}.json"),
        "--language",
        ADDED,
        "--centre",
        str(spread.centre.folder.root),
    ]
    answer = CliRunner().invoke(asnad, command)
    assert answer.exit_code == 0, answer.output
    assert f"Demonstration{MARK}" in answer.output
    assert "expected one of" in CliRunner().invoke(asnad, [*command[:3], "xx"]).output
