"""docs/verifying.md and its Urdu version name every answer of the verifier, in the order and words of the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asnad.verification.outcome import Outcome
from browser.ways_in import table_of

ROOT = Path(__file__).parent.parent
GUIDES = {"en": "verifying.md", "ur": "verifying.ur.md"}
ENVIRONMENTS = 3


def guide(language: str) -> str:
    return (ROOT / "docs" / GUIDES[language]).read_text("utf-8")


@pytest.mark.parametrize("language", GUIDES)
def test_every_answer_is_named_once_in_the_words_of_the_page(language: str) -> None:
    words = json.loads((ROOT / "site_overrides" / "messages" / f"{language}.json").read_bytes())["verifier"]["outcome"]
    assert set(words) == {outcome.value for outcome in Outcome}
    named = [row[0].strip("*") for row in table_of(guide(language), 3)]
    assert sorted(named) == sorted(word["word"] for word in words.values())


def test_both_versions_have_the_answers_in_the_same_order() -> None:
    orders = []
    for language in GUIDES:
        messages = json.loads((ROOT / "site_overrides" / "messages" / f"{language}.json").read_bytes())
        codes = {word["word"]: code for code, word in messages["verifier"]["outcome"].items()}
        orders.append([codes[row[0].strip("*")] for row in table_of(guide(language), 3)])
    assert orders[0] == orders[1]


def test_both_versions_say_the_same_of_every_way() -> None:
    meanings = {"ہاں": "yes", "نہیں": "no", "–": "–"}
    english = [row[1:] for row in table_of(guide("en"), 1 + ENVIRONMENTS)]
    urdu = [[meanings[cell] for cell in row[1:]] for row in table_of(guide("ur"), 1 + ENVIRONMENTS)]
    assert english == urdu


def test_readme_leads_to_both() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"(docs/{name})" in readme for name in GUIDES.values())
