"""A stolen key: what it had really issued stays good, whatever else it signs is withdrawn, however it is dated."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from small_centre import (
    ELIGIBLE,
    RUN,
    copy_of,
    leftovers,
    manifest_version,
    the_run,
    trust,
    unfounded_centre,
    verdict,
    with_register,
)

from asnad.carriers.payload import decode_payload, restores_exactly
from asnad.carriers.received import verify_digits
from asnad.credentials.digest import credential_digest
from asnad.desk import resigning as resigning_module
from asnad.desk.compromise import Compromise, compromise
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase, withdraw_page
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Lost, Resigned, private_line
from asnad.desk.new_key import make_new_key
from asnad.desk.papers import write_papers
from asnad.desk.rotation import rotate
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.errors import InvalidError, IssuingError, SigningError
from asnad.instant import format_instant
from asnad.issuers.keys_file import IssuerKey, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest, verify_manifest
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.signing.signer import KeyFileSigner
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts, read_stationery
from asnad.site.publication import publication_files
from asnad.status.status_list import sign_status_list
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import SeenVersions, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre

FOUNDED = NOW - 86_400
LATER = NOW + 3600
GOOD = (Outcome.DEMONSTRATION,)
THE_DAY = date(2026, 11, 20)
SERIALS = [f"CSC-FT-HB-W/12/{number:03d}" for number in range(1, len(ELIGIBLE) + 1)]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = unfounded_centre(tmp_path_factory.mktemp("founded"))
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, FOUNDED, centre.contexts, CHEAP)
    return with_register(centre)


@pytest.fixture(scope="module")
def issued(founded: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = copy_of(founded, tmp_path_factory.mktemp("issued") / "copy")
    issue_run(centre.workplace(NOW), RUN, _silent)
    return centre


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "copy")


def _silent(_done: int, _of: int) -> None:
    pass


def _stolen(
    centre: ExampleCentre, name: str = "key-2026a", since: date | None = None, at: int = NOW + 600
) -> Compromise:
    return compromise(centre.workplace(at), name, since, _silent, CHEAP)


def _thief(centre: ExampleCentre, fragment: str) -> KeyFileSigner:
    return KeyFileSigner.unlock(centre.store.read(f"{centre.store.did}#{fragment}"), PASSPHRASE)


def _signed(document: JSONObject, signer: KeyFileSigner, created: int, centre: ExampleCentre) -> bytes:
    options = ProofOptions(created=format_instant(created), verification_method=signer.key_id)
    rdfc = eddsa_rdfc_2022.create_proof(document, options, signer, centre.contexts)
    jcs = eddsa_jcs_2022.create_proof(document, options, signer)
    return canonical_json(document | {"proof": [rdfc, jcs]})


def _forged(centre: ExampleCentre, signer: KeyFileSigner, *, created: int, valid_from: int) -> bytes:
    """Sign a certificate that the centre never issued, in the place of one that it has issued."""
    document = json.loads(next(iter(centre.credentials().values())))
    del document["proof"]
    document["id"] = f"urn:uuid:{uuid.UUID(int=7, version=4)}"
    document["validFrom"] = format_instant(valid_from)
    subject = document["credentialSubject"]
    subject["name"] = subject["identifier"][0]["identityHash"] = "Never Seen Here"
    return _signed(document, signer, created, centre)


def _by_serial(centre: ExampleCentre) -> dict[str, bytes]:
    files = centre.credentials()
    events = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    return {event.serial: files[event.id.removeprefix("urn:uuid:")] for event in events if event.name}


def _outcomes(centre: ExampleCentre, files: dict[str, bytes], at: int = LATER) -> dict[str, Outcome]:
    return {serial: verdict(centre, data, at).outcome for serial, data in files.items()}


def _all(files: dict[str, bytes], outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(files, outcome)


def _reasons(report: Report) -> set[str | None]:
    return {check.reason for check in report.checks} - {None, "not-reached", "first-seen"}


def _resigned(centre: ExampleCentre) -> list[tuple[str, str]]:
    events = [event for event in centre.workplace().ledger() if isinstance(event, Resigned)]
    return sorted((event.serial, event.key.partition("#")[2]) for event in events)


def _pages(centre: ExampleCentre) -> set[str]:
    files = read_issuer_files(centre.folder, centre.catalogue.centre.did)
    assert files is not None
    made = publication_files(centre.catalogue, files, read_publication_parts(centre.catalogue), LATER)
    return {path for path in made if path.startswith("c/") and path.endswith(".json")}


def test_what_a_stolen_key_signs_is_withdrawn_however_it_is_dated(centre: ExampleCentre) -> None:
    thief = _thief(centre, "key-2026a")
    dates = [(NOW, NOW), (FOUNDED, FOUNDED), (FOUNDED, FOUNDED - 3 * 365 * 86_400), (NOW + 1800, NOW + 1800)]
    forged = [_forged(centre, thief, created=created, valid_from=start) for created, start in dates]
    assert {verdict(centre, data).outcome for data in forged[:3]} == {Outcome.DEMONSTRATION}
    _stolen(centre)
    for data in forged:
        report = verdict(centre, data)
        assert (report.outcome, _reasons(report)) == (Outcome.KEY_WITHDRAWN, {"key-compromised"})


def test_what_a_stolen_key_had_really_issued_stays_good_as_it_was_and_as_it_is_signed_again(
    centre: ExampleCentre,
) -> None:
    before, version = _by_serial(centre), manifest_version(centre)
    done = _stolen(centre)
    after = _by_serial(centre)
    assert [key.fragment() for key in done.made] == ["key-2026b"]
    assert (len(done.frozen), done.doubtful) == (5, ())
    assert done.resigning is not None
    assert (done.resigning.now, len(done.resigning.all), done.resigning.erased) == (5, 5, ())
    assert _outcomes(centre, before) == _outcomes(centre, after) == _all(before, Outcome.DEMONSTRATION)
    assert not set(before.values()) & set(after.values())
    assert manifest_version(centre) == version + 1
    assert _resigned(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert leftovers(centre) == []


def test_a_certificate_that_is_signed_again_says_the_same_and_its_link_gives_it_back(centre: ExampleCentre) -> None:
    before, digits = centre.credentials(), centre.digits()
    _stolen(centre)
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
    before = _pages(centre)
    _stolen(centre)
    there = centre.folder.credentials / "published"
    files, digits = centre.credentials(), centre.digits()
    assert len(list(there.glob("*.json"))) == 2
    for path in there.glob("*.json"):
        assert path.read_bytes() == files[path.stem]
        assert tuple(path.with_suffix(".digits").read_text(encoding="ascii").split()) == digits[path.stem]
    assert _pages(centre) == before


def test_a_page_that_was_taken_away_does_not_come_back(centre: ExampleCentre) -> None:
    taken = withdraw_page(centre.workplace(NOW + 60), SERIALS[0], "the learner's wish")
    done = _stolen(centre)
    assert done.resigning is not None
    assert taken.id in {event.id for event in done.resigning.all}
    assert len(_pages(centre)) == 1
    assert not list((centre.folder.credentials / "published").glob(f"{taken.id.removeprefix('urn:uuid:')}*"))


def test_the_did_document_loses_the_stolen_key_and_keys_json_carries_the_frozen_list(centre: ExampleCentre) -> None:
    _stolen(centre)
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
    issue_run(centre.workplace(NOW), RUN, _silent)
    before = centre.credentials()
    done = _stolen(centre, "key-2026a")
    assert (done.frozen, done.made) == ((), ())
    assert centre.credentials() == before
    assert _outcomes(centre, _by_serial(centre)) == _all(_by_serial(centre), Outcome.DEMONSTRATION)
    forged = _forged(centre, _thief(centre, "key-2026a"), created=NOW - 120, valid_from=NOW - 120)
    assert verdict(centre, forged).outcome is Outcome.KEY_WITHDRAWN


def test_a_retired_key_that_was_stolen_later_is_replaced_by_the_one_that_signs_now(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    done = _stolen(centre)
    assert done.made == ()
    assert _resigned(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert _outcomes(centre, _by_serial(centre)) == _all(_by_serial(centre), Outcome.DEMONSTRATION)


def test_what_was_withdrawn_or_replaced_stays_so_and_is_not_signed_again(centre: ExampleCentre) -> None:
    revoke(centre.workplace(NOW + 60), SERIALS[1], WithdrawalReason.MISCONDUCT, "")
    correct(centre.workplace(NOW + 90), SERIALS[2], Correction(name="Humaira Saleem Naul"), "misspelt")
    before = _by_serial(centre)
    expected = _all(before, Outcome.DEMONSTRATION) | {SERIALS[1]: Outcome.REVOKED, SERIALS[2]: Outcome.REPLACED}
    done = _stolen(centre)
    after = _by_serial(centre)
    assert len(done.frozen) == 6
    assert {serial for serial in before if before[serial] == after[serial]} == {SERIALS[1], SERIALS[2]}
    assert _outcomes(centre, before) == _outcomes(centre, after) == expected
    assert f"{SERIALS[2]}-2" in dict(_resigned(centre))
    revoke(centre.workplace(NOW + 700), SERIALS[0], WithdrawalReason.LEARNERS_WISH, "")
    assert verdict(centre, before[SERIALS[0]]).outcome is Outcome.REVOKED
    assert verdict(centre, after[SERIALS[0]]).outcome is Outcome.REVOKED


def test_of_an_erased_learner_nothing_is_signed_and_the_paper_stays_good_here(centre: ExampleCentre) -> None:
    paper = _by_serial(centre)[SERIALS[3]]
    erase(centre.workplace(NOW + 60), SERIALS[3], "the learner's wish")
    done = _stolen(centre)
    assert done.resigning is not None
    assert [event.serial for event in done.resigning.erased] == [SERIALS[3]]
    assert done.resigning.now == 4
    assert verdict(centre, paper).outcome is Outcome.DEMONSTRATION


def test_from_the_day_of_the_theft_certificates_are_doubted_until_they_were_looked_at(
    founded: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    issue_run(centre.workplace(NOW), RUN, _silent)
    correct(centre.workplace(NOW + 86_400), SERIALS[0], Correction(name="Rashidah Bano"), "misspelt")
    correct(centre.workplace(NOW + 86_400), SERIALS[4], Correction(name="Shaziya Nawaz"), "misspelt")
    before, at = _by_serial(centre), NOW + 2 * 86_400
    doubted = {f"{SERIALS[0]}-2", f"{SERIALS[4]}-2"}

    first = _stolen(centre, since=date(2026, 11, 21), at=at)
    assert {event.serial for event in first.doubtful} == doubted
    assert {serial for serial, _ in _resigned(centre)} == {SERIALS[1], SERIALS[2], SERIALS[3]}
    outcomes = _outcomes(centre, before, at + 60)
    assert {serial for serial, outcome in outcomes.items() if outcome is Outcome.KEY_WITHDRAWN} == doubted
    assert {_by_serial(centre)[serial] == before[serial] for serial in doubted} == {True}
    assert len(_pages(centre)) == 1, "a certificate in doubt has no page"
    folder = write_papers(centre.workplace(at), the_run(centre), read_stationery(centre.catalogue), _silent)
    papers = {path.stem for path in (centre.folder.credentials / folder).glob("CSC*.html")}
    assert papers == {serial.replace("/", "-") for serial, outcome in outcomes.items() if outcome in GOOD}, (
        "nor a paper"
    )

    version = manifest_version(centre)
    assert _stolen(centre, since=date(2026, 11, 21), at=at + 60).doubtful == first.doubtful
    assert {event.serial for event in _stolen(centre, at=at + 90).doubtful} == doubted
    assert manifest_version(centre) == version, "nothing was to be signed again"

    revoke(centre.workplace(at + 120), f"{SERIALS[4]}-2", WithdrawalReason.ISSUED_IN_ERROR, "not ours")
    last = _stolen(centre, since=date(2026, 12, 31), at=at + 150)
    assert last.doubtful == ()
    outcomes = _outcomes(centre, _by_serial(centre), at + 180)
    assert outcomes[f"{SERIALS[0]}-2"] is Outcome.DEMONSTRATION
    assert outcomes[f"{SERIALS[4]}-2"] is Outcome.REVOKED
    assert (f"{SERIALS[0]}-2", "key-2026b") in _resigned(centre)
    assert (f"{SERIALS[4]}-2", "key-2026b") not in _resigned(centre)
    assert len(_pages(centre)) == 2


def test_what_was_taken_for_good_is_not_doubted_afterwards(centre: ExampleCentre) -> None:
    _stolen(centre)
    before = centre.folder.public_files()
    with pytest.raises(IssuingError) as caught:
        _stolen(centre, since=THE_DAY, at=NOW + 700)
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
    assert len(_resigned(centre)) == 2
    assert _outcomes(centre, _by_serial(centre)) == _all(_by_serial(centre), Outcome.DEMONSTRATION)
    version, told = manifest_version(centre), []
    done = compromise(centre.workplace(NOW + 700), "key-2026a", None, lambda *pair: told.append(pair), CHEAP)
    assert told == [(0, 3), (2, 3), (3, 3)]
    assert done.resigning is not None
    assert (done.resigning.now, len(done.resigning.all), done.made) == (3, 5, ())
    assert _resigned(centre) == [(serial, "key-2026b") for serial in SERIALS]
    assert manifest_version(centre) == version


def test_when_the_next_key_is_stolen_too_everything_is_signed_a_third_time(centre: ExampleCentre) -> None:
    first = _by_serial(centre)
    _stolen(centre)
    second, thief = _by_serial(centre), _thief(centre, "key-2026b")
    forged = _forged(centre, thief, created=NOW + 600, valid_from=NOW)
    done = _stolen(centre, "key-2026b", since=date(2026, 11, 1), at=NOW + 900)
    third = _by_serial(centre)
    assert (len(done.frozen), done.doubtful) == (5, ())
    for files in (first, second, third):
        assert _outcomes(centre, files) == _all(files, Outcome.DEMONSTRATION)
    assert verdict(centre, forged).outcome is Outcome.KEY_WITHDRAWN
    methods = json.loads(centre.workplace().record().did_json)["verificationMethod"]
    assert [method["id"].partition("#")[2] for method in methods] == ["status-2026a", "key-2026c"]


def test_where_only_another_laptop_has_a_key_that_signs_one_is_made_here(centre: ExampleCentre) -> None:
    make_new_key(centre.workplace(NOW + 60), Role.ISSUING, CHEAP)
    centre.store.path_of(f"{centre.store.did}#key-2026b").unlink()
    done = _stolen(centre)
    assert [key.id for key in done.made] == [f"{centre.store.did}#key-2026c"]
    assert _resigned(centre) == [(serial, "key-2026c") for serial in SERIALS]


def test_what_was_lost_with_a_machine_stays_good_by_its_hash(centre: ExampleCentre) -> None:
    papers = _by_serial(centre)
    path = centre.folder.credentials / "private" / "ledger.jsonl"
    *kept, last = centre.workplace().ledger()
    assert isinstance(last, Issued)
    gone = Lost(id=f"lost:{last.digest}", digest=last.digest, key=last.key, month="2026-11")
    path.write_bytes(b"".join(map(private_line, [*kept, gone])))
    first = _stolen(centre, since=date(2026, 11, 30))
    assert first.doubtful == (gone,), "it may have been issued on any day of its month"
    assert verdict(centre, papers[last.serial]).outcome is Outcome.KEY_WITHDRAWN
    last_call = _stolen(centre, since=date(2026, 12, 1), at=NOW + 700)
    assert gone in last_call.frozen
    assert last_call.resigning is not None
    assert len(last_call.resigning.all) == 4
    assert _outcomes(centre, papers) == _all(papers, Outcome.DEMONSTRATION)


def test_a_kept_certificate_that_was_altered_is_not_signed(centre: ExampleCentre) -> None:
    event = next(e for e in centre.workplace().ledger() if isinstance(e, Issued) and e.serial == SERIALS[2])
    path = centre.folder.credentials / "private/credentials" / f"{event.id.removeprefix('urn:uuid:')}.json"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"Humera Saleem Naul", b"Somebody Elses Name"))
    with pytest.raises(IssuingError) as caught:
        _stolen(centre)
    assert caught.value.place == SERIALS[2]
    assert _resigned(centre) == []
    path.write_bytes(kept)
    _stolen(centre, at=NOW + 700)
    assert len(_resigned(centre)) == 5


def test_ledgers_that_name_different_keys_are_not_believed(centre: ExampleCentre) -> None:
    path = centre.folder.credentials / "public" / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"#key-2026a", b"#key-2025a", 1))
    with pytest.raises(IssuingError, match="expected the key of the private ledger"):
        _stolen(centre)


def test_without_the_root_key_nothing_is_done(centre: ExampleCentre) -> None:
    centre.store.path_of(f"{centre.store.did}#root-2026a").unlink()
    before, keys = centre.folder.public_files(), centre.store.key_files()
    with pytest.raises(SigningError, match="expected a key file, found none"):
        _stolen(centre)
    assert centre.folder.public_files() == before
    assert centre.store.key_files() == keys


def test_a_stolen_status_key_is_replaced_and_signs_nothing_more(centre: ExampleCentre) -> None:
    thief = _thief(centre, "status-2026a")
    old = centre.folder.public_files()
    done = _stolen(centre, "status-2026a")
    assert [key.fragment() for key in done.made] == ["status-2026b"]
    record = centre.workplace().record()
    assert record.keys.frozen == ()
    with pytest.raises(InvalidError):
        verify_manifest(old["asnad/manifest.json"], record.keys)
    assert _outcomes(centre, _by_serial(centre)) == _all(_by_serial(centre), Outcome.DEMONSTRATION)
    assert "status-2026a" not in record.did_json.decode()

    revoke(centre.workplace(NOW + 700), SERIALS[0], WithdrawalReason.MISCONDUCT, "")
    cleared = canonical_json(sign_status_list(record.lists[1], thief, centre.contexts))
    report = _held_with(centre, _by_serial(centre)[SERIALS[0]], {"status/1.json": cleared})
    assert report.outcome is Outcome.REVOKED, "the notice tells it, too"
    report = _held_with(centre, _by_serial(centre)[SERIALS[1]], {"status/1.json": cleared})
    assert (report.outcome, _reasons(report)) == (Outcome.VALID_STATUS_UNKNOWN, {"list-invalid"})
    refresh(centre.workplace(NOW + 800))
    with pytest.raises(SigningError, match="found one that is compromised"):
        _stolen(centre, "status-2026a", at=NOW + 900)


def test_where_another_status_key_signs_none_is_made(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW + 60), Role.STATUS, CHEAP)
    assert _stolen(centre, "status-2026a").made == ()
    assert _outcomes(centre, _by_serial(centre)) == _all(_by_serial(centre), Outcome.DEMONSTRATION)


def _held_with(centre: ExampleCentre, data: bytes, files: dict[str, bytes], seen: SeenVersions | None = None) -> Report:
    """Verify where some of the centre's files were exchanged."""
    (issuer,) = trust(centre).issuers
    changed = replace(issuer, files=dict(issuer.files) | files, seen=seen)
    return verify_document(data, Trust((changed,), ()), LATER, centre.contexts)


