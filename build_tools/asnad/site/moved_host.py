"""
What the host of a centre's old address has to go on serving after the site has moved (docs/moving.md).

Everything signed stays under the address that the did names: others look there for keys and lists, and codes on paper
open the verifier there. A fragment reaches no server, so the verifier itself must stay and cannot be a redirection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from asnad.messages import Messages
from asnad.site.verifier_page import (
    FOLDER,
    PinnedIssuer,
    drawn_page,
    page_languages,
    require_parts,
    verifier_files,
)

TEMPLATE = "moved.html.j2"
_STAYS = re.compile(r"(\.well-known/)?did\.json|(asnad|status|d|achievements|c|v|trusted)/.+|verifier\.html|\.nojekyll")


def moved_host_files(
    site_files: Mapping[str, bytes],
    bundle: Mapping[str, bytes],
    *,
    issuers: tuple[PinnedIssuer, ...],
    messages: Mapping[str, Messages],
    sections: Mapping[str, Mapping[str, object]],
    moved_to: str,
) -> dict[str, bytes]:
    """
    Make the files for the old host; what is signed has the same bytes as on the new one.

    Args:
        site_files: Of the built site, by path.

        bundle: The verifier's.

        issuers: The centre, then the others that it trusts.

        messages: Section ``verifier`` by language.

        sections: The same, nested as the files of messages have it.

        moved_to: Address of the new site.

    Returns:
        Bytes by path below the old site.

    Raises:
        PublicationError: A part of the bundle is missing.

    """
    require_parts(bundle, (TEMPLATE,))
    files = {path: data for path, data in site_files.items() if _STAYS.fullmatch(path)}
    files |= verifier_files(
        bundle,
        issuers=issuers,
        site_files={path: data for path, data in files.items() if not path.startswith(FOLDER)},
        messages=messages,
        sections=sections,
        moved_to=moved_to,
    )
    for name, at_once in (("index.html", True), ("404.html", False)):
        files[name] = drawn_page(
            bundle[TEMPLATE], languages=page_languages(messages), moved_to=moved_to, at_once=at_once
        )
    return dict(sorted(files.items()))
