"""The page with a certificate for every answer, in a real browser: what it finds, and what the verifier finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from asnad.centre_folder import CentreFolder
from asnad.desk.demonstration import make_states
from asnad.site.demonstration_states import PICTURED, DemonstrationState
from asnad.verification.outcome import Outcome
from browser.served_centre import DAY, ServedCentre, instant, read_code, served_demonstration
from example_centre import CHEAP, NOW, ExampleCentre

pytestmark = pytest.mark.browser

RUN = "officers-finance-admin-egov-b34"
LATER = NOW + 60 * DAY
"""When the lists have run out."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A served demonstration with its states."""

    served: ServedCentre
    states: tuple[DemonstrationState, ...]

    @property
    def address(self) -> str:
        return f"{self.served.address}demo/"


@pytest.fixture(scope="module")
def shown(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    centre = issued_centre.copy(tmp_path_factory.mktemp("issued"))
    elsewhere = CentreFolder(tmp_path_factory.mktemp("elsewhere") / "neighbour")
    states = make_states(centre.workplace(NOW + 60), RUN, elsewhere, CHEAP)
    with served_demonstration(centre, tmp_path_factory.mktemp("shown")) as served:
        yield Shown(served, states)


def opened(browser: Any, address: str, at: int = NOW + DAY, **options: Any) -> Any:
    """Open the page and wait until it has checked everything."""
    page = browser.new_context(**{"locale": "en-GB", "service_workers": "block"} | options).new_page()
    page.clock.set_fixed_time(instant(at))
    page.goto(address)
    page.wait_for_selector("#tally[data-agrees]")
    return page


def findings(page: Any) -> dict[str, tuple[str | None, str | None]]:
    """Give for each answer what was found, and whether the page says that it agrees."""
    lines = page.locator(".found").evaluate_all("(all) => all.map((line) => ({...line.dataset}))")
    expected = page.locator("li:has(.found)").evaluate_all("(all) => all.map((card) => card.dataset.expected)")
    return {answer: (line.get("outcome"), line.get("agrees")) for answer, line in zip(expected, lines, strict=True)}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("language", "same"),
    [
        ("en", "Checked just now on this device: the same answer."),
        ("ur", "ابھی اسی آلے پر جانچا گیا: یہی جواب آیا۔"),
    ],
)
def test_each_certificate_gets_its_answer_in_this_browser(
    language: str, same: str, width: int, browser: Any, shown: Shown
) -> None:
    page = opened(browser, f"{shown.address}?lang={language}", viewport={"width": width, "height": 800})
    assert findings(page) == {str(state.outcome): (str(state.outcome), "true") for state in shown.states}
    assert page.locator(".found").all_inner_texts() == [same] * len(shown.states)
    assert page.locator("#tally").get_attribute("data-agrees") == "true"
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_checking_page_gives_the_same_answers(browser: Any, shown: Shown) -> None:
    page = opened(browser, shown.address)
    links = {state.outcome: page.locator(f"[data-expected={state.outcome}] a.open") for state in shown.states}
    addresses = {outcome: link.evaluate("(link) => link.href") for outcome, link in links.items()}
    for outcome, address in addresses.items():
        page.goto(address)
        page.wait_for_selector(f"article[data-outcome={outcome}]")
        page.goto("about:blank")


def test_each_code_holds_the_certificate_of_its_card(browser: Any, shown: Shown) -> None:
    page = opened(browser, shown.address, device_scale_factor=3)
    for state in shown.states:
        code = page.locator(f"[data-expected={state.outcome}] img")
        code.scroll_into_view_if_needed()
        code.evaluate("(picture) => picture.decode()")
        assert read_code(code.screenshot()) == f"{shown.served.address}v/#{state.code_digits}"


def test_what_no_certificate_shows_is_a_picture_that_says_so(browser: Any, shown: Shown) -> None:
    page = opened(browser, shown.address)
    for outcome in PICTURED:
        card = page.locator(f"[data-expected={outcome}]")
        assert "A picture, not a result" in card.inner_text()
        assert card.locator("[data-outcome], a, img").count() == 0
    assert page.locator(".picture").count() == len(PICTURED)


