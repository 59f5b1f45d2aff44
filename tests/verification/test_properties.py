"""Whatever bit is flipped, no verdict is good for anything but the certificate that was signed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.carriers.payload import PayloadFormat
from asnad.carriers.received import verify_digits, verify_received
from asnad.credentials.contexts import load_contexts
from asnad.instant import format_instant
from asnad.proofs import eddsa_jcs_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions, without
from asnad.status.bitstring import with_bit
from asnad.verification.outcome import Check, Outcome, Result
from asnad.verification.report import Report
from asnad.verification.verify import verify_document
from small_issuer import (
    ISSUED,
    ISSUING,
    LIST,
    NOW,
    STATUS_LIST,
    STRANGER,
    credential_document,
    digits,
    published,
    signed,
    trust,
)

CREDENTIAL = signed(credential_document())
FILE = canonical_json(CREDENTIAL)
WITHDRAWN = 5
"""Place in the list of a certificate that was withdrawn."""
FILES = published(status_list=replace(STATUS_LIST, bits=with_bit(STATUS_LIST.bits, WITHDRAWN)))
GOOD = (Outcome.VALID, Outcome.DEMONSTRATION)
POSITIONS = 500
"""Sampled of each file, with a fixed seed; of payloads every bit is flipped."""


def flipped(data: bytes, seed: str | None = None) -> list[bytes]:
    """Flip one bit at each of the positions that a seed draws; without one, at every position."""
    bits: Sequence[int] = range(len(data) * 8)
    if seed is not None:
        bits = random.Random(seed).sample(bits, min(POSITIONS, len(bits)))
    copies = []
    for bit in bits:
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        copies.append(bytes(changed))
    return copies


def others() -> list[bytes]:
    """Give certificates that are not the one which was issued: withdrawn, forged, and signed by a stranger."""
    stranger = replace(STRANGER, key_id=ISSUING.key_id)
    return [
        canonical_json(signed(credential_document(WITHDRAWN))),
        FILE.replace(b"Amna Bibi", b"Amna Bano"),
        canonical_json(signed(credential_document(), by=stranger)),
    ]


def says_the_same(report: Report) -> bool:
    """Tell whether a verdict is about the certificate that was signed; the rdfc proof is not read."""
    credential = report.credential
    if credential is None or without(credential, "proof") != without(CREDENTIAL, "proof"):
        return False
    proofs, original = credential["proof"], CREDENTIAL["proof"]
    return isinstance(proofs, list) and isinstance(original, list) and proofs[-1] == original[-1]


def unharmed(reports: list[Report]) -> int:
    """Count verdicts that stayed good, after holding that each is about the same certificate."""
    good = [report for report in reports if report.outcome in GOOD]
    assert all(says_the_same(report) for report in good)
    assert all(report.credential is None for report in reports if Check.SIGNATURE not in passed(report))
    return len(good)


def passed(report: Report) -> list[Check]:
    return [check.check for check in report.checks if check.result is Result.PASSED]


def test_the_certificate_is_valid_before_anything_is_flipped() -> None:
    held = trust(FILES)
    assert verify_document(FILE, held, NOW).outcome is Outcome.VALID
    assert says_the_same(verify_document(FILE, held, NOW))
    for payload_format in PayloadFormat:
        assert verify_digits(digits(CREDENTIAL, payload_format), held, NOW).outcome is Outcome.VALID


def test_none_of_500_flipped_bits_of_a_file_makes_another_certificate_valid() -> None:
    held = trust(FILES)
    # Only the letters of the rdfc proof may change: they are not read.
    rdfc = len(canonical_json(CREDENTIAL["proof"][0])) / len(FILE)  # type: ignore[index,call-overload]
    assert unharmed([verify_document(data, held, NOW) for data in flipped(FILE, "file")]) < POSITIONS * rdfc * 1.5


def test_no_flipped_bit_at_all_of_a_code_makes_another_certificate_valid() -> None:
    held = trust(FILES)
    payload = decode_digits(digits(CREDENTIAL))
    # DEFLATE fills its last byte with up to seven bits that nobody reads.
    assert unharmed([verify_digits(encode_digits(data), held, NOW) for data in flipped(payload)]) <= 7


def test_no_flipped_bit_at_all_of_a_link_makes_another_certificate_valid() -> None:
    held = trust(FILES)
    payload = decode_digits(digits(CREDENTIAL, PayloadFormat.LINK))
    changed = flipped(payload)
    rdfc_alone = [data for data in changed if data[:69] + data[133:] == payload[:69] + payload[133:]]
    good = unharmed([verify_digits(encode_digits(data), held, NOW) for data in changed])
    assert 0 < len(rdfc_alone) <= good <= len(rdfc_alone) + 7


def test_no_changed_digit_of_a_code_leaves_it_valid() -> None:
    held = trust(FILES)
    code = digits(CREDENTIAL)
    drawn = random.Random("digits")
    for _ in range(POSITIONS):
        at, digit = drawn.randrange(len(code)), str(drawn.randrange(10))
        changed = code[:at] + digit + code[at + 1 :]
        assert unharmed([verify_digits(changed, held, NOW)]) == 0 or changed == code


@pytest.mark.parametrize("path", sorted(FILES))
def test_none_of_500_flipped_bits_of_what_is_published_makes_any_certificate_valid(path: str) -> None:
    asked = [FILE, *others()]
    assert [verify_document(document, trust(FILES), NOW).outcome in GOOD for document in asked] == [True, *[False] * 3]
    for number, data in enumerate(flipped(FILES[path], path)):
        held = trust(FILES | {path: data})
        # Each of the others in its turn, for a verdict takes a millisecond.
        for document in (FILE, asked[1 + number % 3]):
            assert verify_document(document, held, NOW).outcome not in GOOD


@pytest.mark.parametrize("path", sorted(FILES))
def test_nothing_published_can_be_missing_empty_or_another_file(path: str) -> None:
    missing = {other: data for other, data in FILES.items() if other != path}
    others = [missing | {path: data} for data in (b"", b"{}", *missing.values())]
    for files in (missing, *others):
        assert verify_document(FILE, trust(files), NOW).outcome not in GOOD


def test_what_a_flipped_list_does_is_unknown_and_not_invalid() -> None:
    """A damaged list is no reason to call a certificate forged."""
    for data in flipped(FILES[LIST], "list"):
        assert verify_document(FILE, trust(FILES | {LIST: data}), NOW).outcome is Outcome.VALID_STATUS_UNKNOWN


JUDGES: list[Callable[[bytes], Report]] = [
    lambda data: verify_document(data, trust(FILES), NOW),
    lambda data: verify_document(data, trust(FILES), NOW, load_contexts()),
    lambda data: verify_received(data, trust(FILES), NOW, load_contexts()),
    lambda data: verify_digits(encode_digits(data), trust(FILES), NOW),
    lambda data: verify_digits(data.decode("utf-8", "surrogateescape"), trust(FILES), NOW),
    *(
        (lambda data, path=path: verify_document(FILE, trust(FILES | {path: data}), NOW))  # type: ignore[misc]
        for path in sorted(FILES)
    ),
]


@pytest.mark.parametrize("judge", JUDGES, ids=[str(number) for number in range(len(JUDGES))])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_give_a_report_that_is_not_good(judge: Callable[[bytes], Report], data: bytes) -> None:
    assert judge(data).outcome not in GOOD


HOSTILE: list[Any] = [
    None,
    True,
    0,
    -1,
    1e-3,
    "",
    "\n",
    "\u202e",
    "a" * 30_000,
    "9" * 5_000,
    [],
    [[]],
    {},
    {"id": 1},
    [None],
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)  # type: ignore[index]
    return copy


@pytest.mark.parametrize("path", sorted(FILES))
def test_hostile_values_in_what_is_published_raise_nothing(path: str) -> None:
    document = json.loads(FILES[path])
    for place in places(document):
        for value in HOSTILE:
            changed = json.dumps(replaced(document, place, value)).encode()
            assert verify_document(FILE, trust(FILES | {path: changed}), NOW).outcome not in GOOD


def test_hostile_values_in_a_certificate_raise_nothing() -> None:
    document = json.loads(FILE)
    held = trust(FILES)
    for place in places(document):
        for value in HOSTILE:
            changed = json.dumps(replaced(document, place, value)).encode()
            report = verify_document(changed, held, NOW, load_contexts() if place[:1] == ("proof",) else None)
            assert report.outcome not in GOOD or says_the_same(report)


def test_hostile_values_that_the_issuer_has_signed_raise_nothing() -> None:
    held = trust(FILES)
    unsigned = credential_document()
    options = ProofOptions(created=format_instant(ISSUED), verification_method=ISSUING.key_id)
    for place in places(unsigned):
        for value in HOSTILE:
            changed = replaced(unsigned, place, value)
            if not isinstance(changed, dict):
                continue
            document = changed | {"proof": [eddsa_jcs_2022.create_proof(changed, options, ISSUING)]}
            verify_document(canonical_json(document), held, NOW)
