"""What libraries by others hold of the certificates that Asnad itself issues."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from openbadgeslib.baking import ITXT_KEYWORD_OB3, SVG_ELEMENT_OB3, extract_png, extract_svg
from pyld import jsonld

from asnad.desk.ledger import Issued
from asnad.desk.papers import credential_view
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.issuers.did_web import did_document_path, site_of
from asnad.proofs import eddsa_rdfc_2022
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import without
from asnad.proofs.rdf_dataset import canonical_dataset, canonical_nquads, to_nquads
from asnad.proofs.strict_json import JSONObject, parse_object
from asnad.site.certificate_picture import baked_pictures
from asnad.site.issuer_reading import read_stationery
from asnad.status.status_list import TYPES
from example_centre import NOW, REGISTERS, ExampleCentre
from foreign.node_verifiers import Answer, Request, ask_digitalbazaar, node_is_installed
from foreign.open_badges_schema import SCHEMA, schema_errors
from foreign.python_verifiers import judge_with_openbadgeslib, judge_with_openvc

AT = datetime.fromtimestamp(NOW + 3600, UTC)
SUITES = (("rdfc",), ("jcs",), ("rdfc", "jcs"))
CRYPTOSUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
GOOD = Answer(verified=True, status=False, error=None)

needs_node = pytest.mark.skipif(not node_is_installed(), reason="run `npm ci` in tests/foreign")
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="no copy of the 1EdTech schema beside the repository")


def documents(centre: ExampleCentre) -> dict[str, bytes]:
    """Give what the centre publishes by address; of a did, the address of the method."""
    did = centre.catalogue.centre.did
    files = centre.folder.public_files()
    found = {centre.catalogue.centre.site + path: data for path, data in files.items()}
    return found | {site_of(did) + did_document_path(did): files[did_document_path(did)]}


def one_of_each_run(centre: ExampleCentre) -> dict[str, bytes]:
    """Give a certificate of each run by the run's name."""
    credentials = centre.credentials()
    events = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    chosen = {event.run: credentials[event.id.removeprefix("urn:uuid:")] for event in events}
    assert set(chosen) == set(REGISTERS)
    return chosen


def unsigned(credential: bytes) -> JSONObject:
    return without(parse_object(credential, limit=65_536), "proof")


def alterations(credential: bytes) -> Iterator[bytes]:
    """Alter what a reader looks at: the learner, the result, the number."""
    text = credential.decode("utf-8")
    document = json.loads(text)
    subject = document["credentialSubject"]
    name = subject["name"]
    yield text.replace(name, name[:-1] + ("a" if name[-1] != "a" else "e")).encode()
    yield text.replace(f'"{subject["licenseNumber"]}"', f'"{subject["licenseNumber"]}1"').encode()
    yield text.replace(document["awardedDate"], "2020-01-01T00:00:00Z").encode()


@needs_node
@pytest.mark.node
def test_digitalbazaar_accepts_every_certificate_by_every_proof(issued_centre: ExampleCentre) -> None:
    given = documents(issued_centre)
    requests = [
        Request(credential, given, suites, AT)
        for credential in one_of_each_run(issued_centre).values()
        for suites in SUITES
    ]
    assert ask_digitalbazaar(requests) == (GOOD,) * 9


@needs_node
@pytest.mark.node
def test_digitalbazaar_refuses_altered_certificates(issued_centre: ExampleCentre) -> None:
    given = documents(issued_centre)
    altered = [data for credential in one_of_each_run(issued_centre).values() for data in alterations(credential)]
    requests = [Request(data, given, suites, AT) for data in altered for suites in SUITES]
    answers = ask_digitalbazaar(requests)
    assert len(answers) == 27
    assert not any(answer.verified for answer in answers)


@needs_node
@pytest.mark.node
def test_digitalbazaar_accepts_the_status_list_itself(issued_centre: ExampleCentre) -> None:
    given = documents(issued_centre)
    lists = [data for address, data in given.items() if "/status/" in address]
    assert lists
    for data in lists:
        assert json.loads(data)["type"] == list(TYPES)
    answers = ask_digitalbazaar([Request(data, given, suites, AT) for data in lists for suites in SUITES])
    assert all(answer.verified for answer in answers), answers


@needs_node
@pytest.mark.node
def test_digitalbazaar_refuses_a_certificate_whose_list_is_forged(issued_centre: ExampleCentre) -> None:
    given = documents(issued_centre)
    forged = {
        address: data.replace(b'"validUntil":"2026', b'"validUntil":"2036') if "/status/" in address else data
        for address, data in given.items()
    }
    assert forged != given
    credential = next(iter(one_of_each_run(issued_centre).values()))
    for answer in ask_digitalbazaar([Request(credential, forged, suites, AT) for suites in SUITES]):
        assert not answer.verified


def revoked_centre(centre: ExampleCentre) -> tuple[bytes, bytes, Mapping[str, bytes]]:
    """Revoke one certificate; give it, another one that stands, and what is published then."""
    first, *_, other = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    revoke(centre.workplace(NOW + 60), first.serial, WithdrawalReason.ISSUED_IN_ERROR, "")
    credentials = centre.credentials()
    withdrawn, standing = (credentials[event.id.removeprefix("urn:uuid:")] for event in (first, other))
    return withdrawn, standing, documents(centre)


