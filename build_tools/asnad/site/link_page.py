"""
The page ``c/#<digits>``, which draws a certificate from a link on the reader's own device.

It gives no verdict and keeps nothing for use offline: the service worker's scope is the verifier's folder alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from asnad.site.stationery import Stationery
from asnad.site.verifier_page import PageLanguage, PinnedIssuer, escaped_json, issuers_json, require_parts

FOLDER = "c/"
TEMPLATE = "link.html"
SCRIPT = "certificate.js"


def link_page_files(
    bundle: Mapping[str, bytes], stationery: Stationery, *, issuers: tuple[PinnedIssuer, ...], time_zone: str
) -> dict[str, bytes]:
    """
    Make the files of the page but for its styles; beside them it needs ``v/messages.js`` and ``v/icon.svg``.

    Args:
        bundle: The verifier's, of which `SCRIPT` is taken.

        stationery: Templates, and the words of the section ``certificate``.

        issuers: Whose certificates the page shows, at least one.

        time_zone: IANA name of the centre's zone, in which the last day of a certificate is named.

    Returns:
        Bytes by path of the site, all under ``c/``.

    Raises:
        PublicationError: The script is missing from the bundle, or an issuer cannot be pinned as given.

    """
    require_parts(bundle, (SCRIPT,))
    languages = [
        PageLanguage(code, texts.direction, texts.text("link.title"), texts.text("link.noScript"))
        for code, texts in stationery.messages.items()
    ]
    page = stationery.environment.get_template(TEMPLATE).render(
        issuers=issuers_json(issuers), languages=languages, time_zone=time_zone
    )
    words = {code: dict(texts.texts) for code, texts in stationery.messages.items()}
    return {
        f"{FOLDER}index.html": page.encode("utf-8"),
        f"{FOLDER}certificateWords.js": f"const asnadCertificateWords={escaped_json(words)};\n".encode(),
        f"{FOLDER}{SCRIPT}": bundle[SCRIPT],
    }
