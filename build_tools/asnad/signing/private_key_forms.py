"""
The forms in which a private key may stray into a file: what the build, the gate and the pages look for.

Sources: RFC 7468 §10–11 and OpenSSH PROTOCOL.key (PEM), RFC 7517 and RFC 8037 (JWK), RFC 5208, RFC 5958 and RFC 8410
(PKCS #8), RFC 7292 (PKCS #12), Controlled Identifiers 1.0 §2.2.2 and the multicodec table (Multikey).
"""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from asnad.signing.key_file import KEY_FILE_TYPE
from asnad.signing.sealed_stream import BACKUP_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayKey:
    """A private key in a file."""

    form: str
    """For people, such as ``a private key in PEM``."""
    offset: int
    """Of its first known byte; in a file of UTF-16, of the text without its zero bytes."""


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    marks: tuple[bytes, ...]
    """One of them stands in every key of this form; they are found much faster than the pattern."""
    pattern: re.Pattern[bytes] | None = None
    """What must fit besides; it may begin before the mark."""
    before: int = 0
    """How many bytes before the mark it may begin."""
    key_follows: bool = False
    """The mark alone is none: programs that read keys have it too."""


@dataclass(frozen=True, slots=True)
class _Object:
    name: str
    mark: bytes
    kind: re.Pattern[bytes]
    """The member that says what it is; it has the mark in it."""
    secret: re.Pattern[bytes]
    """The member without which it is no private key."""


