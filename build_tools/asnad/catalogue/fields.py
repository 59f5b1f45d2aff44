"""
Read the fields of one YAML mapping as typed values.

A reader never stops at the first thing that is wrong: it notes it and goes on with a stand-in. An object made of
stand-ins is thrown away by whoever reads the file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from asnad.catalogue.findings import Step, field_name, shown
from asnad.catalogue.forms import LINE, Form, did_you_mean
from asnad.catalogue.nodes import ListNode, MapNode, Node, RefusedNode
from asnad.catalogue.scalars import SourceFile, described, read_scalar, read_text
from asnad.catalogue.text import Text

T = TypeVar("T")
P = TypeVar("P")

MAX_ITEMS = 500


def read_file(source: SourceFile, root: Node, read: Callable[[Fields], T]) -> T:
    """
    Read one file as one object.

    Args:
        source: Takes what is found.

        root: Of the file.

        read: Makes the object from its fields.

    Returns:
        The object; it holds stand-ins, and must be thrown away, where the source has findings.

    """
    return _read_fields(source, root, (), read)


class Fields:
    """The fields of one mapping; what is never asked for is unknown."""

    def __init__(self, source: SourceFile, node: MapNode, steps: tuple[Step, ...]) -> None:
        """
        Begin with no field asked for.

        Args:
            source: Takes what is found.

            node: The mapping; an empty one stands for what could not be read.

            steps: Way to it.

        """
        self.source = source
        self._node = node
        self._steps = steps
        self._asked: list[str] = []

    def note(self, name: str, message: str, hint: str | None = None) -> None:
        """
        Note something wrong with one field.

        Args:
            name: Of the field.

            message: What was expected and what was got.

            hint: What to write instead.

        """
        entry = self._node.entry(name)
        self.source.note(entry.line if entry else self._node.line, (*self._steps, name), message, hint)

    def is_sound(self, name: str) -> bool:
        """
        Tell whether nothing has been noted about a field.

        Args:
            name: Of a field that has been read.

        """
        place = field_name((*self._steps, name))
        return all(finding.field != place for finding in self.source.findings)

    def value(self, name: str, form: Form[T]) -> T:
        """
        Read a field that must be written.

        Args:
            name: Of the field.

            form: How it is written.

        """
        node = self._find(name)
        if node is None:
            self.note(name, f"expected {form.expected}, got no such field", form.hint_for(""))
            return form.stand_in
        return read_scalar(self.source, node, (*self._steps, name), form)

    def value_or(self, name: str, form: Form[T], default: T) -> T:
        """
        Read a field that has a default.

        Args:
            name: Of the field.

            form: How it is written.

            default: Where it is not written.

        """
        return self.value(name, form) if self._find(name) else default

    def optional(self, name: str, form: Form[T]) -> T | None:
        """
        Read a field that may be missing.

        Args:
            name: Of the field.

            form: How it is written.

        """
        return self.value(name, form) if self._find(name) else None

    def values(self, name: str, form: Form[T], *, least: int = 0, most: int = MAX_ITEMS) -> tuple[T, ...]:
        """
        Read a list of different values.

        Args:
            name: Of the field; one that is missing is an empty list.

            form: How each is written.

            least: Least number of them.

            most: Greatest number of them.

        """
        return self._items(name, least, most, lambda node, steps: read_scalar(self.source, node, steps, form), str)

    def text(self, name: str, form: Form[str] = LINE) -> Text:
        """
        Read a text, written once or once for each language.

        Args:
            name: Of the field.

            form: How each version is written.

        """
        node = self._find(name)
        if node is None:
            hint = "Write it once, or by language: {en: …, ur: …}"
            self.note(name, f"expected {form.expected}, got no such field", hint)
            return Text(())
        return read_text(self.source, node, (*self._steps, name), form)

    def optional_text(self, name: str, form: Form[str] = LINE) -> Text | None:
        """
        Read a text that may be missing.

        Args:
            name: Of the field.

            form: How each version is written.

        """
        return self.text(name, form) if self._find(name) else None

    def texts(self, name: str, form: Form[str] = LINE) -> tuple[Text, ...]:
        """
        Read a list of texts, each written once or once for each language.

        Args:
            name: Of the field; one that is missing is an empty list.

            form: How each version is written.

        """
        return self._items(name, 0, MAX_ITEMS, lambda node, steps: read_text(self.source, node, steps, form), None)

    def part(self, name: str, read: Callable[[Fields], T]) -> T:
        """
        Read a mapping that must be written.

        Args:
            name: Of the field.

            read: Makes the part from its fields.

        """
        node = self._find(name)
        if node is None:
            self.note(name, "expected fields, got no such field")
            node = RefusedNode(self._node.line)
        return _read_fields(self.source, node, (*self._steps, name), read)

    def part_or_empty(self, name: str, read: Callable[[Fields], T]) -> T:
        """
        Read a mapping; one that is missing has no fields.

        Args:
            name: Of the field.

            read: Makes the part from its fields.

        """
        node = self._find(name) or MapNode((), self._node.line)
        return _read_fields(self.source, node, (*self._steps, name), read)

    def value_or_part(self, name: str, form: Form[T], read: Callable[[Fields], P]) -> T | P:
        """
        Read a field that must be written, as one value or as a mapping.

        Args:
            name: Of the field.

            form: How the value is written.

            read: Makes the part from the fields of a mapping.

        """
        return self.part(name, read) if isinstance(self._find(name), MapNode) else self.value(name, form)

    def optional_part(self, name: str, read: Callable[[Fields], T]) -> T | None:
        """
        Read a mapping that may be missing.

        Args:
            name: Of the field.

            read: Makes the part from its fields.

        """
        return self.part(name, read) if self._find(name) else None

    def parts(
        self, name: str, read: Callable[[Fields], T], *, key: Callable[[T], Hashable] | None = None, least: int = 0
    ) -> tuple[T, ...]:
        """
        Read a list of mappings.

        Args:
            name: Of the field; one that is missing is an empty list.

            read: Makes each part from its fields.

            key: What no two parts may share.

            least: Least number of them.

        """
        return self._items(
            name, least, MAX_ITEMS, lambda node, steps: _read_fields(self.source, node, steps, read), key
        )

    def report_unknown(self) -> None:
        """Note every field that was written and never asked for."""
        for entry in self._node.entries:
            if entry.name not in self._asked:
                hint = did_you_mean(entry.name, self._asked) or f"Fields here are {', '.join(self._asked)}"
                message = f"expected a field of the format, got {shown(entry.name)}"
                self.source.note(entry.line, self._steps, message, hint)

    def _find(self, name: str) -> Node | None:
        if name not in self._asked:
            self._asked.append(name)
        entry = self._node.entry(name)
        return entry.node if entry else None

    def _items(
        self,
        name: str,
        least: int,
        most: int,
        read: Callable[[Node, tuple[Step, ...]], T],
        key: Callable[[T], Hashable] | None,
    ) -> tuple[T, ...]:
        node = self._find(name)
        steps = (*self._steps, name)
        match node:
            case RefusedNode():
                return ()
            case None if least == 0:
                return ()
            case ListNode(items=items) if least <= len(items) <= most:
                found = tuple(read(item, (*steps, position)) for position, item in enumerate(items))
                if key is not None:
                    self._report_repeated(node, steps, [key(item) for item in found])
                return found
            case ListNode(items=items):
                got = str(len(items))
            case None:
                got = "no such field"
            case _:
                got = described(node)
        hint = "Write a list: [one, two], or a line with a hyphen for each"
        self.note(name, f"expected a list of {least} to {most}, got {got}", hint)
        return ()

    def _report_repeated(self, node: ListNode, steps: tuple[Step, ...], keys: list[Hashable]) -> None:
        for position, found in enumerate(keys):
            # A stand-in is empty; what it stands for has been noted already.
            if found and found in keys[:position]:
                line = node.items[position].line
                message = f"expected each once, got {shown(str(found))} again"
                self.source.note(line, (*steps, position), message, None)


def _read_fields(source: SourceFile, node: Node, steps: tuple[Step, ...], read: Callable[[Fields], T]) -> T:
    if isinstance(node, MapNode):
        fields = Fields(source, node, steps)
        found = read(fields)
        fields.report_unknown()
        return found
    if not isinstance(node, RefusedNode):
        hint = "Write each field on a line of its own: name, colon, space, value"
        source.note(node.line, steps, f"expected fields, got {described(node)}", hint)
    # The shape of the object is needed; what its reader notes about missing fields is not.
    return read(Fields(SourceFile(source.name, source.language), MapNode((), node.line), steps))
