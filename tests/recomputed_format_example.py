"""The worked example of docs/format.md §8, recomputed without the product: hashes, integers, libsodium, pyld."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

import rfc8785
from nacl.signing import SigningKey
from pyld import jsonld

from asnad.credentials.contexts import load_contexts
from format_blocks import HEX_WIDTH, PROFILE, SEEDS, grouped, layout, profile_lines, table, wrapped

DID, ADDRESS = "did:web:skills.example", "https://skills.example/v/#"
FILES = (".well-known/did.json", "asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", "status/1.json")
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DIGITS_OF_BYTES = {7: 17, 6: 15, 5: 13, 4: 10, 3: 8, 2: 5, 1: 3}
# ISO/IEC 18004, table 7: data codewords of the versions 1 to 20 with error correction M.
QR_CODEWORDS = (16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669)
BITS = b"\x04" + bytes(16_383)
ALL_PASSED: dict[str, str | None] = {
    "read": None,
    "format": None,
    "issuer": None,
    "key": None,
    "signature": None,
    "period": None,
}
REPORTS: dict[str, tuple[str, dict[str, str | None]]] = {
    "2026-12-01T09:00:00Z": ("valid", {**ALL_PASSED, "status": None, "versions": None}),
    "2027-01-02T06:00:01Z": ("valid-status-stale", {**ALL_PASSED, "status": "list-ran-out", "versions": None}),
}


def seeds() -> dict[str, bytes]:
    """Read the published seeds by their use."""
    return {entry["use"]: bytes.fromhex(entry["seed"]) for entry in json.loads(SEEDS.read_bytes())["keys"]}


def base58(data: bytes) -> str:
    """Write bytes, the first of which is not zero, as multibase base58btc."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = BASE58[digit] + letters
    return "z" + letters


def multikey(use: str) -> str:
    """Write the public key of a seed."""
    return base58(b"\xed\x01" + bytes(SigningKey(seeds()[use]).verify_key))


def digits_of(data: bytes) -> str:
    """Write bytes as the digits of §4."""
    groups = [data[start : start + 7] for start in range(0, len(data), 7)]
    return "".join(f"{int.from_bytes(group, 'big'):0{DIGITS_OF_BYTES[len(group)]}d}" for group in groups)


