"""The reference for centres says what the program does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from asnad.catalogue.json_schemas import READERS
from asnad.catalogue.reading import check_catalogue
from asnad.catalogue.rules import RULES
from write_catalogue_reference import REFERENCE, ROOT, tables, with_tables

TEXT = REFERENCE.read_text(encoding="utf-8")
RULES_OF_THE_FIELD = {f"E{number}" for number in range(1, 25)}


def test_every_table_is_as_the_program_has_it() -> None:
    assert (
        set(re.findall(r"<!-- table: ([a-z]+) -->", TEXT)) == set(tables()) == {*READERS, "rules", "profiles", "words"}
    )
    assert with_tables(TEXT) == TEXT, "run: .venv/bin/python tests/write_catalogue_reference.py"


def test_each_of_the_24_checks_is_in_the_table_and_has_a_test_of_its_own() -> None:
    told = set(re.findall(r"^\| (E[0-9]+) \|", TEXT, re.MULTILINE))
    assert told == RULES_OF_THE_FIELD | {rule.code for rule in RULES}
    names = {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    for code in {rule.code for rule in RULES}:
        assert any(name.startswith(f"test_{code.lower()}_") for name in names), code


@pytest.mark.parametrize("line", [line for line in TEXT.splitlines() if re.match(r"\| E[0-9]+ .*tests/", line)])
def test_the_tests_that_it_names_exist(line: str) -> None:
    first, *others = re.findall(r"`((?:tests/)?[a-z_/]*test_[a-z_]+\.py)`", line)
    folder = (ROOT / first).parent
    assert (ROOT / first).is_file()
    assert all((folder / name).is_file() or (ROOT / name).is_file() for name in others)


def test_the_line_of_its_example_is_what_the_check_says(files: dict[str, bytes]) -> None:
    spoilt = {**files, "courses/baking.yml": files["courses/baking.yml"].replace(b", currency: PKR", b"")}
    (found,) = check_catalogue(spoilt).errors
    for member in (
        f'"{found.field}"',
        f'"{found.rule}"',
        f'"{found.message}"',
        f'"{found.hint}"',
        f'"line": {found.line}',
    ):
        assert member in TEXT
