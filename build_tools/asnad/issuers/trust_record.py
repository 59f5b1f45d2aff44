"""The record of another issuer that a centre trusts, as it lies in ``keys/trust/`` and is reviewed in Git."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from asnad.errors import FileError, VerificationError
from asnad.issuers.did_web import is_did_web
from asnad.issuers.members import MembersError, day, each, only, text, whole
from asnad.proofs.multikey import decode_public_key, encode_public_key
from asnad.proofs.strict_json import JSONObject, parse_object

FOLDER = "keys/trust"
MAX_RECORD = 65_536
_SLUG_LENGTH = 40
_DIGEST_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRecord:
    """Whom the centre trusts, since when, and by what."""

    did: str
    names: tuple[str, ...]
    """Those that the issuer bore when it was added or last refreshed; for who reads the file."""
    root_keys: tuple[bytes, ...]
    """Pinned, each 32 bytes; a person has compared them with what the issuer said."""
    source: str
    """Address of its pack, or the name of the file in which it was carried here."""
    added: date
    time_zone: str
    demonstration: bool = False
    """A person has agreed to trust a demonstration."""

    def slug(self) -> str:
        """Give the name of its files and of its folder in the site, the same for one did for ever."""
        return _slug(self.did)

    def path(self) -> str:
        """Give its path below the centre's folder."""
        return record_paths(self.did)[0]

    def pack_path(self) -> str:
        """Give the path of the pack beside it."""
        return record_paths(self.did)[1]


def record_paths(did: str) -> tuple[str, str]:
    """
    Give the paths of the record of an issuer and of its pack, below the centre's folder.

    Args:
        did: Of the issuer.

    """
    slug = _slug(did)
    return f"{FOLDER}/{slug}.json", f"{FOLDER}/{slug}.pack.json"


def _slug(did: str) -> str:
    readable = re.sub(r"[^a-z0-9]+", "-", did.removeprefix("did:web:").lower())[:_SLUG_LENGTH].strip("-")
    # Two dids may differ in a letter that no file name or address has.
    return f"{readable}-{sha256(did.encode('utf-8')).hexdigest()[:_DIGEST_DIGITS]}"


def trust_record_json(record: TrustRecord) -> bytes:
    """
    Write a record, for people to read.

    Args:
        record: What it is to say.

    """
    document: JSONObject = {
        "v": 1,
        "did": record.did,
        "names": list(record.names),
        "rootKeys": [encode_public_key(key) for key in record.root_keys],
        "source": record.source,
        "added": record.added.isoformat(),
        "timeZone": record.time_zone,
    }
    if record.demonstration:
        document["demonstration"] = True
    return json.dumps(document, indent=2, ensure_ascii=False).encode("utf-8") + b"\n"


def read_trust_record(data: bytes, place: str) -> TrustRecord:
    """
    Read a record.

    Args:
        data: Of the file.

        place: Its path below the centre's folder, which its did decides.

    Raises:
        FileError: It says something else, or lies elsewhere.

    """
    try:
        document = only(parse_object(data, limit=MAX_RECORD), _REQUIRED, frozenset({"demonstration"}))
        record = TrustRecord(
            did=text(document["did"]),
            names=tuple(text(name) for name in each(document["names"])),
            root_keys=tuple(decode_public_key(text(key)) for key in each(document["rootKeys"])),
            source=text(document["source"]),
            added=day(document["added"]),
            time_zone=text(document["timeZone"]),
            demonstration=document.get("demonstration") is True,
        )
        known = whole(document["v"]) == 1 and document.get("demonstration", True) is True
    except (MembersError, VerificationError) as error:
        raise _refused(place, str(error)) from None
    if not known or not is_did_web(record.did) or not record.root_keys:
        raise _refused(place, "expected v 1, a did of the method web and its root keys, found something else")
    if record.path() != place:
        raise _refused(place, f"expected the file of this did to be {record.path()}, found it here")
    return record


_REQUIRED = frozenset(["v", "did", "names", "rootKeys", "source", "added", "timeZone"])


def _refused(place: str, message: str) -> FileError:
    return FileError(message, place=place, hint="restore the file from Git, or trust the issuer anew: asnad trust add")
