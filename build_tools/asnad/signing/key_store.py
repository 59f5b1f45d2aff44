"""Where private keys lie: one folder for each issuer, away from everything that is published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from asnad.errors import SigningError
from asnad.files import make_folder
from asnad.issuers.did_web import is_did_web
from asnad.signing.key_file import MAX_KEY_FILE, KeyFile, read_key_file, write_key_file

SUFFIX = ".key.json"
_FRAGMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The key files of one issuer."""

    did: str
    folder: Path

    def path_of(self, key_id: str) -> Path:
        """
        Give the file of a key.

        Args:
            key_id: ``<did>#<name>``.

        Raises:
            SigningError: It is no key id of this issuer.

        """
        did, _, fragment = key_id.partition("#")
        if did != self.did or not _FRAGMENT.fullmatch(fragment):
            raise SigningError(f"expected a key of {self.did}, got {key_id}", hint="such as key-2026a")
        return self.folder / f"{fragment}{SUFFIX}"

    def read(self, key_id: str) -> KeyFile:
        """
        Read one key file; its seed stays encrypted.

        Args:
            key_id: ``<did>#<name>``.

        Raises:
            SigningError: There is none, or it is not that key's.

        """
        path = self.path_of(key_id)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_KEY_FILE + 1)
        except FileNotFoundError:
            raise SigningError(
                "expected a key file, found none",
                place=str(path),
                hint="does it lie on a USB stick, or on another machine? Copy it here; take a root key away afterwards",
            ) from None
        except OSError as error:
            raise SigningError(f"cannot read the key: {error.strerror}", place=str(path)) from None
        key_file = read_key_file(data, str(path))
        if key_file.id != key_id:
            raise SigningError(f"expected the key {key_id}, found {key_file.id}", place=str(path))
        return key_file

    def key_files(self) -> tuple[KeyFile, ...]:
        """
        List the issuer's keys by name.

        Raises:
            SigningError: A file among them cannot be read.

        """
        names = sorted(path.name.removesuffix(SUFFIX) for path in self.folder.glob(f"*{SUFFIX}"))
        return tuple(self.read(f"{self.did}#{name}") for name in names)

    def write(self, key_id: str, data: bytes) -> Path:
        """
        Add a key file; the folder is made where it is missing, for its owner alone.

        Args:
            key_id: ``<did>#<name>``.

            data: As ``seal_key`` gives it.

        Returns:
            Where it is now.

        Raises:
            SigningError: There is such a key already, or it cannot be written.

        """
        path = self.path_of(key_id)
        try:
            make_folder(self.folder)
            self.folder.chmod(0o700)
        except OSError as error:
            raise SigningError(f"cannot make the folder: {error.strerror}", place=str(self.folder)) from None
        write_key_file(path, data)
        return path


def key_store(base: Path, did: str, published: Iterable[Path]) -> KeyStore:
    """
    Find the folder of an issuer's keys, refusing places from which they could be published.

    Args:
        base: Folder above the folders of all issuers.

        did: The issuer.

        published: The centre's root and its site; no key may lie in one of them.

    Raises:
        SigningError: The did is none, or the folder lies in one of those or in a Git work tree.

    """
    if not is_did_web(did):
        raise SigningError(f"expected a did of the method web, got {did}")
    # A did has no plus sign, so two dids never share a folder; a colon is not allowed in names everywhere.
    folder = base.expanduser().resolve() / did.replace(":", "+")
    for place in published:
        if folder.is_relative_to(place.resolve()):
            raise SigningError(
                f"expected a folder for private keys outside {place}", place=str(folder), hint="choose another: --keys"
            )
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            raise SigningError(
                f"expected a folder for private keys outside the Git work tree {above}",
                place=str(folder),
                hint="choose another: --keys",
            )
    return KeyStore(did, folder)
