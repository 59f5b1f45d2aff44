"""The yearly change of a key, and a key that shall sign no more: what it signed stays good, here and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from asnad.desk.keys_publication import find_key, former_roots, open_roots, publish_from_desk, with_keys
from asnad.desk.ledger import Event, Issued, Resigned
from asnad.desk.new_key import make_listed_key
from asnad.desk.renewal import signing_moment
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import SigningError
from asnad.instant import parse_instant
from asnad.issuers.keys_file import IssuerKey, KeyState, Role
from asnad.signing.key_file import MODERATE, KeyCost
from asnad.status.public_record import PublicRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """What became of keys."""

    record: PublicRecord
    made: tuple[IssuerKey, ...] = ()
    retired: tuple[IssuerKey, ...] = ()
    roots_left: tuple[str, ...] = ()
    """Root keys by which keys.json is no longer signed."""


def rotate(work: Workplace, role: Role, cost: KeyCost = MODERATE) -> KeyChange:
    """
    Make a key for the next year, and retire every older one of its role.

    A retired key stays in keys.json and in the did document, so that what it signed stays good; it signs no more.

    Args:
        work: The desk; its store holds the root key now.

        role: Of the keys that change.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: A key cannot be opened or made.

        IssuingError: The private ledger is not whole, so that nobody knows what the older keys have signed.

    """
    with locked(work.folder.credentials):
        record, events = work.record(), work.whole_ledger()
        at = signing_moment(record, work.clock())
        roots = open_roots(work, record)
        older = [key for key in record.keys.keys if key.role is role and key.state is KeyState.ACTIVE]
        retired = tuple(_retired(key, events, at) for key in older)
        made = make_listed_key(work, record.keys, role, at, cost)
        after = publish_from_desk(work, record, with_keys(record.keys, (*retired, made)), roots, at)
    return KeyChange(record=after, made=(made,), retired=retired, roots_left=roots_left(record, after))


def retire(work: Workplace, name: str) -> KeyChange:
    """
    Retire a key that nobody suspects, such as that of a registrar who leaves.

    A key that is retired already is given the time that it needs where the ledger has come to know of a later
    signature of it, which happens when two machines have issued side by side.

    Args:
        work: The desk; its store holds the root key now.

        name: Of the key, such as ``key-2026a``.

    Raises:
        SigningError: There is no such active key, no other one of its role, or one cannot be opened.

        IssuingError: The private ledger is not whole, so that nobody knows what the key has signed.

    """
    with locked(work.folder.credentials):
        record, events = work.record(), work.whole_ledger()
        at = signing_moment(record, work.clock())
        key = find_key(record.keys, name)
        late = key.state is KeyState.RETIRED and _last_signature(key, events) >= key.end
        if key.state is not KeyState.ACTIVE and not late:
            raise SigningError(
                f"expected a key that still signs, found one that is {key.state}",
                place=key.id,
                hint="to see all keys: asnad keys list; if it may be stolen: asnad keys compromise " + key.fragment(),
            )
        retired = _retired(key, events, at)
        keys = with_keys(record.keys, [retired])
        if keys.active(key.role, at) is None:
            raise SigningError(
                f"expected another {key.role} key that signs from then on, found none",
                place=key.id,
                hint=f"make one and retire this one with it: asnad keys rotate --role {key.role}",
            )
        after = publish_from_desk(work, record, keys, open_roots(work, record), at)
    return KeyChange(record=after, retired=(retired,), roots_left=roots_left(record, after))


def roots_left(before: PublicRecord, after: PublicRecord) -> tuple[str, ...]:
    """
    Name the root keys that signed keys.json before a change and do not sign it any more.

    Args:
        before: As it was published.

        after: As it is published now.

    """
    signing = {after.keys.root_id, *former_roots(after)}
    return tuple(name for name in (before.keys.root_id, *former_roots(before)) if name not in signing)


def _retired(key: IssuerKey, events: Iterable[Event], at: int) -> IssuerKey:
    """
    End a key's time, but after everything that it has signed.

    A clock may have been ahead when it signed; a certificate dated after the key's time would be invalid.
    """
    last = _last_signature(key, events)
    end = min(key.end, at + 1) if key.state is KeyState.ACTIVE else key.end
    return replace(key, state=KeyState.RETIRED, end=max(end, last + 1))


def _last_signature(key: IssuerKey, events: Iterable[Event]) -> int:
    moments = [
        event.issued if isinstance(event, Issued) else event.resigned
        for event in events
        if isinstance(event, Issued | Resigned) and event.key == key.id
    ]
    return max((parse_instant(moment) or 0 for moment in moments), default=0)
