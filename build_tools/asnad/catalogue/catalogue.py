"""The whole catalogue of a centre, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from asnad.catalogue.centre import Centre, Department, DepartmentId, PersonId, Signatory, Venue, VenueId
from asnad.catalogue.course import Course, CourseId, QualityId
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.run import Run, RunId


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything under ``catalogue/`` that is data; every reference in it exists."""

    centre: Centre
    courses: tuple[Course, ...]
    runs: tuple[Run, ...]
    pathways: tuple[Pathway, ...]
    quality_statements: tuple[QualityStatement, ...]
    versions: tuple[Course, ...] = ()
    """Earlier versions of courses, as ``catalogue/versions/<course>/<version>.yml`` says."""
    _courses: Mapping[CourseId, Course] = field(init=False, repr=False, compare=False)
    _runs: Mapping[CourseId, tuple[Run, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where each course and its runs are, for every page asks for some of them."""
        runs: dict[CourseId, list[Run]] = {}
        for run in self.runs:
            runs.setdefault(run.course, []).append(run)
        object.__setattr__(self, "_courses", {course.id: course for course in self.courses})
        object.__setattr__(self, "_runs", {course_id: tuple(found) for course_id, found in runs.items()})

    def as_of(self, day: date) -> Catalogue:
        """
        Leave out the recognitions that do not hold on a day.

        Args:
            day: Day at the centre.

        """

        def in_force(course: Course) -> Course:
            return replace(course, recognised_by=tuple(each for each in course.recognised_by if each.holds_on(day)))

        courses, versions = (tuple(map(in_force, listed)) for listed in (self.courses, self.versions))
        return replace(self, courses=courses, versions=versions)

    def course(self, course_id: CourseId) -> Course:
        """Find a course by id; the catalogue's rules have made sure that references exist."""
        return self._courses[course_id]

    def course_of(self, run: Run) -> Course:
        """
        Find the version of a course that a run teaches.

        Args:
            run: Of this catalogue.

        """
        current = self.course(run.course)
        if run.course_version in {None, current.version}:
            return current
        wanted = (run.course, run.course_version)
        return next(course for course in self.versions if (course.id, course.version) == wanted)

    def run(self, run_id: RunId) -> Run | None:
        """Find a run by id, or nothing."""
        return next((run for run in self.runs if run.id == run_id), None)

    def runs_of(self, course_id: CourseId) -> tuple[Run, ...]:
        """List the runs of a course, newest first."""
        return tuple(sorted(self._runs.get(course_id, ()), key=lambda run: (run.start, run.id), reverse=True))

    def department(self, department_id: DepartmentId) -> Department:
        """Find a department by id."""
        return next(item for item in self.centre.departments if item.id == department_id)

    def venue(self, venue_id: VenueId) -> Venue:
        """Find a venue by id."""
        return next(item for item in self.centre.venues if item.id == venue_id)

    def signatory(self, person_id: PersonId) -> Signatory:
        """Find a signatory by id."""
        return next(item for item in self.centre.signatories if item.id == person_id)

    def quality_statement(self, quality_id: QualityId) -> QualityStatement:
        """Find a quality statement by id."""
        return next(item for item in self.quality_statements if item.id == quality_id)
