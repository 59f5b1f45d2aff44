"""
The cells of a register: what a clerk may write in each, and what a spreadsheet program does to it on the way.

Each reader takes the text of one cell that is not empty, and raises ``CellError`` where it is not what it should be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from asnad.catalogue.findings import shown

MAX_LINE = 200
_EXPONENT = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_CNIC = re.compile(r"([0-9]{5})[- ]?([0-9]{7})[- ]?([0-9])")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,22}[0-9]")
_EMAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_NUMBER = re.compile(r"[0-9]{1,9}([.,][0-9]{1,4})?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
# Day 0 of a spreadsheet's count of days; its own leap-year fault lies before any date that occurs here.
_SERIAL_EPOCH = date(1899, 12, 30)


class CellError(ValueError):
    """A cell is not what its column wants."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """
        Keep what to say.

        Args:
            message: What was expected and what was found.

            hint: What to write instead.

        """
        super().__init__(message)
        self.message = message
        self.hint = hint


class Gender(StrEnum):
    """As a register has it; it is not printed."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


_GENDERS: Mapping[str, Gender] = MappingProxyType(
    dict.fromkeys(("female", "f", "woman", "lady", "aurat", "khatoon", "عورت", "خاتون", "زنانہ"), Gender.FEMALE)
    | dict.fromkeys(("male", "m", "man", "mard", "مرد", "مردانہ"), Gender.MALE)
    | dict.fromkeys(("other", "x", "khwaja sira", "دیگر", "خواجہ سرا"), Gender.OTHER)
)
_YES = frozenset({"yes", "y", "true", "1", "haan", "han", "ji", "ہاں", "جی", "جی ہاں"})
_NO = frozenset({"no", "n", "false", "0", "nahi", "nahin", "نہیں", "نہ"})
_PASSED = frozenset({"pass", "passed", "p", "kamyab", "kamiyab", "پاس", "کامیاب"}) | _YES
_FAILED = frozenset({"fail", "failed", "f", "absent", "nakam", "nakaam", "فیل", "ناکام", "غیر حاضر"}) | _NO


def read_line(text: str) -> str:
    """
    Take a short text as it is.

    Args:
        text: One line.

    Raises:
        CellError: It is longer, or has characters that cannot be seen.

    """
    if len(text) > MAX_LINE:
        raise CellError(f"expected at most {MAX_LINE} characters, got {len(text)}")
    if any(unicodedata.category(char).startswith("C") for char in text):
        raise CellError(f"expected one line of visible characters, got {shown(text)}")
    return text


def read_cnic(text: str) -> str:
    """
    Read an identity number and write it with its hyphens.

    Args:
        text: 13 digits, with or without hyphens.

    Returns:
        Such as ``35201-1234567-1``.

    Raises:
        CellError: It has another form; where a spreadsheet program did it, the hint says so.

    """
    digits = western_digits(text)
    if found := _CNIC.fullmatch(digits):
        return "-".join(found.groups())
    hint = "write it as 35201-1234567-1"
    if _EXPONENT.fullmatch(digits):
        hint = "the spreadsheet has rounded it: format the column as text and type it again"
    elif digits.isdecimal() and 8 <= len(digits) < 13:
        hint = "zeros at its beginning may be lost: format the column as text and type it again"
    raise CellError(f"expected an identity number of 5, 7 and 1 digits, got {shown(text)}", hint)


def read_phone(text: str) -> str:
    """
    Read a telephone number.

    Args:
        text: Digits, with a plus, spaces and hyphens as people write them.

    Raises:
        CellError: It is none, or a spreadsheet program has damaged it.

    """
    digits = western_digits(text)
    if _EXPONENT.fullmatch(digits):
        raise CellError(
            f"expected a telephone number, got {shown(text)}",
            "the spreadsheet has rounded it: format the column as text and type it again",
        )
    if re.fullmatch(r"3[0-9]{9}", digits):
        raise CellError(
            f"expected a telephone number that begins with 0 or +, got {shown(text)}", f"write 0{digits} or +92{digits}"
        )
    if not _PHONE.fullmatch(digits):
        raise CellError(f"expected a telephone number, got {shown(text)}", "write it as +92-300-1234567")
    return digits


