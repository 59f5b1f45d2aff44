"""Whether a certificate is in its time (docs/format.md §6, check 6)."""

from __future__ import annotations

from asnad.instant import TOLERANCE_SECONDS, parse_instant
from asnad.proofs.strict_json import JSONObject
from asnad.verification.outcome import Outcome


def judge_period(credential: JSONObject, at: int) -> tuple[Outcome | None, str | None]:
    """
    Compare the certificate's times with a moment.

    Args:
        credential: Whose content has been checked.

        at: Seconds since 1970.

    Returns:
        Outcome and reason, or nothing twice where the moment lies inside.

    """
    valid_from = parse_instant(credential["validFrom"])
    valid_until = parse_instant(credential.get("validUntil"))
    if valid_from is None or at + TOLERANCE_SECONDS < valid_from:
        return Outcome.NOT_YET_VALID, "not-yet"
    if valid_until is not None and at > valid_until:
        return Outcome.EXPIRED, "over"
    return None, None
