"""
Quantities of courses as files from elsewhere write them: hours, lengths, prices, ages.

Each reader takes one text that is not empty, and raises ``CellError`` where it is not what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from babel.numbers import is_currency

from asnad.catalogue.course import Duration
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import MAX_NUMBER
from asnad.desk.register_cells import CellError, western_digits

MAX_HOURS = 10_000
MAX_LENGTH = 1000

_ISO_TIME = re.compile(r"P(?:(?P<days>[0-9]{1,4})D)?T(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,6})M)?")
_HOURS = re.compile(r"(?P<hours>[0-9][0-9,]{0,6})(?:\.0+)?(?: ?(?:h|hr|hrs|hour|hours|clock hours|گھنٹے|گھنٹہ))?")
_ISO_LENGTH = re.compile(r"P(?P<value>[0-9]{1,4})(?P<unit>[DWMY])")
_LENGTH = re.compile(r"(?P<value>[0-9]{1,4})[ -]?(?P<unit>\w+)")
_AMOUNT = r"(?P<amount>[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{2,3})+)(?:\.(?P<rest>[0-9]{1,4}))?"
_PRICE = re.compile(rf"(?P<before>[^\d\s]{{0,4}})\s?{_AMOUNT}\s?(?P<after>[^\d\s]{{0,4}})")

_UNITS: Mapping[str, tuple[str, int]] = MappingProxyType(
    dict.fromkeys(("D", "day", "days", "دن"), ("days", 1))
    | dict.fromkeys(("W", "week", "weeks", "ہفتہ", "ہفتے"), ("weeks", 1))
    | dict.fromkeys(("M", "month", "months", "ماہ", "مہینہ", "مہینے"), ("months", 1))
    | dict.fromkeys(("Y", "year", "years", "سال"), ("months", 12))
)
_FREE = frozenset({"free", "no fee", "مفت"})
_SHARED_SIGNS = frozenset({"rs", "rs.", "₨", "/-", "$", "£", "¥"})
"""Signs of money that more than one country uses."""
_CURRENCY_SIGNS: Mapping[str, str] = MappingProxyType({"€": "EUR", "₹": "INR"})


@dataclass(frozen=True, slots=True)
class Price:
    """A price in whole units."""

    amount: int
    currency: str | None
    said_free: bool


def read_hours(text: str) -> int:
    """
    Read a number of hours, as digits or as ISO 8601 writes a time.

    Args:
        text: Such as ``40``, ``40 hours`` or ``PT40H``.

    Raises:
        CellError: It is none, or not from 1 to 10,000 whole hours.

    """
    digits = western_digits(text).strip()
    if found := _ISO_TIME.fullmatch(digits):
        minutes = int(found["minutes"] or 0)
        if found["days"] or minutes % 60:
            raise CellError(f"expected whole hours, got {shown(text)}")
        hours = int(found["hours"] or 0) + minutes // 60
    elif found := _HOURS.fullmatch(digits.casefold()):
        hours = int(found["hours"].replace(",", ""))
    else:
        raise CellError(f"expected whole hours, got {shown(text)}")
    if not 1 <= hours <= MAX_HOURS:
        raise CellError(f"expected from 1 to {MAX_HOURS:,} hours, got {hours}")
    return hours


def read_part_hours(text: str) -> int:
    """
    Read hours of one kind, of which there may be none.

    Args:
        text: As ``read_hours`` takes it, and ``0``.

    Raises:
        CellError: It is none of these.

    """
    return 0 if western_digits(text).strip() in {"0", "PT0H"} else read_hours(text)


def read_duration(text: str) -> Duration:
    """
    Read a length by the calendar, in words or as ISO 8601 writes it.

    Args:
        text: Such as ``2 weeks``, ``6-month`` or ``P2W``.

    Raises:
        CellError: It is none, or longer than 1,000 of its units.

    """
    digits = western_digits(text).strip()
    found = _ISO_LENGTH.fullmatch(digits) or _LENGTH.fullmatch(digits.casefold())
    unit = _UNITS.get(found["unit"]) if found else None
    value = int(found["value"]) * unit[1] if found and unit else 0
    if unit is None or not 1 <= value <= MAX_LENGTH:
        raise CellError(f"expected a length such as 2 weeks or P2W, got {shown(text)}")
    return Duration(value=value, unit=unit[0])


def read_price(text: str) -> Price:
    """
    Read a price, with its currency where that is certain.

    Args:
        text: Such as ``2900``, ``Rs. 3,700``, ``PKR 3,700`` or ``free``.

    Raises:
        CellError: It is none, or not in whole units.

    """
    digits = western_digits(text).strip()
    if digits.casefold() in _FREE:
        return Price(0, None, said_free=True)
    found = _PRICE.fullmatch(digits)
    if found is None:
        raise CellError(f"expected one price, got {shown(text)}")
    if Decimal(f"0.{found['rest'] or 0}"):
        raise CellError(f"expected whole units of money, got {shown(text)}")
    currencies = {_currency(sign, text) for sign in (found["before"], found["after"]) if sign} - {None}
    if len(currencies) > 1:
        raise CellError(f"expected one currency, got {shown(text)}")
    amount = int(found["amount"].replace(",", ""))
    if amount > MAX_NUMBER:
        raise CellError(f"expected at most {MAX_NUMBER:,}, got {shown(text)}")
    return Price(amount, next(iter(currencies), None), said_free=False)


def read_currency(text: str) -> str:
    """
    Read a currency.

    Args:
        text: A code of ISO 4217.

    Raises:
        CellError: It is none.

    """
    if not is_currency(text.upper()):
        raise CellError(f"expected a currency code such as PKR, got {shown(text)}")
    return text.upper()


def read_age(text: str) -> int:
    """
    Read an age in years.

    Args:
        text: Digits.

    Raises:
        CellError: It is none.

    """
    digits = western_digits(text).strip()
    if not re.fullmatch("[0-9]{1,3}", digits) or not 1 <= int(digits) <= 120:
        raise CellError(f"expected an age from 1 to 120, got {shown(text)}")
    return int(digits)


def read_attendance(text: str) -> int:
    """
    Read the least attendance in whole per cent.

    Args:
        text: With or without the sign.

    Raises:
        CellError: It is none.

    """
    digits = western_digits(text).strip().removesuffix("%").strip()
    if not re.fullmatch("[0-9]{1,3}", digits) or not 1 <= int(digits) <= 100:
        raise CellError(f"expected from 1 to 100 per cent, got {shown(text)}")
    return int(digits)


def _currency(sign: str, text: str) -> str | None:
    word = sign.strip()
    if word.casefold() in _SHARED_SIGNS:
        return None
    if word in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[word]
    if not is_currency(word.upper()):
        raise CellError(f"expected one price, got {shown(text)}")
    return word.upper()
