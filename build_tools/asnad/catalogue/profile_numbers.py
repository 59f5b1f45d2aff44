"""The numbers that differ from country to country: how large a micro-credential is by each profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from asnad.catalogue.centre import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileNumbers:
    """Bounds of a micro-credential; nothing where a profile sets none."""

    least_hours: int | None = None
    """Notional workload."""
    credit_scheme: str | None = None
    least_credits: Decimal | None = None
    most_credits: Decimal | None = None


NUMBERS: Mapping[Profile, ProfileNumbers] = {
    Profile.LOCAL: ProfileNumbers(),
    Profile.NL_HE: ProfileNumbers(
        least_hours=84, credit_scheme="ECTS", least_credits=Decimal(3), most_credits=Decimal(30)
    ),
    Profile.NL_240: ProfileNumbers(least_hours=240),
    Profile.NL_VET_80: ProfileNumbers(least_hours=80),
}
"""Every profile of ``centre.yml``; docs/catalogue.md says where the numbers come from."""
