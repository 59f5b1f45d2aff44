"""Who gets a certificate, what stands on it and what is published, from register to ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_centre import (
    ELIGIBLE,
    REGISTER,
    RUN,
    assert_whole,
    copy_of,
    leftovers,
    the_run,
    unfounded_centre,
    verdict,
    with_register,
)

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import read_catalogue
from asnad.desk import allocation
from asnad.desk.allocation import TakenIndexes, read_taken
from asnad.desk.eligibility import Ineligibility
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import IssueSummary, frozen_achievement, issue_run
from asnad.desk.issuing import run_achievement
from asnad.desk.ledger import Issued
from asnad.desk.registers import issued_in, review_register
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.errors import CatalogueErrors, IssuingError
from asnad.files import read_tree
from asnad.status.bitstring import MIN_BITS, empty_bits, is_set, with_bit
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, ROOT, ExampleCentre, import_register

LATER = NOW + 3600
ONE_MORE = "Fouzia Kausar Khokhar,Muhammad Sharif,00000-0000011-1,95,yes,2026-09-17\n"
COURSE = "courses/home-baking-women.yml"
TITLE = "خواتین کے لیے گھریلو بیکنگ"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = unfounded_centre(tmp_path_factory.mktemp("founded"))
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, centre.passphrase, NOW, centre.contexts, CHEAP)
    return with_register(centre)


@pytest.fixture(scope="module")
def issued(founded: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = copy_of(founded, tmp_path_factory.mktemp("issued") / "copy")
    issue(centre)
    return centre


def issue(centre: ExampleCentre, at: int = NOW, run: str = RUN) -> IssueSummary:
    return issue_run(centre.workplace(at, seed=7), run, lambda _done, _of: None)


def issued_names(centre: ExampleCentre) -> dict[str, str]:
    return {event.serial: event.name for event in issued_in(centre.workplace(), the_run(centre))}


def only_document(centre: ExampleCentre, name: str) -> str:
    (text,) = [data.decode() for data in centre.credentials().values() if f'"name":"{name}"' in data.decode()]
    return text


def with_catalogue(centre: ExampleCentre, *changes: tuple[str, str, str]) -> ExampleCentre:
    """Change texts in files of the catalogue."""
    files = read_tree(ROOT, "catalogue", 1 << 20)
    for path, old, new in changes:
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new).encode()
    return replace(centre, catalogue=read_catalogue(files))


def with_centre(centre: ExampleCentre, **changes: object) -> ExampleCentre:
    """Change members of the centre in its catalogue."""
    catalogue: Catalogue = centre.catalogue
    return replace(centre, catalogue=replace(catalogue, centre=replace(catalogue.centre, **changes)))  # type: ignore[arg-type]


def test_each_eligible_learner_has_a_certificate_in_the_order_of_the_register(issued: ExampleCentre) -> None:
    assert_whole(issued, ELIGIBLE)
    assert list(issued_names(issued).values()) == list(ELIGIBLE)


def test_who_has_not_earned_it_gets_none_and_is_named_with_the_reason(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    (refused,) = issue(centre).not_eligible
    assert (refused.row.name, refused.reason) == ("Zubaida Khanum Cheema", Ineligibility.ATTENDANCE_LOW)
    assert refused.message == "expected at least 80 % attendance, got 79 %"

    run = "food-safety-small-business-mc-b03"
    rows = (
        "Name,Father Name,CNIC,Attendance %,Result,Marks,Grade",
        "Yasir Amin Naul,Bashir Ahmad,00000-0000051-1,100,pass,72,B",
        "Parveen Akhtar,Karam Din,00000-0000052-1,100,fail,30,B",
        "Rukhsana Bibi,Allah Ditta,00000-0000053-1,100,,,",
    )
    import_register(centre, run, "b03.csv", "\n".join(rows).encode())
    summary = issue(centre, run=run)
    assert summary.issued == 1
    assert {refused.row.name: refused.reason for refused in summary.not_eligible} == {
        "Parveen Akhtar": Ineligibility.FAILED,
        "Rukhsana Bibi": Ineligibility.RESULT_MISSING,
    }


def test_a_learner_who_is_added_later_is_the_only_one_who_gets_a_certificate(
    issued: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    before = centre.credentials()
    # The new learner stands first, so that serials must not follow the rows.
    heading, *rows = REGISTER.splitlines(keepends=True)
    import_register(centre, RUN, "again.csv", (heading + ONE_MORE + "".join(rows)).encode(), LATER)
    summary = issue(centre, LATER)
    assert (summary.issued, summary.before) == (1, 5)
    assert issued_names(centre)["CSC-FT-HB-W/12/006"] == "Fouzia Kausar Khokhar"
    assert before.items() <= centre.credentials().items()
    assert_whole(centre, (*ELIGIBLE, "Fouzia Kausar Khokhar"), at=LATER)


def test_a_learner_who_becomes_eligible_later_gets_the_certificate_then(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    import_register(centre, RUN, "again.csv", REGISTER.replace(",79,", ",81,").encode(), LATER)
    assert issue(centre, LATER).issued == 1
    assert_whole(centre, (*ELIGIBLE, "Zubaida Khanum Cheema"), at=LATER)


def test_everybody_who_has_a_certificate_and_is_missing_from_a_register_is_named(issued: ExampleCentre) -> None:
    without = "\n".join(line for line in REGISTER.splitlines() if "Naul" not in line and "Iqra" not in line)
    desk = issued.workplace(LATER)
    with pytest.raises(CatalogueErrors) as caught:
        review_register(desk, RUN, "again.csv", without.encode())
    told = caught.value.diagnostics()
    assert "again.csv: expected Humera Saleem Naul, who has certificate CSC-FT-HB-W/12/003, found no such row" in told
    assert "again.csv: expected Iqra Batool Sial, who has certificate CSC-FT-HB-W/12/004, found no such row" in told
    assert "Rashida" not in told
    assert "hint: keep the row as it was at the time of issue" in told


def test_a_corrected_name_is_not_issued_as_another_learner(issued: ExampleCentre) -> None:
    corrected = REGISTER.replace("Shazia Nawaz", "Shazia Nawaz Khan")
    with pytest.raises(CatalogueErrors, match="1 things to mend") as caught:
        review_register(issued.workplace(LATER), RUN, "again.csv", corrected.encode())
    assert "expected Shazia Nawaz, who has certificate" in caught.value.diagnostics()


def test_case_and_order_of_a_register_do_not_make_another_learner(issued: ExampleCentre) -> None:
    heading, *rows = REGISTER.splitlines()
    turned = "\n".join([heading, *reversed(rows)])
    review = review_register(issued.workplace(LATER), RUN, "again.csv", turned.encode())
    assert len(review.issued) == 5
    assert len(review.rows) == 6


def test_a_withdrawn_certificate_is_not_issued_again(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    revoke(centre.workplace(LATER), "CSC-FT-HB-W/12/002", WithdrawalReason.MISCONDUCT, "")
    summary = issue(centre, LATER + 60)
    assert (summary.issued, summary.before) == (0, 5)
    assert_whole(centre, ELIGIBLE, at=LATER + 60)


@pytest.mark.parametrize(("private", "published"), [(True, 2), (False, 0)])
def test_a_public_repository_publishes_no_page(
    founded: ExampleCentre, tmp_path: Path, private: bool, published: int
) -> None:
    centre = with_centre(copy_of(founded, tmp_path / "copy"), demonstration=False, repository_private=private)
    summary = issue(centre)
    assert summary.issued == 5
    assert summary.pages_withheld == 2 - published
    folder = centre.folder.credentials / "published"
    assert len(list(folder.glob("*.json"))) == published
    assert sum(event.type == "published" for event in centre.folder.public_ledger()) == published
    assert sum(event.published for event in centre.workplace().ledger() if isinstance(event, Issued)) == published


def test_what_is_tracked_names_nobody_who_did_not_agree(issued: ExampleCentre) -> None:
    folder = issued.folder.credentials
    tracked = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != "private"]
    assert len(tracked) > 10
    everything = b"\n".join(path.read_bytes() for path in tracked)
    for private in ("Sidra Munir Dogar", "Iqra Batool Sial", "Shazia Nawaz", "Zubaida Khanum", "00000-00000"):
        assert private.encode() not in everything
    # A run of five and more is named in the statistics, and nowhere else.
    assert [path.name for path in tracked if RUN.encode() in path.read_bytes()] == ["statistics.json"]
    for agreed in ("Rashida Bano", "Humera Saleem Naul"):
        assert agreed.encode() in everything
    assert set(json.loads(folder.joinpath("public/ledger.jsonl").read_bytes().splitlines()[0])) == {
        *("v", "type", "digest", "key", "month"),
    }


@pytest.mark.parametrize("father", [True, False])
@pytest.mark.parametrize("digits", [True, False])
def test_father_and_identity_digits_are_signed_only_where_the_centre_chose_so(
    founded: ExampleCentre, tmp_path: Path, father: bool, digits: bool
) -> None:
    copy = copy_of(founded, tmp_path / "copy")
    centre = with_centre(copy, print_father_name=father, print_identity_digits=digits)
    issue(centre)
    text = only_document(centre, "Rashida Bano")
    identifiers = {item["identityType"]: item for item in json.loads(text)["credentialSubject"]["identifier"]}
    assert set(identifiers) == {"name"} | ({"ext:FatherName"} if father else set()) | (
        {"ext:NationalIdLastDigits"} if digits else set()
    )
    assert ("Ghulam Rasool" in text) is father
    if digits:
        assert identifiers["ext:NationalIdLastDigits"]["identityHash"] == "0081"
    assert "00000-0000008-1" not in text
    assert "0000000000081" not in text
    assert verdict(centre, text.encode()).outcome is Outcome.DEMONSTRATION


def test_a_run_in_another_language_needs_a_version_of_its_own(issued: ExampleCentre, tmp_path: Path) -> None:
    copy = copy_of(issued, tmp_path / "copy")
    run = the_run(copy)
    english = replace(run, language="en")
    runs = tuple(english if each.id == run.id else each for each in copy.catalogue.runs)
    changed = replace(copy, catalogue=replace(copy.catalogue, runs=runs))
    frozen = frozen_achievement(changed.workplace(LATER), english)
    with pytest.raises(IssuingError, match="expected a run in ur, in which version 1") as caught:
        run_achievement(changed.catalogue, english, changed.messages["en"], frozen)
    assert caught.value.hint == "another language needs a version of its own: write version: 2"


def test_a_text_that_was_changed_needs_a_version_of_its_own(issued: ExampleCentre, tmp_path: Path) -> None:
    copy = copy_of(issued, tmp_path / "copy")
    changed = with_catalogue(copy, (COURSE, TITLE, "گھریلو بیکنگ"))
    import_register(changed, RUN, "again.csv", (REGISTER + ONE_MORE).encode(), LATER)
    before = copy.folder.public_files()
    with pytest.raises(IssuingError) as caught:
        issue(changed, LATER)
    assert caught.value.place == COURSE
    assert "expected the text of version 1 as it was when first issued" in caught.value.diagnostics()
    assert "hint: write version: 2" in caught.value.diagnostics()
    assert copy.folder.public_files() == before

    second = with_catalogue(
        copy, (COURSE, TITLE, "گھریلو بیکنگ"), (COURSE, "status: active", "status: active\nversion: 2")
    )
    assert issue(second, LATER).issued == 1
    assert (
        json.loads(only_document(second, "Fouzia Kausar Khokhar"))["credentialSubject"]["achievement"]["version"] == "2"
    )
    files = second.folder.public_files()
    assert {path for path in files if path.startswith("achievements/")} == {
        "achievements/home-baking-women/1.json",
        "achievements/home-baking-women/2.json",
    }
    assert len([path for path in files if path.startswith("d/")]) == 2
    assert_whole(second, (*ELIGIBLE, "Fouzia Kausar Khokhar"), at=LATER)


def test_a_changed_fee_needs_no_version(issued: ExampleCentre, tmp_path: Path) -> None:
    copy = copy_of(issued, tmp_path / "copy")
    changed = with_catalogue(copy, (COURSE, "amount: 6000", "amount: 6500"))
    import_register(changed, RUN, "again.csv", (REGISTER + ONE_MORE).encode(), LATER)
    assert issue(changed, LATER).issued == 1


@pytest.mark.parametrize("state", ["planned", "open", "full", "running", "cancelled"])
def test_a_run_that_is_not_finished_is_refused(founded: ExampleCentre, tmp_path: Path, state: str) -> None:
    path = f"runs/{RUN}.yml"
    centre = with_catalogue(copy_of(founded, tmp_path / "copy"), (path, "state: finished", f"state: {state}"))
    with pytest.raises(IssuingError) as caught:
        issue(centre)
    assert caught.value.place == path
    assert f"found state: {state}" in caught.value.message
    assert caught.value.hint == "write state: finished once it is over"
    assert not centre.credentials()


def test_nothing_is_issued_before_the_day_of_award_at_the_centre(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    path = f"runs/{RUN}.yml"
    # 21 November begins at the centre at 19:00 UTC of the day before.
    awarded = with_catalogue(centre, (path, "state: finished", "state: finished\nawarded: 2026-11-21"))
    with pytest.raises(IssuingError, match="award day 2026-11-21"):
        issue(awarded, NOW + 9 * 3600)
    assert issue(awarded, NOW + 10 * 3600).issued == 5


def test_an_unknown_run_is_told_with_the_runs_that_there_are(founded: ExampleCentre) -> None:
    for act in (
        lambda: issue(founded, run="home-baking-b12"),
        lambda: review_register(founded.workplace(), "home-baking-b12", "b12.csv", REGISTER.encode()),
    ):
        with pytest.raises(IssuingError) as caught:
            act()
        assert "expected a run of the catalogue, got home-baking-b12" in caught.value.message
        assert RUN in (caught.value.hint or "")


def test_a_run_without_a_register_is_told_how_to_import_one(founded: ExampleCentre) -> None:
    with pytest.raises(IssuingError) as caught:
        issue(founded, run="officers-finance-admin-egov-b34")
    assert caught.value.hint == "run: asnad import REGISTER --run officers-finance-admin-egov-b34"


def test_reviewing_a_register_keeps_nothing(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    before = read_tree(centre.folder.root, "credentials", 1 << 22)
    review = review_register(centre.workplace(), RUN, "again.csv", (REGISTER + ONE_MORE).encode())
    assert len(review.rows) == 7
    assert review.remarks == ("the run says enrolled: 12, the register has 7 learners",)
    assert read_tree(centre.folder.root, "credentials", 1 << 22) == before
    assert leftovers(centre) == []


def test_a_second_list_is_begun_when_the_first_is_full_enough(
    founded: ExampleCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    monkeypatch.setattr(allocation, "MAX_FILL", 3 / MIN_BITS)
    issue(centre)
    desk = centre.workplace(LATER)
    record = desk.record()
    assert sorted(record.lists) == [1, 2]
    assert {entry.path for entry in record.manifest.entries} >= {"status/1.json", "status/2.json"}
    events = issued_in(desk, the_run(centre))
    assert [event.status_list for event in events] == [1, 1, 1, 2, 2]
    revoke(desk, events[4].serial, WithdrawalReason.MISCONDUCT, "")
    outcomes = {
        event.number: verdict(centre, centre.credentials()[event.id.removeprefix("urn:uuid:")], LATER).outcome
        for event in events
    }
    assert outcomes == {1: "demonstration", 2: "demonstration", 3: "demonstration", 4: "demonstration", 5: "revoked"}


def test_a_place_that_is_taken_is_drawn_again() -> None:
    taken = TakenIndexes({1: with_bit(with_bit(empty_bits(), 5), 9)})
    draws = iter([5, 9, 5, 130_000, 7])
    number, index, after = taken.draw(lambda _below: next(draws))
    assert (number, index) == (1, 130_000)
    assert [i for i in (5, 7, 9, 130_000) if is_set(after.lists[1], i)] == [5, 9, 130_000]
    assert not is_set(taken.lists[1], 130_000)
    assert after.draw(lambda _below: next(draws))[:2] == (1, 7)
    assert list(after.files()) == ["public/taken/1.bin"]


def test_bitmaps_of_another_size_are_refused() -> None:
    for size in (0, MIN_BITS // 8 - 1, MIN_BITS // 8 + 1):
        with pytest.raises(IssuingError, match=f"expected 16384 bytes, got {size}"):
            read_taken({1: bytes(size)})