def _encodings(data: bytes) -> tuple[bytes, ...]:
    """Write bytes as they look raw, in hexadecimal, and in base64 at each of its three alignments."""
    texts = []
    for shift in range(3):
        # Letters that also depend on the bytes before or after are left out.
        whole = base64.b64encode(bytes(shift) + data)[(shift * 8 + 5) // 6 : (shift + len(data)) * 8 // 6]
        texts += [whole, whole.replace(b"+", b"-").replace(b"/", b"_")]
    return tuple(dict.fromkeys((data, data.hex().encode("ascii"), data.hex().upper().encode("ascii"), *texts)))


def _base64_of(text: bytes) -> tuple[bytes, ...]:
    return tuple(mark for mark in _encodings(text)[1:] if mark.lower() != text.hex().encode("ascii"))


_QUOTE = rb"""\\{0,4}["']"""
_MEMBER = rb"(?<![A-Za-z])%s" + _QUOTE + rb"?\s*:\s*" + _QUOTE + rb"?"
_BASE58 = rb"[1-9A-HJ-NP-Za-km-z]"
_MULTIKEY = rb"(?<!%s)%%s(?!%s)" % (_BASE58, _BASE58)
_BRACE = re.compile(rb"[{}]")
_BROKEN = re.compile(
    rb"\n(?:(?<=%(letters)s{16}\n)|(?<=%(letters)s{16}\r\n))%(letters)s" % {b"letters": rb"[0-9A-Za-z+/_-]"}
)
_TEXT_OF_KEY = re.compile(rb"[0-9A-Za-z+/_-]*")
_SHORTEST_KEY = 32
"""Bytes, or letters of base64 or hexadecimal, that follow the beginning of a key at least."""
_WIDEST = 8000
"""Bytes around a mark in which the rest of a key is looked for."""

_FORMS = (
    _Form(
        "a private key in PEM",
        (b"PRIVATE KEY",),
        re.compile(rb"-----? ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-----?"),
        before=60,
    ),
    _Form("a private key in PEM, as base64", _base64_of(b"PRIVATE KEY-----")),
    _Form("an OpenSSH private key", (b"openssh-key-v1\0", *_base64_of(b"openssh-key-v1\0"))),
    _Form(
        "a private key as Multikey",
        (b"z3", b"z42"),
        re.compile(_MULTIKEY % (rb"z(?:3u2|3vL|3we|42[tu])%s{44}" % _BASE58)),
    ),
    _Form("a private key as Multikey", (b"z2fa",), re.compile(_MULTIKEY % (rb"z2fa%s{66}" % _BASE58))),
    _Form(
        "a private key as Multikey", (b"zruz", b"zrv"), re.compile(_MULTIKEY % (rb"zr(?:uz|v[1-5])%s{87}" % _BASE58))
    ),
    _Form(
        "a private key as Multikey",
        (b"ugC",),
        re.compile(rb"(?<![A-Za-z0-9_-])ugC[YZab](?:[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{85})(?![A-Za-z0-9_-])"),
    ),
    _Form(
        "a private key in a DID document",
        (b"secretKey", b"privateKey"),
        re.compile(
            rb"(?:secret|private)Key(?:Multibase|Base58|Base64|Hex|Jwk)%s?\s*:\s*(?:%s[A-Za-z0-9+/=_-]{20}|\{)"
            % (_QUOTE, _QUOTE)
        ),
    ),
    _Form("a key file of Asnad, as base64", _base64_of(b'"type":"' + KEY_FILE_TYPE.encode("ascii"))),
    _Form(
        "a backup with private keys",
        (BACKUP_TYPE.encode("ascii"),),
        re.compile(_MEMBER % b"type" + BACKUP_TYPE.encode("ascii") + _QUOTE),
        before=40,
    ),
    _Form(
        "an age secret key",
        (b"AGE-SECRET-KEY-", b"age-secret-key-"),
        re.compile(rb"(?i:age-secret-key-(?:pq-)?1[02-9ac-hj-np-z]{50})"),
    ),
    _Form("a private key of PuTTY", (b"PuTTY-User-Key-File-",), re.compile(rb"PuTTY-User-Key-File-[0-9]+:")),
    _Form(
        "a secret key of minisign or signify",
        (b"untrusted comment:",),
        re.compile(rb"untrusted comment:[^\n]{0,200}secret[ ]key"),
    ),
)


_OBJECTS = (
    _Object(
        "a private key as JWK",
        b"kty",
        re.compile(_MEMBER % b"kty" + rb"(?:OKP|EC|RSA|oct|AKP)\b"),
        re.compile(_MEMBER % b"(?:d|k|priv)" + rb"[A-Za-z0-9_-]{20}"),
    ),
    _Object(
        "a key file of Asnad",
        KEY_FILE_TYPE.encode("ascii"),
        re.compile(_MEMBER % b"type" + KEY_FILE_TYPE.encode("ascii") + _QUOTE),
        re.compile(_MEMBER % b"ciphertext"),
    ),
)
# Written with gaps, so that this file does not look like a key itself.
_CURVES = (
    _Form(
        "a private key in PKCS #8 (Ed25519)", _encodings(bytes.fromhex("30050603 2b657004 220420")), key_follows=True
    ),
    _Form("a private key in PKCS #8 (X25519)", _encodings(bytes.fromhex("30050603 2b656e04 220420")), key_follows=True),
)
_ELLIPTIC = (
    _Form(
        "a private key in PKCS #8 (EC)",
        _encodings(bytes.fromhex("02010030 1306072a 8648ce3d 02010608 2a8648ce 3d0301")),
    ),
    _Form(
        "a private key in PKCS #8 (EC)",
        _encodings(bytes.fromhex("02010030 1006072a 8648ce3d 02010605 2b810400")),
        key_follows=True,
    ),
)
_PKCS = (
    _Form(
        "a private key in PKCS #8 (RSA)",
        _encodings(bytes.fromhex("02010030 0d06092a 864886f7 0d010101 05000482")),
        key_follows=True,
    ),
    _Form(
        "an encrypted private key in PKCS #8 or #12",
        _encodings(bytes.fromhex("06092a86 4886f70d 01050d")),
        key_follows=True,
    ),
    _Form("a private key in PKCS #12", _encodings(bytes.fromhex("060b2a86 4886f70d 010c0a01 02")), key_follows=True),
)
_FAMILIES: tuple[tuple[tuple[bytes, ...], tuple[_Form, ...]], ...] = (
    (_encodings(bytes.fromhex("30050603 2b65")), _CURVES),
    (_encodings(bytes.fromhex("2a8648ce 3d0201")), _ELLIPTIC),
    (_encodings(bytes.fromhex("2a864886 f70d01")), _PKCS),
)
"""Forms in DER, in whatever way it is written, each with what all keys of the family have in common."""


def find_private_keys(data: bytes) -> Iterator[StrayKey]:
    """
    Find private keys in a file, each form once.

    Args:
        data: Any file; text in UTF-8 or UTF-16, or binary.

    Yields:
        What was found, in the order of the forms.

    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.replace(b"\0", b"")
    found = set()
    for form in _forms_to_look_for(data):
        offset = _find(form, data)
        if offset is not None:
            found.add(form.name)
            yield StrayKey(form=form.name, offset=offset)
    for object_form in _OBJECTS:
        offset = _find_object(object_form, data)
        if offset is not None:
            yield StrayKey(form=object_form.name, offset=offset)
    if _BROKEN.search(data):
        yield from (key for key in _find_broken(data) if key.form not in found)


def _forms_to_look_for(data: bytes) -> Iterator[_Form]:
    yield from _FORMS
    for common, forms in _FAMILIES:
        if any(mark in data for mark in common):
            yield from forms


def _find(form: _Form, data: bytes) -> int | None:
    for mark in form.marks:
        start = data.find(mark)
        while start >= 0:
            if form.pattern is not None:
                found = form.pattern.search(data, max(0, start - form.before), start + _WIDEST)
                if found:
                    return found.start()
            elif not form.key_follows or _key_follows(data, start + len(mark), mark is form.marks[0]):
                return start
            start = data.find(mark, start + len(mark))
    return None


def _key_follows(data: bytes, place: int, raw: bool) -> bool:
    rest = data[place : place + _SHORTEST_KEY]
    return len(rest) == _SHORTEST_KEY and (raw or _TEXT_OF_KEY.fullmatch(rest) is not None)


def _find_broken(data: bytes) -> Iterator[StrayKey]:
    """Find base64 and hexadecimal that a line break goes through; the place is not told."""
    joined = data.translate(None, b"\r\n")
    for form in _forms_to_look_for(joined):
        if form.pattern is None and _find(form, joined) is not None:
            yield StrayKey(form=form.name, offset=0)


def _find_object(form: _Object, data: bytes) -> int | None:
    start = data.find(form.mark)
    while start >= 0:
        first, last = _object_around(data, start)
        if form.kind.search(data, max(0, start - 20), start + 40) and form.secret.search(data, first, last):
            return start
        start = data.find(form.mark, start + len(form.mark))
    return None


def _object_around(data: bytes, place: int) -> tuple[int, int]:
    """Give the bounds of the innermost braces around a place; where there are none, such as in YAML, all around it."""
    first, last = max(0, place - _WIDEST), min(len(data), place + _WIDEST)
    depth = 0
    for brace in reversed(list(_BRACE.finditer(data, first, place))):
        depth += 1 if brace.group() == b"}" else -1
        if depth < 0:
            first = brace.start()
            break
    depth = 0
    for brace in _BRACE.finditer(data, place, last):
        depth += 1 if brace.group() == b"{" else -1
        if depth < 0:
            last = brace.end()
            break
    return first, last
