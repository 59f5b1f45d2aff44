"""Numbers and addresses of people are found as people write them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from asnad.gate.personal_data import PersonalKind, dialled, find_personal_data


def found(text: str) -> list[tuple[PersonalKind, str]]:
    return [(datum.kind, datum.value) for datum in find_personal_data(text.encode())]


@pytest.mark.parametrize(
    "text",
    [
        "35201-1234567-1",
        "CNIC: 3520112345671.",
        "<td>35201 1234567 1</td>",
        "35201–1234567–1",
        "۳۵۲۰۱-۱۲۳۴۵۶۷-۱",
        "٣٥٢٠١١٢٣٤٥٦٧١",
        "شناختی کارڈ:۳۵۲۰۱-1234567-۱",
        '"3520112345671",',
        "(35201-1234567-1)",
    ],
)
def test_an_identity_number_in_any_digits(text: str) -> None:
    assert found(text) == [(PersonalKind.IDENTITY, "3520112345671")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+92-300-1234567", "923001234567"),
        ("+92 (300) 1234567", "923001234567"),
        ("0300-1234567", "3001234567"),
        ("0300 123 4567", "3001234567"),
        ("03001234567", "3001234567"),
        ("۰۳۰۰۱۲۳۴۵۶۷", "3001234567"),
        ("(041) 9200161", "419200161"),
        ("Phone:0092 300 1234567", "923001234567"),
        ("https://wa.me/923001234567", "923001234567"),
        ('<a href="tel:+923001234567">ring</a>', "923001234567"),
        ("https://api.whatsapp.com/send?phone=923001234567", "923001234567"),
    ],
)
def test_a_phone_number(text: str, value: str) -> None:
    assert found(text) == [(PersonalKind.PHONE, value)]


@pytest.mark.parametrize(
    "text", ["Sidra.Munir@mail.pk", "<sidra.munir@mail.pk>", "mailto:sidra.munir@MAIL.pk?subject=x"]
)
def test_an_address(text: str) -> None:
    assert found(text) == [(PersonalKind.EMAIL, "sidra.munir@mail.pk")]


@pytest.mark.parametrize(
    "text",
    [
        "CSC-FT-HB-W/12/017",
        "2026-09-17T09:30:00+05:00",
        "from 2026-09-07 to 2026-09-18, 09:00-12:30",
        "version 1.2.3-4567890",
        "ISBN 9789695031234",
        "5e1f3520112345671abc",
        "sha256-35201123456710cd",
        "0000000000000000000000000000001234567890123456789",
        "#0123456789012345678901234567890",
        "https://skills.example/v/#03001234567123456789",
        "35201-1234567-12",
        "135201-1234567-1",
        "M10 20h7v7h-7zM0.3520112345671 1",
        "ISCED-F 0721, 0811, 1013",
        "12,500 rupees; 1,234,567",
        "logo@2x.png",
        "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd",
        "asnad@1.2.3",
        "git@github.com:centre/skills.git",
        "41898282+github-actions[bot]@users.noreply.github.com",
        "UID:home-baking-women-b12@skills.pk",
        "@media print",
        "AAAA+92300123456789+0300/1234567=",
    ],
)
def test_what_is_of_nobody_is_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["00000-0000008-1", "+92-300-0000008", "sidra@mail.example", "a@example.com"])
def test_what_can_belong_to_nobody_is_marked_as_invented(text: str) -> None:
    (datum,) = find_personal_data(text.encode())
    assert datum.invented


def test_the_line_is_told_and_the_value_masked() -> None:
    data = "one\nدو ۳۵۲۰۱-۱۲۳۴۵۶۷-۱\nsidra@mail.pk\n".encode()
    assert [(datum.line, datum.masked()) for datum in find_personal_data(data)] == [(2, "35…71"), (3, "s…@mail.pk")]


def test_a_phone_is_compared_without_what_is_dialled_before_it() -> None:
    assert dialled("0092-300-1234567") == dialled("+92 300 1234567") == "923001234567"
