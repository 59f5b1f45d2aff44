"""
A certificate as a picture to be shared: SVG and PNG, with the credential inside and its code in sight.

The picture says what was awarded, by whom and to whom, and how to check it; it says nothing of validity. The code is
large enough to be read from a screenshot on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import resvg_py

from asnad.carriers.qr_code import draw_qr_code
from asnad.credentials.baking import bake_png, bake_svg
from asnad.errors import PublicationError
from asnad.site.certificate import CertificateView
from asnad.site.certificate_wording import CertificateWording, word_certificate
from asnad.site.picture_text import Block, PictureLine, TextStyle, covered_by_fonts, fitted, set_line
from asnad.site.stationery import Stationery

WIDTH = 960
HEIGHT = 1360
"""In pixels of the PNG."""
_MIDDLE = WIDTH // 2
_TEXT_WIDTH = 820
_EDGE = 52
"""Between the edge of the picture and what stands inside of the frame."""
_BANNER_ROOM = 32
_ROW_GAP = 8
_GUTTER = 24
_WIDEST_GAP = 22
_SMALL_SCALE = 0.86
"""Of the text, below which the code makes room for it."""
_LEAST_CODE_SCALE = 4
_SCALES = (1, 0.93, 0.86, 0.79, 0.72, 0.65, 0.58, 0.5, 0.42, 0.34)
_CODE_SIDE = 520
_EMBLEM_RADIUS = 52
_BANNERS = (58, HEIGHT - 38)
_GREEN = "#16453a"
_BLACK = "#161616"
_GREY = "#444444"

_PARENT = TextStyle(size=23, colour=_GREY, lines=1)
_ISSUER = TextStyle(size=32, colour=_GREEN, lines=2, bold=True)
_KIND = TextStyle(size=42, colour=_BLACK, lines=2, display=True)
_LEAD = TextStyle(size=23, colour=_GREY, lines=2)
_NAME = TextStyle(size=40, colour=_BLACK, lines=2, bold=True)
_NATIVE_NAME = TextStyle(size=36, colour=_BLACK, lines=2, display=True)
_COURSE = TextStyle(size=36, colour=_GREEN, lines=4, display=True)
_LABEL = TextStyle(size=18, colour=_GREY, lines=1)
_VALUE = TextStyle(size=23, colour=_BLACK, lines=1, bold=True)
_SMALL = TextStyle(size=18, colour=_GREY, lines=3)
_BANNER = TextStyle(size=30, colour="#000000", lines=1, bold=True)

_Row: TypeAlias = tuple[tuple[Block, int], ...]
"""Blocks beside one another, and the middle of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePicture:
    """What the template draws, in pixels."""

    width: int
    height: int
    language: str
    title: str
    """What a screen reader says. It names the course and not the learner, as the title of the page does."""
    micro_credential: bool
    emblem: int
    """Height of its middle."""
    banners: tuple[int, ...]
    """Baselines of the texts in boxes, on a demonstration."""
    lines: tuple[PictureLine, ...]
    code_x: int
    code_y: int
    code_scale: int
    """Pixels of one module: whole ones, so that no edge of the code is blurred."""
    code_path: str


def baked_pictures(view: CertificateView, credential: bytes, stationery: Stationery) -> tuple[bytes, bytes]:
    """
    Draw a certificate as SVG and as PNG, each with the credential inside; the same certificate gives the same bytes.

    Args:
        view: What was signed.

        credential: The file as issued.

        stationery: Templates, words and fonts.

    Raises:
        IssuingError: The code does not fit.

        PublicationError: A sentence is missing from the messages.

    """
    svg = certificate_picture(view, stationery)
    return bake_svg(svg, credential), bake_png(png_of(svg, stationery.picture_fonts), credential)


# A site that is served while it is written is built again and again.
@lru_cache(maxsize=256)
def png_of(svg: str, fonts: tuple[str, ...]) -> bytes:
    """
    Draw an SVG picture of ours as PNG.

    Args:
        svg: As ``certificate_picture`` gives it.

        fonts: Paths of the font files.

    Raises:
        PublicationError: It cannot be drawn.

    """
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            font_files=list(fonts),
            # Fonts of the machine make other bytes elsewhere; they are for scripts of which we carry no font.
            skip_system_fonts=covered_by_fonts(svg),
        )
    except ValueError as error:
        raise PublicationError(f"expected a picture that can be drawn: {error}", place="picture.svg") from None


