"""The key ceremony: what keys an issuer gets, and the making and testing of each of them."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from string import ascii_lowercase

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from asnad.errors import SigningError
from asnad.signing.key_file import MODERATE, KeyCost, KeyRole, read_key_file, seal_key
from asnad.signing.key_store import KeyStore
from asnad.signing.signer import KeyFileSigner

# Without 0, 1, i, l and o: what is written down by hand is read as it was meant.
UNAMBIGUOUS = "23456789abcdefghjkmnpqrstuvwxyz"
PASSPHRASE_GROUPS = 5
GROUP_LENGTH = 5
_TEST_MESSAGE = b"asnad-key-self-test"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedKey:
    """A key that is to be made."""

    id: str
    role: KeyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKey:
    """What may be known of a key that was made."""

    id: str
    role: KeyRole
    public_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CeremonyRecord:
    """The public outcome of a ceremony."""

    did: str
    held: int
    """Seconds since 1970."""
    keys: tuple[MadeKey, ...]


def plan_ceremony(did: str, year: int, taken: Collection[str] = ()) -> tuple[PlannedKey, ...]:
    """
    Plan the four keys that an issuer begins with: root, next root, issuing, status.

    Args:
        did: The issuer.

        year: In which the ceremony is held, at the centre.

        taken: Ids that are in use already.

    """
    stems = (
        ("root", KeyRole.ROOT),
        ("root-next", KeyRole.ROOT),
        ("key", KeyRole.ISSUING),
        ("status", KeyRole.STATUS),
    )
    return tuple(PlannedKey(id=next_key_id(did, stem, year, taken), role=role) for stem, role in stems)


def next_key_id(did: str, stem: str, year: int, taken: Collection[str]) -> str:
    """
    Name a key by its year and the next free letter, such as ``key-2026b``.

    Args:
        did: The issuer.

        stem: ``root``, ``root-next``, ``key`` or ``status``.

        year: In which it is made.

        taken: Ids that are in use already.

    Raises:
        SigningError: All letters of that year are in use.

    """
    for letter in ascii_lowercase:
        key_id = f"{did}#{stem}-{year}{letter}"
        if key_id not in taken:
            return key_id
    raise SigningError(f"expected a free name for {stem} in {year}, found all 26 in use", place=did)


def new_passphrase() -> str:
    """Draw a passphrase of 123 bits: five groups of five letters that are not mistaken for each other."""
    groups = ("".join(secrets.choice(UNAMBIGUOUS) for _ in range(GROUP_LENGTH)) for _ in range(PASSPHRASE_GROUPS))
    return "-".join(groups)


def hold_ceremony(
    plan: Collection[PlannedKey], store: KeyStore, passphrase: bytes, at: int, cost: KeyCost = MODERATE
) -> CeremonyRecord:
    """
    Make keys, try each of them from its finished file, and only then keep them.

    Call it once for each place: the root keys with a store on a drive that is taken away, the others on the laptop.

    Args:
        plan: Keys to make.

        store: Where they go.

        passphrase: For all of them.

        at: Seconds since 1970.

        cost: Of one guess at the passphrase; only tests take less than the default.

    Returns:
        What may be published of them.

    Raises:
        SigningError: A key of that name is there already, does not work, or cannot be written.

    """
    for planned in plan:
        if store.path_of(planned.id).exists():
            raise SigningError(
                "expected no such key yet, found one",
                place=str(store.path_of(planned.id)),
                hint="keys are never overwritten",
            )
    made: list[MadeKey] = []
    sealed: list[bytes] = []
    for planned in plan:
        seed = bytes(SigningKey.generate())
        data = seal_key(seed, key_id=planned.id, role=planned.role, created=at, passphrase=passphrase, cost=cost)
        signer = KeyFileSigner.unlock(read_key_file(data, planned.id), passphrase)
        try_key(signer)
        sealed.append(data)
        made.append(MadeKey(id=planned.id, role=planned.role, public_key=signer.public_key))
    for planned, data in zip(plan, sealed, strict=True):
        store.write(planned.id, data)
    return CeremonyRecord(did=store.did, held=at, keys=tuple(made))


def try_key(signer: KeyFileSigner) -> None:
    """
    Sign once and let two independent libraries verify it.

    Args:
        signer: An opened key.

    Raises:
        SigningError: The key is not on the curve's prime-order part, or a library does not accept its signature.

    """
    signature = signer.sign(_TEST_MESSAGE)
    try:
        Ed25519PublicKey.from_public_bytes(signer.public_key).verify(signature, _TEST_MESSAGE)
        VerifyKey(signer.public_key).verify(_TEST_MESSAGE, signature)
    except (InvalidSignature, BadSignatureError, ValueError):
        raise SigningError("a signature of this new key is not accepted", place=signer.key_id) from None
    if not crypto_core_ed25519_is_valid_point(signer.public_key):
        raise SigningError("this new key is not a valid point", place=signer.key_id)
