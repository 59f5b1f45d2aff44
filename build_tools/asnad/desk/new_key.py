"""A new key for a role, listed in keys.json by the root key."""

from __future__ import annotations

from asnad.desk.founding import EARLIER_SECONDS, ISSUING_DAYS, STATUS_DAYS, add_key
from asnad.desk.renewal import DAY, signing_moment
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.instant import day_at
from asnad.issuers.keys_file import IssuerKey, KeysFile, KeyState, Role
from asnad.signing.ceremony import PlannedKey, hold_ceremony, next_key_id
from asnad.signing.key_file import MODERATE, KeyCost, KeyRole
from asnad.signing.signer import KeyFileSigner

STEMS = {Role.ISSUING: "key", Role.STATUS: "status"}
DAYS = {Role.ISSUING: ISSUING_DAYS, Role.STATUS: STATUS_DAYS}


def make_new_key(work: Workplace, role: Role, cost: KeyCost = MODERATE) -> KeysFile:
    """
    Make a key, list it, and sign keys.json, lists and manifest anew.

    Args:
        work: The desk; its store holds the root key now.

        role: What the key is to sign.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: A key cannot be opened or made.

    """
    with locked(work.folder.credentials):
        record, centre = work.record(), work.catalogue.centre
        at = signing_moment(record, work.clock())
        root = KeyFileSigner.unlock(work.store.read(record.keys.root_id), work.passphrase())
        taken = {key.id for key in record.keys.keys} | {key.id for key in work.store.key_files()}
        key_id = next_key_id(centre.did, STEMS[role], day_at(at, centre.time_zone).year, taken)
        plan = [PlannedKey(id=key_id, role=KeyRole(role))]
        (made,) = hold_ceremony(plan, work.store, work.passphrase(), at, cost).keys
        added = IssuerKey(
            id=made.id,
            public_key=made.public_key,
            role=role,
            state=KeyState.ACTIVE,
            start=at - EARLIER_SECONDS,
            end=at + DAYS[role] * DAY,
        )
        # When the old status key has run out, nobody but its successor can sign the lists.
        if role is Role.STATUS:
            status = KeyFileSigner.unlock(work.store.read(added.id), work.passphrase())
        else:
            status = work.signer(record, Role.STATUS)
        return add_key(work.folder, centre, record, added, root, status, at, work.contexts)
