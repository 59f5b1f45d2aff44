"""The yearly exercise: a backup is restored, every key opened and every certificate compared, and nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from asnad.credentials.digest import credential_digest
from asnad.desk.backup_record import BACKUPS, Drill, backup_line
from asnad.desk.ledger import Erased, Event, Issued
from asnad.desk.signed_credential import credential_paths
from asnad.desk.since_backup import not_yet
from asnad.desk.transaction import locked
from asnad.desk.unpacking import Unpacked, absent_keys, unpacked, write_keys
from asnad.desk.workplace import Workplace
from asnad.errors import AsnadError, SigningError
from asnad.files import read_tree
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.strict_json import parse_object
from asnad.signing.ceremony import try_key
from asnad.signing.key_file import KeyFile
from asnad.signing.key_store import key_store
from asnad.signing.sealed_stream import BackupHeader
from asnad.signing.signer import KeyFileSigner
from asnad.verification.verify import MAX_CREDENTIAL

_MAX_REGISTER = 1 << 28


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """What an exercise has shown."""

    header: BackupHeader
    opened: tuple[str, ...]
    """Keys that signed a test message which keys.json confirms."""
    absent: tuple[str, ...]
    """Keys that sign still, or will, and are not in the backup."""
    certificates: int
    """Whose ledger line, file and digits agree."""
    erased: int
    """Of which the backup keeps nothing but the line of the ledger, as the centre does."""
    faults: tuple[str, ...]
    """What is wrong with the backup; it must not be relied on."""
    since: tuple[Event, ...]
    """What was written into the ledger after the backup: it would be lost."""
    changed_registers: tuple[str, ...]
    """Registers that were imported or changed after the backup."""

    @property
    def passed(self) -> bool:
        """Whether all that is in the backup serves."""
        return not self.faults


def hold_drill(work: Workplace, backup: Path, scratch: Path, progress: Callable[[int, int], None]) -> DrillReport:
    """
    Restore a backup beside the centre, try all of it, remove it, and record the exercise.

    Args:
        work: The desk; its passphrase opens the backup.

        backup: The file.

        scratch: An empty folder outside of every Git work tree, which the caller removes.

        progress: Told how many kilobytes are done, and of how many.

    Raises:
        SigningError: It cannot be opened, or is of another centre.

        FileError: It cannot be read, or there is no room for it.

    """
    with unpacked(backup, work.passphrase(), scratch / "centre", progress) as found:
        if found.header.did != work.store.did:
            raise SigningError(
                f"expected a backup of {work.store.did}, found one of {found.header.did}", place=str(backup)
            )
        report = _exercise(work, found, scratch / "keys")
    drill = Drill(held=work.clock(), file=str(backup), made=report.header.created, passed=report.passed)
    with locked(work.folder.credentials):
        work.commit({BACKUPS: work.folder.optional(BACKUPS) + backup_line(drill)})
    return report


def _exercise(work: Workplace, found: Unpacked, keys_folder: Path) -> DrillReport:
    store = key_store(keys_folder, found.header.did, [found.folder.root])
    write_keys(found.keys, store)
    there = replace(work, folder=found.folder, store=store)
    faults: list[str] = []
    opened: list[str] = []
    absent: tuple[str, ...] = ()
    try:
        keys = there.record().keys
        absent = absent_keys(keys, store.key_files(), work.clock())
        for key_file in store.key_files():
            try:
                _try(key_file, keys, there.passphrase())
                opened.append(key_file.id)
            except SigningError as error:
                faults.append(str(error))
        there.whole_ledger()
    except AsnadError as error:
        faults.append(str(error))
    try:
        events = there.ledger()
    except AsnadError as error:
        events = ()
        faults.append(str(error))
    wrong = tuple(_wrong_certificates(there, _kept(events)))
    return DrillReport(
        header=found.header,
        opened=tuple(opened),
        absent=absent,
        certificates=len(_kept(events)) - len(wrong),
        erased=sum(isinstance(event, Issued) for event in events) - len(_kept(events)),
        faults=tuple(dict.fromkeys((*faults, *wrong))),
        since=not_yet(work.ledger(), events),
        changed_registers=_changed_registers(work, there),
    )


def _try(key_file: KeyFile, keys: KeysFile, passphrase: bytes) -> None:
    """Open a key, sign with it, and see that the public key which verifies is the published one."""
    signer = KeyFileSigner.unlock(key_file, passphrase)
    try_key(signer)
    listed = keys.key(key_file.id)
    published = keys.root_key if key_file.id == keys.root_id else listed.public_key if listed else None
    if published is not None and published != signer.public_key:
        raise SigningError("expected the public key that keys.json lists, found another", place=key_file.id)


def _kept(events: tuple[Event, ...]) -> tuple[Issued, ...]:
    erased = {event.id for event in events if isinstance(event, Erased)}
    return tuple(event for event in events if isinstance(event, Issued) and event.id not in erased)


def _wrong_certificates(there: Workplace, kept: tuple[Issued, ...]) -> Iterator[str]:
    for event in kept:
        path, digits = credential_paths(event.id, "private/credentials")
        try:
            document = parse_object(there.folder.required(path), limit=MAX_CREDENTIAL)
            if credential_digest(document).hex() != event.digest:
                yield f"{event.serial}: expected the certificate of the ledger, found another"
            elif len(there.folder.required(digits).split()) != 2:
                yield f"{event.serial}: expected the digits of code and link, found something else"
        except AsnadError as error:
            yield f"{event.serial}: {error}"


def _changed_registers(work: Workplace, there: Workplace) -> tuple[str, ...]:
    now, then = (read_tree(desk.folder.credentials, "private/registers", _MAX_REGISTER) for desk in (work, there))
    return tuple(sorted(name for name, data in now.items() if then.get(name) != data))
