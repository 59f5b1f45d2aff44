"""docs/format.md is true: its worked example follows from its sources, and its tables say what the code does."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyld.jsonld import JsonLdError

from asnad.carriers import digits as digits_module
from asnad.carriers import payload as payload_module
from asnad.carriers.digits import decode_digits, encode_digits
from asnad.carriers.payload import decode_payload, dictionary_prefix, restores_exactly
from asnad.carriers.qr_code import draw_qr_code
from asnad.carriers.received import verify_digits
from asnad.credentials.baked_svg import MAX_DEPTH, MAX_SVG
from asnad.credentials.baking import MAX_PNG
from asnad.credentials.contexts import CONTEXTS, load_contexts
from asnad.credentials.digest import credential_digest
from asnad.instant import parse_instant
from asnad.issuers.did_web import did_document
from asnad.issuers.keys_file import MAX_KEYS_FILE, verify_keys_file
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import MAX_MANIFEST, sign_manifest, verify_manifest
from asnad.issuers.notices import MAX_NOTICES, notice_digest, notices_json, read_notices
from asnad.issuers.pack import MAX_FILES, MAX_PACK
from asnad.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.proof import ProofOptions, without
from asnad.proofs.rdf_dataset import canonical_dataset
from asnad.status.status_list import MAX_STATUS_LIST, verify_status_list
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust, SeenVersions, Trust
from asnad.verification.verify import MAX_CREDENTIAL, verify_document
from format_blocks import DOCUMENT, ROOT, read_blocks
from recomputed_format_example import ADDRESS, BITS, DID, FILES, REPORTS, joined, multikey, payload_bytes, recomputed
from write_format_example import SeedSigner, signers

TEXT = DOCUMENT.read_text("utf-8")
BLOCKS = read_blocks(TEXT)
CASES = Path(__file__).parent / "cases"
REFUSALS = (AssertionError, ValueError, LookupError, TypeError, AttributeError, OverflowError, zlib.error, JsonLdError)


def file_bytes(path: str) -> bytes:
    return canonical_json(json.loads(BLOCKS[path]))


def signer(use: str) -> SeedSigner:
    return signers()[use]


def code_digits() -> str:
    return re.sub(r"\s", "", BLOCKS["digits"])


def example_trust() -> Trust:
    files = {path: file_bytes(path) for path in FILES}
    issuer = IssuerTrust(did=DID, root_keys=(signer("root").public_key,), files=files, seen=SeenVersions(3, 12))
    return Trust((issuer,), (joined(BLOCKS["dictionary"]),))


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the first table after a heading, without the marks of code."""
    section = TEXT.split(f"\n{heading}\n")[1]
    lines = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert lines is not None
    return [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines[0].splitlines()[2:]]


def test_the_example_follows_from_its_sources_without_the_product() -> None:
    assert recomputed(BLOCKS) == BLOCKS


def follows(blocks: dict[str, str]) -> bool:
    try:
        return recomputed(blocks) == blocks
    except REFUSALS:
        return False


