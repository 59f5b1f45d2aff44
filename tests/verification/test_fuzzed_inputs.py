"""Ten thousand inputs that nobody would write: each gets a report, none raises, and none is another certificate."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.carriers.received import verify_digits, verify_received
from asnad.credentials.contexts import load_contexts
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import without
from asnad.verification.outcome import Check, Outcome
from asnad.verification.verify import verify_document
from small_issuer import DICTIONARY, NOW, credential_document, digits, published, signed, trust

HELD = trust(published())
FILE = canonical_json(signed(credential_document()))
PAYLOAD = decode_digits(digits(signed(credential_document())))
DOCUMENT = canonical_json(credential_document() | {"proof": [{"type": "DataIntegrityProof"}]})
PIECES = [
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u", b"\\ud800", b"null", b"true", b"-0", b"1e999"),
    *(
        b"9" * 400,
        b" ",
        b"\n",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\0",
        b'"@context"',
        b'"proof"',
        b'"__proto__"',
        b"#",
        b"%23",
    ),
    *(b"https://small.example/v/#", "۱۲۳".encode(), "١٢٣".encode(), b"[" * 40, b'{"a":' * 40),
]
TEXTS = ["", "\n", "\x00", "\u202e", "\ud800", "é", "e\u0301", "😂", "9" * 5_000, "a" * 30_000, "javascript:a"]


def random_bytes(drawn: random.Random) -> bytes:
    return drawn.randbytes(drawn.randrange(300))


def pieces_of_json_and_links(drawn: random.Random) -> bytes:
    return b"".join(drawn.choices(PIECES, k=drawn.randrange(30)))


def numbers_of_any_length(drawn: random.Random) -> bytes:
    text = "".join(drawn.choices("0123456789", k=drawn.choice((drawn.randrange(40), drawn.randrange(4_200)))))
    at = drawn.randrange(len(text) + 1)
    odd = drawn.choice(("", "", "", " ", "-", "\r\n", "\t", "O", "٣", "#", "."))
    return (drawn.choice(("", "#", "https://small.example/v/#", "%23")) + text[:at] + odd + text[at:]).encode()


def arbitrary_json(drawn: random.Random) -> bytes:
    def value(depth: int) -> Any:
        kind = drawn.randrange(9 if depth else 6)
        if kind < 2:
            return drawn.choice(TEXTS)
        if kind < 4:
            return drawn.choice((None, True, 0, -1, 1.5, 1e-7, 2**53, 2**64, 10**400))
        if kind < 6:
            return drawn.choice(("VerifiableCredential", "did:web:small.example", "eddsa-jcs-2022", "z6Mk"))
        if kind == 6:
            return [value(depth - 1) for _ in range(drawn.randrange(5))]
        return {drawn.choice((*NAMES, *TEXTS[:7])): value(depth - 1) for _ in range(drawn.randrange(6))}

    return json.dumps({name: value(4) for name in drawn.sample(NAMES, drawn.randrange(len(NAMES)))}).encode()


NAMES = sorted(credential_document().keys() | {"proof", "__proto__", "constructor", "cryptosuite", "proofValue", "a"})


def broken_files(drawn: random.Random) -> bytes:
    data = bytearray(FILE)
    for _ in range(drawn.randrange(1, 4)):
        at = drawn.randrange(len(data))
        data[at : at + drawn.choice((0, 1, 1, 40))] = drawn.choice(PIECES)
    return bytes(data)


def payloads_with_any_stream(drawn: random.Random) -> bytes:
    level, strategy = drawn.randrange(10), drawn.randrange(5)
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy, DICTIONARY)
    at = drawn.randrange(len(DOCUMENT))
    written = drawn.choice((DOCUMENT[:at], DOCUMENT[:at] + drawn.choice(PIECES) + DOCUMENT[at:], b"\0" * 20_000))
    stream = bytearray(compressor.compress(written) + compressor.flush())
    for _ in range(drawn.randrange(3)):
        stream[drawn.randrange(len(stream))] = drawn.randrange(256)
    if drawn.randrange(4) == 0:
        stream = bytearray(drawn.randbytes(drawn.randrange(1, 200)))
    return encode_digits(PAYLOAD[: drawn.choice((69, 69, 69, 5, 133))] + stream).encode()


FAMILIES: dict[Callable[[random.Random], bytes], int] = {
    random_bytes: 1_000,
    pieces_of_json_and_links: 2_000,
    numbers_of_any_length: 1_500,
    arbitrary_json: 2_000,
    broken_files: 1_500,
    payloads_with_any_stream: 2_000,
}


def test_there_are_ten_thousand_of_them() -> None:
    assert sum(FAMILIES.values()) == 10_000


@pytest.mark.parametrize("family", FAMILIES, ids=[family.__name__ for family in FAMILIES])
def test_whatever_is_given_there_is_a_report_and_no_other_certificate(
    family: Callable[[random.Random], bytes],
) -> None:
    drawn = random.Random(family.__name__)
    contexts = load_contexts()
    for _ in range(FAMILIES[family]):
        data = family(drawn)
        reports = [verify_received(data, HELD, NOW, contexts)]
        # What does not look like a file, or like digits, may be given as one all the same.
        reports += [verify_document(data, HELD, NOW), verify_digits(data.decode("utf-8", "surrogateescape"), HELD, NOW)]
        for report in reports:
            assert [check.check for check in report.checks] == list(Check)
            if report.credential is None:
                assert report.outcome in (Outcome.CANNOT_CHECK, Outcome.UNKNOWN_ISSUER, Outcome.INVALID), data
            else:
                # White space between, or letters of the rdfc proof, which is not read.
                assert without(report.credential, "proof") == credential_document(), data
