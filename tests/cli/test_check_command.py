"""``asnad check`` names everything that is to be mended, for people and for pull requests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import call

from example_centre import ExampleCentre
from new_centre import begun_centre, founded_centre

COURSE = "catalogue/courses/computer-basics.yml"
RUN = "catalogue/runs/computer-basics-b01.yml"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return founded_centre(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def root(founded: ExampleCentre, tmp_path: Path) -> Path:
    to = tmp_path / "centre"
    shutil.copytree(founded.folder.root, to)
    return to


def spoil(root: Path, path: str, old: str, new: str) -> int:
    """Change a line of a file, and give its number."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_centre_in_order_says_so(root: Path) -> None:
    answer = call("check", cwd=root)
    assert answer.code == 0, answer.err
    counted = "In order: the catalogue (courses: 1, runs: 1) and the signed files (manifest version 1).\n"
    assert answer.out.endswith(counted)
    assert call("check", "--format", "github", cwd=root).code == 0


def test_a_warning_is_told_in_every_form_and_stops_nothing_unless_asked(root: Path) -> None:
    line = spoil(root, RUN, "capacity: 20", "capacity: 3\nenrolled: 4") + 1
    message = "expected at most 3, the capacity, got 4"
    plain = call("check", cwd=root)
    assert plain.code == 0
    assert f"warning: {RUN}:{line}: enrolled: {message} (E9)\n  hint: Mend one of the two\n" in plain.out
    assert "to look at, which stop nothing." in plain.err
    assert "to mend" not in plain.err
    github = call("check", "--format", "github", cwd=root)
    assert github.code == 0
    assert f"::warning file={RUN},line={line}::enrolled: {message}%0AMend one of the two" in github.out
    for form in ("plain", "github", "json"):
        assert call("check", "--strict", "--format", form, cwd=root).code == 1


def test_a_build_says_how_many_warnings_there_are_and_is_not_stopped_by_them(root: Path) -> None:
    spoil(root, RUN, "capacity: 20", "capacity: 3\nenrolled: 4")
    warnings = json.loads(call("check", "--json", cwd=root).out)["warnings"]
    answer = call("build", cwd=root)
    assert answer.code == 0, answer.err
    assert warnings > 0
    counted = f"{warnings} warnings" if warnings > 1 else "1 warning"
    assert f"The catalogue has {counted}; asnad check tells them." in answer.err


def test_machines_get_every_finding_with_its_place_and_rule(root: Path) -> None:
    line = spoil(root, COURSE, "contact_hours: 30", "contact_hours: thirty")
    spoil(root, RUN, "state: finished", "state: 'a\x07'")
    answer = call("check", "--json", cwd=root)
    report = json.loads(answer.out)
    assert answer.code == 1
    assert (report["format"], report["version"], report["errors"]) == ("asnad-check", 1, 2)
    assert report["warnings"] == len(report["findings"]) - 2
    errors = [found for found in report["findings"] if found["severity"] == "error"]
    assert errors[0] == {
        "file": COURSE,
        "line": line,
        "field": "workload.contact_hours",
        "severity": "error",
        "rule": "form",
        "message": "expected a whole number from 0 to 10000, got 'thirty'",
        "hint": "Write the digits 0–9 only, such as 6000, without comma, unit or leading zero",
    }
    assert (errors[1]["file"], errors[1]["rule"], errors[1]["field"]) == (RUN, "yaml", None)
    assert call("check", "--format", "json", cwd=root).out == answer.out


def test_machines_are_told_of_signed_files_too(root: Path) -> None:
    (root / "keys" / "own.json").unlink()
    report = json.loads(call("check", "--json", cwd=root).out)
    assert [found for found in report["findings"] if found["severity"] == "error"] == [
        {
            "file": "keys/own.json",
            "line": None,
            "field": None,
            "severity": "error",
            "rule": None,
            "message": "expected the centre's keys, found none",
            "hint": "run: asnad keys ceremony",
        }
    ]


def test_every_fault_is_told_at_its_line_in_both_forms(root: Path) -> None:
    hours = spoil(root, COURSE, "contact_hours: 30", "contact_hours: thirty")
    state = spoil(root, RUN, "state: finished", "state: over")
    plain = call("check", cwd=root)
    assert plain.code == 1
    assert f"{COURSE}:{hours}: workload.contact_hours: expected a whole number" in plain.out
    assert f"{RUN}:{state}: state: expected one of " in plain.out
    assert plain.err.startswith("2 to mend")
    github = call("check", "--format", "github", cwd=root)
    assert github.code == 1
    first, second = (told for told in github.out.splitlines() if told.startswith("::error"))
    assert first.startswith(f"::error file={COURSE},line={hours}::workload.contact_hours: expected a whole number")
    assert second.startswith(f"::error file={RUN},line={state}::state: expected one of ")


def test_a_centre_inside_a_repository_is_named_from_its_top(root: Path) -> None:
    (root.parent / ".git").mkdir()
    spoil(root, RUN, "batch_no: 1", "batch_no: first")
    assert f"::error file=centre/{RUN},line=" in call("check", "--format", "github", cwd=root).out


def test_a_signed_file_that_was_touched_is_found(root: Path) -> None:
    path = root / "credentials" / "public" / "asnad" / "keys.json"
    path.write_bytes(path.read_bytes().replace(b'"phone":"+92-61-0000000"', b'"phone":"+92-61-1111111"'))
    answer = call("check", cwd=root)
    assert answer.code == 1
    assert "credentials/public" in answer.out
    assert "hint: restore credentials/public and keys from Git" in answer.out


def test_a_missing_root_key_is_found(root: Path) -> None:
    (root / "keys" / "own.json").unlink()
    answer = call("check", "--format", "github", cwd=root)
    assert (answer.code, "::error file=keys/own.json::expected the centre's keys, found none" in answer.out) == (
        1,
        True,
    )


def test_it_writes_nothing(tmp_path: Path) -> None:
    root = begun_centre(tmp_path / "centre").root
    before = sorted(str(path) for path in root.rglob("*"))
    assert call("check", cwd=root).code == 0
    assert sorted(str(path) for path in root.rglob("*")) == before
