"""All pages of the catalogue that nobody writes by hand, in every language of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Department
from asnad.catalogue.course import CourseId, CourseStatus, Kind
from asnad.catalogue.text import direction
from asnad.issuers.statistics import SMALLEST, Statistics
from asnad.messages import Messages
from asnad.site.comparison import FACTS_FILE, ROWS, course_facts
from asnad.site.course_finder import CourseFinder, course_finder
from asnad.site.course_page import ListedCourse, course_page, course_page_model, listed_courses
from asnad.site.course_structured_data import course_structured_data, courses_structured_data
from asnad.site.data_block import data_block, with_data_block
from asnad.site.department_pages import DepartmentPage, department_pages
from asnad.site.frozen_achievement import FrozenAchievement
from asnad.site.page_templates import PageTemplates, PageWords
from asnad.site.pathway_page import PathwayPage, pathway_page_model, picture_of
from asnad.site.run_standing import ListedRun, Standing, listed_runs
from asnad.site.search_index import SEARCH_INDEX, search_index
from asnad.site.site_page import SitePage, address_of
from asnad.site.statistics_page import BARS, divisions
from asnad.site.statistics_page import PATH as STATISTICS_PAGE

NEXT_RUNS_ON_HOME_PAGE = 6
AWAITED = frozenset({CourseStatus.SUSPENDED, CourseStatus.DRAFT})
"""Not on offer, but likely to be: a retired course keeps its page and leaves the list."""
ORDERS = ("department", "relevance", "start", "title", "shortest", "fee", "hours")
"""Ways to sort the list of courses, the first without a script too."""
RECOMMENDATION = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022H0627(02)"
"""Council Recommendation 2022/C 243/02 on a European approach to micro-credentials."""


@dataclass(frozen=True, slots=True)
class DepartmentSection:
    """A department and the courses it offers."""

    department: Department
    courses: tuple[ListedCourse, ...]


@dataclass(frozen=True, slots=True)
class YearOfRuns:
    """The runs of a year that are over, newest first."""

    year: int
    runs: tuple[ListedRun, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePages:
    """Makes the pages of one catalogue as it stands on one day."""

    catalogue: Catalogue
    messages: Mapping[str, Messages]
    """Texts by language; they hold every language of the centre."""
    templates: PageTemplates
    today: date
    """Day at the centre for which the site is built."""
    drafts: bool = False
    """Show what is not published yet."""
    frozen: tuple[FrozenAchievement, ...] = ()
    """Versions of courses of which certificates were issued."""
    statistics: Statistics | None = None
    """What was issued so far, as published; nothing where nothing was."""
    answers: bool = False
    """The site of a demonstration has a page with a certificate for each answer of the verifier."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the site, the first at its root."""
        return self.catalogue.centre.languages

    def pages(self) -> Iterator[SitePage]:
        """
        Make every page but the home pages, which hold a text of the centre's own.

        Raises:
            PublicationError: A text is missing, or an address must not be linked.

        """
        runs = listed_runs(self.catalogue, self.today, drafts=self.drafts)
        courses = listed_courses(self.catalogue, runs, drafts=self.drafts)
        models = [course_page_model(self.catalogue, listed, self.frozen) for listed in courses]
        departments = department_pages(self.catalogue.centre, courses, runs, self.today)
        published = frozenset(listed.course.id for listed in courses)
        offered = tuple(listed for listed in courses if listed.offered)
        finder = course_finder(self.catalogue, offered, runs, self.today)
        pathways = [pathway_page_model(self.catalogue, pathway, published) for pathway in self.catalogue.pathways]
        for messages in (self.messages[language] for language in self.languages):
            yield self._courses_page(messages, courses, finder)
            yield self._compare_page(messages)
            yield self._runs_page(messages, runs)
            for model in models:
                page = course_page(
                    model, messages=messages, templates=self.templates, languages=self.languages, today=self.today
                )
                if model.course.status is CourseStatus.DRAFT:
                    yield page
                    continue
                yield with_data_block(
                    page, course_structured_data(self.catalogue, model.course, messages.language, today=self.today)
                )
            yield from self._versions(messages, published)
            yield from self._departments(messages, departments)
            yield from self._pathways(messages, pathways)
            yield self._explanation(messages, courses)
            if self.statistics:
                yield self._statistics_page(messages, self.statistics)

    def home_page(self, language: str, introduction: str | None) -> SitePage:
        """
        Make a home page.

        Args:
            language: Language of the page.

            introduction: HTML of the text that the centre wrote, or nothing.

        Raises:
            PublicationError: A text is missing.

        """
        messages = self.messages[language]
        runs = listed_runs(self.catalogue, self.today, drafts=self.drafts)
        courses = listed_courses(self.catalogue, runs, drafts=self.drafts)
        offered = {listed.course.award.kind for listed in courses if listed.offered}
        return self._page(
            messages,
            "",
            "home.html",
            self.catalogue.centre.name_on(self.today).shown_in(language)[0],
            centre=self.catalogue.centre,
            centre_name=self.catalogue.centre.name_on(self.today),
            answers=self.answers,
            introduction=Markup(introduction) if introduction else None,  # noqa: S704  # Markdown's own output.
            sections=self._sections(courses),
            runs=tuple(run for run in runs if run.upcoming)[:NEXT_RUNS_ON_HOME_PAGE],
            kinds=tuple(kind for kind in Kind if kind in offered),
        )

    def data_files(self) -> dict[str, bytes]:
        """
        Make what the script of the pages asks for: the words of all courses, and for each course what is compared.

        Returns:
            Bytes by path below the site.

        """
        courses = listed_courses(self.catalogue, listed_runs(self.catalogue, self.today))
        files = {SEARCH_INDEX: search_index([listed for listed in courses if listed.offered])}
        for messages in (self.messages[language] for language in self.languages):
            for listed in courses:
                path = address_of(f"courses/{listed.course.id}/{FACTS_FILE}", messages.language, self.languages)
                files[path] = course_facts(listed, messages)
        return files

    def _compare_page(self, messages: Messages) -> SitePage:
        return self._page(messages, "compare/", "compare.html", messages.text("compare.title"), rows=ROWS, kinds=Kind)

    def _courses_page(self, messages: Messages, courses: tuple[ListedCourse, ...], finder: CourseFinder) -> SitePage:
        offered = [listed for listed in courses if listed.offered]
        address = address_of("courses/", messages.language, self.languages)
        page = self._page(
            messages,
            "courses/",
            "courses.html",
            messages.text("courses"),
            sections=self._sections(courses),
            kinds=tuple(kind for kind in Kind if any(listed.course.award.kind is kind for listed in offered)),
            number=len(offered),
            filters=finder.filters(PageWords(messages, address, self.languages)),
            orders=ORDERS,
            finder_data=data_block(finder.data, kind="application/json", element_id="finder-data"),
            search_index=SEARCH_INDEX,
            suspended=tuple(listed for listed in courses if listed.course.status in AWAITED),
        )
        return with_data_block(
            page,
            courses_structured_data(self.catalogue, [listed.course for listed in offered], messages.language),
        )

    def _runs_page(self, messages: Messages, runs: tuple[ListedRun, ...]) -> SitePage:
        over = [run for run in reversed(runs) if run.standing is Standing.OVER]
        years = sorted({run.run.start.year for run in over}, reverse=True)
        return self._page(
            messages,
            "runs/",
            "runs.html",
            messages.text("runs"),
            upcoming=tuple(run for run in runs if run.announced),
            running=tuple(run for run in runs if run.standing is Standing.RUNNING),
            past=tuple(YearOfRuns(year, tuple(run for run in over if run.run.start.year == year)) for year in years),
        )

    def _versions(self, messages: Messages, published: Collection[CourseId]) -> Iterator[SitePage]:
        """Keep every version readable for those who hold its certificates; readers who choose look at the course."""
        for frozen in self.frozen:
            page = self._page(
                messages,
                f"courses/{frozen.course}/{frozen.version}/",
                "course-version.html",
                messages.text("version.title", title=frozen.name, number=frozen.version),
                frozen=frozen,
                direction=direction(frozen.language),
                course=self.catalogue.course(frozen.course) if frozen.course in published else None,
            )
            yield replace(page, indexed=False)

    def _departments(self, messages: Messages, models: tuple[DepartmentPage, ...]) -> Iterator[SitePage]:
        yield self._page(messages, "departments/", "departments.html", messages.text("departments"), departments=models)
        for model in models:
            path = f"departments/{model.department.id}/"
            title = model.department.name.shown_in(messages.language)[0]
            yield self._page(messages, path, "department.html", title, page=model)

    def _pathways(self, messages: Messages, models: Sequence[PathwayPage]) -> Iterator[SitePage]:
        if models:
            pathways = self.catalogue.pathways
            yield self._page(messages, "pathways/", "pathways.html", messages.text("pathways"), pathways=pathways)
        for model in models:
            path = f"pathways/{model.pathway.id}/"
            title = model.pathway.title.shown_in(messages.language)[0]
            yield self._page(messages, path, "pathway.html", title, page=model, picture_of=picture_of)

    def _explanation(self, messages: Messages, courses: tuple[ListedCourse, ...]) -> SitePage:
        return self._page(
            messages,
            "micro-credentials/",
            "micro-credentials.html",
            messages.text("micro.title"),
            centre=self.catalogue.centre,
            kinds=tuple(Kind),
            courses=tuple(each for each in courses if each.offered and each.course.award.kind is Kind.MICROCREDENTIAL),
            pathways=self.catalogue.pathways,
            recommendation=RECOMMENDATION,
        )

    def _sections(self, courses: tuple[ListedCourse, ...]) -> tuple[DepartmentSection, ...]:
        sections = (
            DepartmentSection(
                department,
                tuple(listed for listed in courses if listed.offered and listed.department.id == department.id),
            )
            for department in self.catalogue.centre.departments
        )
        return tuple(section for section in sections if section.courses)

    def _statistics_page(self, messages: Messages, statistics: Statistics) -> SitePage:
        return self._page(
            messages,
            STATISTICS_PAGE,
            "statistics.html",
            messages.text("statistics"),
            statistics=statistics,
            divisions=divisions(self.catalogue, statistics, messages),
            smallest=SMALLEST,
            bars=BARS,
        )

    def _page(self, messages: Messages, path: str, template: str, title: str, **model: object) -> SitePage:
        address = address_of(path, messages.language, self.languages)
        body = self.templates.render(
            template, messages=messages, address=address, languages=self.languages, today=self.today, **model
        )
        description = messages.text("description", centre=self._centre_name(messages), title=title)
        return SitePage(
            language=messages.language, path=path, address=address, title=title, description=description, body=body
        )

    def _centre_name(self, messages: Messages) -> str:
        return self.catalogue.centre.name_on(self.today).shown_in(messages.language)[0]
