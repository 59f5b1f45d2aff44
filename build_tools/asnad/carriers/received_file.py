"""A file that somebody holds out: a certificate, a picture that has one inside or shows its code, or neither."""

from __future__ import annotations

import re

from asnad.carriers.code_reading import is_image, read_codes
from asnad.carriers.received import digits_of, is_document, verify_digits, verify_received
from asnad.credentials.baked_svg import is_markup
from asnad.credentials.baking import unbake
from asnad.errors import FileError
from asnad.proofs.rdf_dataset import Contexts
from asnad.verification.report import Report
from asnad.verification.trust import Trust
from asnad.verification.verify import MAX_CREDENTIAL, unreadable, verify_document

MAX_FILE = 30_000_000
"""A photograph may be that large."""
_DIGITS = re.compile(r"[0-9 \r\n-]+")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*<(?:!doctype[ \t\r\n]+)?html", re.IGNORECASE)
_MANY_DIGITS = re.compile(r"[0-9]{40}")
_LINK = re.compile(r"(?:#|%23)[0-9]{40}")


def verify_file(data: bytes, trust: Trust, at: int, contexts: Contexts) -> Report | None:
    """
    Judge whatever certificate a file holds.

    Args:
        data: JSON, a picture, or a text that ends with a link or is nothing but digits.

        trust: Whom this verifier believes, and what it holds.

        at: The moment for which the verdict is asked, in seconds since 1970.

        contexts: Pinned contexts, for a file with an rdfc proof alone.

    Returns:
        Nothing where the file is of a kind that holds no certificate.

    Raises:
        FileError: It is damaged, a PDF, or has more than one certificate.

    """
    if data.startswith(b"%PDF"):
        raise FileError(
            "expected a certificate file or a picture, got a PDF, whose pages are not read",
            place="file",
            hint="ask for the file or link that the learner was given, or photograph the page",
        )
    if _HTML.match(data):
        return None
    baked = unbake(data)
    if baked is not None:
        inside = verify_document(baked, trust, at, contexts)
        _refuse_another(inside, data, trust, at)
        return inside
    if is_image(data):
        return _verify_picture(data, trust, at)
    if is_document(data) or _is_text_with_digits(data):
        return verify_received(data, trust, at, contexts)
    return None


def _verify_picture(data: bytes, trust: Trust, at: int) -> Report:
    codes = {digits for digits in map(digits_of, read_codes(data)) if digits}
    if len(codes) > 1:
        raise FileError(
            f"expected one code, found {len(codes)}",
            place="picture",
            hint="photograph each certificate by itself, so that one cannot stand in for another",
        )
    return verify_digits(codes.pop(), trust, at) if codes else unreadable("not-digits")


def _refuse_another(inside: Report, data: bytes, trust: Trust, at: int) -> None:
    """Refuse a picture that shows the code of another certificate than it holds: people believe what they see."""
    if inside.credential is None or not is_image(data):
        return
    try:
        shown = _verify_picture(data, trust, at)
    except FileError as error:
        if error.place == "picture":
            raise
        return  # Its pixels cannot be read, and so show nothing.
    if shown.credential is not None and shown.credential["id"] != inside.credential["id"]:
        raise FileError(
            "expected the code of the certificate inside the picture, got that of another",
            place="picture",
            hint="ask for the certificate as a file of its own",
        )


def _is_text_with_digits(data: bytes) -> bool:
    if len(data) > MAX_CREDENTIAL or is_markup(data):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    links = len(_LINK.findall(text))
    if links > 1:
        raise FileError(
            f"expected one link, found {links}",
            place="text",
            hint="keep each link in a file of its own, so that one cannot stand in for another",
        )
    # So many digits in a row are a certificate that somebody has damaged.
    return _DIGITS.fullmatch(digits_of(text) or "") is not None or _MANY_DIGITS.search(text) is not None
