"""Rules of what others make of a course: their words have days, and end."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.findings import Finding
from asnad.catalogue.readings import Readings


def approvals_end_after_they_begin(readings: Readings) -> Iterator[Finding]:
    """E10: an approval ends no earlier than it begins."""
    for course in readings.all_versions:
        approval = course.approval
        if approval and approval.valid_to is not None and approval.valid_to < approval.valid_from:
            message = f"expected {approval.valid_from} or later, got {approval.valid_to}"
            yield readings.sources.finding(course.place, "approval", "valid_to", message=message)


def recognitions_end_after_they_begin(readings: Readings) -> Iterator[Finding]:
    """E27: a recognition ends no earlier than it begins."""
    for course in readings.all_versions:
        for position, recognition in enumerate(course.recognised_by):
            start, end = recognition.start, recognition.end
            if start is not None and end is not None and end < start:
                message = f"expected {start} or later, got {end}"
                steps = ("recognised_by", position, "to")
                yield readings.sources.finding(course.place, *steps, message=message)


def recognitions_still_hold(readings: Readings) -> Iterator[Finding]:
    """E27: a recognition that has ended is no longer shown."""
    if readings.today is None:
        return
    for course in readings.courses:
        for position, recognition in enumerate(course.recognised_by):
            if recognition.end is not None and recognition.end < readings.today:
                message = f"expected a recognition that still holds, got one that ended on {recognition.end}"
                hint = "It is no longer shown; delete it, or write its new last day"
                steps = ("recognised_by", position, "to")
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)
