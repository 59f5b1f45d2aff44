"""What tests of several areas share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from chromium import find_chromium
from example_centre import ExampleCentre, found_example_centre, issue_example_runs
from trusting_centre import TrustingCentre, trusting_centres
from wanted_browser import without_browser

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the one Chromium of all tests; Playwright can be started only once at a time."""
    program = find_chromium()
    if program is None:
        without_browser("NO BROWSER: install Chromium, or name its program in CHROMIUM")
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


@pytest.fixture(scope="session")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> TrustingCentre:
    """Give two centres of which the one trusts the other; nobody changes them."""
    return trusting_centres(tmp_path_factory.mktemp("trusting"))
