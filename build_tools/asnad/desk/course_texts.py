"""Texts from elsewhere as a catalogue can hold them: no markup, no hidden characters, no endless words."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

from asnad.catalogue.addresses import secure_address
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import MAX_SUMMARY, MAX_TEXT
from asnad.catalogue.yaml_text import hidden_character
from asnad.desk.register_cells import CellError

MAX_RAW = 100_000
"""Characters, before markup is taken out."""
MAX_WORD = 100
MOST_ROUNDS = 3
MOST_TAGS = 2_000
MAX_ADDRESS = 300
"""Letters of a word that holds a slash, as addresses do."""

_TAG = re.compile(r"<[A-Za-z/!?]")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SCRIPT = re.compile(r"\b(?:javascript|vbscript)\s*:|\bdata\s*:\s*text/html", re.IGNORECASE)
_SEARCH_MARK = re.compile(r"\[\[([^\[\]]{1,200})\]\]")
_SENTENCE_END = re.compile(r"[.!?۔؟](?=\s)")
_PARTED = frozenset({"p", "div", "br", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"})
_NO_WORDS = frozenset({"script", "style", "template", "title"})


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text, and what was taken out of it."""

    text: str
    """Lines without white space at their ends; an empty line parts paragraphs."""
    notes: tuple[str, ...]


def clean_text(written: str) -> CleanText:
    """
    Take markup out of a text.

    Args:
        written: As the file has it.

    Raises:
        CellError: It is too long, a formula, or has characters or words that no page should show.

    """
    if len(written) > MAX_RAW:
        raise CellError(f"expected at most {MAX_RAW:,} characters, got {len(written):,}")
    if written.startswith("="):
        raise CellError(f"expected a text, got the formula {shown(written)}", "copy it and paste the value")
    text, notes = _without_markup(written)
    if _SCRIPT.search(text):
        raise CellError(f"expected a text, got the address of a script, {shown(text)}")
    if _SEARCH_MARK.search(text):
        text = _SEARCH_MARK.sub(r"\1", text)
        notes.append("the search marks [[ ]] were taken out")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if hidden := hidden_character(text):
        raise CellError(f"expected no control or direction character, got U+{ord(hidden):04X}")
    for word in text.split():
        if len(word) > (MAX_ADDRESS if "/" in word else MAX_WORD):
            raise CellError(f"expected words of at most {MAX_WORD} letters, got one of {len(word):,}")
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", lines).strip()
    if not text:
        raise CellError("expected a text, got none")
    if len(text) > MAX_TEXT:
        raise CellError(f"expected at most {MAX_TEXT:,} characters, got {len(text):,}")
    return CleanText(text, tuple(notes))


def _without_markup(written: str) -> tuple[str, list[str]]:
    """Take out tags; where they were written with signs such as &lt;, they come to light in a second round."""
    text, notes = written, []
    for _ in range(MOST_ROUNDS):
        if _TAG.search(text):
            if text.count("<") > MOST_TAGS:
                raise CellError(f"expected at most {MOST_TAGS:,} HTML tags, got {text.count('<'):,}")
            words = _Words()
            words.feed(text)
            words.close()
            text = words.text()
            notes.append("HTML tags were taken out")
            notes += [f"the link to {shown(address)} was taken out" for address in words.refused]
        elif _REFERENCE.search(text):
            text = html.unescape(text)
        else:
            break
    return text, list(dict.fromkeys(notes))


def one_line(text: str) -> str:
    """
    Write a clean text on one line.

    Args:
        text: Of any number of lines.

    """
    return " ".join(text.split())


def beginning(text: str, limit: int = MAX_SUMMARY) -> str:
    """
    Give as many whole sentences of a text as there is room for; of one sentence that is longer, its beginning.

    Args:
        text: A clean text.

        limit: Characters.

    """
    line = one_line(text)
    if len(line) <= limit:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line) if found.end() <= limit]
    return line[: ends[-1]] if ends else line[: limit - 1].rpartition(" ")[0].rstrip(",;:") + "…"


class _Words(HTMLParser):
    """The words of a piece of HTML, with a line for each of its blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refused: list[str] = []
        self._parts: list[str] = []
        self._silent = 0

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_WORDS:
            self._silent += 1
        elif tag == "li":
            self._parts.append("\n– ")
        elif tag in _PARTED:
            self._parts.append("\n" if tag == "br" else "\n\n")
        address = dict(attrs).get("href")
        if address and ":" in address and not secure_address(address):
            self.refused.append(address)

    def handle_endtag(self, tag: str) -> None:
        if tag in _NO_WORDS:
            self._silent = max(0, self._silent - 1)
        elif tag in _PARTED:
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # White space of the source is no line of the text.
            self._parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))
