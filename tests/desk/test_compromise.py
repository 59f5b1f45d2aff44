"""A stolen key: what it had really issued stays good, whatever else it signs is withdrawn, however it is dated."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from small_centre import (
    RUN,
    copy_of,
    issued_centre,
    leftovers,
    manifest_version,
    registered_centre,
    silent,
    the_run,
    trust,
    verdict,
)
from stolen_keys import (
    FOUNDED,
    GOOD,
    LATER,
    SERIALS,
    THE_DAY,
    built_pages,
    each_with,
    files_by_serial,
    forged_certificate,
    outcomes_of,
    reasons_of,
    report_theft,
    signed_again,
    thief_with,
)

from asnad.carriers.payload import decode_payload, restores_exactly
from asnad.carriers.received import verify_digits
from asnad.credentials.digest import credential_digest
from asnad.desk import resigning as resigning_module
from asnad.desk.compromise import compromise
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase, withdraw_page
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Lost, private_line
from asnad.desk.new_key import make_new_key
from asnad.desk.papers import write_papers
from asnad.desk.rotation import rotate
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.errors import IssuingError, SigningError
from asnad.instant import format_instant
from asnad.issuers.keys_file import Role
from asnad.proofs import eddsa_rdfc_2022
from asnad.proofs.strict_json import parse_object
from asnad.site.issuer_reading import read_stationery
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, ExampleCentre


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return registered_centre(tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "copy")


def test_what_a_stolen_key_signs_is_withdrawn_however_it_is_dated(centre: ExampleCentre) -> None:
    thief = thief_with(centre, "key-2026a")
    dates = [(NOW, NOW), (FOUNDED, FOUNDED), (FOUNDED, FOUNDED - 3 * 365 * 86_400), (NOW + 1800, NOW + 1800)]
    forged = [forged_certificate(centre, thief, created=created, valid_from=start) for created, start in dates]
    assert {verdict(centre, data).outcome for data in forged[:3]} == {Outcome.DEMONSTRATION}
    report_theft(centre)
    for data in forged:
        report = verdict(centre, data)
        assert (report.outcome, reasons_of(report)) == (Outcome.KEY_WITHDRAWN, {"key-compromised"})


def test_what_a_stolen_key_had_really_issued_stays_good_as_it_was_and_as_it_is_signed_again(
    centre: ExampleCentre,
) -> None:
    before, version = files_by_serial(centre), manifest_version(centre)
    done = report_theft(centre)
    after = files_by_serial(centre)
    assert [key.fragment() for key in done.made] == ["key-2026b"]
    assert (len(done.frozen), done.doubtful) == (5, ())
    assert done.resigning is not None
    assert (done.resigning.now, len(done.resigning.all), done.resigning.erased) == (5, 5, ())
    assert outcomes_of(centre, before) == outcomes_of(centre, after) == each_with(before, Outcome.DEMONSTRATION)
    assert not set(before.values()) & set(after.values())
    assert manifest_version(centre) == version + 1
    assert signed_again(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert leftovers(centre) == []


def test_a_certificate_that_is_signed_again_says_the_same_and_its_link_gives_it_back(centre: ExampleCentre) -> None:
    before, digits = centre.credentials(), centre.digits()
    report_theft(centre)
    for name, data in centre.credentials().items():
        old, new = (parse_object(text, limit=65_536) for text in (before[name], data))
        assert credential_digest(old) == credential_digest(new)
        assert {key: value for key, value in old.items() if key != "proof"} == {
            key: value for key, value in new.items() if key != "proof"
        }
        proofs = new["proof"]
        assert isinstance(proofs, list)
        assert [proof["cryptosuite"] for proof in proofs if isinstance(proof, dict)] == [
            "eddsa-rdfc-2022",
            "eddsa-jcs-2022",
        ]
        for proof in proofs:
            assert isinstance(proof, dict)
            assert proof["created"] == format_instant(NOW + 600)
            assert proof["verificationMethod"] == f"{centre.store.did}#key-2026b"
        code, link = centre.digits()[name]
        prefix = decode_payload(digits[name][0]).prefix
        assert decode_payload(code).prefix == decode_payload(link).prefix == prefix
        assert restores_exactly(link, data, centre.folder.required(f"public/d/{prefix.hex()}.bin"))
        for carried in (*digits[name], code, link):
            assert verify_digits(carried, trust(centre), LATER).outcome is Outcome.DEMONSTRATION
        rdfc, _ = proofs
        assert isinstance(rdfc, dict)
        key = centre.workplace().record().keys.key(str(rdfc["verificationMethod"]))
        assert key is not None
        eddsa_rdfc_2022.verify_proof(new, rdfc, key.public_key, centre.contexts)


def test_pages_show_what_was_signed_again(centre: ExampleCentre) -> None:
    before = built_pages(centre)
    report_theft(centre)
    there = centre.folder.credentials / "published"
    files, digits = centre.credentials(), centre.digits()
    assert len(list(there.glob("*.json"))) == 2
    for path in there.glob("*.json"):
        assert path.read_bytes() == files[path.stem]
        assert tuple(path.with_suffix(".digits").read_text(encoding="ascii").split()) == digits[path.stem]
    assert built_pages(centre) == before


def test_a_page_that_was_taken_away_does_not_come_back(centre: ExampleCentre) -> None:
    taken = withdraw_page(centre.workplace(NOW + 60), SERIALS[0], "the learner's wish")
    done = report_theft(centre)
    assert done.resigning is not None
    assert taken.id in {event.id for event in done.resigning.all}
    assert len(built_pages(centre)) == 1
    assert not list((centre.folder.credentials / "published").glob(f"{taken.id.removeprefix('urn:uuid:')}*"))


def test_the_did_document_loses_the_stolen_key_and_keys_json_carries_the_frozen_list(centre: ExampleCentre) -> None:
    report_theft(centre)
    record = centre.workplace().record()
    methods = [method["id"].partition("#")[2] for method in json.loads(record.did_json)["verificationMethod"]]
    assert methods == ["status-2026a", "key-2026b"]
    data = record.frozen["asnad/frozen/key-2026a.bin"]
    (frozen,) = record.keys.frozen
    assert (frozen.sha256, frozen.length) == (sha256(data).digest(), 5 * 32)
    digests = [data[start : start + 32] for start in range(0, len(data), 32)]
    assert digests == sorted(digests)
    assert {digest.hex() for digest in digests} == {
        e.digest for e in centre.workplace().ledger() if isinstance(e, Issued)
    }
    assert "asnad/frozen/key-2026a.bin" in {entry.path for entry in record.manifest.entries}


def test_certificates_of_another_key_are_left_alone(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    rotate(centre.workplace(NOW - 60), Role.ISSUING, CHEAP)
    issue_run(centre.workplace(NOW), RUN, silent)
    before = centre.credentials()
    done = report_theft(centre, "key-2026a")
    assert (done.frozen, done.made) == ((), ())
    assert centre.credentials() == before
    assert outcomes_of(centre, files_by_serial(centre)) == each_with(files_by_serial(centre), Outcome.DEMONSTRATION)
    forged = forged_certificate(centre, thief_with(centre, "key-2026a"), created=NOW - 120, valid_from=NOW - 120)
    assert verdict(centre, forged).outcome is Outcome.KEY_WITHDRAWN


def test_a_retired_key_that_was_stolen_later_is_replaced_by_the_one_that_signs_now(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    done = report_theft(centre)
    assert done.made == ()
    assert signed_again(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert outcomes_of(centre, files_by_serial(centre)) == each_with(files_by_serial(centre), Outcome.DEMONSTRATION)


def test_what_was_withdrawn_or_replaced_stays_so_and_is_not_signed_again(centre: ExampleCentre) -> None:
    revoke(centre.workplace(NOW + 60), SERIALS[1], WithdrawalReason.MISCONDUCT, "")
    correct(centre.workplace(NOW + 90), SERIALS[2], Correction(name="Humaira Saleem Naul"), "misspelt")
    before = files_by_serial(centre)
    expected = each_with(before, Outcome.DEMONSTRATION) | {SERIALS[1]: Outcome.REVOKED, SERIALS[2]: Outcome.REPLACED}
    done = report_theft(centre)
    after = files_by_serial(centre)
    assert len(done.frozen) == 6
    assert {serial for serial in before if before[serial] == after[serial]} == {SERIALS[1], SERIALS[2]}
    assert outcomes_of(centre, before) == outcomes_of(centre, after) == expected
    assert f"{SERIALS[2]}-2" in dict(signed_again(centre))
    revoke(centre.workplace(NOW + 700), SERIALS[0], WithdrawalReason.LEARNERS_WISH, "")
    assert verdict(centre, before[SERIALS[0]]).outcome is Outcome.REVOKED
    assert verdict(centre, after[SERIALS[0]]).outcome is Outcome.REVOKED


def test_of_an_erased_learner_nothing_is_signed_and_the_paper_stays_good_here(centre: ExampleCentre) -> None:
    paper = files_by_serial(centre)[SERIALS[3]]
    erase(centre.workplace(NOW + 60), SERIALS[3], "the learner's wish")
    done = report_theft(centre)
    assert done.resigning is not None
    assert [event.serial for event in done.resigning.erased] == [SERIALS[3]]
    assert done.resigning.now == 4
    assert verdict(centre, paper).outcome is Outcome.DEMONSTRATION


def test_from_the_day_of_the_theft_certificates_are_doubted_until_they_were_looked_at(
    founded: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    issue_run(centre.workplace(NOW), RUN, silent)
    correct(centre.workplace(NOW + 86_400), SERIALS[0], Correction(name="Rashidah Bano"), "misspelt")
    correct(centre.workplace(NOW + 86_400), SERIALS[4], Correction(name="Shaziya Nawaz"), "misspelt")
    before, at = files_by_serial(centre), NOW + 2 * 86_400
    doubted = {f"{SERIALS[0]}-2", f"{SERIALS[4]}-2"}

    first = report_theft(centre, since=date(2026, 11, 21), at=at)
    assert {event.serial for event in first.doubtful} == doubted
    assert {serial for serial, _ in signed_again(centre)} == {SERIALS[1], SERIALS[2], SERIALS[3]}
    outcomes = outcomes_of(centre, before, at + 60)
    assert {serial for serial, outcome in outcomes.items() if outcome is Outcome.KEY_WITHDRAWN} == doubted
    assert {files_by_serial(centre)[serial] == before[serial] for serial in doubted} == {True}
    assert len(built_pages(centre)) == 1, "a certificate in doubt has no page"
    folder = write_papers(centre.workplace(at), the_run(centre), read_stationery(centre.catalogue), silent)
    papers = {path.stem for path in (centre.folder.credentials / folder).glob("CSC*.html")}
    assert papers == {serial.replace("/", "-") for serial, outcome in outcomes.items() if outcome in GOOD}, (
        "nor a paper"
    )

    version = manifest_version(centre)
    assert report_theft(centre, since=date(2026, 11, 21), at=at + 60).doubtful == first.doubtful
    assert {event.serial for event in report_theft(centre, at=at + 90).doubtful} == doubted
    assert manifest_version(centre) == version, "nothing was to be signed again"

    revoke(centre.workplace(at + 120), f"{SERIALS[4]}-2", WithdrawalReason.ISSUED_IN_ERROR, "not ours")
    last = report_theft(centre, since=date(2026, 12, 31), at=at + 150)
    assert last.doubtful == ()
    outcomes = outcomes_of(centre, files_by_serial(centre), at + 180)
    assert outcomes[f"{SERIALS[0]}-2"] is Outcome.DEMONSTRATION
    assert outcomes[f"{SERIALS[4]}-2"] is Outcome.REVOKED
    assert (f"{SERIALS[0]}-2", "key-2026b") in signed_again(centre)
    assert (f"{SERIALS[4]}-2", "key-2026b") not in signed_again(centre)
    assert len(built_pages(centre)) == 2


def test_what_was_taken_for_good_is_not_doubted_afterwards(centre: ExampleCentre) -> None:
    report_theft(centre)
    before = centre.folder.public_files()
    with pytest.raises(IssuingError) as caught:
        report_theft(centre, since=THE_DAY, at=NOW + 700)
    assert SERIALS[0] in caught.value.message
    assert "asnad revoke" in str(caught.value.hint)
    assert centre.folder.public_files() == before


def test_broken_off_after_a_batch_it_goes_on_with_the_rest(
    centre: ExampleCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resigning_module, "BATCH", 2)

    def broken(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compromise(centre.workplace(NOW + 600), "key-2026a", None, broken, CHEAP)
    assert len(signed_again(centre)) == 2
    assert outcomes_of(centre, files_by_serial(centre)) == each_with(files_by_serial(centre), Outcome.DEMONSTRATION)
    version, told = manifest_version(centre), []
    done = compromise(centre.workplace(NOW + 700), "key-2026a", None, lambda *pair: told.append(pair), CHEAP)
    assert told == [(0, 3), (2, 3), (3, 3)]
    assert done.resigning is not None
    assert (done.resigning.now, len(done.resigning.all), done.made) == (3, 5, ())
    assert signed_again(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert manifest_version(centre) == version


def test_when_the_next_key_is_stolen_too_everything_is_signed_a_third_time(centre: ExampleCentre) -> None:
    first = files_by_serial(centre)
    report_theft(centre)
    second, thief = files_by_serial(centre), thief_with(centre, "key-2026b")
    forged = forged_certificate(centre, thief, created=NOW + 600, valid_from=NOW)
    done = report_theft(centre, "key-2026b", since=date(2026, 11, 1), at=NOW + 900)
    third = files_by_serial(centre)
    assert (len(done.frozen), done.doubtful) == (5, ())
    for files in (first, second, third):
        assert outcomes_of(centre, files) == each_with(files, Outcome.DEMONSTRATION)
    assert verdict(centre, forged).outcome is Outcome.KEY_WITHDRAWN
    methods = json.loads(centre.workplace().record().did_json)["verificationMethod"]
    assert [method["id"].partition("#")[2] for method in methods] == ["status-2026a", "key-2026c"]


def test_where_only_another_laptop_has_a_key_that_signs_one_is_made_here(centre: ExampleCentre) -> None:
    make_new_key(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    centre.store.path_of(f"{centre.store.did}#key-2026b").unlink()
    done = report_theft(centre)
    assert [key.id for key in done.made] == [f"{centre.store.did}#key-2026c"]
    assert signed_again(centre) == [(serial, "key-2026c") for serial in SERIALS]


def test_what_was_lost_with_a_machine_stays_good_by_its_hash(centre: ExampleCentre) -> None:
    papers = files_by_serial(centre)
    path = centre.folder.credentials / "private" / "ledger.jsonl"
    *kept, last = centre.workplace().ledger()
    assert isinstance(last, Issued)
    gone = Lost(id=f"lost:{last.digest}", digest=last.digest, key=last.key, month="2026-11")
    path.write_bytes(b"".join(map(private_line, [*kept, gone])))
    first = report_theft(centre, since=date(2026, 11, 30))
    assert first.doubtful == (gone,), "it may have been issued on any day of its month"
    assert verdict(centre, papers[last.serial]).outcome is Outcome.KEY_WITHDRAWN
    last_call = report_theft(centre, since=date(2026, 12, 1), at=NOW + 700)
    assert gone in last_call.frozen
    assert last_call.resigning is not None
    assert len(last_call.resigning.all) == 4
    assert outcomes_of(centre, papers) == each_with(papers, Outcome.DEMONSTRATION)


def test_a_kept_certificate_that_was_altered_is_not_signed(centre: ExampleCentre) -> None:
    event = next(e for e in centre.workplace().ledger() if isinstance(e, Issued) and e.serial == SERIALS[2])
    path = centre.folder.credentials / "private/credentials" / f"{event.id.removeprefix('urn:uuid:')}.json"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"Humera Saleem Naul", b"Somebody Elses Name"))
    with pytest.raises(IssuingError) as caught:
        report_theft(centre)
    assert caught.value.place == SERIALS[2]
    assert signed_again(centre) == []
    path.write_bytes(kept)
    report_theft(centre, at=NOW + 700)
    assert len(signed_again(centre)) == 5


def test_ledgers_that_name_different_keys_are_not_believed(centre: ExampleCentre) -> None:
    path = centre.folder.credentials / "public" / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"#key-2026a", b"#key-2025a", 1))
    with pytest.raises(IssuingError, match="expected the key of the private ledger"):
        report_theft(centre)


def test_without_the_root_key_nothing_is_done(centre: ExampleCentre) -> None:
    centre.store.path_of(f"{centre.store.did}#root-2026a").unlink()
    before, keys = centre.folder.public_files(), centre.store.key_files()
    with pytest.raises(SigningError, match="expected a key file, found none"):
        report_theft(centre)
    assert centre.folder.public_files() == before
    assert centre.store.key_files() == keys
