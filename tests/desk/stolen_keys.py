"""A thief with a key of the small centre, and what a verifier says of what is signed with it."""

from __future__ import annotations

import json
import uuid
from datetime import date

from small_centre import (
    ELIGIBLE,
    silent,
    verdict,
)

from asnad.desk.compromise import Compromise, compromise
from asnad.desk.ledger import Issued, Resigned
from asnad.instant import format_instant
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions
from asnad.proofs.strict_json import JSONObject
from asnad.signing.signer import KeyFileSigner
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts
from asnad.site.publication import publication_files
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre

FOUNDED = NOW - 86_400
LATER = NOW + 3600
GOOD = (Outcome.DEMONSTRATION,)
THE_DAY = date(2026, 11, 20)
SERIALS = [f"CSC-FT-HB-W/12/{number:03d}" for number in range(1, len(ELIGIBLE) + 1)]


def report_theft(
    centre: ExampleCentre, name: str = "key-2026a", since: date | None = None, at: int = NOW + 600
) -> Compromise:
    return compromise(centre.workplace(at), name, since, silent, CHEAP)


def thief_with(centre: ExampleCentre, fragment: str) -> KeyFileSigner:
    return KeyFileSigner.unlock(centre.store.read(f"{centre.store.did}#{fragment}"), PASSPHRASE)


def signed_as_thief(document: JSONObject, signer: KeyFileSigner, created: int, centre: ExampleCentre) -> bytes:
    options = ProofOptions(created=format_instant(created), verification_method=signer.key_id)
    rdfc = eddsa_rdfc_2022.create_proof(document, options, signer, centre.contexts)
    jcs = eddsa_jcs_2022.create_proof(document, options, signer)
    return canonical_json(document | {"proof": [rdfc, jcs]})


def forged_certificate(centre: ExampleCentre, signer: KeyFileSigner, *, created: int, valid_from: int) -> bytes:
    """Sign a certificate that the centre never issued, in the place of one that it has issued."""
    document = json.loads(next(iter(centre.credentials().values())))
    del document["proof"]
    document["id"] = f"urn:uuid:{uuid.UUID(int=7, version=4)}"
    document["validFrom"] = format_instant(valid_from)
    subject = document["credentialSubject"]
    subject["name"] = subject["identifier"][0]["identityHash"] = "Never Seen Here"
    return signed_as_thief(document, signer, created, centre)


def files_by_serial(centre: ExampleCentre) -> dict[str, bytes]:
    files = centre.credentials()
    events = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    return {event.serial: files[event.id.removeprefix("urn:uuid:")] for event in events if event.name}


def outcomes_of(centre: ExampleCentre, files: dict[str, bytes], at: int = LATER) -> dict[str, Outcome]:
    return {serial: verdict(centre, data, at).outcome for serial, data in files.items()}


def each_with(files: dict[str, bytes], outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(files, outcome)


def reasons_of(report: Report) -> set[str | None]:
    return {check.reason for check in report.checks} - {None, "not-reached", "first-seen"}


def signed_again(centre: ExampleCentre) -> list[tuple[str, str]]:
    events = [event for event in centre.workplace().ledger() if isinstance(event, Resigned)]
    return sorted((event.serial, event.key.partition("#")[2]) for event in events)


def built_pages(centre: ExampleCentre) -> set[str]:
    files = read_issuer_files(centre.folder, centre.catalogue.centre.did)
    assert files is not None
    made = publication_files(centre.catalogue, files, read_publication_parts(centre.catalogue), LATER)
    return {path for path in made if path.startswith("c/") and path.endswith(".json")}
