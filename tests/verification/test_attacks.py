"""The table of attacks names cases that exist, and each pair of faults is told as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from asnad.verification.outcome import Outcome

CASES = Path(__file__).parent.parent / "cases"
TEXT = (CASES / "attacks.md").read_text("utf-8")
ROW = re.compile(r"(?m)^\| (.+) \| (.+) \| (`.+`) \|$")
OUTCOMES = [outcome.value for outcome in Outcome]


def rows(heading: str) -> list[tuple[str, str, list[str]]]:
    part = next(part for part in re.split(r"(?m)^#+ ", TEXT) if part.startswith(heading))
    return [(one, other, re.findall(r"`([^`]+)`", cases)) for one, other, cases in ROW.findall(part)]


def outcome_of(case: str) -> str:
    return str(json.loads((CASES / case / "expected.json").read_bytes())["outcome"])


def test_every_case_that_an_attack_names_exists() -> None:
    attacks = rows("Attacks")
    assert len(attacks) >= 30
    assert len({number for number, _, _ in attacks}) == len(attacks)
    named = [case for _, _, cases in attacks for case in cases]
    assert [case for case in named if not (CASES / case / "case.json").is_file()] == []


def test_every_number_of_the_list_is_in_one_of_the_tables() -> None:
    elsewhere = TEXT[TEXT.index("## Not a matter of files") :]
    tried = {int(number) for number, _, _ in rows("Attacks")}
    others = {int(number) for row in re.findall(r"(?m)^\| ([\d, ]+) \|", elsewhere) for number in row.split(",")}
    assert tried | others == set(range(1, 51))
    assert tried.isdisjoint(others)


def test_of_two_faults_the_one_that_the_table_says_is_told() -> None:
    pairs = rows("Which of two faults is told")
    assert len(pairs) >= 20
    for told, before, cases in pairs:
        one, other = told.strip("`"), before.strip("`")
        assert OUTCOMES.index(one) < OUTCOMES.index(other)
        assert {outcome_of(case) for case in cases} == {one}, cases
