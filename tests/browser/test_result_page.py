"""The page of a result: whose it is and what to do at first sight, every signed text as text, and what can be done."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from asnad.carriers.payload import PayloadFormat, dictionary_prefix
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.strict_json import JSONObject
from asnad.site.verifier_page import PinnedIssuer
from browser.conftest import Case, publish, publish_pages, read_case
from browser.outcome_cases import OUTCOME_CASES
from browser.static_site import StaticSite
from browser.test_catalogue_for_everyone import BEYOND_THE_EDGE
from small_issuer import DICTIONARY, DID, KEYS, ROOT, credential_document, digits, published, signed

pytestmark = [pytest.mark.browser, pytest.mark.node]

PHONE = {"width": 360, "height": 740}
GENUINE = ("revoked", "replaced", "not-yet-valid", "expired", "valid-status-unknown", "valid-status-stale")
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
CLIPBOARD = """globalThis.copied = [];
const writeText = async (text) => { globalThis.copied.push(text); };
Object.defineProperty(navigator, 'clipboard', {value: {writeText}});"""
FULL = "for (let at = 0; at < 200; at += 1) localStorage.setItem(`asnad-kept urn:uuid:${at}`, '{}');"
REFUSING = """const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (name, text) {
  if (name.startsWith('asnad-kept')) throw new DOMException('full', 'QuotaExceededError');
  set.call(this, name, text);
};"""
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('asnad-kept'))"


def new_page(browser: Any, at: str, *, script: str = "", **options: Any) -> Any:
    context = browser.new_context(service_workers="block", viewport=PHONE, **({"locale": "en-GB"} | options))
    page = context.new_page()
    page.clock.set_fixed_time(at)
    page.add_init_script(script)
    return page


def give(page: Any, address: str, case: Case) -> Any:
    """Let the page judge a case, and wait until all has been drawn."""
    if case.digits is not None:
        page.goto(f"{address}#{case.digits}")
    else:
        page.goto(address)
        file = {"name": "c.json", "mimeType": "application/json", "buffer": case.document}
        page.set_input_files("#file", file)
    page.wait_for_selector(".after-verdict")
    return page


@dataclass
class Opened:
    """A page with the result of one case."""

    page: Any
    site: StaticSite
    address: str


def open_case(browser: Any, site: StaticSite, bundle: dict[str, bytes], name: str, **options: Any) -> Opened:
    case = read_case(name)
    address = publish(site, case, bundle)
    return Opened(give(new_page(browser, case.at, **options), address, case), site, address)


def open_small(browser: Any, site: StaticSite, bundle: dict[str, bytes], document: JSONObject, **options: Any) -> Any:
    """Open the link of a certificate of the small issuer."""
    keys: KeysFile = KEYS
    files = published(keys) | {f"d/{dictionary_prefix(DICTIONARY).hex()}.bin": DICTIONARY}
    site.files.update(files)
    issuer = PinnedIssuer(DID, (encode_public_key(ROOT.public_key),))
    address = publish_pages(site, (issuer,), files, bundle)
    page = new_page(browser, "2026-06-03T12:00:00Z", **options)
    page.goto(f"{address}#{digits(signed(document), PayloadFormat.LINK)}")
    page.wait_for_selector(".after-verdict")
    return page


def bottom(page: Any, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    return float(box["y"] + box["height"])


# What is seen first


def test_a_phone_shows_address_outcome_what_to_do_and_whose_it_is_without_scrolling(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link").page
    holder = page.locator(".holder").inner_text()
    for text in ("Ayesha Khan", "عائشہ خان", "Food Safety for Small Kitchens", "Chenab Skills", "19 November 2026"):
        assert text in holder
    assert bottom(page, ".holder") <= PHONE["height"]
    tops = [page.locator(part).bounding_box()["y"] for part in (".address", "h1", ".act", ".holder")]
    assert tops == sorted(tops)


@dataclass
class Look:
    """What was seen of every outcome in one language, on a phone."""

    outcomes: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    """Where what to do is not seen without scrolling."""
    beyond: list[str] = field(default_factory=list)
    """What can only be seen by scrolling sideways."""
    barriers: list[str] = field(default_factory=list)
    """What axe-core finds, light and dark."""


@pytest.fixture(scope="module", params=["en", "ur"])
def look(request: pytest.FixtureRequest, chromium: Any, bundle: dict[str, bytes]) -> Look:
    axe, seen, site = Axe(), Look(), StaticSite()
    site.start()
    for outcome, name in OUTCOME_CASES.items():
        case = read_case(name)
        page = new_page(chromium, case.at, locale=request.param, bypass_csp=True)
        give(page, publish(site, case, bundle, f"{name}/"), case)
        seen.outcomes.append(page.locator("article").first.get_attribute("data-outcome"))
        seen.below += [outcome] if bottom(page, ".act") > PHONE["height"] else []
        page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
        seen.beyond += page.evaluate(BEYOND_THE_EDGE)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = axe.run(page).response["violations"]
            seen.barriers += [f"{outcome} {scheme}: {one['id']} {one['nodes'][0]['html']}" for one in violations]
        page.context.close()
    site.stop()
    return seen


def test_every_outcome_says_what_to_do_on_the_first_screen_of_a_phone(look: Look) -> None:
    assert look.outcomes == list(OUTCOME_CASES)
    assert look.below == []


def test_no_outcome_must_be_scrolled_sideways(look: Look) -> None:
    assert look.beyond == []


def test_no_outcome_has_a_barrier_that_axe_finds(look: Look) -> None:
    assert look.barriers == []


def test_where_nothing_was_learnt_what_to_do_says_that_it_proves_nothing(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "code-cut-in-signature").page
    first = page.locator(".outcome > p").first.inner_text()
    assert "Until it has been checked, it proves nothing." in first
    assert "false" not in first


@pytest.mark.parametrize("name", ["name-altered", "issuer-not-trusted", "code-cut-in-signature"])
def test_without_a_genuine_certificate_there_is_nothing_of_it_and_nothing_to_do_with_it(
    name: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, name).page
    assert page.locator(".holder, .facts, .actions").count() == 0


# What the certificate says


def test_paragraphs_and_lists_of_the_criteria_are_kept(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link").page
    criteria = page.locator("dl > div", has=page.get_by_text("How it was earned"))
    assert criteria.locator("li").all_inner_texts() == [
        "keep cold and hot chains and write them down",
        "separate allergens",
        "clean a kitchen by a plan.",
    ]
    assert criteria.locator("p").first.inner_text() == "The learner can"


def test_hostile_texts_are_text(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    hostile = "<img src=x onerror=document.title='owned'></p><script>document.title='owned'</script>{name}$&\u200b"
    document: Any = credential_document()
    subject = document["credentialSubject"]
    document["name"] = subject["name"] = subject["licenseNumber"] = hostile
    for identity in subject["identifier"]:
        identity["identityHash"] = hostile
    subject["achievement"] |= {"name": hostile, "description": f"- {hostile}\n\n{hostile}", "humanCode": hostile}
    subject["achievement"]["alignment"][0] |= {"targetName": hostile, "targetType": "constructor"}
    document["issuer"]["name"] = document["evidence"][0]["name"] = hostile
    page = open_small(browser, site, bundle, document)
    written = hostile.replace("\u200b", "⟨U+200B⟩")
    assert page.locator(".holder .name").first.inner_text() == written
    assert page.locator(".facts").locator("bdi", has_text=written).count() >= 9
    page.get_by_role("button", name="Keep on this device").click()
    page.get_by_role("button", name="See what is kept on this device").click()
    assert page.locator(".kept .name").inner_text() == written
    assert page.locator("main img, main script").count() == 0
    assert page.title() != "owned"


def test_a_name_of_urdu_letters_runs_from_right_to_left_on_a_page_that_does_not(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link").page
    latin, native = (page.locator(".holder .name bdi").nth(at) for at in (0, 1))
    size = "(name) => parseFloat(getComputedStyle(name).fontSize)"
    assert native.evaluate("(name) => getComputedStyle(name).direction") == "rtl"
    assert native.evaluate(size) > latin.evaluate(size) > 20


# The parts that come later


def test_the_verdict_stands_where_the_rest_of_the_page_cannot_be_had_and_the_reader_can_ask_again(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("link")
    address = publish(site, case, bundle)
    tools = site.files.pop("v/tools.js")
    page = new_page(browser, case.at)
    page.goto(f"{address}#{case.digits}")
    page.wait_for_selector("[data-outcome=valid] .lacking")
    assert "Ayesha Khan" in page.locator(".holder").inner_text()
    site.files["v/tools.js"] = tools
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".after-verdict .facts")
    assert page.locator(".lacking").count() == 0


def test_another_language_draws_all_of_it_once(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "link").page
    for tag in ("ur", "en", "ur"):
        page.click(f"nav button[lang={tag}]")
    page.get_by_role("button", name="اس آلے پر رکھیے").wait_for()
    assert page.locator(".after-verdict").count() == 1


@pytest.mark.parametrize("answer", ["false", "true"])
def test_a_browser_that_disagrees_about_a_signature_makes_a_fault_and_no_outcome(
    answer: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("link" if answer == "false" else "name-altered")
    address = publish(site, case, bundle)
    page = new_page(browser, case.at, script=f"SubtleCrypto.prototype.verify = async () => {answer};")
    page.goto(address)
    page.wait_for_selector("#paste")
    page.fill("#paste", case.digits or case.document.decode())
    page.click(".start button:has-text('Check')")
    assert page.locator(".fault").inner_text().startswith("This page met a fault of its own")
    assert page.locator("[data-outcome], .holder").count() == 0


# What can be done


def test_a_click_prints_and_the_paper_has_the_checks_and_no_buttons(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    script = "globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; };"
    page = open_case(browser, site, bundle, "link", script=script).page
    page.get_by_role("button", name="Print this result").click()
    assert page.evaluate("globalThis.printed") == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".checks").is_visible()
    assert page.get_by_text("A printout proves nothing.").is_visible()
    assert not page.locator("button").filter(visible=True).count()


def test_a_link_s_file_is_the_issued_one_byte_by_byte(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "link").page
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the certificate as a file").click()
    # The generator of the cases wrote the link and this file from one credential.
    assert Path(waiting.value.path()).read_bytes() == read_case("micro-credential").document
    assert waiting.value.suggested_filename == "CSC-FS-12-017.json"
    assert "Wallets for Open Badges can take it in." in page.locator(".actions").inner_text()


def test_a_code_s_file_lacks_the_second_proof_and_the_page_says_so(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "code-micro-credential").page
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the certificate as a file").click()
    saved = json.loads(Path(waiting.value.path()).read_bytes())
    assert [proof["cryptosuite"] for proof in saved["proof"]] == ["eddsa-jcs-2022"]
    assert "leaves out the second signature" in page.locator(".actions").inner_text()


def test_the_link_is_copied_after_the_warning(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "link", script=CLIPBOARD).page
    page.get_by_text("Copy the link").click()
    part = page.locator("details[open]")
    warning = "This link contains the whole certificate: name, grade, dates. Whoever has it can read it."
    assert part.inner_text().index(warning) < part.inner_text().index("Link to this certificate")
    part.get_by_role("button").click()
    part.get_by_text("Copied.").wait_for()
    assert page.evaluate("globalThis.copied") == [f"https://skills.example/v/#{read_case('link').digits}"]


def test_without_a_clipboard_the_link_is_selected(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "link", script=NO_CLIPBOARD).page
    page.get_by_text("Copy the link").click()
    page.locator("details[open]").get_by_role("button").click()
    page.get_by_text("The text is selected: copy it yourself.").wait_for()
    selected = "(() => { const {value, selectionStart: from, selectionEnd: to} = document.activeElement; "
    selected += "return value.slice(from, to); })()"
    assert page.evaluate(selected) == f"https://skills.example/v/#{read_case('link').digits}"


def test_a_reload_keeps_the_certificate_and_its_link(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    opened = open_case(browser, site, bundle, "link")
    page = opened.page
    assert page.url == opened.address
    page.reload()
    page.wait_for_selector("[data-outcome=valid] .after-verdict")
    page.get_by_text("Copy the link").click()
    link = page.get_by_label("Link to this certificate", exact=True).input_value()
    assert link == f"https://skills.example/v/#{read_case('link').digits}"


def test_a_file_has_no_link_and_the_page_says_where_one_is(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "micro-credential").page
    page.get_by_text("Copy the link").click()
    assert "Use the link that the centre gave" in page.locator("details[open]").inner_text()


def test_linkedin_s_form_is_filled_in_and_opened_by_a_click_alone(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link").page
    page.get_by_text("Add to LinkedIn").click()
    part = page.locator("details[open]")
    form = part.get_by_role("link", name="Open LinkedIn’s form")
    address = urlsplit(form.get_attribute("href"))
    assert (address.scheme, address.netloc, address.path) == ("https", "www.linkedin.com", "/profile/add")
    link = f"https://skills.example/v/#{read_case('link').digits}"
    assert {name: value for name, (value,) in parse_qs(address.query).items()} == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Food Safety for Small Kitchens",
        "organizationName": "Chenab Skills Centre",
        "issueYear": "2026",
        "issueMonth": "11",
        "certUrl": link,
        "certId": "CSC-FS/12/017",
    }
    assert form.get_attribute("rel") == "noopener noreferrer"
    said = part.inner_text()
    assert "for the learner alone" in said
    assert "contains the whole certificate" in said
    fields = [field.input_value() for field in part.locator("input").all()]
    names = ["Food Safety for Small Kitchens", "Chenab Skills Centre", "November 2026", "CSC-FS/12/017", link]
    assert fields == names


def test_a_demonstration_is_added_to_nobody_s_profile(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "demonstration").page
    page.get_by_text("Add to LinkedIn").click()
    assert "A demonstration belongs in nobody’s profile" in page.locator("details[open]").inner_text()
    assert page.locator("a[href*=linkedin]").count() == 0


@pytest.mark.parametrize("outcome", GENUINE)
def test_what_is_not_to_be_accepted_is_not_passed_on(
    outcome: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, OUTCOME_CASES[outcome]).page
    assert page.locator(".share, a[href*=linkedin]").count() == 0
    buttons = page.locator(".actions button").all_inner_texts()
    only_printed = outcome in ("revoked", "replaced")
    more = [] if only_printed else ["Save the certificate as a file", "Keep on this device"]
    assert buttons == ["Print this result", *more]


# What is kept on this device


def test_what_is_kept_is_the_certificate_and_each_opening_judges_it_anew(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    opened = open_case(browser, site, bundle, "link")
    page, before = opened.page, len(site.asked)
    page.get_by_role("button", name="Keep on this device").click()
    page.get_by_text("It is kept on this device.").wait_for()
    assert len(site.asked) == before
    ((_, kept),) = page.evaluate(KEPT)
    assert json.loads(kept).keys() == {"at", "name", "course", "serial", "digits"}
    del site.files["status/1.json"]
    page.goto(opened.address)
    page.get_by_role("button", name="Kept on this device").click()
    item = page.locator(".kept li")
    assert "Ayesha Khan" in item.inner_text()
    assert "1 December 2026" in item.inner_text()
    assert "If others use it too, delete them." in page.locator(".kept").inner_text()
    item.get_by_role("button", name="Check it again").click()
    page.wait_for_selector("[data-outcome=valid-status-unknown]")


def test_a_kept_file_is_the_issued_one(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    page = open_case(browser, site, bundle, "micro-credential").page
    page.get_by_role("button", name="Keep on this device").click()
    page.get_by_role("button", name="See what is kept on this device").click()
    page.get_by_role("button", name="Check it again").click()
    page.wait_for_selector("[data-outcome=valid] .after-verdict")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the certificate as a file").click()
    assert Path(waiting.value.path()).read_bytes() == read_case("micro-credential").document


def test_kept_certificates_are_deleted_one_by_one_and_all_after_a_second_press(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link").page
    page.get_by_role("button", name="Keep on this device").click()
    page.evaluate("""() => {
      const [[name, text]] = Object.entries(localStorage).filter(([name]) => name.startsWith('asnad-kept'));
      localStorage.setItem('asnad-kept urn:uuid:second', text);
      localStorage.setItem('asnad-kept urn:uuid:third', text);
      localStorage.setItem('asnad-kept urn:uuid:broken', 'no JSON');
    }""")
    page.get_by_role("button", name="See what is kept on this device").click()
    assert page.locator(".kept li").count() == 3
    page.get_by_role("button", name="Delete:").first.click()
    assert page.locator(".kept li").count() == 2
    page.get_by_role("button", name="Delete all").click()
    assert page.locator(".kept li").count() == 2
    page.get_by_role("button", name="Yes, delete all 2").click()
    page.get_by_text("Nothing is kept on this device.").wait_for()
    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [(REFUSING, "This browser keeps nothing for the page"), (FULL, "200 certificates are kept here already.")],
)
def test_a_browser_that_refuses_and_a_full_list_are_said(
    script: str, said: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link", script=script).page
    page.get_by_role("button", name="Keep on this device").click()
    page.locator(".keeping").get_by_text(said).wait_for()
    assert page.get_by_role("button", name="Keep on this device").count() == 1


# Without a mouse


def test_every_action_is_reached_and_used_by_the_keyboard(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    page = open_case(browser, site, bundle, "link", script=NO_CLIPBOARD).page
    assert page.evaluate("document.activeElement.tagName") == "H1"
    met: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent"))
        if met[-1] in ("Copy the link", "Keep on this device", "What was checked"):
            page.keyboard.press("Enter")
        if met[-1] == "Check another certificate":
            break
    wanted = ["What was checked", "Print this result", "Save the certificate as a file", "Keep on this device"]
    wanted += ["Copy the link", "Add to LinkedIn", "Check another certificate"]
    assert [text for text in met if text in wanted] == wanted
    assert page.locator("details[open]").count() == 2
    assert page.get_by_text("It is kept on this device.").is_visible()


# The page that draws a certificate from its link


def open_drawn(page: Any, address: str, case: Case) -> None:
    page.goto(f"{address.removesuffix('v/')}c/#{case.digits}")
    page.wait_for_selector("article.certificate")


def test_a_drawn_certificate_is_passed_on_by_its_own_link(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("link")
    page = new_page(browser, case.at, script=CLIPBOARD)
    open_drawn(page, publish(site, case, bundle), case)
    page.get_by_text("Copy the link").click()
    page.locator("details[open]").get_by_role("button").click()
    page.get_by_text("Copied.").wait_for()
    link = f"https://skills.example/c/#{case.digits}"
    assert page.evaluate("globalThis.copied") == [link]
    page.get_by_text("Add to LinkedIn").click()
    form = page.get_by_role("link", name="Open LinkedIn’s form").get_attribute("href")
    assert parse_qs(urlsplit(form).query)["certUrl"] == [link]
    page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    assert page.evaluate(BEYOND_THE_EDGE) == []


def test_a_drawn_certificate_that_was_withdrawn_is_not_passed_on(
    browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case("code-revoked")
    page = new_page(browser, case.at)
    open_drawn(page, publish(site, case, bundle), case)
    assert page.get_by_role("button", name="Print").count() == 1
    assert page.locator(".share").count() == 0


def test_inside_another_page_no_certificate_is_drawn(browser: Any, site: StaticSite, bundle: dict[str, bytes]) -> None:
    case = read_case("link")
    drawn = publish(site, case, bundle).removesuffix("v/") + f"c/#{case.digits}"
    site.files["framing.html"] = f"<iframe width=800 height=800 src='{drawn}'></iframe>".encode()
    page = new_page(browser, case.at)
    page.goto(f"{site.address}framing.html")
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Open it by itself").wait_for()
    assert frame.locator("article.certificate").count() == 0
    assert "/asnad/keys.json" not in site.asked
    assert "Ayesha" not in frame.locator("body").inner_text()
