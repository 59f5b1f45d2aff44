"""JSON-LD documents as canonical RDF: JSON-LD 1.1 and RDF Dataset Canonicalization 1.0."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyld import jsonld

from asnad.proofs.strict_json import JSONValue

Contexts = Mapping[str, Mapping[str, Any]]
"""JSON-LD contexts by address; nothing is ever fetched."""

RELATIVE = "relative://relative.invalid/"
"""Base against which relative addresses are resolved, so that they can be told and refused."""


class UndefinedTermError(ValueError):
    """A document says something that its contexts do not define, so that no RDF proof would cover it."""


def to_nquads(document: Mapping[str, JSONValue], contexts: Contexts) -> str:
    """
    Write a document as N-Quads, blank nodes not yet canonical.

    Args:
        document: A JSON-LD document.

        contexts: Every context that it names.

    Raises:
        UndefinedTermError: A term, type or address is not defined or not absolute; JSON-LD would
            drop it without a word.

    """
    loader = _loader(contexts)
    try:
        expanded = jsonld.expand(
            dict(document), {"documentLoader": loader, "base": RELATIVE}, on_property_dropped=_refuse
        )
        _refuse_relative(expanded)
        return str(jsonld.to_rdf(expanded, {"format": "application/n-quads", "documentLoader": loader}))
    except jsonld.JsonLdError as error:
        raise UndefinedTermError(f"expected a JSON-LD document, got: {_cause(error)}") from None


def canonical_nquads(nquads: str) -> bytes:
    """
    Bring N-Quads into the canonical form of RDFC-1.0.

    Args:
        nquads: N-Quads with any blank node labels.

    """
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    return b"".join(sorted((lines or b"").splitlines(keepends=True)))


def canonical_dataset(document: Mapping[str, JSONValue], contexts: Contexts) -> bytes:
    """
    Write a document as canonical N-Quads.

    Args:
        document: A JSON-LD document.

        contexts: Every context that it names.

    Raises:
        UndefinedTermError: As ``to_nquads``.

    """
    return canonical_nquads(to_nquads(document, contexts))


@dataclass(frozen=True, slots=True)
class DatasetTemplate:
    """
    N-Quads of one shape of document, with places for the texts in which documents of that shape differ.

    JSON-LD expansion takes 10 ms and gives the same quads for each learner of a batch but for
    those texts; canonicalisation is still done for every document.
    """

    nquads: str
    places: tuple[str, ...]

    def fill(self, texts: Mapping[str, str]) -> bytes:
        """
        Put texts in and canonicalise.

        Args:
            texts: For each place the text of this document.

        Raises:
            KeyError: A place has no text.

        """
        # One pass: a text that looks like another place stays what it is.
        pattern = re.compile("|".join(map(re.escape, self.places)))
        return canonical_nquads(pattern.sub(lambda place: _escape(texts[place.group()]), self.nquads))


def dataset_template(document: Mapping[str, JSONValue], places: tuple[str, ...], contexts: Contexts) -> DatasetTemplate:
    """
    Expand one document whose variable texts are places.

    Args:
        document: The document with the place written where each variable text belongs.

        places: Letters, digits and colons only, none of them part of another or of the document.

        contexts: Every context that it names.

    Raises:
        UndefinedTermError: As ``to_nquads``; or a place does not occur in the quads.

    """
    nquads = to_nquads(document, contexts)
    for place in places:
        if place not in nquads:
            raise UndefinedTermError(f"expected {place} in the quads, got none")
    return DatasetTemplate(nquads, places)


def _loader(contexts: Contexts) -> Callable[[str, Any], dict[str, Any]]:
    def load(address: str, _options: Any) -> dict[str, Any]:
        if address not in contexts:
            raise UndefinedTermError(f"expected one of the pinned contexts, got {address}")
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": contexts[address],
        }

    return load


def _refuse(name: str | None) -> None:
    raise UndefinedTermError(f"expected a term that the contexts define, got {name!r}")


def _refuse_relative(value: Any) -> None:
    if isinstance(value, dict):
        for member in ("@id", "@type"):
            for address in value[member] if isinstance(value.get(member), list) else [value.get(member)]:
                if isinstance(address, str) and (address.startswith(RELATIVE) or " " in address):
                    raise UndefinedTermError(f"expected an absolute address, got {address!r}")
        for item in value.values():
            _refuse_relative(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_relative(item)


def _cause(error: BaseException) -> str:
    cause = getattr(error, "cause", None) or error.__cause__
    return _cause(cause) if isinstance(cause, BaseException) else str(error).splitlines()[0]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