def test_when_the_lists_have_run_out_another_answer_is_told_plainly(browser: Any, shown: Shown) -> None:
    page = opened(browser, shown.address, LATER)
    assert findings(page)[Outcome.DEMONSTRATION] == ("valid-status-stale", "false")
    first = page.locator("[data-expected=demonstration]")
    expected = "Checked just now on this device: another answer, “Checked against an old list”."
    assert first.locator(".found").inner_text() == expected
    assert page.locator("#tally").get_attribute("data-agrees") == "false"
    assert "1 of them did not give the answer that stands above" in page.locator("#tally").inner_text()
    first.locator("a.open").click()
    page.wait_for_selector("article[data-outcome=valid-status-stale]")


def test_without_its_files_it_finds_other_answers_and_never_a_good_one(browser: Any, shown: Shown) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    context.route("**/asnad/*.json", lambda route: route.abort())
    page = context.new_page()
    page.clock.set_fixed_time(instant(NOW + DAY))
    page.goto(shown.address)
    page.wait_for_selector("#tally[data-agrees=false]")
    found = {found for found, _ in findings(page).values()}
    assert found <= {"cannot-check", "unknown-issuer"}


def test_without_javascript_it_says_that_nothing_was_checked(browser: Any, shown: Shown) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    page.goto(shown.address)
    text = page.locator("main").inner_text()
    assert "JavaScript is switched off here, so this page has checked nothing." in text
    assert text.count("Not checked yet on this device.") == len(shown.states)
    assert page.locator("[data-outcome], [data-agrees]").count() == 0
    assert page.locator("a.open").count() == len(shown.states)


def test_inside_another_page_it_checks_nothing(browser: Any, shown: Shown) -> None:
    page = browser.new_context(locale="en-GB", service_workers="block").new_page()
    page.goto(f"{shown.served.address}catalogue.json")
    page.set_content(f'<iframe src="{shown.address}" width="400" height="800"></iframe>')
    frame = page.frame_locator("iframe")
    frame.get_by_text("This page is being shown inside someone else’s page").wait_for()
    assert frame.locator("[data-agrees]").count() == 0


def test_a_language_is_chosen_on_the_page_and_what_was_found_stays(browser: Any, shown: Shown) -> None:
    page = opened(browser, f"{shown.address}?lang=en")
    before = findings(page)
    page.click("nav button[lang=ur]")
    assert page.url == shown.address
    assert page.title() == "ہر جواب، آزمانے کے لیے"
    assert page.locator("[data-expected=revoked] h2").inner_text() == "منسوخ"
    assert page.locator("[data-home]").get_attribute("href") == "../ur/"
    assert findings(page) == before
    assert page.locator("nav").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_it_has_no_grave_barrier(language: str, scheme: str, browser: Any, shown: Shown) -> None:
    # The policy keeps the tool itself out.
    page = opened(
        browser,
        f"{shown.address}?lang={language}",
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": 360, "height": 740},
    )
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["html"][:100] for node in found["nodes"]]) for found in violations] == []


def test_it_keeps_its_policy_and_asks_nobody_else(browser: Any, shown: Shown) -> None:
    page = browser.new_context(locale="en-GB", service_workers="block").new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    # Of the list that was never published the console says what the page's own card says.
    page.on("console", lambda said: faults.append(said.text) if "404" not in said.text else None)
    page.clock.set_fixed_time(instant(NOW + DAY))
    page.goto(shown.address)
    page.wait_for_selector("#tally[data-agrees=true]")
    page.click("nav button[lang=ur]")
    assert faults == []
    assert all(address.startswith(shown.served.address) for address in asked)
    digits = shown.states[0].link_digits[:20]
    assert not any(digits in address for address in asked)
    attempt = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch { return 'refused' } }"
    assert page.evaluate(attempt) == "refused"
    sent = page.evaluate("async () => fetch('https://elsewhere.example/').then(() => 'sent', () => 'refused')")
    assert sent == "refused"
