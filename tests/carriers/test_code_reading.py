"""Codes in pictures of any origin."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from asnad.carriers.code_reading import is_image, read_codes
from asnad.carriers.qr_code import draw_qr_code
from asnad.errors import FileError

TEXT = "https://skills.example/v/#" + str(7**500)


def picture(kind: str, *texts: str) -> bytes:
    codes = [draw_qr_code(text) for text in texts]
    side = max((code.modules for code in codes), default=20) * 4
    image = Image.new("L", (side * max(len(codes), 1), side), 255)
    for place, code in enumerate(codes):
        one = Image.new("L", (code.modules, code.modules), 255)
        one.putdata([0 if black else 255 for row in code.rows for black in row])
        image.paste(one.resize((code.modules * 4,) * 2, Image.Resampling.NEAREST), (side * place, 0))
    file = io.BytesIO()
    image.convert("RGB").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_code_is_read_from_each_kind_of_picture(kind: str) -> None:
    data = picture(kind, TEXT)
    assert is_image(data)
    assert read_codes(data) == (TEXT,)


def test_every_code_of_a_picture_is_read() -> None:
    assert sorted(read_codes(picture("PNG", TEXT, "other"))) == [TEXT, "other"]


def test_a_picture_without_code_has_none() -> None:
    assert read_codes(picture("PNG")) == ()


@pytest.mark.parametrize("data", [b"", b"{}", b"123", b"%PDF-1.7"])
def test_other_files_are_no_pictures(data: bytes) -> None:
    assert not is_image(data)
    with pytest.raises(FileError, match="expected a picture"):
        read_codes(data)


@pytest.mark.parametrize("length", [20, 40, 60, 200])
def test_a_picture_cut_off_is_refused(length: int) -> None:
    with pytest.raises(FileError, match="expected a picture"):
        read_codes(picture("PNG", TEXT)[:length])


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    with pytest.raises(FileError, match="expected at most 80000000 pixels, got 9000 × 9000"):
        read_codes(file.getvalue())
