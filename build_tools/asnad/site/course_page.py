"""The page of a course, in the order in which a visitor asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre, Contact, Department, Partner, Venue
from asnad.catalogue.course import Course, CourseStatus, Fee
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.text import Text
from asnad.messages import Messages
from asnad.site.frozen_achievement import FrozenAchievement
from asnad.site.page_templates import PageTemplates
from asnad.site.run_standing import ListedRun, Standing, next_run
from asnad.site.site_page import SitePage, address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCourse:
    """A course with what stands beside it in a list."""

    course: Course
    department: Department
    runs: tuple[ListedRun, ...]
    """Every run of it by its first day."""
    next_run: ListedRun | None

    @property
    def offered(self) -> bool:
        """Tell whether people can still join it."""
        return self.course.status is CourseStatus.ACTIVE

    @property
    def fee(self) -> Fee | None:
        """What the next run costs, or the course."""
        return self.next_run.fee if self.next_run else self.course.fee


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage:
    """Everything that the page of one course says."""

    centre: Centre
    course: Course
    department: Department
    upcoming: tuple[ListedRun, ...]
    running: tuple[ListedRun, ...]
    past: tuple[ListedRun, ...]
    next_run: ListedRun | None
    venues: tuple[Venue, ...]
    quality_statement: QualityStatement | None
    pathways: tuple[Pathway, ...]
    frozen: tuple[FrozenAchievement, ...]
    """Versions of which certificates were issued."""

    @property
    def contact(self) -> Contact:
        """Whom to ask: the course's own contact, the department's, or the centre's."""
        return self.course.contact or self.department.contact or self.centre.contact

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Institutions at which a module may be taken, in the centre's order."""
        named = {there.partner for module in self.course.modules for there in module.taken_at}
        return tuple(partner for partner in self.centre.partners if partner.id in named)

    def partner(self, partner_id: str) -> Partner:
        """
        Find one of them.

        Args:
            partner_id: As a module names it.

        """
        return next(partner for partner in self.partners if partner.id == partner_id)

    @property
    def fee(self) -> Fee | None:
        """What the next run costs, or the course."""
        return self.next_run.fee if self.next_run else self.course.fee

    def other_languages(self, language: str) -> tuple[str, ...]:
        """
        Give the languages that a reader meets in the description because the centre did not write it in theirs.

        Args:
            language: The reader's.

        """
        shown = (text.shown_in(language)[1] for text in self._description())
        return tuple(dict.fromkeys(tag for tag in shown if tag != language))

    def described_in(self, language: str) -> bool:
        """
        Tell whether a part of the description at least is in a language.

        Args:
            language: The reader's.

        """
        return any(text.shown_in(language)[1] == language for text in self._description())

    def _description(self) -> Iterator[Text]:
        yield from (self.course.title, self.course.summary)
        if self.course.description:
            yield self.course.description
        yield from (outcome.text for outcome in self.course.learning_outcomes)

    def outcome_numbers(self, proved: tuple[str, ...]) -> tuple[int, ...]:
        """
        Give the places, counted from 1, of the outcomes that an assessment proves or a module serves.

        Args:
            proved: Ids of outcomes.

        """
        return tuple(
            number for number, outcome in enumerate(self.course.learning_outcomes, start=1) if outcome.id in proved
        )


def listed_courses(
    catalogue: Catalogue, runs: tuple[ListedRun, ...], *, drafts: bool = False
) -> tuple[ListedCourse, ...]:
    """
    List every course that is published, by the order of departments and then by code.

    Args:
        catalogue: The catalogue.

        runs: Its runs by their first day.

        drafts: List drafts too, which nobody can join yet.

    """
    order = {department.id: place for place, department in enumerate(catalogue.centre.departments)}
    courses = sorted(
        (course for course in catalogue.courses if drafts or course.status is not CourseStatus.DRAFT),
        key=lambda course: (order[course.department], course.code, course.id),
    )
    by_course: dict[str, list[ListedRun]] = {}
    for listed in runs:
        by_course.setdefault(listed.course.id, []).append(listed)
    return tuple(
        ListedCourse(
            course=course,
            department=catalogue.department(course.department),
            runs=tuple(by_course.get(course.id, ())),
            next_run=next_run(by_course.get(course.id, ())),
        )
        for course in courses
    )


def course_page_model(
    catalogue: Catalogue,
    listed: ListedCourse,
    frozen: tuple[FrozenAchievement, ...] = (),
) -> CoursePage:
    """
    Gather what the page of a course says.

    Args:
        catalogue: The catalogue.

        listed: The course.

        frozen: Versions of all courses, of which certificates were issued.

    """
    course = listed.course
    own = listed.runs
    upcoming = tuple(run for run in own if run.announced)
    running = tuple(run for run in own if run.standing is Standing.RUNNING)
    shown = upcoming or running or own[-1:]
    return CoursePage(
        centre=catalogue.centre,
        course=course,
        department=listed.department,
        upcoming=upcoming,
        running=running,
        past=tuple(reversed([run for run in own if run.standing is Standing.OVER])),
        next_run=listed.next_run,
        venues=tuple({run.venue.id: run.venue for run in shown}.values()),
        quality_statement=catalogue.quality_statement(course.quality) if course.quality else None,
        pathways=tuple(pathway for pathway in catalogue.pathways if pathway.id in course.stacks_into),
        frozen=tuple(each for each in frozen if each.course == course.id),
    )


def course_page(
    model: CoursePage,
    *,
    messages: Messages,
    templates: PageTemplates,
    languages: tuple[str, ...],
    today: date,
) -> SitePage:
    """
    Render the page of a course in one language.

    Args:
        model: What it says.

        messages: Texts in that language.

        templates: The catalogue's templates.

        languages: Languages of the site.

        today: Day at the centre for which the site is built.

    Raises:
        PublicationError: A text is missing, or an address must not be linked.

    """
    path = f"courses/{model.course.id}/"
    address = address_of(path, messages.language, languages)
    body = templates.render(
        "course.html",
        messages=messages,
        address=address,
        languages=languages,
        page=model,
        course=model.course,
        today=today,
    )
    return SitePage(
        language=messages.language,
        path=path,
        address=address,
        title=model.course.title.shown_in(messages.language)[0],
        description=model.course.summary.shown_in(messages.language)[0],
        body=body,
        indexed=model.course.status is not CourseStatus.DRAFT,
    )
