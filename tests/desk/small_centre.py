"""A small centre for tests that break things, and what must be true of it whatever happened."""

from __future__ import annotations

import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from asnad.catalogue.run import Run, RunId
from asnad.centre_folder import CentreFolder
from asnad.credentials.contexts import load_contexts
from asnad.credentials.digest import credential_digest
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Withdrawn
from asnad.instant import parse_instant
from asnad.issuers.did_web import did_document_path
from asnad.issuers.notices import notice_digest
from asnad.messages import read_messages
from asnad.proofs.strict_json import parse_object
from asnad.signing.key_store import key_store
from asnad.status.bitstring import is_set
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, PASSPHRASE, ROOT, ExampleCentre, import_register

RUN = "home-baking-women-b12"
ELIGIBLE = ("Rashida Bano", "Sidra Munir Dogar", "Humera Saleem Naul", "Iqra Batool Sial", "Shazia Nawaz")
REGISTER = """Name,Father Name,CNIC,Attendance %,Publish,Consent date
Rashida Bano,Ghulam Rasool,00000-0000008-1,80,yes,2026-09-17
Sidra Munir Dogar,Khushi Muhammad,00000-0000007-1,95,no,
Zubaida Khanum Cheema,Manzoor Hussain,00000-0000010-1,79,no,
Humera Saleem Naul,Sardar Ali Naul,00000-0000005-1,85,yes,2026-09-17
Iqra Batool Sial,Muhammad Yaqoob,00000-0000012-1,100,no,
Shazia Nawaz,Sultan Mahmood,00000-0000003-1,90,no,
"""


def unfounded_centre(to: Path) -> ExampleCentre:
    """Copy the example catalogue; no keys are made yet."""
    root = to / "centre"
    shutil.copytree(ROOT / "catalogue", root / "catalogue")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    folder = CentreFolder(root)
    catalogue = folder.catalogue()
    files = {path.stem: path.read_bytes() for path in (ROOT / "site_overrides" / "messages").glob("*.json")}
    (to / "keys").mkdir()
    return ExampleCentre(
        folder=folder,
        keys=to / "keys",
        store=key_store(to / "keys", catalogue.centre.did, [root]),
        catalogue=catalogue,
        contexts=load_contexts(),
        messages=read_messages(files, "credential", catalogue.centre.languages),
    )


def copy_of(centre: ExampleCentre, to: Path) -> ExampleCentre:
    """Copy what may change of a centre: credentials and keys; the catalogue is read already."""
    root = to / "centre"
    root.mkdir(parents=True)
    for name in ("credentials", "keys"):
        if (centre.folder.root / name).exists():
            shutil.copytree(centre.folder.root / name, root / name)
    shutil.copytree(centre.keys, to / "keys")
    store = key_store(to / "keys", centre.store.did, [root])
    return replace(centre, folder=CentreFolder(root), keys=to / "keys", store=store)


def with_register(centre: ExampleCentre, text: str = REGISTER) -> ExampleCentre:
    """Import a register of the small run."""
    import_register(centre, RUN, "b12.csv", text.encode())
    return centre


def registered_centre(to: Path) -> ExampleCentre:
    """Found the small centre a day before, and import the register of its run."""
    centre = unfounded_centre(to)
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, NOW - 86_400, centre.contexts, CHEAP)
    return with_register(centre)


def issued_centre(to: Path) -> ExampleCentre:
    """Issue the run of the small centre, which was founded a day before."""
    centre = registered_centre(to)
    issue_run(centre.workplace(), RUN, silent)
    return centre


def silent(_done: int, _of: int) -> None:
    """Take a report of progress."""


def the_run(centre: ExampleCentre) -> Run:
    run = centre.catalogue.run(RunId(RUN))
    assert run is not None
    return run


def trust(centre: ExampleCentre) -> Trust:
    """Believe the centre by its pinned root key, as its employers do."""
    did = centre.catalogue.centre.did
    files = centre.folder.public_files()
    issuer = IssuerTrust(did=did, root_keys=centre.folder.root_keys(did), files=files)
    return Trust((issuer,), tuple(data for path, data in files.items() if path.startswith("d/")))


