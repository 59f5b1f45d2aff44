"""Keys that follow each other: what the older one signed stays good, and it signs no more."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from small_centre import ELIGIBLE, RUN, assert_whole, copy_of, issued_centre, registered_centre, silent, trust, verdict

from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued
from asnad.desk.new_key import make_new_key
from asnad.desk.root_rotation import rotate_root
from asnad.desk.rotation import retire, rotate
from asnad.desk.signed_credential import sign_credential
from asnad.desk.succession import kept_dictionary, kept_document
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.errors import IssuingError, SigningError
from asnad.instant import format_instant
from asnad.issuers.keys_file import IssuerKey, KeyState, Role
from asnad.issuers.keys_signing import signing_roots
from asnad.signing.ceremony import PlannedKey, hold_ceremony
from asnad.signing.key_file import KeyRole
from asnad.signing.key_store import KeyStore
from asnad.signing.signer import KeyFileSigner
from asnad.status.status_list import verify_status_list
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre

FOUNDED = NOW - 86_400
LATER = NOW + 3600
GOOD = {Outcome.DEMONSTRATION}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return registered_centre(tmp_path_factory.mktemp("registered"))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "copy")


def _outcomes(centre: ExampleCentre, at: int = LATER) -> set[Outcome]:
    return {verdict(centre, data, at).outcome for data in centre.credentials().values()}


def _key(centre: ExampleCentre, fragment: str) -> IssuerKey:
    key = centre.workplace().record().keys.key(f"{centre.store.did}#{fragment}")
    assert key is not None
    return key


def _signer(centre: ExampleCentre, fragment: str) -> KeyFileSigner:
    return KeyFileSigner.unlock(centre.store.read(f"{centre.store.did}#{fragment}"), PASSPHRASE)


def _signed_by(centre: ExampleCentre, fragment: str, at: int) -> bytes:
    """Let a key sign a certificate with an honest date."""
    desk = centre.workplace()
    event = next(event for event in desk.ledger() if isinstance(event, Issued))
    document = kept_document(desk, event) | {"validFrom": format_instant(at)}
    dictionary = kept_dictionary(desk, event)
    keys = desk.record().keys
    return sign_credential(document, keys, _signer(centre, fragment), centre.contexts, dictionary, at, "test").data


def _pinning(centre: ExampleCentre, data: bytes, *fragments: str, at: int = LATER) -> Report:
    """Verify as somebody who has pinned these root keys alone."""
    (issuer,) = trust(centre).issuers
    roots = tuple(centre.store.read(f"{centre.store.did}#{fragment}").public_key for fragment in fragments)
    return verify_document(data, Trust((replace(issuer, root_keys=roots),), ()), at, centre.contexts)


def _reason(report: Report) -> set[str | None]:
    return {check.reason for check in report.checks} - {None, "not-reached"}


def test_after_a_rotation_certificates_are_signed_with_the_new_key(registered: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(registered, tmp_path / "copy")
    change = rotate(centre.workplace(NOW), Role.ISSUING, CHEAP)
    assert [key.fragment() for key in (*change.made, *change.retired)] == ["key-2026b", "key-2026a"]
    issue_run(centre.workplace(NOW + 60), RUN, silent)
    assert {e.key for e in centre.workplace().ledger() if isinstance(e, Issued)} == {f"{centre.store.did}#key-2026b"}
    assert_whole(centre, ELIGIBLE, at=LATER)


def test_a_retired_key_still_verifies_what_it_signed(centre: ExampleCentre) -> None:
    before = centre.workplace().record().manifest.version
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    assert _key(centre, "key-2026a").state is KeyState.RETIRED
    assert_whole(centre, ELIGIBLE, at=LATER)
    assert centre.workplace().record().manifest.version == before + 1
    revoke(centre.workplace(NOW + 120), "CSC-FT-HB-W/12/002", WithdrawalReason.MISCONDUCT, "")
    assert _outcomes(centre) == GOOD | {Outcome.REVOKED}


def test_the_did_document_keeps_a_retired_key_without_a_word(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    rotate(centre.workplace(NOW + 90), Role.STATUS, CHEAP)
    document = json.loads(centre.workplace().record().did_json)
    names = [method["id"].partition("#")[2] for method in document["verificationMethod"]]
    assert names == ["key-2026a", "status-2026a", "key-2026b", "status-2026b"]
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    for method in document["verificationMethod"]:
        assert set(method) == {"id", "type", "controller", "publicKeyMultibase"}


def test_a_retired_key_cannot_date_a_certificate_after_its_time(centre: ExampleCentre) -> None:
    honest = _signed_by(centre, "key-2026a", NOW + 200)
    assert verdict(centre, honest).outcome is Outcome.VALID_STATUS_UNKNOWN
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    report = verdict(centre, honest)
    assert report.outcome is Outcome.INVALID
    assert _reason(report) == {"key-time"}


def test_a_key_that_is_retired_in_the_second_of_its_last_signature_is_good_for_it(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW), Role.ISSUING, CHEAP)
    assert _key(centre, "key-2026a").end == NOW + 1
    assert _outcomes(centre) == GOOD


def test_a_certificate_signed_while_the_clock_was_ahead_is_within_the_time_of_its_retired_key(
    registered: ExampleCentre, tmp_path: Path
) -> None:
    centre, ahead = copy_of(registered, tmp_path / "copy"), NOW + 5 * 86_400
    issue_run(centre.workplace(ahead), RUN, silent)
    refresh(centre.workplace(NOW), clock_was_wrong=True)
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    assert _key(centre, "key-2026a").end == ahead + 1
    refresh(centre.workplace(ahead + 60))
    assert _outcomes(centre, ahead + 120) == GOOD


def test_a_rotation_retires_every_older_key_of_its_role_and_no_other(centre: ExampleCentre) -> None:
    make_new_key(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    change = rotate(centre.workplace(NOW + 90), Role.ISSUING, CHEAP)
    assert [key.fragment() for key in change.retired] == ["key-2026a", "key-2026b"]
    states = {key.fragment(): key.state for key in centre.workplace().record().keys.keys}
    assert states == {
        "key-2026a": KeyState.RETIRED,
        "status-2026a": KeyState.ACTIVE,
        "key-2026b": KeyState.RETIRED,
        "key-2026c": KeyState.ACTIVE,
    }


def test_the_time_of_a_key_that_has_run_out_stays_as_it_was(centre: ExampleCentre) -> None:
    end = _key(centre, "key-2026a").end
    rotate(centre.workplace(end + 86_400), Role.ISSUING, CHEAP)
    assert _key(centre, "key-2026a").end == end
    assert _outcomes(centre, end + 2 * 86_400) == GOOD


def test_a_new_status_key_signs_at_once_and_an_older_list_is_still_believed(centre: ExampleCentre) -> None:
    older = centre.folder.public_files()["status/1.json"]
    rotate(centre.workplace(NOW + 60), Role.STATUS, CHEAP)
    record = centre.workplace().record()
    assert b"#status-2026b" in centre.folder.public_files()["asnad/manifest.json"]
    assert verify_status_list(older, record.list_address(1), record.keys).valid_from == NOW
    assert _outcomes(centre) == GOOD


def test_a_status_key_is_rotated_after_all_of_them_have_run_out(centre: ExampleCentre) -> None:
    late = _key(centre, "status-2026a").end + 86_400
    rotate(centre.workplace(late), Role.STATUS, CHEAP)
    assert {verdict(centre, data, late + 60).outcome for data in centre.credentials().values()} == GOOD


def test_the_last_active_key_of_a_role_is_not_retired_without_a_successor(centre: ExampleCentre) -> None:
    before = centre.folder.public_files()
    for name, role in (("key-2026a", "issuing"), ("status-2026a", "status")):
        with pytest.raises(SigningError) as caught:
            retire(centre.workplace(NOW + 60), name)
        assert f"expected another {role} key" in caught.value.message
        assert f"asnad keys rotate --role {role}" in str(caught.value.hint)
    assert centre.folder.public_files() == before


@pytest.mark.parametrize("role", list(Role))
def test_a_key_with_a_successor_is_retired(centre: ExampleCentre, role: Role) -> None:
    name = {Role.ISSUING: "key-2026a", Role.STATUS: "status-2026a"}[role]
    make_new_key(centre.workplace(NOW + 60), role, CHEAP)
    retire(centre.workplace(NOW + 90), f"{centre.store.did}#{name}")
    assert _key(centre, name).state is KeyState.RETIRED
    assert _key(centre, name).end == NOW + 91
    assert _outcomes(centre) == GOOD
    refresh(centre.workplace(NOW + 120))
    with pytest.raises(SigningError, match="found one that is retired"):
        retire(centre.workplace(NOW + 150), name)


@pytest.mark.parametrize(
    "name", ["", "key-2025a", "#", "root-2026a", "../key-2026a", "did:web:other.example#key-2026b"]
)
def test_a_key_that_does_not_exist_is_told(centre: ExampleCentre, name: str) -> None:
    with pytest.raises(SigningError) as caught:
        retire(centre.workplace(NOW + 60), name)
    assert caught.value.hint


def test_what_another_machine_issued_meanwhile_is_taken_into_the_time_of_a_retired_key(
    registered: ExampleCentre, tmp_path: Path
) -> None:
    here, there = (copy_of(registered, tmp_path / name) for name in ("here", "there"))
    rotate(here.workplace(NOW), Role.ISSUING, CHEAP)
    issue_run(there.workplace(NOW + 60), RUN, silent)
    for path in ("private/credentials", "public/d", "public/achievements"):
        shutil.copytree(there.folder.credentials / path, here.folder.credentials / path)
    for path in ("private/ledger.jsonl", "public/ledger.jsonl", "public/taken/1.bin"):
        shutil.copy(there.folder.credentials / path, here.folder.credentials / path)
    assert _outcomes(here) == {Outcome.INVALID}
    retire(here.workplace(NOW + 120), "key-2026a")
    assert _key(here, "key-2026a").end == NOW + 61
    assert _outcomes(here) == GOOD


def test_each_laptop_signs_with_its_own_key(registered: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(registered, tmp_path / "copy")
    for role in Role:
        make_new_key(centre.workplace(NOW - 60), role, CHEAP)
    for name in ("key-2026b", "status-2026b"):
        centre.store.path_of(f"{centre.store.did}#{name}").unlink()
    issue_run(centre.workplace(NOW), RUN, silent)
    assert {e.key for e in centre.workplace().ledger() if isinstance(e, Issued)} == {f"{centre.store.did}#key-2026a"}
    assert_whole(centre, ELIGIBLE, at=LATER)
    centre.store.path_of(f"{centre.store.did}#key-2026a").unlink()
    with pytest.raises(SigningError, match="expected a key file, found none"):
        centre.workplace().signer(centre.workplace().record(), Role.ISSUING)


def test_without_the_private_ledger_no_key_is_retired(centre: ExampleCentre) -> None:
    (centre.folder.credentials / "private" / "ledger.jsonl").unlink()
    with pytest.raises(IssuingError, match="found 0 or something else"):
        rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)


def test_a_rotation_with_a_clock_behind_the_last_signature_is_refused(centre: ExampleCentre) -> None:
    for task in (rotate_root, lambda desk: rotate(desk, Role.STATUS, CHEAP)):
        with pytest.raises(SigningError, match="expected a time after the last signature"):
            task(centre.workplace(NOW - 3600))


def test_whoever_has_pinned_either_root_key_believes_a_changed_one(centre: ExampleCentre) -> None:
    rotate_root(centre.workplace(NOW + 60), cost=CHEAP)
    for data in centre.credentials().values():
        assert _pinning(centre, data, "root-2026a").outcome is Outcome.DEMONSTRATION
        assert _pinning(centre, data, "root-next-2026a").outcome is Outcome.DEMONSTRATION
        assert _pinning(centre, data, "root-next-2026b").outcome is Outcome.CANNOT_CHECK
    record = centre.workplace().record()
    new, old = (centre.store.read(f"{centre.store.did}#{name}") for name in ("root-next-2026a", "root-2026a"))
    assert (record.keys.root_id, record.keys.root_key) == (new.id, new.public_key)
    assert centre.folder.root_keys(centre.store.did) == (new.public_key, old.public_key)
    assert signing_roots(record.keys_json) == (new.id, old.id)
    assert not any("root" in key.id for key in record.keys.keys)


def test_a_later_change_is_signed_by_both_root_keys_until_the_old_one_is_destroyed(centre: ExampleCentre) -> None:
    rotate_root(centre.workplace(NOW + 60), cost=CHEAP)
    assert rotate(centre.workplace(NOW + 90), Role.ISSUING, CHEAP).roots_left == ()
    data = next(iter(centre.credentials().values()))
    assert _pinning(centre, data, "root-2026a").outcome is Outcome.DEMONSTRATION

    old = centre.store.path_of(f"{centre.store.did}#root-2026a")
    old.rename(old.with_name("kept"))
    change = rotate(centre.workplace(NOW + 120), Role.STATUS, CHEAP)
    assert change.roots_left == (f"{centre.store.did}#root-2026a",)
    assert centre.folder.root_keys(centre.store.did) == (change.record.keys.root_key,)
    old.with_name("kept").rename(old)
    report = _pinning(centre, data, "root-2026a")
    assert (report.outcome, _reason(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})
    assert _pinning(centre, data, "root-next-2026a").outcome is Outcome.DEMONSTRATION
    assert rotate(centre.workplace(NOW + 150), Role.STATUS, CHEAP).roots_left == ()


def test_a_second_root_key_waits_until_the_first_change_is_over(centre: ExampleCentre) -> None:
    rotate_root(centre.workplace(NOW + 60), cost=CHEAP)
    with pytest.raises(SigningError) as caught:
        rotate_root(centre.workplace(NOW + 90), cost=CHEAP)
    assert "root-2026a signs too" in caught.value.message
    centre.store.path_of(f"{centre.store.did}#root-2026a").unlink()
    rotate(centre.workplace(NOW + 120), Role.ISSUING, CHEAP)
    rotate_root(centre.workplace(NOW + 150), cost=CHEAP)
    assert centre.workplace().record().keys.root_id == f"{centre.store.did}#root-next-2026b"
    assert _outcomes(centre) == GOOD


def test_a_root_key_that_was_not_announced_is_refused_with_both_fingerprints(
    centre: ExampleCentre, tmp_path: Path
) -> None:
    name = f"{centre.store.did}#root-next-2026a"
    before = centre.folder.public_files()
    announced = centre.workplace().record().keys.next_root_digest.hex()
    centre.store.path_of(name).unlink()
    with pytest.raises(SigningError) as missing:
        rotate_root(centre.workplace(NOW + 60), cost=CHEAP)
    assert announced in missing.value.message
    assert "found none" in missing.value.message

    other = KeyStore(centre.store.did, tmp_path / "other")
    (made,) = hold_ceremony([PlannedKey(id=name, role=KeyRole.ROOT)], other, PASSPHRASE, NOW, CHEAP).keys
    shutil.copy(other.path_of(name), centre.store.path_of(name))
    for lost in (False, True):
        with pytest.raises(SigningError) as caught:
            rotate_root(centre.workplace(NOW + 60), old_root_lost=lost, cost=CHEAP)
        assert announced in caught.value.message
        assert f"root-next-2026a {sha256(made.public_key).hexdigest()}" in caught.value.message
    assert centre.folder.public_files() == before
    assert _outcomes(centre) == GOOD


def test_without_the_old_root_key_its_change_says_what_to_do(centre: ExampleCentre) -> None:
    centre.store.path_of(f"{centre.store.did}#root-2026a").unlink()
    before = centre.folder.public_files()
    with pytest.raises(SigningError) as caught:
        rotate_root(centre.workplace(NOW + 60), cost=CHEAP)
    assert "--old-root-lost" in str(caught.value.hint)
    assert centre.folder.public_files() == before
    assert {key.id.partition("#")[2] for key in centre.store.key_files()} == {
        "root-next-2026a",
        "key-2026a",
        "status-2026a",
    }


def test_after_the_old_root_key_was_lost_only_the_new_one_is_believed(centre: ExampleCentre) -> None:
    change = rotate_root(centre.workplace(NOW + 60), old_root_lost=True, cost=CHEAP)
    assert change.roots_left == (f"{centre.store.did}#root-2026a",)
    assert centre.folder.root_keys(centre.store.did) == (change.record.keys.root_key,)
    assert _outcomes(centre) == GOOD
    for data in centre.credentials().values():
        report = _pinning(centre, data, "root-2026a")
        assert (report.outcome, _reason(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})
    rotate(centre.workplace(NOW + 90), Role.ISSUING, CHEAP)
    assert signing_roots(centre.workplace().record().keys_json) == (change.record.keys.root_id,)


def test_the_root_key_changes_again_to_the_one_that_was_announced_by_the_last_change(centre: ExampleCentre) -> None:
    for number, expected in enumerate(("root-next-2026a", "root-next-2026b", "root-next-2026c")):
        change = rotate_root(centre.workplace(NOW + 60 + number), old_root_lost=True, cost=CHEAP)
        assert change.record.keys.root_id.partition("#")[2] == expected
    assert _outcomes(centre) == GOOD
