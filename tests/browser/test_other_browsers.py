"""
The built page in browsers of other makers: the same verdict for every outcome.

Firefox ESR and WebKitGTK as Debian packs them. A script of the test sets the clock, and what the device remembers from
before: in Firefox ahead of the page's own scripts. The driver of WebKitGTK has no such way, so there the page is opened
first, then the script is run, and then the certificate is given, as by a link to the page that is open.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from asnad.verification.outcome import Outcome
from browser.conftest import CASES, Case, publish, read_case
from browser.firefox import find_firefox, running_firefox
from browser.shown_verdict import READ, Shown, expected, preparation, shown
from browser.static_site import StaticSite
from browser.webkit import find_webkit, running_webkit
from wanted_browser import without_browser

pytestmark = [pytest.mark.browser, pytest.mark.node]

CHOSEN = {
    Outcome.CANNOT_CHECK: ("deflate-bomb-of-a-megabyte", "lone-surrogate", "keys-rolled-back"),
    Outcome.UNKNOWN_ISSUER: ("issuer-brings-its-key",),
    Outcome.INVALID: ("code-signature-altered", "signature-s-plus-l", "name-with-bidi-control"),
    Outcome.KEY_WITHDRAWN: ("compromised-key-backdated",),
    Outcome.REVOKED: ("code-revoked", "revoked-manifest-rolled-back"),
    Outcome.REPLACED: ("replaced",),
    Outcome.NOT_YET_VALID: ("not-yet-valid",),
    Outcome.EXPIRED: ("expired",),
    Outcome.VALID_STATUS_UNKNOWN: ("list-missing", "manifest-leapt"),
    Outcome.VALID_STATUS_STALE: ("list-ran-out",),
    Outcome.DEMONSTRATION: ("demonstration",),
    Outcome.VALID: ("link", "code-typed", "completion", "indented"),
}
"""Cases by outcome: files, codes and links, and what the device has seen before."""


def test_every_outcome_is_among_the_chosen_cases() -> None:
    assert set(CHOSEN) == set(Outcome)
    for outcome, names in CHOSEN.items():
        assert {read_case(name).expected["outcome"] for name in names} == {outcome}


def differing(judged: Callable[[Case], Shown]) -> dict[str, tuple[Shown, Shown]]:
    """Give what was shown and what should have been, of each case where it is not the same."""
    cases = [read_case(name) for names in CHOSEN.values() for name in names]
    told = {case.name: (judged(case), expected(case)) for case in cases}
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


def test_firefox_gives_the_verdicts_that_were_written_by_hand(
    site: StaticSite, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    program = find_firefox() or without_browser("NO FIREFOX: install firefox-esr, or name its program in FIREFOX")
    with running_firefox(program, tmp_path) as firefox:

        def judged(case: Case) -> Shown:
            address = publish(site, case, bundle, f"{case.name}/")
            firefox.open(address + ("" if case.digits is None else f"#{quote(case.digits)}"), preparation(case))
            if case.digits is None:
                firefox.choose_file("#file", CASES / case.name / case.given["input"])
            return shown(firefox.wait_for(READ))

        assert differing(judged) == {}


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
def test_webkit_gives_the_verdicts_that_were_written_by_hand(site: StaticSite, bundle: dict[str, bytes]) -> None:
    program = find_webkit() or without_browser("NO WEBKITGTK: install webkit2gtk-driver and xvfb")
    with running_webkit(program) as webkit:

        def judged(case: Case) -> Shown:
            address = publish(site, case, bundle, f"{case.name}/")
            webkit.open(address, preparation(case))
            if case.digits is None:
                webkit.choose_file("#file", CASES / case.name / case.given["input"])
            else:
                webkit.follow(quote(case.digits))
            return shown(webkit.wait_for(READ))

        assert differing(judged) == {}
