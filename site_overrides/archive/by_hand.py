"""
Take a signed file apart, so that any Ed25519 tool can check its signature. Needs nothing but Python 3.

    python3 by_hand.py FILE

FILE is a certificate, or one of the signed files below site/. Three files are written into the folder you are in:
message (64 bytes), signature (64 bytes) and key.der (the public key). Then, for example:

    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature

What is done here is written in format.md, sections 1 and 3. It is the signature alone: the key's role and time, whether
the certificate was withdrawn, and the rest of section 6 are checked by verifier.html.
"""

import hashlib
import json
import pathlib
import sys

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
KEY_HEADER = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in a DER file."""


def canonical(document: object) -> bytes:
    """Write JSON as RFC 8785 does; for documents of this format, whose names are ASCII and whose numbers are short."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def from_base58(text: str) -> bytes:
    """Read what stands after the z of a key or a signature."""
    number = 0
    for character in text.removeprefix("z"):
        number = number * 58 + BASE58.index(character)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def main(path: str) -> None:
    """Write the three files, and say what they are."""
    here = pathlib.Path(__file__).parent
    document = json.loads(pathlib.Path(path).read_bytes())
    proofs = document.pop("proof")
    proof = next(each for each in proofs if each["cryptosuite"] == "eddsa-jcs-2022")
    signature = from_base58(proof.pop("proofValue"))
    message = hashlib.sha256(canonical(proof)).digest() + hashlib.sha256(canonical(document)).digest()
    listed = json.loads((here / "site" / "asnad" / "keys.json").read_bytes())
    keys = {key["id"]: key for key in [listed["root"], *listed["keys"]]}
    key = keys[proof["verificationMethod"]]
    parts = {"message": message, "signature": signature}
    parts["key.der"] = KEY_HEADER + from_base58(key["publicKeyMultibase"])[2:]
    for name, content in parts.items():
        pathlib.Path(name).write_bytes(content)
    print("key       ", key["id"], key.get("role", "root"), key.get("state", ""))
    print("           ", key["publicKeyMultibase"])
    print("message    ", message.hex())
    print("signature  ", signature.hex())
    if "id" in document:
        notice = hashlib.sha256(b"notice\0" + document["id"].encode("utf-8")).hexdigest()
        notices = json.loads((here / "site" / "asnad" / "notices.json").read_bytes())["notices"]
        said = next((f"{each['state']} on {each['date']}" for each in notices if each["digest"] == notice), "nothing")
        print("notices.json says of this id:", said)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