@needs_node
@pytest.mark.node
def test_digitalbazaar_sees_that_a_certificate_was_revoked(changeable_centre: ExampleCentre) -> None:
    revoked, other, given = revoked_centre(changeable_centre)
    answers = ask_digitalbazaar([Request(data, given, suites, AT) for data in (revoked, other) for suites in SUITES])
    assert [answer.status for answer in answers] == [True] * 3 + [False] * 3
    assert [answer.verified for answer in answers[3:]] == [True] * 3


def test_python_libraries_see_that_a_certificate_was_revoked(changeable_centre: ExampleCentre) -> None:
    revoked, other, given = revoked_centre(changeable_centre)
    assert "revocation' is set" in judge_with_openbadgeslib(revoked, given, AT).reason
    assert judge_with_openbadgeslib(other, given, AT).accepted
    for cryptosuite in CRYPTOSUITES:
        assert "CredentialRevoked" in judge_with_openvc(revoked, cryptosuite, given, AT).reason
        assert judge_with_openvc(other, cryptosuite, given, AT).accepted


@pytest.mark.parametrize("run", REGISTERS)
def test_openbadgeslib_accepts(issued_centre: ExampleCentre, run: str) -> None:
    given, credential = documents(issued_centre), one_of_each_run(issued_centre)[run]
    judgement = judge_with_openbadgeslib(credential, given, AT)
    assert judgement.accepted, judgement.reason
    for altered in alterations(credential):
        assert not judge_with_openbadgeslib(altered, given, AT).accepted


@pytest.mark.parametrize("cryptosuite", CRYPTOSUITES)
@pytest.mark.parametrize("run", REGISTERS)
def test_openvc_accepts_each_proof_and_the_list_by_it(issued_centre: ExampleCentre, run: str, cryptosuite: str) -> None:
    given, credential = documents(issued_centre), one_of_each_run(issued_centre)[run]
    judgement = judge_with_openvc(credential, cryptosuite, given, AT)
    assert judgement.accepted, judgement.reason
    for altered in alterations(credential):
        assert "SignatureInvalid" in judge_with_openvc(altered, cryptosuite, given, AT).reason


@needs_schema
def test_the_1edtech_schema_finds_nothing_in_any_certificate(issued_centre: ExampleCentre) -> None:
    for name, credential in issued_centre.credentials().items():
        assert schema_errors(credential) == (), name


def test_the_quick_dataset_of_every_certificate_is_that_of_a_full_expansion(issued_centre: ExampleCentre) -> None:
    """Issuing fills a template; verifying the rdfc proof expands the whole document with PyLD."""
    record = issued_centre.workplace().record()
    credentials = issued_centre.credentials()
    assert len(credentials) >= 80
    for data in credentials.values():
        document = parse_object(data, limit=65_536)
        proofs = document["proof"]
        assert isinstance(proofs, list)
        proof = proofs[0]
        assert isinstance(proof, dict)
        key = record.keys.key(str(proof["verificationMethod"]))
        assert key is not None
        eddsa_rdfc_2022.verify_proof(document, proof, key.public_key, issued_centre.contexts)


def test_pyld_and_pyoxigraph_canonicalise_alike(issued_centre: ExampleCentre) -> None:
    for data in one_of_each_run(issued_centre).values():
        nquads = to_nquads(unsigned(data), issued_centre.contexts)
        by_pyld = jsonld.normalize(
            nquads, {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
        )
        assert canonical_nquads(nquads) == by_pyld.encode("utf-8")
        assert canonical_nquads(by_pyld) == by_pyld.encode("utf-8")


def test_a_dataset_says_everything_that_the_certificate_says(issued_centre: ExampleCentre) -> None:
    for data in one_of_each_run(issued_centre).values():
        document = unsigned(data)
        dataset = canonical_dataset(document, issued_centre.contexts)
        subject = document["credentialSubject"]
        assert isinstance(subject, dict)
        for text in (subject["name"], subject["licenseNumber"], document["name"]):
            assert json.dumps(text, ensure_ascii=False).encode("utf-8") in dataset
        assert canonical_dataset(json.loads(canonical_json(document)), issued_centre.contexts) == dataset


@pytest.mark.parametrize("run", REGISTERS)
def test_openbadgeslib_finds_the_certificate_in_its_pictures_and_accepts_it(
    issued_centre: ExampleCentre, run: str
) -> None:
    given, work = documents(issued_centre), issued_centre.workplace()
    event = next(event for event in work.ledger() if isinstance(event, Issued) and event.run == run)
    credential = issued_centre.credentials()[event.id.removeprefix("urn:uuid:")]
    view = credential_view(work, work.record(), event)
    svg, png = baked_pictures(view, credential, read_stationery(issued_centre.catalogue))
    found = (
        extract_svg(svg, element=SVG_ELEMENT_OB3, text_fallback=True),
        extract_png(png, keyword=ITXT_KEYWORD_OB3),
    )
    for text in found:
        assert text is not None
        assert text.encode("utf-8") == credential
        judgement = judge_with_openbadgeslib(text.encode("utf-8"), given, AT)
        assert judgement.accepted, judgement.reason
