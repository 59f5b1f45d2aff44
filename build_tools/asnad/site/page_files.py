"""What may lie in ``catalogue/pages``: pages and what they show, since all of it is published."""

from __future__ import annotations

from pathlib import PurePosixPath

from asnad.errors import PublicationError

ALLOWED = frozenset((".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf"))
PRIVATE_KEY_MARKS = (b"AsnadPrivateKey", b"PRIVATE KEY-----", b"secretKeyMultibase")
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
    if any(mark in content for mark in PRIVATE_KEY_MARKS):
        raise PublicationError(
            "expected nothing secret, found a private key",
            place=place,
            hint="take it out, and make new keys if it was ever committed or published",
        )
