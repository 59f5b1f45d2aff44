"""Every way in which one member of a JSON document can be changed, by hand-written rules."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.proofs.strict_json import JSONObject, JSONValue


def changed_members(document: JSONObject, but: str | tuple[str, ...] = ()) -> list[tuple[str, JSONObject]]:
    """
    List copies of a document, in each of which one place says something else.

    Every value is changed to another of its kind, every member is taken away, and every object gets one more.

    Args:
        document: Any JSON document.

        but: Beginnings of places at which nothing is changed.

    """
    copies = []
    for place, changed in _changed(document, ""):
        if not place.startswith(but):
            assert isinstance(changed, dict)
            copies.append((place, changed))
    return copies


def _changed(value: JSONValue, place: str) -> Iterator[tuple[str, JSONValue]]:
    if isinstance(value, dict):
        yield f"{place}/added", value | {"added": "x"}
        for name, item in value.items():
            yield f"{place}/{name} away", {other: value[other] for other in value if other != name}
            yield f"{place}/{name} renamed", {(name + "s" if other == name else other): value[other] for other in value}
            for below, changed in _changed(item, f"{place}/{name}"):
                yield below, value | {name: changed}
    elif isinstance(value, list):
        if value:
            yield f"{place} first away", value[1:]
            yield f"{place} first twice", [value[0], *value]
        else:
            yield f"{place} no longer empty", ["x"]
        for number, item in enumerate(value):
            for below, changed in _changed(item, f"{place}/{number}"):
                yield below, [*value[:number], changed, *value[number + 1 :]]
    else:
        yield place, _other(value)


def _other(value: JSONValue) -> JSONValue:
    if isinstance(value, str):
        # The last letter but one: instants, hashes and base58 texts keep their form.
        at = max(len(value) - 2, 0)
        letter = "1" if value[at : at + 1] != "1" else "2"
        return value[:at] + letter + value[at + 1 :]
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return "x"
