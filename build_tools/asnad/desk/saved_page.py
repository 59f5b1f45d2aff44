"""The structured data of a web page that somebody has saved (HTML, §4.12.1: data blocks)."""

from __future__ import annotations

from html.parser import HTMLParser

JSON_LD = "application/ld+json"


def data_blocks(page: str) -> tuple[str, ...]:
    """
    Find the blocks of JSON-LD in a page.

    Args:
        page: HTML, as it was saved.

    Returns:
        The text of each, in their order.

    """
    reader = _Page()
    reader.feed(page)
    reader.close()
    return tuple(reader.blocks)


class _Page(HTMLParser):
    """Keeps the data blocks of a page, and nothing else of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._block: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().casefold()
        if tag == "script" and kind == JSON_LD:
            self._block = []

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self._block.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._block is not None:
            self.blocks.append("".join(self._block))
            self._block = None
