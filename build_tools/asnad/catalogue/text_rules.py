"""Rules of texts: they are in every language of the site, and are what they seem to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from asnad.catalogue.findings import Finding, Step, field_name, shown
from asnad.catalogue.nodes import ListNode, MapNode, Node, TextNode
from asnad.catalogue.readings import Readings

MAX_WORD = 200
NAMED_FIELDS = 3

# Every repetition is bounded, so that no text makes the search slow.
_TAG = re.compile(r"<\s{0,9}(?:!--|/?\s{0,9}[a-z][a-z0-9]{0,30}(?:[\s/][^<>]{0,1000})?>)", re.IGNORECASE)
_SCRIPT = re.compile(r"\b(?:javascript|vbscript)\s{0,9}:|\bdata\s{0,9}:\s{0,9}text/html", re.IGNORECASE)
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD + 1},}}")


def texts_are_in_every_language(readings: Readings) -> Iterator[Finding]:
    """E23: every text of a file is in each language of the site; one finding for each file and language."""
    if readings.centre is None:
        return
    earlier = {course.place for course in readings.versions}
    for file, texts in readings.texts.items():
        for language in readings.centre.languages if file not in earlier else ():
            lacking = [written.steps for written in texts if language not in written.text.languages()]
            if not lacking:
                continue
            named = ", ".join(field_name(steps) for steps in lacking[:NAMED_FIELDS])
            more = f" and {len(lacking) - NAMED_FIELDS} more" if len(lacking) > NAMED_FIELDS else ""
            message = f"expected every text in {language}, a language of the site, got none of {named}{more}"
            hint = "Readers are shown another language, and told so, until it is written: {en: …, ur: …}"
            yield readings.sources.finding(file, *lacking[0], message=message, hint=hint)


def texts_hold_no_markup(readings: Readings) -> Iterator[Finding]:
    """E32: a text is shown as it is written, so that tags and addresses of scripts in it are a mistake."""
    for file, steps, text in _scalars(readings):
        if found := ("<" in text and _TAG.search(text)) or (":" in text and _SCRIPT.search(text)):
            message = f"expected text alone, got {shown(found.group())}"
            hint = "It is shown to readers as it stands, and never runs; delete it"
            yield readings.sources.finding(file, *steps, message=message, hint=hint)


def words_can_be_broken(readings: Readings) -> Iterator[Finding]:
    """E32: a word fits on a page; an address may be long."""
    for file, steps, text in _scalars(readings):
        for found in _LONG_WORD.finditer(text):
            word = found.group()
            if not word.startswith(("https://", "http://")):
                message = f"expected words of at most {MAX_WORD} letters, got one of {len(word)}, {shown(word)}"
                yield readings.sources.finding(file, *steps, message=message, hint="Is a space missing?")
                break


def _scalars(readings: Readings) -> Iterator[tuple[str, tuple[Step, ...], str]]:
    for file, root in readings.sources.roots.items():
        for steps, text in _texts_of(root, ()):
            yield file, steps, text


def _texts_of(node: Node, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    match node:
        case TextNode(text=text):
            yield steps, text
        case ListNode(items=items):
            for position, item in enumerate(items):
                yield from _texts_of(item, (*steps, position))
        case MapNode(entries=entries):
            for entry in entries:
                yield from _texts_of(entry.node, (*steps, entry.name))
        case _:
            return
