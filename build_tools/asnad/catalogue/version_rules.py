"""Rules of earlier versions: each is of a course that there is, and older than it."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.findings import Finding, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.readings import Readings


def versions_are_of_courses_and_differ(readings: Readings) -> Iterator[Finding]:
    """E18: an earlier version is of a course that exists, and has another number than the current one."""
    for version in readings.versions:
        if version.id not in readings.course_ids:
            message = f"expected a file of courses/, got {shown(version.id)}"
            hint = did_you_mean(version.id, readings.course_ids)
            yield readings.sources.finding(version.place, "id", message=message, hint=hint)
            continue
        current = readings.course(version.id)
        if current is not None and current.version == version.version:
            message = f"expected another version than that of {current.place}, got {version.version}"
            hint = "Raise version there when you change the course, and keep here what it was before"
            yield readings.sources.finding(version.place, "version", message=message, hint=hint)
