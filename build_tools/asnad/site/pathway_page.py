"""The page of a pathway: its courses by stage, and the picture of them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Course, CourseId
from asnad.catalogue.pathway import Pathway
from asnad.messages import Messages
from asnad.site.page_templates import PageWords
from asnad.site.pathway_picture import PictureBox, PictureStage, pathway_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayPage:
    """Everything that the page of one pathway says."""

    pathway: Pathway
    required: tuple[Course, ...]
    choices: tuple[Course, ...]
    capstone: Course | None
    published: frozenset[CourseId]
    """Courses that have a page."""


def pathway_page_model(catalogue: Catalogue, pathway: Pathway, published: frozenset[CourseId]) -> PathwayPage:
    """
    Gather what the page of a pathway says.

    Args:
        catalogue: The catalogue.

        pathway: One of its pathways.

        published: Courses that have a page; one that is still a draft has none.

    """
    return PathwayPage(
        pathway=pathway,
        required=tuple(catalogue.course(course_id) for course_id in pathway.all_of),
        choices=tuple(catalogue.course(course_id) for course_id in pathway.choices),
        capstone=catalogue.course(pathway.capstone) if pathway.capstone else None,
        published=published,
    )


def picture_of(page: PathwayPage, words: PageWords) -> Markup:
    """
    Draw the picture for a page in its language.

    Args:
        page: What it says.

        words: Texts and links of that page.

    """
    messages = words.messages
    stages = _stages(page, words)
    title = words.plain(page.pathway.title)
    return pathway_picture(
        stages,
        name=messages.text("pathway.picture", title=title),
        description=" ".join(
            messages.text("pathway.picture.stage", label=stage.label, papers=messages.enumeration(_titles(stage)))
            for stage in stages
        ),
        language=messages.language,
    )


def _stages(page: PathwayPage, words: PageWords) -> list[PictureStage]:
    messages, pathway = words.messages, page.pathway
    stages = []
    if page.required:
        stages.append((messages.text("pathway.required"), page.required))
    if page.choices:
        label = messages.text("pathway.choices", number=pathway.at_least, of=len(page.choices))
        stages.append((label, page.choices))
    if page.capstone:
        stages.append((messages.text("pathway.capstone"), (page.capstone,)))
    title, language = pathway.title.shown_in(messages.language)
    award = PictureBox(
        title=title, language=language, notes=_conditions(page, messages), kind=pathway.kind, address=None
    )
    return [
        *(
            PictureStage(label=label, boxes=tuple(_box(page, each, words) for each in courses))
            for label, courses in stages
        ),
        PictureStage(label=messages.text("pathway.award"), boxes=(award,)),
    ]


def _box(page: PathwayPage, course: Course, words: PageWords) -> PictureBox:
    messages = words.messages
    title, language = course.title.shown_in(messages.language)
    kind = words.kind(course)
    notes = [messages.text(f"kind.{kind}")]
    notes += [messages.text("pathway.credits", value=each.value, scheme=each.scheme) for each in course.credits[:1]]
    address = words.link(f"courses/{course.id}/") if course.id in page.published else None
    return PictureBox(title=title, language=language, notes=tuple(notes), kind=kind, address=address)


def _conditions(page: PathwayPage, messages: Messages) -> tuple[str, ...]:
    pathway = page.pathway
    notes = [messages.text(f"kind.{pathway.kind}")]
    if pathway.min_total_value is not None and pathway.min_total_scheme:
        notes.append(messages.text("pathway.min-total", value=pathway.min_total_value, scheme=pathway.min_total_scheme))
    if pathway.max_age_months is not None:
        notes.append(messages.text("pathway.max-age", number=pathway.max_age_months))
    return (*notes, messages.text("pathway.applied-for"))


def _titles(stage: PictureStage) -> list[str]:
    return [box.title for box in stage.boxes]
