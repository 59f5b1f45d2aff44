"""The credential document that is signed for one learner (docs/format.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Course
from asnad.catalogue.run import Run
from asnad.credentials.achievement import json_number
from asnad.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES_3_0_3
from asnad.instant import end_of_day, format_day, format_instant
from asnad.messages import Messages
from asnad.proofs.strict_json import JSONObject, JSONValue


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRecord:
    """What of one learner goes into the credential, and nothing else."""

    name: str
    """In Latin script."""
    native_name: str | None
    father_name: str | None
    husband_name: str | None
    identity_digits: str | None
    """The last four, where the centre prints them."""
    grade: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialNumbers:
    """What tells one credential from all others."""

    id: str
    """``urn:uuid:…``"""
    serial: str
    status_list: str
    """Address of the list."""
    index: str
    """Place in it, in decimal digits."""


def credential_document(
    catalogue: Catalogue,
    run: Run,
    achievement: JSONObject,
    learner: LearnerRecord,
    numbers: CredentialNumbers,
    valid_from: int,
    messages: Messages,
) -> JSONObject:
    """
    Write the credential without its proofs.

    Args:
        catalogue: For the centre, the course and its people.

        run: The batch.

        achievement: As frozen at the first issue.

        learner: Whom it is for.

        numbers: What tells it from all others.

        valid_from: Moment of signing, in seconds since 1970.

        messages: Section ``credential`` in the language of the certificate.

    """
    centre, course = catalogue.centre, catalogue.course_of(run)
    document: JSONObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES_3_0_3],
        "id": numbers.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": _issuer(catalogue, run.award_day(), messages.language),
        "validFrom": format_instant(valid_from),
        "awardedDate": format_day(run.award_day()),
        "credentialSubject": _subject(catalogue, run, achievement, learner, numbers.serial, messages),
        "evidence": [
            {
                "type": ["Evidence"],
                "genre": "Signatory",
                "name": catalogue.signatory(person).name.shown_in(messages.language)[0],
                "description": catalogue.signatory(person).office.shown_in(messages.language)[0],
            }
            for person in run.signatories
        ],
        "credentialStatus": {
            "id": f"{numbers.status_list}#{numbers.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": numbers.index,
            "statusListCredential": numbers.status_list,
        },
    }
    if course.validity_months:
        last = add_months(run.award_day(), course.validity_months)
        document["validUntil"] = format_instant(end_of_day(last, centre.time_zone))
    return document


def add_months(day: date, months: int) -> date:
    """
    Count months on; where the day does not exist there, take the last of the month.

    Args:
        day: From here.

        months: How many, at least one.

    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def _issuer(catalogue: Catalogue, day: date, language: str) -> JSONObject:
    centre = catalogue.centre
    address: JSONObject = {
        "type": ["Address"],
        "addressCountry": centre.country_name.shown_in(language)[0],
        "addressCountryCode": centre.country,
    }
    if centre.region:
        address["addressRegion"] = centre.region.shown_in(language)[0]
    issuer: JSONObject = {
        "id": centre.did,
        "type": ["Profile"],
        "name": centre.name_on(day).shown_in(language)[0],
        "url": centre.address,
        "address": address,
    }
    if centre.parent:
        parent = centre.parent.shown_in(language)[0]
        issuer["parentOrg"] = {"id": f"{centre.site}#parent", "type": ["Profile"], "name": parent}
    return issuer


def _subject(
    catalogue: Catalogue,
    run: Run,
    achievement: JSONObject,
    learner: LearnerRecord,
    serial: str,
    messages: Messages,
) -> JSONObject:
    course, venue = catalogue.course_of(run), catalogue.venue(run.venue)
    subject: JSONObject = {
        "type": ["AchievementSubject"],
        "name": learner.name,
        "identifier": _identifiers(learner),
        "licenseNumber": serial,
        "term": messages.text("term", batch=str(run.batch_no)),
        "narrative": messages.text(
            "place", venue=venue.name.shown_in(messages.language)[0], city=venue.city.shown_in(messages.language)[0]
        ),
        "activityStartDate": format_day(run.start),
        "activityEndDate": format_day(run.end),
        "result": _results(course, str(achievement["id"]), learner.grade),
        "achievement": achievement,
    }
    if course.credits:
        subject["creditsEarned"] = json_number(course.credits[0].value)
    return subject


def _identifiers(learner: LearnerRecord) -> list[JSONValue]:
    entries = (
        ("name", learner.name),
        ("ext:NativeName", learner.native_name),
        ("ext:FatherName", learner.father_name),
        ("ext:HusbandName", learner.husband_name),
        ("ext:NationalIdLastDigits", learner.identity_digits),
    )
    return [
        {"type": "IdentityObject", "hashed": False, "identityType": kind, "identityHash": text}
        for kind, text in entries
        if text is not None
    ]


def _results(course: Course, address: str, grade: str | None) -> list[JSONValue]:
    results: list[JSONValue] = [
        {"type": ["Result"], "resultDescription": f"{address}#workload", "value": str(course.workload.total())}
    ]
    if course.grade_printed and grade is not None:
        results.append({"type": ["Result"], "resultDescription": f"{address}#grade", "value": grade})
    return results
