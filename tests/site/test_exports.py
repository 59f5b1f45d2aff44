"""The table, the calendars and the files that the site publishes of the catalogue; expectations are written by hand."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from exported_catalogue import (
    URDU_300,
    english,
    events_of,
    example_catalogue,
    small_catalogue,
    with_course,
    with_run,
)

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.run import RunId, RunState
from asnad.catalogue.text import Text
from asnad.site.catalogue_export import export_files
from asnad.site.course_table import catalogue_csv, defused
from asnad.site.run_calendar import run_calendar, runs_calendar


@pytest.fixture
def catalogue() -> Catalogue:
    return small_catalogue()


@pytest.fixture(scope="module")
def example() -> Catalogue:
    return example_catalogue()


class TestCatalogueCSV:
    def rows(self, catalogue: Catalogue, language: str = "en") -> list[dict[str, str]]:
        data = catalogue_csv(catalogue, language)
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def test_has_one_line_a_course(self, catalogue: Catalogue) -> None:
        assert catalogue_csv(catalogue, "en") == (
            b"\xef\xbb\xbfid,code,version,title,summary,department,status,kind,award,gender,minimum age,"
            b"minimum education,mode,pattern,languages,duration,contact hours,self-study hours,assessment hours,"
            b"total hours,credits,levels,ISCED-F,fee,currency,runs,phone,e-mail,address,maximum age,"
            b"variants,sector,formality\r\n"
            b"baking,FT-HB,1,Home Baking,Two weeks of bread and cakes.,Food,active,completion,"
            b"Certificate of Completion,women,16,none,onsite,part-time,ur pa,2 weeks,40,0,0,40,,,,6000,PKR,"
            b"2027-01-11/2027-01-22,'+92-41-0000000,,https://skills.example/courses/baking/,,,,\r\n"
        )

    def test_texts_are_in_the_readers_language_where_they_exist(self, catalogue: Catalogue) -> None:
        (row,) = self.rows(catalogue, "ur")
        assert row["title"] == "گھریلو بیکنگ"
        assert row["summary"] == "Two weeks of bread and cakes."
        assert row["address"] == "https://skills.example/ur/courses/baking/"

    def test_texts_of_several_lines_and_quotes_stay_one_cell(self, catalogue: Catalogue) -> None:
        hostile = 'a,"b"\r\n=1+1,c;d'
        (row,) = self.rows(with_course(catalogue, title=english(hostile), summary=english(URDU_300)))
        assert row["title"] == hostile
        assert row["summary"] == URDU_300

    @pytest.mark.parametrize(
        "text",
        [
            '=HYPERLINK("https://evil.example","x")',
            "+1",
            "-1+1",
            "@SUM(A1)",
            "＝1",
            "\t=1",
            "\n=1",
            "\r=1",
            " =1",
            "\u00a0=1",
        ],
    )
    def test_no_cell_is_a_formula(self, catalogue: Catalogue, text: str) -> None:
        (row,) = self.rows(with_course(catalogue, title=english(text)))
        assert row["title"] == f"'{text}"

    @pytest.mark.parametrize("text", ["", "Bread = flour", "Two-week course", "'=1", "7.5 ECTS"])
    def test_other_cells_stay_as_they_are(self, text: str) -> None:
        assert defused(text) == text

    def test_cancelled_runs_are_no_dates(self, catalogue: Catalogue) -> None:
        (row,) = self.rows(with_run(catalogue, state=RunState.CANCELLED))
        assert row["runs"] == ""


class TestRunCalendar:
    def test_is_written_as_rfc_5545_says(self, catalogue: Catalogue) -> None:
        assert run_calendar(catalogue, catalogue.runs[0], "en") == (
            b"BEGIN:VCALENDAR\r\n"
            b"VERSION:2.0\r\n"
            b"PRODID:-//Asnad//Catalogue//EN\r\n"
            b"NAME;LANGUAGE=en:New Centre\r\n"
            b"X-WR-CALNAME;LANGUAGE=en:New Centre\r\n"
            b"BEGIN:VEVENT\r\n"
            b"SUMMARY;LANGUAGE=en:Home Baking (FT-HB/2)\r\n"
            b"DTSTART;VALUE=DATE:20270111\r\n"
            b"DTEND;VALUE=DATE:20270123\r\n"
            b"DTSTAMP:20270111T000000Z\r\n"
            b"UID:baking-b2@skills.example\r\n"
            b"CONTACT:+92-41-0000009\r\n"
            b"DESCRIPTION:Two weeks of bread and cakes.\\n\\nBring an apron.\r\n"
            b"LOCATION:Kitchen 1\\, Hall\\, Sandal Kot\r\n"
            b"STATUS:CONFIRMED\r\n"
            b"TRANSP:TRANSPARENT\r\n"
            b"URL:https://skills.example/courses/baking/\r\n"
            b"END:VEVENT\r\n"
            b"END:VCALENDAR\r\n"
        )

    def test_another_parser_reads_the_same(self, catalogue: Catalogue) -> None:
        assert events_of(run_calendar(catalogue, catalogue.runs[0], "ur")) == [
            {
                "UID": "baking-b2@skills.example",
                "DTSTAMP": "20270111T000000Z",
                "DTSTART;VALUE=DATE": "20270111",
                "DTEND;VALUE=DATE": "20270123",
                "SUMMARY;LANGUAGE=ur": "گھریلو بیکنگ (FT-HB/2)",
                "DESCRIPTION": "Two weeks of bread and cakes.\n\nBring an apron.",
                "LOCATION": "Kitchen 1, Hall, Sandal Kot",
                "STATUS": "CONFIRMED",
                "TRANSP": "TRANSPARENT",
                "CONTACT": "+92-41-0000009",
                "URL": "https://skills.example/ur/courses/baking/",
            }
        ]

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            (RunState.PLANNED, "TENTATIVE"),
            (RunState.OPEN, "CONFIRMED"),
            (RunState.FINISHED, "CONFIRMED"),
            (RunState.CANCELLED, "CANCELLED"),
        ],
    )
    def test_says_whether_the_run_takes_place(self, catalogue: Catalogue, state: RunState, status: str) -> None:
        changed = with_run(catalogue, state=state)
        assert f"\r\nSTATUS:{status}\r\n".encode() in run_calendar(changed, changed.runs[0], "en")

    def test_long_urdu_is_folded_between_characters(self, catalogue: Catalogue) -> None:
        assert len(URDU_300) == 300
        hostile = with_course(catalogue, title=Text((("ur", URDU_300),)))
        data = run_calendar(hostile, hostile.runs[0], "en")
        lines = data.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode("utf-8")
        (event,) = events_of(data)
        assert event["SUMMARY;LANGUAGE=ur"] == f"{URDU_300} (FT-HB/2)"

    @pytest.mark.parametrize(
        "text",
        [
            "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
            "a\nATTENDEE:mailto:x@evil.example",
            "a\rb",
            "a,b;c\\d:e\"f'g",
            "<script>alert(1)</script>",
        ],
    )
    def test_no_text_adds_a_line(self, catalogue: Catalogue, text: str) -> None:
        hostile = with_run(with_course(catalogue, title=english(text)), notes=english(text), room=text)
        data = run_calendar(hostile, hostile.runs[0], "en")
        names = re.findall(rb"^([A-Z-]+)[:;]", data, flags=re.MULTILINE)
        assert names == re.findall(
            rb"^([A-Z-]+)[:;]", run_calendar(catalogue, catalogue.runs[0], "en"), flags=re.MULTILINE
        )
        assert b"\r" not in data.replace(b"\r\n", b"")
        assert b"\n" not in data.replace(b"\r\n", b"")
        (event,) = events_of(data)
        assert event["SUMMARY;LANGUAGE=en"] == re.sub(r"\r\n?", "\n", text) + " (FT-HB/2)"

    def test_centres_that_share_a_host_have_different_events(self, catalogue: Catalogue) -> None:
        other = replace(catalogue, centre=replace(catalogue.centre, did="did:web:pages.example:centre"))
        assert b"\r\nUID:baking-b2@pages.example:centre\r\n" in run_calendar(other, other.runs[0], "en")

    def test_all_runs_are_in_the_calendar_of_the_centre_but_those_of_drafts(self, catalogue: Catalogue) -> None:
        (run,) = catalogue.runs
        first = replace(run, id=RunId("baking-b1"), batch_no=1, start=date(2020, 1, 6), end=date(2020, 1, 6))
        draft = replace(run, id=RunId("draft-b1"), course=catalogue.courses[1].id)
        assert catalogue.courses[1].status is CourseStatus.DRAFT
        events = events_of(runs_calendar(replace(catalogue, runs=(draft, run, first)), "en"))
        assert [(event["UID"], event["DTEND;VALUE=DATE"]) for event in events] == [
            ("baking-b1@skills.example", "20200107"),
            ("baking-b2@skills.example", "20270123"),
        ]

    def test_a_centre_without_runs_has_an_empty_calendar(self, catalogue: Catalogue) -> None:
        assert events_of(runs_calendar(replace(catalogue, runs=()), "en")) == []


class TestExportFiles:
    def test_every_file_has_its_place(self, catalogue: Catalogue) -> None:
        assert sorted(export_files(catalogue)) == [
            "catalogue.csv",
            "catalogue.json",
            "runs.ics",
            "runs/baking-b2.ics",
            "ur/catalogue.csv",
            "ur/runs.ics",
            "ur/runs/baking-b2.ics",
        ]

    def test_the_example_centre_exports_whole_and_the_same_twice(self, example: Catalogue) -> None:
        files = export_files(example)
        assert files == export_files(example)
        published = [course for course in example.courses if course.status is not CourseStatus.DRAFT]
        for folder in ("", "ur/"):
            rows = list(csv.reader(io.StringIO(files[f"{folder}catalogue.csv"].decode("utf-8-sig"), newline="")))
            assert len(rows) == 1 + len(published)
            assert {len(row) for row in rows} == {33}
            assert len(events_of(files[f"{folder}runs.ics"])) == len(example.runs)
            for run in example.runs:
                (event,) = events_of(files[f"{folder}runs/{run.id}.ics"])
                assert event["UID"] == f"{run.id}@chenab-skills.example"
                assert event["DTSTART;VALUE=DATE"] == run.start.strftime("%Y%m%d")
        for path, content in files.items():
            if path.endswith(".ics"):
                assert max(map(len, content.split(b"\r\n"))) <= 75

    def test_no_name_of_a_signatory_is_in_any_file(self, example: Catalogue) -> None:
        together = b"".join(export_files(example).values()).decode()
        for signatory in example.centre.signatories:
            for _, name in signatory.name.versions:
                assert name not in together
