"""`asnad move-domain`: old and new certificates are checked at both addresses, in a real browser too."""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from command_line import Answer, assert_told, at_desk, in_centre

from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued
from asnad.desk.withdrawing import WithdrawalReason, revoke
from example_centre import REGISTERS, ROOT, ExampleCentre, import_register

OLD, NEW = "https://chenab-skills.example/", "https://new-name.example/skills/"
LATER_RUN = "food-safety-small-business-mc-b03"
KEPT, WITHDRAWN = "Rashida Bano", "Iqra Batool Sial"
"""Both were issued before the move; the one's was withdrawn after it."""
LATER = "Yasir Amin Naul"


@dataclass(frozen=True)
class MovedCentre:
    centre: ExampleCentre
    answer: Answer
    digits_before: dict[str, tuple[str, str]]

    @property
    def site(self) -> Path:
        return self.centre.folder.root / "site"

    @property
    def old_host(self) -> Path:
        return self.centre.folder.root / "moved"

    def digits(self, name: str) -> str:
        events = self.centre.workplace().ledger()
        id_ = next(event.id for event in events if isinstance(event, Issued) and event.name == name)
        return self.centre.digits()[id_.removeprefix("urn:uuid:")][0]


@pytest.fixture(scope="module")
def moved(small_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> MovedCentre:
    """Give a centre that moved, then issued, then withdrew, and its two built folders; nobody changes it."""
    copied = small_centre.copy(tmp_path_factory.mktemp("moved"))
    before = copied.digits()
    answer = at_desk(copied, "move-domain", NEW)
    assert answer.code == 0, answer
    centre = replace(copied, catalogue=copied.folder.catalogue())
    at = int(time.time())
    register = (ROOT / "credentials" / "example-registers" / REGISTERS[LATER_RUN]).read_bytes()
    import_register(centre, LATER_RUN, REGISTERS[LATER_RUN], register, at)
    issue_run(centre.workplace(at, 7), LATER_RUN, lambda _done, _of: None)
    work = centre.workplace(at)
    serial = next(event.serial for event in work.ledger() if isinstance(event, Issued) and event.name == WITHDRAWN)
    revoke(work, serial, WithdrawalReason.ISSUED_IN_ERROR, "")
    built = in_centre(centre, "build")
    assert built.code == 0, built
    assert "for the host of the old address" in built.out
    return MovedCentre(centre, answer, before)


def test_command_says_what_goes_on_and_what_ends(moved: MovedCentre) -> None:
    said = moved.answer.out
    assert f"has the address {NEW} beside {OLD}" in said
    assert "When that host ends, this stops working" in said
    assert "did:web:chenab-skills.example" in said
    assert "asnad archive FOLDER" in said


def test_old_host_serves_the_very_bytes_of_all_that_is_signed(moved: MovedCentre) -> None:
    public = moved.centre.folder.public_files()
    assert ".well-known/did.json" in public
    for folder in (moved.site, moved.old_host):
        assert {path: (folder / path).read_bytes() for path in public} == public
    pages = [path.relative_to(moved.site).as_posix() for path in (moved.site / "c").rglob("*") if path.is_file()]
    assert len(pages) > 2
    assert all((moved.old_host / path).read_bytes() == (moved.site / path).read_bytes() for path in pages)


def test_pages_and_catalogue_name_the_new_address_and_ids_the_old_one(moved: MovedCentre) -> None:
    assert f"<loc>{NEW}</loc>" in (moved.site / "sitemap.xml").read_text(encoding="utf-8")
    home = (moved.site / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{NEW}">' in home
    assert OLD not in home
    assert f'"site":"{NEW}"' in (moved.site / "catalogue.json").read_text(encoding="utf-8").replace(": ", ":")
    achievement = next((moved.site / "achievements").rglob("*.json")).read_text(encoding="utf-8")
    assert f'"id":"{OLD}achievements/' in achievement


def test_codes_made_before_are_kept_as_they_were(moved: MovedCentre) -> None:
    after = moved.centre.digits()
    assert {name: after[name] for name in moved.digits_before} == moved.digits_before


def test_old_host_is_served_by_the_same_command_as_the_new_one(moved: MovedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    assert in_centre(moved.centre, "deploy", str(web)).code == 0
    answer = in_centre(moved.centre, "deploy", str(web), "--site", "moved")
    assert answer.code == 0, answer
    there = {path.relative_to(web).as_posix() for path in web.rglob("*") if path.is_file()}
    kept = {path.relative_to(moved.old_host).as_posix() for path in moved.old_host.rglob("*") if path.is_file()}
    assert there == kept | {".asnad-deployed"}


Opened = Callable[[str], Any]


@pytest.fixture
def opened(browser: Any, moved: MovedCentre) -> Iterator[Opened]:
    """Open an address of either host; at the end, nothing else may have been asked for."""
    context = browser.new_context(locale="en-GB", service_workers="block")
    elsewhere: list[str] = []

    def answer(route: Any) -> None:
        address = route.request.url.partition("#")[0]
        for base, folder in ((NEW, moved.site), (OLD, moved.old_host)):
            if address.startswith(base):
                path = urlsplit(address).path.removeprefix(urlsplit(base).path)
                file = folder / (path + "index.html" if path.endswith("/") or not path else path)
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                if file.is_file():
                    route.fulfill(body=file.read_bytes(), content_type=kind)
                else:
                    route.fulfill(status=404, body=(folder / "404.html").read_bytes(), content_type="text/html")
                return
        elsewhere.append(address)
        route.abort()

    context.route("**/*", answer)

    def open_address(address: str) -> Any:
        page = context.new_page()
        page.goto(address)
        return page

    yield open_address
    context.close()
    assert elsewhere == []


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


@pytest.mark.browser
@pytest.mark.parametrize("host", [OLD, NEW])
@pytest.mark.parametrize(
    ("name", "expected"), [(KEPT, "demonstration"), (WITHDRAWN, "revoked"), (LATER, "demonstration")]
)
def test_both_hosts_judge_old_and_new_codes(
    moved: MovedCentre, opened: Opened, host: str, name: str, expected: str
) -> None:
    page = opened(f"{host}v/#{moved.digits(name)}")
    assert outcome(page) == expected
    assert page.locator(".moved").count() == (1 if host == OLD else 0)


@pytest.mark.browser
def test_old_host_tells_of_the_new_one_and_the_new_one_has_it_signed(moved: MovedCentre, opened: Opened) -> None:
    page = opened(f"{OLD}v/#{moved.digits(KEPT)}")
    outcome(page)
    assert f"moved to {NEW}" in page.locator(".moved [lang=en]").inner_text()
    assert page.locator(".moved [lang=ur] a").get_attribute("href") == NEW
    page = opened(f"{NEW}v/#{moved.digits(KEPT)}")
    outcome(page)
    # The signed fields come after the verdict.
    page.locator("[data-outcome] dd", has_text=OLD).first.wait_for()
    text = page.locator("[data-outcome]").inner_text()
    assert OLD in text
    assert NEW in text


@pytest.mark.browser
def test_link_to_the_old_host_is_judged_where_it_is_pasted(moved: MovedCentre, opened: Opened) -> None:
    page = opened(f"{NEW}v/")
    page.fill("#paste", f"{OLD}v/#{moved.digits(KEPT)}")
    page.click(".start > button")
    assert outcome(page) == "demonstration"
    assert "chenab-skills.example" in page.locator(".elsewhere").inner_text()


@pytest.mark.browser
def test_home_of_the_old_host_leads_to_the_new_one(moved: MovedCentre, opened: Opened) -> None:
    page = opened(OLD)
    page.wait_for_url(NEW)
    page = opened(f"{OLD}courses/home-baking-women/")
    assert page.locator("a").first.get_attribute("href") == NEW


@pytest.mark.browser
def test_page_of_a_learner_stays_and_its_code_leads_to_the_new_host(moved: MovedCentre, opened: Opened) -> None:
    path = next((moved.old_host / "c").glob("??/*.html")).relative_to(moved.old_host).as_posix()
    page = opened(f"{OLD}{path}")
    page.locator("aside .button").first.click()
    assert outcome(page) == "demonstration"


def test_an_address_that_is_none_is_told(small_centre: ExampleCentre) -> None:
    assert_told(at_desk(small_centre, "move-domain", "new-name.example"), 1, "begins with https:// and ends in /")


def test_a_folder_of_others_is_not_replaced(moved: MovedCentre, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "photo.jpg").write_bytes(b"dear")
    answer = in_centre(moved.centre, "build", "--site", str(tmp_path / "site"))
    assert_told(answer, 1, "expected an empty folder or an older site")
    assert (tmp_path / "moved" / "photo.jpg").read_bytes() == b"dear"
    assert not (tmp_path / "site").exists()
