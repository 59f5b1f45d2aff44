"""Every way to give the page a certificate, wherever the page lies; and what is no certificate, told in plain words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from asnad.credentials.baking import bake_png, bake_svg
from browser.conftest import ROOT, publish, read_case
from browser.photographed import encoded, film, huge_png, paper, photograph
from browser.served_centre import FIRST, PAPER, RUN, print_papers
from browser.static_site import StaticSite
from browser.test_verifier_file import file_of
from browser.ways_in import (
    UNSAFE_HOST,
    answer,
    camera_is_on,
    camera_showing,
    check_text,
    choose,
    chromium_with,
    drop,
    held,
    open_page,
    paste,
    table_of,
)
from example_centre import ExampleCentre

pytestmark = [pytest.mark.browser, pytest.mark.node]

CASE = read_case("code-micro-credential")
DOCUMENT = read_case("micro-credential").document
LINK = f"https://skills.example/v/#{CASE.digits}"
OTHER_LINK = f"https://skills.example/v/#{read_case('code-revoked').digits}"
CLEAR_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><path d="M0 0h9v9z"/></svg>'

Way = Callable[[Any], None]


def by_camera(page: Any) -> None:
    page.click(".scan")


WAYS: dict[str, Way] = {
    "The phone's own camera opens the link": lambda page: page.goto(f"{page.url}#{CASE.digits}"),
    "Scan in the page": by_camera,
    "A photo or screenshot of the certificate": lambda page: choose(
        page, photograph(paper(LINK, size=(3200, 2262)), 1)
    ),
    "A certificate file (JSON)": lambda page: choose(page, DOCUMENT, "certificate.json", "application/json"),
    "A picture with the certificate inside (PNG, SVG)": lambda page: choose(
        page, bake_svg(CLEAR_SVG, DOCUMENT), "certificate.svg", "image/svg+xml"
    ),
    "A pasted link or its digits": lambda page: check_text(page, LINK),
    "A picture or file dropped on the page, or pasted": lambda page: drop(page, encoded(paper(LINK))),
}
ENVIRONMENTS = ("https", "http", "file")
ROWS = table_of((ROOT / "docs" / "verifying.md").read_text("utf-8"), 1 + len(ENVIRONMENTS))


@pytest.fixture(scope="module")
def places(
    chromium: Any, bundle: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Any, str]]]:
    """
    Give a browser and an address for each environment; its camera sees the code.

    A browser takes a page on its own machine for one with https: both are what it calls a secure context.
    """
    folder = tmp_path_factory.mktemp("places")
    (folder / "verifier.html").write_bytes(file_of(CASE, bundle))
    site = StaticSite()
    site.start()
    with ExitStack() as stack:
        stack.callback(site.stop)
        address = publish(site, CASE, bundle)
        names = f"--host-resolver-rules=MAP {UNSAFE_HOST} 127.0.0.1"
        browser = stack.enter_context(camera_showing(chromium, film(LINK), folder, names))
        yield {
            "https": (browser, address),
            "http": (browser, address.replace("127.0.0.1", UNSAFE_HOST)),
            "file": (browser, (folder / "verifier.html").as_uri()),
        }


@pytest.mark.parametrize("opened", [b" 'wasm-unsafe-eval'", b" worker-src blob:;", b"; trusted-types asnad-scripts"])
def test_the_file_s_policy_opens_no_more_than_its_reader_of_codes_needs(
    opened: bytes, browser: Any, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "verifier.html"
    whole = file_of(CASE, bundle)
    assert whole.count(opened) == 1
    file.write_bytes(whole.replace(opened, b"; trusted-types 'none'" if b"types" in opened else b""))
    page = open_page(browser, file.as_uri(), CASE.at)
    choose(page, encoded(paper(LINK)))
    assert "could not be loaded" in answer(page)


def test_the_guide_s_table_has_every_way_and_environment() -> None:
    assert [row[0] for row in ROWS] == list(WAYS)
    assert {cell for row in ROWS for cell in row[1:]} == {"yes", "no", "–"}
    assert [row for row in ROWS if "–" in row] == [ROWS[0]]


@pytest.mark.parametrize(
    ("way", "environment", "works"),
    [
        pytest.param(way, environment, works == "yes", id=f"{way} {environment}")
        for way, *cells in ROWS
        for environment, works in zip(ENVIRONMENTS, cells, strict=True)
        # No link leads to a file, so there is nothing to try.
        if works != "–"
    ],
)
def test_a_way_leads_to_the_verdict_exactly_where_the_guide_says(
    way: str, environment: str, works: bool, places: dict[str, tuple[Any, str]]
) -> None:
    browser, address = places[environment]
    page = open_page(browser, address, CASE.at)
    WAYS[way](page)
    said = answer(page)
    assert (said == "valid") == works
    if not works:
        assert "https" in said
    assert page.faults == []
    page.context.close()


@pytest.fixture
def address(site: StaticSite, bundle: dict[str, bytes]) -> str:
    return publish(site, CASE, bundle)


def test_a_scan_fetches_its_reader_then_and_lets_go_of_the_camera(
    chromium: Any, site: StaticSite, address: str, tmp_path: Path
) -> None:
    with camera_showing(chromium, film(LINK), tmp_path) as browser:
        page = open_page(browser, address, CASE.at)
        assert not [path for path in site.asked if "codeReader" in path or "wasm" in path]
        page.click(".scan")
        assert answer(page) == "valid"
        assert {"/v/codeReader.js", "/v/zxing_reader.wasm"} <= set(site.asked)
        assert "skills.example" in page.locator(".elsewhere").inner_text()
        assert not camera_is_on(page)
        assert page.evaluate("streams.length") == 1


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["https://elsewhere.example/win#1"], "elsewhere.example"),
        (["GSC-FS/03/001"], "only a number"),
        (["12345678901234567"], "only a number"),
        (["Please be quiet"], "some other text"),
        ([LINK, OTHER_LINK], "several certificates"),
    ],
)
def test_a_code_that_is_no_one_certificate_is_told_and_the_scan_goes_on(
    texts: list[str], told: str, chromium: Any, address: str, tmp_path: Path
) -> None:
    with camera_showing(chromium, film(*texts), tmp_path) as browser:
        page = open_page(browser, address, CASE.at)
        page.click(".scan")
        assert told in answer(page)
        assert page.url == address
        assert camera_is_on(page)
        page.locator(".scanner > .another").click()
        page.wait_for_selector("#paste")
        assert not camera_is_on(page)
        assert page.faults == []


def own_reader(*texts: str, formats: str = "qr_code") -> str:
    """Write a stand-in for the browser's own reader of codes, which Chromium has on phones and not on Linux."""
    return f"""globalThis.BarcodeDetector = class {{
      static async getSupportedFormats() {{ return [{formats!r}]; }}
      async detect() {{ return {[{"rawValue": text} for text in texts]!r}; }}
    }};"""


