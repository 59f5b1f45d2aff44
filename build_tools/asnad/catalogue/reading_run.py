"""Read ``runs/<id>.yml``."""

from __future__ import annotations

from dataclasses import replace

from asnad.catalogue.address_forms import WEB_ADDRESS
from asnad.catalogue.centre import PersonId, Venue, VenueId
from asnad.catalogue.course import CourseId
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import DAY, IDENTIFIER, LANGUAGE, LINE, PARAGRAPHS, PHONE, member, whole, word
from asnad.catalogue.reading_centre import read_place
from asnad.catalogue.reading_course import VERSION, read_fee
from asnad.catalogue.run import Application, Run, RunId, RunState

MAX_SIGNATORIES = 4
PEOPLE = whole(0, 100_000)
VENUE = replace(IDENTIFIER, hint="Write the id of a venue of centre.yml, or name, city and country of the place")


def read_run(fields: Fields) -> Run:
    """
    Read a run.

    Args:
        fields: Of the whole file.

    """
    # The register holds learners and is never published; only that its name is a name is looked at.
    fields.optional("register", LINE)
    run_id = fields.value("id", IDENTIFIER)
    venue = fields.value_or_part("venue", VENUE, lambda part: _read_own_venue(part, VenueId(run_id)))
    own_venue, own_room = (None, None) if isinstance(venue, str) else venue
    return Run(
        id=RunId(run_id),
        course=CourseId(fields.value("course", IDENTIFIER)),
        batch_no=fields.value("batch_no", whole(1, 99_999)),
        start=fields.value("start", DAY),
        end=fields.value("end", DAY),
        awarded=fields.optional("awarded", DAY),
        state=fields.value("state", member(RunState)),
        venue=VenueId(venue) if isinstance(venue, str) else VenueId(run_id),
        own_venue=own_venue,
        room=fields.optional("room", LINE) or own_room,
        capacity=fields.optional("capacity", PEOPLE),
        enrolled=fields.optional("enrolled", PEOPLE),
        language=fields.value_or("language", LANGUAGE, fields.source.language),
        application=fields.optional_part("apply", _read_application),
        instructors=_people(fields.values("instructors", IDENTIFIER)),
        signatories=_people(fields.values("signatories", IDENTIFIER, least=1, most=MAX_SIGNATORIES)),
        fee=fields.optional_part("fee", read_fee),
        notes=fields.optional_text("notes", PARAGRAPHS),
        course_version=fields.optional("course_version", VERSION),
        variant=fields.optional("variant", IDENTIFIER),
        season=fields.optional("season", word("winter", "summer")),
        min_learners=fields.optional("min_learners", PEOPLE),
        sessions=fields.optional_text("sessions", PARAGRAPHS),
        place=fields.source.name,
    )


def _read_own_venue(fields: Fields, run_id: VenueId) -> tuple[Venue, str | None]:
    return read_place(fields, run_id), fields.optional("room", LINE)


def _people(ids: tuple[str, ...]) -> tuple[PersonId, ...]:
    return tuple(PersonId(text) for text in ids)


def _read_application(fields: Fields) -> Application:
    return Application(
        opens=fields.optional("opens", DAY),
        closes=fields.optional("closes", DAY),
        how=fields.value("how", word("walk-in", "phone", "form", "nomination")),
        url=fields.optional("url", WEB_ADDRESS),
        phone=fields.optional("phone", PHONE),
        contact=fields.optional("contact", LINE),
        documents=fields.values("documents", LINE),
    )
