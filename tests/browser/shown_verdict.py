"""A case of the table in the verifier's page: what stands before it, and what is shown; alike in every browser."""

from __future__ import annotations

import json
from dataclasses import dataclass

from asnad.instant import parse_instant
from browser.conftest import MESSAGES, Case

REASONS: dict[str, str] = json.loads((MESSAGES / "en.json").read_bytes())["verifier"]["reason"]

PREPARE = """(at, seen) => {
  const Clock = Date;
  globalThis.Date = class extends Clock {
    constructor(...given) { if (given.length) super(...given); else super(at); }
    static now() { return at; }
  };
  localStorage.clear();
  for (const [name, versions] of Object.entries(seen)) localStorage.setItem(name, JSON.stringify(versions));
  globalThis.faults = [];
  addEventListener('error', ({ message }) => globalThis.faults.push(message));
  addEventListener('unhandledrejection', ({ reason }) => globalThis.faults.push(String(reason)));
}"""
READ = """() => {
  const results = [...document.querySelectorAll('[data-outcome]')];
  if (results.length === 0) return null;
  const failed = [...document.querySelectorAll('[data-result=failed]')];
  return JSON.stringify({
    outcomes: results.map(({ dataset }) => dataset.outcome),
    failed: Object.fromEntries(failed.map((row) => [row.dataset.check, row.querySelector('p').textContent])),
    faults: globalThis.faults,
  });
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows of a certificate."""

    outcomes: list[str]
    """Of each element that bears one."""
    failed: dict[str, str]
    """The reason in English, by the check that failed."""
    faults: list[str]
    """Errors that no script of the page caught."""


def preparation(case: Case) -> str:
    """Give the script that sets the clock and what the device remembers, and listens for errors of the page."""
    at = parse_instant(case.at)
    assert at is not None
    versions = case.given.get("seen", {})
    seen = {
        f"asnad-seen {issuer['did']} {key}": versions[issuer["did"]]
        for issuer in case.given["trust"]
        for key in issuer["rootKeys"]
        if issuer["did"] in versions
    }
    return f"({PREPARE})({at * 1000}, {json.dumps(seen)})"


def shown(read: str) -> Shown:
    """Give what ``READ`` has read."""
    return Shown(**json.loads(read))


def expected(case: Case) -> Shown:
    """Give what was written by hand."""
    failed = {check: REASONS[reason] for check, reason in case.expected["failed"].items()}
    return Shown(outcomes=[case.expected["outcome"]], failed=failed, faults=[])