def test_the_browser_s_own_reader_comes_first(chromium: Any, site: StaticSite, address: str, tmp_path: Path) -> None:
    with camera_showing(chromium, film("nothing"), tmp_path) as browser:
        page = open_page(browser, address, CASE.at, scripts=[own_reader(LINK)])
        page.click(".scan")
        assert answer(page) == "valid"
        page.click(".another")
        choose(page, encoded(paper(), "JPEG"))
        assert answer(page) == "valid"
        assert not [path for path in site.asked if "codeReader" in path or "wasm" in path]


def test_an_own_reader_without_qr_codes_is_not_asked(chromium: Any, address: str, tmp_path: Path) -> None:
    with camera_showing(chromium, film(LINK), tmp_path) as browser:
        page = open_page(browser, address, CASE.at, scripts=[own_reader(OTHER_LINK, formats="ean_13")])
        page.click(".scan")
        assert answer(page) == "valid"


def test_a_photograph_is_read_where_the_own_reader_finds_nothing(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at, scripts=[own_reader()])
    choose(page, encoded(paper(LINK), "JPEG"))
    assert answer(page) == "valid"


def test_a_hidden_page_lets_go_of_the_camera_and_takes_it_again(chromium: Any, address: str, tmp_path: Path) -> None:
    hide = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => globalThis.away === true });"
    turn = "(away) => { globalThis.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
    with camera_showing(chromium, film("Please be quiet"), tmp_path) as browser:
        page = open_page(browser, address, CASE.at, scripts=[hide])
        page.click(".scan")
        answer(page)
        page.evaluate(turn, True)
        assert not camera_is_on(page)
        page.evaluate(turn, False)
        page.locator(".hint", has_text="Hold the code").wait_for()
        assert camera_is_on(page)


def failing_camera(name: str) -> str:
    return f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', {name!r}); }};"


