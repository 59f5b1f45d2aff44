"""The signed texts of a certificate: paragraphs, lists, and the direction in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from asnad.catalogue.text import RIGHT_TO_LEFT

Direction: TypeAlias = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """Lines that began with a hyphen, such as learning outcomes."""

    items: tuple[str, ...]


TextBlock: TypeAlias = Paragraph | ItemList


def text_direction(language: str) -> Direction:
    """
    Tell in which direction a language is written.

    Args:
        language: BCP 47 tag.

    """
    return "rtl" if {language, language.lower().split("-")[0]} & RIGHT_TO_LEFT else "ltr"


def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """
    Divide a signed text into paragraphs and lists.

    Args:
        text: Paragraphs separated by blank lines; lines that begin with ``- `` are items.

    """
    blocks: list[TextBlock] = []
    lines: list[str] = []
    items: list[str] = []

    def close() -> None:
        if lines:
            blocks.append(Paragraph(" ".join(lines)))
        if items:
            blocks.append(ItemList(tuple(items)))
        lines.clear()
        items.clear()

    for line in (*(part.strip() for part in text.split("\n")), ""):
        item = line.startswith("- ")
        if not line or (item and lines) or (not item and items):
            close()
        if item:
            items.append(line[2:].strip())
        elif line:
            lines.append(line)
    return tuple(blocks)
