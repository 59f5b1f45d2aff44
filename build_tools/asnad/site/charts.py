"""
Bar charts as SVG inside of a page: no script, no style in them, readable from right to left and on a narrow screen.

Widths are parts of a hundred and heights are in letters, so that a chart fills its place without its letters shrinking.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

LETTERS = 38
"""In a line of a label: so many fit a telephone 360 points wide."""
_LINES = 3
_WIDEST = 80
"""Per cent of the width that the longest bar takes; its number stands behind it."""
_LINE_HEIGHT = 1.7
_BAR = 1.1
_ROW_GAP = 0.7


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    number: int
    written: str
    """The number as the reader's language writes it."""


def bar_chart(bars: Sequence[Bar], *, name: str, title: str, description: str, direction: str) -> Markup:
    """
    Draw a chart of lying bars, each below its label.

    Args:
        bars: From the top; at least one, and none below zero.

        name: Beginning of the ids inside, which no other part of the page has.

        title: What the numbers are of.

        description: Where a person who does not see it finds the numbers.

        direction: ``rtl`` or ``ltr``.

    """
    largest = max(bar.number for bar in bars) or 1
    rows, top = [], 0.0
    for bar in bars:
        row, top = _row(bar, top, _WIDEST * bar.number / largest, rtl=direction == "rtl")
        rows.append(row)
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-description" focusable="false"'
        ' width="100%" height="{height}em">\n'
        '<title id="{name}-title">{title}</title>\n<desc id="{name}-description">{description}</desc>\n{rows}\n</svg>'
    ).format(name=name, height=_em(top), title=title, description=description, rows=Markup("\n").join(rows))


def _row(bar: Bar, top: float, width: float, *, rtl: bool) -> tuple[Markup, float]:
    lines = textwrap.wrap(bar.label, LETTERS, max_lines=_LINES, placeholder=" …") or [bar.label]
    texts = [
        Markup('<text class="chart__label" x="{}" y="{}em">{}</text>').format(
            "100%" if rtl else "0", _em(top + _LINE_HEIGHT * (place + 0.75)), line
        )
        for place, line in enumerate(lines)
    ]
    top += _LINE_HEIGHT * len(lines) + 0.1
    texts.append(
        Markup(
            '<rect class="chart__bar" x="{}%" y="{}em" width="{}%" height="{}em"/>'
            '<text class="chart__number" x="{}%" y="{}em" dx="{}em">{}</text>'
        ).format(
            _em(100 - width if rtl else 0),
            _em(top),
            _em(width),
            _em(_BAR),
            _em(100 - width if rtl else width),
            _em(top + 0.9 * _BAR),
            "-0.4" if rtl else "0.4",
            bar.written,
        )
    )
    return Markup("").join(texts), top + _BAR + _ROW_GAP


def _em(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
