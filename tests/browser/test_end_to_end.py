"""From the printed page to the verdict: a real browser on the built and served site of a centre that has issued."""

from __future__ import annotations

import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from asnad.carriers.payload import PayloadFormat, encode_payload
from asnad.proofs.strict_json import parse_object
from asnad.verification.verify import MAX_CREDENTIAL
from browser.served_centre import (
    DAY,
    FIRST,
    PAPER,
    PRINT_SCALE,
    SECOND,
    THIRD,
    ServedCentre,
    instant,
    issue_to_some,
    read_code,
    serve_folder,
    served_demonstration,
    served_real_centre,
)
from example_centre import NOW, ExampleCentre, found_example_centre

pytestmark = pytest.mark.browser

URDU_PAGE = "CSC-FT-HB-W/12/001"
"""A certificate whose own language is Urdu, of a learner who agreed to a page."""
ASKED_FROM_AFAR = "http://elsewhere.example/"
OF_THE_BROWSER_ITSELF = "content-autofill.googleapis.com:443"
"""Chromium asks there about every field to fill in; no page can forbid it."""
WITHOUT_ANSWER = "Failed to load resource"
"""What the console says of a file that the site does not have or does not send."""


@dataclass
class Visitor:
    """Someone with a browser of their own, which notes whatever goes wrong in it."""

    context: Any
    outside: list[str]
    """Requests that left for another host than this machine."""
    excused: tuple[str, ...] = ()
    """Beginnings of faults that belong to what the test does."""
    faults: list[str] = field(default_factory=list)

    def page(self, at: int = NOW + DAY) -> Any:
        page = self.context.new_page()
        page.clock.set_fixed_time(instant(at))
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        return page

    def opened(self, address: str, at: int = NOW + DAY) -> Any:
        page = self.page(at)
        page.goto(address)
        return page

    def told(self) -> list[str]:
        return [fault for fault in self.faults if not fault.startswith(self.excused)] + self.outside


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


def failed_checks(page: Any) -> list[str]:
    return [row.get_attribute("data-check") for row in page.locator("[data-result=failed]").all()]


def colours(page: Any) -> tuple[int, int, int]:
    """Give red, green and blue of the ground behind the outcome."""
    ground = page.locator(".outcome").evaluate("(card) => getComputedStyle(card).backgroundColor")
    red, green, blue = re.findall(r"\d+", ground)[:3]
    return int(red), int(green), int(blue)


@pytest.fixture(scope="module")
def demonstration(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCentre]:
    with served_demonstration(issued_centre, tmp_path_factory.mktemp("demonstration")) as served:
        yield served


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCentre]:
    with served_real_centre(tmp_path_factory.mktemp("real")) as served:
        yield served


@pytest.fixture
def outside() -> Iterator[tuple[dict[str, str], list[str]]]:
    """Give the proxy for all that is not on this machine, and what was asked of it."""
    asked: list[str] = []

    class Refusing(http.server.BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            if super().parse_request():
                if self.path != OF_THE_BROWSER_ITSELF:
                    asked.append(self.path)
                self.send_error(502)
            return False

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the list says it."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield {"server": f"http://127.0.0.1:{server.server_address[1]}", "bypass": "localhost"}, asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def new_visitor(browser: Any, outside: tuple[dict[str, str], list[str]]) -> Iterator[Callable[..., Visitor]]:
    """Give browsers; at the end, none of them may have met a fault or asked another host."""
    proxy, asked = outside
    visitors: list[Visitor] = []

    def new(excused: tuple[str, ...] = (), **options: Any) -> Visitor:
        chosen = {"locale": "en-GB", "service_workers": "block"} | options
        visitors.append(Visitor(browser.new_context(proxy=proxy, **chosen), asked, excused))
        return visitors[-1]

    yield new
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.told()] == []


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor]) -> Visitor:
    return new_visitor()


# Paper and public page, read from their pixels.


