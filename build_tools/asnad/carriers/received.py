"""Whatever a person holds out to be checked: a file, a link, digits, told apart and judged."""

from __future__ import annotations

import re

from asnad.carriers.payload import decode_payload, restore_credentials
from asnad.errors import UnreadableError
from asnad.proofs.rdf_dataset import Contexts
from asnad.verification.report import Report
from asnad.verification.trust import Trust
from asnad.verification.verify import unreadable, verify_document, verify_restored

_FRAGMENT = re.compile(r"(?:#|%23)([0-9][0-9 \n\r-]*)\Z")
_SPACE = b" \t\r\n"


def verify_digits(digits: str, trust: Trust, at: int) -> Report:
    """
    Judge what a code or link carries.

    Args:
        digits: Without the address before them.

        trust: Whom this verifier believes, and what it holds.

        at: The moment for which the verdict is asked, in seconds since 1970.

    """
    try:
        credentials = restore_credentials(decode_payload(digits), trust.dictionaries)
    except UnreadableError as error:
        return unreadable(error.reason)
    return verify_restored(credentials, trust, at)


def digits_of(text: str) -> str | None:
    """
    Take the digits out of a link, or what was typed for digits.

    Args:
        text: A link as scanned or pasted, or digits.

    Returns:
        Nothing where the text is a link without digits.

    """
    found = _FRAGMENT.search(text.rstrip())
    if found:
        return found.group(1)
    return None if "://" in text else text.strip()


def verify_received(data: bytes, trust: Trust, at: int, contexts: Contexts) -> Report:
    """
    Judge the content of a file or what was pasted.

    Args:
        data: A credential as JSON, or a link or digits as text.

        trust: Whom this verifier believes, and what it holds.

        at: The moment for which the verdict is asked, in seconds since 1970.

        contexts: Pinned contexts, for a file with an rdfc proof alone.

    """
    if is_document(data):
        return verify_document(data, trust, at, contexts)
    try:
        digits = digits_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        digits = None
    return unreadable("not-digits") if digits is None else verify_digits(digits, trust, at)


def is_document(data: bytes) -> bool:
    """
    Tell whether bytes begin as a JSON document does.

    Args:
        data: A file.

    """
    return data.lstrip(_SPACE).removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE).startswith((b"{", b"["))
