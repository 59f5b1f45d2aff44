"""What tests of several areas share."""

from __future__ import annotations

from pathlib import Path

import pytest

from example_centre import ExampleCentre, found_example_centre, issue_example_runs


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
