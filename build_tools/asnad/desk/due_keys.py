"""What is due of keys and what they sign: lists, keys.json, yearly keys, what lies on this machine, names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from asnad.catalogue.centre import Centre
from asnad.desk.due import DAY, Calendar, Due, DueKind
from asnad.desk.keys_publication import issuer_names
from asnad.desk.renewal import WARNING_DAYS
from asnad.issuers.keys_file import KeysFile, Role
from asnad.signing.key_file import KeyFile, KeyRole
from asnad.status.public_record import PublicRecord
from asnad.verification.trusted_issuer import TrustedIssuer

KEY_DAYS = 60
"""How long before its end a key or keys.json is spoken of: the root key must be fetched, and letters be written."""
YEAR_DAYS = 365
AGE_DAYS = 30
"""How long before an issuing key is a year old."""
NAME_DAYS = 60
TRUSTED_DAYS = 7
"""How long before the lists of another issuer run out here: before that, it signs new ones itself."""


def lists_due(calendar: Calendar, record: PublicRecord) -> Iterator[Due]:
    """
    Tell when the status lists or the manifest run out.

    Args:
        calendar: The present moment.

        record: As published.

    """
    end = min([record.manifest.expires, *(item.valid_until for item in record.lists.values())])
    if end - calendar.at < WARNING_DAYS * DAY:
        word = "run" if end > calendar.at else "ran"
        what = f"Status lists and manifest {word} out; certificates then show as not up to date"
        yield calendar.by_moment(DueKind.LISTS, what, "asnad refresh", end)


def trusted_due(calendar: Calendar, trusted: Iterable[TrustedIssuer]) -> Iterator[Due]:
    """
    Tell when the lists of another issuer that this centre's site carries run out.

    Args:
        calendar: The present moment.

        trusted: Whom the centre trusts besides itself.

    """
    for issuer in trusted:
        end = issuer.published.runs_out()
        if end - calendar.at < TRUSTED_DAYS * DAY:
            word = "run" if end > calendar.at else "ran"
            what = f"Lists of {issuer.record.names[0]} {word} out here; its certificates then show as not up to date"
            yield calendar.by_moment(DueKind.TRUSTED, what, f"asnad trust refresh {issuer.record.did}", end)


def keys_due(calendar: Calendar, keys: KeysFile) -> Iterator[Due]:
    """
    Tell when keys.json or a key that signs runs out, or an issuing key is a year old.

    Args:
        calendar: The present moment.

        keys: As published.

    """
    if keys.valid_until - calendar.at < KEY_DAYS * DAY:
        what = "keys.json runs out; every certificate then shows as not up to date"
        yield calendar.by_moment(DueKind.KEYS_FILE, what, "asnad keys rotate --role status", keys.valid_until)
    for role, kind in ((Role.ISSUING, DueKind.ISSUING_KEY), (Role.STATUS, DueKind.STATUS_KEY)):
        key = keys.active(role, calendar.at)
        command = f"asnad keys rotate --role {role}"
        if key is None:
            ends = (key.end for key in keys.keys if key.role is role and key.end <= calendar.at)
            what = f"No {role} key is in its time; nothing can be signed"
            yield calendar.by_moment(kind, what, command, max(ends, default=calendar.at))
            continue
        year = key.start + YEAR_DAYS * DAY
        if key.end - calendar.at < KEY_DAYS * DAY:
            yield calendar.by_moment(kind, f"{key.fragment()}, the {role} key, runs out", command, key.end)
        elif role is Role.ISSUING and year - calendar.at < AGE_DAYS * DAY:
            what = f"{key.fragment()}, the issuing key, has served a year; one a year keeps a theft small"
            yield calendar.by_moment(kind, what, command, year)


def machine_due(calendar: Calendar, *, keys: bool, records: bool) -> Iterator[Due]:
    """
    Tell whether this machine lacks what it needs to issue, as a fresh clone does.

    Args:
        calendar: The present moment.

        keys: Whether any private key of the centre is here.

        records: Whether the private ledger is here, or nothing was issued yet.

    """
    absent = [] if keys else ["no private key of this centre"]
    absent += [] if records else ["no credentials/private"]
    if absent:
        what = f"This machine cannot issue: it has {' and '.join(absent)}"
        yield calendar.undated(DueKind.MACHINE, what, "asnad restore BACKUP --into .")


def private_parts_due(calendar: Calendar, keys: KeysFile, here: Collection[str]) -> Iterator[Due]:
    """
    Tell for which roles keys sign whose private part is not on this machine, while none is that is.

    Args:
        calendar: The present moment.

        keys: As published.

        here: Ids of the keys whose private part is on this machine.

    """
    own = replace(keys, keys=tuple(key for key in keys.keys if key.id in here))
    for role, kind in ((Role.ISSUING, DueKind.ISSUING_KEY), (Role.STATUS, DueKind.STATUS_KEY)):
        key = keys.active(role, calendar.at)
        if key is not None and own.active(role, calendar.at) is None:
            what = f"{key.fragment()}, the {role} key, is not on this machine, and no other {role} key is"
            command = f"Copy it here from where it lies, or make another: asnad keys new --role {role}"
            yield calendar.undated(kind, what, command)


def root_keys_due(calendar: Calendar, keys: KeysFile, key_files: Collection[KeyFile]) -> Iterator[Due]:
    """
    Tell whether root keys lie on this machine, and whether the next one is missing beside them.

    Args:
        calendar: The present moment.

        keys: As published.

        key_files: Those on this machine.

    """
    roots = [key for key in key_files if key.role is KeyRole.ROOT]
    if not roots:
        return
    names = " and ".join(key.id.partition("#")[2] for key in roots)
    what = f"Private root key on this computer: {names}. Whoever steals it can make any key"
    yield calendar.undated(DueKind.ROOT_KEY, what, "Move it to a USB stick, with a second copy, and lock both away")
    if not any(sha256(key.public_key).digest() == keys.next_root_digest for key in roots):
        what = "The next root key, which keys.json names, is not beside the root key"
        yield calendar.undated(DueKind.NEXT_ROOT, what, "Look for root-next on the USB stick and in the backup")


def names_due(calendar: Calendar, centre: Centre, keys: KeysFile) -> Iterator[Due]:
    """
    Tell of a new name of the centre, and of names and numbers that keys.json does not have.

    Args:
        calendar: The present moment.

        centre: As the catalogue says.

        keys: As published.

    """
    command = "asnad keys rotate --role status"
    published = {(name.name, name.start) for name in keys.names}
    new = [name for name in issuer_names(centre) if (name.name, name.start) not in published]
    for start in sorted({name.start for name in new}):
        names = " / ".join(name.name for name in new if name.start == start)
        if (start - calendar.today).days <= NAME_DAYS:
            what = f"The centre’s name “{names}” is not in keys.json yet"
            yield calendar.by_day(DueKind.CENTRE_NAME, what, command, start)
    same_contact = (keys.phone, keys.email) == (centre.contact.phone, centre.contact.email)
    if not new and not (same_contact and set(issuer_names(centre)) == set(keys.names)):
        what = "keys.json has another name, phone or e-mail of the centre than centre.yml"
        yield calendar.undated(DueKind.CENTRE_NAME, what, command)
