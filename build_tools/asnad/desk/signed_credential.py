"""A signed credential on its way out of the desk: looked at as a verifier would, and made into files and digits."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.carriers.payload import PayloadFormat, encode_payloads, restores_exactly
from asnad.credentials.digest import credential_digest
from asnad.credentials.issuable import check_texts
from asnad.credentials.profile import check_profile
from asnad.errors import InvalidError, IssuingError
from asnad.instant import format_instant
from asnad.issuers.keys_file import KeysFile
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import ProofOptions, Signer
from asnad.proofs.rdf_dataset import Contexts, UndefinedTermError
from asnad.proofs.strict_json import JSONObject


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCredential:
    """A credential with both proofs, as file and as digits."""

    data: bytes
    """The file: JCS."""
    code_digits: str
    link_digits: str
    digest: str
    """Credential digest in hexadecimal."""

    def files(self, credential_id: str, *, published: bool) -> dict[str, bytes]:
        """
        Give what is kept of it, by path below ``credentials/``.

        Args:
            credential_id: ``urn:uuid:…``.

            published: Whether its learner has a public page.

        """
        digits = f"{self.code_digits}\n{self.link_digits}\n".encode("ascii")
        folders = ("private/credentials", "published") if published else ("private/credentials",)
        paths = [path for folder in folders for path in credential_paths(credential_id, folder)]
        return dict(zip(paths, [self.data, digits] * len(folders), strict=True))


def credential_paths(credential_id: str, folder: str) -> tuple[str, str]:
    """
    Name the two files that are kept of a credential: the document and its digits.

    Args:
        credential_id: ``urn:uuid:…``.

        folder: ``private/credentials`` or ``published``.

    """
    name = f"{folder}/{credential_id.removeprefix('urn:uuid:')}"
    return f"{name}.json", f"{name}.digits"


def seal_credential(credential: JSONObject, keys: KeysFile, dictionary: bytes, place: str) -> SignedCredential:
    """
    Look at a finished credential as a verifier would; what does not pass is not issued.

    Args:
        credential: With both proofs, the rdfc one first.

        keys: The issuer's keys.json.

        dictionary: Of its course version.

        place: For messages: the run, the serial.

    Raises:
        IssuingError: It would not verify, or its link would not give it back.

    """
    check_texts(credential)
    proofs = credential["proof"]
    try:
        check_profile(credential, keys.sites)
        if not isinstance(proofs, list) or not isinstance(proofs[1], dict):
            raise InvalidError("proof-unsupported", "expected two proofs")
        key = keys.key(str(proofs[1]["verificationMethod"]))
        if key is None:
            raise InvalidError("key-unknown", "the signing key is not in keys.json")
        eddsa_jcs_2022.verify_proof(credential, proofs[1], key.public_key)
    except InvalidError as error:
        raise IssuingError(str(error), place=place) from None
    data = canonical_json(credential)
    code, link = encode_payloads(credential, (PayloadFormat.CODE, PayloadFormat.LINK), dictionary)
    if not restores_exactly(link, data, dictionary):
        raise IssuingError("the link does not give back the file", place=place)
    return SignedCredential(data=data, code_digits=code, link_digits=link, digest=credential_digest(credential).hex())


def sign_credential(
    document: JSONObject,
    keys: KeysFile,
    signer: Signer,
    contexts: Contexts,
    dictionary: bytes,
    at: int,
    place: str,
) -> SignedCredential:
    """
    Sign one credential with both proofs and seal it.

    Args:
        document: Without ``proof``.

        keys: The issuer's keys.json, which lists the signer's key.

        signer: Holds an issuing key.

        contexts: Pinned contexts.

        dictionary: Of its course version.

        at: Moment of signing, in seconds since 1970.

        place: For messages: the run, the serial.

    Raises:
        IssuingError: A text cannot be signed.

    """
    options = ProofOptions(created=format_instant(at), verification_method=signer.key_id)
    check_texts(document)
    try:
        rdfc = eddsa_rdfc_2022.create_proof(document, options, signer, contexts)
    except UndefinedTermError as error:
        raise IssuingError(str(error), place=place) from None
    jcs = eddsa_jcs_2022.create_proof(document, options, signer)
    return seal_credential(document | {"proof": [rdfc, jcs]}, keys, dictionary, place)
