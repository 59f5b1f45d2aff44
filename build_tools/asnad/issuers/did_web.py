"""did:web: an issuer's name as the address where its did document lies (did:web method specification)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from asnad.proofs.strict_json import JSONObject

_DID = re.compile(r"did:web:[a-z0-9.-]+(%3A[0-9]{1,5})?(:[A-Za-z0-9._-]+)*")
MAX_DID = 300


def is_did_web(text: str) -> bool:
    """
    Tell whether a text is a did of the method web that this format takes.

    Args:
        text: Such as ``did:web:skills.example``.

    """
    return len(text) <= MAX_DID and _DID.fullmatch(text) is not None


def site_of(did: str) -> str:
    """
    Give the address at which the did's documents lie, ending in ``/``.

    Args:
        did: For which ``is_did_web`` holds.

    """
    host, *path = did.removeprefix("did:web:").split(":")
    return "https://" + "/".join([unquote(host), *path]) + "/"


def did_document_path(did: str) -> str:
    """
    Give the path of the did document below the site.

    Args:
        did: For which ``is_did_web`` holds.

    """
    return "did.json" if ":" in did.removeprefix("did:web:") else ".well-known/did.json"


def did_document(did: str, keys: tuple[tuple[str, str], ...]) -> JSONObject:
    """
    Write the did document.

    It cannot tell roles apart, so other verifiers accept any key in it; therefore the root key is
    not in it, and a compromised key leaves it.

    Args:
        did: The issuer.

        keys: Id and Multikey text of each key that may be believed.

    """
    methods = [
        {"id": key_id, "type": "Multikey", "controller": did, "publicKeyMultibase": text} for key_id, text in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [dict(method) for method in methods],
        "assertionMethod": [key_id for key_id, _ in keys],
    }
