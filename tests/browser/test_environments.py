"""The three places where the verifier is opened: a secure address, a plain name of the local network, and a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from browser.small_site import CODE, edition, put_up
from browser.static_site import StaticSite
from browser.test_offline import instant
from chromium import find_chromium
from small_issuer import DAY, LISTED

pytestmark = [pytest.mark.browser, pytest.mark.node]

NAME = "asnad.test"
AT = LISTED + DAY
WORDS = {"valid": ("Valid", "درست"), "revoked": ("Withdrawn", "منسوخ")}
WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def named(chromium: Any) -> Iterator[Any]:
    """Start a browser for which a name of the local network leads to this machine."""
    browser = chromium.browser_type.launch(
        executable_path=find_chromium(),
        args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
    )
    yield browser
    browser.close()


@dataclass
class Place:
    """A place where the verifier is opened, and whatever goes wrong there."""

    address: str
    context: Any
    faults: list[str] = field(default_factory=list)

    def opened(self, fragment: str = "") -> Any:
        page = self.context.new_page()
        page.clock.set_fixed_time(instant(AT))
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(self.address + fragment)
        page.wait_for_selector("header")
        return page


Opening = Callable[[str, dict[str, bytes]], Place]


@pytest.fixture
def opening(browser: Any, named: Any, site: StaticSite, bundle: dict[str, bytes], tmp_path: Path) -> Iterator[Opening]:
    """Put an edition up where it is asked for; at the end nothing may have gone wrong there."""
    places: list[Place] = []

    def open_place(kind: str, files: dict[str, bytes]) -> Place:
        address = put_up(site, bundle, files)
        if kind == "name":
            address = address.replace("127.0.0.1", NAME)
        if kind == "file":
            path = tmp_path / "a stick" / "verifier.html"
            path.parent.mkdir()
            path.write_bytes(site.files["verifier.html"])
            address = path.as_uri()
        context = (named if kind == "name" else browser).new_context(locale="en-GB", offline=kind == "file")
        context.add_init_script(WATCH)
        places.append(Place(address, context))
        return places[-1]

    yield open_place
    for place in places:
        for page in place.context.pages:
            assert page.evaluate("window.refused") == []
        place.context.close()
        assert place.faults == []


def judged(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


@pytest.mark.parametrize("outcome", ["valid", "revoked"])
@pytest.mark.parametrize("kind", ["secure", "name", "file"])
def test_a_link_is_judged_alike_in_every_place_and_in_the_reader_s_language(
    kind: str, outcome: str, opening: Opening
) -> None:
    place = opening(kind, edition(revoked=outcome == "revoked"))
    page = place.opened(f"#{CODE}")
    assert judged(page) == outcome
    english, urdu = WORDS[outcome]
    assert english in page.locator("h1").inner_text()
    page.locator(".freshness h2").wait_for()
    page.click("nav button[lang=ur]")
    assert urdu in page.locator("h1").inner_text()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".freshness").get_by_text("ایک فائل میں").wait_for()


@pytest.mark.parametrize(
    ("kind", "abilities"),
    [
        ("secure", {"subtle": True, "worker": True, "camera": True}),
        ("name", {"subtle": False, "worker": False, "camera": False}),
        ("file", {"subtle": True, "worker": False, "camera": True}),
    ],
)
def test_each_place_is_what_it_is_taken_for(kind: str, abilities: dict[str, bool], opening: Opening) -> None:
    page = opening(kind, edition()).opened()
    assert page.evaluate(
        """async () => ({
          subtle: crypto.subtle !== undefined,
          worker: location.protocol !== 'file:' && (await navigator.serviceWorker?.getRegistrations()) !== undefined,
          camera: navigator.mediaDevices !== undefined,
        })"""
    ) == abilities  # fmt: skip


def test_a_secure_page_judges_its_first_certificate_offline_after_one_visit(opening: Opening, site: StaticSite) -> None:
    place = opening("secure", edition())
    place.opened().get_by_text("without a connection").wait_for()
    site.stop()
    page = place.opened(f"#{CODE}")
    assert judged(page) == "valid"
    page.locator(".freshness").get_by_text("last answered").wait_for()
    # The browser itself complains of every file that the site no longer sends; nothing else may have gone wrong.
    place.faults[:] = [fault for fault in place.faults if "ERR_CONNECTION_REFUSED" not in fault]


def test_a_plain_name_says_that_it_keeps_nothing_and_still_updates(opening: Opening, site: StaticSite) -> None:
    page = opening("name", edition()).opened(f"#{CODE}")
    assert judged(page) == "valid"
    page.get_by_text("cannot be kept on this device").wait_for()
    site.files.update(edition(1))
    page.get_by_role("button", name="Update now").click()
    page.get_by_text("Newer lists came, signed on 3 June 2026.").wait_for()
    page.get_by_role("button", name="Update now").click()
    page.get_by_text("The site answered and has nothing newer.").wait_for()