def read_email(text: str) -> str:
    """
    Read an e-mail address.

    Args:
        text: One address.

    Raises:
        CellError: It is none.

    """
    if not _EMAIL.fullmatch(text):
        raise CellError(f"expected one e-mail address, got {shown(text)}")
    return text


def read_gender(text: str) -> Gender:
    """
    Read a gender in words or one letter.

    Args:
        text: In English, Roman Urdu or Urdu.

    Raises:
        CellError: The word is not known.

    """
    gender = _GENDERS.get(text.casefold())
    if gender is None:
        raise CellError(f"expected female, male or other, got {shown(text)}")
    return gender


def read_percent(text: str) -> Decimal:
    """
    Read an attendance in per cent.

    Args:
        text: 0 to 100, with or without the sign.

    Raises:
        CellError: It is none, or a share such as 0.95 that may be meant as one.

    """
    digits = western_digits(text).replace("٪", "%").removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits) or not 0 <= _decimal(digits) <= 100:
        raise CellError(f"expected a number from 0 to 100, got {shown(text)}", "write per cent, such as 95")
    number = _decimal(digits)
    if 0 < number <= 1:
        percent = f"{(number * 100).normalize():f}"
        raise CellError(
            f"expected a number from 0 to 100, got {shown(text)}, which may be a share",
            f"write {percent} if {percent} per cent is meant",
        )
    return number


def read_score(text: str) -> Decimal:
    """
    Read marks.

    Args:
        text: A number that is not negative.

    Raises:
        CellError: It is none.

    """
    digits = western_digits(text)
    if not _NUMBER.fullmatch(digits):
        raise CellError(f"expected a number, got {shown(text)}", "write the marks alone, such as 72")
    return _decimal(digits)


def read_passed(text: str) -> bool:
    """
    Read whether the assessment was passed.

    Args:
        text: In English, Roman Urdu or Urdu.

    Raises:
        CellError: The word is not known.

    """
    return _yes_or_no(text, _PASSED, _FAILED, "expected pass or fail")


def read_yes_or_no(text: str) -> bool:
    """
    Read yes or no.

    Args:
        text: In English, Roman Urdu or Urdu.

    Raises:
        CellError: The word is not known.

    """
    return _yes_or_no(text, _YES, _NO, "expected yes or no")


def read_day(text: str, today: date) -> date:
    """
    Read a date that has been.

    Args:
        text: ``YYYY-MM-DD``.

        today: At the centre.

    Raises:
        CellError: It is none, or lies ahead; of a date in another form the hint gives the readings that are possible.

    """
    digits = western_digits(text).removesuffix(" 00:00:00")
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        raise CellError(f"expected a date such as 2026-11-07, got {shown(text)}", _readings(digits)) from None
    if day > today:
        raise CellError(f"expected a date until today, {today.isoformat()}, got {day.isoformat()}")
    return day


def _readings(text: str) -> str:
    readings: list[str] = []
    if found := _DAY_FIRST.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        for month, day in ((second, first), (first, second)):
            try:
                readings.append(date(year, month, day).isoformat())
            except ValueError:
                continue
    elif re.fullmatch(r"[345][0-9]{4}", text):
        readings.append((_SERIAL_EPOCH + timedelta(days=int(text))).isoformat())
    return "write " + " or ".join(dict.fromkeys(readings)) if readings else "write year-month-day"


def _yes_or_no(text: str, yes: frozenset[str], no: frozenset[str], expected: str) -> bool:
    word = text.casefold()
    if word not in yes | no:
        raise CellError(f"{expected}, got {shown(text)}")
    return word in yes


def western_digits(text: str) -> str:
    """
    Write the digits of any script as 0 to 9.

    Args:
        text: With or without digits.

    """
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
