"""The desk draws a picture for every learner with a certificate in force, and again only where it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_centre import ELIGIBLE, RUN, copy_of, issued_centre, silent, the_run, trust, verdict

from asnad.carriers.code_reading import read_codes
from asnad.carriers.received_file import verify_file
from asnad.credentials.baking import bake_png, unbake
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase
from asnad.desk.papers import write_papers
from asnad.desk.withdrawing import WithdrawalReason, look_up, revoke
from asnad.errors import FileError
from asnad.site.issuer_reading import read_stationery
from asnad.verification.outcome import Outcome
from example_centre import NOW, ExampleCentre

FIRST, SECOND = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"
LATER = NOW + 86_400
KINDS = ("png", "svg")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = issued_centre(tmp_path_factory.mktemp("drawn"))
    write(centre)
    return centre


@pytest.fixture
def centre(drawn: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(drawn, tmp_path)


def write(centre: ExampleCentre, *, draw_all: bool = False) -> None:
    work = centre.workplace(LATER)
    write_papers(work, the_run(centre), read_stationery(centre.catalogue), silent, draw_all=draw_all)


def path_of(centre: ExampleCentre, serial: str, kind: str) -> Path:
    return centre.folder.credentials / f"private/out/{RUN}" / f"{serial.replace('/', '-')}.{kind}"


def document_of(centre: ExampleCentre, serial: str) -> bytes:
    name = look_up(centre.workplace(LATER), serial).issued.id.removeprefix("urn:uuid:")
    return centre.credentials()[name]


def serials(centre: ExampleCentre, kind: str) -> list[str]:
    return sorted(path.stem for path in (centre.folder.credentials / f"private/out/{RUN}").glob(f"*.{kind}"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_learner_has_a_picture_beside_the_paper_with_the_certificate_inside(
    drawn: ExampleCentre, kind: str
) -> None:
    assert serials(drawn, kind) == [f"CSC-FT-HB-W-12-{number:03d}" for number in range(1, len(ELIGIBLE) + 1)]
    for number in range(1, len(ELIGIBLE) + 1):
        serial = f"CSC-FT-HB-W/12/{number:03d}"
        inside = unbake(path_of(drawn, serial, kind).read_bytes())
        assert inside == document_of(drawn, serial)
        assert verdict(drawn, inside).outcome is Outcome.DEMONSTRATION


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_judged_by_what_lies_inside_of_it(drawn: ExampleCentre, kind: str) -> None:
    report = verify_file(path_of(drawn, FIRST, kind).read_bytes(), trust(drawn), LATER, drawn.contexts)
    assert report is not None
    assert report.outcome is Outcome.DEMONSTRATION
    assert report.credential is not None
    assert report.credential["id"] == look_up(drawn.workplace(LATER), FIRST).issued.id


def test_a_picture_without_its_inside_is_judged_by_its_code(drawn: ExampleCentre) -> None:
    stripped = without_inside(path_of(drawn, FIRST, "png").read_bytes())
    assert len(read_codes(stripped)) == 1
    report = verify_file(stripped, trust(drawn), LATER, drawn.contexts)
    assert report is not None
    assert report.outcome is Outcome.DEMONSTRATION


def test_a_picture_that_shows_the_code_of_another_than_it_holds_is_not_judged(drawn: ExampleCentre) -> None:
    shown = without_inside(path_of(drawn, SECOND, "png").read_bytes())
    with pytest.raises(FileError, match="expected the code of the certificate inside the picture, got that of another"):
        verify_file(bake_png(shown, document_of(drawn, FIRST)), trust(drawn), LATER, drawn.contexts)


def without_inside(png: bytes) -> bytes:
    start = png.index(b"iTXt") - 4
    return png[:start] + png[start + 12 + int.from_bytes(png[start : start + 4]) :]


def test_pictures_that_are_there_are_not_drawn_again_unless_asked_for(centre: ExampleCentre) -> None:
    paths = [path_of(centre, FIRST, kind) for kind in KINDS]
    before = [path.stat().st_mtime_ns for path in paths]
    contents = [path.read_bytes() for path in paths]
    write(centre)
    assert [path.stat().st_mtime_ns for path in paths] == before
    write(centre, draw_all=True)
    assert all(path.stat().st_mtime_ns > time for path, time in zip(paths, before, strict=True))
    assert [path.read_bytes() for path in paths] == contents


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", [b"", b"\x89PNG\r\n\x1a\n", b"<svg>"])
def test_a_picture_that_is_damaged_or_gone_is_drawn_again(centre: ExampleCentre, kind: str, damage: bytes) -> None:
    path = path_of(centre, FIRST, kind)
    whole = path.read_bytes()
    if damage:
        path.write_bytes(damage)
    else:
        path.unlink()
    write(centre)
    assert path.read_bytes() == whole


def test_what_was_withdrawn_loses_its_picture(centre: ExampleCentre) -> None:
    revoke(centre.workplace(LATER), FIRST, WithdrawalReason.LEARNERS_WISH, "")
    write(centre)
    assert not any(path_of(centre, FIRST, kind).exists() for kind in KINDS)
    assert all(path_of(centre, SECOND, kind).exists() for kind in KINDS)


def test_a_corrected_certificate_has_its_own_picture_and_the_former_one_goes(centre: ExampleCentre) -> None:
    correct(centre.workplace(LATER), FIRST, Correction(name="Rashidah Bano"), "misspelt by us")
    write(centre)
    assert not any(path_of(centre, FIRST, kind).exists() for kind in KINDS)
    assert "Rashidah Bano" in path_of(centre, f"{FIRST}-2", "svg").read_text(encoding="utf-8")


def test_erasing_a_learner_takes_the_pictures_away_at_once(centre: ExampleCentre) -> None:
    erase(centre.workplace(LATER), FIRST, "the learner's wish")
    assert not any(path_of(centre, FIRST, kind).exists() for kind in KINDS)
