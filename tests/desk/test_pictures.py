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
from asnad.desk.known_learners import known_learners, looks_like_register
from asnad.desk.papers import write_papers
from asnad.desk.withdrawing import WithdrawalReason, look_up, revoke
from asnad.errors import FileError
from asnad.files import read_tree
from asnad.gate.inspection import Submission, inspect
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts, read_stationery
from asnad.site.publication import publication_files
from asnad.verification.outcome import Outcome
from example_centre import NOW, ExampleCentre

FIRST, SECOND, THIRD = (f"CSC-FT-HB-W/12/00{number}" for number in (1, 2, 3))
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


def site_of(centre: ExampleCentre) -> dict[str, bytes]:
    files = read_issuer_files(centre.folder, centre.catalogue.centre.did)
    assert files is not None
    return publication_files(centre.catalogue, files, read_publication_parts(centre.catalogue), LATER)


def test_the_site_has_the_same_pictures_of_learners_who_agreed_and_of_nobody_else(drawn: ExampleCentre) -> None:
    site = site_of(drawn)
    pictures = {path: data for path, data in site.items() if path.startswith("c/") and path.endswith((".svg", ".png"))}
    agreed = [look_up(drawn.workplace(LATER), serial).issued.id.removeprefix("urn:uuid:") for serial in (FIRST, THIRD)]
    assert set(pictures) == {f"c/{name[:2]}/{name}.{kind}" for name in agreed for kind in KINDS}
    for name, serial in zip(agreed, (FIRST, THIRD), strict=True):
        for kind in KINDS:
            path = f"c/{name[:2]}/{name}.{kind}"
            assert pictures[path] == path_of(drawn, serial, kind).read_bytes()
            assert f'href="{name}.{kind}" download' in site[f"c/{name[:2]}/{name}.html"].decode()


def test_the_gate_lets_pictures_through(drawn: ExampleCentre) -> None:
    site = {path: data for path, data in site_of(drawn).items() if path.startswith("c/")}
    registers = read_tree(drawn.folder.root, "credentials/private/registers", 1 << 20)
    learners = tuple(known_learners(registers, drawn.workplace(LATER).whole_ledger()))
    assert {learner.agreed for learner in learners} == {True, False}
    submission = Submission(
        catalogue=drawn.catalogue,
        site=site,
        learners=learners,
        looks_like_register=looks_like_register,
    )
    assert [f"{found.place}: {found.sentence}" for found in inspect(submission)] == []


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
