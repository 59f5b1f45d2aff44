"""Rules of whom a course is for: its variants differ, and ages and seasons agree."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.claims import letters_of
from asnad.catalogue.course import Audience, Course
from asnad.catalogue.findings import Finding, Step, shown
from asnad.catalogue.readings import Readings


def variants_are_for_different_audiences(readings: Readings) -> Iterator[Finding]:
    """E21: no two variants of a course have one audience, or one title in one language."""
    for course in readings.all_versions:
        audiences: dict[Audience, str] = {}
        titles: dict[tuple[str, str], str] = {}
        for position, variant in enumerate(course.variants):
            first = audiences.setdefault(variant.audience, variant.id)
            if first != variant.id:
                message = f"expected an audience of its own, got that of the variant {shown(first)}"
                hint = "Make one of the two; a season belongs to the run"
                steps: tuple[Step, ...] = ("variants", position, "audience")
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)
            for language, version in variant.title.versions if variant.title else ():
                first = titles.setdefault((language, letters_of(version)), variant.id)
                if first != variant.id:
                    message = f"expected a title of its own, got that of the variant {shown(first)}"
                    steps = ("variants", position, "title", language)
                    yield readings.sources.finding(course.place, *steps, message=message)


def variants_stay_within_the_audience(readings: Readings) -> Iterator[Finding]:
    """E21: a variant of a course for women is for women, and one of a course for men for men."""
    for course in readings.all_versions:
        whole = course.audience.gender
        for position, variant in enumerate(course.variants):
            if whole not in {"any", variant.audience.gender}:
                message = f"expected {whole}, as the course is for {whole}, got {variant.audience.gender}"
                hint = "Write the audience of all variants together at the course, such as any"
                steps = ("variants", position, "audience")
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def ages_follow_each_other(readings: Readings) -> Iterator[Finding]:
    """E29: the greatest age is no less than the least."""
    for course in readings.all_versions:
        for steps, audience in _audiences(course):
            if audience.min_age is not None and audience.max_age is not None and audience.max_age < audience.min_age:
                message = f"expected {audience.min_age} or more, got {audience.max_age}"
                yield readings.sources.finding(course.place, *steps, "max_age", message=message)


def seasons_of_runs_are_those_of_the_course(readings: Readings) -> Iterator[Finding]:
    """E31: a run of a course, or of a variant, for one season is in that season."""
    for run in readings.runs:
        course = readings.course(run.course)
        if course is None or run.season is None:
            continue
        variant = course.variant(run.variant) if run.variant is not None else None
        season = (variant or course).audience.season
        if season not in {"any", run.season}:
            message = f"expected {season}, the season of {course.place}, got {run.season}"
            hint = "Take season out of the audience; it belongs to the run"
            yield readings.sources.finding(run.place, "season", message=message, hint=hint)


def _audiences(course: Course) -> Iterator[tuple[tuple[Step, ...], Audience]]:
    yield ("audience",), course.audience
    for position, variant in enumerate(course.variants):
        yield ("variants", position, "audience"), variant.audience