@pytest.mark.parametrize(
    ("fault", "told"),
    [("NotAllowedError", "may not use"), ("NotFoundError", "No camera"), ("NotReadableError", "Another program")],
)
def test_no_camera_is_one_sentence_and_the_other_ways(fault: str, told: str, browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at, scripts=[failing_camera(fault)])
    page.click(".scan")
    assert told in answer(page)
    page.get_by_role("button", name="Other ways").click()
    check_text(page, LINK)
    assert answer(page) == "valid"


def test_a_refused_permission_is_told(chromium: Any, address: str) -> None:
    with chromium_with(
        chromium, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=deny"
    ) as browser:
        page = open_page(browser, address, CASE.at)
        page.click(".scan")
        assert "may not use the camera" in answer(page)


def test_a_reader_that_cannot_be_had_is_told_and_asked_for_again(
    chromium: Any, site: StaticSite, address: str, tmp_path: Path
) -> None:
    program = site.files.pop("v/zxing_reader.wasm")
    with camera_showing(chromium, film(LINK), tmp_path) as browser:
        page = open_page(browser, address, CASE.at)
        choose(page, encoded(paper(LINK)))
        assert "could not be loaded" in answer(page)
        page.click(".scan")
        page.wait_for_selector(".scanner .problem")
        assert "could not be loaded" in answer(page)
        assert not camera_is_on(page)
        site.files["v/zxing_reader.wasm"] = program
        page.get_by_role("button", name="Try again").click()
        assert answer(page) == "valid"