def verdict(centre: ExampleCentre, credential: bytes, at: int = NOW + 3600) -> Report:
    return verify_document(credential, trust(centre), at, centre.contexts)


def manifest_version(centre: ExampleCentre) -> int:
    """Give the version on disk, which may be in the middle of a change."""
    path = centre.folder.credentials / "public" / "asnad" / "manifest.json"
    version = parse_object(path.read_bytes(), limit=1 << 20)["version"]
    assert isinstance(version, int)
    return version


def leftovers(centre: ExampleCentre) -> list[str]:
    """Name every file that a finished command does not leave."""
    roots = (centre.folder.root, centre.keys)
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [str(path) for path in files if path.suffix in (".part", ".draft", ".old") or path.name == "journal.json"]


def assert_whole(centre: ExampleCentre, names: tuple[str, ...], *, at: int = NOW + 3600) -> None:
    """
    Check that each of these learners has one certificate, and that all records of the centre agree about them.

    Args:
        centre: After a command that ran to its end.

        names: Everybody who is to have a certificate.

        at: When the certificates are verified.

    """
    folder, did = centre.folder, centre.catalogue.centre.did
    desk = centre.workplace(at)
    record = desk.record()
    events = desk.ledger()
    issued = [event for event in events if isinstance(event, Issued)]
    withdrawn = {event.id for event in events if isinstance(event, Withdrawn)}
    assert sorted(event.name for event in issued) == sorted(names)
    assert sorted(event.serial for event in issued) == [f"CSC-FT-HB-W/12/{n:03d}" for n in range(1, len(names) + 1)]
    assert len({(event.status_list, event.index) for event in issued}) == len(issued)

    files = centre.credentials()
    assert sorted(files) == sorted(event.id.removeprefix("urn:uuid:") for event in issued)
    assert sorted(centre.digits()) == sorted(files)
    digests = {name: credential_digest(parse_object(data, limit=65_536)).hex() for name, data in files.items()}
    assert digests == {event.id.removeprefix("urn:uuid:"): event.digest for event in issued}
    published = {event.id.removeprefix("urn:uuid:") for event in issued if event.published}
    there = folder.credentials / "published"
    assert {path.stem for path in there.glob("*.json")} == published if there.exists() else not published
    for name in published:
        assert (there / f"{name}.json").read_bytes() == files[name]

    public = folder.public_ledger()
    assert sorted(event.digest for event in public if event.type == "issued") == sorted(digests.values())
    assert sorted(event.digest for event in public if event.type == "published") == sorted(
        digests[n] for n in published
    )
    revoked = sorted(event.digest for event in public if event.type == "revoked")
    assert revoked == sorted(event.digest for event in issued if event.id in withdrawn)
    assert {notice.digest for notice in record.notices} == {notice_digest(name) for name in withdrawn}

    taken = folder.required("public/taken/1.bin")
    assert {i for i in range(len(taken) * 8) if is_set(taken, i)} == {event.index for event in issued}
    bits = record.lists[1].bits
    assert {i for i in range(len(bits) * 8) if is_set(bits, i)} == {e.index for e in issued if e.id in withdrawn}
    assert all(record.lists[event.status_list].valid_from >= (parse_instant(event.issued) or 0) for event in issued)

    public_files = folder.public_files()
    covered = {entry.path: (entry.sha256, entry.length) for entry in record.manifest.entries}
    lists = {f"status/{number}.json" for number in record.lists}
    assert set(covered) == {"asnad/keys.json", "asnad/notices.json", did_document_path(did)} | lists
    for path, (digest, length) in covered.items():
        assert (digest, length) == (sha256(public_files[path]).digest(), len(public_files[path]))

    for event in issued:
        report = verdict(centre, files[event.id.removeprefix("urn:uuid:")], at)
        assert report.outcome is (Outcome.REVOKED if event.id in withdrawn else Outcome.DEMONSTRATION)
    assert leftovers(centre) == []
