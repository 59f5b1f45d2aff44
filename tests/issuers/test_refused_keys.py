"""Keys that everybody has are nobody's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asnad.errors import SigningError
from asnad.issuers.refused_keys import REFUSED_KEYS, refuse_published_key

SEEDS = json.loads((Path(__file__).parents[1] / "vectors" / "seeds.json").read_text("utf-8"))["keys"]


def test_every_published_seed_is_refused_and_nothing_else() -> None:
    assert {key["publicKeyMultibase"] for key in SEEDS} == REFUSED_KEYS


def test_a_published_key_is_refused_by_its_bytes() -> None:
    with pytest.raises(SigningError, match="published test vectors"):
        refuse_published_key(bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"))


def test_another_key_is_not_refused() -> None:
    refuse_published_key(bytes(32))
