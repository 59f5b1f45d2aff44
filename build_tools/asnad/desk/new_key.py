"""A new key for a role, listed in keys.json by the root key."""

from __future__ import annotations

from asnad.desk.founding import EARLIER_SECONDS, ISSUING_DAYS, STATUS_DAYS
from asnad.desk.keys_publication import open_roots, publish_from_desk, with_keys
from asnad.desk.renewal import DAY, signing_moment
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.instant import day_at
from asnad.issuers.keys_file import IssuerKey, KeysFile, KeyState, Role
from asnad.signing.ceremony import MadeKey, PlannedKey, hold_ceremony, next_key_id
from asnad.signing.key_file import MODERATE, KeyCost, KeyRole

STEMS = {KeyRole.ROOT: "root-next", KeyRole.ISSUING: "key", KeyRole.STATUS: "status"}
DAYS = {Role.ISSUING: ISSUING_DAYS, Role.STATUS: STATUS_DAYS}


def make_new_key(work: Workplace, role: Role, cost: KeyCost = MODERATE) -> KeysFile:
    """
    Make a key, list it beside the older ones, and sign keys.json, lists and manifest anew.

    Args:
        work: The desk; its store holds the root key now.

        role: What the key is to sign.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: A key cannot be opened or made.

    """
    with locked(work.folder.credentials):
        record = work.record()
        at = signing_moment(record, work.clock())
        roots = open_roots(work, record)
        keys = with_keys(record.keys, [make_listed_key(work, record.keys, role, at, cost)])
        return publish_from_desk(work, record, keys, roots, at).keys


def make_listed_key(work: Workplace, keys: KeysFile, role: Role, at: int, cost: KeyCost) -> IssuerKey:
    """
    Make a private key, and give the line by which keys.json is to list it.

    Args:
        work: The desk.

        keys: As keys.json says.

        role: What the key is to sign.

        at: Seconds since 1970; from then on it signs.

        cost: Of one guess at the passphrase.

    Raises:
        SigningError: It cannot be made.

    """
    made = make_private_key(work, keys, KeyRole(role), at, cost)
    return IssuerKey(
        id=made.id,
        public_key=made.public_key,
        role=role,
        state=KeyState.ACTIVE,
        start=at - EARLIER_SECONDS,
        end=at + DAYS[role] * DAY,
    )


def make_private_key(work: Workplace, keys: KeysFile, role: KeyRole, at: int, cost: KeyCost) -> MadeKey:
    """
    Make a private key under the next free name of its role.

    Args:
        work: The desk.

        keys: As keys.json says.

        role: What the key is to sign.

        at: Seconds since 1970.

        cost: Of one guess at the passphrase.

    Raises:
        SigningError: It cannot be made.

    """
    centre = work.catalogue.centre
    taken = {keys.root_id, *(key.id for key in keys.keys), *(key.id for key in work.store.key_files())}
    key_id = next_key_id(centre.did, STEMS[role], day_at(at, centre.time_zone).year, taken)
    (made,) = hold_ceremony([PlannedKey(id=key_id, role=role)], work.store, work.passphrase(), at, cost).keys
    return made
