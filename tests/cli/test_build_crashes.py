"""A build that is killed or runs out of room leaves the old site or the new one, and the next build is whole."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "desk"))
from faulty_disk import Ended, Fault, Moment, run_with_fault
from small_centre import RUN, with_register

from asnad.cli.build import build_site
from asnad.desk.issue_run import issue_run
from example_centre import ExampleCentre, found_example_centre

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the faulty disk needs a forked child")

KILL_POINTS = 10
"""Spread over the writing of pages; each of the last changes, in which the site takes its place, comes besides."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    # The real clock verifies what is drawn, so what is issued must not lie ahead of it.
    founded = with_register(found_example_centre(tmp_path_factory.mktemp("built")))
    issue_run(founded.workplace(), RUN, lambda _done, _of: None)
    return founded


def whole(site: Path) -> dict[str, bytes] | None:
    if not site.exists():
        return None
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def built(centre: ExampleCentre, place: Path, fault: Fault | None) -> Ended:
    return run_with_fault(lambda: build_site(centre.folder, place / "site"), (place,), fault, place.parent / "notes")


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def test_killed_at_any_moment_the_old_site_or_the_new_one_is_there_and_the_next_build_is_whole(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    counted = built(centre, place, None)
    assert not counted.killed
    assert counted.trace is None
    wanted, changes = whole(place / "site"), len(counted.names)
    assert wanted
    assert len(wanted) > 150
    again = len(built(centre, place, None).names)
    points = [again * number // KILL_POINTS for number in range(1, KILL_POINTS)]
    points += range(again - 3, again + 1)
    assert changes > 200
    for number in points:
        ended = built(centre, place, Fault(number, Moment.BEFORE))
        assert ended.killed, number
        sites = [whole(place / name) for name in ("site", "site.old")]
        assert wanted in sites, number
    assert not built(centre, place, None).killed
    assert whole(place / "site") == wanted
    assert sorted(path.name for path in place.iterdir()) == ["site"]


def test_a_full_disk_is_told_and_the_old_site_stays(
    centre: ExampleCentre, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    changes = len(built(centre, place, None).names)
    before = whole(place / "site")
    for number in (1, changes // 2):
        ended = built(centre, place, Fault(number, Moment.REFUSED))
        assert ended.trace is None
        assert ended.message is not None
        # MkDocs writes what a plugin says to the error stream by itself.
        assert os.strerror(errno.ENOSPC) in ended.message + capfd.readouterr().err
        assert whole(place / "site") == before
