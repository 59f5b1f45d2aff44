"""Read ``courses/<id>.yml``."""

from __future__ import annotations

from asnad.catalogue.address_forms import SKILL_ADDRESS
from asnad.catalogue.centre import DepartmentId
from asnad.catalogue.course import (
    Assessment,
    Audience,
    Award,
    CompletionRule,
    Course,
    CourseId,
    CourseStatus,
    Credit,
    Delivery,
    Duration,
    Entry,
    Fee,
    Kind,
    LearningOutcome,
    Level,
    PathwayId,
    QualityId,
    Variant,
)
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import (
    CODE,
    CURRENCY,
    FIELD_OF_EDUCATION,
    IDENTIFIER,
    LANGUAGE,
    LINE,
    PARAGRAPHS,
    POINTS,
    SUMMARY,
    YES_NO,
    member,
    whole,
    word,
    word_or_local,
)
from asnad.catalogue.reading_centre import read_contact
from asnad.catalogue.reading_module import read_module, read_module_group, read_workload
from asnad.catalogue.reading_recognition import read_approval, read_exemption, read_recognition
from asnad.catalogue.text import Text

VERSION = whole(1, 9999)
PER_CENT = whole(0, 100)
BASIS = word("accredited", "self-declared")
CREDIT_SCHEME = word_or_local("ECTS", "SCQF", "PK-CH")
FRAMEWORK = word_or_local("EQF", "NVQF-PK", "NLQF", "NQF-KZ")
EDUCATION = word("none", "primary", "middle", "matric", "intermediate", "bachelor", "master")
ASSESSMENT_TYPE = word("written-test", "practical-task", "portfolio", "oral", "project", "rpl")


def read_course(fields: Fields) -> Course:
    """
    Read a course.

    Args:
        fields: Of the whole file.

    """
    grading_scheme, grade_printed = fields.part_or_empty("grading", _read_grading)
    validity_months, renewal = fields.part_or_empty("validity", _read_validity)
    return Course(
        id=CourseId(fields.value("id", IDENTIFIER)),
        code=fields.value("code", CODE),
        version=fields.value_or("version", VERSION, 1),
        title=fields.text("title"),
        department=DepartmentId(fields.value("department", IDENTIFIER)),
        status=fields.value("status", member(CourseStatus)),
        summary=fields.text("summary", SUMMARY),
        description=fields.optional_text("description", PARAGRAPHS),
        award=fields.part("award", _read_award),
        audience=fields.part_or_empty("audience", _read_audience),
        delivery=fields.part("delivery", _read_delivery),
        duration=fields.part("duration", _read_duration),
        workload=fields.part("workload", read_workload),
        modules=fields.parts("modules", read_module, key=lambda item: item.id),
        module_groups=fields.parts("module_groups", read_module_group, key=lambda item: item.id),
        credits=fields.parts("credits", _read_credit, key=lambda item: item.scheme),
        levels=fields.parts("levels", _read_level, key=lambda item: item.framework),
        isced_f=fields.optional("isced_f", FIELD_OF_EDUCATION),
        learning_outcomes=fields.parts("learning_outcomes", _read_outcome, key=lambda item: item.id),
        entry=fields.part_or_empty("entry", _read_entry),
        assessments=fields.parts("assessment", _read_assessment, key=lambda item: item.id),
        grading_scheme=grading_scheme,
        grade_printed=grade_printed,
        quality=fields.optional_part("quality", lambda part: QualityId(part.value("statement", IDENTIFIER))),
        stacks_into=fields.part_or_empty("stackable", _read_stackable),
        validity_months=validity_months,
        renewal=renewal,
        completion_rule=fields.part("completion_rule", _read_completion_rule),
        fee=fields.optional_part("fee", read_fee),
        contact=fields.optional_part("contact", read_contact),
        approval=fields.optional_part("approval", read_approval),
        recognised_by=fields.parts("recognised_by", read_recognition),
        exemptions=fields.parts("exemptions", read_exemption),
        variants=fields.parts("variants", _read_variant, key=lambda item: item.id),
        formality=fields.optional("formality", word("formal", "non-formal")),
        sector=fields.optional_text("sector"),
        occupations=fields.texts("occupations"),
        tags=fields.values("tags", LINE),
        mandatory_for=fields.optional_text("mandatory_for", PARAGRAPHS),
        place=fields.source.name,
    )


