"""Signing the lists and the manifest anew; done after every issue and withdrawal, and when they grow old."""

from __future__ import annotations

from dataclasses import dataclass, replace

from asnad.errors import SigningError
from asnad.instant import TOLERANCE_SECONDS, format_instant
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import Role
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest
from asnad.issuers.notices import notices_json
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import Signer
from asnad.proofs.rdf_dataset import Contexts
from asnad.status.public_record import PublicRecord
from asnad.status.status_list import sign_status_list

DAY = 86_400
LIST_DAYS = 35
WARNING_DAYS = 14


@dataclass(frozen=True, slots=True)
class Renewal:
    """New files, by path below the site, and the record that they make."""

    files: dict[str, bytes]
    record: PublicRecord


def renew(record: PublicRecord, at: int, signer: Signer, contexts: Contexts) -> Renewal:
    """
    Sign every list and the manifest for another period.

    Args:
        record: Keys, lists and notices as they are to be.

        at: Moment of signing, in seconds since 1970.

        signer: Holds a status key.

        contexts: Pinned contexts.

    """
    until = at + LIST_DAYS * DAY
    lists = {
        number: replace(status_list, valid_from=at, valid_until=until) for number, status_list in record.lists.items()
    }
    files = {
        f"status/{number}.json": canonical_json(sign_status_list(status_list, signer, contexts))
        for number, status_list in sorted(lists.items())
    }
    did = record.keys.issuer
    files["asnad/notices.json"] = notices_json(did, record.notices)
    files["asnad/keys.json"] = record.keys_json
    files[did_document_path(did)] = record.did_json
    manifest = Manifest(
        issuer=did,
        version=record.manifest.version + 1,
        issued=at,
        expires=until,
        entries=manifest_entries(files | dict(record.frozen)),
    )
    files["asnad/manifest.json"] = canonical_json(sign_manifest(manifest, signer))
    return Renewal(files, replace(record, lists=lists, manifest=manifest))


def signing_moment(record: PublicRecord, clock: int) -> int:
    """
    Take the moment of signing from the clock, unless what was signed before shows that the clock is wrong.

    A list that is older than a certificate says nothing about it, so time must never go back.

    Args:
        record: As published.

        clock: What this machine says, in seconds since 1970.

    Raises:
        SigningError: The clock is more than ten minutes behind the last signature.
    """
    if clock + TOLERANCE_SECONDS < record.manifest.issued:
        raise SigningError(
            f"expected a time after the last signature, {format_instant(record.manifest.issued)}, "
            f"got {format_instant(clock)}",
            place="this machine's clock",
            hint="set date and time; if they were wrong at the last signature: asnad refresh --clock-was-wrong",
        )
    return max(clock, record.manifest.issued)


def days_left(record: PublicRecord, at: int) -> int:
    """
    Count the days until lists, manifest, keys.json or the status key run out; negative where one has.

    Args:
        record: As published.

        at: Seconds since 1970.

    """
    ends = [record.manifest.expires, *(status_list.valid_until for status_list in record.lists.values())]
    return (min([*ends, _keys_end(record, at)]) - at) // DAY


def run_out_warning(record: PublicRecord, at: int) -> str | None:
    """
    Warn from two weeks before a list runs out.

    Args:
        record: As published.

        at: Seconds since 1970.

    """
    left = days_left(record, at)
    keys_left = (_keys_end(record, at) - at) // DAY
    if keys_left < WARNING_DAYS:
        return f"keys.json or the status key runs out in {keys_left} days. Run: asnad keys rotate --role status"
    if left >= WARNING_DAYS:
        return None
    when = f"run out in {left} days" if left >= 0 else f"ran out {-left} days ago"
    return f"the status lists {when}; certificates then show as not up to date. Run: asnad refresh"


def _keys_end(record: PublicRecord, at: int) -> int:
    status = record.keys.active(Role.STATUS, at)
    return min(record.keys.valid_until, status.end if status else at)
