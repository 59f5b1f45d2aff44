"""The example centre shows what a centre can say, and breaks no rule, not even one that only warns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from editor_yaml import editor_yaml
from test_json_schemas import kind_of, shapes_of

from asnad.catalogue.json_schemas import READERS
from asnad.catalogue.reading import check_catalogue
from asnad.instant import parse_instant

CATALOGUE = Path(__file__).parents[2] / "catalogue"
FILES = {path.relative_to(CATALOGUE).as_posix(): path.read_bytes() for path in CATALOGUE.rglob("*.yml")}
NOT_SHOWN = {
    "centre.moved_to", "centre.approval", "centre.departments.contact.whatsapp", "centre.departments.contact.email",
    "course.award.counts_as_microcredential", "course.audience.max_age", "course.learning_outcomes.skill_uri",
    "course.variants.code", "course.variants.audience.season", "course.variants.audience.nomination_only",
    "run.apply.contact", "run.fee.includes", "run.fee.paid_by", "run.fee.sponsor", "run.fee.concessions",
}  # fmt: skip
"""What follows from something else, belongs to another kind of centre, or is shown by its like."""


@pytest.mark.parametrize("day", ["2026-11-25", "2027-06-30"])
def test_it_has_neither_errors_nor_warnings(day: str) -> None:
    checked = check_catalogue(FILES, parse_instant(f"{day}T06:00:00Z"))
    assert checked.findings == ()
    assert checked.catalogue is not None


def test_it_says_every_other_field_at_least_once() -> None:
    said: set[str] = set()

    def walk(value: Any, path: str) -> None:
        for item in value if isinstance(value, list) else [value]:
            for name, held in item.items() if isinstance(item, dict) else ():
                said.add(f"{path}.{name}")
                walk(held, f"{path}.{name}")

    for name, data in FILES.items():
        walk(editor_yaml(data), kind_of(name))
    known = {path for kind in READERS for path, _ in shapes_of(kind)}
    assert known - said == NOT_SHOWN
