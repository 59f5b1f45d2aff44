"""Courses that are described in the terms of schema.org: Course, CourseInstance, Offer, Syllabus, DefinedTerm."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.desk.course_headings import CREDIT, LEVEL, NO_PLACE, RUN, VENUE
from asnad.desk.course_languages import languages_in
from asnad.desk.course_source import CourseField, SourceCourse, SourceModule, SourceOutcome, SourceValue
from asnad.desk.described_nodes import Spoken, Thing, Things
from asnad.desk.headings import plain

_TEXTS = {
    "name": CourseField.TITLE,
    "abstract": CourseField.SUMMARY,
    "description": CourseField.DESCRIPTION,
    "courseCode": CourseField.CODE,
    "coursePrerequisites": CourseField.PRIOR_LEARNING,
    "inLanguage": CourseField.LANGUAGES,
    "availableLanguage": CourseField.LANGUAGES,
    "courseMode": CourseField.MODE,
    "provider": CourseField.PROVIDER,
    "keywords": CourseField.TAGS,
}
_READ = frozenset(
    {
        *("identifier", "timeRequired", "duration", "courseWorkload", "offers", "educationalCredentialAwarded"),
        *("teaches", "syllabusSections", "audience", "educationalAlignment", "hasCourseInstance"),
    }
)
_REASONS = {
    "numberOfCredits": CREDIT,
    "educationalLevel": LEVEL,
    "version": "an imported course begins with version 1",
    "url": "the site gives the course an address of its own",
}
_RUN_MEMBERS = frozenset({"startDate", "endDate", "location"})


def described_courses(things: Things) -> tuple[SourceCourse, ...]:
    """
    Read every course of a document.

    Args:
        things: All of it.

    """
    named = [thing for thing in things.of_type("Course") if thing.values("name")]
    return tuple(_CourseThing(thing).course(position) for position, thing in enumerate(named, start=1))


def notes_about(things: Things) -> tuple[str, ...]:
    """
    Say what of a document is no course that could be read.

    Args:
        things: All of it.

    """
    notes = []
    courses = things.of_type("Course")
    unnamed = sum(not thing.values("name") for thing in courses)
    if unnamed:
        notes.append(f"courses that are named by their address alone: {unnamed}; save the pages they stand on")
    links = sum(not thing.values("item") or bool(thing.values("url")) for thing in things.of_type("ListItem"))
    if links and not courses:
        notes.append(f"entries of a list that are links alone: {links}; save the pages of the courses")
    runs = sum(thing.values("startDate") != () for thing in things.of_type("CourseInstance"))
    if runs and not courses:
        notes.append(f"runs without their course: {runs}; a run cannot be imported")
    return tuple(notes)


class _CourseThing:
    """A course on its way out of the terms of schema.org."""

    def __init__(self, thing: Thing) -> None:
        self._thing = thing
        self._runs = thing.things("hasCourseInstance")

    def course(self, position: int) -> SourceCourse:
        values = (
            *self._texts(),
            *self._identifier(),
            *self._times(),
            *self._audience(),
            *self._field_of_education(),
            *self._offer(),
            *self._award(),
            *self._of_runs(),
            *self._without_place(),
        )
        return SourceCourse(
            place=f"course {position}",
            values=tuple(values),
            modules=tuple(
                SourceModule(title=title, hours=part.text("timeRequired"))
                for part in self._thing.things("syllabusSections")
                if (title := part.text("name"))
            ),
            outcomes=tuple(self._outcomes()),
        )

    def _texts(self) -> Iterator[SourceValue]:
        for name, field in _TEXTS.items():
            spoken = self._thing.texts(name)
            if field in {CourseField.CODE, CourseField.PROVIDER}:
                spoken = spoken[:1]
            if field is CourseField.PRIOR_LEARNING:
                spoken = _joined(spoken)
            yield from _spoken(name, field, spoken)

    def _identifier(self) -> Iterator[SourceValue]:
        text = self._thing.text("identifier")
        if text:
            field = None if self._thing.values("courseCode") else CourseField.CODE
            reason = None if field else "the course has a courseCode"
            yield SourceValue(name="identifier", text=text, field=field, reason=reason)

    def _times(self) -> Iterator[SourceValue]:
        for name in ("timeRequired", "courseWorkload", "duration"):
            if text := self._thing.text(name):
                yield SourceValue(name=name, text=text, field=_field_of_time(text))

    def _audience(self) -> Iterator[SourceValue]:
        for audience in self._thing.things("audience")[:1]:
            for name, field in (("suggestedGender", CourseField.GENDER), ("suggestedMinAge", CourseField.MIN_AGE)):
                if text := audience.text(name):
                    yield SourceValue(name=f"audience.{name}", text=text, field=field)

    def _field_of_education(self) -> Iterator[SourceValue]:
        for alignment in self._thing.things("educationalAlignment"):
            framework, target = alignment.text("educationalFramework") or "", alignment.text("targetName")
            known = plain(framework).startswith("isced f")
            if target:
                yield SourceValue(
                    name="educationalAlignment",
                    text=target if known else f"{framework} {target}".strip(),
                    field=CourseField.ISCED_F if known else None,
                    reason=None if known else NO_PLACE,
                )

    def _offer(self) -> Iterator[SourceValue]:
        own = self._thing.things("offers")
        offers = own or tuple(offer for run in self._runs for offer in run.things("offers"))
        prices = {(_price(offer), offer.text("priceCurrency")) for offer in offers}
        name = "offers.price" if own else "hasCourseInstance.offers.price"
        if len(prices) > 1:
            texts = sorted(f"{price or '?'} {currency or ''}".strip() for price, currency in prices)
            reason = "expected one price, got several; write the fee by hand, or one for each run"
            yield SourceValue(name=name, text=", ".join(texts), reason=reason)
            return
        for price, currency in prices:
            if price:
                yield SourceValue(name=name, text=price, field=CourseField.FEE)
            if currency:
                yield SourceValue(name=f"{name}Currency", text=currency, field=CourseField.CURRENCY)

    def _award(self) -> Iterator[SourceValue]:
        name = "educationalCredentialAwarded"
        for value in self._thing.values(name)[:1]:
            things = self._thing.things(name) if isinstance(value, dict) else ()
            for credential in things[:1]:
                if category := credential.text("credentialCategory"):
                    yield SourceValue(name=f"{name}.credentialCategory", text=category, field=CourseField.KIND)
                yield from _spoken(f"{name}.name", CourseField.AWARD, credential.texts("name"))
                yield from _spoken(f"{name}.description", CourseField.STATEMENT, credential.texts("description"))
            if not things:
                yield from _spoken(name, CourseField.KIND, self._thing.texts(name)[:1])

    def _of_runs(self) -> Iterator[SourceValue]:
        yield from self._agreed("courseMode", CourseField.MODE)
        yield from self._agreed("eventAttendanceMode", CourseField.MODE)
        yield from self._agreed("courseWorkload", CourseField.HOURS)
        if not self._thing.values("inLanguage") and not self._thing.values("availableLanguage"):
            yield from self._agreed("inLanguage", CourseField.LANGUAGES)
        for run in self._runs:
            days = f"{run.text('startDate') or '?'} to {run.text('endDate') or '?'}"
            place = run.text("location")
            if run.values("startDate") or place:
                yield SourceValue(name="hasCourseInstance", text=f"{days}, {place}" if place else days, reason=RUN)

    def _agreed(self, name: str, field: CourseField) -> Iterator[SourceValue]:
        """Give what all runs say; where they differ, it is no fact of the course."""
        said = {tuple(text for text, _ in run.texts(name)) for run in self._runs}
        found = sorted(words for words in said if words)
        label = f"hasCourseInstance.{name}"
        if len(found) > 1:
            text = " or ".join(", ".join(words) for words in found)
            yield SourceValue(name=label, text=text, reason="expected the same of every run, got several")
        elif found:
            for word in found[0]:
                time = _field_of_time(word) if field is CourseField.HOURS else field
                yield SourceValue(name=label, text=word, field=time)

    def _outcomes(self) -> Iterator[SourceOutcome]:
        for value in self._thing.values("teaches"):
            thing = next(iter(Thing({"x": value}, self._thing.world).things("x")), None)
            text = thing.text("name") if thing else None
            if thing and text:
                yield SourceOutcome(text=text, address=thing.text("url"))
            elif isinstance(value, str) and value.strip():
                yield SourceOutcome(text=value, address=None)

    def _without_place(self) -> Iterator[SourceValue]:
        for name in self._thing.members:
            if name not in _TEXTS and name not in _READ:
                text = "; ".join(text for text, _ in self._thing.texts(name)) or "an object"
                reason = VENUE if name in _RUN_MEMBERS else _REASONS.get(name, NO_PLACE)
                yield SourceValue(name=name, text=text, reason=reason)


def _spoken(name: str, field: CourseField, spoken: tuple[Spoken, ...]) -> Iterator[SourceValue]:
    for text, language in spoken:
        # A list of languages is many values, each on its own.
        parts = languages_in(text) if field is CourseField.LANGUAGES else (text,)
        for part in parts:
            yield SourceValue(name=name, text=part, field=field, language=language)


def _joined(spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
    """Write the texts of each language as one."""
    languages = dict.fromkeys(language for _, language in spoken)
    return tuple(("; ".join(text for text, tag in spoken if tag == language), language) for language in languages)


def _field_of_time(text: str) -> CourseField:
    return CourseField.HOURS if "T" in text or not text.startswith("P") else CourseField.DURATION


def _price(offer: Thing) -> str | None:
    price = offer.text("price")
    if price is None and plain(offer.text("category") or "") == "free":
        return "free"
    return price
