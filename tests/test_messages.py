"""Texts, numbers, amounts and days in the reader's language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from asnad import assets
from asnad.errors import PublicationError
from asnad.messages import Messages, read_messages

FORMATS = {
    "number.group": ".",
    "number.decimal": ",",
    "list.comma": "; ",
    "list.last": "{first} und {last}",
    "month.3": "März",
}


MEANT_TO_BE_ENGLISH = {
    "nl": {
        *("code {code}", "Contact", "Diploma", "E-mail", "In {country}:", "Module", "{number} week", "Online"),
        *("Portfolio", "portfolio", "Project", "project", "Punjabi", "Rs", "Saraiki", "Sector", "Sindhi", "Sponsor:"),
        *("Urdu", "Website", "WhatsApp", "Winter"),
    },
    "kk": {"WhatsApp"},
}
"""Words that a language shares with English; every other text that is the same is untranslated."""


def content(area: dict[str, object], formats: dict[str, str] | None = None) -> bytes:
    return json.dumps({"formats": FORMATS if formats is None else formats, "area": area}).encode()


def shipped(language: str) -> Messages:
    return read_messages(assets.message_files(), "catalogue", [language])[language]


def every_text(language: str) -> dict[str, str]:
    """Give all texts of a file by their way to them."""

    def walk(part: Mapping[str, object], way: str) -> Iterator[tuple[str, str]]:
        for name, value in part.items():
            if isinstance(value, dict):
                yield from walk(value, f"{way}{name}/")
            else:
                yield way + name, str(value)

    return dict(walk(json.loads(assets.message_files()[language]), ""))


def test_nested_texts_have_keys_with_dots() -> None:
    texts = read_messages({"de": content({"fee": {"none": "frei"}})}, "area", ["de"])["de"]
    assert texts.text("fee.none") == "frei"


def test_a_missing_language_is_refused() -> None:
    with pytest.raises(PublicationError, match="none for fr"):
        read_messages({"de": content({"a": "b"})}, "area", ["de", "fr"])


def test_a_key_that_one_language_lacks_is_refused_with_its_file() -> None:
    files = {"de": content({"a": "x", "b": "y"}), "fr": content({"a": "x"})}
    with pytest.raises(PublicationError, match=r"messages/fr\.json: expected a text 'b'"):
        read_messages(files, "area", ["de"])


def test_an_empty_text_is_a_missing_text() -> None:
    with pytest.raises(PublicationError, match="'a'"):
        read_messages({"de": content({"a": " "})}, "area", ["de"])


def test_a_no_break_space_is_a_text_for_some_languages_part_thousands_with_it() -> None:
    texts = read_messages({"de": content({"a": "b"}, {**FORMATS, "number.group": "\u00a0"})}, "area", ["de"])["de"]
    assert texts.number(1234567) == "1\u00a0234\u00a0567"


def test_a_value_that_one_language_forgets_is_refused() -> None:
    files = {"de": content({"a": "bis {day}"}), "fr": content({"a": "jusque"})}
    with pytest.raises(PublicationError, match=r"messages/fr\.json"):
        read_messages(files, "area", ["de"])


def test_a_missing_section_is_refused() -> None:
    with pytest.raises(PublicationError, match="section 'other'"):
        read_messages({"de": content({"a": "b"})}, "other", ["de"])


def test_a_file_that_is_no_json_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"messages/de\.json: expected JSON"):
        read_messages({"de": b"{"}, "area", ["de"])


def test_a_key_that_does_not_exist_or_values_that_do_not_fit_are_refused() -> None:
    texts = Messages("de", {"until": "bis {day}"})
    assert texts.text("until", day="morgen") == "bis morgen"
    with pytest.raises(PublicationError):
        texts.text("since")
    with pytest.raises(PublicationError):
        texts.text("until")
    with pytest.raises(PublicationError):
        texts.text("until", day="morgen", hour="drei")


def test_a_value_is_never_read_as_a_text_with_values() -> None:
    assert Messages("de", {"a": "{x} {y}"}).text("a", x="{y}", y="z") == "{y} z"


def test_numbers_have_the_languages_separators() -> None:
    texts = Messages("de", FORMATS)
    assert texts.number(1234567) == "1.234.567"
    assert texts.number(Decimal("1234.50")) == "1.234,50"
    assert Messages("de", {**FORMATS, "n": "{number} Stunden"}).text("n", number=12000) == "12.000 Stunden"


def test_enumerations_end_with_the_languages_and() -> None:
    texts = Messages("de", FORMATS)
    assert texts.enumeration([]) == ""
    assert texts.enumeration(["a"]) == "a"
    assert texts.enumeration(["a", "b", "c"]) == "a; b und c"


def test_days_have_the_month_as_a_word() -> None:
    assert shipped("en").day(date(2027, 1, 3)) == "3 January 2027"
    assert shipped("ur").day(date(2027, 12, 31)) == "31 دسمبر 2027"


def test_a_period_says_once_what_both_days_share() -> None:
    assert shipped("en").period(date(2027, 1, 11), date(2027, 1, 22)) == "11–22 January 2027"
    assert shipped("en").period(date(2026, 12, 28), date(2027, 1, 8)) == "28 December 2026 to 8 January 2027"
    assert shipped("ur").period(date(2027, 1, 11), date(2027, 1, 22)) == "11 تا 22 جنوری 2027"
    assert shipped("en").period(date(2027, 1, 11), date(2027, 1, 11)) == "11 January 2027"


def test_amounts_name_their_currency() -> None:
    assert shipped("en").money(18000, "PKR") == "Rs 18,000"
    assert shipped("ur").money(18000, "PKR") == "18,000 روپے"
    assert shipped("nl").money(18000, "EUR") == "€ 18.000"
    assert shipped("kk").money(18000, "KZT") == "18\u00a0000 теңге"
    assert shipped("en").money(18000, "CHF") == "CHF 18,000"


def test_one_thing_is_counted_in_the_singular() -> None:
    assert shipped("en").count("hours", 1) == "1 hour"
    assert shipped("en").count("hours", 0) == "0 hours"


def test_urdu_runs_from_right_to_left() -> None:
    assert (shipped("ur").direction, shipped("en").direction) == ("rtl", "ltr")


@pytest.mark.parametrize("language", sorted(set(assets.message_files()) - {"en"}))
def test_every_text_is_translated(language: str) -> None:
    english, texts = every_text("en"), every_text(language)
    assert sorted(texts) == sorted(english)
    same = {key: text for key, text in texts.items() if text == english[key]}
    # What has no small letter outside its {values} is no word: a sign, a form, the code of a currency.
    words = {text for key, text in same.items() if re.search("[a-z]", re.sub(r"\{\w+\}", "", text))} - {"ltr"}
    assert words == MEANT_TO_BE_ENGLISH.get(language, set())


@pytest.mark.parametrize("language", sorted(assets.message_files()))
def test_no_word_has_letters_of_two_scripts_that_look_alike(language: str) -> None:
    mixed = re.compile("[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
    assert [text for text in every_text(language).values() if mixed.search(text)] == []


@pytest.mark.parametrize("language", sorted(set(assets.message_files()) - {"en"}))
def test_a_translation_says_whether_a_native_speaker_has_read_it(language: str) -> None:
    texts = every_text(language)
    states = {texts["verifier/translation/state"], texts["catalogue/translation.state"]}
    assert states in ({"reviewed"}, {"unreviewed"})
    assert texts["verifier/translation/note"]
    assert texts["catalogue/translation.note"]