def printed(new_visitor: Callable[..., Visitor], paper: str) -> bytes:
    page = new_visitor(viewport=PAPER, device_scale_factor=PRINT_SCALE).page()
    page.emulate_media(media="print")
    page.goto(paper)
    return bytes(page.screenshot())


def test_printed_paper_of_the_demonstration_leads_to_demonstration_in_blue(
    demonstration: ServedCentre, new_visitor: Callable[..., Visitor], visitor: Visitor
) -> None:
    says = read_code(printed(new_visitor, demonstration.paper(FIRST)))
    assert says == demonstration.code(FIRST)
    page = visitor.opened(says)
    assert outcome(page) == "demonstration"
    red, green, blue = colours(page)
    assert blue > max(red, green)
    assert "Yasir Amin Naul" in page.locator("[data-outcome]").inner_text()


def test_printed_paper_of_a_real_centre_leads_to_valid_in_green(
    real: ServedCentre, new_visitor: Callable[..., Visitor], visitor: Visitor
) -> None:
    page = visitor.opened(read_code(printed(new_visitor, real.paper(FIRST))))
    assert outcome(page) == "valid"
    red, green, blue = colours(page)
    assert green > max(red, blue)
    assert page.locator(".demonstration").count() == 0


@pytest.mark.parametrize("serial", [FIRST, URDU_PAGE])
def test_public_page_is_read_from_its_pixels(
    serial: str, demonstration: ServedCentre, new_visitor: Callable[..., Visitor], visitor: Visitor
) -> None:
    seen = new_visitor(device_scale_factor=PRINT_SCALE).opened(demonstration.page(serial))
    page = visitor.opened(read_code(seen.screenshot(full_page=True)))
    assert outcome(page) == "demonstration"


