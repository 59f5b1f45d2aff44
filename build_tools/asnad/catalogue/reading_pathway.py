"""Read ``pathways/<id>.yml`` and ``quality/<id>.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from asnad.catalogue.course import CourseId, Kind, PathwayId, QualityId
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import IDENTIFIER, PARAGRAPHS, POINTS, member, whole
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.reading_course import CREDIT_SCHEME


@dataclass(frozen=True, slots=True, kw_only=True)
class _AwardingRule:
    all_of: tuple[CourseId, ...]
    at_least: int
    choices: tuple[CourseId, ...]
    capstone: CourseId | None
    max_age_months: int | None
    min_total: tuple[str, Decimal] | None


def read_pathway(fields: Fields) -> Pathway:
    """
    Read a pathway.

    Args:
        fields: Of the whole file.

    """
    rule = fields.part("awarding_rule", _read_awarding_rule)
    scheme, value = rule.min_total or (None, None)
    return Pathway(
        id=PathwayId(fields.value("id", IDENTIFIER)),
        title=fields.text("title"),
        kind=fields.value("kind", member(Kind)),
        summary=fields.optional_text("summary", PARAGRAPHS),
        all_of=rule.all_of,
        at_least=rule.at_least,
        choices=rule.choices,
        capstone=rule.capstone,
        max_age_months=rule.max_age_months,
        min_total_scheme=scheme,
        min_total_value=value,
        counts_only=fields.values("counts_only", member(Kind)) or (Kind.MICROCREDENTIAL,),
        progression=fields.optional_text("progression", PARAGRAPHS),
        place=fields.source.name,
    )


def read_quality_statement(fields: Fields) -> QualityStatement:
    """
    Read a quality statement.

    Args:
        fields: Of the whole file.

    """
    return QualityStatement(
        id=QualityId(fields.value("id", IDENTIFIER)),
        version=fields.value_or("version", whole(1, 9999), 1),
        title=fields.text("title"),
        text=fields.text("text", PARAGRAPHS),
        guarantor=fields.text("guarantor"),
        place=fields.source.name,
    )


def _read_awarding_rule(fields: Fields) -> _AwardingRule:
    at_least, choices = fields.optional_part("at_least", _read_choice) or (0, ())
    capstone = fields.optional_part("plus", lambda part: part.value("capstone", IDENTIFIER))
    return _AwardingRule(
        all_of=_courses(fields.values("all_of", IDENTIFIER)),
        at_least=at_least,
        choices=choices,
        capstone=CourseId(capstone) if capstone is not None else None,
        max_age_months=fields.optional("max_age_months", whole(1, 1200)),
        min_total=fields.optional_part("min_total", _read_total),
    )


def _read_choice(fields: Fields) -> tuple[int, tuple[CourseId, ...]]:
    return fields.value("count", whole(1, 100)), _courses(fields.values("of", IDENTIFIER, least=1))


def _read_total(fields: Fields) -> tuple[str, Decimal]:
    return fields.value("scheme", CREDIT_SCHEME), fields.value("value", POINTS)


def _courses(ids: tuple[str, ...]) -> tuple[CourseId, ...]:
    return tuple(CourseId(text) for text in ids)
