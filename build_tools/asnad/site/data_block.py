"""
Data for programs inside a page.

Sources: HTML, §4.12.1 (data blocks) and §4.12.1.3 (what a script element may hold).
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject
from asnad.site.site_page import SitePage

# A data block ends at the first end tag, whatever its text means, and older readers end lines at U+2028 and U+2029.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def data_block(data: JSONObject, kind: str = "application/ld+json", element_id: str | None = None) -> Markup:
    """
    Write data as a script element that is not run.

    Args:
        data: Any JSON object.

        kind: Media type.

        element_id: Id by which a script of the page finds it.

    """
    text = canonical_json(data).decode().translate(_ESCAPES)
    identified = f' id="{element_id}"' if element_id else ""
    return Markup(f'<script type="{kind}"{identified}>{text}</script>')  # noqa: S704  # No sign of HTML is left in it.


def with_data_block(page: SitePage, structured_data: JSONObject) -> SitePage:
    """
    Put structured data at the end of a page.

    Args:
        page: A page of the catalogue.

        structured_data: What is on it.

    """
    return replace(page, body=f"{page.body}\n{data_block(structured_data)}")
