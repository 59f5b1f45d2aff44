"""The page that draws a certificate from its link: the same as the public page, nothing unsigned, and no verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asnad.carriers.payload import PayloadFormat, dictionary_prefix
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.strict_json import JSONObject
from asnad.site.certificate import Unsigned, certificate_view
from asnad.site.certificate_page import certificate_page
from asnad.site.verifier_page import PinnedIssuer
from browser.conftest import CASES, Case, publish, publish_pages, read_case, stationery
from browser.static_site import StaticSite
from small_issuer import (
    DICTIONARY,
    DID,
    KEYS,
    LIST,
    ROOT,
    SITE,
    credential_document,
    digits,
    published,
    signed,
)

pytestmark = [pytest.mark.browser, pytest.mark.node]

CERTIFICATES = Path(__file__).parent.parent / "site" / "certificates"
IN_DIGITS = sorted(path.parent.name for path in CASES.glob("*/digits.txt"))
CHECKS_BEFORE_ANYTHING_IS_SHOWN = {"read", "format", "issuer", "key", "signature"}
AT = "2026-12-01T12:00:00Z"


def new_page(browser: Any, at: str = AT, *, locale: str = "en-GB") -> Any:
    page = browser.new_context(locale=locale, service_workers="block").new_page()
    page.clock.set_fixed_time(at)
    return page


def open_link(page: Any, verifier: str, link_digits: str | None) -> None:
    """Open a link and wait until the page has read it."""
    page.goto(f"{verifier.removesuffix('v/')}c/#{link_digits}")
    page.wait_for_selector("article.certificate, main.message a.button")


def publish_small_issuer(site: StaticSite, bundle: dict[str, bytes], keys: KeysFile = KEYS) -> str:
    files = published(keys) | {f"d/{dictionary_prefix(DICTIONARY).hex()}.bin": DICTIONARY}
    site.files.update(files)
    issuer = PinnedIssuer(DID, (encode_public_key(ROOT.public_key),))
    return publish_pages(site, (issuer,), files, bundle)


def link_digits(document: JSONObject) -> str:
    return digits(signed(document), PayloadFormat.LINK)


def of_small_issuer(name: str) -> JSONObject:
    """Give one of the certificates of the page's tests, as if the small issuer had issued it."""
    document = json.loads((CERTIFICATES / f"{name}.json").read_bytes())
    document.pop("proof", None)
    document["issuer"]["id"] = DID
    document["credentialStatus"] |= {"id": f"{SITE}{LIST}#94567", "statusListCredential": SITE + LIST}
    document["credentialStatus"]["statusListIndex"] = "94567"
    return document  # type: ignore[no-any-return]


def shown(page: Any) -> list[str]:
    """Give what the certificate says, an element a line, without the marks that only separate."""
    text = page.locator("article.certificate").inner_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.fixture
def link() -> Case:
    return read_case("link")


@pytest.mark.parametrize("name", ["completion", "micro-credential", "completion-urdu", "micro-credential-urdu"])
def test_it_shows_what_the_public_page_shows(
    name: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    document = of_small_issuer(name)
    verifier = publish_small_issuer(site, bundle)
    unsigned = Unsigned("https://small.example/v/#1", "https://small.example/v/#2", None, None, demonstration=False)
    view = certificate_view(document, unsigned, time_zone="Asia/Karachi")
    site.files["c/public.html"] = certificate_page(view, stationery(), stylesheet="page.css").encode()
    page = new_page(browser)
    page.goto(f"{site.address}c/public.html")
    expected = shown(page)
    assert len(expected) > 20
    open_link(page, verifier, link_digits(document))
    assert shown(page) == expected


@pytest.mark.parametrize("name", IN_DIGITS)
def test_a_certificate_is_shown_exactly_where_a_trusted_key_signed_it(
    name: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case(name)
    page = new_page(browser, case.at)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_link(page, publish(site, case, bundle), (case.digits or "").replace("%", "%25"))
    is_signed = not CHECKS_BEFORE_ANYTHING_IS_SHOWN & case.expected["failed"].keys()
    assert page.locator("article.certificate").count() == (1 if is_signed else 0)
    assert faults == []


def test_altered_digits_show_nothing_and_lead_to_the_verifier(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("code-serial-altered")
    verifier = publish(site, case, bundle)
    page = new_page(browser, case.at)
    open_link(page, verifier, case.digits)
    assert "No certificate can be shown" in page.locator("main").inner_text()
    assert "CSC-" not in page.content()
    page.click("a.button")
    page.wait_for_selector("[data-outcome=invalid]")


def test_the_fragment_stays_and_the_same_digits_lead_to_the_verdict(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], link: Case
) -> None:
    verifier = publish(site, link, bundle, "project/")
    page = new_page(browser, link.at)
    open_link(page, verifier, link.digits)
    assert page.url == f"{site.address}project/c/#{link.digits}"
    assert page.locator("aside > p > a.button").get_attribute("href") == f"../v/#{link.digits}"
    page.click("nav button[lang=ur]")
    assert page.url == f"{site.address}project/c/#{link.digits}"
    page.click("aside > p > a.button")
    page.wait_for_selector("[data-outcome=valid]")


def test_it_gives_no_verdict_and_warns_before_sharing(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], link: Case
) -> None:
    page = new_page(browser, link.at)
    open_link(page, publish(site, link, bundle), link.digits)
    beside = page.locator("aside").inner_text()
    assert "This page does not say whether the certificate is genuine: check it." in beside
    assert "This link contains the whole certificate: name, grade, dates. Whoever has it can read it." in beside
    text = page.locator("body").inner_text().lower()
    assert "valid" not in text
    assert "verified" not in text


def test_the_saved_file_is_the_issued_one_byte_by_byte(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], link: Case, tmp_path: Path
) -> None:
    # The generator of the cases wrote the link and this file from one credential.
    issued = read_case("micro-credential").document
    page = new_page(browser, link.at)
    open_link(page, publish(site, link, bundle), link.digits)
    with page.expect_download() as waiting:
        page.click("aside button:has-text('Download')")
    waiting.value.save_as(tmp_path / "saved.json")
    assert (tmp_path / "saved.json").read_bytes() == issued
    serial = json.loads(issued)["credentialSubject"]["licenseNumber"]
    assert waiting.value.suggested_filename == f"{serial.replace('/', '-')}.json"


