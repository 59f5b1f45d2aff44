"""The picture of a certificate: what it shows, that its code is read from a screenshot, and what lies inside."""

from __future__ import annotations

import io
import re
import shutil
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import test_certificate_page as certificates
from openbadgeslib import baking as others
from PIL import Image

from asnad import assets
from asnad.carriers.code_reading import read_codes
from asnad.carriers.qr_code import draw_qr_code
from asnad.credentials.baking import unbake
from asnad.errors import FileError, IssuingError
from asnad.gate.personal_data import find_personal_data
from asnad.gate.verdict_claims import verdict_claims
from asnad.proofs.canonical_json import canonical_json
from asnad.site.certificate import CertificateView
from asnad.site.certificate_picture import HEIGHT, WIDTH, baked_pictures, certificate_picture, png_of
from asnad.site.picture_text import covered_by_fonts
from asnad.site.stationery import Stationery

SVG = "{http://www.w3.org/2000/svg}"
DEMONSTRATION = replace(certificates.UNSIGNED, demonstration=True)
DIRECTIONS = re.compile("[\u2066\u2067\u2069]")


@cache
def stationery() -> Stationery:
    return replace(certificates.stationery(), picture_fonts=tuple(str(path) for path in assets.picture_fonts()))


def svg_of(view: CertificateView) -> str:
    return certificate_picture(view, stationery())


@cache
def pictures(name: str) -> tuple[bytes, bytes]:
    return baked_pictures(certificates.view(name), credential(name), stationery())


def credential(name: str) -> bytes:
    return canonical_json(certificates.document(name))


def lines(svg: str) -> list[str]:
    """Give what a person reads, line by line."""
    return [DIRECTIONS.sub("", element.text or "") for element in ET.fromstring(svg).iter(f"{SVG}text")]


def shrunk(png: bytes, width: int, quality: int) -> bytes:
    """Show a picture on a small phone, take a screenshot, and send it through a program that packs it anew."""
    with Image.open(io.BytesIO(png)) as image:
        small = image.convert("RGB").resize(
            (width, round(image.height * width / image.width)), Image.Resampling.BILINEAR
        )
    file = io.BytesIO()
    small.save(file, "JPEG", quality=quality)
    return file.getvalue()


@pytest.mark.parametrize("name", certificates.ALL)
def test_a_picture_tells_what_was_awarded_by_whom_and_to_whom(name: str) -> None:
    view = certificates.view(name)
    read = " ".join(lines(svg_of(view)))
    words = stationery().words(view.language)
    for part in (view.learner.name, view.issuer.name, view.achievement, view.serial, words.day(view.awarded)):
        assert part in read
    assert words.sentence(f"kind.{view.kind.removeprefix('ext:')}") in read
    assert words.sentence("picture.check") in read
    assert (view.learner.native_name or "") in read


@pytest.mark.parametrize("name", certificates.ALL)
def test_no_word_of_a_picture_says_that_it_is_good(name: str) -> None:
    svg, _ = pictures(name)
    assert list(verdict_claims("c/picture.svg", svg, certificate=True)) == []
    assert not re.search("[✓✔☑✅]", svg.decode())


def test_a_demonstration_says_so_twice_and_a_certificate_never() -> None:
    said = "Demonstration – not a real certificate"
    assert lines(svg_of(certificates.view("completion", DEMONSTRATION))).count(said) == 2
    assert said not in lines(svg_of(certificates.view("completion")))


def test_only_a_micro_credential_has_its_mark() -> None:
    stairs = "M-14 11V3H-6V11Z"
    assert stairs in svg_of(certificates.view("micro-credential"))
    assert stairs not in svg_of(certificates.view("completion"))


@pytest.mark.parametrize("name", certificates.ALL)
def test_the_credential_lies_inside_byte_by_byte_and_programs_of_others_find_it(name: str) -> None:
    svg, png = pictures(name)
    assert unbake(svg) == unbake(png) == credential(name)
    text = credential(name).decode()
    assert others.extract_png(png, keyword=others.ITXT_KEYWORD_OB3) == text
    assert others.extract_svg(svg, element=others.SVG_ELEMENT_OB3, text_fallback=True) == text
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert image.size == (WIDTH, HEIGHT)
        assert image.text["openbadgecredential"] == text  # type: ignore[attr-defined]


def test_the_same_certificate_gives_the_same_bytes() -> None:
    first = pictures("micro-credential-urdu")
    png_of.cache_clear()
    assert (
        baked_pictures(certificates.view("micro-credential-urdu"), credential("micro-credential-urdu"), stationery())
        == first
    )


@pytest.mark.parametrize(("width", "quality"), [(WIDTH, 70), (720, 60), (480, 70), (360, 80)])
@pytest.mark.parametrize("name", certificates.ALL)
def test_the_code_is_read_from_a_screenshot(name: str, width: int, quality: int) -> None:
    assert read_codes(shrunk(pictures(name)[1], width, quality)) == (certificates.CODE_URL,)


def test_the_largest_code_is_read_too_and_a_larger_one_is_refused() -> None:
    address, digits = "https://skills.example/v/#", str(7**3000)
    # The first length that does not fit any more.
    most = bisect_left(range(2000), True, key=lambda count: not _fits(address + digits[:count])) - 1
    view = certificates.view("completion", replace(certificates.UNSIGNED, code_url=address + digits[:most]))
    png = png_of(svg_of(view), stationery().picture_fonts)
    assert draw_qr_code(address + digits[:most]).version == 20
    assert read_codes(shrunk(png, 720, 70)) == (address + digits[:most],)
    longer = replace(view, unsigned=replace(view.unsigned, code_url=address + digits[: most + 1]))
    with pytest.raises(IssuingError):
        svg_of(longer)


