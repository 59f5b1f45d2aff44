"""pack.json: everything that another verifier needs of an issuer, in one file (docs/format.md §5.8)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from asnad.errors import InvalidError, VerificationError
from asnad.issuers.did_web import did_document_path, is_did_web
from asnad.issuers.keys_file import MAX_KEYS_FILE
from asnad.issuers.manifest import MAX_MANIFEST
from asnad.issuers.members import MembersError, each, only, text, url, whole
from asnad.issuers.notices import MAX_NOTICES
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import decode_public_key, encode_public_key
from asnad.proofs.strict_json import JSONValue, parse_object

PATH = "asnad/pack.json"
MAX_PACK = 16_777_216
MAX_FILES = 2_000
# Each with its limit of docs/format.md §1; a path of any other form is refused, so none can lead anywhere else.
_LIMITS = (
    (re.compile(r"asnad/keys\.json|(\.well-known/)?did\.json"), MAX_KEYS_FILE),
    (re.compile(r"asnad/manifest\.json"), MAX_MANIFEST),
    (re.compile(r"asnad/notices\.json|asnad/frozen/[A-Za-z0-9._-]{1,64}\.bin"), MAX_NOTICES),
    (re.compile(r"status/[1-9][0-9]{0,8}\.json"), 262_144),
    (re.compile(r"d/[0-9a-f]{8}\.bin"), 16_384),
)
_TIME_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a pack says; nothing of it is believed before its files were checked against a pinned root key."""

    did: str
    site: str
    names: tuple[str, ...]
    root_keys: tuple[bytes, ...]
    """A claim, each 32 bytes: whoever adds the issuer compares it with what the issuer tells them."""
    time_zone: str
    """IANA name of the zone in which the issuer names the last day of a certificate."""
    files: Mapping[str, bytes]
    """By path below the issuer's site."""


def pack_files(public: Mapping[str, bytes]) -> dict[str, bytes]:
    """
    Take out of what an issuer publishes the files that belong into its pack.

    Args:
        public: By path below the site.

    """
    return {path: data for path, data in public.items() if _limit_of(path) is not None}


def pack_json(pack: Pack) -> bytes:
    """
    Write pack.json; the same pack always gives the same bytes.

    Args:
        pack: What it is to say.

    Raises:
        InvalidError: ``pack-invalid``, where it is larger than others would read.

    """
    data = canonical_json(
        {
            "type": "AsnadPack",
            "format": 1,
            "did": pack.did,
            "site": pack.site,
            "names": list(pack.names),
            "rootKeys": [encode_public_key(key) for key in pack.root_keys],
            "timeZone": pack.time_zone,
            "files": {path: base64.b64encode(content).decode("ascii") for path, content in pack.files.items()},
        }
    )
    if len(data) > MAX_PACK or len(pack.files) > MAX_FILES:
        raise _invalid(f"expected at most {MAX_PACK} bytes and {MAX_FILES} files, got more")
    return data


def read_pack(data: bytes) -> Pack:
    """
    Read pack.json; its files are not checked against any key yet.

    Args:
        data: As published or carried.

    Raises:
        InvalidError: ``pack-invalid``.

    """
    try:
        document = only(parse_object(data, limit=MAX_PACK), _REQUIRED)
        if document["type"] != "AsnadPack" or whole(document["format"]) != 1:
            raise MembersError("expected AsnadPack of format 1, got another type")
        did = url(document["did"])
        if not is_did_web(did):
            raise MembersError("expected a did of the method web, got another")
        time_zone = text(document["timeZone"])
        if not _TIME_ZONE.fullmatch(time_zone):
            raise MembersError("expected a time zone by the IANA list, got something else")
        return Pack(
            did=did,
            site=url(document["site"]),
            names=tuple(text(name) for name in each(document["names"])),
            root_keys=tuple(decode_public_key(text(key)) for key in each(document["rootKeys"])),
            time_zone=time_zone,
            files=_read_files(document["files"], did),
        )
    except (MembersError, VerificationError) as error:
        raise _invalid(str(error)) from None


_REQUIRED = frozenset(["type", "format", "did", "site", "names", "rootKeys", "timeZone", "files"])


def _read_files(value: JSONValue, did: str) -> dict[str, bytes]:
    if not isinstance(value, dict) or len(value) > MAX_FILES:
        raise MembersError(f"expected an object of at most {MAX_FILES} files, got something else")
    return {path: _read_file(path, content, did) for path, content in sorted(value.items())}


def _read_file(path: str, content: JSONValue, did: str) -> bytes:
    limit = _limit_of(path)
    if limit is None or (path.endswith("did.json") and path != did_document_path(did)):
        raise MembersError(f"expected only files that a verifier reads, got {path[:100]!r}")
    try:
        data = base64.b64decode(content, validate=True) if isinstance(content, str) else None
    except (binascii.Error, ValueError):
        data = None
    # One file has one spelling: bits that no byte needs could say something else to another reader.
    if data is None or base64.b64encode(data).decode("ascii") != content:
        raise MembersError(f"expected base64 with padding, got something else for {path}")
    if len(data) > limit:
        raise MembersError(f"expected at most {limit} bytes, got {len(data)} of {path}")
    if path.startswith("d/") and sha256(data).hexdigest()[:8] != path[2:10]:
        raise MembersError(f"expected the dictionary of this name, got another for {path}")
    return data


def _limit_of(path: str) -> int | None:
    return next((limit for pattern, limit in _LIMITS if pattern.fullmatch(path)), None)


def _invalid(message: str) -> InvalidError:
    return InvalidError("pack-invalid", f"pack.json: {message}")
