"""What a visitor reads on the pages of the catalogue."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date

import pytest
from site_catalogue import BAKING, CATALOGUE, RUN, SAFETY, TODAY, english, make, pages, read, with_course

from asnad import assets
from asnad.catalogue.centre import Contact
from asnad.catalogue.course import (
    Award,
    CourseStatus,
    Entry,
    Fee,
    Kind,
)
from asnad.catalogue.run import RunId, RunState
from asnad.catalogue.text import Text
from asnad.errors import PublicationError
from asnad.site.run_standing import Standing, listed_runs, next_run, standing_on


def test_every_page_exists_in_every_language_with_the_first_at_the_root() -> None:
    paths = [
        "compare/",
        *("courses/", "courses/baking/", "courses/safety/"),
        *("departments/", "departments/empty/", "departments/food/"),
        *("micro-credentials/", "pathways/", "pathways/technician/", "runs/"),
    ]
    assert sorted(pages()) == paths + [f"ur/{path}" for path in paths]


def test_a_course_answers_the_visitors_questions_in_their_order() -> None:
    text, _ = read(pages()["courses/baking/"])
    questions = [
        "What is it?",
        "When is the next batch?",
        "May I join?",
        "What does it cost?",
        "Where and how?",
        "How do I apply?",
        "What paper do I get, and what is it worth?",
        "Whom do I ask?",
    ]
    # The list at a glance names some of them too, before the answers.
    text = text[text.index("What is it?") :]
    assert [text.index(question) for question in questions] == sorted(text.index(question) for question in questions)


def test_a_course_without_assessment_says_so_and_says_what_it_is_not() -> None:
    text, _ = read(pages()["courses/baking/"])
    assert "This course is not assessed." in text
    assert "No examination is held." in text
    assert "What this is and is not" in text
    assert "No micro-credential, no diploma and no degree. It does not count towards a degree." in text
    assert "No credit is awarded." in text


def test_only_a_micro_credential_bears_the_micro_credential_mark() -> None:
    made = pages()
    assert "microcredential-mark" in made["courses/safety/"].body
    assert "microcredential-mark" not in made["courses/baking/"].body
    for kind in set(Kind) - {Kind.MICROCREDENTIAL}:
        award = Award(kind=kind, title=english("Paper"), statement=english("Something"))
        body = pages(with_course(dataclasses.replace(BAKING, award=award)))["courses/baking/"].body
        assert "microcredential-mark" not in body
        assert f"kind-badge--{kind}" in body


def test_a_micro_credential_with_an_element_missing_bears_no_mark_in_previews_and_pathways() -> None:
    unfinished = dataclasses.replace(SAFETY, status=CourseStatus.DRAFT, levels=())
    catalogue = dataclasses.replace(CATALOGUE, courses=(unfinished, BAKING))
    preview = dataclasses.replace(make(catalogue), drafts=True)
    drafted = {page.address: page for page in preview.pages()}
    course = drafted["courses/safety/"].body
    assert "Not yet a micro-credential" in course
    assert "microcredential-mark" not in course
    assert "kind-badge--microcredential" not in course
    assert "application/ld+json" not in course
    assert "data-compare" not in course
    for body in (drafted["departments/food/"].body, pages(catalogue)["pathways/technician/"].body):
        assert "kind-badge--unfinished" in body
        assert "kind-badge--microcredential" not in body
    assert "pathway-picture__box--microcredential" not in pages(catalogue)["pathways/technician/"].body
    assert "pathway-picture__box--microcredential" in pages()["pathways/technician/"].body


def test_a_micro_credential_shows_outcomes_assessment_workload_level_and_its_quality_statement_in_full() -> None:
    text, _ = read(pages()["courses/safety/"])
    for part in (
        "Write a hazard plan",
        "Practical task",
        "supervised, identity checked",
        "84 hours",
        "3.0 credits of ECTS, 28 hours each:",
        "Level 4 of EQF: declared by the centre itself",
        "How we keep quality",
        "version 2",
        "Every paper is marked twice.",
        "The academic council",
        "At least 75 per cent of the hours attended.",
    ):
        assert part in text
    assert re.search(r"Practical task\s+100\s%\s+50\s%\s+2\s+supervised", text), (
        "the outcome that is proved, by its number"
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("ur", "ur/")])
def test_every_course_page_says_what_its_paper_is_and_is_not(kind: Kind, language: str, folder: str) -> None:
    award = Award(kind=kind, title=english("Paper"), statement=None)
    course = dataclasses.replace(SAFETY if kind is Kind.MICROCREDENTIAL else BAKING, award=award)
    made = make(with_course(course))
    texts = made.messages[language]
    text, _ = read({page.address: page for page in made.pages()}[f"{folder}courses/{course.id}/"])
    for key in ("is-and-is-not.title", f"kind.{kind}", f"kind.{kind}.is", f"kind.{kind}.is-not"):
        assert texts.text(key) in text
    others = [texts.text(f"kind.{other}.is-not") for other in set(Kind) - {kind}]
    assert [sentence for sentence in others if sentence in text] == []


def test_one_applies_by_telephone_or_whatsapp_before_anything_else() -> None:
    contact = Contact(name=None, phone="+92-41-000", whatsapp="+92 (300) 000-0000", email=None)
    catalogue = dataclasses.replace(CATALOGUE, courses=(SAFETY, dataclasses.replace(BAKING, contact=contact)))
    body = pages(catalogue)["courses/baking/"].body
    apply = body[body.index('id="apply"') : body.index('id="worth"')]
    links = re.findall(r'href="([^"]+)"(?: rel="([^"]+)")?', apply)
    assert links == [
        ("tel:+9241000", ""),
        ("https://wa.me/923000000000", "noopener noreferrer"),
        ("https://apply.example/x", "noopener noreferrer"),
    ]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("+92-300-0000000", "https://wa.me/923000000000"),
        ("0092 300 0000000", "https://wa.me/923000000000"),
        ("0300-0000000", "tel:03000000000"),
    ],
)
def test_a_number_without_its_country_is_rung_and_not_written_to(written: str, link: str) -> None:
    contact = Contact(name=None, phone=None, whatsapp=written, email=None)
    _, reader = read(pages(with_course(dataclasses.replace(BAKING, contact=contact)))["courses/baking/"])
    assert link in reader.links


@pytest.mark.parametrize(
    ("contact", "link"),
    [("officers@centre.example", "mailto:officers@centre.example"), ("The officers’ desk, room 4", None)],
)
def test_a_run_says_where_applications_go(contact: str, link: str | None) -> None:
    assert RUN.application is not None
    application = dataclasses.replace(RUN.application, contact=contact, documents=("a drawing",))
    run = dataclasses.replace(RUN, application=application)
    text, reader = read(pages(dataclasses.replace(CATALOGUE, runs=(run,)))["courses/baking/"])
    assert contact in text
    assert "Bring: a copy of the identity card (CNIC) and a drawing." in text
    assert (link in reader.links) if link else not any(contact in each for each in reader.links)


def test_text_of_the_catalogue_is_never_markup() -> None:
    made = pages()
    for address in ("courses/", "courses/baking/", "runs/"):
        text, reader = read(made[address])
        assert "Home <b>Baking</b> & More" in text
        assert "b" not in reader.tags


def test_hostile_text_in_every_place_stays_text() -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    text = english(hostile)
    course = dataclasses.replace(
        SAFETY,
        title=text,
        summary=text,
        description=text,
        code=hostile,
        award=Award(kind=Kind.MICROCREDENTIAL, title=text, statement=text),
        entry=Entry(minimum_education="none", prior_learning=text, documents=(hostile,)),
        audience=dataclasses.replace(BAKING.audience, groups=(hostile,)),
        fee=Fee(amount=1, currency=hostile, includes=(hostile,), paid_by="learner", sponsor=text),
        contact=Contact(name=text, phone=hostile, whatsapp=hostile, email=None),
        stacks_into=(),
    )
    for page in make(with_course(course)).pages():
        _, reader = read(page)
        assert not {"script", "img"} & set(reader.tags)


def test_a_text_in_another_language_is_marked_with_its_language() -> None:
    body = pages()["ur/courses/safety/"].body
    assert '<bdi lang="en" dir="ltr">Food Safety</bdi>' in body
    assert "<bdi lang=" not in pages()["courses/safety/"].body


def test_a_course_says_at_its_top_in_which_other_language_it_is_described() -> None:
    only, partly = (
        "مرکز نے اس کورس کی تفصیل صرف اس زبان میں لکھی ہے: انگریزی۔",
        "اس تفصیل کا کچھ حصہ اس زبان میں ہے: انگریزی۔",
    )
    (course,) = (course for course in CATALOGUE.courses if course.id == "safety")
    english = dataclasses.replace(course, summary=Text((("en", "Two weeks in a kitchen."),)))
    in_one, in_parts = (read(pages(with_course(each))["ur/courses/safety/"])[0] for each in (english, course))
    assert only in in_one
    assert partly not in in_one
    assert partly in in_parts
    assert only not in in_parts
    assert "describes this course in" not in read(pages()["courses/safety/"])[0]


def test_urdu_pages_speak_urdu() -> None:
    text, _ = read(pages()["ur/courses/baking/"])
    assert "اگلا بیچ کب ہے؟" in text
    assert "1 تا 12 فروری 2027" in text
    assert "6,000 روپے" in text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://apply.example/", "data:text/html,x", "//apply.example"]
)
def test_an_address_that_must_not_be_linked_fails_the_build(address: str) -> None:
    assert RUN.application is not None
    run = dataclasses.replace(RUN, application=dataclasses.replace(RUN.application, url=address))
    with pytest.raises(PublicationError, match="https://"):
        pages(dataclasses.replace(CATALOGUE, runs=(run,)))


def test_the_application_form_is_linked_while_applications_are_open_and_not_afterwards() -> None:
    assert "https://apply.example/x" in read(pages(today=date(2027, 1, 20))["courses/baking/"])[1].links
    assert "https://apply.example/x" not in read(pages(today=date(2027, 1, 21))["courses/baking/"])[1].links


@pytest.mark.parametrize(
    ("closes", "last"),
    [(date(2027, 1, 20), "2027-01-20"), (None, "2027-01-31"), (date(2027, 2, 3), "2027-01-31")],
)
@pytest.mark.parametrize("opens", [None, date(2027, 1, 15)])
def test_a_page_that_is_read_later_knows_when_applications_close_also_where_no_day_is_written(
    opens: date | None, closes: date | None, last: str
) -> None:
    assert RUN.application
    application = dataclasses.replace(RUN.application, opens=opens, closes=closes)
    made = pages(dataclasses.replace(CATALOGUE, runs=(dataclasses.replace(RUN, application=application),)))
    for address in ("courses/baking/", "runs/", "departments/food/"):
        assert f'data-{"until" if opens else "closes"}="{last}"' in made[address].body, address


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (RunState.OPEN, date(2026, 12, 31), Standing.OPENS_LATER),
        (RunState.OPEN, date(2027, 1, 1), Standing.OPEN),
        (RunState.OPEN, date(2027, 1, 20), Standing.OPEN),
        (RunState.OPEN, date(2027, 1, 21), Standing.CLOSED),
        (RunState.FULL, date(2027, 1, 10), Standing.FULL),
        (RunState.PLANNED, date(2027, 1, 10), Standing.PLANNED),
        (RunState.OPEN, date(2027, 2, 1), Standing.RUNNING),
        (RunState.PLANNED, date(2027, 2, 12), Standing.RUNNING),
        (RunState.OPEN, date(2027, 2, 13), Standing.OVER),
        (RunState.FINISHED, date(2027, 2, 5), Standing.OVER),
        (RunState.CANCELLED, date(2027, 1, 10), Standing.CANCELLED),
    ],
)
def test_the_dates_of_a_run_count_before_the_state_that_was_written_down(
    state: RunState, today: date, expected: Standing
) -> None:
    assert standing_on(dataclasses.replace(RUN, state=state), today) is expected


def test_a_cancelled_run_is_told_until_its_dates_are_over_and_never_listed_as_held() -> None:
    cancelled = dataclasses.replace(CATALOGUE, runs=(dataclasses.replace(RUN, state=RunState.CANCELLED),))
    assert "Cancelled" in read(pages(cancelled)["runs/"])[0]
    after = pages(cancelled, date(2027, 3, 1))
    assert "Batch 13" not in read(after["runs/"])[0]
    assert "Past batches" not in read(after["courses/baking/"])[0]


def test_a_run_that_one_can_join_is_the_next_before_an_earlier_one_that_is_full() -> None:
    full = dataclasses.replace(
        RUN, id=RunId("baking-b12"), state=RunState.FULL, start=date(2027, 1, 15), end=date(2027, 1, 26)
    )
    found = next_run(listed_runs(dataclasses.replace(CATALOGUE, runs=(full, RUN)), TODAY))
    assert found is not None
    assert found.run.id == "baking-b13"


def test_a_draft_is_on_no_page_and_a_retired_course_keeps_its_page_without_being_on_offer() -> None:
    draft = pages(with_course(dataclasses.replace(BAKING, status=CourseStatus.DRAFT)))
    assert "courses/baking/" not in draft
    assert "Baking" not in draft["courses/"].body
    retired = pages(with_course(dataclasses.replace(BAKING, status=CourseStatus.RETIRED)))
    assert "no longer offered" in read(retired["courses/baking/"])[0]
    assert "<article" not in retired["courses/"].body
    assert "Not offered at present" not in read(retired["courses/"])[0]
    assert "../../courses/baking/" in read(retired["departments/food/"])[1].links
    assert "0 courses on offer" in read(retired["courses/"])[0]


def test_links_are_relative_so_that_the_site_works_under_any_path() -> None:
    links = read(pages()["ur/courses/safety/"])[1].links
    assert "../../../ur/pathways/technician/" in links
    assert not [link for link in links if link.startswith("/")]


def test_the_home_page_holds_the_centres_text_and_names_only_kinds_that_are_on_offer() -> None:
    page = make().home_page("en", "<p>Welcome to us.</p>")
    text, reader = read(page)
    assert page.title == "River Skills Centre"
    assert "<p>Welcome to us.</p>" in page.body
    assert reader.tags.count("h1") == 1
    assert "kind-badge--microcredential" in page.body
    assert "kind-badge--attendance" not in page.body
    assert "skills.example/v/" in text
    assert "Nothing offered here" not in text
    assert "v/" in [link.removeprefix("./") for link in reader.links]


def test_a_pathway_says_that_nothing_is_awarded_by_itself() -> None:
    text, _ = read(pages()["pathways/technician/"])
    assert "no larger award comes by itself" in text
    assert "At least 3 ECTS in all." in text
    assert "None of them may be older than 60 months." in text


def test_no_page_claims_that_anything_has_been_verified() -> None:
    for page in [*make().pages(), make().home_page("en", None)]:
        assert not re.search(r"\b(verified|valid)\b", read(page)[0], re.IGNORECASE)


def test_every_text_that_a_template_asks_for_by_name_exists() -> None:
    keys = make().messages["en"].texts
    asked = set()
    for path in assets.theme_dir().rglob("*.html"):
        template = path.read_text("utf-8")
        asked |= set(re.findall(r"(?<![.\w])(?:messages\.text|t)\(['\"]([a-z0-9.-]+[a-z0-9])['\"]", template))
        asked |= {f"{key}.other" for key in re.findall(r"messages\.count\(\"([a-z.-]+[a-z])\"", template)}
    assert len(asked) > 100
    assert sorted(asked - set(keys)) == []


def test_every_text_is_asked_for_by_a_template_or_by_the_program() -> None:
    package = assets.theme_dir().parents[1] / "build_tools" / "asnad"
    sources = [*assets.theme_dir().rglob("*.html"), *(package / "site").glob("*.py"), package / "messages.py"]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    named = set(re.findall(r"[\"']([a-z][a-z0-9.-]*[a-z0-9])[\"']", text))
    # Words of a list are asked for by the beginning of their keys.
    begun = set(re.findall(r"[\"']([a-z][a-z0-9.-]*\.(?:[a-z-]+-)?)(?:[\"']|\{)", text))
    begun |= {f"{area}." for area in re.findall(r"\b_?(?:enumeration|word)\(\"([a-z]+)\"", text)}
    assert len(begun) < 60
    english = json.loads(assets.message_files()["en"])["catalogue"]
    stems = {key: re.sub(r"\.(one|other)$", "", key) for key in english}
    assert [key for key, stem in stems.items() if not ({key, stem} & named or key.startswith(tuple(begun)))] == []


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("percent-pass-50", "Grades are given in per cent; 50 or more is a pass."),
        ("pass-fail", "The only grades are pass and fail."),
        ("percent-pass-101", "Grades: percent-pass-101."),
        ("our-own", "Grades: our-own."),
    ],
)
def test_a_known_way_of_grading_has_words_and_another_stands_as_it_is_written(scheme: str, said: str) -> None:
    course = dataclasses.replace(SAFETY, grading_scheme=scheme)
    assert said in read(pages(with_course(course))["courses/safety/"])[0]


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        ("kind.{}.meaning", "attendance completion microcredential diploma recognition"),
        ("standing.{}", "open opens-later closed full planned running over cancelled"),
        ("status.{}.notice", "suspended retired"),
        ("gender.{}", "any women men"),
        ("join.gender.{}", "any women men"),
        ("join.season.{}", "winter summer"),
        ("join.education.{}", "none primary middle matric intermediate bachelor master"),
        ("pattern.{}", "full-time part-time evening weekend self-paced"),
        ("mode.{}.sentence", "onsite online blended work-based"),
        ("duration.{}.one", "days weeks months"),
        ("duration.{}.other", "days weeks months"),
        ("assessment-type.{}", "written-test practical-task portfolio oral project rpl"),
        ("basis.{}", "accredited self-declared"),
        ("fee.paid-by.{}", "learner employer sponsor mixed"),
        ("apply.{}", "walk-in phone form nomination"),
    ],
)
def test_every_word_of_a_closed_list_has_its_text(pattern: str, codes: str) -> None:
    for messages in make().messages.values():
        assert [code for code in codes.split() if not messages.has(pattern.format(code))] == []
