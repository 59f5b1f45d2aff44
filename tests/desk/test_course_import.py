# ruff: noqa: E501  A table reads best with one case on a line.
"""Courses from elsewhere: what is taken, what is left out, what a person must check; expectations are by hand."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import EMPTY, checks, imported, only, reasons, the_catalogue, the_course

from asnad.catalogue.course import CourseStatus, Kind
from asnad.catalogue.nodes import MapNode, TextNode
from asnad.catalogue.yaml_text import read_yaml
from asnad.desk.course_import import Outcome
from asnad.desk.course_names import slug
from asnad.desk.course_yaml import quoted
from asnad.errors import CatalogueErrors, FileError

HEADINGS = "Title;Code;Hours;Duration;Fee;Language;Mode;Summary"
ROW = "Crème and Café;FT-CC;40 hours;2 weeks;PKR 3,700;Urdu;Face-to-face;Bread – and cream."
FULL = {
    "kind": "completion",
    "mode": "onsite",
    "pattern": "part-time",
    "languages": "ur pa",
    "duration": "2 weeks",
    "attendance": "80",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    row = ROW.replace("PKR 3,700", '"PKR 3,700"')
    done = imported(f"{HEADINGS}\n{row}\n".replace(";", separator).encode(encoding))
    course = the_course(done, "creme-and-cafe")
    assert course.title.versions == (("en", "Crème and Café"),)
    assert course.summary.versions == (("en", "Bread – and cream."),)
    assert (course.code, course.workload.contact_hours) == ("FT-CC", 40)
    assert (course.duration.value, course.duration.unit) == (2, "weeks")
    assert course.fee is not None
    assert (course.fee.amount, course.fee.currency) == (3700, "PKR")
    assert (course.delivery.languages, course.delivery.mode) == (("ur",), "onsite")
    assert course.status is CourseStatus.DRAFT
    assert course.award.kind is Kind.ATTENDANCE
    assert (
        "it says that the learner was there" in course.award.statement.versions[0][1] if course.award.statement else 0
    )
    assert checks(only(done)) == [
        *("award.kind", "delivery.pattern", "workload", "completion_rule"),
    ]


def test_the_file_is_written_as_people_write_it() -> None:
    done = imported(f"{HEADINGS}\n{ROW}\n")
    assert (
        done.files()["courses/creme-and-cafe.yml"].decode()
        == """\
# Imported from courses, row 2.
id: creme-and-cafe
code: FT-CC
title: Crème and Café
department: food
status: draft
summary: "Bread – and cream."
award:
  kind: attendance  # to check: the file does not say; attendance is written, which claims the least
  title: {en: Certificate of Attendance, ur: سندِ شرکت}
  statement:
    en: "A certificate of attendance: it says that the learner was there. It is not a micro-credential, not a degree, and no academic credit."
    ur: "یہ شرکت کی سند ہے: یہ صرف بتاتی ہے کہ سیکھنے والا حاضر رہا۔ یہ مائیکرو کریڈینشل نہیں، ڈگری نہیں، اور اس سے کوئی تعلیمی کریڈٹ نہیں ملتا۔"
delivery:
  mode: onsite
  pattern: full-time  # to check: the file does not say when it is taught
  languages: [ur]
