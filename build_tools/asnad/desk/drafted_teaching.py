"""How a course of a file is taught: its mode, pattern, languages, hours and modules."""

from __future__ import annotations

from asnad.catalogue.findings import shown
from asnad.catalogue.forms import MAX_LINE
from asnad.catalogue.module import Module, Workload
from asnad.catalogue.text import Text
from asnad.desk import course_quantities, course_words
from asnad.desk.course_languages import languages_in, read_language
from asnad.desk.course_source import CourseField, SourceValue
from asnad.desk.course_texts import clean_text, one_line
from asnad.desk.drafted_course import Said, TakenValue
from asnad.desk.register_cells import CellError
from asnad.desk.source_account import UNSAID, SourceAccount, or_none


def drafted_delivery(account: SourceAccount) -> tuple[Said[str], Said[str]]:
    """
    Read mode and pattern, which files write into one list.

    Args:
        account: Of the course.

    """
    mode: str | None = None
    pattern: str | None = None
    for value in (*account.values(CourseField.MODE), *account.values(CourseField.PATTERN)):
        for part in (part.strip() for part in value.text.replace(";", ",").split(",")):
            found_mode, found_pattern = (
                or_none(course_words.read_mode, part),
                or_none(course_words.read_pattern, part),
            )
            if found_mode and mode in {None, found_mode}:
                if mode is None:
                    account.take(value, CourseField.MODE, part)
                mode = found_mode
            elif found_pattern and pattern in {None, found_pattern}:
                if pattern is None:
                    account.take(value, CourseField.PATTERN, part)
                pattern = found_pattern
            else:
                known = found_mode or found_pattern
                account.leave(value, f"expected one way of teaching, got {shown(part)}" + (" too" if known else ""))
    if mode is None and account.flag(CourseField.ONLINE, "says that it is not online, and not what it is instead"):
        mode = "online"
    if pattern is None and account.flag(CourseField.EVENING, "says that it is not in the evening, and not when it is"):
        pattern = "evening"
    mode, pattern = mode or account.said(CourseField.MODE), pattern or account.said(CourseField.PATTERN)
    return (
        Said(mode) if mode else Said("onsite", f"{UNSAID} how it is taught"),
        Said(pattern) if pattern else Said("full-time", f"{UNSAID} when it is taught"),
    )


def drafted_languages(account: SourceAccount, title: Text) -> Said[tuple[str, ...]]:
    """
    Read in which languages it is taught.

    Args:
        account: Of the course.

        title: Whose language is assumed where nobody says it.

    """
    tags: dict[str, None] = {}
    for value in account.values(CourseField.LANGUAGES):
        for part in languages_in(value.text):
            try:
                tags[read_language(part)] = None
                account.take(value, CourseField.LANGUAGES, part)
            except CellError as error:
                account.leave(value, error.message)
    if tags:
        known = any(tag in account.rules.centre.languages for tag in tags)
        check = None if known else "the file names none of the languages of the centre"
        return Said(tuple(tags), check)
    if text := account.rules.said.get(CourseField.LANGUAGES):
        account.taken.append(TakenValue(field=CourseField.LANGUAGES, name="--set languages", text=text))
        return Said(tuple(dict.fromkeys(read_language(part) for part in text.split())))
    return Said((title.languages()[0],), f"{UNSAID} in which language it is taught")


def drafted_workload(account: SourceAccount) -> Said[Workload]:
    """
    Read the hours, by their kinds where the file tells them apart.

    Args:
        account: Of the course.

    """
    total = account.optional(CourseField.HOURS, course_quantities.read_hours)
    read = course_quantities.read_part_hours
    contact = account.optional(CourseField.CONTACT_HOURS, read)
    alone = account.optional(CourseField.SELF_STUDY_HOURS, read)
    assessed = account.optional(CourseField.ASSESSMENT_HOURS, read)
    if contact is None:
        given = Workload(contact_hours=total or 0, self_study_hours=0, assessment_hours=0)
        why = "the hours in all; it does not say how many of them are taught" if total else f"{UNSAID} the hours"
        return Said(given, f"the file gives {why}" if total else why)
    given = Workload(contact_hours=contact, self_study_hours=alone or 0, assessment_hours=assessed or 0)
    if total is not None and total != given.total():
        return Said(given, f"the file gives {total} hours in all, and these add up to {given.total()}")
    return Said(given)


def drafted_modules(account: SourceAccount, workload: Workload) -> tuple[Module, ...]:
    """
    Read the parts of a course, where their hours add up.

    Args:
        account: Of the course.

        workload: Of the whole course.

    """
    modules: list[Module] = []
    for part in account.source.modules:
        value = SourceValue(name="syllabusSections", text=part.title)
        try:
            hours = course_quantities.read_hours(part.hours or "")
            title = one_line(clean_text(part.title).text)[:MAX_LINE]
        except CellError as error:
            account.leave(value, error.message)
            continue
        text = Text(((account.rules.language, title),))
        modules.append(Module(id=f"m{len(modules) + 1}", title=text, hours=hours))
    added = sum(module.hours for module in modules)
    whole = len(modules) == len(account.source.modules)
    if modules and not (whole and added in {workload.contact_hours, workload.total()}):
        value = SourceValue(name="syllabusSections", text=f"{len(modules)} modules, {added} hours")
        account.leave(value, f"expected modules that add up to the {workload.total()} hours of the course")
        return ()
    for module in modules:
        account.taken.append(TakenValue(field="modules", name="syllabusSections", text=module.title.versions[0][1]))
    return tuple(modules)
