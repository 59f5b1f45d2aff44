"""
No page says of a certificate that it is good: only a verifier that the reader opened may, and only after a check.

Anyone can make a page that says “valid”; so a page of ours that said it, unchecked, would teach people to believe it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from asnad.gate.finding import Finding
from asnad.gate.text_files import line_of

_WORDS = (
    *("verified", "valid", "genuine", "authentic", "data-outcome"),
    *("تصدیق شدہ", "درست", "مستند", "اصلی", "معتبر"),
    *("geverifieerd", "gevalideerd", "geldig", "echt", "authentiek"),
    *("жарамды", "түпнұсқа", "расталған", "расталды", "шынайы", "нағыз"),
)
# Pages are searched as bytes, of which lower() knows ASCII alone.
_MARKS = tuple(dict.fromkeys(form.encode() for word in _WORDS for form in (word, word.capitalize(), word.upper())))
_GOOD = r"(?:verified|valid|validated|genuine|authentic|authenticated)"
_THING = r"(?:certificate|credential|micro-credential|badge|diploma|document|signature)"
_MANNER = r"(?:(?:digitally|officially|cryptographically|fully|currently|is|has been|was|successfully|been) )*"
_GOOD_URDU = r"(?:تصدیق شدہ|درست|مستند|اصلی|معتبر)"
_THING_URDU = r"(?:سند|سرٹیفکیٹ|سرٹیفیکیٹ|دستاویز|دستخط|مائیکرو کریڈینشل)"
_GOOD_DUTCH = r"(?:geverifieerde?|gevalideerde?|geldige?|echte?|authentieke?)"
_THING_DUTCH = r"(?:certificaat|bewijs|micro-?credential|badge|diploma|document|getuigschrift|handtekening)"
_MANNER_DUTCH = r"(?:(?:digitaal|officieel|cryptografisch|volledig|momenteel|is|een|werd|met succes) )*"
_GOOD_KAZAKH = r"(?:түпнұсқалығы расталды|түпнұсқалығы расталған|жарамды|түпнұсқа|расталған|расталды|шынайы|нағыз)"
_THING_KAZAKH = r"(?:(?:сертификат|куәлік|микробіліктілік|диплом|құжат|қолтаңба)(?:тың|ның|ы|сы)?|куәлігі)"
_CLAIM = re.compile(
    rf"(?:(?:this|the|your) )?(?:{_THING} )?{_MANNER}{_GOOD}(?: {_THING})?(?: and {_GOOD})?"
    rf"|(?:یہ )?(?:{_THING_URDU} )?{_GOOD_URDU}(?: {_THING_URDU})?(?: (?:ہے|ہیں|ہو چکی ہے|کی گئی ہے))?"
    rf"|(?:(?:dit|deze|het|de|uw) )?(?:{_THING_DUTCH} )?{_MANNER_DUTCH}{_GOOD_DUTCH}(?: {_THING_DUTCH})?"
    rf"(?: en {_GOOD_DUTCH})?(?: bevonden)?"
    rf"|(?:(?:бұл|осы|сіздің) )?(?:{_THING_KAZAKH} )?{_GOOD_KAZAKH}(?: {_THING_KAZAKH})?"
    rf"(?: және {_GOOD_KAZAKH})?(?: (?:болып табылады|деп танылды))?"
)
_OUTCOME_WORDS = frozenset(("valid", "genuine", "درست", "اصلی", "geldig", "echt", "жарамды", "түпнұсқа"))
"""Alone they are a claim on a certificate; on another page they may stand in a table of what the verifier answers."""
_PHRASES = re.compile(r"[.,;:!|()\[\]–—·•\n\t۔،؛؟?*_#>`~/]|(?<= )-(?= )")
# Ticks and seals go; what stands in quotation marks is quoted, and nobody's claim.
_SYMBOLS = re.compile(r"[^\w\s\"'“”‘’„«»&-]|\ufe0f|\u200d")
_ATTRIBUTE = re.compile(rb"""(?:alt|title|aria-label|content)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_OUTCOME = re.compile(rb"""\sdata-outcome=["']?[a-z]""", re.IGNORECASE)
_PICTURE = re.compile(
    rb"""(?:src|srcset|href)=["']?[^"'>]*(?<![a-z])verified(?![a-z])[^"'>]*\.[a-z]{3,4}""", re.IGNORECASE
)
_LONGEST_TEXT = 2000


def says_nothing_of_validity(path: str) -> bool:
    """
    Tell whether a file of the site is a static page; the verifier's own pages hold the words of every outcome.

    Args:
        path: Below the site.

    """
    verifier = path.startswith("v/") or path == "verifier.html"
    return path.endswith((".html", ".svg")) and not verifier


def verdict_claims(file: str, data: bytes, *, certificate: bool) -> Iterator[Finding]:
    """
    Refuse a page that calls a certificate verified, valid or genuine.

    A label, a sentence of its own, an alternative text or the name of a picture is a claim; a sentence that says how,
    whether or until when is none.

    Args:
        file: Of the page.

        data: HTML, SVG or Markdown.

        certificate: The page shows one.

    """
    seen = set()
    for offset, claim in sorted(_claims(data)):
        line = line_of(data, offset)
        if (line, claim) not in seen and (certificate or claim.lower() not in _OUTCOME_WORDS):
            seen.add((line, claim))
            yield Finding(
                file=file,
                line=line,
                expected="no page that says what only a check can say",
                found=f"“{claim}”",
                repair="take it out, and let the page lead to the verifier instead",
            )


def _claims(data: bytes) -> Iterator[tuple[int, str]]:
    lowered = data.lower()
    for mark in _MARKS:
        start = lowered.find(mark)
        while start >= 0:
            opened, closed = lowered.rfind(b"<", 0, start), lowered.rfind(b">", 0, start)
            if opened > closed:
                end = lowered.find(b">", start) + 1 or len(data)
                claims = _claims_of_tag(data[opened:end])
            else:
                end = lowered.find(b"<", start)
                end = len(data) if end < 0 else end
                claims = _claims_in(_line_around(data, start, max(opened, closed) + 1, end))
            yield from ((start, claim) for claim in claims)
            start = lowered.find(mark, start + len(mark))


def _line_around(data: bytes, place: int, first: int, last: int) -> bytes:
    """Give the text around a place; of a long one its line, of a very long line nothing."""
    if last - first > _LONGEST_TEXT:
        first = max(first, data.rfind(b"\n", first, place) + 1)
        end = data.find(b"\n", place, last)
        last = last if end < 0 else end
    return data[first:last] if last - first <= _LONGEST_TEXT else b""


def _claims_of_tag(tag: bytes) -> Iterator[str]:
    if _OUTCOME.search(tag):
        yield "data-outcome"
    if _PICTURE.search(tag) and tag[:3].lower() != b"<a ":
        yield "a picture named verified"
    for found in _ATTRIBUTE.finditer(tag):
        yield from _claims_in(found.group(1) or found.group(2) or b"")


def _claims_in(text: bytes) -> Iterator[str]:
    for phrase in _PHRASES.split(html.unescape(text.decode("utf-8", "replace"))):
        plain = " ".join(_SYMBOLS.sub(" ", phrase).split()).strip("- ")
        if _CLAIM.fullmatch(plain.lower()):
            yield plain
