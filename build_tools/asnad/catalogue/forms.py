"""How single values are written: ids, codes, numbers, days, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Generic, TypeVar
from zoneinfo import available_timezones

from asnad.catalogue.outline import Outline
from asnad.catalogue.text import KNOWN_LANGUAGES

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_ID = 63
MAX_LINE = 1000
MAX_TEXT = 20_000
MAX_SUMMARY = 300
MAX_NUMBER = 1_000_000_000

# Names that some systems or the site itself keep for themselves, and so can be no file or folder.
RESERVED_IDS = frozenset(
    ["con", "prn", "aux", "nul", "index", "404", "search", "sitemap"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,9}")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """One way of writing a value."""

    expected: str
    """Completes the sentence "expected …"."""
    parse: Callable[[str], T | None]
    """Gives nothing for a text that is not so written."""
    stand_in: T
    """Takes the place of a wrong value in an object that is thrown away."""
    hint: Callable[[str], str] | str | None = None
    outline: Outline = field(default_factory=Outline)

    def hint_for(self, text: str) -> str | None:
        """
        Say what to write instead.

        Args:
            text: What was written.

        """
        return self.hint(text) if callable(self.hint) else self.hint


def did_you_mean(text: str, words: Iterable[str]) -> str | None:
    """
    Find what an author probably meant.

    Args:
        text: What was written.

        words: What could have been.

    """
    close = get_close_matches(text[:MAX_ID].casefold(), sorted(words), n=1)
    return f"Did you mean '{close[0]}'?" if close else None


def matching(pattern: str, expected: str, hint: str) -> Form[str]:
    """
    Make a form from a regular expression.

    Args:
        pattern: Covers the whole text.

        expected: Completes "expected …".

        hint: What to write instead.

    """
    compiled = re.compile(pattern)

    def parse(text: str) -> str | None:
        return text if compiled.fullmatch(text) else None

    return Form(expected, parse, "", hint, Outline(pattern=pattern))


def whole(minimum: int = 0, maximum: int = MAX_NUMBER) -> Form[int]:
    """
    Make the form of a whole number in decimal digits.

    Args:
        minimum: Least value.

        maximum: Greatest value.

    """

    def parse(text: str) -> int | None:
        return int(text) if _WHOLE.fullmatch(text) and minimum <= int(text) <= maximum else None

    limits = f"from {minimum}" if maximum == MAX_NUMBER else f"from {minimum} to {maximum}"
    hint = "Write the digits 0–9 only, such as 6000, without comma, unit or leading zero"
    outline = Outline(pattern=_WHOLE.pattern, minimum=minimum, maximum=maximum, is_number=True)
    return Form(f"a whole number {limits}", parse, minimum, hint, outline)


def word(*words: str) -> Form[str]:
    """
    Make the form of a word from a closed list.

    Args:
        words: All that may be written.

    """

    def parse(text: str) -> str | None:
        return text if text in words else None

    return Form(_one_of(words), parse, "", lambda text: _choice(text, words), Outline(words=words))


def member(enumeration: type[E]) -> Form[E]:
    """
    Make the form of a member of an enumeration, by its value.

    Args:
        enumeration: With at least one member.

    """
    words = {str(item): item for item in enumeration}
    outline = Outline(words=tuple(words))
    return Form(_one_of(words), words.get, next(iter(enumeration)), lambda text: _choice(text, words), outline)


def word_or_local(*words: str) -> Form[str]:
    """
    Make the form of a scheme or framework: a known one, or ``local:`` and a name.

    Args:
        words: The known ones.

    """
    local = re.compile(r"local:[a-z0-9-]{1,40}")
    known = frozenset(words)
    return Form(
        f"{_one_of(words)}, or local: and a name",
        lambda text: text if text in known or local.fullmatch(text) else None,
        "",
        lambda text: did_you_mean(text, words) or "One of your own is written local:name",
        Outline(words=words, pattern=local.pattern),
    )


def _one_of(words: Iterable[str]) -> str:
    return "one of " + ", ".join(words)


def _choice(text: str, words: Iterable[str]) -> str:
    return did_you_mean(text, words) or "Choose one of the words, in small letters"


def _identifier(text: str) -> str | None:
    return text if _ID.fullmatch(text) and text not in RESERVED_IDS else None


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _points(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) and Decimal(text) > 0 else None


@cache
def _time_zones() -> frozenset[str]:
    # Collecting them walks many folders; they do not change while a program runs.
    return frozenset(available_timezones())


def _line_up_to(limit: int, hint: str) -> Form[str]:
    def parse(text: str) -> str | None:
        return text if text and len(text) <= limit and "\n" not in text else None

    return Form(f"one line of at most {limit} characters", parse, "", hint, Outline(longest=limit))


IDENTIFIER = Form(
    "an id of a–z, 0–9 and hyphens, at most 63 characters, and no reserved name",
    _identifier,
    "",
    "Such as home-baking-women; it can never change once something has been issued",
    Outline(pattern=_ID.pattern),
)
CODE = matching(r"[A-Z0-9-]{2,16}", "a code of A–Z, 0–9 and hyphens, 2 to 16 characters", "Such as FT-HB-W")
LINE = _line_up_to(MAX_LINE, "Write it on one line")
SUMMARY = _line_up_to(MAX_SUMMARY, "Move the rest to description")
PARAGRAPHS = Form(
    f"a text of at most {MAX_TEXT} characters",
    lambda text: text if 0 < len(text) <= MAX_TEXT else None,
    "",
    "Write less, or put it on a page of its own",
    Outline(longest=MAX_TEXT),
)
DAY = Form(
    "a day that exists, as YYYY-MM-DD",
    _day,
    date.min,
    "Write year, month and day, such as 2026-02-16",
    Outline(pattern=_DAY.pattern),
)
POINTS = Form(
    "a number above 0",
    _points,
    Decimal(1),
    "Write digits, with a point and at most three decimals: 7.5",
    Outline(pattern=_DECIMAL.pattern, above=0, is_number=True),
)
YES_NO = Form(
    "true or false",
    {"true": True, "false": False}.get,
    False,
    "Write true or false, in small letters",
    Outline(words=("true", "false")),
)
LANGUAGE = Form(
    "a language tag",
    lambda text: text if text in KNOWN_LANGUAGES else None,
    "",
    "Such as en, ur or pa-Arab; a text that holds a comma or a colon needs quotes",
    Outline(words=tuple(sorted(KNOWN_LANGUAGES))),
)
COUNTRY = matching(r"[A-Z]{2}", "a country code of two capital letters", "ISO 3166-1, such as PK")
CURRENCY = matching(r"[A-Z]{3}", "a currency code of three capital letters", "ISO 4217, such as PKR")
FIELD_OF_EDUCATION = matching(r"[0-9]{2,6}", "2 to 6 digits of ISCED-F", 'Such as "0721", with its leading zero')
PHONE = matching(
    r"\+?[0-9](?:[ ()/-]{0,2}[0-9]){3,19}", "a telephone number", "Digits, spaces and hyphens, such as +92-41-0000000"
)
EMAIL = matching(
    r"[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}",
    "an e-mail address",
    "Such as desk@centre.example",
)
TIME_ZONE = Form(
    "a time zone of the IANA list",
    lambda text: text if text in _time_zones() else None,
    "UTC",
    "Such as Asia/Karachi",
)
