"""The award list as people read it: whatever a name holds, it is nothing but text."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import jinja2
import pytest
from markdown_it import MarkdownIt

from asnad import assets
from asnad.catalogue.course import Kind
from asnad.credentials.credential import LearnerRecord
from asnad.desk.award_list import AwardList, AwardRow, AwardTerms, Decision
from asnad.desk.award_table import award_markdown, award_page, award_table, markdown_text
from asnad.desk.officer import Officer
from asnad.site.stationery import certificate_environment

FINGERPRINT = "0" * 64
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b || c",
    "**bold** _it_ ~~no~~ `code`",
    "[link](https://evil.example) ![pic](//evil.example/x.png)",
    "https://evil.example and <https://evil.example>",
    "# heading",
    "- item",
    "1. item",
    "&lt;b&gt; &amp; &#60;",
    "end \\",
    "\\| \\\\|",
    "$x$ :smile: @everyone #12",
    "Amina\u202egnirotS\u202c Bibi",
    "Amina\u2066\u2069\u200f\u200bBibi",
    "two\nlines\r\n| and | a | row |",
    "علی | رضا <b>",
    "{{ 7*7 }} {% raw %}",
)


def record(name: str, native: str | None = None, grade: str | None = None) -> LearnerRecord:
    return LearnerRecord(
        name=name, native_name=native, father_name=None, husband_name=None, identity_digits=None, grade=grade
    )


def awards(*rows: AwardRow, title: str = "Home Baking") -> AwardList:
    terms = AwardTerms(
        run="home-baking-b1",
        course="home-baking",
        version=1,
        title=title,
        kind=Kind.COMPLETION,
        batch=1,
        start=date(2026, 9, 7),
        end=date(2026, 9, 18),
        awarded=date(2026, 9, 18),
        venue="Hall, Rivertown",
        issuer="River Skills Centre",
        language="en",
        validity_months=36,
        signatories=("A. Khan, Director", title),
        wording="1" * 64,
    )
    return AwardList(terms=terms, rows=rows, drafted_by=Officer("N. Gul", "Clerk"), drafted=date(2026, 9, 20))


def awarded(number: int, record: LearnerRecord) -> AwardRow:
    return AwardRow(
        row=number,
        learner="2" * 64,
        decision=Decision.AWARDED,
        serial=f"RSC-HB/1/{number:03d}",
        record=record,
        attendance="80",
        reason=None,
    )


def tags_and_text(page: str) -> tuple[set[str], str]:
    found: set[str] = set()
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add(tag)
            assert {name for name, _ in attrs} <= {"dir"}

        def handle_data(self, data: str) -> None:
            texts.append(data)

    Reader().feed(page)
    return found, "".join(texts)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_a_table_of_markdown_is_shown_as_it_is_written(text: str) -> None:
    written = award_markdown(awards(awarded(2, record(text, text, text)), title=text), FINGERPRINT).decode("utf-8")
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written)
    found, shown = tags_and_text(page)
    assert found == {"h1", "p", "code", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"} | (
        {"span"} if "علی" in text else set()
    )
    assert page.count("<tr>") == 2
    assert page.count("<td>") == 7
    visible = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text).strip()
    assert shown.count(visible) == 5
    assert not any(char in written for char in "\u202e\u202c\u2066\u2069\u200f\u200b\r")


def test_right_to_left_text_keeps_its_direction_to_itself() -> None:
    assert markdown_text("راشدہ بانو") == '<span dir="auto">راشدہ بانو</span>'
    assert markdown_text("Rashida Bano-Khan O'Neil, M. A.") == "Rashida Bano-Khan O'Neil, M. A."


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_on_the_page_for_the_printer_is_text(text: str) -> None:
    environment = certificate_environment(jinja2.FileSystemLoader(assets.certificate_dir()))
    harmless = award_page(awards(awarded(2, record("A", "B", "C"))), FINGERPRINT, environment).decode("utf-8")
    page = award_page(awards(awarded(2, record(text, text, text)), title=text), FINGERPRINT, environment).decode(
        "utf-8"
    )
    assert page.count("<") == harmless.count("<")
    assert page.count("<script") == 0
    assert not any(char in page for char in "\u202e\u202c\u2066\u2069\u200f\u200b")


def test_the_page_for_the_printer_loads_and_runs_nothing() -> None:
    environment = certificate_environment(jinja2.FileSystemLoader(assets.certificate_dir()))
    page = award_page(awards(awarded(2, record("A"))), FINGERPRINT, environment).decode("utf-8")
    assert "default-src 'none'" in page
    assert "src=" not in page
    assert "url(" not in page
    assert page.count("Fingerprint <code>" + FINGERPRINT) == 1


def test_a_column_that_no_certificate_has_is_left_out() -> None:
    assert award_table(awards(awarded(2, record("A")))).headings == (
        "row",
        "serial",
        "name",
        "attendance",
        "certificate",
    )
    full = LearnerRecord(
        name="A", native_name="ب", father_name="F", husband_name="H", identity_digits="1234", grade="B+"
    )
    table = award_table(awards(awarded(2, record("A")), awarded(3, full)))
    assert table.headings[3:8] == ("own script", "father", "husband", "identity number", "grade")
    assert table.rows[1][3:8] == ("ب", "F", "H", "…1234", "B+")
    assert table.rows[0][3:8] == ("", "", "", "", "")
