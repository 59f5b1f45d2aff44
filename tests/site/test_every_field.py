"""Every public field of the catalogue is accepted, stands on a page, and is published for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest
from full_catalogue import MARKS, full_catalogue
from site_catalogue import make, read

from asnad.catalogue.catalogue import Catalogue
from asnad.site.catalogue_json import catalogue_json

UNSET = {
    ("Centre", "moved_to"),
    # The reader puts it among the venues of the centre, which are looked for like any other.
    ("Run", "own_venue"),
    ("Run", "awarded"),
    ("Run", "enrolled"),
    ("Run", "fee"),
    ("Pathway", "capstone"),
    ("Pathway", "choices"),
    ("Catalogue", "versions"),
    ("Contact", "whatsapp"),
    ("Contact", "email"),
    ("DatedName", "end"),
    ("Signatory", "end"),
    ("Audience", "min_age"),
    ("Audience", "max_age"),
    ("Audience", "groups"),
}
"""What may be missing somewhere: it is not public, is tested elsewhere, or is written in another place of the same."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return full_catalogue()


@pytest.fixture(scope="module")
def shown(catalogue: Catalogue) -> str:
    """Everything that the English pages say, with the addresses that they link to."""
    made = make(catalogue)
    texts = []
    for page in [made.home_page("en", None), *made.pages()]:
        if page.language == "en":
            text, reader = read(page)
            texts += [text, *reader.links]
    return "\n".join(texts)


def empty_fields(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for each in value:
            yield from empty_fields(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if inner is None or inner == ():
                yield type(value).__name__, field.name
            else:
                yield from empty_fields(inner)


def test_the_catalogue_of_this_test_leaves_no_field_out(catalogue: Catalogue) -> None:
    assert set(empty_fields(catalogue)) - UNSET == set()


def test_every_text_stands_on_a_page(shown: str) -> None:
    # Names of offices are of no use to a visitor.
    missing = [mark for mark in MARKS if mark not in shown and "office of the teacher" not in mark]
    assert [mark for mark in missing if "former name of the centre" not in mark] == []
    assert "Secret Signatory" not in shown


@pytest.mark.parametrize(
    "words",
    [
        "MK-CODE",
        "MK-WOMEN",
        "MK-MEN",
        "MK-77",
        "MK-APP",
        "MK-REC",
        "MK-EXE",
        "mark group",
        "mark variant group",
        "Non-formal education",
        "From 17 years of age.",
        "Up to 61 years of age.",
        "Up to 52 years of age.",
        "Held in winter.",
        "Only for those whom their department nominates.",
        "Learners stay at the centre.",
        "6 weeks, at weekends.",
        "Urdu and Punjabi",
        "5 modules of 6 h",
        "3 credits of ECTS, 28 hours each: declared by the centre itself",
        "Level 4 of EQF: accredited.",
        "ISCED-F 0721",
        "http://data.europa.eu/esco/skill/mark",
        "At least matriculation.",
        "55 %",
        "mark-grading",
        "The grade stands on the certificate.",
        "36 months",
        "At least 77 per cent",
        "Rs 4,321",
        "A sponsor pays.",
        "1 July 2024 to 30 June 2029",
        "From 2 January 2025.",
        "Until 4 March 2028.",
        "May also be taken at:",
        "16 places.",
        "Takes place if at least 9 join.",
        "Taught by version 1 of the course.",
        "Winter",
        "Applications from 16 November 2026.",
        "https://partner.example/mark-module",
        "https://guild.example/mark",
        "https://board.example/mark",
        "https://apply.example/mark",
        "tel:+92414444444",
        "https://wa.me/923003333333",
        "mailto:mark@skills.example",
        "older than 59 months",
        "decides each time.",
        "none of them has promised anything",
    ],
)
def test_every_word_number_and_link_stands_on_a_page(shown: str, words: str) -> None:
    assert words in shown


def test_every_text_is_in_the_document_for_programs(catalogue: Catalogue) -> None:
    document = catalogue_json(catalogue).decode()
    assert [mark for mark in MARKS if mark not in document] == []
    assert "Secret Signatory" not in document


def test_every_code_is_in_the_document_for_programs(catalogue: Catalogue) -> None:
    document = json.loads(catalogue_json(catalogue))
    (course,), (run,), centre = document["courses"], document["runs"], document["centre"]
    assert course["variants"][0] == {
        "id": "women",
        "title": course["variants"][0]["title"],
        "code": "MK-WOMEN",
        "audience": {
            "gender": "women",
            "groups": ["mark-variant-group"],
            "season": "any",
            "nominationOnly": False,
            "maxAge": 52,
        },
    }
    assert (course["formality"], course["audience"]["maxAge"]) == ("non-formal", 61)
    (module,) = course["modules"]
    assert (module["outcomes"], module["here"]) == (["lo1"], True)
    assert (module["takenAt"][0]["partner"], module["takenAt"][0]["code"]) == ("dairy-school", "MK-77")
    (recognition,) = course["recognisedBy"]
    assert (recognition["from"], recognition["to"]) == ("2025-01-02", "2028-03-04")
    expected = {"variant": "women", "season": "winter", "courseVersion": 1, "minLearners": 9, "instructors": ["baker"]}
    assert {name: run[name] for name in expected} == expected
    assert (centre["profile"], centre["legalStatusElsewhere"][0]["country"]) == ("local", "NL")
    (department,) = document["departments"]
    assert department["address"]["ur"] == "https://skills.example/ur/departments/food/"
    assert [sorted(name) for name in department["names"]] == [["from", "name", "to"], ["from", "name"]]
