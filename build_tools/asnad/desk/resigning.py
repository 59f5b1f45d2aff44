"""Signing the same credentials again with another key, so that those who knew the old one believe them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from asnad.credentials.digest import credential_digest
from asnad.desk.issue_run import BATCH
from asnad.desk.ledger import PRIVATE, Event, Issued, Resigned, ended, paged, private_line
from asnad.desk.renewal import signing_moment
from asnad.desk.signed_credential import SignedCredential, sign_credential
from asnad.desk.succession import kept_dictionary, kept_document
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import format_instant
from asnad.issuers.keys_file import IssuerKey, Role, frozen_path
from asnad.proofs.proof import Signer
from asnad.status.public_record import PublicRecord

DIGEST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Resigning:
    """What came of signing again what a compromised key had signed."""

    now: int
    all: tuple[Issued, ...]
    """Every credential in force whose old file is refused elsewhere and that has a new one."""
    erased: tuple[Issued, ...]
    """In force, but nothing is kept of them that could be signed."""


def resign_good(work: Workplace, key: IssuerKey, progress: Callable[[int, int], None]) -> Resigning:
    """
    Sign again what a compromised key had really signed and what is still in force.

    Content, number, digest and place in the status list stay; killed and called again, it goes on where it was.

    Args:
        work: The desk; the caller holds the lock.

        key: Compromised; its frozen list tells what was good.

        progress: Told how many are done, and of how many.

    Raises:
        IssuingError: A credential is not kept as it was issued.

        SigningError: No issuing key can be opened.

    """
    record, events = work.record(), work.whole_ledger()
    good = frozen_digests(record, key)
    gone, signed_by = ended(events), signing_keys(events)
    signed = {e.id for e in events if isinstance(e, Issued | Resigned) and e.key == key.id}
    standing = [e for e in events if isinstance(e, Issued) and e.id in signed and e.digest in good and e.id not in gone]
    waiting = [event for event in standing if signed_by[event.id] == key.id and event.name]
    progress(0, len(waiting))
    if waiting:
        _resign_all(work, record, waiting, paged(events), progress)
    return Resigning(
        now=len(waiting),
        all=tuple(event for event in standing if event.name),
        erased=tuple(event for event in standing if not event.name),
    )


def frozen_digests(record: PublicRecord, key: IssuerKey) -> frozenset[str]:
    """
    Read the frozen list of a key: the digests of what it had really signed, in hexadecimal.

    Args:
        record: As published.

        key: A compromised key.

    """
    data = record.frozen[frozen_path(key)]
    return frozenset(data[start : start + DIGEST].hex() for start in range(0, len(data), DIGEST))


def signing_keys(events: Iterable[Event]) -> dict[str, str]:
    """
    Tell by which key each credential is signed now, by id.

    Args:
        events: Of the private ledger.

    """
    return {event.id: event.key for event in events if isinstance(event, Issued | Resigned)}


def doubted(record: PublicRecord, events: Sequence[Event]) -> frozenset[str]:
    """
    Tell which credentials are not believed, since a stolen key has signed them and the frozen list lacks them, by id.

    Args:
        record: As published.

        events: Of the private ledger.

    """
    signed_by = signing_keys(events)
    stolen = {key.id: frozen_digests(record, key) for key in record.keys.keys if frozen_path(key) in record.frozen}
    return frozenset(
        event.id
        for event in events
        if isinstance(event, Issued)
        and signed_by[event.id] in stolen
        and event.digest not in stolen[signed_by[event.id]]
    )


def _resign_all(
    work: Workplace,
    record: PublicRecord,
    waiting: Sequence[Issued],
    pages: frozenset[str],
    progress: Callable[[int, int], None],
) -> None:
    signer = work.signer(record, Role.ISSUING)
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        at = signing_moment(record, work.clock())
        changes: dict[str, bytes] = {}
        lines = []
        for event in batch:
            changes |= _signed_again(work, record, signer, event, at).files(event.id, published=event.id in pages)
            line = Resigned(id=event.id, serial=event.serial, key=signer.key_id, resigned=format_instant(at))
            lines.append(private_line(line))
        changes[PRIVATE] = work.folder.optional(PRIVATE) + b"".join(lines)
        work.commit(changes)
        progress(start + len(batch), len(waiting))


def _signed_again(work: Workplace, record: PublicRecord, signer: Signer, event: Issued, at: int) -> SignedCredential:
    document = kept_document(work, event)
    # Whoever had the key may have had this machine too: only what the ledger knows is signed.
    if credential_digest(document).hex() != event.digest:
        raise IssuingError(
            "expected the certificate as it was issued, found another text",
            place=event.serial,
            hint="restore credentials/private/credentials from a backup made before, and call this again",
        )
    dictionary = kept_dictionary(work, event)
    return sign_credential(document, record.keys, signer, work.contexts, dictionary, at, event.serial)
