"""
Make a course of ours from what a file from elsewhere says.

What the file does not say is assumed to be the least that can be claimed, and is to be checked by a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from asnad.catalogue.address_forms import SKILL_ADDRESS
from asnad.catalogue.centre import Contact, DepartmentId
from asnad.catalogue.course import CompletionRule, Duration, Fee, Kind, LearningOutcome
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import CODE, EMAIL, IDENTIFIER, MAX_LINE, MAX_SUMMARY, PHONE
from asnad.catalogue.text import Text
from asnad.desk import course_quantities, course_words
from asnad.desk.course_names import code_of
from asnad.desk.course_source import CourseField, SourceCourse, SourceValue
from asnad.desk.course_texts import beginning, clean_text, one_line
from asnad.desk.drafted_course import DraftedCourse, Said
from asnad.desk.drafted_teaching import drafted_delivery, drafted_languages, drafted_modules, drafted_workload
from asnad.desk.drafting_rules import DraftingRules
from asnad.desk.headings import plain
from asnad.desk.register_cells import CellError
from asnad.desk.source_account import UNSAID, SourceAccount, or_none

_PAPERS = {Kind.ATTENDANCE: "CertificateOfAttendance", Kind.COMPLETION: "CertificateOfCompletion"}
STRICTEST = 100


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
class _Drafting(SourceAccount):
    """One course on its way into the model."""

    def course(self) -> DraftedCourse:
        for value in self.source.values:
            if value.field is None:
                self.leave(value, value.reason or "", general=True)
        title = self.title()
        summary, description = self.summary(title)
        least = "attendance is written, which claims the least"
        kind = self.one(CourseField.KIND, course_words.read_kind, Kind.ATTENDANCE, least)
        award_title, statement = self.paper(kind)
        mode, pattern = drafted_delivery(self)
        workload = drafted_workload(self)
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
            gender=self.optional(CourseField.GENDER, course_words.read_gender) or "any",
            min_age=self.optional(CourseField.MIN_AGE, course_quantities.read_age),
            mode=mode,
            pattern=pattern,
            languages=drafted_languages(self, title),
            duration=self.one(
                CourseField.DURATION,
                course_quantities.read_duration,
                Duration(value=1, unit="days"),
                "1 day stands there for now",
            ),
            workload=workload,
            modules=drafted_modules(self, workload.value),
            isced_f=self.optional(CourseField.ISCED_F, course_words.read_isced),
            tags=self.tags(),
            outcomes=self.outcomes(),
            education=self.optional(CourseField.EDUCATION, course_words.read_education),
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
            return Said(title, f"{UNSAID} what is learnt; this is the title"), None
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
        percent = self.optional(CourseField.ATTENDANCE, course_quantities.read_attendance)
        rule = CompletionRule(min_attendance_percent=percent or STRICTEST, assessment_required=False)
        return Said(rule, None if percent else f"{UNSAID} when the paper is earned; {STRICTEST} per cent is strictest")

    def fee(self) -> Said[Fee] | None:
        price = self.optional(CourseField.FEE, course_quantities.read_price)
        if price is None:
            return None
        currency = price.currency or self.optional(CourseField.CURRENCY, course_quantities.read_currency)
        if price.amount and currency is None:
            for value in self.values(CourseField.FEE):
                self.leave(value, "no currency in the file; say --currency, such as --currency PKR")
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
            text = or_none(lambda text: one_line(clean_text(text).text)[:MAX_SUMMARY], value.text)
            if text:
                return text
        return None


def _formed(found: str | None, expected: str, text: str) -> str:
    if found is None:
        raise CellError(f"expected {expected}, got {shown(text)}")
    return found
