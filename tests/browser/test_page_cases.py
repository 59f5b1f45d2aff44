"""The shared case table through the built page: the browser says what was written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from browser.conftest import CASES, publish, read_case
from browser.shown_verdict import READ, expected, preparation, shown
from browser.static_site import StaticSite

pytestmark = [pytest.mark.browser, pytest.mark.node]

NAMES = sorted(path.parent.name for path in CASES.glob("*/case.json"))


@pytest.fixture(scope="module")
def site() -> Iterator[StaticSite]:
    """Give one host for all cases, each in its own folder."""
    served = StaticSite()
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """Give one page for all cases, for a new one takes longer than a verdict."""
    context = chromium.new_context(service_workers="block", locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def protocol(page: Any) -> Any:
    """Speak to the browser itself: scripts that run before those of a page can be taken away again only so."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    return session


@pytest.mark.parametrize("name", NAMES)
def test_page_says_what_was_written_by_hand(
    name: str, page: Any, protocol: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case(name)
    address = publish(site, case, bundle, f"{name}/")
    before = protocol.send("Page.addScriptToEvaluateOnNewDocument", {"source": preparation(case)})
    page.goto(address + ("" if case.digits is None else f"#{quote(case.digits)}"))
    protocol.send("Page.removeScriptToEvaluateOnNewDocument", before)
    if case.digits is None:
        page.set_input_files(
            "#file", {"name": "credential.json", "mimeType": "application/json", "buffer": case.document}
        )
    assert shown(page.wait_for_function(READ).json_value()) == expected(case)
