"""Whoever did not agree to a page is named nowhere, in whatever letters."""

from __future__ import annotations

import unicodedata

import pytest

from asnad.gate.learners import (
    KnownLearner,
    LearnerIndex,
    is_spreadsheet,
    learner_index,
    learners_named,
    learners_numbers,
    register_file,
)
from asnad.gate.personal_data import find_personal_data

RUN = "home-baking-women-b12"


def learner(*names: str, agreed: bool = False, **members: str) -> KnownLearner:
    numbers = {"identity_number": None, "phone": None, "email": None} | members
    return KnownLearner(run=RUN, names=names, agreed=agreed, **numbers)


SIDRA = learner(
    "Sidra Munir Dogar",
    "سدرہ منیر ڈوگر",
    identity_number="00000-0000007-1",
    phone="+92-300-0000007",
    email="sidra@mail.example",
)
RASHIDA = learner("Rashida Bano", agreed=True, identity_number="35201-1234567-1")


def named(text: str, *learners: KnownLearner, public: tuple[str, ...] = ()) -> list[str]:
    index = learner_index(learners or (SIDRA, RASHIDA), public)
    return [f"{found.place}: {found.sentence}" for found in learners_named("site/x.html", text.encode(), index)]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Sidra Munir Dogar</p>",
        "SIDRA MUNIR DOGAR",
        "sidra  munir\tdogar",
        "<td>Sidra</td> <td>Munir Dogar</td>",
        '{"name":"Sidra Munir Dogar"}',
        "“Sidra Munir Dogar”",
        "Sidra&nbsp;Munir Dogar",
        "Sidra\u00a0Munir Dogar",
        "سدرہ منیر ڈوگر",
        unicodedata.normalize("NFD", "سدرہ منیر ڈوگر"),
    ],
)
def test_a_learner_who_agreed_to_nothing_is_found(text: str) -> None:
    assert named(f"one\n{text}\n") == [
        "site/x.html:2: expected no name of a learner who agreed to no page, found one of the register of " + RUN
    ]


def test_a_name_over_the_end_of_a_line_and_in_the_name_of_a_file_is_found() -> None:
    assert len(named("Sidra\nMunir Dogar")) == 1
    index = learner_index([SIDRA], ())
    (found,) = learners_named("catalogue/pages/img/sidra-munir-dogar.png", b"", index)
    assert found.place == "catalogue/pages/img/sidra-munir-dogar.png"
    assert found.repair == "take it out, or ask the learner and write the day of consent into the register"


@pytest.mark.parametrize(
    "text", ["Rashida Bano", "Sidra Munir", "Munir Dogar", "Sidra Munirdogar", "Sidra and Munir Dogar"]
)
def test_who_agreed_and_who_only_bears_a_part_of_the_name_is_not(text: str) -> None:
    assert named(text) == []


def test_one_word_alone_is_no_name() -> None:
    assert named("Rose water", learner("Rose")) == []


def test_a_name_that_is_public_for_another_reason_is_not_found() -> None:
    assert named("Sidra Munir Dogar", SIDRA, learner("Sidra Munir Dogar", agreed=True)) == []
    assert named("Sidra Munir Dogar", SIDRA, public=("Sidra Munir Dogar",)) == []


def numbers(text: str, index: LearnerIndex) -> list[str]:
    return [found.sentence for found in learners_numbers("x", find_personal_data(text.encode()), index)]


def test_numbers_of_learners_are_found_whatever_they_agreed_to() -> None:
    index = learner_index((SIDRA, RASHIDA), ())
    expected = "expected nothing of a learner but what is on an agreed page, found"
    assert numbers("۰۰۰۰۰۰۰۰۰۰۰۷۱", index) == [
        f"{expected} the identity number 00…71 of a learner in the register of {RUN}"
    ]
    assert numbers("3520112345671", index) == [
        f"{expected} the identity number 35…71 of a learner in the register of {RUN}"
    ]
    assert numbers("0300-0000007 Sidra@mail.example", index) == [
        f"{expected} the phone number 30…07 of a learner in the register of {RUN}",
        f"{expected} the e-mail address s…@mail.example of a learner in the register of {RUN}",
    ]
    assert numbers("0300-0000009, 00000-0000009-1, rashida@mail.example", index) == []


def test_a_register_is_told_by_its_headings_and_an_unreadable_spreadsheet_too() -> None:
    def told(file: str, data: bytes, looks: bool | None) -> list[str]:
        return [f.sentence for f in register_file(file, data, looks_like_register=looks)]

    assert told("b12.csv", b"", True) == [
        "expected no register outside credentials/private, found a register of learners"
    ]
    assert told("b12.ods", b"", None) == [
        "expected no register outside credentials/private, found a spreadsheet that cannot be read"
    ]
    kept = b'{"format":1,"rows":[],"type":"AsnadRegister"}'
    assert told("b12.json", kept, False) == [
        "expected no register outside credentials/private, found a register of learners"
    ]
    assert told("prices.csv", b"", False) == []
    assert is_spreadsheet("a/B12.XLSX")
    assert not is_spreadsheet("a/xlsx")
