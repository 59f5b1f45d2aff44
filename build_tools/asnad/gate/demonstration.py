"""A demonstration and a real centre are never mixed up, and nobody signs with keys that everybody has."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.centre import Centre
from asnad.errors import SigningError
from asnad.gate.finding import Finding
from asnad.gate.published_state import KEYS, PublishedState
from asnad.issuers.refused_keys import refuse_published_key

_NEW_KEYS = "hold a key ceremony for the real centre in a folder of its own: asnad init, then asnad keys ceremony"


def demonstration_as_declared(state: PublishedState, centre: Centre) -> Iterator[Finding]:
    """
    Refuse the keys of a demonstration in a real centre, and a demonstration with the keys of a real one.

    Args:
        state: What is to be published.

        centre: As the catalogue describes it.

    """
    signed = state.record.keys.demonstration
    if signed != centre.demonstration:
        kinds = {True: "keys of a demonstration", False: "keys of a real centre"}
        yield Finding(
            file=f"{state.folder}{KEYS}",
            line=None,
            expected=f"{kinds[centre.demonstration]}, as catalogue/centre.yml says",
            found=kinds[signed],
            repair=_NEW_KEYS if signed else "write demonstration: false into catalogue/centre.yml",
        )


def published_test_keys(state: PublishedState) -> Iterator[Finding]:
    """
    Refuse keys whose private halves stand in published test vectors.

    Args:
        state: What is to be published.

    """
    keys = state.record.keys
    for key_id, public_key in ((keys.root_id, keys.root_key), *((key.id, key.public_key) for key in keys.keys)):
        try:
            refuse_published_key(public_key)
        except SigningError:
            yield Finding(
                file=f"{state.folder}{KEYS}",
                line=None,
                expected=f"a key of your own as {key_id}",
                found="one whose private half is published",
                repair=_NEW_KEYS,
            )
