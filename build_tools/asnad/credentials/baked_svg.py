"""
Credentials in SVG pictures: where they stand, and how they are put there.

This reads as much of XML as that needs, and resolves and loads nothing. The verifier's page has the same reader
(bakedSvg.ts), so that both give the same answer to the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_SVG = 4_194_304
MAX_DEPTH = 256
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_MAX_SPACE_BEFORE = 1_024
_WHITE_SPACE = " \t\r\n"
_NAME = re.compile(r"""[^ \t\r\n"'<>/=&]+""")
_SPACE = re.compile(r"[ \t\r\n]*")
_EQUALS = re.compile(r"[ \t\r\n]*=[ \t\r\n]*")
_END_TAG = re.compile(r"""</([^ \t\r\n"'<>/=&]+)[ \t\r\n]*>""")
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE[ \t\r\n][^<>\[\]]*>")
"""Without entities of its own: those can make much of little, or one text of another."""
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_COMPACT_JWS = re.compile(r"[A-Za-z0-9_.-]+")


class _Damaged(Exception):
    """The markup breaks a rule."""


def is_markup(data: bytes) -> bool:
    """
    Tell whether a file begins as markup does.

    Args:
        data: Any file.

    """
    head = data[: _MAX_SPACE_BEFORE + 3].removeprefix(b"\xef\xbb\xbf")[:_MAX_SPACE_BEFORE]
    return head.lstrip(_WHITE_SPACE.encode()).startswith(b"<")


def insert_into_svg(picture: str, credential: str) -> str:
    """
    Put a credential directly behind the start tag of a picture.

    Args:
        picture: Beginning with the start tag, which ends at the first ``>``.

        credential: JSON; ``]]>`` in it is divided among two sections, and whole again for whoever reads it.

    """
    start, end, rest = picture.partition(">")
    body = credential.replace("]]>", "]]]]><![CDATA[>")
    element = f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>"
    return f'{start} xmlns:openbadges="{NAMESPACE}"{end}{element}{rest}'


def credentials_in_svg(data: bytes) -> list[bytes] | None:
    """
    Find the credentials in an SVG picture.

    Args:
        data: Any markup.

    Returns:
        Of many, two; an empty list where it is other markup; None where it cannot be read.

    """
    if len(data) > MAX_SVG:
        return None
    try:
        return _SvgReader(data.decode("utf-8-sig")).credentials()
    except (UnicodeDecodeError, _Damaged):
        return None


@dataclass(slots=True)
class _Element:
    name: str
    namespaces: dict[str, str]
    """By the prefixes that this element itself declares."""


@dataclass(slots=True)
class _Baked:
    jws: str | None
    """What stands for the body of the element in its ``verify`` attribute."""
    parts: list[str] = field(default_factory=list)


class _SvgReader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[_Element] = []
        self._found: list[bytes] = []
        self._begun = False
        self._baked: _Baked | None = None
        """The element of the credential, while it is open."""

    def credentials(self) -> list[bytes]:
        while self._at < len(self._text):
            if self._text[self._at] != "<":
                self._characters()
            elif self._starts("<!--"):
                self._past("-->", 4)
            elif self._starts("<![CDATA["):
                self._section()
            elif self._starts("<?"):
                self._past("?>", 2)
            elif self._starts("<!"):
                self._document_type()
            elif self._starts("</"):
                self._end_tag()
            elif not self._start_tag():
                return []
        if not self._begun or self._open:
            raise _Damaged
        return self._found

    def _characters(self) -> None:
        end = self._text.find("<", self._at)
        text = self._text[self._at : end if end >= 0 else None]
        self._at += len(text)
        if (self._open and self._baked is None) or not text.strip(_WHITE_SPACE):
            return
        if self._baked is None:
            raise _Damaged
        self._baked.parts.append(_resolved(text))

    def _section(self) -> None:
        text = self._past("]]>", len("<![CDATA["))
        if not self._open:
            raise _Damaged
        if self._baked is not None:
            self._baked.parts.append(text)

    def _document_type(self) -> None:
        if self._begun or self._match(_DOCUMENT_TYPE) is None:
            raise _Damaged

    def _start_tag(self) -> bool:
        """Give False where the document is another one than a picture."""
        self._at += 1
        match = self._match(_NAME)
        if match is None or self._baked is not None or len(self._open) == MAX_DEPTH:
            raise _Damaged
        name = match[0]
        prefix, colon, local = name.partition(":")
        if not colon:
            prefix, local = "", name
        if not self._begun and local != "svg":
            return False
        if self._begun and not self._open:
            raise _Damaged
        self._begun = True
        namespaces, jws = self._attributes()
        self._open.append(_Element(name, namespaces))
        if local == "credential" and self._namespace(prefix) == NAMESPACE:
            self._baked = _Baked(jws)
        if self._starts("/"):
            self._at += 1
            self._close()
        if not self._starts(">"):
            raise _Damaged
        self._at += 1
        return True

    def _attributes(self) -> tuple[dict[str, str], str | None]:
        """Read up to ``>`` or ``/`` those that matter; the others must only be written well."""
        namespaces: dict[str, str] = {}
        jws: str | None = None
        apart = self._took_space()
        while not self._starts(">") and not self._starts("/"):
            match = self._match(_NAME)
            if not apart or match is None or self._match(_EQUALS) is None:
                raise _Damaged
            name = match[0]
            quote = self._text[self._at : self._at + 1]
            if quote not in ('"', "'"):
                raise _Damaged
            value = self._past(quote, 1)
            if "<" in value:
                raise _Damaged
            if name == "verify":
                if jws is not None:
                    raise _Damaged
                jws = value
            elif name == "xmlns" or name.startswith("xmlns:"):
                prefix = name[len("xmlns:") :]
                if prefix in namespaces or "&" in value:
                    raise _Damaged
                namespaces[prefix] = value
            apart = self._took_space()
        return namespaces, jws

    def _end_tag(self) -> None:
        match = self._match(_END_TAG)
        if match is None or not self._open or match[1] != self._open[-1].name:
            raise _Damaged
        self._close()

    def _close(self) -> None:
        self._open.pop()
        if self._baked is None:
            return
        jws, parts = self._baked.jws, self._baked.parts
        if jws is not None and (parts or not _COMPACT_JWS.fullmatch(jws)):
            raise _Damaged
        text = "".join(parts) if jws is None else jws
        if not text:
            raise _Damaged
        self._found = [*self._found, text.encode("utf-8")][:2]
        self._baked = None

    def _namespace(self, prefix: str) -> str | None:
        for element in reversed(self._open):
            if prefix in element.namespaces:
                return element.namespaces[prefix]
        return None

    def _starts(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match

    def _took_space(self) -> bool:
        match = self._match(_SPACE)
        return match is not None and match[0] != ""

    def _past(self, mark: str, length: int) -> str:
        """Give what stands before the next mark, and go on behind it."""
        start = self._at + length
        end = self._text.find(mark, start)
        if end < 0:
            raise _Damaged
        self._at = end + len(mark)
        return self._text[start:end]


def _resolved(text: str) -> str:
    """Put characters in the place of references, as a program leaves them that saves the picture anew."""
    if "&" in _REFERENCE.sub("", text):
        raise _Damaged
    return _REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name is not None:
        return _NAMED[name]
    point = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if point == 0 or point > 0x10FFFF or 0xD800 <= point < 0xE000:
        raise _Damaged
    return chr(point)