def _fits(text: str) -> bool:
    try:
        return draw_qr_code(text).version <= 20
    except IssuingError:
        return False


def boxes(svg: str) -> list[tuple[int, int]]:
    return [
        (int(element.get("y", "0")), int(element.get("font-size", "0")))
        for element in ET.fromstring(svg).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("name", certificates.ALL)
@pytest.mark.parametrize("unsigned", [certificates.UNSIGNED, DEMONSTRATION], ids=["real", "demonstration"])
@pytest.mark.parametrize("length", [1, 3, 12])
def test_a_long_text_keeps_off_the_code_and_the_frame(name: str, unsigned: Any, length: int) -> None:
    short = certificates.view(name, unsigned)
    long = replace(
        short,
        achievement=" ".join([short.achievement] * length),
        learner=replace(short.learner, name=" ".join([short.learner.name] * length)),
        issuer=replace(short.issuer, name=" ".join([short.issuer.name] * length), parent="Directorate " * length),
    )
    svg = svg_of(long)
    place = re.search(r'crispEdges" transform="translate\((\d+) (\d+)\) scale\((\d+)\)', svg)
    assert place is not None
    left, top, scale = map(int, place.groups())
    side = draw_qr_code(long.unsigned.code_url).modules * scale
    assert left + side <= WIDTH - left
    for y, size in boxes(svg):
        assert y + size // 3 <= top + 4 * scale or y - size >= top + side - 4 * scale, (y, size, top, side)
        assert size < y < HEIGHT - 30


def test_a_word_without_spaces_is_divided() -> None:
    view = replace(certificates.view("completion"), achievement="Baking" * 60)
    parts = [line for line in lines(svg_of(view)) if "Baking" in line]
    assert len(parts) > 1
    assert max(map(len, parts)) < 80


def test_urdu_is_marked_as_going_from_right_to_left_and_latin_as_the_other_way() -> None:
    texts = [
        element.text or ""
        for element in ET.fromstring(svg_of(certificates.view("micro-credential-urdu"))).iter(f"{SVG}text")
    ]
    assert all(text.endswith("\u2069") for text in texts)
    assert {text[0] for text in texts if re.match("[\u2066\u2067][A-Z]", text)} == {"\u2066"}
    assert {text[0] for text in texts if re.match("[\u2066\u2067][\u0600-\u06ff]", text)} == {"\u2067"}


def test_in_urdu_the_serial_stands_on_the_right() -> None:
    root = ET.fromstring(svg_of(certificates.view("micro-credential-urdu")))
    serial = certificates.view("micro-credential-urdu").serial
    (place,) = [element.get("x", "0") for element in root.iter(f"{SVG}text") if serial in (element.text or "")]
    assert int(place) > WIDTH // 2


@pytest.mark.parametrize(
    "text", ["Ayesha Khan", "عائشہ خان (2)", "Әлия Қасымова", "Ελένη", "Nguyễn Văn", "Zoë’s – “course”…"]
)
def test_pictures_in_our_languages_need_no_font_of_the_machine(text: str) -> None:
    assert covered_by_fonts(text)


def test_a_script_without_a_font_of_ours_is_drawn_with_those_of_the_machine() -> None:
    view = replace(certificates.view("completion"), achievement="烘焙 Baking बेकिंग")
    assert not covered_by_fonts(svg_of(view))
    assert png_of(svg_of(view), stationery().picture_fonts).startswith(b"\x89PNG")


def test_nothing_is_drawn_where_a_font_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(assets.picture_fonts()[0].parent, tmp_path / "picture-fonts")
    monkeypatch.setattr(assets, "_PACKAGED", tmp_path)
    (tmp_path / "picture-fonts" / "noto-serif-600.ttf").unlink()
    # The program that draws passes over a font that is not there, and with it over the text.
    with pytest.raises(FileError, match="expected a font, found none"):
        assets.picture_fonts()


def test_what_others_wrote_never_becomes_markup() -> None:
    hostile = '</text><script>alert(1)</script>"]]>&{{7*7}}'
    view = replace(
        certificates.view("completion"),
        achievement=hostile,
        issuer=replace(certificates.view("completion").issuer, name=hostile),
    )
    svg, png = baked_pictures(view, credential("completion").replace(b"Home", b"]]><script>"), stationery())
    tags = {element.tag for element in ET.fromstring(svg).iter()}
    allowed = {f"{SVG}{tag}" for tag in ("svg", "title", "path", "g", "ellipse", "circle", "text")}
    assert tags == allowed | {"{https://purl.imsglobal.org/ob/v3p0}credential"}
    assert unbake(svg) == unbake(png)


def test_a_picture_fetches_nothing() -> None:
    svg = svg_of(certificates.view("micro-credential"))
    assert not re.search(r"(?:href|src|url\(|@import|style=)", svg)


def test_no_number_in_the_drawing_looks_like_one_of_a_person() -> None:
    """The gate would stop at a path of digits that it takes for a telephone or an identity card."""
    for name in certificates.ALL:
        svg = svg_of(certificates.view(name))
        assert list(find_personal_data(svg.encode())) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["completion", "micro-credential-urdu"])
@pytest.mark.parametrize("scale", [2, 3])
def test_a_browser_shows_the_svg_on_a_phone_so_that_its_code_is_read(
    chromium: Any, tmp_path: Path, name: str, scale: int
) -> None:
    (tmp_path / "picture.svg").write_bytes(pictures(name)[0])
    (tmp_path / "page.html").write_text('<body style="margin:0"><img src="picture.svg" width="360">', encoding="utf-8")
    page = chromium.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=scale)
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("document.images[0].naturalWidth") == WIDTH
    shot = page.screenshot(full_page=True)
    page.close()
    assert read_codes(shot) == (certificates.CODE_URL,)
