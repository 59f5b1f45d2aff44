"""One rule for signatures: Wycheproof through it, and through two raw libraries behind the same form check."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha512
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.bindings import (
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_scalar_reduce,
    crypto_scalarmult_ed25519_base_noclamp,
)
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from asnad.errors import InvalidError
from asnad.proofs.ed25519 import ORDER, verify_signature

WYCHEPROOF = Path(__file__).parent.parent / "vectors" / "wycheproof-ed25519" / "ed25519_test.json"
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P

Verifier = Callable[[bytes, bytes, bytes], bool]


def ours(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        verify_signature(key, message, signature)
    except InvalidError as error:
        return error.reason != "signature-mismatch"
    return True


def has_form(key: bytes, signature: bytes) -> bool:
    """Check points 1 to 3 of docs/format.md §3.3."""
    return (
        (len(key), len(signature)) == (32, 64)
        and int.from_bytes(signature[32:], "little") < 2**252 + 27742317777372353535851937790883648493
        and crypto_core_ed25519_is_valid_point(key)
        and crypto_core_ed25519_is_valid_point(signature[:32])
    )


def by_cryptography(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def by_libsodium(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(key).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def behind_form(verifier: Verifier) -> Verifier:
    return lambda key, message, signature: has_form(key, signature) and verifier(key, message, signature)


def vectors() -> list[tuple[int, bytes, bytes, bytes, bool]]:
    groups = json.loads(WYCHEPROOF.read_bytes())["testGroups"]
    return [
        (
            test["tcId"],
            *(bytes.fromhex(text) for text in (group["publicKey"]["pk"], test["msg"], test["sig"])),
            test["result"] == "valid",
        )
        for group in groups
        for test in group["tests"]
    ]


@pytest.mark.parametrize(
    "verifier",
    [ours, behind_form(by_cryptography), behind_form(by_libsodium)],
    ids=["asnad", "cryptography", "libsodium"],
)
def test_every_wycheproof_vector_is_judged_as_it_says(verifier: Verifier) -> None:
    judged = [(number, verifier(key, message, sig), valid) for number, key, message, sig, valid in vectors()]
    assert [number for number, accepted, valid in judged if accepted is not valid] == []
    assert (len(judged), sum(accepted for _, accepted, _ in judged)) == (151, 88)


SIGNING = SigningKey(bytes([7]) * 32)
KEY = bytes(SIGNING.verify_key)
MESSAGE = b"message"
SIGNATURE = SIGNING.sign(MESSAGE).signature


def compress(x: int, y: int) -> bytes:
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decompress(point: bytes) -> tuple[int, int]:
    number = int.from_bytes(point, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    return (P - x if x & 1 != sign else x), y


def test_a_good_signature_is_accepted_and_not_for_another_message_or_key() -> None:
    assert ours(KEY, MESSAGE, SIGNATURE)
    assert not ours(KEY, b"Message", SIGNATURE)
    assert not ours(bytes(SigningKey(bytes([8]) * 32).verify_key), MESSAGE, SIGNATURE)


@pytest.mark.parametrize("bit", range(0, 512, 17))
def test_no_bit_of_a_signature_can_be_changed(bit: int) -> None:
    changed = bytearray(SIGNATURE)
    changed[bit // 8] ^= 1 << bit % 8
    assert not ours(KEY, MESSAGE, bytes(changed))


@pytest.mark.parametrize("times", [1, 2, 7])
def test_s_plus_the_order_is_refused(times: int) -> None:
    s = int.from_bytes(SIGNATURE[32:], "little") + times * ORDER
    assert not ours(KEY, MESSAGE, SIGNATURE[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    assert not ours((KEY * 2)[:length], MESSAGE, SIGNATURE)


@pytest.mark.parametrize("length", [0, 32, 63, 65, 128])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    assert not ours(KEY, MESSAGE, (SIGNATURE * 2)[:length])


SMALL_ORDER = {
    "identity": compress(0, 1),
    "order-2": compress(0, P - 1),
    "order-4": compress(pow(2, (P - 1) // 4, P), 0),
    "order-4-negative": compress(P - pow(2, (P - 1) // 4, P), 0),
    "order-8": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "identity-with-sign-bit": compress(1, 1),
    "order-2-with-sign-bit": compress(1, P - 1),
    "identity-as-p-plus-1": (P + 1).to_bytes(32, "little"),
    "order-4-as-p": P.to_bytes(32, "little"),
    "all-ones": b"\xff" * 32,
    "no-point": (2).to_bytes(32, "little"),
}


@pytest.mark.parametrize("name", SMALL_ORDER)
def test_points_of_small_order_and_other_encodings_are_refused(name: str) -> None:
    # With S = 0 and A of small order, RFC 8032 alone accepts some of these for any message that hashes well.
    for signature in (SMALL_ORDER[name] + bytes(32), SMALL_ORDER[name] + SIGNATURE[32:]):
        assert not ours(SMALL_ORDER[name], MESSAGE, signature)
        assert not ours(KEY, MESSAGE, signature)
    assert not ours(SMALL_ORDER[name], MESSAGE, SIGNATURE)


def test_a_key_of_mixed_order_is_refused_where_libraries_accept_it() -> None:
    """A plus the point of order two signs half of all messages for RFC 8032 §5.1.7; here a message of that half."""
    x, y = decompress(KEY)
    mixed = compress(P - x, P - y)  # Adding (0, −1) negates both coordinates.
    message, signature = signed_for(mixed)
    assert by_cryptography(mixed, message, signature)
    assert not ours(mixed, message, signature)
    assert not crypto_core_ed25519_is_valid_point(mixed)


def signed_for(public_key: bytes) -> tuple[bytes, bytes]:
    """Sign with our seed but another public key in the hash, for a message whose hash is even."""
    expanded = bytearray(sha512(bytes([7]) * 32).digest()[:32])
    expanded[0] &= 248
    expanded[31] = expanded[31] & 127 | 64
    secret = int.from_bytes(expanded, "little")
    nonce = crypto_core_ed25519_scalar_reduce(sha512(b"nonce").digest())
    point = crypto_scalarmult_ed25519_base_noclamp(nonce)
    for number in range(100):
        message = b"message %d" % number
        hashed = int.from_bytes(sha512(point + public_key + message).digest(), "little") % ORDER
        if hashed % 2 == 0:
            s = (int.from_bytes(nonce, "little") + hashed * secret) % ORDER
            return message, point + s.to_bytes(32, "little")
    raise AssertionError("no message of a hundred has an even hash")