duration: {value: 2, unit: weeks}
workload: {contact_hours: 40, self_study_hours: 0, assessment_hours: 0}  # to check: the file gives the hours in all; it does not say how many of them are taught
completion_rule: {min_attendance_percent: 100, assessment_required: false}  # to check: the file does not say when the paper is earned; 100 per cent is strictest
fee: {amount: 3700, currency: PKR}
"""
    )


def test_a_workbook_is_read_as_csv_is() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Our courses"], ["Course", "Hours", "Price", "Currency"], ["Baking", 40, 3700, "PKR"]):
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    course = the_course(imported(file.getvalue()), "baking")
    assert (course.workload.contact_hours, course.fee.amount if course.fee else 0) == (40, 3700)


def test_what_a_person_has_said_holds_where_the_file_says_nothing_and_is_not_to_check() -> None:
    table = "title,contact hours,summary,mode,code\nBaking,40,Bread,,FT-B\nCakes,20,Cakes,online,FT-C\n"
    done = imported(table, said=FULL, status="active")
    assert [course.to_check for course in done.courses] == [(), ()]
    baking, cakes = (the_course(done, name) for name in ("baking", "cakes"))
    assert (baking.delivery.mode, cakes.delivery.mode) == ("onsite", "online")
    assert baking.delivery.languages == ("ur", "pa")
    assert baking.award.kind is Kind.COMPLETION
    assert baking.completion_rule.min_attendance_percent == 80
    assert baking.status is CourseStatus.ACTIVE


def test_a_course_with_something_to_check_cannot_be_imported_as_active() -> None:
    course = only(imported("title,hours\nBaking,40\n", said=FULL, status="active"))
    assert course.outcome is Outcome.REFUSED
    assert course.reason == "3 things to check: code, summary, workload; say them with --set, or import drafts"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("percentEmployed", "0.7", "a figure about past learners; statistics come from what was issued"),
        ("calendarLength", "7", "a code whose meaning the file does not tell; say --set duration=…"),
        ("totalCost", "2900", "no currency in the file; say --currency, such as --currency PKR"),
        ("totalCost", "$2900", "no currency in the file; say --currency, such as --currency PKR"),
        ("Fee", "PKR 99.50", "expected whole units of money, got 'PKR 99.50'"),
        ("Fee", "10-20", "expected one price, got '10-20'"),
        ("Fee", "=A1*2", "expected one price, got '=A1*2'"),
        ("Hours", "0", "expected from 1 to 10,000 hours, got 0"),
        ("Hours", "many", "expected whole hours, got 'many'"),
        ("Hours", "=SUM(A1:A9)", "expected whole hours, got '=SUM(A1:A9)'"),
        ("Duration", "P1Y2M", "expected a length such as 2 weeks or P2W, got 'P1Y2M'"),
        ("Duration", "5", "expected a length such as 2 weeks or P2W, got '5'"),
        ("Language", "Klingonish", "expected a language such as en or Urdu, got 'Klingonish'"),
        ("Credits", "3 ECTS", "credits need the hours of a credit and who stands for them; write credits by hand"),
        ("Level", "EQF 4", "a level needs a framework and who stands for it; write levels by hand"),
        ("Wheelchair accessible", "yes", "a fact of a place; write it under venues in centre.yml"),
        ("Start date", "2026-02-01", "a run needs a venue and signatories, which the file cannot name; write it in runs/"),
        ("Colour", "blue", "not part of the model"),
        ("Kind", "microcredential", "expected attendance or completion, got 'microcredential'; a file cannot prove more"),
        ("Certificate", "Diploma", "the words of a paper are only taken with its kind, attendance or completion"),
        ("Department", "Physics", "expected a department of centre.yml"),
        ("Online", "no", "says that it is not online, and not what it is instead"),
        ("Summary", "a\u202eb", "expected no control or direction character, got U+202E"),
        ("Summary", "a\u0007b", "expected no control or direction character, got U+0007"),
        ("Summary", "x" * 10_000, "expected words of at most 100 letters, got one of 10,000"),
        ("Summary", "=HYPERLINK(1)", "expected a text, got the formula '=HYPERLINK(1)'"),
        ("Summary", "see javascript:alert(1)", "expected a text, got the address of a script, 'see javascript:alert(1)'"),
        ("Summary", "<script>alert(1)</script>", "expected a text, got none"),
        ("Code", "b/ä", "expected a code of A–Z, 0–9 and hyphens, 2 to 16 characters"),
        ("E-mail", "nobody", "expected an e-mail address, got 'nobody'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_left_out_and_told(column: str, cell: str, reason: str) -> None:
    done = imported(f"Title\t{column}\nBaking\t{cell}\n")
    assert reasons(only(done)) == {column: reason}
    assert the_course(done, "baking").fee is None


@pytest.mark.parametrize(
    ("cell", "text", "reason"),
    [
        ("Flour &amp; <b>water</b>", "Flour & water", "HTML tags were taken out"),
        ("<p>One</p><p>Two</p>", "One Two", "HTML tags were taken out"),
        ("&lt;b&gt;Bold&lt;/b&gt;", "Bold", "HTML tags were taken out"),
        ("[[Baking]] at home", "Baking at home", "the search marks [[ ]] were taken out"),
        ("<a href='javascript:x()'>Bread</a>", "Bread", "the link to 'javascript:x()' was taken out"),
        ("<style>p{}</style>Bread<script>x()</script>", "Bread", "HTML tags were taken out"),
    ],
)
def test_markup_is_taken_out_of_texts_and_told(cell: str, text: str, reason: str) -> None:
    done = imported(f"Title\tSummary\nBaking\t{cell}\n")
    assert the_course(done, "baking").summary.versions == (("en", text),)
    assert reasons(only(done)) == {"Summary": reason}


def test_what_only_looks_like_markup_stays() -> None:
    done = imported("Title\tSummary\nBaking\t3 < 4 & 5 > 4, R&D; #1: 'x' \"y\" {z} [a] - \\ %\n")
    assert the_course(done, "baking").summary.versions == (("en", "3 < 4 & 5 > 4, R&D; #1: 'x' \"y\" {z} [a] - \\ %"),)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("", "expected a title, found none"),
        ("=1+1", "expected a title, expected a text, got the formula '=1+1'"),
        ("a\u2067b", "expected a title, expected no control or direction character, got U+2067"),
        ("y" * 10_000, "expected a title, expected words of at most 100 letters, got one of 10,000"),
        ("word " * 100, "expected a title of at most 300 characters, got a longer one"),
    ],
)
def test_a_course_without_a_title_that_can_be_shown_is_refused(title: str, reason: str) -> None:
    course = only(imported(f"Title\tHours\n{title}\t5\n"))
    assert (course.outcome, course.reason) == (Outcome.REFUSED, reason)


def test_a_course_whose_title_claims_too_much_is_refused_by_the_rules_of_the_catalogue() -> None:
    done = imported("Title\nMicro-credential in Baking\nCakes\n")
    claims, cakes = done.courses
    assert claims.outcome is Outcome.REFUSED
    assert (claims.reason or "").startswith("title")
    assert cakes.outcome is Outcome.NEW
    assert list(done.files()) == ["courses/cakes.yml"]


def test_languages_that_the_centre_does_not_have_are_to_be_checked() -> None:
    done = imported("Title,Languages\nBaking,French; Arabic; Indic/Hindu\nBread,ur pa\n")
    assert the_course(done, "baking").delivery.languages == ("fr", "ar")
    assert "delivery.languages" in checks(done.courses[0])
    assert "delivery.languages" not in checks(done.courses[1])


def test_a_provider_other_than_the_centre_is_to_be_checked_before_the_centre_answers_for_its_course() -> None:
    other = imported("Title,Provider\nBaking,Old Mill School\n")
    assert checks(only(other))[0] == "provider"
    assert (
        b"# to check: the file says that Old Mill School offers this course; here the centre itself would answer for it"
        in other.files()["courses/baking.yml"]
    )
    for own in ("New Centre", "نیا مرکز"):
        assert "provider" not in checks(only(imported(f"Title,Provider\nBaking,{own}\n")))


def test_courses_of_one_title_are_told_apart_by_what_the_file_says_of_them() -> None:
    by_town = imported("Title,City,Hours\nBaking,Wayne,1\nBaking,Montvale,2\nCakes,Wayne,3\n")
    titles = [course.title.versions[0][1] for course in the_catalogue(by_town).courses]
    assert titles == ["Baking (Montvale)", "Baking (Wayne)", "Cakes"]
    assert [checks(course)[0] for course in by_town.courses] == ["title", "title", "code"]
    by_code = imported("Title,Code\nBaking,A-1\nBaking,A-2\n")
    assert [course.title for course in by_code.courses] == ["Baking (A-1)", "Baking (A-2)"]
    by_number = imported("Title,Hours\nBaking,1\nBaking,2\n")
    assert [course.title for course in by_number.courses] == ["Baking (1)", "Baking (2)"]
    assert [course.code for course in by_number.courses] == ["BAKI", "BAKI-2"]


def test_a_number_of_elsewhere_serves_as_a_code_and_a_name_as_an_id() -> None:
    done = imported("Id,Title,Code\n46328,Baking,\nsour-dough,Bread,\n7,Cakes,FT-C\n")
    assert [(course.path, course.code) for course in done.courses] == [
        ("courses/baking.yml", "46328"),
        ("courses/sour-dough.yml", "BREA"),
        ("courses/cakes.yml", "FT-C"),
    ]


def test_a_row_that_stands_twice_is_one_course() -> None:
    first, second = imported("Title,Hours\nBaking,1\nBaking,1\n").courses
    assert first.outcome is Outcome.NEW
    assert (second.outcome, second.reason) == (Outcome.THERE, "the same as row 2")


def test_an_import_done_again_finds_everything_there_and_changes_nothing() -> None:
    table = "Title,Code\nBaking,FT-B\nبیکری,FT-U\nCakes,\n"
    first = imported(table)
    files = {**EMPTY, **first.files()}
    again = imported(table, files=files)
    assert [course.outcome for course in again.courses] == [Outcome.THERE] * 3
    assert again.courses[0].reason == "courses/baking.yml is this course"
    assert again.files() == {}


def test_a_course_of_another_department_may_have_the_same_title_and_gets_an_id_of_its_own() -> None:
    files = {**EMPTY, **imported("Title,Code\nBaking,FT-B\n").files()}
    done = imported("Title,Code\nBaking,OF-B\n", files=files, department="office")
    assert list(done.files()) == ["courses/baking-2.yml"]


def test_titles_in_urdu_get_their_ids_from_the_code_or_a_number() -> None:
    done = imported("Title;Code\nبیکری کا کورس;FT-U\nڈیری;\nمرغبانی;\n", language="ur")
    assert sorted(done.files()) == ["courses/c-1-2.yml", "courses/c-1.yml", "courses/ft-u.yml"]
    assert the_course(done, "ft-u").title.versions == (("ur", "بیکری کا کورس"),)
    assert list(imported("Title;Code\nBaking;FT-U\n", ids="code").files()) == ["courses/ft-u.yml"]


def test_a_column_may_be_for_one_language() -> None:
    done = imported("Title;Title (ur);Summary_ur\nBaking;بیکری;روٹی\n")
    course = the_course(done, "baking")
    assert course.title.versions == (("en", "Baking"), ("ur", "بیکری"))
    assert course.summary.versions == (("ur", "روٹی"),)


def test_a_person_can_say_what_a_column_is() -> None:
    done = imported("Kursname;Preis;Name\nBacken;EUR 20;x\n", columns={"title": "Kursname", "fee": "Preis"})
    course = the_course(done, "backen")
    assert course.fee is not None
    assert (course.fee.amount, course.fee.currency) == (20, "EUR")
    assert reasons(only(done)) == {"Name": "another column was chosen for title"}
    with pytest.raises(FileError, match="expected the column 'Kurs' of --columns, found 'Title'"):
        imported("Title\nBaking\n", columns={"title": "Kurs"})


def test_a_department_is_known_by_its_id_or_its_name() -> None:
    done = imported("Title,Department\nTyping,office\nBread,Food technology\nCakes,شعبۂ غذا\nMilk,\n", department=None)
    assert [course.outcome for course in done.courses] == [Outcome.NEW] * 3 + [Outcome.REFUSED]
    assert the_course(done, "typing").department == "office"
    assert the_course(done, "cakes").department == "food"
    assert done.courses[3].reason == "expected a department of centre.yml, found none (say --department ID)"


def test_a_long_text_becomes_a_summary_and_a_description() -> None:
    text = "One sentence about bread. " * 20
    done = imported(json.dumps([{"title": "Baking", "description": f"<p>{text}</p><p>{text}</p>"}]))
    course = the_course(done, "baking")
    assert course.summary.versions[0][1] == ("One sentence about bread. " * 11).strip()
    assert course.description is not None
    assert course.description.versions[0][1] == f"{text.strip()}\n\n{text.strip()}"
    assert "summary" in checks(only(done))


def test_flat_objects_are_a_table_and_what_is_nested_is_told() -> None:
    done = imported(
        '{"data": [{"name": "Baking", "totalClockHours": 40.0, "online": true, "fee": {"a": 1}, "x": null}]}'
    )
    course = the_course(done, "baking")
    assert (course.workload.contact_hours, course.delivery.mode) == (40, "online")
    assert reasons(only(done)) == {"fee": "expected a text, a number or a list of them, got an object"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "expected a row of headings such as Title, Hours, Fee, found none"),
        (b"a,b\n1,2\n", "expected a row of headings such as Title, Hours, Fee, found none"),
        (b"Title,Hours\n", "expected courses, found none"),
        (b"[]", "expected members such as title, hours or fee, found none of them"),
        (b"[1]", "expected an array of objects, found another value in it"),
        (b'{"a": 1}', "expected an array of objects, or schema.org JSON-LD, got another document"),
        (b'[{"title": "a",}]', "expected JSON, got something else in line 1"),
        (b'[{"title": "a", "title": "b"}]', "expected each member once, got 'title' twice"),
        (b"[" * 5000, "expected at most 32 levels, got more"),
        (b'{"@type": "Course", "name": ' + b"[" * 40 + b"1" + b"]" * 40 + b"}", "expected at most 32 levels, got more"),
        (b"<html>no data</html>", "expected courses, found none; the page has no schema.org JSON-LD"),
        (b'{"@type": "Person", "name": "x"}', "expected courses, found none"),
        (b"PK\x03\x04 no zip", "expected an Excel workbook, got a damaged one (BadZipFile)"),
        (b"Title\n\x81\x8d\n", "expected a text in UTF-8, UTF-16 or Windows-1252, got the byte 0x81"),
        (b"Title\n" + b"x" * 20_000_000, "expected at most 20,000,000 bytes, got 20,000,006"),
        (b"Title\n" + b"x,\n" * 2_000_000, "expected a table of at most 5,000,000 bytes, got more"),
        (b"<html>" + b"x" * 6_000_000, "expected a page of at most 5,000,000 bytes, got more"),
        ((",".join(f"Title{n}" for n in range(300)) + "\n").encode(), "expected at most 200 columns, got more"),
    ],
)
def test_a_file_that_is_no_list_of_courses_is_told_so(content: bytes, told: str) -> None:
    with pytest.raises(FileError) as error:
        imported(content)
    assert error.value.message == told
    assert str(error.value.place).startswith("courses")


def test_a_catalogue_that_must_be_mended_first_is_not_blamed_on_the_import() -> None:
    with pytest.raises(CatalogueErrors):
        imported("Title\nBaking\n", files={"centre.yml": b"did: x\n"})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Straße, Łódź & Ærø: Ünïcode’s", "strasse-lodz-aero-unicodes"),
        ("Home Baking (2)", "home-baking-2"),
        ("بیکری", None),
        ("2026", None),
        ("a" * 80, "a" * 56),
        ("one two " * 20, "one-two-one-two-one-two-one-two-one-two-one-two-one-two"),
        ("index", None),
    ],
)
def test_ids_are_made_of_titles(title: str, expected: str | None) -> None:
    assert slug(title) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), min_size=1, max_size=60))
def test_every_text_is_read_back_as_it_was_written(text: str) -> None:
    written = " ".join(text.split()) or "x"
    root, findings = read_yaml("x", f"a: {quoted(written)}  # to check: x\nb: {{c: {quoted(written)}}}\n".encode())
    assert findings == ()
    assert isinstance(root, MapNode)
    first, second = root.entries
    assert isinstance(first.node, TextNode)
    assert first.node.text == written
    assert isinstance(second.node, MapNode)
    inner = second.node.entries[0].node
    assert isinstance(inner, TextNode)
    assert inner.text == written
