"""Contacts that the catalogue names may stand anywhere; all others are told."""

from __future__ import annotations

from asnad.centre_folder import CentreFolder
from asnad.gate.personal_data import find_personal_data
from asnad.gate.stray_contacts import Contacts, contacts_of, stray_contacts
from example_centre import ROOT

NOBODY = Contacts(frozenset(), frozenset())


def told(text: str, contacts: Contacts = NOBODY, *, published: bool = True) -> list[str]:
    data = tuple(find_personal_data(text.encode()))
    found = stray_contacts("site/about/index.html", data, contacts, published=published)
    return [f"{finding.place}: {finding.sentence} ({finding.repair})" for finding in found]


def test_an_identity_number_is_nowhere_allowed() -> None:
    assert told("\n35201-1234567-1") == [
        (
            "site/about/index.html:2: expected no identity number on the site, found 35…71 "
            "(take it out; registers belong into credentials/private, which is neither published nor committed)"
        )
    ]


def test_an_address_and_a_phone_must_be_contacts_of_the_catalogue() -> None:
    repair = "add it to a contact in catalogue/centre.yml, or of its course or run, or take it out"
    assert told("sidra@mail.pk, 0300-1234567", published=False) == [
        (
            "site/about/index.html:1: expected no phone number in Git but those of the catalogue, "
            f"found 30…67 ({repair})"
        ),
        (
            "site/about/index.html:1: expected no e-mail address in Git but those of the catalogue, "
            f"found s…@mail.pk ({repair})"
        ),
    ]


def test_a_contact_may_be_written_with_and_without_the_country() -> None:
    contacts = Contacts(frozenset({"923001234567"}), frozenset({"desk@mail.pk"}))
    assert told("0300-1234567 +92 300 1234567 Desk@mail.pk", contacts) == []
    assert told("0301-1234567", contacts) != []


def test_invented_people_are_told_by_nobody() -> None:
    assert told("00000-0000008-1, +92-300-0000008, sidra@mail.example") == []


def test_contacts_of_the_centre_of_courses_and_of_applications_are_gathered() -> None:
    contacts = contacts_of(CentreFolder(ROOT).catalogue(), ["+92-300-9999999", None])
    assert {"92410000000", "923000000000", "92410000001", "923009999999"} <= contacts.phones
    assert {"desk@chenab-skills.example", "baking@chenab-skills.example"} <= contacts.addresses


def test_in_git_the_history_keeps_it() -> None:
    data = tuple(find_personal_data(b"35201-1234567-1"))
    assert [next(stray_contacts("x.md", data, NOBODY, published=where)).kept_by_git for where in (False, True)] == [
        True,
        False,
    ]
