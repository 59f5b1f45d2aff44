"""A pack is read strictly and within bounds: nothing in it can lead to another place or say two things."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from asnad.errors import InvalidError
from asnad.issuers.pack import MAX_FILES, MAX_PACK, pack_files, read_pack
from asnad.proofs.canonical_json import canonical_json
from small_issuer import DID, ROOT, SITE
from small_pack import altered_pack, small_files, small_pack

PACK = small_pack()


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidError) as caught:
        read_pack(data)
    assert caught.value.reason == "pack-invalid"
    return caught.value.message


def test_a_pack_says_what_was_written_and_has_the_same_bytes_every_time() -> None:
    pack = read_pack(PACK)
    assert (pack.did, pack.site, pack.time_zone) == (DID, SITE, "Asia/Karachi")
    assert pack.names == ("Small Centre", "چھوٹا مرکز")
    assert pack.root_keys == (ROOT.public_key,)
    assert pack.files == small_files()
    assert small_pack() == PACK == canonical_json(json.loads(PACK))


def test_a_pack_that_somebody_has_indented_says_the_same() -> None:
    assert read_pack(json.dumps(json.loads(PACK), indent=2).encode()) == read_pack(PACK)


@pytest.mark.parametrize(
    "path",
    [
        "../asnad/keys.json",
        "asnad/../../keys.json",
        "/etc/passwd",
        "/asnad/keys.json",
        "C:\\asnad\\keys.json",
        "asnad\\keys.json",
        "asnad/frozen/../../x.bin",
        "asnad/frozen/a/b.bin",
        "status/1.json/",
        "status/01.json",
        "status/0.json",
        "d/../1.json",
        "v/index.html",
        "verifier.html",
        "asnad/trust.json",
        "asnad/pack.json",
        "asnad/statistics.json",
        "c/aa/page.html",
        "asnad/keys.json\n",
        "asnad/keys.json\0",
        "ASNAD/keys.json",
        "",
    ],
)
def test_a_path_that_no_verifier_reads_is_refused(path: str) -> None:
    assert "expected only files that a verifier reads" in refusal(altered_pack(PACK, files={path: b"x"}))


def test_the_did_document_lies_where_the_did_says() -> None:
    assert "expected only files" in refusal(altered_pack(PACK, files={"did.json": b"{}"}))


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("asnad/keys.json", 262_144),
        ("asnad/manifest.json", 1_048_576),
        ("asnad/notices.json", 4_194_304),
        ("status/2.json", 262_144),
    ],
)
def test_each_file_has_the_limit_of_the_format(path: str, size: int) -> None:
    assert len(read_pack(altered_pack(PACK, files={path: b"x" * size})).files[path]) == size
    assert f"at most {size} bytes" in refusal(altered_pack(PACK, files={path: b"x" * (size + 1)}))


def test_a_pack_has_a_limit() -> None:
    assert "expected at most" in refusal(PACK + b" " * MAX_PACK)
    many = {f"status/{number}.json": b"" for number in range(1, MAX_FILES + 2)}
    assert f"at most {MAX_FILES} files" in refusal(altered_pack(PACK, files=many))


def test_a_dictionary_under_another_name_is_refused() -> None:
    assert "the dictionary of this name" in refusal(altered_pack(PACK, files={"d/00000000.bin": b"other"}))


@pytest.mark.parametrize("spelling", ["AA", "AB==", "A A==", "AA==\n", "_-==", "", 7, None, ["AA=="]])
def test_a_file_has_one_spelling(spelling: object) -> None:
    document = json.loads(PACK)
    document["files"]["asnad/notices.json"] = spelling
    if spelling == "":
        assert read_pack(json.dumps(document).encode()).files["asnad/notices.json"] == b""
    else:
        assert "expected base64" in refusal(json.dumps(document).encode())


@pytest.mark.parametrize(
    "members",
    [
        {"type": "AsnadPacks"},
        {"format": 2},
        {"format": True},
        {"did": "https://small.example/"},
        {"did": "did:key:z6Mk"},
        {"did": 1},
        {"names": "Small Centre"},
        {"names": ["a\u202eb"]},
        {"rootKeys": ["z6Mk"]},
        {"rootKeys": [base64.b64encode(bytes(32)).decode()]},
        {"timeZone": "../../etc/localtime"},
        {"timeZone": "Asia/Karachi\n"},
        {"timeZone": ""},
        {"more": 1},
    ],
)
def test_other_members_are_refused(members: dict[str, Any]) -> None:
    refusal(altered_pack(PACK, **members))


def test_files_are_an_object() -> None:
    assert "expected an object of at most" in refusal(json.dumps(json.loads(PACK) | {"files": []}).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"\xef\xbb\xbf{}", b"\xff", b'{"type":1,"type":1}', b"[" * 100_000])
def test_what_is_no_pack_is_refused(data: bytes) -> None:
    refusal(data)


def test_only_files_for_verifiers_go_into_a_pack() -> None:
    others = {"asnad/statistics.json": b"{}", "achievements/baking/1.json": b"{}", "ledger.jsonl": b""}
    assert pack_files(small_files() | others) == small_files()
