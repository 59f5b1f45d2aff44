"""Writing keys.json and signing it with the root key (docs/format.md §5.1)."""

from __future__ import annotations

from asnad.instant import format_instant
from asnad.issuers.keys_file import MAX_KEYS_FILE, IssuerKey, IssuerName, KeysFile
from asnad.issuers.members import each
from asnad.proofs.eddsa_jcs_2022 import create_proof
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.proof import ProofOptions, Signer
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object


def keys_document(keys: KeysFile) -> JSONObject:
    """
    Write keys.json without its proof.

    Args:
        keys: What it is to say.

    """
    contact: JSONObject = {name: value for name, value in (("phone", keys.phone), ("email", keys.email)) if value}
    document: JSONObject = {
        "type": "AsnadKeys",
        "format": 1,
        "issuer": keys.issuer,
        "version": keys.version,
        "issued": format_instant(keys.issued),
        "validUntil": format_instant(keys.valid_until),
        "sites": list(keys.sites),
        "names": [_name_document(name) for name in keys.names],
        "contact": contact,
        "keys": [_key_document(key) for key in keys.keys],
        "root": {"id": keys.root_id, "publicKeyMultibase": encode_public_key(keys.root_key)},
        "nextRootDigest": keys.next_root_digest.hex(),
        "frozen": [{"key": item.key, "sha256": item.sha256.hex(), "length": item.length} for item in keys.frozen],
    }
    return document | {"demonstration": True} if keys.demonstration else document


def sign_keys_file(keys: KeysFile, *roots: Signer) -> JSONObject:
    """
    Write keys.json and sign it with the root key, or with both of them while the root key changes.

    Args:
        keys: What it is to say.

        roots: Hold the root keys, the current one first.

    """
    document = keys_document(keys)
    created = format_instant(keys.issued)
    proofs: list[JSONValue] = [
        create_proof(document, ProofOptions(created=created, verification_method=root.key_id), root) for root in roots
    ]
    return document | {"proof": proofs}


def signing_roots(keys_json: bytes) -> tuple[str, ...]:
    """
    Name the root keys by which keys.json was signed.

    Args:
        keys_json: As ``sign_keys_file`` wrote it, checked before.

    """
    proofs = each(parse_object(keys_json, limit=MAX_KEYS_FILE)["proof"])
    return tuple(str(proof["verificationMethod"]) for proof in proofs if isinstance(proof, dict))


def _key_document(key: IssuerKey) -> JSONObject:
    return {
        "id": key.id,
        "publicKeyMultibase": encode_public_key(key.public_key),
        "role": str(key.role),
        "state": str(key.state),
        "from": format_instant(key.start),
        "to": format_instant(key.end),
    }


def _name_document(name: IssuerName) -> JSONObject:
    document: JSONObject = {"name": name.name, "language": name.language, "from": name.start.isoformat()}
    return document | {"to": name.end.isoformat()} if name.end else document
