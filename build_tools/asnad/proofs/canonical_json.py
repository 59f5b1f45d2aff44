"""JSON in the one form that is signed: RFC 8785, JSON Canonicalization Scheme."""

from __future__ import annotations

import rfc8785

from asnad.proofs.strict_json import JSONValue


def canonical_json(value: JSONValue) -> bytes:
    """
    Write a JSON value as JCS bytes.

    Args:
        value: A value as ``parse_json`` gives it, or built by this package.

    Raises:
        ValueError: The value has no canonical form; a fault of the program, not of a user.

    """
    return rfc8785.dumps(value)
