"""A centre that ``asnad init`` has made, founded and with its first certificates, in a folder of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from asnad.cli.init import init
from asnad.credentials.contexts import load_contexts
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.messages import read_messages
from asnad.signing.key_store import key_store
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, PASSPHRASE, ROOT, ExampleCentre, import_register

RUN = "computer-basics-b01"
HEADINGS = "Name,نام,Father Name,CNIC,Mobile,Attendance %,Publish,Consent date\n"
LEARNERS = "Rashida Bano,رشیدہ بانو,,,,95,no,\nIqra Batool Sial,,,,,100,yes,2026-09-17\n"


def options(domain: str = "skills.example", **others: str) -> list[str]:
    """Give every answer that init needs as an option; those of ``languages`` are separated by a space."""
    answers = {
        "name": "Indus Skills Centre",
        "domain": domain,
        "country": "PK",
        "phone": "+92-61-0000000",
        "email": "desk@indus-skills.example",
        "serial-prefix": "ISC",
        "languages": "en ur",
        "host": "none",
        "repository": "public",
    } | {name.replace("_", "-"): text for name, text in others.items()}
    languages = answers.pop("languages").split()
    words = [word for name, text in answers.items() for word in (f"--{name}", text)]
    return words + [word for language in languages for word in ("--language", language)]


def begun_centre(root: Path, domain: str = "skills.example", **others: str) -> CentreFolder:
    """Let init make a centre."""
    done = CliRunner().invoke(init, [str(root), *options(domain, **others)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return CentreFolder(root.resolve())


def founded_centre(to: Path, domain: str = "skills.example", **others: str) -> ExampleCentre:
    """Let init make a centre, and hold its ceremony at the lowest cost of the passphrase."""
    folder = begun_centre(to / "centre", domain, **others)
    catalogue = folder.catalogue()
    files = {path.stem: path.read_bytes() for path in (ROOT / "site_overrides" / "messages").glob("*.json")}
    centre = ExampleCentre(
        folder=folder,
        keys=to / "keys",
        store=key_store(to / "keys", catalogue.centre.did, [folder.root]),
        catalogue=catalogue,
        contexts=load_contexts(),
        messages=read_messages(files, "credential", catalogue.centre.languages),
    )
    moment = int(time.time())
    found_issuer(folder, catalogue.centre, centre.store, PASSPHRASE, moment, centre.contexts, CHEAP)
    return centre


@dataclass(frozen=True, slots=True)
class PublishedCentre:
    """A new centre with certificates and its built site."""

    centre: ExampleCentre
    site: Path

    def link(self) -> str:
        """Give the link of one of the certificates."""
        _, digits = next(iter(self.centre.digits().values()))
        return f"{self.centre.catalogue.centre.verifier}#{digits}"

    def code(self) -> str:
        """Give what the code of one of the certificates says."""
        digits, _ = next(iter(self.centre.digits().values()))
        return f"{self.centre.catalogue.centre.verifier}#{digits}"


def published_centre(to: Path, domain: str = "skills.example", **others: str) -> PublishedCentre:
    """Begin, found, import, issue and build."""
    centre = founded_centre(to, domain, **others)
    moment = int(time.time())
    import_register(centre, RUN, "register.csv", (HEADINGS + LEARNERS).encode(), moment)
    issue_run(centre.workplace(moment), RUN, lambda _done, _of: None)
    build_site(centre.folder, centre.folder.root / "site")
    return PublishedCentre(centre, centre.folder.root / "site")


def verdict_by_site(credential: bytes, site: Path, root: Path, did: str, at: int) -> Report:
    """Judge a certificate as an employer does who has the site's files and the pinned root key."""
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    issuer = IssuerTrust(did=did, root_keys=CentreFolder(root).root_keys(did), files=files)
    dictionaries = tuple(data for path, data in files.items() if path.startswith("d/"))
    return verify_document(credential, Trust((issuer,), dictionaries), at, load_contexts())
