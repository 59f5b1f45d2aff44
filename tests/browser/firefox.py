"""A Firefox that a test drives by WebDriver BiDi, which Firefox speaks by itself: no other program stands between."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

SECONDS = 60
"""A command may take, on a busy machine."""
NAMES = ("firefox-esr", "firefox")


def find_firefox() -> str | None:
    """Find the program: what FIREFOX names, or one on PATH."""
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.ask("session.new", capabilities={})
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and give its result; raise what Firefox makes of an error."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            """Events come between."""
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, address: str, before: str) -> None:
        """Load a page, before whose own scripts one of the test runs."""
        script = self.ask("script.addPreloadScript", functionDeclaration=f"() => {{ {before} }}")["script"]
        self.ask("browsingContext.navigate", context=self._window, url=address, wait="complete")
        self.ask("script.removePreloadScript", script=script)

    def choose_file(self, selector: str, path: Path) -> None:
        """Choose a file in an input of the page."""
        locator = {"type": "css", "value": selector}
        found = self.ask("browsingContext.locateNodes", context=self._window, locator=locator)["nodes"]
        element = {"sharedId": found[0]["sharedId"]}
        self.ask("input.setFiles", context=self._window, element=element, files=[str(path)])

    def wait_for(self, function: str) -> str:
        """Call a function in the page until it gives a text."""
        target = {"context": self._window}
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            called = self.ask("script.callFunction", functionDeclaration=function, target=target, awaitPromise=False)
            assert called["type"] == "success", called
            if called["result"]["type"] == "string":
                return str(called["result"]["value"])
            time.sleep(0.02)
        raise TimeoutError(function)


@contextmanager
def running_firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a new profile, and end it."""
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with (profile / "log.txt").open("wb") as log:
        process = subprocess.Popen([*command, "about:blank"], stdout=log, stderr=log)
    try:
        socket = create_connection(_address(profile), timeout=SECONDS, suppress_origin=True)
        firefox = Firefox(socket)
        yield firefox
        firefox.ask("browser.close")
        socket.close()
        process.wait(SECONDS)
    finally:
        process.kill()
        process.wait()


def _address(profile: Path) -> str:
    """Give where Firefox listens, which it writes into its profile."""
    told = profile / "WebDriverBiDiServer.json"
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            server = json.loads(told.read_bytes())
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.05)
        else:
            return f"ws://{server['ws_host']}:{server['ws_port']}/session"
    raise TimeoutError((profile / "log.txt").read_text("utf-8", "replace"))
