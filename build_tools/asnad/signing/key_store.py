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
ROOT_STEM = "root-"
"""With which the names of root keys begin, and no others."""
_FRAGMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The key files of one issuer."""

    did: str
    folder: Path
    root_folder: Path | None = None
    """Where root keys lie, such as on a drive that is locked away; with the others unless named."""

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
        folder = self.root_folder if self.root_folder and fragment.startswith(ROOT_STEM) else self.folder
        return folder / f"{fragment}{SUFFIX}"

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
                hint="does it lie on another machine? Copy it here. On a USB stick? Name the stick: --root-keys",
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
        folders = (self.folder, self.root_folder) if self.root_folder else (self.folder,)
        names = {path.name.removesuffix(SUFFIX): path for folder in folders for path in folder.glob(f"*{SUFFIX}")}
        ids = {f"{self.did}#{name}": path for name, path in sorted(names.items())}
        return tuple(self.read(key_id) for key_id, path in ids.items() if self.path_of(key_id) == path)

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
            make_folder(path.parent)
            if path.parent == self.folder:
                path.parent.chmod(0o700)
        except OSError as error:
            raise SigningError(f"cannot make the folder: {error.strerror}", place=str(path.parent)) from None
        write_key_file(path, data)
        return path


def key_store(base: Path, did: str, published: Iterable[Path], roots: Path | None = None) -> KeyStore:
    """
    Find the folder of an issuer's keys, refusing places from which they could be published.

    Args:
        base: Folder above the folders of all issuers.

        did: The issuer.

        published: The centre's root and its site; no key may lie in one of them.

        roots: Folder of the root keys, where these lie apart, such as a USB stick.

    Raises:
        SigningError: The did is none, or a folder lies in one of those or in a Git work tree.

    """
    if not is_did_web(did):
        raise SigningError(f"expected a did of the method web, got {did}")
    places = tuple(place.resolve() for place in published)
    # A did has no plus sign, so two dids never share a folder; a colon is not allowed in names everywhere.
    folder = base.expanduser().resolve() / did.replace(":", "+")
    _refuse_published(folder, places, "--keys")
    if roots is None:
        return KeyStore(did, folder)
    root_folder = roots.expanduser().resolve()
    _refuse_published(root_folder, places, "--root-keys")
    return KeyStore(did, folder, root_folder)


def _refuse_published(folder: Path, published: Iterable[Path], option: str) -> None:
    hint = f"choose another: {option}"
    for place in published:
        if folder.is_relative_to(place):
            raise SigningError(f"expected a folder for private keys outside {place}", place=str(folder), hint=hint)
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            raise SigningError(
                f"expected a folder for private keys outside the Git work tree {above}", place=str(folder), hint=hint
            )
