"""What must hold before anything is signed, since what stands on paper cannot be taken back."""

from __future__ import annotations

import re
import unicodedata

from asnad.errors import IssuingError
from asnad.proofs.strict_json import JSONValue

_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def check_texts(value: JSONValue, place: str = "") -> None:
    """
    Refuse texts that readers or RDF libraries would understand in different ways.

    Args:
        value: The document, and then every part of it.

        place: JSON pointer to the part.

    Raises:
        IssuingError: A text is not in NFC, or holds an invisible or control character.

    """
    if isinstance(value, str):
        found = _FORBIDDEN.search(value)
        if found:
            code = f"U+{ord(found.group()):04X}"
            raise IssuingError(
                f"expected visible characters, got {code} in {value[:60]!r}",
                place=place,
                hint="type the text again instead of pasting it",
            )
        if unicodedata.normalize("NFC", value) != value:
            raise IssuingError(
                f"expected composed characters (NFC), got others in {value[:60]!r}",
                place=place,
                hint="type the text again instead of pasting it",
            )
    elif isinstance(value, list):
        for number, item in enumerate(value):
            check_texts(item, f"{place}/{number}")
    elif isinstance(value, dict):
        for name, item in value.items():
            check_texts(item, f"{place}/{name}")
