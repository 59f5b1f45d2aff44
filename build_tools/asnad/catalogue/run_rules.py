"""Rules of a run: days, approval, signatories and batch numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from asnad.catalogue.course import Course, CourseId, CourseStatus
from asnad.catalogue.findings import Finding, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.readings import Readings
from asnad.catalogue.run import Run, RunState

DURATION_TOLERANCE_PERCENT = 20
OVER = frozenset({RunState.FINISHED, RunState.CANCELLED})


def runs_end_after_they_begin(readings: Readings) -> Iterator[Finding]:
    """E6: a run ends no earlier than it begins, and is awarded no earlier than it ends."""
    for run in readings.runs:
        if run.end < run.start:
            message = f"expected {run.start} or later, got {run.end}"
            yield readings.sources.finding(run.place, "end", message=message, hint="A run ends after it begins")
        elif run.awarded is not None and run.awarded < run.end:
            message = f"expected {run.end} or later, got {run.awarded}"
            hint = "Certificates are awarded when the run is over"
            yield readings.sources.finding(run.place, "awarded", message=message, hint=hint)


def applications_close_after_they_open(readings: Readings) -> Iterator[Finding]:
    """E6: one can apply from a day to the same or a later one."""
    for run in readings.runs:
        apply = run.application
        if apply and apply.opens and apply.closes and apply.closes < apply.opens:
            message = f"expected {apply.opens} or later, got {apply.closes}"
            yield readings.sources.finding(run.place, "apply", "closes", message=message)


def nothing_is_awarded_before_its_day(readings: Readings) -> Iterator[Finding]:
    """E6: a run that is finished was awarded today or earlier."""
    for run in readings.runs:
        if run.state is RunState.FINISHED and readings.today is not None and run.award_day() > readings.today:
            message = f"expected a day of award up to today, as the run is finished, got {run.award_day()}"
            name = "awarded" if run.awarded else "end"
            hint = "Certificates carry this day; write the day on which they are really given"
            yield readings.sources.finding(run.place, name, message=message, hint=hint)


def dates_of_runs_fit_the_duration(readings: Readings) -> Iterator[Finding]:
    """E6: from first to last day a run is as long as its course, within 20 per cent."""
    for run in readings.runs:
        course = readings.course_of(run)
        if course is None or run.end < run.start or run.state is RunState.CANCELLED:
            continue
        days = (run.end - run.start).days + 1
        least, most = _calendar_days(course)
        if days * 100 < least * (100 - DURATION_TOLERANCE_PERCENT) or days * 100 > most * (
            100 + DURATION_TOLERANCE_PERCENT
        ):
            length = f"{course.duration.value} {course.duration.unit}"
            message = f"expected about {length}, as {course.place} says, got {days} days, {run.start} to {run.end}"
            yield readings.sources.finding(run.place, "end", message=message, hint="Mend start or end, or the duration")


def runs_have_room(readings: Readings) -> Iterator[Finding]:
    """E9: no more learners are enrolled than there are places."""
    for run in readings.runs:
        if run.enrolled is not None and run.capacity is not None and run.enrolled > run.capacity:
            message = f"expected at most {run.capacity}, the capacity, got {run.enrolled}"
            yield readings.sources.finding(run.place, "enrolled", message=message, hint="Mend one of the two")


def runs_can_reach_their_least_number(readings: Readings) -> Iterator[Finding]:
    """E30: a run that needs some learners has places for so many."""
    for run in readings.runs:
        if run.min_learners is not None and run.capacity is not None and run.min_learners > run.capacity:
            message = f"expected at most {run.capacity}, the capacity, got {run.min_learners}"
            yield readings.sources.finding(run.place, "min_learners", message=message)


def instructors_are_known(readings: Readings) -> Iterator[Finding]:
    """E28: who teaches is an instructor or a signatory of the centre."""
    if readings.centre is None:
        return
    people = {person.id for person in readings.centre.instructors}
    people |= {person.id for person in readings.centre.signatories}
    for run in readings.runs:
        for position, person_id in enumerate(run.instructors):
            if person_id not in people:
                message = f"expected an instructor of centre.yml, got {shown(person_id)}"
                meant = did_you_mean(person_id, people)
                hint = meant or "Write name and office under instructors of centre.yml"
                yield readings.sources.finding(run.place, "instructors", position, message=message, hint=hint)


def approvals_cover_their_runs(readings: Readings) -> Iterator[Finding]:
    """E10: a course that has an approval is approved on the day on which a run begins."""
    for run in readings.runs:
        course = readings.course_of(run)
        if course is None or course.approval is None or run.state is RunState.CANCELLED:
            continue
        approval = course.approval
        if run.start < approval.valid_from or (approval.valid_to is not None and run.start > approval.valid_to):
            until = f" to {approval.valid_to}" if approval.valid_to else ""
            message = f"expected a day of the approval, from {approval.valid_from}{until}, got {run.start}"
            hint = f"Mend approval in {course.place}; one that was renewed keeps its first day"
            yield readings.sources.finding(run.place, "start", message=message, hint=hint)


def signatories_are_in_office(readings: Readings) -> Iterator[Finding]:
    """E11: who signs exists and is in office on the day of award."""
    if readings.centre is None:
        return
    people = {person.id: person for person in readings.centre.signatories}
    for run in readings.runs:
        day = run.award_day()
        for position, person_id in enumerate(run.signatories if run.state is not RunState.CANCELLED else ()):
            person = people.get(person_id)
            if person is None:
                message = f"expected a signatory of centre.yml, got {shown(person_id)}"
                hint = did_you_mean(person_id, people)
            elif not person.in_office(day):
                term = f"from {person.start}" + (f" to before {person.end}" if person.end else "")
                message = f"expected a signatory in office on {day}, got {shown(person_id)}, in office {term}"
                hint = "Choose who is in office on the day of award"
            else:
                continue
            yield readings.sources.finding(run.place, "signatories", position, message=message, hint=hint)


def batch_numbers_are_unique(readings: Readings) -> Iterator[Finding]:
    """E13: no two runs of a course have one batch number."""
    seen: dict[tuple[str, int], Run] = {}
    for run in readings.runs:
        first = seen.setdefault((run.course, run.batch_no), run)
        if first is not run:
            message = f"expected a batch number of its own, got {run.batch_no}, the number of {first.place}"
            yield readings.sources.finding(run.place, "batch_no", message=message)


def batch_numbers_leave_no_gap(readings: Readings) -> Iterator[Finding]:
    """E13: no batch number is left out between two that there are; a catalogue may begin at any."""
    runs: dict[CourseId, dict[int, Run]] = {}
    for run in readings.runs:
        runs.setdefault(run.course, {}).setdefault(run.batch_no, run)
    for numbers in runs.values():
        for before, after in pairwise(sorted(numbers)):
            if after > before + 1:
                run = numbers[after]
                message = f"expected {before + 1}, which follows {numbers[before].place}, got {after}"
                hint = "A batch that was called off keeps its file, with the state cancelled"
                yield readings.sources.finding(run.place, "batch_no", message=message, hint=hint)


def runs_are_of_courses_on_offer(readings: Readings) -> Iterator[Finding]:
    """E16: a draft has no runs; a suspended or retired course has only runs that are over."""
    for run in readings.runs:
        course = readings.course(run.course)
        if course is None or course.status is CourseStatus.ACTIVE:
            continue
        if course.status is CourseStatus.DRAFT:
            message = f"expected an active course, got {shown(course.id)}, which is a draft"
            yield readings.sources.finding(run.place, "course", message=message, hint="Make the course active first")
        elif run.state not in OVER:
            message = f"expected finished or cancelled, as the course is {course.status}, got {run.state}"
            hint = f"Finish or cancel the run, or make {course.place} active again"
            yield readings.sources.finding(run.place, "state", message=message, hint=hint)


def references_of_runs_exist(readings: Readings) -> Iterator[Finding]:
    """E18: course and venue that a run names exist."""
    venues = [item.id for item in readings.centre.venues] if readings.centre else None
    for run in readings.runs:
        if run.course not in readings.course_ids:
            message = f"expected a file of courses/, got {shown(run.course)}"
            hint = did_you_mean(run.course, readings.course_ids)
            yield readings.sources.finding(run.place, "course", message=message, hint=hint)
        if venues is not None and run.own_venue is not None and run.venue in venues:
            message = (
                f"expected a place that centre.yml does not have, got one under {shown(run.venue)}, the id of a venue"
            )
            yield readings.sources.finding(run.place, "venue", message=message, hint=f"Write venue: {run.venue}")
        elif venues is not None and run.own_venue is None and run.venue not in venues:
            message = f"expected a venue of centre.yml, got {shown(run.venue)}"
            hint = did_you_mean(run.venue, venues)
            yield readings.sources.finding(run.place, "venue", message=message, hint=hint)


def runs_name_versions_and_variants_that_exist(readings: Readings) -> Iterator[Finding]:
    """E18: version and variant that a run names are those of its course."""
    for run in readings.runs:
        course = readings.course(run.course)
        if course is None:
            continue
        if run.course_version not in {None, course.version}:
            wanted = f"{run.course}/{run.course_version}"
            if wanted not in readings.version_ids:
                message = (
                    f"expected {course.version}, the current version, or a file of versions/, got {run.course_version}"
                )
                hint = f"Put the course as it was then into versions/{wanted}.yml"
                yield readings.sources.finding(run.place, "course_version", message=message, hint=hint)
        taught = readings.course_of(run) or course
        variants = [variant.id for variant in taught.variants]
        if run.variant is not None and run.variant not in variants:
            message = f"expected a variant of {taught.place}, got {shown(run.variant)}"
            meant = did_you_mean(run.variant, variants)
            yield readings.sources.finding(run.place, "variant", message=message, hint=meant)


def _calendar_days(course: Course) -> tuple[int, int]:
    """Give the least and the greatest number of days from first to last that a duration can mean."""
    value = course.duration.value
    match course.duration.unit:
        case "weeks":
            # From the first Monday to the last Friday.
            return 7 * value - 2, 7 * value
        case "months":
            return 28 * value - 2, 31 * value
        case _:
            # Five days of lessons fill a week; in the evening or at weekends it may be one.
            daily = course.delivery.pattern == "full-time"
            return value, value + 2 * (-(-value // 5)) if daily else 7 * value
