"""How addresses are written: of pages, of skills, of the site and its verifier, and the did:web."""

from __future__ import annotations

from asnad.catalogue.addresses import ESCO, did_web, secure_address, site_address, skill_address, verifier_address
from asnad.catalogue.forms import Form
from asnad.catalogue.outline import Outline

_SECURE = r"https://.+"

DID_WEB = Form(
    "a did:web",
    did_web,
    "",
    "Such as did:web:skills.example, with the host in small letters",
    Outline(pattern=r"did:web:.+"),
)
WEB_ADDRESS = Form(
    "an address that begins with https://",
    secure_address,
    "",
    "Such as https://skills.example/apply",
    Outline(pattern=_SECURE),
)
SKILL_ADDRESS = Form(
    "an address that begins with https://, or with http://data.europa.eu/esco/",
    skill_address,
    "",
    "Such as http://data.europa.eu/esco/skill/ and the id of the skill",
    Outline(pattern=rf"(?:https://|{ESCO}).+"),
)
SITE_ADDRESS = Form(
    "an address that begins with https:// and ends in /",
    site_address,
    "",
    "Such as https://skills.example/",
    Outline(pattern=rf"{_SECURE}/"),
)
VERIFIER_ADDRESS = Form(
    "an address that begins with https:// (http:// only on a local network) and ends in /",
    verifier_address,
    "",
    "Such as https://skills.example/v/",
    Outline(pattern=r"https?://.+/"),
)
