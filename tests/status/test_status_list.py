"""Status lists: signed by the right key, for the right address, and not one member of them changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from altered import changed_members
from asnad.credentials.contexts import load_contexts
from asnad.errors import InvalidError
from asnad.issuers.keys_file import KeyState, Role
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import JCS, RDFC, ProofOptions, without
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.status.bitstring import with_bit
from asnad.status.status_list import sign_status_list, verify_status_list
from small_issuer import (
    DAY,
    DID,
    FOUNDED,
    ISSUING,
    KEYS,
    LIST,
    SITE,
    STATUS,
    STATUS_LIST,
    STRANGER,
    SeedSigner,
    issuer_key,
)

ADDRESS = SITE + LIST
SIGNED = sign_status_list(STATUS_LIST, STATUS, load_contexts())


def refuse(document: JSONValue, address: str = ADDRESS, **changed: object) -> str:
    with pytest.raises(InvalidError) as refused:
        verify_status_list(canonical_json(document), address, replace(KEYS, **changed))  # type: ignore[arg-type]
    assert refused.value.reason == "list-invalid"
    return str(refused.value)


def signed(document: JSONObject, by: SeedSigner = STATUS, created: str = "2026-06-02T12:00:00Z") -> JSONObject:
    """Sign with the jcs proof alone."""
    unsigned = without(document, "proof")
    options = ProofOptions(created=created, verification_method=by.key_id)
    return unsigned | {"proof": [eddsa_jcs_2022.create_proof(unsigned, options, by)]}


def test_a_list_comes_back_as_it_was_signed() -> None:
    assert verify_status_list(canonical_json(SIGNED), ADDRESS, KEYS) == STATUS_LIST


def test_a_list_carries_both_proofs_and_each_fits() -> None:
    rdfc, jcs = SIGNED["proof"]  # type: ignore[misc]
    assert (rdfc["cryptosuite"], jcs["cryptosuite"]) == (RDFC, JCS)  # type: ignore[index,call-overload]
    eddsa_rdfc_2022.verify_proof(SIGNED, rdfc, STATUS.public_key, load_contexts())  # type: ignore[arg-type]
    eddsa_jcs_2022.verify_proof(SIGNED, jcs, STATUS.public_key)  # type: ignore[arg-type]


def test_a_bit_says_what_becomes_of_a_place() -> None:
    status_list = replace(STATUS_LIST, bits=with_bit(STATUS_LIST.bits, 94_567))
    assert status_list.withdraws(94_567) is True
    assert status_list.withdraws(94_566) is False
    assert status_list.withdraws(131_071) is False
    assert status_list.withdraws(131_072) is None
    assert status_list.withdraws(-1) is None


@pytest.mark.parametrize(("place", "document"), changed_members(SIGNED, but=("/proof/0", "/proof first away")))
def test_no_member_can_be_changed(place: str, document: JSONObject) -> None:
    refuse(document)


def test_the_rdfc_proof_is_not_read() -> None:
    proofs = SIGNED["proof"]
    assert isinstance(proofs, list)
    verify_status_list(canonical_json(SIGNED | {"proof": [{"cryptosuite": RDFC}, proofs[1]]}), ADDRESS, KEYS)
    verify_status_list(canonical_json(SIGNED | {"proof": proofs[1:]}), ADDRESS, KEYS)


@pytest.mark.parametrize("places", [[], [0], [1, 1], [0, 0, 1], [0, 1, 1]])
def test_other_sets_of_proofs_are_refused(places: list[int]) -> None:
    proofs = SIGNED["proof"]
    assert isinstance(proofs, list)
    refuse(SIGNED | {"proof": [proofs[place] for place in places]})


@pytest.mark.parametrize("proof", [None, {}, "z", 1, [None], ["z"], [[]]])
def test_a_proof_of_another_kind_is_refused(proof: JSONValue) -> None:
    refuse(SIGNED | {"proof": proof})


@pytest.mark.parametrize("address", ["https://small.example/status/2.json", "https://other.example/status/1.json", ""])
def test_a_list_is_for_one_address(address: str) -> None:
    assert "another" in refuse(SIGNED, address)


def test_only_a_status_key_in_its_time_may_sign() -> None:
    assert "status key" in refuse(signed(SIGNED, ISSUING))
    assert "status key" in refuse(signed(SIGNED, STRANGER))
    assert "time" in refuse(signed(SIGNED, created="2025-12-31T23:59:59Z"))
    verify_status_list(canonical_json(signed(SIGNED, created="2026-01-01T00:00:00Z")), ADDRESS, KEYS)
    key = issuer_key(STATUS, Role.STATUS)
    late = signed(SIGNED, created="2026-01-02T00:00:00Z")
    assert "time" in refuse(late, keys=(replace(key, end=FOUNDED + DAY),))
    assert "status key" in refuse(SIGNED, keys=(replace(key, state=KeyState.COMPROMISED),))
    verify_status_list(canonical_json(SIGNED), ADDRESS, replace(KEYS, keys=(replace(key, state=KeyState.RETIRED),)))


SUBJECT = SIGNED["credentialSubject"]
assert isinstance(SUBJECT, dict)
RESIGNED: dict[str, JSONObject] = {
    "context-of-badges-too": SIGNED | {"@context": list(load_contexts())},
    "context-a-text": SIGNED | {"@context": "https://www.w3.org/ns/credentials/v2"},
    "no-context": without(SIGNED, "@context"),
    "type-of-a-badge": SIGNED | {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
    "types-swapped": SIGNED | {"type": ["BitstringStatusListCredential", "VerifiableCredential"]},
    "of-another-issuer": SIGNED | {"issuer": "did:web:other.example"},
    "issuer-an-object": SIGNED | {"issuer": {"id": DID}},
    "without-end": without(SIGNED, "validUntil"),
    "end-null": SIGNED | {"validUntil": None},
    "end-on-no-day": SIGNED | {"validUntil": "2026-06-31T00:00:00Z"},
    "another-member": SIGNED | {"name": "List"},
    "suspension": SIGNED | {"credentialSubject": SUBJECT | {"statusPurpose": "suspension"}},
    "subject-of-another-type": SIGNED | {"credentialSubject": SUBJECT | {"type": "StatusList2021"}},
    "subject-with-ttl": SIGNED | {"credentialSubject": SUBJECT | {"ttl": 1}},
    "subject-id-a-number": SIGNED | {"credentialSubject": SUBJECT | {"id": 1}},
    "subject-id-no-address": SIGNED | {"credentialSubject": SUBJECT | {"id": "list"}},
    "subjects": SIGNED | {"credentialSubject": [SUBJECT]},
    "list-a-number": SIGNED | {"credentialSubject": SUBJECT | {"encodedList": 1}},
    "list-empty": SIGNED | {"credentialSubject": SUBJECT | {"encodedList": ""}},
}


@pytest.mark.parametrize("name", RESIGNED)
def test_a_list_that_says_something_else_is_refused_though_signed(name: str) -> None:
    verify_status_list(canonical_json(signed(SIGNED)), ADDRESS, KEYS)
    refuse(signed(RESIGNED[name]))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff", b"{" + b" " * 262_144 + b"}"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidError) as refused:
        verify_status_list(data, ADDRESS, KEYS)
    assert refused.value.reason == "list-invalid"
