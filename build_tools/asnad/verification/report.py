"""What was checked, with which result; the same JSON from the page and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnad.instant import format_instant
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.strict_json import JSONObject
from asnad.verification.outcome import Check, Outcome, Result


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check and what became of it."""

    check: Check
    result: Result
    reason: str | None = None
    place: str | None = None
    """Where in the document, as a JSON pointer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole verdict on one certificate."""

    outcome: Outcome
    checks: tuple[CheckResult, ...]
    as_of: int | None
    """``validFrom`` of the status list that was read, in seconds since 1970."""
    list_valid_until: int | None
    withdrawn_on: date | None
    keys: KeysFile | None
    """keys.json of the issuer, where it is trusted and held."""
    credential: JSONObject | None
    """What it says, only where signature and content have passed."""

    def to_json(self) -> JSONObject:
        """Write the report as docs/format.md §6 has it."""
        checks: list[JSONObject] = []
        for item in self.checks:
            entry: JSONObject = {"check": str(item.check), "result": str(item.result)}
            checks.append(entry | ({"reason": item.reason} if item.reason else {}))
        return {
            "outcome": str(self.outcome),
            "checks": list(checks),
            "asOf": None if self.as_of is None else format_instant(self.as_of),
            "demonstration": self.keys is not None and self.keys.demonstration,
        }
