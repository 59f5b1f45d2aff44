"""
A certificate for each answer of the verifier that a demonstration can get, made with what every desk has.

What the centre did to a certificate it did as any centre does. What others did is done as they would: a thief signs
with a stolen key beside the ledger, a stranger with a key of his own, a forger alters a letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nacl.signing import SigningKey

from asnad.carriers.payload import PayloadFormat, encode_payloads
from asnad.centre_folder import CentreFolder
from asnad.desk.compromise import compromise
from asnad.desk.demonstration_neighbour import renamed_document, trust_neighbour
from asnad.desk.ledger import Issued, ended
from asnad.desk.new_key import make_new_key
from asnad.desk.registers import find_run, issued_in
from asnad.desk.renewal import DAY, signing_moment
from asnad.desk.signed_credential import SignedCredential, credential_paths, sign_credential
from asnad.desk.succession import issue_in_place, kept_dictionary, kept_document, reissue
from asnad.desk.transaction import locked
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import TOLERANCE_SECONDS, format_instant
from asnad.issuers.keys_file import IssuerKey, KeysFile, KeyState, Role
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import Signer
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.signing.key_file import MODERATE, KeyCost
from asnad.signing.signer import KeyFileSigner
from asnad.site.demonstration_states import PATH, DemonstrationState, states_json
from asnad.verification.outcome import Outcome
from asnad.verification.verify import MAX_CREDENTIAL

LEARNERS = 5
"""Certificates that are taken for it: one stays as it is, one is withdrawn, three get another in their place."""
STRANGER_DID = "did:web:unknown-issuer.example"
STRANGER_SITE = "https://unknown-issuer.example/"
_REASON = "to show the answers of the verifier"


@dataclass(frozen=True, slots=True)
class _Original:
    """The certificate of which the others are altered copies."""

    issued: Issued
    document: JSONObject
    """Without proofs."""
    dictionary: bytes


def make_states(
    work: Workplace, run_id: str, elsewhere: CentreFolder, cost: KeyCost = MODERATE
) -> tuple[DemonstrationState, ...]:
    """
    Bring certificates of a run into each state that a demonstration can show, and keep them for the site.

    Killed and called again, it takes other certificates of the run.

    Args:
        work: The desk of a demonstration; its store holds the root key now.

        run_id: An issued run of which enough learners have no page.

        elsewhere: An empty folder for another issuer, which may go afterwards; keys go beside it.

        cost: Of one guess at the passphrase of keys that are made.

    Raises:
        IssuingError: The centre is a real one, or too few certificates are in force.

        SigningError: A key cannot be opened or made.

    """
    if not work.record().keys.demonstration:
        raise IssuingError("expected a demonstration, found a real centre", place="credentials/public/asnad/keys.json")
    plain, withdrawn, corrected, early, brief = _learners(work, run_id)
    # First what is signed with a clock that is ahead: from then on all is signed at the right time again.
    ahead = _issue_ahead(work, early)
    revoke(work, withdrawn.serial, WithdrawalReason.ISSUED_IN_ERROR, _REASON)
    reissue(work, corrected.serial, _REASON)
    over = _issue_for_a_second(work, brief)
    original = _Original(plain, kept_document(work, plain), kept_dictionary(work, plain))
    states = (
        _kept(work, Outcome.DEMONSTRATION, plain),
        _kept(work, Outcome.REVOKED, withdrawn),
        _kept(work, Outcome.REPLACED, corrected),
        _kept(work, Outcome.EXPIRED, over),
        _kept(work, Outcome.NOT_YET_VALID, ahead),
        _altered(work, original),
        _of_a_thief(work, original, cost),
        _of_a_stranger(work, original),
        _in_no_list(work, original),
        _of_a_neighbour(work, original, elsewhere, cost),
        _cut_off(work, plain),
    )
    with locked(work.folder.credentials):
        work.commit({PATH: states_json(states)})
    return states


def _learners(work: Workplace, run_id: str) -> Sequence[Issued]:
    gone = ended(work.ledger())
    # Nobody's page is to vanish for this.
    free = [e for e in issued_in(work, find_run(work, run_id)) if e.id not in gone and e.name and not e.published]
    if len(free) < LEARNERS:
        raise IssuingError(
            f"expected {LEARNERS} certificates in force of learners without a page, found {len(free)}", place=run_id
        )
    return free[:LEARNERS]


def _issue_ahead(work: Workplace, before: Issued) -> Issued:
    """Issue a certificate as on the last day of the issuing key, by a clock that is wrong."""
    record, now = work.record(), work.clock()
    if record.manifest.issued > now + TOLERANCE_SECONDS:
        refresh(work, clock_was_wrong=True)  # An earlier call broke off.
    key = record.keys.active(Role.ISSUING, now)
    wrong = (key.end if key else now + DAY) - DAY
    after = reissue(replace(work, clock=lambda: wrong), before.serial, _REASON).after
    refresh(work, clock_was_wrong=True)
    return after


def _issue_for_a_second(work: Workplace, before: Issued) -> Issued:
    """Issue a certificate whose time is over with the second in which it is signed."""
    with locked(work.folder.credentials):
        events, record = work.whole_ledger(), work.record()
        at = signing_moment(record, work.clock())
        document = kept_document(work, before) | {"validUntil": format_instant(at)}
        return issue_in_place(work, record, events, before, document, _REASON, at).after


def _altered(work: Workplace, original: _Original) -> DemonstrationState:
    """Change the last letter of the name in what was signed."""
    path, _ = credential_paths(original.issued.id, "private/credentials")
    name = original.issued.name
    other = name[:-1] + ("i" if name.endswith("a") else "a")
    data = work.folder.required(path).replace(canonical_json(name), canonical_json(other))
    credential = parse_object(data, limit=MAX_CREDENTIAL)
    code, link = encode_payloads(credential, (PayloadFormat.CODE, PayloadFormat.LINK), original.dictionary)
    return DemonstrationState(outcome=Outcome.INVALID, code_digits=code, link_digits=link)


def _of_a_thief(work: Workplace, original: _Original, cost: KeyCost) -> DemonstrationState:
    """Sign what the ledger does not have with a key that is declared stolen afterwards."""
    before = work.record().keys
    keys = make_new_key(work, Role.ISSUING, cost)
    (stolen,) = (key for key in keys.keys if before.key(key.id) is None)
    signer = KeyFileSigner.unlock(work.store.read(stolen.id), work.passphrase())
    signed = _signed(work, original.document, keys, signer, original)
    compromise(work, stolen.fragment(), None, lambda _done, _of: None, cost)
    return _state(Outcome.KEY_WITHDRAWN, signed)


def _of_a_stranger(work: Workplace, original: _Original) -> DemonstrationState:
    """Sign in the name of an issuer that nobody knows, with a key that exists for this moment alone."""
    centre, at = work.catalogue.centre, work.clock()
    document = renamed_document(original.document, {centre.did: STRANGER_DID, centre.site: STRANGER_SITE})
    private = SigningKey(bytes(work.random_below(256) for _ in range(32)))
    key = IssuerKey(
        id=f"{STRANGER_DID}#key-1",
        public_key=bytes(private.verify_key),
        role=Role.ISSUING,
        state=KeyState.ACTIVE,
        start=at,
        end=at + DAY,
    )
    keys = replace(work.record().keys, issuer=STRANGER_DID, sites=(STRANGER_SITE,), keys=(key,))
    signer = KeyFileSigner(key.id, key.public_key, private)
    return _state(Outcome.UNKNOWN_ISSUER, _signed(work, document, keys, signer, original))


def _of_a_neighbour(work: Workplace, original: _Original, elsewhere: CentreFolder, cost: KeyCost) -> DemonstrationState:
    """Sign as another issuer that is trusted, and whose lists have run out."""
    neighbour = trust_neighbour(work, elsewhere, original.dictionary, cost)
    document = neighbour.document(original.document, work.catalogue.centre)
    then = replace(work, clock=lambda: neighbour.signed)
    return _state(Outcome.VALID_STATUS_STALE, _signed(then, document, neighbour.keys, neighbour.signer, original))


def _in_no_list(work: Workplace, original: _Original) -> DemonstrationState:
    """Sign a certificate whose place is in the list that will be published next."""
    record = work.record()
    address = record.list_address(max(record.lists) + 1)
    entry: JSONObject = {
        "id": f"{address}#0",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "0",
        "statusListCredential": address,
    }
    signer = work.signer(record, Role.ISSUING)
    document = original.document | {"credentialStatus": entry}
    return _state(Outcome.VALID_STATUS_UNKNOWN, _signed(work, document, record.keys, signer, original))


def _cut_off(work: Workplace, issued: Issued) -> DemonstrationState:
    """Leave the second half of the digits out."""
    whole = _kept(work, Outcome.CANNOT_CHECK, issued)
    code, link = (digits[: len(digits) // 2] for digits in (whole.code_digits, whole.link_digits))
    return replace(whole, code_digits=code, link_digits=link)


def _signed(
    work: Workplace, document: JSONObject, keys: KeysFile, signer: Signer, original: _Original
) -> SignedCredential:
    """Sign a copy under a number and serial that the ledger does not have."""
    at = work.clock()
    serial = f"{original.issued.serial.rpartition('/')[0]}/000"
    subject = document["credentialSubject"]
    if not isinstance(subject, dict):
        raise TypeError("the profile has been checked before")
    copy = document | {
        "id": f"urn:uuid:{work.new_uuid()}",
        "validFrom": format_instant(at),
        "credentialSubject": subject | {"licenseNumber": serial},
    }
    return sign_credential(copy, keys, signer, work.contexts, original.dictionary, at, serial)


def _kept(work: Workplace, outcome: Outcome, issued: Issued) -> DemonstrationState:
    _, path = credential_paths(issued.id, "private/credentials")
    code, link = work.folder.required(path).decode("ascii").split()
    return DemonstrationState(outcome=outcome, code_digits=code, link_digits=link)


def _state(outcome: Outcome, signed: SignedCredential) -> DemonstrationState:
    return DemonstrationState(outcome=outcome, code_digits=signed.code_digits, link_digits=signed.link_digits)
