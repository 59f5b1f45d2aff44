"""The cryptosuite eddsa-jcs-2022, on which our verdict rests (Data Integrity EdDSA Cryptosuites 1.0 §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from asnad.errors import InvalidError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.ed25519 import verify_signature
from asnad.proofs.multibase import decode_base58
from asnad.proofs.proof import JCS, ProofOptions, Signer, with_value, without
from asnad.proofs.strict_json import JSONObject, JSONValue

MEMBERS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"})


def hash_data(document: Mapping[str, JSONValue], proof: Mapping[str, JSONValue]) -> bytes:
    """
    Give the 64 bytes that are signed.

    Args:
        document: The document; its ``proof``, if any, is left out.

        proof: The proof; its ``proofValue``, if any, is left out.

    """
    config = canonical_json(without(proof, "proofValue"))
    return sha256(config).digest() + sha256(canonical_json(without(document, "proof"))).digest()


def create_proof(document: JSONObject, options: ProofOptions, signer: Signer) -> JSONObject:
    """
    Sign a document, keeping its ``@context`` inside the proof.

    Args:
        document: Without ``proof``.

        options: Time, key and purpose.

        signer: Holds the private key of ``options.verification_method``.

    """
    proof = options.proof(JCS, document.get("@context"))
    return with_value(proof, signer.sign(hash_data(document, proof)))


def has_known_shape(document: Mapping[str, JSONValue], proof: JSONValue) -> bool:
    """
    Tell whether a proof has exactly the members of docs/format.md §3.2.

    Args:
        document: The document that it secures.

        proof: One entry of its ``proof``.

    """
    if not isinstance(proof, dict):
        return False
    allowed = MEMBERS | {"@context"} if "@context" in document else MEMBERS
    return (
        frozenset(proof) == allowed
        and all(isinstance(proof[name], str) for name in MEMBERS)
        and proof.get("@context") == document.get("@context")
        and proof["type"] == "DataIntegrityProof"
        and proof["cryptosuite"] == JCS
    )


def verify_proof(document: Mapping[str, JSONValue], proof: Mapping[str, JSONValue], public_key: bytes) -> None:
    """
    Check one proof of known shape against a key.

    Args:
        document: As received, unknown members included.

        proof: The proof, for which ``has_known_shape`` holds.

        public_key: 32 bytes.

    Raises:
        InvalidError: ``signature-mismatch``.

    """
    try:
        signature = decode_base58(str(proof["proofValue"]))
    except InvalidError:
        raise InvalidError("signature-mismatch", "expected 64 bytes as base58btc, got something else") from None
    verify_signature(public_key, hash_data(document, proof), signature)
