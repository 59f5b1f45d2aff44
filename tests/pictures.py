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
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

from asnad import assets
from browser.conftest import Case, publish, read_case
from browser.outcome_cases import OUTCOME_CASES
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
from browser.static_site import StaticSite
from chromium import find_chromium
from example_centre import NOW, ROOT, found_example_centre, issue_example_runs

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
HOST = "chenab-skills.example"
SKILLS = "skills.example"
"""Of the centre in the table of cases."""
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
SMALL_PHONE = PHONE | {"device_scale_factor": 1.5}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}


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
    outcomes()


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


def outcomes() -> None:
    """Take what the verifier says of a case of the shared table for each outcome, as it is first seen."""
    (PICTURES / "outcomes").mkdir(exist_ok=True)
    bundle = {path.name: path.read_bytes() for path in assets.verifier_dir().iterdir()}
    site = StaticSite()
    site.start()
    with browser_at(SKILLS, urlsplit(site.address).port) as look:
        for outcome, name in OUTCOME_CASES.items():
            case = read_case(name)
            folder = publish(site, case, bundle, f"{name}/").removeprefix(site.address)
            for language in ("en", "ur"):
                for options in (SMALL_PHONE, DESK):
                    page = look(f"{folder}?lang={language}", at=case.at, **options)
                    give(page, case)
                    shown = judged(page).locator("article").first.get_attribute("data-outcome")
                    if shown != outcome:
                        sys.exit(f"expected {outcome} of {name}, found {shown}")
                    page.wait_for_selector(".after-verdict")
                    take(page, f"outcomes/{outcome}.{language}.{options['viewport']['width']}", colours=64)
                    page.context.close()
    site.stop()


def give(page: Any, case: Case) -> None:
    """Give a case to the page that is open."""
    page.wait_for_selector("#paste")
    if case.digits is not None:
        page.evaluate("(digits) => { location.hash = digits; }", case.digits)
    else:
        page.set_input_files("#file", {"name": "c.json", "mimeType": "application/json", "buffer": case.document})


@contextmanager
def browser_of(served: ServedCentre) -> Iterator[Callable[..., Any]]:
    """
    Give a function that opens a path of a served centre, as if it lay at its own address.

    Args:
        served: The centre.

    """
    with browser_at(HOST, urlsplit(served.address).port) as look:
        yield look


@contextmanager
def browser_at(host: str, port: int | None) -> Iterator[Callable[..., Any]]:
    """
    Give a function that opens a path of a server of this machine, as if it lay at another address.

    Args:
        host: Name that the pictures show.

        port: Of the server.

    """
    program = find_chromium()
    if program is None:
        sys.exit("expected Chromium, found none; install it, or name its program in CHROMIUM")
    arguments = [
        "--no-sandbox",
        f"--host-resolver-rules=MAP {host} 127.0.0.1:{port}",
        # Only https may keep pages on a device; this server is the machine's own.
        f"--unsafely-treat-insecure-origin-as-secure=http://{host}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)

        def look(path: str, at: str | None = None, **options: Any) -> Any:
            page = browser.new_context(locale="en-GB", **options).new_page()
            page.clock.set_fixed_time(at or instant(NOW + DAY))
            page.goto(f"http://{host}/{path}", wait_until="networkidle")
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


def take(page: Any, name: str, colours: int = 96) -> None:
    """Write what a page shows as a small picture."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shown.quantize(colors=colours, dither=Image.Dither.NONE)
    path = PICTURES / f"{name}.png"
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {shown.width} x {shown.height}, {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"expected at most {MOST_BYTES:,} bytes, found {size:,}")


if __name__ == "__main__":
    main()
