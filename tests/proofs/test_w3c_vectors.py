"""The vectors of *Data Integrity EdDSA Cryptosuites v1.0*, appendix A, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from nacl.signing import SigningKey

from asnad.credentials.contexts import CREDENTIALS_V2, load_contexts
from asnad.errors import InvalidError
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.ed25519 import verify_signature
from asnad.proofs.multibase import decode_base58
from asnad.proofs.multikey import decode_public_key
from asnad.proofs.proof import JCS, RDFC, ProofOptions, without
from asnad.proofs.rdf_dataset import Contexts, UndefinedTermError, canonical_dataset
from asnad.proofs.strict_json import JSONObject, parse_object

VECTORS = Path(__file__).parent.parent / "vectors" / "w3c-vc-di-eddsa"
JCS_VECTORS = VECTORS / "eddsa-jcs-2022"
RDFC_VECTORS = VECTORS / "eddsa-rdfc-2022"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"

# Published in appendix A.1 of the Recommendation, "Private and public keys for signature".
SEEDS = json.loads((Path(__file__).parents[1] / "vectors" / "seeds.json").read_text("utf-8"))["keys"]
SEED = bytes.fromhex(next(key["seed"] for key in SEEDS if key["use"] == "w3c-eddsa"))


class PublishedKey:
    """Signs with the key of the vectors."""

    @property
    def key_id(self) -> str:
        key = json.loads((VECTORS / "keyPair.json").read_bytes())["publicKeyMultibase"]
        return f"did:key:{key}#{key}"

    def sign(self, message: bytes) -> bytes:
        return SigningKey(SEED).sign(message).signature


SIGNER = PublishedKey()
OPTIONS = ProofOptions(created="2023-02-24T23:36:38Z", verification_method=SIGNER.key_id)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def document(path: Path) -> JSONObject:
    return parse_object(path.read_bytes(), limit=65_536)


def public_key() -> bytes:
    return decode_public_key(str(document(VECTORS / "keyPair.json")["publicKeyMultibase"]))


def contexts() -> Contexts:
    examples: dict[str, Any] = json.loads((VECTORS / "contexts" / "examples-v2.json").read_bytes())
    return MappingProxyType({CREDENTIALS_V2: load_contexts()[CREDENTIALS_V2], EXAMPLES: examples})


def proof_of(signed: JSONObject) -> JSONObject:
    proof = signed["proof"]
    assert isinstance(proof, dict)
    return proof


def test_the_seed_is_that_of_the_published_key() -> None:
    assert bytes(SigningKey(SEED).verify_key) == public_key()


def test_jcs_canonical_texts() -> None:
    config = document(JCS_VECTORS / "proofConfigJCS.json")
    assert canonical_json(document(VECTORS / "unsigned.json")).decode() == text(JCS_VECTORS / "canonDocJCS.txt")
    assert canonical_json(config).decode() == text(JCS_VECTORS / "proofCanonJCS.txt")


def test_jcs_hashes() -> None:
    hashed = eddsa_jcs_2022.hash_data(
        document(VECTORS / "unsigned.json"), document(JCS_VECTORS / "proofConfigJCS.json")
    ).hex()
    assert hashed[:64] == text(JCS_VECTORS / "proofHashJCS.txt")
    assert hashed[64:] == text(JCS_VECTORS / "docHashJCS.txt")
    assert hashed == text(JCS_VECTORS / "combinedHashJCS.txt")


def test_jcs_proof_value_as_bytes() -> None:
    assert decode_base58(text(JCS_VECTORS / "sigBTC58JCS.txt")).hex() == text(JCS_VECTORS / "sigHexJCS.txt")


def test_jcs_signed_document_verifies() -> None:
    signed = document(JCS_VECTORS / "signedJCS.json")
    assert eddsa_jcs_2022.has_known_shape(signed, signed["proof"])
    eddsa_jcs_2022.verify_proof(signed, proof_of(signed), public_key())


def test_jcs_signing_gives_the_published_proof() -> None:
    unsigned = document(VECTORS / "unsigned.json")
    assert eddsa_jcs_2022.create_proof(unsigned, OPTIONS, SIGNER) == proof_of(document(JCS_VECTORS / "signedJCS.json"))


@pytest.mark.parametrize("member", ["name", "description", "issuer", "validFrom", "id"])
def test_jcs_changed_member_is_refused(member: str) -> None:
    signed = document(JCS_VECTORS / "signedJCS.json")
    changed = signed | {member: f"{signed[member]}."}
    with pytest.raises(InvalidError, match="does not fit"):
        eddsa_jcs_2022.verify_proof(changed, proof_of(signed), public_key())


def test_rdfc_canonical_texts() -> None:
    unsigned = document(VECTORS / "unsigned.json")
    config = document(RDFC_VECTORS / "proofConfigDataInt.json")
    assert canonical_dataset(unsigned, contexts()).decode() == text(RDFC_VECTORS / "canonDocDataInt.txt")
    assert eddsa_rdfc_2022.canonical_config(
        unsigned["@context"], without(config, "@context"), contexts()
    ).decode() == text(RDFC_VECTORS / "proofCanonDataInt.txt")


@pytest.mark.parametrize("folder", [RDFC_VECTORS, RDFC_VECTORS / "employ"], ids=["alumni", "employment"])
def test_rdfc_hashes(folder: Path) -> None:
    hashed = eddsa_rdfc_2022.hash_data(
        (folder / "canonDocDataInt.txt").read_bytes(), (folder / "proofCanonDataInt.txt").read_bytes()
    ).hex()
    assert hashed[:64] == text(folder / "proofHashDataInt.txt")
    assert hashed[64:] == text(folder / "docHashDataInt.txt")
    assert hashed == text(folder / "combinedHashDataInt.txt")


@pytest.mark.parametrize("folder", [RDFC_VECTORS, RDFC_VECTORS / "employ"], ids=["alumni", "employment"])
def test_rdfc_signature_of_the_hashes(folder: Path) -> None:
    signature = decode_base58(text(folder / "sigBTC58DataInt.txt"))
    assert signature.hex() == text(folder / "sigHexDataInt.txt")
    verify_signature(public_key(), bytes.fromhex(text(folder / "combinedHashDataInt.txt")), signature)


@pytest.mark.parametrize("folder", [RDFC_VECTORS, RDFC_VECTORS / "employ"], ids=["alumni", "employment"])
def test_rdfc_signing_the_canonical_texts_gives_the_published_proof(folder: Path) -> None:
    nquads, config = ((folder / name).read_bytes() for name in ("canonDocDataInt.txt", "proofCanonDataInt.txt"))
    published = proof_of(document(folder / "signedDataInt.json"))
    proof = eddsa_rdfc_2022.sign_dataset(nquads, OPTIONS.proof(RDFC), config, SIGNER)
    assert proof == without(published, "@context")
    assert proof["proofValue"] == text(folder / "sigBTC58DataInt.txt")


def test_rdfc_signed_document_verifies() -> None:
    signed = document(RDFC_VECTORS / "signedDataInt.json")
    eddsa_rdfc_2022.verify_proof(signed, proof_of(signed), public_key(), contexts())


def test_rdfc_signing_the_document_gives_the_published_proof() -> None:
    unsigned = document(VECTORS / "unsigned.json")
    made = eddsa_rdfc_2022.create_proof(unsigned, OPTIONS, SIGNER, contexts())
    published = proof_of(document(RDFC_VECTORS / "signedDataInt.json"))
    assert made == without(published, "@context")


@pytest.mark.parametrize("member", ["name", "description", "issuer", "validFrom", "id"])
def test_rdfc_changed_member_is_refused(member: str) -> None:
    signed = document(RDFC_VECTORS / "signedDataInt.json")
    changed = signed | {member: f"{signed[member]}."}
    with pytest.raises(InvalidError, match="does not fit"):
        eddsa_rdfc_2022.verify_proof(changed, proof_of(signed), public_key(), contexts())


def test_a_context_that_is_not_given_is_not_fetched() -> None:
    with pytest.raises(UndefinedTermError, match=EXAMPLES):
        canonical_dataset(document(VECTORS / "unsigned.json"), load_contexts())


def test_the_two_suites_are_not_taken_for_each_other() -> None:
    signed = document(RDFC_VECTORS / "signedDataInt.json")
    assert not eddsa_jcs_2022.has_known_shape(signed, signed["proof"])
    forged = proof_of(signed) | {"cryptosuite": JCS, "@context": signed["@context"]}
    with pytest.raises(InvalidError, match="does not fit"):
        eddsa_jcs_2022.verify_proof(signed, forged, public_key())
