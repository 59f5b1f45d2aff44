"""
Make a course of ours from what a file from elsewhere says.

What the file does not say is assumed to be the least that can be claimed, and is to be checked by a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from asnad.catalogue.centre import Centre, Contact, DepartmentId
from asnad.catalogue.course import CompletionRule, Duration, Fee, Kind, LearningOutcome
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import CODE, EMAIL, IDENTIFIER, MAX_LINE, MAX_SUMMARY, PHONE, SKILL_ADDRESS
from asnad.catalogue.module import Module, Workload
from asnad.catalogue.text import Text
from asnad.desk import course_values
from asnad.desk.course_languages import languages_in, read_language
from asnad.desk.course_names import code_of
from asnad.desk.course_source import CourseField, SourceCourse, SourceValue
from asnad.desk.course_texts import beginning, clean_text, one_line
from asnad.desk.drafted_course import DraftedCourse, LeftOut, Said, TakenValue
from asnad.desk.headings import plain
from asnad.desk.register_cells import CellError, read_yes_or_no
from asnad.messages import Messages

T = TypeVar("T")

READERS: Mapping[CourseField, Callable[[str], object]] = MappingProxyType(
    {
        CourseField.KIND: course_values.read_kind,
        CourseField.GENDER: course_values.read_gender,
        CourseField.MIN_AGE: course_values.read_age,
        CourseField.EDUCATION: course_values.read_education,
        CourseField.MODE: course_values.read_mode,
        CourseField.PATTERN: course_values.read_pattern,
        CourseField.DURATION: course_values.read_duration,
        CourseField.HOURS: course_values.read_hours,
        CourseField.ISCED_F: course_values.read_isced,
        CourseField.FEE: course_values.read_price,
        CourseField.CURRENCY: course_values.read_currency,
        CourseField.ATTENDANCE: course_values.read_attendance,
        CourseField.LANGUAGES: lambda text: [read_language(each) for each in text.split()],
    }
)
"""The fields that a person may say with ``--set`` for all courses that do not say it themselves, and how."""

_PAPERS = {Kind.ATTENDANCE: "CertificateOfAttendance", Kind.COMPLETION: "CertificateOfCompletion"}
_UNSAID = "the file does not say"
STRICTEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingRules:
    """What holds for all courses of a file."""

    centre: Centre
    department: DepartmentId | None
    """Of the courses that name none of the centre's."""
    language: str
    """Of texts whose language the file does not say."""
    said: Mapping[CourseField, str]
    """What a person has said for courses that do not say it themselves; every text can be read."""
    papers: Mapping[str, Messages]
    """What certificates say of themselves, by language of the centre."""


def draft_course(source: SourceCourse, rules: DraftingRules) -> DraftedCourse:
    """
    Make a course.

    Args:
        source: What the file says.

        rules: What holds for all courses.

    Raises:
        CellError: It has no title that can be shown, or no department.

    """
    return _Drafting(source, rules).course()


