"""The files of the browser verifier at ``v/``: the page, its scripts, and the list of what it keeps for use offline."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import jinja2
from markupsafe import Markup

from asnad.errors import PublicationError
from asnad.messages import Messages

FOLDER = "v/"
TEMPLATE = "page.html.j2"
CODE_READER = ("codeReader.js", "zxing_reader.wasm")
"""The worker that reads codes where the browser cannot, and its program."""
ICONS = ("icon-192.png", "icon-512.png", "icon-maskable.png")
"""What an installed page is drawn with; the last fills its field, for systems that cut icons to their own shape."""
COPIED = ("icon.svg", "licences.txt", "sw.js", "verifier.css", "verifier.js", "tools.js", *ICONS, *CODE_READER)
# The service worker cannot keep itself, and nobody needs licences and icons while the site is away.
_NOT_KEPT = ("licences.txt", "sw.js", *ICONS, *CODE_READER)
ONE_FILE = "verifier.html"
"""The verifier as one file, which a device keeps once someone has taken it along, as it keeps the code reader."""

# What the verifier reads besides itself (docs/format.md §4 and §5), as paths of the site.
READ_BY_VERIFIER = re.compile(
    r"(trusted/[a-z0-9-]+/)?(asnad/(keys|manifest|notices)\.json|asnad/frozen/[A-Za-z0-9._-]+\.bin"
    r"|status/[0-9]+\.json|d/[0-9a-f]{8}\.bin)"
)
# What the first script never says: the words of tools, of the page in one file, and of one that stays after a move.
_OF_OTHER_PAGES = frozenset({"file", "moved", "tools"})
_BASE = re.compile(r"(\.\./)+([a-z0-9][a-z0-9-]*/)*")
_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedSince:
    """How another issuer has come onto a centre's list."""

    names: tuple[str, ...]
    """As its signed keys.json gives them."""
    source: str
    added: date


@dataclass(frozen=True, slots=True)
class PinnedIssuer:
    """An issuer that the page trusts, by its root keys alone."""

    did: str
    root_keys: tuple[str, ...]
    base: str = "../"
    time_zone: str = "UTC"
    """IANA name of the centre's zone, in which the last day of a certificate is named."""
    trusted: TrustedSince | None = None
    """Nothing for the centre whose page it is, which comes first."""


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """What a page that a script draws says in a language before that runs."""

    code: str
    direction: str
    title: str
    no_script: str
    moved: tuple[str, str] = ("", "")
    """What stands before and after the new address, on a page that stays after a move."""


def verifier_files(
    bundle: Mapping[str, bytes],
    *,
    issuers: tuple[PinnedIssuer, ...],
    site_files: Mapping[str, bytes],
    messages: Mapping[str, Messages],
    sections: Mapping[str, Mapping[str, object]],
    moved_to: str | None = None,
) -> dict[str, bytes]:
    """
    Make the files of the verifier; the same arguments always give the same bytes.

    Args:
        bundle: ``page.html.j2`` and the files of `COPIED`, by name.

        issuers: Whom the page trusts, at least one.

        site_files: The site's files by path; those that the verifier reads are listed for use offline.

        messages: Section ``verifier`` by language; the first is the one the page has before its script runs.

        sections: The same, nested as the files of messages have it, for the script.

        moved_to: Address that the page tells people of, where the centre's site is no longer here.

    Returns:
        Bytes by path of the site, all under ``v/``.

    Raises:
        PublicationError: A part of the bundle is missing, or an issuer cannot be pinned as given.

    """
    require_parts(bundle, (TEMPLATE, *COPIED))
    languages = page_languages(messages)
    spoken = {
        code: {name: words for name, words in section.items() if name not in _OF_OTHER_PAGES}
        for code, section in sections.items()
    }
    shell = {name: bundle[name] for name in COPIED if name not in _NOT_KEPT}
    shell["messages.js"] = messages_script(spoken)
    shell["tool-words.js"] = tool_words_script(sections)
    shell["site.webmanifest"] = _web_manifest(languages[0], messages[languages[0].code])
    version = hashlib.sha256(bundle["verifier.js"]).hexdigest()[:_VERSION_DIGITS]
    shell["./"] = drawn_page(
        bundle[TEMPLATE], issuers=issuers_json(issuers), languages=languages, version=version, moved_to=moved_to
    )
    files = {FOLDER + name: content for name, content in shell.items() if name != "./"}
    files[f"{FOLDER}index.html"] = shell["./"]
    files |= {FOLDER + name: bundle[name] for name in _NOT_KEPT}
    extras = {name: bundle[name] for name in CODE_READER}
    if ONE_FILE in site_files:
        extras[f"../{ONE_FILE}"] = site_files[ONE_FILE]
    files[f"{FOLDER}precache.json"] = _precache(shell, extras, issuers, site_files)
    return files


