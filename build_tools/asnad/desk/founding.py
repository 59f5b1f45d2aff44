"""Founding an issuer: the key ceremony and the first signed files."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from asnad.catalogue.centre import Centre
from asnad.centre_folder import CentreFolder
from asnad.desk.keys_publication import publish_keys
from asnad.desk.renewal import DAY
from asnad.desk.transaction import locked
from asnad.errors import SigningError
from asnad.instant import day_at
from asnad.issuers.keys_file import IssuerKey, KeysFile, KeyState, Role
from asnad.issuers.manifest import Manifest
from asnad.proofs.rdf_dataset import Contexts
from asnad.signing.ceremony import hold_ceremony, plan_ceremony
from asnad.signing.key_file import MODERATE, KeyCost, KeyFile, KeyRole
from asnad.signing.key_store import KeyStore
from asnad.signing.signer import KeyFileSigner
from asnad.status.bitstring import empty_bits
from asnad.status.public_record import PublicRecord
from asnad.status.status_list import StatusList

ISSUING_DAYS = 400
"""A new issuing key each year, and a month in which both are good."""
STATUS_DAYS = 800
EARLIER_SECONDS = 600
"""Keys are good from a little before the ceremony, for devices whose clock is behind."""


def found_issuer(
    folder: CentreFolder,
    centre: Centre,
    store: KeyStore,
    passphrase: bytes,
    at: int,
    contexts: Contexts,
    cost: KeyCost = MODERATE,
) -> KeysFile:
    """
    Make the four keys and sign keys.json, the did document, an empty status list and the manifest.

    After a crash it goes on with the keys that were made.

    Args:
        folder: Of the centre.

        centre: As the catalogue says.

        store: Where private keys go.

        passphrase: For all four.

        at: Seconds since 1970.

        contexts: Pinned contexts.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Raises:
        SigningError: The centre has keys already, or they cannot be made or opened.

    """
    with locked(folder.credentials):
        if folder.optional("public/asnad/keys.json"):
            raise SigningError(
                "expected a centre without keys, found some",
                place="credentials/public/asnad/keys.json",
                hint="a second ceremony would make every certificate unknown; for a new yearly key: asnad keys rotate",
            )
        plan = plan_ceremony(centre.did, day_at(at, centre.time_zone).year)
        missing = [planned for planned in plan if not store.path_of(planned.id).exists()]
        for planned in plan:
            if planned not in missing:  # Keys of a ceremony that broke off; all four must have one passphrase.
                KeyFileSigner.unlock(store.read(planned.id), passphrase)
        hold_ceremony(missing, store, passphrase, at, cost)
        root, next_root, issuing, status = (store.read(planned.id) for planned in plan)
        keys = _first_keys(centre, root, next_root, (issuing, status), at)
        record = publish_keys(
            folder,
            centre,
            _empty_record(keys, at),
            keys,
            (KeyFileSigner.unlock(root, passphrase),),
            KeyFileSigner.unlock(status, passphrase),
            at,
            contexts,
            {"public/taken/1.bin": empty_bits()},
        )
    return record.keys


def _first_keys(centre: Centre, root: KeyFile, next_root: KeyFile, signing: Collection[KeyFile], at: int) -> KeysFile:
    days = {KeyRole.ISSUING: ISSUING_DAYS, KeyRole.STATUS: STATUS_DAYS}
    return KeysFile(
        issuer=centre.did,
        version=0,
        issued=at,
        valid_until=at,
        demonstration=centre.demonstration,
        sites=(centre.site, centre.moved_to) if centre.moved_to else (centre.site,),
        names=(),
        phone=None,
        email=None,
        keys=tuple(
            IssuerKey(
                id=key.id,
                public_key=key.public_key,
                role=Role(key.role),
                state=KeyState.ACTIVE,
                start=at - EARLIER_SECONDS,
                end=at + days[key.role] * DAY,
            )
            for key in signing
        ),
        root_id=root.id,
        root_key=root.public_key,
        next_root_digest=sha256(next_root.public_key).digest(),
        frozen=(),
    )


def _empty_record(keys: KeysFile, at: int) -> PublicRecord:
    """Give what was there before the first signature: one list without a certificate."""
    address = f"{keys.sites[0]}status/1.json"
    empty = StatusList(id=address, issuer=keys.issuer, valid_from=at, valid_until=at, bits=empty_bits())
    return PublicRecord(
        keys=keys,
        keys_json=b"",
        did_json=b"",
        manifest=Manifest(issuer=keys.issuer, version=0, issued=at, expires=at, entries=()),
        notices=(),
        lists={1: empty},
        frozen={},
    )
