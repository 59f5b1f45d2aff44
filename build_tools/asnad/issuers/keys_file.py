"""keys.json: an issuer's keys, roles and names, signed by its root key (docs/format.md §5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from asnad.errors import InvalidError, VerificationError
from asnad.issuers.members import MembersError, day, digest, each, instant, only, text, url, whole
from asnad.proofs.eddsa_jcs_2022 import has_known_shape, verify_proof
from asnad.proofs.multikey import decode_public_key
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

MAX_KEYS_FILE = 262_144
_FRAGMENT = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SITE = re.compile(r"https://[^\s/?#]+(/[^\s?#]*)?/")


class Role(StrEnum):
    """What a key may sign."""

    ISSUING = "issuing"
    STATUS = "status"


class KeyState(StrEnum):
    """Whether a key is still in use; a retired one remains good for what it signed in its time."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerKey:
    """A verification method with its role and time."""

    id: str
    public_key: bytes
    role: Role
    state: KeyState
    start: int
    end: int
    """Seconds since 1970; the key signs from ``start`` until before ``end``."""

    def in_time(self, created: int) -> bool:
        """
        Tell whether the key was to sign at that moment.

        Args:
            created: Seconds since 1970.

        """
        return self.start <= created < self.end

    def fragment(self) -> str:
        """Give what follows ``#`` in its id."""
        return self.id.partition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerName:
    """A name and the days on which it was borne."""

    name: str
    language: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenList:
    """Where the digests of what a compromised key had really issued are, and their hash."""

    key: str
    sha256: bytes
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysFile:
    """What keys.json says."""

    issuer: str
    version: int
    issued: int
    valid_until: int
    demonstration: bool
    sites: tuple[str, ...]
    names: tuple[IssuerName, ...]
    phone: str | None
    email: str | None
    keys: tuple[IssuerKey, ...]
    root_id: str
    root_key: bytes
    next_root_digest: bytes
    frozen: tuple[FrozenList, ...]

    def key(self, key_id: str) -> IssuerKey | None:
        """
        Find a key by its id.

        Args:
            key_id: ``did:web:…#…``.

        """
        return next((key for key in self.keys if key.id == key_id), None)

    def active(self, role: Role, at: int) -> IssuerKey | None:
        """
        Find the newest key that signs in a role at a moment.

        Args:
            role: What is to be signed.

            at: Seconds since 1970.

        """
        fitting = [k for k in self.keys if k.role is role and k.state is KeyState.ACTIVE and k.in_time(at)]
        return max(fitting, key=lambda key: key.start, default=None)

    def frozen_list(self, key_id: str) -> FrozenList | None:
        """
        Find the frozen list of a key.

        Args:
            key_id: Id of a compromised key.

        """
        return next((frozen for frozen in self.frozen if frozen.key == key_id), None)


def frozen_path(key: IssuerKey) -> str:
    """
    Give the path of a key's frozen list below the site.

    Args:
        key: A compromised key.

    """
    return f"asnad/frozen/{key.fragment()}.bin"


# Whoever checks many certificates looks at the same few files with each of them.
@lru_cache(maxsize=16)
def verify_keys_file(data: bytes, issuer: str, root_keys: tuple[bytes, ...]) -> KeysFile:
    """
    Read keys.json and check it against pinned root keys.

    Args:
        data: As published or held.

        issuer: The did that it must speak of.

        root_keys: Each 32 bytes; one of them must have signed.

    Raises:
        InvalidError: ``keys-invalid``.

    """
    try:
        document = parse_object(data, limit=MAX_KEYS_FILE)
        if not _signed_by_root(document, root_keys):
            raise MembersError("expected a proof by a pinned root key, got none")
        keys = _read(document)
    except (MembersError, VerificationError) as error:
        raise InvalidError("keys-invalid", f"keys.json: {error}") from None
    if keys.issuer != issuer:
        raise InvalidError("keys-invalid", f"keys.json: expected issuer {issuer}, got {keys.issuer}")
    return keys


