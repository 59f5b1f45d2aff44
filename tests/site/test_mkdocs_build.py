"""The site as MkDocs builds it from a centre's folder."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import material
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from asnad import assets
from asnad.site.mkdocs_plugin import AsnadPlugin

THEMES_SCRIPTS = {path.name for path in Path(material.__file__).parent.rglob("*.js")}
DATA = {"application/ld+json", "application/json"}
LOADING = {"script": "src", "img": "src", "iframe": "src", "use": "href", "source": "src"}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "link" and attributes.get("rel") in {"stylesheet", "icon"}:
            self.loaded.append(attributes["href"])
        elif tag == "a":
            self.links.append(attributes.get("href", ""))
        elif LOADING.get(tag) in attributes:
            self.loaded.append(attributes[LOADING[tag]])


def copy_of_example(folder: Path) -> Path:
    shutil.copytree(assets.example_dir() / "catalogue", folder / "catalogue")
    shutil.copy(assets.example_dir() / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def build_site(folder: Path, day: str = "2026-10-01", *, drafts: bool = False) -> Path:
    """Build as `mkdocs build` does, with a plugin object that needs no entry point."""
    config = load_config(str(folder / "mkdocs.yml"), plugins=[])
    plugin = AsnadPlugin()
    errors, _ = plugin.load_config({"build_date": day}, config.config_file_path)
    assert not errors
    plugin.drafts = drafts
    config.plugins["asnad"] = plugin
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return Path(config.site_dir)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(copy_of_example(tmp_path_factory.mktemp("centre")))


def pages_of(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}


def files_of(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_example_centre_has_its_pages_in_both_languages(site: Path) -> None:
    made = set(pages_of(site))
    for path in ("index.html", "courses/index.html", "runs/index.html", "about/index.html"):
        assert {path, f"ur/{path}"} <= made
    courses = {path.stem for path in (assets.example_dir() / "catalogue" / "courses").glob("*.yml")}
    assert {f"courses/{course}/index.html" for course in courses} <= made
    assert not [path for path in made if "about.ur" in path]


def test_every_page_has_its_own_language_and_direction(site: Path) -> None:
    for path, html in pages_of(site).items():
        expected = 'lang="ur" dir="rtl"' if path.startswith("ur/") else 'lang="en" dir="ltr"'
        assert f"<html {expected} " in html, path
        assert f"<body {expected.partition(' ')[2]}>" in html, path


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    for path, html in pages_of(site).items():
        for address in _Page(html).loaded:
            assert not urlsplit(address).scheme, (path, address)
            assert not address.startswith("//"), (path, address)


def test_no_style_sheet_loads_anything_from_another_host(site: Path) -> None:
    for path in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text("utf-8")), path.name


def test_every_page_has_a_policy_without_unsafe_inline_first_in_its_head(site: Path) -> None:
    for path, html in pages_of(site).items():
        metas = [attributes for tag, attributes in _Page(html).elements if tag in {"meta", "script", "link"}]
        assert metas[0] == {"charset": "utf-8"}, path
        assert metas[1]["http-equiv"] == "Content-Security-Policy", path
        assert "unsafe" not in metas[1]["content"], path
        assert "style=" not in html, path


def test_every_link_inside_the_site_leads_to_a_page_and_a_heading(site: Path) -> None:
    pages = {path: _Page(html) for path, html in pages_of(site).items()}
    for path, page in pages.items():
        for link in page.links + page.loaded:
            target = urlsplit(urljoin(f"https://site.example/{path}", link))
            if target.netloc != "site.example" or target.scheme != "https":
                continue
            name = unquote(target.path.lstrip("/"))
            name = f"{name}index.html" if name == "" or name.endswith("/") else name
            if name == "v/index.html":
                continue
            assert (site / name).is_file(), (path, link)
            if target.fragment and name in pages:
                assert unquote(target.fragment) in pages[name].ids, (path, link)


def test_every_id_is_on_its_page_once(site: Path) -> None:
    for path, html in pages_of(site).items():
        ids = _Page(html).ids
        assert len(ids) == len(set(ids)), path


def test_a_page_names_itself_in_the_other_language(site: Path) -> None:
    html = pages_of(site)["ur/courses/home-baking-women/index.html"]
    alternates = {
        attributes["hreflang"]: attributes["href"]
        for tag, attributes in _Page(html).elements
        if tag == "link" and "alternate" in attributes.get("rel", "") and "hreflang" in attributes
    }
    assert alternates == {
        "en": "https://chenab-skills.example/courses/home-baking-women/",
        "ur": "https://chenab-skills.example/ur/courses/home-baking-women/",
        "x-default": "https://chenab-skills.example/courses/home-baking-women/",
    }


def test_a_page_names_the_catalogue_for_machines(site: Path) -> None:
    html = pages_of(site)["ur/courses/home-baking-women/index.html"]
    named = {a["type"]: a["href"] for tag, a in _Page(html).elements if tag == "link" and "type" in a and "rel" in a}
    addresses = {
        kind: urljoin("https://site.example/ur/courses/home-baking-women/", href) for kind, href in named.items()
    }
    assert addresses == {
        "application/json": "https://site.example/catalogue.json",
        "text/csv": "https://site.example/ur/catalogue.csv",
        "text/calendar": "https://site.example/ur/runs.ics",
        "image/svg+xml": "https://site.example/assets/images/mark.svg",
    }
    for address in addresses.values():
        assert (site / urlsplit(address).path.lstrip("/")).is_file()


def test_structured_data_is_on_pages_of_courses_and_their_list_only(site: Path) -> None:
    block = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
    for path, html in pages_of(site).items():
        blocks = [json.loads(text) for text in block.findall(html)]
        kinds = {"courses/index.html": ["ItemList"]}.get(path.removeprefix("ur/"))
        if kinds is None:
            kinds = ["Course"] if path.removeprefix("ur/").startswith("courses/") else []
        assert [found["@type"] for found in blocks] == kinds, path


def test_structured_data_is_not_counted_as_a_script(site: Path) -> None:
    html = pages_of(site)["courses/home-baking-women/index.html"]
    data = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', html)[0]
    digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    assert digest not in html


def test_the_language_link_leads_to_the_same_page(site: Path) -> None:
    links = _Page(pages_of(site)["courses/home-baking-women/index.html"]).elements
    assert [a["href"] for tag, a in links if tag == "a" and a.get("hreflang")] == [
        "../../ur/courses/home-baking-women/"
    ]


def test_the_same_inputs_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert files_of(build_site(copy_of_example(tmp_path))) == files_of(site)


def test_the_site_map_bears_the_day_of_the_build(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_text("utf-8"))  # Our own file.
    days = {element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod")}
    assert days == {"2026-10-01"}


def test_the_fonts_are_the_sites_own(site: Path) -> None:
    style = (site / "assets/stylesheets/catalogue.css").read_text("utf-8")
    fonts = re.findall(r'url\("\.\./fonts/([^"]+)"\)', style)
    assert sorted(fonts) == sorted(path.name for path in (site / "assets/fonts").glob("*.woff2"))
    assert len(fonts) == 3


def test_no_page_runs_a_script_of_the_theme_or_one_inside_the_page(site: Path) -> None:
    assert any(name.startswith("bundle.") for name in THEMES_SCRIPTS)
    for path, html in pages_of(site).items():
        scripts = [a for tag, a in _Page(html).elements if tag == "script" and a.get("type") not in DATA]
        assert not {a["src"].rpartition("/")[2] for a in scripts} & THEMES_SCRIPTS, path


def test_the_page_for_what_is_not_found_works_at_any_depth_and_speaks_every_language(site: Path) -> None:
    html = pages_of(site)["404.html"]
    assert [address for address in _Page(html).loaded if not address.startswith("/")] == []
    assert "There is no such page" in html
    assert "ایسا کوئی صفحہ نہیں" in html
    assert html.count("%23") == 4


def test_the_search_index_lies_on_the_site_once_for_all_languages(site: Path) -> None:
    index = json.loads((site / "courses/search.json").read_bytes())
    assert {"baking", "بیکنگ"} <= set(index["words"].split(" "))
    assert not (site / "search").exists()
    assert not (site / "ur/courses/search.json").exists()


def test_a_header_searches_the_courses_in_its_own_language_from_any_page(site: Path) -> None:
    for path, html in pages_of(site).items():
        (form,) = [a for tag, a in _Page(html).elements if tag == "form" and a["class"] == "site-search"]
        assert form["method"] == "get"
        expected = "/ur/courses/" if path.startswith("ur/") else "/courses/"
        assert urlsplit(urljoin(f"https://site.example/{path}", form["action"])).path == expected, path


def test_without_certificates_the_build_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="mkdocs.plugins.asnad"):
        site = build_site(copy_of_example(tmp_path))
    assert "No certificates have been issued here: the site is the catalogue alone." in caplog.messages
    assert not (site / "v").exists()


def test_a_name_with_markup_in_the_catalogue_stays_text_in_the_frame_too(tmp_path: Path) -> None:
    centre = copy_of_example(tmp_path)
    course = centre / "catalogue/courses/home-baking-women.yml"
    hostile = "</title><script>alert(1)</script>"
    text, changed = re.subn(r"(title:\s+en: )[^\n]+", rf"\1'{hostile}'", course.read_text("utf-8"), count=1)
    assert changed
    course.write_text(text, "utf-8")
    html = pages_of(build_site(centre))["courses/home-baking-women/index.html"]
    assert "<title>&lt;/title&gt;&lt;script&gt;" in html
    assert "<script>alert(1)" not in html


def test_a_page_of_the_centre_that_loads_from_elsewhere_fails_the_build(tmp_path: Path) -> None:
    centre = copy_of_example(tmp_path)
    (centre / "catalogue/pages/about.md").write_text("# About\n\n![x](https://elsewhere.example/x.png)\n", "utf-8")
    with pytest.raises(Abort):
        build_site(centre)


def test_a_page_of_the_centre_in_the_place_of_a_generated_one_fails_the_build(tmp_path: Path) -> None:
    centre = copy_of_example(tmp_path)
    (centre / "catalogue/pages/courses.md").write_text("# Ours\n", "utf-8")
    with pytest.raises(Abort):
        build_site(centre)


def test_a_mistake_in_the_catalogue_is_told_without_a_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    centre = copy_of_example(tmp_path)
    (centre / "catalogue/runs/wrong.yml").write_text("id: wrong\n", "utf-8")
    with pytest.raises(Abort):
        build_site(centre)
    assert "runs/wrong.yml" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_page_goes_into_the_navigation_by_its_order_and_title(tmp_path: Path) -> None:
    centre = copy_of_example(tmp_path)
    for name in ("about", "learners", "employers"):
        for path in (centre / "catalogue/pages").glob(f"{name}*.md"):
            path.unlink()
    (centre / "catalogue/pages/index.md").write_text("Welcome\n", "utf-8")
    (centre / "catalogue/pages/index.ur.md").unlink()
    (centre / "catalogue/pages/zebra.md").write_text("---\ntitle: First\norder: 1\n---\n# A long heading\n", "utf-8")
    (centre / "catalogue/pages/apple.md").write_text("# Second\n", "utf-8")
    html = pages_of(build_site(centre))["index.html"]
    titles = re.findall(r">([^<]+)</a></li>", html[html.index("site-navigation__list") :].partition("</nav>")[0])
    assert titles == ["Courses", "Dates", "Pathways", "First", "Second", "Check a certificate"]


def test_the_centres_own_crest_stands_at_the_top_of_every_page(tmp_path: Path) -> None:
    folder = copy_of_example(tmp_path)
    crest = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    (folder / "catalogue" / "pages" / "crest.svg").write_bytes(crest)
    built = build_site(folder)
    assert (built / "crest.svg").read_bytes() == crest
    for name in ("index.html", "ur/courses/index.html", "404.html"):
        (source,) = [s for s in _Page((built / name).read_text(encoding="utf-8")).loaded if s.endswith("crest.svg")]
        assert urljoin(f"/{name}", source) == "/crest.svg"
