"""
Lines of text in a picture: broken to a width, in a font of their script, and in the right direction.

An SVG picture breaks no lines by itself, and is drawn with the fonts that are there; so widths are estimated, with
room to spare.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SERIF = "'Noto Serif', 'Palatino Linotype', Palatino, 'Times New Roman', serif"
_NASTALIQ = f"'Noto Nastaliq Urdu', 'Jameel Noori Nastaleeq', 'Urdu Typesetting', 'Noto Naskh Arabic', {_SERIF}"
_NASKH = f"'Noto Naskh Arabic', 'Noto Sans Arabic', 'Geeza Pro', Tahoma, {_SERIF}"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_BEYOND_OUR_FONTS = re.compile(
    "[^\\s\u0020-\u024f\u02b0-\u036f\u0370-\u052f\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u1e00-\u1fff\u2000-\u206f"
    "\u20a0-\u20bf\u2100-\u214f\u2200-\u22ff\ufb50-\ufdff\ufe70-\ufeff]"
)
_WIDE = frozenset("mwMWЖШЩЮжшщю@%—")
_SMALLEST = 0.6
_STEP = 0.05
# Some viewers know the direction of a whole line by these alone.
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _END = "\u2067", "\u2066", "\u2069"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set."""

    size: int
    """In pixels, where the text is short enough."""
    colour: str
    lines: int
    """The most that it may take."""
    bold: bool = False
    display: bool = False
    """Urdu is set in Nastaliq, as headings and names are; small text in Naskh, which can be read smaller."""


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One line, centred."""

    text: str
    family: str
    x: int
    y: int
    """Of the baseline."""
    size: int
    weight: int
    colour: str


@dataclass(frozen=True, slots=True)
class Block:
    """A text that has been broken into lines."""

    lines: tuple[str, ...]
    style: TextStyle
    scale: float
    """Of the style's size, which the text was asked to begin with."""
    size: int

    @property
    def height(self) -> int:
        """Of all lines, in pixels."""
        return self._leading * len(self.lines)

    @property
    def baseline(self) -> int:
        """Of the first line, in pixels below the upper edge."""
        return round(self._leading * (0.8 if self._nastaliq else 0.74))

    @property
    def _nastaliq(self) -> bool:
        return self.style.display and any(_ARABIC.search(line) for line in self.lines)

    @property
    def _leading(self) -> int:
        arabic = any(_ARABIC.search(line) for line in self.lines)
        return round(self.size * (2.25 if self._nastaliq else 1.5 if arabic else 1.35))

    def placed(self, x: int, top: int) -> tuple[PictureLine, ...]:
        """
        Set the lines below one another.

        Args:
            x: Middle of the lines.

            top: Upper edge of the first.

        """
        return tuple(
            set_line(line, self.style, x, top + self.baseline + number * self._leading, size=self.size)
            for number, line in enumerate(self.lines)
        )


def set_line(text: str, style: TextStyle, x: int, y: int, *, size: int | None = None) -> PictureLine:
    """
    Set one line, without looking at its width.

    Args:
        text: In logical order.

        style: How.

        x: Middle of the line.

        y: Baseline.

        size: In pixels; that of the style, unless given.

    """
    arabic = _NASTALIQ if style.display else _NASKH
    return PictureLine(
        text=f"{_RIGHT_TO_LEFT if _is_right_to_left(text) else _LEFT_TO_RIGHT}{text}{_END}",
        family=arabic if _ARABIC.search(text) else _SERIF,
        x=x,
        y=y,
        size=size or style.size,
        weight=600 if style.bold else 400,
        colour=style.colour,
    )


def fitted(text: str, style: TextStyle, width: int, *, scale: float = 1) -> Block:
    """
    Break a text into lines, smaller where it is long; of one that is still too long the end is left out.

    Args:
        text: In logical order.

        style: How.

        width: That the lines may take, in pixels.

        scale: Of the size to begin with.

    """
    smaller = scale
    while True:
        size = round(style.size * smaller)
        lines = _broken(text, width / size)
        if len(lines) <= style.lines or smaller <= _SMALLEST:
            break
        smaller -= _STEP
    if len(lines) > style.lines:
        lines = [*lines[: style.lines - 1], f"{lines[style.lines - 1].rstrip()}…"]
    return Block(tuple(_balanced(lines, text, width / size)), style, scale, size)


def covered_by_fonts(text: str) -> bool:
    """
    Tell whether the fonts that come with Asnad have all letters of a text.

    Args:
        text: Any text.

    """
    return _BEYOND_OUR_FONTS.search(text) is None


def _balanced(lines: list[str], text: str, width: float) -> list[str]:
    """Make the lines of a text as long as one another, without more of them."""
    while len(lines) > 1 and len(narrower := _broken(text, width := width * 0.97)) == len(lines):
        lines = narrower
    return lines


def _broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        # A word that is longer than a line is divided, lest it runs over the frame.
        for part in _divided(word, width):
            joined = f"{lines[-1]} {part}" if lines else part
            if lines and _width(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _divided(word: str, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and _width(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _width(text: str) -> float:
    """Estimate a width, in sizes of the font."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1
    if letter in _WIDE:
        return 0.95
    if _ARABIC.match(letter):
        return 0.5
    return 0.7 if letter.isupper() else 0.55


def _is_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