def certificate_picture(view: CertificateView, stationery: Stationery) -> str:
    """
    Draw a certificate as SVG, without the credential inside.

    Args:
        view: What was signed.

        stationery: Templates and words.

    Raises:
        IssuingError: The code does not fit.

        PublicationError: A sentence is missing from the messages.

    """
    words = stationery.words(view.language)
    wording = word_certificate(view, words)
    code = draw_qr_code(view.unsigned.code_url)
    below = _below(wording)
    banners = _BANNERS if view.unsigned.demonstration else ()
    edge = _EDGE + (_BANNER_ROOM if banners else 0)
    emblem = edge + _EMBLEM_RADIUS
    top = emblem + _EMBLEM_RADIUS
    code_end = HEIGHT - edge - sum(_height(row) for row in below)
    scale = _CODE_SIDE // code.modules
    blocks = _above(wording, code_end - code.modules * scale - top)
    if blocks[0].scale < _SMALL_SCALE and scale > _LEAST_CODE_SCALE:
        scale -= 1
        blocks = _above(wording, code_end - code.modules * scale - top)
    code_y = code_end - code.modules * scale
    lines = [
        *(set_line(words.sentence("demonstration"), _BANNER, _MIDDLE, y) for y in banners),
        *_set_above(blocks, top, code_y),
        *_set_below(below, code_end),
    ]
    picture = CertificatePicture(
        width=WIDTH,
        height=HEIGHT,
        language=words.language,
        title=words.sentence("page.title").format(kind=wording.kind, course=view.achievement),
        micro_credential=wording.micro_credential,
        emblem=emblem,
        banners=banners,
        lines=tuple(lines),
        code_x=(WIDTH - code.modules * scale) // 2,
        code_y=code_y,
        code_scale=scale,
        code_path=code.to_path(),
    )
    return stationery.environment.get_template("picture.svg").render(picture=picture)


def _award(wording: CertificateWording) -> Iterator[tuple[str | None, TextStyle]]:
    view = wording.view
    learner = view.learner
    yield view.issuer.parent, _PARENT
    yield view.issuer.name, _ISSUER
    yield wording.kind, _KIND
    yield wording.words.sentence("certify"), _LEAD
    names = [(learner.name, _NAME), (learner.native_name, _NATIVE_NAME)]
    yield from reversed(names) if view.direction == "rtl" else names
    yield wording.achieved, _LEAD
    yield view.achievement, _COURSE


def _above(wording: CertificateWording, room: int) -> tuple[Block, ...]:
    """Break the award into lines that fit into a height, all of it smaller where there is much."""
    texts = [(text, style) for text, style in _award(wording) if text]
    for scale in _SCALES:
        blocks = tuple(fitted(text, style, _TEXT_WIDTH, scale=scale) for text, style in texts)
        if sum(block.height for block in blocks) <= room:
            break
    return blocks


def _set_above(blocks: tuple[Block, ...], top: int, bottom: int) -> Iterator[PictureLine]:
    spare = max(bottom - top - sum(block.height for block in blocks), 0)
    gap = min(spare // (len(blocks) + 1), _WIDEST_GAP)
    y = top + (spare - gap * (len(blocks) - 1)) // 2
    for block in blocks:
        yield from block.placed(_MIDDLE, y)
        y += block.height + gap


def _below(wording: CertificateWording) -> tuple[_Row, ...]:
    """Give what stands below the code: the number and the dates in columns, and how to check."""
    view, words = wording.view, wording.words
    facts = [(words.sentence("serial"), view.serial), (words.sentence("awarded"), words.day(view.awarded))]
    if view.last_day:
        facts.append((words.sentence("lastDay"), words.day(view.last_day)))
    width = _TEXT_WIDTH // len(facts)
    middles = [(WIDTH - _TEXT_WIDTH) // 2 + width * number + width // 2 for number in range(len(facts))]
    if view.direction == "rtl":
        middles.reverse()
    columns = [zip(parts, middles, strict=True) for parts in zip(*facts, strict=True)]
    labels, values = (
        tuple((fitted(text, style, width - _GUTTER), middle) for text, middle in column)
        for column, style in zip(columns, (_LABEL, _VALUE), strict=True)
    )
    sentences = (words.sentence("picture.check"), words.sentence("picture.alone"))
    return (labels, values, *(((fitted(text, _SMALL, _TEXT_WIDTH), _MIDDLE),) for text in sentences))


def _set_below(rows: tuple[_Row, ...], top: int) -> Iterator[PictureLine]:
    for row in rows:
        baseline = max(block.baseline for block, _ in row)
        for block, middle in row:
            yield from block.placed(middle, top + baseline - block.baseline)
        top += _height(row)


def _height(row: _Row) -> int:
    return max(block.height for block, _ in row) + _ROW_GAP
