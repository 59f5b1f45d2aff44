"""
Taking back a certificate of which, after a loss, only the public ledger tells.

Its holder still has it: as a file, a link, or a paper with a code. The signature tells that it is the centre's own, and
the ledger's hash that it was issued. From a code, which leaves one of the two proofs out, that proof is made anew: the
same key signs the same bytes with the same signature.
"""

from __future__ import annotations

import re

from asnad.carriers.payload import dictionary_prefix
from asnad.catalogue.run import Run
from asnad.credentials.digest import credential_digest
from asnad.desk.course_dictionary import serial_of
from asnad.desk.ledger import PRIVATE, Event, Issued, Replaced, Withdrawn, lost, private_line
from asnad.desk.register import RegisterRow
from asnad.desk.registers import kept_rows, learner_key
from asnad.desk.signed_credential import SignedCredential, seal_credential, sign_credential
from asnad.desk.since_backup import NOTE, UNKNOWN
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import InvalidError, IssuingError
from asnad.instant import parse_instant
from asnad.issuers.keys_file import KeysFile
from asnad.issuers.ledger import PublicEvent
from asnad.proofs import eddsa_rdfc_2022
from asnad.proofs.proof import JCS, RDFC, without
from asnad.proofs.strict_json import JSONObject
from asnad.signing.signer import KeyFileSigner

_ACHIEVEMENT = re.compile(r".*/achievements/([a-z0-9-]+)/([1-9][0-9]*)\.json")


def recover(work: Workplace, credential: JSONObject) -> Issued:
    """
    Write a lost certificate into the private ledger again, and keep its file.

    Args:
        work: The desk.

        credential: Whose signature and content a verifier has passed.

    Raises:
        IssuingError: It is not one of those that were lost, or its run is not in the catalogue any more.

        SigningError: It comes from a code, and the key that signed it cannot be opened.

    """
    digest = credential_digest(credential).hex()
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        serial = str(_object(credential, "credentialSubject")["licenseNumber"])
        if digest not in {event.digest for event in lost(events)}:
            known = any(isinstance(event, Issued) and event.digest == digest for event in events)
            raise IssuingError(
                "expected a certificate that was lost, found "
                + ("one that is known" if known else "one that the public ledger does not tell of"),
                place=serial,
                hint="nothing is left to do" if known else "restore credentials/public from Git, or look whose it is",
            )
        signed = _signed(work, work.record().keys, credential, serial)
        public = [event for event in work.folder.public_ledger() if event.digest == digest]
        issued = _event(work, credential, serial, signed, public)
        lines: list[Event] = [issued, *_end(issued, public)]
        changes = signed.files(issued.id, published=issued.published)
        changes[PRIVATE] = work.folder.optional(PRIVATE) + b"".join(map(private_line, lines))
        work.commit(changes)
    return issued


def _signed(work: Workplace, keys: KeysFile, credential: JSONObject, serial: str) -> SignedCredential:
    proofs = credential["proof"] if isinstance(credential["proof"], list) else []
    by_suite = {str(proof["cryptosuite"]): proof for proof in proofs if isinstance(proof, dict)}
    jcs = by_suite[JCS]
    key = keys.key(str(jcs["verificationMethod"]))
    if key is None:
        raise IssuingError("expected a key of keys.json, found another", place=serial)
    document, dictionary = without(credential, "proof"), _dictionary(work)
    if RDFC in by_suite:
        try:
            eddsa_rdfc_2022.verify_proof(credential, by_suite[RDFC], key.public_key, work.contexts)
        except InvalidError as error:
            raise IssuingError(str(error), place=serial, hint="take it from the paper's code instead") from None
        return seal_credential(credential, keys, dictionary, serial)
    signer = KeyFileSigner.unlock(work.store.read(key.id), work.passphrase())
    created = parse_instant(jcs["created"]) or 0
    made = sign_credential(document, keys, signer, work.contexts, dictionary, created, serial)
    if str(jcs["proofValue"]).encode("ascii") not in made.data:
        raise IssuingError("expected the signature of this key, found another", place=serial)
    return made


def _dictionary(work: Workplace) -> bytes:
    """Take any dictionary of the centre: each restores the certificate, and only the length of the digits differs."""
    files = work.folder.public_files()
    found = [data for path, data in sorted(files.items()) if path == f"d/{dictionary_prefix(data).hex()}.bin"]
    if not found:
        raise IssuingError("expected the centre's dictionaries, found none", place="credentials/public/d")
    return found[0]


def _event(
    work: Workplace, credential: JSONObject, serial: str, signed: SignedCredential, public: list[PublicEvent]
) -> Issued:
    subject, status = _object(credential, "credentialSubject"), _object(credential, "credentialStatus")
    run, number = _run(work, serial)
    name = str(subject["name"])
    keys = {learner_key(row) for row in _rows(work, run) if row.name == name}
    found = _ACHIEVEMENT.fullmatch(str(_object(subject, "achievement")["id"]))
    if found is None:
        raise IssuingError("expected an achievement of this centre, found another", place=serial)
    kinds = [event.type for event in public]
    first = next(event for event in public if event.type == "issued")
    return Issued(
        id=str(credential["id"]),
        serial=serial,
        run=run.id,
        number=number,
        # Of two learners of one name nobody can tell whose it is; then it is known by its name alone.
        learner=keys.pop() if len(keys) == 1 else "",
        name=name,
        course=found[1],
        version=int(found[2]),
        status_list=int(str(status["statusListCredential"]).rpartition("/")[2].removesuffix(".json")),
        index=int(str(status["statusListIndex"])),
        digest=signed.digest,
        key=first.key,
        issued=str(credential["validFrom"]),
        published="published" in kinds and "unpublished" not in kinds,
    )


def _run(work: Workplace, serial: str) -> tuple[Run, int]:
    beginning, _, last = serial.rpartition("/")
    number = last.partition("-")[0]
    for run in work.catalogue.runs:
        if serial_of(work.catalogue, run, 0).rpartition("/")[0] == beginning and number.isdigit():
            return run, int(number)
    raise IssuingError(
        "expected a run of the catalogue whose serials begin so, found none",
        place=serial,
        hint="bring the run's file back into catalogue/runs",
    )


def _rows(work: Workplace, run: Run) -> tuple[RegisterRow, ...]:
    try:
        return kept_rows(work, run)
    except IssuingError:
        return ()  # The register was lost too.


def _end(issued: Issued, public: list[PublicEvent]) -> list[Withdrawn | Replaced]:
    months = {event.type: event.month for event in public}
    if "replaced" in months:
        moment = f"{months['replaced']}-01T00:00:00Z"
        return [Replaced(id=issued.id, serial=issued.serial, successor=UNKNOWN, reason=UNKNOWN, replaced=moment)]
    if "revoked" in months:
        moment = f"{months['revoked']}-01T00:00:00Z"
        return [Withdrawn(id=issued.id, serial=issued.serial, reason=UNKNOWN, note=NOTE, withdrawn=moment)]
    return []


def _object(document: JSONObject, member: str) -> JSONObject:
    found = document[member]
    if not isinstance(found, dict):
        raise IssuingError("expected a whole credential, found a damaged one", place=member)
    return found
