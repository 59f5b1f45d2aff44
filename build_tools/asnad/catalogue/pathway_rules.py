"""Rules of pathways: they are made of micro-credentials that exist, and can be finished."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from asnad.catalogue.course import CourseId, Kind
from asnad.catalogue.findings import Finding, Step, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.readings import Readings

Part = tuple[CourseId, tuple[Step, ...]]


def parts_of_pathways_exist(readings: Readings) -> Iterator[Finding]:
    """E18: every part is a course; as no pathway is a part of another, none can run in a circle."""
    for pathway in readings.pathways:
        for course_id, steps in _parts(pathway):
            if course_id in readings.course_ids:
                continue
            if course_id in readings.pathway_ids:
                hint: str | None = "Name the courses of that pathway; pathways inside pathways could run in a circle"
                message = f"expected a course, got the pathway {shown(course_id)}"
            else:
                hint = did_you_mean(course_id, readings.course_ids)
                message = f"expected a file of courses/, got {shown(course_id)}"
            yield readings.sources.finding(pathway.place, *steps, message=message, hint=hint)


def parts_of_pathways_are_different(readings: Readings) -> Iterator[Finding]:
    """E18: one course is not counted twice."""
    for pathway in readings.pathways:
        seen: set[CourseId] = set()
        for course_id, steps in _parts(pathway):
            if course_id in seen:
                message = f"expected each course once in a pathway, got {shown(course_id)} again"
                yield readings.sources.finding(pathway.place, *steps, message=message)
            seen.add(course_id)


def pathways_are_no_microcredentials(readings: Readings) -> Iterator[Finding]:
    """E1: a pathway states none of the eleven elements, so that its own award is no micro-credential."""
    for pathway in readings.pathways:
        if pathway.kind is Kind.MICROCREDENTIAL:
            message = "expected another kind for a pathway, got microcredential"
            hint = (
                "Write kind: diploma; a larger micro-credential is a course of its own, with its own outcomes and level"
            )
            yield readings.sources.finding(pathway.place, "kind", message=message, hint=hint)


def only_microcredentials_stack(readings: Readings) -> Iterator[Finding]:
    """E17: what counts towards another award was assessed as a micro-credential."""
    for course in readings.courses:
        if course.stacks_into and course.award.kind is not Kind.MICROCREDENTIAL:
            message = f"expected a micro-credential, got the kind {course.award.kind}, which does not stack"
            yield readings.sources.finding(course.place, "stackable", message=message, hint="Delete stackable")
    for pathway in readings.pathways:
        for course_id, steps in _parts(pathway):
            part = readings.course(course_id)
            if part is not None and part.award.kind is not Kind.MICROCREDENTIAL:
                message = f"expected a micro-credential, got {shown(course_id)} of the kind {part.award.kind}"
                yield readings.sources.finding(
                    pathway.place, *steps, message=message, hint="Attendance and completion never stack"
                )
        for position, kind in enumerate(pathway.counts_only):
            if kind is not Kind.MICROCREDENTIAL:
                message = f"expected microcredential, got {kind}"
                yield readings.sources.finding(pathway.place, "counts_only", position, message=message)


def pathways_count_what_stacks_into_them(readings: Readings) -> Iterator[Finding]:
    """E18: a course that promises to stack into a pathway is a part of it."""
    pathways = {pathway.id: pathway for pathway in readings.pathways}
    for course in readings.courses:
        for position, pathway_id in enumerate(course.stacks_into):
            pathway = pathways.get(pathway_id)
            if pathway is not None and course.id not in {part for part, _ in _parts(pathway)}:
                message = f"expected a pathway that counts this course, got {shown(pathway_id)}"
                hint = f"Name the course in {pathway.place}, or delete it here"
                steps = ("stackable", "into", position)
                yield readings.sources.finding(course.place, *steps, message=message, hint=hint)


def pathways_can_be_finished(readings: Readings) -> Iterator[Finding]:
    """E18: a pathway has parts, enough of them to choose from, and they carry the credits it asks for."""
    for pathway in readings.pathways:
        parts = [course_id for course_id, _ in _parts(pathway)]
        if not parts:
            message = "expected at least one course, got none"
            yield readings.sources.finding(pathway.place, "awarding_rule", message=message)
        if pathway.at_least > len(pathway.choices):
            message = (
                f"expected at most {len(pathway.choices)}, as many as there are to choose from, got {pathway.at_least}"
            )
            steps = ("awarding_rule", "at_least", "count")
            yield readings.sources.finding(pathway.place, *steps, message=message)
        courses = [readings.course(part) for part in parts]
        if pathway.min_total_value is None or None in courses:
            continue
        reachable = sum(
            (
                credit.value
                for course in courses
                if course is not None
                for credit in course.credits
                if credit.scheme == pathway.min_total_scheme
            ),
            Decimal(0),
        )
        if reachable < pathway.min_total_value:
            message = (
                f"expected at most {reachable} {pathway.min_total_scheme}, which all parts carry together, "
                f"got {pathway.min_total_value}"
            )
            steps = ("awarding_rule", "min_total", "value")
            yield readings.sources.finding(pathway.place, *steps, message=message)


def _parts(pathway: Pathway) -> Iterator[Part]:
    for position, course in enumerate(pathway.all_of):
        yield course, ("awarding_rule", "all_of", position)
    for position, course in enumerate(pathway.choices):
        yield course, ("awarding_rule", "at_least", "of", position)
    if pathway.capstone is not None:
        yield pathway.capstone, ("awarding_rule", "plus", "capstone")
