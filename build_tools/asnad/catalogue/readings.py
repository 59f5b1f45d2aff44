"""What could be read of a catalogue, for the rules that look at more than one field."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.catalogue.centre import Centre
from asnad.catalogue.course import Course, CourseId
from asnad.catalogue.findings import Sources
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Every file that could be read, and the names of those that could not."""

    centre: Centre | None
    courses: tuple[Course, ...]
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

    def course(self, course_id: CourseId) -> Course | None:
        """
        Find a course that could be read.

        Args:
            course_id: Its id.

        """
        return next((course for course in self.courses if course.id == course_id), None)
