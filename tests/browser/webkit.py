"""A WebKitGTK that a test drives by its own WebDriver, on a screen that nobody sees."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

SECONDS = 60
"""A command may take, on a busy machine."""


def find_webkit() -> str | None:
    """Find the driver, which knows its browser; it also needs Xvfb."""
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None


class WebKit:
    """One window of a running WebKitGTK."""

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def open(self, address: str, after: str) -> None:
        """Load a page, after whose own scripts one of the test runs: this driver has none that runs before them."""
        self._driver.get(address)
        self._driver.execute_script(after)

    def follow(self, fragment: str) -> None:
        """Follow a link to a fragment of the page that is open."""
        self._driver.execute_script("location.hash = arguments[0]", fragment)

    def choose_file(self, selector: str, path: Path) -> None:
        """Choose a file in an input of the page."""
        self._driver.find_element("css selector", selector).send_keys(str(path))

    def wait_for(self, function: str) -> str:
        """Call a function in the page until it gives a text."""
        waiting = WebDriverWait(self._driver, SECONDS, poll_frequency=0.02)
        return str(waiting.until(lambda driver: driver.execute_script(f"return ({function})()")))


@contextmanager
def running_webkit(program: str) -> Iterator[WebKit]:
    """Start a screen and WebKitGTK on it, and end both."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # Xvfb chooses a number that is free, and writes it when it is ready.
        with os.fdopen(read) as chosen:
            display = f":{chosen.readline().strip()}"
        os.close(write)
        # Containers allow no sandbox of bubblewrap inside them.
        environment = os.environ | {"DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        driver = WebKitGTK(options=Options(), service=Service(program, env=environment))
        try:
            yield WebKit(driver)
        finally:
            driver.quit()
    finally:
        screen.terminate()
        screen.wait()
