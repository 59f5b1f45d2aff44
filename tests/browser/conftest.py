"""The verifier's page in a real browser, on sites of the shared case table."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader

from asnad.messages import read_messages, read_sections
from asnad.site.link_page import link_page_files
from asnad.site.stationery import CertificateFonts, Stationery, certificate_environment
from asnad.site.verifier_page import PinnedIssuer, TrustedSince, verifier_files
from browser.static_site import StaticSite

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases"
VERIFIER = ROOT / "site_overrides" / "verifier"
CERTIFICATE = ROOT / "site_overrides" / "certificate"
MESSAGES = ROOT / "site_overrides" / "messages"
ESBUILD = VERIFIER / "node_modules" / "esbuild" / "bin" / "esbuild"


@dataclass(frozen=True)
class Case:
    """One case of the table."""

    name: str
    given: dict[str, Any]
    expected: dict[str, Any]

    @property
    def at(self) -> str:
        return str(self.given["at"])

    @property
    def digits(self) -> str | None:
        return self._input().decode() if self.given["input"] == "digits.txt" else None

    @property
    def document(self) -> bytes:
        return self._input()

    def _input(self) -> bytes:
        return (CASES / self.name / self.given["input"]).read_bytes()


def read_case(name: str) -> Case:
    folder = CASES / name
    return Case(name, *(json.loads((folder / file).read_bytes()) for file in ("case.json", "expected.json")))


def site_files(name: str) -> dict[str, bytes]:
    site = CASES / "sites" / name
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def publish(site: StaticSite, case: Case, bundle: Mapping[str, bytes], folder: str = "") -> str:
    """Put the verifier and all that a case trusts on the site, and give the address of the verifier."""
    issuers, readable = [], {}
    for entry in case.given["trust"]:
        files = site_files(entry["site"])
        wanted = case.given.get("dictionaries")
        held = {
            path: content
            for path, content in files.items()
            if not path.startswith("d/") or wanted is None or path.removeprefix("d/") in wanted
        }
        # One issuer lies where a centre has it, beside the verifier; more lie apart.
        alone = len(case.given["trust"]) == 1
        base = "" if alone else f"{entry['site']}/"
        readable.update(held if alone else {})
        site.files.update({f"{folder}{base}{path}": content for path, content in held.items()})
        since = TrustedSince(names=(entry["site"],), source="pack.json", added=date(2026, 6, 3)) if issuers else None
        issuers.append(PinnedIssuer(entry["did"], tuple(entry["rootKeys"]), f"../{base}", "Asia/Karachi", since))
    pinned = tuple(issuers) or (PinnedIssuer("did:web:nobody.example", ("z6MknobodysKey",)),)
    return publish_pages(site, pinned, readable, bundle, folder)


def publish_pages(
    site: StaticSite,
    pinned: tuple[PinnedIssuer, ...],
    readable: Mapping[str, bytes],
    bundle: Mapping[str, bytes],
    folder: str = "",
) -> str:
    """Put the pages with a script on the site, and give the address of the verifier; the other lies at ``../c/``."""
    texts = {tag: (MESSAGES / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
    pages = verifier_files(
        bundle,
        issuers=pinned,
        site_files=readable,
        messages=read_messages(texts, "verifier", ("en", "ur")),
        sections=read_sections(texts, "verifier", ("en", "ur")),
    )
    pages |= link_page_files(bundle, stationery(), issuers=pinned, time_zone="Asia/Karachi")
    pages |= {f"c/{name}": (CERTIFICATE / name).read_bytes() for name in ("page.css", "link.css")}
    site.files.update({f"{folder}{path}": content for path, content in pages.items()})
    return f"{site.address}{folder}v/"


def stationery() -> Stationery:
    """Give what certificates are drawn with, without fonts."""
    texts = {tag: (MESSAGES / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
    environment = certificate_environment(FileSystemLoader(CERTIFICATE))
    return Stationery(
        environment, read_messages(texts, "certificate", ("en", "ur")), CertificateFonts(b"", b"", b""), ()
    )


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    hook = runpy.run_path(str(ROOT / "hatch_build.py"))
    made = ROOT / hook["PACKAGED"] / "verifier"
    # `make test` has packaged the sources as they are; whoever works on them sees them here before that.
    if not hook["is_fresh"](ROOT):
        if not ESBUILD.exists() or shutil.which("node") is None:
            # Who works on the Python part alone needs no Node; `make test` installs it, and CI runs that.
            pytest.skip("the verifier's Node packages are not installed")
        made = tmp_path_factory.mktemp("bundle") / "made"
        hook["make_verifier"](VERIFIER, made, ROOT / "LICENSE")
    return {path.name: path.read_bytes() for path in made.iterdir()}


@pytest.fixture
def site() -> Iterator[StaticSite]:
    served = StaticSite()
    served.start()
    yield served
    served.stop()
