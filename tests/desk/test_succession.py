"""Correcting and renewing: what the old paper says then, and that nothing else changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_centre import (
    ELIGIBLE,
    REGISTER,
    RUN,
    copy_of,
    issued_centre,
    silent,
    the_run,
    verdict,
)

from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Renewed, Replaced
from asnad.desk.new_key import make_new_key
from asnad.desk.papers import write_papers
from asnad.desk.registers import review_register
from asnad.desk.succession import renew
from asnad.desk.withdrawing import WithdrawalReason, look_up, revoke
from asnad.errors import AsnadError, IssuingError
from asnad.issuers.keys_file import Role
from asnad.site.issuer_reading import read_stationery
from asnad.site.publication import published_credentials
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, ExampleCentre, import_register

DAY = 86_400
LATER = NOW + DAY
FIRST, SECOND = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"
MICRO, MICRO_FIRST = "food-safety-small-business-mc-b03", "CSC-FT-FS-MC/3/001"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path)


def document(centre: ExampleCentre, serial: str) -> bytes:
    return centre.credentials()[look_up(centre.workplace(LATER), serial).issued.id.removeprefix("urn:uuid:")]


def corrected(centre: ExampleCentre, serial: str = SECOND, **texts: str) -> str:
    correction = Correction(**(texts or {"name": "Sidra Muneer Dogar"}))
    return correct(centre.workplace(LATER), serial, correction, "misspelt by us").after.serial


def members(data: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(data)
    return found


def test_the_old_certificate_shows_as_replaced_and_the_new_one_as_good(centre: ExampleCentre) -> None:
    before = document(centre, SECOND)
    serial = corrected(centre)
    assert serial == f"{SECOND}-2"
    report = verdict(centre, before, LATER)
    assert report.outcome is Outcome.REPLACED
    assert report.withdrawn_on is not None
    assert verdict(centre, document(centre, serial), LATER).outcome is Outcome.DEMONSTRATION


def test_nothing_but_the_correction_and_what_makes_it_another_certificate_changes(centre: ExampleCentre) -> None:
    before = members(document(centre, SECOND))
    after = members(document(centre, corrected(centre)))
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"id", "validFrom", "credentialStatus", "credentialSubject", "proof"}
    old, new = before["credentialSubject"], after["credentialSubject"]
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    assert {name for name in old if old[name] != new[name]} == {"name", "identifier", "licenseNumber"}
    assert new["name"] == new["identifier"][0]["identityHash"] == "Sidra Muneer Dogar"


def test_a_name_in_its_own_script_can_be_added(centre: ExampleCentre) -> None:
    after = members(document(centre, corrected(centre, name_native="سدرہ منیر ڈوگر")))
    subject = after["credentialSubject"]
    assert isinstance(subject, dict)
    kinds = [(item["identityType"], item["identityHash"]) for item in subject["identifier"]]
    assert kinds == [("name", "Sidra Munir Dogar"), ("ext:NativeName", "سدرہ منیر ڈوگر")]


def test_a_correction_that_was_wrong_too_is_corrected_again(centre: ExampleCentre) -> None:
    once = corrected(centre)
    twice = corrected(centre, once, name="Sidrah Munir Dogar")
    assert twice == f"{SECOND}-3"
    assert verdict(centre, document(centre, once), LATER).outcome is Outcome.REPLACED
    assert verdict(centre, document(centre, twice), LATER).outcome is Outcome.DEMONSTRATION
    with pytest.raises(IssuingError, match="found one replaced on") as caught:
        corrected(centre, SECOND)
    assert caught.value.hint == f"take the one in its place: {once}"


def test_the_register_says_it_too_and_the_run_issues_nothing_twice(centre: ExampleCentre) -> None:
    corrected(centre)
    assert issue_run(centre.workplace(LATER), RUN, silent).issued == 0
    again = REGISTER.replace("Sidra Munir Dogar", "Sidra Muneer Dogar").encode()
    review = review_register(centre.workplace(LATER), RUN, "b12.csv", again)
    assert len(review.issued) == len(ELIGIBLE)
    with pytest.raises(AsnadError) as caught:
        review_register(centre.workplace(LATER), RUN, "b12.csv", REGISTER.encode())
    assert "expected Sidra Muneer Dogar, who has certificate CSC-FT-HB-W/12/002-2" in caught.value.diagnostics()


def test_a_public_page_follows_the_correction(centre: ExampleCentre) -> None:
    before = {path.stem for path in (centre.folder.credentials / "published").glob("*.json")}
    serial = corrected(centre, FIRST, name="Rashidah Bano")
    after = {path.stem for path in (centre.folder.credentials / "published").glob("*.json")}
    events = centre.workplace(LATER).ledger()
    old, new = (next(e.id[9:] for e in events if isinstance(e, Issued) and e.serial == s) for s in (FIRST, serial))
    assert after == before - {old} | {new}
    ledger = centre.folder.public_ledger()
    counted = [event.type for event in ledger if event.type in ("published", "unpublished")]
    assert counted.count("published") - counted.count("unpublished") == len(after)
    files = {path.name: path.read_bytes() for path in (centre.folder.credentials / "published").iterdir()}
    assert len(published_credentials(files)) == len(after)


def test_the_old_paper_goes_and_the_new_one_comes(centre: ExampleCentre) -> None:
    stationery = read_stationery(centre.catalogue)
    folder = centre.folder.credentials / write_papers(centre.workplace(LATER), the_run(centre), stationery, silent)
    corrected(centre)
    write_papers(centre.workplace(LATER), the_run(centre), stationery, silent)
    papers = {path.name for path in folder.glob("CSC*.html")}
    assert "CSC-FT-HB-W-12-002.html" not in papers
    assert "CSC-FT-HB-W-12-002-2.html" in papers
    for name in ("all.html", "links.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "Sidra Munir Dogar" not in text
        assert "Sidra Muneer Dogar" in text


def test_the_ledgers_agree_and_say_what_happened(centre: ExampleCentre) -> None:
    serial = corrected(centre)
    events = centre.workplace(LATER).whole_ledger()
    (line,) = [event for event in events if isinstance(event, Replaced)]
    assert (line.serial, line.successor, line.reason) == (SECOND, serial, "misspelt by us")
    assert [event.type for event in centre.folder.public_ledger()][-2:] == ["replaced", "issued"]
    indexes = {(event.status_list, event.index) for event in events if isinstance(event, Issued)}
    assert len(indexes) == len(ELIGIBLE) + 1


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"name": "Sidra Munir Dogar"}, "found that the register says all of it already"),
        ({"name": "SIDRA MUNIR"}, "capital"),
        ({"name": "Sidra\u202eDogar"}, "name"),
        ({"name": "Sidra2 Dogar"}, "digit"),
        ({"cnic": "12"}, "expected"),
        ({"name": ""}, "expected"),
    ],
)
def test_a_correction_that_cannot_stand_is_told_and_nothing_is_written(
    centre: ExampleCentre, texts: dict[str, str], message: str
) -> None:
    before = centre.folder.public_files()
    with pytest.raises(IssuingError, match=message):
        corrected(centre, **texts)
    assert centre.folder.public_files() == before
    assert len(centre.credentials()) == len(ELIGIBLE)


def test_what_is_not_in_the_certificate_is_corrected_in_the_register_alone(centre: ExampleCentre) -> None:
    before, files = document(centre, SECOND), centre.folder.public_files()
    wrong = REGISTER.replace("00000-0000007-1", "00000-0000017-1").replace("Khushi Muhammad", "Khushi Mohammad")
    with pytest.raises(AsnadError) as caught:
        review_register(centre.workplace(LATER), RUN, "b12.csv", wrong.encode())
    told = caught.value.diagnostics()
    assert told.startswith("b12.csv row 3: expected Sidra Munir Dogar, who has certificate CSC-FT-HB-W/12/002")
    assert "asnad correct CSC-FT-HB-W/12/002 --father-name|--husband-name|--identity-number" in told
    assert corrected(centre, father_name="Khushi Mohammad", cnic="00000-0000017-1") == SECOND
    assert document(centre, SECOND) == before
    assert centre.folder.public_files() == files
    assert len(review_register(centre.workplace(LATER), RUN, "b12.csv", wrong.encode()).issued) == len(ELIGIBLE)
    assert issue_run(centre.workplace(LATER), RUN, silent).issued == 0
    assert centre.workplace(LATER).whole_ledger()


def test_a_register_that_knows_nothing_of_a_correction_is_told_of_it(centre: ExampleCentre) -> None:
    corrected(centre)
    with pytest.raises(AsnadError) as caught:
        review_register(centre.workplace(LATER), RUN, "b12.csv", REGISTER.encode())
    assert caught.value.diagnostics() == (
        "b12.csv: expected Sidra Muneer Dogar, who has certificate CSC-FT-HB-W/12/002-2, found no such row\n"
        "  hint: that certificate was corrected: write the row as corrected, Sidra Muneer Dogar"
    )


def test_a_register_in_which_a_learner_changed_her_mind_about_a_page_is_told(centre: ExampleCentre) -> None:
    changed = REGISTER.replace("80,yes,2026-09-17", "80,no,").replace("95,no,", "95,yes,2026-09-17")
    review = review_register(centre.workplace(LATER), RUN, "b12.csv", changed.encode())
    assert review.remarks[-2:] == (
        "row 2: Rashida Bano agrees to no page, and has one: asnad withdraw-page CSC-FT-HB-W/12/001",
        "row 3: Sidra Munir Dogar has CSC-FT-HB-W/12/002 already; a page is only made at the time of issue",
    )


def test_a_withdrawn_certificate_is_not_corrected(centre: ExampleCentre) -> None:
    revoke(centre.workplace(LATER), SECOND, WithdrawalReason.WRONG_PERSON, "")
    with pytest.raises(IssuingError, match="found one withdrawn on"):
        corrected(centre)


def test_a_replaced_certificate_is_not_revoked_once_more(centre: ExampleCentre) -> None:
    corrected(centre)
    with pytest.raises(IssuingError, match="found one replaced on"):
        revoke(centre.workplace(LATER), SECOND, WithdrawalReason.WRONG_PERSON, "")


def test_a_correction_keeps_the_text_of_the_course_version_of_its_day(centre: ExampleCentre) -> None:
    course = centre.catalogue.course(the_run(centre).course)
    newer = replace(course, version=course.version + 1)
    courses = tuple(newer if each.id == course.id else each for each in centre.catalogue.courses)
    later = replace(centre, catalogue=replace(centre.catalogue, courses=courses))
    before, after = members(document(centre, SECOND)), members(document(later, corrected(later)))
    subjects = before["credentialSubject"], after["credentialSubject"]
    assert isinstance(subjects[0], dict)
    assert isinstance(subjects[1], dict)
    assert subjects[0]["achievement"] == subjects[1]["achievement"]


@pytest.fixture
def micro(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    """Issue a certificate that runs out, to one learner."""
    centre = copy_of(issued, tmp_path)
    text = "Name,CNIC,Attendance %,Result,Grade\nSaba Gul Wattoo,00000-0000001-1,95,pass,A\n"
    import_register(centre, MICRO, "mc.csv", text.encode())
    issue_run(centre.workplace(NOW, seed=5), MICRO, silent)
    return centre


def test_a_renewed_certificate_is_good_for_another_term_and_the_old_one_until_its_end(micro: ExampleCentre) -> None:
    before = members(document(micro, MICRO_FIRST))
    at = NOW + 700 * DAY
    make_new_key(micro.workplace(NOW + 300 * DAY), Role.ISSUING, CHEAP)
    make_new_key(micro.workplace(NOW + 600 * DAY), Role.ISSUING, CHEAP)
    make_new_key(micro.workplace(NOW + 601 * DAY), Role.STATUS, CHEAP)
    done = renew(micro.workplace(at), MICRO_FIRST, "refresher of October 2028")
    after = members(document(micro, done.after.serial))
    assert str(before["validUntil"]) < str(after["validUntil"])
    assert after["awardedDate"] == "2028-10-20T00:00:00Z"
    assert verdict(micro, document(micro, MICRO_FIRST), at).outcome is Outcome.DEMONSTRATION
    assert verdict(micro, document(micro, done.after.serial), at).outcome is Outcome.DEMONSTRATION
    (line,) = [event for event in micro.workplace(at).ledger() if isinstance(event, Renewed)]
    assert (line.serial, line.successor) == (MICRO_FIRST, f"{MICRO_FIRST}-2")
    with pytest.raises(IssuingError, match="found one renewed as"):
        renew(micro.workplace(at), MICRO_FIRST, "again")


def test_a_certificate_that_never_runs_out_is_not_renewed(centre: ExampleCentre) -> None:
    with pytest.raises(IssuingError, match="expected a certificate that runs out, found one that does not"):
        renew(centre.workplace(LATER), FIRST, "refresher")
