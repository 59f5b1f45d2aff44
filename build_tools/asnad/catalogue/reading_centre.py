"""Read ``centre.yml``."""

from __future__ import annotations

from datetime import date

from asnad.catalogue.address_forms import DID_WEB, SITE_ADDRESS, VERIFIER_ADDRESS, WEB_ADDRESS
from asnad.catalogue.addresses import site_of
from asnad.catalogue.centre import (
    Centre,
    Contact,
    DatedName,
    Department,
    DepartmentId,
    Instructor,
    LegalStatus,
    Partner,
    PartnerId,
    PersonId,
    Profile,
    Signatory,
    Venue,
    VenueId,
)
from asnad.catalogue.fields import Fields
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import (
    CODE,
    COUNTRY,
    DAY,
    EMAIL,
    IDENTIFIER,
    LANGUAGE,
    LINE,
    PARAGRAPHS,
    PHONE,
    TIME_ZONE,
    YES_NO,
    member,
    word,
)
from asnad.catalogue.nodes import ListNode, MapNode, Node, TextNode

DEFAULT_LANGUAGE = "en"


def site_language(root: Node | None) -> str:
    """
    Find the first language of the site, in which a text is that names none.

    Args:
        root: Of ``centre.yml``, which may be wrong in any way.

    """
    entry = root.entry("languages") if isinstance(root, MapNode) else None
    match entry.node if entry else None:
        case ListNode(items=(TextNode(text=text), *_)):
            return LANGUAGE.parse(text) or DEFAULT_LANGUAGE
        case _:
            return DEFAULT_LANGUAGE


def read_centre(fields: Fields) -> Centre:
    """
    Read the centre.

    Args:
        fields: Of the whole file.

    """
    did = fields.value("did", DID_WEB)
    site = fields.value_or("site", SITE_ADDRESS, site_of(did))
    if fields.is_sound("did") and fields.is_sound("site") and site != site_of(did):
        message = f"expected the address of the did, {shown(site_of(did))}, got {shown(site)}"
        fields.note("site", message, "Leave it out; it follows from the did")
    moved_to = fields.optional("moved_to", SITE_ADDRESS)
    if moved_to and fields.is_sound("moved_to") and fields.is_sound("did") and moved_to == site_of(did):
        message = f"expected another address than that of the did, got {shown(moved_to)}"
        fields.note("moved_to", message, "Leave it out where the site has never moved, or has come back")
    father_name, identity_digits = fields.part_or_empty("certificate", _read_printed)
    return Centre(
        did=did,
        site=site,
        moved_to=moved_to,
        verifier=fields.value("verifier", VERIFIER_ADDRESS),
        names=fields.parts("names", _read_dated_name, least=1),
        parent=fields.optional_text("parent"),
        country=fields.value("country", COUNTRY),
        country_name=fields.text("country_name"),
        region=fields.optional_text("region"),
        languages=fields.values("languages", LANGUAGE, least=1),
        time_zone=fields.value("time_zone", TIME_ZONE),
        legal_status=fields.text("legal_status", PARAGRAPHS),
        contact=fields.part_or_empty("contact", read_contact),
        departments=fields.parts("departments", _read_department, key=lambda item: item.id, least=1),
        venues=fields.parts("venues", _read_venue, key=lambda item: item.id),
        signatories=fields.parts("signatories", _read_signatory, key=lambda item: item.id),
        repository_private=fields.value_or("repository", word("public", "private"), "public") == "private",
        second_person=fields.value_or("approval", word("none", "second-person"), "none") == "second-person",
        demonstration=fields.value_or("demonstration", YES_NO, False),
        print_father_name=father_name,
        print_identity_digits=identity_digits,
        serial_prefix=fields.value("serial_prefix", CODE),
        profile=fields.value_or("profile", member(Profile), Profile.LOCAL),
        legal_status_elsewhere=fields.parts(
            "legal_status_elsewhere", _read_legal_status, key=lambda item: item.country
        ),
        partners=fields.parts("partners", _read_partner, key=lambda item: item.id),
        instructors=fields.parts("instructors", _read_instructor, key=lambda item: item.id),
    )


def read_contact(fields: Fields) -> Contact:
    """
    Read whom to ask.

    Args:
        fields: Of the contact.

    """
    return Contact(
        name=fields.optional_text("name"),
        phone=fields.optional("phone", PHONE),
        whatsapp=fields.optional("whatsapp", PHONE),
        email=fields.optional("email", EMAIL),
    )


def _read_printed(fields: Fields) -> tuple[bool, bool]:
    return fields.value_or("father_name", YES_NO, False), fields.value_or("identity_digits", YES_NO, False)


def _read_dated_name(fields: Fields) -> DatedName:
    return DatedName(name=fields.text("name"), start=fields.value("from", DAY), end=fields.optional("to", DAY))


def _read_department(fields: Fields) -> Department:
    dated = fields.parts("names", _read_dated_name)
    # A department that was never renamed needs no days.
    names = dated or (DatedName(name=fields.text("name"), start=date.min, end=None),)
    return Department(
        id=DepartmentId(fields.value("id", IDENTIFIER)),
        names=names,
        summary=fields.optional_text("summary", PARAGRAPHS),
        contact=fields.optional_part("contact", read_contact),
    )


def _read_legal_status(fields: Fields) -> LegalStatus:
    return LegalStatus(
        country=fields.value("country", COUNTRY),
        country_name=fields.text("country_name"),
        text=fields.text("text", PARAGRAPHS),
    )


def _read_partner(fields: Fields) -> Partner:
    return Partner(
        id=PartnerId(fields.value("id", IDENTIFIER)),
        name=fields.text("name"),
        country=fields.value("country", COUNTRY),
        url=fields.optional("url", WEB_ADDRESS),
        statement=fields.optional_text("statement", PARAGRAPHS),
    )


def _read_instructor(fields: Fields) -> Instructor:
    return Instructor(
        id=PersonId(fields.value("id", IDENTIFIER)),
        name=fields.text("name"),
        office=fields.optional_text("office"),
    )


def _read_venue(fields: Fields) -> Venue:
    return read_place(fields, VenueId(fields.value("id", IDENTIFIER)))


def read_place(fields: Fields, venue_id: VenueId) -> Venue:
    """
    Read a place where runs are held.

    Args:
        fields: Of the venue, but for its id.

        venue_id: Its id.

    """
    return Venue(
        id=venue_id,
        name=fields.text("name"),
        city=fields.text("city"),
        country=fields.value("country", COUNTRY),
        accessible=fields.optional_text("accessible", PARAGRAPHS),
        hostel=fields.optional_text("hostel", PARAGRAPHS),
    )


def _read_signatory(fields: Fields) -> Signatory:
    return Signatory(
        id=PersonId(fields.value("id", IDENTIFIER)),
        name=fields.text("name", LINE),
        office=fields.text("office", LINE),
        start=fields.value("from", DAY),
        end=fields.optional("to", DAY),
    )
