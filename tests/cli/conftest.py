"""Centres of the present day, as the command line has the real clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import issued_small_centre

from example_centre import ExampleCentre


@pytest.fixture(scope="session")
def small_centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give a centre with two certificates; nobody changes it."""
    return issued_small_centre(tmp_path_factory.mktemp("small"))


@pytest.fixture
def own_centre(small_centre: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    """Give a copy of it that the test may change."""
    return small_centre.copy(tmp_path / "own")
