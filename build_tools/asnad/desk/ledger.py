"""The private ledger: everything that the centre must know of what it has issued; it stays at the centre."""

from __future__ import annotations

import json
from dataclasses import dataclass
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


def issued_line(event: Issued) -> bytes:
    """
    Write a line of the private ledger.

    Args:
        event: A credential that was issued.

    """
    return _line("issued", event)


def withdrawn_line(event: Withdrawn) -> bytes:
    """
    Write a line of the private ledger.

    Args:
        event: A credential that was withdrawn.

    """
    return _line("withdrawn", event)


def read_private(data: bytes) -> tuple[Issued | Withdrawn, ...]:
    """
    Read the private ledger.

    Args:
        data: Whole lines.

    Raises:
        IssuingError: A line is not one of its kind.

    """
    events: list[Issued | Withdrawn] = []
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


_KINDS: dict[str, type[Issued] | type[Withdrawn]] = {"issued": Issued, "withdrawn": Withdrawn}
_TYPES: dict[str, type] = {"str": str, "int": int, "bool": bool}


def _line(kind: str, event: Issued | Withdrawn) -> bytes:
    members: JSONObject = {"v": 1, "type": kind}
    return canonical_json(members | {name: getattr(event, name) for name in event.__slots__}) + b"\n"


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
