"""The training centre: one issuer, its names, departments, venues and signatories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from asnad.catalogue.text import Text

DepartmentId = NewType("DepartmentId", str)
VenueId = NewType("VenueId", str)
PersonId = NewType("PersonId", str)
PartnerId = NewType("PartnerId", str)


class Profile(StrEnum):
    """Whose numbers a micro-credential must keep."""

    LOCAL = "local"
    NL_HE = "nl-he"
    NL_240 = "nl-240"
    NL_VET_80 = "nl-vet-80"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName:
    """A name that the centre bore for a time; certificates keep the name of their day."""

    name: Text
    start: date
    end: date | None
    """First day on which it was no longer the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where people ask; every field may be missing."""

    name: Text | None
    phone: str | None
    whatsapp: str | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A part of the centre; a name, never an issuer of its own."""

    id: DepartmentId
    names: tuple[DatedName, ...]
    """From the oldest to the newest."""
    summary: Text | None = None
    contact: Contact | None = None

    @property
    def name(self) -> Text:
        """The newest name."""
        return self.names[-1].name


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """A place where runs are held."""

    id: VenueId
    name: Text
    city: Text
    country: str
    """ISO 3166-1 alpha-2."""
    accessible: Text | None
    hostel: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A person who signs certificates while in office."""

    id: PersonId
    name: Text
    office: Text
    start: date
    end: date | None
    """First day on which the person signs no more."""

    def in_office(self, day: date) -> bool:
        """
        Tell whether the person signs on a day.

        Args:
            day: Day at the centre.

        """
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructor:
    """A person who teaches and signs nothing."""

    id: PersonId
    name: Text
    office: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another institution at which a learner may take a module."""

    id: PartnerId
    name: Text
    country: str
    """ISO 3166-1 alpha-2."""
    url: str | None
    statement: Text | None
    """What was agreed with it, in the centre's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus:
    """What the centre's papers are in the law of another country than its own."""

    country: str
    """ISO 3166-1 alpha-2."""
    country_name: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """What ``catalogue/centre.yml`` says."""

    did: str
    """``did:web:…``; it appears in every credential and can never change."""
    site: str
    """Address that ids begin with; ``https://<host of the did>/<path>/`` unless written otherwise."""
    moved_to: str | None
    """Address at which the site is served since it has moved; ids stay as they are, for nothing signed can change."""
    verifier: str
    """Address that codes open, such as ``https://skills.example/v/``; http only on a local network."""
    names: tuple[DatedName, ...]
    parent: Text | None
    country: str
    """ISO 3166-1 alpha-2."""
    country_name: Text
    region: Text | None
    languages: tuple[str, ...]
    """Languages of the site, the first at its root."""
    time_zone: str
    """IANA name, such as ``Asia/Karachi``: a day ends when it ends at the centre."""
    legal_status: Text
    contact: Contact
    departments: tuple[Department, ...]
    venues: tuple[Venue, ...]
    signatories: tuple[Signatory, ...]
    repository_private: bool
    second_person: bool
    """Nothing is issued before a second person has approved the award list."""
    demonstration: bool
    print_father_name: bool
    """Opt-in: father's or husband's name goes into the signed credential."""
    print_identity_digits: bool
    """Opt-in: the last four digits of the identity number go into the signed credential."""
    serial_prefix: str
    """Printed serials are ``<prefix>-<course code>/<batch>/<number>``."""
    profile: Profile = Profile.LOCAL
    legal_status_elsewhere: tuple[LegalStatus, ...] = ()
    partners: tuple[Partner, ...] = ()
    instructors: tuple[Instructor, ...] = ()

    @property
    def address(self) -> str:
        """Address at which the site is served, ending in ``/``."""
        return self.moved_to or self.site

    def name_on(self, day: date) -> Text:
        """
        Give the name the centre bore on a day.

        Args:
            day: Day at the centre.

        Raises:
            LookupError: No name covers that day.

        """
        for dated in self.names:
            if dated.start <= day and (dated.end is None or day < dated.end):
                return dated.name
        raise LookupError(f"no name of the centre covers {day.isoformat()}")
