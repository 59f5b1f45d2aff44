"""A register is read as it was meant, or everything that must be mended is told in one run."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from asnad.desk.headings import column_of
from asnad.desk.register import RegisterRow, read_register
from asnad.desk.register_cells import Gender
from asnad.desk.register_json import read_register_json, register_json
from asnad.errors import CatalogueErrors, FileError

EXAMPLES = Path(__file__).parents[2] / "credentials" / "example-registers"
TODAY = date(2026, 11, 22)


def read(*lines: str) -> tuple[RegisterRow, ...]:
    return read_register("b12.csv", "\n".join(lines).encode(), languages=("en", "ur"), today=TODAY)


def faults(*lines: str) -> list[str]:
    with pytest.raises(CatalogueErrors) as caught:
        read(*lines)
    return [error.diagnostics() for error in caught.value.errors]


def places(*lines: str) -> list[str]:
    with pytest.raises(CatalogueErrors) as caught:
        read(*lines)
    return [str(error.place) for error in caught.value.errors]


def test_a_full_row_is_read_into_every_field() -> None:
    heading = (
        "Name,Naam Urdu,Father Name,W/O,CNIC,Mobile,Email,Gender,Attendance %,Result,Marks,Grade,Remarks,"
        "Publish,Consent date"
    )
    row = (
        "Uzma Rafiq,عظمیٰ رفیق,Rafiq Ahmad,Ali Raza,0000000000011,0300-0000001,u@learners.example,F,95.5%,pass,72,B,"
        "Late once,yes,2026-11-07"
    )
    assert read(heading, row) == (
        RegisterRow(
            row=2,
            name="Uzma Rafiq",
            name_native="عظمیٰ رفیق",
            father_name="Rafiq Ahmad",
            husband_name="Ali Raza",
            cnic="00000-0000001-1",
            phone="0300-0000001",
            email="u@learners.example",
            gender=Gender.FEMALE,
            attendance_percent=Decimal("95.5"),
            passed=True,
            score=Decimal(72),
            grade="B",
            remarks="Late once",
            publish=True,
            consent_date=date(2026, 11, 7),
        ),
    )


def test_a_row_needs_a_name_and_an_attendance_only() -> None:
    (row,) = read("Name,Attendance", "Uzma Rafiq,90")
    assert (row.name, row.attendance_percent, row.passed, row.publish) == ("Uzma Rafiq", Decimal(90), None, False)
    assert (row.cnic, row.father_name, row.consent_date) == (None, None, None)


def test_attendance_of_nothing_is_read_as_nothing() -> None:
    (row,) = read("Name,Attendance", "Uzma Rafiq,0")
    assert row.attendance_percent == Decimal(0)


def test_names_are_composed() -> None:
    (row,) = read("Name,Attendance", "Ays\u0327e Kaya,90")
    assert row.name == "Ayşe Kaya"


def test_titles_may_stand_above_the_headings_and_empty_rows_between() -> None:
    rows = read("Home Baking,,", "Batch 12,,", ",,", "S.No,Name,Attendance", "1,Uzma Rafiq,90", ",,", "2,Bilal Virk,80")
    assert [(row.row, row.name) for row in rows] == [(5, "Uzma Rafiq"), (7, "Bilal Virk")]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Father's Name", "father_name"),
        ("FATHER NAME", "father_name"),
        ("S/O", "father_name"),
        ("Walid ka naam", "father_name"),
        ("ولدیت", "father_name"),
        ("Shohar ka naam", "husband_name"),
        ("نام", "name_native"),
        ("Naam", "name"),
        ("CNIC No.", "cnic"),
        ("شناختی کارڈ نمبر", "cnic"),
        ("شناختي كارڈ نمبر", "cnic"),
        ("E-mail", "email"),
        ("Attendance (%)", "attendance_percent"),
        ("attendance_percent", "attendance_percent"),
        ("حاضری", "attendance_percent"),
        ("Nateeja", "passed"),
        ("Marks Obtained", "score"),
        ("رضامندی کی تاریخ", "consent_date"),
    ],
)
def test_a_heading_is_understood_in_three_spellings(heading: str, column: str) -> None:
    assert column_of(heading) == column


def test_everything_wrong_is_told_in_one_run_with_its_row_and_column() -> None:
    assert places(
        "Name,Father Name,CNIC,Attendance,Publish,Consent date",
        "UZMA RAFIQ,Mr Rafiq,3.52E+12,95,no,",
        "Bilal V1rk,,00000-0000002-1,0.9,yes,",
        ",,,,perhaps,07/11/2026",
    ) == [
        "b12.csv:2: name",
        "b12.csv:2: father_name",
        "b12.csv:2: cnic",
        "b12.csv:3: name",
        "b12.csv:3: attendance_percent",
        "b12.csv:3: consent_date",
        "b12.csv:4: publish",
        "b12.csv:4: consent_date",
        "b12.csv:4: name",
        "b12.csv:4: attendance_percent",
    ]


def test_a_correction_is_proposed_and_never_made() -> None:
    (fault,) = faults("Name,Attendance", "UZMA RAFIQ,90")
    assert fault.splitlines() == [
        "b12.csv:2: name: expected capital letters at the beginning of each name only: 'UZMA RAFIQ'",
        "  hint: write “Uzma Rafiq”",
    ]


def test_letters_of_an_arabic_keyboard_are_an_error_with_the_urdu_spelling() -> None:
    (fault,) = faults("Name,Naam Urdu,Attendance", "Karim Ali,كريم علي,90")
    assert fault.startswith("b12.csv:2: name_native: ")
    assert fault.endswith("hint: write “کریم علی”")


def test_publication_needs_the_day_of_consent() -> None:
    (fault,) = faults("Name,Attendance,Publish", "Uzma Rafiq,90,yes")
    assert fault.startswith("b12.csv:2: consent_date: expected the day on which the learner agreed")


def test_a_formula_is_refused_in_any_column() -> None:
    assert places("Name,Attendance,Grade", '=A1,=38/40*100,"=IF(B2>80,""A"",""B"")"') == [
        "b12.csv:2: name",
        "b12.csv:2: attendance_percent",
        "b12.csv:2: grade",
    ]


def test_one_identity_number_stands_for_one_learner() -> None:
    assert faults("Name,CNIC,Attendance", "Uzma Rafiq,00000-0000001-1,90", "Bilal Virk,0000000000011,90") == [
        "b12.csv:3: cnic: expected each identity number once, found it in row 2 too"
    ]


def test_the_same_name_and_father_twice_is_the_same_learner() -> None:
    assert places("Name,Father Name,Attendance", "Uzma Rafiq,Rafiq Ahmad,90", "Uzma-Rafiq,RafiQ Ahmad,80") == [
        "b12.csv:3: name"
    ]


def test_namesakes_are_told_apart_by_their_fathers_or_their_identity_numbers() -> None:
    assert len(read("Name,Father Name,Attendance", "Uzma Rafiq,Rafiq Ahmad,90", "Uzma Rafiq,Rafiq Virk,80")) == 2
    assert (
        len(
            read(
                "Name,Father Name,CNIC,Attendance",
                "Uzma Rafiq,Rafiq Ahmad,00000-0000001-1,90",
                "Uzma Rafiq,Rafiq Ahmad,00000-0000002-1,80",
            )
        )
        == 2
    )


def test_a_misspelt_heading_is_an_error_with_the_one_that_is_meant() -> None:
    assert faults("Name,Attendance,Concent date", "Uzma Rafiq,90,2026-11-07") == [
        "b12.csv:1: expected a known heading, got 'Concent date'\n  hint: is “consent date” meant?"
    ]


def test_a_column_that_comes_twice_is_an_error() -> None:
    assert faults("Name,Attendance,Mobile,Phone", "Uzma Rafiq,90,,")[0] == (
        "b12.csv:1: phone: expected one column, got 'Mobile' and 'Phone'"
    )


def test_a_missing_column_is_told_once_and_not_for_each_row() -> None:
    assert faults("Name,CNIC", "Uzma Rafiq,00000-0000001-1", "Bilal Virk,00000-0000002-1") == [
        "b12.csv:1: expected a column for attendance_percent, found none"
    ]


def test_a_sheet_without_headings_is_an_error() -> None:
    assert places("Uzma Rafiq,90") == ["b12.csv"]


def test_headings_without_learners_are_an_error() -> None:
    assert faults("Name,Attendance") == ["b12.csv: expected learners below the headings, found none"]


@pytest.mark.parametrize(
    ("file", "learners", "published"),
    [
        ("home-baking-women-b12.csv", 12, 4),
        ("officers-finance-admin-egov-b34.xlsx", 38, 13),
        ("food-safety-small-business-mc-b03.csv", 43, 15),
    ],
)
def test_the_example_registers_are_read_without_a_fault(file: str, learners: int, published: int) -> None:
    rows = read_register(file, (EXAMPLES / file).read_bytes(), languages=("en", "ur"), today=TODAY)
    assert len(rows) == learners
    assert sum(row.publish for row in rows) == published
    assert read_register_json(register_json(rows), "register.json") == rows


def test_a_register_comes_back_from_json_as_it_was() -> None:
    rows = read(
        "Name,Naam Urdu,CNIC,Attendance,Result,Marks,Gender,Publish,Consent date",
        "Uzma Rafiq,عظمیٰ رفیق,00000-0000001-1,95.50,fail,71.25,x,yes,2026-11-07",
        "Bilal Virk,,,80,,,,,",
    )
    assert read_register_json(register_json(rows), "register.json") == rows


def test_the_json_leaves_out_what_is_not_known() -> None:
    document = json.loads(register_json(read("Name,Attendance", "Uzma Rafiq,90")))
    assert document == {
        "type": "AsnadRegister",
        "format": 1,
        "rows": [{"row": 2, "name": "Uzma Rafiq", "attendance_percent": "90", "publish": False}],
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"type":"AsnadRegister","format":2,"rows":[]}',
        b'{"type":"AsnadRegister","format":1,"rows":[{"row":1}]}',
        b'{"type":"AsnadRegister","format":1,"rows":[{"row":1,"name":"A","attendance_percent":"x","publish":false}]}',
        b'{"type":"AsnadRegister","format":1,"rows":[{"row":1,"name":"A","attendance_percent":"9","publish":"no"}]}',
    ],
)
def test_a_damaged_json_register_is_an_error_in_words(data: bytes) -> None:
    with pytest.raises(FileError, match=r"^register\.json: expected a register, got a damaged one"):
        read_register_json(data, "register.json")
