"""What an issuer has published, as two states of it are compared: the one before and the one that is to come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from asnad.errors import AsnadError, InvalidError, VerificationError
from asnad.gate.finding import Finding
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import MAX_KEYS_FILE
from asnad.proofs.multikey import decode_public_key
from asnad.proofs.strict_json import parse_object
from asnad.status.public_record import PublicRecord, read_public_record

KEYS = "asnad/keys.json"
LEDGER = "ledger.jsonl"
_OF_ISSUER = re.compile(
    r"(\.well-known/)?did\.json|asnad/(keys|manifest|notices)\.json|asnad/frozen/[a-z0-9-]+\.bin"
    r"|status/[1-9][0-9]*\.json|d/[0-9a-f]{8}\.bin|achievements/[a-z0-9-]+/[1-9][0-9]*\.json"
    r"|ledger\.jsonl|taken/[1-9][0-9]*\.bin"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedState:
    """What an issuer had published at one moment; each part fits the keys that were published with it."""

    folder: str
    """Stands before the path of a file where it is named: ``credentials/public/`` or that of a site."""
    files: Mapping[str, bytes]
    """By path below the site."""
    record: PublicRecord
    of_repository: bool
    """The ledger and the bitmaps of taken places are there too; a site has none."""


def files_of_issuer(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """
    Take what the issuer signed or froze out of a site.

    Args:
        files: By path below the site or ``credentials/public``.

    """
    return {path: data for path, data in files.items() if _OF_ISSUER.fullmatch(path)}


def read_state(folder: str, files: Mapping[str, bytes], *, of_repository: bool) -> PublishedState | Finding | None:
    """
    Read a state by its own keys; whether these are the pinned ones is the build's business.

    Args:
        folder: Stands before paths in messages, such as ``credentials/public/``.

        files: By path below the site or ``credentials/public``.

        of_repository: They are those of ``credentials/public``.

    Returns:
        Nothing where no keys were published; a finding where it does not hold together.

    """
    own = files_of_issuer(files)
    if KEYS not in own:
        return None
    try:
        document = parse_object(own[KEYS], limit=MAX_KEYS_FILE)
        did, root = str(document["issuer"]), document["root"]
        if not isinstance(root, dict):
            raise InvalidError("keys-invalid", "expected a root key")
        root_key = decode_public_key(str(root["publicKeyMultibase"]))
        record = read_public_record(own, did, did_document_path(did), (root_key,))
    except (AsnadError, VerificationError, KeyError, ValueError) as error:
        detail = error.message if isinstance(error, AsnadError) else "keys.json without issuer or root"
        return Finding(
            file=f"{folder}{KEYS}",
            line=None,
            expected="files that one issuer has signed",
            found=f"something else: {detail}",
            repair="restore credentials/public from Git or from the backup",
        )
    return PublishedState(folder=folder, files=own, record=record, of_repository=of_repository)
