"""The shared case table, made and answered without any of our code, through the Python verifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asnad.carriers.received import verify_digits
from asnad.credentials.contexts import load_contexts
from asnad.instant import parse_instant
from asnad.proofs.multikey import decode_public_key
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, SeenVersions, Trust
from asnad.verification.verify import verify_document

CASES = Path(__file__).parent.parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/case.json"))


def site_files(name: str) -> dict[str, bytes]:
    site = CASES / "sites" / name
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def trust_of(case: dict[str, Any]) -> Trust:
    issuers, dictionaries = [], []
    for entry in case["trust"]:
        files = site_files(entry["site"])
        seen = case.get("seen", {}).get(entry["did"])
        issuers.append(
            IssuerTrust(
                did=entry["did"],
                root_keys=tuple(decode_public_key(key) for key in entry["rootKeys"]),
                files=files,
                seen=SeenVersions(seen["keys"], seen["manifest"]) if seen else None,
            )
        )
        wanted = case.get("dictionaries")
        for path, data in files.items():
            if path.startswith("d/") and (wanted is None or path.removeprefix("d/") in wanted):
                dictionaries.append(data)
    return Trust(tuple(issuers), tuple(dictionaries))


def judge(folder: Path, case: dict[str, Any]) -> Report:
    at = parse_instant(case["at"])
    assert at is not None
    data = (folder / case["input"]).read_bytes()
    if case["input"] == "digits.txt":
        return verify_digits(data.decode("utf-8"), trust_of(case), at)
    assert case["input"] == "credential.json"
    return verify_document(data, trust_of(case), at)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_case_has_the_outcome_written_by_hand(folder: Path) -> None:
    case = json.loads((folder / "case.json").read_bytes())
    expected = json.loads((folder / "expected.json").read_bytes())
    assert case.keys() <= {"comment", "input", "at", "trust", "seen", "dictionaries"}
    assert expected.keys() <= {"outcome", "failed", "asOf"}
    report = judge(folder, case).to_json()
    failed = {item["check"]: item.get("reason") for item in report["checks"] if item["result"] == "failed"}  # type: ignore[union-attr,index,call-overload]
    assert (report["outcome"], failed) == (expected["outcome"], expected["failed"])
    if "asOf" in expected:
        assert report["asOf"] == expected["asOf"]


def test_the_table_covers_every_outcome() -> None:
    outcomes = {json.loads((folder / "expected.json").read_bytes())["outcome"] for folder in FOLDERS}
    assert len(outcomes) == 12
    assert load_contexts()
