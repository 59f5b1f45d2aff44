"""
Certificates as paper: one standalone file, one A4 page each, ready for the printer.

A text that is too long for the front is continued on the back of the paper, section by section.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal, TypeAlias

from markupsafe import Markup

from asnad.carriers.qr_code import draw_qr_code
from asnad.site.certificate import CertificateView
from asnad.site.certificate_text import ItemList, TextBlock, text_direction
from asnad.site.certificate_wording import CertificateWording, Section, word_certificate
from asnad.site.stationery import Stationery, font_face

Size: TypeAlias = Literal["usual", "long", "longer"]

# Lines of small print that the front holds beside a full award text, and what it gains where something is missing.
# Measured with room to spare, because a computer without the first font of the list uses a wider one.
_FRONT_LINES = {"ltr": 30, "rtl": 22}
_LINES_OF_NATIVE_NAME = 7
_LINES_OF_PARENT = 3
_LINES_OF_WRAPPING = 4
_CHARACTERS_A_LINE = {"ltr": 66, "rtl": 72}
# The widest code for which those lines are full; each further four modules take a character from a line.
_USUAL_MODULES = 73
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One learner's paper: what its front holds of the small print, and what its back."""

    wording: CertificateWording
    front: tuple[Section, ...]
    back: tuple[Section, ...]
    name_size: Size
    course_size: Size
    qr_svg: Markup
    duplicate: Markup | None
    """The sentence that says so, where it is one."""


def paper(view: CertificateView, stationery: Stationery, duplicate_of: date | None = None) -> str:
    """
    Draw one certificate as a file to print: A4 landscape, one page, and a back where the text is long.

    Args:
        view: What was signed.

        stationery: Templates, words and fonts.

        duplicate_of: Day on which a paper is printed for one that was lost; the paper says so.

    Returns:
        A standalone HTML file that loads nothing.

    Raises:
        IssuingError: The code does not fit.

        PublicationError: A sentence is missing from the messages.

    """
    return _document((view,), stationery, f"{view.serial} {view.learner.name}", duplicate_of)


def all_papers(views: Sequence[CertificateView], stationery: Stationery) -> str:
    """
    Draw the certificates of a batch as one file to print, in the order given.

    Args:
        views: At least one certificate.

        stationery: Templates, words and fonts.

    Returns:
        A standalone HTML file that loads nothing.

    Raises:
        IssuingError: A code does not fit.

        PublicationError: A sentence is missing from the messages.

    """
    return _document(views, stationery, stationery.words(views[0].language).sentence("papers"))


def _document(
    views: Sequence[CertificateView], stationery: Stationery, title: str, duplicate_of: date | None = None
) -> str:
    environment = stationery.environment
    style = _fonts(views, stationery) + environment.get_template("paper.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    language = stationery.words(views[0].language).language
    return environment.get_template("paper.html").render(
        sheets=[_sheet(view, stationery, duplicate_of) for view in views],
        language=language,
        direction=text_direction(language),
        title=title,
        style=Markup(style),  # noqa: S704 - our own style file, no value of a certificate in it
        style_hash=f"sha256-{digest}",
    )


def _fonts(views: Sequence[CertificateView], stationery: Stationery) -> str:
    fonts = stationery.fonts
    faces = ""
    names = "".join(view.learner.native_name or "" for view in views)
    urdu = any(view.direction == "rtl" for view in views)
    if urdu or _ARABIC_SCRIPT.search(names):
        faces += font_face("Asnad Nastaliq", fonts.nastaliq)
    if urdu:
        faces += font_face("Asnad Naskh", fonts.naskh) + font_face("Asnad Naskh", fonts.naskh_bold, 700)
    return faces


def _sheet(view: CertificateView, stationery: Stationery, duplicate_of: date | None) -> Sheet:
    wording = word_certificate(view, stationery.words(view.language))
    code = draw_qr_code(view.unsigned.code_url)
    front, back = _sides(wording, code.modules)
    svg = code.to_svg(title=wording.words.sentence("codeTitle"))
    return Sheet(
        wording=wording,
        front=front,
        back=back,
        name_size=_size(max(len(view.learner.name), len(view.learner.native_name or "")), 30, 48),
        course_size=_size(len(view.achievement), 60, 90),
        qr_svg=Markup(svg),  # noqa: S704 - the title is escaped where it is drawn
        duplicate=wording.words.say("duplicate", date=wording.words.day(duplicate_of)) if duplicate_of else None,
    )


def _sides(wording: CertificateWording, code_modules: int) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    view = wording.view
    width = _CHARACTERS_A_LINE[view.direction] - max(code_modules - _USUAL_MODULES, 0) // 4
    room = _FRONT_LINES[view.direction] - _lines(wording.standing, width) - 1
    room += 0 if view.learner.native_name else _LINES_OF_NATIVE_NAME
    room += 0 if view.issuer.parent else _LINES_OF_PARENT
    room -= _LINES_OF_WRAPPING * _wrapped_lines(wording)
    for index, section in enumerate(wording.sections):
        room -= _section_lines(section, width)
        if room < 0:
            return wording.sections[:index], wording.sections[index:]
    return wording.sections, ()


def _wrapped_lines(wording: CertificateWording) -> int:
    view = wording.view
    facts = sum(max(len(fact.label), len(fact.value)) + 6 for fact in wording.facts)
    relations = sum(len(relation.striptags()) + 3 for relation in wording.relations)
    lengths = (
        (len(view.learner.name), 65),
        (len(view.achievement), 90),
        (len(view.place or ""), 95),
        (relations, 95),
        (facts, 125),
    )
    return sum(max(ceil(length / width) - 1, 0) for length, width in lengths)


def _section_lines(section: Section, width: int) -> int:
    elements = sum(_lines(f"{element.label}: {element.value}", width) for element in section.elements)
    return 1 + elements + sum(_block_lines(block, width) for block in section.blocks)


def _block_lines(block: TextBlock, width: int) -> int:
    if isinstance(block, ItemList):
        return sum(_lines(item, width - 3) for item in block.items)
    return _lines(block.text, width)


def _lines(text: str, width: int) -> int:
    return ceil(len(text) / width)


def _size(length: int, usual: int, long: int) -> Size:
    if length <= usual:
        return "usual"
    return "long" if length <= long else "longer"
