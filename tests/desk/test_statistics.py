"""Counting certificates: each once, and nothing of a run that has fewer than five."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import DepartmentId
from asnad.catalogue.course import CourseId, Credit, Level
from asnad.catalogue.run import RunId
from asnad.centre_folder import CentreFolder
from asnad.desk.ledger import Erased, Event, Issued, Lost, Renewed, Replaced, Withdrawn, without_names
from asnad.desk.since_backup import UNKNOWN
from asnad.desk.statistics import count_certificates
from asnad.issuers.statistics import SMALLEST, Cell, CreditBand, read_statistics, statistics_json
from example_centre import ROOT

DAY = date(2026, 11, 25)
DID = "did:web:skills.example"
EXAMPLE = CentreFolder(ROOT).catalogue()
COURSES = (
    ("a", "food", 4, "3"),
    ("b", "food", 5, "5"),
    ("c", "textiles", 4, "5.5"),
    ("d", "textiles", None, "10"),
    ("e", "officers", None, "10.5"),
    ("f", "officers", None, None),
)


def made_catalogue() -> Catalogue:
    """Make a catalogue of six courses with one run each, and the runs of two years."""
    course, run = EXAMPLE.courses[0], EXAMPLE.runs[0]
    return replace(
        EXAMPLE,
        courses=tuple(
            replace(
                course,
                id=CourseId(name),
                version=2,
                department=DepartmentId(department),
                levels=() if level is None else (Level(framework="EQF", level=level, basis="self-declared"),),
                credits=()
                if value is None
                else (Credit(scheme="ECTS", value=Decimal(value), hours_per_credit=28, basis="self-declared"),),
            )
            for name, department, level, value in COURSES
        ),
        runs=tuple(
            replace(run, id=RunId(name), course=CourseId(name), awarded=date(2024 + place % 2, 6, 1))
            for place, (name, *_) in enumerate(COURSES)
        ),
        versions=(),
    )


CATALOGUE = made_catalogue()
RUNS = tuple(name for name, *_ in COURSES)


def issued(run: str, number: int, successor: int = 1, *, version: int = 2, month: int = 6) -> Issued:
    suffix = "" if successor == 1 else f"-{successor}"
    return Issued(
        id=f"urn:{run}/{number}{suffix}",
        serial=f"{run}/{number}{suffix}",
        run=run,
        number=number,
        learner=f"learner {number}",
        name=f"Learner {number}",
        course=run,
        version=version,
        status_list=1,
        index=number,
        digest=f"{run}/{number}{suffix}",
        key="key",
        issued=f"2025-{month:02d}-10T00:00:00Z",
        published=False,
    )


def replaced(before: Issued, successor: str) -> Replaced:
    return Replaced(id=before.id, serial=before.serial, successor=successor, reason="", replaced="2025-07-01T00:00:00Z")


def withdrawn(issue: Issued) -> Withdrawn:
    return Withdrawn(id=issue.id, serial=issue.serial, reason="", note="", withdrawn="2025-07-01T00:00:00Z")


def corrected(run: str, number: int) -> list[Event]:
    first, second = issued(run, number), issued(run, number, 2)
    return [first, second, replaced(first, second.serial)]


def whole_run(run: str, number: int) -> list[Event]:
    return [issued(run, place + 1) for place in range(number)]


def published(sizes: Sequence[int]) -> bytes:
    """Count a ledger in which each run has so many."""
    events = [event for run, size in zip(RUNS, sizes, strict=False) for event in whole_run(run, size)]
    return statistics_json(DID, count_certificates(CATALOGUE, events, DAY))


SIZES = st.lists(st.integers(0, 12), min_size=len(RUNS), max_size=len(RUNS))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Event], dict[str, int]]:
    """Draw a ledger with corrections, renewals and withdrawals, and how many learners each run has."""
    events: list[Event] = []
    sizes = dict(zip(RUNS, draw(SIZES), strict=True))
    for run, size in sizes.items():
        for number in range(1, size + 1):
            held = issued(run, number)
            events.append(held)
            for successor in range(2, 2 + draw(st.integers(0, 2))):
                later = issued(run, number, successor, version=draw(st.integers(1, 3)))
                if draw(st.booleans()):
                    events += [later, replaced(held, draw(st.sampled_from([later.serial, UNKNOWN])))]
                else:
                    renewed = "2025-08-01T00:00:00Z"
                    line = Renewed(id=held.id, serial=held.serial, successor=later.serial, note="", renewed=renewed)
                    events += [later, line]
                held = later
            if draw(st.booleans()):
                events.append(withdrawn(held))
    return draw(st.permutations(events)), sizes


@given(ledgers())
def test_a_learner_of_a_run_counts_once_whatever_became_of_the_paper(drawn: tuple[list[Event], dict[str, int]]) -> None:
    events, sizes = drawn
    counted = count_certificates(CATALOGUE, events, DAY)
    assert {cell.of: cell.issued for cell in counted.runs} == {r: n for r, n in sizes.items() if n >= SMALLEST}


@given(ledgers())
def test_every_division_adds_up_to_the_total_and_no_cell_is_small(drawn: tuple[list[Event], dict[str, int]]) -> None:
    counted = count_certificates(CATALOGUE, drawn[0], DAY)
    for division in (counted.years, counted.departments, counted.levels, counted.credit_bands, counted.runs):
        assert sum(cell.issued for cell in division) == counted.issued
        assert all(cell.issued >= SMALLEST for cell in division)
    assert counted.withdrawn is None or counted.withdrawn == 0 or SMALLEST <= counted.withdrawn <= counted.issued
    assert read_statistics(statistics_json(DID, counted), DID) == counted


@given(ledgers(), st.data())
def test_what_is_published_is_the_same_whatever_the_small_runs_hold(
    drawn: tuple[list[Event], dict[str, int]], data: st.DataObject
) -> None:
    events, sizes = drawn
    large = [event for event in events if sizes[event.id.removeprefix("urn:").partition("/")[0]] >= SMALLEST]
    small = [run for run, size in sizes.items() if size < SMALLEST]
    other = [event for run in small for event in whole_run(run, data.draw(st.integers(0, SMALLEST - 1)))]
    counted = count_certificates(CATALOGUE, events, DAY)
    assert count_certificates(CATALOGUE, [*large, *other], DAY) == counted


def test_whoever_tries_every_ledger_cannot_tell_how_many_a_small_run_has() -> None:
    possible: dict[bytes, set[tuple[int, ...]]] = defaultdict(set)
    for sizes in itertools.product(range(8), repeat=3):
        possible[published(sizes)].add(sizes)
    assert len(possible) == 4**3  # Small, 5, 6, 7: the numbers of large runs are told.
    for told in possible.values():
        for place in range(3):
            held = {sizes[place] for sizes in told}
            assert len(held) == 1 or held == set(range(SMALLEST))


def test_whoever_keeps_every_earlier_state_learns_no_more_of_a_small_run() -> None:
    # Each run only grows; both states are seen. What a run had before it passed five stays unknown, too.
    states = list(itertools.product(range(7), repeat=2))
    files = {sizes: published(sizes) for sizes in states}
    possible: dict[tuple[bytes, bytes], set[tuple[tuple[int, ...], tuple[int, ...]]]] = defaultdict(set)
    for before, after in itertools.product(states, repeat=2):
        if all(a <= b for a, b in zip(before, after, strict=True)):
            possible[files[before], files[after]].add((before, after))
    small = range(SMALLEST)
    for told in possible.values():
        for place in range(2):
            held = {(before[place], after[place]) for before, after in told}
            ((was_small, is_small),) = {(before in small, after in small) for before, after in held}
            if is_small:
                assert held == {(before, after) for before in small for after in small if before <= after}
            elif was_small:
                assert {before for before, _ in held} == set(small)


def test_the_numbers_of_a_ledger_are_those_that_one_counts_by_hand() -> None:
    sizes = {"a": 5, "b": 6, "c": 7, "d": 8, "e": 9, "f": 10}
    events = [event for run, size in sizes.items() for event in whole_run(run, size)]
    counted = count_certificates(CATALOGUE, events, DAY)
    assert counted.as_of == DAY
    assert not counted.incomplete
    assert (counted.issued, counted.withdrawn) == (45, 0)
    assert counted.years == (Cell(2024, 5 + 7 + 9), Cell(2025, 6 + 8 + 10))
    assert counted.departments == (Cell("food", 11), Cell("officers", 19), Cell("textiles", 15))
    assert counted.levels == (Cell(4, 12), Cell(5, 6), Cell(None, 27))
    assert counted.credit_bands == (
        Cell(CreditBand.SMALL, 5 + 6),
        Cell(CreditBand.MIDDLE, 7 + 8),
        Cell(CreditBand.LARGE, 9),
        Cell(None, 10),
    )


def test_the_total_leaves_small_runs_out_even_where_there_are_many() -> None:
    events = [event for run in RUNS[1:] for event in whole_run(run, 4)]
    counted = count_certificates(CATALOGUE, [*whole_run("a", 5), *events], DAY)
    assert counted.issued == 5
    assert counted.runs == (Cell("a", 5),)
    assert count_certificates(CATALOGUE, events, DAY).issued == 0


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6)])
def test_withdrawals_are_told_where_there_are_none_or_five(number: int, told: int | None) -> None:
    events = whole_run("a", 8)
    ends = [withdrawn(event) for event in events[:number] if isinstance(event, Issued)]
    counted = count_certificates(CATALOGUE, [*events, *ends], DAY)
    assert (counted.issued, counted.withdrawn) == (8, told)


def test_withdrawals_of_small_runs_are_in_no_number() -> None:
    small = [issued("b", number) for number in range(1, 5)]
    counted = count_certificates(CATALOGUE, [*whole_run("a", 5), *small, *map(withdrawn, small)], DAY)
    assert counted.withdrawn == 0


def test_a_corrected_certificate_that_was_withdrawn_is_one_withdrawal_and_one_replaced_is_none() -> None:
    events: list[Event] = [event for number in range(1, 8) for event in corrected("a", number)]
    last = [withdrawn(issued("a", number, 2)) for number in range(1, 6)]
    counted = count_certificates(CATALOGUE, [*events, *last], DAY)
    assert (counted.issued, counted.withdrawn) == (7, 5)
    assert count_certificates(CATALOGUE, events, DAY).withdrawn == 0


def test_a_run_is_in_one_cell_though_its_course_got_another_version_meanwhile() -> None:
    course = CATALOGUE.courses[0]
    new = replace(course, version=3, levels=(Level(framework="EQF", level=6, basis="self-declared"),))
    catalogue = replace(CATALOGUE, courses=(new, *CATALOGUE.courses[1:]), versions=(course,))
    early = [issued("a", number, version=2, month=6) for number in range(1, 4)]
    late = [issued("a", number, version=3, month=7) for number in range(4, 7)]
    assert count_certificates(catalogue, [*late, *early], DAY).levels == (Cell(4, 6),)


def test_what_the_catalogue_has_no_longer_is_counted_by_what_the_ledger_says() -> None:
    events = [*whole_run("a", 5), *(replace(issued("gone", n), version=1) for n in range(1, 7))]
    without_versions = count_certificates(
        replace(CATALOGUE, runs=()), [issued("a", n, version=1) for n in range(5)], DAY
    )
    assert without_versions.levels == (Cell(4, 5),)
    assert without_versions.years == (Cell(2025, 5),)
    counted = count_certificates(CATALOGUE, events, DAY)
    assert counted.departments == (Cell("food", 5), Cell(None, 6))
    assert counted.runs == (Cell("a", 5), Cell("gone", 6))


def test_an_award_on_new_years_night_counts_by_the_centres_day_where_the_run_is_gone() -> None:
    events = [replace(issued("a", n), issued="2025-12-31T19:30:00Z") for n in range(5)]
    assert count_certificates(replace(CATALOGUE, runs=()), events, DAY).years == (Cell(2026, 5),)


def test_numbers_say_that_they_are_incomplete_until_what_was_lost_is_found() -> None:
    lost = Lost(id="lost:a/6", digest="a/6", key="key", month="2025-06")
    events = [*whole_run("a", 5), lost]
    assert count_certificates(CATALOGUE, events, DAY).incomplete
    found = count_certificates(CATALOGUE, [*events, issued("a", 6)], DAY)
    assert (found.incomplete, found.issued) == (False, 6)


def test_an_erased_learner_still_counts() -> None:
    events = whole_run("a", 5)
    erased = [
        *without_names(events, {events[0].id}),
        Erased(id=events[0].id, reason="wish", erased="2025-07-01T00:00:00Z"),
    ]
    assert count_certificates(CATALOGUE, erased, DAY) == count_certificates(CATALOGUE, events, DAY)
