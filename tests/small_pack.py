"""The pack of the small issuer, whole and signed, for tests that alter it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from asnad.carriers.payload import dictionary_prefix
from asnad.credentials.contexts import load_contexts
from asnad.issuers.did_web import did_document
from asnad.issuers.keys_file import KeysFile
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest
from asnad.issuers.notices import Notice, notices_json
from asnad.issuers.pack import Pack, pack_json
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.status.status_list import StatusList, sign_status_list
from small_issuer import DAY, DICTIONARY, DID, KEYS, LIST, MANIFEST, ROOT, SITE, STATUS, STATUS_LIST, SeedSigner


def small_files(
    keys: KeysFile = KEYS,
    status_list: StatusList = STATUS_LIST,
    notices: tuple[Notice, ...] = (),
    *,
    manifest: Manifest = MANIFEST,
    roots: tuple[SeedSigner, ...] = (ROOT,),
) -> dict[str, bytes]:
    """Give all that the small issuer publishes for verifiers; the manifest names all but the dictionary."""
    listed = tuple((key.id, encode_public_key(key.public_key)) for key in keys.keys)
    files = {
        ".well-known/did.json": canonical_json(did_document(DID, listed)),
        "asnad/keys.json": canonical_json(sign_keys_file(keys, *roots)),
        "asnad/notices.json": notices_json(DID, notices),
        LIST: canonical_json(sign_status_list(status_list, STATUS, load_contexts())),
    }
    signed = sign_manifest(replace(manifest, entries=manifest_entries(files)), STATUS)
    return files | {"asnad/manifest.json": canonical_json(signed), dictionary_path(DICTIONARY): DICTIONARY}


def dictionary_path(dictionary: bytes) -> str:
    """Give the path under which an issuer publishes a dictionary."""
    return f"d/{dictionary_prefix(dictionary).hex()}.bin"


def small_pack(files: Mapping[str, bytes] | None = None, keys: KeysFile = KEYS) -> bytes:
    """Write the small issuer's pack."""
    return pack_json(
        Pack(
            did=DID,
            site=SITE,
            names=tuple(name.name for name in keys.names),
            root_keys=(keys.root_key,),
            time_zone="Asia/Karachi",
            files=small_files(keys) if files is None else files,
        )
    )


def fresh_pack(moment: int, version: int = 12, *, days: int = 30, demonstration: bool = False) -> bytes:
    """Write a pack whose lists were signed an hour before a moment and hold for some days."""
    keys = replace(KEYS, demonstration=demonstration)
    status_list = replace(STATUS_LIST, valid_from=moment - 3_600, valid_until=moment - 3_600 + days * DAY)
    manifest = replace(MANIFEST, version=version, issued=moment - 3_600, expires=moment - 3_600 + days * DAY)
    return small_pack(small_files(keys, status_list, manifest=manifest), keys)


def altered_pack(data: bytes, **members: Any) -> bytes:
    """Write other members into a pack; of ``files`` each is bytes, or nothing where it is to be left out."""
    document = json.loads(data)
    for path, content in members.pop("files", {}).items():
        document["files"].pop(path, None)
        if content is not None:
            document["files"][path] = base64.b64encode(content).decode()
    return json.dumps(document | members).encode()
