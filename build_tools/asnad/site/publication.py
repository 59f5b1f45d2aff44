"""
The part of the site that is not the catalogue: certificates' pages, keys, lists, achievements, the verifier.

Every credential is verified before it is drawn, and nothing here can sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from asnad.carriers.payload import dictionary_prefix
from asnad.carriers.received import verify_digits
from asnad.catalogue.catalogue import Catalogue
from asnad.credentials.digest import credential_digest
from asnad.errors import InvalidError, PublicationError, SigningError
from asnad.instant import day_at
from asnad.issuers.did_web import did_document_path
from asnad.issuers.ledger import PublicEvent
from asnad.issuers.pack import PATH as PACK
from asnad.issuers.pack import Pack, pack_files, pack_json
from asnad.issuers.refused_keys import refuse_published_key
from asnad.issuers.statistics import PATH as STATISTICS
from asnad.issuers.statistics import read_statistics
from asnad.messages import Messages
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.strict_json import JSONObject
from asnad.site.certificate import CertificateView, Unsigned, certificate_view
from asnad.site.certificate_page import certificate_page
from asnad.site.certificate_picture import baked_pictures
from asnad.site.demonstration_page import demonstration_page_files
from asnad.site.demonstration_states import PATH as STATES
from asnad.site.demonstration_states import DemonstrationState
from asnad.site.link_page import link_page_files
from asnad.site.stationery import Stationery
from asnad.site.verifier_file import PATH as VERIFIER_FILE
from asnad.site.verifier_file import verifier_file
from asnad.site.verifier_page import PinnedIssuer, TrustedSince, verifier_files
from asnad.status.public_record import PublicRecord, read_public_record
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.trusted_issuer import TrustedIssuer
from asnad.verification.verify import verify_document

_PUBLIC = re.compile(
    r"(\.well-known/)?did\.json|asnad/(keys|manifest|notices|statistics)\.json|asnad/frozen/[a-z0-9-]+\.bin"
    r"|status/[1-9][0-9]*\.json|d/[0-9a-f]{8}\.bin|achievements/[a-z0-9-]+/[1-9][0-9]*\.json"
)
# A page is drawn like the paper and says nothing of validity, so what was withdrawn has none. What a stolen key
# signed and the centre itself doubts gets its page back when it was found to be good.
_WITHOUT_PAGE = frozenset((Outcome.REVOKED, Outcome.REPLACED, Outcome.KEY_WITHDRAWN))
_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCredential:
    """A credential whose learner agreed to a page, as it lies in ``credentials/published``."""

    name: str
    """The UUID."""
    data: bytes
    code_digits: str
    link_digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFiles:
    """Everything under ``credentials/`` and ``keys/`` that a build reads."""

    public: Mapping[str, bytes]
    """Signed and frozen files by path below the site."""
    published: tuple[PublishedCredential, ...]
    ledger: tuple[PublicEvent, ...]
    root_keys: tuple[bytes, ...]
    trusted: tuple[TrustedIssuer, ...] = ()
    """The other issuers whose certificates the centre's pages judge."""
    states: tuple[DemonstrationState, ...] = ()
    """Of a demonstration: certificates that show the answers of the verifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationParts:
    """What pages are made of: scripts, templates, words."""

    verifier_bundle: Mapping[str, bytes]
    stationery: Stationery
    certificate_style: Mapping[str, bytes]
    """``c/page.css``, ``c/link.css`` and the fonts beside them."""
    demonstration_style: bytes
    demonstration_messages: Mapping[str, Messages]
    verifier_messages: Mapping[str, Messages]
    verifier_sections: Mapping[str, Mapping[str, object]]


def published_credentials(files: Mapping[str, bytes]) -> tuple[PublishedCredential, ...]:
    """
    Pair the files of ``credentials/published``.

    Args:
        files: By name.

    Raises:
        PublicationError: A file has no partner, or another name than Asnad gives.

    """
    found = []
    for file_name, data in sorted(files.items()):
        name, _, kind = file_name.partition(".")
        place = f"credentials/published/{file_name}"
        if not _NAME.fullmatch(name) or kind not in ("json", "digits"):
            raise PublicationError(
                "expected only files that asnad issue has written", place=place, hint="take it out of this folder"
            )
        if kind == "json":
            digits = files.get(f"{name}.digits", b"").decode("ascii", "replace").split()
            if len(digits) != 2:
                raise PublicationError("expected its .digits file beside it", place=place, hint="restore it from Git")
            found.append(PublishedCredential(name=name, data=data, code_digits=digits[0], link_digits=digits[1]))
    return tuple(found)


def publication_files(
    catalogue: Catalogue, issuer: IssuerFiles, parts: PublicationParts, at: int, *, catalogue_only: bool = False
) -> dict[str, bytes]:
    """
    Make every file of the site that MkDocs does not make.

    Args:
        catalogue: The centre's.

        issuer: What was signed and published so far.

        parts: Scripts, templates, words.

        at: Seconds since 1970; only refuses what could not be verified now, nothing of it is written.

        catalogue_only: Leave out learners' pages, in a clone that does not have them.

    Raises:
        PublicationError: Something that is to be published does not verify, or is missing.

        IssuingError: The issuer's files do not fit its keys.

    """
    centre = catalogue.centre
    record = read_public_record(issuer.public, centre.did, did_document_path(centre.did), issuer.root_keys)
    _refuse_published_keys(record)
    trust = Trust(
        (IssuerTrust(did=centre.did, root_keys=issuer.root_keys, files=issuer.public),),
        tuple(data for path, data in issuer.public.items() if path.startswith("d/")),
    )
    files = _public_files(catalogue, issuer.public)
    files["asnad/trust.json"] = _trust_json(catalogue, issuer)
    files[PACK] = _pack_json(catalogue, issuer, record)
    for other in issuer.trusted:
        files |= other.site_files()
    files |= parts.certificate_style
    if not catalogue_only:
        _refuse_missing_pages(issuer)
        for credential in issuer.published:
            files |= _certificate_files(credential, catalogue, record, trust, parts, at)
    issuers = pinned_issuers(catalogue, issuer)
    files |= link_page_files(parts.verifier_bundle, parts.stationery, issuers=issuers, time_zone=centre.time_zone)
    if issuer.states:
        _refuse_states_of_real_centre(catalogue, record)
        files |= demonstration_page_files(
            parts.verifier_bundle,
            parts.stationery.environment,
            parts.demonstration_style,
            issuer.states,
            issuers=issuers,
            verifier=centre.verifier,
            messages=parts.demonstration_messages,
            answers=parts.verifier_messages,
        )
    files[VERIFIER_FILE] = verifier_file(
        parts.verifier_bundle,
        issuers=issuers,
        site_files=files,
        messages=parts.verifier_messages,
        sections=parts.verifier_sections,
        as_of=day_at(record.manifest.issued, "UTC"),
    )
    files |= verifier_files(
        parts.verifier_bundle,
        issuers=issuers,
        site_files=files,
        messages=parts.verifier_messages,
        sections=parts.verifier_sections,
    )
    return files


def pinned_issuers(catalogue: Catalogue, issuer: IssuerFiles) -> tuple[PinnedIssuer, ...]:
    """
    Give whom the centre's pages pin: the centre itself, then the others that it trusts.

    Args:
        catalogue: For the did and the time zone.

        issuer: What is pinned, and the others.

    """
    centre = PinnedIssuer(
        did=catalogue.centre.did,
        root_keys=tuple(encode_public_key(key) for key in issuer.root_keys),
        time_zone=catalogue.centre.time_zone,
    )
    others = (
        PinnedIssuer(
            did=other.record.did,
            root_keys=tuple(encode_public_key(key) for key in other.record.root_keys),
            base=f"../{other.folder}",
            time_zone=other.record.time_zone,
            trusted=TrustedSince(names=other.pack.names, source=other.record.source, added=other.record.added),
        )
        for other in issuer.trusted
    )
    return (centre, *others)


def unsigned_parts(catalogue: Catalogue, record: PublicRecord, code_digits: str, link_digits: str) -> Unsigned:
    """
    Gather what a certificate shows beside what was signed.

    Args:
        catalogue: For the verifier's address.

        record: For the contact in keys.json.

        code_digits: For the QR code.

        link_digits: For the link.

    """
    verifier = catalogue.centre.verifier
    return Unsigned(
        code_url=f"{verifier}#{code_digits}",
        link_url=f"{verifier}#{link_digits}",
        phone=record.keys.phone,
        email=record.keys.email,
        demonstration=record.keys.demonstration,
    )


def _public_files(catalogue: Catalogue, public: Mapping[str, bytes]) -> dict[str, bytes]:
    for path, data in public.items():
        place = f"credentials/public/{path}"
        if not _PUBLIC.fullmatch(path):
            raise PublicationError("expected only files that Asnad has written", place=place, hint="take it out")
        if path.startswith("d/") and dictionary_prefix(data).hex() != path[2:10]:
            raise PublicationError("expected the dictionary of this name, found another", place=place)
    if STATISTICS in public:
        read_statistics(public[STATISTICS], catalogue.centre.did)
    courses = {course.id for course in catalogue.courses}
    vanished = [path for path in public if path.startswith("achievements/") and path.split("/")[1] not in courses]
    if vanished:
        raise PublicationError(
            "expected the course of which certificates were issued, found none",
            place=f"credentials/public/{vanished[0]}",
            hint="keep its file in catalogue/courses with status: retired",
        )
    return dict(public)


def _refuse_published_keys(record: PublicRecord) -> None:
    """Refuse keys whose private part is printed in test vectors: anybody could sign with them."""
    for key_id, public_key in (
        (record.keys.root_id, record.keys.root_key),
        *((k.id, k.public_key) for k in record.keys.keys),
    ):
        try:
            refuse_published_key(public_key)
        except SigningError as error:
            raise PublicationError(
                str(error), place=f"keys.json: {key_id}", hint="hold a new key ceremony: asnad keys ceremony"
            ) from None


def _trust_json(catalogue: Catalogue, issuer: IssuerFiles) -> bytes:
    names = tuple(text for dated in catalogue.centre.names for _, text in dated.name.versions)
    issuers = [_trust_entry(catalogue.centre.did, issuer.root_keys, names)]
    for other in issuer.trusted:
        entry = _trust_entry(other.record.did, other.record.root_keys, other.pack.names)
        issuers.append(entry | {"source": other.record.source, "added": other.record.added.isoformat()})
    return canonical_json({"type": "AsnadTrust", "format": 1, "issuers": list(issuers)})


def _trust_entry(did: str, root_keys: tuple[bytes, ...], names: tuple[str, ...]) -> JSONObject:
    return {"did": did, "rootKeys": [encode_public_key(key) for key in root_keys], "names": list(names)}


def _pack_json(catalogue: Catalogue, issuer: IssuerFiles, record: PublicRecord) -> bytes:
    pack = Pack(
        did=catalogue.centre.did,
        site=record.keys.sites[0],
        names=tuple(dict.fromkeys(name.name for name in record.keys.names)),
        root_keys=issuer.root_keys,
        time_zone=catalogue.centre.time_zone,
        files=pack_files(issuer.public),
    )
    try:
        return pack_json(pack)
    except InvalidError as error:
        raise PublicationError(error.message, place=PACK, hint="tell those who keep Asnad; nothing was lost") from None


def _refuse_states_of_real_centre(catalogue: Catalogue, record: PublicRecord) -> None:
    """Refuse a page of withdrawn, altered and invented certificates where people look for real ones."""
    if not (catalogue.centre.demonstration and record.keys.demonstration):
        raise PublicationError(
            "expected certificates that show the answers of the verifier only in a demonstration, found a real centre",
            place=f"credentials/{STATES}",
            hint="take the folder credentials/demonstration out",
        )


def _refuse_missing_pages(issuer: IssuerFiles) -> None:
    unpublished = {event.digest for event in issuer.ledger if event.type == "unpublished"}
    counted = {event.digest for event in issuer.ledger if event.type == "published"} - unpublished
    issued = {event.digest for event in issuer.ledger if event.type == "issued"}
    held = len(issuer.published)
    if held != len(counted) or not counted <= issued:
        raise PublicationError(
            f"expected {len(counted)} credentials of learners who agreed to a page, found {held}",
            place="credentials/published",
            hint="restore them from the backup, or build without them: asnad build --catalogue-only",
        )


def _certificate_files(
    credential: PublishedCredential,
    catalogue: Catalogue,
    record: PublicRecord,
    trust: Trust,
    parts: PublicationParts,
    at: int,
) -> dict[str, bytes]:
    report = verify_document(credential.data, trust, at)
    if report.outcome in _WITHOUT_PAGE:
        return {}
    document = _fact(report, credential)
    for digits in (credential.code_digits, credential.link_digits):
        restored = _fact(verify_digits(digits, trust, at), credential)
        if credential_digest(restored) != credential_digest(document):
            raise _refused(credential, "digits that say the same as the file")
    if document["id"] != f"urn:uuid:{credential.name}" or canonical_json(document) != credential.data:
        raise _refused(credential, "the file as it was issued")
    view = _view(document, catalogue, record, credential)
    page = certificate_page(view, parts.stationery, stylesheet="../page.css")
    svg, png = baked_pictures(view, credential.data, parts.stationery)
    base = f"c/{credential.name[:2]}/{credential.name}"
    return {
        f"{base}.html": page.encode("utf-8"),
        f"{base}.json": credential.data,
        f"{base}.svg": svg,
        f"{base}.png": png,
    }


def _view(
    document: JSONObject, catalogue: Catalogue, record: PublicRecord, credential: PublishedCredential
) -> CertificateView:
    unsigned = unsigned_parts(catalogue, record, credential.code_digits, credential.link_digits)
    return certificate_view(document, unsigned, time_zone=catalogue.centre.time_zone)


def _fact(report: Report, credential: PublishedCredential) -> JSONObject:
    if report.credential is None:
        raise _refused(credential, f"a credential of this centre, whose signature fits, got {report.outcome}")
    return report.credential


def _refused(credential: PublishedCredential, expected: str) -> PublicationError:
    return PublicationError(
        f"expected {expected}",
        place=f"credentials/published/{credential.name}.json",
        hint="restore it from Git or from the backup; nothing was published",
    )
