"""
Write the fenced blocks of docs/format.md that hold data: the profile of §2 and the worked example of §8.

Run it after the draft has changed: ``.venv/bin/python tests/write_format_example.py``. The prose between the blocks
stays as it is. The keys are the published test seeds. DEFLATE output may differ between builds of zlib.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from nacl.signing import SigningKey

from asnad.carriers.digits import decode_digits
from asnad.carriers.payload import PayloadFormat, decode_payload, dictionary_prefix, encode_payload
from asnad.carriers.qr_code import draw_qr_code
from asnad.carriers.received import verify_digits
from asnad.credentials.contexts import load_contexts
from asnad.credentials.digest import credential_digest
from asnad.instant import parse_instant
from asnad.issuers.did_web import did_document
from asnad.issuers.keys_file import IssuerKey, IssuerName, KeysFile, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest
from asnad.issuers.notices import Notice, NoticeState, notice_digest, notices_json
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multibase import decode_base58
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.proof import ProofOptions, without
from asnad.proofs.rdf_dataset import canonical_dataset
from asnad.status.bitstring import empty_bits, with_bit
from asnad.status.status_list import StatusList, sign_status_list
from asnad.verification.trust import IssuerTrust, SeenVersions, Trust
from format_blocks import (
    DOCUMENT,
    HEX_WIDTH,
    PROFILE,
    SEEDS,
    grouped,
    layout,
    profile_lines,
    read_blocks,
    table,
    with_blocks,
    wrapped,
)

DID, SITE = "did:web:skills.example", "https://skills.example/"
LIST = f"{SITE}status/1.json"
BITS = with_bit(empty_bits(), 5)
ADDRESS = f"{SITE}v/#"
OTHER_ID = "urn:uuid:5e0d7a10-93c4-4f6b-8a21-0c9b7f3d6e48"
SIGNED, LISTED = "2026-11-20T09:15:00Z", "2026-11-28T06:00:00Z"
LIST_ENDS = "2027-01-02T06:00:00Z"
MOMENTS = ("2026-12-01T09:00:00Z", "2027-01-02T06:00:01Z")
USES = {"root": "root-2026a", "next root": "", "issuing": "key-2026a", "status": "status-2026a"}
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


@dataclass(frozen=True)
class SeedSigner:
    """Signs with a published seed."""

    key_id: str
    seed: bytes

    @property
    def public_key(self) -> bytes:
        return bytes(SigningKey(self.seed).verify_key)

    def sign(self, message: bytes) -> bytes:
        return SigningKey(self.seed).sign(message).signature


def signers() -> dict[str, SeedSigner]:
    """Make the signers of the example from the published seeds."""
    seeds = {entry["use"]: bytes.fromhex(entry["seed"]) for entry in json.loads(SEEDS.read_bytes())["keys"]}
    return {use: SeedSigner(f"{DID}#{fragment}", seeds[use]) for use, fragment in USES.items()}


def credential(identifier: str, serial: str, index: str, names: tuple[str, str], day: str, signed: str) -> Any:
    """Write the certificate of the example, or with other words its dictionary."""
    kinds = ("name", "ext:NativeName")
    return {
        "@context": CONTEXTS,
        "id": identifier,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Bread Baking",
        "issuer": {
            "id": DID,
            "type": ["Profile"],
            "name": "Chenab Skills Centre",
            "address": {"type": ["Address"], "addressCountryCode": "PK"},
        },
        "validFrom": signed,
        "awardedDate": day,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "name": names[0],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityType": kind, "identityHash": name}
                for kind, name in zip(kinds, names, strict=True)
            ],
            "licenseNumber": serial,
            "achievement": {
                "id": f"{SITE}achievements/bread-baking/1.json",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": "Bread Baking",
                "description": "Thirty hours in the bakery of the centre.",
                "inLanguage": "en",
                "version": "1",
                "criteria": {"narrative": "Attended 80 percent of the hours and baked three breads."},
            },
        },
        "evidence": [
            {"type": ["Evidence"], "name": "Rukhsana Malik", "description": "Principal", "genre": "Signatory"}
        ],
        "credentialStatus": {
            "id": f"{LIST}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": index,
            "statusListCredential": LIST,
        },
    }


def at(text: str) -> int:
    """Read an instant of the example."""
    seconds = parse_instant(text)
    assert seconds is not None
    return seconds


def keys_file(by: dict[str, SeedSigner]) -> KeysFile:
    """Say what keys.json of the example says."""
    return KeysFile(
        issuer=DID,
        version=3,
        issued=at("2026-01-01T08:00:00Z"),
        valid_until=at("2027-06-30T00:00:00Z"),
        demonstration=False,
        sites=(SITE,),
        names=(IssuerName(name="Chenab Skills Centre", language="en", start=date(2023, 5, 28), end=None),),
        phone="+92-41-5550100",
        email=None,
        keys=tuple(
            IssuerKey(
                id=by[role].key_id,
                public_key=by[role].public_key,
                role=role,
                state=KeyState.ACTIVE,
                start=at("2026-01-01T00:00:00Z"),
                end=at("2027-02-01T00:00:00Z"),
            )
            for role in Role
        ),
        root_id=by["root"].key_id,
        root_key=by["root"].public_key,
        next_root_digest=sha256(by["next root"].public_key).digest(),
        frozen=(),
    )


def published_files(by: dict[str, SeedSigner]) -> dict[str, bytes]:
    """Sign what the issuer of the example publishes."""
    status = StatusList(id=LIST, issuer=DID, valid_from=at(LISTED), valid_until=at(LIST_ENDS), bits=BITS)
    notice = Notice(digest=notice_digest(OTHER_ID), state=NoticeState.REPLACED, day=date(2026, 11, 27))
    methods = tuple((by[role].key_id, encode_public_key(by[role].public_key)) for role in Role)
    files = {
        ".well-known/did.json": canonical_json(did_document(DID, methods)),
        "asnad/keys.json": canonical_json(sign_keys_file(keys_file(by), by["root"])),
        "asnad/notices.json": notices_json(DID, (notice,)),
        "status/1.json": canonical_json(sign_status_list(status, by["status"], load_contexts())),
    }
    manifest = Manifest(
        issuer=DID, version=12, issued=at(LISTED), expires=at(LIST_ENDS), entries=manifest_entries(files)
    )
    return files | {"asnad/manifest.json": canonical_json(sign_manifest(manifest, by["status"]))}


def unsigned_credential() -> Any:
    """Write the certificate of the example."""
    return credential(
        "urn:uuid:3f2b8c1e-6d47-4a95-b0e3-9c7d15f84a26",
        "CSC-BR/03/007",
        "94567",
        ("Nadia Iqbal", "نادیہ اقبال"),
        "2026-11-19T00:00:00Z",
        SIGNED,
    )


def dictionary_bytes(key_id: str) -> bytes:
    """Write the payload document of a certificate that nobody has."""
    day = "2026-01-01T00:00:00Z"
    nobody = "urn:uuid:00000000-0000-4000-8000-000000000000"
    typical = credential(nobody, "CSC-BR/01/001", "10", ("Amna Bibi", "x"), day, day)
    jcs = ProofOptions(created=day, verification_method=key_id).proof("eddsa-jcs-2022", [*CONTEXTS])
    return canonical_json(typical | {"proof": [jcs]})


def proof_blocks(signed: Any) -> dict[str, str]:
    """Write what is hashed and signed."""
    rdfc, jcs = signed["proof"]
    contexts, document = load_contexts(), without(signed, "proof")
    rdfc_config = eddsa_rdfc_2022.canonical_config(document["@context"], rdfc, contexts)
    jcs_data, signature = eddsa_jcs_2022.hash_data(document, jcs), decode_base58(jcs["proofValue"])
    rdfc_data = eddsa_rdfc_2022.hash_data(canonical_dataset(document, contexts), rdfc_config)
    return {
        "jcs proof configuration": wrapped(canonical_json(without(jcs, "proofValue")).decode()),
        "jcs proof": table(
            {
                "SHA-256(proof configuration)": jcs_data[:32].hex(),
                "SHA-256(JCS(document))": jcs_data[32:].hex(),
                "signature, R": signature[:32].hex(),
                "signature, S": signature[32:].hex(),
                "proofValue": jcs["proofValue"],
            }
        ),
        "rdfc proof configuration": rdfc_config.decode().rstrip("\n"),
        "rdfc proof": table(
            {
                "SHA-256(proof configuration)": rdfc_data[:32].hex(),
                "SHA-256(N-Quads of the document)": rdfc_data[32:].hex(),
                "proofValue": rdfc["proofValue"],
            }
        ),
        "credential digest": credential_digest(signed).hex(),
    }


def code_blocks(signed: Any, dictionary: bytes) -> dict[str, str]:
    """Write the code, from its fields to its digits."""
    digits = encode_payload(signed, PayloadFormat.CODE, dictionary)
    link = encode_payload(signed, PayloadFormat.LINK, dictionary)
    payload, data = decode_payload(digits), decode_digits(digits)
    document = zlib.decompressobj(-15, dictionary).decompress(payload.compressed)
    fields = {
        "0 format": data[:1].hex(),
        "1 prefix": data[1:5].hex(),
        "5 signature, R": data[5:37].hex(),
        "37 signature, S": data[37:69].hex(),
        "69 DEFLATE": f"{len(payload.compressed)} bytes:",
    }
    return {
        "dictionary": wrapped(dictionary.decode()),
        "payload": table(fields) + "\n" + wrapped(payload.compressed.hex(), HEX_WIDTH),
        "digits": grouped(digits),
        "code": table(
            {
                "dictionary": f"d/{dictionary_prefix(dictionary).hex()}.bin, {len(dictionary)} bytes",
                "payload document": f"{len(document)} bytes",
                "code": f"{len(data)} bytes, {len(digits)} digits",
                "text before the digits": ADDRESS,
                "QR code": f"version {draw_qr_code(ADDRESS + digits).version}, error correction M",
                "link": f"{len(decode_digits(link))} bytes, {len(link)} digits",
            }
        ),
    }


def example() -> dict[str, str]:
    """Make every block."""
    by = signers()
    document, options = unsigned_credential(), ProofOptions(created=SIGNED, verification_method=by["issuing"].key_id)
    rdfc = eddsa_rdfc_2022.create_proof(document, options, by["issuing"], load_contexts())
    signed = document | {"proof": [rdfc, eddsa_jcs_2022.create_proof(document, options, by["issuing"])]}
    files, dictionary = published_files(by), dictionary_bytes(by["issuing"].key_id)
    issuer = IssuerTrust(did=DID, root_keys=(by["root"].public_key,), files=files, seen=SeenVersions(3, 12))
    trust = Trust((issuer,), (dictionary,))
    digits = encode_payload(signed, PayloadFormat.CODE, dictionary)
    whole = sorted((files | {"credential.json": canonical_json(signed)}).items())
    return {
        "profile.json": profile_lines(json.loads(PROFILE.read_bytes())),
        "seeds": table({use: signer.seed.hex() for use, signer in by.items()}),
        **{path: layout(json.loads(data)) for path, data in whole},
        "lengths and hashes of the files": table(
            {path: f"{len(data)} bytes, SHA-256 {sha256(data).hexdigest()}" for path, data in whole}
        ),
        "bits of the list": table(
            {"bytes": str(len(BITS)), "bytes 0 to 7": BITS[:8].hex(), "SHA-256": sha256(BITS).hexdigest()}
        ),
        "notice": table({"id": OTHER_ID, "digest": notice_digest(OTHER_ID).hex()}),
        **proof_blocks(signed),
        **code_blocks(signed, dictionary),
        **{f"report at {moment}": layout(verify_digits(digits, trust, at(moment)).to_json()) for moment in MOMENTS},
    }


def main() -> None:
    """Put the blocks into the document."""
    blocks = example()
    markdown = DOCUMENT.read_text("utf-8")
    titles = read_blocks(markdown).keys()
    if titles != blocks.keys():
        sys.exit(f"docs/format.md: expected one block for each of {sorted(titles ^ blocks.keys())}")
    DOCUMENT.write_text(with_blocks(markdown, blocks), "utf-8")


if __name__ == "__main__":
    main()
