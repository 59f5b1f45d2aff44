"""What a test does on a machine that lacks the browser it needs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def without_browser(reason: str) -> NoReturn:
    """
    Skip the test and say why; with REQUIRE_BROWSER=1, fail.

    A machine without a browser runs all the rest, and says so loudly; CI sets REQUIRE_BROWSER.
    """
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}; REQUIRE_BROWSER=1 makes that a failure")
    pytest.skip(reason)
