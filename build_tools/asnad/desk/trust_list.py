"""The other issuers that a centre trusts: whom it adds, how their files are renewed, and whom it takes off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from asnad.catalogue.forms import TIME_ZONE
from asnad.centre_folder import CentreFolder
from asnad.errors import InvalidError, IssuingError
from asnad.files import add_files, remove_files, write_file
from asnad.gate.finding import Finding
from asnad.gate.published_state import PublishedState
from asnad.gate.rollback import RULES
from asnad.issuers.pack import Pack, read_pack
from asnad.issuers.trust_record import TrustRecord, record_paths, trust_record_json
from asnad.proofs.multikey import encode_public_key
from asnad.status.public_record import PublicRecord
from asnad.verification.standing import MAX_LEAP
from asnad.verification.trusted_issuer import TrustedIssuer, check_pack, own_did_refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A pack that somebody offers: whole, and signed by the root key that it names, whosever that is."""

    source: str
    data: bytes
    """As received."""
    pack: Pack
    published: PublicRecord

    @property
    def root_key(self) -> str:
        """The root key that it names, as it is compared by telephone."""
        return encode_public_key(self.published.keys.root_key)

    def record(self, added: date) -> TrustRecord:
        """
        Write it down as one that is trusted.

        Args:
            added: The day.

        """
        keys = self.published.keys
        return TrustRecord(
            did=self.pack.did,
            names=self.pack.names,
            root_keys=(keys.root_key,),
            source=self.source,
            added=added,
            time_zone=self.pack.time_zone,
            demonstration=keys.demonstration,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Newer files of an issuer that is trusted already, which undo nothing of the older ones."""

    before: TrustedIssuer
    offer: Offer
    needs_new_root: bool
    """The pinned root key does not sign any more; the one that it announced does."""

    @property
    def new_root(self) -> str | None:
        """The root key that has followed the pinned one, to be compared by telephone before it is pinned."""
        return None if self.offer.published.keys.root_key in self.before.record.root_keys else self.offer.root_key

    @property
    def changed(self) -> bool:
        """Whether there is anything new in it."""
        return self.offer.pack.files != self.before.pack.files or self.new_root is not None


def read_offer(data: bytes, source: str) -> Offer:
    """
    Read a pack, and check that it is whole and signed by the root key that it names.

    Args:
        data: As received.

        source: Its address, or the name of its file.

    Raises:
        IssuingError: It is not.

    """
    try:
        pack = read_pack(data)
        published = _signed_by_claimed(pack)
        if TIME_ZONE.parse(pack.time_zone) is None:
            raise InvalidError("pack-invalid", f"pack.json: expected a time zone, got {pack.time_zone!r}")
    except InvalidError as error:
        raise IssuingError(
            error.message, place=source, hint="ask the issuer for its asnad/pack.json as its site has it now"
        ) from None
    return Offer(source=source, data=data, pack=pack, published=published)


def add_issuer(
    folder: CentreFolder, own: str, offer: Offer, root_key: str, added: date, *, demonstration: bool
) -> None:
    """
    Put an issuer onto the centre's list.

    Args:
        folder: Of the centre.

        own: The centre's did.

        offer: The pack.

        root_key: As the person has learnt it from the issuer itself.

        added: The day.

        demonstration: A demonstration is agreed to.

    Raises:
        IssuingError: It is another key, a demonstration, the centre itself, or on the list already.

        FileError: The files cannot be written; neither of them is there then.

    """
    refuse_offer(folder, own, offer, demonstration=demonstration)
    refuse_other_root(offer, root_key)
    record = offer.record(added)
    add_files(folder.root, {record.path(): trust_record_json(record), record.pack_path(): offer.data})


def refuse_offer(folder: CentreFolder, own: str, offer: Offer, *, demonstration: bool) -> None:
    """
    Raise where an issuer cannot be put onto the list, whatever its root key is.

    Args:
        folder: Of the centre.

        own: The centre's did.

        offer: The pack.

        demonstration: A demonstration is agreed to.

    Raises:
        IssuingError: It is a demonstration, the centre itself, or on the list already.

    """
    did = offer.pack.did
    if did == own:
        raise own_did_refused(offer.source)
    if any((folder.root / path).exists() for path in record_paths(did)):
        raise IssuingError(
            "expected an issuer that is not on the list yet, found it there",
            place=record_paths(did)[0],
            hint=f"take its newest files: asnad trust refresh {did}",
        )
    if offer.published.keys.demonstration and not demonstration:
        raise IssuingError(
            "expected an issuer whose certificates are real, got a demonstration",
            place=offer.source,
            hint="its certificates are nobody's; only to try things out, add it with --demonstration",
        )


def refuse_other_root(offer: Offer, root_key: str) -> None:
    """
    Raise where the root key is not the one that a person has learnt from the issuer.

    Args:
        offer: The pack.

        root_key: As the person has it.

    Raises:
        IssuingError: It is another.

    """
    if root_key != offer.root_key:
        raise IssuingError(
            f"expected the root key {root_key}, got {offer.root_key}",
            place=offer.source,
            hint="this may be somebody else's pack: do not add it; ring the issuer and tell them",
        )


def renewal(trusted: TrustedIssuer, offer: Offer) -> Renewal:
    """
    Hold newer files of a trusted issuer against those that are held.

    Args:
        trusted: As on the list.

        offer: What was received.

    Raises:
        IssuingError: It is another issuer's, would take something back, or its root key was not announced.

    """
    record, before = trusted.record, trusted.published
    if offer.pack.did != record.did:
        raise _refused(offer, f"expected a pack of {record.did}, got one of {offer.pack.did}", "name its own pack")
    root_key = offer.published.keys.root_key
    if not _fits(offer.pack, record.root_keys) and sha256(root_key).digest() != before.keys.next_root_digest:
        raise _refused(
            offer,
            f"expected keys signed by the pinned root key {encode_public_key(record.root_keys[0])}, "
            f"or by the one that it announced, got {offer.root_key}",
            "ring the issuer; only if it has lost its root key and says so itself: "
            f"asnad trust remove {record.did}, then asnad trust add",
        )
    if offer.published.keys.demonstration and not record.demonstration:
        raise _refused(offer, "expected an issuer whose certificates are real, got a demonstration", "ring the issuer")
    for found in _undone(trusted, offer):
        raise _refused(
            offer,
            f"expected {found.expected}, found {found.found} in {found.file}",
            "these files are older than those held, or take something back: ask the issuer for its newest pack",
        )
    return Renewal(before=trusted, offer=offer, needs_new_root=not _fits(offer.pack, record.root_keys))


def renew_issuer(folder: CentreFolder, change: Renewal, *, pin_new_root: bool) -> TrustRecord:
    """
    Put newer files in the place of those that are held.

    Args:
        folder: Of the centre.

        change: As compared.

        pin_new_root: A person has compared the root key that followed.

    Raises:
        IssuingError: The pinned root key does not sign any more, and nobody has compared the new one.

        FileError: A file cannot be written; the call can be made again.

    """
    old, pack = change.before.record, change.offer.pack
    if change.needs_new_root and not pin_new_root:
        raise _refused(
            change.offer,
            f"expected a person to compare the new root key {change.offer.root_key}, got nobody's word",
            f"ring the issuer, then: asnad trust refresh {old.did} --yes --root-key {change.offer.root_key}",
        )
    record = replace(old, names=pack.names, time_zone=pack.time_zone)
    if pin_new_root:
        new = change.offer.published.keys.root_key
        record = replace(record, root_keys=(new,))
        # Until both files are in place, whichever of the two packs lies there must be believed.
        write_file(folder.root, old.path(), trust_record_json(replace(old, root_keys=(new, *old.root_keys))))
    write_file(folder.root, old.pack_path(), change.offer.data)
    if trust_record_json(record) != trust_record_json(old):
        write_file(folder.root, old.path(), trust_record_json(record))
    return record


def remove_issuer(folder: CentreFolder, did: str) -> None:
    """
    Take an issuer off the centre's list, even where its files are damaged.

    Args:
        folder: Of the centre.

        did: Of the issuer.

    Raises:
        IssuingError: It is not on the list.

        FileError: A file cannot be removed.

    """
    paths = record_paths(did)
    if not any((folder.root / path).exists() for path in paths):
        raise not_listed(did)
    remove_files(folder.root, paths)


def not_listed(did: str) -> IssuingError:
    """
    Tell that an issuer is not on the list.

    Args:
        did: As it was named.

    """
    return IssuingError(
        "expected an issuer on the list, found none of this did", place=did, hint="see: asnad trust list"
    )


def _signed_by_claimed(pack: Pack) -> PublicRecord:
    """Check a pack by each root key that it claims: the one that keys.json names must be among them and have signed."""
    failure = InvalidError("pack-invalid", "pack.json: expected a root key, got none")
    for root_key in pack.root_keys:
        try:
            published = check_pack(pack, (root_key,))
        except InvalidError as error:
            failure = error
            continue
        if published.keys.root_key == root_key:
            return published
    raise failure


def _fits(pack: Pack, root_keys: tuple[bytes, ...]) -> bool:
    try:
        check_pack(pack, root_keys)
    except InvalidError:
        return False
    return True


def _undone(trusted: TrustedIssuer, offer: Offer) -> Iterator[Finding]:
    before = PublishedState(folder="", files=trusted.pack.files, record=trusted.published, of_repository=False)
    now = PublishedState(folder="", files=offer.pack.files, record=offer.published, of_repository=False)
    for rule in RULES:
        yield from rule(before, now)
    for path, old, new in (
        ("asnad/keys.json", before.record.keys.version, now.record.keys.version),
        ("asnad/manifest.json", before.record.manifest.version, now.record.manifest.version),
    ):
        if new > old + MAX_LEAP:
            yield Finding(
                file=path, line=None, expected=f"a version near {old}", found=str(new), repair="ask the issuer"
            )


def _refused(offer: Offer, message: str, hint: str) -> IssuingError:
    return IssuingError(message, place=offer.source, hint=hint)
