"""A bilingual centre issues a batch in Urdu of version 1 and one in English of version 2, from register to verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_centre import ELIGIBLE, REGISTER, RUN, copy_of, silent, unfounded_centre, verdict, with_register

from asnad.catalogue.run import RunId
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.registers import review_register
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, import_register

COURSE = "catalogue/courses/home-baking-women.yml"
ENGLISH_RUN = "home-baking-women-b13"
ENGLISH_REGISTER = """Name,Father Name,CNIC,Attendance %
Rashida Bano,Ghulam Rasool,00000-0000008-1,90
Kausar Parveen Naul,Nazir Ahmad,00000-0000061-1,100
"""


def spoil(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """The centre after both batches."""
    centre = unfounded_centre(tmp_path_factory.mktemp("two"))
    root = centre.folder.root
    kept = root / "catalogue" / "versions" / "home-baking-women" / "1.yml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes((root / COURSE).read_bytes())
    # What was learnt is changed a little, and the number is raised with it.
    spoil(
        root, COURSE, ("status: active\n", "status: active\nversion: 2\n"), ("Yeast breads and buns", "Breads and buns")
    )
    spoil(root, f"catalogue/runs/{RUN}.yml", ("language: ur\n", "language: ur\ncourse_version: 1\n"))
    spoil(
        root,
        f"catalogue/runs/{ENGLISH_RUN}.yml",
        ("start: 2027-01-11\nend: 2027-01-22\nstate: open\n", "start: 2026-10-05\nend: 2026-10-16\nstate: finished\n"),
        ("language: ur\n", "language: en\n"),
    )
    checked = centre.folder.checked_catalogue(NOW)
    assert checked.findings == ()
    centre = replace(centre, catalogue=checked.without_errors())
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, NOW - 86_400, centre.contexts, CHEAP)
    issue_run(with_register(centre).workplace(), RUN, silent)
    import_register(centre, ENGLISH_RUN, "b13.csv", ENGLISH_REGISTER.encode())
    issue_run(centre.workplace(seed=2), ENGLISH_RUN, silent)
    return centre


def test_each_batch_is_of_its_version_and_in_its_language_and_every_certificate_verifies(issued: ExampleCentre) -> None:
    found: dict[str, list[str]] = {"1": [], "2": []}
    for data in issued.credentials().values():
        assert verdict(issued, data).outcome is Outcome.DEMONSTRATION
        subject = json.loads(data)["credentialSubject"]
        achievement = subject["achievement"]
        language, title = {"1": ("ur", "خواتین کے لیے گھریلو بیکنگ"), "2": ("en", "Home Baking for Women")}[
            achievement["version"]
        ]
        assert (achievement["inLanguage"], achievement["name"]) == (language, title)
        found[achievement["version"]].append(subject["name"])
    assert sorted(found["1"]) == sorted(ELIGIBLE)
    assert sorted(found["2"]) == ["Kausar Parveen Naul", "Rashida Bano"]


def test_each_version_is_frozen_in_a_file_of_its_own(issued: ExampleCentre) -> None:
    files = issued.folder.public_files()
    frozen = {path: json.loads(data) for path, data in files.items() if path.startswith("achievements/")}
    assert set(frozen) == {"achievements/home-baking-women/1.json", "achievements/home-baking-women/2.json"}
    assert [frozen[path]["inLanguage"] for path in sorted(frozen)] == ["ur", "en"]
    assert len([path for path in files if path.startswith("d/")]) == 2


def test_a_batch_of_the_earlier_version_may_still_get_certificates(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    more = REGISTER + "Fouzia Kausar Khokhar,Muhammad Sharif,00000-0000011-1,95,no,\n"
    import_register(centre, RUN, "again.csv", more.encode(), NOW + 60)
    assert issue_run(centre.workplace(NOW + 60), RUN, silent).issued == 1
    (text,) = [data for data in centre.credentials().values() if b"Fouzia Kausar Khokhar" in data]
    assert json.loads(text)["credentialSubject"]["achievement"]["version"] == "1"
    assert verdict(centre, text).outcome is Outcome.DEMONSTRATION


def test_e7_who_takes_the_same_course_again_is_pointed_out(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")

    def told() -> list[str]:
        review = review_register(centre.workplace(NOW + 60), ENGLISH_RUN, "b13.csv", ENGLISH_REGISTER.encode())
        return [remark for remark in review.remarks if "of this course already" in remark]

    assert told() == [f"row 2: Rashida Bano has CSC-FT-HB-W/12/001 of this course already, from the run {RUN}"]
    revoke(centre.workplace(NOW + 30), "CSC-FT-HB-W/12/001", WithdrawalReason.ISSUED_IN_ERROR, "")
    assert told() == []


def test_e9_more_learners_than_places_are_pointed_out(issued: ExampleCentre) -> None:
    run = issued.catalogue.run(RunId(ENGLISH_RUN))
    assert run is not None
    for capacity, remarks in ((2, []), (1, ["the run says capacity: 1, the register has 2 learners"])):
        full = replace(run, capacity=capacity, enrolled=2)
        runs = tuple(full if each.id == run.id else each for each in issued.catalogue.runs)
        centre = replace(issued, catalogue=replace(issued.catalogue, runs=runs))
        review = review_register(centre.workplace(), ENGLISH_RUN, "b13.csv", ENGLISH_REGISTER.encode())
        assert [remark for remark in review.remarks if "capacity" in remark] == remarks
