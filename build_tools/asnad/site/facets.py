"""What a visitor can choose courses by: each facet with its choices, and which course has which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from asnad.catalogue.course import Course, Duration, Fee, Kind
from asnad.site.course_page import ListedCourse
from asnad.site.run_standing import ListedRun, Standing

Values = frozenset[str]

LENGTHS = (("14", 14), ("61", 61), ("183", 183))
"""Two weeks, two months and half a year in days, and the names of their choices."""
LONGER = "longer"
CREDIT_BANDS = (5, 10)
HOUR_BANDS = (40, 100, 300)
FEE_BANDS = 3
"""How many amounts a currency is offered at most."""
_DAYS = {"days": 1, "weeks": 7, "months": 30.44}
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to choose by; its choices are codes, which the address of the page holds too."""

    name: str
    choices: tuple[str, ...]
    held: tuple[tuple[int, ...], ...]
    """For each course the places of its choices, counted from 0."""

    def number_of(self, choice: int) -> int:
        """
        Count the courses that have a choice.

        Args:
            choice: Its place.

        """
        return sum(choice in held for held in self.held)


def facets(courses: Sequence[ListedCourse], runs: Sequence[ListedRun], departments: Sequence[str]) -> tuple[Facet, ...]:
    """
    Find the facets that part these courses; a choice that all or none of them have is not offered.

    Args:
        courses: Those on offer, in the order of the page.

        runs: All runs.

        departments: Ids in the order of the centre.

    """
    coming: dict[str, list[ListedRun]] = {}
    for run in runs:
        if run.upcoming:
            coming.setdefault(run.course.id, []).append(run)
    fees = [listed.fee for listed in courses]
    bands = {currency: _fee_bands(fees, currency) for currency in sorted({fee.currency or "" for fee in fees if fee})}

    def facet(name: str, values_of: Callable[[ListedCourse], Iterable[str]], order: Sequence[str] = ()) -> Facet:
        return _parting(name, [frozenset(values_of(listed)) for listed in courses], order)

    found = (
        facet("department", lambda listed: (listed.course.department,), departments),
        facet("kind", lambda listed: (listed.course.award.kind.value,), [kind.value for kind in Kind]),
        facet("audience", lambda listed: audiences(listed.course), ("women", "men", "any")),
        facet("group", lambda listed: listed.course.audience.groups),
        facet("season", lambda listed: _seasons(listed.course, coming.get(listed.course.id, [])), ("summer", "winter")),
        facet("length", lambda listed: lengths(listed.course.duration), [*(name for name, _ in LENGTHS), LONGER]),
        facet(
            "mode",
            lambda listed: (listed.course.delivery.mode,),
            ("onsite", "online", "blended", "work-based"),
        ),
        facet(
            "pattern",
            lambda listed: (listed.course.delivery.pattern,),
            ("full-time", "part-time", "evening", "weekend", "self-paced"),
        ),
        facet("language", lambda listed: listed.course.delivery.languages),
        facet(
            "fee",
            lambda listed: _fee_choices(listed.fee, bands),
            ["free", *(f"{currency}-{band}" for currency in bands for band in bands[currency]), "ask"],
        ),
        facet(
            "level",
            lambda listed: (f"{level.framework}-{level.level}" for level in listed.course.levels),
            sorted(
                {f"{level.framework}-{level.level}" for listed in courses for level in listed.course.levels},
                key=_by_framework,
            ),
        ),
        facet(
            "credits",
            lambda listed: (
                f"{credit.scheme}-{_band(float(credit.value), CREDIT_BANDS)}" for credit in listed.course.credits
            ),
            [
                f"{scheme}-{band}"
                for scheme in sorted({credit.scheme for listed in courses for credit in listed.course.credits})
                for band in (*CREDIT_BANDS, "more")
            ],
        ),
        facet(
            "hours",
            lambda listed: (_band(listed.course.workload.total(), HOUR_BANDS),),
            [*map(str, HOUR_BANDS), "more"],
        ),
    )
    return tuple(each for each in found if each.choices)


def opening(runs: Iterable[ListedRun]) -> bool:
    """
    Tell whether a run takes applications now or will; who reads the page later sees which do on that day.

    Args:
        runs: All runs.

    """
    return any(run.standing in {Standing.OPEN, Standing.OPENS_LATER} for run in runs)


def audiences(course: Course) -> Values:
    """
    Tell who can join a course in one of its variants; what is open to all is open to women and to men.

    Args:
        course: The course.

    """
    genders = {variant.audience.gender for variant in course.variants} or {course.audience.gender}
    return frozenset(genders | {"women", "men"} if "any" in genders else genders)


def lengths(duration: Duration) -> Values:
    """
    Tell within which lengths a course fits.

    Args:
        duration: By the calendar.

    """
    days = days_of(duration)
    return frozenset(name for name, limit in LENGTHS if days <= limit) or frozenset({LONGER})


def days_of(duration: Duration) -> int:
    """
    Give a duration in days of the calendar.

    Args:
        duration: In days, weeks or months.

    """
    return round(duration.value * _DAYS[duration.unit])


def _parting(name: str, held: Sequence[Values], order: Sequence[str]) -> Facet:
    counted = {value: sum(value in values for values in held) for value in {each for values in held for each in values}}
    offered = [value for value, number in counted.items() if number < len(held)]
    known = {value: place for place, value in enumerate(order)}
    # A band that takes in no course more than the one before it tells nobody anything.
    choices: list[str] = []
    for value in sorted(offered, key=lambda value: (known.get(value, len(known)), -counted[value], value)):
        if not (choices and name in {"length", "fee"} and _same(held, choices[-1], value)):
            choices.append(value)
    places = {value: place for place, value in enumerate(choices)}
    return Facet(
        name,
        tuple(choices),
        tuple(tuple(sorted(places[value] for value in values if value in places)) for values in held),
    )


def _same(held: Sequence[Values], one: str, other: str) -> bool:
    return all((one in values) == (other in values) for values in held)


def _seasons(course: Course, coming: Sequence[ListedRun]) -> Values:
    said = {run.run.season for run in coming if run.run.season}
    said |= {variant.audience.season for variant in course.variants} | {course.audience.season}
    return frozenset(said - {"any"})


def _fee_choices(fee: Fee | None, bands: dict[str, tuple[int, ...]]) -> Values:
    if fee is None:
        return frozenset({"ask"})
    if fee.amount == 0:
        return frozenset({"free"} | {f"{currency}-{band}" for currency in bands for band in bands[currency]})
    currency = fee.currency or ""
    return frozenset(f"{currency}-{band}" for band in bands[currency] if fee.amount <= band)


def _fee_bands(fees: Sequence[Fee | None], currency: str) -> tuple[int, ...]:
    """Give round amounts that part the fees of a currency into groups of about one size."""
    amounts = sorted(fee.amount for fee in fees if fee and fee.amount and (fee.currency or "") == currency)
    if not amounts:
        return ()
    at = (amounts[len(amounts) * part // (FEE_BANDS + 1)] for part in range(1, FEE_BANDS + 1))
    return tuple(sorted({_round_up(amount) for amount in at}))


def _round_up(amount: int) -> int:
    power: int = 10 ** (len(str(amount)) - 1)
    return next(step * power for step in (*_ROUND, 10) if amount <= step * power)


def _band(value: float, limits: Sequence[int]) -> str:
    return next((str(limit) for limit in limits if value <= limit), "more")


def _by_framework(value: str) -> tuple[bool, str, int]:
    framework, _, level = value.rpartition("-")
    return framework != "EQF", framework, int(level)
