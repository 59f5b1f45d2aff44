"""Old versions of courses stay readable, from the file that their certificates point to."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_catalogue import BAKING, CATALOGUE, make, read
from test_mkdocs_build import build_site, copy_of_example, pages_of

from asnad import assets
from asnad.catalogue.course import CourseStatus, Kind
from asnad.credentials.achievement import achievement
from asnad.errors import PublicationError
from asnad.messages import read_messages
from asnad.site.frozen_achievement import MAX_ACHIEVEMENT, read_frozen_achievements
from asnad.site.site_page import SitePage

FROZEN: dict[str, Any] = {
    "id": "https://skills.example/achievements/baking/1.json",
    "type": ["Achievement"],
    "achievementType": "CertificateOfCompletion",
    "name": "گھریلو بیکنگ",
    "description": "دو ہفتے۔",
    "humanCode": "F-1",
    "inLanguage": "ur",
    "version": "1",
    "criteria": {"narrative": "حاضری اسی فیصد۔\n\nکوئی امتحان <b>نہیں</b> ہوا۔"},
    "alignment": [
        {
            "type": ["Alignment"],
            "targetName": "EQF 2",
            "targetFramework": "EQF",
            "targetUrl": "http://data.europa.eu/snb/eqf/2",
            "targetType": "ext:EQFLevel",
            "targetDescription": "مرکز کا اپنا اعلان",
        }
    ],
    "creditsAvailable": 2.5,
}


def frozen(**changes: Any) -> bytes:
    return json.dumps({name: value for name, value in (FROZEN | changes).items() if value is not None}).encode()


def pages_with(version: int, status: CourseStatus = CourseStatus.ACTIVE) -> dict[str, SitePage]:
    course = dataclasses.replace(BAKING, version=version, status=status)
    catalogue = dataclasses.replace(CATALOGUE, courses=(CATALOGUE.courses[0], course))
    made = dataclasses.replace(make(catalogue), frozen=read_frozen_achievements({"baking/1.json": frozen()}))
    return {page.address: page for page in made.pages()}


def test_an_old_version_says_what_it_stood_for_in_its_own_language_and_what_is_today() -> None:
    page = pages_with(version=3)["courses/baking/1/"]
    text, reader = read(page)
    assert "This is version 1. The course today is version 3." in text
    for part in ("کوئی امتحان <b>نہیں</b> ہوا۔", "F-1", "EQF 2", "مرکز کا اپنا اعلان", "2.5", "No micro-credential"):
        assert part in text
    assert '<div class="frozen" lang="ur" dir="rtl">' in page.body
    assert '<h1><bdi lang="ur" dir="rtl">گھریلو بیکنگ</bdi></h1>' in page.body
    assert {"../../../achievements/baking/1.json", "../../../courses/baking/"} <= set(reader.links)
    assert not page.indexed
    assert "b" not in reader.tags


def test_the_page_of_a_course_leads_to_the_versions_of_which_certificates_were_issued() -> None:
    made = pages_with(version=1)
    assert "../../courses/baking/1/" in read(made["courses/baking/"])[1].links
    assert "This is version 1, the current one" in read(made["courses/baking/1/"])[0]
    assert "ur/courses/baking/1/" in made


def test_a_version_of_a_retired_course_says_that_it_is_no_longer_offered() -> None:
    assert "no longer offered" in read(pages_with(2, CourseStatus.RETIRED)["courses/baking/1/"])[0]


def test_a_version_stays_readable_where_its_course_has_no_page() -> None:
    made = pages_with(2, CourseStatus.DRAFT)
    text, reader = read(made["courses/baking/1/"])
    assert "courses/baking/" not in made
    assert "a course that the centre no longer has" in text
    assert "../../../courses/baking/" not in reader.links


@pytest.mark.parametrize("kind", Kind)
def test_what_is_frozen_today_can_be_read_again(kind: Kind) -> None:
    messages = read_messages(assets.message_files(), "credential", CATALOGUE.centre.languages)["en"]
    course = dataclasses.replace(CATALOGUE.courses[0], award=dataclasses.replace(CATALOGUE.courses[0].award, kind=kind))
    document = achievement(CATALOGUE, course, messages)
    (again,) = read_frozen_achievements({"safety/1.json": json.dumps(document).encode()})
    assert (again.kind, again.code, again.version, again.credits) == (kind, "F-2", 1, 3)


@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in FROZEN if name not in {"type", "alignment", "creditsAvailable"}),
        *({name: 7} for name in FROZEN if name not in {"type", "creditsAvailable"}),
        {"creditsAvailable": "3"},
        {"creditsAvailable": True},
        {"inLanguage": 'x" onload="'},
        {"achievementType": "Degree"},
        {"alignment": [7]},
        {"criteria": {}},
        {"version": "2"},
        {"id": "https://skills.example/achievements/other/1.json"},
    ],
)
def test_a_file_that_is_not_what_asnad_wrote_is_told_by_its_place(changes: dict[str, Any]) -> None:
    with pytest.raises(PublicationError) as told:
        read_frozen_achievements({"baking/1.json": frozen(**changes)})
    assert told.value.place == "credentials/public/achievements/baking/1.json"


@pytest.mark.parametrize(
    "path", ["baking/0.json", "baking/1.txt", "../baking/1.json", "Baking/1.json", "baking/01.json"]
)
def test_a_file_of_another_name_is_refused(path: str) -> None:
    with pytest.raises(PublicationError, match="only files that Asnad has written"):
        read_frozen_achievements({path: frozen()})


@given(st.binary(max_size=300) | st.sampled_from([b"[" * 100_000, b"{}", b"[]", b" " * (MAX_ACHIEVEMENT + 1)]))
def test_no_bytes_end_in_anything_but_a_message(data: bytes) -> None:
    with pytest.raises(PublicationError):
        read_frozen_achievements({"baking/1.json": data})


def test_the_site_has_the_page_in_every_language_and_keeps_it_from_search_engines(tmp_path: Path) -> None:
    centre = copy_of_example(tmp_path)
    address = "https://chenab-skills.example/achievements/home-baking-women/1.json"
    folder = centre / "credentials/public/achievements/home-baking-women"
    folder.mkdir(parents=True)
    (folder / "1.json").write_bytes(frozen(id=address))
    site = build_site(centre)
    made = pages_of(site)
    for path in ("courses/home-baking-women/1/index.html", "ur/courses/home-baking-women/1/index.html"):
        assert '<meta name="robots" content="noindex">' in made[path]
    assert "home-baking-women/1/" not in (site / "sitemap.xml").read_text("utf-8")
