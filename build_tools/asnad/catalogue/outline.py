"""What can be told of a form without reading: words, a pattern, bounds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an editor can be told of a form; it may let pass what the form refuses, never the other way."""

    words: tuple[str, ...] = ()
    """All that may be written, or what is usual where there is a pattern too."""
    pattern: str | None = None
    """Covers the whole text."""
    minimum: int | None = None
    maximum: int | None = None
    """Of a whole number."""
    above: int | None = None
    """Of a number with decimals."""
    longest: int | None = None
    """Characters."""
    is_number: bool = False
