"""Two registrars on two machines: what both did stands afterwards, and what cannot stand together is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_centre import (
    ELIGIBLE,
    RUN,
    copy_of,
    issued_centre,
    leftovers,
    manifest_version,
    silent,
    the_run,
    unfounded_centre,
    verdict,
)

from asnad.desk.compromise import compromise
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued
from asnad.desk.merging import merge
from asnad.desk.new_key import make_new_key
from asnad.desk.registers import kept_rows
from asnad.desk.succession import reissue
from asnad.desk.withdrawing import WithdrawalReason, look_up, refresh, revoke
from asnad.errors import IssuingError
from asnad.issuers.keys_file import Role
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, import_register

LATER = NOW + 86_400
AFTER = NOW + 2 * 86_400
FIRST, SECOND, THIRD = (f"CSC-FT-HB-W/12/00{number}" for number in (1, 2, 3))
OTHER_RUN = "food-safety-small-business-mc-b03"
OTHER_SERIAL = "CSC-FT-FS-MC/3/001"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def here(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "here")


@pytest.fixture
def there(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "there")


def issue_other_run(centre: ExampleCentre, at: int = LATER, place: Callable[[int], int] | None = None) -> None:
    import_register(centre, OTHER_RUN, "mc.csv", b"Name,Attendance %,Result,Grade\nSaba Gul Wattoo,95,pass,A\n", at)
    work = centre.workplace(at, seed=77)
    issue_run(replace(work, random_below=place) if place else work, OTHER_RUN, silent)


def the_outcome(centre: ExampleCentre, serial: str) -> Outcome:
    name = look_up(centre.workplace(AFTER), serial).issued.id.removeprefix("urn:uuid:")
    return verdict(centre, centre.credentials()[name], AFTER).outcome


def test_what_was_done_on_both_machines_stands(here: ExampleCentre, there: ExampleCentre) -> None:
    revoke(here.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    revoke(there.workplace(LATER), SECOND, WithdrawalReason.MISCONDUCT, "")
    correct(there.workplace(LATER, seed=9), THIRD, Correction(name="Humaira Saleem Naul"), "misspelt")
    issue_other_run(there)
    merged = merge(here.workplace(AFTER), there.folder)
    assert (merged.issued, merged.ended, merged.shared, merged.signed) == (2, 2, (), True)
    assert the_outcome(here, FIRST) is the_outcome(here, SECOND) is Outcome.REVOKED
    assert the_outcome(here, THIRD) is Outcome.REPLACED
    assert the_outcome(here, f"{THIRD}-2") is the_outcome(here, OTHER_SERIAL) is Outcome.DEMONSTRATION
    assert len(here.workplace(AFTER).whole_ledger()) == len(ELIGIBLE) + 5
    assert manifest_version(here) > manifest_version(there)
    assert leftovers(here) == []


def test_both_machines_end_with_the_same_and_sign_only_once(here: ExampleCentre, there: ExampleCentre) -> None:
    revoke(here.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    issue_other_run(there)
    merge(here.workplace(AFTER), there.folder)
    # The public part comes by Git, the private part on a USB stick.
    shutil.rmtree(there.folder.credentials / "public")
    shutil.copytree(here.folder.credentials / "public", there.folder.credentials / "public")
    again = merge(there.workplace(AFTER + 60), here.folder)
    assert not again.signed
    assert there.folder.public_files() == here.folder.public_files()
    assert there.credentials() == here.credentials()
    assert there.workplace(AFTER).whole_ledger()
    assert issue_run(there.workplace(AFTER), RUN, silent).issued == 0
    assert issue_run(there.workplace(AFTER), OTHER_RUN, silent).issued == 0


def test_merging_with_what_is_the_same_changes_nothing(here: ExampleCentre, there: ExampleCentre) -> None:
    before = here.folder.public_files()
    assert not merge(here.workplace(LATER), there.folder).signed
    assert here.folder.public_files() == before


def test_a_withdrawal_never_goes_back(here: ExampleCentre, there: ExampleCentre) -> None:
    revoke(here.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    refresh(there.workplace(LATER + 3600))
    merge(there.workplace(AFTER), here.folder)
    assert the_outcome(there, FIRST) is Outcome.REVOKED


def shared_place(here: ExampleCentre, there: ExampleCentre) -> str:
    """Let both machines draw one place, and give the serial that is to be issued anew."""
    correct(here.workplace(LATER, seed=3), THIRD, Correction(name="Humaira Saleem Naul"), "misspelt")
    place = look_up(here.workplace(LATER), f"{THIRD}-2").issued.index
    issue_other_run(there, LATER + 60, lambda _below: place)
    return OTHER_SERIAL


def test_one_place_drawn_on_both_machines_is_named_and_repaired(here: ExampleCentre, there: ExampleCentre) -> None:
    later = shared_place(here, there)
    merged = merge(here.workplace(AFTER), there.folder)
    ((first, second),) = [(shared.first.serial, shared.second.serial) for shared in merged.shared]
    assert (first, second) == (f"{THIRD}-2", later)
    with pytest.raises(IssuingError, match="they could only be withdrawn together") as caught:
        revoke(here.workplace(AFTER), first, WithdrawalReason.MISCONDUCT, "")
    assert caught.value.hint == f"issue one of them anew first: asnad reissue {later} --reason ..."
    reissue(here.workplace(AFTER, seed=4), later, "clash")
    assert the_outcome(here, later) is Outcome.REPLACED
    assert the_outcome(here, f"{later}-2") is Outcome.DEMONSTRATION
    assert the_outcome(here, first) is Outcome.DEMONSTRATION
    revoke(here.workplace(AFTER), first, WithdrawalReason.MISCONDUCT, "")
    assert the_outcome(here, first) is Outcome.REVOKED
    assert the_outcome(here, f"{later}-2") is Outcome.DEMONSTRATION


def test_a_run_issued_on_both_machines_is_named_and_nothing_is_written(
    here: ExampleCentre, there: ExampleCentre
) -> None:
    issue_other_run(here)
    issue_other_run(there, LATER + 60)
    before = here.folder.public_files()
    with pytest.raises(IssuingError, match="found 1 issued on both: CSC-FT-FS-MC/3/001") as caught:
        merge(here.workplace(AFTER), there.folder)
    assert caught.value.hint is not None
    assert "asnad revoke CSC-FT-FS-MC/3/001 --reason issued-in-error; then merge again" in caught.value.hint
    assert here.folder.public_files() == before
    revoke(there.workplace(LATER + 120), OTHER_SERIAL, WithdrawalReason.ISSUED_IN_ERROR, "")
    merge(here.workplace(AFTER), there.folder)
    outcomes = sorted(verdict(here, data, AFTER).outcome for data in here.credentials().values())
    assert outcomes.count(Outcome.REVOKED) == 1
    assert the_outcome(here, OTHER_SERIAL) is Outcome.DEMONSTRATION


def test_a_row_corrected_on_one_machine_is_corrected_after_a_merge_on_both(
    here: ExampleCentre, there: ExampleCentre
) -> None:
    correct(there.workplace(LATER), FIRST, Correction(cnic="00000-0000018-1"), "mistyped")
    for first, second in ((here, there), (there, here)):
        merge(first.workplace(AFTER), second.folder)
        rows = kept_rows(first.workplace(AFTER), the_run(first))
        assert [row.cnic for row in rows if row.name == "Rashida Bano"] == ["00000-0000018-1"]
        assert issue_run(first.workplace(AFTER), RUN, silent).issued == 0
        assert len(first.credentials()) == len(ELIGIBLE)


def test_what_one_machine_erased_does_not_come_back_from_the_other(here: ExampleCentre, there: ExampleCentre) -> None:
    erase(there.workplace(LATER), FIRST, "the learner's wish")
    merge(here.workplace(AFTER), there.folder)
    everything = {path: path.read_bytes() for path in here.folder.root.rglob("*") if path.is_file()}
    assert [str(path) for path, data in everything.items() if b"Rashida" in data] == []
    merge(there.workplace(AFTER), here.folder)
    assert not any(b"Rashida" in path.read_bytes() for path in there.folder.root.rglob("*") if path.is_file())
    assert issue_run(here.workplace(AFTER), RUN, silent).issued == 0


def test_a_folder_without_its_private_part_is_refused(here: ExampleCentre, there: ExampleCentre) -> None:
    shutil.rmtree(there.folder.credentials / "private")
    with pytest.raises(IssuingError, match="expected the other machine's credentials/private, found none"):
        merge(here.workplace(LATER), there.folder)


def test_a_folder_that_git_has_mixed_is_refused(here: ExampleCentre, there: ExampleCentre) -> None:
    older = (there.folder.credentials / "public/status/1.json").read_bytes()
    revoke(there.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    (there.folder.credentials / "public/status/1.json").write_bytes(older)
    with pytest.raises(IssuingError, match="expected the file that the manifest names, found none or another"):
        merge(here.workplace(AFTER), there.folder)


def test_two_new_keys_files_of_one_version_are_named(here: ExampleCentre, there: ExampleCentre) -> None:
    make_new_key(here.workplace(LATER), Role.ISSUING, CHEAP)
    make_new_key(there.workplace(LATER + 60), Role.ISSUING, CHEAP)
    with pytest.raises(IssuingError, match=r"expected one keys\.json of version 2, found two"):
        merge(here.workplace(AFTER), there.folder)


def test_a_key_made_on_the_other_machine_is_taken_over(here: ExampleCentre, there: ExampleCentre) -> None:
    keys = make_new_key(there.workplace(LATER), Role.ISSUING, CHEAP)
    revoke(here.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    merge(here.workplace(AFTER), there.folder)
    assert here.workplace(AFTER).record().keys == keys
    assert the_outcome(here, SECOND) is Outcome.DEMONSTRATION


def test_a_theft_that_one_machine_knows_of_comes_with_its_frozen_list(
    here: ExampleCentre, there: ExampleCentre
) -> None:
    compromise(there.workplace(LATER), "key-2026a", None, silent, CHEAP)
    revoke(here.workplace(LATER), FIRST, WithdrawalReason.WRONG_PERSON, "")
    merge(here.workplace(AFTER), there.folder)
    assert here.workplace(AFTER).record().frozen == there.workplace(AFTER).record().frozen != {}
    assert the_outcome(here, FIRST) is Outcome.REVOKED
    assert the_outcome(here, SECOND) is Outcome.DEMONSTRATION


def test_a_key_that_one_machine_withdrew_is_not_believed_again_by_a_merge(here: ExampleCentre, tmp_path: Path) -> None:
    make_new_key(here.workplace(LATER), Role.ISSUING, CHEAP)
    there = copy_of(here, tmp_path / "there")
    compromise(there.workplace(LATER + 60), "key-2026a", None, silent, CHEAP)
    make_new_key(here.workplace(LATER + 60), Role.ISSUING, CHEAP)
    make_new_key(here.workplace(LATER + 120), Role.ISSUING, CHEAP)
    with pytest.raises(IssuingError, match=r"found did:web:chenab-skills\.example#key-2026a believed in the newer"):
        merge(here.workplace(AFTER), there.folder)


def test_another_centre_is_refused(here: ExampleCentre, tmp_path: Path) -> None:
    stranger = unfounded_centre(tmp_path / "stranger")
    found_issuer(stranger.folder, stranger.catalogue.centre, stranger.store, PASSPHRASE, NOW, stranger.contexts, CHEAP)
    with pytest.raises(IssuingError, match="pinned root key"):
        merge(here.workplace(LATER), stranger.folder)
    assert [e.serial for e in here.workplace(LATER).ledger() if isinstance(e, Issued)][:1] == [FIRST]
