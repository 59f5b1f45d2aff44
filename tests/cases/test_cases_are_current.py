"""The case table is what its generator writes, and says of every case what is expected."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CASES = Path(__file__).parent
GENERATOR = CASES / "generate" / "generate.mjs"
PACKAGES = CASES.parent / "foreign" / "node_modules"
SEEDS = CASES.parent / "vectors" / "seeds.json"

OUTCOMES = {
    "cannot-check",
    "unknown-issuer",
    "invalid",
    "key-withdrawn",
    "revoked",
    "replaced",
    "not-yet-valid",
    "expired",
    "valid-status-unknown",
    "valid-status-stale",
    "demonstration",
    "valid",
}
REASONS = {
    "read": {
        "too-large",
        "not-text",
        "not-json",
        "not-digits",
        "digits-damaged",
        "format-unknown",
        "dictionary-missing",
        "not-inflatable",
        "not-canonical",
    },
    "format": {"context-unsupported", "type-unsupported", "issuer-unreadable", "proof-unsupported", "content"},
    "issuer": {"issuer-unknown", "keys-missing", "keys-invalid", "keys-rolled-back", "keys-leapt"},
    "key": {
        "key-unknown",
        "keys-ran-out",
        "key-role",
        "proof-purpose",
        "key-time",
        "frozen-missing",
        "key-compromised",
    },
    "signature": {"signature-mismatch"},
    "period": {"not-yet", "over"},
    "status": {
        "withdrawn",
        "replaced",
        "list-missing",
        "list-invalid",
        "manifest-missing",
        "manifest-invalid",
        "manifest-rolled-back",
        "manifest-leapt",
        "manifest-mismatch",
        "list-older",
        "list-ran-out",
        "manifest-ran-out",
        "keys-ran-out",
        "list-early",
    },
    "versions": {"manifest-rolled-back", "manifest-leapt"},
}


def case_folders() -> list[Path]:
    return sorted(path.parent for path in CASES.glob("*/case.json"))


def written(root: Path) -> dict[str, bytes]:
    inputs = [path for folder in root.glob("*/case.json") for path in folder.parent.iterdir()]
    files = [*inputs, *(path for path in (root / "sites").rglob("*") if path.is_file())]
    return {str(path.relative_to(root)): path.read_bytes() for path in files if path.name != "expected.json"}


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None or not PACKAGES.is_dir(), reason="run `npm ci` in tests/foreign")
def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    subprocess.run(["node", str(GENERATOR), str(tmp_path)], check=True, timeout=120)
    made, kept = written(tmp_path), written(CASES)
    assert made.keys() == kept.keys()
    assert [path for path, content in made.items() if content != kept[path]] == []
    assert not list(tmp_path.rglob("expected.json"))


def test_every_folder_is_a_whole_case() -> None:
    for folder in CASES.iterdir():
        if folder.is_dir() and folder.name not in {"sites", "generate", "__pycache__"}:
            described = json.loads((folder / "case.json").read_bytes())
            names = {path.name for path in folder.iterdir()}
            assert names == {"case.json", "expected.json", described["input"]}, folder.name


def test_every_expectation_is_written_in_known_words() -> None:
    for folder in case_folders():
        expected = json.loads((folder / "expected.json").read_bytes())
        assert expected.keys() <= {"outcome", "failed", "asOf"}, folder.name
        assert expected["outcome"] in OUTCOMES, folder.name
        assert (expected["failed"] == {}) == (expected["outcome"] in {"valid", "demonstration"}), folder.name
        for check, reason in expected["failed"].items():
            assert reason in REASONS[check], folder.name


def test_every_outcome_and_every_reason_has_a_case() -> None:
    expectations = [json.loads((folder / "expected.json").read_bytes()) for folder in case_folders()]
    assert {expected["outcome"] for expected in expectations} == OUTCOMES
    found = {pair for expected in expectations for pair in expected["failed"].items()}
    assert found == {(check, reason) for check, reasons in REASONS.items() for reason in reasons}


def test_every_pinned_root_is_a_published_test_key() -> None:
    known = {key["publicKeyMultibase"] for key in json.loads(SEEDS.read_bytes())["keys"]}
    pinned = {
        root
        for folder in case_folders()
        for trusted in json.loads((folder / "case.json").read_bytes())["trust"]
        for root in trusted["rootKeys"]
    }
    assert pinned <= known


def test_every_key_of_the_good_sites_is_a_published_test_key() -> None:
    known = {key["publicKeyMultibase"] for key in json.loads(SEEDS.read_bytes())["keys"]}
    for site in ("skills", "other"):
        text = (CASES / "sites" / site / "asnad" / "keys.json").read_text(encoding="utf-8")
        listed = set(re.findall(r'"publicKeyMultibase":"([^"]+)"', text))
        assert listed
        assert listed <= known
