"""The site of the small issuer, day by day: each edition is signed anew, as a centre refreshes its lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from asnad.carriers.payload import dictionary_prefix
from asnad.credentials.contexts import load_contexts
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import manifest_entries, sign_manifest
from asnad.issuers.notices import notices_json
from asnad.messages import read_messages, read_sections
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.site.verifier_file import verifier_file
from asnad.site.verifier_page import PinnedIssuer
from asnad.status.bitstring import with_bit
from asnad.status.status_list import sign_status_list
from browser.conftest import MESSAGES, publish_pages
from browser.static_site import StaticSite
from small_issuer import (
    DAY,
    DICTIONARY,
    DID,
    KEYS,
    LIST,
    LISTED,
    MANIFEST,
    ROOT,
    STATUS,
    STATUS_LIST,
    credential_document,
    digits,
    signed,
)

INDEX = 94_567
PINNED = (PinnedIssuer(DID, (encode_public_key(ROOT.public_key),), time_zone="Asia/Karachi"),)
CODE = digits(signed(credential_document(INDEX)))
OF_DICTIONARY = f"d/{dictionary_prefix(DICTIONARY).hex()}.bin"
DAYS_IN_FORCE = 35


def edition(
    day: int = 0, *, version: int | None = None, revoked: bool = False, keys_version: int = 3
) -> dict[str, bytes]:
    """Sign all that the issuer publishes on a day after `LISTED`."""
    signed_at = LISTED + day * DAY
    bits = with_bit(STATUS_LIST.bits, INDEX) if revoked else STATUS_LIST.bits
    status = replace(STATUS_LIST, valid_from=signed_at, valid_until=signed_at + DAYS_IN_FORCE * DAY, bits=bits)
    files = {
        "asnad/keys.json": canonical_json(sign_keys_file(replace(KEYS, version=keys_version), ROOT)),
        "asnad/notices.json": notices_json(DID, ()),
        LIST: canonical_json(sign_status_list(status, STATUS, load_contexts())),
    }
    manifest = replace(
        MANIFEST,
        version=12 + day if version is None else version,
        issued=signed_at,
        expires=signed_at + DAYS_IN_FORCE * DAY,
        entries=manifest_entries(files),
    )
    signed_manifest = canonical_json(sign_manifest(manifest, STATUS))
    return files | {"asnad/manifest.json": signed_manifest, OF_DICTIONARY: DICTIONARY}


def one_file(
    bundle: Mapping[str, bytes], files: Mapping[str, bytes], day: int = 0, languages: tuple[str, ...] = ("en", "ur")
) -> bytes:
    """Make verifier.html of an edition."""
    texts = {tag: (MESSAGES / f"{tag}.json").read_bytes() for tag in languages}
    return verifier_file(
        bundle,
        issuers=PINNED,
        site_files=files,
        messages=read_messages(texts, "verifier", languages),
        sections=read_sections(texts, "verifier", languages),
        as_of=date(2026, 6, 2 + day),
    )


def put_up(site: StaticSite, bundle: Mapping[str, bytes], files: Mapping[str, bytes], day: int = 0) -> str:
    """Publish an edition in place of whatever stands there, and give the address of the verifier."""
    whole = {**files, "verifier.html": one_file(bundle, files, day)}
    site.files.update(whole)
    return publish_pages(site, PINNED, whole, bundle)
