"""`asnad verify FOLDER`: every file is listed, nothing stands in for another, and the worst exit code counts."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from command_line import assert_told, call, in_centre, link_of
from PIL import Image

from asnad.carriers.qr_code import draw_qr_code
from asnad.carriers.received_file import verify_file
from asnad.cli.verify import trust_of
from asnad.cli.verify_folder import check_files, named_files, visible
from asnad.credentials.baking import bake_png
from asnad.credentials.contexts import load_contexts
from asnad.errors import FileError
from asnad.instant import format_instant
from asnad.issuers.keys_file import verify_keys_file
from asnad.verification.checked_file import CheckedFile
from example_centre import NOW, ExampleCentre

AT = ("--at", format_instant(NOW))


@pytest.fixture
def received(issued_centre: ExampleCentre, tmp_path: Path) -> Path:
    """A folder as an employer may have it."""
    folder = tmp_path / "received"
    (folder / "by mail").mkdir(parents=True)
    documents = list(issued_centre.credentials().values())
    code, link = next(iter(issued_centre.digits().values()))
    (folder / "first.json").write_bytes(documents[0])
    (folder / "by mail" / "copy.json").write_bytes(documents[0])
    (folder / "second.json").write_bytes(documents[1])
    (folder / "altered.json").write_bytes(documents[2].replace(b'"awardedDate":"2026', b'"awardedDate":"2025'))
    (folder / "=1+1.json").write_bytes(documents[3])
    (folder / "b;=1+1;.txt").write_text("Bring the originals.")
    (folder / "link.txt").write_text(f"سند: {link_of(issued_centre, link)}\n", encoding="utf-8")
    (folder / "kept.digits").write_text(f"{code}\n{link}\n")
    (folder / "notes.txt").write_text("Bring the originals.")
    return folder


def checked(centre: ExampleCentre, folder: Path) -> dict[str, CheckedFile]:
    files = check_files(named_files([str(folder)]), trust_of(centre.folder), NOW)
    return {file.path: file for file in files}


def test_every_file_is_listed_with_what_became_of_it(issued_centre: ExampleCentre, received: Path) -> None:
    table = received.parent / "table.csv"
    answer = in_centre(issued_centre, "verify", str(received), *AT, "--csv", str(table))
    assert answer.code == 1, answer
    for text in ("altered.json", "Not valid", "by mail/copy.json", "Not a certificate file", "Found twice"):
        assert text in answer.out, answer.out
    content = table.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "'=1+1.json": "demonstration",
        "altered.json": "invalid",
        "b;'=1+1;.txt": "no-certificate",
        "by mail/copy.json": "demonstration",
        "first.json": "demonstration",
        "kept.digits": "no-certificate",
        "link.txt": "demonstration",
        "notes.txt": "no-certificate",
        "second.json": "demonstration",
    }
    assert rows["altered.json"]["reason"] == "signature-mismatch"
    assert rows["altered.json"]["name"] == rows["altered.json"]["serial"] == ""
    assert rows["first.json"]["twin"] == rows["link.txt"]["twin"] == "same-certificate"
    assert rows["second.json"]["twin"] == ""
    assert rows["second.json"]["issuer_id"] == issued_centre.catalogue.centre.did


def test_what_is_shown_changes_nothing_about_the_exit_code(issued_centre: ExampleCentre, received: Path) -> None:
    answer = in_centre(issued_centre, "verify", str(received), *AT, "--only", "demonstration", "--json")
    listed = json.loads(answer.out)
    assert answer.code == 1
    assert len(listed) == 5
    assert {file["outcome"] for file in listed} == {"demonstration"}
    assert listed[0]["report"]["checks"][0] == {"check": "read", "result": "passed"}
    (received / "altered.json").unlink()
    assert in_centre(issued_centre, "verify", str(received), *AT, "--only", "invalid").code == 0


def test_several_files_are_checked_and_a_missing_one_is_told(issued_centre: ExampleCentre, received: Path) -> None:
    names = [str(received / name) for name in ("second.json", "notes.txt")]
    answer = in_centre(issued_centre, "verify", *names, *AT, "--language", "ur")
    assert answer.code == 0, answer
    assert "سند کی فائل نہیں" in answer.out
    assert_told(in_centre(issued_centre, "verify", names[0], "nowhere.json", *AT), 3, "nowhere.json")
    alone = call("verify", names[1], "--only", "valid", *AT, cwd=issued_centre.folder.root)
    assert alone.code == 3, "a folder without certificates is not good"


def test_what_cannot_be_opened_is_named_and_keeps_nobody_waiting(issued_centre: ExampleCentre, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe.json")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "nowhere.json").symlink_to(folder / "gone.json")
    (folder / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")
    (folder / "page.html").write_bytes(b"<!doctype html><p>no</p>")
    (folder / "garbled.json").write_bytes(b"\xff\xfe\0no")
    with (folder / "film.mp4").open("wb") as film:
        film.truncate(40_000_000)
    files = checked(issued_centre, folder)
    told = {path: file.reason or file.code for path, file in files.items()}
    unreadable = dict.fromkeys(("pipe.json", "outside", "nowhere.json", "cut.png", "letter.pdf"), "file-unreadable")
    assert told == unreadable | {
        "garbled.json": "not-text",
        "page.html": "no-certificate",
        "film.mp4": "no-certificate",
    }


def test_links_of_several_certificates_in_one_text_stand_in_for_none(issued_centre: ExampleCentre) -> None:
    digits = [link for _, link in issued_centre.digits().values()]
    text = "\n".join(link_of(issued_centre, link) for link in digits[:2]).encode()
    with pytest.raises(FileError, match="expected one link, found 2"):
        verify_file(text, trust_of(issued_centre.folder), NOW, load_contexts())


def test_a_picture_that_shows_the_code_of_another_than_it_holds_is_refused(issued_centre: ExampleCentre) -> None:
    documents, digits = issued_centre.credentials(), issued_centre.digits()
    (mine, document), (another, _) = list(documents.items())[:2]
    trust, contexts = trust_of(issued_centre.folder), load_contexts()
    for shown, good in ((mine, True), (another, False)):
        picture = io.BytesIO()
        code_image(issued_centre, digits[shown][0]).save(picture, "PNG")
        baked = bake_png(picture.getvalue(), document)
        if good:
            report = verify_file(baked, trust, NOW, contexts)
            assert report is not None
            assert report.outcome == "demonstration"
        else:
            with pytest.raises(FileError, match="that of another"):
                verify_file(baked, trust, NOW, contexts)


def code_image(centre: ExampleCentre, digits: str) -> Image.Image:
    rows = draw_qr_code(link_of(centre, digits)).rows
    image = Image.new("L", (len(rows), len(rows)))
    image.putdata([0 if dark else 255 for row in rows for dark in row])
    return image.resize((len(rows) * 6, len(rows) * 6), Image.Resampling.NEAREST)


def test_lists_are_read_once_for_all_files(issued_centre: ExampleCentre, received: Path) -> None:
    verify_keys_file.cache_clear()
    checked(issued_centre, received)
    assert verify_keys_file.cache_info().misses == 1
    assert verify_keys_file.cache_info().hits > 3


def test_a_name_cannot_turn_a_terminal() -> None:
    assert visible("a\u202egpj.exe\x1b[2J\n") == "a⟨U+202E⟩gpj.exe⟨U+001B⟩[2J⟨U+000A⟩"
    assert visible("محمد\u200cعلی") == "محمد\u200cعلی"
