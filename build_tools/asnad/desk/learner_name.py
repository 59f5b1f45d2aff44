"""
How a learner's name must be written before it is signed: what is printed and signed cannot be mended afterwards.

Nothing is changed silently. A name with a fault is an error, with the whole name as it probably should be as its hint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from asnad.catalogue.findings import shown

MAX_NAME = 100
"""Characters."""
MAX_MARKS = 3
"""Marks upon one letter: Urdu has two, a letter under a heap of them hides what it is."""

_TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "miss", "mst", "dr", "prof", "professor", "engr", "sir", "madam"),
        *("ڈاکٹر", "جناب", "مسٹر", "مسز", "مس", "محترمہ", "محترم", "پروفیسر", "انجینئر", "انجینیئر"),
    ]
)
# Latin and Arabic marks without space of their own.
_MARK = "[" + "".join(chr(code) for code in range(0x0300, 0x0780) if unicodedata.category(chr(code)) == "Mn") + "]"
_PUNCTUATION = frozenset(" .-'’")
# What an Arabic keyboard writes for letters that Urdu has signs of its own for.
_URDU_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ۃ"})


@dataclass(frozen=True, slots=True)
class NameFault:
    """What is wrong with a name, and how it probably should be written."""

    message: str
    correction: str | None


def check_latin_name(name: str) -> NameFault | None:
    """
    Look for faults in a name in Latin script.

    Args:
        name: In NFC, without space around it.

    """
    return _check(name, latin=True, urdu=False)


def check_native_name(name: str, languages: Collection[str]) -> NameFault | None:
    """
    Look for faults in a name in its own script.

    Args:
        name: In NFC, without space around it.

        languages: Of the centre; where Urdu is among them, names in Arabic script are spelt as in Urdu.

    """
    return _check(name, latin=False, urdu="ur" in languages)


def _check(name: str, *, latin: bool, urdu: bool) -> NameFault | None:
    faults = list(_faults(name, latin=latin, urdu=urdu))
    if not faults:
        return None
    correction = _corrected(name, urdu=urdu)
    mended = correction and not any(_faults(correction, latin=latin, urdu=urdu))
    return NameFault(f"{'; '.join(faults)}: {shown(name)}", correction if mended else None)


def _faults(name: str, *, latin: bool, urdu: bool) -> Iterator[str]:
    if len(name) > MAX_NAME:
        yield f"expected at most {MAX_NAME} characters, got {len(name)}"
    if any(unicodedata.category(char).startswith("C") for char in name):
        yield "expected no invisible characters"
    if any(char.isspace() and char != " " for char in name) or "  " in name:
        yield "expected single spaces"
    if any(unicodedata.category(char).startswith("N") for char in name):
        yield "expected no digits"
    yield from _letter_faults(name, latin=latin, urdu=urdu)
    if name[-1:] in {",", ";", ".", "-"} and not re.search(r"\b\w\.$", name):
        yield "expected no comma or stop at the end"
    first, _, rest = name.partition(" ")
    if rest and first.rstrip(".").casefold() in _TITLES:
        yield f"expected the name without the title {first}"
    if _is_in_one_case(name):
        yield "expected capital letters at the beginning of each name only"


def _letter_faults(name: str, *, latin: bool, urdu: bool) -> Iterator[str]:
    letters = [char for char in name if char.isalpha()]
    scripts = {unicodedata.name(char, "UNKNOWN").split()[0] for char in letters}
    if not letters:
        yield "expected letters"
    elif len(scripts) > 1:
        yield "expected one script, got letters of " + " and ".join(sorted(script.title() for script in scripts))
    elif latin and scripts != {"LATIN"}:
        yield "expected a name in Latin letters"
    elif not latin and scripts == {"LATIN"}:
        yield "expected a name in its own script, got Latin letters"
    strange = sorted({char for char in name if _is_strange(char)} - {","})
    if strange or "," in name[:-1]:
        yield "expected letters, spaces, hyphens and apostrophes only"
    if re.search(rf"[^\W\d_]{_MARK}{{{MAX_MARKS + 1}}}", name):
        yield f"expected at most {MAX_MARKS} marks upon a letter"
    if urdu and name != name.translate(_URDU_LETTERS):
        yield "expected Urdu letters, got some of an Arabic keyboard"


def _is_strange(char: str) -> bool:
    category = unicodedata.category(char)
    return not (category.startswith(("L", "M", "N", "C")) or char.isspace() or char in _PUNCTUATION)


def _is_in_one_case(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name)
    return (name.isupper() and any(len(word) > 2 for word in words)) or name.islower()


def _corrected(name: str, *, urdu: bool) -> str:
    spaced = "".join(" " if char.isspace() else char for char in name)
    visible = "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))
    words = visible.rstrip(" ,;-").split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    text = " ".join(words)
    if not re.search(r"\b\w\.$", text):
        text = text.rstrip(".")
    if _is_in_one_case(text):
        text = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
    return text.translate(_URDU_LETTERS) if urdu else text
