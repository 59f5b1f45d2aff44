"""Pages taken away, learners erased, papers printed again: what goes, what stays, and what still answers."""

from __future__ import annotations

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
from asnad.desk.erasing import erase, withdraw_page
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Reprinted, paged
from asnad.desk.papers import write_duplicate, write_papers
from asnad.desk.registers import review_register
from asnad.desk.withdrawing import WithdrawalReason, look_up, revoke
from asnad.errors import IssuingError
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts, read_stationery
from asnad.site.publication import publication_files
from asnad.verification.outcome import Outcome
from example_centre import NOW, ExampleCentre

LATER = NOW + 86_400
PAGED, UNPAGED = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"
ABOUT_PAGED = ("Rashida Bano", "Ghulam Rasool", "00000-0000008-1")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = issued_centre(tmp_path_factory.mktemp("issued"))
    write_papers(centre.workplace(), the_run(centre), read_stationery(centre.catalogue), silent)
    return centre


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path)


def site_pages(centre: ExampleCentre) -> set[str]:
    files = read_issuer_files(centre.folder, centre.catalogue.centre.did)
    assert files is not None
    made = publication_files(centre.catalogue, files, read_publication_parts(centre.catalogue), LATER)
    return {path for path in made if path.startswith("c/") and path.endswith(".json")}


def kept(centre: ExampleCentre) -> dict[str, bytes]:
    return {
        path.relative_to(centre.folder.root).as_posix(): path.read_bytes()
        for path in centre.folder.root.rglob("*")
        if path.is_file()
    }


def the_document(centre: ExampleCentre, serial: str) -> bytes:
    return centre.credentials()[look_up(centre.workplace(LATER), serial).issued.id.removeprefix("urn:uuid:")]


def test_a_withdrawn_page_is_built_no_more_and_its_certificate_stays_good(centre: ExampleCentre) -> None:
    document = the_document(centre, PAGED)
    assert len(site_pages(centre)) == 2
    issued = withdraw_page(centre.workplace(LATER), PAGED, "the learner's wish")
    name = issued.id.removeprefix("urn:uuid:")
    assert site_pages(centre) == {path for path in site_pages(centre) if name not in path}
    assert len(site_pages(centre)) == 1
    assert verdict(centre, document, LATER).outcome is Outcome.DEMONSTRATION
    assert issued.id not in paged(centre.workplace(LATER).whole_ledger())
    with pytest.raises(IssuingError, match="expected a certificate with a public page, found one without"):
        withdraw_page(centre.workplace(LATER), PAGED, "")


def test_a_page_that_never_was_cannot_be_withdrawn(centre: ExampleCentre) -> None:
    with pytest.raises(IssuingError, match="found one without"):
        withdraw_page(centre.workplace(LATER), UNPAGED, "")


def test_nothing_that_is_kept_tells_of_an_erased_learner(centre: ExampleCentre) -> None:
    name = look_up(centre.workplace(LATER), PAGED).issued.id.removeprefix("urn:uuid:")
    duplicate(centre, PAGED, collected_by="Rashida Bano")
    before = kept(centre)
    assert any(ABOUT_PAGED[0].encode() in data for data in before.values())
    erase(centre.workplace(LATER), PAGED, "the learner's wish")
    for path, data in kept(centre).items():
        assert not any(text.encode() in data for text in ABOUT_PAGED), path
        assert name not in path, path
    assert len(site_pages(centre)) == 1


def test_the_paper_of_an_erased_learner_is_still_good_and_can_still_be_withdrawn(centre: ExampleCentre) -> None:
    document = the_document(centre, PAGED)
    erase(centre.workplace(LATER), PAGED, "the learner's wish")
    assert verdict(centre, document, LATER).outcome is Outcome.DEMONSTRATION
    revoke(centre.workplace(LATER), PAGED, WithdrawalReason.LEARNERS_WISH, "")
    assert verdict(centre, document, LATER).outcome is Outcome.REVOKED


def test_the_others_of_the_run_keep_everything_and_nothing_is_issued_again(centre: ExampleCentre) -> None:
    erase(centre.workplace(LATER), PAGED, "the learner's wish")
    assert issue_run(centre.workplace(LATER), RUN, silent).issued == 0
    folder = write_papers(centre.workplace(LATER), the_run(centre), read_stationery(centre.catalogue), silent)
    papers = sorted(path.name for path in (centre.folder.credentials / folder).glob("CSC*.html"))
    assert papers == [f"CSC-FT-HB-W-12-{number:03d}.html" for number in range(2, len(ELIGIBLE) + 1)]
    assert ABOUT_PAGED[0] not in (centre.folder.credentials / folder / "all.html").read_text(encoding="utf-8")


