"""Which course has which word, for the search on the page of all courses (``courses/search.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from asnad.catalogue.centre import Department
from asnad.catalogue.course import Course
from asnad.catalogue.text import Text
from asnad.site.course_page import ListedCourse
from asnad.site.search_words import search_words

SEARCH_INDEX = "courses/search.json"
FORMAT = 1


def search_index(courses: Sequence[ListedCourse]) -> bytes:
    """
    Write every word of the courses, in all the languages that the centre wrote, with the places where it stands.

    Places are counted from 0 in the order of ``ids``; each is written as its distance from the one before, which
    compresses well. ``titles`` holds those of titles and codes, ``texts`` those of everything else.

    Args:
        courses: Those on offer, in the order of the page.

    """
    titles: dict[str, list[int]] = {}
    texts: dict[str, list[int]] = {}
    for place, listed in enumerate(courses):
        in_title = _words(_title_texts(listed.course))
        for word in in_title:
            titles.setdefault(word, []).append(place)
        for word in _words(_other_texts(listed.course, listed.department)) - in_title:
            texts.setdefault(word, []).append(place)
    words = sorted(titles.keys() | texts.keys(), key=lambda word: word.encode("utf-16-be"))
    document = {
        "format": FORMAT,
        "ids": [listed.course.id for listed in courses],
        "words": " ".join(words),
        "titles": [_distances(titles.get(word, [])) for word in words],
        "texts": [_distances(texts.get(word, [])) for word in words],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _title_texts(course: Course) -> Iterator[str]:
    yield from _versions(course.title)
    yield course.code
    for variant in course.variants:
        yield from _versions(variant.title)
        yield variant.code or ""


def _other_texts(course: Course, department: Department) -> Iterator[str]:
    for name in department.names:
        yield from _versions(name.name)
    for text in (course.summary, course.sector, *course.occupations):
        yield from _versions(text)
    for title in (*(module.title for module in course.modules), *(group.title for group in course.module_groups)):
        yield from _versions(title)
    for outcome in course.learning_outcomes:
        yield from _versions(outcome.text)
    yield from course.tags


def _versions(text: Text | None) -> Iterator[str]:
    return (version for _, version in text.versions) if text else iter(())


def _words(texts: Iterator[str]) -> set[str]:
    return {word for text in texts for word in search_words(text)}


def _distances(places: list[int]) -> list[int]:
    return [place - before for before, place in zip([0, *places], places, strict=False)]
