"""A demonstration's certificates for each answer of the verifier, and what they leave at the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from asnad.carriers.received import verify_digits
from asnad.centre_folder import CentreFolder
from asnad.desk.demonstration import LEARNERS, make_states
from asnad.desk.demonstration_neighbour import DID
from asnad.desk.issue_run import issue_run
from asnad.desk.registers import find_run, issued_in
from asnad.desk.succession import reissue
from asnad.desk.withdrawing import refresh
from asnad.errors import IssuingError, PublicationError
from asnad.issuers.keys_file import KeyState
from asnad.site.demonstration_states import PATH, PICTURED, DemonstrationState, read_states, states_json
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust
from asnad.verification.trusted_issuer import trust_of_centre
from example_centre import CHEAP, NOW, ExampleCentre, found_example_centre, import_register

RUN = "officers-finance-admin-egov-b34"
MADE = NOW + 60
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Shown:
    """A centre with its states."""

    before: ExampleCentre
    centre: ExampleCentre
    states: tuple[DemonstrationState, ...]

    def judged(self, digits: str, at: int = MADE + 60) -> Report:
        folder, did = self.centre.folder, self.centre.catalogue.centre.did
        own = IssuerTrust(did=did, root_keys=folder.root_keys(did), files=folder.public_files())
        return verify_digits(digits, trust_of_centre(own, folder.trusted_issuers(did)), at)


def made(centre: ExampleCentre, to: Path) -> tuple[DemonstrationState, ...]:
    return make_states(centre.workplace(MADE), RUN, CentreFolder(to / "elsewhere"), CHEAP)


@pytest.fixture(scope="module")
def shown(issued_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    centre = issued_centre.copy(tmp_path_factory.mktemp("shown"))
    return Shown(issued_centre, centre, made(centre, tmp_path_factory.mktemp("neighbour")))


def test_each_certificate_gets_its_answer_from_code_and_link(shown: Shown) -> None:
    for state in shown.states:
        for digits in (state.code_digits, state.link_digits):
            assert shown.judged(digits).outcome is state.outcome


def test_there_is_a_certificate_for_every_answer_but_those_that_are_pictured(shown: Shown) -> None:
    outcomes = [state.outcome for state in shown.states]
    assert len(outcomes) == len(set(outcomes))
    assert set(outcomes) | set(PICTURED) == set(Outcome)
    assert set(outcomes) & set(PICTURED) == set()


def test_each_gets_it_for_the_reason_that_the_page_tells(shown: Shown) -> None:
    reasons = {
        state.outcome: next((c.reason for c in shown.judged(state.link_digits).checks if c.result == "failed"), None)
        for state in shown.states
    }
    assert reasons == {
        Outcome.DEMONSTRATION: None,
        Outcome.REVOKED: "withdrawn",
        Outcome.REPLACED: "replaced",
        Outcome.EXPIRED: "over",
        Outcome.NOT_YET_VALID: "not-yet",
        Outcome.INVALID: "signature-mismatch",
        Outcome.KEY_WITHDRAWN: "key-compromised",
        Outcome.UNKNOWN_ISSUER: "issuer-unknown",
        Outcome.VALID_STATUS_UNKNOWN: "list-missing",
        Outcome.VALID_STATUS_STALE: "list-ran-out",
        Outcome.CANNOT_CHECK: "not-inflatable",
    }


def test_they_still_get_their_answers_when_the_lists_were_signed_anew(shown: Shown, tmp_path: Path) -> None:
    centre = shown.centre.copy(tmp_path)
    month = MADE + 30 * DAY
    refresh(centre.workplace(month))
    later = replace(shown, centre=centre)
    for state in shown.states:
        assert later.judged(state.link_digits, month + 60).outcome is state.outcome


def test_the_neighbour_is_on_the_list_as_a_demonstration_and_its_certificate_names_it(shown: Shown) -> None:
    own = shown.centre.catalogue.centre.did
    (neighbour,) = shown.centre.folder.trusted_issuers(own)
    assert neighbour.record.demonstration
    assert neighbour.published.keys.demonstration
    stale = next(state for state in shown.states if state.outcome is Outcome.VALID_STATUS_STALE)
    credential = shown.judged(stale.link_digits).credential
    assert credential is not None
    assert isinstance(credential["issuer"], dict)
    assert (credential["issuer"]["id"], credential["issuer"]["name"]) == (DID, "Neighbour Training Centre")
    assert own not in json.dumps(credential)


def test_called_again_another_neighbour_takes_its_place(shown: Shown, tmp_path: Path) -> None:
    centre = shown.centre.copy(tmp_path)
    again = Shown(shown.before, centre, made(centre, tmp_path / "again"))
    assert all(again.judged(state.link_digits).outcome is state.outcome for state in again.states)
    (before,) = shown.centre.folder.trusted_issuers(centre.catalogue.centre.did)
    (after,) = centre.folder.trusted_issuers(centre.catalogue.centre.did)
    assert before.record.root_keys != after.record.root_keys


def test_when_the_lists_have_run_out_the_first_one_shows_that(shown: Shown) -> None:
    plain = next(state for state in shown.states if state.outcome is Outcome.DEMONSTRATION)
    assert shown.judged(plain.link_digits, MADE + 60 * DAY).outcome is Outcome.VALID_STATUS_STALE


def test_the_desk_is_whole_afterwards_and_goes_on_at_the_right_time(shown: Shown, tmp_path: Path) -> None:
    centre = shown.centre.copy(tmp_path)
    work = centre.workplace(MADE + 60)
    assert len(work.whole_ledger()) > 93
    assert work.record().manifest.issued == MADE
    assert refresh(work).manifest.issued == MADE + 60


def test_the_stolen_key_signs_no_more_and_the_others_do(shown: Shown) -> None:
    keys = shown.centre.workplace(MADE).record().keys
    states = {key.fragment(): key.state for key in keys.keys}
    assert states == {
        "key-2026a": KeyState.ACTIVE,
        "status-2026a": KeyState.ACTIVE,
        "key-2026b": KeyState.COMPROMISED,
    }


def test_no_learner_s_page_goes_for_it(shown: Shown) -> None:
    def pages(centre: ExampleCentre) -> dict[str, bytes]:
        folder = centre.folder.credentials / "published"
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert pages(shown.centre) == pages(shown.before)


def test_what_a_thief_and_a_stranger_signed_bears_a_serial_that_the_ledger_does_not_have(shown: Shown) -> None:
    work = shown.centre.workplace(MADE)
    serials = {event.serial for event in issued_in(work, find_run(work, RUN))}
    unlisted = next(state for state in shown.states if state.outcome is Outcome.VALID_STATUS_UNKNOWN)
    credential = shown.judged(unlisted.link_digits).credential
    assert credential is not None
    assert isinstance(credential["credentialSubject"], dict)
    assert credential["credentialSubject"]["licenseNumber"] == "CSC-CE-FAE/34/000"
    assert "CSC-CE-FAE/34/000" not in serials


def test_a_call_that_broke_off_while_the_clock_was_ahead_is_followed_by_one_that_succeeds(
    issued_centre: ExampleCentre, tmp_path: Path
) -> None:
    centre = issued_centre.copy(tmp_path)
    work = centre.workplace(MADE)
    early = issued_in(work, find_run(work, RUN))[-1]
    reissue(centre.workplace(MADE + 300 * DAY), early.serial, "a clock that is ahead")
    states = made(centre, tmp_path / "first")
    assert centre.workplace(MADE).record().manifest.issued == MADE
    judged = Shown(issued_centre, centre, states)
    assert all(judged.judged(state.code_digits).outcome is state.outcome for state in states)


def test_a_real_centre_gets_none(tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path, demonstration="false")
    with pytest.raises(IssuingError, match="found a real centre"):
        made(centre, tmp_path)
    assert not (centre.folder.credentials / PATH).exists()


def test_a_run_of_which_too_few_are_free_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path)
    register = b"Name,Father Name,CNIC,Attendance %\n" + b"".join(
        b"Officer %s,Somebody,00000-000000%d-1,100\n" % (name, number)
        for number, name in enumerate((b"Akbar", b"Babar", b"Chand", b"Daud"))
    )
    import_register(centre, RUN, "few.csv", register)
    issue_run(centre.workplace(), RUN, lambda _done, _of: None)
    before = centre.folder.public_files()
    with pytest.raises(IssuingError, match=f"expected {LEARNERS} certificates in force .*, found 4"):
        made(centre, tmp_path)
    assert centre.folder.public_files() == before


def test_what_is_written_is_read_again(shown: Shown) -> None:
    data = (shown.centre.folder.credentials / PATH).read_bytes()
    assert read_states(data) == shown.states
    assert states_json(shown.states) == data


ONE = {"outcome": "revoked", "code": "00", "link": "01"}


@pytest.mark.parametrize(
    "states",
    [
        [ONE | {"outcome": "valid"}],
        [ONE | {"outcome": "verified"}],
        [ONE, ONE],
        [ONE | {"code": ""}],
        [ONE | {"code": "0" * 4001}],
        [ONE | {"link": "1x"}],
        [ONE | {"link": '1"><script>'}],
        [ONE | {"name": "Amna"}],
        [{"outcome": "revoked", "code": "00"}],
        ["revoked"],
        {},
    ],
)
def test_anything_else_is_refused(states: object) -> None:
    data = json.dumps({"type": "AsnadDemonstration", "format": 1, "states": states}).encode()
    with pytest.raises(PublicationError, match=r"credentials/demonstration/states\.json"):
        read_states(data)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"type":"AsnadDemonstration","format":2,"states":[]}', b"\xff"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(PublicationError, match=r"credentials/demonstration/states\.json"):
        read_states(data)
