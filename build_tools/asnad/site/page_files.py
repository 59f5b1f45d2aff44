"""What may lie in ``catalogue/pages``: pages and what they show, since all of it is published."""

from __future__ import annotations

from pathlib import PurePosixPath

from asnad.errors import PublicationError
from asnad.signing.private_key_forms import find_private_keys

ALLOWED = frozenset((".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf"))
MAX_PAGE_FILE = 50_000_000


def check_page_file(path: str, content: bytes) -> None:
    """
    Refuse a file that would be published by mistake.

    Args:
        path: Below the folder of pages.

        content: Its bytes.

    Raises:
        PublicationError: It is of no kind that a page needs, or holds a private key.
    """
    place = f"catalogue/pages/{path}"
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in ALLOWED:
        raise PublicationError(
            f"expected a page or a picture ({', '.join(sorted(ALLOWED))}), found {suffix or 'another file'}",
            place=place,
            hint="everything in this folder is published; put registers and the like elsewhere",
        )
    for key in find_private_keys(content):
        raise PublicationError(
            f"expected nothing secret, found {key.form}",
            place=place,
            hint="take it out, and make new keys if it was ever committed or published",
        )
