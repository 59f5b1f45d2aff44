"""The rule by which an Ed25519 signature is accepted, the same in every language (docs/format.md §3.3)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.bindings import crypto_core_ed25519_is_valid_point

from asnad.errors import InvalidError

KEY_LENGTH = 32
SIGNATURE_LENGTH = 64
ORDER = 2**252 + 27742317777372353535851937790883648493


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> None:
    """
    Accept a signature or raise.

    Libraries disagree about points of small or mixed order and about encodings that are not
    canonical; refusing all of those beforehand leaves nothing to disagree about.

    Args:
        public_key: 32 bytes.

        message: The signed bytes.

        signature: 64 bytes, R ‖ S.

    Raises:
        InvalidError: ``signature-mismatch``.

    """
    if not _has_accepted_form(public_key, signature):
        raise InvalidError("signature-mismatch", "expected a canonical Ed25519 key and signature, got another form")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise InvalidError("signature-mismatch", "the signature does not fit the content") from None


def _has_accepted_form(public_key: bytes, signature: bytes) -> bool:
    if len(public_key) != KEY_LENGTH or len(signature) != SIGNATURE_LENGTH:
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    return crypto_core_ed25519_is_valid_point(public_key) and crypto_core_ed25519_is_valid_point(signature[:32])
