"""What the public ledger tells of the time after a backup: what can be written down again, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from asnad.desk.ledger import Event, Issued, Lost, PageWithdrawn, Replaced, Withdrawn, ended, paged
from asnad.errors import IssuingError
from asnad.issuers.ledger import PUBLIC, PublicEvent
from asnad.issuers.notices import Notice, notice_digest

UNKNOWN = "unknown"
NOTE = "known from the public ledger; the reason was lost, as it was withdrawn after the backup"


def not_yet(events: Iterable[Event], earlier: Iterable[Event]) -> tuple[Event, ...]:
    """
    List what is in a ledger and not in an earlier one; an erased name does not make another event.

    Args:
        events: Of the later ledger.

        earlier: Of the earlier one.

    """
    known = Counter((type(event), event.id) for event in earlier)
    later = []
    for event in events:
        if known[type(event), event.id]:
            known[type(event), event.id] -= 1
        else:
            later.append(event)
    return tuple(later)


def lost_certificates(events: Iterable[Event], public: Iterable[PublicEvent]) -> tuple[PublicEvent, ...]:
    """
    List the certificates of which only the public ledger tells.

    Args:
        events: Of the private ledger in the backup.

        public: Of the public ledger as it is now.

    """
    known = {event.digest for event in events if isinstance(event, Issued | Lost)}
    return tuple(event for event in public if event.type == "issued" and event.digest not in known)


def loss(lost: tuple[PublicEvent, ...], kept: int) -> IssuingError:
    """
    Say that a backup is too old, before anything is restored.

    Args:
        lost: At least one certificate.

        kept: How many certificates the backup has.

    """
    months = ", ".join(f"{number} in {month}" for month, number in sorted(Counter(e.month for e in lost).items()))
    return IssuingError(
        f"expected a backup of all {kept + len(lost)} certificates, found one of {kept}; issued after it: {months}",
        place=f"credentials/{PUBLIC}",
        hint="look for a newer backup, on the other stick and at the other place; nothing was restored. If there is "
        "none, or another registrar's machine has the others (asnad merge): --accept-loss",
    )


def learnt_events(
    events: tuple[Event, ...], public: tuple[PublicEvent, ...], notices: Iterable[Notice]
) -> tuple[Withdrawn | Replaced | PageWithdrawn | Lost, ...]:
    """
    Write down again what was withdrawn or replaced after the backup, without reasons, and that others were issued.

    Args:
        events: Of the private ledger in the backup.

        public: Of the public ledger as it is now.

        notices: As published now, for the days.

    """
    days = {notice.digest: notice.day.isoformat() for notice in notices}
    over = {event.digest: event for event in public if event.type in ("revoked", "replaced")}
    unpublished = {event.digest: event.month for event in public if event.type == "unpublished"}
    gone, with_page = ended(events), paged(events)
    learnt: list[Withdrawn | Replaced | PageWithdrawn | Lost] = [
        Lost(id=f"lost:{event.digest}", digest=event.digest, key=event.key, month=event.month)
        for event in lost_certificates(events, public)
    ]
    for issued in (event for event in events if isinstance(event, Issued)):
        if issued.digest in over and issued.id not in gone:
            moment = f"{days.get(notice_digest(issued.id), f'{over[issued.digest].month}-01')}T00:00:00Z"
            learnt.append(_end(issued, over[issued.digest], moment))
        if issued.digest in unpublished and issued.id in with_page:
            moment = f"{unpublished[issued.digest]}-01T00:00:00Z"
            learnt.append(PageWithdrawn(id=issued.id, serial=issued.serial, reason=UNKNOWN, withdrawn=moment))
    return tuple(learnt)


def _end(issued: Issued, told: PublicEvent, moment: str) -> Withdrawn | Replaced:
    if told.type == "replaced":
        return Replaced(id=issued.id, serial=issued.serial, successor=UNKNOWN, reason=UNKNOWN, replaced=moment)
    return Withdrawn(id=issued.id, serial=issued.serial, reason=UNKNOWN, note=NOTE, withdrawn=moment)


def is_learnt(event: Event) -> bool:
    """
    Tell whether a line only says what the public ledger says too.

    Args:
        event: Of a private ledger.

    """
    return isinstance(event, Lost) or (
        isinstance(event, Withdrawn | Replaced | PageWithdrawn) and event.reason == UNKNOWN
    )
