"""A credential goes into a picture and comes out byte by byte, and nothing else is taken for one."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from xml.etree import ElementTree

import pytest
from baked_pictures import OB, SVG, TABLE, picture, png, svg, text, written
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib import baking as others
from PIL import Image

from asnad.credentials.baking import MAX_PNG, bake_png, bake_svg, unbake
from asnad.errors import FileError

CASES = json.loads(TABLE.read_text(encoding="utf-8"))
PICTURE = f'<svg xmlns="{SVG}" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
CREDENTIALS = ANY_TEXT | st.lists(st.sampled_from(["]]>", "]", "<![CDATA[", "-->", "&amp;", "</svg>"]), min_size=1).map(
    "".join
)


def found(data: bytes) -> str:
    try:
        credential = unbake(data)
    except FileError as error:
        return "several" if "several" in error.message else "damaged"
    return "none" if credential is None else f"credential {credential.decode()}"


def test_the_table_is_the_one_that_its_builder_writes() -> None:
    assert TABLE.read_text(encoding="utf-8") == written(), "run tests/credentials/baked_pictures.py"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_picture_of_the_table_gives_what_is_written_there(case: dict[str, str]) -> None:
    expected = case["finds"] if "finds" in case else f"credential {case['credential']}"
    assert found(picture(case)) == expected


@given(CREDENTIALS)
def test_what_is_baked_comes_out_byte_by_byte(credential: str) -> None:
    data = credential.encode()
    assert unbake(bake_png(png(), data)) == data
    assert unbake(bake_svg(PICTURE, data)) == data


@given(CREDENTIALS)
def test_programs_of_others_read_what_is_baked(credential: str) -> None:
    data = credential.encode()
    baked_png, baked_svg = bake_png(png(), data), bake_svg(PICTURE, data)
    assert others.extract_png(baked_png, keyword=others.ITXT_KEYWORD_OB3) == credential
    with Image.open(io.BytesIO(baked_png)) as image:
        image.load()
        assert image.text["openbadgecredential"] == credential  # type: ignore[attr-defined]
    element = ElementTree.fromstring(baked_svg)[0]
    assert (element.tag, element.text) == (f"{{{OB}}}credential", credential)
    read = others.extract_svg(baked_svg, element=others.SVG_ELEMENT_OB3, text_fallback=True)
    assert read == credential.strip()


@given(ANY_TEXT)
def test_what_others_bake_is_read(credential: str) -> None:
    baked = others.bake_png(png(), credential, keyword=others.ITXT_KEYWORD_OB3)
    assert unbake(baked) == credential.encode()
    names = {"element": others.SVG_ELEMENT_OB3, "namespace": others.SVG_NS_OB3}
    assert unbake(others.bake_svg(PICTURE.encode(), credential, **names, as_text=True)) == credential.encode()
    jws = "eyJh.eyJi.c2ln"
    assert unbake(others.bake_svg(PICTURE.encode(), jws, **names)) == jws.encode()


def test_a_picture_that_has_a_credential_takes_no_second() -> None:
    for baked in (bake_png(png(), b"{}"), png(text(b"{}"), text(b"{}"))):
        with pytest.raises(FileError):
            bake_png(baked, b"{}")
    with pytest.raises(FileError, match="without a credential"):
        bake_svg(bake_svg(PICTURE, b"{}").decode(), b"{}")
    with pytest.raises(FileError, match="without a credential"):
        bake_png(PICTURE.encode(), b"{}")
    with pytest.raises(FileError, match="without a credential"):
        bake_svg("<p>no picture</p>", b"{}")


@given(st.data())
def test_no_change_of_a_bit_in_the_chunk_gives_another_credential(data: st.DataObject) -> None:
    credential = b'{"licenseNumber":"CSC/1"}'
    whole = bake_png(png(), credential)
    at = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[at // 8] ^= 1 << at % 8
    assert found(bytes(changed)) in ("none", "damaged", f"credential {credential.decode()}")


@given(st.binary(max_size=300) | st.lists(st.sampled_from(re.split(r"(\W)", svg("<a/>").decode()))).map("".join))
def test_any_file_is_answered(data: bytes | str) -> None:
    start = b"" if isinstance(data, bytes) else b"<svg>"
    assert found(start + (data if isinstance(data, bytes) else data.encode())) in ("none", "damaged")
    assert found(png()[:33] + (data if isinstance(data, bytes) else data.encode())) in ("none", "damaged")


@pytest.mark.parametrize("part", ["<a>", "<a xmlns:b='c'>", "<credential/>", "<!-- ", "&amp;", " a='b'", "<"])
def test_a_picture_full_of_one_thing_takes_little_memory(part: str) -> None:
    start = svg("", end="").decode() + ("<a" if part.startswith(" ") else "")
    data = (start + part * ((400_000 - len(start)) // len(part))).encode()
    tracemalloc.start()
    assert found(data) == "damaged"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_picture_beyond_the_limit_is_not_read() -> None:
    largest = png(text(b"{}"))
    more = MAX_PNG - len(largest) - 12
    filled = largest[:33] + more.to_bytes(4) + b"noTe" + bytes(more) + bytes(4) + largest[33:]
    assert found(filled) == "credential {}"
    assert found(filled + b"\0") == "damaged"
