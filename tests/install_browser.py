"""Find a Chromium for the tests, or try Playwright's own; without one those tests are skipped, and said to be."""

from __future__ import annotations

import os
import subprocess
import sys

from chromium import find_chromium

if find_chromium() is None:
    print("No Chromium found: trying Playwright's own (about 150 MB) ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    subprocess.run(command, check=False, timeout=900)
if find_chromium() is None:
    message = "NO BROWSER: the tests that need one will be skipped. Install Chromium, or set CHROMIUM to its program."
    if os.environ.get("REQUIRE_BROWSER") == "1":
        sys.exit(f"{message} REQUIRE_BROWSER=1 makes that a failure.")
    print(f"\n*** {message} ***\n", flush=True)
