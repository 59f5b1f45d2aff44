"""The record of backups and drills: when, where and what; it stays at the centre."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from asnad.errors import IssuingError
from asnad.instant import format_instant, parse_instant
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject

BACKUPS = "private/backups.jsonl"
"""Path below ``credentials/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCopy:
    """One file of a backup."""

    file: str
    """Where it was written."""
    sha256: str
    """Of the file, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made."""

    made: int
    """Seconds since 1970."""
    certificates: int
    """How many had been issued."""
    drives: int
    """On how many drives it lies; two copies on one drive are lost together."""
    copies: tuple[BackupCopy, ...]

    @property
    def complete(self) -> bool:
        """Whether it lies at two places; one copy alone is half a backup."""
        return self.drives >= 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """An exercise in which a backup was restored."""

    held: int
    """Seconds since 1970."""
    file: str
    made: int
    """When the backup was made, in seconds since 1970."""
    passed: bool


def backup_line(event: Backup | Drill) -> bytes:
    """
    Write a line of the record.

    Args:
        event: What was done.

    """
    document: JSONObject
    if isinstance(event, Backup):
        document = {
            "v": 1,
            "type": "backup",
            "made": format_instant(event.made),
            "certificates": event.certificates,
            "drives": event.drives,
            "copies": [{"file": copy.file, "sha256": copy.sha256} for copy in event.copies],
        }
    else:
        document = {
            "v": 1,
            "type": "drill",
            "held": format_instant(event.held),
            "file": event.file,
            "made": format_instant(event.made),
            "passed": event.passed,
        }
    return canonical_json(document) + b"\n"


def read_backups(data: bytes) -> tuple[Backup | Drill, ...]:
    """
    Read the record.

    Args:
        data: Whole lines.

    Raises:
        IssuingError: A line is not one of its kind.

    """
    events = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            events.append(_event(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise IssuingError(
                "expected a backup or a drill, got something else",
                place=f"credentials/{BACKUPS}:{number}",
                hint="take the line out; only the record of backups is lost, not a backup",
            ) from None
    return tuple(events)


def _event(members: dict[str, Any]) -> Backup | Drill:
    if members["type"] == "drill":
        return Drill(
            held=_instant(members["held"]),
            file=str(members["file"]),
            made=_instant(members["made"]),
            passed=members["passed"] is True,
        )
    if members["type"] != "backup":
        raise ValueError("another kind of line")
    return Backup(
        made=_instant(members["made"]),
        certificates=int(members["certificates"]),
        drives=int(members["drives"]),
        copies=tuple(BackupCopy(file=str(copy["file"]), sha256=str(copy["sha256"])) for copy in members["copies"]),
    )


def _instant(value: object) -> int:
    moment = parse_instant(value)
    if moment is None:
        raise ValueError("no instant")
    return moment
