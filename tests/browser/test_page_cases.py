"""The shared case table through the built page: the browser says what was written by hand."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from browser.conftest import CASES, MESSAGES, publish, read_case
from browser.static_site import StaticSite

pytestmark = [pytest.mark.browser, pytest.mark.node]

REASONS = json.loads((MESSAGES / "en.json").read_bytes())["verifier"]["reason"]
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.json"))


@pytest.mark.parametrize("name", NAMES)
def test_page_says_what_was_written_by_hand(
    name: str, browser: Any, site: StaticSite, bundle: dict[str, bytes]
) -> None:
    case = read_case(name)
    address = publish(site, case, bundle)
    context = browser.new_context(service_workers="block", locale="en-GB")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.set_fixed_time(case.at)
    for did, versions in case.given.get("seen", {}).items():
        page.add_init_script(
            f"localStorage.setItem({json.dumps(f'asnad-seen {did}')}, {json.dumps(json.dumps(versions))})"
        )

    if case.digits is None:
        page.goto(address)
        page.set_input_files(
            "#file", {"name": "credential.json", "mimeType": "application/json", "buffer": case.document}
        )
    else:
        page.goto(f"{address}#{quote(case.digits)}")
    result = page.wait_for_selector("[data-outcome]")
    failed = {
        row.get_attribute("data-check"): row.locator("p").text_content()
        for row in page.locator("[data-result=failed]").all()
    }
    assert result.get_attribute("data-outcome") == case.expected["outcome"]
    assert failed == {check: REASONS[reason] for check, reason in case.expected["failed"].items()}
    assert page.locator("[data-outcome]").count() == 1
    assert faults == []
    context.close()
