"""Identity numbers, phones and e-mail addresses that the catalogue does not name as a contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from asnad.catalogue.catalogue import Catalogue
from asnad.gate.finding import Finding
from asnad.gate.personal_data import PersonalDatum, PersonalKind, dialled, find_personal_data

_SHORTEST_PHONE = 6


@dataclass(frozen=True, slots=True)
class Contacts:
    """Where people may ask: what a centre publishes on purpose."""

    phones: frozenset[str]
    """As ``dialled`` writes them."""
    addresses: frozenset[str]
    """E-mail addresses in lower case."""

    def allow(self, datum: PersonalDatum) -> bool:
        """
        Tell whether it is one of them; a phone may be written with or without the number of the country.

        Args:
            datum: As found in a text.

        """
        if datum.kind is PersonalKind.PHONE:
            return any(phone.endswith(datum.value) or datum.value.endswith(phone) for phone in self.phones)
        return datum.kind is PersonalKind.EMAIL and datum.value in self.addresses


def contacts_of(catalogue: Catalogue, more: Iterable[str | None] = ()) -> Contacts:
    """
    Gather every contact of a catalogue: of the centre, of courses, and of those who take applications.

    Args:
        catalogue: The centre's.

        more: Phones and addresses that are published elsewhere on purpose, such as in keys.json.

    """
    texts = list(more)
    for contact in (catalogue.centre.contact, *(course.contact for course in catalogue.courses)):
        if contact is not None:
            texts += [contact.phone, contact.whatsapp, contact.email]
    for run in catalogue.runs:
        if run.application is not None:
            texts += [run.application.phone, run.application.contact, run.application.url]
    phones: set[str] = set()
    addresses: set[str] = set()
    for text in filter(None, texts):
        for datum in find_personal_data(text.encode("utf-8")):
            (addresses if datum.kind is PersonalKind.EMAIL else phones).add(datum.value)
        # A number in a field for numbers is one, however short.
        if "@" not in text and len(dialled(text)) >= _SHORTEST_PHONE:
            phones.add(dialled(text))
    return Contacts(frozenset(phones), frozenset(addresses))


def stray_contacts(
    file: str, data: Iterable[PersonalDatum], contacts: Contacts, *, published: bool
) -> Iterator[Finding]:
    """
    Refuse what may belong to a person and that the catalogue does not name as a contact.

    Args:
        file: In which it stands.

        data: What was found in the file.

        contacts: Of the catalogue.

        published: It is a file of the site, not of the repository.

    """
    where = "on the site" if published else "in Git"
    for datum in data:
        if datum.invented or contacts.allow(datum):
            continue
        if datum.kind is PersonalKind.IDENTITY:
            expected = f"no identity number {where}"
            repair = "take it out; registers belong into credentials/private, which is neither published nor committed"
        else:
            expected = f"no {datum.kind} {where} but those of the catalogue"
            repair = "add it to a contact in catalogue/centre.yml, or of its course or run, or take it out"
        yield Finding(
            file=file,
            line=datum.line,
            expected=expected,
            found=datum.masked(),
            repair=repair,
            kept_by_git=not published,
        )
