"""The pages of the departments: what each teaches, when, and whom one asks there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asnad.catalogue.centre import Centre, Contact, DatedName, Department
from asnad.site.course_page import ListedCourse
from asnad.site.run_standing import ListedRun


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentPage:
    """Everything that the page of one department says."""

    department: Department
    centre: Centre
    offered: tuple[ListedCourse, ...]
    not_offered: tuple[ListedCourse, ...]
    runs: tuple[ListedRun, ...]
    """Those to come, by their first day."""
    today: date

    @property
    def contact(self) -> Contact:
        """Whom to ask: the department's own contact, or the centre's."""
        return self.department.contact or self.centre.contact

    @property
    def former_names(self) -> tuple[DatedName, ...]:
        """Names that it no longer bears, the latest first; certificates of their time keep them."""
        return tuple(
            name for name in reversed(self.department.names) if name.end is not None and name.end <= self.today
        )

    @property
    def next_run(self) -> ListedRun | None:
        """The first run that will take place."""
        return next((run for run in self.runs if run.upcoming), None)


def department_pages(
    centre: Centre, courses: Sequence[ListedCourse], runs: Sequence[ListedRun], today: date
) -> tuple[DepartmentPage, ...]:
    """
    Gather what the pages of all departments say, in the centre's order.

    Args:
        centre: Whose departments they are.

        courses: All that are published.

        runs: All by their first day.

        today: Day at the centre for which the site is built.

    """
    return tuple(
        DepartmentPage(
            department=department,
            centre=centre,
            offered=tuple(each for each in courses if each.department.id == department.id and each.offered),
            not_offered=tuple(each for each in courses if each.department.id == department.id and not each.offered),
            runs=tuple(run for run in runs if run.announced and run.course.department == department.id),
            today=today,
        )
        for department in centre.departments
    )