def read_fee(fields: Fields) -> Fee:
    """
    Read a fee.

    Args:
        fields: Of the fee.

    """
    return Fee(
        amount=fields.value("amount", whole()),
        currency=fields.optional("currency", CURRENCY),
        includes=fields.values("includes", LINE),
        paid_by=fields.value_or("paid_by", word("learner", "employer", "sponsor", "mixed"), "learner"),
        sponsor=fields.optional_text("sponsor"),
        concessions=fields.optional_text("concessions", PARAGRAPHS),
    )


def _read_award(fields: Fields) -> Award:
    kind = fields.value("kind", member(Kind))
    counts = fields.optional("counts_as_microcredential", YES_NO)
    if counts is not None and fields.is_sound("kind") and counts != (kind is Kind.MICROCREDENTIAL):
        expected, got = ("false", "true") if counts else ("true", "false")
        message = f"expected {expected}, as the kind is {kind}, got {got}"
        fields.note("counts_as_microcredential", message, "Leave it out; it follows from the kind")
    return Award(kind=kind, title=fields.text("title"), statement=fields.optional_text("statement", PARAGRAPHS))


def _read_audience(fields: Fields) -> Audience:
    return Audience(
        gender=fields.value_or("gender", word("any", "women", "men"), "any"),
        groups=fields.values("groups", IDENTIFIER),
        season=fields.value_or("season", word("any", "winter", "summer"), "any"),
        nomination_only=fields.value_or("nomination_only", YES_NO, False),
        min_age=fields.optional("min_age", whole(1, 120)),
        max_age=fields.optional("max_age", whole(1, 120)),
    )


def _read_variant(fields: Fields) -> Variant:
    return Variant(
        id=fields.value("id", IDENTIFIER),
        title=fields.optional_text("title"),
        code=fields.optional("code", CODE),
        audience=fields.part("audience", _read_audience),
    )


def _read_delivery(fields: Fields) -> Delivery:
    return Delivery(
        mode=fields.value("mode", word("onsite", "online", "blended", "work-based")),
        pattern=fields.value("pattern", word("full-time", "part-time", "evening", "weekend", "self-paced")),
        residential=fields.value_or("residential", YES_NO, False),
        languages=fields.values("languages", LANGUAGE, least=1),
    )


def _read_duration(fields: Fields) -> Duration:
    return Duration(
        value=fields.value("value", whole(1, 1000)), unit=fields.value("unit", word("days", "weeks", "months"))
    )


def _read_credit(fields: Fields) -> Credit:
    return Credit(
        scheme=fields.value("scheme", CREDIT_SCHEME),
        value=fields.value("value", POINTS),
        hours_per_credit=fields.value("hours_per_credit", whole(1, 1000)),
        basis=fields.value("basis", BASIS),
    )


def _read_level(fields: Fields) -> Level:
    return Level(
        framework=fields.value("framework", FRAMEWORK),
        level=fields.value("level", whole(1, 8)),
        basis=fields.value("basis", BASIS),
    )


def _read_outcome(fields: Fields) -> LearningOutcome:
    return LearningOutcome(
        id=fields.value("id", IDENTIFIER),
        text=fields.text("text", PARAGRAPHS),
        skill_uri=fields.optional("skill_uri", SKILL_ADDRESS),
    )


def _read_entry(fields: Fields) -> Entry:
    return Entry(
        minimum_education=fields.value_or("minimum_education", EDUCATION, "none"),
        prior_learning=fields.optional_text("prior_learning", PARAGRAPHS),
        documents=fields.values("documents", LINE),
    )


def _read_assessment(fields: Fields) -> Assessment:
    return Assessment(
        id=fields.value("id", IDENTIFIER),
        type=fields.value("type", ASSESSMENT_TYPE),
        weight=fields.value("weight", whole(1, 100)),
        pass_mark=fields.value("pass_mark", PER_CENT),
        supervised=fields.value_or("supervised", YES_NO, False),
        identity_checked=fields.value_or("identity_checked", YES_NO, False),
        proves=fields.values("proves", IDENTIFIER, least=1),
    )


def _read_grading(fields: Fields) -> tuple[str | None, bool]:
    return fields.optional("scheme", IDENTIFIER), fields.value_or("printed", YES_NO, False)


def _read_stackable(fields: Fields) -> tuple[PathwayId, ...]:
    return tuple(PathwayId(text) for text in fields.values("into", IDENTIFIER))


def _read_validity(fields: Fields) -> tuple[int | None, Text | None]:
    return fields.optional("months", whole(1, 1200)), fields.optional_text("renewal", PARAGRAPHS)


def _read_completion_rule(fields: Fields) -> CompletionRule:
    return CompletionRule(
        min_attendance_percent=fields.value("min_attendance_percent", PER_CENT),
        assessment_required=fields.value("assessment_required", YES_NO),
    )
