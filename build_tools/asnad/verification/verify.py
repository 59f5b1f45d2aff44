"""
Verification of one certificate: bytes or digits, trust and a moment in; a report out.

The order of the checks and the reasons are those of docs/format.md §6. No input raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from asnad.credentials.digest import credential_digest
from asnad.credentials.profile import check_profile
from asnad.errors import InvalidError, UnreadableError, VerificationError
from asnad.instant import parse_instant
from asnad.issuers.keys_file import IssuerKey, KeysFile, KeyState, Role, frozen_path, verify_keys_file
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.proof import JCS, RDFC
from asnad.proofs.rdf_dataset import Contexts, UndefinedTermError
from asnad.proofs.strict_json import JSONObject, parse_json
from asnad.verification.outcome import Check, Outcome, Result
from asnad.verification.period import judge_period
from asnad.verification.report import CheckResult, Report
from asnad.verification.standing import MAX_LEAP, Standing, judge_standing
from asnad.verification.trust import IssuerTrust, Trust

MAX_CREDENTIAL = 65_536
CONTEXT: tuple[str, str] = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TYPES: tuple[str, str] = ("VerifiableCredential", "OpenBadgeCredential")


def verify_document(data: bytes, trust: Trust, at: int, contexts: Contexts | None = None) -> Report:
    """
    Judge a credential file.

    Args:
        data: The bytes as received.

        trust: Whom this verifier believes, and what it holds.

        at: The moment for which the verdict is asked, in seconds since 1970.

        contexts: Where given, a file with an rdfc proof alone is judged by that proof.

    """
    case = _Case(trust, at, contexts)
    try:
        credential = parse_json(data, limit=MAX_CREDENTIAL)
    except UnreadableError as error:
        return case.stopped(Check.READ, Outcome.CANNOT_CHECK, error.reason)
    # What is no object has no context, which is the first thing that a credential must have.
    return case.judge(credential if isinstance(credential, dict) else {})


def verify_restored(credentials: tuple[JSONObject, ...], trust: Trust, at: int) -> Report:
    """
    Judge what a payload was restored to; of several documents the one whose signature fits is meant.

    Args:
        credentials: At least one.

        trust: Whom this verifier believes, and what it holds.

        at: The moment for which the verdict is asked, in seconds since 1970.

    """
    reports = [_Case(trust, at, None).judge(credential) for credential in credentials]
    return next((report for report in reports if _signature_fits(report)), reports[0])


def unreadable(reason: str) -> Report:
    """
    Report that nothing could be read.

    Args:
        reason: One of those of check 1.

    """
    return _Case(Trust((), ()), 0, None).stopped(Check.READ, Outcome.CANNOT_CHECK, reason)


def _signature_fits(report: Report) -> bool:
    return CheckResult(Check.SIGNATURE, Result.PASSED) in report.checks


class _CheckFailed(Exception):
    """A check has failed, and those after it are not reached."""

    def __init__(self, check: Check, outcome: Outcome, reason: str, place: str | None = None) -> None:
        super().__init__(reason)
        self.check = check
        self.outcome = outcome
        self.reason = reason
        self.place = place


@dataclass(slots=True)
class _Case:
    """One certificate on its way through the checks."""

    trust: Trust
    at: int
    contexts: Contexts | None
    passed: list[Check] = field(default_factory=list)
    keys: KeysFile | None = None

    def judge(self, credential: JSONObject) -> Report:
        """Run the checks in their order."""
        self.passed.append(Check.READ)
        try:
            proof = self._deciding_proof(credential)
            issuer = self._trusted_issuer(credential)
            keys = self.keys = _held_keys(issuer)
            self.passed.append(Check.ISSUER)
            key = self._issuing_key(keys, proof)
            self.passed.append(Check.KEY)
            self._signature(credential, proof, key)
            self.passed.append(Check.SIGNATURE)
            _content(credential, keys)
            self.passed.insert(1, Check.FORMAT)
            _refuse_withdrawn_key(credential, keys, key, issuer)
        except _CheckFailed as stop:
            return self.stopped(stop.check, stop.outcome, stop.reason, stop.place)
        return self._conclude(credential, keys, issuer)

    def stopped(self, check: Check, outcome: Outcome, reason: str, place: str | None = None) -> Report:
        """Report a failed check; what was not reached is not passed."""
        results = []
        for item in Check:
            if item is check:
                results.append(CheckResult(item, Result.FAILED, reason, place))
            elif item in self.passed:
                results.append(CheckResult(item, Result.PASSED))
            else:
                results.append(CheckResult(item, Result.UNCHECKED, "not-reached"))
        return Report(
            outcome=outcome,
            checks=tuple(results),
            as_of=None,
            list_valid_until=None,
            withdrawn_on=None,
            keys=self.keys,
            credential=None,
        )

    def _deciding_proof(self, credential: JSONObject) -> JSONObject:
        if credential.get("@context") != list(CONTEXT):
            raise _CheckFailed(Check.FORMAT, Outcome.CANNOT_CHECK, "context-unsupported")
        if credential.get("type") != list(TYPES):
            raise _CheckFailed(Check.FORMAT, Outcome.CANNOT_CHECK, "type-unsupported")
        issuer = credential.get("issuer")
        if not isinstance(issuer, dict) or not isinstance(issuer.get("id"), str):
            raise _CheckFailed(Check.FORMAT, Outcome.CANNOT_CHECK, "issuer-unreadable")
        proof = _proof_of_suite(credential, JCS, (JCS,), (JCS, RDFC))
        if proof is not None and eddsa_jcs_2022.has_known_shape(credential, proof):
            return proof
        proof = _proof_of_suite(credential, RDFC, (RDFC,))
        known = proof is not None and proof.keys() == eddsa_jcs_2022.MEMBERS and proof["type"] == "DataIntegrityProof"
        if proof is not None and known and self.contexts is not None:
            return proof
        raise _CheckFailed(Check.FORMAT, Outcome.CANNOT_CHECK, "proof-unsupported")

    def _trusted_issuer(self, credential: JSONObject) -> IssuerTrust:
        issuer = credential["issuer"]
        trusted = self.trust.issuer(str(issuer["id"])) if isinstance(issuer, dict) else None
        if trusted is None:
            raise _CheckFailed(Check.ISSUER, Outcome.UNKNOWN_ISSUER, "issuer-unknown")
        return trusted

    def _issuing_key(self, keys: KeysFile, proof: JSONObject) -> IssuerKey:
        key = keys.key(str(proof["verificationMethod"]))
        if key is None and self.at > keys.valid_until:
            raise _CheckFailed(Check.KEY, Outcome.CANNOT_CHECK, "keys-ran-out")
        if key is None:
            raise _CheckFailed(Check.KEY, Outcome.INVALID, "key-unknown")
        if key.role is not Role.ISSUING:
            raise _CheckFailed(Check.KEY, Outcome.INVALID, "key-role")
        if proof["proofPurpose"] != "assertionMethod":
            raise _CheckFailed(Check.KEY, Outcome.INVALID, "proof-purpose")
        created = parse_instant(proof["created"])
        if created is None or not key.in_time(created):
            raise _CheckFailed(Check.KEY, Outcome.INVALID, "key-time")
        return key

    def _signature(self, credential: JSONObject, proof: JSONObject, key: IssuerKey) -> None:
        try:
            if proof["cryptosuite"] == JCS:
                eddsa_jcs_2022.verify_proof(credential, proof, key.public_key)
            elif self.contexts is not None:
                eddsa_rdfc_2022.verify_proof(credential, proof, key.public_key, self.contexts)
        except UndefinedTermError:
            raise _CheckFailed(Check.FORMAT, Outcome.CANNOT_CHECK, "context-unsupported") from None
        except InvalidError:
            raise _CheckFailed(Check.SIGNATURE, Outcome.INVALID, "signature-mismatch") from None

    def _conclude(self, credential: JSONObject, keys: KeysFile, issuer: IssuerTrust) -> Report:
        period, period_reason = judge_period(credential, self.at)
        standing = judge_standing(credential, keys, issuer, self.at)
        candidates = {period, standing.outcome, Outcome.DEMONSTRATION if keys.demonstration else Outcome.VALID}
        checks = [CheckResult(check, Result.PASSED) for check in self.passed]
        checks.append(_result(Check.PERIOD, period_reason))
        checks.append(_result(Check.STATUS, standing.reason))
        checks.append(_versions(standing))
        return Report(
            outcome=next(outcome for outcome in Outcome if outcome in candidates),
            checks=tuple(checks),
            as_of=standing.as_of,
            list_valid_until=standing.list_valid_until,
            withdrawn_on=standing.withdrawn_on,
            keys=keys,
            credential=credential,
        )


def _proof_of_suite(credential: JSONObject, suite: str, *allowed: tuple[str, ...]) -> JSONObject | None:
    proofs = credential.get("proof")
    if not isinstance(proofs, list):
        return None
    suites = [str(proof.get("cryptosuite")) if isinstance(proof, dict) else "" for proof in proofs]
    if tuple(sorted(suites)) not in allowed:
        return None
    proof = proofs[suites.index(suite)]
    return proof if isinstance(proof, dict) and _all_strings(proof) else None


def _all_strings(proof: JSONObject) -> bool:
    return all(isinstance(value, str) for name, value in proof.items() if name != "@context")


def _held_keys(issuer: IssuerTrust) -> KeysFile:
    data = issuer.files.get("asnad/keys.json")
    if data is None:
        raise _CheckFailed(Check.ISSUER, Outcome.CANNOT_CHECK, "keys-missing")
    try:
        keys = verify_keys_file(data, issuer.did, issuer.root_keys)
    except InvalidError as error:
        raise _CheckFailed(Check.ISSUER, Outcome.CANNOT_CHECK, error.reason) from None
    if issuer.seen is not None and keys.version < issuer.seen.keys:
        raise _CheckFailed(Check.ISSUER, Outcome.CANNOT_CHECK, "keys-rolled-back")
    if issuer.seen is not None and keys.version > issuer.seen.keys + MAX_LEAP:
        raise _CheckFailed(Check.ISSUER, Outcome.CANNOT_CHECK, "keys-leapt")
    return keys


def _content(credential: JSONObject, keys: KeysFile) -> None:
    try:
        check_profile(credential, keys.sites)
    except VerificationError as error:
        raise _CheckFailed(Check.FORMAT, Outcome.INVALID, error.reason, error.place) from None


def _refuse_withdrawn_key(credential: JSONObject, keys: KeysFile, key: IssuerKey, issuer: IssuerTrust) -> None:
    if key.state is not KeyState.COMPROMISED:
        return
    frozen = keys.frozen_list(key.id)
    data = issuer.files.get(frozen_path(key))
    if frozen is None or data is None or len(data) != frozen.length or sha256(data).digest() != frozen.sha256:
        raise _CheckFailed(Check.KEY, Outcome.CANNOT_CHECK, "frozen-missing")
    digest = credential_digest(credential)
    if not any(data[start : start + 32] == digest for start in range(0, len(data), 32)):
        raise _CheckFailed(Check.KEY, Outcome.KEY_WITHDRAWN, "key-compromised")


def _result(check: Check, reason: str | None) -> CheckResult:
    return CheckResult(check, Result.FAILED, reason) if reason else CheckResult(check, Result.PASSED)


def _versions(standing: Standing) -> CheckResult:
    if standing.versions is None:
        return CheckResult(Check.VERSIONS, Result.PASSED)
    unchecked = standing.versions in ("manifest-missing", "first-seen")
    result = Result.UNCHECKED if unchecked else Result.FAILED
    return CheckResult(Check.VERSIONS, result, standing.versions)
