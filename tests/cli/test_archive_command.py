"""`asnad archive` makes a folder from which everything can be checked when nothing else is left."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, assert_told, call, in_centre
from nacl.signing import VerifyKey

from asnad.cli.archive import made_archive
from asnad.desk.ledger import Issued
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.proofs.multikey import decode_public_key
from asnad.site.archive import is_older_archive
from example_centre import ExampleCentre

AGREED, OTHER = "Rashida Bano", "Iqra Batool Sial"
"""The one learner has a page; the certificate of the other was withdrawn."""


@pytest.fixture(scope="module")
def centre(small_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give a centre with one good certificate and one withdrawn; nobody changes it."""
    copied = small_centre.copy(tmp_path_factory.mktemp("archived"))
    work = copied.workplace(int(time.time()))
    serial = next(event.serial for event in work.ledger() if isinstance(event, Issued) and event.name == OTHER)
    revoke(work, serial, WithdrawalReason.ISSUED_IN_ERROR, "")
    return copied


@pytest.fixture(scope="module")
def archived(centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the archive, far from the centre; nobody changes it."""
    answer = in_centre(centre, "archive", "kept")
    assert answer.code == 0, answer
    far = tmp_path_factory.mktemp("far away") / "kept"
    shutil.move(centre.folder.root / "kept", far)
    assert sha256((far / "SHA256SUMS").read_bytes()).hexdigest() in answer.out
    return far


def certificate(centre: ExampleCentre, name: str) -> tuple[bytes, str]:
    """Give the file and the digits of the code of a learner."""
    events = centre.workplace().ledger()
    id_ = next(event.id for event in events if isinstance(event, Issued) and event.name == name)
    uuid = id_.removeprefix("urn:uuid:")
    return centre.credentials()[uuid], centre.digits()[uuid][0]


def altered(document: bytes) -> bytes:
    return document.replace(b"Rashida", b"Rashid ")


def verify(archived: Path, certificate: str, *words: str) -> Answer:
    return call("verify", "--archive", str(archived), certificate, "--json", *words, cwd=archived.parent)


def test_checksums_fit_every_file(archived: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        # A Mac or Windows has another program; README.txt of an archive names this one.
        pytest.skip("this machine has no sha256sum")
    done = subprocess.run([program, "-c", "--strict", "SHA256SUMS"], cwd=archived, capture_output=True, check=False)
    assert done.returncode == 0, done
    lines = (archived / "SHA256SUMS").read_text().splitlines()
    paths = [line.partition("  ")[2] for line in lines]
    there = [path.relative_to(archived).as_posix() for path in archived.rglob("*") if path.is_file()]
    assert paths == sorted({*there} - {"SHA256SUMS"})


def test_archive_has_what_the_specification_and_a_reader_need(archived: Path, centre: ExampleCentre) -> None:
    files = {path.relative_to(archived).as_posix(): path.read_bytes() for path in archived.rglob("*") if path.is_file()}
    public = centre.folder.public_files()
    assert {path: files[f"site/{path}"] for path in public} == public
    assert files["ledger.jsonl"] == centre.folder.required("public/ledger.jsonl")
    assert {"README.txt", "by_hand.py", "format.md", "profile.json", "verifier.html", "keys/own.json"} <= set(files)
    assert {"contexts/credentials-v2.json", "contexts/open-badges-3.0.3.json", "licences.txt"} <= set(files)
    assert json.loads(files["site/catalogue.json"])
    readme = files["README.txt"].decode()
    assert json.loads(files["keys/own.json"])["rootKeys"][0] in readme
    assert "2 issued, 1 of them withdrawn or replaced" in readme
    assert "THIS IS A DEMONSTRATION" in readme
    assert "Chenab Skills Centre" in readme
    assert "چناب سکلز سنٹر کی اسناد" in readme
    assert "verifier.html کسی بھی براؤزر میں کھولیے" in readme
    assert max(len(line) for line in readme.splitlines()) <= 120
    assert "$" not in readme


def test_nothing_private_is_in_it(archived: Path, centre: ExampleCentre) -> None:
    kept = {path: path.read_bytes() for path in archived.rglob("*") if path.is_file()}
    sealed = [json.loads(path.read_bytes())["ciphertext"] for path in centre.keys.rglob("*.key.json")]
    assert len(sealed) == 4
    for text in (OTHER, "Ghulam Rasool", "0000008", *sealed):
        assert [path for path, data in kept.items() if text.encode() in data] == []
    of_learners = [path for path in kept if path.parent.parent.name == "c"]
    assert [path.read_bytes() for path in of_learners] == [certificate(centre, AGREED)[0]]


@pytest.mark.parametrize(
    ("given", "outcome", "code"),
    [
        (lambda centre: certificate(centre, AGREED)[0], "demonstration", 0),
        (lambda centre: certificate(centre, AGREED)[1].encode(), "demonstration", 0),
        (lambda centre: certificate(centre, OTHER)[0], "revoked", 1),
        (lambda centre: altered(certificate(centre, AGREED)[0]), "invalid", 1),
    ],
    ids=["file", "digits", "withdrawn", "altered"],
)
def test_command_line_judges_by_the_archive_alone(
    archived: Path,
    centre: ExampleCentre,
    given: Callable[[ExampleCentre], bytes],
    outcome: str,
    code: int,
    tmp_path: Path,
) -> None:
    (tmp_path / "given").write_bytes(given(centre))
    answer = verify(archived, str(tmp_path / "given"))
    assert (json.loads(answer.out)["outcome"], answer.code) == (outcome, code), answer


def test_in_ten_years_it_is_genuine_by_an_old_list(archived: Path, centre: ExampleCentre, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(certificate(centre, AGREED)[0])
    answer = verify(archived, str(tmp_path / "given"), "--at", "2036-11-25T12:00:00Z")
    assert (json.loads(answer.out)["outcome"], answer.code) == ("valid-status-stale", 3)
    (tmp_path / "given").write_bytes(certificate(centre, OTHER)[0])
    answer = verify(archived, str(tmp_path / "given"), "--at", "2036-11-25T12:00:00Z")
    assert (json.loads(answer.out)["outcome"], answer.code) == ("revoked", 1)


@pytest.mark.browser
def test_page_in_the_archive_says_the_same(archived: Path, centre: ExampleCentre, browser: Any) -> None:
    expected = [
        (certificate(centre, AGREED)[0], "demonstration"),
        (certificate(centre, OTHER)[0], "revoked"),
        (altered(certificate(centre, AGREED)[0]), "invalid"),
    ]
    context = browser.new_context(locale="en-GB", offline=True)
    asked: list[str] = []
    for document, outcome in expected:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((archived / "verifier.html").as_uri())
        page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": document})
        assert page.wait_for_selector("[data-outcome]").get_attribute("data-outcome") == outcome
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []


def by_hand(archived: Path, file: Path, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-I", str(archived / "by_hand.py"), str(file)],
        cwd=folder,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done
    return done.stdout.decode()


@pytest.mark.parametrize("name", [AGREED, OTHER])
def test_signature_can_be_checked_by_hand(archived: Path, centre: ExampleCentre, name: str, tmp_path: Path) -> None:
    (tmp_path / "certificate.json").write_bytes(certificate(centre, name)[0])
    said = by_hand(archived, tmp_path / "certificate.json", tmp_path)
    key, message, signature = ((tmp_path / part).read_bytes() for part in ("key.der", "message", "signature"))
    VerifyKey(key[-32:]).verify(message, signature)
    assert ("withdrawn on" in said) == (name == OTHER)


def test_keys_can_be_checked_by_hand_against_the_pinned_root(archived: Path, tmp_path: Path) -> None:
    by_hand(archived, archived / "site" / "asnad" / "keys.json", tmp_path)
    root = decode_public_key(json.loads((archived / "keys" / "own.json").read_bytes())["rootKeys"][0])
    assert (tmp_path / "key.der").read_bytes()[-32:] == root
    VerifyKey(root).verify((tmp_path / "message").read_bytes(), (tmp_path / "signature").read_bytes())


def test_openssl_of_the_readme_accepts_a_certificate_and_refuses_an_altered_one(
    archived: Path, centre: ExampleCentre, tmp_path: Path
) -> None:
    program = shutil.which("openssl")
    if program is None:
        # Any other Ed25519 tool does as well; the test with PyNaCl runs everywhere.
        pytest.skip("this machine has no openssl")
    readme = (archived / "README.txt").read_text(encoding="utf-8")
    line = next(line.strip() for line in readme.splitlines() if line.strip().startswith("openssl "))
    document = certificate(centre, AGREED)[0]
    for content, code in ((document, 0), (altered(document), 1)):
        (tmp_path / "CERTIFICATE.json").write_bytes(content)
        by_hand(archived, tmp_path / "CERTIFICATE.json", tmp_path)
        done = subprocess.run([program, *line.split()[1:]], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == code, done


def test_same_centre_makes_the_same_archive_at_any_time(centre: ExampleCentre) -> None:
    at = int(time.time())
    assert made_archive(centre.folder, at) == made_archive(centre.folder, at + 86_400)


def test_a_private_key_stops_the_archive(own_centre: ExampleCentre, tmp_path: Path) -> None:
    path = own_centre.folder.root / "keys" / "own.json"
    secret = next(own_centre.keys.rglob("*.key.json")).read_text()
    path.write_text(path.read_text().rstrip().removesuffix("}") + f', "kept": {secret}}}')
    assert_told(in_centre(own_centre, "archive", str(tmp_path / "kept")), 1, "keys/own.json", "expected nothing secret")
    assert not (tmp_path / "kept").exists()


def test_an_older_archive_is_replaced(own_centre: ExampleCentre, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert in_centre(own_centre, "archive", str(target)).code == 0
    before = (target / "site" / "asnad" / "manifest.json").read_bytes()
    work = own_centre.workplace(int(time.time()))
    serial = next(event.serial for event in work.ledger() if isinstance(event, Issued))
    revoke(work, serial, WithdrawalReason.ISSUED_IN_ERROR, "")
    assert in_centre(own_centre, "archive", str(target)).code == 0
    assert (target / "site" / "asnad" / "manifest.json").read_bytes() != before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kept")] == ["kept"]


def test_a_folder_with_anything_else_in_it_is_left_alone(centre: ExampleCentre, archived: Path, tmp_path: Path) -> None:
    copied = tmp_path / "kept"
    shutil.copytree(archived, copied)
    (copied / "site" / "my notes.txt").write_text("dear")
    assert_told(in_centre(centre, "archive", str(copied)), 1, "expected an empty folder or an older archive")
    assert (copied / "site" / "my notes.txt").read_text() == "dear"
    (tmp_path / "file").write_text("")
    assert_told(in_centre(centre, "archive", str(tmp_path / "file")), 1, "found a file")
    assert_told(in_centre(centre, "archive", str(centre.folder.root)), 1, "expected an empty folder")
    (copied / "site" / "my notes.txt").unlink()
    own = json.loads((copied / "keys" / "own.json").read_bytes()) | {"did": "did:web:another.example"}
    (copied / "keys" / "own.json").write_text(json.dumps(own))
    assert_told(in_centre(centre, "archive", str(copied)), 1, "found one of did:web:another.example")


def test_a_list_that_names_no_readme_is_no_archive() -> None:
    assert not is_older_archive(["photo.jpg"], b"0" * 64 + b"  photo.jpg\n")
    assert not is_older_archive([], b"\xff")


def test_a_folder_that_is_no_archive_is_named(tmp_path: Path) -> None:
    assert_told(verify(tmp_path, "123"), 1, "expected an archive with keys/own.json")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "own.json").write_text("[]")
    assert_told(verify(tmp_path, "123"), 1, "expected did and rootKeys", hint=False)


def test_an_archive_whose_keys_were_altered_judges_nothing(
    archived: Path, centre: ExampleCentre, tmp_path: Path
) -> None:
    copied = tmp_path / "kept"
    shutil.copytree(archived, copied)
    keys = copied / "site" / "asnad" / "keys.json"
    keys.write_bytes(keys.read_bytes().replace(b'"retired"', b'"active"').replace(b'"version":1', b'"version":2'))
    (tmp_path / "given").write_bytes(certificate(centre, AGREED)[0])
    answer = verify(copied, str(tmp_path / "given"))
    assert (json.loads(answer.out)["outcome"], answer.code) == ("cannot-check", 3)
