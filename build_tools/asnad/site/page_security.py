"""
What a page may load and link to: a content security policy of its own, and a look at every address in it.

Sources: Content Security Policy Level 3, §2.3.1 (hash sources) and §3.3 (the meta element).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from asnad.errors import PublicationError

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
_CHARSET = '<meta charset="utf-8">'
_LINK_SCHEMES = frozenset({"https", "http", "mailto", "tel", ""})
_CATALOGUE_SCHEMES = frozenset({"https", "mailto", "tel"})
# Elements whose address is fetched with the page, or that show a foreign page; links wait for a click.
_LOADING_ATTRIBUTES = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction"})
_LINKING_TAGS = frozenset({"a", "area", "link"})
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript"})
_LOADING_LINKS = frozenset({"stylesheet", "icon", "preload", "prefetch", "preconnect", "modulepreload", "manifest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContents:
    """What a page runs, fetches and links to."""

    scripts: tuple[str, ...]
    loaded: tuple[str, ...]
    linked: tuple[str, ...]
    handlers: tuple[str, ...]


class _PageReader(HTMLParser):
    """Collects inline scripts and every address of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.handlers: list[str] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in attributes if name.startswith("on")]
        self.loaded += [attributes[name] for name in _LOADING_ATTRIBUTES & attributes.keys()]
        for name in ("href", "xlink:href"):
            if name in attributes:
                loads = tag not in {"a", "area", "link"} or bool(
                    _LOADING_LINKS & set(attributes.get("rel", "").split())
                )
                (self.loaded if loads else self.linked).append(attributes[name])
        if (
            tag == "script"
            and "src" not in attributes
            and attributes.get("type", "") in {"", "module", "text/javascript"}
        ):
            self._script = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None


def link_target(address: str, *, place: str | None = None) -> str:
    """
    Let an address of the catalogue be a link, if its scheme is on the list.

    Args:
        address: ``https:``, ``mailto:`` or ``tel:``; ``http:`` only to this computer.

        place: File and field, for the message.

    Raises:
        PublicationError: Any other scheme, or none.

    """
    try:
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    except ValueError:
        parts, local = urlsplit(""), False
    if not (parts.scheme in _CATALOGUE_SCHEMES or local) or any(character.isspace() for character in address):
        raise PublicationError(f"expected an address that begins with https://, found {address!r}", place=place)
    return address


def page_contents(html: str) -> PageContents:
    """
    Find what a finished page runs, loads and links to.

    Args:
        html: A whole page.

    """
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return PageContents(
        scripts=tuple(reader.scripts),
        loaded=tuple(reader.loaded),
        linked=tuple(reader.linked),
        handlers=tuple(reader.handlers),
    )


def check_contents(contents: PageContents, *, place: str) -> None:
    """
    Refuse a page that would bring anything from another host or run what its policy forbids.

    Args:
        contents: What is on the page.

        place: Its source, for the message.

    Raises:
        PublicationError: It would load something from elsewhere, run a handler, or link to a script.

    """
    if contents.handlers:
        raise PublicationError(
            f"expected no scripts in attributes, found {contents.handlers[0]!r}",
            place=place,
            hint="take the attribute out; the page's policy would not let it run",
        )
    for address in contents.loaded:
        parts = urlsplit(address)
        if (parts.scheme and parts.scheme != "data") or parts.netloc:
            raise PublicationError(
                f"expected that a page loads only what lies on this site, found {address!r}",
                place=place,
                hint="put the file into catalogue/pages/ and link it from there",
            )
    for address in contents.linked:
        if urlsplit(address).scheme not in _LINK_SCHEMES:
            raise PublicationError(f"expected a link to https://, mailto: or tel:, found {address!r}", place=place)


def with_policy(html: str, contents: PageContents) -> str:
    """
    Write a policy into the head of a page: its own inline scripts by their hashes, and nothing from elsewhere.

    Args:
        html: A whole page.

        contents: What is on it.

    Raises:
        ValueError: The page does not declare its encoding as the frame does.

    """
    sources = sorted({_hash_source(script) for script in contents.scripts})
    policy = _POLICY.format(scripts=" ".join(["'self'", *sources]))
    before, charset, after = html.partition(_CHARSET)
    if not charset:
        raise ValueError(f"the page has no {_CHARSET}")
    # Only the declaration of the encoding stands before it: a policy does not bind what comes earlier.
    return f'{before}{charset}<meta http-equiv="Content-Security-Policy" content="{policy}">{after}'


def _hash_source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
