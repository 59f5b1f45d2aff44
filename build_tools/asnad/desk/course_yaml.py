"""Write a course as ``courses/<id>.yml``, the way people write it by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from asnad.catalogue.course import CourseStatus
from asnad.catalogue.module import Workload
from asnad.catalogue.open_marks import MARK
from asnad.catalogue.text import Text
from asnad.desk.drafted_course import DraftedCourse, Said

# Begins with a letter and holds nothing that means something to YAML: it needs no quotes. Vowel signs are no letters.
_SIGNS = "\u064b-\u0655\u0670\u06d4"
_PLAIN = re.compile(rf"[^\W\d_][\w{_SIGNS}’ ().+/-]*[\w{_SIGNS}.)]|[^\W\d_]")
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def course_yaml(
    course: DraftedCourse,
    *,
    course_id: str,
    code: Said[str],
    title: Said[Text],
    status: CourseStatus,
    origin: str,
    first: str,
) -> bytes:
    """
    Write a course.

    Args:
        course: What it is.

        course_id: Its id, the name of the file.

        code: Its code.

        title: Its title, in words that no other course of its department has.

        status: Draft or active.

        origin: Where it comes from, such as ``courses.csv, row 3``.

        first: The centre's first language, in which a text needs no tag.

    """
    return _CourseFile(first).text(course, course_id, code, title, status, origin).encode("utf-8")


class _CourseFile:
    """The lines of one file."""

    def __init__(self, first_language: str) -> None:
        self._first = first_language

    def text(
        self,
        course: DraftedCourse,
        course_id: str,
        code: Said[str],
        title: Said[Text],
        status: CourseStatus,
        origin: str,
    ) -> str:
        lines = [f"# Imported from {_comment(origin)}."]
        lines += [f"{MARK} {_comment(warning)}" for warning in course.warnings]
        lines.append(f"id: {course_id}")
        lines += self._marked("code", quoted(code.value), code.check)
        lines += self._text("title", title)
        lines.append(f"department: {course.department.value}")
        lines.append(f"status: {status}")
        lines += self._text("summary", course.summary)
        if course.description:
            lines += self._text("description", Said(course.description))
        lines += self._award(course)
        lines += self._audience(course)
        lines += self._delivery(course)
        duration = course.duration.value
        lines += self._marked("duration", f"{{value: {duration.value}, unit: {duration.unit}}}", course.duration.check)
        lines += self._marked("workload", _workload(course.workload.value), course.workload.check)
        lines += self._modules(course)
        if course.isced_f:
            lines.append(f'isced_f: "{course.isced_f}"')
        if course.tags:
            lines.append(f"tags: [{', '.join(quoted(tag) for tag in course.tags)}]")
        lines += self._outcomes(course)
        lines += self._entry(course)
        rule = course.completion_rule.value
        assessed = "true" if rule.assessment_required else "false"
        written = f"{{min_attendance_percent: {rule.min_attendance_percent}, assessment_required: {assessed}}}"
        lines += self._marked("completion_rule", written, course.completion_rule.check)
        lines += self._fee(course)
        lines += self._contact(course)
        return "\n".join(lines) + "\n"

    def _marked(self, name: str, value: str, check: str | None, indent: int = 0) -> list[str]:
        space = " " * indent
        if check is None:
            return [f"{space}{name}: {value}"]
        return [f"{space}{name}: {value}  {MARK} {_comment(check)}"]

    def _text(self, name: str, text: Said[Text], indent: int = 0) -> Iterator[str]:
        space = " " * indent
        match text.value.versions:
            case ((tag, words),) if tag == self._first and "\n" not in words:
                yield from self._marked(name, quoted(words), text.check, indent)
            case ((tag, words),) if tag == self._first:
                yield from _block(name, words, indent)
            case versions:
                yield f"{space}{name}:" + (f"  {MARK} {_comment(text.check)}" if text.check else "")
                for tag, words in versions:
                    if "\n" in words:
                        yield from _block(tag, words, indent + 2)
                    else:
                        yield f"{space}  {tag}: {quoted(words)}"

    def _award(self, course: DraftedCourse) -> Iterator[str]:
        yield "award:"
        yield from self._marked("kind", course.kind.value, course.kind.check, 2)
        yield f"  title: {self._in_line(course.award_title)}"
        yield from self._text("statement", Said(course.statement), 2)

    def _audience(self, course: DraftedCourse) -> Iterator[str]:
        parts = [f"gender: {course.gender}"] if course.gender != "any" else []
        parts += [f"min_age: {course.min_age}"] if course.min_age is not None else []
        if parts:
            yield f"audience: {{{', '.join(parts)}}}"

    def _delivery(self, course: DraftedCourse) -> Iterator[str]:
        languages = f"[{', '.join(quoted(tag) for tag in course.languages.value)}]"
        parts = (
            ("mode", course.mode.value, course.mode.check),
            ("pattern", course.pattern.value, course.pattern.check),
            ("languages", languages, course.languages.check),
        )
        if any(check for _, _, check in parts):
            yield "delivery:"
            for name, value, check in parts:
                yield from self._marked(name, value, check, 2)
        else:
            yield f"delivery: {{{', '.join(f'{name}: {value}' for name, value, _ in parts)}}}"

    def _modules(self, course: DraftedCourse) -> Iterator[str]:
        if course.modules:
            yield "modules:"
        for module in course.modules:
            yield f"  - {{id: {module.id}, title: {self._in_line(module.title)}, hours: {module.hours}}}"

    def _outcomes(self, course: DraftedCourse) -> Iterator[str]:
        if course.outcomes:
            yield "learning_outcomes:"
        for outcome in course.outcomes:
            yield f"  - id: {outcome.id}"
            yield from self._text("text", Said(outcome.text), 4)
            if outcome.skill_uri:
                yield f"    skill_uri: {json.dumps(outcome.skill_uri)}"

    def _entry(self, course: DraftedCourse) -> Iterator[str]:
        if course.education or course.prior_learning:
            yield "entry:"
        if course.education:
            yield f"  minimum_education: {course.education}"
        if course.prior_learning:
            yield from self._text("prior_learning", Said(course.prior_learning), 2)

    def _fee(self, course: DraftedCourse) -> list[str]:
        if course.fee is None:
            return []
        fee = course.fee.value
        currency = f", currency: {fee.currency}" if fee.currency else ""
        return self._marked("fee", f"{{amount: {fee.amount}{currency}}}", course.fee.check)

    def _contact(self, course: DraftedCourse) -> Iterator[str]:
        contact = course.contact
        if contact:
            parts = (("phone", contact.phone), ("email", contact.email))
            yield f"contact: {{{', '.join(f'{name}: {quoted(text)}' for name, text in parts if text)}}}"

    def _in_line(self, text: Text) -> str:
        match text.versions:
            case ((tag, words),) if tag == self._first:
                return quoted(words)
            case versions:
                return f"{{{', '.join(f'{tag}: {quoted(words)}' for tag, words in versions)}}}"


def quoted(text: str) -> str:
    """
    Write a text of one line, in quotes where it needs them.

    Args:
        text: A clean text.

    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    # A JSON string is a double-quoted YAML scalar too.
    return json.dumps(text, ensure_ascii=False)


def _block(name: str, text: str, indent: int) -> Iterator[str]:
    space = " " * indent
    yield f"{space}{name}: |-"
    yield from (f"{space}  {line}" if line else "" for line in text.split("\n"))


def _workload(workload: Workload) -> str:
    parts: Sequence[tuple[str, int]] = (
        ("contact_hours", workload.contact_hours),
        ("self_study_hours", workload.self_study_hours),
        ("assessment_hours", workload.assessment_hours),
    )
    return f"{{{', '.join(f'{name}: {hours}' for name, hours in parts)}}}"


def _comment(text: str) -> str:
    """Keep a comment on its line."""
    return "".join(char if char.isprintable() else "?" for char in text)