def _signed_by_root(document: JSONObject, root_keys: tuple[bytes, ...]) -> bool:
    proofs = each(document.get("proof"))
    if not 1 <= len(proofs) <= 2 or "@context" in document:
        return False
    for proof in proofs:
        if not has_known_shape(document, proof) or not isinstance(proof, dict):
            return False
        instant(proof["created"])
        text(proof["proofValue"])
        of_issuer = url(proof["verificationMethod"]).startswith(f"{document.get('issuer')}#")
        if not of_issuer or proof["proofPurpose"] != "assertionMethod":
            return False
    for proof in proofs:
        for root_key in root_keys:
            try:
                verify_proof(document, proof, root_key)  # type: ignore[arg-type]
            except InvalidError:
                continue
            return True
    return False


_REQUIRED = frozenset(
    (
        *("type", "format", "issuer", "version", "issued", "validUntil", "sites", "names", "contact"),
        *("keys", "root", "nextRootDigest", "frozen", "proof"),
    )
)


def _read(document: JSONObject) -> KeysFile:
    only(document, _REQUIRED, frozenset({"demonstration"}))
    if document["type"] != "AsnadKeys" or whole(document["format"]) != 1:
        raise MembersError("expected AsnadKeys of format 1, got another type")
    if document.get("demonstration", True) is not True:
        raise MembersError("expected demonstration to be true where it stands")
    contact = only(document["contact"], frozenset(), frozenset({"phone", "email"}))
    root = only(document["root"], frozenset({"id", "publicKeyMultibase"}))
    keys = tuple(_read_key(item) for item in each(document["keys"]))
    if len({key.id for key in keys}) != len(keys) or len({key.public_key for key in keys}) != len(keys):
        raise MembersError("expected each key once, under one id")
    issuer = url(document["issuer"])
    for key_id in (*(key.id for key in keys), url(root["id"])):
        if not key_id.startswith(f"{issuer}#") or not _FRAGMENT.fullmatch(key_id[len(issuer) + 1 :]):
            raise MembersError("expected key ids of the issuer with a plain fragment")
    frozen = tuple(_read_frozen(item) for item in each(document["frozen"]))
    if len({item.key for item in frozen}) != len(frozen):
        raise MembersError("expected one frozen list for a key")
    sites = tuple(url(site) for site in each(document["sites"]))
    if not sites or not all(_SITE.fullmatch(site) for site in sites):
        raise MembersError("expected sites that begin with https:// and a host, and end in /")
    return KeysFile(
        issuer=issuer,
        version=whole(document["version"], 1),
        issued=instant(document["issued"]),
        valid_until=instant(document["validUntil"]),
        demonstration="demonstration" in document,
        sites=sites,
        names=tuple(_read_name(item) for item in each(document["names"])),
        phone=text(contact["phone"]) if "phone" in contact else None,
        email=text(contact["email"]) if "email" in contact else None,
        keys=keys,
        root_id=url(root["id"]),
        root_key=decode_public_key(text(root["publicKeyMultibase"])),
        next_root_digest=digest(document["nextRootDigest"]),
        frozen=frozen,
    )


def _read_key(value: JSONValue) -> IssuerKey:
    item = only(value, frozenset({"id", "publicKeyMultibase", "role", "state", "from", "to"}))
    role, state = text(item["role"]), text(item["state"])
    if role not in tuple(Role) or state not in tuple(KeyState):
        raise MembersError("expected a known role and state, got another")
    return IssuerKey(
        id=url(item["id"]),
        public_key=decode_public_key(text(item["publicKeyMultibase"])),
        role=Role(role),
        state=KeyState(state),
        start=instant(item["from"]),
        end=instant(item["to"]),
    )


def _read_name(value: JSONValue) -> IssuerName:
    item = only(value, frozenset({"name", "language", "from"}), frozenset({"to"}))
    return IssuerName(
        name=text(item["name"]),
        language=text(item["language"]),
        start=day(item["from"]),
        end=day(item["to"]) if "to" in item else None,
    )


def _read_frozen(value: JSONValue) -> FrozenList:
    item = only(value, frozenset({"key", "sha256", "length"}))
    return FrozenList(key=url(item["key"]), sha256=digest(item["sha256"]), length=whole(item["length"]))
