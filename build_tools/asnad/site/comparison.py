"""A course in the words of the page that compares up to four, one small file for each (``courses/<id>/facts.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from asnad.catalogue.course import Audience, Course
from asnad.catalogue.text import Text
from asnad.messages import Messages
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.site.course_page import ListedCourse
from asnad.site.run_standing import Standing

FACTS_FILE = "facts.json"
FORMAT = 1
ROWS = (
    "kind",
    "worth",
    "length",
    "hours",
    "credits",
    "fee",
    "audience",
    "entry",
    "next",
    "mode",
    "languages",
    "assessment",
    "completion",
    "recognised",
)
"""Facts in the order of the table."""

Lines = Iterator[JSONValue]
"""Each a text in the reader's language, or one with the language that it is in."""


def course_facts(listed: ListedCourse, messages: Messages) -> bytes:
    """
    Write what is compared of a course.

    Args:
        listed: The course and its next run.

        messages: Texts in the reader's language.

    """
    facts = _Facts(listed, messages)
    following = listed.next_run
    closing = following is not None and following.standing in {Standing.OPEN, Standing.OPENS_LATER}
    rows: JSONObject = {row: list(getattr(facts, row)()) for row in ROWS}
    document = {
        "format": FORMAT,
        "id": listed.course.id,
        "title": facts.said(listed.course.title),
        "kind": listed.course.award.kind.value,
        "start": following.run.start.isoformat() if following else None,
        "closes": following.last_day_to_apply.isoformat() if following and closing else None,
        "facts": rows,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


class _Facts:
    """The rows of one course."""

    def __init__(self, listed: ListedCourse, messages: Messages) -> None:
        self._listed = listed
        self._course: Course = listed.course
        self._messages = messages

    def said(self, text: Text) -> JSONValue:
        shown, language = text.shown_in(self._messages.language)
        return shown if language == self._messages.language else {"lang": language, "text": shown}

    def kind(self) -> Lines:
        yield self._text(f"kind.{self._course.award.kind}")

    def worth(self) -> Lines:
        yield self._text(f"kind.{self._course.award.kind}.meaning")

    def length(self) -> Lines:
        duration = self._course.duration
        yield self._messages.count(f"duration.{duration.unit}", duration.value)

    def hours(self) -> Lines:
        yield self._messages.count("hours", self._course.workload.total())

    def credits(self) -> Lines:
        for credit in self._course.credits:
            item = self._text("credits.item", value=credit.value, scheme=credit.scheme, hours=credit.hours_per_credit)
            yield f"{item} {self._text(f'basis.{credit.basis}')}"
        for level in self._course.levels:
            item = self._text("level.item", framework=level.framework, level=level.level)
            yield f"{item} {self._text(f'basis.{level.basis}')}"
        if not (self._course.credits or self._course.levels):
            yield self._text("compare.no-credits")

    def fee(self) -> Lines:
        fee = self._listed.fee
        if fee is None:
            yield self._text("fee.ask")
        else:
            yield self._messages.money(fee.amount, fee.currency or "") if fee.amount else self._text("fee.none")

    def audience(self) -> Lines:
        for variant in self._course.variants:
            yield self.said(variant.title) if variant.title else self._text(f"join.gender.{variant.audience.gender}")
        audience = self._course.audience
        if not self._course.variants:
            yield self._text(f"join.gender.{audience.gender}")
        if audience.groups:
            yield self._text("join.groups", groups=self._enumeration("group", audience.groups))
        if audience.nomination_only:
            yield self._text("join.nomination")

    def entry(self) -> Lines:
        entry, audience = self._course.entry, self._course.audience
        yield self._text(f"join.education.{entry.minimum_education}")
        yield from self._age(audience)
        if entry.prior_learning:
            yield self.said(entry.prior_learning)

    def next(self) -> Lines:
        run = self._listed.next_run
        if run is None:
            yield self._text("fact.no-date")
            return
        yield self._messages.period(run.run.start, run.run.end)
        yield self._text(f"standing.{run.standing}")

    def mode(self) -> Lines:
        delivery = self._course.delivery
        yield self._text(f"mode.{delivery.mode}.sentence")
        yield self._text(f"pattern.{delivery.pattern}")
        if delivery.residential:
            yield self._text("where.residential")

    def languages(self) -> Lines:
        yield self._enumeration("language", self._course.delivery.languages)

    def assessment(self) -> Lines:
        if not self._course.assessments:
            yield self._text("assessment.none")
        for assessment in self._course.assessments:
            weight = self._text("per-cent", number=assessment.weight)
            yield f"{self._text(f'assessment-type.{assessment.type}')} · {weight}"

    def completion(self) -> Lines:
        rule = self._course.completion_rule
        yield self._text("earn.attendance", number=rule.min_attendance_percent)
        yield self._text("earn.assessment" if rule.assessment_required else "earn.no-assessment")

    def recognised(self) -> Lines:
        for recognition in self._course.recognised_by:
            yield self.said(recognition.body)
        yield self._text("recognition.others-decide" if self._course.recognised_by else "compare.not-recognised")

    def _age(self, audience: Audience) -> Lines:
        if audience.min_age is not None:
            yield self._text("join.min-age", number=audience.min_age)
        if audience.max_age is not None:
            yield self._text("join.max-age", number=audience.max_age)

    def _text(self, key: str, **values: str | int | Decimal) -> str:
        return self._messages.text(key, **values)

    def _enumeration(self, area: str, codes: tuple[str, ...]) -> str:
        words = (f"{area}.{code}" for code in codes)
        return self._messages.enumeration(
            [self._text(key) if self._messages.has(key) else key.partition(".")[2].replace("-", " ") for key in words]
        )
