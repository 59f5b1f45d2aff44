"""Rules of the centre and its departments: their names follow each other without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from asnad.catalogue.centre import DatedName
from asnad.catalogue.findings import Finding, Step
from asnad.catalogue.readings import Readings


def names_follow_each_other(readings: Readings) -> Iterator[Finding]:
    """E22: each name begins on the day on which the one before ends, and the last one has no end."""
    if readings.centre is None:
        return
    yield from _names_follow(readings, readings.centre.names, ())
    for position, department in enumerate(readings.centre.departments):
        yield from _names_follow(readings, department.names, ("departments", position))


def names_cover_every_run(readings: Readings) -> Iterator[Finding]:
    """E22: on the day of award of each run the centre bears a name."""
    if readings.centre is None:
        return
    first = readings.centre.names[0].start
    for run in readings.runs:
        if run.award_day() < first:
            message = (
                f"expected a day of award from {first}, when the centre's first name begins, got {run.award_day()}"
            )
            name = "awarded" if run.awarded else "end"
            hint = "Add the name that the centre had on that day to centre.yml"
            yield readings.sources.finding(run.place, name, message=message, hint=hint)


def terms_of_office_end_after_they_begin(readings: Readings) -> Iterator[Finding]:
    """E11: a signatory leaves office after entering it."""
    for position, person in enumerate(readings.centre.signatories if readings.centre else ()):
        if person.end is not None and person.end <= person.start:
            message = f"expected a day after {person.start}, got {person.end}"
            steps = ("signatories", position, "to")
            yield readings.sources.finding(readings.centre_file, *steps, message=message)


def _names_follow(readings: Readings, names: tuple[DatedName, ...], owner: tuple[Step, ...]) -> Iterator[Finding]:
    def finding(position: int, field: str, message: str, hint: str | None = None) -> Finding:
        steps = (*owner, "names", position, field)
        return readings.sources.finding(readings.centre_file, *steps, message=message, hint=hint)

    for position, (before, after) in enumerate(pairwise(names)):
        if before.end is None:
            message = "expected the day on which the next name begins, got no such field"
            yield finding(position, "to", message, f"Write {after.start}")
        elif before.end != after.start:
            what = "a gap" if before.end < after.start else "an overlap"
            message = f"expected {before.end}, when the name before ends, got {after.start}, {what}"
            hint = "Write the names from the oldest to the newest; to is the first day of the next name"
            yield finding(position + 1, "from", message, hint)
    for position, name in enumerate(names):
        if name.end is not None and name.end <= name.start:
            yield finding(position, "to", f"expected a day after {name.start}, got {name.end}")
    if names[-1].end is not None:
        message = f"expected no end of the newest name, got {names[-1].end}"
        yield finding(len(names) - 1, "to", message, "Write the next name below, or delete to")
