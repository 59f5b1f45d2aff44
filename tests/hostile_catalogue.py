"""A catalogue with every text in it turned against the reader, as far as the reading of the catalogue takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from asnad.catalogue.findings import Step, field_name
from asnad.catalogue.reading import read_catalogue
from asnad.errors import CatalogueErrors

Way = tuple[Step, ...]
"""Way to a value inside one file."""
KEPT = frozenset({"did", "site", "verifier", "demonstration", "time_zone"})
"""Fields without which there is no centre to build a site for."""
LENGTHS = (19_000, 990, 290)
"""What a text, a line and a summary may hold, with room for a number."""
_PLACE = re.compile(r"(?P<file>[^:]+)(?::\d+)?(?:: (?P<field>.*))?")


def hostile_catalogue(files: Mapping[str, bytes], hostile: str) -> tuple[dict[str, bytes], int]:
    """
    Write a hostile text wherever the catalogue takes it, and leave the rest as it was.

    Args:
        files: A catalogue without findings, by path below ``catalogue/``.

        hostile: The text; it is cut to what a field may hold, and numbered, so that no two are the same.

    Returns:
        The catalogue, which can be read, and in how many places the text stands.

    """
    # As the project's own reader does, take every scalar as text.
    documents = {name: yaml.load(content, Loader=yaml.BaseLoader) for name, content in files.items()}
    candidates: dict[tuple[str, Way], list[str]] = {}
    for name, document in documents.items():
        for way in list(_texts(document)):
            if way[0] not in KEPT:
                number = len(candidates)
                texts = dict.fromkeys(f"{hostile[:length]} {number}" for length in LENGTHS)
                candidates[name, way] = [*texts, _value(document, way)]
    written = dict.fromkeys(candidates, 0)
    while refused := _refused(documents, candidates, written):
        for place in refused:
            written[place] += 1
    return _encoded(documents), sum(written[place] < len(candidates[place]) - 1 for place in candidates)


def _refused(
    documents: dict[str, Any], candidates: Mapping[tuple[str, Way], list[str]], written: Mapping[tuple[str, Way], int]
) -> list[tuple[str, Way]]:
    """Write each place's candidate, and give the places that the reading does not take."""
    for (name, way), texts in candidates.items():
        _value(documents[name], way[:-1])[way[-1]] = texts[written[name, way]]
    told = [_PLACE.fullmatch(place) for place in _places_of_errors(documents)]
    fields = {(match["file"], match["field"] or "") for match in told if match}
    changed = [place for place in candidates if written[place] < len(candidates[place]) - 1]
    meant = [(name, way) for name, way in changed if (name, field_name(way)) in fields]
    around = [
        (name, way)
        for name, way in changed
        if any(file == name and field_name(way).startswith(field) for file, field in fields)
    ]
    assert meant or around or not fields, f"what is refused is no text that was changed: {fields}"
    return meant or around


def _places_of_errors(documents: Mapping[str, Any]) -> list[str]:
    try:
        read_catalogue(_encoded(documents))
    except CatalogueErrors as found:
        return [error.place or "" for error in found.errors]
    return []


def _texts(value: Any, way: Way = ()) -> Iterator[Way]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*way, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*way, position))
    elif way:
        yield way


def _value(document: Any, way: Way) -> Any:
    for step in way:
        document = document[step]
    return document


def _encoded(documents: Mapping[str, Any]) -> dict[str, bytes]:
    # JSON is YAML too, and is written a hundred times faster.
    return {name: json.dumps(document, ensure_ascii=False, indent=1).encode() for name, document in documents.items()}
