"""
A second demonstration that the first one trusts, and whose newer lists nobody has fetched.

It exists for the moment in which it is founded: its keys go with its folder, so its lists run out for good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from asnad.carriers.payload import dictionary_prefix
from asnad.catalogue.centre import Centre, DatedName
from asnad.catalogue.text import Text
from asnad.centre_folder import CentreFolder
from asnad.desk.founding import found_issuer
from asnad.desk.renewal import DAY, LIST_DAYS
from asnad.desk.trust_list import add_issuer, read_offer, remove_issuer
from asnad.desk.workplace import Workplace
from asnad.instant import day_at
from asnad.issuers.keys_file import KeysFile, Role
from asnad.issuers.pack import PATH as PACK
from asnad.issuers.pack import Pack, pack_files, pack_json
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import Signer
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.signing.key_file import KeyCost
from asnad.signing.key_store import key_store
from asnad.signing.signer import KeyFileSigner
from asnad.verification.verify import MAX_CREDENTIAL

DID = "did:web:neighbour-centre.example"
SITE = "https://neighbour-centre.example/"
NAME = Text((("en", "Neighbour Training Centre"), ("ur", "ہمسایہ تربیتی مرکز")))
BORNE_SINCE = date(2019, 7, 1)
AGE_DAYS = LIST_DAYS + 1
"""So long ago it was founded, and has signed its lists once."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A trusted issuer, as long as its key is at hand."""

    keys: KeysFile
    signer: Signer
    signed: int
    """When it signed everything, in seconds since 1970."""

    def document(self, ours: JSONObject, centre: Centre) -> JSONObject:
        """
        Turn a certificate of the first centre into one of this issuer.

        Args:
            ours: Without proofs.

            centre: The first one.

        """
        name = str(ours["issuer"]["name"]) if isinstance(ours["issuer"], dict) else ""
        language = next((tag for dated in centre.names for tag, text in dated.name.versions if text == name), "en")
        renamed = {name: NAME.shown_in(language)[0]}
        return renamed_document(ours, {centre.did: DID, centre.site: SITE} | renamed)


def renamed_document(document: JSONObject, names: dict[str, str]) -> JSONObject:
    """
    Put other names and addresses in the place of those of an issuer, wherever they stand.

    Args:
        document: Without proofs.

        names: Each with that in its place.

    """
    text = canonical_json(document).decode("utf-8")
    for ours, theirs in names.items():
        text = text.replace(ours, theirs)
    return parse_object(text.encode("utf-8"), limit=MAX_CREDENTIAL)


def trust_neighbour(work: Workplace, elsewhere: CentreFolder, dictionary: bytes, cost: KeyCost) -> Neighbour:
    """
    Found the second demonstration a while ago, and put it onto the first one's list.

    Args:
        work: The desk of the first one.

        elsewhere: An empty folder for the second one; its keys go beside it.

        dictionary: Of its codes.

        cost: Of one guess at the passphrase of its keys.

    Raises:
        SigningError: Its keys cannot be made.

        FileError: Something cannot be written.

    """
    own, now = work.catalogue.centre, work.clock()
    name = DatedName(name=NAME, start=BORNE_SINCE, end=None)
    centre = replace(own, did=DID, site=SITE, moved_to=None, names=(name,), demonstration=True)
    signed = now - AGE_DAYS * DAY
    store = key_store(elsewhere.root.parent / "keys", DID, [elsewhere.root])
    keys = found_issuer(elsewhere, centre, store, work.passphrase(), signed, work.contexts, cost)
    pack = Pack(
        did=DID,
        site=SITE,
        names=tuple(dict.fromkeys(item.name for item in keys.names)),
        root_keys=elsewhere.root_keys(DID),
        time_zone=centre.time_zone,
        files=pack_files(elsewhere.public_files()) | {f"d/{dictionary_prefix(dictionary).hex()}.bin": dictionary},
    )
    offer = read_offer(pack_json(pack), f"{SITE}{PACK}")
    if any(other.record.did == DID for other in work.folder.trusted_issuers(own.did)):
        remove_issuer(work.folder, DID)  # Of an earlier call, whose key is gone.
    add_issuer(work.folder, own.did, offer, offer.root_key, day_at(now, own.time_zone), demonstration=True)
    issuing = next(key for key in keys.keys if key.role is Role.ISSUING)
    return Neighbour(keys, KeyFileSigner.unlock(store.read(issuing.id), work.passphrase()), signed)
