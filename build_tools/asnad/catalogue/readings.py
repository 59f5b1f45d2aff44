"""What could be read of a catalogue, for the rules that look at more than one field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asnad.catalogue.centre import Centre
from asnad.catalogue.course import Course, CourseId
from asnad.catalogue.findings import Sources
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.run import Run
from asnad.catalogue.scalars import WrittenText


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Every file that could be read, and the names of those that could not."""

    centre: Centre | None
    courses: tuple[Course, ...]
    courses_by_id: Mapping[CourseId, Course]
    runs: tuple[Run, ...]
    pathways: tuple[Pathway, ...]
    quality_statements: tuple[QualityStatement, ...]
    versions: tuple[Course, ...]
    """Earlier versions of courses."""
    course_ids: frozenset[str]
    """Of all files, so that what is merely unreadable is not called missing."""
    version_ids: frozenset[str]
    """``<course>/<version>``."""
    pathway_ids: frozenset[str]
    quality_ids: frozenset[str]
    centre_file: str
    sources: Sources
    texts: Mapping[str, tuple[WrittenText, ...]]
    """What readers will read, by file."""
    marked_lines: Mapping[str, tuple[int, ...]]
    """Lines that a person has still to check, by file of a course that is no draft."""
    today: date | None
    """At the centre; nothing where nobody looks at the clock, as when the site is built."""

    @property
    def all_versions(self) -> tuple[Course, ...]:
        """Every course, as it is and as it was: what was claimed on paper must have been true then too."""
        return self.courses + self.versions

    def course(self, course_id: CourseId) -> Course | None:
        """
        Find a course that could be read.

        Args:
            course_id: Its id.

        """
        return self.courses_by_id.get(course_id)

    def course_of(self, run: Run) -> Course | None:
        """
        Find the version of a course that a run teaches, if it could be read.

        Args:
            run: Of this catalogue.

        """
        current = self.course(run.course)
        if run.course_version is None or (current is not None and current.version == run.course_version):
            return current
        wanted = (run.course, run.course_version)
        return next((course for course in self.versions if (course.id, course.version) == wanted), None)
