"""A small issuer with keys from libsodium, and one certificate of it, for tests that alter what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from nacl.signing import SigningKey

from asnad.carriers.payload import PayloadFormat, encode_payload
from asnad.credentials.contexts import load_contexts
from asnad.instant import format_instant, parse_instant
from asnad.issuers.keys_file import IssuerKey, IssuerName, KeysFile, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest
from asnad.issuers.notices import Notice, notices_json
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions
from asnad.proofs.strict_json import JSONObject
from asnad.status.bitstring import empty_bits
from asnad.status.status_list import StatusList, sign_status_list
from asnad.verification.trust import IssuerTrust, SeenVersions, Trust

DID = "did:web:small.example"
SITE = "https://small.example/"
LIST = "status/1.json"
DAY = 86_400


def at(text: str) -> int:
    """Read an instant that the test has written."""
    seconds = parse_instant(text)
    assert seconds is not None
    return seconds


FOUNDED = at("2026-01-01T00:00:00Z")
ISSUED = at("2026-06-01T12:00:00Z")
LISTED = at("2026-06-02T12:00:00Z")
NOW = at("2026-06-03T12:00:00Z")


@dataclass(frozen=True)
class SeedSigner:
    """Signs with a seed."""

    key_id: str
    seed: bytes

    @property
    def public_key(self) -> bytes:
        return bytes(SigningKey(self.seed).verify_key)

    def sign(self, message: bytes) -> bytes:
        return SigningKey(self.seed).sign(message).signature


def signer(name: str, number: int) -> SeedSigner:
    return SeedSigner(f"{DID}#{name}", bytes([number]) * 32)


ROOT = signer("root", 11)
ISSUING = signer("key", 12)
STATUS = signer("status", 13)
STRANGER = signer("stranger", 14)


def issuer_key(of: SeedSigner, role: Role, state: KeyState = KeyState.ACTIVE) -> IssuerKey:
    return IssuerKey(
        id=of.key_id, public_key=of.public_key, role=role, state=state, start=FOUNDED, end=FOUNDED + 400 * DAY
    )


KEYS = KeysFile(
    issuer=DID,
    version=3,
    issued=FOUNDED,
    valid_until=FOUNDED + 800 * DAY,
    demonstration=False,
    sites=(SITE,),
    names=(
        IssuerName(name="Small Centre", language="en", start=date(2020, 1, 1), end=None),
        IssuerName(name="چھوٹا مرکز", language="ur", start=date(2020, 1, 1), end=date(2030, 1, 1)),
    ),
    phone="+92-41-0000000",
    email="desk@small.example",
    keys=(issuer_key(ISSUING, Role.ISSUING), issuer_key(STATUS, Role.STATUS)),
    root_id=ROOT.key_id,
    root_key=ROOT.public_key,
    next_root_digest=sha256(bytes(SigningKey(bytes([15]) * 32).verify_key)).digest(),
    frozen=(),
)


def credential_document(index: int = 94_567) -> JSONObject:
    """Give a certificate with every optional member of the profile, not signed yet."""
    achievement = f"{SITE}achievements/baking/1.json"
    return {
        "@context": list(load_contexts()),
        "id": "urn:uuid:7f1c2a44-5d0e-4b8a-9d3f-2b6a1c0e9f57",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Home Baking",
        "issuer": {
            "id": DID,
            "type": ["Profile"],
            "name": "Small Centre",
            "url": SITE,
            "phone": "+92-41-0000000",
            "email": "desk@small.example",
            "official": "The Director",
            "address": {
                "type": ["Address"],
                "addressCountry": "Pakistan",
                "addressCountryCode": "PK",
                "addressRegion": "Punjab",
                "addressLocality": "Sandal Kot",
                "streetAddress": "Canal Road 1",
                "postalCode": "38000",
            },
            "parentOrg": {"id": f"{SITE}#parent", "type": ["Profile"], "name": "Small University"},
        },
        "validFrom": format_instant(ISSUED),
        "validUntil": "2029-06-01T18:59:59Z",
        "awardedDate": "2026-05-30T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "name": "Amna Bibi",
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": "Amna Bibi"},
                {"type": "IdentityObject", "hashed": False, "identityType": "ext:NativeName", "identityHash": "آمنہ"},
            ],
            "licenseNumber": "SC-B/1/001",
            "term": "Batch 1",
            "narrative": "Training Block\nSandal Kot",
            "activityStartDate": "2026-05-01T00:00:00Z",
            "activityEndDate": "2026-05-29T00:00:00Z",
            "creditsEarned": 2.5,
            "result": [
                {"type": ["Result"], "resultDescription": f"{achievement}#workload", "value": "30"},
                {"type": ["Result"], "resultDescription": f"{achievement}#grade", "value": "A", "status": "Completed"},
            ],
            "achievement": {
                "id": achievement,
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Home Baking",
                "description": "Bread and cakes.",
                "humanCode": "B",
                "inLanguage": "en",
                "version": "1",
                "creditsAvailable": 2.5,
                "fieldOfStudy": "Food",
                "criteria": {"id": f"{achievement}#criteria", "narrative": "Attendance of 80 percent."},
                "resultDescription": [
                    {
                        "id": f"{achievement}#workload",
                        "type": ["ResultDescription"],
                        "name": "Workload in hours",
                        "resultType": "ext:NotionalWorkload",
                        "valueMin": "0",
                        "valueMax": "30",
                    },
                    {
                        "id": f"{achievement}#grade",
                        "type": ["ResultDescription"],
                        "name": "Grade",
                        "resultType": "LetterGrade",
                        "allowedValue": ["A", "B"],
                        "requiredValue": "B",
                    },
                ],
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": "Level 3",
                        "targetUrl": "http://data.europa.eu/snb/eqf/3",
                        "targetFramework": "European Qualifications Framework",
                        "targetType": "ext:QualificationLevel",
                        "targetCode": "3",
                        "targetDescription": "Knowledge of facts.",
                    }
                ],
                "tag": ["baking"],
            },
        },
        "evidence": [
            {"type": ["Evidence"], "name": "Dr. Farah Naz", "description": "Director", "genre": "Signatory"},
        ],
        "credentialStatus": {
            "id": f"{SITE}{LIST}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": SITE + LIST,
        },
    }


def signed(document: JSONObject, by: SeedSigner = ISSUING, created: int = ISSUED) -> JSONObject:
    """Add both proofs."""
    options = ProofOptions(created=format_instant(created), verification_method=by.key_id)
    rdfc = eddsa_rdfc_2022.create_proof(document, options, by, load_contexts())
    return document | {"proof": [rdfc, eddsa_jcs_2022.create_proof(document, options, by)]}


STATUS_LIST = StatusList(
    id=SITE + LIST, issuer=DID, valid_from=LISTED, valid_until=LISTED + 35 * DAY, bits=empty_bits()
)
MANIFEST = Manifest(issuer=DID, version=12, issued=LISTED, expires=LISTED + 35 * DAY, entries=())


def published(
    keys: KeysFile = KEYS, status_list: StatusList = STATUS_LIST, notices: tuple[Notice, ...] = ()
) -> dict[str, bytes]:
    """Sign what the issuer publishes; the manifest names all of it."""
    files = {
        "asnad/keys.json": canonical_json(sign_keys_file(keys, ROOT)),
        "asnad/notices.json": notices_json(DID, notices),
        LIST: canonical_json(sign_status_list(status_list, STATUS, load_contexts())),
    }
    return with_manifest(files)


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Let a manifest vouch for the files as they are."""
    entries = manifest_entries({path: data for path, data in files.items() if path != "asnad/manifest.json"})
    manifest = canonical_json(sign_manifest(replace(MANIFEST, entries=entries), STATUS))
    return {**files, "asnad/manifest.json": manifest}


DICTIONARY = canonical_json(credential_document(1) | {"proof": [{"type": "DataIntegrityProof"}]})


SEEN = SeenVersions(3, 12)


def trust(files: Mapping[str, bytes], seen: SeenVersions | None = SEEN) -> Trust:
    """Trust the issuer with its files, and hold its dictionary."""
    return Trust((IssuerTrust(did=DID, root_keys=(ROOT.public_key,), files=files, seen=seen),), (DICTIONARY,))


def digits(credential: JSONObject, payload_format: PayloadFormat = PayloadFormat.CODE) -> str:
    """Write a signed certificate as a code or link carries it."""
    return encode_payload(credential, payload_format, DICTIONARY)
