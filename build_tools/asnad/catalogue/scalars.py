"""Read single values and texts out of YAML nodes, noting what is wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeVar

from asnad.catalogue.findings import Finding, Step, field_name, shown
from asnad.catalogue.forms import LANGUAGE, Form
from asnad.catalogue.nodes import ListNode, MapNode, Node, RefusedNode, TextNode
from asnad.catalogue.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text, and where it was written."""

    steps: tuple[Step, ...]
    text: Text


class SourceFile:
    """One file while it is being read."""

    def __init__(self, name: str, language: str) -> None:
        """
        Begin with nothing found.

        Args:
            name: Path relative to ``catalogue/``.

            language: Tag of the language of a text that names none.

        """
        self.name = name
        self.language = language
        self.findings: list[Finding] = []
        self.texts: list[WrittenText] = []

    def note(self, line: int, steps: tuple[Step, ...], message: str, hint: str | None) -> None:
        """
        Note one thing to mend.

        Args:
            line: Counted from 1.

            steps: Way to the field.

            message: What was expected and what was got.

            hint: What to write instead.

        """
        finding = Finding(file=self.name, line=line, field=field_name(steps), message=message, hint=hint)
        self.findings.append(finding)


def read_scalar(source: SourceFile, node: Node, steps: tuple[Step, ...], form: Form[T]) -> T:
    """
    Read one value.

    Args:
        source: Takes what is found.

        node: Where the value should be.

        steps: Way to it.

        form: How it is written.

    Returns:
        The value, or a stand-in where it is wrong.

    """
    match node:
        case RefusedNode():
            return form.stand_in
        case TextNode(text=written) if written.strip():
            # docs/format.md §2: issuers write NFC.
            text = unicodedata.normalize("NFC", written.strip())
            found = form.parse(text)
            if found is not None:
                return found
            got, hint = shown(text), form.hint_for(text)
        case _:
            got, hint = described(node), form.hint_for("")
    source.note(node.line, steps, f"expected {form.expected}, got {got}", hint)
    return form.stand_in


def read_text(source: SourceFile, node: Node, steps: tuple[Step, ...], form: Form[str]) -> Text:
    """
    Read a text, written once or once for each language.

    Args:
        source: Takes what is found, and knows the language of a text that names none.

        node: Where the text should be.

        steps: Way to it.

        form: How each version is written.

    """
    if not isinstance(node, MapNode):
        return _noted(source, steps, Text(((source.language, read_scalar(source, node, steps, form)),)))
    versions: list[tuple[str, str]] = []
    for entry in node.entries:
        tag = LANGUAGE.parse(entry.name)
        if tag is None:
            message = f"expected {LANGUAGE.expected}, got {shown(entry.name)}"
            source.note(entry.line, steps, message, LANGUAGE.hint_for(entry.name))
        else:
            versions.append((tag, read_scalar(source, entry.node, (*steps, tag), form)))
    if not node.entries:
        source.note(node.line, steps, f"expected {form.expected}, got no language", None)
    return _noted(source, steps, Text(tuple(versions)))


def _noted(source: SourceFile, steps: tuple[Step, ...], text: Text) -> Text:
    source.texts.append(WrittenText(steps, text))
    return text


def described(node: Node) -> str:
    """
    Say in a word what stands at a place.

    Args:
        node: Anything but a refused one.

    """
    match node:
        case TextNode(text=text) if text.strip():
            return shown(text)
        case ListNode():
            return "a list"
        case MapNode():
            return "fields"
        case _:
            return "nothing"
