"""A centre whose site is built and served, as it is after issuing, printing and publishing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import zxingcpp
from PIL import Image

from asnad.cli.build import build_site
from asnad.cli.server import SiteServer, local_address
from asnad.desk.issue_run import issue_run
from asnad.desk.papers import write_papers
from asnad.desk.registers import find_run
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.site.issuer_reading import read_stationery
from example_centre import (
    NOW,
    REGISTERS,
    ROOT,
    ExampleCentre,
    found_example_centre,
    import_register,
    write_centre_lines,
)

DAY = 86_400
RUN = "food-safety-small-business-mc-b03"
"""The micro-credential."""
FIRST, SECOND, THIRD = (f"CSC-FT-FS-MC/3/00{number}" for number in (1, 2, 3))
"""Serials of it."""
LEARNERS = 3
"""Of its register that the smaller centres issue to: the first agreed to a page."""
PAPER = {"width": 1123, "height": 794}
"""A4 landscape, in CSS pixels of 1/96 inch."""
PRINT_SCALE = 150 / 96
"""Device pixels a CSS pixel, for 150 dots an inch."""


@dataclass(frozen=True, slots=True)
class ServedCentre:
    """A centre, its built site and the server in front of it."""

    centre: ExampleCentre
    site: Path
    address: str
    server: list[SiteServer]
    """The one that runs; empty while the site is down."""

    def certificate(self, serial: str) -> str:
        """Give the name of the files of a certificate."""
        events = self.centre.workplace().ledger()
        return next(event.id for event in events if event.serial == serial).removeprefix("urn:uuid:")

    def code(self, serial: str) -> str:
        """Give what its QR code says."""
        return f"{self.address}v/#{self.centre.digits()[self.certificate(serial)][0]}"

    def link(self, serial: str) -> str:
        """Give the link that its learner gets."""
        return f"{self.address}v/#{self.centre.digits()[self.certificate(serial)][1]}"

    def document(self, serial: str) -> bytes:
        """Give the credential file."""
        return self.centre.credentials()[self.certificate(serial)]

    def page(self, serial: str) -> str:
        """Give the address of the learner's public page."""
        name = self.certificate(serial)
        return f"{self.address}c/{name[:2]}/{name}.html"

    def paper(self, serial: str) -> str:
        """Give the address of the file for the printer, which no site has."""
        folder = self.centre.folder.credentials / "private" / "out"
        return next(folder.glob(f"*/{serial.replace('/', '-')}.html")).as_uri()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Take the site away, and bring it back."""
        running = self.server.pop()
        port = running.port
        running.__exit__(None, None, None)
        try:
            yield
        finally:
            self.server.append(SiteServer(self.site, "127.0.0.1", port).__enter__())


@contextmanager
def serve_folder(site: Path) -> Iterator[tuple[str, list[SiteServer]]]:
    """Serve a folder, which may still be empty, under an address that stays."""
    servers = [SiteServer(site, "127.0.0.1", 0).__enter__()]
    try:
        yield local_address(servers[0].port), servers
    finally:
        for server in servers:
            server.__exit__(None, None, None)


@contextmanager
def served_demonstration(issued: ExampleCentre, to: Path, verifier: str | None = None) -> Iterator[ServedCentre]:
    """Print, build and serve a copy of the issued example centre."""
    site = to / "site"
    with serve_folder(site) as (address, server):
        copied = issued.copy(to)
        write_centre_lines(copied.folder.root, {"verifier": verifier or f"{address}v/"})
        centre = replace(copied, catalogue=copied.folder.catalogue())
        print_papers(centre, RUN)
        build_site(centre.folder, site)
        yield ServedCentre(centre, site, address, server)


@contextmanager
def served_real_centre(to: Path, verifier: str | None = None) -> Iterator[ServedCentre]:
    """
    Found a centre that is no demonstration, issue to three learners, withdraw the third's, build and serve.

    Its lists of the day before the issue are kept in ``before/``.
    """
    site = to / "site"
    with serve_folder(site) as (address, server):
        centre = found_example_centre(
            to,
            NOW - DAY,
            verifier=verifier or f"{address}v/",
            demonstration="false",
            repository="private",
        )
        for path in ("status/1.json", "asnad/manifest.json", "asnad/notices.json"):
            kept = to / "before" / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(centre.folder.required(f"public/{path}"))
        issue_to_some(centre)
        print_papers(centre, RUN)
        revoke(centre.workplace(NOW + 3_600), THIRD, WithdrawalReason.ISSUED_IN_ERROR, "")
        build_site(centre.folder, site)
        yield ServedCentre(centre, site, address, server)


def issue_to_some(centre: ExampleCentre) -> None:
    """Issue the micro-credential to the first learners of its register."""
    file_name = REGISTERS[RUN]
    register = (ROOT / "credentials" / "example-registers" / file_name).read_bytes()
    some = b"".join(register.splitlines(keepends=True)[: LEARNERS + 1])
    import_register(centre, RUN, file_name, some)
    issue_run(centre.workplace(), RUN, lambda _done, _of: None)


def print_papers(centre: ExampleCentre, run: str) -> None:
    """Write the papers of a run."""
    work = centre.workplace()
    write_papers(work, find_run(work, run), read_stationery(work.catalogue), lambda _done, _of: None)


def read_code(picture: bytes) -> str:
    """Read the one QR code that is in a picture, from its pixels."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(found) == 1
    return found[0].text


def instant(at: int) -> datetime:
    """Give a moment as a browser's clock takes it."""
    return datetime.fromtimestamp(at, UTC)
