"""Whether the issuer still stands by a certificate: status list, notices, manifest (docs/format.md §6, check 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from asnad.errors import InvalidError
from asnad.instant import TOLERANCE_SECONDS, parse_instant
from asnad.issuers.keys_file import KeysFile
from asnad.issuers.manifest import Manifest, verify_manifest
from asnad.issuers.notices import Notice, NoticeState, notice_digest, read_notices
from asnad.proofs.strict_json import JSONObject
from asnad.status.status_list import StatusList, verify_status_list
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust

MAX_LEAP = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the lists that are held say about one certificate."""

    outcome: Outcome | None
    """Nothing where a list in force does not withdraw it."""
    reason: str | None
    as_of: int | None
    list_valid_until: int | None
    withdrawn_on: date | None
    versions: str | None
    """Why the versions check has not passed."""


def judge_standing(credential: JSONObject, keys: KeysFile, issuer: IssuerTrust, at: int) -> Standing:
    """
    Look a certificate up in the lists that are held.

    Args:
        credential: Whose content has been checked.

        keys: The issuer's keys.json.

        issuer: Whose files are held.

        at: Seconds since 1970.

    """
    entry = credential["credentialStatus"]
    if not isinstance(entry, dict):
        raise TypeError("the profile has been checked before")
    address, index = str(entry["statusListCredential"]), int(str(entry["statusListIndex"]))
    path = "status/" + address.rpartition("/")[2]
    manifest, manifest_reason = _read_manifest(issuer, keys)
    status_list, list_reason = _read_list(issuer, path, address, keys)
    notice = _find_notice(credential, issuer, keys, manifest)
    standing = Standing(
        outcome=None,
        reason=None,
        as_of=status_list.valid_from if status_list else None,
        list_valid_until=status_list.valid_until if status_list else None,
        withdrawn_on=notice.day if notice else None,
        versions=_versions(manifest, issuer),
    )
    withdrawn = status_list.withdraws(index) if status_list else False
    if notice is not None and notice.state is NoticeState.REPLACED:
        return replace(standing, outcome=Outcome.REPLACED, reason="replaced")
    if withdrawn or notice is not None:
        return replace(standing, outcome=Outcome.REVOKED, reason="withdrawn")
    if status_list is None or withdrawn is None:
        return replace(standing, outcome=Outcome.VALID_STATUS_UNKNOWN, reason=list_reason or "list-invalid")
    if manifest is None:
        return replace(standing, outcome=Outcome.VALID_STATUS_UNKNOWN, reason=manifest_reason)
    unknown = _why_unknown(credential, status_list, path, manifest, issuer, at)
    if unknown:
        return replace(standing, outcome=Outcome.VALID_STATUS_UNKNOWN, reason=unknown)
    stale = _why_stale(status_list, manifest, keys, at)
    if stale:
        return replace(standing, outcome=Outcome.VALID_STATUS_STALE, reason=stale)
    return standing


def _read_manifest(issuer: IssuerTrust, keys: KeysFile) -> tuple[Manifest | None, str | None]:
    data = issuer.files.get("asnad/manifest.json")
    if data is None:
        return None, "manifest-missing"
    try:
        return verify_manifest(data, keys), None
    except InvalidError as error:
        return None, error.reason


def _read_list(issuer: IssuerTrust, path: str, address: str, keys: KeysFile) -> tuple[StatusList | None, str | None]:
    data = issuer.files.get(path)
    if data is None:
        return None, "list-missing"
    try:
        return verify_status_list(data, address, keys), None
    except InvalidError as error:
        return None, error.reason


def _find_notice(
    credential: JSONObject, issuer: IssuerTrust, keys: KeysFile, manifest: Manifest | None
) -> Notice | None:
    data = issuer.files.get("asnad/notices.json")
    if data is None or manifest is None or not manifest.vouches_for("asnad/notices.json", data):
        return None
    try:
        notices = read_notices(data, keys.issuer)
    except InvalidError:
        return None
    wanted = notice_digest(str(credential["id"]))
    return next((notice for notice in notices if notice.digest == wanted), None)


def _versions(manifest: Manifest | None, issuer: IssuerTrust) -> str | None:
    if manifest is None:
        return "manifest-missing"
    if issuer.seen is None:
        return "first-seen"
    if manifest.version < issuer.seen.manifest:
        return "manifest-rolled-back"
    if manifest.version > issuer.seen.manifest + MAX_LEAP:
        return "manifest-leapt"
    return None


def _why_unknown(
    credential: JSONObject, status_list: StatusList, path: str, manifest: Manifest, issuer: IssuerTrust, at: int
) -> str | None:
    versions = _versions(manifest, issuer)
    if versions in ("manifest-rolled-back", "manifest-leapt"):
        return versions
    for held in ("asnad/keys.json", "asnad/notices.json", path):
        if not manifest.vouches_for(held, issuer.files.get(held)):
            return "manifest-mismatch"
    try:
        read_notices(issuer.files["asnad/notices.json"], manifest.issuer)
    except InvalidError as error:
        return error.reason
    issued = parse_instant(credential["validFrom"])
    if issued is None or status_list.valid_from < issued:
        return "list-older"
    if max(status_list.valid_from, manifest.issued) > at + TOLERANCE_SECONDS:
        return "list-early"
    return None


def _why_stale(status_list: StatusList, manifest: Manifest, keys: KeysFile, at: int) -> str | None:
    if status_list.valid_until < at:
        return "list-ran-out"
    if manifest.expires < at:
        return "manifest-ran-out"
    if keys.valid_until < at:
        return "keys-ran-out"
    return None
