"""An officer of the centre, as one writes oneself under a list: name and office."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from asnad.catalogue.findings import shown
from asnad.credentials.issuable import check_texts
from asnad.errors import IssuingError

MAX_OFFICER = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who drafts or approves."""

    name: str
    office: str

    def __str__(self) -> str:
        """Write both, as they were given."""
        return f"{self.name}, {self.office}"

    def is_same_person(self, other: Officer) -> bool:
        """
        Tell whether two have one name, in whatever office, capitals and spaces.

        Args:
            other: Another officer.

        """
        return _compared(self.name) == _compared(other.name)


def read_officer(text: str, place: str) -> Officer:
    """
    Read ``Name, office``.

    Args:
        text: As typed.

        place: For messages.

    Raises:
        IssuingError: One of the two is missing, or a character cannot be seen.

    """
    written = " ".join(unicodedata.normalize("NFC", text).split())
    name, _, office = (part.strip() for part in written.partition(","))
    if not name or not office or len(written) > MAX_OFFICER:
        raise IssuingError(
            f"expected name and office, at most {MAX_OFFICER} characters, got {shown(text)}",
            place=place,
            hint='write both: "Name, office"',
        )
    check_texts(written, place)
    return Officer(name, office)


def _compared(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace(".", " ").split())
