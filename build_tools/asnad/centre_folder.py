"""A centre's folder on disk: where each thing lies, read into typed values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import CheckedCatalogue, check_catalogue, read_catalogue
from asnad.errors import FileError, InvalidError
from asnad.files import read_file, read_tree
from asnad.issuers.keys_file import MAX_KEYS_FILE
from asnad.issuers.ledger import PUBLIC, PublicEvent, read_public
from asnad.issuers.pack import MAX_PACK
from asnad.issuers.trust_record import FOLDER as TRUST_FOLDER
from asnad.proofs.multikey import decode_public_key, encode_public_key
from asnad.verification.trusted_issuer import TrustedIssuer, read_trusted_issuers

MAX_CATALOGUE_FILE = 262_144
CATALOGUE_FOLDERS = ("courses", "runs", "pathways", "quality", "versions")
"""Folders of data; what lies in others, such as pages and pictures, is for MkDocs."""
MAX_PUBLIC_FILE = 1 << 28
CENTRE_FILE = "catalogue/centre.yml"
OWN = "keys/own.json"


@dataclass(frozen=True, slots=True)
class CentreFolder:
    """The folder that holds ``catalogue/``, ``credentials/`` and ``keys/`` of one centre."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> CentreFolder:
        """
        Find the centre that a folder is in.

        Args:
            start: The folder, or one inside of it.

        Raises:
            FileError: There is no centre there.

        """
        for folder in (start, *start.parents):
            if (folder / "catalogue" / "centre.yml").is_file():
                return cls(folder.resolve())
        raise FileError(
            "expected a centre's folder with catalogue/centre.yml, found none",
            place=str(start),
            hint="change into the centre's folder, or name it with --centre",
        )

    @property
    def credentials(self) -> Path:
        """The folder that transactions change."""
        return self.root / "credentials"

    def catalogue(self) -> Catalogue:
        """
        Read the catalogue.

        Raises:
            CatalogueErrors: All that is wrong in it.

            FileError: A file cannot be read.

        """
        return read_catalogue(self.catalogue_files())

    def checked_catalogue(self, at: int) -> CheckedCatalogue:
        """
        Read the catalogue, and name all that was found in it, warnings too.

        Args:
            at: The moment, in seconds since 1970.

        Raises:
            FileError: A file cannot be read.

        """
        return check_catalogue(self.catalogue_files(), at)

    def catalogue_files(self) -> dict[str, bytes]:
        """
        Read the files of the catalogue, by path below it.

        Raises:
            FileError: A file cannot be read.

        """
        files = {"centre.yml": read_file(self.root, CENTRE_FILE, MAX_CATALOGUE_FILE)}
        for part in CATALOGUE_FOLDERS:
            for name, content in read_tree(self.root, f"catalogue/{part}", MAX_CATALOGUE_FILE).items():
                files[f"{part}/{name}"] = content
        return files

    def public_files(self) -> dict[str, bytes]:
        """
        Read every signed or frozen file that is published, by path below the site.

        Raises:
            FileError: A file cannot be read.

        """
        files = read_tree(self.root, "credentials/public", MAX_PUBLIC_FILE)
        return {path: data for path, data in files.items() if path != "ledger.jsonl" and not path.startswith("taken/")}

    def optional(self, path: str) -> bytes:
        """
        Read a file below ``credentials/``, or nothing where it is not there yet.

        Args:
            path: Below ``credentials/``.

        Raises:
            FileError: It cannot be read.

        """
        return self.required(path) if (self.credentials / path).exists() else b""

    def required(self, path: str) -> bytes:
        """
        Read a file below ``credentials/``.

        Args:
            path: Below ``credentials/``.

        Raises:
            FileError: It is missing or cannot be read.

        """
        return read_file(self.credentials, path, MAX_PUBLIC_FILE)

    def public_ledger(self) -> tuple[PublicEvent, ...]:
        """
        Read the public ledger.

        Raises:
            IssuingError: A line is damaged.

        """
        return read_public(self.optional(PUBLIC))

    def root_keys(self, did: str) -> tuple[bytes, ...]:
        """
        Read the centre's own pinned root keys.

        Args:
            did: Of the centre.

        Raises:
            FileError: There was no ceremony yet, or it was for another did.

        """
        try:
            data = read_file(self.root, OWN, MAX_KEYS_FILE)
        except FileError:
            raise FileError(
                "expected the centre's keys, found none", place=OWN, hint="run: asnad keys ceremony"
            ) from None
        own_did, keys = read_own_keys(data)
        if own_did != did:
            raise FileError(f"expected keys of {did}, found those of {own_did}", place=OWN)
        return keys

    def trusted_issuers(self, own: str) -> tuple[TrustedIssuer, ...]:
        """
        Read the other issuers that the centre trusts, each with its files, checked against its pinned root keys.

        Args:
            own: The centre's did.

        Raises:
            AsnadError: A file of ``keys/trust`` is damaged, is missing, or does not belong there.

        """
        return read_trusted_issuers(self.trust_files(), TRUST_FOLDER, own)

    def trust_files(self) -> dict[str, bytes]:
        """
        Read what the centre keeps of the issuers it trusts, by name below ``keys/trust``.

        Raises:
            FileError: A file cannot be read.

        """
        files = read_tree(self.root, TRUST_FOLDER, MAX_PACK)
        # What a killed command had begun to write.
        return {name: data for name, data in files.items() if not name.endswith(".part")}


def read_own_keys(data: bytes) -> tuple[str, tuple[bytes, ...]]:
    """
    Read the record of the centre's own pinned root keys.

    Args:
        data: Of ``keys/own.json``.

    Returns:
        The did, and root keys of 32 bytes each.

    Raises:
        FileError: It says something else.

    """
    try:
        own = json.loads(data)
        return str(own["did"]), tuple(decode_public_key(text) for text in own["rootKeys"])
    except (ValueError, KeyError, TypeError, RecursionError, InvalidError):
        raise FileError("expected did and rootKeys, found something else", place=OWN) from None


def own_keys_json(did: str, root_keys: tuple[bytes, ...]) -> bytes:
    """
    Write the record of the centre's own pinned root keys.

    Args:
        did: Of the centre.

        root_keys: Each 32 bytes.

    """
    own = {"did": did, "rootKeys": [encode_public_key(key) for key in root_keys]}
    return json.dumps(own, indent=2).encode("ascii") + b"\n"
