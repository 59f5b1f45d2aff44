"""Another root key: the next one, whose fingerprint every keys.json has carried until now."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from asnad.desk.keys_publication import former_roots, open_roots, publish_from_desk
from asnad.desk.new_key import make_private_key
from asnad.desk.renewal import signing_moment
from asnad.desk.rotation import KeyChange, roots_left
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import SigningError
from asnad.signing.key_file import MODERATE, KeyCost, KeyFile, KeyRole
from asnad.signing.signer import KeyFileSigner
from asnad.status.public_record import PublicRecord


def rotate_root(work: Workplace, *, old_root_lost: bool = False, cost: KeyCost = MODERATE) -> KeyChange:
    """
    Let the next root key follow the current one, and make the one that follows it.

    keys.json is signed by both from then on, so that verifiers that have pinned either of them believe it.

    Args:
        work: The desk; its store holds both root keys now.

        old_root_lost: Sign with the next root key alone; verifiers that have pinned only the old one must be updated.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: A root key is missing, is not the announced one, or the change before is not over.

    """
    with locked(work.folder.credentials):
        record = work.record()
        at = signing_moment(record, work.clock())
        if not old_root_lost:
            _refuse_during_change(work, record)
        following = KeyFileSigner.unlock(_announced_root(work, record), work.passphrase())
        former = () if old_root_lost else _current_root(work, record)
        announced = make_private_key(work, record.keys, KeyRole.ROOT, at, cost)
        keys = replace(
            record.keys,
            root_id=following.key_id,
            root_key=following.public_key,
            next_root_digest=sha256(announced.public_key).digest(),
        )
        after = publish_from_desk(work, record, keys, (following, *former), at)
    return KeyChange(record=after, roots_left=roots_left(record, after))


def _refuse_during_change(work: Workplace, record: PublicRecord) -> None:
    former = former_roots(record)
    if former:
        raise SigningError(
            f"expected a keys.json signed by one root key, found one that {former[0].partition('#')[2]} signs too",
            place=record.keys.root_id,
            hint="the change before is not over, and verifiers that pin that key would be left behind; once there are "
            f"none, destroy {work.store.path_of(former[0])} and sign without it: asnad keys rotate",
        )


def _announced_root(work: Workplace, record: PublicRecord) -> KeyFile:
    """Find the root key of which keys.json has carried the digest, whatever its file is called."""
    digest = record.keys.next_root_digest
    roots = [key for key in work.store.key_files() if key.role is KeyRole.ROOT and key.id != record.keys.root_id]
    for key in roots:
        if sha256(key.public_key).digest() == digest:
            return key
    found = " and ".join(f"{key.id.partition('#')[2]} {sha256(key.public_key).hexdigest()}" for key in roots)
    raise SigningError(
        f"expected the next root key with the fingerprint {digest.hex()}, which keys.json announces, "
        f"found {found or 'none'}",
        place=str(work.store.folder),
        hint="connect the drive that holds it, or restore it from its paper; no other key can follow the root key",
    )


def _current_root(work: Workplace, record: PublicRecord) -> tuple[KeyFileSigner, ...]:
    path = work.store.path_of(record.keys.root_id)
    if not path.exists():
        raise SigningError(
            "expected the current root key, found none",
            place=str(path),
            hint="connect the drive that holds it; if it is lost for good, or may be stolen: "
            "asnad keys rotate --role root --old-root-lost",
        )
    return open_roots(work, record)
