"""Reading the members of signed files into typed values; anything unexpected is an error."""

from __future__ import annotations

import re
from datetime import date

from asnad.instant import parse_instant
from asnad.proofs.strict_json import JSONObject, JSONValue

_DIGEST = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"(https://|http://|did:|urn:)\S+")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class MembersError(ValueError):
    """A member is missing, of another kind, or not known; the caller says what that means."""


def only(value: JSONValue, required: frozenset[str], optional: frozenset[str] = frozenset()) -> JSONObject:
    """
    Take a value for an object with known members.

    Args:
        value: Any JSON value.

        required: Members that must be there.

        optional: Members that may be there.

    Raises:
        MembersError: It is something else.

    """
    if not isinstance(value, dict) or not required <= value.keys() <= required | optional:
        raise MembersError("expected an object with known members, got another")
    return value


def text(value: JSONValue, limit: int = 1000) -> str:
    """
    Take a value for one line of text that is not empty; as in certificates, control characters are refused.

    Args:
        value: Any JSON value.

        limit: Largest number of characters.

    Raises:
        MembersError: It is something else.

    """
    if not isinstance(value, str) or not 1 <= len(value) <= limit or _FORBIDDEN.search(value):
        raise MembersError(f"expected 1 to {limit} characters, got something else")
    return value


def url(value: JSONValue) -> str:
    """
    Take a value for an address as docs/format.md §2 has it.

    Args:
        value: Any JSON value.

    Raises:
        MembersError: It is something else.

    """
    address = text(value, 2000)
    if not _URL.fullmatch(address):
        raise MembersError("expected an absolute address, got something else")
    return address


def digest(value: JSONValue) -> bytes:
    """
    Take a value for a SHA-256 value in hexadecimal.

    Args:
        value: Any JSON value.

    Raises:
        MembersError: It is something else.

    """
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise MembersError("expected 64 hexadecimal digits, got something else")
    return bytes.fromhex(value)


def whole(value: JSONValue, smallest: int = 0) -> int:
    """
    Take a value for a whole number.

    Args:
        value: Any JSON value.

        smallest: Smallest number allowed.

    Raises:
        MembersError: It is something else.

    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < smallest:
        raise MembersError(f"expected a whole number from {smallest}, got something else")
    return value


def instant(value: JSONValue) -> int:
    """
    Take a value for an instant, in seconds since 1970.

    Args:
        value: Any JSON value.

    Raises:
        MembersError: It is something else.

    """
    seconds = parse_instant(value)
    if seconds is None:
        raise MembersError("expected an instant, got something else")
    return seconds


def day(value: JSONValue) -> date:
    """
    Take a value for a date ``YYYY-MM-DD``.

    Args:
        value: Any JSON value.

    Raises:
        MembersError: It is something else.

    """
    if isinstance(value, str) and parse_instant(f"{value}T00:00:00Z") is not None:
        return date.fromisoformat(value)
    raise MembersError("expected a date, got something else")


def each(value: JSONValue) -> list[JSONValue]:
    """
    Take a value for an array.

    Args:
        value: Any JSON value.

    Raises:
        MembersError: It is something else.

    """
    if not isinstance(value, list):
        raise MembersError("expected an array, got something else")
    return value
