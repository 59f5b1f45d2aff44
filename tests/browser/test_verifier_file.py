"""The verifier in one file, opened from a disk by a real browser, on sites of the shared case table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asnad.messages import read_messages, read_sections
from asnad.site.verifier_file import verifier_file
from asnad.site.verifier_page import PinnedIssuer
from browser.conftest import MESSAGES, Case, read_case, site_files
from browser.static_site import StaticSite

pytestmark = [pytest.mark.browser, pytest.mark.node]

SIGNED = date(2026, 11, 28)
PHONE = "+92-41-5550100"


def file_of(case: Case, bundle: dict[str, bytes]) -> bytes:
    """Make the file for what a case trusts."""
    texts = {tag: (MESSAGES / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
    (entry,) = case.given["trust"]
    wanted = case.given.get("dictionaries")
    files = {
        path: content
        for path, content in site_files(entry["site"]).items()
        if not path.startswith("d/") or wanted is None or path.removeprefix("d/") in wanted
    }
    return verifier_file(
        bundle,
        issuers=(PinnedIssuer(entry["did"], tuple(entry["rootKeys"])),),
        site_files=files,
        messages=read_messages(texts, "verifier", ("en", "ur")),
        sections=read_sections(texts, "verifier", ("en", "ur")),
        as_of=SIGNED,
    )


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, bundle: dict[str, bytes], tmp_path: Path) -> Iterator[Opened]:
    """Open the file of a case from the disk; at the end, nothing may have been asked for and nothing gone wrong."""
    asked: list[str] = []
    faults: list[str] = []
    contexts: list[Any] = []

    def open_file(case: Case, fragment: str = "", at: str | None = None, **options: Any) -> Any:
        path = tmp_path / "a stick" / "verifier.html"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file_of(case, bundle))
        contexts.append(browser.new_context(**{"locale": "en-GB", "offline": True} | options))
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(at or case.at)
        page.on("request", lambda request: asked.append(request.url.split("#")[0]))
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("header")
        return page

    yield open_file
    for context in contexts:
        context.close()
    own = (tmp_path / "a stick" / "verifier.html").as_uri()
    assert [address for address in asked if address != own and not address.startswith("data:")] == []
    assert faults == []


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


def give(page: Any, case: Case) -> None:
    if case.digits is not None:
        page.fill("#paste", case.digits)
        page.click(".start > button")
    else:
        page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})


@pytest.mark.parametrize(
    "name",
    [
        *("code-micro-credential", "micro-credential", "link", "demonstration", "code-revoked", "replaced"),
        *("code-signature-altered", "compromised-key-frozen", "compromised-key-backdated", "frozen-list-missing"),
        *("dictionary-missing", "issuer-not-trusted"),
    ],
)
def test_outcome_is_that_of_the_case_table(opened: Opened, name: str) -> None:
    case = read_case(name)
    page = opened(case)
    give(page, case)
    assert outcome(page) == case.expected["outcome"]


def test_list_runs_out_inside_a_file_too(opened: Opened) -> None:
    case = read_case("code-micro-credential")
    page = opened(case, at="2036-01-01T12:00:00Z")
    give(page, case)
    assert outcome(page) == "valid-status-stale"
    shown = page.locator(".outcome").inner_text()
    assert "28 November 2026" in shown
    assert "Judged by what lies inside this file" in shown
    assert "internet" not in shown


def test_withdrawn_stays_withdrawn_in_ten_years(opened: Opened) -> None:
    case = read_case("code-revoked")
    page = opened(case, at="2036-01-01T12:00:00Z")
    give(page, case)
    assert outcome(page) == "revoked"


def test_digits_after_the_file_s_address_are_taken_and_leave_it(opened: Opened) -> None:
    case = read_case("code-micro-credential")
    page = opened(case, f"#{case.digits}")
    assert outcome(page) == "valid"
    assert "#" not in page.url
    page.reload()
    assert outcome(page) == "valid"
    page.get_by_text("Check another certificate").click()
    page.wait_for_selector(".start")
    page.go_back()
    assert outcome(page) == "valid"


def test_file_says_that_it_is_a_file_and_of_which_day(opened: Opened) -> None:
    case = read_case("code-micro-credential")
    page = opened(case)
    shown = page.locator(".address")
    shown.locator("a[href^='tel:']", has_text=PHONE).wait_for()
    assert "You opened a file on this device" in shown.inner_text()
    assert "28 November 2026" in shown.inner_text()
    assert "You are on" not in shown.inner_text()
    page.click("nav button[lang=ur]")
    assert "فائل" in shown.inner_text()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("header img").evaluate("(image) => image.complete && image.naturalWidth > 0")


def test_file_names_the_address_of_a_newer_one_and_offers_none(opened: Opened) -> None:
    page = opened(read_case("code-micro-credential"))
    page.get_by_text("A newer file is at https://skills.example/verifier.html").wait_for()
    page.get_by_role("button", name="Take along as one file").click()
    page.locator(".along").get_by_text("It knows nothing newer than 28 November 2026").wait_for()
    assert page.get_by_role("button", name="Save the file").count() == 0
    assert page.get_by_role("button", name="Update now").count() == 0


def test_file_says_of_a_course_that_it_does_not_know_to_get_a_newer_one(opened: Opened) -> None:
    case = read_case("dictionary-missing")
    page = opened(case)
    give(page, case)
    assert outcome(page) == "cannot-check"
    advice = page.locator(".act").inner_text()
    assert "This file is of 28 November 2026; the course of this certificate may be newer." in advice
    assert "Get a newer file" in advice


def test_link_to_the_site_is_read_and_not_asked(opened: Opened) -> None:
    case = read_case("code-micro-credential")
    page = opened(case)
    page.fill("#paste", f"https://skills.example/v/#{case.digits}")
    page.click(".start > button")
    assert outcome(page) == "valid"
    assert "Nothing was asked there" in page.locator(".elsewhere").inner_text()


def test_policy_lets_nothing_out(browser: Any, bundle: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "verifier.html").write_bytes(file_of(read_case("code-micro-credential"), bundle))
    page = browser.new_context().new_page()
    page.goto((tmp_path / "verifier.html").as_uri())
    page.wait_for_selector(".start")
    sent = "async (address) => fetch(address).then(() => 'sent', () => 'refused')"
    assert page.evaluate(sent, "https://elsewhere.example/") == "refused"
    assert page.evaluate(sent, "data:text/plain,x") == "refused"
    written = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch { return 'refused' } }"
    assert page.evaluate(written) == "refused"


def test_file_served_by_a_site_names_its_host_and_still_asks_for_nothing(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("code-micro-credential")
    site.files["verifier.html"] = file_of(case, bundle)
    page = browser.new_context(locale="en-GB").new_page()
    page.clock.set_fixed_time(case.at)
    page.goto(f"{site.address}verifier.html#{case.digits}")
    assert outcome(page) == "valid"
    host = site.address.removeprefix("http://").removesuffix("/")
    assert f"You are on {host}." in page.locator(".address").inner_text()
    assert "Judged by what lies inside this file" in page.locator(".outcome").inner_text()
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert site.asked == ["/verifier.html"]
