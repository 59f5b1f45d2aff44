"""A key that others may have: what it had really issued is frozen, and nothing else that it signs is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from asnad.desk.keys_publication import find_key, open_roots, publish_from_desk, with_keys
from asnad.desk.ledger import Event, Issued, Lost, Resigned, lost
from asnad.desk.new_key import make_listed_key
from asnad.desk.renewal import signing_moment
from asnad.desk.resigning import Resigning, frozen_digests, resign_good
from asnad.desk.rotation import roots_left
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError, SigningError
from asnad.instant import day_at, parse_instant
from asnad.issuers.keys_file import FrozenList, IssuerKey, KeyState, Role, frozen_path
from asnad.issuers.ledger import PUBLIC
from asnad.signing.key_file import MODERATE, KeyCost
from asnad.status.public_record import PublicRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """What was done about a key that others may have."""

    key: IssuerKey
    made: tuple[IssuerKey, ...]
    """The key in its place, where this machine had no other one."""
    frozen: tuple[Issued | Lost, ...]
    """What it had really issued; this stays good here."""
    doubtful: tuple[Issued | Lost, ...]
    """What the ledger says it issued on or after the day from which it is doubted."""
    resigning: Resigning | None
    """Nothing for a status key."""
    roots_left: tuple[str, ...]
    """Root keys by which keys.json is no longer signed."""


def compromise(
    work: Workplace,
    name: str,
    since: date | None,
    progress: Callable[[int, int], None],
    cost: KeyCost = MODERATE,
) -> Compromise:
    """
    Stop believing a key but for what the ledger says it had really issued, and sign that again with another key.

    Killed and called again, it goes on where it was. Called again with a later day, certificates that were doubted
    and are good come back.

    Args:
        work: The desk; its store holds the root key now.

        name: Of the key, such as ``key-2026a``.

        since: Certificates that the ledger says were issued on or after this day are doubted; nothing where the
            whole ledger is good.

        progress: Told how many are signed again, and of how many.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: There is no such key, or one cannot be opened or made.

        IssuingError: The ledger is not whole, or what was good before would be doubted now.

    """
    with locked(work.folder.credentials):
        record, events = work.record(), work.whole_ledger()
        key = find_key(record.keys, name)
        if key.role is Role.STATUS:
            return _compromise_status(work, record, key, cost)
        issued = _issued_by(work, events, key)
        good = _good(work, record, key, issued, since)
        believed = {event.id for event in good}
        digests = b"".join(sorted(bytes.fromhex(event.digest) for event in good))
        path, before = frozen_path(key), record
        made: tuple[IssuerKey, ...] = ()
        if key.state is not KeyState.COMPROMISED or record.frozen[path] != digests:
            frozen = FrozenList(key=key.id, sha256=sha256(digests).digest(), length=len(digests))
            others = tuple(item for item in record.keys.frozen if item.key != key.id)
            record = replace(
                record,
                keys=replace(record.keys, frozen=(*others, frozen)),
                frozen=dict(record.frozen) | {path: digests},
            )
            record, made = _publish(work, record, before, key, {f"public/{path}": digests}, cost)
        return Compromise(
            key=key,
            made=made,
            frozen=good,
            doubtful=tuple(event for event in issued if event.id not in believed),
            resigning=resign_good(work, key, progress),
            roots_left=roots_left(before, record),
        )


def _compromise_status(work: Workplace, record: PublicRecord, key: IssuerKey, cost: KeyCost) -> Compromise:
    if key.state is KeyState.COMPROMISED:
        raise SigningError("expected a key that is still believed, found one that is compromised", place=key.id)
    after, made = _publish(work, record, record, key, {}, cost)
    left = roots_left(record, after)
    return Compromise(key=key, made=made, frozen=(), doubtful=(), resigning=None, roots_left=left)


def _publish(
    work: Workplace, record: PublicRecord, before: PublicRecord, key: IssuerKey, files: dict[str, bytes], cost: KeyCost
) -> tuple[PublicRecord, tuple[IssuerKey, ...]]:
    """Mark the key, and make another one of its role where this machine has none that is active then."""
    at = signing_moment(record, work.clock())
    roots = open_roots(work, before)
    keys = with_keys(record.keys, [replace(key, state=KeyState.COMPROMISED)])
    made: tuple[IssuerKey, ...] = ()
    if work.own_key(keys, key.role) is None:
        made = (make_listed_key(work, keys, key.role, at, cost),)
    return publish_from_desk(work, record, with_keys(keys, made), roots, at, files), made


def _issued_by(work: Workplace, events: Sequence[Event], key: IssuerKey) -> tuple[Issued | Lost, ...]:
    """List what a key has issued or signed again, by both ledgers."""
    public = {event.digest: event.key for event in work.folder.public_ledger() if event.type == "issued"}
    issued: list[Issued | Lost] = [event for event in events if isinstance(event, Issued)]
    issued += lost(events)
    for event in issued:
        if public[event.digest] != event.key:
            raise IssuingError(
                f"expected the key of the private ledger, {event.key}, found {public[event.digest]}",
                place=f"credentials/{PUBLIC}: {event.digest}",
                hint="restore both ledgers from Git and from the backup made before the key was in doubt",
            )
    again = {event.id for event in events if isinstance(event, Resigned) and event.key == key.id}
    return tuple(event for event in issued if event.key == key.id or event.id in again)


def _good(
    work: Workplace, record: PublicRecord, key: IssuerKey, issued: tuple[Issued | Lost, ...], since: date | None
) -> tuple[Issued | Lost, ...]:
    frozen = frozen_digests(record, key) if key.state is KeyState.COMPROMISED else frozenset()
    if key.state is KeyState.COMPROMISED and since is None:
        return tuple(event for event in issued if event.digest in frozen)
    zone = work.catalogue.centre.time_zone
    # What was signed again after another key was stolen is as old as its first signature, and was looked at then.
    good = tuple(event for event in issued if since is None or event.key != key.id or not _doubted(event, since, zone))
    _refuse_to_take_back(frozen, good, issued, key)
    return good


def _doubted(event: Issued | Lost, since: date, time_zone: str) -> bool:
    if isinstance(event, Lost):  # Of what was lost with a machine only the month is known.
        return event.month >= f"{since:%Y-%m}"
    return day_at(parse_instant(event.issued) or 0, time_zone) >= since


def _refuse_to_take_back(
    frozen: Iterable[str], good: Iterable[Issued | Lost], issued: Iterable[Issued | Lost], key: IssuerKey
) -> None:
    taken_back = frozenset(frozen) - {event.digest for event in good}
    serials = sorted(
        event.serial if isinstance(event, Issued) else event.id for event in issued if event.digest in taken_back
    )
    if taken_back:
        raise IssuingError(
            f"expected a day by which nothing is doubted that was taken for good before, got one that doubts "
            f"{', '.join(serials)}",
            place=key.id,
            hint="these were signed again with another key; withdraw each that is false: asnad revoke SERIAL",
        )
