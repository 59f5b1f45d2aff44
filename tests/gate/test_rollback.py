"""What was published does not go back: the states are those of a real centre, wherever one can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from asnad.desk.issue_run import issue_run
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.files import read_tree
from asnad.gate import rollback
from asnad.gate.finding import Finding
from asnad.gate.published_state import PublishedState, read_state
from asnad.issuers.keys_file import KeyState
from asnad.proofs.multikey import encode_public_key
from example_centre import NOW, ExampleCentre, found_example_centre, import_register

DAY = 86_400
RUN = "home-baking-women-b12"
REGISTER = b"""Name,Attendance %,Publish,Consent date
Rashida Bano,80,yes,2026-09-17
Sidra Munir Dogar,95,no,
Humera Saleem Naul,85,yes,2026-09-17
"""
PUBLIC = "credentials/public/"


def public(centre: ExampleCentre) -> dict[str, bytes]:
    return read_tree(centre.folder.root, PUBLIC, 1 << 24)


def state(files: Mapping[str, bytes]) -> PublishedState:
    found = read_state(PUBLIC, files, of_repository=True)
    assert isinstance(found, PublishedState)
    return found


@dataclass(frozen=True, slots=True)
class States:
    """A centre's public files at several moments."""

    issued: PublishedState
    revoked: PublishedState
    forgotten: PublishedState
    """From a backup of before the revocation, refreshed until its version was higher."""
    again: PublishedState
    """From the same backup, refreshed once: it has the version of the revocation."""
    stranger: PublishedState
    """The same centre, founded anew."""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    founded = NOW - 2 * DAY
    centre, stranger = (found_example_centre(tmp_path_factory.mktemp(name), founded) for name in ("centre", "stranger"))
    import_register(centre, RUN, "b12.csv", REGISTER)
    issue_run(centre.workplace(NOW - DAY), RUN, lambda _done, _of: None)
    backup = centre.copy(tmp_path_factory.mktemp("backup"))
    issued = state(public(centre))
    revoke(centre.workplace(NOW - 60), "CSC-FT-HB-W/12/002", WithdrawalReason.MISCONDUCT, "")
    refresh(backup.workplace(NOW))
    again = state(public(backup))
    refresh(backup.workplace(NOW + 1))
    return States(issued, state(public(centre)), state(public(backup)), again, state(public(stranger)))


def compared(before: PublishedState, now: PublishedState) -> list[Finding]:
    return [finding for rule in rollback.RULES for finding in rule(before, now)]


def told(found: list[Finding]) -> list[str]:
    return [f"{finding.place}: {finding.sentence}" for finding in found]


def without(before: PublishedState, path: str, *others: str) -> PublishedState:
    return replace(before, files={name: data for name, data in before.files.items() if name not in (path, *others)})


def changed(before: PublishedState, path: str, data: bytes) -> PublishedState:
    return replace(before, files={**before.files, path: data})


def test_what_goes_forward_passes(states: States) -> None:
    for before, now in ((states.issued, states.issued), (states.issued, states.revoked), (states.issued, states.again)):
        assert compared(before, now) == []
        assert list(rollback.manifest_vouches(now)) == []


def test_an_older_manifest_is_told_with_all_that_it_takes_back(states: States) -> None:
    version = states.revoked.record.manifest.version
    found = compared(states.revoked, states.issued)
    assert told(found) == [
        (
            f"credentials/public/asnad/manifest.json: expected a version above {version}, which was published, "
            f"found {version - 1}"
        ),
        (
            "credentials/public/status/1.json: expected every certificate that was revoked to stay revoked, "
            "found 1 that is not any more"
        ),
        "credentials/public/asnad/notices.json: expected every notice that was published, found 1 fewer",
        (
            "credentials/public/ledger.jsonl:6: expected every line that was in the ledger before, "
            "found 1 fewer; the first was line 6"
        ),
    ]
    assert found[0].repair == "take the newest state, with git pull or from the backup, then run: asnad refresh"


