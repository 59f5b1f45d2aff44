"""A name is signed as it should be read, so faults are found before, and the whole name is proposed."""

from __future__ import annotations

import pytest

from asnad.desk.learner_name import check_latin_name, check_native_name


@pytest.mark.parametrize(
    "name",
    [
        "Uzma Rafiq Kharal",
        "M. Ali",
        "Noor-ul-Ain",
        "Sana D'Souza",
        "Ayşe Yılmaz",
        "José O’Neill",
        "Muhammad Bilal A.",
        "Bi",
        "AB Khan",
        "A. B.",
    ],
)
def test_a_name_that_people_bear_has_no_fault(name: str) -> None:
    assert check_latin_name(name) is None


@pytest.mark.parametrize("name", ["عظمیٰ رفیق کھرل", "عدنان رؤف ڈوگر", "مُحَمَّد علی", "Айгерім Серікқызы"])
def test_a_native_name_has_no_fault(name: str) -> None:
    assert check_native_name(name, ("en", "ur")) is None


@pytest.mark.parametrize(
    ("name", "said", "correction"),
    [
        ("UZMA RAFIQ KHARAL", "capital letters", "Uzma Rafiq Kharal"),
        ("uzma rafiq", "capital letters", "Uzma Rafiq"),
        ("NOOR-UL-AIN KHAN", "capital letters", "Noor-Ul-Ain Khan"),
        ("Dr. Uzma Rafiq", "without the title Dr.", "Uzma Rafiq"),
        ("Mr Ali", "without the title Mr", "Ali"),
        ("Uzma  Rafiq", "single spaces", "Uzma Rafiq"),
        ("Uzma\u00a0Rafiq", "single spaces", "Uzma Rafiq"),
        ("Uzma\nRafiq", "single spaces", "Uzma Rafiq"),
        ("Uzma\u200b Rafiq", "invisible", "Uzma Rafiq"),
        ("Uzma \u202eqifaR", "invisible", "Uzma qifaR"),
        ("Uzma Rafiq,,", "at the end", "Uzma Rafiq"),
        ("Uzma Rafiq.", "at the end", "Uzma Rafiq"),
        ("DR UZMA  RAFIQ,", "title DR", "Uzma Rafiq"),
        ("Uzma Raf1q", "no digits", None),
        ("Uzma Rafiq ۲", "no digits", None),
        ("Uzma W/O Rafiq", "hyphens and apostrophes", None),
        ("Uzma, Rafiq", "hyphens and apostrophes", None),
        ("<b>Uzma</b>", "hyphens and apostrophes", None),
        ("Uzmа Rafiq", "one script, got letters of Cyrillic and Latin", None),
        ("عظمیٰ", "Latin letters", None),
        ("---", "expected letters", None),
        ("Uzm" + "a\u0301\u0301\u0301\u0301", "at most 3 marks", None),
        ("Uzma " + "a" * 100, "at most 100 characters, got 105", None),
    ],
)
def test_a_fault_in_a_latin_name_is_named_and_mended(name: str, said: str, correction: str | None) -> None:
    fault = check_latin_name(name)
    assert fault is not None
    assert said in fault.message
    assert fault.correction == correction


@pytest.mark.parametrize(
    ("name", "said", "correction"),
    [
        ("علي", "Arabic keyboard", "علی"),
        ("كريم", "Arabic keyboard", "کریم"),
        ("ڈاکٹر علی", "without the title ڈاکٹر", "علی"),
        ("جناب كريم", "Arabic keyboard", "کریم"),
        ("Ali", "its own script", None),
        ("علی Khan", "one script, got letters of Arabic and Latin", None),
    ],
)
def test_a_fault_in_a_native_name_is_named_and_mended(name: str, said: str, correction: str | None) -> None:
    fault = check_native_name(name, ("en", "ur"))
    assert fault is not None
    assert said in fault.message
    assert fault.correction == correction


def test_arabic_letters_are_right_where_urdu_is_not_written() -> None:
    assert check_native_name("علي", ("en", "ar")) is None


def test_all_faults_of_one_name_are_told_at_once() -> None:
    fault = check_latin_name("MR UZMA  RAF1Q")
    assert fault is not None
    assert all(said in fault.message for said in ("single spaces", "no digits", "title MR", "capital letters"))


def test_characters_that_cannot_be_seen_are_shown_by_their_code() -> None:
    fault = check_latin_name("Uzma\u202e")
    assert fault is not None
    assert "<U+202E>" in fault.message
    assert "\u202e" not in fault.message