@dataclass(slots=True)
class _Drafting:
    """One course on its way into the model."""

    source: SourceCourse
    rules: DraftingRules
    taken: list[TakenValue] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def course(self) -> DraftedCourse:
        for value in self.source.values:
            if value.field is None:
                self.leave(value, value.reason or "", general=True)
        title = self.title()
        summary, description = self.summary(title)
        kind = self.one(CourseField.KIND, course_values.read_kind, Kind.ATTENDANCE, "attendance claims least")
        award_title, statement = self.paper(kind)
        mode, pattern = self.delivery()
        workload = self.workload()
        provider = self.provider()
        return DraftedCourse(
            place=self.source.place,
            title=Said(title),
            id_wish=self.id(),
            code_wish=self.code(),
            department=self.department(),
            summary=summary,
            description=description,
            kind=kind,
            award_title=award_title,
            statement=statement,
            gender=self.optional(CourseField.GENDER, course_values.read_gender) or "any",
            min_age=self.optional(CourseField.MIN_AGE, course_values.read_age),
            mode=mode,
            pattern=pattern,
            languages=self.languages(title),
            duration=self.one(
                CourseField.DURATION,
                course_values.read_duration,
                Duration(value=1, unit="days"),
                "1 day is a mere filler",
            ),
            workload=workload,
            modules=self.modules(workload.value),
            isced_f=self.optional(CourseField.ISCED_F, course_values.read_isced),
            tags=self.tags(),
            outcomes=self.outcomes(),
            education=self.optional(CourseField.EDUCATION, course_values.read_education),
            prior_learning=self.texts(CourseField.PRIOR_LEARNING),
            completion_rule=self.completion_rule(),
            fee=self.fee(),
            contact=self.contact(),
            warnings=(
                (f"the file says that {provider} offers this course; here the centre itself would answer for it",)
                if provider
                else ()
            ),
            provider=provider,
            town=self.town(),
            taken=tuple(self.taken),
            left_out=tuple(self.left_out),
        )

    def values(self, wanted: CourseField) -> Iterator[SourceValue]:
        yield from (value for value in self.source.values if value.field is wanted)

    def take(self, value: SourceValue, as_field: str, text: str | None = None) -> None:
        self.taken.append(TakenValue(field=as_field, name=value.name, text=text or value.text))

    def leave(self, value: SourceValue, reason: str, *, general: bool = False) -> None:
        self.left_out.append(LeftOut(name=value.name, text=value.text, reason=reason, general=general))

    def optional(self, wanted: CourseField, read: Callable[[str], T]) -> T | None:
        """Read the first value that can be read; what a person said for all stands behind those of the file."""
        found: T | None = None
        for value in self.values(wanted):
            try:
                read_value = read(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            if found is None:
                found = read_value
                self.take(value, wanted)
            elif read_value != found:
                self.leave(value, f"the file says another {wanted} before")
        if found is None and wanted in self.rules.said:
            text = self.rules.said[wanted]
            found = read(text)
            self.taken.append(TakenValue(field=wanted, name=f"--set {wanted}", text=text))
        return found

    def one(self, wanted: CourseField, read: Callable[[str], T], least: T, why: str) -> Said[T]:
        found = self.optional(wanted, read)
        return Said(least, f"{_UNSAID}; {why}") if found is None else Said(found)

    def texts(self, wanted: CourseField, *, lines: bool = True) -> Text | None:
        """Read the texts of a field, one for each language."""
        versions: dict[str, str] = {}
        for value in self.values(wanted):
            try:
                tag = read_language(value.language) if value.language else self.rules.language
                clean = clean_text(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            text = clean.text if lines else one_line(clean.text)
            if tag in versions:
                if text != versions[tag]:
                    self.leave(value, f"the file says another {wanted} before")
                continue
            versions[tag] = text
            self.take(value, wanted)
            for note in clean.notes:
                self.left_out.append(LeftOut(name=value.name, text=value.text, reason=note, general=False))
        return Text(tuple(versions.items())) if versions else None

    def id(self) -> str | None:
        """Read an id; one of digits alone is a number of elsewhere, and may serve as a code."""
        for value in self.values(CourseField.ID):
            if not value.text.isdigit() and IDENTIFIER.parse(value.text):
                self.take(value, CourseField.ID)
                return value.text
        return None

    def code(self) -> str | None:
        """Read a code as ours is written."""
        numbers = (value for value in self.values(CourseField.ID) if value.text.isdigit())
        code: str | None = None
        for value in (*self.values(CourseField.CODE), *numbers):
            found = code_of(value.text)
            if found is None:
                self.leave(value, f"expected {CODE.expected}")
            elif code is None:
                code = found
                self.take(value, CourseField.CODE)
            elif found != code:
                self.leave(value, "the file says another code before")
        return code

    def title(self) -> Text:
        title = self.texts(CourseField.TITLE, lines=False)
        if title is None:
            refused = [left.reason for left in self.left_out if not left.general]
            raise CellError(f"expected a title, {refused[0]}" if refused else "expected a title, found none")
        if any(len(text) > MAX_SUMMARY for _, text in title.versions):
            raise CellError(f"expected a title of at most {MAX_SUMMARY} characters, got a longer one")
        return title

    def summary(self, title: Text) -> tuple[Said[Text], Text | None]:
        """Give what is short enough for a list, and the whole where that is longer."""
        short, long = self.texts(CourseField.SUMMARY), self.texts(CourseField.DESCRIPTION)
        given = short or long
        if given is None:
            return Said(title, f"{_UNSAID} what is learnt; this is the title"), None
        summary = Text(tuple((tag, beginning(text)) for tag, text in given.versions))
        whole = all(beginning(text) == one_line(text) for _, text in given.versions)
        check = None if whole else "the file has no short text; this is how its description begins"
        if whole and given is long and all("\n" not in text for _, text in given.versions):
            return Said(summary), None
        return Said(summary, check), long or (None if whole else given)

    def paper(self, kind: Said[Kind]) -> tuple[Text, Text]:
        """Give title and statement of the certificate; those of the file only where its kind is the file's too."""
        own_title, own_statement = None, None
        if kind.check is None and self.source.first(CourseField.KIND):
            own_title = self.texts(CourseField.AWARD, lines=False)
            own_statement = self.texts(CourseField.STATEMENT)
        else:
            for value in (*self.values(CourseField.AWARD), *self.values(CourseField.STATEMENT)):
                self.leave(value, "the words of a paper are only taken with its kind, attendance or completion")
        paper = _PAPERS[kind.value]
        return (
            own_title or Text(tuple((tag, words.text(f"kind.{paper}")) for tag, words in self.rules.papers.items())),
            own_statement
            or Text(tuple((tag, words.text(f"standing.{paper}")) for tag, words in self.rules.papers.items())),
        )

    def department(self) -> Said[DepartmentId]:
        for value in self.values(CourseField.DEPARTMENT):
            for department in self.rules.centre.departments:
                names = (text for _, text in department.name.versions)
                if plain(value.text) in {plain(department.id), *(plain(name) for name in names)}:
                    self.take(value, CourseField.DEPARTMENT, department.id)
                    return Said(department.id)
            self.leave(value, "expected a department of centre.yml")
        if self.rules.department is None:
            raise CellError("expected a department of centre.yml, found none", "say --department ID")
        return Said(self.rules.department)

    def delivery(self) -> tuple[Said[str], Said[str]]:
        """Read mode and pattern, which files write into one list."""
        mode: str | None = None
        pattern: str | None = None
        for value in (*self.values(CourseField.MODE), *self.values(CourseField.PATTERN)):
            for part in (part.strip() for part in value.text.replace(";", ",").split(",")):
                found_mode, found_pattern = (
                    _or_none(course_values.read_mode, part),
                    _or_none(course_values.read_pattern, part),
                )
                if found_mode and mode in {None, found_mode}:
                    if mode is None:
                        self.take(value, CourseField.MODE, part)
                    mode = found_mode
                elif found_pattern and pattern in {None, found_pattern}:
                    if pattern is None:
                        self.take(value, CourseField.PATTERN, part)
                    pattern = found_pattern
                else:
                    known = found_mode or found_pattern
                    self.leave(value, f"expected one way of teaching, got {shown(part)}" + (" too" if known else ""))
        if mode is None and self.flag(CourseField.ONLINE, "says that it is not online, and not what it is instead"):
            mode = "online"
        if pattern is None and self.flag(CourseField.EVENING, "says that it is not in the evening, and not when it is"):
            pattern = "evening"
        mode, pattern = mode or self.said(CourseField.MODE), pattern or self.said(CourseField.PATTERN)
        return (
            Said(mode) if mode else Said("onsite", f"{_UNSAID} how it is taught"),
            Said(pattern) if pattern else Said("full-time", f"{_UNSAID} when it is taught"),
        )

    def flag(self, wanted: CourseField, otherwise: str) -> bool:
        for value in self.values(wanted):
            try:
                yes = read_yes_or_no(value.text)
            except CellError as error:
                self.leave(value, error.message)
                continue
            if yes:
                self.take(value, CourseField.MODE if wanted is CourseField.ONLINE else CourseField.PATTERN)
                return True
            self.leave(value, otherwise)
        return False

    def said(self, wanted: CourseField) -> str | None:
        """Give what a person has said for courses that do not say it, as the model writes it."""
        if wanted not in self.rules.said:
            return None
        text = self.rules.said[wanted]
        self.taken.append(TakenValue(field=wanted, name=f"--set {wanted}", text=text))
        return str(READERS[wanted](text))

    def languages(self, title: Text) -> Said[tuple[str, ...]]:
        tags: dict[str, None] = {}
        for value in self.values(CourseField.LANGUAGES):
            for part in languages_in(value.text):
                try:
                    tags[read_language(part)] = None
                    self.take(value, CourseField.LANGUAGES, part)
                except CellError as error:
                    self.leave(value, error.message)
        if tags:
            known = any(tag in self.rules.centre.languages for tag in tags)
            check = None if known else "the file names none of the languages of the centre"
            return Said(tuple(tags), check)
        if text := self.rules.said.get(CourseField.LANGUAGES):
            self.taken.append(TakenValue(field=CourseField.LANGUAGES, name="--set languages", text=text))
            return Said(tuple(dict.fromkeys(read_language(part) for part in text.split())))
        return Said((title.languages()[0],), f"{_UNSAID} in which language it is taught")

    def workload(self) -> Said[Workload]:
        total = self.optional(CourseField.HOURS, course_values.read_hours)
        read = course_values.read_part_hours
        contact = self.optional(CourseField.CONTACT_HOURS, read)
        alone = self.optional(CourseField.SELF_STUDY_HOURS, read)
        assessed = self.optional(CourseField.ASSESSMENT_HOURS, read)
        if contact is None:
            given = Workload(contact_hours=total or 0, self_study_hours=0, assessment_hours=0)
            why = "the hours in all; it does not say how many of them are taught" if total else f"{_UNSAID} the hours"
            return Said(given, f"the file gives {why}" if total else why)
        given = Workload(contact_hours=contact, self_study_hours=alone or 0, assessment_hours=assessed or 0)
        if total is not None and total != given.total():
            return Said(given, f"the file gives {total} hours in all, and these add up to {given.total()}")
        return Said(given)

    def modules(self, workload: Workload) -> tuple[Module, ...]:
        modules: list[Module] = []
        for part in self.source.modules:
            value = SourceValue(name="syllabusSections", text=part.title)
            try:
                hours = course_values.read_hours(part.hours or "")
                title = one_line(clean_text(part.title).text)[:MAX_LINE]
            except CellError as error:
                self.leave(value, error.message)
                continue
            text = Text(((self.rules.language, title),))
            modules.append(Module(id=f"m{len(modules) + 1}", title=text, hours=hours))
        added = sum(module.hours for module in modules)
        whole = len(modules) == len(self.source.modules)
        if modules and not (whole and added in {workload.contact_hours, workload.total()}):
            value = SourceValue(name="syllabusSections", text=f"{len(modules)} modules, {added} hours")
            self.leave(value, f"expected modules that add up to the {workload.total()} hours of the course")
            return ()
        for module in modules:
            self.taken.append(TakenValue(field="modules", name="syllabusSections", text=module.title.versions[0][1]))
        return tuple(modules)

    def outcomes(self) -> tuple[LearningOutcome, ...]:
        outcomes: list[LearningOutcome] = []
        for part in self.source.outcomes:
            value = SourceValue(name="teaches", text=part.text)
            try:
                text = clean_text(part.text).text
            except CellError as error:
                self.leave(value, error.message)
                continue
            address = SKILL_ADDRESS.parse(part.address) if part.address else None
            if part.address and address is None:
                left = SourceValue(name="teaches.url", text=part.address)
                self.leave(left, f"expected {SKILL_ADDRESS.expected}")
            name = f"lo{len(outcomes) + 1}"
            said = Text(((self.rules.language, text),))
            outcomes.append(LearningOutcome(id=name, text=said, skill_uri=address))
            self.take(value, "learning outcome")
        return tuple(outcomes)

    def tags(self) -> tuple[str, ...]:
        """Read the words by which it is found, which files write into one text."""
        tags: dict[str, str] = {}
        for value in self.values(CourseField.TAGS):
            for part in re.split("[,;،؛|\n]", value.text):
                if not part.strip():
                    continue
                try:
                    tag = one_line(clean_text(part).text)
                except CellError as error:
                    self.leave(value, error.message)
                    continue
                if len(tag) > MAX_LINE:
                    self.leave(value, f"expected words of at most {MAX_LINE} characters, got a longer one")
                    continue
                if tags.setdefault(plain(tag), tag) is tag:
                    self.take(value, CourseField.TAGS, tag)
        return tuple(tags.values())

    def completion_rule(self) -> Said[CompletionRule]:
        percent = self.optional(CourseField.ATTENDANCE, course_values.read_attendance)
        rule = CompletionRule(min_attendance_percent=percent or STRICTEST, assessment_required=False)
        return Said(rule, None if percent else f"{_UNSAID} when the paper is earned; {STRICTEST} per cent is strictest")

    def fee(self) -> Said[Fee] | None:
        price = self.optional(CourseField.FEE, course_values.read_price)
        if price is None:
            return None
        currency = price.currency or self.optional(CourseField.CURRENCY, course_values.read_currency)
        if price.amount and currency is None:
            for value in self.values(CourseField.FEE):
                self.leave(value, "no currency in the file; say --currency, such as --currency USD")
            self.taken = [each for each in self.taken if each.field != CourseField.FEE]
            return None
        fee = Fee(amount=price.amount, currency=currency, includes=(), paid_by="learner", sponsor=None)
        unsure = price.amount == 0 and not price.said_free
        return Said(fee, "0 may mean that it is free, or that nobody has written it" if unsure else None)

    def contact(self) -> Contact | None:
        own = self.rules.centre.contact
        phone = self.optional(CourseField.PHONE, lambda text: _formed(PHONE.parse(text), PHONE.expected, text))
        email = self.optional(CourseField.EMAIL, lambda text: _formed(EMAIL.parse(text), EMAIL.expected, text))
        if (phone or own.phone) == own.phone and (email or own.email) == own.email:
            return None
        return Contact(name=None, phone=phone, whatsapp=None, email=email)

    def provider(self) -> str | None:
        """Name the provider where it is not the centre itself."""
        names = {plain(text) for dated in self.rules.centre.names for _, text in dated.name.versions}
        for value in self.values(CourseField.PROVIDER):
            if plain(value.text) in names:
                self.take(value, "issuer")
                continue
            self.leave(value, "the centre issues the certificates; write a partner under partners in centre.yml")
            try:
                return one_line(clean_text(value.text).text)[:MAX_SUMMARY]
            except CellError:
                return "somebody else"
        return None

    def town(self) -> str | None:
        for value in self.values(CourseField.PLACE):
            self.leave(value, "a fact of a place; write it under venues in centre.yml", general=True)
            text = _or_none(lambda text: one_line(clean_text(text).text)[:MAX_SUMMARY], value.text)
            if text:
                return text
        return None


def _or_none(read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except CellError:
        return None


def _formed(found: str | None, expected: str, text: str) -> str:
    if found is None:
        raise CellError(f"expected {expected}, got {shown(text)}")
    return found
