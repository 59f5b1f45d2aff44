"""Signers: an opened key file, or a command that holds the key elsewhere, such as on a hardware token."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import Protocol

from nacl.signing import SigningKey

from asnad.errors import InvalidError, SigningError
from asnad.issuers.refused_keys import refuse_published_key
from asnad.proofs import proof
from asnad.proofs.ed25519 import SIGNATURE_LENGTH, verify_signature
from asnad.signing.key_file import KeyFile, open_key

COMMAND_SECONDS = 120
"""How long an external command may take; a person may have to touch a token."""


class Signer(proof.Signer, Protocol):
    """A signer whose public key is known, so that it can be compared with the published one before it is used."""

    @property
    def public_key(self) -> bytes:
        """32 bytes."""


@dataclass(frozen=True, slots=True)
class KeyFileSigner:
    """Signs with a key from a key file."""

    key_id: str
    public_key: bytes
    _private_key: SigningKey = field(repr=False, compare=False)

    @classmethod
    def unlock(cls, key_file: KeyFile, passphrase: bytes) -> KeyFileSigner:
        """
        Open a key file for signing.

        Args:
            key_file: As read.

            passphrase: The one it was sealed with.

        Raises:
            SigningError: The passphrase does not open it.

        """
        return cls(key_file.id, key_file.public_key, SigningKey(open_key(key_file, passphrase)))

    def sign(self, message: bytes) -> bytes:
        """Sign bytes with Ed25519 and give 64 bytes."""
        return self._private_key.sign(message).signature


@dataclass(frozen=True, slots=True)
class ExternalSigner:
    """Signs by a command that takes the bytes on its standard input and gives 64 bytes on its standard output."""

    key_id: str
    public_key: bytes
    command: tuple[str, ...]
    """Program and arguments; no shell reads them."""

    def __post_init__(self) -> None:
        refuse_published_key(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """
        Sign bytes with Ed25519 and give 64 bytes, checked against the public key.

        Args:
            message: Any bytes.

        Raises:
            SigningError: The command failed, took too long, or gave no signature of this key.

        """
        place = " ".join(self.command)
        try:
            done = subprocess.run(  # noqa: S603  # the owner of the key names the command
                self.command, input=message, capture_output=True, timeout=COMMAND_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise SigningError(
                f"expected a signature within {COMMAND_SECONDS} seconds, got none", place=place
            ) from None
        except (OSError, ValueError) as error:
            raise SigningError(f"cannot run the signing command: {error}", place=place) from None
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()[:500]
            raise SigningError(f"the signing command ended with {done.returncode}: {said}", place=place)
        if len(done.stdout) != SIGNATURE_LENGTH:
            raise SigningError(f"expected {SIGNATURE_LENGTH} bytes, got {len(done.stdout)}", place=place)
        try:
            verify_signature(self.public_key, message, done.stdout)
        except InvalidError:
            raise SigningError(
                f"the command signed with another key than {self.key_id}",
                place=place,
                hint="look which key the command uses",
            ) from None
        return done.stdout
