"""Nothing that was published goes back: versions rise, bits stay set, frozen files stay what they are."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from asnad.gate.finding import Finding
from asnad.gate.published_state import KEYS, LEDGER, PublishedState
from asnad.issuers.keys_file import KeyState
from asnad.proofs.multikey import encode_public_key

MANIFEST = "asnad/manifest.json"
NOTICES = "asnad/notices.json"
_NEWEST = "take the newest state, with git pull or from the backup, then run: asnad refresh"
_DIGEST = 32


def comparable(before: PublishedState, now: PublishedState) -> bool:
    """
    Tell whether two states are of one issuer.

    A demonstration that was founded anew has another root key: it is another issuer, and owes the former nothing.
    Neither does a centre that made its keys again before anything was issued with the first ones.

    Args:
        before: What was published.

        now: What is to be.

    """
    issued = any(path.startswith(("d/", "achievements/")) for path in before.files)
    return same_root(before, now) or (issued and not before.record.keys.demonstration)


def same_root(before: PublishedState, now: PublishedState) -> bool:
    """
    Tell whether the root key is the same, or the one that was announced as its successor.

    Args:
        before: What was published.

        now: What is to be.

    """
    old, new = before.record.keys, now.record.keys
    return new.root_key == old.root_key or sha256(new.root_key).digest() == old.next_root_digest


def other_issuer(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse another identity, and a root key that was not announced.

    Args:
        before: What was published.

        now: What is to be.

    """
    old, new = before.record.keys, now.record.keys
    if old.issuer != new.issuer:
        yield _finding(now, KEYS, f"the issuer {old.issuer}", new.issuer, "a centre's did can never change")
    elif not same_root(before, now):
        yield _finding(
            now,
            KEYS,
            f"the root key {encode_public_key(old.root_key)}, or the one announced as its next",
            encode_public_key(new.root_key),
            "restore the centre's keys from the backup; verifiers that know the former root key refuse this one",
        )


