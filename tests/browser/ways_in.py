"""How a test gives a certificate to the verifier's page, as a person would."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import find_chromium

CAMERA_ON = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
UNSAFE_HOST = "asnad.test"
"""A name that no browser takes for its own machine, so that a page there is an http page."""
_HELD = """([content, name, type]) => {
  const held = new DataTransfer();
  held.items.add(new File([Uint8Array.from(atob(content), (byte) => byte.charCodeAt(0))], name, { type }));
  return held;
}"""
_PASTE = """(held) => document.body.dispatchEvent(
  new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true }))"""
_WATCH_CAMERA = """
  const asked = navigator.mediaDevices?.getUserMedia?.bind(navigator.mediaDevices);
  globalThis.streams = [];
  if (asked) navigator.mediaDevices.getUserMedia = async (wishes) => {
    const stream = await asked(wishes);
    streams.push(stream);
    return stream;
  };
"""
_TRACKS = "streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState))"


@contextmanager
def chromium_with(started: Any, *options: str) -> Iterator[Any]:
    """Start a Chromium with options of its own beside the one of all tests."""
    program = find_chromium()
    launched = started.browser_type.launch(executable_path=program, args=["--no-sandbox", *options])
    try:
        yield launched
    finally:
        launched.close()


@contextmanager
def camera_showing(started: Any, film: bytes, folder: Path, *options: str) -> Iterator[Any]:
    """Start a Chromium whose camera shows a film."""
    file = folder / "film.y4m"
    file.write_bytes(film)
    with chromium_with(started, *CAMERA_ON, f"--use-file-for-fake-video-capture={file}", *options) as launched:
        yield launched


def open_page(browser: Any, address: str, at: str, *, scripts: Sequence[str] = (), **options: Any) -> Any:
    """Open the start screen; whatever the page throws is kept in ``faults``."""
    page = browser.new_context(**{"locale": "en-GB", "service_workers": "block"} | options).new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    for script in (_WATCH_CAMERA, *scripts):
        page.add_init_script(script)
    page.clock.set_fixed_time(at)
    page.goto(address)
    page.wait_for_selector("#file", state="attached")
    return page


def camera_is_on(page: Any) -> bool:
    """Tell whether any part of a camera that the page ever had is still on."""
    return "live" in page.evaluate(_TRACKS)


def choose(page: Any, content: bytes, name: str = "photograph.jpg", kind: str = "image/jpeg") -> None:
    """Choose a file."""
    page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": content})


def held(page: Any, content: bytes, name: str, kind: str) -> Any:
    """Hold a file as a hand does that drags it, or the clipboard."""
    return page.evaluate_handle(_HELD, [base64.b64encode(content).decode("ascii"), name, kind])


def drop(page: Any, content: bytes, name: str = "photograph.png", kind: str = "image/png") -> None:
    """Drop a file on the page."""
    page.dispatch_event("body", "drop", {"dataTransfer": held(page, content, name, kind)})


def paste(page: Any, content: bytes, name: str = "image.png", kind: str = "image/png") -> None:
    """Paste a file that lies in the clipboard."""
    page.evaluate(_PASTE, held(page, content, name, kind))


def check_text(page: Any, text: str) -> None:
    """Paste a text into its field and have it checked."""
    page.fill("#paste", text)
    page.click(".start > button")


def answer(page: Any) -> str:
    """Give the outcome, or the sentence that is told instead."""
    shown = page.wait_for_selector("[data-outcome], .problem", timeout=40_000)
    return str(shown.get_attribute("data-outcome") or shown.inner_text())


def table_of(guide: str, columns: int) -> list[list[str]]:
    """Give the rows of the tables of a guide that have so many columns, without their heads."""
    lines = [line for line in guide.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {at for at, row in enumerate(rows[:-1]) if all(re.fullmatch(r"-+", cell) for cell in rows[at + 1])}
    return [
        row
        for at, row in enumerate(rows)
        if len(row) == columns and at not in heads and not all(re.fullmatch(r"-+", cell) for cell in row)
    ]
