"""
The archive of a centre: one folder from which its certificates can be checked when nothing else of it is left.

``site/`` holds what the centre publishes under the paths of docs/format.md §5, so a verifier reads it as it would the
site itself. Nothing private is an argument here, so nothing private can get in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from string import Template

from asnad.catalogue.catalogue import Catalogue
from asnad.instant import day_at
from asnad.issuers.ledger import PublicEvent, public_lines
from asnad.proofs.multikey import encode_public_key
from asnad.site.catalogue_json import catalogue_json
from asnad.site.verifier_file import PATH as VERIFIER_FILE
from asnad.status.public_record import PublicRecord

SITE = "site"
"""Folder of what the site publishes."""
CHECKSUMS = "SHA256SUMS"
LEDGER = "ledger.jsonl"
README = "README.txt"
OWN_KEYS = "keys/own.json"
DEMONSTRATION = "\n  THIS IS A DEMONSTRATION: nobody has earned any of these certificates.\n"
_CREDENTIAL = re.compile(r"c/[0-9a-f]{2}/[0-9a-f-]{36}\.json")
_CHECKSUM_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDocuments:
    """What an archive says about itself and the format, whichever centre it is of."""

    readme: str
    """Template of `README`."""
    documents: Mapping[str, bytes]
    """The others by path: the specification, what it names, and the program that takes a file apart."""


def archive_files(
    catalogue: Catalogue,
    record: PublicRecord,
    public: Mapping[str, bytes],
    published: Mapping[str, bytes],
    ledger: tuple[PublicEvent, ...],
    own_keys: bytes,
    documents: ArchiveDocuments,
) -> dict[str, bytes]:
    """
    Make every file of the archive; the same arguments always give the same bytes.

    Args:
        catalogue: The centre's.

        record: What it has published, as checked.

        public: Signed and frozen files by path below the site.

        published: The site's files that are not MkDocs' own; the verifier in one file is taken from them, and the
            credentials of learners who agreed to a page.

        ledger: The public one.

        own_keys: ``keys/own.json``.

        documents: The rest.

    """
    site = {path: data for path, data in published.items() if path in public or _CREDENTIAL.fullmatch(path)}
    site |= {"catalogue.json": catalogue_json(catalogue), "asnad/trust.json": published["asnad/trust.json"]}
    files = {f"{SITE}/{path}": data for path, data in site.items()}
    files |= documents.documents
    files |= {
        VERIFIER_FILE: published[VERIFIER_FILE],
        OWN_KEYS: own_keys,
        LEDGER: public_lines(ledger),
        README: _readme(catalogue, record, ledger, documents.readme).encode("utf-8"),
    }
    files[CHECKSUMS] = checksums(files)
    return dict(sorted(files.items()))


def checksums(files: Mapping[str, bytes]) -> bytes:
    """
    Write the list that ``sha256sum -c`` reads.

    Args:
        files: By path.

    """
    return "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode("utf-8")


def listed_paths(data: bytes) -> frozenset[str]:
    """
    Read which files a list of checksums names.

    Args:
        data: Of `CHECKSUMS`.

    """
    lines = map(_CHECKSUM_LINE.fullmatch, data.decode("utf-8", "replace").splitlines())
    return frozenset(line[2] for line in lines if line)


def is_older_archive(paths: Iterable[str], checksums_file: bytes) -> bool:
    """
    Tell whether a folder holds an archive and nothing else, so that nothing is lost where a newer one replaces it.

    Args:
        paths: Of every file in it.

        checksums_file: Its `CHECKSUMS`.

    """
    listed = listed_paths(checksums_file) | {CHECKSUMS}
    return {README, VERIFIER_FILE, OWN_KEYS} <= listed and set(paths) <= listed


def _readme(catalogue: Catalogue, record: PublicRecord, ledger: tuple[PublicEvent, ...], template: str) -> str:
    centre = catalogue.centre
    name = centre.names[-1].name
    issued = {event.digest for event in ledger if event.type == "issued"}
    ended = {event.digest for event in ledger if event.type in ("revoked", "replaced")}
    return Template(template).substitute(
        name_en=name.shown_in("en")[0],
        name_ur=name.shown_in("ur")[0],
        did=centre.did,
        as_of=day_at(record.manifest.issued, "UTC").isoformat(),
        until=day_at(record.manifest.expires, "UTC").isoformat(),
        issued=len(issued),
        ended=len(ended),
        root_keys=encode_public_key(record.keys.root_key),
        demonstration=DEMONSTRATION if record.keys.demonstration else "",
    )
