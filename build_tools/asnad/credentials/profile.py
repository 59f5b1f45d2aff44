"""
Which members a credential may have, and what they may say (docs/format.md §2).

The table itself is ``profile.json``; the verifier in the browser reads the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from asnad.errors import InvalidError
from asnad.instant import parse_instant
from asnad.proofs.strict_json import JSONObject, JSONValue

MAX_LINE = 1000
MAX_TEXT = 20_000
MAX_URL = 2000
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_URL = re.compile(r"(https://|http://|did:|urn:)\S+")
_INDEX = re.compile(r"0|[1-9][0-9]*")
_LIST_NUMBER = re.compile(r"status/[1-9][0-9]{0,8}\.json")
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Table = Mapping[str, Mapping[str, str]]


@cache
def profile_table() -> Table:
    """Read the table that is part of the specification."""
    table: Table = json.loads(files("asnad.credentials").joinpath("profile.json").read_text("utf-8"))
    return table


def check_profile(credential: JSONObject, sites: tuple[str, ...]) -> None:
    """
    Check the content of a credential, whose signature fits, against the profile.

    Args:
        credential: As received, proofs included.

        sites: Addresses at which its issuer publishes, each ending in ``/``.

    Raises:
        InvalidError: ``content``, with the place as a JSON pointer.

    """
    _check_object(credential, "Credential", "")
    subject = _object(credential["credentialSubject"])
    first = _object(_list(subject["identifier"])[0])
    if first["identityType"] != "name" or first["hashed"] is not False:
        raise _content("/credentialSubject/identifier/0", "the learner's name")
    if subject.get("name", first["identityHash"]) != first["identityHash"]:
        raise _content("/credentialSubject/name", "the same name as in identifier")
    entry = _object(credential["credentialStatus"])
    address = str(entry["statusListCredential"])
    if not any(address.startswith(site) and _LIST_NUMBER.fullmatch(address[len(site) :]) for site in sites):
        raise _content("/credentialStatus/statusListCredential", "a status list of the issuer")
    if entry["id"] != f"{address}#{entry['statusListIndex']}":
        raise _content("/credentialStatus/id", "the list's address, # and the index")


def _content(place: str, expected: str) -> InvalidError:
    return InvalidError("content", f"expected {expected}, got something else", place=place)


def _check_object(value: JSONValue, kind: str, place: str) -> None:
    if not isinstance(value, dict):
        raise _content(place, f"an object ({kind})")
    members = profile_table()[kind]
    for name, item in value.items():
        if name not in members:
            raise _content(f"{place}/{name}", f"no such member in {kind}")
        _check_member(item, members[name].removesuffix("!"), f"{place}/{name}")
    for name, rule in members.items():
        if rule.endswith("!") and name not in value:
            raise _content(f"{place}/{name}", "this member")


def _check_member(value: JSONValue, rule: str, place: str) -> None:
    kind = rule.removesuffix("*")
    if not rule.endswith("*"):
        _check_value(value, kind, place)
        return
    if not isinstance(value, list) or not value:
        raise _content(place, "an array that is not empty")
    if kind.startswith("="):
        if value != kind[1:].split(","):
            raise _content(place, kind[1:])
        return
    for number, item in enumerate(value):
        _check_value(item, kind, f"{place}/{number}")


def _check_value(value: JSONValue, kind: str, place: str) -> None:
    if kind in profile_table():
        _check_object(value, kind, place)
    elif kind == "number":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _content(place, "a number")
    elif kind == "boolean":
        if not isinstance(value, bool):
            raise _content(place, "true or false")
    elif not isinstance(value, str) or _FORBIDDEN.search(value):
        raise _content(place, "text without control characters")
    elif not (_TEXTS[kind](value) if kind in _TEXTS else _is_word(kind, value)):
        raise _content(place, kind)


def _is_word(kind: str, text: str) -> bool:
    return text in kind.removeprefix("=").split("|")


def _is_day(text: str) -> bool:
    return text.endswith("T00:00:00Z") and parse_instant(text) is not None


_TEXTS: Mapping[str, Callable[[str], bool]] = {
    "line": lambda text: 1 <= len(text) <= MAX_LINE and "\n" not in text,
    "text": lambda text: 1 <= len(text) <= MAX_TEXT,
    "url": lambda text: len(text) <= MAX_URL and _URL.fullmatch(text) is not None,
    "day": _is_day,
    "instant": lambda text: parse_instant(text) is not None,
    "uuid": lambda text: _UUID.fullmatch(text) is not None,
    "index": lambda text: _INDEX.fullmatch(text) is not None,
}


def _object(value: JSONValue) -> JSONObject:
    if not isinstance(value, dict):
        raise TypeError("the profile has been checked before")
    return value


def _list(value: JSONValue) -> list[JSONValue]:
    if not isinstance(value, list):
        raise TypeError("the profile has been checked before")
    return value
