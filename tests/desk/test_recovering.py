"""Certificates that were issued after the last backup, taken back from those who hold them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lost_laptop import (
    HOUR,
    backed_up,
    clone_of,
    copy_file,
    issue_all,
    issue_three,
    on_new_machine,
    restored_into,
    silent,
)
from small_centre import ELIGIBLE, REGISTER, RUN, assert_whole, trust, unfounded_centre, verdict

from asnad.carriers.received import verify_digits
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import lost
from asnad.desk.recovering import recover
from asnad.desk.withdrawing import WithdrawalReason, look_up, revoke
from asnad.errors import IssuingError, SigningError
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, import_register

LATER = NOW + 6 * HOUR
FOURTH, FIFTH = "CSC-FT-HB-W/12/004", "CSC-FT-HB-W/12/005"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give the centre as it was on the laptop: three issued, backed up, two more issued."""
    folder = tmp_path_factory.mktemp("laptop")
    centre = unfounded_centre(folder)
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, NOW - 86_400, centre.contexts, CHEAP)
    issue_three(centre)
    backed_up(centre, folder)
    issue_all(centre, NOW + 2 * HOUR)
    return centre


@pytest.fixture
def after(before: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    """Give the centre on the new machine, restored from the backup that is too old."""
    backup = next((before.folder.root.parent / "stick1").iterdir())
    restored = restored_into(backup, clone_of(before, tmp_path), tmp_path / "k", accept_loss=True)
    return on_new_machine(before, restored)


def held_file(before: ExampleCentre, serial: str) -> JSONObject:
    """Give what a learner kept as a file."""
    return parse_object(before.credentials()[name_of(before, serial)], limit=65_536)


def held_code(before: ExampleCentre, after: ExampleCentre, serial: str) -> JSONObject:
    """Give what the code of a learner's paper says, as a verifier reads it."""
    code, _ = before.digits()[name_of(before, serial)]
    report = verify_digits(code, trust(after), LATER)
    assert report.credential is not None
    return report.credential


def name_of(centre: ExampleCentre, serial: str) -> str:
    return look_up(centre.workplace(), serial).issued.id.removeprefix("urn:uuid:")


def test_a_run_of_which_some_may_be_lost_is_not_issued_to_anybody_twice(after: ExampleCentre) -> None:
    with pytest.raises(IssuingError, match="whoever holds one would get a second") as caught:
        issue_all(after, LATER)
    assert "asnad recover" in str(caught.value.hint)
    assert len(after.credentials()) == 3


def test_a_file_and_a_paper_bring_everything_back(before: ExampleCentre, after: ExampleCentre) -> None:
    assert recover(after.workplace(LATER), held_file(before, FOURTH)).serial == FOURTH
    assert len(lost(after.workplace().ledger())) == 1
    recover(after.workplace(LATER), held_code(before, after, FIFTH))
    assert lost(after.workplace().ledger()) == ()
    # The register of that day was lost too; the next import finds everybody, by name where no row was there.
    issue_all(after, LATER)
    assert after.credentials() == before.credentials()
    assert_whole(after, ELIGIBLE, at=LATER + HOUR)


def test_a_proof_that_a_code_leaves_out_is_made_anew_to_the_last_byte(
    before: ExampleCentre, after: ExampleCentre
) -> None:
    issued = recover(after.workplace(LATER), held_code(before, after, FIFTH))
    name = issued.id.removeprefix("urn:uuid:")
    assert after.credentials()[name] == before.credentials()[name]


def test_a_recovered_certificate_can_be_withdrawn(before: ExampleCentre, after: ExampleCentre) -> None:
    recover(after.workplace(LATER), held_file(before, FOURTH))
    revoke(after.workplace(LATER), FOURTH, WithdrawalReason.MISCONDUCT, "")
    assert verdict(after, before.credentials()[name_of(before, FOURTH)], LATER).outcome is Outcome.REVOKED


def test_what_is_known_and_what_was_never_issued_is_not_recovered(before: ExampleCentre, after: ExampleCentre) -> None:
    with pytest.raises(IssuingError, match="found one that is known"):
        recover(after.workplace(LATER), held_file(before, "CSC-FT-HB-W/12/001"))
    invented = held_file(before, FOURTH) | {"name": "Another course"}
    with pytest.raises(IssuingError, match="found one that the public ledger does not tell of"):
        recover(after.workplace(LATER), invented)
    assert len(lost(after.workplace().ledger())) == 2


def test_a_file_whose_other_proof_was_altered_is_refused(before: ExampleCentre, after: ExampleCentre) -> None:
    document = held_file(before, FOURTH)
    proofs = document["proof"]
    assert isinstance(proofs, list)
    assert isinstance(proofs[0], dict)
    other = held_file(before, FIFTH)["proof"]
    assert isinstance(other, list)
    assert isinstance(other[0], dict)
    altered = document | {"proof": [proofs[0] | {"proofValue": other[0]["proofValue"]}, proofs[1]]}
    with pytest.raises(IssuingError) as caught:
        recover(after.workplace(LATER), altered)
    assert caught.value.hint == "take it from the paper's code instead"


def test_a_code_needs_the_key_that_signed_it(before: ExampleCentre, after: ExampleCentre) -> None:
    credential = held_code(before, after, FIFTH)
    after.store.path_of(f"{after.store.did}#key-2026a").unlink()
    with pytest.raises(SigningError, match="expected a key file, found none"):
        recover(after.workplace(LATER), credential)


def test_whoever_issues_all_the_same_uses_no_serial_that_a_lost_one_may_bear(
    before: ExampleCentre, after: ExampleCentre
) -> None:
    import_register(after, RUN, "b12.csv", REGISTER.encode(), LATER)
    issue_run(after.workplace(LATER), RUN, silent, despite_loss=True)
    serials = {event.serial for event in after.workplace().ledger() if hasattr(event, "serial")}
    assert {FOURTH, FIFTH}.isdisjoint(serials)
    recover(after.workplace(LATER), held_file(before, FOURTH))
    assert lost(after.workplace().whole_ledger())


def test_after_a_later_backup_nothing_is_lost_once_more(
    before: ExampleCentre, after: ExampleCentre, tmp_path: Path
) -> None:
    recover(after.workplace(LATER), held_file(before, FOURTH))
    again = copy_file(backed_up(after, tmp_path, LATER + HOUR))
    restored = restored_into(again, clone_of(after, tmp_path / "third"), tmp_path / "k3", LATER + 2 * HOUR)
    assert restored.lost == ()
    assert len(lost(on_new_machine(after, restored).workplace().ledger())) == 1
