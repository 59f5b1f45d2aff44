"""What a device keeps, and what it never lets go of: offline, with old, false and half a site, with a wrong clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from asnad.issuers.keys_file import FrozenList, KeyState, Role
from browser.small_site import CODE, DAYS_IN_FORCE, OF_DICTIONARY, edition, put_up
from browser.static_site import StaticSite
from small_issuer import DAY, DICTIONARY, DID, ISSUING, KEYS, LIST, LISTED, STATUS, issuer_key, published, with_manifest

pytestmark = [pytest.mark.browser, pytest.mark.node]

Bundle = dict[str, bytes]
HOUR = 3_600


def instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def opened(context: Any, address: str, at: int = LISTED + HOUR) -> Any:
    page = context.new_page()
    page.clock.set_fixed_time(instant(at))
    page.goto(address)
    return page


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


def judged(context: Any, address: str, at: int = LISTED + HOUR) -> Any:
    """Open a link to the certificate."""
    page = opened(context, f"{address}#{CODE}", at)
    page.wait_for_selector("[data-outcome]")
    return page


def wait_until_kept(page: Any) -> None:
    page.get_by_text("without a connection").wait_for()


def kept(page: Any) -> Any:
    return page.evaluate("async () => (await fetch('kept.json')).json()")


def update(page: Any) -> str:
    """Press the button, and give what the page says of it."""
    page.get_by_role("button", name="Update now").click()
    said = page.locator(".freshness [role=status]")
    while (text := said.inner_text()) in ("", "Asking the centre’s site…"):
        page.wait_for_timeout(20)
    return str(text)


@pytest.fixture
def context(browser: Any) -> Any:
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    yield context
    context.close()


def test_chromium_finds_nothing_that_keeps_the_page_from_being_installed(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    wait_until_kept(page)
    protocol = context.new_cdp_session(page)
    found = protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A private window, such as every test has, can install nothing; all else is the page's own.
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []
    manifest = protocol.send("Page.getAppManifest")
    assert manifest["errors"] == []


def test_icons_have_the_sizes_that_the_manifest_names(context: Any, site: StaticSite, bundle: Bundle) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    sizes = page.evaluate(
        """async () => {
          const { icons } = await (await fetch('site.webmanifest')).json();
          return Promise.all(icons.map(async ({ src, sizes }) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return [sizes, `${image.naturalWidth}x${image.naturalHeight}`];
          }));
        }"""
    )
    assert len(sizes) == 4
    assert [size for size in sizes if size[0] not in ("any", size[1])] == []


def apology(site: StaticSite, path: str) -> None:
    site.files[path] = b"<!doctype html><title>Log in</title>"


def cut_off(site: StaticSite, path: str) -> None:
    site.files[path] = site.files[path][:-40]


def of_another(site: StaticSite, path: str) -> None:
    site.files[path] = b'{"type":"SomethingElse"}'


@pytest.mark.parametrize(
    ("path", "spoil"),
    [
        ("asnad/keys.json", of_another),
        ("asnad/manifest.json", cut_off),
        ("asnad/notices.json", of_another),
        (LIST, apology),
        (LIST, cut_off),
    ],
)
def test_what_is_no_list_never_takes_the_place_of_one_that_is_held(
    path: str, spoil: Callable[[StaticSite, str], None], context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    put_up(site, bundle, edition(1), day=1)
    spoil(site, path)
    page = judged(context, address, LISTED + DAY + HOUR)
    assert outcome(page) == "valid"
    assert "No answer from" in page.locator(".outcome").inner_text()
    assert update(page).startswith("The site answered, but with lists that are incomplete")
    assert kept(page)["refused"] == [DID]
    site.stop()
    again = judged(context, address, LISTED + DAY + HOUR)
    assert outcome(again) == "valid"
    assert "signed on 2 June 2026" in again.locator(".outcome").inner_text()


FROZEN = "asnad/frozen/key.bin"


def after_a_theft() -> Bundle:
    """Sign newer keys: the issuing key was stolen, and this certificate is none that it had issued before."""
    issued = bytes(32)
    stolen = issuer_key(ISSUING, Role.ISSUING, KeyState.COMPROMISED)
    frozen = FrozenList(key=ISSUING.key_id, sha256=hashlib.sha256(issued).digest(), length=len(issued))
    keys = replace(KEYS, version=KEYS.version + 1, keys=(stolen, KEYS.keys[1]), frozen=(frozen,))
    return with_manifest(published(keys) | {FROZEN: issued}) | {OF_DICTIONARY: DICTIONARY}


def test_what_is_held_never_speaks_against_newer_keys_of_the_site(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    assert outcome(judged(context, address)) == "valid"
    newer = after_a_theft()
    put_up(site, bundle, newer)
    # Who holds the list back of what the key had issued must not bring the older keys back by that.
    del site.files[FROZEN]
    assert outcome(judged(context, address)) == "cannot-check"
    put_up(site, bundle, newer)
    page = opened(context, address)
    wait_until_kept(page)
    assert update(page).startswith(("Newer lists came", "The site answered and has nothing"))
    site.stop()
    assert outcome(judged(context, address)) == "key-withdrawn"


def test_lists_that_are_held_do_not_outlive_the_key_that_signed_them(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    stolen = issuer_key(STATUS, Role.STATUS, KeyState.COMPROMISED)
    keys = replace(KEYS, version=KEYS.version + 1, keys=(KEYS.keys[0], stolen))
    put_up(site, bundle, published(keys) | {OF_DICTIONARY: DICTIONARY})
    assert outcome(judged(context, address)) == "valid-status-unknown"


def test_a_network_that_answers_everything_with_one_page_changes_nothing(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    for path in site.files:
        apology(site, path)
    page = judged(context, address)
    assert outcome(page) == "valid"
    assert update(page) == "The centre’s site could not be reached. Nothing has changed."
    site.stop()
    assert outcome(judged(context, address)) == "valid"


def test_a_refused_upload_is_taken_once_it_is_whole(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    put_up(site, bundle, edition(2), day=2)
    whole = site.files[LIST]
    site.files[LIST] = edition()[LIST]
    page = opened(context, address, LISTED + 2 * DAY + HOUR)
    wait_until_kept(page)
    assert update(page).startswith("The site answered, but")
    assert kept(page)["refused"] == [DID]
    site.files[LIST] = whole
    # The worker may have taken it by itself before the button is pressed.
    assert update(page).startswith(("Newer lists came, signed on 4 June 2026.", "The site answered and has nothing"))
    assert kept(page)["refused"] == []
    site.stop()
    offline = judged(context, address, LISTED + 2 * DAY + HOUR)
    assert outcome(offline) == "valid"
    assert "signed on 4 June 2026" in offline.locator(".outcome").inner_text()


def test_a_withdrawal_reaches_a_device_that_goes_offline_after_an_update(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    page = opened(context, address)
    wait_until_kept(page)
    put_up(site, bundle, edition(3, revoked=True), day=3)
    later = LISTED + 3 * DAY + HOUR
    page.clock.set_fixed_time(instant(later))
    assert update(page).startswith("Newer lists came, signed on 5 June 2026.")
    site.stop()
    assert outcome(judged(context, address, later)) == "revoked"


def test_an_older_edition_is_refused_whatever_its_signatures(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition(3, revoked=True), day=3)
    later = LISTED + 3 * DAY + HOUR
    wait_until_kept(opened(context, address, later))
    assert outcome(judged(context, address, later)) == "revoked"
    put_up(site, bundle, edition())
    page = judged(context, address, later)
    assert outcome(page) == "revoked"
    assert update(page).startswith("The site answered, but with lists that are incomplete, damaged or older.")
    assert outcome(judged(context, address, later)) == "revoked"


@pytest.mark.parametrize("older", [{"day": 0}, {"day": 3, "keys_version": 2}])
def test_without_a_worker_an_older_edition_is_known_from_the_device_s_memory(
    older: dict[str, int], browser: Any, site: StaticSite, bundle: Bundle
) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    later = LISTED + 3 * DAY + HOUR
    address = put_up(site, bundle, edition(3), day=3)
    assert outcome(judged(context, address, later)) == "valid"
    put_up(site, bundle, edition(**older))
    page = judged(context, address, later)
    assert outcome(page) == ("cannot-check" if "keys_version" in older else "valid-status-unknown")
    assert "older than one seen on this device before" in page.locator(".outcome").inner_text()
    put_up(site, bundle, edition(4), day=4)
    assert outcome(judged(context, address, later + DAY)) == "valid"


def test_a_frozen_site_goes_stale_with_its_date(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    page = judged(context, address, LISTED + DAYS_IN_FORCE * DAY - HOUR)
    assert outcome(page) == "valid"
    page = judged(context, address, LISTED + DAYS_IN_FORCE * DAY + HOUR)
    assert outcome(page) == "valid-status-stale"
    assert "ran out on 7 July 2026" in page.locator(".outcome").inner_text()
    freshness = page.locator(".freshness")
    freshness.get_by_text("ran out on 7 July 2026").wait_for()
    assert update(page) == "The site answered and has nothing newer."


def test_a_version_beyond_reason_is_refused_and_not_remembered(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    assert outcome(judged(context, address)) == "valid"
    put_up(site, bundle, edition(1, version=1_000_013), day=1)
    page = judged(context, address, LISTED + DAY + HOUR)
    # What was held before is in force still; the leap is neither believed nor kept.
    assert outcome(page) == "valid"
    assert "No answer from" in page.locator(".outcome").inner_text()
    assert update(page).startswith("The site answered, but")
    put_up(site, bundle, edition(2), day=2)
    assert update(page).startswith("Newer lists came, signed on 4 June 2026.")


def test_without_a_worker_a_version_beyond_reason_is_refused(browser: Any, site: StaticSite, bundle: Bundle) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    address = put_up(site, bundle, edition())
    assert outcome(judged(context, address)) == "valid"
    put_up(site, bundle, edition(1, version=1_000_013), day=1)
    page = judged(context, address, LISTED + DAY + HOUR)
    assert outcome(page) == "valid-status-unknown"
    assert "implausibly high" in page.locator(".outcome").inner_text()
    put_up(site, bundle, edition(2), day=2)
    assert outcome(judged(context, address, LISTED + 2 * DAY + HOUR)) == "valid"


def test_a_device_without_a_memory_says_that_it_has_nothing_to_compare_with(
    browser: Any, site: StaticSite, bundle: Bundle
) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    address = put_up(site, bundle, edition())
    for _ in range(2):
        page = judged(context, address)
        assert outcome(page) == "valid"
        row = page.locator("[data-check=versions]")
        assert row.get_attribute("data-result") == "unchecked"
        assert "has seen no earlier lists" in (row.text_content() or "")


def test_the_page_says_how_new_its_lists_are_and_when_the_site_last_answered(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    wait_until_kept(page)
    shown = page.locator(".freshness").inner_text()
    assert "Small Centre: the lists held here were signed on 2 June 2026 and hold until 7 July 2026 at 12:00" in shown
    assert "The centre’s site last answered on" in shown
    page.click("nav button[lang=ur]")
    page.locator(".freshness").get_by_text("ابھی تازہ کریں").wait_for()


def test_update_tells_of_a_site_that_does_not_answer(context: Any, site: StaticSite, bundle: Bundle) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    wait_until_kept(page)
    site.stop()
    assert update(page) == "The centre’s site could not be reached. Nothing has changed."


def test_the_code_reader_waits_until_it_is_used_or_everything_is_wanted(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    wait_until_kept(page)
    reader = {"/v/zxing_reader.wasm", "/v/codeReader.js"}
    assert reader.isdisjoint(site.asked)
    update(page)
    assert reader <= set(site.asked)
    site.stop()
    held = "async () => (await (await fetch('zxing_reader.wasm')).arrayBuffer()).byteLength"
    assert page.evaluate(held) == len(bundle["zxing_reader.wasm"])


def test_the_code_reader_is_kept_after_its_first_use(context: Any, site: StaticSite, bundle: Bundle) -> None:
    page = opened(context, put_up(site, bundle, edition()))
    wait_until_kept(page)
    page.evaluate("async () => (await fetch('codeReader.js')).text()")
    while "codeReader.js" not in kept(page)["extras"]:
        page.wait_for_timeout(20)
    site.stop()
    again = page.evaluate("async () => (await fetch('codeReader.js')).text()")
    assert again.encode() == bundle["codeReader.js"]


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_disagrees_with_the_site_is_pointed_out_and_changes_no_verdict(
    hours: int, context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    at = LISTED + 5 * DAY
    site.date = instant(at + hours * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    page = judged(context, address, at)
    assert outcome(page) == "valid"
    warning = page.locator(".clock")
    warning.wait_for()
    assert "7 June 2026 at 12:00" in warning.inner_text()
    assert ("6 June 2026 at 06:00" if hours < 0 else "8 June 2026 at 18:00") in warning.inner_text()


def test_a_clock_that_is_off_by_hours_is_nobody_s_business(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition())
    site.date = instant(LISTED + 5 * DAY + 20 * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    page = judged(context, address, LISTED + 5 * DAY)
    page.locator(".freshness h2").wait_for()
    wait_until_kept(page)
    assert page.locator(".clock").count() == 0


def test_a_clock_before_the_lists_were_signed_is_pointed_out_offline_too(
    context: Any, site: StaticSite, bundle: Bundle
) -> None:
    address = put_up(site, bundle, edition())
    wait_until_kept(opened(context, address))
    site.stop()
    page = judged(context, address, LISTED - 20 * DAY)
    assert outcome(page) in ("not-yet-valid", "valid-status-unknown")
    page.locator(".clock").wait_for()
    assert "13 May 2026 at 12:00" in page.locator(".clock").inner_text()
    assert "signed later, on 2 June 2026" in page.locator(".clock").inner_text()


def test_a_course_newer_than_the_copy_is_said_to_be_so(context: Any, site: StaticSite, bundle: Bundle) -> None:
    without = {path: content for path, content in edition().items() if path != OF_DICTIONARY}
    address = put_up(site, bundle, without)
    wait_until_kept(opened(context, address))
    site.stop()
    page = judged(context, address, LISTED + 3 * DAY)
    assert outcome(page) == "cannot-check"
    advice = page.locator(".act").inner_text()
    assert "This copy of the page is of 2 June 2026; the course of this certificate may be newer." in advice
    assert "Connect to the internet and update" in advice


def test_the_file_to_take_along_is_saved_with_date_and_digest_and_is_kept(
    context: Any, site: StaticSite, bundle: Bundle, tmp_path: Path
) -> None:
    address = put_up(site, bundle, edition())
    page = opened(context, address)
    wait_until_kept(page)
    page.get_by_role("button", name="Take along as one file").click()
    for answering in (True, False):
        if not answering:
            site.stop()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the file").click()
        host = site.address.removeprefix("http://").removesuffix("/").replace(":", "-")
        assert download.value.suggested_filename == f"asnad-verifier-{host}-2026-06-02.html"
        saved = Path(download.value.path()).read_bytes()
        assert saved == site.files["verifier.html"]
        said = page.locator(".along [role=status]")
        said.get_by_text(hashlib.sha256(saved).hexdigest()).wait_for()
        assert "signed on 2 June 2026; the first of them runs out on 7 July 2026" in said.inner_text()
    (tmp_path / "verifier.html").write_bytes(saved)
    office = judged(context, (tmp_path / "verifier.html").as_uri())
    assert outcome(office) == "valid"
    office.get_by_role("button", name="Take along as one file").click()
    office.locator(".along").get_by_text("It knows nothing newer than 2 June 2026").wait_for()
    assert f"{KEYS.sites[0]}verifier.html" in office.locator(".along").inner_text()


def test_an_apology_is_not_saved_as_the_file(context: Any, site: StaticSite, bundle: Bundle) -> None:
    address = put_up(site, bundle, edition())
    page = opened(context, address)
    wait_until_kept(page)
    apology(site, "verifier.html")
    page.get_by_role("button", name="Take along as one file").click()
    page.get_by_role("button", name="Save the file").click()
    page.get_by_text("The file could not be had, and nothing was saved.").wait_for()
