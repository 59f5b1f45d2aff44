"""What is wrong in the files of a catalogue, and in which file, line and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from asnad.catalogue.nodes import ListNode, MapNode, Node, TextNode
from asnad.errors import CatalogueError

Step = str | int
"""A field's name, or a position in a list counted from 0."""

SHOWN_CHARACTERS = 60


class Severity(StrEnum):
    """Whether something stops the work, or is only to be looked at."""

    ERROR = "error"
    WARNING = "warning"


def visible(text: str) -> str:
    """
    Write characters that cannot be seen as their code points.

    Args:
        text: Anything.

    """
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)


def shown(text: str) -> str:
    """
    Quote what an author wrote so that it is safe and short in a message.

    Args:
        text: Anything.

    """
    return f"'{visible(text[:SHOWN_CHARACTERS])}…'" if len(text) > SHOWN_CHARACTERS else f"'{visible(text)}'"


def field_name(steps: tuple[Step, ...]) -> str:
    """
    Write the way to a field for people, such as ``modules[2].hours`` for the second module.

    Args:
        steps: Way from the root of the file.

    """
    name = ""
    for step in steps:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend."""

    file: str
    line: int
    """Counted from 1; 0 where the file as a whole is meant."""
    field: str
    message: str
    hint: str | None
    rule: str = "form"
    """Code of docs/catalogue.md, such as ``E3``; ``yaml`` and ``form`` where a file could not be read so far."""
    severity: Severity = Severity.ERROR

    def error(self) -> CatalogueError:
        """Turn it into the error that people are shown."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return CatalogueError(self.message, place=f"{place}: {self.field}" if self.field else place, hint=self.hint)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files as they were written, for rules that look at the model and must name a line."""

    roots: Mapping[str, Node]

    def finding(self, file: str, *steps: Step, message: str, hint: str | None = None) -> Finding:
        """
        Note what a rule found.

        Args:
            file: Path relative to ``catalogue/``.

            steps: Way to the field; where it is missing, the line of the nearest one around it is named.

            message: What was expected and what was got.

            hint: What to write instead.

        """
        node = self.roots.get(file)
        line = node.line if node else 0
        named: list[Step] = []
        for step in steps:
            match node:
                case MapNode() if entry := node.entry(str(step)):
                    node, line = entry.node, entry.line
                case ListNode() if isinstance(step, int):
                    node = node.items[step]
                    line = node.line
                case TextNode():
                    # A text that is not written by language has no field of the language's name.
                    break
                case _:
                    node = None
            named.append(step)
        return Finding(file=file, line=line, field=field_name(tuple(named)), message=message, hint=hint)
