"""Certificates, codes and published files made to take as much memory as can be."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.issuers.keys_file import FrozenList, KeyState
from asnad.issuers.notices import Notice, NoticeState, notices_json
from asnad.proofs.canonical_json import canonical_json
from asnad.status.bitstring import MAX_BITS, empty_bits
from small_issuer import (
    DID,
    ISSUING,
    KEYS,
    LIST,
    STATUS_LIST,
    credential_document,
    digits,
    published,
    signed,
    with_manifest,
)

FILE_LIMIT = 65_536
NOTICES_LIMIT = 4_194_304
CERTIFICATE = canonical_json(signed(credential_document()))


def filled(piece: bytes, size: int = FILE_LIMIT, between: bytes = b"", start: bytes = b"", end: bytes = b"") -> bytes:
    """Repeat a piece until a file is as large as it may be."""
    count = (size - len(start) - len(end) + len(between)) // (len(piece) + len(between))
    return start + between.join([piece] * count) + end


def nasty_documents() -> Iterator[tuple[str, bytes]]:
    """Files of the largest size, and far beyond it."""
    members = b",".join(b'"%04x":0' % number for number in range(FILE_LIMIT // 9))
    yield "brackets", filled(b"[")
    yield "braces", filled(b'{"a":')
    yield "closed brackets", filled(b"[]", between=b",", start=b"[", end=b"]")
    yield "empty objects", filled(b"{}", between=b",", start=b"[", end=b"]")
    yield "deep arrays", filled(b"[" * 30 + b"]" * 30, between=b",", start=b"[", end=b"]")
    yield "members", b"{" + members + b"}"
    yield "escapes", filled(b"\\u0041", start=b'"', end=b'"')
    yield "one number", filled(b"9")
    yield "small numbers", filled(b"1e-6", between=b",", start=b"[", end=b"]")
    yield "white space", filled(b" ", end=CERTIFICATE)
    yield "five million brackets", b"[" * 5_000_000


def nasty_digits() -> Iterator[tuple[str, str]]:
    """Digits of the largest number, far beyond it, and such as stand for bombs."""
    start = decode_digits(digits(signed(credential_document())))[:69]
    yield "nines", "9" * 4_000
    yield "five million nines", "9" * 5_000_000
    yield "five million spaces", " " * 5_000_000
    for name, content in (("zeros", b"\0"), ("brackets", b"["), ("nines", b"9")):
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        stream = compressor.compress(content * 1_550_000) + compressor.flush()
        yield f"bomb of {name}", encode_digits(start + stream)


def nasty_publications() -> Iterator[tuple[str, dict[str, bytes]]]:
    """What an issuer that means harm may sign, each within its limit and vouched for by its manifest."""
    good = published()
    yield "longest list", published(status_list=replace(STATUS_LIST, bits=empty_bits(MAX_BITS)))
    yield "list that is a bomb", published(status_list=replace(STATUS_LIST, bits=bytes(128_000_000)))
    for path, limit in (("asnad/keys.json", 262_144), ("asnad/manifest.json", 1_048_576), (LIST, 262_144)):
        yield f"{path} of brackets", good | {path: filled(b"[", limit)}
        yield f"{path} of numbers", good | {path: filled(b"0", limit, b",", b"[", b"]")}
    many = tuple(
        Notice(digest=sha256(number.to_bytes(4)).digest(), state=NoticeState.WITHDRAWN, day=date(2026, 6, 2))
        for number in range(34_000)
    )
    notices = notices_json(DID, many)
    assert NOTICES_LIMIT - 200_000 < len(notices) <= NOTICES_LIMIT
    yield "most notices", with_manifest(good | {"asnad/notices.json": notices})
    numbers = filled(b"0", NOTICES_LIMIT, b",", b"[", b"]")
    yield "notices of numbers", with_manifest(good | {"asnad/notices.json": numbers})
    frozen = bytes(NOTICES_LIMIT)
    stolen = replace(KEYS.keys[0], state=KeyState.COMPROMISED)
    named = FrozenList(key=ISSUING.key_id, sha256=sha256(frozen).digest(), length=len(frozen))
    keys = replace(KEYS, keys=(stolen, *KEYS.keys[1:]), frozen=(named,))
    yield "longest frozen list", with_manifest(published(keys) | {"asnad/frozen/key.bin": frozen})
