"""The payload: a credential in the fewest bytes, as codes and links carry it (docs/format.md §4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.errors import UnreadableError
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.ed25519 import SIGNATURE_LENGTH
from asnad.proofs.multibase import decode_base58, encode_base58
from asnad.proofs.proof import RDFC, without
from asnad.proofs.strict_json import JSONObject, parse_json

PREFIX_LENGTH = 4
MAX_DOCUMENT = 16_384
MAX_DICTIONARY = 16_384


class PayloadFormat(IntEnum):
    """First byte of a payload."""

    CODE = 1
    LINK = 2


@dataclass(frozen=True, slots=True)
class Payload:
    """What digits hold before a dictionary is applied."""

    format: PayloadFormat
    prefix: bytes
    """First four bytes of SHA-256 of the dictionary."""
    signatures: tuple[bytes, ...]
    """Of the jcs proof, and with the link format of the rdfc proof."""
    compressed: bytes


def dictionary_prefix(dictionary: bytes) -> bytes:
    """
    Give the four bytes by which payloads name a dictionary.

    Args:
        dictionary: At most 16,384 bytes.

    """
    return sha256(dictionary).digest()[:PREFIX_LENGTH]


def encode_payload(credential: JSONObject, payload_format: PayloadFormat, dictionary: bytes) -> str:
    """
    Write a signed credential as digits.

    Args:
        credential: With exactly two proofs, the rdfc one first.

        payload_format: For a code, or for a link that restores the whole file.

        dictionary: Preset for DEFLATE.

    Raises:
        ValueError: The credential would not come back byte by byte; a fault of the program.

    """
    (digits,) = encode_payloads(credential, (payload_format,), dictionary)
    return digits


def encode_payloads(credential: JSONObject, payload_formats: Iterable[PayloadFormat], dictionary: bytes) -> list[str]:
    """
    Write a signed credential as digits in several formats, compressing it once.

    Args:
        credential: With exactly two proofs, the rdfc one first.

        payload_formats: As in ``encode_payload``.

        dictionary: Preset for DEFLATE.

    Raises:
        ValueError: The credential would not come back byte by byte; a fault of the program.

    """
    proofs = credential["proof"]
    if not isinstance(proofs, list) or len(proofs) != 2:
        raise ValueError("expected two proofs")
    rdfc, jcs = proofs
    if not isinstance(rdfc, dict) or not isinstance(jcs, dict):
        raise ValueError("expected two proofs")
    document = canonical_json(credential | {"proof": [without(jcs, "proofValue")]})
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    compressed = compressor.compress(document) + compressor.flush()
    code = decode_base58(str(jcs["proofValue"]))
    signatures = {PayloadFormat.CODE: code, PayloadFormat.LINK: code + decode_base58(str(rdfc["proofValue"]))}
    prefix = dictionary_prefix(dictionary)
    return [
        encode_digits(bytes([payload_format]) + prefix + signatures[payload_format] + compressed)
        for payload_format in payload_formats
    ]


def decode_payload(digits: str) -> Payload:
    """
    Split digits into the parts of a payload.

    Args:
        digits: What a code or link carries.

    Raises:
        UnreadableError: ``too-large``, ``not-digits``, ``digits-damaged`` or ``format-unknown``.

    """
    data = decode_digits(digits)
    if not data or data[0] not in tuple(PayloadFormat):
        raise UnreadableError("format-unknown", "expected payload format 1 or 2, got another")
    payload_format = PayloadFormat(data[0])
    start = 1 + PREFIX_LENGTH
    end = start + SIGNATURE_LENGTH * payload_format
    if len(data) <= end:
        raise UnreadableError("digits-damaged", f"expected more than {end} bytes, got {len(data)}")
    signatures = tuple(data[at : at + SIGNATURE_LENGTH] for at in range(start, end, SIGNATURE_LENGTH))
    return Payload(payload_format, data[1:start], signatures, data[end:])


def restore_credentials(payload: Payload, dictionaries: Iterable[bytes]) -> tuple[JSONObject, ...]:
    """
    Undo the compression with every dictionary that has the payload's prefix.

    More than one may give a document: only its signature tells which one is meant.

    Args:
        payload: As ``decode_payload`` gives it.

        dictionaries: All that are held.

    Returns:
        At least one credential with its proofs.

    Raises:
        UnreadableError: ``dictionary-missing``, or what the first fitting dictionary led to.

    """
    held = (item for item in dictionaries if len(item) <= MAX_DICTIONARY)
    fitting = [item for item in held if dictionary_prefix(item) == payload.prefix]
    if not fitting:
        raise UnreadableError("dictionary-missing", f"expected dictionary {payload.prefix.hex()}, which is not held")
    restored: list[JSONObject] = []
    failures: list[UnreadableError] = []
    for dictionary in fitting:
        try:
            restored.append(_with_proofs(_inflate(payload.compressed, dictionary), payload))
        except UnreadableError as error:
            failures.append(error)
    if not restored:
        raise failures[0]
    return tuple(restored)


def _inflate(compressed: bytes, dictionary: bytes) -> bytes:
    inflater = zlib.decompressobj(-15, dictionary)
    try:
        document = inflater.decompress(compressed, MAX_DOCUMENT + 1)
    except zlib.error:
        raise UnreadableError("not-inflatable", "the code is damaged or altered") from None
    if len(document) > MAX_DOCUMENT:
        raise UnreadableError("too-large", f"expected at most {MAX_DOCUMENT} bytes, got more")
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise UnreadableError("not-inflatable", "the code does not end where its content ends")
    return document


def _with_proofs(document: bytes, payload: Payload) -> JSONObject:
    credential = parse_json(document, limit=MAX_DOCUMENT)
    if not isinstance(credential, dict) or canonical_json(credential) != document:
        raise UnreadableError("not-canonical", "the code is damaged or altered")
    proofs = credential.get("proof")
    if not isinstance(proofs, list) or len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise UnreadableError("not-canonical", "expected one proof in the code, got something else")
    jcs = proofs[0]
    if "proofValue" in jcs:
        raise UnreadableError("not-canonical", "expected a proof without value in the code")
    complete = [jcs | {"proofValue": encode_base58(payload.signatures[0])}]
    if payload.format is PayloadFormat.LINK:
        rdfc = without(jcs, "@context") | {"cryptosuite": RDFC, "proofValue": encode_base58(payload.signatures[1])}
        complete.insert(0, rdfc)
    return credential | {"proof": list(complete)}


def restores_exactly(digits: str, credential: bytes, dictionary: bytes) -> bool:
    """
    Tell whether link digits give back the issued bytes.

    Args:
        digits: In the link format.

        credential: The file as issued, JCS.

        dictionary: That of the payload.

    Raises:
        UnreadableError: They give back nothing.

    """
    (restored,) = restore_credentials(decode_payload(digits), (dictionary,))
    return canonical_json(restored) == credential
