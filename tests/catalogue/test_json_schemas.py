"""The schemas that editors use: they accept what is right, refuse what they can, and never more than the readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from editor_yaml import editor_yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from test_fields import BAD_FIELDS

from asnad.catalogue.field_meanings import MEANINGS, meaning_of
from asnad.catalogue.field_recorder import FieldShape, fields_asked_for
from asnad.catalogue.fields import read_file
from asnad.catalogue.json_schemas import FILES, READERS, editor_settings, json_schema, schema_files
from asnad.catalogue.scalars import SourceFile
from asnad.catalogue.yaml_text import read_yaml

CATALOGUE = Path(__file__).parents[2] / "catalogue"
KINDS = {"courses": "course", "versions": "course", "runs": "run", "pathways": "pathway", "quality": "quality"}
UNSEEN = {
    "got 'a<U+000A>b'", "expected the name of the file", "got 'Asia/Lyallpur'", "got '../../etc/passwd'",
    "expected the address of the did", "expected another address", "got 'http://skills.example/v/'", "again",
    "expected false", "expected true", "2026-02-30", "0000-02-27", "got '06000'", "got '6e3'",
}  # fmt: skip
"""What only a whole catalogue, a calendar or a list of the system tells."""
SEEN = [case for case in BAD_FIELDS if not any(words in case[3] for words in UNSEEN)]


@cache
def documents() -> dict[Path, Any]:
    return {path: editor_yaml(path.read_bytes()) for path in sorted(CATALOGUE.rglob("*.yml"))}


@cache
def validator(kind: str) -> Draft7Validator:
    schema = json_schema(kind)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def kind_of(file: str) -> str:
    return KINDS.get(file.split("/", maxsplit=1)[0], "centre")


def reader_refuses(kind: str, data: bytes) -> bool:
    root, refused = read_yaml("x.yml", data)
    source = SourceFile("x.yml", "en")
    read_file(source, root, READERS[kind])
    return bool(refused or source.findings)


def shapes_of(kind: str) -> Iterator[tuple[str, FieldShape]]:
    def walk(shapes: tuple[FieldShape, ...], path: str) -> Iterator[tuple[str, FieldShape]]:
        for shape in shapes:
            yield f"{path}.{shape.name}", shape
            yield from walk(shape.parts, f"{path}.{shape.name}")

    return walk(fields_asked_for(READERS[kind]), kind)


@pytest.mark.parametrize("path", sorted(CATALOGUE.rglob("*.yml")), ids=lambda path: str(path.relative_to(CATALOGUE)))
def test_every_file_of_the_example_is_right_by_its_schema(path: Path) -> None:
    kind = kind_of(path.relative_to(CATALOGUE).as_posix())
    errors = list(validator(kind).iter_errors(editor_yaml(path.read_bytes())))
    assert [error.message for error in errors] == []


def test_the_small_catalogue_of_these_tests_is_right_by_its_schemas(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        assert [error.message for error in validator(kind_of(name)).iter_errors(editor_yaml(data))] == []


@pytest.mark.parametrize(("file", "old", "new"), [case[:3] for case in SEEN])
def test_a_schema_refuses_a_wrong_field_where_it_can_see_it(
    files: dict[str, bytes], file: str, old: str, new: str
) -> None:
    document = editor_yaml(files[file].decode().replace(old, new))
    assert not validator(kind_of(file)).is_valid(document)


def test_a_schema_sees_most_of_what_is_wrong_in_one_field() -> None:
    assert len(SEEN) * 10 > len(BAD_FIELDS) * 7


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from paths_of(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield (*path, position)
            yield from paths_of(item, (*path, position))


class EmptyDumper(yaml.SafeDumper):
    """Writes nothing as nothing; the word null is a text to us."""


EmptyDumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))

OTHERS = st.sampled_from(
    [
        [], {}, "", None, "x", "Other Words", -1, 0, 7, 100_001, True, "true", ["x"], {"en": "x"}, {"x": "y"},
        [{"id": "x"}], "2026-02-16",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_what_a_schema_refuses_the_reader_refuses_too(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(documents())))
    kind = kind_of(path.relative_to(CATALOGUE).as_posix())
    document = deepcopy(documents()[path])
    for _ in range(data.draw(st.integers(1, 2))):
        steps = data.draw(st.sampled_from(sorted(paths_of(document), key=str)))
        holder = document
        for step in steps[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[steps[-1]] = deepcopy(data.draw(OTHERS))
        else:
            del holder[steps[-1]]
    written = yaml.dump(document, Dumper=EmptyDumper, allow_unicode=True, sort_keys=False).encode()
    again = editor_yaml(written)
    if not validator(kind).is_valid(again):
        assert reader_refuses(kind, written), [error.message for error in validator(kind).iter_errors(again)]


def test_every_field_has_a_meaning_of_one_sentence_and_none_is_left_over() -> None:
    used = {meaning_of(path).path for kind in READERS for path, _ in shapes_of(kind)}
    assert used == {meaning.path for meaning in MEANINGS}
    assert len(used) == len(MEANINGS)
    for meaning in MEANINGS:
        assert meaning.text.endswith(".")
        assert meaning.text.count(". ") == 0


def with_fields(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema that has fields: of a list its items, of a choice the one that is a mapping."""
    found = schema.get("items", schema)
    return next((choice for choice in found.get("anyOf", ()) if choice.get("additionalProperties") is False), found)


@pytest.mark.parametrize("kind", READERS)
def test_the_example_of_each_field_is_accepted_by_its_reader_and_its_schema(kind: str) -> None:
    for path, shape in shapes_of(kind):
        example = meaning_of(path).example
        assert (example is None) == (shape.form is None), path
        if shape.form is None or example is None:
            continue
        root, refused = read_yaml("x.yml", f"x: {example}\n".encode())
        source = SourceFile("x.yml", "en")

        def read(fields: Any, shape: FieldShape = shape) -> object:
            form = shape.form
            if shape.is_text:
                return fields.texts("x", form) if shape.is_list else fields.text("x", form)
            return fields.values("x", form) if shape.is_list else fields.value("x", form)

        read_file(source, root, read)
        assert (refused, source.findings) == ((), []), path
        whole = schema = validator(kind).schema
        for step in path.split(".")[1:]:
            schema = with_fields(schema)["properties"][step]
        assert Draft7Validator({**schema, "definitions": whole["definitions"]}).is_valid(editor_yaml(example)), path


def test_every_schema_describes_every_field() -> None:
    def described(schema: dict[str, Any]) -> Iterator[bool]:
        for field in with_fields(schema).get("properties", {}).values():
            if "description" in field:
                yield bool(field["description"])
                yield from described(field)

    for kind in READERS:
        assert all(described(json_schema(kind)))
        assert len(list(described(json_schema(kind)))) == len(list(shapes_of(kind)))


def test_an_editor_finds_the_schema_of_every_file_of_the_example() -> None:
    found = json.loads(editor_settings("catalogue/.schemas"))["yaml.schemas"]
    assert {path.removeprefix("catalogue/.schemas/") for path in found} == set(schema_files())
    patterns = [pattern for names in FILES.values() for pattern in names]
    for path in CATALOGUE.rglob("*.yml"):
        assert any(path.relative_to(CATALOGUE).match(pattern) for pattern in patterns), path
