"""Publishing the centre's keys: keys.json by the root key, the did document, and lists and manifest anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from asnad.catalogue.centre import Centre
from asnad.centre_folder import OWN, CentreFolder, own_keys_json
from asnad.desk.renewal import DAY, renew
from asnad.desk.transaction import commit
from asnad.desk.workplace import Workplace
from asnad.errors import SigningError
from asnad.files import write_file
from asnad.issuers.did_web import did_document
from asnad.issuers.keys_file import IssuerKey, IssuerName, KeysFile, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file, signing_roots
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.rdf_dataset import Contexts
from asnad.signing.signer import KeyFileSigner
from asnad.status.public_record import PublicRecord

KEYS_FILE_DAYS = 800
NOTHING: Mapping[str, bytes] = {}


def publish_keys(
    folder: CentreFolder,
    centre: Centre,
    record: PublicRecord,
    keys: KeysFile,
    roots: Sequence[KeyFileSigner],
    status: KeyFileSigner,
    at: int,
    contexts: Contexts,
    files: Mapping[str, bytes] = NOTHING,
) -> PublicRecord:
    """
    Sign what keys.json is to say, and everything that hangs on it, in one transaction; then pin who has signed.

    Args:
        folder: Of the centre; the caller holds the lock.

        centre: As the catalogue says; names and contact are taken from it.

        record: As published, with new frozen lists.

        keys: What keys.json is to say; it gets the next version.

        roots: Sign keys.json, the current root key first.

        status: Signs lists and manifest.

        at: Seconds since 1970.

        contexts: Pinned contexts.

        files: What else changes with it, by path below ``credentials/``.

    """
    keys = replace(
        keys,
        version=record.keys.version + 1,
        issued=at,
        valid_until=at + KEYS_FILE_DAYS * DAY,
        names=issuer_names(centre),
        phone=centre.contact.phone,
        email=centre.contact.email,
    )
    keys_json = canonical_json(sign_keys_file(keys, *roots))
    renewal = renew(replace(record, keys=keys, keys_json=keys_json, did_json=did_json(keys)), at, status, contexts)
    pinned = folder.root_keys(centre.did) if record.manifest.version else ()
    signing = tuple(root.public_key for root in roots)
    # Until the change has happened, who signed before must still be believed; from then on those who sign now.
    together = tuple(dict.fromkeys((*signing, *pinned)))
    if together != pinned:
        write_file(folder.root, OWN, own_keys_json(centre.did, together))
    # A frozen list comes before the keys.json that asks for it: files are put into their places in this order.
    commit(folder.credentials, dict(files) | {f"public/{path}": data for path, data in renewal.files.items()})
    if signing != together:
        write_file(folder.root, OWN, own_keys_json(centre.did, signing))
    return renewal.record


def publish_from_desk(
    work: Workplace,
    record: PublicRecord,
    keys: KeysFile,
    roots: Sequence[KeyFileSigner],
    at: int,
    files: Mapping[str, bytes] = NOTHING,
) -> PublicRecord:
    """
    Publish keys, with lists and manifest signed by the newest status key that is active then.

    Args:
        work: The desk; the caller holds the lock.

        record: As published, with new frozen lists.

        keys: What keys.json is to say.

        roots: Sign keys.json, the current root key first.

        at: Seconds since 1970.

        files: What else changes with it, by path below ``credentials/``.

    Raises:
        SigningError: No status key can be opened.

    """
    status = work.signer(replace(record, keys=keys), Role.STATUS)
    return publish_keys(work.folder, work.catalogue.centre, record, keys, roots, status, at, work.contexts, files)


def open_roots(work: Workplace, record: PublicRecord) -> tuple[KeyFileSigner, ...]:
    """
    Open the current root key, and the one before as long as keys.json has its signature too and its file is here.

    Verifiers that have pinned only the one before then learn of new and of stolen keys as well.

    Args:
        work: The desk; its store holds the root key now.

        record: As published.

    Raises:
        SigningError: A key cannot be opened, or is not the one that keys.json names.

    """
    current = KeyFileSigner.unlock(work.store.read(record.keys.root_id), work.passphrase())
    if current.public_key != record.keys.root_key:
        raise SigningError(
            "expected the root key that keys.json names, found another",
            place=str(work.store.path_of(current.key_id)),
        )
    pinned = work.folder.root_keys(record.keys.issuer)
    others = [work.store.read(name) for name in former_roots(record) if work.store.path_of(name).exists()]
    former = [KeyFileSigner.unlock(key, work.passphrase()) for key in others if key.public_key in pinned]
    return current, *former


def former_roots(record: PublicRecord) -> tuple[str, ...]:
    """
    Name the root key before the current one, as long as keys.json is signed by both.

    Args:
        record: As published.

    """
    return tuple(name for name in signing_roots(record.keys_json) if name != record.keys.root_id)


def with_keys(keys: KeysFile, changed: Collection[IssuerKey]) -> KeysFile:
    """
    Put keys in the place of those with the same id, and new ones behind them.

    Args:
        keys: As keys.json says.

        changed: As they are to be.

    """
    by_id = {key.id: key for key in keys.keys} | {key.id: key for key in changed}
    return replace(keys, keys=tuple(by_id.values()))


def find_key(keys: KeysFile, name: str) -> IssuerKey:
    """
    Find a key as a person names it.

    Args:
        keys: As keys.json says.

        name: Such as ``key-2026a``, or its whole id.

    Raises:
        SigningError: There is none.

    """
    fragment = name.strip().rpartition("#")[2]
    if f"{keys.issuer}#{fragment}" == keys.root_id:
        raise SigningError(
            "expected an issuing or status key, got the root key",
            place=name,
            hint="for another root key: asnad keys rotate --role root, with --old-root-lost where it may be stolen",
        )
    key = keys.key(f"{keys.issuer}#{fragment}")
    if key is None:
        known = ", ".join(key.fragment() for key in keys.keys)
        raise SigningError(
            "expected a key of keys.json, found none of this name", place=name, hint=f"keys are: {known}"
        )
    return key


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
