"""
The Python verifier and the one of the browser say the same of everything.

The inputs are those of the shared case table and of a small issuer, altered at random with a fixed seed; or altered and
signed again by the right key, which is how the two come to rules that an alteration alone never reaches.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from both_verifiers import Question, differences, node_is_installed

from asnad.carriers.digits import decode_digits, encode_digits
from asnad.errors import UnreadableError
from asnad.instant import format_instant, parse_instant
from asnad.proofs import eddsa_jcs_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import decode_public_key
from asnad.proofs.proof import ProofOptions, with_value, without
from asnad.proofs.strict_json import JSONObject
from asnad.verification.trust import IssuerTrust, SeenVersions, Trust
from small_issuer import (
    DICTIONARY,
    ISSUED,
    ISSUING,
    LIST,
    NOW,
    ROOT,
    STATUS,
    SeedSigner,
    credential_document,
    digits,
    published,
    signed,
    trust,
    with_manifest,
)

CASES = Path(__file__).parent.parent / "cases"
MUTATIONS = 13
"""Of each case of the table, besides the case itself."""

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(not node_is_installed(), reason="run `npm ci` in site_overrides/verifier"),
]


def altered(data: bytes, drawn: random.Random) -> bytes:
    """Alter bytes in one of the ways in which files are damaged or forged."""
    at, other = drawn.randrange(len(data)), drawn.randrange(len(data))
    low, high = min(at, other), max(at, other)
    ways = (
        lambda: data[:at] + bytes([data[at] ^ 1 << drawn.randrange(8)]) + data[at + 1 :],
        lambda: data[:at] + data[at + 1 :],
        lambda: data[:at] + drawn.randbytes(1) + data[at:],
        lambda: data[:at],
        lambda: data[:low] + data[high:],
        lambda: data[:high] + data[low:high][:200] + data[high:],
        lambda: (
            data[:at]
            + drawn.choice([b'"', b"{", b"}", b"[", b",", b"0", b" ", b"-", b"\\", b"\xd8\xa7"])
            + data[at + 1 :]
        ),
        lambda: data + drawn.choice([b" ", b"\n", b"\0", b"}", b"0"]),
    )
    return drawn.choice(ways)()


def distinct(count: int, draw: Callable[[], bytes]) -> Iterator[bytes]:
    """Draw until so many inputs differ from one another."""
    drawn: set[bytes] = set()
    while len(drawn) < count:
        given = draw()
        if given not in drawn:
            drawn.add(given)
            yield given


def table() -> Iterator[tuple[str, dict[str, Any], bytes | str]]:
    for folder in sorted(path.parent for path in CASES.glob("*/case.json")):
        case = json.loads((folder / "case.json").read_bytes())
        data = (folder / case["input"]).read_bytes()
        yield folder.name, case, data.decode() if case["input"] == "digits.txt" else data


def held_files() -> dict[str, dict[str, bytes]]:
    sites = CASES / "sites"
    return {
        site.name: {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in sites.iterdir()
    }


def trust_of(case: dict[str, Any], sites: Mapping[str, Mapping[str, bytes]]) -> Trust:
    issuers, dictionaries = [], []
    for entry in case["trust"]:
        seen = case.get("seen", {}).get(entry["did"])
        files = sites[entry["site"]]
        issuers.append(
            IssuerTrust(
                did=entry["did"],
                root_keys=tuple(decode_public_key(key) for key in entry["rootKeys"]),
                files=files,
                seen=SeenVersions(seen["keys"], seen["manifest"]) if seen else None,
            )
        )
        wanted = case.get("dictionaries")
        dictionaries += [
            data
            for path, data in files.items()
            if path.startswith("d/") and (wanted is None or path.removeprefix("d/") in wanted)
        ]
    return Trust(tuple(issuers), tuple(dictionaries))


def moment(text: str) -> int:
    seconds = parse_instant(text)
    assert seconds is not None
    return seconds


def altered_cases() -> Iterator[Question]:
    """The case table, and what becomes of it when it is altered."""
    drawn = random.Random("case table")
    sites = held_files()
    for name, case, given in table():
        held, at = trust_of(case, sites), moment(case["at"])
        yield Question(name, held, at, given)
        for number in range(MUTATIONS):
            data = altered(given.encode() if isinstance(given, str) else given, drawn)
            changed = data.decode("utf-8", "replace") if isinstance(given, str) else data
            yield Question(f"{name} altered {number}", held, at, changed)


def altered_payloads() -> Iterator[Question]:
    """Payloads of the table, altered behind their digits."""
    drawn = random.Random("payloads")
    sites = held_files()
    for name, case, given in table():
        if not isinstance(given, str):
            continue
        try:
            payload = decode_digits(given)
        except UnreadableError:
            continue
        held, at = trust_of(case, sites), moment(case["at"])
        for number in range(60):
            changed = payload[:5] + altered(payload[5:] or b"\0", drawn)
            yield Question(f"{name} payload {number}", held, at, encode_digits(changed))


def codes_of_any_content() -> Iterator[Question]:
    """
    Codes in which other documents are compressed.

    Of a stream that is broken and swells beyond the limit, either may be said; there is none of that kind here.
    """
    drawn = random.Random("content")
    held = trust(published())
    start = decode_digits(digits(signed(credential_document())))[:69]
    whole = canonical_json(credential_document() | {"proof": [{"type": "DataIntegrityProof"}]})
    small = (b"[]", b"{}", b'{"proof":[{}]}', b'"a"', b"\0")
    for number in range(1_250):
        content = altered(whole if number % 3 else drawn.choice(small), drawn)
        compressor = zlib.compressobj(drawn.randrange(10), zlib.DEFLATED, -15, zdict=DICTIONARY)
        data = compressor.compress(content) + compressor.flush(drawn.choice([zlib.Z_FINISH] * 5 + [zlib.Z_SYNC_FLUSH]))
        yield Question(
            f"content {number}", held, NOW, encode_digits(start + (data if number % 4 else altered(data, drawn)))
        )
    for size in (16_383, 16_384, 16_385, 1_000_000):
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = compressor.compress(b"0" * size) + compressor.flush()
        yield Question(f"{size} bytes", held, NOW, encode_digits(start + data))


def streams_in_other_blocks() -> Iterator[Question]:
    """A genuine certificate in DEFLATE blocks that nobody writes, some of them broken."""
    held = trust(published())
    certificate = signed(credential_document())
    start = decode_digits(digits(certificate))[:69]
    proof = certificate["proof"][-1]  # type: ignore[index,call-overload]
    document = canonical_json(certificate | {"proof": [without(proof, "proofValue")]})
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=DICTIONARY)
    first = compressor.compress(document[:1000]) + compressor.flush(zlib.Z_SYNC_FLUSH)
    rest = compressor.compress(document[1000:]) + compressor.flush()
    assert first.endswith(b"\x00\x00\xff\xff")
    streams = {
        "two blocks": first + rest,
        "an empty block more": first + b"\x00\x00\x00\xff\xff" + rest,
        "wrong complement of a length": first[:-2] + b"\x00\x00" + rest,
        "wrong complement by a bit": first[:-1] + b"\xfe" + rest,
        "reserved block": first + b"\x06" + rest,
        "empty fixed block": first + b"\x02\x00" + rest,
        "empty block at the end": first + rest + b"\x03\x00",
        "no last block": first + rest[:-1] + b"\x00",
    }
    for name, stream in streams.items():
        yield Question(name, held, NOW, encode_digits(start + stream))


TEXTS = [
    "",
    " ",
    "\n",
    "a\nb",
    "\t",
    "\x00",
    "\x1f",
    "\x7f",
    "\x80",
    "\x85",
    "\x9f",
    "\u00a0",
    "\u00ad",
    "\u061c",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2028",
    "\u2029",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\ufffe",
    "\U0001f602",
    "\U000e0041",
    "a" * 1000,
    "a" * 1001,
    "\U0001f602" * 1000,
    "\U0001f602" * 1001,
    "a" * 20_000,
    "a" * 20_001,
    "https://",
    "https://a",
    "https://a b",
    "https://a\u0085b",
    "https://a\u00a0b",
    "https://a\ufeffb",
    "https://a\u3000b",
    "https://a\u180eb",
    "https://a\nb",
    "HTTPS://a",
    "http://a",
    "ftp://a",
    "did:",
    "did:a",
    "urn:a",
    "javascript:a",
    "https://" + "a" * 1992,
    "https://" + "a" * 1993,
    "https://small.example/",
    "https://small.example/status/1.json",
    "https://small.example/status/01.json",
    "https://small.example/status/2.json",
    "https://small.example/status/1.json#94567",
    "did:web:small.example",
    "did:web:small.example#key",
    "did:web:small.example#status",
    "2026-06-01T12:00:00Z",
    "2026-06-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2024-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-06-01T24:00:00Z",
    "2026-06-01T23:59:60Z",
    "2026-06-01",
    "2026-06-01T12:00:00",
    "2026-06-01T12:00:00.000Z",
    "urn:uuid:7f1c2a44-5d0e-4b8a-9d3f-2b6a1c0e9f57",
    "urn:uuid:7F1C2A44-5d0e-4b8a-9d3f-2b6a1c0e9f57",
    "urn:uuid:7f1c2a44-5d0e-1b8a-9d3f-2b6a1c0e9f57",
    "0",
    "00",
    "131071",
    "131072",
    "1234567890",
    "9" * 400,
    "9" * 5_000,
    "-1",
    "1.0",
    "active",
    "retired",
    "compromised",
    "issuing",
    "status",
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "DataIntegrityProof",
    "assertionMethod",
    "authentication",
    "name",
    "Signatory",
    "constructor",
    "__proto__",
    "toString",
    "a" * 64,
    "A" * 64,
    "z",
    "u",
    "uH4sIAAAAAAAA",
]
OTHERS: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    3,
    1e-6,
    2**53 - 1,
    [],
    [None],
    [""],
    {},
    {"a": 1},
    {"__proto__": 1},
]
NAMES = [
    "a",
    "@context",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "proof",
    "id",
    "type",
    "validUntil",
    "",
    "\U0001f602",
]


def rewritten(document: JSONObject, drawn: random.Random) -> JSONObject:
    """Say something else at one place of a document, so that it stays JSON of the format."""
    paths = [path for path in places(document) if path]
    path = drawn.choice(paths)
    way = drawn.randrange(6)
    if way == 0:
        return changed_at(document, path, lambda _: ...)
    if way == 1:
        return changed_at(document, path, lambda old: [old, old] if not isinstance(old, list) else old * 2)
    if way == 2:
        return changed_at(
            document,
            path[:-1],
            lambda old: old | {drawn.choice(NAMES): drawn.choice(TEXTS)} if isinstance(old, dict) else old,
        )
    if way == 3:
        return changed_at(document, path, lambda _: drawn.choice(OTHERS))
    return changed_at(document, path, lambda old: drawn.choice(TEXTS) if isinstance(old, str) else drawn.choice(OTHERS))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, (*path, key))


def changed_at(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    """Change one place; `...` takes it away."""
    if not path:
        return change(value)
    copy = value.copy()
    new = changed_at(value[path[0]], path[1:], change)
    if new is ...:
        del copy[path[0]]
    else:
        copy[path[0]] = new
    return copy


def resigned(document: JSONObject, by: SeedSigner, created: str = format_instant(ISSUED)) -> JSONObject:
    unsigned = without(document, "proof")
    options = ProofOptions(created=created, verification_method=by.key_id)
    return unsigned | {"proof": [eddsa_jcs_2022.create_proof(unsigned, options, by)]}


def signed_certificates() -> Iterator[Question]:
    """Certificates that say something else, though the issuer has signed them."""
    drawn = random.Random("certificates")
    held = trust(published())

    def draw() -> bytes:
        document = rewritten(credential_document(), drawn)
        return canonical_json(resigned(rewritten(document, drawn) if drawn.randrange(2) else document, ISSUING))

    for number, given in enumerate(distinct(2_250, draw)):
        yield Question(f"signed {number}", held, NOW, given)


def rewritten_certificates() -> Iterator[Question]:
    """Certificates that say something else, and that nobody has signed again."""
    drawn = random.Random("forgeries")
    held = trust(published())
    certificate = signed(credential_document())

    def draw() -> bytes:
        return json.dumps(rewritten(certificate, drawn), indent=drawn.choice((None, 2))).encode()

    for number, given in enumerate(distinct(1_500, draw)):
        yield Question(f"rewritten {number}", held, NOW, given)


STRINGS: tuple[tuple[Any, ...], ...] = (
    ("name",),
    ("id",),
    ("issuer", "url"),
    ("issuer", "address", "type", 0),
    ("validUntil",),
    ("awardedDate",),
    ("credentialSubject", "narrative"),
    ("credentialSubject", "identifier", 0, "identityType"),
    ("credentialSubject", "result", 1, "status"),
    ("credentialStatus", "statusListIndex"),
    ("credentialStatus", "statusListCredential"),
)
"""A member for each rule of the profile."""


def signed_texts() -> Iterator[Question]:
    """Each text for each kind of member, signed by the issuer."""
    held = trust(published())
    for number, text in enumerate(TEXTS):
        for path in STRINGS:
            changed = changed_at(credential_document(), path, lambda _, text=text: text)
            yield Question(f"text {number} at {path}", held, NOW, canonical_json(resigned(changed, ISSUING)))


def signed_indexes() -> Iterator[Question]:
    """Places in the list, of which credentialStatus.id says the same."""
    held = trust(published())
    for index in ("0", "131071", "131072", "999999999", "1000000000", "9" * 20, "9" * 400, "9" * 1_900, "9" * 5_000):
        entry = credential_document()["credentialStatus"]
        assert isinstance(entry, dict)
        changed = entry | {"statusListIndex": index, "id": f"{entry['statusListCredential']}#{index}"}
        document = resigned(credential_document() | {"credentialStatus": changed}, ISSUING)
        yield Question(f"index {index[:20]}", held, NOW, canonical_json(document))


def signed_files() -> Iterator[Question]:
    """Published files that say something else, though signed; the manifest vouches for them."""
    certificate = canonical_json(signed(credential_document()))
    files = published()
    for path, by in (
        ("asnad/keys.json", ROOT),
        ("asnad/manifest.json", STATUS),
        (LIST, STATUS),
        ("asnad/notices.json", None),
    ):
        drawn = random.Random(path)
        original = without(json.loads(files[path]), "proof")
        for number in range(120):
            document = rewritten(original, drawn)
            if by is not None:
                document = resigned(document, by, "2026-06-02T12:00:00Z")
            changed = files | {path: canonical_json(document)}
            held = changed if path == "asnad/manifest.json" else with_manifest(changed)
            yield Question(f"{path} {number}", trust(held), NOW, certificate)


def signed_proofs() -> Iterator[Question]:
    """Proofs that say something else, though they fit: all of a proof is signed."""
    certificate = signed(credential_document())
    files = published()
    signers = {"": ISSUING, "asnad/keys.json": ROOT, "asnad/manifest.json": STATUS}
    for path, by in signers.items():
        drawn = random.Random(by.key_id)
        document = json.loads(files[path]) if path else certificate
        for number in range(80):
            proof = rewritten(without(document["proof"][-1], "proofValue"), drawn)
            value = with_value(proof, by.sign(eddsa_jcs_2022.hash_data(document, proof)))
            changed = canonical_json(document | {"proof": [value]})
            held = files | {path: changed} if path else files
            if path == "asnad/keys.json":
                held = with_manifest(held)
            given = canonical_json(certificate) if path else changed
            yield Question(f"proof {path} {number}", trust(held), NOW, given)


def moments() -> Iterator[Question]:
    """One certificate at the edges of every time, and with versions seen before."""
    certificate = canonical_json(signed(credential_document()))
    files = published()
    for seen in (None, SeenVersions(3, 11), SeenVersions(4, 12), SeenVersions(3, 13), SeenVersions(0, 0)):
        held = trust(files, seen)
        for at in MOMENTS:
            yield Question(f"{at} {seen}", held, moment(at), certificate)


MOMENTS = (
    "1970-01-01T00:00:00Z",
    "2026-06-01T11:49:59Z",
    "2026-06-01T11:50:00Z",
    "2026-06-02T11:49:59Z",
    "2026-06-02T11:50:00Z",
    "2026-07-07T12:00:00Z",
    "2026-07-07T12:00:01Z",
    "2028-03-11T00:00:00Z",
    "2028-03-11T00:00:01Z",
    "2029-06-01T18:59:59Z",
    "2029-06-01T19:00:00Z",
    "9999-12-31T23:59:59Z",
)
CREDENTIALS: Mapping[Callable[[], Iterator[Question]], int] = {
    altered_cases: 3_600,
    altered_payloads: 1_600,
    codes_of_any_content: 1_000,
    signed_certificates: 2_250,
    rewritten_certificates: 1_500,
    signed_texts: 1_100,
}
"""Families by how many different files, links and codes there are in each, at least."""
FAMILIES: Mapping[Callable[[], Iterator[Question]], int] = CREDENTIALS | {
    streams_in_other_blocks: 8,
    signed_indexes: 9,
    signed_files: 480,
    signed_proofs: 240,
    moments: 60,
}
"""All families, the others by how many questions there are in each."""


def test_ten_thousand_mutated_credentials_are_among_the_questions() -> None:
    assert sum(CREDENTIALS.values()) >= 10_000 + len(list(table()))


@pytest.mark.parametrize("family", FAMILIES, ids=[family.__name__ for family in FAMILIES])
def test_both_verifiers_say_the_same(family: Callable[[], Iterator[Question]]) -> None:
    questions = list(family())
    different = {question.given for question in questions} if family in CREDENTIALS else questions
    assert len(different) >= FAMILIES[family]
    found = differences(questions)
    shown = "\n".join(map(str, found[:10]))
    assert not found, f"{len(found)} differ:\n{shown}"
