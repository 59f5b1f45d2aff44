"""The sheet beside a backup: whoever finds it knows what it is, and the keys come back from the paper alone."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from lost_laptop import HOUR, backed_up
from nacl.signing import SigningKey
from PIL import Image

from asnad import assets
from asnad.carriers.qr_code import draw_qr_code
from asnad.desk.backup_sheet import MAX_CODE_VERSION, BackupSheet, backup_sheet, draw_backup_sheet
from asnad.issuers.did_web import is_did_web
from asnad.messages import read_messages
from asnad.proofs.multikey import encode_public_key
from asnad.signing.ceremony import try_key
from asnad.signing.key_file import KeyRole, seal_key
from asnad.signing.key_store import key_store
from asnad.signing.signer import KeyFileSigner
from asnad.site.issuer_reading import read_stationery
from example_centre import NOW, PASSPHRASE, ExampleCentre, found_example_centre

A4 = {"width": 794, "height": 1123}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return found_example_centre(tmp_path_factory.mktemp("sheet"))


@pytest.fixture(scope="module")
def sheet(centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> BackupSheet:
    report = backed_up(centre, tmp_path_factory.mktemp("sticks"), NOW + HOUR)
    messages = read_messages(assets.message_files(), "backup", centre.catalogue.centre.languages)
    return backup_sheet(centre.workplace(), report.record, messages)


@pytest.fixture(scope="module")
def page(centre: ExampleCentre, sheet: BackupSheet) -> str:
    return draw_backup_sheet(sheet, read_stationery(centre.catalogue))


def key_files(centre: ExampleCentre) -> dict[str, str]:
    return {path.name: path.read_text(encoding="ascii") for path in sorted(centre.store.folder.iterdir())}


def texts_of_codes(svgs: list[str]) -> list[str]:
    """Paint the rectangles of each drawing and read the code from the pixels."""
    texts = []
    for svg in svgs:
        side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
        picture = Image.new("L", (side, side), 255)
        path = re.search(r'fill="#000" d="([^"]+)"', svg)[1]  # type: ignore[index]
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
            picture.paste(0, (int(x), int(y), int(x) + int(length), int(y) + 1))
        (found,) = zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))
        texts.append(found.text)
    return texts


def test_each_code_is_its_key_file_byte_for_byte(centre: ExampleCentre, page: str) -> None:
    svgs = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert texts_of_codes(svgs) == list(key_files(centre).values())


def test_a_key_saved_from_the_paper_as_it_says_signs_again(
    centre: ExampleCentre, sheet: BackupSheet, page: str, tmp_path: Path
) -> None:
    folder = tmp_path / "keys" / sheet.folder
    folder.mkdir(parents=True)
    names = re.findall(r"<h3><code dir=\"ltr\">([^<]+)</code></h3>", page)
    for name, svg in zip(names, re.findall(r"<svg.*?</svg>", page, re.DOTALL), strict=True):
        (folder / name).write_text(texts_of_codes([svg])[0], encoding="ascii")
    store = key_store(tmp_path / "keys", centre.store.did, [])
    assert store.folder == folder.resolve()
    public_keys = {key.id: key.public_key for key in centre.store.key_files()}
    assert len(public_keys) == 4
    for key in store.key_files():
        signer = KeyFileSigner.unlock(key, PASSPHRASE)
        try_key(signer)
        assert signer.public_key == public_keys[key.id]


def test_the_printed_text_without_its_spaces_is_the_key_file_too(centre: ExampleCentre, page: str) -> None:
    printed = [
        re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", text)))
        for text in re.findall(r'<p class="groups">(.*?)</p>', page, re.DOTALL)
    ]
    assert printed == list(key_files(centre).values())
    assert not any(re.search(r"\s", text) for text in key_files(centre).values())


def test_it_holds_everything_to_compare_and_no_passphrase(centre: ExampleCentre, sheet: BackupSheet, page: str) -> None:
    keys = centre.workplace().record().keys
    assert encode_public_key(keys.root_key) in page
    assert keys.next_root_digest.hex() in page
    for name, digest in sheet.files:
        assert (name in page, digest in page) == (True, True)
    assert len(sheet.files) == 2
    assert PASSPHRASE.decode() not in page
    assert centre.store.did in page


def test_it_says_so_in_every_language_of_the_centre_each_in_its_direction(page: str) -> None:
    sides = re.findall(r'<article class="page" lang="(\w+)" dir="(\w+)">(.*?)</article>', page, re.DOTALL)
    assert [(language, direction) for language, direction, _ in sides] == [("en", "ltr"), ("ur", "rtl")]
    assert "How to restore" in sides[0][2]
    assert "بحال کرنے کا طریقہ" in sides[1][2]
    for _, _, text in sides:
        assert "asnad restore BACKUP.asnad --into FOLDER" in text
        assert "git config core.hooksPath .githooks" in text
        assert text.count('<p class="blank">') == 6


def test_it_loads_nothing_and_runs_nothing(page: str) -> None:
    assert not re.search(r"<script|<link|<img|https?://(?!www\.w3\.org/2000/svg)|@import", page)
    assert "default-src 'none'" in page


def test_one_copy_alone_is_told_on_the_sheet(centre: ExampleCentre, tmp_path: Path) -> None:
    report = backed_up(centre, tmp_path, NOW + 2 * HOUR, "stick1")
    messages = read_messages(assets.message_files(), "backup", ["en", "ur"])
    page = draw_backup_sheet(
        backup_sheet(centre.workplace(), report.record, messages), read_stationery(centre.catalogue)
    )
    assert "Only one copy was made." in page
    assert "صرف ایک نقل بنی ہے" in page


def test_the_key_file_of_the_longest_did_still_has_a_readable_code() -> None:
    longest = "did:web:" + "a" * 200 + ".example" + ":b" * 42
    assert (len(longest), is_did_web(longest)) == (300, True)
    text = seal_key(
        bytes(SigningKey.generate()),
        key_id=f"{longest}#root-next-2026a",
        role=KeyRole.ISSUING,
        created=NOW,
        passphrase=PASSPHRASE,
    ).decode("ascii")
    svg = draw_qr_code(text, max_version=MAX_CODE_VERSION).to_svg()
    assert texts_of_codes([svg]) == [text]


def test_the_printed_pages_are_read_by_a_camera_and_nothing_is_cut_off(
    browser: Any, centre: ExampleCentre, page: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.html"
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(viewport=A4, device_scale_factor=2)
    try:
        shown = context.new_page()
        refused: list[str] = []
        shown.on("console", lambda message: refused.append(message.text))
        shown.goto(path.as_uri())
        shown.emulate_media(media="print")
        pixels = Image.open(io.BytesIO(shown.screenshot(full_page=True))).convert("L")
        found = {code.text for code in zxingcpp.read_barcodes(pixels)}
        assert found == set(key_files(centre).values())
        assert shown.evaluate("document.documentElement.scrollWidth") <= A4["width"]
        heights = shown.evaluate("[...document.querySelectorAll('.page')].map((page) => page.offsetHeight)")
        millimetre = 96 / 25.4
        assert all(height <= (297 - 28) * millimetre for height in heights), heights
        assert refused == []
    finally:
        context.close()
