"""A centre's first certificate, checked by a browser at the centre's own address: a domain, and a project's pages."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from new_centre import PublishedCentre, published_centre

pytestmark = pytest.mark.browser

DOMAINS = ("skills.example", "user.github.io/skills", "centre.example:8443/a/b")


@pytest.fixture(scope="module", params=DOMAINS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PublishedCentre:
    return published_centre(tmp_path_factory.mktemp("own"), request.param, languages="en ur")


@pytest.fixture
def page(browser: Any, published: PublishedCentre) -> Iterator[Any]:
    """Give a page for which the centre's site lies at its address, and nothing lies anywhere else."""
    context = browser.new_context(locale="en-GB", service_workers="block")
    faults: list[str] = []
    site, address = published.site, published.centre.catalogue.centre.site

    def answer(route: Any) -> None:
        asked = route.request.url.split("#")[0].split("?")[0]
        if not asked.startswith(address):
            faults.append(f"asked elsewhere: {asked}")
            route.abort()
            return
        path = asked.removeprefix(address)
        file = site / (f"{path}index.html" if path == "" or path.endswith("/") else path)
        if not file.is_file():
            faults.append(f"not there: {asked}")
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(status=200, body=file.read_bytes(), headers={"content-type": kind})

    context.route("**/*", answer)
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    yield opened
    context.close()
    assert faults == []


def outcome(page: Any) -> str:
    return str(page.wait_for_selector("[data-outcome]").get_attribute("data-outcome"))


@pytest.mark.parametrize("carrier", ["code", "link"])
def test_its_first_certificate_is_valid_at_the_centres_own_address(
    page: Any, published: PublishedCentre, carrier: str
) -> None:
    address = getattr(published, carrier)()
    assert address.startswith(f"{published.centre.catalogue.centre.site}v/#")
    page.goto(address)
    assert outcome(page) == "valid"
    text = page.inner_text("body")
    assert urlsplit(published.centre.catalogue.centre.site).hostname in text
    assert "Indus Skills Centre" in text
    assert "+92-61-0000000" in text


def test_its_file_is_valid_there_too_and_the_home_page_leads_to_the_check(
    page: Any, published: PublishedCentre, tmp_path: Path
) -> None:
    site = published.centre.catalogue.centre.site
    page.goto(site)
    assert "Indus Skills Centre" in page.title()
    page.locator(f'a[href$="v/"], a[href="{site}v/"]').first.click()
    page.wait_for_url(f"{site}v/")
    file = tmp_path / "certificate.json"
    file.write_bytes(next(iter(published.centre.credentials().values())))
    page.set_input_files("input[type=file]", file)
    assert outcome(page) == "valid"
