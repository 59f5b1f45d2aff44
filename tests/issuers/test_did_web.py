"""did:web: where documents lie, and what is said in them (docs/format.md §5.6)."""

from __future__ import annotations

import pytest

from asnad.issuers.did_web import did_document, did_document_path, is_did_web, site_of

PLACES = [
    ("did:web:skills.example", "https://skills.example/", ".well-known/did.json"),
    ("did:web:skills.example:centre", "https://skills.example/centre/", "did.json"),
    ("did:web:skills.example:a:b", "https://skills.example/a/b/", "did.json"),
    ("did:web:localhost%3A8000", "https://localhost:8000/", ".well-known/did.json"),
    ("did:web:skills.example%3A8443:a", "https://skills.example:8443/a/", "did.json"),
]


@pytest.mark.parametrize(("did", "site", "path"), PLACES)
def test_a_did_says_where_its_document_lies(did: str, site: str, path: str) -> None:
    assert is_did_web(did)
    assert site_of(did) == site
    assert did_document_path(did) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "did:web:",
        "did:key:z6Mk",
        "did:web:Skills.example",
        "did:web:skills.example:",
        "did:web:skills.example/a",
        "did:web:skills.example#key",
        "did:web:skills.example?a",
        "did:web:skills.example%2Fa",
        "did:web:skills.example\n",
        " did:web:skills.example",
        "did:web:سند.example",
        "did:web:" + "a" * 300,
    ],
)
def test_other_texts_are_no_did(text: str) -> None:
    assert not is_did_web(text)


def test_the_document_lists_absolute_ids_for_assertions_alone() -> None:
    document = did_document("did:web:a.example", (("did:web:a.example#k", "z6MkA"), ("did:web:a.example#s", "z6MkB")))
    assert document == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": "did:web:a.example",
        "verificationMethod": [
            {
                "id": f"did:web:a.example#{name}",
                "type": "Multikey",
                "controller": "did:web:a.example",
                "publicKeyMultibase": key,
            }
            for name, key in (("k", "z6MkA"), ("s", "z6MkB"))
        ],
        "assertionMethod": ["did:web:a.example#k", "did:web:a.example#s"],
    }
