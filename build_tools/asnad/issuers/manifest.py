"""manifest.json: which files belong together, at which version (docs/format.md §5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from asnad.errors import InvalidError, VerificationError
from asnad.instant import format_instant
from asnad.issuers.keys_file import KeysFile, KeyState, Role
from asnad.issuers.members import MembersError, digest, each, instant, only, text, whole
from asnad.proofs.eddsa_jcs_2022 import create_proof, has_known_shape, verify_proof
from asnad.proofs.proof import ProofOptions, Signer
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

MAX_MANIFEST = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """One published file."""

    path: str
    sha256: bytes
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What manifest.json says."""

    issuer: str
    version: int
    issued: int
    expires: int
    entries: tuple[ManifestEntry, ...]

    def vouches_for(self, path: str, data: bytes | None) -> bool:
        """
        Tell whether these are the bytes that the manifest names.

        Args:
            path: Below the site.

            data: What is held, or nothing.

        """
        entry = next((entry for entry in self.entries if entry.path == path), None)
        return (
            entry is not None
            and data is not None
            and entry.length == len(data)
            and entry.sha256 == sha256(data).digest()
        )


def manifest_entries(files: Mapping[str, bytes]) -> tuple[ManifestEntry, ...]:
    """
    Describe the files that a manifest names.

    Args:
        files: By path below the site.

    """
    return tuple(
        ManifestEntry(path=path, sha256=sha256(data).digest(), length=len(data)) for path, data in sorted(files.items())
    )


def sign_manifest(manifest: Manifest, signer: Signer) -> JSONObject:
    """
    Write manifest.json and sign it.

    Args:
        manifest: What it is to say.

        signer: Holds a status key.

    """
    document: JSONObject = {
        "type": "AsnadManifest",
        "format": 1,
        "issuer": manifest.issuer,
        "version": manifest.version,
        "issued": format_instant(manifest.issued),
        "expires": format_instant(manifest.expires),
        "files": [
            {"path": entry.path, "sha256": entry.sha256.hex(), "length": entry.length} for entry in manifest.entries
        ],
    }
    options = ProofOptions(created=format_instant(manifest.issued), verification_method=signer.key_id)
    return document | {"proof": [create_proof(document, options, signer)]}


# Whoever checks many certificates looks at the same few files with each of them.
@lru_cache(maxsize=16)
def verify_manifest(data: bytes, keys: KeysFile) -> Manifest:
    """
    Read manifest.json and check it against the issuer's status keys.

    Args:
        data: As published or held.

        keys: The issuer's keys.json.

    Raises:
        InvalidError: ``manifest-invalid``.

    """
    try:
        document = parse_object(data, limit=MAX_MANIFEST)
        (proof,) = each(document.get("proof"))
        verify_status_proof(document, proof, keys)
        manifest = _read(document)
    except (MembersError, VerificationError, ValueError) as error:
        raise InvalidError("manifest-invalid", f"manifest.json: {error}") from None
    if manifest.issuer != keys.issuer:
        raise InvalidError("manifest-invalid", f"manifest.json: expected issuer {keys.issuer}, got {manifest.issuer}")
    return manifest


def verify_status_proof(document: JSONObject, proof: JSONValue, keys: KeysFile) -> None:
    """
    Check a proof that a status key must have made in its time.

    Args:
        document: A manifest or status list.

        proof: Its jcs proof.

        keys: The issuer's keys.json.

    Raises:
        MembersError: The proof is of another shape, or by another kind of key.

        InvalidError: The signature does not fit.

    """
    if not has_known_shape(document, proof) or not isinstance(proof, dict):
        raise MembersError("expected an eddsa-jcs-2022 proof, got something else")
    key = keys.key(str(proof["verificationMethod"]))
    if key is None or key.role is not Role.STATUS or key.state is KeyState.COMPROMISED:
        raise MembersError("expected a proof by a status key, got another")
    if proof["proofPurpose"] != "assertionMethod" or not key.in_time(instant(proof["created"])):
        raise MembersError("expected a proof in the key's time, got another")
    verify_proof(document, proof, key.public_key)


_REQUIRED = frozenset(["type", "format", "issuer", "version", "issued", "expires", "files", "proof"])


def _read(document: JSONObject) -> Manifest:
    only(document, _REQUIRED)
    if document["type"] != "AsnadManifest" or whole(document["format"]) != 1:
        raise MembersError("expected AsnadManifest of format 1, got another type")
    entries = tuple(_read_entry(item) for item in each(document["files"]))
    paths = [entry.path for entry in entries]
    if paths != sorted(set(paths)) or not all(path.isascii() for path in paths):
        raise MembersError("expected each path once, in ASCII, sorted")
    return Manifest(
        issuer=text(document["issuer"]),
        version=whole(document["version"], 1),
        issued=instant(document["issued"]),
        expires=instant(document["expires"]),
        entries=entries,
    )


def _read_entry(value: JSONValue) -> ManifestEntry:
    item = only(value, frozenset({"path", "sha256", "length"}))
    return ManifestEntry(path=text(item["path"]), sha256=digest(item["sha256"]), length=whole(item["length"]))
