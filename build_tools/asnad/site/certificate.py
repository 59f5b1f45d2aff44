"""
What stands on a certificate: a signed credential, as the page and the paper show it.

Every field of ``CertificateView`` but ``unsigned`` is read from the signed document, and nothing else is printed as
part of it (docs/format.md §2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asnad.errors import PublicationError
from asnad.instant import day_at, parse_instant
from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.site.certificate_text import Direction, TextBlock, text_blocks, text_direction


class Kind(StrEnum):
    """What a certificate is, as ``achievementType`` says it."""

    MICRO_CREDENTIAL = "MicroCredential"
    COMPLETION = "CertificateOfCompletion"
    DIPLOMA = "Diploma"
    ATTENDANCE = "ext:CertificateOfAttendance"
    RECOGNITION = "ext:Recognition"


@dataclass(frozen=True, slots=True)
class Learner:
    """The person, as the issuer named them on that day."""

    name: str
    native_name: str | None
    father_name: str | None
    husband_name: str | None
    national_id_last_digits: str | None


@dataclass(frozen=True, slots=True)
class Issuer:
    """The centre under the name it bore on that day, and what it belongs to."""

    name: str
    parent: str | None
    region: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs the paper, and their office."""

    name: str
    office: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """A result that is not a number of hours: what it is called, and its value or, without one, its state."""

    name: str
    value: str | None
    completed: bool | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A level, an occupation, or an element of the EU's description of micro-credentials."""

    kind: str | None
    framework: str | None
    name: str
    code: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Unsigned:
    """What is shown beside the certificate and is not part of it."""

    code_url: str
    """Address and digits of the QR code."""
    link_url: str
    """Address and digits of the long link, from which the file can be restored."""
    phone: str | None
    email: str | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate ready to be drawn."""

    id: str
    serial: str
    kind: Kind
    language: str
    direction: Direction
    learner: Learner
    issuer: Issuer
    achievement: str
    course_code: str | None
    course_version: str
    description: tuple[TextBlock, ...]
    criteria: tuple[TextBlock, ...]
    term: str | None
    start: date | None
    end: date | None
    place: str | None
    awarded: date
    signed: date
    last_day: date | None
    hours: str | None
    grades: tuple[Grade, ...]
    credits_earned: str | None
    alignments: tuple[Alignment, ...]
    signatories: tuple[Signatory, ...]
    unsigned: Unsigned

    @property
    def uuid(self) -> str:
        """The id without ``urn:uuid:``, as files are named after it."""
        return self.id.removeprefix("urn:uuid:")


def certificate_view(document: JSONObject, unsigned: Unsigned, *, time_zone: str) -> CertificateView:
    """
    Read a signed credential into what is shown of it.

    Args:
        document: A credential whose proof and profile have been checked (docs/format.md §2).

        unsigned: What the site adds; its addresses begin with ``https://``, or ``http://`` where a site is tried out.

        time_zone: IANA name of the centre's zone; a day such as the last one is named there.

    Raises:
        PublicationError: The document is not a credential of this format, or an address is not secure.

    """
    for address in (unsigned.code_url, unsigned.link_url):
        if not address.startswith(("https://", "http://")):
            raise PublicationError(f"expected an address that begins with https:// or http://, got {address[:40]!r}")
    credential = _Members(document, "")
    subject = credential.object("credentialSubject")
    achievement = subject.object("achievement")
    language = achievement.required("inLanguage")
    people = {person.required("identityType"): person.required("identityHash") for person in subject.list("identifier")}
    results = _results(subject, achievement)
    return CertificateView(
        id=credential.required("id"),
        serial=subject.required("licenseNumber"),
        kind=_kind(achievement),
        language=language,
        direction=text_direction(language),
        learner=_learner(people),
        issuer=_issuer(credential.object("issuer")),
        achievement=achievement.required("name"),
        course_code=achievement.optional("humanCode"),
        course_version=achievement.required("version"),
        description=text_blocks(achievement.required("description")),
        criteria=text_blocks(achievement.object("criteria").required("narrative")),
        term=subject.optional("term"),
        start=subject.day("activityStartDate"),
        end=subject.day("activityEndDate"),
        place=subject.optional("narrative"),
        awarded=credential.required_day("awardedDate"),
        signed=credential.required_day("validFrom", time_zone),
        last_day=credential.day("validUntil", time_zone),
        hours=next((grade.value for workload, grade in results if workload), None),
        grades=tuple(grade for workload, grade in results if not workload),
        credits_earned=subject.number("creditsEarned"),
        alignments=tuple(_alignment(entry) for entry in achievement.list("alignment")),
        signatories=tuple(
            Signatory(person.required("name"), person.optional("description"))
            for person in credential.list("evidence")
            if person.optional("genre") == "Signatory"
        ),
        unsigned=unsigned,
    )


@dataclass(frozen=True, slots=True)
class _Members:
    """A JSON object with its place in the document, so that what is missing can be named."""

    value: JSONValue
    place: str

    def required(self, name: str) -> str:
        text = self.optional(name)
        if text is None:
            raise self._error(name, "a text")
        return text

    def optional(self, name: str) -> str | None:
        text = self._member(name)
        return text if isinstance(text, str) else None

    def object(self, name: str) -> _Members:
        value = self._member(name)
        if not isinstance(value, dict):
            raise self._error(name, "an object")
        return _Members(value, f"{self.place}/{name}")

    def list(self, name: str) -> tuple[_Members, ...]:
        value = self._member(name)
        entries = value if isinstance(value, list) else []
        return tuple(_Members(entry, f"{self.place}/{name}/{index}") for index, entry in enumerate(entries))

    def number(self, name: str) -> str | None:
        value = self._member(name)
        # 3.0 and 3 are one number in JSON and have to look like one.
        return f"{value:g}" if isinstance(value, int | float) else None

    def day(self, name: str, time_zone: str = "UTC") -> date | None:
        seconds = parse_instant(self._member(name))
        return None if seconds is None else day_at(seconds, time_zone)

    def required_day(self, name: str, time_zone: str = "UTC") -> date:
        day = self.day(name, time_zone)
        if day is None:
            raise self._error(name, "a date")
        return day

    def _member(self, name: str) -> JSONValue:
        return self.value.get(name) if isinstance(self.value, dict) else None

    def _error(self, name: str, expected: str) -> PublicationError:
        return PublicationError(
            f"expected {expected}, got none",
            place=f"{self.place}/{name}",
            hint="check this credential with: asnad verify",
        )


def _kind(achievement: _Members) -> Kind:
    name = achievement.required("achievementType")
    try:
        return Kind(name)
    except ValueError:
        raise PublicationError(
            f"expected a kind of certificate, got {name!r}", place=f"{achievement.place}/achievementType"
        ) from None


def _learner(people: dict[str, str]) -> Learner:
    if "name" not in people:
        raise PublicationError("expected the learner's name, got none", place="/credentialSubject/identifier")
    return Learner(
        name=people["name"],
        native_name=people.get("ext:NativeName"),
        father_name=people.get("ext:FatherName"),
        husband_name=people.get("ext:HusbandName"),
        national_id_last_digits=people.get("ext:NationalIdLastDigits"),
    )


def _issuer(profile: _Members) -> Issuer:
    region = country = None
    if isinstance(profile.value, dict) and "address" in profile.value:
        address = profile.object("address")
        region = address.optional("addressRegion")
        country = address.optional("addressCountry") or address.optional("addressCountryCode")
    parent = None
    if isinstance(profile.value, dict) and "parentOrg" in profile.value:
        parent = profile.object("parentOrg").required("name")
    return Issuer(profile.required("name"), parent, region, country)


def _results(subject: _Members, achievement: _Members) -> tuple[tuple[bool, Grade], ...]:
    described = {entry.required("id"): entry for entry in achievement.list("resultDescription")}
    results = []
    for result in subject.list("result"):
        description = described.get(result.required("resultDescription"))
        if description is None:
            raise PublicationError(
                "expected one of the achievement's result descriptions, got another",
                place=f"{result.place}/resultDescription",
            )
        workload = description.required("resultType") == "ext:NotionalWorkload"
        status = result.optional("status")
        completed = None if status is None else status == "Completed"
        results.append((workload, Grade(description.required("name"), result.optional("value"), completed)))
    return tuple(results)


def _alignment(entry: _Members) -> Alignment:
    return Alignment(
        kind=entry.optional("targetType"),
        framework=entry.optional("targetFramework"),
        name=entry.required("targetName"),
        code=entry.optional("targetCode"),
        description=entry.optional("targetDescription"),
    )
