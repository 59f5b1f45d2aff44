"""What becomes of the answers about a new centre: checked values, and the files of a repository."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
import yaml

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import read_catalogue
from asnad.desk.centre_templates import COMMON, centre_files
from asnad.desk.new_centre import Answers, GitHost, NewCentre, did_of, only_time_zone, read_answers
from asnad.errors import CatalogueErrors
from asnad.files import read_tree
from asnad.messages import read_messages

TODAY = date(2026, 3, 1)
OFFERED = tuple(assets.message_files())
ANSWERS = Answers(
    name="Indus Skills Centre",
    name_urdu="",
    domain="skills.example",
    country="PK",
    city="",
    languages=("en",),
    time_zone="Asia/Karachi",
    phone="+92-61-0000000",
    email="desk@indus-skills.example",
    serial_prefix="ISC",
    signatory="",
    host=GitHost.NONE,
    repository_private=False,
)
LANGUAGES = (*((language,) for language in OFFERED), ("en", "ur"), ("ur", "en"), ("kk", "nl", "ur"))


def centre(**changes: Any) -> NewCentre:
    return read_answers(replace(ANSWERS, **changes), OFFERED)


def files_of(new: NewCentre, today: date = TODAY) -> dict[str, bytes]:
    parts = [COMMON] + ([] if new.host is GitHost.NONE else [str(new.host)])
    folder = assets.new_centre_dir()
    templates = {f"{part}/{path}": data for part in parts for path, data in read_tree(folder, part, 1 << 16).items()}
    starter = read_messages(assets.message_files(), "starter", new.languages)
    return centre_files(new, templates, today, "asnad==1.2.3", starter)


def catalogue_of(files: dict[str, bytes]) -> Catalogue:
    parts = {path.removeprefix("catalogue/"): data for path, data in files.items() if path.startswith("catalogue/")}
    return read_catalogue(parts)


@pytest.mark.parametrize(
    ("domain", "did"),
    [
        ("skills.example", "did:web:skills.example"),
        ("Skills.Example", "did:web:skills.example"),
        ("https://skills.example/", "did:web:skills.example"),
        ("user.github.io/skills", "did:web:user.github.io:skills"),
        ("user.github.io/Our-Skills/", "did:web:user.github.io:Our-Skills"),
        ("group.gitlab.io/a/b", "did:web:group.gitlab.io:a:b"),
        ("skills.example:8443", "did:web:skills.example%3A8443"),
        ("skills.example:8443/x", "did:web:skills.example%3A8443:x"),
    ],
)
def test_a_domain_or_project_path_gives_a_did(domain: str, did: str) -> None:
    assert did_of(domain) == did
    assert centre(domain=domain).did == did


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "skills",
        "localhost",
        "http://skills.example",
        "skills.example//x",
        "skills.example/a b",
        "skills.example/?x",
        "skills.example:99999",
        "skills.example:x",
        "skills_example.org",
        "desk@skills.example",
        "-skills.example",
        "skills.example/..",
        "did:web:skills.example",
        "skills.example/" + "x" * 3000,
        "اسناد.example",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_with_an_example(domain: str) -> None:
    with pytest.raises(CatalogueErrors) as caught:
        centre(domain=domain)
    (error,) = caught.value.errors
    assert error.place == "--domain"
    assert error.hint is not None
    assert "user.github.io/skills" in error.hint


@pytest.mark.parametrize(
    ("changes", "option"),
    [
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"country": "XX"}, "country"),
        ({"country": "EU"}, "country"),
        ({"country": "Pakistan"}, "country"),
        ({"languages": ("fr",)}, "language"),
        ({"languages": ()}, "language"),
        ({"languages": ("en", "en")}, "language"),
        ({"time_zone": "Lahore"}, "time-zone"),
        ({"phone": "ring us"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"serial_prefix": "i s c"}, "serial-prefix"),
        ({"signatory": "a\nb"}, "signatory"),
        ({"city": "a\nb"}, "city"),
    ],
)
def test_a_wrong_answer_names_its_option(changes: dict[str, Any], option: str) -> None:
    with pytest.raises(CatalogueErrors) as caught:
        centre(**changes)
    assert [error.place for error in caught.value.errors] == [f"--{option}"]
    assert all(error.message.startswith("expected ") for error in caught.value.errors)


def test_all_wrong_answers_are_told_at_once() -> None:
    with pytest.raises(CatalogueErrors) as caught:
        centre(domain="x", phone="y", email="z")
    assert [error.place for error in caught.value.errors] == ["--domain", "--phone", "--email"]


def test_a_country_with_one_time_zone_need_not_be_asked_about_it() -> None:
    assert only_time_zone("PK") == "Asia/Karachi"
    assert only_time_zone("US") is None
    assert only_time_zone("??") is None


@pytest.mark.parametrize(
    ("languages", "private", "host", "signatory"),
    list(product(LANGUAGES, (False, True), GitHost, ("", 'Dr. "Amina" Bibi: Head # 1'))),
)
def test_every_choice_gives_a_catalogue_without_faults(
    languages: tuple[str, ...], private: bool, host: GitHost, signatory: str
) -> None:
    new = centre(languages=languages, repository_private=private, host=host, signatory=signatory)
    catalogue = catalogue_of(files_of(new))
    made = catalogue.centre
    assert (made.did, made.site, made.verifier) == (
        "did:web:skills.example",
        "https://skills.example/",
        "https://skills.example/v/",
    )
    assert made.demonstration is False
    assert made.repository_private is private
    assert made.languages == languages
    assert made.signatories[0].name.shown_in(languages[0])[0] == (
        signatory or read_messages(assets.message_files(), "starter", languages)[languages[0]].text("head")
    )
    for text in (catalogue.courses[0].title, made.legal_status, made.country_name, made.departments[0].name):
        assert set(text.languages()) == set(languages)


def test_nothing_is_said_in_a_language_that_the_site_has_not() -> None:
    texts = b"".join(data for path, data in files_of(centre()).items() if path != "README.md").decode()
    assert not any("\u0600" <= char <= "\u06ff" for char in texts)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_example_run_is_over_on_the_day_of_its_making(today: date) -> None:
    catalogue = catalogue_of(files_of(centre(), today))
    (run,) = catalogue.runs
    assert run.state == "finished"
    assert run.start < run.end == run.award_day() < today
    person = catalogue.centre.signatories[0]
    assert person.in_office(run.award_day())
    assert catalogue.centre.name_on(run.award_day()).shown_in("en")[0] == "Indus Skills Centre"


def test_names_with_signs_of_yaml_and_markdown_stay_as_they_are() -> None:
    name = 'Zarf\'s "#1" *Centre*: {a} [b] \\ & Sons'
    files = files_of(centre(name=name, languages=("en", "ur"), name_urdu="انڈس: سکلز # سنٹر"))
    made = catalogue_of(files).centre
    assert made.names[0].name.versions == (("en", name), ("ur", "انڈس: سکلز # سنٹر"))
    assert files["catalogue/pages/index.md"].decode().startswith('Zarf\'s "\\#1" \\*Centre\\*')


def test_the_home_page_is_in_the_first_language_and_the_others_say_theirs() -> None:
    assert {"catalogue/pages/index.md", "catalogue/pages/index.ur.md"} <= set(files_of(centre(languages=("en", "ur"))))
    files = files_of(centre(languages=("ur", "en")))
    assert "سند" in files["catalogue/pages/index.md"].decode()
    assert b"certificate" in files["catalogue/pages/index.en.md"]
    assert [path for path in files_of(centre()) if "index" in path] == ["catalogue/pages/index.md"]


@pytest.mark.parametrize("host", list(GitHost))
def test_a_repository_has_the_pipeline_of_its_host_and_no_other(host: GitHost) -> None:
    files = files_of(centre(host=host))
    pipelines = {
        GitHost.GITHUB: {".github/workflows/site.yml", ".github/workflows/refresh.yml.off"},
        GitHost.GITLAB: {".gitlab-ci.yml"},
        GitHost.FORGEJO: {".forgejo/workflows/site.yml"},
        GitHost.NONE: set(),
    }
    assert {path for path in files if path.startswith((".github", ".gitlab", ".forgejo"))} == pipelines[host]
    assert {".gitignore", ".gitattributes", ".githooks/pre-commit", "README.md", "mkdocs.yml"} <= set(files)
    assert b"asnad==1.2.3\n" in files["requirements.txt"]
    for path, data in files.items():
        assert "«" not in data.decode(), path
        assert "%»" not in data.decode(), path
        if path.endswith(".yml"):
            assert yaml.safe_load(data)


@pytest.mark.parametrize("host", list(GitHost))
def test_the_readme_tells_how_to_keep_what_cannot_be_made_again(host: GitHost) -> None:
    files = files_of(centre(host=host))
    readme = files["README.md"].decode()
    month = readme.split("## Every month")[1].split("\n## ", maxsplit=1)[0]
    commands = [line.strip() for line in month.splitlines() if line.startswith("    ")]
    published = ["asnad build", "asnad deploy FOLDER"] if host is GitHost.NONE else commands[2:5]
    assert commands == ["asnad status", "asnad refresh", *published, "asnad backup STICK1 STICK2"]
    assert ("git push" in commands) == (host is not GitHost.NONE)
    for command in ("asnad status", "asnad backup STICK1 STICK2", "asnad drill BACKUP", "asnad restore BACKUP --"):
        assert f"| `{command}" in readme
    ignored = [line for line in files[".gitignore"].decode().splitlines() if line]
    assert len(set(ignored)) == len(ignored)


def test_a_demonstration_is_not_among_what_can_be_made() -> None:
    assert b"demonstration" not in files_of(centre())["catalogue/centre.yml"]


@pytest.mark.parametrize(
    ("domain", "told"),
    [
        ("skills.example", "under Custom domain,\n`skills.example`"),
        ("user.github.io/skills", "repository of the name `skills` at"),
        ("user.github.io", "repository of the name `user.github.io` at"),
    ],
)
def test_people_are_told_what_their_address_asks_of_the_host(domain: str, told: str) -> None:
    readme = files_of(centre(domain=domain, host=GitHost.GITHUB))["README.md"].decode()
    assert told in readme
    assert ("Custom domain" in readme) == (domain == "skills.example")
