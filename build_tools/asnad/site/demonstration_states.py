"""
The certificates by which a demonstration shows the answers of the verifier, as ``credentials/demonstration`` has them.

Each is named by the answer that it should get; nothing here says that it does, which only a check can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from asnad.errors import PublicationError, VerificationError
from asnad.issuers.members import MembersError, each, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object
from asnad.verification.outcome import Outcome

PATH = "demonstration/states.json"
"""Below ``credentials/``."""
MAX_STATES = 131_072
PICTURED = (Outcome.VALID,)
"""The answer that no certificate of a demonstration gets, for the keys of its issuer say that it is one."""
_DIGITS = re.compile(r"[0-9]{1,4000}")
_PLACE = f"credentials/{PATH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationState:
    """A certificate, and the answer that it should get."""

    outcome: Outcome
    code_digits: str
    """For the QR code."""
    link_digits: str


def states_json(states: Iterable[DemonstrationState]) -> bytes:
    """
    Write the file.

    Args:
        states: In the order in which they are shown.

    """
    entries: list[JSONValue] = [
        {"outcome": str(state.outcome), "code": state.code_digits, "link": state.link_digits} for state in states
    ]
    return canonical_json({"type": "AsnadDemonstration", "format": 1, "states": entries})


def read_states(data: bytes) -> tuple[DemonstrationState, ...]:
    """
    Read the file.

    Args:
        data: As ``asnad demo`` wrote it.

    Raises:
        PublicationError: It is something else.

    """
    try:
        document: JSONObject = only(parse_object(data, limit=MAX_STATES), frozenset(("type", "format", "states")))
        if document["type"] != "AsnadDemonstration" or whole(document["format"]) != 1:
            raise MembersError("expected AsnadDemonstration of format 1, got another type")
        states = tuple(_read_state(item) for item in each(document["states"]))
        if len({state.outcome for state in states}) != len(states):
            raise MembersError("expected one certificate for an answer, got more")
    except (MembersError, VerificationError) as error:
        raise PublicationError(
            str(error), place=_PLACE, hint="take the folder credentials/demonstration out, and run: asnad demo"
        ) from None
    return states


def _read_state(value: JSONValue) -> DemonstrationState:
    item = only(value, frozenset(("outcome", "code", "link")))
    outcome, code, link = text(item["outcome"]), text(item["code"], 4000), text(item["link"], 4000)
    if outcome not in tuple(Outcome) or Outcome(outcome) in PICTURED:
        raise MembersError("expected an answer that a demonstration can get, got another")
    if not _DIGITS.fullmatch(code) or not _DIGITS.fullmatch(link):
        raise MembersError("expected digits of a code and of a link, got something else")
    return DemonstrationState(outcome=Outcome(outcome), code_digits=code, link_digits=link)
