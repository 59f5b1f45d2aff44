"""
A pathway as a picture: what is required, what may be chosen, what comes at the end, and what it leads to.

The picture is drawn twice, as a column for phones and as a row for wide screens; a style sheet shows one of them.
No script measures the letters, so lines are broken by widths that no common font exceeds (SVG 2, §11.5 has no
wrapping that browsers agree on).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from asnad.catalogue.text import direction

COLUMN_WIDTH = 340
ROW_WIDTH = 960
MOST_LINES = 5
"""A longer title is cut here; the list below the picture has the whole of it."""

_PADDING = 12
_GAP = 10
_ARROW = 40
_TITLE_SIZE = 15
_NOTE_SIZE = 12.5
_NARROW = frozenset("iljtfrI.,:;'|!()[]- ")
_WIDE = frozenset("mwMWQOGD@%&—…")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBox:
    """One paper of the pathway: a course, or the award at its end."""

    title: str
    language: str
    """Of the title."""
    notes: tuple[str, ...]
    """In the language of the page."""
    kind: str
    """As a page may show it."""
    address: str | None
    """Where it leads, if it leads anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureStage:
    """What must be held before the next stage counts."""

    label: str
    boxes: tuple[PictureBox, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    language: str
    size: float
    height: float
    role: str


@dataclass(frozen=True, slots=True)
class _DrawnBox:
    box: PictureBox
    lines: tuple[_Line, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _DrawnStage:
    label: tuple[_Line, ...]
    boxes: tuple[_DrawnBox, ...]
    width: float
    height: float


def pathway_picture(stages: Sequence[PictureStage], *, name: str, description: str, language: str) -> Markup:
    """
    Draw a pathway.

    Args:
        stages: From the first to the award, at least one.

        name: Of the picture, for those who cannot see it.

        description: The same as the picture, in words.

        language: Of the page; its direction is that of the row.

    """
    parts = [
        _svg(_column(stages, language), "column", name, description, language),
        _svg(_row(stages, language), "row", name, description, language),
    ]
    return Markup('<div class="pathway-picture">{}</div>').format(Markup("\n").join(parts))


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """
    Break a text into lines that fit.

    Args:
        text: On one line.

        width: Of a line, in the units of the picture.

        size: Of the letters, in the same.

    """
    lines: list[str] = []
    line = ""
    for word in _short_words(text, width, size):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"]
    return tuple(lines)


def _short_words(text: str, width: float, size: float) -> Iterator[str]:
    """Give the words; one that no line can hold is broken where the line ends."""
    for word in text.split():
        part = ""
        for letter in word:
            if part and _width(part + letter, size) > width:
                yield part
                part = ""
            part += letter
        yield part


def _width(text: str, size: float) -> float:
    return (
        sum(0.36 if sign in _NARROW else 0.95 if sign in _WIDE or ord(sign) > 0x2E7F else 0.62 for sign in text) * size
    )


def _lines(text: str, language: str, width: float, size: float, role: str) -> tuple[_Line, ...]:
    # Arabic letters climb and fall farther than Latin ones.
    height = size * (1.95 if direction(language) == "rtl" else 1.35)
    return tuple(_Line(line, language, size, height, role) for line in wrapped(text, width, size))


def _drawn_box(box: PictureBox, width: float, language: str) -> _DrawnBox:
    inner = width - 2 * _PADDING
    lines = [*_lines(box.title, box.language, inner, _TITLE_SIZE, "title")]
    for note in box.notes:
        lines += _lines(note, language, inner, _NOTE_SIZE, "note")
    return _DrawnBox(box, tuple(lines), sum(line.height for line in lines) + 2 * _PADDING)


def _drawn_stage(stage: PictureStage, width: float, language: str) -> _DrawnStage:
    label = _lines(stage.label, language, width - 2 * _PADDING, _TITLE_SIZE, "label")
    boxes = tuple(_drawn_box(box, width - 2 * _PADDING, language) for box in stage.boxes)
    height = sum(line.height for line in label) + sum(box.height + _GAP for box in boxes) + 2 * _PADDING
    return _DrawnStage(label, boxes, width, height)


@dataclass(frozen=True, slots=True)
class _Drawing:
    width: float
    height: float
    parts: tuple[Markup, ...]


def _column(stages: Sequence[PictureStage], language: str) -> _Drawing:
    parts: list[Markup] = []
    top = 1.0
    for position, stage in enumerate(_drawn_stage(each, COLUMN_WIDTH - 2, language) for each in stages):
        if position:
            parts.append(_arrow(COLUMN_WIDTH / 2, top + 4, COLUMN_WIDTH / 2, top + _ARROW - 4))
            top += _ARROW
        parts.append(_stage(stage, 1, top))
        top += stage.height
    return _Drawing(COLUMN_WIDTH, top + 1, tuple(parts))


def _row(stages: Sequence[PictureStage], language: str) -> _Drawing:
    width = (ROW_WIDTH - 2 - (len(stages) - 1) * _ARROW) / len(stages)
    drawn = [_drawn_stage(stage, width, language) for stage in stages]
    height = max(stage.height for stage in drawn)
    mirrored = direction(language) == "rtl"
    parts: list[Markup] = []
    for position, stage in enumerate(drawn):
        left = 1 + position * (width + _ARROW)
        if position:
            ends = (left - _ARROW + 4, left - 4)
            before, after = (ROW_WIDTH - ends[0], ROW_WIDTH - ends[1]) if mirrored else ends
            parts.append(_arrow(before, height / 2, after, height / 2))
        parts.append(_stage(stage, ROW_WIDTH - left - width if mirrored else left, 1 + (height - stage.height) / 2))
    return _Drawing(ROW_WIDTH, height + 2, tuple(parts))


def _stage(stage: _DrawnStage, left: float, top: float) -> Markup:
    parts = [_rectangle("pathway-picture__stage", left, top, stage.width, stage.height)]
    middle = left + stage.width / 2
    below = top + _PADDING
    parts += _texts(stage.label, middle, below)
    below += sum(line.height for line in stage.label) + _GAP
    for box in stage.boxes:
        parts.append(_box(box, left + _PADDING, below, stage.width - 2 * _PADDING))
        below += box.height + _GAP
    return Markup("<g>{}</g>").format(Markup("").join(parts))


def _box(drawn: _DrawnBox, left: float, top: float, width: float) -> Markup:
    kind = f"pathway-picture__box pathway-picture__box--{drawn.box.kind}"
    parts = [_rectangle(kind, left, top, width, drawn.height)]
    parts += _texts(drawn.lines, left + width / 2, top + _PADDING)
    content = Markup("").join(parts)
    if drawn.box.address is None:
        return content
    return Markup('<a href="{}">{}</a>').format(drawn.box.address, content)


def _texts(lines: Sequence[_Line], middle: float, top: float) -> Iterator[Markup]:
    below = top
    for line in lines:
        below += line.height
        yield Markup(
            '<text class="pathway-picture__{}" lang="{}" direction="{}" font-size="{}" x="{}" y="{}"'
            ' text-anchor="middle">{}</text>'
        ).format(
            line.role,
            line.language,
            direction(line.language),
            _number(line.size),
            _number(middle),
            _number(below - line.height * 0.3),
            line.text,
        )


def _rectangle(name: str, left: float, top: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(
        name, *map(_number, (left, top, width, height))
    )


def _arrow(from_x: float, from_y: float, to_x: float, to_y: float) -> Markup:
    """Draw an arrow that runs along one of the axes."""
    along_x, along_y = _sign(to_x - from_x) * 8, _sign(to_y - from_y) * 8
    barbs = (
        f"M{_number(to_x - along_x + along_y * 0.75)} {_number(to_y - along_y + along_x * 0.75)}"
        f"L{_number(to_x)} {_number(to_y)}"
        f"L{_number(to_x - along_x - along_y * 0.75)} {_number(to_y - along_y - along_x * 0.75)}"
    )
    line = f"M{_number(from_x)} {_number(from_y)}L{_number(to_x)} {_number(to_y)}"
    return Markup('<path class="pathway-picture__arrow" d="{}"/>').format(line + barbs)


def _svg(drawing: _Drawing, form: str, name: str, description: str, language: str) -> Markup:
    ids = [f"pathway-picture-{form}-{part}" for part in ("name", "description")]
    return Markup(
        '<svg class="pathway-picture__{0}" role="group" aria-labelledby="{1}" aria-describedby="{2}"'
        ' viewBox="0 0 {3} {4}" lang="{5}"><title id="{1}">{6}</title><desc id="{2}">{7}</desc>{8}</svg>'
    ).format(
        form,
        *ids,
        _number(drawing.width),
        _number(drawing.height),
        language,
        name,
        description,
        Markup("").join(drawing.parts),
    )


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


_number: Callable[[float], str] = "{:.6g}".format
