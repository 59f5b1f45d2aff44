"""
Runs as calendar files (RFC 5545; the calendar's name as in RFC 7986 §5.1).

A run is an event of whole days, so it needs no time zone. What is written depends on the catalogue alone: a calendar
that was loaded twice, in one language or in another, holds each run once.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Component, Event

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.run import Run, RunState
from asnad.catalogue.text import Text
from asnad.site.canonical_address import canonical_address

PRODUCT = "-//Asnad//Catalogue//EN"

_STATUS = {RunState.CANCELLED: "CANCELLED", RunState.PLANNED: "TENTATIVE"}


def runs_calendar(catalogue: Catalogue, language: str) -> bytes:
    """
    Write every run of the published courses as one calendar.

    Args:
        catalogue: The catalogue.

        language: Language of the texts, where they exist in it.

    """
    return _calendar(catalogue, published_runs(catalogue), language)


def run_calendar(catalogue: Catalogue, run: Run, language: str) -> bytes:
    """
    Write one run as a calendar of its own.

    Args:
        catalogue: The catalogue.

        run: One of its runs.

        language: Language of the texts, where they exist in it.

    """
    return _calendar(catalogue, (run,), language)


def published_runs(catalogue: Catalogue) -> tuple[Run, ...]:
    """
    List every run that the site tells of, by its first day.

    Args:
        catalogue: The catalogue.

    """
    drafts = {course.id for course in catalogue.courses if course.status is CourseStatus.DRAFT}
    found = (run for run in catalogue.runs if run.course not in drafts)
    return tuple(sorted(found, key=lambda run: (run.start, run.id)))


def _calendar(catalogue: Catalogue, runs: tuple[Run, ...], language: str) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    newest_name = catalogue.centre.names[-1].name
    _add_text(calendar, "NAME", newest_name, language)
    # What calendars read that do not know RFC 7986.
    _add_text(calendar, "X-WR-CALNAME", newest_name, language)
    for run in runs:
        calendar.add_component(_event(catalogue, run, language))
    return bytes(calendar.to_ical())


def _event(catalogue: Catalogue, run: Run, language: str) -> Event:
    centre = catalogue.centre
    course = catalogue.course_of(run)
    venue = catalogue.venue(run.venue)
    application = run.application
    title, title_language = course.title.shown_in(language)
    paragraphs = [course.summary.shown_in(language)[0]]
    paragraphs += [text.shown_in(language)[0] for text in (run.sessions, run.notes) if text]
    place = [run.room or "", venue.name.shown_in(language)[0], venue.city.shown_in(language)[0]]
    contact = course.contact or catalogue.department(course.department).contact or centre.contact
    phone = (application.phone if application else None) or contact.phone

    event = Event()
    event.add("UID", f"{run.id}@{centre.did.removeprefix('did:web:')}")
    # RFC 5545 §3.8.7.2 wants a moment of making here; the clock would make other bytes at every build.
    event.add("DTSTAMP", datetime.combine(run.start, time(), tzinfo=UTC))
    event.add("DTSTART", run.start)
    # The end of an event is the first day after it (RFC 5545 §3.6.1).
    event.add("DTEND", run.end + timedelta(days=1))
    event.add("SUMMARY", f"{title} ({course.code}/{run.batch_no})", parameters={"LANGUAGE": title_language})
    event.add("DESCRIPTION", "\n\n".join(paragraphs))
    event.add("LOCATION", ", ".join(part for part in place if part))
    event.add("URL", canonical_address(centre, f"courses/{course.id}/", language))
    event.add("STATUS", _STATUS.get(run.state, "CONFIRMED"))
    event.add("TRANSP", "TRANSPARENT")
    if phone:
        event.add("CONTACT", phone)
    return event


def _add_text(component: Component, name: str, text: Text, language: str) -> None:
    shown, shown_language = text.shown_in(language)
    component.add(name, shown, parameters={"LANGUAGE": shown_language})
