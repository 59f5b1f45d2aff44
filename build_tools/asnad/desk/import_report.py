"""What became of the courses of a file: in sum for people, and whole as JSON for other programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from asnad.catalogue.findings import shown, visible
from asnad.counted import counted
from asnad.desk.course_import import CourseImport, ImportedCourse, Outcome
from asnad.proofs.strict_json import JSONObject

SIGNS = {Outcome.NEW: "+", Outcome.THERE: "=", Outcome.REFUSED: "!"}


def report_json(done: CourseImport, *, written: bool) -> str:
    """
    Write all that is known of an import.

    Args:
        done: The import.

        written: Whether its files were written.

    """
    document: JSONObject = {
        "type": "AsnadCourseImport",
        "format": 1,
        "file": done.source.file,
        "readAs": done.source.form,
        "written": written,
        "counts": {str(outcome): len(done.of(outcome)) for outcome in Outcome},
        "notes": list(done.source.notes),
        "courses": [_course(course) for course in done.courses],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def report_lines(done: CourseImport) -> Iterator[str]:
    """
    Tell of an import, in sum and then course by course.

    Args:
        done: The import.

    """
    counts = ", ".join(f"{len(done.of(outcome))} {outcome}" for outcome in Outcome)
    found = counted(len(done.courses), "course")
    yield f"{visible(done.source.file)} was read as {done.source.form}: {found}, {counts}."
    yield from (f"  {visible(note)}" for note in done.source.notes)
    taken = Counter((value.name, value.field) for course in done.courses for value in course.taken)
    yield from _table("Taken", ((f"{name} → {field}", number, "") for (name, field), number in taken.items()))
    left = Counter((left.name, left.reason) for course in done.courses for left in course.left_out)
    yield from _table("Left out", ((name, number, reason) for (name, reason), number in left.items()))
    check = Counter((each.field, each.reason) for course in done.of(Outcome.NEW) for each in course.to_check)
    # Of providers each has its own words; in sum it is one thing.
    providers = sum(number for (field, _), number in check.items() if field == "provider")
    rows = [(field, number, reason) for (field, reason), number in check.items() if field != "provider"]
    rows += [("provider", providers, "somebody else offers the course")] if providers else []
    yield from _table("To be checked by a person, at the lines that are marked", rows)
    yield ""
    yield "Course by course"
    for course in done.courses:
        yield from _course_lines(course)


def _table(title: str, rows: Iterator[tuple[str, int, str]] | list[tuple[str, int, str]]) -> Iterator[str]:
    listed = sorted(rows, key=lambda row: (-row[1], row[0], row[2]))
    if listed:
        yield ""
        yield title
    for name, number, reason in listed:
        yield f"  {number:5}  {visible(name)}" + (f": {visible(reason)}" if reason else "")


def _course_lines(course: ImportedCourse) -> Iterator[str]:
    where = f"{course.path} ({course.code})" if course.outcome is Outcome.NEW else str(course.outcome)
    yield f"  {SIGNS[course.outcome]} {visible(course.place)}: {shown(course.title)}: {where}"
    if course.reason:
        yield f"      {visible(course.reason)}"
    for left in course.left_out:
        if not left.general:
            yield f"      left out: {visible(left.name)} {shown(left.text)}: {visible(left.reason)}"
    if course.to_check and course.outcome is Outcome.NEW:
        yield f"      to check: {', '.join(check.field for check in course.to_check)}"


def _course(course: ImportedCourse) -> JSONObject:
    return {
        "place": course.place,
        "title": course.title,
        "outcome": str(course.outcome),
        "reason": course.reason,
        "file": f"catalogue/{course.path}" if course.outcome is Outcome.NEW else None,
        "code": course.code if course.outcome is Outcome.NEW else None,
        "taken": [{"field": value.field, "from": value.name, "value": value.text} for value in course.taken],
        "toCheck": [{"field": each.field, "value": each.value, "reason": each.reason} for each in course.to_check],
        "leftOut": [{"name": left.name, "value": left.text, "reason": left.reason} for left in course.left_out],
    }
