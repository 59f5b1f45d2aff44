"""What a verifier trusts and holds; nothing is fetched while it verifies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SeenVersions:
    """The highest versions that this verifier has seen of one issuer."""

    keys: int
    manifest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerTrust:
    """One issuer on this verifier's list."""

    did: str
    root_keys: tuple[bytes, ...]
    """Pinned, each 32 bytes; one of them must have signed keys.json."""
    files: Mapping[str, bytes]
    """What is held of docs/format.md §5, by path below the site."""
    seen: SeenVersions | None = None
    since: date | None = None
    """Since when a centre has had another issuer on its list; nothing for the centre itself."""


@dataclass(frozen=True, slots=True)
class Trust:
    """All that a verdict rests on besides the certificate and the time."""

    issuers: tuple[IssuerTrust, ...]
    dictionaries: tuple[bytes, ...]

    def issuer(self, did: str) -> IssuerTrust | None:
        """
        Find an issuer.

        Args:
            did: As the certificate names it.

        """
        return next((issuer for issuer in self.issuers if issuer.did == did), None)
