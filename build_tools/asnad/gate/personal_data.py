"""Identity numbers, telephone numbers and e-mail addresses in a text, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from asnad.gate.text_files import line_of


class PersonalKind(StrEnum):
    """What may belong to a person."""

    IDENTITY = "identity number"
    PHONE = "phone number"
    EMAIL = "e-mail address"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDatum:
    """A number or address that may belong to a person."""

    kind: PersonalKind
    value: str
    """As it is compared: an identity number as 13 digits, a phone as its digits without 0 or + before, or an address
    in lower case."""
    line: int
    invented: bool
    """It can belong to nobody: no identity number begins with 0, and ``.example`` is kept for examples (RFC 2606)."""

    def masked(self) -> str:
        """Show enough of it to find it, and not all: what is said here may stand in a public log."""
        if self.kind is PersonalKind.EMAIL:
            local, _, domain = self.value.partition("@")
            return f"{local[0]}…@{domain}"
        return f"{self.value[:2]}…{self.value[-2:]}"


_EASTERN_DIGIT = re.compile(rb"\xdb[\xb0-\xb9]|\xd9[\xa0-\xa9]")
_HYPHEN = rb"(?:[- ]|\xe2\x80[\x90-\x95]|\xc2\xa0)"
_IDENTITY = re.compile(rb"[0-9]{5}(?:%(h)s[0-9]{7}%(h)s|[0-9]{7})[0-9](?![0-9A-Za-z_%%/-]|\.[0-9])" % {b"h": _HYPHEN})
_DIGITS_AS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_SEVEN_DIGITS = re.compile(rb"0000000+")
_LONGEST_RUN = 13
_BEFORE_SEVEN, _AFTER_SEVEN = 8, 5
"""Bytes of an identity number before and after its seven digits, with the longest of hyphens."""
_BEFORE_IDENTITY = re.compile(rb"[0-9A-Za-z_.+%#/-]")
_INTERNATIONAL = re.compile(rb"\+[0-9][0-9 ().-]{5,20}[0-9](?![0-9A-Za-z])")
_BEFORE_INTERNATIONAL = re.compile(rb"[0-9A-Za-z+/=_.]")
_NATIONAL = re.compile(
    rb"0(?:0[1-9][0-9 -]{7,16}[0-9]|[1-9][0-9]{1,3}\)?[ -]?[0-9]{3,4}[ -]?[0-9]{3,4})(?![0-9A-Za-z/-]|\.[0-9])"
)
_BEFORE_NATIONAL = re.compile(rb"[0-9A-Za-z+/=_.#%-]")
_DIALLING = (b"wa.me/", b"whatsapp.com/send?phone=", b"whatsapp.com/send/?phone=", b"tel:")
_DIALLED = re.compile(rb"(?:%2[Bb]|\+)?([0-9][0-9 ()-]{5,20}[0-9])")
_LOCAL_PART = re.compile(rb"[A-Za-z0-9._%+'-]{1,64}\Z")
_DOMAIN = re.compile(rb"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.)+([A-Za-z]{2,24})(?![A-Za-z0-9-])")
_RESERVED = re.compile(r"(?:.*\.)?(?:example|invalid|test|localhost|example\.(?:com|net|org))")
_OF_MACHINES = re.compile(r"git@.*|(?:.*\.)?no-?reply@.*|.*@(?:users\.)?noreply\..*")
_SUFFIXES_OF_FILES = frozenset(
    (b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"css", b"js", b"html", b"json", b"pdf", b"md")
)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_FIVE_ZEROS = "00000"


def find_personal_data(data: bytes) -> Iterator[PersonalDatum]:
    """
    Find what may belong to a person.

    Args:
        data: Text in UTF-8.

    """
    # A digit for a digit: the lines stay where they are.
    if b"\xdb" in data or b"\xd9" in data:
        data = _EASTERN_DIGIT.sub(lambda found: b"%d" % (found.group()[1] & 15), data)
    yield from _identity_numbers(data)
    yield from _phones(data)
    yield from _addresses(data)


def dialled(digits: str) -> str:
    """
    Write a phone number as it is compared: its digits, without the zeros that are dialled before a number.

    Args:
        digits: As anybody writes it.

    """
    return re.sub(r"\D", "", digits).lstrip("0")


def _identity_numbers(data: bytes) -> Iterator[PersonalDatum]:
    # Where digits are many is found much faster than the pattern, and every identity number has seven in a row.
    for run in _SEVEN_DIGITS.finditer(data.translate(_DIGITS_AS_ZERO)):
        first = max(0, run.start() - _BEFORE_SEVEN)
        found = _IDENTITY.search(data, first, run.end() + _AFTER_SEVEN) if len(run.group()) <= _LONGEST_RUN else None
        if found is None or (found.start() and _BEFORE_IDENTITY.match(data, found.start() - 1)):
            continue
        digits = re.sub(rb"[^0-9]", b"", found.group()).decode("ascii")
        # Thirteen digits that begin with 9 are the number of a book.
        if not (len(found.group()) == len(digits) and digits.startswith("9")):
            line = line_of(data, found.start())
            yield PersonalDatum(kind=PersonalKind.IDENTITY, value=digits, line=line, invented=digits.startswith("0"))


def _phones(data: bytes) -> Iterator[PersonalDatum]:
    forms = ((_INTERNATIONAL, _BEFORE_INTERNATIONAL), (_NATIONAL, _BEFORE_NATIONAL))
    places = [
        (found.start(), found.group())
        for pattern, before in forms
        for found in pattern.finditer(data)
        if not (found.start() and before.match(data, found.start() - 1))
    ]
    for mark in _DIALLING:
        for end in _ends(data, mark):
            if found := _DIALLED.match(data, end):
                places.append((found.start(1), found.group(1)))
    seen = set()
    for start, text in sorted(places):
        digits = dialled(text.decode("ascii"))
        datum = PersonalDatum(
            kind=PersonalKind.PHONE, value=digits, line=line_of(data, start), invented=_FIVE_ZEROS in digits
        )
        if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS and datum not in seen:
            seen.add(datum)
            yield datum


def _ends(data: bytes, mark: bytes) -> Iterator[int]:
    start = data.find(mark)
    while start >= 0:
        yield start + len(mark)
        start = data.find(mark, start + len(mark))


def _is_uid(data: bytes, at: int) -> bool:
    # An event in a calendar has a number that looks like an address (RFC 5545 §3.8.4.7).
    return data.startswith(b"UID:", data.rfind(b"\n", 0, at) + 1)


def _addresses(data: bytes) -> Iterator[PersonalDatum]:
    for at in (end - 1 for end in _ends(data, b"@")):
        local = _LOCAL_PART.search(data[max(0, at - 64) : at])
        domain = _DOMAIN.match(data, at + 1, at + 256)
        if local and domain and domain.group(1).lower() not in _SUFFIXES_OF_FILES and not _is_uid(data, at):
            value = (local.group() + b"@" + domain.group()).decode("ascii").lower().lstrip(".'-+%")
            if not _OF_MACHINES.fullmatch(value):
                invented = _RESERVED.fullmatch(value.rpartition("@")[2]) is not None
                yield PersonalDatum(kind=PersonalKind.EMAIL, value=value, line=line_of(data, at), invented=invented)
