"""statistics.json: how many certificates were issued, in sums too large to mean a person (docs/statistics-json.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from asnad.errors import PublicationError, VerificationError
from asnad.issuers.members import MembersError, day, each, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

PATH = "asnad/statistics.json"
"""Below the site, and below ``credentials/public``."""
SMALLEST = 5
"""Fewest certificates that are told of; a smaller number could mean a person whom others know."""
MAX_STATISTICS = 4_194_304
_DIVISIONS = frozenset(("years", "departments", "levels", "creditBands", "runs"))
_MEMBERS = frozenset(("type", "format", "issuer", "asOf", "incomplete", "smallestRun", "issued")) | _DIVISIONS
_MAX_ID = 100
_LEVELS = range(1, 9)
_YEARS = range(1, 10_000)


class CreditBand(StrEnum):
    """How many ECTS credits a course has."""

    SMALL = "0-5"
    MIDDLE = "6-10"
    """More than 5."""
    LARGE = "over-10"


Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Cell(Generic[Of]):
    """How many certificates belong to one year, department, level, credit band or run."""

    of: Of
    """Nothing for those of courses without one."""
    issued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The numbers that a centre publishes; each division adds up to ``issued``."""

    as_of: date
    """Day at the centre."""
    incomplete: bool
    """Records of some certificates were lost, so that more were issued than is told."""
    issued: int
    """In runs of at least five; a corrected, reissued or renewed certificate is one with those before it."""
    withdrawn: int | None
    """Of these; nothing where they are one to four."""
    years: tuple[Cell[int], ...]
    departments: tuple[Cell[str | None], ...]
    levels: tuple[Cell[int | None], ...]
    """Of the European Qualifications Framework."""
    credit_bands: tuple[Cell[CreditBand | None], ...]
    runs: tuple[Cell[str], ...]


def statistics_json(issuer: str, statistics: Statistics) -> bytes:
    """
    Write statistics.json.

    Args:
        issuer: The did.

        statistics: Of that issuer.

    """
    document: JSONObject = {
        "type": "AsnadStatistics",
        "format": 1,
        "issuer": issuer,
        "asOf": statistics.as_of.isoformat(),
        "incomplete": statistics.incomplete,
        "smallestRun": SMALLEST,
        "issued": statistics.issued,
        "years": _written("year", statistics.years),
        "departments": _written("department", statistics.departments),
        "levels": _written("level", statistics.levels),
        "creditBands": _written("band", statistics.credit_bands),
        "runs": _written("run", statistics.runs),
    }
    if statistics.withdrawn is not None:
        document["withdrawn"] = statistics.withdrawn
    return canonical_json(document)


def _written(name: str, cells: Sequence[Cell[Of]]) -> list[JSONValue]:
    return [{"issued": cell.issued} | _named(name, cell.of) for cell in cells]


def _named(name: str, of: object) -> JSONObject:
    if of is None:
        return {}
    return {name: of if isinstance(of, int) else str(of)}


def read_statistics(data: bytes, issuer: str) -> Statistics:
    """
    Read statistics.json, and see that its sums fit.

    Args:
        data: As written.

        issuer: The did that it must speak of.

    Raises:
        PublicationError: It is something else.

    """
    try:
        return _read(parse_object(data, limit=MAX_STATISTICS), issuer)
    except (MembersError, VerificationError) as error:
        raise PublicationError(
            str(error),
            place=f"credentials/public/{PATH}",
            hint="restore it from Git, or have it written anew: asnad refresh",
        ) from None


def _read(value: JSONObject, issuer: str) -> Statistics:
    document = only(value, _MEMBERS, frozenset({"withdrawn"}))
    if document["type"] != "AsnadStatistics" or whole(document["format"]) != 1 or document["issuer"] != issuer:
        raise MembersError("expected AsnadStatistics of this issuer, got another document")
    if not isinstance(document["incomplete"], bool) or whole(document["smallestRun"]) != SMALLEST:
        raise MembersError(f"expected incomplete: true or false and smallestRun: {SMALLEST}, got something else")
    statistics = Statistics(
        as_of=day(document["asOf"]),
        incomplete=document["incomplete"],
        issued=whole(document["issued"]),
        withdrawn=whole(document["withdrawn"]) if "withdrawn" in document else None,
        years=_division(document["years"], "year", lambda of: _one_of(_YEARS, whole(of))),
        departments=_division(document["departments"], "department", _optional(_id)),
        levels=_division(document["levels"], "level", _optional(lambda of: _one_of(_LEVELS, whole(of)))),
        credit_bands=_division(document["creditBands"], "band", _optional(_band)),
        runs=_division(document["runs"], "run", _id),
    )
    for name in ("years", "departments", "levels", "credit_bands", "runs"):
        found = sum(cell.issued for cell in getattr(statistics, name))
        if found != statistics.issued:
            raise MembersError(f"expected {name} that add up to {statistics.issued}, got {found}")
    _check_withdrawn(statistics)
    return statistics


def _check_withdrawn(statistics: Statistics) -> None:
    number = statistics.withdrawn
    if number is not None and (0 < number < SMALLEST or number > statistics.issued):
        raise MembersError(f"expected withdrawn: 0, or {SMALLEST} to {statistics.issued}, got {number}")


def _division(value: JSONValue, name: str, read: Callable[[JSONValue], Of]) -> tuple[Cell[Of], ...]:
    cells = []
    for item in each(value):
        members = only(item, frozenset({"issued"}), frozenset({name}))
        if name in members and members[name] is None:
            raise MembersError(f"expected no member {name} where there is none, got null")
        cells.append(Cell(read(members.get(name)), whole(members["issued"], SMALLEST)))
    if len({cell.of for cell in cells}) != len(cells):
        raise MembersError(f"expected each {name} once, got one twice")
    return tuple(cells)


def _optional(read: Callable[[JSONValue], Of]) -> Callable[[JSONValue], Of | None]:
    return lambda value: None if value is None else read(value)


def _id(value: JSONValue) -> str:
    return text(value, _MAX_ID)


def _band(value: JSONValue) -> CreditBand:
    if value not in tuple(CreditBand):
        raise MembersError(f"expected a band of credits ({', '.join(CreditBand)}), got something else")
    return CreditBand(text(value))


def _one_of(numbers: range, number: int) -> int:
    if number not in numbers:
        raise MembersError(f"expected a number from {numbers[0]} to {numbers[-1]}, got {number}")
    return number
