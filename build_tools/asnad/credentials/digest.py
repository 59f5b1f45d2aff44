"""The digest that names a credential in the ledger and in frozen lists (docs/format.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import without
from asnad.proofs.strict_json import JSONValue

DOMAIN = b"asnad-credential-v1\0"


def credential_digest(credential: Mapping[str, JSONValue]) -> bytes:
    """
    Hash what a credential says, whoever signed it and however often.

    Args:
        credential: With or without proofs.

    """
    return sha256(DOMAIN + canonical_json(without(credential, "proof"))).digest()