def _manifest_by(centre: ExampleCentre, signer: KeyFileSigner, files: dict[str, bytes]) -> dict[str, bytes]:
    """Make the manifest of a thief, who has all files of the site and writes some anew."""
    record = centre.workplace().record()
    named = {entry.path for entry in record.manifest.entries} | files.keys()
    content = {path: data for path, data in (centre.folder.public_files() | files).items() if path in named}
    manifest = Manifest(
        issuer=record.keys.issuer,
        version=record.manifest.version + 1,
        issued=NOW + 1200,
        expires=NOW + 86_400,
        entries=manifest_entries(content),
    )
    return files | {"asnad/manifest.json": canonical_json(sign_manifest(manifest, signer))}


def test_a_stolen_status_key_cannot_make_an_issuing_key_before_its_theft_is_known(centre: ExampleCentre) -> None:
    thief, keys = _thief(centre, "status-2026a"), centre.workplace().record().keys
    seed = SigningKey.generate()
    own = IssuerKey(
        id=f"{keys.issuer}#key-2026x",
        public_key=bytes(seed.verify_key),
        role=Role.ISSUING,
        state=KeyState.ACTIVE,
        start=FOUNDED,
        end=NOW + 86_400,
    )
    signer = KeyFileSigner(own.id, own.public_key, seed)
    forged = _forged(centre, signer, created=NOW, valid_from=NOW)
    good = next(iter(centre.credentials().values()))

    listed = replace(keys, version=keys.version + 1, keys=(*keys.keys, own))
    as_root = replace(listed, root_id=thief.key_id, root_key=thief.public_key)
    promoted = replace(keys, keys=tuple(replace(key, role=Role.ISSUING) for key in keys.keys))
    for lie in (listed, as_root, promoted):
        files = _manifest_by(centre, thief, {"asnad/keys.json": canonical_json(sign_keys_file(lie, thief))})
        for data in (forged, good):
            report = _held_with(centre, data, files)
            assert (report.outcome, _reasons(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})

    did = centre.workplace().record().did_json.replace(b"#status-2026a", b"#key-2026x")
    report = _held_with(centre, forged, _manifest_by(centre, thief, {".well-known/did.json": did}))
    assert (report.outcome, _reasons(report)) == (Outcome.INVALID, {"key-unknown"})
    by_status = _forged(centre, thief, created=NOW, valid_from=NOW)
    report = _held_with(centre, by_status, _manifest_by(centre, thief, {}))
    assert (report.outcome, _reasons(report)) == (Outcome.INVALID, {"key-role"})