def test_a_photograph_of_a_printed_certificate_is_read(
    browser: Any, address: str, changeable_centre: ExampleCentre
) -> None:
    print_papers(changeable_centre, RUN)
    (sheet,) = (changeable_centre.folder.credentials / "private" / "out").glob(f"*/{FIRST.replace('/', '-')}.html")
    printed = browser.new_context(viewport=PAPER, device_scale_factor=3).new_page()
    printed.emulate_media(media="print")
    printed.goto(sheet.as_uri())
    picture = photograph(Image.open(io.BytesIO(printed.screenshot())))
    page = open_page(browser, address, CASE.at)
    choose(page, picture)
    # This site does not know that centre; what the photograph was read as is what was judged.
    answer(page)
    event = next(event for event in changeable_centre.workplace().ledger() if event.serial == FIRST)
    digits, _ = changeable_centre.digits()[event.id.removeprefix("urn:uuid:")]
    assert page.evaluate("history.state.input.digits") == digits


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_a_picture_of_any_usual_kind_is_read_whatever_its_name(kind: str, browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    choose(page, encoded(paper(LINK), kind), "certificate", "")
    assert answer(page) == "valid"


def test_a_turned_and_a_dark_and_a_large_photograph_are_read(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    large = paper(LINK).resize((4800, 3390), Image.Resampling.BICUBIC)
    for picture in (paper(LINK).rotate(112, expand=True), paper(LINK).point(lambda light: light // 4), large):
        choose(page, encoded(picture, "JPEG"))
        assert answer(page) == "valid"
        page.click(".another")
        page.wait_for_selector("#file", state="attached")


def test_a_pasted_picture_is_read(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    paste(page, encoded(paper(LINK)))
    assert answer(page) == "valid"


def test_where_a_file_may_be_dropped_is_shown(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    over = {"dataTransfer": held(page, b"{}", "c.json", "application/json")}
    page.dispatch_event("body", "dragover", over)
    assert page.locator(".drop").is_visible()
    page.dispatch_event("body", "dragleave", over)
    assert not page.locator(".drop").is_visible()


def test_a_credential_inside_counts_beside_its_own_code(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    choose(page, bake_png(encoded(paper(LINK)), DOCUMENT), "certificate.png", "image/png")
    assert answer(page) == "valid"
    # It is the file that was judged, with both of its signatures, and not the code.
    assert page.evaluate("'document' in history.state.input")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_credential_inside_beside_another_s_code_is_refused(kind: str, browser: Any, address: str) -> None:
    picture = paper(OTHER_LINK)
    if kind == "png":
        baked = bake_png(encoded(picture), DOCUMENT)
    else:
        rows = [(x, y) for y in range(0, 700, 6) for x in range(0, 700, 6) if picture.getpixel((x + 3, y + 3))[0] < 99]
        shapes = "".join(f"M{x} {y}h6v6h-6z" for x, y in rows)
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="700" height="700"><path d="{shapes}"/></svg>'
        baked = bake_svg(drawn, DOCUMENT)
    page = open_page(browser, address, CASE.at)
    choose(page, baked, f"certificate.{kind}", "")
    assert "belongs to one certificate" in answer(page)


def test_two_codes_in_one_photograph_are_not_chosen_between(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    choose(page, encoded(paper(LINK, OTHER_LINK)))
    assert "several certificates" in answer(page)


HOSTILE = {
    "nothing": (b"", "c.png", "image/png", "empty"),
    "cut off": (encoded(paper(LINK))[:5000], "c.png", "image/png", "not whole"),
    "cut-off JPEG": (encoded(paper(LINK), "JPEG")[:300], "c.jpg", "image/jpeg", "could not be opened"),
    "100 million pixels": (huge_png(), "c.png", "image/png", "too many pixels"),
    "text named .png": (b"I am no picture", "c.png", "image/png", "could not be opened"),
    "page named .json": (b"<!doctype html><p>Valid", "c.json", "application/json", "cannot-check"),
    "script in SVG": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "c.svg",
        "image/svg+xml",
        "No certificate lies inside",
    ),
    "uses without end": (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="a0"><path d="M0 0h9"/></g>'
        + b"".join(b'<g id="a%d"><use href="#a%d"/><use href="#a%d"/></g>' % (n + 1, n, n) for n in range(40))
        + b"</svg>",
        "c.svg",
        "image/svg+xml",
        "No certificate lies inside",
    ),
    "SVG of many layers": (
        CLEAR_SVG.replace("<path", '<g opacity=".5">' * 250 + "<path")
        .replace("</svg>", "</g>" * 250 + "</svg>")
        .encode(),
        "c.svg",
        "image/svg+xml",
        "No certificate lies inside",
    ),
    "SVG of many shapes": (
        CLEAR_SVG.replace(
            "</svg>", '<g fill-opacity=".5"><path d="M0 0h300v200H0z"/></g>' * 15_000 + "</svg>"
        ).encode(),
        "c.svg",
        "image/svg+xml",
        "No certificate lies inside",
    ),
    "SVG of a million metres": (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"><path d="M0 0h9v9z"/></svg>',
        "c.svg",
        "image/svg+xml",
        "No c",
    ),
    "large SVG": (CLEAR_SVG.encode() + b" " * 5_000_000, "c.svg", "image/svg+xml", "not whole"),
    "31 MB": (b"\xff\xd8\xff" + bytes(31_000_000), "c.jpg", "image/jpeg", "larger than 30 MB"),
    "PDF": (b"%PDF-1.7\n", "c.pdf", "application/pdf", "screenshot"),
    "nothing to see": (encoded(paper()), "c.png", "image/png", "No code was found"),
    "bytes": (bytes(range(256)) * 40, "c", "", "cannot-check"),
    "zip": (b"PK\x03\x04" + bytes(500), "c.json", "application/json", "cannot-check"),
    "link in a photograph": (encoded(paper("https://elsewhere.example/")), "c.png", "image/png", "elsewhere.example"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_file_is_the_page_says_what_it_is(name: str, browser: Any, address: str) -> None:
    content, file_name, kind, told = HOSTILE[name]
    page = open_page(browser, address, CASE.at)
    choose(page, content, file_name, kind)
    assert told in answer(page)
    assert page.faults == []
    if page.locator("[data-outcome]").count() == 0:
        check_text(page, LINK)
        page.wait_for_selector("[data-outcome=valid]")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Paste something"),
        ("GSC-FS/03/001", "only a number"),
        ("CSC-FT-FS-MC/3/001", "only a number"),
        ("7265", "only a number"),
        ("۷۲۶۵", "only a number"),
        ("https://skills.example/v/", "from # on is missing"),
        (f"https://skills.example/v/#{CASE.digits[:150] if CASE.digits else ''}", "cannot-check"),
        ("I have a certificate", "cannot-check"),
    ],
)
def test_a_pasted_text_without_a_certificate_is_told(text: str, told: str, browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    check_text(page, text)
    assert told in answer(page)


def test_several_files_are_not_chosen_between(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    both = held(page, DOCUMENT, "a.json", "application/json")
    page.evaluate("(held) => held.items.add(new File(['x'], 'b.json'))", both)
    page.dispatch_event("body", "drop", {"dataTransfer": both})
    assert "several files" in answer(page)


def test_what_was_told_is_told_again_in_another_language(browser: Any, address: str) -> None:
    page = open_page(browser, address, CASE.at)
    check_text(page, "7265")
    answer(page)
    page.click("nav button[lang=ur]")
    assert "صرف نمبر سے کچھ ثابت نہیں ہوتا" in page.locator(".problem").inner_text()
    assert page.input_value("#paste") == "7265"