def issuers_json(issuers: tuple[PinnedIssuer, ...]) -> Markup:
    """
    Write whom a page trusts, as the data block ``asnad-issuers`` of that page.

    Args:
        issuers: The centre whose page it is, then the others that it trusts.

    Raises:
        PublicationError: There is none, they are in another order, or one cannot be pinned as given.

    """
    if not issuers:
        raise PublicationError("expected at least one issuer to trust, found none", place="verifier")
    if issuers[0].trusted is not None or any(issuer.trusted is None for issuer in issuers[1:]):
        raise PublicationError(
            "expected the centre first, and of every other issuer since when it is trusted", place="verifier"
        )
    if len({issuer.did for issuer in issuers}) != len(issuers):
        raise PublicationError("expected each issuer once", place="verifier")
    for issuer in issuers:
        if not issuer.did.startswith("did:") or not issuer.root_keys:
            raise PublicationError(
                f"expected a did and its root keys, found {issuer.did!r} with {len(issuer.root_keys)} keys",
                place="verifier",
            )
        if not _BASE.fullmatch(issuer.base):
            raise PublicationError(
                f"expected a folder of this site as seen from the page, such as '../', found {issuer.base!r}",
                place="verifier",
            )
    block = [
        {
            "did": issuer.did,
            "rootKeys": list(issuer.root_keys),
            "base": issuer.base,
            "timeZone": issuer.time_zone,
            **_since(issuer.trusted),
        }
        for issuer in issuers
    ]
    # Every character that could matter to HTML is escaped as JSON has it.
    return Markup(escaped_json(block))  # noqa: S704


def _since(trusted: TrustedSince | None) -> dict[str, object]:
    if trusted is None:
        return {}
    return {"names": list(trusted.names), "source": trusted.source, "added": trusted.added.isoformat()}


def escaped_json(value: object) -> str:
    """
    Write JSON that no text in it can lead out of a script or data block: it holds no ``<``.

    Args:
        value: Of types that JSON has.

    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def require_parts(bundle: Mapping[str, bytes], names: Iterable[str]) -> None:
    """
    Refuse a bundle that lacks a part.

    Args:
        bundle: Its files by name.

        names: What has to be there.

    Raises:
        PublicationError: A part is missing.

    """
    for name in names:
        if name not in bundle:
            raise PublicationError(
                f"expected {name!r} in the verifier's bundle, found {', '.join(sorted(bundle)) or 'nothing'}",
                place="verifier",
                hint="install the package from a wheel, or build it anew",
            )


def page_languages(messages: Mapping[str, Messages]) -> tuple[PageLanguage, ...]:
    """
    Take what a page says before its script runs.

    Args:
        messages: Section ``verifier`` by language.

    """
    return tuple(
        PageLanguage(code, texts.direction, texts.text("title"), texts.text("noScript"), _around_address(texts))
        for code, texts in messages.items()
    )


def messages_script(sections: Mapping[str, object]) -> bytes:
    """
    Write the script that gives the page its words.

    Args:
        sections: Section ``verifier`` by language, nested.

    """
    return f"const asnadMessages={escaped_json(dict(sections))};\n".encode()


def tool_words_script(sections: Mapping[str, object]) -> bytes:
    """
    Write the script that gives the tools their words.

    Args:
        sections: Section ``verifier`` by language, nested.

    """
    words = {code: section["tools"] for code, section in sections.items() if isinstance(section, Mapping)}
    return f"const asnadToolWords={escaped_json(words)};\n".encode()


def drawn_page(template: bytes, **values: object) -> bytes:
    """
    Draw a page of the verifier.

    Args:
        template: For Jinja.

        values: All that it names.

    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(template.decode("utf-8")).render(values).encode("utf-8")


def _around_address(texts: Messages) -> tuple[str, str]:
    before, _, after = texts.text("moved", address="\0").partition("\0")
    return before, after


def _web_manifest(language: PageLanguage, messages: Messages) -> bytes:
    document = {
        "name": language.title,
        "short_name": messages.text("shortTitle"),
        "lang": language.code,
        "dir": language.direction,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#f6f8fa",
        "theme_color": "#12425f",
        "icons": [
            {"src": "icon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": "icon-192.png", "type": "image/png", "sizes": "192x192"},
            {"src": "icon-512.png", "type": "image/png", "sizes": "512x512"},
            {"src": "icon-maskable.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
        ],
    }
    return _json(document)


def _precache(
    shell: Mapping[str, bytes],
    extras: Mapping[str, bytes],
    issuers: tuple[PinnedIssuer, ...],
    site_files: Mapping[str, bytes],
) -> bytes:
    """List what the service worker keeps; the version follows the content, so nothing unchanged is fetched again."""
    data = sorted(path for path in site_files if READ_BY_VERIFIER.fullmatch(path))
    listed = {
        "shell": _digests(shell),
        "extras": _digests(extras),
        "issuers": [{"did": issuer.did, "rootKeys": list(issuer.root_keys), "base": issuer.base} for issuer in issuers],
        "data": [f"../{path}" for path in data],
    }
    contents = [hashlib.sha256(site_files[path]).hexdigest() for path in data]
    version = hashlib.sha256(_json([listed, contents])).hexdigest()[:_VERSION_DIGITS]
    return _json({"version": version, **listed})


def _digests(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return [{"path": name, "sha256": hashlib.sha256(files[name]).hexdigest()} for name in sorted(files)]


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode("utf-8")
