"""Private keys lie away from everything that is published."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from asnad.errors import SigningError
from asnad.signing.key_file import KeyCost, KeyRole, seal_key
from asnad.signing.key_store import KeyStore, key_store

DID = "did:web:skills.example:north"
SEED = bytes(SigningKey.generate())


def sealed(name: str, role: KeyRole, created: int) -> bytes:
    cheap = KeyCost(operations=1, memory=8192)
    return seal_key(
        SEED, key_id=f"{DID}#{name}", role=role, created=created, passphrase=b"correct horse battery", cost=cheap
    )


def test_each_issuer_has_its_own_folder(tmp_path: Path) -> None:
    assert key_store(tmp_path, DID, ()).folder == tmp_path / "did+web+skills.example+north"


def test_a_written_key_is_found_again(tmp_path: Path) -> None:
    store = key_store(tmp_path / "keys", DID, ())
    store.write(f"{DID}#key-2026a", sealed("key-2026a", KeyRole.ISSUING, 1))
    assert store.read(f"{DID}#key-2026a").role is KeyRole.ISSUING
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_an_issuer_without_keys_has_none(tmp_path: Path) -> None:
    assert key_store(tmp_path, DID, ()).key_files() == ()


def test_a_missing_key_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"key-2026a\.key\.json: expected a key file, found none"):
        key_store(tmp_path, DID, ()).read(f"{DID}#key-2026a")


def test_a_key_under_another_keys_name_is_refused(tmp_path: Path) -> None:
    store = key_store(tmp_path, DID, ())
    store.write(f"{DID}#key-2026b", sealed("key-2026a", KeyRole.ISSUING, 1))
    with pytest.raises(SigningError, match=r"expected the key .*#key-2026b, found .*#key-2026a"):
        store.read(f"{DID}#key-2026b")


@pytest.mark.parametrize("key_id", [f"{DID}#../x", f"{DID}#", "did:web:other.example#key-2026a", f"{DID}#Key"])
def test_an_id_that_is_no_key_of_this_issuer_has_no_file(key_id: str) -> None:
    with pytest.raises(SigningError, match="expected a key of"):
        KeyStore(DID, Path("keys")).path_of(key_id)


def test_the_centres_own_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="outside"):
        key_store(tmp_path / "centre" / "keys", DID, [tmp_path / "centre"])


def test_a_link_into_the_centres_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "centre").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "centre")
    with pytest.raises(SigningError, match="outside"):
        key_store(tmp_path / "elsewhere", DID, [tmp_path / "centre"])


def test_a_git_work_tree_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project" / ".git").mkdir(parents=True)
    with pytest.raises(SigningError, match="Git work tree"):
        key_store(tmp_path / "project" / "deep" / "keys", DID, ())


def test_a_linked_git_work_tree_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(SigningError, match="Git work tree"):
        key_store(tmp_path / "keys", DID, ())


def test_what_is_no_did_has_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="expected a did"):
        key_store(tmp_path, "did:web:../x/y", ())