def test_the_same_version_with_other_content_is_told(states: States) -> None:
    version = states.revoked.record.manifest.version
    assert states.again.record.manifest.version == version
    assert told(list(rollback.manifest_version(states.revoked, states.again))) == [
        (
            f"credentials/public/asnad/manifest.json: expected a version above {version}, which was published, "
            f"found {version} again, with other content"
        )
    ]


def test_a_cleared_bit_under_a_higher_version_is_told(states: States) -> None:
    """A backup of before the revocation, refreshed often enough: every signature fits, and the certificate is good."""
    assert list(rollback.manifest_version(states.revoked, states.forgotten)) == []
    (found,) = rollback.cleared_bits(states.revoked, states.forgotten)
    assert found.sentence == "expected every certificate that was revoked to stay revoked, found 1 that is not any more"
    assert found.repair == (
        "restore credentials/public from Git; issue a new certificate to whom the old one was revoked wrongly"
    )
    (lost,) = rollback.vanished_notices(states.revoked, states.forgotten)
    assert lost.place == "credentials/public/asnad/notices.json"


@pytest.mark.parametrize("part", ["d/", "achievements/"])
def test_a_dictionary_or_achievement_neither_changes_nor_vanishes(states: States, part: str) -> None:
    path = next(path for path in states.issued.files if path.startswith(part))
    kind = {"d/": "dictionary", "achievements/": "achievement"}[part]
    for now, found in ((without(states.issued, path), "none"), (changed(states.issued, path, b"other"), "another")):
        assert told(list(rollback.frozen_files(states.issued, now))) == [
            f"credentials/public/{path}: expected the {kind} that was published, found {found}"
        ]


def test_a_status_list_does_not_vanish(states: States) -> None:
    now = without(states.issued, "status/1.json")
    assert told(list(rollback.frozen_files(states.issued, now))) == [
        "credentials/public/status/1.json: expected the status list that was published, found none"
    ]
    assert told(list(rollback.manifest_vouches(now))) == [
        "credentials/public/status/1.json: expected the file that manifest.json names, found none"
    ]


def test_a_taken_place_does_not_become_free(states: States) -> None:
    taken = states.issued.files["taken/1.bin"]
    now = changed(states.issued, "taken/1.bin", bytes(len(taken)))
    assert told(list(rollback.cleared_taken_bits(states.issued, now))) == [
        "credentials/public/taken/1.bin: expected every place of the status list that was taken, found 3 free again"
    ]
    assert told(list(rollback.cleared_taken_bits(states.issued, without(states.issued, "taken/1.bin")))) == [
        "credentials/public/taken/1.bin: expected every place of the status list that was taken, found none"
    ]


def test_a_site_has_no_bitmap_and_no_ledger_and_is_not_asked_for_them(states: States) -> None:
    site = replace(without(states.issued, "ledger.jsonl", "taken/1.bin"), of_repository=False)
    for before, now in ((site, site), (site, states.revoked), (states.issued, site)):
        assert compared(before, now) == []


def test_lines_of_the_ledger_may_change_their_order_and_none_may_go(states: States) -> None:
    lines = states.issued.files["ledger.jsonl"].splitlines(keepends=True)
    assert (
        list(rollback.ledger_appended(states.issued, changed(states.issued, "ledger.jsonl", b"".join(lines[::-1]))))
        == []
    )
    (found,) = rollback.ledger_appended(states.issued, changed(states.issued, "ledger.jsonl", b"".join(lines[:-2])))
    assert found.sentence == (
        f"expected every line that was in the ledger before, found 2 fewer; the first was line {len(lines) - 1}"
    )


def with_keys(before: PublishedState, **members: object) -> PublishedState:
    keys = replace(before.record.keys, **members)  # type: ignore[arg-type]
    return replace(before, record=replace(before.record, keys=keys))


