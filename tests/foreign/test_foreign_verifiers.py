"""What libraries by others hold of the certificates in the case table."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreign.node_verifiers import Answer, Request, ask_digitalbazaar, node_is_installed
from foreign.open_badges_schema import SCHEMA, schema_errors
from foreign.python_verifiers import judge_with_openbadgeslib, judge_with_openvc

CASES = Path(__file__).parents[1] / "cases"
SITE = CASES / "sites" / "skills"
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)

GOOD = ("completion", "micro-credential", "with-an-end")
ALTERED = ("name-altered", "serial-altered", "end-added")
REVOKED = ("revoked", "replaced")

needs_node = pytest.mark.skipif(not node_is_installed(), reason="run `npm ci` in tests/foreign")


def credential(case: str) -> bytes:
    return (CASES / case / "credential.json").read_bytes()


def documents() -> dict[str, bytes]:
    return {
        "https://skills.example/.well-known/did.json": (SITE / ".well-known" / "did.json").read_bytes(),
        "https://skills.example/status/1.json": (SITE / "status" / "1.json").read_bytes(),
    }


def asked(case: str, suites: tuple[str, ...]) -> Answer:
    [answer] = ask_digitalbazaar([Request(credential(case), documents(), suites, AT)])
    return answer


@needs_node
@pytest.mark.node
@pytest.mark.parametrize("suites", [("rdfc",), ("jcs",), ("rdfc", "jcs")])
@pytest.mark.parametrize("case", GOOD)
def test_digitalbazaar_accepts_each_proof(case: str, suites: tuple[str, ...]) -> None:
    assert asked(case, suites) == Answer(verified=True, status=False, error=None)


@needs_node
@pytest.mark.node
@pytest.mark.parametrize("suites", [("rdfc",), ("jcs",)])
@pytest.mark.parametrize("case", ALTERED)
def test_digitalbazaar_refuses_altered_text(case: str, suites: tuple[str, ...]) -> None:
    assert not asked(case, suites).verified


@needs_node
@pytest.mark.node
@pytest.mark.parametrize("case", REVOKED)
def test_digitalbazaar_sees_the_bit(case: str) -> None:
    assert asked(case, ("rdfc", "jcs")).status is True


@needs_node
@pytest.mark.node
def test_digitalbazaar_refuses_a_certificate_after_its_end() -> None:
    assert not asked("expired", ("rdfc", "jcs")).verified


@pytest.mark.parametrize("case", GOOD)
def test_openbadgeslib_accepts(case: str) -> None:
    judgement = judge_with_openbadgeslib(credential(case), documents(), AT)
    assert judgement.accepted, judgement.reason


@pytest.mark.parametrize("case", ALTERED)
def test_openbadgeslib_refuses_altered_text(case: str) -> None:
    assert not judge_with_openbadgeslib(credential(case), documents(), AT).accepted


@pytest.mark.parametrize("case", REVOKED)
def test_openbadgeslib_sees_the_bit(case: str) -> None:
    assert "revocation' is set" in judge_with_openbadgeslib(credential(case), documents(), AT).reason


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("case", GOOD)
def test_openvc_accepts_each_proof(case: str, cryptosuite: str) -> None:
    judgement = judge_with_openvc(credential(case), cryptosuite, documents(), AT)
    assert judgement.accepted, judgement.reason


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("case", ALTERED)
def test_openvc_refuses_altered_text(case: str, cryptosuite: str) -> None:
    assert "SignatureInvalid" in judge_with_openvc(credential(case), cryptosuite, documents(), AT).reason


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("case", REVOKED)
def test_openvc_sees_the_bit(case: str, cryptosuite: str) -> None:
    assert "CredentialRevoked" in judge_with_openvc(credential(case), cryptosuite, documents(), AT).reason


@pytest.mark.skipif(not SCHEMA.is_file(), reason="no copy of the 1EdTech schema beside the repository")
@pytest.mark.parametrize("case", GOOD)
def test_the_1edtech_schema_finds_nothing(case: str) -> None:
    assert schema_errors(credential(case)) == ()


@pytest.mark.skipif(not SCHEMA.is_file(), reason="no copy of the 1EdTech schema beside the repository")
def test_the_1edtech_schema_finds_a_proof_outside_an_array() -> None:
    document = json.loads(credential("completion"))
    document["proof"] = document["proof"][0]
    assert any("proof" in error for error in schema_errors(json.dumps(document).encode()))
