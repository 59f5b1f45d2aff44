"""The whole site as search engines, link previews and other programs find it, and what must not be on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from test_mkdocs_build import build_site, copy_of_example, pages_of

from asnad.site.deployment import DRAFTS_MARK

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "https://chenab-skills.example/"
SEAL = "M12 1.5l2.7"
"""Where the drawing of the micro-credential mark begins."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(copy_of_example(tmp_path_factory.mktemp("centre")))


class _Head(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.alternates: dict[str, str] = {}
        self.canonical = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or ""
            self.metas.setdefault(name, []).append(attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel", "").strip() == "alternate" and "hreflang" in attributes:
            self.alternates[attributes["hreflang"]] = attributes["href"]
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes["href"]


class _Seals(HTMLParser):
    """Finds what each micro-credential mark stands on: the elements around it, and the links within the innermost."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seals: list[dict[str, object]] = []
        self._open: list[dict[str, object]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "path" and attributes.get("d", "").startswith(SEAL):
            unit = next((each for each in reversed(self._open) if each["unit"]), self._open[0])
            self.seals.append(unit)
        if "href" in attributes:
            for each in self._open:
                links = each["links"]
                assert isinstance(links, list)
                links.append(attributes["href"])
        if tag not in VOID:
            classes = attributes.get("class", "").split()
            # The page that compares keeps a mark of each kind, which its script copies.
            explains = "kinds__item" in classes or "data-badge" in attributes
            unit = tag in {"li", "article", "tr", "td", "th"} or explains
            self._open.append({"tag": tag, "explains": explains, "links": [], "unit": unit})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self._open and self._open.pop()["tag"] != tag:
                pass


def kinds_of(site: Path) -> dict[str, str]:
    found = {}
    for path in (site / "courses").glob("*/index.html"):
        worth = re.findall(r'<section class="worth worth--([a-z]+)"', path.read_text("utf-8"))
        if worth:
            found[path.parent.name] = worth[0]
    return found


def stray_seals(site: Path) -> list[str]:
    """Name every micro-credential mark that stands on something else."""
    kinds = kinds_of(site)
    found = []
    for page, html in pages_of(site).items():
        course = re.fullmatch(r"(?:ur/)?courses/([^/]+)/(?:[0-9]+/)?index\.html", page)
        for seal in _Seals(html).seals:
            links = seal["links"]
            assert isinstance(links, list)
            targets = (re.search(r"courses/([^/#]+)/$", urljoin(SITE + page, link)) for link in links)
            about = [target[1] for target in targets if target]
            if seal["explains"]:
                continue
            subject = about[0] if seal["unit"] and about else course[1] if course else ""
            if kinds.get(subject) != "microcredential":
                found.append(f"{page}: {subject or seal}")
    return found


def test_the_micro_credential_mark_stands_on_micro_credentials_alone(site: Path) -> None:
    assert set(kinds_of(site).values()) > {"microcredential", "completion", "attendance"}
    assert sum(len(_Seals(html).seals) for html in pages_of(site).values()) > 20
    assert stray_seals(site) == []


def test_this_test_sees_a_mark_that_is_somewhere_else(site: Path) -> None:
    page = site / "courses/home-baking-women/index.html"
    html = page.read_text("utf-8")
    try:
        page.write_text(html.replace("<h1>", f'<svg><path d="{SEAL}"/></svg><h1>', 1), "utf-8")
        assert stray_seals(site) == ["courses/home-baking-women/index.html: home-baking-women"]
    finally:
        page.write_text(html, "utf-8")


def site_map(site: Path) -> dict[str, dict[str, str]]:
    root = ET.fromstring((site / "sitemap.xml").read_text("utf-8"))  # Our own file.
    return {
        url.findtext(f"{MAP}loc", ""): {link.get("hreflang", ""): link.get("href", "") for link in url.iter(LINK)}
        for url in root.iter(f"{MAP}url")
    }


def test_the_site_map_holds_every_page_that_may_be_found_and_says_the_same_of_languages_as_the_page(site: Path) -> None:
    heads = {SITE + path.removesuffix("index.html"): _Head(html) for path, html in pages_of(site).items()}
    heads.pop(f"{SITE}404.html")
    indexed = {address: head for address, head in heads.items() if "noindex" not in head.metas.get("robots", [])}
    assert site_map(site).keys() == indexed.keys()
    for address, alternates in site_map(site).items():
        assert indexed[address].canonical == address
        assert indexed[address].alternates == alternates


def test_each_language_of_a_page_names_the_others_and_the_first_for_all_other_readers(site: Path) -> None:
    expected = {
        "en": f"{SITE}courses/home-baking-women/",
        "ur": f"{SITE}ur/courses/home-baking-women/",
        "x-default": f"{SITE}courses/home-baking-women/",
    }
    for path in ("courses/home-baking-women/index.html", "ur/courses/home-baking-women/index.html"):
        assert _Head(pages_of(site)[path]).alternates == expected


def test_a_link_that_is_passed_on_shows_title_summary_and_picture(site: Path) -> None:
    metas = _Head(pages_of(site)["ur/courses/home-baking-women/index.html"]).metas
    assert metas["og:title"] == ["خواتین کے لیے گھریلو بیکنگ"]
    assert metas["og:url"] == [f"{SITE}ur/courses/home-baking-women/"]
    assert metas["og:site_name"] == ["چناب سکلز سنٹر"]
    assert metas["og:locale"] == ["ur_PK"]
    assert metas["og:locale:alternate"] == ["en_GB"]
    assert metas["og:description"] == metas["description"]
    (picture,) = metas["og:image"]
    file = site / picture.removeprefix(SITE)
    assert file.stat().st_size < 100_000
    with Image.open(file) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert [str(side) for side in image.size] == [*metas["og:image:width"], *metas["og:image:height"]]


DRAFT = "home-baking-men"


@pytest.fixture(scope="module")
def centre_with_draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    centre = copy_of_example(tmp_path_factory.mktemp("drafts"))
    course = centre / f"catalogue/courses/{DRAFT}.yml"
    text, changed = re.subn(r"(?m)^status: .*$", "status: draft", course.read_text("utf-8"))
    assert changed == 1
    course.write_text(text, "utf-8")
    return centre


def test_a_draft_is_nowhere_on_a_site(centre_with_draft: Path) -> None:
    site = build_site(centre_with_draft)
    assert not (site / "courses" / DRAFT).exists()
    assert not (site / DRAFTS_MARK).exists()
    together = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert f"courses/{DRAFT}/".encode() not in together


def test_a_preview_shows_drafts_loudly_and_to_no_search_engine(centre_with_draft: Path) -> None:
    site = build_site(centre_with_draft, drafts=True)
    assert (site / DRAFTS_MARK).exists()
    made = pages_of(site)
    assert "nothing on this page is promised yet" in made[f"courses/{DRAFT}/index.html"]
    for path, html in made.items():
        assert "Preview with drafts." in html or "مسودوں کے ساتھ پیش منظر" in html, path
        assert _Head(html).metas["robots"] == ["noindex"], path
    assert not [address for address in site_map(site) if DRAFT in address]
    for name in ("catalogue.json", "catalogue.csv", "runs.ics"):
        assert DRAFT.encode() not in (site / name).read_bytes()
