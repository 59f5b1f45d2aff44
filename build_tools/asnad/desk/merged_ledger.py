"""Two private ledgers of one centre, kept on two machines, as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from asnad.desk.ledger import Erased, Event, Issued, Renewed, RowCorrected, ended, without_names
from asnad.issuers.ledger import PublicEvent


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """Two certificates in force for which both machines drew the same place in a status list."""

    first: Issued
    second: Issued
    """The later one, which is to be issued anew."""


def merge_private(ours: Iterable[Event], theirs: Iterable[Event]) -> tuple[Event, ...]:
    """
    Put the lines of two private ledgers together; what one of them erased stays erased.

    Args:
        ours: Of this machine; they come first.

        theirs: Of the other.

    """
    ours, theirs = tuple(ours), tuple(theirs)
    erased = {event.id for event in (*ours, *theirs) if isinstance(event, Erased)}
    merged = without_names((*ours, *theirs), erased)
    corrected = {event.id: event.learner for event in merged if isinstance(event, RowCorrected)}
    now = (
        replace(event, learner=corrected.get(event.id, event.learner)) if isinstance(event, Issued) else event
        for event in merged
    )
    # A dict keeps the order of the first time.
    return tuple(dict.fromkeys(now))


def merge_public(ours: Iterable[PublicEvent], theirs: Iterable[PublicEvent]) -> tuple[PublicEvent, ...]:
    """
    Put the lines of two public ledgers together.

    Args:
        ours: Of this machine; they come first.

        theirs: Of the other.

    """
    return tuple(dict.fromkeys((*ours, *theirs)))


def shared_places(events: Iterable[Event]) -> tuple[SharedPlace, ...]:
    """
    Find certificates in force that share a place, so that neither could be withdrawn alone.

    Args:
        events: Of the private ledger.

    """
    events = tuple(events)
    gone = ended(events)
    places: dict[tuple[int, int], list[Issued]] = defaultdict(list)
    for event in events:
        if isinstance(event, Issued) and event.id not in gone:
            places[event.status_list, event.index].append(event)
    groups = (sorted(group, key=lambda event: (event.issued, event.id)) for group in places.values())
    return tuple(SharedPlace(first, other) for first, *others in groups for other in others)


def issued_twice(events: Iterable[Event]) -> tuple[tuple[Issued, Issued], ...]:
    """
    Find certificates in force that both machines issued: of one serial, or to one learner of a run.

    Args:
        events: Of the private ledger.

    """
    events = tuple(events)
    gone, renewed = ended(events), {event.id for event in events if isinstance(event, Renewed)}
    first: dict[tuple[str, str], Issued] = {}
    twice: dict[tuple[str, str], tuple[Issued, Issued]] = {}
    for event in events:
        if not isinstance(event, Issued) or event.id in gone or event.id in renewed:
            continue
        for name in {("", event.serial), (event.run, event.learner or event.id)}:
            other = first.setdefault(name, event)
            if other is not event:
                twice[other.id, event.id] = other, event
    return tuple(twice.values())
