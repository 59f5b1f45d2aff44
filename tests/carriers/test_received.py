"""Files, links and digits are told apart, and each is judged as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnad.carriers.payload import PayloadFormat
from asnad.carriers.received import digits_of, verify_received
from asnad.credentials.contexts import load_contexts
from asnad.proofs.canonical_json import canonical_json
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from small_issuer import NOW, credential_document, digits, published, signed, trust

CREDENTIAL = signed(credential_document())
TRUST = trust(published())
CONTEXTS = load_contexts()


def judge(data: bytes) -> Report:
    return verify_received(data, TRUST, NOW, CONTEXTS)


@pytest.mark.parametrize("payload_format", PayloadFormat)
@pytest.mark.parametrize(
    "around",
    ["{}", "https://small.example/v/#{}", "https://x.example/#{}\n", "  {} ", "http://h/v%23{}"],
)
def test_digits_and_links_are_judged(payload_format: PayloadFormat, around: str) -> None:
    text = around.format(digits(CREDENTIAL, payload_format))
    assert judge(text.encode("ascii")).outcome is Outcome.VALID


@pytest.mark.parametrize("before", [b"", b" ", b"\n\t\r\n"])
def test_a_file_is_judged(before: bytes) -> None:
    assert judge(before + canonical_json(CREDENTIAL)).outcome is Outcome.VALID


def test_a_file_with_the_rdfc_proof_alone_is_judged_by_it() -> None:
    proofs = CREDENTIAL["proof"]
    assert isinstance(proofs, list)
    assert judge(canonical_json(CREDENTIAL | {"proof": proofs[:1]})).outcome is Outcome.VALID
    changed = CREDENTIAL | {"proof": proofs[:1], "name": "Other"}
    assert judge(canonical_json(changed)).outcome is Outcome.INVALID


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-digits"),
        (b"hello", "not-digits"),
        (b"https://small.example/v/", "not-digits"),
        (b"https://small.example/v/#", "not-digits"),
        (b"https://small.example/v/#12a", "not-digits"),
        (b"https://small.example/123", "not-digits"),
        ("https://small.example/v/#١٢٣".encode(), "not-digits"),
        (b"\xff\xfe", "not-digits"),
        (b"\xef\xbb\xbf{}", "not-text"),
        (b"{", "not-json"),
        (b"123", "format-unknown"),
        (b"1", "digits-damaged"),
        (b"1" * 5000, "too-large"),
        (b"{" + b" " * 70_000 + b"}", "too-large"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    report = judge(data)
    assert report.outcome is Outcome.CANNOT_CHECK
    assert (report.checks[0].check, report.checks[0].reason) == ("read", reason)


def test_an_array_is_no_credential() -> None:
    report = judge(b"[]").to_json()
    assert report["outcome"] == "cannot-check"
    assert {"check": "format", "result": "failed", "reason": "context-unsupported"} in report["checks"]  # type: ignore[operator]


def test_digits_of_a_link() -> None:
    assert digits_of("https://small.example/v/#123") == "123"
    assert digits_of("https://small.example/v/%23123") == "123"
    assert digits_of(" 12-34 ") == "12-34"
    assert digits_of("https://small.example/v/") is None


@given(st.binary(max_size=200))
def test_any_bytes_give_a_report(data: bytes) -> None:
    assert judge(data).outcome in (Outcome.CANNOT_CHECK, Outcome.UNKNOWN_ISSUER)


@given(st.text(max_size=60))
def test_any_text_after_a_link_gives_a_report(text: str) -> None:
    data = f"https://small.example/v/#{text}".encode("utf-8", "surrogatepass")
    assert judge(data).outcome is Outcome.CANNOT_CHECK
