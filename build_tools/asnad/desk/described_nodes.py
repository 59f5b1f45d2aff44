"""
The things of a JSON-LD document in the terms of schema.org, found without fetching any context.

Names count by their last part, so that ``name``, ``schema:name`` and ``https://schema.org/name`` are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from asnad.catalogue.text import KNOWN_LANGUAGES
from asnad.desk.course_rows import plain_value
from asnad.proofs.strict_json import JSONObject, JSONValue

_PREFIXES = ("schema:", "https://schema.org/", "http://schema.org/")

Spoken = tuple[str, str | None]
"""A text, and the tag of its language where the document says it."""


def local(name: str) -> str:
    """
    Take the vocabulary off a name.

    Args:
        name: Of a type, a member, or a value of an enumeration.

    """
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def is_described(document: JSONValue) -> bool:
    """
    Tell whether a document describes things, and is no mere table.

    Args:
        document: As parsed.

    """
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and any(name in first for name in ("@context", "@type", "@graph", "@id"))


class Things:
    """All things of one or more documents; those of one ``@id`` are one thing."""

    def __init__(self, documents: Iterable[JSONValue]) -> None:
        """
        Find them.

        Args:
            documents: As parsed, nested no deeper than the strict reader lets in.

        """
        self.default_language: str | None = None
        self.all: list[Thing] = []
        self._by_id: dict[str, Thing] = {}
        for document in documents:
            self._gather(document)

    def of_type(self, name: str) -> tuple[Thing, ...]:
        """
        List the things of a type, in the order of the documents.

        Args:
            name: Such as ``Course``.

        """
        return tuple(thing for thing in self.all if name in thing.types)

    def thing(self, value: JSONValue) -> Thing | None:
        """
        Give the thing that a value is or names, or nothing.

        Args:
            value: Of a member.

        """
        if not isinstance(value, dict) or "@value" in value:
            return None
        known = self._by_id.get(str(value["@id"])) if "@id" in value else None
        return known or Thing(value, self)

    def _gather(self, value: JSONValue) -> None:
        if isinstance(value, list):
            for item in value:
                self._gather(item)
        elif isinstance(value, dict):
            context = value.get("@context")
            for part in context if isinstance(context, list) else [context]:
                if isinstance(part, dict) and isinstance(part.get("@language"), str):
                    self.default_language = str(part["@language"])
            if "@type" in value or "@id" in value:
                self._keep(value)
            for name, member in value.items():
                if name != "@context":
                    self._gather(member)

    def _keep(self, node: JSONObject) -> None:
        name = node.get("@id")
        known = self._by_id.get(name) if isinstance(name, str) else None
        if known is not None:
            known.add(node)
            return
        thing = Thing(node, self)
        self.all.append(thing)
        if isinstance(name, str):
            self._by_id[name] = thing


class Thing:
    """One thing with its members."""

    def __init__(self, node: JSONObject, things: Things) -> None:
        """
        Take the members of a node.

        Args:
            node: An object of the document.

            things: Among which others are found.

        """
        self._members: dict[str, JSONValue] = {local(name): member for name, member in node.items()}
        self.world = things

    def add(self, node: JSONObject) -> None:
        """
        Add what another node of the same ``@id`` says; what was said first stays.

        Args:
            node: An object of the document.

        """
        for name, member in node.items():
            self._members.setdefault(local(name), member)

    @property
    def types(self) -> frozenset[str]:
        """Names of its types."""
        return frozenset(local(name) for name in self._listed("@type") if isinstance(name, str))

    @property
    def members(self) -> Mapping[str, JSONValue]:
        """Its members, but for what JSON-LD itself needs."""
        return {name: value for name, value in self._members.items() if not name.startswith("@")}

    def values(self, name: str) -> tuple[JSONValue, ...]:
        """
        List the values of a member; one alone is a list of one.

        Args:
            name: Of the member.

        """
        return tuple(item for item in self._listed(name) if item is not None)

    def things(self, name: str) -> tuple[Thing, ...]:
        """
        List the things that a member names.

        Args:
            name: Of the member.

        """
        found = (self.world.thing(value) for value in self.values(name))
        return tuple(thing for thing in found if thing is not None)

    def texts(self, name: str) -> tuple[Spoken, ...]:
        """
        List the texts of a member, with their languages; of a thing it is the name.

        Args:
            name: Of the member.

        """
        return tuple(text for value in self.values(name) for text in self._texts(value))

    def text(self, name: str) -> str | None:
        """
        Give the first text of a member, or nothing.

        Args:
            name: Of the member.

        """
        return next((text for text, _ in self.texts(name)), None)

    def _listed(self, name: str) -> list[JSONValue]:
        value = self._members.get(name)
        return value if isinstance(value, list) else [value]

    def _texts(self, value: JSONValue) -> Iterator[Spoken]:
        if not isinstance(value, dict):
            if text := plain_value(value):
                yield text, self.world.default_language if isinstance(value, str) else None
        elif "@value" in value:
            language = value.get("@language")
            if text := plain_value(value["@value"]):
                yield text, language if isinstance(language, str) else None
        elif value and all(tag in KNOWN_LANGUAGES or tag == "@none" for tag in value):
            for tag, member in value.items():
                if text := plain_value(member):
                    yield text, None if tag == "@none" else tag
        elif (thing := self.world.thing(value)) is not None:
            name = next((name for name in ("name", "value", "description") if thing.values(name)), None)
            # A thing that is named by a thing that is named by a thing: the first step is enough.
            for member in thing.values(name) if name else ():
                if not isinstance(member, dict) or "@value" in member:
                    yield from self._texts(member)
