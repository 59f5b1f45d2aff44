"""A page of the catalogue: where it stands, in which language, and what is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A finished page without the frame that all pages share."""

    language: str
    path: str
    """Path that is the same in every language, such as ``courses/home-baking/``; empty for the home page."""
    address: str
    """Path below the site, with the language before it where that is not the first: ``ur/courses/home-baking/``."""
    title: str
    description: str
    body: str
    """HTML, escaped."""
    indexed: bool = True
    """Whether search engines may show it; what they may not is out of the site map too."""


def address_of(path: str, language: str, languages: Sequence[str]) -> str:
    """
    Give the path of a page below the site.

    Args:
        path: Path that is the same in every language, empty or ending in ``/``.

        language: Language of the page.

        languages: Languages of the site; the first has no folder of its own.

    """
    return path if language == languages[0] else f"{language}/{path}"


def way_to_root(address: str) -> str:
    """
    Give the relative address of the site's root, so that the site works under any path.

    Args:
        address: Path of a page below the site, empty or ending in ``/``.

    """
    return "../" * address.count("/") or "./"
