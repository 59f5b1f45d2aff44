"""The languages of courses, as files from elsewhere name them: by tag, in English, or as each calls itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

from asnad.catalogue.findings import shown
from asnad.catalogue.forms import LANGUAGE
from asnad.catalogue.text import KNOWN_LANGUAGES
from asnad.desk.headings import plain
from asnad.desk.register_cells import CellError


def read_language(text: str) -> str:
    """
    Read a language by its tag or its name.

    Args:
        text: Such as ``ur``, ``en-GB``, ``Urdu`` or ``اردو``.

    Raises:
        CellError: It is not known.

    """
    word = text.strip()
    tag = (
        LANGUAGE.parse(word) or LANGUAGE.parse(re.split("[-_]", word)[0].lower()) or _language_names().get(plain(word))
    )
    if tag is None:
        raise CellError(f"expected a language such as en or Urdu, got {shown(text)}")
    return tag


def languages_in(text: str) -> tuple[str, ...]:
    """
    Part the languages that stand in one text.

    Args:
        text: Parted by commas, semicolons or lines; tags also by spaces alone.

    """
    parts = text.split()
    if len(parts) > 1 and all(LANGUAGE.parse(part) for part in parts):
        return tuple(parts)
    return tuple(part.strip() for part in re.split(r"[,;،\n]", text) if part.strip())


@cache
def _language_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    english = Locale("en").languages
    for tag in sorted(KNOWN_LANGUAGES):
        for name in (english.get(tag), _own_name(tag)):
            if name:
                names.setdefault(plain(name), tag)
    return names


def _own_name(tag: str) -> str | None:
    try:
        name = Locale.parse(tag.replace("-", "_")).language_name
        return str(name) if name else None
    except (UnknownLocaleError, ValueError):
        return None
