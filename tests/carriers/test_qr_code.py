from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image

from asnad.carriers.qr_code import QRCode, draw_qr_code
from asnad.errors import AsnadError

ADDRESS = "https://skills.example/v/#"


def certificate_code(digits: int) -> str:
    """Give an address whose digits have no pattern: the decimal digits of a power of seven."""
    return ADDRESS + str(7**2000)[:digits]


def rasterise(code: QRCode, pixels_per_module: int = 4) -> Image.Image:
    picture = Image.new("L", (code.modules, code.modules), 255)
    picture.putdata([0 if black else 255 for row in code.rows for black in row])
    side = code.modules * pixels_per_module
    return picture.resize((side, side), Image.Resampling.NEAREST)


@pytest.mark.parametrize("digits", [17, 343, 571, 850])
def test_a_drawn_code_is_read_back_from_its_pixels(digits: int) -> None:
    text = certificate_code(digits)

    (found,) = zxingcpp.read_barcodes(rasterise(draw_qr_code(text)))

    assert found.text == text
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "M"


def test_235_bytes_as_571_digits_need_version_12() -> None:
    code = draw_qr_code(certificate_code(571))

    assert code.version == 12
    assert code.modules == 65 + 8
    assert not code.dense


def test_digits_are_packed_as_digits() -> None:
    # As bytes, 597 characters at M would need version 18.
    assert draw_qr_code(certificate_code(571)).version < draw_qr_code("x" * 597).version


def test_four_white_modules_surround_the_code() -> None:
    code = draw_qr_code(certificate_code(17))

    for side in (code.rows, tuple(zip(*code.rows, strict=True))):
        assert not any(black for line in (*side[:4], *side[-4:]) for black in line)
        assert side[4][4]


def test_version_15_is_not_dense_and_version_16_is() -> None:
    versions = {code.version: code.dense for code in (draw_qr_code(certificate_code(n)) for n in range(860, 1000, 10))}

    assert versions[15] is False
    assert versions[16] is True


def test_a_text_beyond_the_largest_version_is_refused_with_a_hint() -> None:
    with pytest.raises(AsnadError, match="version 20") as refusal:
        draw_qr_code(certificate_code(1690))

    assert refusal.value.hint is not None


def test_a_text_that_no_qr_code_holds_is_refused_alike() -> None:
    with pytest.raises(AsnadError, match="version 20"):
        draw_qr_code("x" * 5000)


def test_a_smaller_largest_version_is_kept_to() -> None:
    with pytest.raises(AsnadError, match="version 11"):
        draw_qr_code(certificate_code(571), max_version=11)


def test_the_svg_has_its_real_size_in_millimetres() -> None:
    svg = draw_qr_code(certificate_code(571)).to_svg(0.7, "Code")

    assert 'width="51.10mm" height="51.10mm" viewBox="0 0 73 73"' in svg


def test_the_svg_paints_exactly_the_black_modules() -> None:
    code = draw_qr_code(certificate_code(343))
    path = re.search(r'fill="#000" d="([^"]+)"', code.to_svg())
    assert path is not None

    painted = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path[1])
        for step in range(int(length))
    }

    assert painted == {(x, y) for y, row in enumerate(code.rows) for x, black in enumerate(row) if black}


def test_the_title_of_the_svg_is_text_and_never_markup() -> None:
    svg = draw_qr_code("1").to_svg(title='<script>"&')

    assert "<title>&lt;script&gt;&#34;&amp;</title>" in svg


def test_modules_under_half_a_millimetre_are_refused() -> None:
    with pytest.raises(AsnadError, match=r"0\.49 mm"):
        draw_qr_code("1").to_svg(0.49)
