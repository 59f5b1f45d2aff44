"""What the verifier's page does around the verdict: address, offline, languages, frames, and what it never does."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from browser.conftest import Case, publish, read_case
from browser.static_site import StaticSite

pytestmark = [pytest.mark.browser, pytest.mark.node]

PHONE = "+92-41-5550100"


@pytest.fixture
def code() -> Case:
    return read_case("code-micro-credential")


@pytest.fixture
def address(site: StaticSite, code: Case, bundle: dict[str, bytes]) -> str:
    return publish(site, code, bundle, "project/")


def new_page(browser: Any, case: Case, *, locale: str = "en-GB", workers: str = "block") -> Any:
    page = browser.new_context(service_workers=workers, locale=locale).new_page()
    page.clock.set_fixed_time(case.at)
    return page


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


def wait_until_kept(page: Any) -> None:
    page.get_by_text("without a connection").wait_for()


# Of every shell that is kept: whether its script is the next version's.
KEPT_SCRIPT = """async () => {
  const shells = (await caches.keys()).filter((name) => name.startsWith('asnad '));
  return Promise.all(shells.map(async (name) => {
    const script = await (await caches.open(name)).match(new URL('verifier.js', location));
    // What is still being put together has no script yet.
    return script !== undefined && (await script.text()).includes('// next');
  }));
}"""


def test_fragment_leaves_the_address_and_survives_a_reload(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    assert page.url == address
    page.reload()
    assert outcome(page) == "valid"


def test_a_second_link_in_the_same_page_is_judged(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    page.goto(f"{address}#{code.digits[:-17]}")  # type: ignore[index]
    page.wait_for_selector("[data-outcome=cannot-check]")
    assert page.url == address
    page.go_back()
    page.wait_for_selector("[data-outcome=valid]")


def test_the_next_of_a_stack_is_judged_from_what_was_just_fetched(
    browser: Any, address: str, code: Case, site: StaticSite
) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    asked = len(site.asked)
    page.goto(f"{address}#{code.digits[:-17]}")  # type: ignore[index]
    page.wait_for_selector("[data-outcome=cannot-check]")
    page.goto(f"{address}#{code.digits}")
    page.wait_for_selector("[data-outcome=valid]")
    assert [path for path in site.asked[asked:] if not path.endswith("icon.svg")] == []


def test_lists_are_fetched_anew_after_half_a_minute(browser: Any, address: str, code: Case, site: StaticSite) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    asked = len(site.asked)
    page.clock.set_fixed_time(datetime.fromisoformat(code.at) + timedelta(seconds=31))
    with page.expect_response("**/status/1.json"):
        page.goto(f"{address}#{code.digits}")
    lists = ("asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", "status/1.json")
    assert {f"/project/{path}" for path in lists} <= set(site.asked[asked:])


def test_files_of_two_versions_are_fetched_a_second_time(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    given: list[str] = []

    def half_uploaded(route: Any) -> None:
        given.append(route.request.url)
        if len(given) > 1:
            route.continue_()
        else:
            route.fulfill(body='{"older": true}', content_type="application/json")

    page.route("**/asnad/notices.json", half_uploaded)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    assert len(given) == 2


def test_nothing_of_the_certificate_is_sent(browser: Any, address: str, code: Case, site: StaticSite) -> None:
    page = new_page(browser, code)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    assert all(url.startswith(site.address) for url in asked)
    # The browser's tools see the fragment of the page's address; the host is sent none of it.
    assert not any(code.digits[:20] in path or "?" in path for path in site.asked)  # type: ignore[index]
    dictionaries = [name.removeprefix("project/") for name in site.files if name.startswith("project/d/")]
    assert {path.removeprefix("/project/") for path in site.asked} <= {
        *("v/", "v/verifier.css", "v/messages.js", "v/verifier.js", "v/icon.svg", "v/site.webmanifest"),
        *("asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", "status/1.json"),
        *("v/tools.js", "v/tool-words.js", "v/precache.json"),
        *dictionaries,
    }


@pytest.mark.parametrize("written", ["{address}#{digits}", "{address}%23{digits}", "{digits}", "  {spaced}\n"])
def test_a_pasted_link_or_its_digits_are_judged(browser: Any, address: str, code: Case, written: str) -> None:
    digits = code.digits or ""
    spaced = " ".join(digits[at : at + 17] for at in range(0, len(digits), 17))
    page = new_page(browser, code)
    page.goto(address)
    page.fill("#paste", written.format(address=address, digits=digits, spaced=spaced))
    page.click(".start > button")
    assert outcome(page) == "valid"
    assert page.locator(".elsewhere").count() == 0


def test_a_link_to_another_host_is_pointed_out(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.goto(address)
    page.fill("#paste", f"https://look-alike.example/v/#{code.digits}")
    page.click(".start > button")
    assert outcome(page) == "valid"
    assert "look-alike.example" in page.locator(".elsewhere").inner_text()


def test_address_and_number_stand_above_the_outcome(browser: Any, address: str, code: Case, site: StaticSite) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    outcome(page)
    host = site.address.removeprefix("http://").removesuffix("/")
    shown = page.locator(".address")
    assert f"You are on {host}." in shown.inner_text()
    assert shown.locator("a[href^='tel:']").inner_text() == PHONE
    assert shown.locator("a[href^='tel:']").get_attribute("href") == "tel:+92415550100"
    assert shown.bounding_box()["y"] < page.locator("[data-outcome]").bounding_box()["y"]


def test_every_signed_field_is_shown(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    case = read_case("micro-credential")
    page = new_page(browser, case)
    page.goto(publish(site, case, bundle))
    page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})
    assert outcome(page) == "valid"
    page.wait_for_selector(".after-verdict")
    shown = page.locator("[data-outcome]").text_content()
    document = json.loads(case.document)
    del document["proof"]
    missing = [text for text in spoken(document) if text not in shown]
    assert missing == []


# Members whose text is shown as a word of the reader's language or as a written date, or that name a kind of object.
TRANSLATED = {"@context", "type", "identityType", "achievementType", "targetType", "inLanguage", "status", "genre"}
TRANSLATED |= {"validFrom", "validUntil", "awardedDate", "activityStartDate", "activityEndDate"}
# The entry's id holds both of these.
TRANSLATED |= {"statusPurpose", "statusListCredential"}


def spoken(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for name, part in value.items() if name not in TRANSLATED for text in spoken(part)]
    if isinstance(value, list):
        return [text for part in value for text in spoken(part)]
    # Lines that begin so are drawn as items of a list.
    return [] if isinstance(value, bool) else [line.removeprefix("- ") for line in str(value).splitlines()]


def test_dates_have_the_month_as_a_word(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code, locale="en-US")
    page.goto(f"{address}#{code.digits}")
    outcome(page)
    text = page.locator("[data-outcome]").inner_text()
    assert "19 November 2026" in text
    assert "2026-11-19" not in text


def test_the_last_day_is_the_one_at_the_centre_wherever_the_reader_is(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("last-second")
    assert json.loads(case.document)["validUntil"] == "2026-11-30T18:59:59Z"
    page = browser.new_context(service_workers="block", locale="en-GB", timezone_id="Asia/Tokyo").new_page()
    page.clock.set_fixed_time(case.at)
    page.goto(publish(site, case, bundle))
    page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})
    outcome(page)
    lines = page.locator("dt", has_text="Runs out after").locator("xpath=..").inner_text().split("\n")
    assert [line for line in lines if line] == [
        "Runs out after",
        "30 November 2026",
        "1 December 2026 at 03:59 GMT+9",
    ]


def test_a_name_the_issuer_did_not_bear_is_pointed_out(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("issuer-name-of-another-time")
    page = new_page(browser, case)
    page.goto(publish(site, case, bundle))
    page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})
    outcome(page)
    claimed = json.loads(case.document)["issuer"]["name"]
    assert claimed in page.locator("dl .warning").inner_text()


@pytest.mark.parametrize("name", ["demonstration", "revoked-demonstration", "expired-demonstration"])
def test_a_demonstration_says_so_on_every_outcome(
    name: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case(name)
    page = new_page(browser, case)
    page.goto(publish(site, case, bundle))
    page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})
    assert outcome(page) == case.expected["outcome"]
    assert page.locator(".demonstration").inner_text().startswith("Demonstration")


def test_a_wrong_signature_shows_no_content(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    case = read_case("name-altered")
    page = new_page(browser, case)
    page.goto(publish(site, case, bundle))
    page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})
    assert outcome(page) == "invalid"
    subject = json.loads(case.document)["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] not in page.content()


def test_inside_another_page_there_is_no_verdict(browser: Any, site: StaticSite, address: str, code: Case) -> None:
    site.files["framing.html"] = f"<iframe width=800 height=800 src='{address}#{code.digits}'></iframe>".encode()
    page = new_page(browser, code)
    page.goto(f"{site.address}framing.html")
    frame = page.frame_locator("iframe")
    frame.locator(".framed").wait_for()
    assert frame.locator("[data-outcome]").count() == 0
    assert frame.locator("input, textarea").count() == 0


@pytest.mark.parametrize(
    ("locale", "language", "direction"), [("ur-PK", "ur", "rtl"), ("en-US", "en", "ltr"), ("de", "en", "ltr")]
)
def test_language_follows_the_browser(
    locale: str, language: str, direction: str, browser: Any, address: str, code: Case
) -> None:
    page = new_page(browser, code, locale=locale)
    page.goto(address)
    page.wait_for_selector(".start")
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, direction)


def test_a_chosen_language_stays(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}?lang=ur#{code.digits}")
    assert outcome(page) == "valid"
    assert "درست" in page.locator("h1").inner_text()
    page.click("nav button[lang=en]")
    assert page.locator("h1").inner_text() == "Valid"
    page.reload()
    outcome(page)
    assert page.locator("h1").inner_text() == "Valid"


def test_tools_that_cannot_be_had_are_asked_for_again(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.route("**/tools.js", lambda route: route.abort())
    page.goto(address)
    page.locator(".problem").wait_for()
    assert "could not be loaded" in page.locator(".problem").inner_text()
    assert page.locator("h1").inner_text() == "Check a certificate"
    page.click("nav button[lang=ur]")
    assert "لوڈ نہیں" in page.locator(".problem").inner_text()
    page.unroute("**/tools.js")
    page.click(".lacking button")
    page.fill("#paste", code.digits)
    page.click(".start > button")
    assert outcome(page) == "valid"


def test_a_link_is_judged_without_the_tools(browser: Any, address: str, code: Case, site: StaticSite) -> None:
    del site.files["project/v/tools.js"]
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"


def test_news_of_the_centre_does_not_take_away_what_is_typed(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.route("**/asnad/keys.json", lambda route: page.wait_for_timeout(300) or route.continue_())
    page.goto(address)
    page.fill("#paste", "typed")
    page.wait_for_selector(".contact")
    assert page.input_value("#paste") == "typed"


def test_policy_forbids_every_script_but_the_page_s_own(browser: Any, address: str, code: Case) -> None:
    page = new_page(browser, code)
    page.goto(address)
    page.wait_for_selector(".start")
    assert (
        page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch { return 'refused' } }")
        == "refused"
    )
    head = page.locator("head > *").first
    assert head.get_attribute("http-equiv") == "Content-Security-Policy"
    assert (
        page.evaluate("async () => fetch('https://elsewhere.example/').then(() => 'sent', () => 'refused')")
        == "refused"
    )


def test_once_visited_the_page_verifies_without_the_site(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code, workers="allow")
    page.goto(address)
    wait_until_kept(page)
    site.stop()
    again = page.context.new_page()
    again.clock.set_fixed_time(code.at)
    again.goto(f"{address}#{code.digits}")
    assert outcome(again) == "valid"
    text = again.locator(".outcome").inner_text()
    assert "28 November 2026" in text
    assert "No answer from" in text


def test_a_site_that_lost_its_lists_does_not_undo_what_is_kept(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code, workers="allow")
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"
    wait_until_kept(page)
    for path in ("asnad/manifest.json", "asnad/keys.json"):
        del site.files[f"project/{path}"]
    page.reload()
    assert outcome(page) == "valid"
    assert "No answer from" in page.locator(".outcome").inner_text()


def test_a_slow_site_is_not_waited_for_where_lists_are_kept(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code, workers="allow")
    page.goto(address)
    wait_until_kept(page)
    site.delays["project/asnad/"] = 15.0
    again = page.context.new_page()
    again.clock.set_fixed_time(code.at)
    again.goto(f"{address}#{code.digits}")
    assert again.wait_for_selector("[data-outcome]", timeout=10_000).get_attribute("data-outcome") == "valid"
    assert "No answer from" in again.locator(".outcome").inner_text()


def test_a_new_version_of_the_page_is_taken_whole(
    browser: Any, site: StaticSite, address: str, code: Case, bundle: dict[str, bytes]
) -> None:
    page = new_page(browser, code, workers="allow")
    page.goto(address)
    wait_until_kept(page)
    first = page.locator("meta[name=version]").get_attribute("content")
    publish(site, code, bundle | {"verifier.js": bundle["verifier.js"] + b"\n// next\n"}, "project/")
    page.reload()
    assert page.locator("meta[name=version]").get_attribute("content") == first
    while page.evaluate(KEPT_SCRIPT) != [True]:
        page.wait_for_timeout(50)
    page.reload()
    assert page.locator("meta[name=version]").get_attribute("content") != first
    site.stop()
    page.reload()
    page.wait_for_selector(".start")


def seen_name(case: Case) -> str:
    """Name what the page remembers of the issuer that a case trusts."""
    (issuer,) = case.given["trust"]
    (key,) = issuer["rootKeys"]
    return f"asnad-seen {issuer['did']} {key}"


def test_versions_of_another_issuer_that_bore_the_did_before_do_not_count(
    browser: Any, address: str, code: Case
) -> None:
    page = new_page(browser, code)
    page.goto(address)
    another = f"{seen_name(code)[:-3]}abc"
    page.evaluate("(name) => localStorage.setItem(name, JSON.stringify({keys: 6, manifest: 99}))", another)
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "valid"


def test_an_older_list_is_known_from_the_device_s_memory(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code)
    page.goto(address)
    page.evaluate("(name) => localStorage.setItem(name, JSON.stringify({keys: 6, manifest: 12}))", seen_name(code))
    page.goto(f"{address}#{code.digits}")
    assert outcome(page) == "cannot-check"


def test_accepted_versions_are_remembered_and_refused_ones_are_not(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code)
    page.goto(f"{address}#{code.digits}")
    outcome(page)
    remembered = f"JSON.parse(localStorage.getItem({json.dumps(seen_name(code))}))"
    assert page.evaluate(remembered) == {"keys": 5, "manifest": 12}
    forged = site.files["project/asnad/manifest.json"].replace(b'"version":12', b'"version":13')
    assert forged != site.files["project/asnad/manifest.json"]
    site.files["project/asnad/manifest.json"] = forged
    page.reload()
    assert outcome(page) == "valid-status-unknown"
    assert page.evaluate(remembered) == {"keys": 5, "manifest": 12}


def test_a_page_without_its_site_says_that_nothing_was_learnt(
    browser: Any, site: StaticSite, address: str, code: Case
) -> None:
    page = new_page(browser, code)
    page.goto(address)
    page.wait_for_selector(".contact")
    page.wait_for_selector("#paste")
    site.stop()
    page.fill("#paste", code.digits)
    page.click(".start > button")
    assert outcome(page) == "cannot-check"
    assert "could not be reached" in page.locator(".outcome").inner_text()
    assert "Connect to the internet" in page.locator(".act").inner_text()