def test_a_compromised_key_stays_compromised_and_no_key_vanishes(states: States) -> None:
    keys = states.issued.record.keys.keys
    first = keys[0]
    before = with_keys(states.issued, keys=(replace(first, state=KeyState.COMPROMISED), *keys[1:]))
    assert told(list(rollback.keys_that_came_back(before, states.issued))) == [
        f"credentials/public/asnad/keys.json: expected the key {first.id} as compromised, found active"
    ]
    assert list(rollback.keys_that_came_back(states.issued, before)) == []
    assert told(list(rollback.keys_that_came_back(states.issued, with_keys(states.issued, keys=keys[1:])))) == [
        f"credentials/public/asnad/keys.json: expected the key {first.id}, which was published, found none"
    ]
    other = with_keys(states.issued, keys=(replace(first, public_key=bytes(32)), *keys[1:]))
    (found,) = rollback.keys_that_came_back(states.issued, other)
    assert found.found == "another key under its id"


def test_an_older_keys_file_is_told(states: States) -> None:
    before = with_keys(states.issued, version=9)
    assert told(list(rollback.keys_version(before, states.issued))) == [
        "credentials/public/asnad/keys.json: expected a version above 9, which was published, found 1"
    ]
    again = changed(states.issued, "asnad/keys.json", b"{}")
    assert told(list(rollback.keys_version(states.issued, again))) == [
        (
            "credentials/public/asnad/keys.json: expected a version above 1, which was published, "
            "found 1 again, with other content"
        )
    ]


def test_a_frozen_list_neither_vanishes_nor_shrinks(states: States) -> None:
    path = "asnad/frozen/key-2026a.bin"
    digests = [sha256(bytes([number])).digest() for number in range(3)]

    def frozen(*held: bytes) -> PublishedState:
        lists = {path: b"".join(held)} if held else {}
        return replace(states.issued, record=replace(states.issued.record, frozen=lists))

    before = frozen(*digests)
    assert list(rollback.shrunken_frozen_lists(before, frozen(*digests))) == []
    for now, found in ((frozen(), "none"), (frozen(*digests[1:]), "1 fewer")):
        assert told(list(rollback.shrunken_frozen_lists(before, now))) == [
            f"credentials/public/{path}: expected every certificate of the frozen list, found {found}"
        ]


def test_a_demonstration_that_was_founded_anew_is_another_issuer(states: States) -> None:
    assert states.issued.record.keys.demonstration
    assert not rollback.comparable(states.revoked, states.stranger)
    assert rollback.comparable(states.revoked, states.issued)


def test_a_real_centre_keeps_its_root_key_or_takes_the_announced_one(states: States) -> None:
    before = with_keys(states.issued, demonstration=False)
    now = with_keys(states.stranger, demonstration=False)
    assert rollback.comparable(before, now)
    (found,) = rollback.other_issuer(before, now)
    former, other = (encode_public_key(each.record.keys.root_key) for each in (before, now))
    assert found.sentence == f"expected the root key {former}, or the one announced as its next, found {other}"
    announced = with_keys(before, next_root_digest=sha256(now.record.keys.root_key).digest())
    assert list(rollback.other_issuer(announced, now)) == []


def test_a_real_centre_may_make_its_keys_again_before_it_issued_anything(states: States) -> None:
    before = with_keys(states.stranger, demonstration=False)
    assert not rollback.comparable(before, states.issued)


def test_a_did_never_changes(states: States) -> None:
    (found,) = rollback.other_issuer(with_keys(states.issued, issuer="did:web:other.example"), states.issued)
    assert found.sentence == "expected the issuer did:web:other.example, found did:web:chenab-skills.example"


def test_files_that_do_not_hold_together_are_told(states: States) -> None:
    files = {**states.issued.files, "asnad/manifest.json": b"{}"}
    found = read_state(PUBLIC, files, of_repository=True)
    assert isinstance(found, Finding)
    assert found.place == "credentials/public/asnad/keys.json"
    assert found.sentence.startswith("expected files that one issuer has signed, found something else: manifest.json: ")
    assert read_state(PUBLIC, {}, of_repository=True) is None