def test_a_code_offers_no_file_because_it_lacks_the_other_proof(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("code-micro-credential")
    page = new_page(browser, case.at)
    open_link(page, publish(site, case, bundle), case.digits)
    assert page.locator("article.certificate").count() == 1
    assert page.locator("aside button", has_text="Download").count() == 0


def test_hostile_texts_are_text(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    hostile = "<img src=x onerror=document.title='owned'></p><script>document.title='owned'</script>{name}$&\u200b"
    document: Any = credential_document()
    document["name"] = hostile
    subject = document["credentialSubject"]
    subject["name"] = subject["identifier"][0]["identityHash"] = hostile
    subject["identifier"][1]["identityHash"] = hostile
    subject["identifier"].append(
        {"type": "IdentityObject", "hashed": False, "identityType": "ext:FatherName", "identityHash": hostile}
    )
    subject["licenseNumber"] = f"../{hostile}"
    subject["achievement"] |= {"name": hostile, "description": f"- {hostile}\n\n{hostile}", "humanCode": hostile}
    subject["achievement"]["alignment"][0] |= {"targetName": hostile, "targetType": "constructor"}
    document["evidence"][0]["name"] = hostile
    page = new_page(browser)
    open_link(page, publish_small_issuer(site, bundle), link_digits(document))
    written = hostile.replace("\u200b", "⟨U+200B⟩")
    assert page.locator(".name").last.inner_text() == written
    assert page.locator(".relations").inner_text() == f"Father’s name: {written}"
    assert page.locator("article.certificate").inner_text().count(written) >= 9
    assert page.title() == f"Micro-credential: {hostile}"
    assert page.locator("article img, article script").count() == 0
    with page.expect_download() as waiting:
        page.click("aside button:has-text('Download')")
    assert "/" not in waiting.value.suggested_filename
    assert json.loads(Path(waiting.value.path()).read_bytes()) == json.loads(canonical_json(signed(document)))


def test_a_certificate_speaks_its_own_language_and_the_page_its_reader_s(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    verifier = publish_small_issuer(site, bundle)
    page = new_page(browser)
    open_link(page, verifier, link_digits(of_small_issuer("completion-urdu")))
    article = page.locator("article.certificate")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ur", "rtl")
    assert page.locator("h1").inner_text() == "سندِ تکمیل"
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.locator("aside > p > a.button").inner_text() == "Check this certificate"
    page.click("nav button[lang=ur]")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("aside > p > a.button").inner_text() == "اس سند کو جانچیں"
    page.reload()
    page.wait_for_selector("article.certificate")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_another_link_in_the_same_page_takes_the_place_of_the_first(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    verifier = publish_small_issuer(site, bundle)
    page = new_page(browser)
    open_link(page, verifier, link_digits(of_small_issuer("completion")))
    page.evaluate(f"location.hash = '{link_digits(credential_document())}'")
    page.get_by_text("Home Baking", exact=True).wait_for()
    assert page.locator("article.certificate").count() == 1
    page.evaluate("location.hash = ''")
    page.get_by_text("There is no certificate in this address.").wait_for()
    assert page.locator("article.certificate").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("language", "home"), [("en", "../"), ("ur", "../ur/")])
def test_without_a_certificate_it_leads_to_the_verifier_and_home(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], language: str, home: str, width: int
) -> None:
    verifier = publish_small_issuer(site, bundle)
    page = new_page(browser, locale=language)
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{verifier.removesuffix('v/')}c/")
    page.wait_for_selector("main.message a.button")
    links = [link.get_attribute("href") for link in page.locator("main.message a").all()]
    assert links == ["../v/#", home]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click("a.button")
    page.wait_for_selector("#asnad-verifier main")


def test_a_demonstration_says_so(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    verifier = publish_small_issuer(site, bundle, replace(KEYS, demonstration=True))
    page = new_page(browser)
    open_link(page, verifier, link_digits(credential_document()))
    assert page.locator(".demonstration").inner_text() == "Demonstration – not a real certificate"


def test_nothing_of_the_certificate_is_sent(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], link: Case
) -> None:
    page = new_page(browser, link.at)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_link(page, publish(site, link, bundle), link.digits)
    assert all(url.startswith(site.address) for url in asked)
    assert not any((link.digits or "")[:20] in path or "?" in path for path in site.asked)


def test_policy_allows_no_script_but_the_site_s_own(
    browser: Any, site: StaticSite, bundle: dict[str, bytes], link: Case
) -> None:
    page = new_page(browser, link.at)
    open_link(page, publish(site, link, bundle), link.digits)
    assert page.locator("head > *").first.get_attribute("http-equiv") == "Content-Security-Policy"
    attempt = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch { return 'refused' } }"
    assert page.evaluate(attempt) == "refused"
    sent = page.evaluate("async () => fetch('https://elsewhere.example/').then(() => 'sent', () => 'refused')")
    assert sent == "refused"