def test_public_page_leads_to_the_check_and_to_its_file(demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(demonstration.page(FIRST))
    with page.expect_download() as download:
        page.locator("a[download][href$='.json']").click()
    assert Path(download.value.path()).read_bytes() == demonstration.document(FIRST)
    page.locator("aside .button").first.click()
    assert outcome(page) == "demonstration"


# What else there is to say.


def altered(address: str, place: int) -> str:
    """Change one digit of an address, seen from its #."""
    start = address.index("#") + 1 + place
    digit = int(address[start])
    return f"{address[:start]}{digit - 1 if digit else 1}{address[start + 1 :]}"


def test_one_changed_digit_of_the_signature_is_invalid_and_red(real: ServedCentre, visitor: Visitor) -> None:
    # Bytes 14 to 20 are the third group of seventeen digits, and the signature is bytes 5 to 68.
    page = visitor.opened(altered(real.code(FIRST), 2 * 17 + 16))
    assert outcome(page) == "invalid"
    assert failed_checks(page) == ["signature"]
    red, green, blue = colours(page)
    assert red > max(green, blue)
    assert "Yasir" not in page.locator("body").inner_text()


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param(lambda digits: digits[:-3], id="cut off"),
        pytest.param(lambda digits: f"{digits[:34]}{'9' * 17}{digits[51:]}", id="a group that no seven bytes make"),
        pytest.param(lambda digits: digits[: len(digits) // 2], id="half"),
        pytest.param(lambda digits: f"{digits[:100]}O{digits[101:]}", id="a letter"),
    ],
)
def test_digits_that_cannot_be_read_cannot_be_checked(
    digits: Callable[[str], str], real: ServedCentre, visitor: Visitor
) -> None:
    address, _, whole = real.code(FIRST).partition("#")
    page = visitor.opened(f"{address}#{digits(whole)}")
    assert outcome(page) == "cannot-check"
    assert failed_checks(page) == ["read"]


def test_paper_printed_before_a_withdrawal_is_revoked_once_the_site_is_built(
    real: ServedCentre, new_visitor: Callable[..., Visitor], visitor: Visitor
) -> None:
    page = visitor.opened(read_code(printed(new_visitor, real.paper(THIRD))))
    assert outcome(page) == "revoked"
    assert "Withdrawn on 20 November 2026" in page.locator(".outcome").inner_text()


def test_list_that_ran_out_is_said(real: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(real.code(FIRST), at=NOW + 60 * DAY)
    assert outcome(page) == "valid-status-stale"
    assert "That list ran out on 25 December 2026" in page.locator(".outcome").inner_text()


def test_withdrawn_stays_withdrawn_when_the_list_ran_out(real: ServedCentre, visitor: Visitor) -> None:
    assert outcome(visitor.opened(real.code(THIRD), at=NOW + 60 * DAY)) == "revoked"


def test_list_signed_before_the_certificate_says_nothing_of_it(
    real: ServedCentre, visitor: Visitor, tmp_path: Path
) -> None:
    shutil.copytree(real.site, tmp_path / "site")
    shutil.copytree(real.site.parent / "before", tmp_path / "site", dirs_exist_ok=True)
    with serve_folder(tmp_path / "site") as (address, _):
        page = visitor.opened(real.code(FIRST).replace(real.address, address))
        assert outcome(page) == "valid-status-unknown"
        assert failed_checks(page) == ["status"]
        assert "19 November 2026" in page.locator(".outcome").inner_text()


@pytest.fixture(scope="module")
def another_centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    folder = tmp_path_factory.mktemp("another")
    centre = found_example_centre(folder, did="did:web:ravi-skills.example", site="https://ravi-skills.example/")
    issue_to_some(centre)
    return centre


@pytest.fixture(scope="module")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give a centre that bears the name and did of ours, and has keys of its own."""
    centre = found_example_centre(tmp_path_factory.mktemp("impostor"), demonstration="false")
    issue_to_some(centre)
    return centre


def credential_file(content: bytes) -> dict[str, object]:
    return {"name": "certificate.json", "mimeType": "application/json", "buffer": content}


def written_with_our_dictionary(real: ServedCentre, document: bytes) -> str:
    """Give a code of a foreign credential that our page can read, as a forger would make it."""
    dictionary = next((real.site / "d").glob("*.bin")).read_bytes()
    parsed = parse_object(document, limit=MAX_CREDENTIAL)
    return f"{real.address}v/#{encode_payload(parsed, PayloadFormat.CODE, dictionary)}"


def test_code_of_another_issuer_is_of_an_unknown_issuer(
    real: ServedCentre, another_centre: ExampleCentre, visitor: Visitor
) -> None:
    document = next(iter(another_centre.credentials().values()))
    page = visitor.opened(written_with_our_dictionary(real, document))
    assert outcome(page) == "unknown-issuer"
    page.wait_for_selector(".after-verdict")
    assert "Yasir" not in page.locator("main").text_content()
    red, green, blue = colours(page)
    assert green <= max(red, blue)


def test_code_as_another_issuer_prints_it_is_not_approved(
    real: ServedCentre, another_centre: ExampleCentre, new_visitor: Callable[..., Visitor]
) -> None:
    code, _ = next(iter(another_centre.digits().values()))
    # Its dictionary lies on its own site, which our page never asks.
    page = new_visitor(excused=(WITHOUT_ANSWER,)).opened(f"{real.address}v/#{code}")
    assert outcome(page) == "cannot-check"


def test_file_of_another_issuer_is_of_an_unknown_issuer(
    real: ServedCentre, another_centre: ExampleCentre, visitor: Visitor
) -> None:
    page = visitor.opened(f"{real.address}v/")
    page.set_input_files("#file", credential_file(next(iter(another_centre.credentials().values()))))
    assert outcome(page) == "unknown-issuer"


def test_our_name_over_a_foreign_key_is_invalid(real: ServedCentre, impostor: ExampleCentre, visitor: Visitor) -> None:
    document = next(iter(impostor.credentials().values()))
    page = visitor.opened(written_with_our_dictionary(real, document))
    assert outcome(page) == "invalid"
    assert "Yasir" not in page.locator("body").inner_text()


def test_site_that_is_down_is_replaced_by_what_the_device_holds(
    demonstration: ServedCentre, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(excused=(WITHOUT_ANSWER,), service_workers="allow")
    page = visitor.opened(f"{demonstration.address}v/")
    page.get_by_text("This page is kept on this device").wait_for()
    with demonstration.stopped():
        again = visitor.opened(demonstration.code(SECOND), at=NOW + 2 * DAY)
        for _ in range(2):
            assert outcome(again) == "demonstration"
            text = again.locator(".outcome").inner_text()
            assert "signed on 20 November 2026" in text
            assert "No answer from the centre’s site" in text
            assert "Parveen Akhtar Wattoo" in again.locator("[data-outcome]").inner_text()
            again.reload()


# Other ways in, and what stays where.


def test_chosen_file_says_the_same(demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(f"{demonstration.address}v/")
    page.set_input_files("#file", credential_file(demonstration.document(FIRST)))
    assert outcome(page) == "demonstration"
    assert "Yasir Amin Naul" in page.locator("[data-outcome]").inner_text()


def test_pasted_link_says_the_same(real: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(f"{real.address}v/")
    page.fill("textarea", real.link(FIRST))
    page.get_by_role("button", name="Check", exact=True).click()
    assert outcome(page) == "valid"


def test_address_bar_shows_no_digits_and_a_reload_keeps_the_certificate(real: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(real.code(FIRST))
    for _ in range(2):
        assert outcome(page) == "valid"
        assert "Yasir Amin Naul" in page.locator("[data-outcome]").inner_text()
        assert page.url == f"{real.address}v/"
        page.reload()


@pytest.mark.parametrize(("serial", "expected", "word"), [(FIRST, "valid", "درست"), (THIRD, "revoked", "منسوخ")])
def test_urdu_is_from_the_right_and_has_its_own_words(
    serial: str, expected: str, word: str, real: ServedCentre, visitor: Visitor
) -> None:
    page = visitor.opened(real.code(serial).replace("/v/#", "/v/?lang=ur#"))
    assert outcome(page) == expected
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ur"
    assert page.locator("h1").inner_text() == word


def test_framed_page_gives_no_verdict(real: ServedCentre, visitor: Visitor) -> None:
    page = visitor.page()
    framing = f"<!doctype html><iframe width=800 height=900 src='{real.code(FIRST)}'></iframe>"
    page.route("**/framing.html", lambda route: route.fulfill(body=framing, content_type="text/html"))
    page.goto(f"{real.address}framing.html")
    frame = page.frame_locator("iframe")
    frame.locator("h1").wait_for()
    assert frame.locator("[data-outcome]").count() == 0
    assert "Yasir" not in frame.locator("body").inner_text()


def test_page_without_script_says_that_it_needs_one(real: ServedCentre, new_visitor: Callable[..., Visitor]) -> None:
    page = new_visitor(java_script_enabled=False).context.new_page()
    page.goto(real.code(FIRST))
    text = page.locator("body").inner_text()
    assert "JavaScript, which is switched off here" in text
    assert "جاوا اسکرپٹ" in text
    assert page.locator("[data-outcome]").count() == 0


# What no page does.


@pytest.mark.parametrize(
    "path",
    ["", "ur/", "courses/", "ur/courses/", "courses/home-baking-women/", "ur/courses/home-baking-women/", "employers/"],
)
def test_pages_of_the_catalogue_are_quiet(path: str, demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(f"{demonstration.address}{path}")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").first.inner_text() != ""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", "ur/"])
def test_address_to_compare_is_not_broken_at_its_hyphen(
    path: str, width: int, demonstration: ServedCentre, new_visitor: Callable[..., Visitor]
) -> None:
    page = new_visitor(viewport={"width": width, "height": 800}).opened(f"{demonstration.address}{path}")
    address = page.locator(".check-card__address bdi")
    assert address.get_attribute("dir") == "ltr"
    address.evaluate("address => { address.textContent = 'noor-skills.example/v/' }")
    assert address.evaluate("address => address.getClientRects().length") == 1


@pytest.mark.parametrize("serial", [FIRST, URDU_PAGE])
def test_certificate_s_page_is_quiet(serial: str, demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(demonstration.page(serial))
    assert serial in page.locator("body").inner_text()


def test_paper_is_quiet(demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(demonstration.paper(FIRST))
    assert FIRST in page.locator("body").inner_text()


def test_request_to_another_host_would_be_noticed(browser: Any, outside: tuple[dict[str, str], list[str]]) -> None:
    proxy, asked = outside
    context = browser.new_context(proxy=proxy)
    context.new_page().goto(ASKED_FROM_AFAR)
    assert ASKED_FROM_AFAR in asked
    context.close()


def test_fault_in_a_page_would_be_noticed(demonstration: ServedCentre, visitor: Visitor) -> None:
    page = visitor.opened(f"{demonstration.address}v/")
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate("() => { fetch('https://elsewhere.example/').catch(() => undefined); }")
    assert visitor.told() != []
    visitor.excused = ("",)


def test_certificate_s_pages_have_no_script_and_give_no_verdict(
    demonstration: ServedCentre, real: ServedCentre
) -> None:
    pages = [*demonstration.site.glob("c/*/*.html"), *real.site.glob("c/*/*.html")]
    assert len(pages) > 30
    for path in pages:
        html = path.read_text(encoding="utf-8")
        text = re.sub(r"<[^>]*>", " ", html)
        assert re.search(r"<script|\son[a-z]+=|javascript:", html) is None, path.name
        assert re.search(r"(?i)\bvalid\b|\bverified\b|تصدیق شدہ", text) is None, path.name


# Everyone can use it.


@pytest.fixture
def grave_barriers(new_visitor: Callable[..., Visitor]) -> Callable[[Any], list[str]]:
    axe = Axe()

    def find(page: Any) -> list[str]:
        page.wait_for_load_state("networkidle")
        violations = axe.run(page).response["violations"]
        return [
            f"{found['id']}: {node['html'][:120]}"
            for found in violations
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"]
        ]

    return find


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["", "ur/"])
@pytest.mark.parametrize("path", ["", "courses/food-safety-small-business-mc/", "courses/"])
def test_catalogue_has_no_grave_barrier(
    path: str,
    language: str,
    width: int,
    demonstration: ServedCentre,
    new_visitor: Callable[..., Visitor],
    grave_barriers: Callable[[Any], list[str]],
) -> None:
    visitor = new_visitor(bypass_csp=True, viewport={"width": width, "height": 800})
    assert grave_barriers(visitor.opened(f"{demonstration.address}{language}{path}")) == []


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("serial", [FIRST, THIRD])
def test_verdict_has_no_grave_barrier(
    serial: str,
    language: str,
    real: ServedCentre,
    new_visitor: Callable[..., Visitor],
    grave_barriers: Callable[[Any], list[str]],
) -> None:
    visitor = new_visitor(bypass_csp=True, viewport={"width": 360, "height": 740})
    page = visitor.opened(real.code(serial).replace("/v/#", f"/v/?lang={language}#"))
    outcome(page)
    page.wait_for_selector(".after-verdict")
    page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    assert grave_barriers(page) == []


@pytest.mark.parametrize("serial", [FIRST, URDU_PAGE])
def test_certificate_s_page_has_no_grave_barrier(
    serial: str,
    demonstration: ServedCentre,
    new_visitor: Callable[..., Visitor],
    grave_barriers: Callable[[Any], list[str]],
) -> None:
    visitor = new_visitor(bypass_csp=True)
    assert grave_barriers(visitor.opened(demonstration.page(serial))) == []
