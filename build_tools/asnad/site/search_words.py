"""
The words of a text as a search compares them, whatever keyboard they were typed on.

``site_overrides/finding/src/searchWords.ts`` does the same; ``tests/finding/search_words.json`` holds both to it.
"""

from __future__ import annotations

import unicodedata

LONGEST_WORD = 32
"""Letters of a word that count; nobody types more."""

_DROPPED = "\u0640\u0621'’ʼ"
"""Tatweel, a hamza by itself and apostrophes: left out as often as written."""

_SAME = {
    # Arabic keyboards, and letters of Urdu that stand for each other at the end of a word or in haste.
    "ي": "ی",
    "ى": "ی",
    "ے": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ه": "ہ",
    "ة": "ہ",
    "ۃ": "ہ",
    "ھ": "ہ",
    "ە": "ہ",
    "ں": "ن",
    "ٱ": "ا",
    # Kazakh on a Russian keyboard.
    "ә": "а",
    "ғ": "г",
    "қ": "к",
    "ң": "н",
    "ө": "о",
    "ұ": "у",
    "ү": "у",
    "һ": "х",
    "і": "и",
    # Letters of Latin and Greek that do not fall apart into a letter and a mark.
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ı": "i",
    "ς": "σ",
}
_DIGITS = {ord(first) + value: str(value) for first in "٠۰" for value in range(10)}


class _Folding(dict[int, str]):
    """What each character becomes; worked out once for each that is met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        category = unicodedata.category(character)
        # Marks, and signs that only say how to draw or to break, such as the joiners of Urdu.
        if character in _DROPPED or category[0] == "M" or category == "Cf":
            folded = ""
        elif category[0] in {"L", "N"}:
            folded = _SAME.get(character, _DIGITS.get(point, character))
        else:
            folded = " "
        self[point] = folded
        return folded


_FOLDING = _Folding()


def search_words(text: str) -> tuple[str, ...]:
    """
    Give the words of a text without marks, in small letters, each letter in one of its forms.

    Args:
        text: In any language.

    """
    folded = unicodedata.normalize("NFKD", text).lower().translate(_FOLDING)
    return tuple(word[:LONGEST_WORD] for word in folded.split())
