"""Take the pictures of docs/pictures/ anew: ``make pictures``."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from browser.served_centre import (
    DAY,
    FIRST,
    PAPER,
    SECOND,
    THIRD,
    ServedCentre,
    instant,
    served_demonstration,
    served_real_centre,
)
from chromium import find_chromium
from example_centre import NOW, ROOT, found_example_centre, issue_example_runs

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
HOST = "chenab-skills.example"
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 860}}


def main() -> None:
    """Issue, build and serve the example centre twice, once as a real one, and look at it."""
    os.environ["SOURCE_DATE_EPOCH"] = str(NOW + DAY)
    PICTURES.mkdir(parents=True, exist_ok=True)
    verifier = f"https://{HOST}/v/"
    with TemporaryDirectory() as folder:
        issued = found_example_centre(Path(folder) / "issued")
        issue_example_runs(issued)
        shown = Path(folder) / "demonstration"
        with served_demonstration(issued, shown, verifier) as served, browser_of(served) as look:
            catalogue(look)
            demonstration(look, served)
        with served_real_centre(Path(folder) / "real", verifier) as served, browser_of(served) as look:
            certificate(look, served)
            verdicts(look, served)


def catalogue(look: Callable[..., Any]) -> None:
    """Take the home page, the list of courses and a pathway at a desk, and a course in Urdu on a phone."""
    take(look("", **DESK), "catalogue")
    take(look("courses/?q=food&audience=women", **DESK), "courses")
    take(look("pathways/food-processing-technician/", **DESK), "pathway")
    take(look("ur/courses/food-safety-small-business-mc/", **PHONE), "course-urdu")


def demonstration(look: Callable[..., Any], served: ServedCentre) -> None:
    """Take what is said of a demonstration's certificate, and its public page."""
    take(judged(look(path_of(served.code(FIRST)), **PHONE)), "demonstration")
    take(look(path_of(served.page(FIRST)), **DESK), "public-page")


def certificate(look: Callable[..., Any], served: ServedCentre) -> None:
    """Take a paper as it is printed."""
    page = look("", viewport=PAPER, device_scale_factor=1.4)
    page.emulate_media(media="print")
    page.goto(served.paper(FIRST))
    take(page, "certificate")


def verdicts(look: Callable[..., Any], served: ServedCentre) -> None:
    """Take what a phone says: in force, in Urdu, withdrawn, and with the site gone."""
    take(judged(look(path_of(served.code(FIRST)), **PHONE)), "verifier")
    take(judged(look(path_of(served.code(FIRST)).replace("v/#", "v/?lang=ur#"), **PHONE)), "verifier-urdu")
    take(judged(look(path_of(served.code(THIRD)), **PHONE)), "revoked")
    page = look("v/", **PHONE)
    page.get_by_text("This page is kept on this device").wait_for()
    with served.stopped():
        page.goto(f"http://{HOST}/{path_of(served.code(SECOND))}")
        page.reload()
        judged(page).get_by_text("No answer from the centre’s site").evaluate(
            "(line) => line.scrollIntoView({block: 'end'})"
        )
        take(page, "offline")


@contextmanager
def browser_of(served: ServedCentre) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a path of a site, as if it lay at its own address."""
    program = find_chromium()
    if program is None:
        sys.exit("expected Chromium, found none; install it, or name its program in CHROMIUM")
    server = served.address.removeprefix("http://localhost:").removesuffix("/")
    arguments = [
        "--no-sandbox",
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server}",
        # Only https may keep pages on a device; this server is the machine's own.
        f"--unsafely-treat-insecure-origin-as-secure=http://{HOST}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)

        def look(path: str, **options: Any) -> Any:
            page = browser.new_context(locale="en-GB", **options).new_page()
            page.clock.set_fixed_time(instant(NOW + DAY))
            page.goto(f"http://{HOST}/{path}", wait_until="networkidle")
            return page

        yield look
        browser.close()


def path_of(address: str) -> str:
    """Leave the host out of an address."""
    return address.split("/", 3)[3]


def judged(page: Any) -> Any:
    """Wait for the outcome."""
    page.wait_for_selector("[data-outcome]")
    return page


def take(page: Any, name: str) -> None:
    """Write what a page shows as a small picture."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shown.quantize(colors=96, dither=Image.Dither.NONE)
    path = PICTURES / f"{name}.png"
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {shown.width} x {shown.height}, {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"expected at most {MOST_BYTES:,} bytes, found {size:,}")


if __name__ == "__main__":
    main()
