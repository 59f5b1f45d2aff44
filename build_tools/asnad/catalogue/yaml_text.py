"""
Strict YAML: every scalar is text, every node knows its line, and nothing surprising is let in.

Refused are duplicate keys, anchors, aliases, merge keys, tags, directives, several documents, control, direction
and other invisible characters, lone surrogates, deep nesting and large files. The events of PyYAML are read
one by one, so that a bomb is met before it is built. They come from LibYAML where PyYAML has it, ten times as fast;
what that refuses, or might read otherwise, PyYAML's own parser reads, so that the answer is the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import SafeLoader, __with_libyaml__, parse
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from asnad.catalogue.findings import Finding, shown
from asnad.catalogue.nodes import ListNode, MapEntry, MapNode, Node, RefusedNode, TextNode

if __with_libyaml__:
    from yaml import CSafeLoader

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

# The two joiners, U+200C and U+200D, are not among them: Urdu is written with them.
_INVISIBLE = (
    "\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f"
)
_FORBIDDEN_IN_FILE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}]")
_FORBIDDEN_IN_TEXT = re.compile(f"[\x00-\x09\x0b-\x1f{_INVISIBLE}]")

# Tabs, tags, explicit keys, several documents and a comment at a block are where the two parsers differ.
_READ_DIFFERENTLY = re.compile(r"[\t!?]|---|[|>][-+0-9]*#")

_HINTS = {
    "mapping values are not allowed here": "Put quotes around a text that holds a colon, or mend the indentation",
    r"found character '\t' that cannot start any token": "Indent with spaces, not with tabs",
    "could not find expected ':'": "Write the name of the field, a colon and a space before the text",
}
_GENERAL_HINT = "Look at indentation, quotes and brackets on this line and the one before"


class _UnreadableFileError(Exception):
    """Ends the reading of one file; what it says has the line."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


def read_yaml(file: str, data: bytes) -> tuple[Node, tuple[Finding, ...]]:
    """
    Read one YAML file.

    Args:
        file: Name for messages, relative to ``catalogue/``.

        data: Whole content, UTF-8.

    Returns:
        The root, and everything that was refused; a refused part stands as a RefusedNode.

    """
    composer = _Composer(file)
    root: Node = RefusedNode(1)
    try:
        text = _decode(data)
        hidden = _hidden_lines(text)
        for line, character in hidden:
            composer.note(line, *_forbidden(character))
        if not hidden:
            root = composer.compose(text)
    except _UnreadableFileError as error:
        composer.note(error.line, error.message, error.hint)
        root = RefusedNode(error.line)
    return root, tuple(composer.findings)


