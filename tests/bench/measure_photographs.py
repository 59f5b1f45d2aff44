"""
How many photographs of whole certificates the verifier reads.

Papers that the desk wrote for the printer are drawn by Chromium, photographed by simulation (`browser.photographed`:
perspective, uneven light, blur, noise, 1600 × 1200 pixels, JPEG 70; each by a seed) and given to the page of the built
site as its visitors give it theirs. Chromium on Linux has no reader of codes of its own, so the page's own reads all.
Every photograph counts whose digits arrive exactly as they were printed.

The least certificate of the example centre has a code of version 12. For version 11 its digits are cut short and drawn
in the same place, with modules of the same size.
"""

from __future__ import annotations

import io
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measurement import Measurement
from PIL import Image
from playwright.sync_api import sync_playwright

from asnad.carriers.qr_code import draw_qr_code
from asnad.cli.server import SiteServer
from asnad.desk.papers import write_papers
from asnad.desk.registers import find_run
from asnad.site.issuer_reading import read_stationery
from browser.photographed import photograph
from chromium import find_chromium
from example_centre import REGISTERS, ExampleCentre

PHOTOGRAPHS = 100
TARGETS = {11: 95.0, 13: None, 14: None}
"""Per cent of the photographs, by the version of the code."""
PAPER = {"width": 1123, "height": 794}
"""A4, landscape, in pixels of 1/96 inch."""
PIXELS_A_PIXEL = 3
GROUP = 17
"""Digits for seven bytes."""
_CODE = re.compile(r'<svg [^>]*class="qr-code".*?</svg>', re.DOTALL)


def measure_photographs(centre: ExampleCentre, site: Path, at: int) -> Iterator[Measurement]:
    """Measure a code of each version, and how long the page takes with a photograph."""
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: photographs were NOT measured. Set CHROMIUM to a Chromium.")
        return
    papers = _papers(centre, at)
    with SiteServer(site, "127.0.0.1", 0) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(service_workers="block").new_page()
        page.goto(f"http://127.0.0.1:{server.port}/v/")
        seconds: list[float] = []
        for version, target in TARGETS.items():
            paper = papers.get(version) or _shortened(papers[min(papers)], version)
            sheet = _drawn(browser, paper.html)
            read = sum(_is_read(page, photograph(sheet, seed), paper, seconds) for seed in range(PHOTOGRAPHS))
            what = f"whole-page photographs read, code v{version}"
            yield Measurement(what, 100 * read / PHOTOGRAPHS, target, "%", at_least=True)
        browser.close()
    yield Measurement("a photograph to its verdict, median", 1000 * statistics.median(seconds), None, "ms")


@dataclass(frozen=True, slots=True)
class _Paper:
    html: str
    address: str
    """Of the verifier, as the code has it."""
    digits: str


def _papers(centre: ExampleCentre, at: int) -> dict[int, _Paper]:
    """Write the papers, and give one for each version of the code."""
    work = centre.workplace(at)
    stationery = read_stationery(work.catalogue)
    for run in REGISTERS:
        write_papers(work, find_run(work, run), stationery, lambda _done, _of: None)
    serials = {event.id.removeprefix("urn:uuid:"): event.serial for event in work.ledger()}
    address = f"{centre.catalogue.centre.verifier}#"
    out = centre.folder.credentials / "private" / "out"
    papers: dict[int, _Paper] = {}
    for name, (digits, _) in sorted(centre.digits().items()):
        html = next(out.glob(f"*/{serials[name].replace('/', '-')}.html"))
        papers.setdefault(draw_qr_code(address + digits).version, _Paper(html.read_text("utf-8"), address, digits))
    return papers


def _shortened(paper: _Paper, version: int) -> _Paper:
    """Draw as much of the digits as a code of a lesser version holds, instead of all."""
    digits = paper.digits
    while draw_qr_code(paper.address + digits).version > version:
        digits = digits[:-GROUP]
    code = draw_qr_code(paper.address + digits)
    html, drawn = _CODE.subn(lambda _: code.to_svg(), paper.html, count=1)
    if not drawn or code.version != version:
        raise RuntimeError(f"expected a paper with one code, of version {version}, found {code.version}")
    return _Paper(html, paper.address, digits)


def _drawn(browser: Any, paper: str) -> Image.Image:
    context = browser.new_context(viewport=PAPER, device_scale_factor=PIXELS_A_PIXEL)
    page = context.new_page()
    page.emulate_media(media="print")
    page.set_content(paper)
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.load()
    context.close()
    return picture


def _is_read(page: Any, picture: bytes, paper: _Paper, seconds: list[float]) -> bool:
    page.wait_for_selector("#file", state="attached")
    began = time.perf_counter()
    page.set_input_files("#file", {"name": "photograph.jpg", "mimeType": "image/jpeg", "buffer": picture})
    page.wait_for_selector("[data-outcome], .problem", timeout=60_000)
    seconds.append(time.perf_counter() - began)
    read = page.evaluate("history.state?.input?.digits ?? null")
    page.evaluate("history.replaceState(null, '', location.pathname)")
    page.reload()
    return bool(read == paper.digits)
