"""
The JSON-LD contexts of the credentials, pinned by hash.

Nothing is ever fetched: a context that the signature was made with is the one that is inside the package.
Source: *Verifiable Credentials Data Model v2.0*, appendix "Base Context"; *Open Badges 3.0*, section "Serialization".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from asnad.assets import context_bytes
from asnad.errors import FileError

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3_0_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

CONTEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CREDENTIALS_V2: (
            "credentials-v2.json",
            "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
        ),
        # The file as it was first published. Later bytes at the same address add two terms that are never used here.
        OPEN_BADGES_3_0_3: (
            "open-badges-3.0.3.json",
            "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
        ),
    }
)
"""Address → name of the packaged file and SHA-256 of its bytes, in hexadecimal."""


def load_contexts() -> Mapping[str, Mapping[str, Any]]:
    """
    Read the pinned contexts.

    Returns:
        Address → parsed JSON of that context.

    Raises:
        FileError: A context is missing or is not the one that was pinned.

    """
    loaded: dict[str, Mapping[str, Any]] = {}
    for address, (name, expected) in CONTEXTS.items():
        content = context_bytes(name)
        loaded[address] = parse_pinned(content, expected, name)
    return MappingProxyType(loaded)


def parse_pinned(content: bytes, expected: str, name: str) -> Mapping[str, Any]:
    """
    Parse a context after comparing its hash.

    Args:
        content: Bytes of the file.

        expected: SHA-256 in hexadecimal.

        name: File name, for the message.

    Raises:
        FileError: The hash is another one.

    """
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise FileError(f"expected SHA-256 {expected}, got {found}", place=name, hint="install Asnad again")
    context: Mapping[str, Any] = json.loads(content)
    return context
