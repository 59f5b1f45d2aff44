"""Which words claim too much, in the four languages of the site, and which say honestly that something is not so."""

from __future__ import annotations

import pytest

from asnad.catalogue.claims import claims_microcredential, claims_microcredits, promises_recognition


@pytest.mark.parametrize(
    "text",
    [
        "A micro-credential in baking.",
        "You get a MICRO CREDENTIAL at the end.",
        "Not only a course: a microcredential.",
        "This is not only a micro-credential.",
        "This is not a degree but a micro-credential.",
        "This is not a degree, it is a micro-credential.",
        "No examination is held. The paper is a micro-credential.",
        "Na afloop ontvangt u een microcredential.",
        "Dit is geen diploma, maar een micro-credential.",
        "یہ ایک مائیکرو کریڈینشل ہے۔",
        "یہ ڈگری نہیں بلکہ مائیکرو کریڈنشل ہے۔",
        "Бұл — микробіліктілік.",
        "Бұл диплом емес, бірақ микробіліктілік.",
    ],
)
def test_a_clause_that_calls_it_so_is_a_claim(text: str) -> None:
    assert claims_microcredential(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is not a micro-credential.",
        "It isn’t a micro-credential.",
        "It is neither a degree nor a micro-credential.",
        "This is no degree, diploma or micro-credential.",
        "A micro-credential is not given.",
        "Dit is geen micro-credential.",
        "Een microcredential wordt niet uitgereikt.",
        "یہ مائیکرو کریڈینشل نہیں ہے۔",
        "یہ نہ ڈگری ہے نہ مائیکرو کریڈنشل۔",
        "Бұл микробіліктілік емес.",
        "Микробіліктілік берілмейді.",
        "Two weeks of bread and cakes.",
    ],
)
def test_a_clause_that_denies_it_is_none(text: str) -> None:
    assert not claims_microcredential(text)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("You earn 2 micro-credits.", True),
        ("Worth 1 micro-credit.", True),
        ("مائیکرو کریڈٹس ملتے ہیں۔", True),
        ("U verdient microcredits.", True),
        ("Екі микрокредиттер беріледі.", True),
        ("This is not equivalent to micro-credits.", False),
        ("Microcredit for farmers", False),
        ("مائیکرو کریڈٹ کے قرضے", False),
        ("Ауыл кәсіпкеріне микрокредит алу", False),
    ],
)
def test_credits_are_claimed_and_a_small_loan_is_another_thing(text: str, claimed: bool) -> None:
    assert claims_microcredits(text) is claimed


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("Recognition is guaranteed.", True),
        ("Will be recognised by all employers.", True),
        ("Automatically exempts from module 1.", True),
        ("Erkenning is gegarandeerd.", True),
        ("ملازمت کی ضمانت ہے۔", True),
        ("یہ سند ہر جگہ تسلیم کی جائے گی۔", True),
        ("Бұл құжат барлық жерде танылады.", True),
        ("Accepts it for the post of kitchen supervisor.", False),
        ("May be presented for exemption; the board decides.", False),
        ("Nothing is guaranteed.", False),
        ("An exemption is not automatic.", False),
        ("کوئی ضمانت نہیں۔", False),
        ("کچھ بھی خود بخود نہیں ملتا۔", False),
    ],
)
def test_what_another_body_decides_is_promised_or_not(text: str, promised: bool) -> None:
    assert promises_recognition(text) is promised
