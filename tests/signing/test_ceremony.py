"""One ceremony makes all keys, and each of them works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from asnad.errors import SigningError
from asnad.proofs.ed25519 import verify_signature
from asnad.signing.ceremony import hold_ceremony, new_passphrase, next_key_id, plan_ceremony, try_key
from asnad.signing.key_file import KeyCost, KeyRole
from asnad.signing.key_store import key_store
from asnad.signing.signer import KeyFileSigner

DID = "did:web:skills.example"
PASSPHRASE = b"correct horse battery"
CHEAP = KeyCost(operations=1, memory=8192)


def test_an_issuer_begins_with_four_keys() -> None:
    assert [(key.id, key.role) for key in plan_ceremony(DID, 2026)] == [
        ("did:web:skills.example#root-2026a", KeyRole.ROOT),
        ("did:web:skills.example#root-next-2026a", KeyRole.ROOT),
        ("did:web:skills.example#key-2026a", KeyRole.ISSUING),
        ("did:web:skills.example#status-2026a", KeyRole.STATUS),
    ]


def test_a_second_key_of_a_year_takes_the_next_letter() -> None:
    assert next_key_id(DID, "key", 2026, {f"{DID}#key-2026a"}) == f"{DID}#key-2026b"


def test_a_year_has_26_names() -> None:
    taken = {f"{DID}#key-2026{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    with pytest.raises(SigningError, match="all 26 in use"):
        next_key_id(DID, "key", 2026, taken)


def test_the_keys_that_were_made_sign_for_the_record(tmp_path: Path) -> None:
    store = key_store(tmp_path, DID, ())
    record = hold_ceremony(plan_ceremony(DID, 2026), store, PASSPHRASE, 1_790_000_000, CHEAP)
    assert len({key.public_key for key in record.keys}) == 4
    for made in record.keys:
        signer = KeyFileSigner.unlock(store.read(made.id), PASSPHRASE)
        verify_signature(made.public_key, b"message", signer.sign(b"message"))


def test_a_ceremony_over_existing_keys_makes_none(tmp_path: Path) -> None:
    store = key_store(tmp_path, DID, ())
    hold_ceremony(plan_ceremony(DID, 2026)[3:], store, PASSPHRASE, 0, CHEAP)
    with pytest.raises(SigningError, match="expected no such key yet, found one"):
        hold_ceremony(plan_ceremony(DID, 2026), store, PASSPHRASE, 0, CHEAP)
    assert [key.id for key in store.key_files()] == [f"{DID}#status-2026a"]


def test_a_key_that_signs_for_another_is_not_kept(tmp_path: Path) -> None:
    store = key_store(tmp_path, DID, ())
    record = hold_ceremony(plan_ceremony(DID, 2026), store, PASSPHRASE, 0, CHEAP)
    signer = KeyFileSigner.unlock(store.read(record.keys[0].id), PASSPHRASE)
    false = KeyFileSigner(signer.key_id, record.keys[1].public_key, signer._private_key)
    with pytest.raises(SigningError, match="not accepted"):
        try_key(false)


def test_a_passphrase_is_five_groups_that_cannot_be_misread() -> None:
    first, second = new_passphrase(), new_passphrase()
    assert re.fullmatch(r"([2-9a-hjkmnp-z]{5}-){4}[2-9a-hjkmnp-z]{5}", first)
    assert first != second
