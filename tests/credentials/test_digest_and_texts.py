"""The digest of a certificate, and the texts that may be signed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from altered import changed_members
from asnad.credentials.digest import credential_digest
from asnad.credentials.issuable import check_texts
from asnad.errors import IssuingError
from asnad.proofs.canonical_json import canonical_json
from small_issuer import STRANGER, credential_document, signed

DOCUMENT = credential_document()


def test_the_digest_is_that_of_the_specification() -> None:
    assert credential_digest(DOCUMENT) == sha256(b"asnad-credential-v1\x00" + canonical_json(DOCUMENT)).digest()
    assert credential_digest({"b": 1, "a": 2}) == sha256(b'asnad-credential-v1\x00{"a":2,"b":1}').digest()


def test_the_digest_does_not_know_who_has_signed() -> None:
    assert credential_digest(signed(DOCUMENT)) == credential_digest(DOCUMENT)
    assert credential_digest(signed(DOCUMENT, STRANGER)) == credential_digest(DOCUMENT)


def test_every_changed_member_has_another_digest() -> None:
    changed = [credential_digest(document) for _, document in changed_members(DOCUMENT)]
    assert credential_digest(DOCUMENT) not in changed
    assert len(changed) > 200


@pytest.mark.parametrize(
    "text", ["Amna Bibi", "آمنہ بی بی", "Zoë", "d’Arc", "two\nlines", "", "می\u200cخواهم", "\U0001f602"]
)
def test_visible_texts_may_be_signed(text: str) -> None:
    check_texts({"a": [{"b": text}]})


CONTROLS = ("\x00", "\t", "\r", "\x1f", "\x7f", "\x85", "\x9f")
INVISIBLE = ("\u200b", "\u2028", "\u2029", "\u2060", "\ufeff")
BIDIRECTIONAL = ("\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069")
DECOMPOSED = ("e\u0301", "\u0627\u0653")


@pytest.mark.parametrize("text", [*CONTROLS, *INVISIBLE, *BIDIRECTIONAL, *DECOMPOSED])
def test_invisible_characters_and_other_than_nfc_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(IssuingError) as refused:
        check_texts({"a": ["x", {"b": f"a{text}b"}]})
    assert refused.value.place == "/a/1/b"
    assert refused.value.hint
