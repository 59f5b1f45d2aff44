"""
How soon a verdict stands on the page.

The built site is served on this machine. The page is opened without a certificate, and once it is loaded the digits
of a code are put behind its address, as a scanned code does. A script that is injected before the page's own notes the
time of that, and through a MutationObserver the time at which an element with `data-outcome` is in the document.
Between the two lie, for the first verdict, fetching and checking keys, manifest and list. The last number has no
target: from the first moment of opening a code's address, script and styles still to be fetched, to its verdict.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from measurement import Measurement
from playwright.sync_api import Page, sync_playwright

from asnad.cli.server import SiteServer
from chromium import find_chromium

ROUNDS = 5
LATER = 4
WATCH = """
window.verdicts = [];
window.given = 0;
window.give = (digits) => { window.given = performance.now(); location.hash = digits; };
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const found = node.matches('[data-outcome]') ? node : node.querySelector('[data-outcome]');
    if (found) window.verdicts.push({ outcome: found.dataset.outcome, milliseconds: performance.now() - window.given });
  }
}).observe(document, { childList: true, subtree: true });
"""


def measure_verdicts(site: Path, codes: Sequence[str]) -> list[Measurement]:
    """Measure the first verdict of a freshly opened browser profile, and the ones after it; medians."""
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: the time of verdicts was NOT measured. Set CHROMIUM to a Chromium.")
        return []
    first: list[float] = []
    later: list[float] = []
    scanned: list[float] = []
    with SiteServer(site, "127.0.0.1", 0) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(ROUNDS):
            # A new context has no cache, no memory and no service worker.
            context = browser.new_context()
            page = context.new_page()
            page.add_init_script(WATCH)
            page.goto(f"http://127.0.0.1:{server.port}/v/", wait_until="networkidle")
            times = [_verdict(page, code) for code in codes[: LATER + 1]]
            first.append(times[0])
            later += times[1:]
            context.close()
        for code in codes[:ROUNDS]:
            context = browser.new_context()
            page = context.new_page()
            page.add_init_script(WATCH)
            page.goto(f"http://127.0.0.1:{server.port}/v/#{code}")
            scanned.append(_milliseconds(page, 0))
            context.close()
        browser.close()
    return [
        Measurement("first verdict of a loaded page", statistics.median(first), 150, "ms"),
        Measurement("later verdicts", statistics.median(later), 50, "ms"),
        Measurement("from opening a code's address to its verdict", statistics.median(scanned), None, "ms"),
    ]


def _verdict(page: Page, digits: str) -> float:
    seen = page.evaluate("window.verdicts.length")
    page.evaluate("(digits) => window.give(digits)", digits)
    return _milliseconds(page, seen)


def _milliseconds(page: Page, seen: int) -> float:
    # Waiting inside of the page would need eval, which the page's security policy forbids.
    for _ in range(1000):
        if page.evaluate("window.verdicts.length") > seen:
            break
        page.wait_for_timeout(10)
    else:
        raise RuntimeError("expected a verdict within ten seconds, found none")
    verdict = page.evaluate("window.verdicts.at(-1)")
    if not verdict["outcome"].startswith(("demonstration", "valid")):
        raise RuntimeError(f"expected a good certificate, got {verdict['outcome']}")
    return float(verdict["milliseconds"])
