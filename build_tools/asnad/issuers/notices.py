"""notices.json: which withdrawn credentials have a successor, and since when (docs/format.md §5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from asnad.errors import InvalidError, VerificationError
from asnad.issuers.members import MembersError, day, digest, each, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONValue, parse_object

MAX_NOTICES = 4_194_304


class NoticeState(StrEnum):
    """What became of a credential."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of one credential, named only by the hash of its id."""

    digest: bytes
    state: NoticeState
    day: date


def notice_digest(credential_id: str) -> bytes:
    """
    Name a credential without telling which one it is.

    Args:
        credential_id: ``urn:uuid:…``.

    """
    return sha256(b"notice\0" + credential_id.encode("utf-8")).digest()


def notices_json(issuer: str, notices: tuple[Notice, ...]) -> bytes:
    """
    Write notices.json.

    Args:
        issuer: The did.

        notices: In any order.

    """
    return canonical_json(
        {
            "type": "AsnadNotices",
            "format": 1,
            "issuer": issuer,
            "notices": [
                {"digest": item.digest.hex(), "state": str(item.state), "date": item.day.isoformat()}
                for item in sorted(notices, key=lambda item: item.digest)
            ],
        }
    )


# Whoever checks many certificates looks at the same few files with each of them.
@lru_cache(maxsize=16)
def read_notices(data: bytes, issuer: str) -> tuple[Notice, ...]:
    """
    Read notices.json; only a manifest can vouch for it.

    Args:
        data: As published or held.

        issuer: The did that it must speak of.

    Raises:
        InvalidError: ``manifest-mismatch``.

    """
    try:
        document = only(parse_object(data, limit=MAX_NOTICES), frozenset({"type", "format", "issuer", "notices"}))
        if document["type"] != "AsnadNotices" or whole(document["format"]) != 1 or document["issuer"] != issuer:
            raise MembersError("expected AsnadNotices of this issuer, got another document")
        return tuple(_read_notice(item) for item in each(document["notices"]))
    except (MembersError, VerificationError) as error:
        raise InvalidError("manifest-mismatch", f"notices.json: {error}") from None


def _read_notice(value: JSONValue) -> Notice:
    item = only(value, frozenset({"digest", "state", "date"}))
    state = text(item["state"])
    if state not in tuple(NoticeState):
        raise MembersError("expected withdrawn or replaced, got another state")
    return Notice(digest=digest(item["digest"]), state=NoticeState(state), day=day(item["date"]))
