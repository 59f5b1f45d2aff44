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
from textwrap import fill

from asnad.catalogue.catalogue import Catalogue
from asnad.instant import day_at
from asnad.issuers.ledger import PublicEvent, public_lines
from asnad.issuers.trust_record import FOLDER as TRUST_FOLDER
from asnad.messages import Messages
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
LINE = 118
"""Characters of a line of `README`."""
DEMONSTRATION = "\n  THIS IS A DEMONSTRATION: nobody has earned any of these certificates.\n"
_CREDENTIAL = re.compile(r"c/[0-9a-f]{2}/[0-9a-f-]{36}\.json")
_CHECKSUM_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDocuments:
    """What an archive says about itself and the format, whichever centre it is of."""

    readme: str
    """Template of `README`."""
    words: Mapping[str, Messages]
    """Section ``archive`` in English and in the languages of the centre."""
    documents: Mapping[str, bytes]
    """The others by path: the specification, what it names, and the program that takes a file apart."""


def archive_files(
    catalogue: Catalogue,
    record: PublicRecord,
    public: Mapping[str, bytes],
    published: Mapping[str, bytes],
    ledger: tuple[PublicEvent, ...],
    own_keys: bytes,
    trusted: Mapping[str, bytes],
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

        trusted: Of ``keys/trust``, by name: the other issuers that the centre trusts, and their files.

        documents: The rest.

    """
    site = {path: data for path, data in published.items() if path in public or _CREDENTIAL.fullmatch(path)}
    site |= {"catalogue.json": catalogue_json(catalogue), "asnad/trust.json": published["asnad/trust.json"]}
    files = {f"{SITE}/{path}": data for path, data in site.items()}
    files |= {f"{TRUST_FOLDER}/{name}": data for name, data in trusted.items()}
    files |= documents.documents
    files |= {
        VERIFIER_FILE: published[VERIFIER_FILE],
        OWN_KEYS: own_keys,
        LEDGER: public_lines(ledger),
        README: _readme(catalogue, record, ledger, documents).encode("utf-8"),
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


def _readme(
    catalogue: Catalogue, record: PublicRecord, ledger: tuple[PublicEvent, ...], documents: ArchiveDocuments
) -> str:
    issued = {event.digest for event in ledger if event.type == "issued"}
    ended = {event.digest for event in ledger if event.type in ("revoked", "replaced")}
    english, *others = (_explained(catalogue, record, words) for words in documents.words.values())
    return Template(documents.readme).substitute(
        english,
        did=catalogue.centre.did,
        issued=len(issued),
        ended=len(ended),
        root_keys=encode_public_key(record.keys.root_key),
        demonstration=DEMONSTRATION if record.keys.demonstration else "",
        titles="".join(f"{parts['title']}\n" for parts in others),
        others="".join(_in_short(parts) for parts in others),
    )


def _explained(catalogue: Catalogue, record: PublicRecord, words: Messages) -> dict[str, str]:
    """Give the parts that anyone reads, in one language and in lines of a text file."""
    name = catalogue.centre.names[-1].name.shown_in(words.language)[0]
    days = {
        "as_of": words.day(day_at(record.manifest.issued, "UTC")),
        "until": words.day(day_at(record.manifest.expires, "UTC")),
    }
    return {
        "name": name,
        "title": words.text("title", name=name),
        "what": fill(words.text("what"), LINE),
        "holds": fill(words.text("holds", **days), LINE),
        "check": words.text("check.title"),
        "check_how": _indented(words.text("check.how")),
        "check_old": _indented(words.text("check.old", **days)),
        "whole": words.text("whole.title"),
        "whole_how": _indented(words.text("whole.how")),
        "private": fill(words.text("private"), LINE),
    }


def _in_short(parts: Mapping[str, str]) -> str:
    return (
        "\n\n{title}\n\n{what}\n{holds}\n\n1. {check}\n{check_how}\n{check_old}\n"
        "\n5. {whole}\n{whole_how}\n\n{private}\n"
    ).format_map(parts)


def _indented(text: str) -> str:
    return fill(text, LINE, initial_indent="   ", subsequent_indent="   ")
