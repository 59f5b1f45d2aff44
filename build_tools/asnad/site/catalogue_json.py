"""
The catalogue as one JSON document for other programs (docs/catalogue-json.md).

Every field is named one by one, so that a field which is new in the catalogue is not published by accident.
"""

from __future__ import annotations

from datetime import date

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre, DatedName, Department, Partner, Venue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.pathway import Pathway
from asnad.catalogue.quality import QualityStatement
from asnad.catalogue.run import Application, Run
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject
from asnad.site.canonical_address import canonical_address
from asnad.site.course_json import contact_object, course_object, fee_object
from asnad.site.json_values import by_language, day, listed, number, present

FORMAT = 1


def catalogue_json(catalogue: Catalogue) -> bytes:
    """
    Write all that is public of a catalogue as JCS (docs/catalogue-json.md).

    Args:
        catalogue: The catalogue; drafts and their runs are left out.

    """
    centre = catalogue.centre
    courses = sorted((each for each in catalogue.courses if each.status is not CourseStatus.DRAFT), key=lambda c: c.id)
    ids = {course.id for course in courses}
    runs = sorted((run for run in catalogue.runs if run.course in ids), key=lambda run: run.id)
    return canonical_json(
        {
            "type": "AsnadCatalogue",
            "format": FORMAT,
            "centre": _centre(centre),
            "departments": [_department(department, centre) for department in centre.departments],
            "partners": [_partner(partner) for partner in centre.partners],
            "instructors": [
                present({"id": each.id, "name": by_language(each.name), "office": by_language(each.office)})
                for each in centre.instructors
            ],
            "venues": [_venue(venue) for venue in centre.venues],
            "courses": [course_object(course, centre) for course in courses],
            "runs": [_run(run, centre) for run in runs],
            "pathways": [
                _pathway(pathway, centre) for pathway in sorted(catalogue.pathways, key=lambda pathway: pathway.id)
            ],
            "qualityStatements": [
                _quality_statement(statement)
                for statement in sorted(catalogue.quality_statements, key=lambda statement: statement.id)
            ],
        }
    )


def _centre(centre: Centre) -> JSONObject:
    return present(
        {
            "did": centre.did,
            "site": centre.address,
            "verifier": centre.verifier,
            "names": [_name(dated) for dated in centre.names],
            "parent": by_language(centre.parent),
            "country": centre.country,
            "countryName": by_language(centre.country_name),
            "region": by_language(centre.region),
            "languages": listed(centre.languages),
            "timeZone": centre.time_zone,
            "legalStatus": by_language(centre.legal_status),
            "legalStatusElsewhere": [
                {
                    "country": each.country,
                    "countryName": by_language(each.country_name),
                    "text": by_language(each.text),
                }
                for each in centre.legal_status_elsewhere
            ],
            "profile": centre.profile.value,
            "contact": contact_object(centre.contact),
            "demonstration": centre.demonstration,
        }
    )


def _name(dated: DatedName) -> JSONObject:
    # A department that was never renamed bears its name since no day.
    start = None if dated.start == date.min else dated.start
    return present({"name": by_language(dated.name), "from": day(start), "to": day(dated.end)})


def _department(department: Department, centre: Centre) -> JSONObject:
    path = f"departments/{department.id}/"
    return present(
        {
            "id": department.id,
            "address": {each: canonical_address(centre, path, each) for each in centre.languages},
            "name": by_language(department.name),
            "names": [_name(dated) for dated in department.names],
            "summary": by_language(department.summary),
            "contact": contact_object(department.contact) if department.contact else None,
        }
    )


def _partner(partner: Partner) -> JSONObject:
    return present(
        {
            "id": partner.id,
            "name": by_language(partner.name),
            "country": partner.country,
            "url": partner.url,
            "statement": by_language(partner.statement),
        }
    )


def _venue(venue: Venue) -> JSONObject:
    return present(
        {
            "id": venue.id,
            "name": by_language(venue.name),
            "city": by_language(venue.city),
            "country": venue.country,
            "accessible": by_language(venue.accessible),
            "hostel": by_language(venue.hostel),
        }
    )


def _run(run: Run, centre: Centre) -> JSONObject:
    teachers = {person.id for person in centre.instructors}
    return present(
        {
            "id": run.id,
            "course": run.course,
            "calendar": {each: canonical_address(centre, f"runs/{run.id}.ics", each) for each in centre.languages},
            "courseVersion": run.course_version,
            "variant": run.variant,
            "season": run.season,
            "batchNo": run.batch_no,
            "start": day(run.start),
            "end": day(run.end),
            "awarded": day(run.award_day()),
            "state": run.state.value,
            "venue": run.venue,
            "room": run.room,
            "sessions": by_language(run.sessions),
            "capacity": run.capacity,
            "minLearners": run.min_learners,
            "language": run.language,
            "instructors": [person for person in run.instructors if person in teachers],
            "apply": _application(run.application) if run.application else None,
            "fee": fee_object(run.fee) if run.fee else None,
            "notes": by_language(run.notes),
        }
    )


def _application(application: Application) -> JSONObject:
    return present(
        {
            "opens": day(application.opens),
            "closes": day(application.closes),
            "how": application.how,
            "url": application.url,
            "phone": application.phone,
            "contact": application.contact,
            "documents": listed(application.documents),
        }
    )


def _pathway(pathway: Pathway, centre: Centre) -> JSONObject:
    total = pathway.min_total_value
    return present(
        {
            "id": pathway.id,
            "address": {each: canonical_address(centre, f"pathways/{pathway.id}/", each) for each in centre.languages},
            "title": by_language(pathway.title),
            "kind": pathway.kind.value,
            "summary": by_language(pathway.summary),
            "allOf": listed(pathway.all_of),
            "atLeast": pathway.at_least,
            "choices": listed(pathway.choices),
            "capstone": pathway.capstone,
            "maxAgeMonths": pathway.max_age_months,
            "minTotalScheme": pathway.min_total_scheme,
            "minTotalValue": None if total is None else number(total),
            "countsOnly": [kind.value for kind in pathway.counts_only],
            "progression": by_language(pathway.progression),
        }
    )


def _quality_statement(statement: QualityStatement) -> JSONObject:
    return {
        "id": statement.id,
        "version": statement.version,
        "title": by_language(statement.title),
        "text": by_language(statement.text),
        "guarantor": by_language(statement.guarantor),
    }
