"""keys.json: signed, read back, and not one member of it changed (docs/format.md §5.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from altered import changed_members
from asnad.errors import InvalidError
from asnad.issuers.keys_file import FrozenList, KeysFile, KeyState, Role, frozen_path, verify_keys_file
from asnad.issuers.keys_signing import keys_document, sign_keys_file
from asnad.proofs import eddsa_jcs_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import JCS, ProofOptions, with_value, without
from asnad.proofs.strict_json import JSONObject, JSONValue
from small_issuer import DAY, DID, FOUNDED, ISSUING, KEYS, ROOT, STATUS, STRANGER, SeedSigner, issuer_key, signer

SIGNED = sign_keys_file(KEYS, ROOT)
FROZEN = FrozenList(key=ISSUING.key_id, sha256=bytes(range(32)), length=64)


def proof_of(document: JSONObject, by: SeedSigner, **changed: str) -> JSONObject:
    """Sign a document, with something else in the proof where the test wants it."""
    options = ProofOptions(created="2026-01-01T00:00:00Z", verification_method=by.key_id)
    proof = options.proof(JCS) | changed
    return with_value(proof, by.sign(eddsa_jcs_2022.hash_data(document, proof)))


def resigned(**members: JSONValue) -> JSONObject:
    """Let the root key sign other members."""
    document = without(SIGNED, "proof") | members
    return document | {"proof": [proof_of(document, ROOT)]}


def verify(document: JSONValue, *root_keys: bytes) -> KeysFile:
    return verify_keys_file(canonical_json(document), DID, root_keys or (ROOT.public_key,))


def refuse(document: JSONValue, *root_keys: bytes) -> str:
    with pytest.raises(InvalidError) as refused:
        verify(document, *root_keys)
    assert refused.value.reason == "keys-invalid"
    return str(refused.value)


@pytest.mark.parametrize(
    "keys",
    [
        KEYS,
        replace(KEYS, demonstration=True),
        replace(KEYS, phone=None, email=None),
        replace(KEYS, frozen=(FROZEN,), names=()),
        replace(KEYS, keys=(issuer_key(ISSUING, Role.ISSUING, KeyState.COMPROMISED),)),
        replace(KEYS, sites=("https://a.example/", "https://b.example/path/")),
    ],
    ids=["whole", "demonstration", "without-contact", "frozen", "compromised", "two-sites"],
)
def test_what_is_signed_is_read_back(keys: KeysFile) -> None:
    assert verify(sign_keys_file(keys, ROOT)) == keys


def test_the_document_is_the_one_of_the_format() -> None:
    document = keys_document(replace(KEYS, frozen=(FROZEN,)))
    assert document["type"] == "AsnadKeys"
    assert document["format"] == 1
    assert document["issued"] == "2026-01-01T00:00:00Z"
    assert document["names"] == [
        {"name": "Small Centre", "language": "en", "from": "2020-01-01"},
        {"name": "چھوٹا مرکز", "language": "ur", "from": "2020-01-01", "to": "2030-01-01"},
    ]
    assert document["frozen"] == [{"key": f"{DID}#key", "sha256": bytes(range(32)).hex(), "length": 64}]
    assert "demonstration" not in document
    assert keys_document(replace(KEYS, demonstration=True))["demonstration"] is True


@pytest.mark.parametrize(("place", "document"), changed_members(SIGNED, but="/proof first twice"))
def test_no_member_can_be_changed(place: str, document: JSONObject) -> None:
    refuse(document)


def test_a_pinned_root_key_must_have_signed() -> None:
    assert "pinned" in refuse(SIGNED, STRANGER.public_key)
    assert "pinned" in refuse(sign_keys_file(KEYS, STRANGER))
    assert "pinned" in refuse(sign_keys_file(KEYS, ISSUING))
    assert verify(SIGNED, STRANGER.public_key, ROOT.public_key) == KEYS
    with pytest.raises(InvalidError):
        verify_keys_file(canonical_json(SIGNED), DID, ())


def test_of_two_proofs_one_by_a_pinned_key_suffices() -> None:
    document = keys_document(KEYS)
    new_root = signer("root-b", 21)
    old, new = proof_of(document, ROOT), proof_of(document, new_root)
    for proofs in ([old, new], [new, old]):
        assert verify(document | {"proof": list(proofs)}) == KEYS
        assert verify(document | {"proof": list(proofs)}, new_root.public_key) == KEYS
        refuse(document | {"proof": list(proofs)}, STRANGER.public_key)


def test_three_proofs_or_none_or_another_suite_are_refused() -> None:
    document = keys_document(KEYS)
    proof = proof_of(document, ROOT)
    for proofs in ([], [proof] * 3, [proof, "z"], [proof, {}], [proof | {"cryptosuite": "eddsa-rdfc-2022"}], proof):
        refuse(document | {"proof": proofs})


def test_a_proof_for_another_purpose_is_refused() -> None:
    document = keys_document(KEYS)
    assert verify(document | {"proof": [proof_of(document, ROOT)]}) == KEYS
    refuse(document | {"proof": [proof_of(document, ROOT, proofPurpose="authentication")]})
    refuse(document | {"proof": [proof_of(document, ROOT, created="yesterday")]})
    for method in ("did:web:other.example#root", "root", DID, f"{DID}/#root"):
        refuse(document | {"proof": [proof_of(document, ROOT, verificationMethod=method)]})
        refuse(document | {"proof": [proof_of(document, ROOT), proof_of(document, ROOT, verificationMethod=method)]})


def test_a_file_of_another_issuer_is_refused() -> None:
    with pytest.raises(InvalidError, match="did:web:other") as refused:
        verify_keys_file(canonical_json(SIGNED), "did:web:other.example", (ROOT.public_key,))
    assert refused.value.reason == "keys-invalid"


KEY: JSONObject = {
    "id": f"{DID}#key-b",
    "publicKeyMultibase": "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd",
    "role": "issuing",
    "state": "active",
    "from": "2026-01-01T00:00:00Z",
    "to": "2027-01-01T00:00:00Z",
}
NAME: JSONObject = {"name": "Small", "language": "en", "from": "2026-01-01"}
OTHER: dict[str, dict[str, JSONValue]] = {
    "of-a-manifest": {"type": "AsnadManifest"},
    "format-2": {"format": 2},
    "format-a-text": {"format": "1"},
    "format-true": {"format": True},
    "version-zero": {"version": 0},
    "version-half": {"version": 1.5},
    "version-a-text": {"version": "3"},
    "version-true": {"version": True},
    "issued-a-day": {"issued": "2026-01-01"},
    "issued-on-no-day": {"issued": "2026-02-29T00:00:00Z"},
    "demonstration-false": {"demonstration": False},
    "demonstration-text": {"demonstration": "true"},
    "no-site": {"sites": []},
    "site-http": {"sites": ["http://small.example/"]},
    "site-without-slash": {"sites": ["https://small.example"]},
    "site-a-number": {"sites": [1]},
    "sites-a-text": {"sites": "https://small.example/"},
    "site-with-query": {"sites": ["https://small.example/?/"]},
    "site-with-fragment": {"sites": ["https://small.example/#/"]},
    "site-without-host": {"sites": ["https:///"]},
    "name-empty": {"names": [NAME | {"name": ""}]},
    "name-from-no-day": {"names": [NAME | {"from": "2026-02-30"}]},
    "name-from-instant": {"names": [NAME | {"from": "2026-01-01T00:00:00Z"}]},
    "name-to-null": {"names": [NAME | {"to": None}]},
    "name-with-more": {"names": [NAME | {"official": True}]},
    "contact-with-more": {"contact": {"fax": "1"}},
    "contact-empty-phone": {"contact": {"phone": ""}},
    "contact-null": {"contact": None},
    "key-of-unknown-role": {"keys": [KEY | {"role": "root"}]},
    "key-of-unknown-state": {"keys": [KEY | {"state": "suspended"}]},
    "key-too-short": {"keys": [KEY | {"publicKeyMultibase": "z6Mk"}]},
    "key-without-end": {"keys": [{name: KEY[name] for name in KEY if name != "to"}]},
    "key-with-more": {"keys": [KEY | {"revoked": "2026-01-01T00:00:00Z"}]},
    "key-twice": {"keys": [KEY, KEY]},
    "same-key-under-two-ids": {"keys": [KEY, KEY | {"id": f"{DID}#key-c", "role": "status"}]},
    "key-of-another-did": {"keys": [KEY | {"id": "did:web:other.example#key"}]},
    "key-id-without-name": {"keys": [KEY | {"id": DID}]},
    "key-id-that-is-a-path": {"keys": [KEY | {"id": f"{DID}#../x"}]},
    "keys-an-object": {"keys": {}},
    "root-with-more": {"root": {"id": f"{DID}#root", "publicKeyMultibase": KEY["publicKeyMultibase"], "role": "root"}},
    "root-no-key": {"root": {"id": f"{DID}#root", "publicKeyMultibase": "z"}},
    "digest-in-capitals": {"nextRootDigest": "A" * 64},
    "digest-too-short": {"nextRootDigest": "a" * 63},
    "frozen-with-more": {"frozen": [{"key": f"{DID}#key", "sha256": "a" * 64, "length": 1, "path": "x"}]},
    "frozen-of-no-key": {"frozen": [{"key": "key", "sha256": "a" * 64, "length": 1}]},
    "name-with-line-feed": {"names": [NAME | {"name": "a\nb"}]},
    "name-with-override": {"names": [NAME | {"name": "a\u202eb"}]},
    "frozen-length-negative": {"frozen": [{"key": f"{DID}#key", "sha256": "a" * 64, "length": -1}]},
    "unknown-member": {"threshold": 1},
    "context": {"@context": ["https://www.w3.org/ns/credentials/v2"]},
}


@pytest.mark.parametrize("name", OTHER)
def test_a_file_that_says_something_else_is_refused_though_signed(name: str) -> None:
    verify(resigned())
    refuse(resigned(**OTHER[name]))


@pytest.mark.parametrize("member", [name for name in SIGNED if name != "proof"])
def test_a_file_without_a_member_is_refused_though_signed(member: str) -> None:
    document = {name: value for name, value in SIGNED.items() if name not in ("proof", member)}
    refuse(document | {"proof": [proof_of(document, ROOT)]})


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff", b"{" + b" " * 262_144 + b"}"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidError) as refused:
        verify_keys_file(data, DID, (ROOT.public_key,))
    assert refused.value.reason == "keys-invalid"


def test_the_newest_active_key_of_a_role_signs() -> None:
    older = replace(issuer_key(ISSUING, Role.ISSUING), start=FOUNDED - DAY)
    newer = issuer_key(STRANGER, Role.ISSUING)
    retired = replace(issuer_key(signer("x", 30), Role.ISSUING, KeyState.RETIRED), start=FOUNDED + DAY)
    keys = replace(KEYS, keys=(newer, older, retired, issuer_key(STATUS, Role.STATUS)))
    assert keys.active(Role.ISSUING, FOUNDED) == newer
    assert keys.active(Role.ISSUING, FOUNDED - 1) == older
    assert keys.active(Role.ISSUING, FOUNDED - DAY - 1) is None
    assert keys.active(Role.ISSUING, newer.end) is None
    assert keys.active(Role.STATUS, FOUNDED) == keys.keys[3]


def test_a_key_is_good_from_its_start_until_before_its_end() -> None:
    key = issuer_key(ISSUING, Role.ISSUING)
    assert [key.in_time(at) for at in (key.start - 1, key.start, key.end - 1, key.end)] == [False, True, True, False]


def test_a_frozen_list_lies_under_the_name_of_its_key() -> None:
    keys = replace(KEYS, frozen=(FROZEN,))
    assert frozen_path(keys.keys[0]) == "asnad/frozen/key.bin"
    assert keys.frozen_list(ISSUING.key_id) == FROZEN
    assert keys.frozen_list(STATUS.key_id) is None
