"""The status list credential: one bit for every credential, signed again and again (docs/format.md §5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from asnad.errors import InvalidError, VerificationError
from asnad.instant import format_instant
from asnad.issuers.keys_file import KeysFile
from asnad.issuers.manifest import verify_status_proof
from asnad.issuers.members import MembersError, each, instant, only, text, url
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.proof import JCS, RDFC, ProofOptions, Signer
from asnad.proofs.rdf_dataset import Contexts
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object
from asnad.status.bitstring import decode_bits, encode_bits, is_set

MAX_STATUS_LIST = 262_144
CONTEXT = "https://www.w3.org/ns/credentials/v2"
TYPES = ("VerifiableCredential", "BitstringStatusListCredential")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """A status list as it stands at one moment."""

    id: str
    issuer: str
    valid_from: int
    valid_until: int
    bits: bytes

    def withdraws(self, index: int) -> bool | None:
        """
        Tell whether a credential is withdrawn.

        Args:
            index: Its place in the list.

        Returns:
            Nothing where the list has no such place.

        """
        return is_set(self.bits, index) if 0 <= index < len(self.bits) * 8 else None


def sign_status_list(status_list: StatusList, signer: Signer, contexts: Contexts) -> JSONObject:
    """
    Write a status list with both proofs.

    Args:
        status_list: What it is to say.

        signer: Holds a status key.

        contexts: Pinned contexts.

    """
    document: JSONObject = {
        "@context": [CONTEXT],
        "id": status_list.id,
        "type": list(TYPES),
        "issuer": status_list.issuer,
        "validFrom": format_instant(status_list.valid_from),
        "validUntil": format_instant(status_list.valid_until),
        "credentialSubject": {
            "id": f"{status_list.id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bits(status_list.bits),
        },
    }
    options = ProofOptions(created=format_instant(status_list.valid_from), verification_method=signer.key_id)
    rdfc = eddsa_rdfc_2022.create_proof(document, options, signer, contexts)
    return document | {"proof": [rdfc, eddsa_jcs_2022.create_proof(document, options, signer)]}


# Whoever checks many certificates looks at the same few files with each of them.
@lru_cache(maxsize=16)
def verify_status_list(data: bytes, address: str, keys: KeysFile) -> StatusList:
    """
    Read a status list and check it against the issuer's status keys.

    Args:
        data: As published or held.

        address: The ``statusListCredential`` for which it is held.

        keys: The issuer's keys.json.

    Raises:
        InvalidError: ``list-invalid``.

    """
    try:
        document = parse_object(data, limit=MAX_STATUS_LIST)
        if document.get("@context") != [CONTEXT]:
            raise MembersError("expected the context of credentials alone, got another")
        verify_status_proof(document, _jcs_proof(document), keys)
        return _read(document, address, keys.issuer)
    except (MembersError, VerificationError) as error:
        raise InvalidError("list-invalid", f"status list: {error}") from None


def _jcs_proof(document: JSONObject) -> JSONValue:
    proofs = each(document.get("proof"))
    suites = [proof.get("cryptosuite") if isinstance(proof, dict) else None for proof in proofs]
    if sorted(str(suite) for suite in suites) not in ([JCS], [JCS, RDFC]):
        raise MembersError("expected one eddsa-jcs-2022 proof, got others")
    return proofs[suites.index(JCS)]


_REQUIRED = frozenset(["@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "proof"])


def _read(document: JSONObject, address: str, issuer: str) -> StatusList:
    only(document, _REQUIRED)
    subject = only(document["credentialSubject"], frozenset(["id", "type", "statusPurpose", "encodedList"]))
    if document["type"] != list(TYPES) or document["id"] != address or document["issuer"] != issuer:
        raise MembersError("expected the list that the credential names, got another")
    if subject["type"] != "BitstringStatusList" or subject["statusPurpose"] != "revocation":
        raise MembersError("expected a list of revocations, got another purpose")
    url(subject["id"])
    return StatusList(
        id=address,
        issuer=issuer,
        valid_from=instant(document["validFrom"]),
        valid_until=instant(document["validUntil"]),
        bits=decode_bits(text(subject["encodedList"], MAX_STATUS_LIST)),
    )
