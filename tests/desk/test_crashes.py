"""Killed, out of power or out of room at any change of the disk, the desk loses nothing and does nothing twice."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from faulty_disk import Ended, Fault, Moment, cut_power, run_with_fault
from filelock import FileLock
from small_centre import (
    ELIGIBLE,
    RUN,
    assert_whole,
    copy_of,
    leftovers,
    manifest_version,
    the_run,
    trust,
    unfounded_centre,
    verdict,
    with_register,
)

from asnad.carriers.received import verify_digits
from asnad.centre_folder import CentreFolder
from asnad.desk import issue_run as issue_run_module
from asnad.desk import resigning, transaction
from asnad.desk.compromise import compromise
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import Issued, Resigned, paged
from asnad.desk.merging import merge
from asnad.desk.registers import issued_in, kept_rows
from asnad.desk.root_rotation import rotate_root
from asnad.desk.rotation import rotate
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.errors import AsnadError, IssuingError, SigningError
from asnad.issuers.keys_file import KeyState, Role
from asnad.issuers.keys_signing import signing_roots
from asnad.signing.signer import KeyFileSigner
from asnad.verification.outcome import Outcome
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the faulty disk needs a forked child")

KILL_POINTS = 60
"""Of each command, evenly spread; all of them where there are fewer."""
LATER = NOW + 3600
FOUNDED_AT = NOW - 86_400


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the desk, from the centre in which it begins to what must be true at its end."""

    name: str
    run: Callable[[ExampleCentre, int], object]
    check: Callable[[ExampleCentre, str | None], None]
    """Told what the second call said, where it refused to do it again."""
    prepare: Callable[[ExampleCentre], object] = lambda _centre: None
    """Done before the command and never broken."""


@pytest.fixture(autouse=True)
def small_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issue_run_module, "BATCH", 2)
    monkeypatch.setattr(resigning, "BATCH", 2)


@pytest.fixture(scope="module")
def centres(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExampleCentre]:
    """Give the centre in which each command begins."""
    empty = unfounded_centre(tmp_path_factory.mktemp("empty"))
    founded = copy_of(empty, tmp_path_factory.mktemp("founded") / "copy")
    _found(founded, FOUNDED_AT)
    with_register(founded)
    issued = copy_of(founded, tmp_path_factory.mktemp("issued") / "copy")
    issue_run(issued.workplace(NOW), RUN, _silent)
    return {
        "found": empty,
        "issue": founded,
        "revoke": issued,
        "refresh": issued,
        "correct": issued,
        "erase": issued,
        "merge": issued,
        "rotate": issued,
        "change root": issued,
        "compromise": issued,
    }


def _silent(_done: int, _of: int) -> None:
    pass


def _found(centre: ExampleCentre, at: int) -> None:
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, PASSPHRASE, at, centre.contexts, CHEAP)


def _issue(centre: ExampleCentre, at: int) -> None:
    issue_run(centre.workplace(at, seed=at), RUN, _silent)


def _revoke(centre: ExampleCentre, at: int) -> None:
    revoke(centre.workplace(at), "CSC-FT-HB-W/12/002", WithdrawalReason.WRONG_PERSON, "of the other batch")


def _refresh(centre: ExampleCentre, at: int) -> None:
    refresh(centre.workplace(at))


def _rotate(centre: ExampleCentre, at: int) -> None:
    rotate(centre.workplace(at), Role.STATUS, CHEAP)


def _change_root(centre: ExampleCentre, at: int) -> None:
    rotate_root(centre.workplace(at), cost=CHEAP)


def _compromise(centre: ExampleCentre, at: int) -> None:
    compromise(centre.workplace(at), "key-2026a", None, _silent, CHEAP)


def _correct(centre: ExampleCentre, at: int) -> None:
    correct(centre.workplace(at), "CSC-FT-HB-W/12/001", Correction(name="Rashidah Bano"), "misspelt by us")


