"""
The structured data of a web page that somebody has saved.

Source: HTML, §4.12.1 (data blocks), §13.1.6 (comments) and §13.2.5.4 (a script ends at the first end tag, whatever it
holds).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

JSON_LD = "application/ld+json"
MAX_START_TAG = 2_000

_SCRIPT = re.compile(r"<!--|<script(?=[\s/>])", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT_END = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)


def data_blocks(page: str) -> tuple[str, ...]:
    """
    Find the blocks of JSON-LD in a page.

    Args:
        page: HTML, as it was saved.

    Returns:
        The text of each, in their order.

    """
    return tuple(block for kind, block in _scripts(page) if kind == JSON_LD)


def _scripts(page: str) -> Iterator[tuple[str, str]]:
    """Give type and content of each script; only start tags are parsed, for the parser is slow on broken pages."""
    position = 0
    while start := _SCRIPT.search(page, position):
        if start[0] == "<!--":
            # "<!-->" is a whole comment: its end may use the dashes of its beginning.
            comment_end = _COMMENT_END.search(page, start.start() + 2)
            if comment_end is None:
                return
            position = comment_end.end()
            continue
        tag_end = page.find(">", start.end(), start.start() + MAX_START_TAG) + 1
        if tag_end == 0:
            position = start.end()
            continue
        end = _SCRIPT_END.search(page, tag_end)
        if end is None:
            return
        tag = _StartTag()
        tag.feed(page[start.start() : tag_end])
        yield tag.kind, page[tag_end : end.start()]
        position = end.end()


class _StartTag(HTMLParser):
    """The type that one start tag names."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kind = (dict(attrs).get("type") or "").split(";")[0].strip().casefold()
