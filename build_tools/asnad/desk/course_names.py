"""Ids, codes and titles that no other course has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from asnad.catalogue.forms import CODE, IDENTIFIER
from asnad.catalogue.text import Text
from asnad.desk.drafted_course import DraftedCourse, Said
from asnad.desk.headings import plain

MAX_SLUG = 56
"""Leaves room for a number behind it."""
MAX_INITIALS = 6

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "þ": "th",
        "Þ": "th",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "’": "",
        "'": "",
    }
)


def slug(text: str) -> str | None:
    """
    Make an id of a title.

    Args:
        text: In any script; letters that are not Latin have no place in an id.

    Returns:
        Nothing where too little is left.

    """
    split = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    words = re.findall("[a-z0-9]+", "".join(char for char in split if not unicodedata.combining(char)))
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        name = longer
    return name if re.search("[a-z]{2}", name) and IDENTIFIER.parse(name) else None


def code_of(text: str) -> str | None:
    """
    Write a code of elsewhere as ours is written.

    Args:
        text: Such as ``ft.hb/w``.

    Returns:
        Nothing where it cannot be one.

    """
    return CODE.parse(re.sub(r"[\s._/]+", "-", text.strip().upper()))


def initials(text: str) -> str | None:
    """
    Make a code of the initials of a title.

    Args:
        text: In any script.

    """
    words = (slug(text) or "").split("-")
    letters = "".join(word if word.isdigit() else word[0] for word in words if word)[:MAX_INITIALS].upper()
    letters = letters if len(letters) > 1 else "".join(words)[:4].upper()
    return CODE.parse(letters)


class TakenNames:
    """Ids or codes, each of which is given once."""

    def __init__(self, names: Iterable[str]) -> None:
        """
        Begin with those that there are.

        Args:
            names: Ids or codes.

        """
        self._names = set(names)
        # Names are never given back, so that the search for the next number goes on where the last one ended.
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """
        Take a name, with the least number behind it that makes it one of its own.

        Args:
            name: An id or a code.

        """
        number, free = self._next.get(name, 2), name
        while free in self._names:
            free = f"{name}-{number}"
            number += 1
        self._next[name] = number
        self._names.add(free)
        return free


def distinct_titles(courses: Sequence[DraftedCourse]) -> tuple[Said[Text], ...]:
    """
    Tell courses of one title apart by their providers, else their towns, else their codes, else by number.

    Args:
        courses: Of one file.

    Returns:
        The title of each.

    """
    titles: list[Said[Text]] = [course.title for course in courses]
    groups: dict[tuple[str, str], list[int]] = {}
    for position, course in enumerate(courses):
        groups.setdefault((course.department.value, title_key(course.title.value)), []).append(position)
    for positions in groups.values():
        if len(positions) < 2:
            continue
        members = [courses[position] for position in positions]
        marks = next(
            (
                [str(mark) for mark in found]
                for found in (
                    [course.provider for course in members],
                    [course.town for course in members],
                    [course.code_wish for course in members],
                )
                if all(found) and len({plain(mark or "") for mark in found}) == len(found)
            ),
            [str(number) for number in range(1, len(members) + 1)],
        )
        for position, mark in zip(positions, marks, strict=True):
            text = Text(tuple((tag, f"{words} ({mark})") for tag, words in courses[position].title.value.versions))
            titles[position] = Said(text, f"{len(members)} courses of the file have this title; the brackets are new")
    return tuple(titles)


def title_key(title: Text) -> str:
    """
    Give the form in which titles are compared.

    Args:
        title: Of a course.

    """
    return plain(title.versions[0][1])


def title_keys(titles: Iterable[Text]) -> frozenset[str]:
    """
    Give the forms in which titles are compared, of every language.

    Args:
        titles: Of courses.

    """
    return frozenset(plain(words) for title in titles for _, words in title.versions)
