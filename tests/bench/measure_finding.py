"""
How long the list of 1,000 courses takes from a letter or a tick to the new list, in a real Chromium.

The time runs from the event to the end of layout: the script's own work, and the styles and positions of all that it
has changed. Words are typed letter by letter in English and Urdu, boxes are ticked and every order is chosen; the
slowest of all counts. The first letter of a query is among them, the fetching of the index of words is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measurement import Measurement
from playwright.sync_api import sync_playwright

from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from asnad.cli.server import SiteServer
from chromium import find_chromium
from generated_catalogue import write_generated_catalogue

COURSES = 1_000
TARGET = 50
SLOW_PHONE = 4
"""Times slower than this machine; shown, and no promise."""
QUERIES = ("baking for women", "food safety hygiene", "bakign", "xylophone", "بيكنگ خواتین", "دودھ")

TIMES = """async ({queries}) => {
  const times = [];
  const settled = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const measure = async (act) => {
    const started = performance.now();
    act();
    document.body.getBoundingClientRect();
    times.push(performance.now() - started);
    await settled();
  };
  const query = document.getElementById("finder-query");
  const type = (text) => measure(() => {
    query.value = text;
    query.dispatchEvent(new Event("input", {bubbles: true}));
  });
  for (const words of queries) {
    for (let letters = 1; letters <= words.length; letters += 1) await type(words.slice(0, letters));
    await type("");
  }
  for (const box of document.querySelectorAll("#finder input[type=checkbox]")) {
    await measure(() => box.click());
    await measure(() => box.click());
  }
  const order = document.getElementById("finder-order");
  for (const {value} of order.options) {
    await measure(() => {
      order.value = value;
      order.dispatchEvent(new Event("change", {bubbles: true}));
    });
  }
  return times;
}"""


def measure_finding(folder: Path) -> Iterator[Measurement]:
    """Build the site, and search, choose and sort on its page of courses."""
    chromium = find_chromium()
    if chromium is None:
        print("NO BROWSER FOUND: the speed of finding was NOT measured. Set CHROMIUM to a Chromium.")
        return
    centre = CentreFolder(write_generated_catalogue(folder / "centre", COURSES, ["en", "ur"]))
    build_site(centre, folder / "site", catalogue_only=True)
    with SiteServer(folder / "site", "127.0.0.1", 0) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language, path in (("en", "courses/"), ("ur", "ur/courses/")):
            page = browser.new_page(viewport={"width": 360, "height": 740})
            address = f"http://127.0.0.1:{server.port}/{path}"
            yield Measurement(
                f"change of {COURSES:,} courses, {language}, slowest", _slowest(page, address), TARGET, "ms"
            )
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
            what = f"the same, {language}, a processor {SLOW_PHONE} times slower"
            yield Measurement(what, _slowest(page, address), None, "ms")
            page.close()
        browser.close()


def _slowest(page: Any, address: str) -> float:
    with page.expect_response("**/courses/search.json") as fetched:
        page.goto(address)
        page.locator("#finder-query").focus()
    fetched.value.finished()
    times: list[float] = page.evaluate(TIMES, {"queries": list(QUERIES)})
    return max(times)
