"""
How soon a phone has a verdict: on a slow line that has never seen the site, and without a line after one visit.

The verifier is built anew with four languages, and the site served on this machine, its texts compressed. On the slow
line Chromium itself delays every answer by 400 ms and lets 400 kbit pass a second; each code is opened in a new
profile, and all bytes that have come for the page by the time of its verdict are counted, headers too. Without a line
the page is visited once, the site is stopped, and the rest happens in a new tab of a processor slowed down six times.
The first verdict of a page that stands open, as before a scan, counts from giving it the digits, and so do the later
ones; that of a code's address counts from opening it, page and script included.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compressing_site import CompressingSite
from measure_verdict import WATCH
from measurement import Measurement
from playwright.sync_api import Browser, sync_playwright

from asnad import assets
from asnad.messages import read_messages, read_sections
from asnad.site.verifier_page import PinnedIssuer, verifier_files
from chromium import find_chromium

LANGUAGES = ("en", "ur", "nl", "kk")
MESSAGES = Path(__file__).parent.parent.parent / "site_overrides" / "messages"
ROUNDS = 5
LATER = 4
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes a second: 400 kbit/s both ways."""
SLOWED_DOWN = 6


def measure_slow_line(site: Path, codes: Sequence[str]) -> list[Measurement]:
    """Measure the worst of some codes on the slow line, and medians without a line."""
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: verdicts on a slow line and offline were NOT measured. Set CHROMIUM to a Chromium.")
        return []
    put_languages(site, LANGUAGES)
    served = CompressingSite(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        cold = [_cold(browser, f"{served.address}v/#{code}") for code in codes[:ROUNDS]]
        opened, first, later = _offline(browser, served, codes)
        browser.close()
    return [
        Measurement("verdict of a link on a slow line", max(seconds for seconds, _ in cold), 3.5, "s"),
        Measurement("fetched until that verdict", max(size for _, size in cold) / 1000, 60, "kB"),
        Measurement("first verdict offline, slowed down", statistics.median(first), 600, "ms"),
        Measurement("later verdicts offline, slowed down", statistics.median(later), 200, "ms"),
        Measurement("from opening a code's address offline, slowed down", statistics.median(opened), 600, "ms"),
    ]


def put_languages(site: Path, languages: tuple[str, ...]) -> None:
    """Build the verifier of a built site anew with other languages."""
    page = (site / "v" / "index.html").read_text("utf-8")
    block = re.search(r'id="asnad-issuers">(.*?)</script>', page)
    if block is None:
        raise RuntimeError("expected the issuers that the page pins, found none")
    texts = {tag: (MESSAGES / f"{tag}.json").read_bytes() for tag in languages}
    files = verifier_files(
        {path.name: path.read_bytes() for path in assets.verifier_dir().iterdir()},
        issuers=tuple(
            PinnedIssuer(issuer["did"], tuple(issuer["rootKeys"]), issuer["base"], issuer["timeZone"])
            for issuer in json.loads(block[1])
        ),
        site_files={path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()},
        messages=read_messages(texts, "verifier", languages),
        sections=read_sections(texts, "verifier", languages),
    )
    for path, content in files.items():
        (site / path).write_bytes(content)


def _cold(browser: Browser, address: str) -> tuple[float, int]:
    """Give seconds and bytes until the verdict, in a profile that has seen nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    came: list[tuple[float, int]] = []
    begun: list[float] = []
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", SLOW_LINE)
    protocol.on("Network.requestWillBeSent", lambda event: begun.append(event["timestamp"]))
    # The size of the headers comes with the answer, that of the body piece by piece.
    protocol.on(
        "Network.responseReceived",
        lambda event: came.append((event["timestamp"], int(event["response"]["encodedDataLength"]))),
    )
    protocol.on(
        "Network.dataReceived", lambda event: came.append((event["timestamp"], int(event["encodedDataLength"])))
    )
    page.goto(address, wait_until="commit")
    seconds = _verdict(page, 0) / 1000
    # What comes later, such as the tools, nobody has waited for.
    fetched = sum(size for at, size in came if at <= begun[0] + seconds)
    context.close()
    return seconds, fetched


def _offline(
    browser: Browser, served: CompressingSite, codes: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    contexts = []
    for _ in range(2 * ROUNDS):
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(f"{served.address}v/")
        page.get_by_text("without a connection").wait_for()
        page.close()
        contexts.append(context)
    served.stop()
    opened: list[float] = []
    first: list[float] = []
    later: list[float] = []
    for context in contexts[:ROUNDS]:
        page = _slowed_down(context)
        page.goto(f"{served.address}v/#{codes[0]}", wait_until="commit")
        opened.append(_verdict(page, 0))
        context.close()
    for context in contexts[ROUNDS:]:
        page = _slowed_down(context)
        page.goto(f"{served.address}v/")
        times = []
        for code in codes[: LATER + 1]:
            # What comes after loading or a verdict is not what the next one waits for.
            page.wait_for_timeout(1500)
            seen = page.evaluate("window.verdicts.length")
            page.evaluate("(digits) => window.give(digits)", code)
            times.append(_verdict(page, seen))
        first.append(times[0])
        later += times[1:]
        context.close()
    return opened, first, later


def _slowed_down(context: Any) -> Any:
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED_DOWN})
    return page


def _verdict(page: Any, seen: int) -> float:
    for _ in range(120):
        # To be asked costs a slowed processor time of its own.
        page.wait_for_timeout(250)
        if page.evaluate("(window.verdicts ?? []).length") > seen:
            break
    else:
        raise RuntimeError("expected a verdict within half a minute, found none")
    verdict = page.evaluate("window.verdicts.at(-1)")
    if not verdict["outcome"].startswith(("demonstration", "valid")):
        raise RuntimeError(f"expected a good certificate, got {verdict['outcome']}")
    return float(verdict["milliseconds"])