def manifest_version(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a manifest whose version does not rise although it, or what it vouches for, has changed.

    Args:
        before: What was published.

        now: What is to be.

    """
    old, new = before.record.manifest, now.record.manifest
    changed = before.files[MANIFEST] != now.files[MANIFEST]
    if new.version < old.version or (changed and new.version == old.version):
        expected = f"a version above {old.version}, which was published"
        found = f"{new.version} again, with other content" if new.version == old.version else str(new.version)
        yield _finding(now, MANIFEST, expected, found, _NEWEST)


def manifest_vouches(now: PublishedState) -> Iterator[Finding]:
    """
    Refuse files that are not those of the manifest beside them.

    Args:
        now: What is to be.

    """
    for entry in now.record.manifest.entries:
        if not now.record.manifest.vouches_for(entry.path, now.files.get(entry.path)):
            found = "none" if entry.path not in now.files else "another one"
            repair = "what was signed belongs together, so commit all of it: git add credentials/public"
            yield _finding(now, entry.path, "the file that manifest.json names", found, repair)


def keys_version(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse an older keys.json, or another one of the same version.

    Args:
        before: What was published.

        now: What is to be.

    """
    old, new = before.record.keys, now.record.keys
    changed = before.files[KEYS] != now.files[KEYS]
    if new.version < old.version or (changed and new.version == old.version):
        expected = f"a version above {old.version}, which was published"
        found = f"{new.version} again, with other content" if new.version == old.version else str(new.version)
        yield _finding(now, KEYS, expected, found, "take the newest keys.json, with git pull or from the backup")


def keys_that_came_back(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a compromised key that is good again, and a key that is gone.

    Args:
        before: What was published.

        now: What is to be.

    """
    for old in before.record.keys.keys:
        new = now.record.keys.key(old.id)
        if new is None or new.public_key != old.public_key:
            found = "none" if new is None else "another key under its id"
            repair = "keep every key that ever signed; a retired or compromised one is marked as that"
            yield _finding(now, KEYS, f"the key {old.id}, which was published", found, repair)
        elif old.state is KeyState.COMPROMISED and new.state is not KeyState.COMPROMISED:
            repair = "a key that fell into wrong hands stays compromised for ever; restore keys.json from Git"
            yield _finding(now, KEYS, f"the key {old.id} as compromised", str(new.state), repair)


def cleared_bits(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a status list in which a certificate that was revoked is not any more.

    Args:
        before: What was published.

        now: What is to be.

    """
    for number, old in before.record.lists.items():
        new = now.record.lists.get(number)
        cleared = 0 if new is None else _cleared(old.bits, new.bits)
        if cleared:
            yield _finding(
                now,
                f"status/{number}.json",
                "every certificate that was revoked to stay revoked",
                f"{cleared} that {'is' if cleared == 1 else 'are'} not any more",
                "restore credentials/public from Git; issue a new certificate to whom the old one was revoked wrongly",
            )


def vanished_notices(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse notices.json without a notice that was there.

    Args:
        before: What was published.

        now: What is to be.

    """
    gone = {notice.digest for notice in before.record.notices} - {notice.digest for notice in now.record.notices}
    if gone:
        yield _finding(
            now,
            NOTICES,
            "every notice that was published",
            f"{len(gone)} fewer",
            "restore credentials/public from Git; what became of a certificate stays said",
        )


def shrunken_frozen_lists(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a frozen list without a certificate that it held: it would turn from good to bad.

    Args:
        before: What was published.

        now: What is to be.

    """
    for path, old in before.record.frozen.items():
        new = now.record.frozen.get(path)
        lost = 0 if new is None else len(_digests(old) - _digests(new))
        if new is None or lost:
            found = "none" if new is None else f"{lost} fewer"
            yield _finding(now, path, "every certificate of the frozen list", found, "restore the file from Git")


def cleared_taken_bits(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a bitmap of taken places in which a place is free again: it would be given away twice.

    Args:
        before: What was published.

        now: What is to be.

    """
    if not (before.of_repository and now.of_repository):
        return
    for path, old in before.files.items():
        if not path.startswith("taken/"):
            continue
        new = now.files.get(path)
        cleared = 0 if new is None else _cleared(old, new)
        if new is None or cleared:
            found = "none" if new is None else f"{cleared} free again"
            repair = "after a merge, both sides' places are taken; restore the file from Git, and issue again"
            yield _finding(now, path, "every place of the status list that was taken", found, repair)


def frozen_files(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a dictionary or achievement that vanished or changed, and a status list that vanished.

    Args:
        before: What was published.

        now: What is to be.

    """
    for path, old in before.files.items():
        new = now.files.get(path)
        if path.startswith("status/") and new is None:
            expected, repair = "the status list that was published", "certificates point at it; restore it from Git"
            yield _finding(now, path, expected, "none", repair)
        elif path.startswith(("d/", "achievements/")) and new != old:
            kind = "dictionary" if path.startswith("d/") else "achievement"
            repair = (
                "printed codes cannot be read without it; restore it from Git"
                if kind == "dictionary"
                else "certificates say what stood in it; restore it from Git, and give a changed course a new version"
            )
            yield _finding(now, path, f"the {kind} that was published", "none" if new is None else "another", repair)


def ledger_appended(before: PublishedState, now: PublishedState) -> Iterator[Finding]:
    """
    Refuse a ledger without a line that was in it; a merge may change their order.

    Args:
        before: What was published.

        now: What is to be.

    """
    if not (before.of_repository and now.of_repository):
        return
    gone = set(before.files.get(LEDGER, b"").splitlines()) - set(now.files.get(LEDGER, b"").splitlines())
    if gone:
        number = next(n for n, line in enumerate(before.files[LEDGER].splitlines(), start=1) if line in gone)
        yield Finding(
            file=f"{now.folder}{LEDGER}",
            line=number,
            expected="every line that was in the ledger before",
            found=f"{len(gone)} fewer; the first was line {number}",
            repair="put the lines back from Git: lines are only ever added, and a merge keeps those of both sides",
        )


RULES = (
    other_issuer,
    manifest_version,
    keys_version,
    keys_that_came_back,
    cleared_bits,
    vanished_notices,
    shrunken_frozen_lists,
    cleared_taken_bits,
    frozen_files,
    ledger_appended,
)
"""Each looks at the state before and the one that is to come."""


def _finding(now: PublishedState, path: str, expected: str, found: str, repair: str) -> Finding:
    return Finding(file=f"{now.folder}{path}", line=None, expected=expected, found=found, repair=repair)


def _cleared(old: bytes, new: bytes) -> int:
    was = int.from_bytes(old, "big")
    # A shorter list has lost what stood at its end.
    still = int.from_bytes(new[: len(old)].ljust(len(old), b"\0"), "big")
    return (was & ~still).bit_count()


def _digests(data: bytes) -> set[bytes]:
    return {data[start : start + _DIGEST] for start in range(0, len(data), _DIGEST)}