def jcs_hash_data(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Give the 64 bytes of §3.2."""
    config, rest = without(proof, "proofValue"), without(document, "proof")
    return sha256(rfc8785.dumps(config)).digest() + sha256(rfc8785.dumps(rest)).digest()


def rdfc_config(document: Mapping[str, Any], proof: Mapping[str, Any]) -> str:
    """Write the configuration of an rdfc proof as canonical N-Quads."""
    return nquads(json.dumps({**without(proof, "proofValue"), "@context": document["@context"]}))


def rdfc_hash_data(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Give the 64 bytes that an rdfc proof signs."""
    quads = nquads(json.dumps(without(document, "proof")))
    return sha256(rdfc_config(document, proof).encode()).digest() + sha256(quads.encode()).digest()


@cache
def nquads(document: str) -> str:
    """Canonicalise JSON-LD with pyld, whose algorithm is not the one that the product uses."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return str(jsonld.normalize(json.loads(document), options))


def _load(address: str, _options: Any) -> dict[str, Any]:
    context = load_contexts()[address]
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}


def without(document: Mapping[str, Any], member: str) -> dict[str, Any]:
    """Copy an object without a member."""
    return {name: value for name, value in document.items() if name != member}


def signed_again(document: Mapping[str, Any], use: str) -> dict[str, Any]:
    """Put into every proof the signature that it has to have."""
    proofs: list[dict[str, Any]] = []
    # The jcs proof first: it covers every byte, and is made sooner.
    for proof in reversed(document["proof"]):
        make = {"eddsa-jcs-2022": jcs_hash_data, "eddsa-rdfc-2022": rdfc_hash_data}[proof["cryptosuite"]]
        signature = SigningKey(seeds()[use]).sign(make(document, proof)).signature
        assert proof["proofValue"] == base58(signature)
        proofs.insert(0, {**proof, "proofValue": base58(signature)})
    return {**document, "proof": proofs}


def did_document() -> dict[str, Any]:
    """Write the did document of §5.6."""
    ids = {"issuing": f"{DID}#key-2026a", "status": f"{DID}#status-2026a"}
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": [
            {"id": key_id, "type": "Multikey", "controller": DID, "publicKeyMultibase": multikey(use)}
            for use, key_id in ids.items()
        ],
        "assertionMethod": list(ids.values()),
    }


def payload_document(credential: Mapping[str, Any]) -> bytes:
    """Write the payload document of §4."""
    return rfc8785.dumps({**credential, "proof": [without(credential["proof"][1], "proofValue")]})


def signature_of(proof_value: str) -> bytes:
    """Read multibase base58btc of 64 bytes."""
    number = 0
    for letter in proof_value[1:]:
        number = number * 58 + BASE58.index(letter)
    return number.to_bytes(64, "big")


def compressed_in(blocks: Mapping[str, str]) -> bytes:
    """Take the DEFLATE bytes, which are a source: compressors differ."""
    return bytes.fromhex("".join(blocks["payload"].splitlines()[5:]))


def payload_bytes(blocks: Mapping[str, str], payload_format: int) -> bytes:
    """Put the payload of a code (1) or link (2) together."""
    rdfc, jcs = json.loads(blocks["credential.json"])["proof"]
    prefix = sha256(joined(blocks["dictionary"])).digest()[:4]
    signatures = [signature_of(jcs["proofValue"]), signature_of(rdfc["proofValue"])][:payload_format]
    return bytes([payload_format]) + prefix + b"".join(signatures) + compressed_in(blocks)


def joined(text: str) -> bytes:
    """Join lines."""
    return text.replace("\n", "").encode()


def qr_version(digits: str) -> int:
    """Find the smallest version that holds the address as bytes and the digits as a number."""
    for version, codewords in enumerate(QR_CODEWORDS, start=1):
        byte_count, digit_count = (8, 10) if version < 10 else (16, 12)
        bits = 4 + byte_count + 8 * len(ADDRESS) + 4 + digit_count + math.ceil(len(digits) * 10 / 3)
        if bits <= 8 * codewords:
            return version
    raise AssertionError("too long")


def recomputed(blocks: Mapping[str, str]) -> dict[str, str]:
    """
    Give the text that every block has to have, from the sources among them.

    Sources are what the documents say, the dictionary and the DEFLATE bytes. Each is covered by a signature or hash.
    """
    texts = {
        "profile.json": profile_lines(json.loads(PROFILE.read_bytes())),
        "seeds": table({use: seeds()[use].hex() for use in ("root", "next root", "issuing", "status")}),
        "bits of the list": table(
            {"bytes": "16384", "bytes 0 to 7": "0400000000000000", "SHA-256": sha256(BITS).hexdigest()}
        ),
        **{f"report at {moment}": _report(*report) for moment, report in REPORTS.items()},
        **_files(blocks),
        **_proofs(json.loads(blocks["credential.json"])),
        **_code(blocks),
    }
    return {title: text + "\n" for title, text in texts.items()}


def _report(outcome: str, reasons: Mapping[str, str | None]) -> str:
    checks = [
        {"check": check, "result": "failed", "reason": reason} if reason else {"check": check, "result": "passed"}
        for check, reason in reasons.items()
    ]
    return layout(
        {"outcome": outcome, "checks": checks, "asOf": "2026-11-28T06:00:00Z", "demonstration": False},
    )


def _files(blocks: Mapping[str, str]) -> dict[str, str]:
    shown = {path: json.loads(blocks[path]) for path in (*FILES, "credential.json")}
    keys, status, manifest = shown["asnad/keys.json"], shown["status/1.json"], shown["asnad/manifest.json"]
    identifier = blocks["notice"].split()[1]
    digest = sha256(b"notice\0" + identifier.encode()).hexdigest()
    assert [key["publicKeyMultibase"] for key in keys["keys"]] == [multikey("issuing"), multikey("status")]
    assert keys["root"]["publicKeyMultibase"] == multikey("root")
    next_root = bytes(SigningKey(seeds()["next root"]).verify_key)
    assert keys["nextRootDigest"] == sha256(next_root).hexdigest()
    encoded = status["credentialSubject"]["encodedList"]
    assert zlib.decompress(base64.urlsafe_b64decode(encoded[1:] + "=="), 31) == BITS
    notices = {
        **shown["asnad/notices.json"],
        "notices": [{**shown["asnad/notices.json"]["notices"][0], "digest": digest}],
    }
    files = {
        ".well-known/did.json": did_document(),
        "asnad/keys.json": signed_again(keys, "root"),
        "asnad/notices.json": notices,
        "status/1.json": signed_again(status, "status"),
    }
    bytes_of = {path: rfc8785.dumps(document) for path, document in files.items()}
    entries = [
        {"path": path, "sha256": sha256(data).hexdigest(), "length": len(data)} for path, data in bytes_of.items()
    ]
    files["asnad/manifest.json"] = signed_again({**manifest, "files": entries}, "status")
    files["credential.json"] = signed_again(shown["credential.json"], "issuing")
    lengths = {}
    for path in sorted(files):
        data = rfc8785.dumps(files[path])
        lengths[path] = f"{len(data)} bytes, SHA-256 {sha256(data).hexdigest()}"
    return {
        **{path: layout(document) for path, document in files.items()},
        "notice": table({"id": identifier, "digest": digest}),
        "lengths and hashes of the files": table(lengths),
    }


def _proofs(credential: Mapping[str, Any]) -> dict[str, str]:
    rdfc, jcs = credential["proof"]
    jcs_data, rdfc_data = jcs_hash_data(credential, jcs), rdfc_hash_data(credential, rdfc)
    signature = SigningKey(seeds()["issuing"]).sign(jcs_data).signature
    digest = sha256(b"asnad-credential-v1\0" + rfc8785.dumps(without(credential, "proof")))
    return {
        "jcs proof configuration": wrapped(rfc8785.dumps(without(jcs, "proofValue")).decode()),
        "jcs proof": table(
            {
                "SHA-256(proof configuration)": jcs_data[:32].hex(),
                "SHA-256(JCS(document))": jcs_data[32:].hex(),
                "signature, R": signature[:32].hex(),
                "signature, S": signature[32:].hex(),
                "proofValue": jcs["proofValue"],
            }
        ),
        "rdfc proof configuration": rdfc_config(credential, rdfc).rstrip("\n"),
        "rdfc proof": table(
            {
                "SHA-256(proof configuration)": rdfc_data[:32].hex(),
                "SHA-256(N-Quads of the document)": rdfc_data[32:].hex(),
                "proofValue": rdfc["proofValue"],
            }
        ),
        "credential digest": digest.hexdigest(),
    }


def _code(blocks: Mapping[str, str]) -> dict[str, str]:
    dictionary, compressed = joined(blocks["dictionary"]), compressed_in(blocks)
    document = payload_document(json.loads(blocks["credential.json"]))
    inflater = zlib.decompressobj(-15, dictionary)
    assert inflater.decompress(compressed) == document
    assert inflater.eof
    assert inflater.unused_data == b""
    code, link = payload_bytes(blocks, 1), payload_bytes(blocks, 2)
    fields = {
        "0 format": "01",
        "1 prefix": code[1:5].hex(),
        "5 signature, R": code[5:37].hex(),
        "37 signature, S": code[37:69].hex(),
        "69 DEFLATE": f"{len(compressed)} bytes:",
    }
    return {
        "dictionary": wrapped(dictionary.decode()),
        "payload": table(fields) + "\n" + wrapped(compressed.hex(), HEX_WIDTH),
        "digits": grouped(digits_of(code)),
        "code": table(
            {
                "dictionary": f"d/{code[1:5].hex()}.bin, {len(dictionary)} bytes",
                "payload document": f"{len(document)} bytes",
                "code": f"{len(code)} bytes, {len(digits_of(code))} digits",
                "text before the digits": ADDRESS,
                "QR code": f"version {qr_version(digits_of(code))}, error correction M",
                "link": f"{len(link)} bytes, {len(digits_of(link))} digits",
            }
        ),
    }
