"""What tests of several areas share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from chromium import find_chromium
from example_centre import ExampleCentre, found_example_centre, issue_example_runs

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the one Chromium of all tests; Playwright can be started only once at a time."""
    program = find_chromium()
    if program is None:
        reason = "NO BROWSER: install Chromium, or name its program in CHROMIUM"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"{reason}; REQUIRE_BROWSER=1 makes that a failure")
        # A machine without a browser runs all the rest, and says so loudly; CI sets REQUIRE_BROWSER.
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root, as whom containers run.
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *QUIET])
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """Give the Chromium for one test; pages that were left open would take the machine's time from all later ones."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="session")
def issued_centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """
    Give the example centre with its three runs issued; nobody changes it.

    A test that changes something takes ``changeable_centre``.
    """
    centre = found_example_centre(tmp_path_factory.mktemp("issued"))
    issue_example_runs(centre)
    return centre


@pytest.fixture
def changeable_centre(issued_centre: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    """Give a copy of the issued centre that the test may change."""
    return issued_centre.copy(tmp_path / "copy")
