"""`asnad demo` goes all the way of a centre, goes on where it was, and its site is built alike from a clone."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import Answer, assert_told, call

from asnad.centre_folder import CentreFolder
from asnad.site.demonstration_states import PICTURED
from asnad.verification.outcome import Outcome
from example_centre import ROOT


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A demonstration that was called twice, and what each call left."""

    home: Path
    folder: Path
    first: Answer
    first_site: dict[str, bytes]
    second: Answer


def site_of(folder: Path) -> dict[str, bytes]:
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    home = tmp_path_factory.mktemp("home")
    words = ("demo", "--no-serve", "shown")
    first = call(*words, cwd=home, home=home, seconds=580)
    assert first.code == 0, first.err
    site = site_of(home / "shown")
    return Demonstration(home, home / "shown", first, site, call(*words, cwd=home, home=home, seconds=580))


def test_it_holds_the_ceremony_issues_three_runs_and_builds(demonstration: Demonstration) -> None:
    out = demonstration.first.out
    assert re.findall(r"^(\S+): (\d+) issued now, 0 before\.$", out, re.M) == [
        ("food-safety-small-business-mc-b03", "43"),
        ("home-baking-women-b12", "12"),
        ("officers-finance-admin-egov-b34", "38"),
    ]
    assert "Every certificate of the demonstration says that it is one." in out
    links = re.findall(r"^ +(http://localhost:8000/v/#[0-9]+)$", out, re.M)
    assert len(links) == 3
    for link in links:
        checked = call("verify", link, "--json", cwd=demonstration.folder, home=demonstration.home)
        assert checked.code == 0, checked
        assert '"outcome": "demonstration"' in checked.out
    assert {"index.html", "v/index.html", "asnad/keys.json", "status/1.json", ".nojekyll"} <= set(
        demonstration.first_site
    )


def test_it_names_the_page_with_every_answer_and_builds_it(demonstration: Demonstration) -> None:
    assert re.search(r"^  every answer +http://localhost:8000/demo/$", demonstration.first.out, re.M)
    site = demonstration.first_site
    cards = re.findall(rb'data-expected="([a-z-]+)"', site["demo/index.html"])
    assert sorted(card.decode() for card in cards) == sorted(Outcome)
    assert b'href="./demo/"' in site["index.html"]
    assert b"/demo/" not in site["sitemap.xml"]


def test_the_command_line_gives_the_answer_of_that_page(demonstration: Demonstration) -> None:
    page = demonstration.first_site["demo/index.html"].decode()
    digits = dict(re.findall(r'data-expected="([a-z-]+)">(?:(?!</li>).)*?href="\.\./v/#([0-9]+)"', page, re.S))
    assert digits.keys() == set(Outcome) - set(PICTURED)
    checked = call("verify", digits["expired"], "--json", cwd=demonstration.folder, home=demonstration.home)
    assert checked.code == Outcome.EXPIRED.exit_code(), checked
    assert '"outcome": "expired"' in checked.out


def test_its_keys_lie_in_the_configuration_of_the_person_and_nowhere_else(demonstration: Demonstration) -> None:
    keys = [path for path in demonstration.home.rglob("*.key.json") if path.is_file()]
    assert len(keys) == 5
    assert all(path.is_relative_to(demonstration.home / "config" / "asnad") for path in keys)
    assert [path for path, data in demonstration.first_site.items() if b"AsnadPrivateKey" in data] == []


def test_called_again_it_goes_on_and_nothing_is_issued_or_signed_twice(demonstration: Demonstration) -> None:
    second = demonstration.second
    assert second.code == 0, second.err
    assert re.findall(r"(\d+) issued now, (\d+) before", second.out) == [("0", "43"), ("0", "12"), ("0", "41")]
    assert "Key ceremony" not in second.err
    again = site_of(demonstration.folder)
    assert sorted(again) == sorted(demonstration.first_site)
    assert [path for path in again if again[path] != demonstration.first_site[path]] == []


def test_each_learner_has_a_paper(demonstration: Demonstration) -> None:
    out = demonstration.folder / "credentials" / "private" / "out"
    papers = Counter(path.parent.name for path in out.glob("*/CSC-*.html"))
    assert papers == {
        "food-safety-small-business-mc-b03": 43,
        "home-baking-women-b12": 12,
        "officers-finance-admin-egov-b34": 37,  # One was withdrawn.
    }
    assert all((out / run / name).is_file() for run in papers for name in ("all.html", "links.csv"))


def test_a_clone_without_the_private_part_builds_the_same_site_byte_by_byte(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    clone = tmp_path / "a clone of another name"
    shutil.copytree(demonstration.folder, clone, ignore=shutil.ignore_patterns("private", "site"))
    assert not (clone / "credentials" / "private").exists()
    built = call("build", cwd=clone, home=tmp_path)
    assert built.code == 0, built.err
    ours, theirs = site_of(demonstration.folder), site_of(clone)
    assert sorted(theirs) == sorted(ours)
    assert [path for path in ours if ours[path] != theirs[path]] == []
    assert not (clone / "credentials" / "private").exists()


def test_a_clone_issues_nothing_as_it_does_not_know_who_has_a_certificate(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(demonstration.folder, clone, ignore=shutil.ignore_patterns("private", "site"))
    register = ROOT / "credentials" / "example-registers" / "home-baking-women-b12.csv"
    run = "home-baking-women-b12"
    assert call("import", str(register), "--run", run, "--yes", cwd=clone, home=tmp_path).code == 0
    (keys,) = (demonstration.home / "config" / "asnad" / "demonstrations").iterdir()
    typed = "demonstration passphrase, known to everyone\n"
    answer = call("issue", run, "--keys", str(keys), cwd=clone, home=tmp_path, typed=typed)
    assert_told(answer, 1, "credentials/private/ledger.jsonl", "restore credentials/private from its backup")
    assert CentreFolder(clone).public_files() == CentreFolder(demonstration.folder).public_files()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "essay.txt").write_text("x")
    answer = call("demo", "--no-serve", "mine", cwd=tmp_path, home=tmp_path)
    assert_told(answer, 1, "mine", "expected an empty or new folder")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["essay.txt"]


def test_a_real_centre_is_not_made_a_demonstration(demonstration: Demonstration, tmp_path: Path) -> None:
    shutil.copytree(demonstration.folder / "catalogue", tmp_path / "real" / "catalogue")
    path = tmp_path / "real" / "catalogue" / "centre.yml"
    text = path.read_text(encoding="utf-8").replace("demonstration: true", "demonstration: false")
    text = re.sub(r"(?m)^verifier:.*$", "verifier: https://chenab-skills.example/v/", text)
    path.write_text(text, encoding="utf-8")
    answer = call("demo", "--no-serve", "real", cwd=tmp_path, home=tmp_path)
    assert_told(answer, 1, "catalogue/centre.yml", "found a real centre", hint=False)
    assert path.read_text(encoding="utf-8") == text
    assert not (tmp_path / "real" / "credentials").exists()
