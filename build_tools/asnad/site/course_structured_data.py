"""
Courses and their runs in the terms of schema.org, for search engines and other catalogues.

Source: schema.org Course, CourseInstance, EducationalOccupationalCredential, Offer and ItemList.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Course, CourseStatus, Fee, Kind
from asnad.catalogue.text import Text
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.site.canonical_address import canonical_address
from asnad.site.json_values import day, number, present
from asnad.site.run_standing import ListedRun, Standing, listed_runs

VOCABULARY = "https://schema.org"

_CREDENTIAL_CATEGORIES = {
    Kind.ATTENDANCE: "certificate of attendance",
    Kind.COMPLETION: "certificate of completion",
    Kind.MICROCREDENTIAL: "micro-credential",
    Kind.DIPLOMA: "diploma",
    Kind.RECOGNITION: "recognition",
}
_ATTENDANCE_MODES = {
    "online": "OnlineEventAttendanceMode",
    "blended": "MixedEventAttendanceMode",
}


def course_structured_data(catalogue: Catalogue, course: Course, language: str, *, today: date) -> JSONObject:
    """
    Describe a course, and the runs of it that are not over.

    Args:
        catalogue: The catalogue.

        course: One of its courses, not a draft.

        language: Language of the page that this is for.

        today: Day at the centre for which the site is built.

    """
    return _CourseDescription(catalogue, course, language, today).course()


def courses_structured_data(catalogue: Catalogue, courses: Sequence[Course], language: str) -> JSONObject:
    """
    Describe a list of courses, each of which is described in full on its own page.

    Args:
        catalogue: The catalogue.

        courses: In the order of the list.

        language: Language of the page that this is for.

    """
    return {
        "@context": VOCABULARY,
        "@type": "ItemList",
        "numberOfItems": len(courses),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": course.title.shown_in(language)[0],
                "url": canonical_address(catalogue.centre, f"courses/{course.id}/", language),
            }
            for position, course in enumerate(courses, start=1)
        ],
    }


class _CourseDescription:
    """A course on its way into the terms of schema.org."""

    def __init__(self, catalogue: Catalogue, course: Course, language: str, today: date) -> None:
        self._catalogue = catalogue
        self._centre = catalogue.centre
        self._course = course
        self._language = language
        self._today = today
        self._address = canonical_address(self._centre, f"courses/{course.id}/", language)
        self._workload = f"PT{course.workload.total()}H" if course.workload.total() else None

    def course(self) -> JSONObject:
        course = self._course
        offered = course.status is CourseStatus.ACTIVE
        return {"@context": VOCABULARY} | _described(
            "Course",
            {
                "@id": self._address,
                "url": self._address,
                "name": self._say(course.title),
                "description": self._say(course.summary),
                "courseCode": course.code,
                "version": course.version,
                "provider": self._provider(),
                "inLanguage": list(course.delivery.languages),
                "timeRequired": self._workload,
                "numberOfCredits": [
                    _described("QuantitativeValue", {"value": number(credit.value), "unitText": credit.scheme})
                    for credit in course.credits
                ],
                "educationalLevel": [
                    _described(
                        "DefinedTerm",
                        {"name": f"{level.framework} {level.level}", "inDefinedTermSet": level.framework},
                    )
                    for level in course.levels
                ],
                "educationalAlignment": self._field_of_education(),
                "teaches": [
                    _described("DefinedTerm", {"name": self._say(outcome.text), "url": outcome.skill_uri})
                    for outcome in course.learning_outcomes
                ],
                "coursePrerequisites": self._say(course.entry.prior_learning),
                "about": [
                    _described("Thing", {"name": self._say(subject)})
                    for subject in (course.sector, *course.occupations)
                    if subject
                ],
                "keywords": list(course.tags),
                "financialAidEligible": self._say(course.fee.concessions) if course.fee else None,
                "audience": self._audience(),
                "syllabusSections": self._syllabus(),
                "educationalCredentialAwarded": self._award(),
                "offers": _offer(course.fee, self._address) if offered else None,
                "hasCourseInstance": [
                    self._run(listed)
                    for listed in listed_runs(self._catalogue, self._today, course_id=course.id)
                    if listed.standing is not Standing.OVER
                ],
            },
        )

    def _say(self, text: Text | None) -> str | None:
        return text.shown_in(self._language)[0] if text else None

    def _provider(self) -> JSONObject:
        centre = self._centre
        address = _described(
            "PostalAddress", {"addressCountry": centre.country, "addressRegion": self._say(centre.region)}
        )
        parent = self._say(centre.parent)
        return _described(
            "EducationalOrganization",
            {
                "@id": centre.did,
                "name": self._say(centre.name_on(self._today)),
                "url": centre.address,
                "address": address,
                "parentOrganization": _described("Organization", {"name": parent}) if parent else None,
                "telephone": centre.contact.phone,
                "email": centre.contact.email,
            },
        )

    def _field_of_education(self) -> JSONObject | None:
        if self._course.isced_f is None:
            return None
        return _described(
            "AlignmentObject",
            {
                "alignmentType": "educationalSubject",
                "educationalFramework": "ISCED-F 2013",
                "targetName": self._course.isced_f,
            },
        )

    def _audience(self) -> JSONObject | None:
        audience = self._course.audience
        gender = {"women": "female", "men": "male"}.get(audience.gender)
        if gender is None and audience.min_age is None and audience.max_age is None:
            return None
        return _described(
            "PeopleAudience",
            {
                "suggestedGender": gender,
                "suggestedMinAge": audience.min_age,
                "suggestedMaxAge": audience.max_age,
            },
        )

    def _syllabus(self) -> list[JSONValue]:
        parts = [(module.title, module.hours) for module in self._course.modules]
        parts += [(group.title, group.modules * group.hours_each) for group in self._course.module_groups]
        return [_described("Syllabus", {"name": self._say(title), "timeRequired": f"PT{h}H"}) for title, h in parts]

    def _award(self) -> JSONObject:
        course = self._course
        return _described(
            "EducationalOccupationalCredential",
            {
                "name": self._say(course.award.title),
                "description": self._say(course.award.statement),
                "credentialCategory": _CREDENTIAL_CATEGORIES[course.award.kind],
                "validFor": f"P{course.validity_months}M" if course.validity_months is not None else None,
                "recognizedBy": [
                    _described("Organization", {"name": self._say(each.body)}) for each in course.recognised_by
                ],
            },
        )

    def _run(self, listed: ListedRun) -> JSONObject:
        run, delivery = listed.run, self._course.delivery
        cancelled = listed.standing is Standing.CANCELLED
        return _described(
            "CourseInstance",
            {
                "identifier": run.id,
                "name": self._say(self._course.title),
                "url": self._address,
                "startDate": day(run.start),
                "endDate": day(run.end),
                "eventStatus": f"{VOCABULARY}/{'EventCancelled' if cancelled else 'EventScheduled'}",
                "eventAttendanceMode": (
                    f"{VOCABULARY}/{_ATTENDANCE_MODES.get(delivery.mode, 'OfflineEventAttendanceMode')}"
                ),
                "courseMode": [delivery.mode, delivery.pattern],
                "courseWorkload": self._workload,
                "inLanguage": list(delivery.languages),
                "maximumAttendeeCapacity": run.capacity,
                "courseSchedule": self._schedule(),
                "instructor": [_described("Person", {"name": self._say(name)}) for name in listed.teachers],
                "location": self._location(listed),
                "offers": None if cancelled else self._offer_of(listed),
            },
        )

    def _schedule(self) -> JSONObject:
        """Give the rhythm; days and hours of lessons are words for people."""
        duration = self._course.duration
        frequency = {"days": "Daily", "weeks": "Weekly", "months": "Monthly"}[duration.unit]
        return _described("Schedule", {"repeatFrequency": frequency, "repeatCount": duration.value})

    def _location(self, listed: ListedRun) -> JSONObject:
        if self._course.delivery.mode == "online":
            return _described("VirtualLocation", {"url": self._address})
        address = {"addressLocality": self._say(listed.venue.city), "addressCountry": listed.venue.country}
        return _described(
            "Place", {"name": self._say(listed.venue.name), "address": _described("PostalAddress", {**address})}
        )

    def _offer_of(self, listed: ListedRun) -> JSONObject | None:
        application = listed.run.application
        offer = _offer(listed.fee, (application.url if application else None) or self._address)
        if offer is None:
            return None
        return offer | present(
            {
                "availabilityStarts": day(application.opens) if application else None,
                "availabilityEnds": day(listed.last_day_to_apply),
                "availability": f"{VOCABULARY}/SoldOut" if listed.standing is Standing.FULL else None,
            }
        )


def _offer(fee: Fee | None, address: str) -> JSONObject | None:
    if fee is None:
        return None
    return _described(
        "Offer",
        {
            "category": "Paid" if fee.amount else "Free",
            "price": fee.amount,
            "priceCurrency": fee.currency,
            "url": address,
        },
    )


def _described(kind: str, members: JSONObject) -> JSONObject:
    """Give a thing of schema.org; what there is nothing to say about, or an empty list, is left out."""
    return {"@type": kind} | {name: value for name, value in present(members).items() if value != []}
