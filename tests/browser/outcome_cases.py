"""One case of the table for each outcome, for pages and pictures that show all of them."""

from __future__ import annotations

OUTCOME_CASES = {
    "cannot-check": "code-cut-in-signature",
    "unknown-issuer": "issuer-not-trusted",
    "invalid": "name-altered",
    "key-withdrawn": "compromised-key-backdated",
    "revoked": "revoked",
    "replaced": "replaced",
    "not-yet-valid": "not-yet-valid",
    "expired": "expired",
    "valid-status-unknown": "list-missing",
    "valid-status-stale": "list-ran-out",
    "demonstration": "demonstration",
    "valid": "micro-credential",
}
"""In the order of docs/format.md §6."""
