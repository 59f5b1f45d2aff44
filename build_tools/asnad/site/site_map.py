"""Which page stands where: its language, and its path that is the same in every language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from asnad.errors import PublicationError
from asnad.site.site_page import SitePage, address_of


class PageKey(NamedTuple):
    """Where a page stands."""

    language: str
    path: str
    """Path that is the same in every language; empty for the home page."""


DEFAULT = "x-default"
"""The language for readers of none of the others (HTML links, as search engines read them)."""


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page that search engines may show."""

    address: str
    """In full."""
    alternates: tuple[tuple[str, str], ...]
    """Language and full address of the page in each language that it exists in, its own among them."""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The pages of one build by their source, such as ``about.ur.md``."""

    languages: tuple[str, ...]
    """Languages of the site, the first at its root."""
    keys: dict[str, PageKey] = field(default_factory=dict)
    generated: dict[str, SitePage] = field(default_factory=dict)
    _sources: dict[PageKey, str] = field(default_factory=dict)

    def place_written(self, source: str) -> PageKey:
        """
        Give a page that the centre wrote its place; the language stands before ``.md`` unless it is the first.

        Args:
            source: Path of the file below ``catalogue/pages/``.

        Raises:
            PublicationError: Another file has that place.

        """
        stem = source.removesuffix(".md")
        language = next((tag for tag in self.languages[1:] if stem.endswith(f".{tag}")), self.languages[0])
        if language != self.languages[0]:
            stem = stem.removesuffix(f".{language}")
        path = re.sub(r"(^|/)(index|README)$", r"\1", stem)
        key = PageKey(language, path if path == "" or path.endswith("/") else f"{path}/")
        self._place(source, key)
        return key

    def place_generated(self, page: SitePage) -> str:
        """
        Give a generated page its place.

        Args:
            page: The page.

        Returns:
            The name of a source for it.

        Raises:
            PublicationError: The centre wrote a page that has that place.

        """
        source = f"{page.address}index.md"
        self._place(source, PageKey(page.language, page.path))
        self.generated[source] = page
        return source

    def holds(self, key: PageKey) -> bool:
        """Tell whether there is a page in this place."""
        return key in self._sources

    def addresses(self) -> frozenset[str]:
        """Give the path of every page below the site."""
        return frozenset(self.address(key) for key in self._sources)

    def address(self, key: PageKey) -> str:
        """
        Give the path of a page below the site.

        Args:
            key: Where it stands.

        """
        return address_of(key.path, key.language, self.languages)

    def indexed(self, site_url: str) -> tuple[IndexedPage, ...]:
        """
        List every page that search engines may show, by its address.

        Args:
            site_url: Address of the site, ending in ``/``.

        """
        keys = [key for source, key in self.keys.items() if source not in self.generated or self._indexed(source)]
        languages: dict[str, list[PageKey]] = {}
        for key in keys:
            languages.setdefault(key.path, []).append(key)

        def alternates(path: str) -> tuple[tuple[str, str], ...]:
            there = sorted(languages[path], key=lambda key: self.languages.index(key.language))
            found = tuple((key.language, site_url + self.address(key)) for key in there)
            return (*found, (DEFAULT, found[0][1])) if len(found) > 1 else found

        pages = (IndexedPage(site_url + self.address(key), alternates(key.path)) for key in keys)
        return tuple(sorted(pages, key=lambda page: page.address))

    def _indexed(self, source: str) -> bool:
        return self.generated[source].indexed

    def _place(self, source: str, key: PageKey) -> None:
        if key in self._sources:
            raise PublicationError(
                f"expected one page at {self.address(key)!r}, found two",
                place=f"catalogue/pages/{self._sources[key]}",
                hint="give it another name: the catalogue makes that page itself, or another file does",
            )
        self.keys[source] = key
        self._sources[key] = source
