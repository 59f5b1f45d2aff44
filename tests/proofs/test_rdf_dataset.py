"""Documents as RDF: nothing is dropped without a word, and a filled template is what a full expansion gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from asnad.credentials.contexts import load_contexts
from asnad.credentials.issuable import check_texts
from asnad.errors import IssuingError
from asnad.proofs.proof import without
from asnad.proofs.rdf_dataset import UndefinedTermError, canonical_dataset, canonical_nquads, dataset_template
from asnad.proofs.strict_json import JSONObject
from small_issuer import credential_document

CONTEXTS = load_contexts()
DOCUMENT = credential_document()
NAME, SERIAL = "place:name:asnad", "place:serial:asnad"


def document(name: str, serial: str) -> JSONObject:
    subject = DOCUMENT["credentialSubject"]
    assert isinstance(subject, dict)
    learner = {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": name}
    changed = subject | {"name": name, "identifier": [learner], "licenseNumber": serial}
    return DOCUMENT | {"credentialSubject": changed}


TEMPLATE = dataset_template(document(NAME, SERIAL), (NAME, SERIAL), CONTEXTS)
NASTY = [
    'Amna "Baji" Bibi',
    "Amna \\ Bibi",
    "Amna\\nBibi",
    "\\",
    '"',
    '" .',
    '"@en',
    '"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    "<https://a.example>",
    "_:c14n0",
    "آمنہ بی بی",
    "Zoë’s",
    "\U0001f602",
    "a\u2028b",
    "\ufeff",
    "\u00ad",
    SERIAL,
    NAME + "s",
    r"\1\g<0>",
    "%s{name}$name",
]


@pytest.mark.parametrize("name", NASTY)
def test_a_filled_template_is_what_a_full_expansion_gives(name: str) -> None:
    for serial in ("SC-B/1/001", NAME):
        filled = TEMPLATE.fill({NAME: name, SERIAL: serial})
        assert filled == canonical_dataset(document(name, serial), CONTEXTS)


def issuable(text: str) -> bool:
    try:
        check_texts(text)
    except IssuingError:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(issuable), st.text(min_size=1, max_size=10).filter(issuable))
def test_whatever_may_be_issued_fills_a_template_exactly(name: str, serial: str) -> None:
    filled = TEMPLATE.fill({NAME: name, SERIAL: serial})
    assert filled == canonical_dataset(document(name, serial), CONTEXTS)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(issuable))
def test_pyld_and_pyoxigraph_write_the_same_bytes(name: str) -> None:
    nquads = jsonld.to_rdf(
        document(name, "1"), {"format": "application/n-quads", "documentLoader": lambda address, _: _loaded(address)}
    )
    by_pyld = jsonld.normalize(
        nquads, {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    )
    assert canonical_nquads(nquads) == by_pyld.encode("utf-8")


def _loaded(address: str) -> dict[str, Any]:
    return {"contentType": "", "contextUrl": None, "documentUrl": address, "document": CONTEXTS[address]}


def test_a_template_lacks_nothing() -> None:
    with pytest.raises(KeyError):
        TEMPLATE.fill({NAME: "Amna"})
    with pytest.raises(UndefinedTermError, match="place:grade:asnad"):
        dataset_template(document(NAME, SERIAL), (NAME, "place:grade:asnad"), CONTEXTS)


DROPPED: dict[str, JSONObject] = {
    "undefined-term": DOCUMENT | {"nickname": "Amna"},
    "undefined-type": DOCUMENT | {"type": ["VerifiableCredential", "OpenBadgeCredential", "Unknown"]},
    "relative-id": DOCUMENT | {"id": "certificate"},
    "relative-id-with-slash": DOCUMENT | {"id": "/certificate"},
    "fragment-id": DOCUMENT | {"id": "#certificate"},
    "id-with-space": DOCUMENT | {"id": "https://a.example/a b"},
    "relative-issuer": DOCUMENT | {"issuer": "centre"},
    "another-context": DOCUMENT | {"@context": ["https://a.example/context"]},
    "no-context": without(DOCUMENT, "@context"),
    "term-in-a-deep-place": DOCUMENT | {"issuer": {"id": "did:web:a.example", "type": ["Profile"], "nickname": "a"}},
}


@pytest.mark.parametrize("name", DROPPED)
def test_what_json_ld_would_drop_is_refused(name: str) -> None:
    canonical_dataset(DOCUMENT, CONTEXTS)
    with pytest.raises(UndefinedTermError):
        canonical_dataset(DROPPED[name], CONTEXTS)


def test_the_order_of_quads_and_labels_of_blank_nodes_do_not_matter() -> None:
    nquads = '_:b0 <https://a.example/p> _:b1 .\n_:b1 <https://a.example/p> "x" .\n'
    other = '_:y <https://a.example/p> "x" .\n_:x <https://a.example/p> _:y .\n'
    assert canonical_nquads(nquads) == canonical_nquads(other)
    assert canonical_nquads(nquads).decode().splitlines() == sorted(canonical_nquads(nquads).decode().splitlines())
