"""The form on the page of all courses, and the few facts about each course that its script chooses and sorts by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import RunState
from asnad.catalogue.text import Text
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.site.course_page import ListedCourse
from asnad.site.facets import CREDIT_BANDS, HOUR_BANDS, Facet, days_of, facets, opening
from asnad.site.page_templates import PageWords
from asnad.site.run_standing import ListedRun

OPEN = "open"
"""Facet whose one choice the script works out, for the day on which the page is read."""
_WORDS = {"kind": "kind", "group": "group", "season": "season", "pattern": "pattern", "language": "language"}
"""Facets whose choices are words of the catalogue, and where those stand in the messages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A group of boxes in one language."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFinder:
    """What one can choose courses by, in no language yet."""

    facets: tuple[Facet, ...]
    data: JSONObject
    """What the script reads: see ``site_overrides/finding/src/courseList.ts``."""
    department_names: Mapping[str, Text]

    def filters(self, words: PageWords) -> tuple[Filter, ...]:
        """
        Give the filters in a language.

        Args:
            words: Of the page.

        """
        text = words.messages.text
        return tuple(
            Filter(
                facet.name,
                text(f"filter.{facet.name}"),
                tuple(Choice(value, self._label(words, facet.name, value)) for value in facet.choices),
            )
            for facet in self.facets
        )

    def _label(self, words: PageWords, facet: str, value: str) -> str:
        text = words.messages.text
        if facet == "department":
            return words.say(self.department_names[value])
        if facet in _WORDS:
            return words.word(_WORDS[facet], value)
        if facet == "fee":
            return _fee_label(words, value)
        if facet == "level":
            return " ".join(value.rsplit("-", 1))
        if facet == "credits":
            scheme, _, band = value.rpartition("-")
            return _band_label(words, "credits", band, CREDIT_BANDS, scheme=scheme)
        if facet == "hours":
            return _band_label(words, "hours", value, HOUR_BANDS)
        return text(f"choice.{facet}.{value}")


def course_finder(
    catalogue: Catalogue, courses: Sequence[ListedCourse], runs: Sequence[ListedRun], today: date
) -> CourseFinder:
    """
    Find what these courses can be chosen by.

    Args:
        catalogue: The catalogue.

        courses: Those on offer, in the order of the page.

        runs: All runs by their first day.

        today: Day at the centre for which the site is built.

    """
    departments = catalogue.centre.departments
    found = facets(courses, runs, [department.id for department in departments])
    if opening(runs):
        found += (Facet(OPEN, ("now",), ((),) * len(courses)),)
    coming: dict[str, list[ListedRun]] = {}
    for run in runs:
        if run.upcoming:
            coming.setdefault(run.course.id, []).append(run)
    currencies = sorted({fee.currency for listed in courses if (fee := listed.fee) and fee.currency})
    data: JSONObject = {
        "today": today.isoformat(),
        "facets": [[facet.name, list(facet.choices)] for facet in found],
        "courses": [
            [
                listed.course.id,
                [list(facet.held[place]) for facet in found],
                [_run(run) for run in coming.get(listed.course.id, [])],
                days_of(listed.course.duration),
                _fee_order(listed, currencies),
                listed.course.workload.total(),
            ]
            for place, listed in enumerate(courses)
        ],
    }
    return CourseFinder(
        facets=found,
        data=data,
        department_names={department.id: department.name for department in departments},
    )


def _run(listed: ListedRun) -> list[JSONValue]:
    """Give the first day, what the centre wrote of the run, and the first and last day of applications, if known."""
    run, application = listed.run, listed.run.application
    opens = application.opens if application else None
    state = run.state.value if run.state in {RunState.FULL, RunState.PLANNED} else RunState.OPEN.value
    return [run.start.isoformat(), state, opens.isoformat() if opens else "", listed.last_day_to_apply.isoformat()]


def _fee_order(listed: ListedCourse, currencies: Sequence[str]) -> JSONValue:
    fee = listed.fee
    if fee is None:
        return None
    return [currencies.index(fee.currency) if fee.currency else 0, fee.amount]


def _fee_label(words: PageWords, value: str) -> str:
    if value in {"free", "ask"}:
        return words.messages.text({"free": "fee.none", "ask": "fee.ask"}[value])
    currency, _, amount = value.rpartition("-")
    return words.messages.text("choice.fee", amount=words.messages.money(int(amount), currency))


def _band_label(words: PageWords, unit: str, band: str, limits: Sequence[int], **values: str) -> str:
    if band == "more":
        return words.messages.text(f"choice.{unit}.more", number=limits[-1], **values)
    place = limits.index(int(band))
    if place == 0:
        return words.messages.text(f"choice.{unit}.up-to", number=limits[0], **values)
    return words.messages.text(f"choice.{unit}.between", first=limits[place - 1], last=limits[place], **values)
