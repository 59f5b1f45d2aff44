"""Rules of what a course names: departments, quality statements, pathways, partners and outcomes that exist."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.findings import Finding, shown
from asnad.catalogue.forms import did_you_mean
from asnad.catalogue.readings import Readings


def references_of_courses_exist(readings: Readings) -> Iterator[Finding]:
    """E18: department, quality statement and pathways that a course names exist."""
    departments = [item.id for item in readings.centre.departments] if readings.centre else None
    for course in readings.all_versions:
        if departments is not None and course.department not in departments:
            message = f"expected a department of centre.yml, got {shown(course.department)}"
            hint = did_you_mean(course.department, departments)
            yield readings.sources.finding(course.place, "department", message=message, hint=hint)
        if course.quality is not None and course.quality not in readings.quality_ids:
            message = f"expected a file of quality/, got {shown(course.quality)}"
            hint = did_you_mean(course.quality, readings.quality_ids)
            yield readings.sources.finding(course.place, "quality", "statement", message=message, hint=hint)
        for position, pathway in enumerate(course.stacks_into):
            if pathway not in readings.pathway_ids:
                message = f"expected a file of pathways/, got {shown(pathway)}"
                hint = did_you_mean(pathway, readings.pathway_ids)
                yield readings.sources.finding(course.place, "stackable", "into", position, message=message, hint=hint)


def references_of_modules_exist(readings: Readings) -> Iterator[Finding]:
    """E18: partners and outcomes that a module names exist, and it is taught somewhere."""
    partners = [item.id for item in readings.centre.partners] if readings.centre else None
    for course in readings.all_versions:
        outcomes = [outcome.id for outcome in course.learning_outcomes]
        for position, module in enumerate(course.modules):
            for item, taken in enumerate(module.taken_at):
                if partners is not None and taken.partner not in partners:
                    message = f"expected a partner of centre.yml, got {shown(taken.partner)}"
                    hint = did_you_mean(taken.partner, partners)
                    yield readings.sources.finding(
                        course.place, "modules", position, "taken_at", item, "partner", message=message, hint=hint
                    )
            for item, outcome_id in enumerate(module.outcomes):
                if outcome_id not in outcomes:
                    message = f"expected an outcome of the course, got {shown(outcome_id)}"
                    hint = did_you_mean(outcome_id, outcomes)
                    steps = ("modules", position, "outcomes", item)
                    yield readings.sources.finding(course.place, *steps, message=message, hint=hint)
            if not module.here and not module.taken_at:
                message = "expected taken_at, as the module is not taught here, got none"
                hint = "Name the partner that teaches it, or delete here: false"
                yield readings.sources.finding(course.place, "modules", position, message=message, hint=hint)
