"""The life of keys on the command line: rotate, retire, compromise, another root key."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from command_line import RUN, TYPED, assert_told, at_desk, call, issued_small_centre

from asnad.carriers.received import verify_digits
from asnad.issuers.keys_file import KeyState
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust, Trust
from example_centre import ExampleCentre

DAY = 86_400
FIRST, SECOND = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"


@pytest.fixture(scope="module")
def older_centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    """Give a centre that has issued three days ago; nobody changes it."""
    return issued_small_centre(tmp_path_factory.mktemp("older"), int(time.time()) - 3 * DAY)


@pytest.fixture
def centre(older_centre: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return older_centre.copy(tmp_path / "own")


def named(centre: ExampleCentre, stem: str) -> str:
    """Give the name of the key that the centre was founded with, which has the year in it."""
    names = (key.id.partition("#")[2] for key in centre.store.key_files())
    return next(name for name in names if name.startswith(f"{stem}-2"))


def states(centre: ExampleCentre) -> dict[str, KeyState]:
    return {key.fragment(): key.state for key in centre.workplace().record().keys.keys}


def links(centre: ExampleCentre) -> list[str]:
    path = centre.folder.credentials / "private" / "out" / RUN / "links.csv"
    return [row["link"] for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))]


def outcomes(centre: ExampleCentre, addresses: list[str]) -> set[Outcome]:
    did, files = centre.store.did, centre.folder.public_files()
    issuer = IssuerTrust(did=did, root_keys=centre.folder.root_keys(did), files=files)
    trust = Trust((issuer,), tuple(data for path, data in files.items() if path.startswith("d/")))
    return {verify_digits(address.partition("#")[2], trust, int(time.time())).outcome for address in addresses}


def test_keys_are_rotated_and_the_list_shows_it(centre: ExampleCentre) -> None:
    key = named(centre, "key")
    rotated = at_desk(centre, "keys", "rotate")
    assert rotated.code == 0, rotated.err
    assert "signs from now until" in rotated.out
    assert f"{key} is retired: it signs no more, and what it signed stays good." in rotated.out
    assert "asnad build" in rotated.out
    assert "retired" in at_desk(centre, "keys", "list", typed="").out
    assert states(centre)[key] is KeyState.RETIRED
    assert_told(at_desk(centre, "keys", "retire", key), 1, "found one that is retired")
    help_text = " ".join(call("keys", "new", "--help", cwd=centre.folder.root).out.split())
    assert "For the yearly change take `asnad keys rotate`" in help_text


def test_a_root_key_is_changed_and_whoever_pinned_the_old_one_is_named(centre: ExampleCentre) -> None:
    root, following = named(centre, "root"), named(centre, "root-next")
    assert_told(at_desk(centre, "keys", "rotate", "--old-root-lost"), 2, "--role root", hint=False)
    changed = at_desk(centre, "keys", "rotate", "--role", "root")
    assert changed.code == 0, changed.err
    assert f"{following} is the root key now" in changed.out
    assert f"{root} signs keys.json too" in changed.out
    assert "no longer signed" not in changed.out
    assert "former" in at_desk(centre, "keys", "list", typed="").out
    lost = at_desk(centre, "keys", "rotate", "--role", "root", "--old-root-lost")
    assert lost.code == 0, lost.err
    assert f"keys.json is no longer signed by {following} and {root}. What breaks" in lost.out
    assert "shows as cannot-check" in lost.out


def test_a_stolen_key_is_withdrawn_and_the_registrar_is_told_what_to_do(centre: ExampleCentre) -> None:
    key = named(centre, "key")
    written = at_desk(centre, "issue", RUN, "--papers-only", typed="")
    assert written.code == 0, written.err
    before = links(centre)

    declined = at_desk(centre, "keys", "compromise", key, typed="n\n")
    assert declined.code == 130
    assert "can never be undone" in declined.err
    assert states(centre)[key] is KeyState.ACTIVE

    doubted = at_desk(centre, "keys", "compromise", key, "--since", "2020-01-01", "--yes")
    assert doubted.code == 0, doubted.err
    assert f"  {FIRST}  Rashida Bano" in doubted.out
    assert f"  {SECOND}  Iqra Batool Sial" in doubted.out
    assert "Good as before: 0 certificates that it had really issued." in doubted.out
    assert outcomes(centre, before) == {Outcome.KEY_WITHDRAWN}

    command = next(line.partition("asnad ")[2] for line in doubted.out.splitlines() if "--since" in line)
    done = at_desk(centre, *command.split())
    assert done.code == 0, done.err
    assert "2 signed again now, 2 in all" in done.out
    assert "Tell 2 learners" in done.out
    assert f"  asnad issue {RUN} --papers-only" in done.out
    assert "2/2" in done.err
    assert TYPED.strip() not in done.out + done.err

    written = at_desk(centre, "issue", RUN, "--papers-only", typed="")
    assert written.code == 0, written.err
    assert not set(before) & set(links(centre))
    assert outcomes(centre, [*before, *links(centre)]) == {Outcome.DEMONSTRATION}
    again = at_desk(centre, "keys", "compromise", key, "--since", "2020-01-01")
    assert_told(again, 1, FIRST, "asnad revoke SERIAL")


def test_a_stolen_status_key_has_a_successor_at_once(centre: ExampleCentre) -> None:
    key = named(centre, "status")
    done = at_desk(centre, "keys", "compromise", key, typed=f"y\n{TYPED}")
    assert done.code == 0, done.err
    assert "signs in its place until" in done.out
    assert "Nobody could issue with the withdrawn one." in done.out
    assert states(centre)[key] is KeyState.COMPROMISED


def test_root_keys_on_a_stick_are_used_and_made_there(centre: ExampleCentre, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for path in centre.store.folder.glob("root-*"):
        path.rename(stick / path.name)
    refused = at_desk(centre, "keys", "rotate")
    assert_told(refused, 1, "root-", "expected a key file, found none")
    assert (
        "hint: does it lie on another machine? Copy it here. On a USB stick? Name the stick: --root-keys" in refused.err
    )
    rotated = at_desk(centre, "keys", "rotate", "--root-keys", str(stick))
    assert rotated.code == 0, rotated.err
    changed = at_desk(centre, "keys", "rotate", "--role", "root", "--root-keys", str(stick))
    assert changed.code == 0, changed.err
    assert f"root keys: {stick}" in changed.out
    assert [path.name for path in centre.store.folder.glob("root-*")] == []
    assert len(list(stick.glob("root-*.key.json"))) == 3
    assert at_desk(centre, "issue", RUN, "--papers-only", typed="").code == 0
    assert outcomes(centre, links(centre)) == {Outcome.DEMONSTRATION}
