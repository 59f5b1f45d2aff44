"""An issuer on the list of a centre: what the centre wrote down of it, and its files, checked against that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asnad.errors import AsnadError, InvalidError, IssuingError, SigningError
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import KeysFile
from asnad.issuers.pack import Pack, read_pack
from asnad.issuers.refused_keys import refuse_published_key
from asnad.issuers.trust_record import TrustRecord, read_trust_record
from asnad.proofs.multikey import encode_public_key
from asnad.status.public_record import PublicRecord, read_public_record
from asnad.verification.trust import IssuerTrust, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedIssuer:
    """Another issuer, whose files fit the root keys that the centre has pinned."""

    record: TrustRecord
    pack: Pack
    published: PublicRecord

    @property
    def folder(self) -> str:
        """The folder of its files below the centre's site."""
        return f"trusted/{self.record.slug()}/"

    def site_files(self) -> dict[str, bytes]:
        """Give what the centre's site publishes of it, by path below that site; no verifier reads a did document."""
        unread = did_document_path(self.record.did)
        return {self.folder + path: data for path, data in self.pack.files.items() if path != unread}

    def trust(self) -> IssuerTrust:
        """Give it as a verifier believes it."""
        return IssuerTrust(
            did=self.record.did,
            root_keys=self.record.root_keys,
            files=self.pack.files,
            since=self.record.added,
        )

    def dictionaries(self) -> tuple[bytes, ...]:
        """Give the dictionaries of its codes."""
        return tuple(data for path, data in self.pack.files.items() if path.startswith("d/"))


def check_pack(pack: Pack, root_keys: tuple[bytes, ...]) -> PublicRecord:
    """
    Check the files of a pack against root keys, and that it has all of them and nothing else.

    Args:
        pack: As read.

        root_keys: Each 32 bytes; one of them must have signed keys.json.

    Raises:
        InvalidError: ``pack-invalid``.

    """
    try:
        published = read_public_record(pack.files, pack.did, did_document_path(pack.did), root_keys)
    except IssuingError as error:
        raise _invalid(error.message if error.place is None else f"{error.message} ({error.place})") from None
    manifest, keys = published.manifest, published.keys
    for entry in manifest.entries:
        if not manifest.vouches_for(entry.path, pack.files.get(entry.path)):
            raise _invalid(f"expected {entry.path} as the manifest names it, got none or another")
    named = {entry.path for entry in manifest.entries} | {"asnad/manifest.json"}
    others = [path for path in pack.files if path not in named and not path.startswith("d/")]
    if others:
        raise _invalid(f"expected only files that the manifest names, got {others[0]}")
    _refuse_other_claims(pack, keys)
    for public_key in (keys.root_key, *root_keys, *(key.public_key for key in keys.keys)):
        _refuse_published(public_key)
    return published


def read_trusted_issuer(record_json: bytes, pack_json: bytes, place: str) -> TrustedIssuer:
    """
    Read an issuer from the two files in which a centre keeps it.

    Args:
        record_json: What the centre wrote down.

        pack_json: The pack as it was received.

        place: Path of the first below the centre's folder.

    Raises:
        FileError: The record is damaged.

        IssuingError: The pack does not fit it.

    """
    record = read_trust_record(record_json, place)
    try:
        pack = read_pack(pack_json)
        if pack.did != record.did:
            raise _invalid(f"expected files of {record.did}, got those of {pack.did}")
        published = check_pack(pack, record.root_keys)
        if published.keys.demonstration and not record.demonstration:
            raise _invalid("expected an issuer whose certificates are real, got a demonstration")
    except InvalidError as error:
        raise IssuingError(
            error.message,
            place=record.pack_path(),
            hint=f"restore keys/trust from Git, or begin anew: asnad trust remove {record.did}, then asnad trust add",
        ) from None
    return TrustedIssuer(record=record, pack=pack, published=published)


def read_trusted_issuers(files: Mapping[str, bytes], folder: str, own: str) -> tuple[TrustedIssuer, ...]:
    """
    Read every issuer that a centre trusts besides itself.

    Args:
        files: Of ``keys/trust``, by name.

        folder: Stands before the names.

        own: The centre's did, which is never on this list.

    Returns:
        In the order of their dids.

    Raises:
        AsnadError: A file is damaged, is missing, or does not belong there.

    """
    issuers = []
    for name in sorted(files):
        place = f"{folder}/{name}"
        stem = name.removesuffix(".json").removesuffix(".pack")
        pair = (f"{stem}.json", f"{stem}.pack.json")
        if name not in pair or not all(part in files for part in pair):
            raise IssuingError(
                "expected only pairs NAME.json and NAME.pack.json that asnad trust has written, found another file",
                place=place,
                hint="take it out of the folder, or restore keys/trust from Git",
            )
        if name == pair[0]:
            issuers.append(read_trusted_issuer(files[pair[0]], files[pair[1]], place))
    for issuer in issuers:
        if issuer.record.did == own:
            raise own_did_refused(issuer.record.path())
    return tuple(sorted(issuers, key=lambda issuer: issuer.record.did))


def trust_of_centre(centre: IssuerTrust, others: tuple[TrustedIssuer, ...]) -> Trust:
    """
    Gather all that a verdict of a centre rests on.

    Args:
        centre: The centre itself.

        others: Whom it trusts besides.

    """
    own = tuple(data for path, data in centre.files.items() if path.startswith("d/"))
    dictionaries = (*own, *(data for other in others for data in other.dictionaries()))
    return Trust((centre, *(other.trust() for other in others)), dictionaries)


def own_did_refused(place: str) -> AsnadError:
    """
    Tell that a centre cannot be another issuer to itself.

    Args:
        place: Where it was tried.

    """
    return IssuingError(
        "expected another issuer, got this centre's own did",
        place=place,
        hint="this centre trusts itself by keys/own.json; take the entry away",
    )


def _refuse_other_claims(pack: Pack, keys: KeysFile) -> None:
    """Hold what the pack says by itself against what is signed, so that no reader is told two things."""
    if keys.root_key not in pack.root_keys:
        raise _invalid(f"expected rootKeys with {encode_public_key(keys.root_key)}, as keys.json says, got others")
    if pack.site != keys.sites[0]:
        raise _invalid(f"expected the site {keys.sites[0]}, as keys.json says, got {pack.site}")
    if pack.names != tuple(dict.fromkeys(name.name for name in keys.names)):
        raise _invalid("expected the names that keys.json gives, got others")


def _refuse_published(public_key: bytes) -> None:
    try:
        refuse_published_key(public_key)
    except SigningError as error:
        raise _invalid(
            f"expected keys of the issuer alone, got {error.place} from published test vectors: anybody signs with it"
        ) from None


def _invalid(message: str) -> InvalidError:
    return InvalidError("pack-invalid", f"pack.json: {message}")
