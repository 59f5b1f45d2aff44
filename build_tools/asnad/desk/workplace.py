"""What every task of the desk needs: the centre's folder, its keys, the clock, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.desk.ledger import PRIVATE, Event, Issued, Replaced, ended, lost, read_private
from asnad.desk.statistics import count_certificates
from asnad.desk.transaction import Changes, commit
from asnad.errors import FileError, IssuingError, SigningError
from asnad.instant import day_at
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import IssuerKey, KeysFile, Role
from asnad.issuers.ledger import PublicEvent
from asnad.issuers.statistics import PATH, statistics_json
from asnad.messages import Messages
from asnad.proofs.rdf_dataset import Contexts
from asnad.signing.key_store import KeyStore
from asnad.signing.signer import KeyFileSigner
from asnad.status.public_record import PublicRecord, read_public_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """One desk; everything that is not a value of its own comes in here."""

    folder: CentreFolder
    catalogue: Catalogue
    store: KeyStore
    clock: Callable[[], int]
    """Seconds since 1970."""
    passphrase: Callable[[], bytes]
    """Asks for it; called once for each key that is opened."""
    contexts: Contexts
    messages: Mapping[str, Messages]
    """Section ``credential`` by language."""
    new_uuid: Callable[[], str]
    random_below: Callable[[int], int]

    def record(self) -> PublicRecord:
        """
        Read and check what the centre has published.

        Raises:
            IssuingError: Something of it is missing or does not fit the keys.

        """
        did = self.catalogue.centre.did
        files = self.folder.public_files()
        record = read_public_record(files, did, did_document_path(did), self.folder.root_keys(did))
        # A list that is missing, or older than it was, would let a place be used twice or undo a withdrawal.
        for entry in record.manifest.entries:
            if not record.manifest.vouches_for(entry.path, files.get(entry.path)):
                raise IssuingError(
                    "expected the file that the manifest names, found none or another",
                    place=f"credentials/public/{entry.path}",
                    hint="restore the whole of credentials/public from Git or from the backup; "
                    "after a merge of two branches: git checkout HEAD -- credentials/public, then asnad merge FOLDER",
                )
        return record

    def ledger(self) -> tuple[Event, ...]:
        """
        Read the private ledger.

        Raises:
            IssuingError: A line is damaged.

        """
        return read_private(self.folder.optional(PRIVATE))

    def whole_ledger(self) -> tuple[Event, ...]:
        """
        Read the private ledger, and see that it tells of everything that the public one does.

        Raises:
            IssuingError: A line is damaged, or one of the two is not as new as the other.

        """
        events = self.ledger()
        check_whole(events, self.folder.public_ledger())
        return events

    def commit(self, changes: Changes) -> None:
        """
        Carry out a change, and publish the numbers of a ledger that it changes; the caller holds the lock.

        Args:
            changes: All of it but the numbers.

        Raises:
            FileError: A file cannot be written; nothing is lost, the next command goes on.

        """
        ledger, before = changes.get(PRIVATE), self.folder.optional(PRIVATE)
        if ledger is not None and ledger != before:
            numbers = self._statistics(read_private(ledger))
            # What stays in the office, such as a paper printed again, must not show by a new day beside old numbers.
            if any(path.startswith("public/") for path in changes) or numbers != self._statistics(read_private(before)):
                changes = {**changes, **numbers}
        commit(self.folder.credentials, changes)

    def statistics(self) -> dict[str, bytes]:
        """
        Count what was issued so far, as of today, by path below ``credentials/``.

        Returns:
            Nothing on a machine without the whole private ledger, such as one that only refreshes: the numbers that
            are published stay, with their day.

        """
        try:
            return self._statistics(self.whole_ledger())
        except (FileError, IssuingError):
            return {}

    def _statistics(self, events: Sequence[Event]) -> dict[str, bytes]:
        if not events:
            return {}
        centre = self.catalogue.centre
        counted = count_certificates(self.catalogue, events, day_at(self.clock(), centre.time_zone))
        return {f"public/{PATH}": statistics_json(centre.did, counted)}

    def own_key(self, keys: KeysFile, role: Role) -> IssuerKey | None:
        """
        Find the newest active key of a role whose private part is on this machine; other laptops may have their own.

        Args:
            keys: As keys.json says.

            role: What is to be signed.

        """
        here = tuple(key for key in keys.keys if self.store.path_of(key.id).exists())
        return replace(keys, keys=here).active(role, self.clock())

    def signer(self, record: PublicRecord, role: Role) -> KeyFileSigner:
        """
        Open the newest active key of a role that is on this machine.

        Args:
            record: As published.

            role: What is to be signed.

        Raises:
            SigningError: No key of that role is in its time, or it cannot be opened.

        """
        key = self.own_key(record.keys, role) or record.keys.active(role, self.clock())
        if key is None:
            raise SigningError(
                f"expected an active {role} key whose time has not run out, found none",
                place="keys.json",
                hint=f"make one: asnad keys new --role {role}",
            )
        signer = KeyFileSigner.unlock(self.store.read(key.id), self.passphrase())
        if signer.public_key != key.public_key:
            raise SigningError(
                "expected the key that keys.json lists under this name, found another",
                place=str(self.store.path_of(key.id)),
            )
        return signer


def check_whole(events: Iterable[Event], public: Iterable[PublicEvent]) -> None:
    """
    See that the private ledger tells of everything that the public one does, and of nothing else.

    Args:
        events: Of the private ledger.

        public: Of the public ledger.

    Raises:
        IssuingError: One of the two is not as new as the other.

    """
    events, public = tuple(events), tuple(public)
    ends = {id_: "replaced" if isinstance(event, Replaced) else "revoked" for id_, event in ended(events).items()}
    issued = {event.digest: ends.get(event.id) for event in events if isinstance(event, Issued)}
    told_ends = {event.digest: event.type for event in public if event.type in ("revoked", "replaced")}
    told = {event.digest: told_ends.get(event.digest) for event in public if event.type == "issued"}
    gone = {event.digest for event in lost(events)}
    if issued != {digest: end for digest, end in told.items() if digest not in gone} or not gone <= told.keys():
        raise IssuingError(
            f"expected the {len(told)} certificates of the public ledger and what became of them, "
            f"found {len(issued)} or something else",
            place=f"credentials/{PRIVATE}",
            hint="restore credentials/private from its backup, or take over what another machine issued: asnad merge; "
            "without it learners would get a second certificate",
        )
