"""Searching, choosing, sorting and comparing courses in a real browser, with keyboard, without script and on paper."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from asnad.cli.server import SiteServer
from example_centre import ROOT

DAY = "2026-10-01T09:00:00Z"
BUILT = "1790845200"
"""The same moment, in seconds."""
CARDS = ".course-card:visible"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("finding")
    shutil.copytree(ROOT / "catalogue", folder / "centre" / "catalogue")
    shutil.copy(ROOT / "mkdocs.yml", folder / "centre" / "mkdocs.yml")
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": BUILT}):
        build_site(CentreFolder(folder / "centre"), folder / "site", catalogue_only=True)
    with SiteServer(folder / "site", "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.port}/"


def opened(browser: Any, address: str, *, day: str = DAY, **options: Any) -> Any:
    """Open a page at a day; a fault of its script or a breach of its policy fails the test."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"} | options).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.faults = faults
    page.clock.set_fixed_time(day)
    page.goto(address)
    return page


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(f"{CARDS} h3").all_text_contents()]


def search_of(page: Any) -> str:
    found: str = page.evaluate("decodeURIComponent(location.search.replaceAll('+', ' '))")
    return found


def test_without_a_script_every_course_is_there_and_the_header_leads_to_them(browser: Any, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    page.locator(".site-search input").fill("baking")
    page.locator(".site-search input").press("Enter")
    page.wait_for_url(re.compile(r"/courses/\?q=baking$"))
    assert page.locator(CARDS).count() == page.locator(".course-card").count() > 20
    assert not page.locator("#finder").is_visible()
    assert not page.locator(".compare-box").first.is_visible()
    page.goto(f"{address}compare/?c=a,b")
    assert "needs JavaScript" in page.locator("main, [role=main], body").first.inner_text()


def test_a_search_from_the_header_of_any_page_shows_what_it_finds(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}runs/")
    page.locator(".site-search input").fill("baking")
    page.locator(".site-search input").press("Enter")
    page.wait_for_url("**/courses/?q=baking")
    page.wait_for_function("() => document.querySelectorAll('#finder-list .course-card').length > 0")
    assert page.locator("#finder-query").input_value() == "baking"
    assert "Home Baking for Women" in titles(page)
    assert len(titles(page)) < 10
    assert page.faults == []


@pytest.mark.parametrize("typed", ["بیکنگ", "بيكنگ", "بِيْكنگ", "گھریلو بیکنگ", "گهريلو"])
@pytest.mark.parametrize("folder", ["", "ur/"])
def test_urdu_is_found_in_any_letters_on_pages_of_any_language(
    browser: Any, address: str, folder: str, typed: str
) -> None:
    page = opened(browser, f"{address}{folder}courses/")
    with page.expect_response("**/courses/search.json"):
        page.locator("#finder-query").fill(typed)
    page.locator(f"{CARDS} a[href*=home-baking-women]").wait_for()
    assert page.locator(CARDS).count() < 8
    assert page.faults == []


def test_words_that_stand_only_in_modules_and_outcomes_are_found_and_slips_forgiven(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/?q=rusks")
    page.locator(f"{CARDS} a[href*=home-baking-women]").wait_for()
    page.locator("#finder-query").fill("poultyr")
    page.locator(f"{CARDS} a[href*=backyard-poultry]").wait_for()


def test_without_the_file_of_words_the_cards_are_searched(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.route("**/search.json", lambda route: route.abort())
    page.goto(f"{address}courses/?q=baking")
    page.locator(f"{CARDS} a[href*=home-baking-women]").wait_for()


def test_an_address_gives_the_same_list_after_loading_again_and_going_back(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/")
    everything = titles(page)
    page.locator("label", has_text="Women can join").click()
    page.locator("label", has_text="Food Technology").click()
    chosen = titles(page)
    assert 0 < len(chosen) < len(everything)
    assert search_of(page) == "?department=food-technology&audience=women"
    page.reload()
    assert titles(page) == chosen
    shared = opened(browser, page.url)
    assert titles(shared) == chosen
    assert shared.locator("#finder-chips button").count() == 2
    page.locator("#finder-order").select_option("title")
    assert titles(page) == sorted(chosen, key=str.casefold)
    assert search_of(page).endswith("&sort=title")
    page.go_back()
    assert titles(page) == chosen
    page.go_back()
    page.go_back()
    assert titles(page) == everything
    assert search_of(page) == ""


def test_the_same_list_opens_in_the_other_language(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/?audience=women&sort=shortest")
    number = len(titles(page))
    page.locator(".languages a[hreflang=ur]").click()
    page.wait_for_url("**/ur/courses/?audience=women&sort=shortest")
    assert len(titles(page)) == number


@pytest.mark.parametrize(
    "search",
    [
        "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "?kind=%3Cscript%3Ealert(1)%3C/script%3E&department=__proto__&sort=constructor&open=yes",
        "?q=%00%E2%80%AE%F0%9F%98%80&q=" + "a" * 5_000,
        "?audience=women&audience=" + "x" * 5_000 + "&__proto__[a]=1&q=%E0%A4%A",
    ],
)
def test_a_hostile_address_runs_and_breaks_nothing(browser: Any, address: str, search: str) -> None:
    page = opened(browser, f"{address}courses/{search}")
    page.on("dialog", lambda _: pytest.fail("something ran"))
    page.locator("#finder").wait_for()
    assert page.locator("#finder-result").inner_text() != ""
    assert page.locator("main img[src=x], body img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if page.locator("#finder-clear").is_visible():
        page.locator("#finder-clear").click()
    assert page.locator(CARDS).count() > 20
    assert page.faults == []


def test_chips_take_out_one_choice_or_all_and_the_number_is_told(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/?kind=microcredential&audience=women&q=food")
    page.get_by_role("button", name="Take out: Paper you receive: Micro-credential").click()
    assert "kind" not in search_of(page)
    assert page.evaluate("document.activeElement.className") == "chip"
    result = page.get_by_role("status").filter(has_text=re.compile(r"\d+ of \d+ courses"))
    assert result.count() == 1
    page.get_by_role("button", name="Clear all").click()
    assert search_of(page) == ""
    assert page.evaluate("document.activeElement.id") == "finder-query"
    page.locator("#finder-query").fill("xqzvw")
    page.get_by_text("No course fits.").wait_for()
    assert page.locator(CARDS).count() == 0


def test_the_chip_in_focus_outlives_the_coming_of_the_index(browser: Any, address: str) -> None:
    page = opened(browser, address)
    index: list[Any] = []
    page.route("**/*.json", lambda route: index.append(route))  # noqa: PLW0108  # Playwright takes no bound method.
    page.goto(f"{address}courses/?kind=microcredential&audience=women&q=food")
    page.locator("#finder-chips button, .chip").first.focus()
    page.wait_for_timeout(200)
    for route in index:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert index, "expected the search to ask for its index"
    assert page.evaluate("document.activeElement.className") == "chip"


def test_what_is_open_is_judged_by_the_day_on_which_the_page_is_read(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/")
    days = page.evaluate(
        "() => JSON.parse(document.getElementById('finder-data').textContent).courses.flatMap(([, , runs]) => runs)"
    )
    last = max(run[3] for run in days if run[1] == "open")
    open_then = opened(browser, f"{address}courses/?open=now", day=f"{last}T09:00:00Z")
    assert open_then.locator(CARDS).count() > 0
    # At 20:00 in Greenwich it is the next day at the centre.
    afterwards = opened(browser, f"{address}courses/?open=now", day=f"{last}T20:00:00Z")
    assert afterwards.locator(CARDS).count() == 0
    assert "Began" in opened(browser, f"{address}courses/", day="2028-01-01T09:00:00Z").locator("body").inner_text()


def test_everything_is_reached_and_done_with_the_keyboard_alone(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/", viewport=PHONE)
    page.locator("#finder-query").focus()
    page.keyboard.type("food")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "finder-order"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Narrow the list"
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "department"
    page.keyboard.press("Space")
    assert "department=" in search_of(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.compare ?? ''"):
            break
    page.keyboard.press("Space")
    assert page.locator("#compare-tray").is_visible()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_boxes_and_buttons_have_names_for_those_who_hear_the_page(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/")
    assert page.get_by_role("search", name="Search and choose").count() == 1
    assert page.get_by_role("searchbox", name="Search in courses").count() == 2
    assert page.get_by_role("group", name="Department").count() == 1
    assert page.get_by_role("checkbox", name="Compare Home Baking for Women").count() >= 1
    assert page.get_by_role("combobox", name="Order").count() == 1


def test_a_row_in_which_courses_agree_is_not_marked(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}compare/?c=home-baking-women,home-baking-men")
    page.locator("td").first.wait_for()
    assert page.locator("tr[data-row=kind] [data-differs]").is_hidden()
    assert page.locator("tr[data-row=audience] [data-differs]").is_visible()


def test_up_to_four_courses_are_compared_and_a_fifth_is_refused_in_words(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/")
    boxes = page.locator("[data-compare]:visible")
    for place in range(4):
        boxes.nth(place).check()
    boxes.nth(4).click()
    assert not boxes.nth(4).is_checked()
    page.clock.run_for(100)
    page.get_by_text("Four courses are chosen already").wait_for()
    page.goto(f"{address}runs/")
    page.goto(f"{address}courses/")
    assert page.locator("[data-compare]:checked").count() == 4
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_url("**/compare/?c=*,*,*,*")
    page.locator("td").first.wait_for()
    assert page.locator(".comparison thead th").count() == 5
    assert page.faults == []


def test_the_comparison_says_in_words_where_courses_differ(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}compare/?c=home-baking-women,food-safety-small-business-mc", viewport=PHONE)
    page.locator("td").first.wait_for()
    assert "differs" in page.locator("tr[data-row=kind] th").inner_text()
    assert page.locator("tr[data-row=kind] td svg").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    region = page.get_by_role("region", name="The chosen courses side by side")
    assert region.get_attribute("tabindex") == "0"
    left = page.locator("tr[data-row=fee] th").bounding_box()["x"]
    region.evaluate("(element) => { element.scrollLeft = 200; }")
    assert abs(page.locator("tr[data-row=fee] th").bounding_box()["x"] - left) < 2
    page.get_by_role("button", name="Take out: Home Baking for Women").click()
    page.get_by_text("Only one course is chosen.").wait_for()
    assert search_of(page) == "?c=food-safety-small-business-mc"


def test_the_comparison_tells_what_it_does_not_know_and_what_is_too_many(browser: Any, address: str) -> None:
    page = opened(
        browser,
        f"{address}ur/compare/?c=home-baking-women,no-such-course,..%2f..%2fcatalogue,<b>x,a1,a2,a3",
    )
    notes = page.locator("[data-notes]")
    notes.get_by_text("یہاں ایسا کوئی کورس نہیں: no-such-course").wait_for()
    text = notes.inner_text()
    assert "../../catalogue" in text
    assert "<b>x" in text
    assert "a3" in text
    page.goto(f"{address}compare/")
    page.get_by_text("No course is chosen yet.").wait_for()


@pytest.mark.parametrize("folder", ["", "ur/"])
def test_pages_fit_a_phone_and_a_page_twice_as_large(browser: Any, address: str, folder: str) -> None:
    for viewport in (PHONE, {"width": 640, "height": 450}):
        for path in ("courses/?q=food&audience=women", "compare/?c=home-baking-women,dairy-technician"):
            page = opened(browser, f"{address}{folder}{path}", viewport=viewport)
            page.locator("#finder-chips button, td").first.wait_for()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (viewport, path)


def test_paper_has_the_courses_that_are_shown_and_no_form(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}courses/?audience=women&sort=title")
    number = page.locator(CARDS).count()
    page.emulate_media(media="print")
    assert page.locator(CARDS).count() == number > 0
    for hidden in ("#finder", ".site-search", ".compare-box", "#finder-clear"):
        assert not page.locator(hidden).first.is_visible(), hidden
