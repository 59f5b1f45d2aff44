"""The site moves: the new address is signed, centre.yml says it, and nothing signed before changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asnad.carriers.received import verify_digits
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.moving import move_site, with_address
from asnad.desk.transaction import JOURNAL
from asnad.errors import FileError, IssuingError, SigningError
from asnad.proofs.strict_json import parse_object
from asnad.verification.outcome import Outcome
from desk.small_centre import RUN, trust, unfounded_centre, verdict, with_register
from example_centre import CHEAP, NOW, PASSPHRASE, ROOT, ExampleCentre, found_example_centre, import_register

OLD = "https://chenab-skills.example/"
NEW = "https://new-name.example/skills/"
HOUR = 3600


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give a centre with a small run issued; nobody changes it."""
    centre = with_register(found_example_centre(tmp_path_factory.mktemp("before"), demonstration="false"))
    issue_run(centre.workplace(), RUN, lambda _done, _of: None)
    return centre


@pytest.fixture
def centre(before: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return before.copy(tmp_path)


def moved(centre: ExampleCentre, to: str = NEW, at: int = NOW + HOUR) -> ExampleCentre:
    move_site(centre.workplace(at), to)
    return replace(centre, catalogue=centre.folder.catalogue())


def test_new_address_is_signed_beside_the_old_one(centre: ExampleCentre) -> None:
    version = centre.workplace().record().keys.version
    after = moved(centre)
    record = after.workplace().record()
    assert record.keys.sites == (OLD, NEW)
    assert record.keys.version == version + 1
    assert record.list_address(1) == f"{OLD}status/1.json"
    assert after.catalogue.centre.moved_to == NEW
    assert after.catalogue.centre.address == NEW
    assert after.catalogue.centre.site == OLD
    assert after.catalogue.centre.verifier == f"{NEW}v/"


def test_what_was_signed_before_is_as_good_as_before(centre: ExampleCentre) -> None:
    files, digits = centre.credentials(), centre.digits()
    public = centre.folder.public_files()
    after = moved(centre)
    assert after.credentials() == files
    for name, data in files.items():
        assert verdict(after, data, NOW + 2 * HOUR).outcome is Outcome.VALID
        for text in digits[name]:
            assert verify_digits(text, trust(after), NOW + 2 * HOUR).outcome is Outcome.VALID
    kept = after.folder.public_files()
    unchanged = [path for path in public if path.startswith(("achievements/", "d/", ".well-known/"))]
    assert len(unchanged) >= 3
    assert {path: kept[path] for path in unchanged} == {path: public[path] for path in unchanged}


def test_what_is_signed_after_the_move_keeps_the_did_and_its_ids(centre: ExampleCentre) -> None:
    before = set(centre.credentials())
    after = moved(centre)
    run = "food-safety-small-business-mc-b03"
    register = (ROOT / "credentials" / "example-registers" / f"{run}.csv").read_bytes()
    import_register(after, run, f"{run}.csv", register, NOW + 2 * HOUR)
    issue_run(after.workplace(NOW + 2 * HOUR), run, lambda _done, _of: None)
    new = {name: data for name, data in after.credentials().items() if name not in before}
    assert new
    for data in new.values():
        document: Any = parse_object(data, limit=65_536)
        assert document["issuer"]["id"] == "did:web:chenab-skills.example"
        assert document["issuer"]["url"] == NEW
        assert document["credentialStatus"]["statusListCredential"] == f"{OLD}status/1.json"
        assert verdict(after, data, NOW + 3 * HOUR).outcome is Outcome.VALID


def test_moving_twice_keeps_every_address(centre: ExampleCentre) -> None:
    after = moved(moved(centre), "https://third.example/", NOW + 2 * HOUR)
    assert after.workplace().record().keys.sites == (OLD, NEW, "https://third.example/")
    assert after.catalogue.centre.moved_to == "https://third.example/"
    text = (after.folder.root / "catalogue" / "centre.yml").read_text(encoding="utf-8")
    assert text.count("moved_to:") == 1


def test_called_again_it_signs_nothing_anew(centre: ExampleCentre) -> None:
    after = moved(centre)
    public = after.folder.public_files()
    again = moved(after, at=NOW + 5 * HOUR)
    assert again.folder.public_files() == public


def test_interrupted_between_signature_and_centre_yml_it_goes_on(
    centre: ExampleCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise FileError("cannot be written: No space left on device")

    before = (centre.folder.root / "catalogue" / "centre.yml").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("asnad.desk.moving.write_file", full_disk)
        with pytest.raises(FileError, match="No space"):
            moved(centre)
    assert (centre.folder.root / "catalogue" / "centre.yml").read_bytes() == before
    assert not (centre.folder.credentials / JOURNAL).exists()
    assert moved(centre).catalogue.centre.moved_to == NEW


def test_comments_and_all_other_lines_of_centre_yml_stay(centre: ExampleCentre) -> None:
    path = centre.folder.root / "catalogue" / "centre.yml"
    before = path.read_text(encoding="utf-8")
    moved(centre)
    after = path.read_text(encoding="utf-8").splitlines()
    lines = before.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("verifier:"))
    assert after[at : at + 2] == [f"verifier: {NEW}v/", f"moved_to: {NEW}"]
    assert after[:at] + after[at + 2 :] == lines[:at] + lines[at + 1 :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("verifier: https://old.example/v/  # opens", f"verifier: {NEW}v/  # opens\nmoved_to: {NEW}"),
        ('verifier: "https://old.example/v/"', f"verifier: {NEW}v/\nmoved_to: {NEW}"),
        (
            "a: 1\r\nverifier: https://o.example/v/\r\nb: 2\r\n",
            f"a: 1\r\nverifier: {NEW}v/\r\nmoved_to: {NEW}\r\nb: 2\r\n",
        ),
        ("moved_to: https://o.example/ # x\nverifier: 'y'", f"moved_to: {NEW} # x\nverifier: {NEW}v/"),
        ("x:\n  verifier: https://o.example/v/", "x:\n  verifier: https://o.example/v/"),
    ],
    ids=["comment", "quotes", "line ends of Windows", "moved before", "none at the beginning of a line"],
)
def test_lines_are_put_in(before: str, after: str) -> None:
    assert with_address(before, NEW) == after


