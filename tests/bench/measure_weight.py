"""
What a page of a course weighs on a phone that has never seen the site.

The built site is served on this machine and each page is opened in a new profile of Chromium, which has no cache. Every
answer that the page asks for is counted until the network is idle and its fonts are there: text as `gzip -9` makes it,
as a host would send it, and fonts and pictures as they are. The heaviest page of all counts.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from measurement import Measurement
from playwright.sync_api import Browser, Response, sync_playwright

from asnad.cli.server import SiteServer
from chromium import find_chromium

PACKED = frozenset({".woff2", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
TARGETS = {"en": 120, "ur": 200}


def measure_weights(site: Path, languages: Sequence[str]) -> list[Measurement]:
    """Weigh every page of a course, and the list of courses; the first language stands at the root."""
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: the weight of pages was NOT measured. Set CHROMIUM to a Chromium.")
        return []
    measured = []
    with SiteServer(site, "127.0.0.1", 0) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        root = f"http://127.0.0.1:{server.port}/"
        for language in languages:
            folder = "" if language == languages[0] else f"{language}/"
            courses = [path.parent.relative_to(site).as_posix() for path in site.glob(f"{folder}courses/*/index.html")]
            heaviest = max(_weight(browser, f"{root}{path}/") for path in sorted(courses))
            target = TARGETS.get(language)
            measured.append(Measurement(f"heaviest page of a course, {language}, fetched", heaviest, target, "kB"))
            whole = _weight(browser, f"{root}{folder}courses/")
            measured.append(Measurement(f"list of courses, {language}, fetched", whole, None, "kB"))
        browser.close()
    return measured


def _weight(browser: Browser, address: str) -> float:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    if any(answer.status != 200 for answer in answers):
        raise RuntimeError(f"expected every file of {address}, missed {[a.url for a in answers if a.status != 200]}")
    weight = sum(_sent(answer) for answer in answers)
    context.close()
    return weight / 1000


def _sent(answer: Response) -> int:
    body = answer.body()
    return len(body) if Path(answer.url.partition("?")[0]).suffix in PACKED else len(gzip.compress(body, 9))
