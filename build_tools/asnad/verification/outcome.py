"""What a verifier may say (docs/format.md §6); the codes are stable."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The verdict, in the order in which the first that applies is given."""

    CANNOT_CHECK = "cannot-check"
    UNKNOWN_ISSUER = "unknown-issuer"
    INVALID = "invalid"
    KEY_WITHDRAWN = "key-withdrawn"
    REVOKED = "revoked"
    REPLACED = "replaced"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    VALID_STATUS_UNKNOWN = "valid-status-unknown"
    VALID_STATUS_STALE = "valid-status-stale"
    DEMONSTRATION = "demonstration"
    VALID = "valid"

    def exit_code(self) -> int:
        """Give the exit code of the command line: 0 good, 1 found wrong, 3 could not be told."""
        return _EXIT_CODES.get(self, 1)


_EXIT_CODES = {
    Outcome.CANNOT_CHECK: 3,
    Outcome.UNKNOWN_ISSUER: 3,
    Outcome.VALID_STATUS_UNKNOWN: 3,
    Outcome.VALID_STATUS_STALE: 3,
    Outcome.DEMONSTRATION: 0,
    Outcome.VALID: 0,
}


class Check(StrEnum):
    """One thing that is looked at."""

    READ = "read"
    FORMAT = "format"
    ISSUER = "issuer"
    KEY = "key"
    SIGNATURE = "signature"
    PERIOD = "period"
    STATUS = "status"
    VERSIONS = "versions"


class Result(StrEnum):
    """What became of a check; what could not be looked at is never passed."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"
