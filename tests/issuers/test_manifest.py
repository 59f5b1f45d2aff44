"""manifest.json and notices.json (docs/format.md §5.2, §5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from altered import changed_members
from asnad.errors import InvalidError
from asnad.issuers.keys_file import KeyState, Role
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest, verify_manifest
from asnad.issuers.notices import Notice, NoticeState, notice_digest, notices_json, read_notices
from asnad.proofs import eddsa_jcs_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions, without
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object
from small_issuer import DID, ISSUING, KEYS, MANIFEST, STATUS, STRANGER, SeedSigner, issuer_key

FILES = {"status/1.json": b"list", "asnad/keys.json": b"keys", "did.json": b""}
WHOLE = replace(MANIFEST, entries=manifest_entries(FILES))
SIGNED = sign_manifest(WHOLE, STATUS)


def resigned(by: SeedSigner = STATUS, created: str = "2026-06-02T12:00:00Z", **members: JSONValue) -> JSONObject:
    document = without(SIGNED, "proof") | members
    options = ProofOptions(created=created, verification_method=by.key_id)
    return document | {"proof": [eddsa_jcs_2022.create_proof(document, options, by)]}


def refuse(document: JSONValue) -> str:
    with pytest.raises(InvalidError) as refused:
        verify_manifest(canonical_json(document), KEYS)
    assert refused.value.reason == "manifest-invalid"
    return str(refused.value)


@pytest.mark.parametrize("manifest", [WHOLE, MANIFEST, replace(WHOLE, version=2**53 - 1)])
def test_what_is_signed_is_read_back(manifest: Manifest) -> None:
    assert verify_manifest(canonical_json(sign_manifest(manifest, STATUS)), KEYS) == manifest


def test_files_are_described_sorted_by_path() -> None:
    assert [(entry.path, entry.sha256, entry.length) for entry in WHOLE.entries] == [
        ("asnad/keys.json", sha256(b"keys").digest(), 4),
        ("did.json", sha256(b"").digest(), 0),
        ("status/1.json", sha256(b"list").digest(), 4),
    ]


def test_it_vouches_for_the_bytes_that_it_names_and_for_nothing_else() -> None:
    assert WHOLE.vouches_for("status/1.json", b"list")
    assert WHOLE.vouches_for("did.json", b"")
    assert not WHOLE.vouches_for("status/1.json", b"lisT")
    assert not WHOLE.vouches_for("status/1.json", b"list ")
    assert not WHOLE.vouches_for("status/1.json", None)
    assert not WHOLE.vouches_for("status/2.json", b"list")


@pytest.mark.parametrize(("place", "document"), changed_members(SIGNED))
def test_no_member_can_be_changed(place: str, document: JSONObject) -> None:
    refuse(document)


def test_only_a_status_key_in_its_time_may_sign() -> None:
    assert verify_manifest(canonical_json(resigned()), KEYS) == WHOLE
    for by in (ISSUING, STRANGER):
        refuse(resigned(by))
    refuse(resigned(created="2025-12-31T23:59:59Z"))
    compromised = replace(KEYS, keys=(issuer_key(STATUS, Role.STATUS, KeyState.COMPROMISED),))
    with pytest.raises(InvalidError, match="status key"):
        verify_manifest(canonical_json(SIGNED), compromised)


ENTRY: JSONObject = {"path": "a", "sha256": "a" * 64, "length": 1}
OTHER: dict[str, dict[str, JSONValue]] = {
    "of-keys": {"type": "AsnadKeys"},
    "format-2": {"format": 2},
    "of-another-issuer": {"issuer": "did:web:other.example"},
    "version-zero": {"version": 0},
    "version-half": {"version": 1.5},
    "expires-missing": {"expires": None},
    "files-an-object": {"files": {}},
    "unsorted": {"files": [ENTRY | {"path": "b"}, ENTRY]},
    "path-twice": {"files": [ENTRY, ENTRY]},
    "path-empty": {"files": [ENTRY | {"path": ""}]},
    "hash-in-capitals": {"files": [ENTRY | {"sha256": "A" * 64}]},
    "hash-with-line-feed": {"files": [ENTRY | {"sha256": "a" * 64 + "\n"}]},
    "length-negative": {"files": [ENTRY | {"length": -1}]},
    "length-a-text": {"files": [ENTRY | {"length": "1"}]},
    "entry-with-more": {"files": [ENTRY | {"url": "https://a"}]},
    "unknown-member": {"keys": []},
    "context": {"@context": []},
}


@pytest.mark.parametrize("name", OTHER)
def test_a_manifest_that_says_something_else_is_refused_though_signed(name: str) -> None:
    refuse(resigned(**OTHER[name]))


@pytest.mark.parametrize("count", [0, 2])
def test_exactly_one_proof_is_taken(count: int) -> None:
    proofs = SIGNED["proof"]
    assert isinstance(proofs, list)
    refuse(SIGNED | {"proof": proofs * count})


NOTICES = (
    Notice(digest=notice_digest("urn:uuid:b"), state=NoticeState.REPLACED, day=date(2026, 6, 2)),
    Notice(digest=notice_digest("urn:uuid:a"), state=NoticeState.WITHDRAWN, day=date(2026, 6, 1)),
)


def test_notices_come_back_sorted_by_digest() -> None:
    data = notices_json(DID, NOTICES)
    assert set(read_notices(data, DID)) == set(NOTICES)
    digests = [item["digest"] for item in parse_object(data, limit=10_000)["notices"]]  # type: ignore[index,union-attr,call-overload]
    assert digests == sorted(digests)
    assert canonical_json(parse_object(data, limit=10_000)) == data


def test_a_notice_names_a_credential_by_the_hash_of_its_id() -> None:
    assert notice_digest("urn:uuid:a") == sha256(b"notice\x00urn:uuid:a").digest()


NOTICE: JSONObject = {"digest": "a" * 64, "state": "withdrawn", "date": "2026-06-01"}
NO_NOTICES: dict[str, dict[str, JSONValue]] = {
    "of-keys": {"type": "AsnadKeys"},
    "format-2": {"format": 2},
    "of-another-issuer": {"issuer": "did:web:other.example"},
    "unknown-member": {"version": 1},
    "notices-null": {"notices": None},
    "state-suspended": {"notices": [NOTICE | {"state": "suspended"}]},
    "date-an-instant": {"notices": [NOTICE | {"date": "2026-06-01T00:00:00Z"}]},
    "date-on-no-day": {"notices": [NOTICE | {"date": "2026-06-31"}]},
    "digest-in-capitals": {"notices": [NOTICE | {"digest": "A" * 64}]},
    "notice-with-more": {"notices": [NOTICE | {"name": "Amna"}]},
    "notice-a-text": {"notices": ["a" * 64]},
}


@pytest.mark.parametrize("name", NO_NOTICES)
def test_other_notices_are_refused(name: str) -> None:
    document = parse_object(notices_json(DID, NOTICES), limit=10_000)
    read_notices(canonical_json(document), DID)
    with pytest.raises(InvalidError) as refused:
        read_notices(canonical_json(document | NO_NOTICES[name]), DID)
    assert refused.value.reason == "manifest-mismatch"
