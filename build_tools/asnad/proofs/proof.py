"""Data Integrity proofs: what both cryptosuites share (VC Data Integrity 1.0 §2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from asnad.proofs.multibase import encode_base58
from asnad.proofs.strict_json import JSONObject, JSONValue

RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"


class Signer(Protocol):
    """Something that signs: a key file, or an external command."""

    @property
    def key_id(self) -> str:
        """Id of the verification method."""

    def sign(self, message: bytes) -> bytes:
        """Sign bytes with Ed25519 and give 64 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOptions:
    """What is said in a proof, and signed with the document."""

    created: str
    """Instant."""
    verification_method: str
    proof_purpose: str = "assertionMethod"

    def proof(self, cryptosuite: str, context: JSONValue = None) -> JSONObject:
        """
        Write the proof without its value.

        Args:
            cryptosuite: ``eddsa-rdfc-2022`` or ``eddsa-jcs-2022``.

            context: ``@context`` to keep inside, for the jcs suite.

        """
        members: JSONObject = {} if context is None else {"@context": context}
        return members | {
            "type": "DataIntegrityProof",
            "cryptosuite": cryptosuite,
            "created": self.created,
            "verificationMethod": self.verification_method,
            "proofPurpose": self.proof_purpose,
        }


def without(document: Mapping[str, JSONValue], member: str) -> JSONObject:
    """
    Copy a JSON object without one member; nothing below it is copied.

    Args:
        document: Any JSON object.

        member: Name of the member to leave out.

    """
    return {name: value for name, value in document.items() if name != member}


def with_value(proof: JSONObject, signature: bytes) -> JSONObject:
    """
    Complete a proof.

    Args:
        proof: As ``ProofOptions.proof`` gives it.

        signature: 64 bytes.

    """
    return proof | {"proofValue": encode_base58(signature)}
