"""A private key is found in whatever form and wherever in a file it strays; what only resembles one is not."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multibase import encode_base58, encode_base64url
from asnad.signing.key_file import KeyRole, seal_key
from asnad.signing.private_key_forms import find_private_keys
from example_centre import CHEAP, ROOT

# The headers alone: every key in this module is made while the test runs, and none is written down.
PKCS8_ED25519 = bytes.fromhex("302e0201 00300506 032b6570 04220420")
WITH_PUBLIC_KEY = bytes.fromhex("30510201 01300506 032b6570 04220420")


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def pem(seed: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def pem_encrypted(seed: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase"))


def der(seed: bytes) -> bytes:
    return PKCS8_ED25519 + seed


def der_with_public_key(seed: bytes) -> bytes:
    return WITH_PUBLIC_KEY + seed + b"\x81\x21\0" + public_key(seed)


def der_encrypted(seed: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase"))


def key_file(seed: bytes) -> bytes:
    return seal_key(
        seed, key_id="did:web:a.example#key-1", role=KeyRole.STATUS, created=0, passphrase=b"twelve letters", cost=CHEAP
    )


def jwk(seed: bytes) -> bytes:
    key = {"kty": "OKP", "crv": "Ed25519", "x": base64url(public_key(seed)), "d": base64url(seed)}
    return json.dumps(key).encode()


def jwk_of_other_order(seed: bytes) -> bytes:
    key = {"d": base64url(seed), "ext": {"use": ["sig"]}, "kty": "EC", "crv": "P-256"}
    return json.dumps({"keys": [{"kty": "RSA", "n": "AQAB"}, key]}, indent=2).encode()


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "PEM": pem,
    "PEM, encrypted": pem_encrypted,
    "PEM with Windows line ends": lambda seed: pem(seed).replace(b"\n", b"\r\n"),
    "PEM in one line of JSON": lambda seed: json.dumps(pem(seed).decode()).encode(),
    "PEM as base64": lambda seed: base64.b64encode(b"key: \n" + pem(seed)),
    "DER": der,
    "DER with the public key": der_with_public_key,
    "DER, encrypted": der_encrypted,
    "DER in hexadecimal": lambda seed: der(seed).hex().encode(),
    "DER in upper hexadecimal": lambda seed: der(seed).hex().upper().encode(),
    "DER in base64": lambda seed: base64.b64encode(der(seed)),
    "DER in base64, second alignment": lambda seed: base64.b64encode(seed[:1] + der(seed)),
    "DER in base64, third alignment": lambda seed: base64.b64encode(seed[:2] + der(seed)),
    "DER in broken lines of base64": lambda seed: base64.encodebytes(seed + seed[:9] + der(seed) + seed),
    "DER in base64url": lambda seed: base64url(der_with_public_key(seed)).encode(),
    "JWK": jwk,
    "JWK of another order": jwk_of_other_order,
    "JWK in a text of JSON": lambda seed: json.dumps({"key": jwk(seed).decode()}).encode(),
    "JWK in YAML": lambda seed: f"kty: OKP\ncrv: Ed25519\nd: {base64url(seed)}\n".encode(),
    "Multikey": lambda seed: encode_base58(b"\x80\x26" + seed).encode(),
    "Multikey with the public key": lambda seed: encode_base58(b"\x80\x26" + seed + public_key(seed)).encode(),
    "Multikey in base64url": lambda seed: encode_base64url(b"\x80\x26" + seed).encode(),
    "did:key secret": lambda seed: f"did:key:{encode_base58(bytes([0x80, 0x26]) + seed)}".encode(),
    "member of a verification method": lambda seed: (
        b'{"secretKeyMultibase": "' + encode_base58(b"\x99" + seed).encode() + b'"}'
    ),
    "key file": key_file,
    "key file, pretty": lambda seed: json.dumps(json.loads(key_file(seed)), indent=4).encode(),
    "key file in base64": lambda seed: base64.b64encode(key_file(seed)),
    "age": lambda seed: (
        b"AGE-SECRET-%s-1" % b"KEY"
        + base64.b32encode(seed).replace(b"=", b"Q").replace(b"B", b"C").replace(b"I", b"L").replace(b"O", b"P")
    ),
    "PuTTY": lambda seed: b"PuTTY-User-Key-" + b"File-3: ssh-ed25519\nPrivate-Lines: 1\n" + base64.b64encode(seed),
    "OpenSSH, raw": lambda seed: b"openssh-key-" + b"v1\0" + seed,
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.binary(min_size=32, max_size=32), chance=st.randoms(use_true_random=False))
def test_a_random_key_at_a_random_place_of_a_random_file_is_found(
    form: str, seed: bytes, chance: random.Random
) -> None:
    key = FORMS[form](seed)
    before, after = (chance.randbytes(chance.randrange(3000)) for _ in range(2))
    for around in (before + b"\n%s\n" + after, base64.b64encode(before) + b'\n  "%s", ' + after.hex().encode()):
        found = list(find_private_keys(around.replace(b"%s", key)))
        assert found, form


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_key_saved_by_windows_is_found(encoding: str) -> None:
    assert list(find_private_keys(pem(bytes(32)).decode().encode(encoding)))


@pytest.mark.parametrize("shift", range(3))
def test_a_key_in_base64_is_found_at_each_alignment(shift: int) -> None:
    text = base64.b64encode(bytes(range(shift)) + der(bytes(32)) + b"and more")
    assert [key.form for key in find_private_keys(text)] == ["a private key in PKCS #8 (Ed25519)"]


def test_keys_of_other_kinds_are_found_too() -> None:
    keys = (ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1()))
    for key in (*keys, rsa.generate_private_key(65537, 2048)):
        for style in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
            assert list(find_private_keys(key.private_bytes(Encoding.PEM, style, NoEncryption())))
        raw = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for data in (raw, raw.hex().encode(), base64.b64encode(raw)):
            assert list(find_private_keys(data))
    ssh = keys[0].private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    assert next(find_private_keys(ssh)).form == "a private key in PEM"
    packed = pkcs12.serialize_key_and_certificates(b"x", keys[0], None, None, BestAvailableEncryption(b"passphrase"))
    assert list(find_private_keys(packed))


def test_the_place_of_a_key_is_told() -> None:
    found = next(find_private_keys(b"one\ntwo\n" + pem(bytes(32))))
    assert (found.form, found.offset) == ("a private key in PEM", 8)


@pytest.mark.parametrize(
    "text",
    [
        b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n",
        b"-----BEGIN CERTIFICATE-----",
        b"a page about the PRIVATE KEY of a centre",
        b"the key file says AsnadPrivateKey",
        b'{"kty":"OKP","x":"%(letters)s"},{"d":"%(letters)s"}' % {b"letters": b"A" * 41},
        b'{"kty":"OKP","x":"%s","id":"%s"}' % (b"A" * 43, b"A" * 37),
        b"z3u2 is how a secret key begins",
        b"zrv1 too",
    ],
)
def test_what_only_speaks_of_keys_is_none(text: bytes) -> None:
    assert list(find_private_keys(text)) == []


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_public_parts_are_none(seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    texts = (
        spki,
        base64.b64encode(spki),
        spki.hex().encode(),
        encode_base58(b"\xed\x01" + public_key(seed)).encode(),
        encode_base58(seed + seed).encode(),
        canonical_json({"kty": "OKP", "crv": "Ed25519", "x": base64url(public_key(seed))}),
    )
    for text in texts:
        assert list(find_private_keys(text)) == [], text


def test_the_program_itself_holds_no_key_but_the_published_seeds() -> None:
    """Whatever is found here would be found in every clone."""
    for folder in ("build_tools/asnad", "docs", "catalogue", "credentials", "keys", "tests/signing", "tests/site"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.is_file() and "private" not in path.parts and path.suffix != ".pyc":
                assert list(find_private_keys(path.read_bytes())) == [], path
