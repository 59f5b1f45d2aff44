"""Whom the gate must look for: every learner of the registers, but those whose page is there by their own wish."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_centre import RUN, unfounded_centre, with_register

from asnad.desk.erasing import withdraw_page
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.known_learners import known_learners, looks_like_register
from asnad.desk.papers import LINKS_HEADING
from asnad.errors import FileError
from asnad.files import read_tree
from example_centre import CHEAP, NOW, PASSPHRASE, ROOT, ExampleCentre


def agreed(centre: ExampleCentre) -> dict[str, bool]:
    registers = read_tree(centre.folder.root, "credentials/private/registers", 1 << 20)
    learners = tuple(known_learners(registers, centre.workplace().whole_ledger()))
    assert {learner.run for learner in learners} == {RUN}
    assert all(learner.identity_number for learner in learners)
    return {learner.names[0]: learner.agreed for learner in learners}


def test_everybody_is_known_and_consent_ends_with_the_page(tmp_path: Path) -> None:
    centre = with_register(unfounded_centre(tmp_path))
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, NOW, centre.contexts, CHEAP)
    consenting = {"Rashida Bano", "Humera Saleem Naul"}
    everyone = agreed(centre)
    assert len(everyone) == 6
    assert {name for name, yes in everyone.items() if yes} == consenting
    issue_run(centre.workplace(), RUN, lambda _done, _of: None)
    assert agreed(centre) == everyone
    withdraw_page(centre.workplace(NOW + 60), "CSC-FT-HB-W/12/001", "her wish")
    assert {name for name, yes in agreed(centre).items() if yes} == consenting - {"Rashida Bano"}


def test_a_damaged_register_stops_the_gate() -> None:
    with pytest.raises(FileError, match="expected a register, got a damaged one"):
        list(known_learners({"run-b01.json": b"{"}, ()))


def test_registers_are_told_by_their_headings() -> None:
    registers = sorted((ROOT / "credentials" / "example-registers").glob("*.[cx]*"))
    assert len(registers) == 3
    for path in registers:
        assert looks_like_register(path.name, path.read_bytes()) is True
    assert looks_like_register("links.csv", ",".join(LINKS_HEADING).encode()) is True
    assert looks_like_register("x.csv", "نام,ولدیت,شناختی کارڈ\n".encode()) is True


@pytest.mark.parametrize("text", ["", "course,fee,hours\nbaking,2000,40\n", "name\nbaking\n", "name,title\nx,y\n"])
def test_other_tables_are_none(text: str) -> None:
    assert looks_like_register("prices.csv", text.encode()) is False


@pytest.mark.parametrize(("file", "data"), [("b12.ods", b""), ("b12.xls", b""), ("b12.xlsx", b"PK\x03\x04 damaged")])
def test_what_cannot_be_read_is_unknown(file: str, data: bytes) -> None:
    assert looks_like_register(file, data) is None
