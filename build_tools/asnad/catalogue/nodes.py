"""YAML as it was written: texts, lists and fields, each with its line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar; always text, whatever YAML would make of it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One field: its name, the line of the name, and what it holds."""

    name: str
    line: int
    node: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping whose keys are different texts."""

    entries: tuple[MapEntry, ...]
    line: int

    def entry(self, name: str) -> MapEntry | None:
        """
        Find a field by name.

        Args:
            name: As written.

        """
        return next((entry for entry in self.entries if entry.name == name), None)


@dataclass(frozen=True, slots=True)
class RefusedNode:
    """Something that has been noted as wrong already and is not looked at again."""

    line: int


Node = TextNode | ListNode | MapNode | RefusedNode
