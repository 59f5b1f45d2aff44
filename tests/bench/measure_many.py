"""
How long a folder of 1,000 certificates takes on the command line and in the page.

On the command line the time runs from the start of the process to its end, with the table of all rows; in the page
from the event of the chooser to the table in the document. The best of several counts: other work on the machine makes
each of them slower, and nothing makes them faster.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measurement import Measurement
from playwright.sync_api import sync_playwright

from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from asnad.cli.server import SiteServer
from chromium import find_chromium
from example_centre import ROOT

ROUNDS = 5
WATCH = """
addEventListener('change', () => {
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (document.querySelector('.rows tbody tr') === null) return;
    watch.disconnect();
    window.took = (performance.now() - began) / 1000;
  });
  watch.observe(document, { childList: true, subtree: true });
}, true);
"""


def measure_many(centre: Path, folder: Path) -> Iterator[Measurement]:
    """Check every certificate of a centre that has issued some."""
    issued = sorted((centre / "credentials" / "private" / "credentials").glob("*.json"))
    files = folder / "received"
    files.mkdir(parents=True)
    for path in issued:
        shutil.copy(path, files / path.name)
    what = f"{len(issued):,} files"
    yield Measurement(f"{what} on the command line", min(_commanded(centre, files) for _ in range(ROUNDS)), 4, "s")
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: a folder in the page was NOT measured. Set CHROMIUM to a Chromium.")
        return
    build_site(CentreFolder(centre), folder / "site")
    with SiteServer(folder / "site", "127.0.0.1", 0) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.port}/v/"
        taken = [_in_the_page(browser, address, files, len(issued)) for _ in range(ROUNDS)]
        browser.close()
    yield Measurement(f"{what} in the page", min(taken), 20, "s")


def _commanded(centre: Path, files: Path) -> float:
    words = [sys.executable, "-m", "asnad", "verify", str(files), "--centre", str(centre)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "build_tools")}
    started = time.monotonic()
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"expected good certificates, got exit code {done.returncode}: {done.stderr.decode()}")
    return time.monotonic() - started


def _in_the_page(browser: Any, address: str, files: Path, expected: int) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.get_by_role("button", name="Check many at once").click()
    page.locator("#folder").wait_for(state="attached")
    page.set_input_files("#folder", files)
    page.locator(".rows tbody tr").first.wait_for(timeout=300_000)
    if page.get_by_role("button", name=f"Demonstration ({expected})").count() != 1:
        raise RuntimeError(f"expected {expected} good certificates, got {page.locator('.filters').text_content()}")
    took = float(page.evaluate("window.took"))
    context.close()
    return took
