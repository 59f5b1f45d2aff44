"""A folder in the page, as on the command line: every file is listed, and none is called better than it is."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from asnad.cli.verify_folder import check_files, files_csv, named_files
from asnad.instant import parse_instant
from asnad.messages import read_messages
from browser.conftest import CASES, MESSAGES, ROOT, Case, publish, read_case
from browser.static_site import StaticSite

pytestmark = [pytest.mark.browser, pytest.mark.node]

trust_of = runpy.run_path(str(ROOT / "tests" / "verification" / "test_cases.py"))["trust_of"]

WHOSE = "completion"
"""A case with a good certificate; all others that trust the same in the same moment are checked with it."""
HOSTILE = ("=cmd()|' '!A1.json", "<img src=x onerror=alert(1)>.json", "\u202egpj.nosj.json", "-1+1.json", 'a,b"c.json')


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(WHOSE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, case: Case) -> Path:
    """Every case of one issuer and moment as a file, copies under hostile names, and what is no certificate."""
    made = tmp_path_factory.mktemp("many") / "received"
    for path in sorted(CASES.glob("*/case.json")):
        other = read_case(path.parent.name)
        # The command line has the contexts for a proof that the page cannot check.
        if other.name != "rdfc-proof-alone" and all(
            other.given.get(part) == case.given.get(part) for part in ("at", "trust", "dictionaries", "seen")
        ):
            target = made / "cases" / f"{other.name}{Path(other.given['input']).suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(other.document)
    for name in HOSTILE:
        (made / name).write_bytes(case.document)
    others = {
        "notes.txt": b"Bring the originals on Monday.",
        "empty.json": b"",
        "list.txt": b"https://a.example/v/#" + b"1" * 200 + b"\nhttps://a.example/v/#" + b"2" * 200,
        "kept.digits": b"123\n456\n",
        "letter.pdf": b"%PDF-1.7",
        "page.html": b"<!doctype html><html><body>no</body></html>",
        "cut.png": b"\x89PNG\r\n\x1a\n\0\0",
        "message.txt": "سند: https://a.example/v/#".encode() + read_case("code-completion").document,
    }
    for name, content in others.items():
        (made / name).write_bytes(content)
    return made


def open_tool(browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], **viewport: int) -> Any:
    context = browser.new_context(service_workers="block", locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900} | viewport)
    page.clock.set_fixed_time(case.at)
    page.goto(publish(site, case, bundle))
    page.get_by_role("button", name="Check many at once").click()
    page.get_by_role("heading", name="Check many at once").wait_for()
    return page


def check(page: Any, folder: Path) -> None:
    page.set_input_files("#folder", folder)
    page.locator(".rows").wait_for(timeout=120_000)


def test_the_table_of_a_folder_is_that_of_the_command_line(
    browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], folder: Path, tmp_path: Path
) -> None:
    page = open_tool(browser, site, case, bundle)
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    check(page, folder)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    download.value.save_as(tmp_path / "page.csv")

    at = parse_instant(case.at)
    assert at is not None
    files = check_files(named_files([str(folder)]), trust_of(case.given), at)
    texts = {"en": (MESSAGES / "en.json").read_bytes()}
    words = read_messages(texts, "verifier", ["en"])["en"]
    expected = files_csv(files, frozenset(), words)
    assert rows_of((tmp_path / "page.csv").read_bytes()) == rows_of(expected)
    assert (tmp_path / "page.csv").read_bytes() == expected
    assert said == []

    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(expected.decode("utf-8-sig")))}
    assert len(rows) == sum(path.is_file() for path in folder.rglob("*"))
    for name in CASES.iterdir():
        shown = next((row for file, row in rows.items() if Path(file).stem == name.name and "cases/" in file), None)
        if shown is not None:
            hand = json.loads((name / "expected.json").read_bytes())
            assert shown["outcome"] == hand["outcome"], name.name
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows.values() for cell in row.values())
    for name in ("notes.txt", "kept.digits", "page.html"):
        assert rows[name]["outcome"] == "no-certificate", name
    for name in ("list.txt", "letter.pdf", "cut.png"):
        assert (rows[name]["outcome"], rows[name]["reason"]) == ("cannot-check", "file-unreadable"), name
    assert (rows["empty.json"]["outcome"], rows["empty.json"]["reason"]) == ("cannot-check", "not-json")
    assert rows["message.txt"]["outcome"] == "valid"
    assert rows['a,b"c.json']["twin"] == "same-certificate"


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_rows_are_filtered_searched_sorted_and_opened_and_the_list_is_there_again(
    browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("completion", "revoked", "signature-altered", "expired"):
        (folder / f"{name}.json").write_bytes(read_case(name).document)
    (folder / HOSTILE[1]).write_bytes(case.document)
    (folder / "note.txt").write_text("a note")
    page = open_tool(browser, site, case, bundle, width=360)
    check(page, folder)
    assert page.locator("tbody tr").count() == 6
    assert page.locator("tbody img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).violations_count == 0

    page.get_by_role("button", name="Withdrawn (1)").click()
    assert page.locator("tbody tr").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "Withdrawn (1)"
    page.get_by_role("button", name="All (6)").click()
    page.get_by_role("searchbox").fill("alter")
    assert page.locator("tbody th").all_text_contents() == ["signature-altered.json"]
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Result", exact=True).click()
    page.get_by_role("button", name="Result", exact=True).click()
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    words = page.locator(".result b").all_text_contents()
    assert words == sorted(words, reverse=True)

    page.get_by_role("button", name="revoked.json").click()
    page.wait_for_selector("article[data-outcome=revoked]")
    page.go_back()
    page.locator(".rows").wait_for()
    assert page.locator(".result b").all_text_contents() == words
    page.wait_for_function("document.activeElement.textContent === 'revoked.json'")
    page.get_by_role("button", name="completion.json").click()
    page.wait_for_selector("article[data-outcome=valid]")
    page.get_by_role("button", name="Back to the list").click()
    page.locator(".rows").wait_for()
    page.get_by_role("button", name="اردو").click()
    page.get_by_text("واپس").first.wait_for()
    assert page.locator("tbody tr").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_file_that_vanishes_is_named_and_no_result_is_shown_for_it(
    browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "vanishing"
    folder.mkdir()
    (folder / "gone.json").write_bytes(case.document)
    (folder / "stays.json").write_bytes(case.document)
    page = open_tool(browser, site, case, bundle)
    check(page, folder)
    (folder / "gone.json").unlink()
    page.get_by_role("button", name="gone.json").click()
    page.get_by_role("alert").get_by_text("gone.json").wait_for()
    assert page.locator("article[data-outcome]").count() == 0
    assert page.locator("tbody tr").count() == 2


def test_whoever_stops_sees_what_is_done_and_how_many_are_not(
    browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "stopped"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.json").write_bytes(case.document.replace(b"a", b"a", 1) + b" " * number)
    page = open_tool(browser, site, case, bundle)
    page.set_input_files("#folder", folder)
    page.get_by_role("progressbar").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator(".rows").wait_for()
    rest = page.get_by_text(re.compile(r"Stopped: \d+ files"))
    left = int(re.findall(r"\d+", rest.text_content())[0])
    done = int(re.findall(r"\d+", page.get_by_text(re.compile(r"files, checked on")).text_content())[0])
    assert left + done == 400
    assert left > 0


def test_a_folder_that_is_dropped_is_looked_through(
    browser: Any, site: StaticSite, case: Case, bundle: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "dropped" / "inner").mkdir(parents=True)
    (tmp_path / "dropped" / "inner" / "one.json").write_bytes(case.document)
    (tmp_path / "dropped" / "two.txt").write_text("a note")
    page = open_tool(browser, site, case, bundle)
    devices = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(tmp_path / "dropped")], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "dragOver", "drop"):
        # The page says between them whether it takes the files.
        page.wait_for_timeout(200)
        devices.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
    page.locator(".rows").wait_for()
    assert page.locator("tbody th").all_text_contents() == ["inner/one.json", "two.txt"]
    assert page.locator("tbody tr[data-outcome=valid]").count() == 1
