"""
A JSON Schema of each kind of file, for editors that complete and underline while one writes.

Draft 7 of JSON Schema, which editors of YAML know best. A schema may let pass what ``asnad check`` refuses, never the
other way round, as far as an editor reads YAML 1.2: there a quoted text is no number, and 0721 is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from asnad.catalogue.field_meanings import meaning_of
from asnad.catalogue.field_recorder import FieldShape, fields_asked_for
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import LANGUAGE
from asnad.catalogue.outline import Outline
from asnad.catalogue.reading_centre import read_centre
from asnad.catalogue.reading_course import read_course
from asnad.catalogue.reading_pathway import read_pathway, read_quality_statement
from asnad.catalogue.reading_run import read_run

Schema = dict[str, Any]

SCHEMAS_FOLDER = "catalogue/.schemas"
EDITOR_SETTINGS = ".vscode/settings.json"
DRAFT = "http://json-schema.org/draft-07/schema#"

READERS: Mapping[str, Callable[[Fields], object]] = {
    "centre": read_centre,
    "course": read_course,
    "run": read_run,
    "pathway": read_pathway,
    "quality": read_quality_statement,
}
"""The reader of each kind of file."""

FILES: Mapping[str, tuple[str, ...]] = {
    "centre": ("centre.yml",),
    "course": ("courses/*.yml", "versions/*/*.yml"),
    "run": ("runs/*.yml",),
    "pathway": ("pathways/*.yml",),
    "quality": ("quality/*.yml",),
}
"""Where they lie below ``catalogue/``."""

_OFFERED_LANGUAGES = ("en", "ur", "nl", "kk")


def json_schema(kind: str) -> Schema:
    """
    Make the schema of one kind of file.

    Args:
        kind: One of ``READERS``.

    """
    schema = _object(fields_asked_for(READERS[kind]), kind)
    languages = _scalar(LANGUAGE.outline)
    return {"$schema": DRAFT, "title": f"Asnad: {kind}", **schema, "definitions": {"language": languages}}


def schema_files() -> dict[str, bytes]:
    """Write the schema of every kind of file, by file name."""
    return {f"{kind}.json": _written(json_schema(kind)) for kind in READERS}


def editor_files() -> dict[str, bytes]:
    """Write what a new centre gets for its editor, by path below its folder."""
    files = {f"{SCHEMAS_FOLDER}/{name}": data for name, data in schema_files().items()}
    return {**files, EDITOR_SETTINGS: editor_settings(SCHEMAS_FOLDER)}


def editor_settings(folder: str) -> bytes:
    """
    Write the settings by which Visual Studio Code, with its YAML extension, finds the schemas.

    Args:
        folder: Of the schemas, below the centre's folder.

    """
    found = {
        f"{folder}/{kind}.json": [f"catalogue/{pattern}" for pattern in patterns] for kind, patterns in FILES.items()
    }
    return _written({"yaml.schemas": found, "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2}})


def _object(shapes: tuple[FieldShape, ...], path: str) -> Schema:
    return {
        "type": "object",
        "properties": {shape.name: _field(shape, f"{path}.{shape.name}") for shape in shapes},
        "required": [shape.name for shape in shapes if shape.is_required],
        "additionalProperties": False,
    }


def _field(shape: FieldShape, path: str) -> Schema:
    item = _object(shape.parts, path) if shape.form is None else _scalar(shape.form.outline)
    if shape.form and shape.parts:
        item = {"anyOf": [item, _object(shape.parts, path)]}
    if shape.is_text:
        item = _by_language(item)
    if shape.is_list:
        item = {"type": "array", "items": item, "minItems": shape.least, "maxItems": shape.most}
    return {"description": meaning_of(path).text, **item}


def _by_language(version: Schema) -> Schema:
    versions: Schema = {
        "type": "object",
        "properties": dict.fromkeys(_OFFERED_LANGUAGES, version),
        "propertyNames": {"$ref": "#/definitions/language"},
        "additionalProperties": version,
        "minProperties": 1,
    }
    return {"anyOf": [version, versions]}


def _scalar(outline: Outline) -> Schema:
    if outline.words == ("true", "false"):
        return {"enum": [True, False, "true", "false"]}
    if outline.words and outline.pattern:
        return {"anyOf": [{"enum": list(outline.words)}, {"type": "string", "pattern": _whole(outline.pattern)}]}
    if outline.words:
        return {"enum": list(outline.words)}
    schema: Schema = {"type": _types(outline)}
    if outline.pattern:
        schema["pattern"] = _whole(outline.pattern)
    if outline.longest:
        schema |= {"minLength": 1, "maxLength": outline.longest}
    if outline.minimum is not None:
        schema["minimum"] = outline.minimum
    if outline.above is not None:
        schema["exclusiveMinimum"] = outline.above
    if outline.maximum is not None:
        schema["maximum"] = outline.maximum
    return schema


def _types(outline: Outline) -> list[str]:
    """Name what an editor may take a plain scalar for, which is a text to us."""
    if outline.is_number:
        return ["integer" if outline.above is None else "number", "string"]
    plain = {"number": ("12", "0721", "1234567"), "boolean": ("true",)}
    pattern = re.compile(outline.pattern or ".*")
    return ["string", *(name for name, words in plain.items() if any(pattern.fullmatch(word) for word in words))]


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _written(schema: Schema) -> bytes:
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
