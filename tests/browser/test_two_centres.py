"""Two centres' certificates in one page: each is judged by its own keys and lists, and the page says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from asnad.issuers.keys_file import Role
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.eddsa_jcs_2022 import create_proof
from asnad.proofs.proof import ProofOptions, without
from asnad.proofs.strict_json import JSONObject, parse_object
from browser.static_site import StaticSite
from example_centre import ExampleCentre
from trusting_centre import OTHER_NAME, OTHER_PHONE, TrustingCentre

pytestmark = [pytest.mark.browser]

OWN_PHONE = "+92-61-0000000"
LIMIT = 65_536
KEPT = """async (paths) => {
  const held = await Promise.all(paths.map((path) => caches.match(new URL(path, location))));
  return held.every(Boolean);
}"""
"""Whether the device holds files."""


@pytest.fixture(scope="module")
def files(trusting: TrustingCentre) -> dict[str, bytes]:
    return trusting.site()


@pytest.fixture
def address(site: StaticSite, files: dict[str, bytes]) -> str:
    site.files.update(files)
    return f"{site.address}v/"


def opened(browser: Any, at: int, *, locale: str = "en-GB", workers: str = "block") -> Any:
    page = browser.new_context(service_workers=workers, locale=locale).new_page()
    page.clock.set_fixed_time(datetime.fromtimestamp(at + 60, UTC))
    return page


def code_of(centre: ExampleCentre) -> str:
    return next(iter(centre.digits().values()))[0]


def certificate_of(centre: ExampleCentre) -> JSONObject:
    return parse_object(next(iter(centre.credentials().values())), limit=LIMIT)


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


@pytest.mark.parametrize(
    ("locale", "said", "heading"),
    [
        ("en-GB", "as its issuer: another centre, trusted here since 1 November 2026", "Valid"),
        ("ur-PK", "یہ ایک اور مرکز ہے، جس پر یہاں 1 نومبر 2026 سے اعتماد کیا جاتا ہے", "درست"),
    ],
)
def test_both_centres_codes_are_valid_in_one_page_and_it_says_whose_they_are(
    browser: Any, address: str, trusting: TrustingCentre, site: StaticSite, locale: str, said: str, heading: str
) -> None:
    page = opened(browser, trusting.at, locale=locale)
    page.goto(f"{address}#{code_of(trusting.centre)}")
    assert outcome(page) == "valid"
    assert page.locator(".other-issuer").count() == 0
    assert OWN_PHONE in page.inner_text(".address")
    # What comes with the tools, after the verdict, may tell how old the others' lists are.
    tools = next((at for at, path in enumerate(site.asked) if path.endswith("/tools.js")), len(site.asked))
    needed = [path for path in site.asked[:tools] if "trusted/" in path]
    assert needed == [], "the verdict on the centre's own certificate needs nothing of others"
    own_address = page.inner_text(".address p >> nth=0")

    page.goto(f"{address}#{code_of(trusting.other)}")
    page.wait_for_selector(".other-issuer")
    assert outcome(page) == "valid"
    assert page.inner_text("h1").strip() == heading
    line = page.inner_text(".other-issuer")
    assert OTHER_NAME in line
    assert said in line
    contact = page.inner_text(".address .contact")
    assert OTHER_PHONE in contact
    assert OWN_PHONE not in page.inner_text("main")
    assert page.inner_text(".address p >> nth=0") != own_address

    page.goto(f"{address}#{code_of(trusting.centre)}")
    page.wait_for_selector(".other-issuer", state="detached")
    assert outcome(page) == "valid"
    assert OTHER_PHONE not in page.inner_text("main")


def test_the_start_screen_lists_whom_the_page_trusts(browser: Any, address: str, trusting: TrustingCentre) -> None:
    page = opened(browser, trusting.at)
    page.goto(address)
    page.get_by_text("Other issuers that this page knows").click()
    (entry,) = page.locator(".trusted li").all()
    did = trusting.other.catalogue.centre.did
    for text in (OTHER_NAME, did, "since 1 November 2026", trusting.trusted.record.source):
        assert text in entry.inner_text()


def test_a_host_that_is_not_on_the_list_is_never_valid_and_never_asked(
    browser: Any, address: str, trusting: TrustingCentre, issued_centre: ExampleCentre, site: StaticSite
) -> None:
    page = opened(browser, trusting.at)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # Its own dictionary and keys lie on this very host, where a pack would have brought them, but nobody pinned it.
    for path, data in issued_centre.folder.public_files().items():
        site.files[f"trusted/{path}"] = data
        if path.startswith("d/"):
            site.files[path] = data
    verifier = issued_centre.catalogue.centre.verifier
    page.goto(f"{address}#{code_of(issued_centre)}")
    assert outcome(page) == "unknown-issuer"
    assert page.locator(".other-issuer").count() == 0
    assert OWN_PHONE in page.inner_text(".address")
    # A reload would keep the certificate, so another page.
    page = opened(browser, trusting.at)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.fill("#paste", f"{verifier}#{next(iter(issued_centre.digits().values()))[1]}")
    page.locator("#paste ~ button").first.click()
    assert outcome(page) == "unknown-issuer"
    assert all(url.startswith(site.address) for url in asked)


def test_one_centre_cannot_sign_for_the_other(browser: Any, address: str, trusting: TrustingCentre) -> None:
    for signing, named in ((trusting.centre, trusting.other), (trusting.other, trusting.centre)):
        work = signing.workplace(trusting.at)
        signer = work.signer(work.record(), Role.ISSUING)
        issued = certificate_of(named)
        proofs = issued["proof"]
        assert isinstance(proofs, list)
        proof = proofs[1]
        assert isinstance(proof, dict)
        for key_id in (signer.key_id, str(proof["verificationMethod"])):
            options = ProofOptions(created=str(proof["created"]), verification_method=key_id)
            document = without(issued, "proof")
            forged = document | {"proof": [create_proof(document, options, signer)]}
            page = opened(browser, trusting.at)
            page.goto(address)
            page.fill("#paste", canonical_json(forged).decode())
            page.locator("#paste ~ button").first.click()
            assert outcome(page) == "invalid"
            assert page.locator(".facts dt").count() == 0 or "Rashida" not in page.inner_text("main")
            other_named = named is trusting.other
            assert page.locator(".other-issuer").count() == int(other_named)
            assert (OTHER_PHONE if other_named else OWN_PHONE) in page.inner_text(".address .contact")
            page.close()


def test_where_the_others_files_cannot_be_had_nobody_rings_this_centre_about_them(
    browser: Any, address: str, trusting: TrustingCentre, site: StaticSite
) -> None:
    del site.files[f"{trusting.trusted.folder}asnad/keys.json"]
    page = opened(browser, trusting.at)
    page.goto(f"{address}#{code_of(trusting.other)}")
    assert outcome(page) == "cannot-check"
    assert OTHER_NAME in page.inner_text(".other-issuer")
    assert OWN_PHONE not in page.inner_text("main")


def test_lists_of_the_other_run_out_like_the_centres_own(browser: Any, address: str, trusting: TrustingCentre) -> None:
    page = opened(browser, trusting.at + int(timedelta(days=40).total_seconds()))
    page.goto(f"{address}#{code_of(trusting.other)}")
    assert outcome(page) == "valid-status-stale"
    assert OTHER_NAME in page.inner_text(".other-issuer")


def test_without_a_connection_both_are_judged_by_what_the_device_holds(
    browser: Any, address: str, trusting: TrustingCentre, site: StaticSite
) -> None:
    page = opened(browser, trusting.at, workers="allow")
    page.goto(address)
    page.get_by_text("without a connection").wait_for()
    assert page.evaluate(KEPT, [f"../{path}" for path in trusting.trusted.site_files()])
    site.stop()
    try:
        for centre in (trusting.other, trusting.centre):
            page.goto(f"{address}#{code_of(centre)}")
            page.reload()
            assert outcome(page) == "valid", page.inner_text("main")
    finally:
        site.start()


def test_the_page_in_one_file_judges_both(
    browser: Any, files: dict[str, bytes], trusting: TrustingCentre, tmp_path: Path
) -> None:
    path = tmp_path / "verifier.html"
    path.write_bytes(files["verifier.html"])
    page = opened(browser, trusting.at)
    for centre, other in ((trusting.other, 1), (trusting.centre, 0)):
        page.goto(f"{path.as_uri()}#{code_of(centre)}")
        page.reload()
        assert outcome(page) == "valid"
        assert page.locator(".other-issuer").count() == other
