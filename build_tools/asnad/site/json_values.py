"""Values of the catalogue as JSON values (docs/catalogue-json.md, Values)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from asnad.catalogue.text import Text
from asnad.proofs.strict_json import JSONObject, JSONValue


def by_language(text: Text | None) -> JSONObject | None:
    """
    Write a text as its versions by language.

    Args:
        text: Of the catalogue, or nothing.

    """
    return dict(text.versions) if text else None


def number(value: Decimal) -> int | float:
    """
    Write a decimal as the JSON number that JCS writes the same way in every language.

    Args:
        value: With at most three decimals and six digits before them.

    """
    return int(value) if value == value.to_integral_value() else float(value)


def day(value: date | None) -> str | None:
    """
    Write a day as ``YYYY-MM-DD``.

    Args:
        value: A day at the centre, or nothing.

    """
    return value.isoformat() if value else None


def present(members: JSONObject) -> JSONObject:
    """
    Leave out what there is nothing to say about.

    Args:
        members: Of an object; ``None`` stands for a missing one.

    """
    return {name: value for name, value in members.items() if value is not None}


def listed(values: tuple[str, ...]) -> list[JSONValue]:
    """
    Write codes or ids as an array.

    Args:
        values: In their order.

    """
    return list(values)
