"""The cryptosuite eddsa-rdfc-2022, which the world's wallets read (Data Integrity EdDSA Cryptosuites 1.0 §3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from asnad.errors import InvalidError
from asnad.proofs.ed25519 import verify_signature
from asnad.proofs.multibase import decode_base58
from asnad.proofs.proof import RDFC, ProofOptions, Signer, with_value, without
from asnad.proofs.rdf_dataset import Contexts, canonical_dataset
from asnad.proofs.strict_json import JSONObject, JSONValue


def canonical_config(context: JSONValue, proof: Mapping[str, JSONValue], contexts: Contexts) -> bytes:
    """
    Write a proof without its value as canonical N-Quads.

    Args:
        context: ``@context`` of the document, with which the proof is read too.

        proof: The proof; its ``proofValue``, if any, is left out.

        contexts: Every context that is named.

    Raises:
        UndefinedTermError: The proof says what the contexts do not define.

    """
    return canonical_dataset(without(proof, "proofValue") | {"@context": context}, contexts)


def hash_data(document_nquads: bytes, config_nquads: bytes) -> bytes:
    """
    Give the 64 bytes that are signed.

    Args:
        document_nquads: Canonical N-Quads of the document without ``proof``.

        config_nquads: As ``canonical_config`` gives them.

    """
    return sha256(config_nquads).digest() + sha256(document_nquads).digest()


def create_proof(document: JSONObject, options: ProofOptions, signer: Signer, contexts: Contexts) -> JSONObject:
    """
    Sign a document as RDF.

    Args:
        document: Without ``proof``.

        options: Time, key and purpose.

        signer: Holds the private key of ``options.verification_method``.

        contexts: Every context that is named.

    Raises:
        UndefinedTermError: The document says what the contexts do not define.

    """
    proof = options.proof(RDFC)
    config = canonical_config(document["@context"], proof, contexts)
    return sign_dataset(canonical_dataset(document, contexts), proof, config, signer)


def sign_dataset(document_nquads: bytes, proof: JSONObject, config_nquads: bytes, signer: Signer) -> JSONObject:
    """
    Complete a proof for a document whose canonical form is known already, as in a batch.

    Args:
        document_nquads: Canonical N-Quads of the document without ``proof``.

        proof: As ``ProofOptions.proof`` gives it.

        config_nquads: ``canonical_config`` of that proof.

        signer: Holds the private key.

    """
    return with_value(proof, signer.sign(hash_data(document_nquads, config_nquads)))


def verify_proof(
    document: Mapping[str, JSONValue], proof: Mapping[str, JSONValue], public_key: bytes, contexts: Contexts
) -> None:
    """
    Check one proof against a key.

    Args:
        document: As received.

        proof: One entry of its ``proof``.

        public_key: 32 bytes.

        contexts: Every context that is named.

    Raises:
        InvalidError: ``signature-mismatch``.

        UndefinedTermError: The document cannot be read as RDF with these contexts.

    """
    dataset = canonical_dataset(without(document, "proof"), contexts)
    data = hash_data(dataset, canonical_config(document["@context"], proof, contexts))
    try:
        signature = decode_base58(str(proof.get("proofValue")))
    except InvalidError:
        raise InvalidError("signature-mismatch", "expected 64 bytes as base58btc, got something else") from None
    verify_signature(public_key, data, signature)
