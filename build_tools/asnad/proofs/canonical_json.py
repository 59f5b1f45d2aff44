"""JSON in the one form that is signed: RFC 8785, JSON Canonicalization Scheme."""

from __future__ import annotations

import json

import rfc8785

from asnad.proofs.strict_json import MAX_NUMBER, JSONValue

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: JSONValue) -> bytes:
    """
    Write a JSON value as JCS bytes.

    Args:
        value: A value as ``parse_json`` gives it, or built by this package.

    Raises:
        ValueError: The value has no canonical form; a fault of the program, not of a user.

    """
    # Python's own encoder is ten times as fast, and differs from RFC 8785 only in what _is_plain leaves out.
    return _ENCODER.encode(value).encode("utf-8") if _is_plain(value) else rfc8785.dumps(value)


def _is_plain(value: JSONValue) -> bool:
    """Tell whether a value has names in ASCII, which every order sorts alike, and numbers that all write alike."""
    if isinstance(value, dict):
        # Most members are strings; asking here saves a call for each of them.
        return all(
            type(name) is str and name.isascii() and (type(item) is str or _is_plain(item))
            for name, item in value.items()
        )
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, int):
        return -MAX_NUMBER <= value <= MAX_NUMBER
    if isinstance(value, float):
        return not value.is_integer() and 1e-4 <= abs(value) <= MAX_NUMBER
    return value is None or isinstance(value, str)
