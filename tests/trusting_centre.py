"""Two small centres on disk, neither a demonstration, of which the one trusts the other."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from asnad.desk.issue_run import issue_run
from asnad.desk.trust_list import Offer, add_issuer, read_offer
from asnad.site.issuer_reading import publish
from asnad.verification.trusted_issuer import TrustedIssuer
from example_centre import ExampleCentre, import_register
from new_centre import HEADINGS, LEARNERS, RUN, founded_centre

SINCE = date(2026, 11, 1)
OWN, OTHER = "own.example", "other.example"
OTHER_NAME, OTHER_PHONE = "Ravi Training Centre", "+92-42-5550100"


@dataclass(frozen=True, slots=True)
class TrustingCentre:
    """A centre that trusts another; both have issued to two learners."""

    centre: ExampleCentre
    other: ExampleCentre
    at: int
    """When they did, in seconds since 1970."""

    @property
    def trusted(self) -> TrustedIssuer:
        """Give the other as it is on the list."""
        (issuer,) = self.centre.folder.trusted_issuers(self.centre.catalogue.centre.did)
        return issuer

    def site(self) -> dict[str, bytes]:
        """Make the files of the centre's site that MkDocs does not make."""
        return published_files(self.centre, self.at)

    def copy(self, to: Path) -> TrustingCentre:
        """Copy both, for a test that changes something."""
        return replace(self, centre=self.centre.copy(to / "own"), other=self.other.copy(to / "other"))


def trusting_centres(to: Path) -> TrustingCentre:
    """Found two centres, let both issue, and put the one onto the list of the other."""
    at = int(time.time())
    centre = founded_centre(to / "own", OWN)
    other = founded_centre(to / "other", OTHER, name=OTHER_NAME, phone=OTHER_PHONE, serial_prefix="RTC")
    for each in (centre, other):
        import_register(each, RUN, "register.csv", (HEADINGS + LEARNERS).encode(), at)
        issue_run(each.workplace(at), RUN, lambda _done, _of: None)
    offer = offer_of(other, at)
    add_issuer(centre.folder, centre.catalogue.centre.did, offer, offer.root_key, SINCE, demonstration=False)
    return TrustingCentre(centre, other, at)


def published_files(centre: ExampleCentre, at: int) -> dict[str, bytes]:
    """Make the files of a site that MkDocs does not make."""
    files = publish(centre.folder, centre.catalogue, at=at, catalogue_only=False)
    assert files is not None
    return files


def offer_of(centre: ExampleCentre, at: int) -> Offer:
    """Take the pack of a centre from its site."""
    data = published_files(centre, at)["asnad/pack.json"]
    return read_offer(data, f"{centre.catalogue.centre.address}asnad/pack.json")
