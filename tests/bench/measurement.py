"""One measured number beside its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, and what it is to be."""

    what: str
    measured: float
    target: float | None
    """Nothing where a number is only shown."""
    unit: str
    at_least: bool = False

    @property
    def missed(self) -> bool:
        """Whether the number is worse than its target."""
        if self.target is None:
            return False
        return self.measured < self.target if self.at_least else self.measured > self.target

    def row(self) -> str:
        """Give the line of the table."""
        sign = "≥" if self.at_least else "≤"
        target = "" if self.target is None else f"{sign} {self.target:,g} {self.unit}"
        return f"{self.what:<44}{self.measured:>10,.1f} {self.unit:<10}{target:<18}{'MISSED' if self.missed else ''}"