def test_a_file_in_which_the_line_cannot_be_found_is_left_alone(centre: ExampleCentre) -> None:
    path = centre.folder.root / "catalogue" / "centre.yml"
    text = path.read_text(encoding="utf-8").replace("verifier: http", "verifier:\n  http")
    path.write_text(text, encoding="utf-8")
    public = centre.folder.public_files()
    with pytest.raises(FileError, match="one line that begins with verifier:") as error:
        moved(replace(centre, catalogue=centre.folder.catalogue()))
    assert f"moved_to: {NEW}" in str(error.value.hint)
    assert path.read_text(encoding="utf-8") == text
    assert centre.folder.public_files() == public


@pytest.mark.parametrize(
    "address",
    ["http://new.example/", "new.example", "https://new.example", "https://new.example/?x/", "https://a b/", OLD],
)
def test_an_address_that_cannot_be_the_new_one_is_refused(centre: ExampleCentre, address: str) -> None:
    public = centre.folder.public_files()
    with pytest.raises(IssuingError) as error:
        moved(centre, address)
    assert error.value.hint
    assert centre.folder.public_files() == public


def test_without_the_root_key_nothing_is_changed(centre: ExampleCentre) -> None:
    centre.store.path_of(centre.workplace().record().keys.root_id).unlink()
    files = {path: path.read_bytes() for path in centre.folder.root.rglob("*") if path.is_file()}
    with pytest.raises((SigningError, FileError)):
        moved(centre)
    after = {path: path.read_bytes() for path in centre.folder.root.rglob("*") if path.is_file()}
    assert {path: data for path, data in after.items() if path.name != "lock"} == {
        path: data for path, data in files.items() if path.name != "lock"
    }


def test_a_centre_that_is_founded_after_a_move_signs_both_addresses(tmp_path: Path) -> None:
    centre = unfounded_centre(tmp_path)
    moved_centre = replace(centre.catalogue.centre, moved_to=NEW)
    made = found_issuer(centre.folder, moved_centre, centre.store, PASSPHRASE, NOW, centre.contexts, CHEAP)
    assert made.sites == (OLD, NEW)
