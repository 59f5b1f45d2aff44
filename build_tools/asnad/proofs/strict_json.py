"""Reading JSON that somebody else has written, so that every implementation reads the same (docs/format.md §1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from asnad.errors import UnreadableError

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"
JSONObject: TypeAlias = "dict[str, JSONValue]"

MAX_DEPTH = 32
MAX_NUMBER = 2**53 - 1
MIN_NUMBER = 1e-6
"""Below this, RDF serialisers write one number in different ways."""


def parse_json(data: bytes, *, limit: int) -> JSONValue:
    """
    Parse bytes that were received, refusing whatever two readers could understand differently.

    Args:
        data: The bytes as received.

        limit: Largest number of bytes that is read.

    Raises:
        UnreadableError: With ``too-large``, ``not-text`` or ``not-json``.

    """
    if len(data) > limit:
        raise UnreadableError("too-large", f"expected at most {limit} bytes, got {len(data)}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("not-text", f"expected UTF-8, got byte {data[error.start]:#04x}") from None
    if text.startswith("\ufeff"):
        raise UnreadableError("not-text", "expected no byte order mark")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_members,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except RecursionError:
        raise _not_json(f"expected at most {MAX_DEPTH} levels, got more") from None
    except json.JSONDecodeError as error:
        raise _not_json(f"expected JSON, got something else in line {error.lineno}") from None
    _walk(value, 0)
    return cast(JSONValue, value)


def parse_object(data: bytes, *, limit: int) -> JSONObject:
    """
    Parse bytes that must hold a JSON object.

    Raises:
        UnreadableError: As ``parse_json``, and ``not-json`` for another kind of value.

    """
    value = parse_json(data, limit=limit)
    if not isinstance(value, dict):
        raise _not_json("expected a JSON object, got another kind of value")
    return value


def _not_json(message: str) -> UnreadableError:
    return UnreadableError("not-json", message)


def _members(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _not_json(f"expected each member once, got {twice!r} twice")
    return members


def _refuse_constant(name: str) -> None:
    raise _not_json(f"expected a number, got {name}")


def _integer(text: str) -> int:
    if text == "-0" or len(text) > 17 or abs(int(text)) > MAX_NUMBER:
        raise _not_json(f"expected a number between -(2^53-1) and 2^53-1, got {text[:24]}")
    return int(text)


def _decimal(text: str) -> float:
    value = float(text)
    mantissa = text.lower().split("e")[0]
    if text.startswith("-") and value == 0:
        raise _not_json("expected no negative zero")
    if abs(value) > MAX_NUMBER or (abs(value) < MIN_NUMBER and any(digit in "123456789" for digit in mantissa)):
        raise _not_json(f"expected 0 or a magnitude from 1e-6 to 2^53-1, got {text[:24]}")
    return value


def _walk(value: Any, depth: int) -> None:
    if isinstance(value, str):
        _refuse_surrogates(value)
    elif isinstance(value, (dict, list)):
        if depth == MAX_DEPTH:
            raise _not_json(f"expected at most {MAX_DEPTH} levels, got more")
        if isinstance(value, dict):
            for name in value:
                _refuse_surrogates(name)
        for item in value.values() if isinstance(value, dict) else value:
            _walk(item, depth + 1)


def _refuse_surrogates(text: str) -> None:
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise _not_json("expected whole characters, got a lone surrogate") from None