def test_a_stolen_status_key_cannot_restore_a_withdrawn_issuing_key(centre: ExampleCentre) -> None:
    thief, stolen, before = _thief(centre, "status-2026a"), _thief(centre, "key-2026a"), centre.folder.public_files()
    forged = _forged(centre, stolen, created=NOW, valid_from=NOW)
    _stolen(centre)
    record = centre.workplace().record()
    seen = SeenVersions(keys=record.keys.version, manifest=record.manifest.version)

    older = _manifest_by(centre, thief, {"asnad/keys.json": before["asnad/keys.json"]})
    report = _held_with(centre, forged, older, seen)
    assert (report.outcome, _reasons(report)) == (Outcome.CANNOT_CHECK, {"keys-rolled-back"})

    active = replace(
        record.keys,
        version=record.keys.version + 1,
        frozen=(),
        keys=tuple(replace(key, state=KeyState.ACTIVE) for key in record.keys.keys),
    )
    lie = _manifest_by(centre, thief, {"asnad/keys.json": canonical_json(sign_keys_file(active, thief))})
    report = _held_with(centre, forged, lie, seen)
    assert (report.outcome, _reasons(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})

    path = "asnad/frozen/key-2026a.bin"
    digest = credential_digest(parse_object(forged, limit=65_536))
    longer = _manifest_by(centre, thief, {path: record.frozen[path] + digest})
    report = _held_with(centre, forged, longer, seen)
    assert (report.outcome, _reasons(report)) == (Outcome.CANNOT_CHECK, {"frozen-missing"})
    assert _held_with(centre, forged, _manifest_by(centre, thief, {}), seen).outcome is Outcome.KEY_WITHDRAWN
