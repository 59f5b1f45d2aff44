"""Web addresses that a catalogue may hold, and the did:web identity of a centre."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from urllib.parse import unquote, urlsplit

MAX_ADDRESS_LENGTH = 2000
ESCO = "http://data.europa.eu/esco/"

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_HOST_NAME = re.compile(r"(?!-)(?:[a-z0-9-]{1,63}(?<!-)\.)*(?!-)[a-z0-9-]{1,63}(?<!-)")
_DID_WEB = re.compile(
    r"did:web:(?P<host>[a-z0-9.-]+)(?P<port>%3A[1-9][0-9]{0,4})?(?P<path>(?::[A-Za-z0-9_-][A-Za-z0-9._-]*)*)"
)
_LOCAL_NETWORKS = tuple(
    ip_network(text) for text in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


def secure_address(text: str) -> str | None:
    """
    Accept an ``https://`` address that is safe as a link.

    Args:
        text: As written.

    Returns:
        The same text, or nothing where it is not one.

    """
    return text if _scheme_of_web_address(text) == "https" else None


def skill_address(text: str) -> str | None:
    """
    Accept the id of a skill: an ``https://`` address, or one of ESCO, whose ids begin with ``http://``.

    Args:
        text: As written.

    """
    if text.startswith(ESCO) and _scheme_of_web_address(text) == "http":
        return text
    return secure_address(text)


def site_address(text: str) -> str | None:
    """
    Accept an ``https://`` address that others are made from, ending in ``/`` (docs/format.md, Conventions).

    Args:
        text: As written.

    """
    return text if secure_address(text) and _can_be_continued(text) else None


def verifier_address(text: str) -> str | None:
    """
    Accept the address of a verifier: ``https://``, or ``http://`` on this computer or a local network.

    Args:
        text: As written.

    """
    scheme = _scheme_of_web_address(text)
    if scheme is None or not _can_be_continued(text):
        return None
    return text if scheme == "https" or _is_local(urlsplit(text).hostname or "") else None


def did_web(text: str) -> str | None:
    """
    Accept a ``did:web`` whose host is written in lowercase.

    Args:
        text: As written.

    """
    found = _DID_WEB.fullmatch(text)
    if not found or len(text) > MAX_ADDRESS_LENGTH or not _HOST_NAME.fullmatch(found["host"]):
        return None
    if len(found["host"]) > 253 or int((found["port"] or "%3A1")[3:]) > 65535:
        return None
    return text


def site_of(did: str) -> str:
    """
    Give the site that a ``did:web`` stands for (docs/format.md §5.6).

    Args:
        did: Accepted by ``did_web``.

    Returns:
        ``https://<host>/<path>/``.

    """
    host, *path = did.removeprefix("did:web:").split(":")
    return "/".join([f"https://{unquote(host)}", *path, ""])


def _scheme_of_web_address(text: str) -> str | None:
    if len(text) > MAX_ADDRESS_LENGTH or not _ADDRESS.fullmatch(text):
        return None
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  Reading it is what checks it.
        host = parts.hostname or ""
        known = _HOST_NAME.fullmatch(host.removesuffix(".")) or ip_address(host)
    except ValueError:
        return None
    return parts.scheme if known and "@" not in parts.netloc else None


def _can_be_continued(text: str) -> bool:
    return text.endswith("/") and "?" not in text and "#" not in text


def _is_local(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return any(address in network for network in _LOCAL_NETWORKS if network.version == address.version)
