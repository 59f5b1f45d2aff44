"""What a centre writes down of another issuer is plain, and lies in the one file that its did decides."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from asnad.errors import FileError
from asnad.issuers.trust_record import TrustRecord, read_trust_record, trust_record_json
from small_issuer import DID, ROOT

RECORD = TrustRecord(
    did=DID,
    names=("Small Centre", "چھوٹا مرکز"),
    root_keys=(ROOT.public_key,),
    source="https://small.example/asnad/pack.json",
    added=date(2026, 6, 3),
    time_zone="Asia/Karachi",
)


def test_a_record_is_read_as_it_was_written() -> None:
    for record in (RECORD, replace(RECORD, demonstration=True)):
        assert read_trust_record(trust_record_json(record), record.path()) == record


def test_a_person_can_read_a_record() -> None:
    lines = trust_record_json(RECORD).decode().splitlines()
    assert '  "did": "did:web:small.example",' in lines
    assert '    "چھوٹا مرکز"' in lines
    assert '  "added": "2026-06-03",' in lines


def test_the_name_of_the_files_tells_whose_they_are_and_no_two_dids_share_it() -> None:
    assert RECORD.path() == f"keys/trust/{RECORD.slug()}.json"
    assert RECORD.slug().startswith("small-example-")
    dids = ["a.b.example", "a-b.example", "a.example:b", "a.example:B", "a.example%3A8443", "con", "x" * 250]
    slugs = {replace(RECORD, did=f"did:web:{did}").slug() for did in dids}
    assert len(slugs) == len(dids)
    assert all(len(slug) <= 50 and slug == slug.lower() for slug in slugs)


def test_a_record_in_the_file_of_another_did_is_refused() -> None:
    with pytest.raises(FileError, match="expected the file of this did"):
        read_trust_record(trust_record_json(RECORD), "keys/trust/other-00000000.json")


@pytest.mark.parametrize(
    "members",
    [
        {"v": 2},
        {"rootKeys": []},
        {"rootKeys": ["z6Mk"]},
        {"did": "did:web:Small.example"},
        {"did": "did:web:../x"},
        {"added": "yesterday"},
        {"demonstration": False},
        {"more": 1},
        {"names": [""]},
    ],
)
def test_a_damaged_record_is_refused(members: dict[str, Any]) -> None:
    damaged = json.dumps(json.loads(trust_record_json(RECORD)) | members).encode()
    with pytest.raises(FileError) as caught:
        read_trust_record(damaged, RECORD.path())
    assert "restore the file from Git" in str(caught.value.hint)