def hidden_character(text: str) -> str | None:
    """
    Find the first control or direction character, which no text of a catalogue may hold.

    Args:
        text: Its lines are parted by line feeds.

    """
    found = _FORBIDDEN_IN_TEXT.search(text)
    return found.group() if found else None


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        hint = "Divide it, or take out what is not data"
        raise _UnreadableFileError(0, f"expected at most {MAX_BYTES} bytes, got {len(data)}", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"expected UTF-8, got the byte 0x{data[error.start]:02X}"
        raise _UnreadableFileError(line, message, "Save the file with the encoding UTF-8") from None
    return text


def _hidden_lines(text: str) -> list[tuple[int, str]]:
    """Find the first forbidden character of each line that has one."""
    if not _FORBIDDEN_IN_FILE.search(text):
        return []
    lines = enumerate(text.split("\n"), start=1)
    found = ((line, _FORBIDDEN_IN_FILE.search(written)) for line, written in lines)
    return [(line, match.group()) for line, match in found if match]


def _forbidden(character: str) -> tuple[str, str]:
    return (
        f"expected no control, direction or invisible character, got U+{ord(character):04X}",
        "Delete the invisible character; the page sets the direction of writing by itself",
    )


class _Composer:
    """Builds nodes from the events of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._line = 1
        self.findings: list[Finding] = []

    def note(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(file=self._file, line=line, field="", message=message, hint=hint, rule="yaml"))

    def compose(self, text: str) -> Node:
        if __with_libyaml__ and not _READ_DIFFERENTLY.search(text):
            try:
                return self._compose(parse(text, Loader=CSafeLoader))
            except _UnreadableFileError:
                self.findings.clear()
        return self._compose(parse(text, Loader=SafeLoader))

    def _compose(self, events: Iterator[Event]) -> Node:
        self._events = events
        self._next()
        start = self._next()
        if isinstance(start, StreamEndEvent):
            return TextNode("", 1)
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self.note(_line(start), "expected no line that begins with %, got a directive", "Delete the line")
        root = self._node(self._next(), depth=1)
        self._next()
        end = self._next()
        if not isinstance(end, StreamEndEvent):
            self.note(_line(end), "expected one document, got a second one", "Put each in a file of its own")
        return root

    def _next(self) -> Event:
        # A code point such as "\UFFFFFFFF" makes PyYAML raise errors of Python itself.
        try:
            event = next(self._events)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else self._line
            problem = error.problem or error.context or "something else"
            hint = _HINTS.get(problem, _GENERAL_HINT)
            raise _UnreadableFileError(line, f"expected YAML, got an error: {problem}", hint) from None
        except (YAMLError, ValueError, OverflowError):
            raise _UnreadableFileError(self._line, "expected YAML, got something unreadable", _GENERAL_HINT) from None
        self._line = _line(event)
        return event

    def _node(self, event: Event, depth: int) -> Node:
        line = _line(event)
        if depth > MAX_DEPTH:
            message = f"expected at most {MAX_DEPTH} levels, got more"
            raise _UnreadableFileError(line, message, "Look for brackets that are not closed")
        plain = isinstance(event, NodeEvent) and self._is_plain(event)
        node: Node
        match event:
            case ScalarEvent():
                node = self._text(event)
            case SequenceStartEvent():
                node = self._list(line, depth)
            case MappingStartEvent():
                node = self._map(line, depth)
            case _:
                node = RefusedNode(line)
        return node if plain else RefusedNode(line)

    def _is_plain(self, event: NodeEvent) -> bool:
        line = _line(event)
        if isinstance(event, AliasEvent):
            self.note(
                line, f"expected a text, got the alias {shown(f'*{event.anchor}')}", "Write it out, or use quotes"
            )
            return False
        if event.anchor is not None:
            self.note(line, f"expected no anchor, got {shown(f'&{event.anchor}')}", "Write it out, or use quotes")
            return False
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.note(line, f"expected no tag, got {shown(str(tag))}", "Delete the tag, or use quotes")
            return False
        return True

    def _text(self, event: ScalarEvent) -> Node:
        line = _line(event)
        if found := _FORBIDDEN_IN_TEXT.search(event.value):
            self.note(line, *_forbidden(found.group()))
            return RefusedNode(line)
        return TextNode(event.value, line)

    def _list(self, line: int, depth: int) -> ListNode:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return ListNode(tuple(items), line)

    def _map(self, line: int, depth: int) -> MapNode:
        entries: dict[str, MapEntry] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            match key:
                case RefusedNode():
                    continue
                case TextNode(text="<<"):
                    self.note(key.line, "expected the name of a field, got the merge key '<<'", "Write the fields out")
                case TextNode(text=name) if name and name not in entries:
                    entries[name] = MapEntry(name, key.line, value)
                case TextNode(text=name) if name:
                    first = f"It stands on line {entries[name].line} already; delete one of the two"
                    self.note(key.line, f"expected each field once, got {shown(name)} again", first)
                case _:
                    hint = "Write a name, a colon and a space; put quotes around a text that holds braces"
                    self.note(key.line, "expected the name of a field, got none", hint)
        return MapNode(tuple(entries.values()), line)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
