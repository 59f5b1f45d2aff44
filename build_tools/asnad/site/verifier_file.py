"""
The verifier as one file, which works from a USB stick: page, script, words, and all that the centre has signed.

It asks nobody for anything. What it knows ends with the day on which it was made, and it says so.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from asnad.errors import PublicationError
from asnad.messages import Messages
from asnad.site.verifier_page import (
    CODE_READER,
    ONE_FILE,
    READ_BY_VERIFIER,
    PinnedIssuer,
    drawn_page,
    escaped_json,
    issuers_json,
    messages_script,
    page_languages,
    require_parts,
    tool_words_script,
)

PATH = ONE_FILE
TEMPLATE = "file.html.j2"
_PARTS = (TEMPLATE, "icon.svg", "verifier.css", "verifier.js", "tools.js", *CODE_READER)
_VERSION_DIGITS = 16
# What could end an element that holds a script or a style, or begin a comment in it; a carriage return would be
# read as a line feed, and the hash in the policy would not fit any more.
_ENDS_ELEMENT = re.compile(rb"</(script|style)|<!--|\r", re.IGNORECASE)


def verifier_file(
    bundle: Mapping[str, bytes],
    *,
    issuers: tuple[PinnedIssuer, ...],
    site_files: Mapping[str, bytes],
    messages: Mapping[str, Messages],
    sections: Mapping[str, Mapping[str, object]],
    as_of: date,
) -> bytes:
    """
    Make the one file; the same arguments always give the same bytes.

    Args:
        bundle: `TEMPLATE`, script, style sheet and icon, by name.

        issuers: Whose certificates it checks, the centre first; all of their files lie below its site.

        site_files: The site's files by path; those that the verifier reads go in.

        messages: Section ``verifier`` by language; the first is the one the page has before its script runs.

        sections: The same, nested as the files of messages have it; what is below ``file`` replaces the words of a page
            that can ask its site.

        as_of: Day on which the newest of these files was signed.

    Raises:
        PublicationError: A part of the bundle is missing or cannot lie inside a page.

    """
    require_parts(bundle, _PARTS)
    program, style = bundle["verifier.js"].rstrip(b"\n"), bundle["verifier.css"]
    words = messages_script({code: _words_of_file(section) for code, section in sections.items()})
    tool_words, tools = tool_words_script(sections), bundle["tools.js"].rstrip(b"\n")
    scripts = {"words": words, "tool words": tool_words, "tools.js": tools, "verifier.js": program}
    code_reader = bundle[CODE_READER[0]].rstrip(b"\n")
    for name, content in (*scripts.items(), (CODE_READER[0], code_reader), ("verifier.css", style)):
        found = _ENDS_ELEMENT.search(content)
        if found:
            raise PublicationError(
                f"expected nothing that could end its element in a page, found {found[0]!r}", place=f"verifier: {name}"
            )
    held = {
        issuers[0].base + path: base64.b64encode(data).decode("ascii")
        for path, data in sorted(site_files.items())
        if READ_BY_VERIFIER.fullmatch(path)
    }
    # Nothing of these can be read as markup: that was looked for above, or is escaped as JSON has it.
    return drawn_page(
        bundle[TEMPLATE],
        languages=page_languages(messages),
        version=hashlib.sha256(bundle["verifier.js"]).hexdigest()[:_VERSION_DIGITS],
        script_hashes=Markup(" ".join(map(_source_hash, scripts.values()))),  # noqa: S704
        style_hash=Markup(_source_hash(style)),  # noqa: S704
        icon="data:image/svg+xml;base64," + base64.b64encode(bundle["icon.svg"]).decode("ascii"),
        style=Markup(style.decode("utf-8")),  # noqa: S704
        issuers=issuers_json(issuers),
        as_of=as_of.isoformat(),
        held=Markup(escaped_json(held)),  # noqa: S704
        code_reader=CODE_READER,
        code_reader_script=Markup(code_reader.decode("utf-8")),  # noqa: S704
        code_reader_program=base64.b64encode(bundle[CODE_READER[1]]).decode("ascii"),
        scripts=[Markup(content.decode("utf-8")) for content in scripts.values()],  # noqa: S704
    )


def _source_hash(content: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode('ascii')}'"


def _words_of_file(section: Mapping[str, object]) -> dict[str, object]:
    words = {name: words for name, words in section.items() if name not in ("file", "moved", "tools")}
    other = section.get("file")
    return _laid_over(words, other) if isinstance(other, dict) else words


def _laid_over(words: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    laid = dict(words)
    for name, word in other.items():
        below = laid.get(name)
        laid[name] = _laid_over(below, word) if isinstance(below, dict) and isinstance(word, dict) else word
    return laid
