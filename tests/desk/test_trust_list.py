"""Whom a centre trusts is a person's word, and newer files of an issuer never take anything back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from faulty_disk import Fault, Moment, run_with_fault

from asnad.centre_folder import CentreFolder
from asnad.desk.trust_list import Offer, Renewal, add_issuer, read_offer, remove_issuer, renew_issuer, renewal
from asnad.errors import IssuingError
from asnad.issuers.keys_file import KeysFile, KeyState
from asnad.issuers.notices import Notice, NoticeState
from asnad.issuers.pack import Pack, pack_json
from asnad.proofs.multikey import encode_public_key
from asnad.status.bitstring import with_bit
from asnad.verification.trusted_issuer import TrustedIssuer
from small_issuer import (
    DAY,
    DICTIONARY,
    DID,
    KEYS,
    LISTED,
    MANIFEST,
    ROOT,
    SITE,
    STATUS_LIST,
    STRANGER,
    SeedSigner,
    signer,
)
from small_pack import altered_pack, dictionary_path, small_files, small_pack

OWN = "did:web:own.example"
ADDED = date(2026, 6, 3)
SOURCE = "https://small.example/asnad/pack.json"
NEXT = signer("root-next", 15)
"""The root key that the small issuer has announced."""
KEY = encode_public_key(ROOT.public_key)
NOTICE = Notice(digest=bytes(32), state=NoticeState.WITHDRAWN, day=date(2026, 6, 2))


@pytest.fixture
def folder(tmp_path: Path) -> CentreFolder:
    return CentreFolder(tmp_path)


@cache
def offered(data: bytes | None = None) -> Offer:
    return read_offer(small_pack() if data is None else data, SOURCE)


@cache
def newer(
    keys: KeysFile = KEYS,
    version: int = 13,
    *,
    roots: tuple[SeedSigner, ...] = (ROOT,),
    bits: bytes = STATUS_LIST.bits,
    notices: tuple[Notice, ...] = (),
    without: str = "",
) -> Offer:
    """Offer what the issuer published a day later."""
    status_list = replace(STATUS_LIST, valid_from=LISTED + DAY, valid_until=LISTED + 36 * DAY, bits=bits)
    manifest = replace(MANIFEST, version=version, issued=LISTED + DAY, expires=LISTED + 36 * DAY)
    files = small_files(keys, status_list, notices, manifest=manifest, roots=roots)
    files.pop(without, None)
    return offered(small_pack(files, keys))


def listed(folder: CentreFolder, offer: Offer | None = None) -> TrustedIssuer:
    """Put the small issuer on the list."""
    offer = offer or offered()
    add_issuer(folder, OWN, offer, KEY, ADDED, demonstration=False)
    (issuer,) = folder.trusted_issuers(OWN)
    return issuer


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(IssuingError) as caught:
        call()
    assert caught.value.hint
    return caught.value.message


def test_an_issuer_is_on_the_list_as_it_was_offered(folder: CentreFolder) -> None:
    issuer = listed(folder)
    assert issuer.record.root_keys == (ROOT.public_key,)
    assert (issuer.record.source, issuer.record.added) == (SOURCE, ADDED)
    assert (folder.root / issuer.record.pack_path()).read_bytes() == small_pack()


def test_an_issuer_with_another_root_key_than_was_told_is_not_added(folder: CentreFolder) -> None:
    other = encode_public_key(STRANGER.public_key)
    said = refusal(lambda: add_issuer(folder, OWN, offered(), other, ADDED, demonstration=False))
    assert said == f"expected the root key {other}, got {KEY}"
    assert not (folder.root / "keys").exists()


def test_a_pack_is_offered_only_under_the_root_key_that_has_signed_it() -> None:
    """It claims the key that people were told, and was signed by another."""
    for roots, named in (((STRANGER,), ROOT.public_key), ((ROOT,), STRANGER.public_key)):
        keys = replace(KEYS, root_key=named)
        forged = small_pack(small_files(keys, roots=roots), keys)
        assert "pinned root key" in refusal(lambda forged=forged: offered(forged))  # type: ignore[misc]
    both = Pack(
        did=DID,
        site=SITE,
        names=tuple(name.name for name in KEYS.names),
        root_keys=(ROOT.public_key, STRANGER.public_key),
        time_zone="UTC",
        files=small_files(roots=(STRANGER,)),
    )
    refusal(lambda: offered(pack_json(both)))


def test_a_centre_does_not_trust_itself_twice(folder: CentreFolder) -> None:
    assert "own did" in refusal(lambda: add_issuer(folder, DID, offered(), KEY, ADDED, demonstration=True))


def test_an_issuer_is_added_once(folder: CentreFolder) -> None:
    listed(folder)
    assert "not on the list yet" in refusal(lambda: listed(folder))


def test_a_demonstration_is_added_only_where_that_was_agreed_to(folder: CentreFolder) -> None:
    offer = offered(small_pack(keys=replace(KEYS, demonstration=True)))
    assert "got a demonstration" in refusal(lambda: add_issuer(folder, OWN, offer, KEY, ADDED, demonstration=False))
    add_issuer(folder, OWN, offer, KEY, ADDED, demonstration=True)
    (issuer,) = folder.trusted_issuers(OWN)
    assert issuer.record.demonstration


def test_a_time_zone_that_no_browser_knows_is_refused() -> None:
    assert "time zone" in refusal(lambda: offered(altered_pack(small_pack(), timeZone="Asia/Nowhere")))


def test_newer_files_take_the_place_of_the_older_and_the_root_key_stays(folder: CentreFolder) -> None:
    change = renewal(listed(folder), newer(bits=with_bit(STATUS_LIST.bits, 7), notices=(NOTICE,)))
    assert change.changed
    assert change.new_root is None
    renew_issuer(folder, change, pin_new_root=False)
    (issuer,) = folder.trusted_issuers(OWN)
    assert issuer.published.manifest.version == 13
    assert issuer.record == change.before.record


def test_the_same_files_are_nothing_new(folder: CentreFolder) -> None:
    assert not renewal(listed(folder), offered()).changed


@pytest.mark.parametrize(
    ("held", "given", "said"),
    [
        (newer(), offered(), "a version above 13"),
        (newer(), newer(bits=with_bit(STATUS_LIST.bits, 7)), "a version above 13"),
        (newer(replace(KEYS, version=4)), newer(version=14), "a version above 4"),
        (newer(bits=with_bit(STATUS_LIST.bits, 7)), newer(version=14), "to stay revoked"),
        (newer(notices=(NOTICE,)), newer(version=14), "every notice"),
        (newer(), newer(version=14, without=dictionary_path(DICTIONARY)), "the dictionary that was published"),
        (offered(), newer(version=2_000_000), "a version near 12"),
        (
            newer(replace(KEYS, keys=(KEYS.keys[0], replace(KEYS.keys[1], state=KeyState.RETIRED)))),
            newer(replace(KEYS, version=4, keys=KEYS.keys[1:]), 14),
            "which was published",
        ),
    ],
)
def test_files_that_take_something_back_are_refused(folder: CentreFolder, held: Offer, given: Offer, said: str) -> None:
    issuer = listed(folder, held)
    assert said in refusal(lambda: renewal(issuer, given))


def test_files_of_another_issuer_are_refused(folder: CentreFolder) -> None:
    issuer = listed(folder)
    other = replace(issuer, record=replace(issuer.record, did="did:web:other.example"))
    assert "expected a pack of did:web:other.example" in refusal(lambda: renewal(other, newer()))


def test_a_demonstration_does_not_take_the_place_of_a_real_issuer(folder: CentreFolder) -> None:
    issuer = listed(folder)
    assert "demonstration" in refusal(lambda: renewal(issuer, newer(replace(KEYS, version=4, demonstration=True))))


def test_a_root_key_that_nobody_announced_is_refused(folder: CentreFolder) -> None:
    issuer = listed(folder)
    keys = replace(KEYS, version=4, root_key=STRANGER.public_key)
    assert "or by the one that it announced" in refusal(lambda: renewal(issuer, newer(keys, roots=(STRANGER,))))


def followed(folder: CentreFolder, *roots: SeedSigner) -> Renewal:
    """Let the announced root key follow."""
    following = sha256(signer("root-after", 16).public_key).digest()
    keys = replace(KEYS, version=4, root_id=NEXT.key_id, root_key=NEXT.public_key, next_root_digest=following)
    return renewal(listed(folder), newer(keys, roots=roots))


def test_while_both_root_keys_sign_the_pinned_one_is_enough(folder: CentreFolder) -> None:
    change = followed(folder, NEXT, ROOT)
    assert change.new_root == encode_public_key(NEXT.public_key)
    assert not change.needs_new_root
    renew_issuer(folder, change, pin_new_root=False)
    (issuer,) = folder.trusted_issuers(OWN)
    assert issuer.record.root_keys == (ROOT.public_key,)
    assert issuer.published.keys.version == 4


def test_the_announced_root_key_is_pinned_only_when_a_person_has_compared_it(folder: CentreFolder) -> None:
    change = followed(folder, NEXT)
    assert change.needs_new_root
    assert "expected a person to compare" in refusal(lambda: renew_issuer(folder, change, pin_new_root=False))
    (issuer,) = folder.trusted_issuers(OWN)
    assert issuer.published.keys.version == 3
    renew_issuer(folder, change, pin_new_root=True)
    (issuer,) = folder.trusted_issuers(OWN)
    assert issuer.record.root_keys == (NEXT.public_key,)


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.HALF, Moment.AFTER, Moment.REFUSED])
def test_whenever_a_refresh_ends_the_issuer_is_still_trusted(tmp_path: Path, moment: Moment) -> None:
    for number in range(1, 30):
        folder = CentreFolder(tmp_path / f"centre-{number}")
        folder.root.mkdir()
        change = followed(folder, NEXT)
        ended = run_with_fault(
            lambda folder=folder, change=change: renew_issuer(folder, change, pin_new_root=True),  # type: ignore[misc]
            (folder.root,),
            Fault(number, moment),
            tmp_path / f"notes-{number}",
        )
        (issuer,) = folder.trusted_issuers(OWN)
        assert issuer.published.keys.version in (3, 4)
        assert NEXT.public_key in issuer.record.root_keys or issuer.published.keys.version == 3
        assert ended.trace is None, ended.trace
        if not ended.killed and ended.message is None:
            assert issuer.record.root_keys == (NEXT.public_key,)
            return
    pytest.fail("the change never came to its end")


def test_an_addition_that_was_killed_can_be_taken_away_and_made_again(tmp_path: Path) -> None:
    for number in range(1, 30):
        folder = CentreFolder(tmp_path / f"centre-{number}")
        folder.root.mkdir()
        ended = run_with_fault(
            lambda folder=folder: listed(folder),  # type: ignore[misc]
            (folder.root,),
            Fault(number, Moment.AFTER),
            tmp_path / f"notes-{number}",
        )
        assert ended.trace is None, ended.trace
        if not ended.killed and ended.message is None:
            return
        if (folder.root / offered().record(ADDED).path()).exists():
            remove_issuer(folder, DID)
        listed(folder)
    pytest.fail("the addition never came to its end")


def test_after_a_removal_nothing_is_left_and_the_issuer_can_be_added_again(folder: CentreFolder) -> None:
    issuer = listed(folder)
    (folder.root / issuer.record.pack_path()).write_bytes(b"damaged")
    remove_issuer(folder, DID)
    assert folder.trusted_issuers(OWN) == ()
    assert "none of this did" in refusal(lambda: remove_issuer(folder, DID))
    listed(folder)