def _erase(centre: ExampleCentre, at: int) -> None:
    erase(centre.workplace(at), "CSC-FT-HB-W/12/001", "the learner's wish")


def _other_machine(centre: ExampleCentre) -> None:
    other = copy_of(centre, centre.folder.root.parent / "elsewhere")
    _revoke(other, NOW + 30)
    other.folder.root.rename(centre.folder.root.parent / "other")


def _merge(centre: ExampleCentre, at: int) -> None:
    merge(centre.workplace(at), CentreFolder(centre.folder.root.parent / "other"))


def _check_found(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None or "expected a centre without keys" in refused
    record = centre.workplace(LATER).record()
    assert centre.folder.root_keys(record.keys.issuer) == (record.keys.root_key,)
    opened = {key.id: KeyFileSigner.unlock(key, PASSPHRASE) for key in centre.store.key_files()}
    assert {name.partition("#")[2] for name in opened} == {"root-2026a", "root-next-2026a", "key-2026a", "status-2026a"}
    assert {key.id: key.public_key for key in record.keys.keys}.items() <= {
        name: signer.public_key for name, signer in opened.items()
    }.items()
    with_register(centre)
    _issue(centre, LATER)
    assert_whole(centre, ELIGIBLE, at=LATER)


def _check_issue(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    assert_whole(centre, ELIGIBLE, at=LATER)


def _check_revoke(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None or "withdrawn" in refused
    assert_whole(centre, ELIGIBLE, at=LATER)
    revoked = [data for data in centre.credentials().values() if verdict(centre, data).outcome is Outcome.REVOKED]
    assert len(revoked) == 1
    assert b"CSC-FT-HB-W/12/002" in revoked[0]


def _check_refresh(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    assert_whole(centre, ELIGIBLE, at=LATER)


def _check_correct(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None or "found one replaced on" in refused
    documents = centre.credentials()
    assert len(documents) == len(ELIGIBLE) + 1
    outcomes = [verdict(centre, data, LATER).outcome for data in documents.values()]
    assert outcomes.count(Outcome.REPLACED) == 1
    assert outcomes.count(Outcome.DEMONSTRATION) == len(ELIGIBLE)
    events = centre.workplace(LATER).whole_ledger()
    assert [event.type for event in centre.folder.public_ledger()].count("replaced") == 1
    published = {path.stem for path in (centre.folder.credentials / "published").glob("*.json")}
    assert published == {id_.removeprefix("urn:uuid:") for id_ in paged(events)}
    rows = kept_rows(centre.workplace(LATER), the_run(centre))
    assert sum(row.name == "Rashidah Bano" for row in rows) == 1
    assert leftovers(centre) == []


def _check_erase(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    assert len(centre.credentials()) == len(ELIGIBLE) - 1
    centre.workplace(LATER).whole_ledger()
    everything = [path.read_bytes() for path in centre.folder.root.rglob("*") if path.is_file()]
    assert not any(b"Rashida Bano" in data for data in everything)
    assert leftovers(centre) == []


def _check_merge(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    outcomes = [verdict(centre, data, LATER).outcome for data in centre.credentials().values()]
    assert outcomes.count(Outcome.REVOKED) == 1
    assert len(outcomes) == len(ELIGIBLE)
    centre.workplace(LATER).whole_ledger()
    assert leftovers(centre) == []


def _check_rotate(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    assert_whole(centre, ELIGIBLE, at=LATER)
    states = {key.fragment(): key.state for key in centre.workplace(LATER).record().keys.keys}
    assert states["status-2026a"] is KeyState.RETIRED
    assert list(states.values()).count(KeyState.ACTIVE) == 2


def _check_change_root(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None or "root-2026a signs too" in refused
    assert_whole(centre, ELIGIBLE, at=LATER)
    roots = [centre.store.read(f"{centre.store.did}#{name}") for name in ("root-next-2026a", "root-2026a")]
    record = centre.workplace(LATER).record()
    assert signing_roots(record.keys_json) == tuple(root.id for root in roots)
    assert centre.folder.root_keys(centre.store.did) == tuple(root.public_key for root in roots)
    digests = [sha256(key.public_key).digest() for key in centre.store.key_files()]
    assert record.keys.next_root_digest in digests


def _check_compromise(centre: ExampleCentre, refused: str | None) -> None:
    assert refused is None
    record, events = centre.workplace(LATER).record(), centre.workplace(LATER).whole_ledger()
    issued = [event for event in events if isinstance(event, Issued)]
    again = [event for event in events if isinstance(event, Resigned)]
    assert sorted(event.id for event in again) == sorted(event.id for event in issued)
    documents, digits = centre.credentials(), centre.digits()
    assert sorted(documents) == sorted(digits) == sorted(event.id.removeprefix("urn:uuid:") for event in issued)
    for event in again:
        name = event.id.removeprefix("urn:uuid:")
        assert event.key.encode() in documents[name]
        assert verdict(centre, documents[name], LATER).outcome is Outcome.DEMONSTRATION
        assert verify_digits(digits[name][1], trust(centre), LATER).outcome is Outcome.DEMONSTRATION
    there = centre.folder.credentials / "published"
    pages = {path.stem: path.read_bytes() for path in there.glob("*.json")}
    assert pages == {name: documents[name] for name in {id_.removeprefix("urn:uuid:") for id_ in paged(events)}}
    assert len(record.frozen["asnad/frozen/key-2026a.bin"]) == 32 * len(issued)
    assert b"#key-2026a" not in record.did_json
    assert leftovers(centre) == []


COMMANDS = (
    Command("found", _found, _check_found),
    Command("issue", _issue, _check_issue),
    Command("revoke", _revoke, _check_revoke),
    Command("refresh", _refresh, _check_refresh),
    Command("correct", _correct, _check_correct),
    Command("erase", _erase, _check_erase),
    Command("merge", _merge, _check_merge, _other_machine),
    Command("rotate", _rotate, _check_rotate),
    Command("change root", _change_root, _check_change_root),
    Command("compromise", _compromise, _check_compromise),
)


@pytest.fixture(params=COMMANDS, ids=[command.name.replace(" ", "-") for command in COMMANDS])
def command(request: pytest.FixtureRequest) -> Command:
    found: Command = request.param
    return found


@dataclass(slots=True)
class Bench:
    """Where one command is broken again and again, each time in a fresh copy."""

    centre: ExampleCentre
    command: Command
    folder: Path

    def copies(self, faults: list[Fault]) -> Iterator[tuple[Fault, ExampleCentre, Ended]]:
        for fault in faults:
            place = self.folder / "copy"
            shutil.rmtree(place, ignore_errors=True)
            copy = copy_of(self.centre, place)
            yield fault, copy, self.broken(copy, fault)

    def broken(self, copy: ExampleCentre, fault: Fault | None) -> Ended:
        self.command.prepare(copy)
        folders = (copy.folder.root, copy.keys)
        return run_with_fault(lambda: self.command.run(copy, NOW + 60), folders, fault, self.folder / "notes")

    def changes(self) -> int:
        """Count the changes of a run without a fault."""
        copy = copy_of(self.centre, self.folder / "counted")
        ended = self.broken(copy, None)
        assert (ended.killed, ended.message, ended.trace) == (False, None, None)
        assert len(ended.names) > 20
        return len(ended.names)

    def again(self, copy: ExampleCentre) -> str | None:
        try:
            self.command.run(copy, NOW + 120)
        except (IssuingError, SigningError) as error:
            return error.diagnostics()
        return None


@pytest.fixture
def bench(centres: dict[str, ExampleCentre], command: Command, tmp_path: Path) -> Bench:
    return Bench(centres[command.name], command, tmp_path)


def _looked_at(copy: ExampleCentre) -> set[Outcome]:
    """Read what a broken command left, as build, verify and `keys list` may before it is called again."""
    with contextlib.suppress(AsnadError):
        copy.workplace(LATER).record()
    if not (copy.folder.root / "keys" / "own.json").exists():
        return set()
    return {verdict(copy, data).outcome for data in copy.credentials().values()}


def _spread(changes: int, moments: tuple[Moment, ...], most: int) -> list[Fault]:
    """Take faults evenly from all that there are, so that each kind of change and each transaction has some."""
    every = [Fault(number, moment) for number in range(1, changes + 1) for moment in moments]
    if len(every) <= most:
        return every
    chosen = random.Random(20261122)
    step = len(every) / most
    return [every[int(place * step + chosen.random() * step)] for place in range(most)]


def test_killed_at_any_change_and_called_again_it_ends_as_if_nothing_had_happened(bench: Bench) -> None:
    faults = _spread(bench.changes(), (Moment.BEFORE, Moment.HALF, Moment.AFTER), KILL_POINTS)
    base = manifest_version(bench.centre) if bench.command.name != "found" else 0
    for fault, copy, ended in bench.copies(faults):
        assert ended.killed, (fault, ended)
        between = manifest_version(copy) if (copy.folder.credentials / "public/asnad/manifest.json").exists() else 0
        assert _looked_at(copy) <= {
            Outcome.DEMONSTRATION,
            Outcome.VALID_STATUS_UNKNOWN,
            Outcome.REVOKED,
            Outcome.REPLACED,
        }
        bench.command.check(copy, bench.again(copy))
        assert base <= between <= manifest_version(copy), fault
        assert manifest_version(copy) > base or bench.command.name == "erase", fault


@pytest.mark.parametrize("names_too", [False, True], ids=["content", "content-and-names"])
def test_what_had_not_reached_the_disk_when_the_power_went_is_not_missed(bench: Bench, names_too: bool) -> None:
    for fault, copy, ended in bench.copies(_spread(bench.changes(), (Moment.BEFORE, Moment.AFTER), KILL_POINTS // 2)):
        assert ended.killed, (fault, ended)
        cut_power(ended, names_too=names_too)
        bench.command.check(copy, bench.again(copy))


def test_a_full_disk_is_told_and_after_room_was_made_the_command_ends_as_usual(bench: Bench) -> None:
    for fault, copy, ended in bench.copies(_spread(bench.changes(), (Moment.REFUSED,), KILL_POINTS // 3)):
        assert not ended.killed
        assert ended.trace is None, (fault, ended.trace)
        assert ended.message is None or os.strerror(errno.ENOSPC) in ended.message, fault
        if ended.message is None:
            assert ended.names[fault.number - 1].startswith(("unlink", "fsync")), ended.names[fault.number - 1]
        bench.command.check(copy, bench.again(copy))


def test_a_folder_that_may_only_be_read_is_told_and_left_as_it_was(bench: Bench) -> None:
    fault = Fault(1, Moment.REFUSED, errno.EROFS)
    ((_, copy, ended),) = bench.copies([fault])
    assert ended.trace is None
    assert ended.message is not None
    assert os.strerror(errno.EROFS) in ended.message
    assert leftovers(copy) == []
    bench.command.check(copy, bench.again(copy))


def test_everything_that_a_finished_issue_wrote_had_reached_the_disk(
    centres: dict[str, ExampleCentre], tmp_path: Path
) -> None:
    copy = copy_of(centres["issue"], tmp_path / "copy")
    folders = (copy.folder.root, copy.keys)
    ended = run_with_fault(lambda: _issue(copy, NOW), folders, None, tmp_path / "notes")
    cut_power(ended, names_too=True)
    assert_whole(copy, ELIGIBLE, at=LATER)


def test_a_clock_that_was_set_back_makes_no_certificate_doubtful(
    centres: dict[str, ExampleCentre], tmp_path: Path
) -> None:
    copy = copy_of(centres["revoke"], tmp_path / "copy")
    with contextlib.suppress(AsnadError):
        refresh(copy.workplace(NOW - 7200))
    outcomes = {verdict(copy, data).outcome for data in copy.credentials().values()}
    assert outcomes == {Outcome.DEMONSTRATION}


def test_a_ceremony_that_broke_off_goes_on_only_with_its_own_passphrase(
    centres: dict[str, ExampleCentre], tmp_path: Path
) -> None:
    copy = copy_of(centres["found"], tmp_path / "copy")
    _found(copy, FOUNDED_AT)
    shutil.rmtree(copy.folder.credentials)
    for name in ("key-2026a", "status-2026a"):
        copy.store.path_of(f"{copy.store.did}#{name}").unlink()
    centre, contexts = copy.catalogue.centre, copy.contexts
    with pytest.raises(SigningError, match="passphrase"):
        found_issuer(copy.folder, centre, copy.store, b"another passphrase", FOUNDED_AT, contexts, CHEAP)
    _found(copy, FOUNDED_AT)
    _check_found(copy, None)


def test_two_desks_that_issue_at_once_issue_each_certificate_once(
    centres: dict[str, ExampleCentre], tmp_path: Path
) -> None:
    copy = copy_of(centres["issue"], tmp_path / "copy")
    children = []
    for number in range(3):
        child = os.fork()
        if child == 0:
            code = 1
            with contextlib.suppress(BaseException):
                _issue(copy, NOW + number)
                code = 0
            os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert_whole(copy, ELIGIBLE, at=LATER)


def test_a_desk_that_waited_in_vain_says_that_another_is_at_work(
    centres: dict[str, ExampleCentre], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(centres["issue"], tmp_path / "copy")
    monkeypatch.setattr(transaction, "FileLock", lambda path, timeout: FileLock(path, timeout=min(timeout, 0.2)))
    before = copy.folder.public_files()
    with FileLock(copy.folder.credentials / transaction.LOCK), pytest.raises(IssuingError) as caught:
        _issue(copy, NOW)
    assert "another command of Asnad is at work" in caught.value.diagnostics()
    assert "hint: wait" in caught.value.diagnostics()
    assert copy.folder.public_files() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"files":[{"path":"a","data":"AA==","sha256":"00"}]}',
        b'{"files":[{"path":"../../escaped","data":"","sha256":"%s"}]}' % sha256(b"").hexdigest().encode(),
        b'{"files":[{"path":3,"data":"","sha256":""}]}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut-off", "list", "null", "other-hash", "path-outside", "path-number", "deep"],
)
def test_a_damaged_journal_is_told_and_changes_nothing(
    centres: dict[str, ExampleCentre], tmp_path: Path, damage: bytes
) -> None:
    copy = copy_of(centres["issue"], tmp_path / "copy")
    journal = copy.folder.credentials / transaction.JOURNAL
    journal.write_bytes(damage)
    before = copy.folder.public_files()
    with pytest.raises(AsnadError) as caught:
        _issue(copy, NOW)
    assert caught.value.place
    assert copy.folder.public_files() == before
    assert not copy.credentials()
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path / "copy" / "escaped").exists()
    assert journal.read_bytes() == damage


def test_calling_issue_again_issues_nothing_and_signs_nothing(
    centres: dict[str, ExampleCentre], tmp_path: Path
) -> None:
    copy = copy_of(centres["revoke"], tmp_path / "copy")
    before = copy.folder.public_files()
    summary = issue_run(copy.workplace(LATER), RUN, _silent)
    assert (summary.issued, summary.before) == (0, 5)
    assert copy.folder.public_files() == before
    assert len(issued_in(copy.workplace(LATER), the_run(copy))) == 5