def test_the_next_import_warns_that_an_erased_learner_would_get_another_certificate(centre: ExampleCentre) -> None:
    erase(centre.workplace(LATER), PAGED, "the learner's wish")
    remarks = review_register(centre.workplace(LATER), RUN, "b12.csv", REGISTER.encode()).remarks
    assert remarks[-1].startswith("1 certificates of this run were erased; a learner of whom all was erased")


def test_a_withdrawn_certificate_has_no_page_any_more(centre: ExampleCentre) -> None:
    assert len(site_pages(centre)) == 2
    revoke(centre.workplace(LATER), PAGED, WithdrawalReason.WRONG_PERSON, "")
    assert len(site_pages(centre)) == 1


def test_a_corrected_certificate_is_erased_with_the_one_it_replaced(centre: ExampleCentre) -> None:
    correct(centre.workplace(LATER), PAGED, Correction(name="Rashidah Bano"), "Rashida Bano misspelt by us")
    erasure = erase(centre.workplace(LATER), PAGED, "the learner's wish")
    assert erasure.serials == (PAGED, f"{PAGED}-2")
    assert not any(b"Rashida" in data for data in kept(centre).values())
    events = centre.workplace(LATER).whole_ledger()
    assert [event.name for event in events if isinstance(event, Issued) and event.serial.startswith(PAGED)] == ["", ""]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 256])
def test_an_erasure_needs_a_reason_of_usual_length(centre: ExampleCentre, reason: str) -> None:
    with pytest.raises(IssuingError, match="expected 1 to 255 characters"):
        erase(centre.workplace(LATER), PAGED, reason)
    assert the_document(centre, PAGED)


def test_what_was_erased_can_neither_be_corrected_nor_printed(centre: ExampleCentre) -> None:
    erase(centre.workplace(LATER), PAGED, "the learner's wish")
    with pytest.raises(IssuingError, match="found one that was erased"):
        correct(centre.workplace(LATER), PAGED, Correction(name="Rashidah Bano"), "misspelt")
    with pytest.raises(IssuingError, match="found one that was erased"):
        duplicate(centre, PAGED)


def duplicate(centre: ExampleCentre, serial: str, **texts: str) -> Path:
    told = {"reason": "lost", "document_seen": "identity card", "collected_by": "herself"} | texts
    stationery = read_stationery(centre.catalogue)
    path = write_duplicate(centre.workplace(LATER), serial, **told, stationery=stationery)  # type: ignore[arg-type]
    return centre.folder.credentials / path


def test_a_duplicate_says_so_carries_the_same_code_and_is_recorded(centre: ExampleCentre) -> None:
    first = centre.folder.credentials / f"private/out/{RUN}/CSC-FT-HB-W-12-002.html"
    original, paper = first.read_text(encoding="utf-8"), duplicate(centre, UNPAGED).read_text(encoding="utf-8")
    words = "نقلِ ثانی"
    assert words in paper
    assert words not in original
    code = original[original.index("<path") : original.index("/>", original.index("<path"))]
    assert code in paper
    again = duplicate(centre, UNPAGED, collected_by="her brother")
    assert again.name == "CSC-FT-HB-W-12-002-duplicate-2.html"
    lines = [event for event in centre.workplace(LATER).ledger() if isinstance(event, Reprinted)]
    assert [(line.serial, line.collected_by) for line in lines] == [(UNPAGED, "herself"), (UNPAGED, "her brother")]
    assert centre.workplace(LATER).whole_ledger()


def test_of_a_withdrawn_certificate_no_duplicate_is_printed(centre: ExampleCentre) -> None:
    revoke(centre.workplace(LATER), UNPAGED, WithdrawalReason.WRONG_PERSON, "")
    with pytest.raises(IssuingError, match="found one withdrawn on"):
        duplicate(centre, UNPAGED)


def test_a_duplicate_needs_to_be_told_who_collected_it(centre: ExampleCentre) -> None:
    with pytest.raises(IssuingError, match="collected by: expected 1 to 255 characters, got 0"):
        duplicate(centre, UNPAGED, collected_by=" ")
