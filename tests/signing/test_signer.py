"""Signers give signatures that the rest of the world accepts, or an error in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from asnad.errors import SigningError
from asnad.proofs.ed25519 import verify_signature
from asnad.signing.key_file import KeyCost, KeyRole, read_key_file, seal_key
from asnad.signing.signer import ExternalSigner, KeyFileSigner

SEED = bytes(SigningKey.generate())
PUBLIC_KEY = bytes(SigningKey(SEED).verify_key)
PASSPHRASE = b"correct horse battery"
KEY_ID = "did:web:skills.example#key-2026a"


def external(code: str, public_key: bytes = PUBLIC_KEY) -> ExternalSigner:
    prelude = f"import sys; from nacl.signing import SigningKey; key = SigningKey(bytes.fromhex('{SEED.hex()}')); "
    return ExternalSigner(KEY_ID, public_key, (sys.executable, "-c", prelude + code))


def unlocked() -> KeyFileSigner:
    cheap = KeyCost(operations=1, memory=8192)
    data = seal_key(SEED, key_id=KEY_ID, role=KeyRole.ISSUING, created=0, passphrase=PASSPHRASE, cost=cheap)
    return KeyFileSigner.unlock(read_key_file(data, "key"), PASSPHRASE)


def test_a_key_file_signs() -> None:
    signer = unlocked()
    verify_signature(PUBLIC_KEY, b"message", signer.sign(b"message"))
    assert (signer.key_id, signer.public_key) == (KEY_ID, PUBLIC_KEY)


def test_a_signer_does_not_show_its_seed() -> None:
    signer = unlocked()
    assert "_private_key" not in repr(signer)
    assert SEED.hex() not in repr(signer)
    assert repr(SEED) not in repr(signer)


def test_a_command_signs() -> None:
    signer = external("sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read()).signature)")
    verify_signature(PUBLIC_KEY, b"message", signer.sign(b"message"))


def test_a_command_with_another_key_is_found_out() -> None:
    other = bytes(SigningKey(SEED[::-1]).verify_key)
    signer = external("sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read()).signature)", other)
    with pytest.raises(SigningError, match="another key"):
        signer.sign(b"message")


def test_a_command_that_signs_other_bytes_is_found_out() -> None:
    with pytest.raises(SigningError, match="another key"):
        external("sys.stdout.buffer.write(key.sign(b'other').signature)").sign(b"message")


def test_a_command_that_gives_text_is_refused() -> None:
    with pytest.raises(SigningError, match="expected 64 bytes, got 5"):
        external("sys.stdout.write('hello')").sign(b"message")


def test_a_command_that_fails_is_quoted() -> None:
    with pytest.raises(SigningError, match="ended with 3: no token"):
        external("sys.stderr.write('no token'); sys.exit(3)").sign(b"message")


def test_a_command_that_does_not_exist_is_an_error_in_words(tmp_path: Path) -> None:
    signer = ExternalSigner(KEY_ID, PUBLIC_KEY, (str(tmp_path / "absent"),))
    with pytest.raises(SigningError, match="cannot run the signing command"):
        signer.sign(b"message")


def test_a_command_for_a_published_key_is_refused() -> None:
    with pytest.raises(SigningError, match="published test vectors"):
        ExternalSigner(KEY_ID, bytes(SigningKey(bytes(range(32))).verify_key), ("true",))
