"""Founding an issuer: the key ceremony and the first signed files; and new keys later on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256

from asnad.catalogue.centre import Centre
from asnad.centre_folder import OWN, CentreFolder, own_keys_json
from asnad.desk.renewal import DAY, renew
from asnad.desk.transaction import commit, locked
from asnad.errors import SigningError
from asnad.files import write_file
from asnad.instant import day_at
from asnad.issuers.did_web import did_document
from asnad.issuers.keys_file import IssuerKey, IssuerName, KeysFile, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
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
KEYS_FILE_DAYS = 800
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
                hint="a second ceremony would make every certificate unknown; for a new yearly key: asnad keys new",
            )
        plan = plan_ceremony(centre.did, day_at(at, centre.time_zone).year)
        missing = [planned for planned in plan if not store.path_of(planned.id).exists()]
        for planned in plan:
            if planned not in missing:  # Keys of a ceremony that broke off; all four must have one passphrase.
                KeyFileSigner.unlock(store.read(planned.id), passphrase)
        hold_ceremony(missing, store, passphrase, at, cost)
        root, next_root, issuing, status = (store.read(planned.id) for planned in plan)
        keys = _first_keys(centre, root, next_root, (issuing, status), at)
        keys_json = canonical_json(sign_keys_file(keys, KeyFileSigner.unlock(root, passphrase)))
        record = _first_record(keys, keys_json, at)
        renewal = renew(record, at, KeyFileSigner.unlock(status, passphrase), contexts)
        write_file(folder.root, OWN, own_keys_json(centre.did, (root.public_key,)))
        changes = {f"public/{path}": data for path, data in renewal.files.items()}
        commit(folder.credentials, changes | {"public/taken/1.bin": empty_bits()})
    return keys


def issuer_names(centre: Centre) -> tuple[IssuerName, ...]:
    """
    List the names of a centre as keys.json has them.

    Args:
        centre: As the catalogue says.

    """
    return tuple(
        IssuerName(name=name, language=language, start=dated.start, end=dated.end)
        for dated in centre.names
        for language, name in dated.name.versions
    )


def did_json(keys: KeysFile) -> bytes:
    """
    Write the did document of an issuer's keys; a compromised key is left out.

    Args:
        keys: As keys.json says.

    """
    believed = [key for key in keys.keys if key.state is not KeyState.COMPROMISED]
    return canonical_json(did_document(keys.issuer, tuple((k.id, encode_public_key(k.public_key)) for k in believed)))


def _first_keys(centre: Centre, root: KeyFile, next_root: KeyFile, signing: Collection[KeyFile], at: int) -> KeysFile:
    days = {KeyRole.ISSUING: ISSUING_DAYS, KeyRole.STATUS: STATUS_DAYS}
    return KeysFile(
        issuer=centre.did,
        version=1,
        issued=at,
        valid_until=at + KEYS_FILE_DAYS * DAY,
        demonstration=centre.demonstration,
        sites=(centre.site,),
        names=issuer_names(centre),
        phone=centre.contact.phone,
        email=centre.contact.email,
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


def _first_record(keys: KeysFile, keys_json: bytes, at: int) -> PublicRecord:
    address = f"{keys.sites[0]}status/1.json"
    empty = StatusList(id=address, issuer=keys.issuer, valid_from=at, valid_until=at, bits=empty_bits())
    return PublicRecord(
        keys=keys,
        keys_json=keys_json,
        did_json=did_json(keys),
        manifest=Manifest(issuer=keys.issuer, version=0, issued=at, expires=at, entries=()),
        notices=(),
        lists={1: empty},
        frozen={},
    )


def add_key(
    folder: CentreFolder,
    centre: Centre,
    record: PublicRecord,
    added: IssuerKey,
    root: KeyFileSigner,
    status: KeyFileSigner,
    at: int,
    contexts: Contexts,
) -> KeysFile:
    """
    List a new key in keys.json; the older ones stay, so that what they signed stays good.

    Args:
        folder: Of the centre; the caller holds the lock.

        centre: As the catalogue says; its names and contact are renewed too.

        record: As published.

        added: The new key.

        root: Signs keys.json.

        status: Signs lists and manifest.

        at: Seconds since 1970.

        contexts: Pinned contexts.

    """
    keys = replace(
        record.keys,
        version=record.keys.version + 1,
        issued=at,
        valid_until=at + KEYS_FILE_DAYS * DAY,
        names=issuer_names(centre),
        phone=centre.contact.phone,
        email=centre.contact.email,
        keys=(*record.keys.keys, added),
    )
    keys_json = canonical_json(sign_keys_file(keys, root))
    renewal = renew(replace(record, keys=keys, keys_json=keys_json, did_json=did_json(keys)), at, status, contexts)
    commit(folder.credentials, {f"public/{path}": data for path, data in renewal.files.items()})
    return keys
