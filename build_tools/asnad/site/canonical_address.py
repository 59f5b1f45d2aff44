"""The full address of what the site publishes, as machines and other sites keep it."""

from __future__ import annotations

from asnad.catalogue.centre import Centre
from asnad.site.site_page import address_of


def canonical_address(centre: Centre, path: str, language: str) -> str:
    """
    Give the full address of a page or file in one language.

    Args:
        centre: Whose site it is.

        path: Path that is the same in every language, such as ``courses/home-baking/``.

        language: One of the centre's languages; the first has no folder of its own.

    """
    return centre.address + address_of(path, language, centre.languages)
