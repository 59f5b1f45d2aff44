"""Rules of what a person has still to check: it is never shown to visitors."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.course import CourseStatus
from asnad.catalogue.findings import Finding
from asnad.catalogue.readings import Readings


def published_courses_are_checked(readings: Readings) -> Iterator[Finding]:
    """E33: what an import has guessed is checked by a person before the course is more than a draft."""
    for course in readings.courses:
        if course.status is CourseStatus.DRAFT:
            continue
        for line in readings.marked_lines.get(course.place, ()):
            message = f"expected a checked line in a course that is {course.status}, got one that is marked to check"
            hint = "Mend the line and delete the mark, or write status: draft"
            yield Finding(file=course.place, line=line, field="", message=message, hint=hint)
