"""No certificate, code or published file takes a verifier over 64 MB of memory."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from both_verifiers import NODE, PACKAGES, Question, asked_in_the_browser, node_is_installed
from nasty_inputs import CERTIFICATE, nasty_digits, nasty_documents, nasty_publications

from small_issuer import NOW, published, trust

LIMIT = 64_000_000
HERE = Path(__file__).parent
TESTS = HERE.parent
ESBUILD = PACKAGES / "esbuild" / "bin" / "esbuild"


def given() -> list[Question]:
    held = trust(published())
    return [Question(name, held, NOW, given) for name, given in (*nasty_documents(), *nasty_digits())]


def held() -> list[Question]:
    return [Question(name, trust(files), NOW, CERTIFICATE) for name, files in nasty_publications()]


WARMING = Question("a good certificate", trust(published()), NOW, CERTIFICATE)


def grown(command: Sequence[str | Path], questions: bytes) -> dict[str, Any]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent / "build_tools", TESTS, HERE)))}
    done = subprocess.run(command, input=questions, capture_output=True, check=False, env=environment, timeout=240)
    assert done.returncode == 0, done.stderr.decode()
    return dict(json.loads(done.stdout))


def test_python_stays_below_64_megabytes_whatever_it_is_given_or_holds() -> None:
    questions = [WARMING, *given(), *held()]
    measured = grown([sys.executable, HERE / "measure_memory.py"], b"".join(map(pickle.dumps, questions)))
    assert len(measured["told"]) == len(questions)
    assert 0 < measured["grown"] < LIMIT


@pytest.fixture(scope="module")
def in_the_browser(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what measures the verifier of the browser, in JavaScript: to compile TypeScript takes more memory."""
    if not node_is_installed():
        pytest.skip("run `npm ci` in site_overrides/verifier")
    program = tmp_path_factory.mktemp("memory") / "measure_memory.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", f"--outfile={program}"]
    subprocess.run([NODE, ESBUILD, HERE / "measure_memory.mjs", *options], check=True)

    def measure(questions: Sequence[Question]) -> dict[str, Any]:
        # V8 leaves garbage lying where there is plenty of memory; so it does not where memory is scarce.
        lines = b"\n".join(asked_in_the_browser([question]) for question in (WARMING, *questions))
        measured = grown([NODE, "--optimize-for-size", program], lines)
        assert len(measured["told"]) == 1 + len(questions)
        return measured

    return measure


@pytest.mark.node
def test_the_browser_stays_below_64_megabytes_whatever_it_is_given(in_the_browser: Any) -> None:
    assert 0 < in_the_browser(given())["grown"] < LIMIT


@pytest.mark.node
def test_the_browser_stays_below_64_megabytes_whatever_an_issuer_publishes(in_the_browser: Any) -> None:
    # Each by itself, as a page holds one set of files.
    took = {question.name: in_the_browser([question])["grown"] for question in held()}
    assert max(took.values()) < LIMIT, took
