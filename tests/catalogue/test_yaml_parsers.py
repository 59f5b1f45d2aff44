"""LibYAML reads what PyYAML's own parser would have read, and what they read differently it does not get."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from asnad.catalogue import yaml_text
from asnad.catalogue.yaml_text import read_yaml
from example_centre import ROOT

FILES = sorted((ROOT / "catalogue").rglob("*.yml"))
READ_DIFFERENTLY = ["a: b\t", "a: !b c", "a: b\n---\n", "? a", "{a?: b}", "a: >#\n", "--- #\na: b"]
PIECES = st.sampled_from(
    ["id", "x", ": ", ":", "- ", "\n", "\n  ", "[", "]", "{", "}", ", ", '"', "'", "|", ">", " #", "ی"]
)

pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML has no LibYAML here, so there is one parser")


def read_by_pyyaml_alone(text: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "__with_libyaml__", False)
        return read_yaml("a.yml", text.encode())


def test_every_file_of_the_example_is_read_alike() -> None:
    for path in FILES:
        assert read_yaml("a.yml", path.read_bytes()) == read_by_pyyaml_alone(path.read_text("utf-8")), path.name


@pytest.mark.parametrize("text", READ_DIFFERENTLY)
def test_what_the_parsers_read_differently_is_read_by_one_of_them(text: str) -> None:
    assert read_yaml("a.yml", text.encode()) == read_by_pyyaml_alone(text)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_arbitrary_yaml_is_refused_or_read_alike(text: str) -> None:
    assert str(read_yaml("a.yml", text.encode())) == str(read_by_pyyaml_alone(text))
