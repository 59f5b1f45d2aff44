"""Rules of words: no paper is called more than it is, and nobody promises what another body decides."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.claims import (
    claims_microcredential,
    claims_microcredits,
    names_microcredential,
    promises_recognition,
)
from asnad.catalogue.course import Course, Kind
from asnad.catalogue.findings import Finding, Step, shown
from asnad.catalogue.readings import Readings
from asnad.catalogue.text import Text

Place = tuple[tuple[Step, ...], Text]


def only_microcredentials_are_called_so(readings: Readings) -> Iterator[Finding]:
    """E2: no title of another kind holds the word, and no summary or statement claims it; to deny it is free."""
    for course in _other_courses(readings):
        for steps, text in _titles(course):
            for language, version in text.versions:
                if names_microcredential(version):
                    yield _claimed(readings, course, (*steps, language), version)
        for steps, text in _statements(course):
            for language, version in text.versions:
                if claims_microcredential(version):
                    yield _claimed(readings, course, (*steps, language), version)


def descriptions_claim_no_microcredential(readings: Readings) -> Iterator[Finding]:
    """E2: a description may speak of what comes next, so that the word in it is only pointed out."""
    for course in _other_courses(readings):
        for language, version in course.description.versions if course.description else ():
            if claims_microcredential(version):
                yield _claimed(readings, course, ("description", language), version)


def microcredits_are_not_claimed(readings: Readings) -> Iterator[Finding]:
    """E2: nobody earns micro-credits in a course of another kind."""
    for course in _other_courses(readings):
        described: tuple[Place, ...] = ((("description",), course.description),) if course.description else ()
        for steps, text in (*_titles(course), *_statements(course), *described):
            for language, version in text.versions:
                if claims_microcredits(version):
                    message = f"expected no micro-credits for the kind {course.award.kind}, got {shown(version)}"
                    hint = "A course of this kind gives none; where a loan is meant, call it so"
                    yield readings.sources.finding(course.place, *steps, language, message=message, hint=hint)


def recognition_is_not_promised(readings: Readings) -> Iterator[Finding]:
    """E26: what another body decides is not promised."""
    for file, steps, text in _words_about_others(readings):
        for language, version in text.versions:
            if promises_recognition(version):
                message = f"expected no promise of what another body decides, got {shown(version)}"
                hint = 'Write what it does today, such as "accepts it for …", or "may be presented for …; … decides"'
                yield readings.sources.finding(file, *steps, language, message=message, hint=hint)


def _other_courses(readings: Readings) -> Iterator[Course]:
    return (course for course in readings.all_versions if course.award.kind is not Kind.MICROCREDENTIAL)


def _claimed(readings: Readings, course: Course, steps: tuple[Step, ...], version: str) -> Finding:
    message = f"expected no claim of a micro-credential for the kind {course.award.kind}, got {shown(version)}"
    hint = "Choose other words, or make it a micro-credential with all that belongs to one"
    return readings.sources.finding(course.place, *steps, message=message, hint=hint)


def _titles(course: Course) -> Iterator[Place]:
    yield ("title",), course.title
    yield ("award", "title"), course.award.title
    for position, variant in enumerate(course.variants):
        if variant.title is not None:
            yield ("variants", position, "title"), variant.title


def _statements(course: Course) -> Iterator[Place]:
    yield ("summary",), course.summary
    if course.award.statement is not None:
        yield ("award", "statement"), course.award.statement


def _words_about_others(readings: Readings) -> Iterator[tuple[str, tuple[Step, ...], Text]]:
    for course in readings.all_versions:
        for position, recognition in enumerate(course.recognised_by):
            yield course.place, ("recognised_by", position, "scope"), recognition.scope
        for position, exemption in enumerate(course.exemptions):
            yield course.place, ("exemptions", position, "scope"), exemption.scope
    for pathway in readings.pathways:
        if pathway.progression is not None:
            yield pathway.place, ("progression",), pathway.progression
    for position, partner in enumerate(readings.centre.partners if readings.centre else ()):
        if partner.statement is not None:
            yield readings.centre_file, ("partners", position, "statement"), partner.statement
