"""What a centre has published is read as one, and what does not fit is named."""

from __future__ import annotations

import pytest

from asnad.errors import IssuingError
from asnad.status.public_record import read_public_record
from small_issuer import DID, KEYS, LIST, ROOT, SITE, STATUS_LIST, STRANGER, published

DID_PATH = ".well-known/did.json"
FILES = published() | {DID_PATH: b"{}"}


def test_everything_is_read() -> None:
    record = read_public_record(
        FILES | {"asnad/frozen/key.bin": b"x", "d/00.bin": b"y"}, DID, DID_PATH, (ROOT.public_key,)
    )
    assert (record.keys, record.keys_json) == (KEYS, FILES["asnad/keys.json"])
    assert record.lists == {1: STATUS_LIST}
    assert record.manifest.version == 12
    assert record.frozen == {"asnad/frozen/key.bin": b"x"}
    assert record.list_address(7) == f"{SITE}status/7.json"


@pytest.mark.parametrize("path", ["asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", DID_PATH])
def test_a_missing_file_is_named(path: str) -> None:
    with pytest.raises(IssuingError) as refused:
        read_public_record(
            {name: data for name, data in FILES.items() if name != path}, DID, DID_PATH, (ROOT.public_key,)
        )
    assert refused.value.place == f"credentials/public/{path}"


@pytest.mark.parametrize("path", ["asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", LIST])
def test_a_damaged_file_is_told(path: str) -> None:
    with pytest.raises(IssuingError):
        read_public_record(
            FILES | {path: FILES[path].replace(b"2026", b"2027") + b" }"}, DID, DID_PATH, (ROOT.public_key,)
        )


def test_another_root_key_is_told() -> None:
    with pytest.raises(IssuingError):
        read_public_record(FILES, DID, DID_PATH, (STRANGER.public_key,))


@pytest.mark.parametrize(
    "path", ["status/1.json.part", "status/.DS_Store", "status/old/1.json", "status/01.json", "status/x"]
)
def test_a_stray_file_among_the_lists_is_told_and_not_a_fault(path: str) -> None:
    """An interrupted copy or an editor leaves such files."""
    with pytest.raises(IssuingError):
        read_public_record(FILES | {path: FILES[LIST]}, DID, DID_PATH, (ROOT.public_key,))
