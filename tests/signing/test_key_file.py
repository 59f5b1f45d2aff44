"""A key file opens with its passphrase, with nothing else, and never replaces another."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from asnad.errors import SigningError
from asnad.signing.key_file import KeyCost, KeyRole, open_key, read_key_file, seal_key, write_key_file

SEED = bytes(SigningKey.generate())
PASSPHRASE = b"correct horse battery"
CHEAP = KeyCost(operations=1, memory=8192)
CREATED = 1_790_000_000
KEY_ID = "did:web:skills.example#key-2026a"


def sealed(seed: bytes = SEED, passphrase: bytes = PASSPHRASE) -> bytes:
    return seal_key(seed, key_id=KEY_ID, role=KeyRole.ISSUING, created=CREATED, passphrase=passphrase, cost=CHEAP)


def altered(**members: object) -> bytes:
    return json.dumps(json.loads(sealed()) | members).encode()


def test_the_seed_comes_back_with_the_passphrase() -> None:
    key_file = read_key_file(sealed(), "key")
    assert open_key(key_file, PASSPHRASE) == SEED
    assert key_file.id == KEY_ID
    assert key_file.role is KeyRole.ISSUING
    assert key_file.created == CREATED
    assert key_file.public_key == bytes(SigningKey(SEED).verify_key)


def test_a_key_costs_256_mebibytes_and_three_passes_unless_told_otherwise() -> None:
    data = seal_key(SEED, key_id=KEY_ID, role=KeyRole.ISSUING, created=CREATED, passphrase=PASSPHRASE)
    cost = read_key_file(data, "key").cost
    assert (cost.operations, cost.memory) == (3, 268_435_456)


def test_the_file_does_not_hold_the_seed_and_differs_each_time() -> None:
    first, second = sealed(), sealed()
    assert SEED not in first
    assert SEED.hex().encode() not in first
    assert json.loads(first)["ciphertext"] != json.loads(second)["ciphertext"]
    assert json.loads(first)["salt"] != json.loads(second)["salt"]


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(SigningError, match="does not open this key"):
        open_key(read_key_file(sealed(), "key"), b"correct horse batterz")


@pytest.mark.parametrize(
    "member",
    [
        {"role": "root"},
        {"id": "did:web:skills.example#key-2027a"},
        {"created": "2026-01-01T00:00:00Z"},
        {"publicKeyMultibase": "z6MkuKRFS5MBcAKQrbTs7LaonGezirZgB85mqbQRfzM5amWk"},
        {"operations": 2},
    ],
)
def test_an_altered_header_does_not_open(member: dict[str, object]) -> None:
    with pytest.raises(SigningError, match="altered"):
        open_key(read_key_file(altered(**member), "key"), PASSPHRASE)


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ({"operations": 1_000_000}, "at most 16 operations"),
        ({"memory": 2**40}, "at most 1073741824 bytes"),
        ({"memory": 1024}, "bytes of memory"),
        ({"salt": "uAAAA"}, "usual lengths"),
        ({"ciphertext": "uAAAA"}, "usual lengths"),
        ({"kdf": "scrypt"}, "argon2id13"),
        ({"format": 2}, "format 1"),
        ({"role": "everything"}, "everything"),
        ({"comment": "hello"}, "known members"),
    ],
)
def test_a_file_of_another_shape_is_refused_before_any_work(member: dict[str, object], said: str) -> None:
    with pytest.raises(SigningError, match=said):
        read_key_file(altered(**member), "stick/key")


def test_bytes_that_are_no_json_are_refused_with_their_place() -> None:
    with pytest.raises(SigningError, match=r"^stick/key: expected a key file"):
        read_key_file(b"\x00\x01", "stick/key")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(SigningError, match="12 to 1024 bytes, got 11"):
        sealed(passphrase=b"01234567890")


def test_a_seed_from_the_test_vectors_is_refused() -> None:
    with pytest.raises(SigningError, match="published test vectors"):
        sealed(seed=bytes(range(32)))


def test_only_the_owner_may_read_a_written_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_key_file(path, b"data")
    assert path.read_bytes() == b"data"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_key_file(path, b"first")
    with pytest.raises(SigningError, match="found one"):
        write_key_file(path, b"second")
    assert path.read_bytes() == b"first"


def test_a_key_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "key.draft").mkdir()
    with pytest.raises(SigningError, match="cannot write the key"):
        write_key_file(tmp_path / "key", b"data")
    assert not (tmp_path / "key").exists()
