"""
Putting a site where the world sees it: what goes first, what goes away, and whether it is the right site.

Most of a site may be replaced in any order. The signed files may not: a verifier believes a list only where the
manifest names its very bytes, so between the first and the last of them it can say no more than that it does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from asnad.errors import PublicationError
from asnad.issuers.did_web import did_document_path

RECORD = ".asnad-deployed"
DRAFTS_MARK = ".asnad-drafts"
"""Lies in a site that shows drafts; the world must not see such a site."""
MANIFEST = "asnad/manifest.json"
TRUSTED = "trusted/"
"""Folder of the files of other issuers."""
_FIRST_LINE = "Written by asnad deploy: SHA-256 of the path of each file that it has put here."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentOrder:
    """Paths of a site in the order in which they are put in place."""

    early: tuple[str, ...]
    """What nothing that is there already refers to, then the pages that refer to it."""
    signed: tuple[str, ...]
    """What belongs together at one version; quickly one after the other, the manifest last."""


def deployment_order(paths: Collection[str], did: str) -> DeploymentOrder:
    """
    Put the files of a site in order.

    New data comes before the pages that ask for it, so that no page ever asks for a file that is not there yet. The
    signed files come last and together: until the manifest is replaced, the old one still vouches for what a verifier
    has kept, and the time in which list and manifest differ is that of a few renames. What is stale goes after them.

    Args:
        paths: Of all files of the site.

        did: Of the centre.

    """
    signed = {path for path in paths if _is_signed(path, did)}
    early = sorted(set(paths) - signed, key=lambda path: (path.endswith(".html"), path))
    last = sorted(signed, key=lambda path: (path == MANIFEST, path.endswith(f"/{MANIFEST}"), path))
    return DeploymentOrder(early=tuple(early), signed=tuple(last))


def refuse_other_record(site: Mapping[str, bytes], public: Mapping[str, bytes]) -> None:
    """
    Refuse a site that was built before the last signature: it would take back what was withdrawn since.

    Args:
        site: Signed files as they are in the site, by path.

        public: The same as they lie in ``credentials/public``.

    Raises:
        PublicationError: One of them differs or is missing.

    """
    for path, data in sorted(public.items()):
        if site.get(path) != data:
            what = "none" if path not in site else "another"
            raise PublicationError(
                f"expected the file as it is in credentials/public, found {what}",
                place=f"site/{path}",
                hint="the site was built before the last signature, or of another centre; run: asnad build",
            )


def refuse_other_trust(site: Mapping[str, bytes], trusted: Mapping[str, bytes]) -> None:
    """
    Refuse a site that was built before the list of trusted issuers was changed: it would go on trusting as before.

    Args:
        site: Files of other issuers as they are in the site, by path.

        trusted: The same as the list has them.

    Raises:
        PublicationError: One of them differs, is missing, or is of an issuer that is not on the list.

    """
    for path in sorted(site.keys() | trusted.keys()):
        if site.get(path) != trusted.get(path):
            what = "none" if path not in site else "another" if path in trusted else "one of an issuer that is not"
            raise PublicationError(
                f"expected the files of the issuers that keys/trust names, found {what}",
                place=f"site/{path}",
                hint="the site was built before the list was changed; run: asnad build",
            )


def record_of(paths: Collection[str]) -> bytes:
    """
    Write down which files are ours, without naming them: the addresses of learners' pages are on no list.

    Args:
        paths: Of all files of the site.

    """
    return "\n".join([_FIRST_LINE, *sorted(_mark(path) for path in paths), ""]).encode("ascii")


def stale_paths(there: Collection[str], record: bytes, paths: Collection[str]) -> tuple[str, ...]:
    """
    Find what an earlier deployment has put there and this one does not.

    Args:
        there: Paths of all files in the folder.

        record: As ``record_of`` wrote it then.

        paths: Of all files of the site.

    Raises:
        PublicationError: It was not written by ``record_of``.

    """
    first, *marks = record.decode("ascii", errors="replace").splitlines() or [""]
    if first != _FIRST_LINE:
        raise PublicationError("expected the record of an earlier deployment, found something else", place=RECORD)
    ours = set(marks)
    return tuple(sorted(path for path in set(there) - set(paths) - {RECORD} if _mark(path) in ours))


def _is_signed(path: str, did: str) -> bool:
    return path.startswith(("asnad/", "status/", TRUSTED)) or path == did_document_path(did)


def _mark(path: str) -> str:
    return sha256(path.encode("utf-8")).hexdigest()