def altered(text: str) -> Iterator[str]:
    """Change one character at the beginning, in the middle and at the end of every line, and one space."""
    start = 0
    for line in text.splitlines(keepends=True):
        for offset in {len(line) - len(line.lstrip()), len(line) // 2, len(line) - 2}:
            at = start + offset
            other = "1" if text[at] != "1" else "2"
            yield text[:at] + other + text[at + 1 :]
        start += len(line)
    yield text[:-1] + " \n"


@pytest.mark.parametrize("title", BLOCKS)
def test_no_character_of_a_block_can_be_changed(title: str) -> None:
    for text in altered(BLOCKS[title]):
        assert text != BLOCKS[title]
        assert not follows({**BLOCKS, title: text}), text


def test_the_prose_of_the_example_says_the_same_numbers() -> None:
    public_key, index = signer("issuing").public_key.hex(), 94_567
    size = len(decode_digits(code_digits()))
    assert f"is `0x{public_key[:8]}…`" in TEXT
    assert f"it is `{multikey('issuing')[:8]}…`" in TEXT
    assert f"Bit {index}, that of the certificate below, is the least significant of byte {index // 8}," in TEXT
    assert index % 8 == 7
    assert json.loads(BLOCKS["credential.json"])["credentialStatus"]["statusListIndex"] == str(index)
    assert f"{size} bytes are {size // 7} groups of seven" in TEXT
    assert size % 7 == 0


def test_the_product_signs_the_same_files() -> None:
    keys = verify_keys_file(file_bytes("asnad/keys.json"), DID, (signer("root").public_key,))
    assert canonical_json(sign_keys_file(keys, signer("root"))) == file_bytes("asnad/keys.json")
    manifest = verify_manifest(file_bytes("asnad/manifest.json"), keys)
    assert canonical_json(sign_manifest(manifest, signer("status"))) == file_bytes("asnad/manifest.json")
    notices = read_notices(file_bytes("asnad/notices.json"), DID)
    assert notices_json(DID, notices) == file_bytes("asnad/notices.json")
    assert [notice.digest for notice in notices] == [notice_digest(BLOCKS["notice"].split()[1])]
    assert verify_status_list(file_bytes("status/1.json"), f"{keys.sites[0]}status/1.json", keys).bits == BITS
    methods = tuple((key.id, encode_public_key(key.public_key)) for key in keys.keys)
    assert canonical_json(did_document(DID, methods)) == file_bytes(".well-known/did.json")


@pytest.mark.parametrize(("path", "use"), [("credential.json", "issuing"), ("status/1.json", "status")])
def test_the_product_makes_the_same_two_proofs(path: str, use: str) -> None:
    signed: dict[str, Any] = json.loads(BLOCKS[path])
    document, by = without(signed, "proof"), signer(use)
    options = ProofOptions(created=signed["proof"][1]["created"], verification_method=by.key_id)
    assert signed["proof"] == [
        eddsa_rdfc_2022.create_proof(document, options, by, load_contexts()),
        eddsa_jcs_2022.create_proof(document, options, by),
    ]


def test_the_product_hashes_the_same_bytes() -> None:
    credential: dict[str, Any] = json.loads(BLOCKS["credential.json"])
    rdfc, jcs = credential["proof"]
    config = eddsa_rdfc_2022.canonical_config(credential["@context"], rdfc, load_contexts())
    dataset = canonical_dataset(without(credential, "proof"), load_contexts())
    hashes = re.findall(r"\b[0-9a-f]{64}\b", BLOCKS["jcs proof"] + BLOCKS["rdfc proof"])
    assert "".join(hashes[:2]) == eddsa_jcs_2022.hash_data(credential, jcs).hex()
    assert hashes[4:] == [sha256(config).hexdigest(), sha256(dataset).hexdigest()]
    assert config.decode() == BLOCKS["rdfc proof configuration"]
    assert credential_digest(credential).hex() + "\n" == BLOCKS["credential digest"]


def test_the_product_reads_and_writes_the_same_code() -> None:
    code, link = payload_bytes(BLOCKS, 1), payload_bytes(BLOCKS, 2)
    dictionary = joined(BLOCKS["dictionary"])
    assert encode_digits(code) == code_digits()
    assert decode_digits(BLOCKS["digits"]) == code
    payload = decode_payload(code_digits())
    assert payload.prefix == dictionary_prefix(dictionary)
    assert (payload.signatures, payload.compressed) == ((code[5:69],), code[69:])
    assert restores_exactly(encode_digits(link), file_bytes("credential.json"), dictionary)
    assert f"version {draw_qr_code(ADDRESS + code_digits()).version}," in BLOCKS["code"]


@pytest.mark.parametrize("moment", REPORTS)
def test_the_product_gives_the_same_verdict_on_file_code_and_link(moment: str) -> None:
    at = parse_instant(moment)
    assert at is not None
    trust = example_trust()
    link = encode_digits(payload_bytes(BLOCKS, 2))
    reports = [
        verify_document(file_bytes("credential.json"), trust, at),
        verify_digits(BLOCKS["digits"], trust, at),
        verify_digits(link, trust, at),
    ]
    expected = json.loads(BLOCKS[f"report at {moment}"])
    assert [report.to_json() for report in reports] == [expected] * 3


def test_the_limits_of_documents_are_those_of_the_code() -> None:
    assert {
        document: int(limit.replace(",", "")) for document, limit in rows("## 1. Documents and how they are read")
    } == {
        "credential file": MAX_CREDENTIAL,
        "inflated payload": payload_module.MAX_DOCUMENT,
        "dictionary": payload_module.MAX_DICTIONARY,
        "keys.json": MAX_KEYS_FILE,
        "manifest.json": MAX_MANIFEST,
        "status list": MAX_STATUS_LIST,
        "notices.json, frozen list": MAX_NOTICES,
        "pack.json": MAX_PACK,
    }
    assert f"| files of a pack | {MAX_FILES:,} |" in TEXT
    assert f"| digits of a payload | {digits_module.MAX_DIGITS:,} |" in TEXT
    assert f"| bytes of a PNG, of an SVG with a credential inside | {MAX_PNG:,}, {MAX_SVG:,} |" in TEXT
    assert f"| levels of elements of an SVG | {MAX_DEPTH} |" in TEXT


def test_the_contexts_are_those_that_the_code_pins() -> None:
    pinned = [[address, digest] for address, (_, digest) in CONTEXTS.items()]
    assert rows("### 3.1 Two proofs") == pinned


def test_the_outcomes_stand_in_the_order_of_the_code() -> None:
    assert rows("### 6.2 Outcomes") == [[str(outcome), str(outcome.exit_code())] for outcome in Outcome]


def test_the_reasons_are_those_of_the_case_table() -> None:
    outcomes = {(check, reason): outcome for check, reason, outcome, _ in rows("### 6.1 Reasons")}
    failing = {pair: outcome for pair, outcome in outcomes.items() if "unchecked" not in outcome}
    found = set()
    for path in CASES.glob("*/expected.json"):
        expected = json.loads(path.read_bytes())
        found |= set(expected["failed"].items())
        if len(expected["failed"]) == 1:
            (pair,) = expected["failed"].items()
            assert failing[pair] == expected["outcome"], path.parent.name
    assert failing.keys() == found
    assert outcomes.keys() - failing.keys() == {
        ("versions", "manifest-missing"),
        ("versions", "first-seen"),
        ("any", "not-reached"),
    }


def test_every_link_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)\s]+)\)", TEXT)
    assert len(links) > 5
    for link in links:
        path, _, anchor = link.partition("#")
        assert (DOCUMENT.parent / path).exists(), link
        assert not anchor or anchor in anchors, link


def test_every_section_that_the_code_names_is_there() -> None:
    numbers = set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", TEXT, re.MULTILINE))
    sources = [
        *(ROOT / "build_tools" / "asnad").rglob("*.py"),
        *(ROOT / "site_overrides" / "verifier" / "src").glob("*.ts"),
    ]
    named = {
        number for path in sources for number in re.findall(r"format\.md §(\d+(?:\.\d+)?)", path.read_text("utf-8"))
    }
    assert len(named) > 10
    assert named <= numbers
