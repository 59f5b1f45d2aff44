"""Ask two Python libraries by others what they hold of a credential, without a network."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from importlib.resources import files
from typing import Any
from unittest.mock import patch

from openbadgeslib.ob3 import OB3VerificationError
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.verify import VerificationPolicy, verify_credential

OPEN_BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a library by others says: whether it accepts, and if not, why."""

    accepted: bool
    reason: str


def judge_with_openbadgeslib(credential: bytes, documents: Mapping[str, bytes], at: datetime) -> Judgement:
    """
    Verify the rdfc proof, the period and the bit of the status list with openbadgeslib.

    The library takes a status list's own signature only as a JWT, so that one is not asked for.

    Args:
        credential: the credential file.
        documents: did documents and status lists by `https:` address.
        at: the time, in UTC.

    Returns:
        The judgement, with the library's own words.

    """
    verifier = OB3LdpVerifier.for_issuer_did(json.loads(credential)["issuer"]["id"])
    try:
        with _openbadgeslib_clock(at):
            verifier.verify(credential, check_status=True, verify_status_list=False, download=_giving(documents))
    except OB3VerificationError as refusal:
        return Judgement(accepted=False, reason=str(refusal))
    return Judgement(accepted=True, reason="")


def judge_with_openvc(credential: bytes, cryptosuite: str, documents: Mapping[str, bytes], at: datetime) -> Judgement:
    """
    Verify one proof, the period, and the status list by its proof of the same suite with openvc-core.

    The library takes a single proof and no array, so the others are left out.

    Args:
        credential: the credential file.
        cryptosuite: `eddsa-rdfc-2022` or `eddsa-jcs-2022`.
        documents: did documents and status lists by `https:` address.
        at: the time, in UTC.

    Returns:
        The judgement, with the library's own words.

    """
    give = _giving(documents)
    resolver = DidResolverRegistry([DidWebResolver(lambda address: json.loads(give(address)))])
    contexts = {OPEN_BADGES_CONTEXT: _open_badges_context()}

    def verified_list(address: str) -> dict[str, Any]:
        result = verify_credential(
            _with_one_proof(give(address), cryptosuite),
            policy=VerificationPolicy(require_status=False, now=at),
            resolver=resolver,
            extra_contexts=contexts,
        )
        return result.credential

    try:
        verify_credential(
            _with_one_proof(credential, cryptosuite),
            policy=VerificationPolicy(now=at, require_status_issuer_binding=True),
            resolver=resolver,
            resolve_status_list=verified_list,
            extra_contexts=contexts,
        )
    except OpenvcError as refusal:
        return Judgement(accepted=False, reason=f"{type(refusal).__name__}: {refusal}")
    return Judgement(accepted=True, reason="")


def _giving(documents: Mapping[str, bytes]) -> Callable[[str], bytes]:
    def give(address: str) -> bytes:
        if address not in documents:
            raise OSError(f"not given, and nothing is fetched: {address}")
        return documents[address]

    return give


def _with_one_proof(document: bytes, cryptosuite: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(document)
    [parsed["proof"]] = [proof for proof in parsed["proof"] if proof["cryptosuite"] == cryptosuite]
    return parsed


def _open_badges_context() -> dict[str, Any]:
    path = files("openbadgeslib") / "ob3" / "contexts" / "ob-v3p0-context-3.0.3.json"
    context: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return context


@contextmanager
def _openbadgeslib_clock(at: datetime) -> Iterator[None]:
    """The library reads the clock itself: it is stopped for it alone."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls.fromtimestamp(at.timestamp(), tz)

    with (
        patch("openbadgeslib.ob3.verifier.datetime", Stopped),
        patch("openbadgeslib.ob3.status.datetime", Stopped),
        patch("openbadgeslib.ob3.ldp.datetime", Stopped),
    ):
        yield
