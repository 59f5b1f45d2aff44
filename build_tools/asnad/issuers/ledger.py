"""The public ledger: what has happened, without names (docs/format.md §7)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from asnad.errors import IssuingError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject

PUBLIC = "public/ledger.jsonl"
"""Path below ``credentials/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvent:
    """One line of the public ledger."""

    type: str
    """``issued``, ``published``, ``unpublished``, ``revoked`` or ``replaced``."""
    digest: str
    """Credential digest in hexadecimal."""
    key: str
    month: str


def public_lines(events: Iterable[PublicEvent]) -> bytes:
    """
    Write lines of the public ledger.

    Args:
        events: In the order in which they happened.

    """
    documents: list[JSONObject] = [
        {"v": 1, "type": event.type, "digest": event.digest, "key": event.key, "month": event.month} for event in events
    ]
    return b"".join(canonical_json(document) + b"\n" for document in documents)


def read_public(data: bytes) -> tuple[PublicEvent, ...]:
    """
    Read the public ledger.

    Args:
        data: Whole lines.

    Raises:
        IssuingError: A line is not one of its kind.

    """
    events = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            members = json.loads(line)
            events.append(PublicEvent(**{name: str(members[name]) for name in PublicEvent.__slots__}))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise IssuingError(
                "expected an event, got something else",
                place=f"credentials/{PUBLIC}:{number}",
                hint="restore the ledger from Git; lines are only ever added by Asnad",
            ) from None
    return tuple(events)
