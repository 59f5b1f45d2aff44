"""The private ledger: everything that the centre must know of what it has issued; it stays at the centre."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from asnad.errors import IssuingError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject

PRIVATE = "private/ledger.jsonl"
"""Path below ``credentials/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One line of the private ledger: a credential that was issued."""

    id: str
    serial: str
    run: str
    number: int
    """The last part of the serial."""
    learner: str
    """By which the learner is found again in the register of the run."""
    name: str
    course: str
    version: int
    status_list: int
    index: int
    digest: str
    key: str
    issued: str
    """Instant."""
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """One line of the private ledger: a credential that was withdrawn."""

    id: str
    serial: str
    reason: str
    note: str
    withdrawn: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """One line of the private ledger: a credential in whose place a corrected one was issued."""

    id: str
    serial: str
    successor: str
    """Serial of the corrected one."""
    reason: str
    replaced: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCorrected:
    """One line of the private ledger: something in the register was corrected that the certificate does not say."""

    id: str
    serial: str
    learner: str
    """By which the learner is found in the register since then; the line of the issue says so too."""
    reason: str
    corrected: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """One line of the private ledger: a credential that runs out and has a successor; it stays good until then."""

    id: str
    serial: str
    successor: str
    """Serial of the renewed one."""
    note: str
    renewed: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resigned:
    """One line of the private ledger: the same credential, signed again with another key after a compromise."""

    id: str
    serial: str
    key: str
    """Id of the key that signed now."""
    resigned: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprinted:
    """One line of the private ledger: a duplicate of the paper, and who collected it."""

    id: str
    serial: str
    reason: str
    document_seen: str
    collected_by: str
    printed: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWithdrawn:
    """One line of the private ledger: a learner's public page that was taken away."""

    id: str
    serial: str
    reason: str
    withdrawn: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One line of the private ledger: a credential of which nothing is kept that tells whose it was."""

    id: str
    reason: str
    erased: str
    """Instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One line of the private ledger: a credential of which a restored backup knew nothing but its hash."""

    id: str
    """``lost:`` and the digest; its own number is not known."""
    digest: str
    key: str
    month: str


Event = Issued | Withdrawn | Replaced | RowCorrected | Renewed | Resigned | Reprinted | PageWithdrawn | Erased | Lost


def private_line(event: Event) -> bytes:
    """
    Write a line of the private ledger.

    Args:
        event: What happened.

    """
    members: JSONObject = {"v": 1, "type": _NAMES[type(event)]}
    return canonical_json(members | {name: getattr(event, name) for name in event.__slots__}) + b"\n"


def ended(events: Iterable[Event]) -> dict[str, Withdrawn | Replaced]:
    """
    Tell which credentials are no longer in force, by id.

    Args:
        events: Of the private ledger.

    """
    return {event.id: event for event in events if isinstance(event, Withdrawn | Replaced)}


def paged(events: Iterable[Event]) -> frozenset[str]:
    """
    Tell which credentials have a public page now, by id.

    Args:
        events: Of the private ledger.

    """
    events = tuple(events)
    gone = {event.id for event in events if isinstance(event, PageWithdrawn | Replaced | Erased)}
    return frozenset(event.id for event in events if isinstance(event, Issued) and event.published) - gone


def lost(events: Iterable[Event]) -> tuple[Lost, ...]:
    """
    List the credentials that were lost with a machine and have not been recovered.

    Args:
        events: Of the private ledger.

    """
    events = tuple(events)
    known = {event.digest for event in events if isinstance(event, Issued)}
    return tuple(event for event in events if isinstance(event, Lost) and event.digest not in known)


def without_names(events: Iterable[Event], ids: Collection[str]) -> list[Event]:
    """
    Leave out of the ledger whatever tells whose certain credentials are.

    Args:
        events: Of the private ledger.

        ids: Of the credentials that are erased.

    """
    kept: list[Event] = []
    for event in events:
        if event.id not in ids or isinstance(event, Resigned | Erased):
            kept.append(event)
        elif isinstance(event, Issued):
            kept.append(replace(event, name="", learner=""))
        elif isinstance(event, Withdrawn):
            kept.append(replace(event, note=""))
        elif isinstance(event, Replaced):
            kept.append(replace(event, reason=""))
        elif isinstance(event, Renewed):
            kept.append(replace(event, note=""))
        elif isinstance(event, PageWithdrawn):
            kept.append(replace(event, reason=""))
    return kept


def read_private(data: bytes) -> tuple[Event, ...]:
    """
    Read the private ledger.

    Args:
        data: Whole lines.

    Raises:
        IssuingError: A line is not one of its kind.

    """
    events: list[Event] = []
    for number, line in enumerate(data.splitlines(), start=1):
        members = _members(line, PRIVATE, number)
        kind = _KINDS.get(str(members.pop("type", "")))
        members.pop("v", None)
        if kind is None or set(members) != set(kind.__slots__):
            raise _bad_line(PRIVATE, number, "other members")
        if any(type(value) is not _TYPES[kind.__annotations__[name]] for name, value in members.items()):
            raise _bad_line(PRIVATE, number, "a member of another type")
        events.append(kind(**members))
    return tuple(events)


_KINDS: dict[str, type[Event]] = {
    "issued": Issued,
    "withdrawn": Withdrawn,
    "replaced": Replaced,
    "row-corrected": RowCorrected,
    "renewed": Renewed,
    "resigned": Resigned,
    "reprinted": Reprinted,
    "page-withdrawn": PageWithdrawn,
    "erased": Erased,
    "lost": Lost,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_TYPES: dict[str, type] = {"str": str, "int": int, "bool": bool}


def _members(line: bytes, path: str, number: int) -> dict[str, Any]:
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        members = None
    if not isinstance(members, dict):
        raise _bad_line(path, number, "something else")
    return members


def _bad_line(path: str, number: int, found: str) -> IssuingError:
    return IssuingError(
        f"expected an event, got {found}",
        place=f"credentials/{path}:{number}",
        hint="restore the ledger from Git or from the backup; lines are only ever added by Asnad",
    )
