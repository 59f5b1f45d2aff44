"""Ask the Node libraries of Digital Bazaar what they hold of a credential, without a network."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Request:
    """One credential, what is given beside it, and the cryptosuites (`rdfc`, `jcs`) the verifier knows."""

    credential: bytes
    documents: Mapping[str, bytes]
    suites: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What @digitalbazaar/vc says.

    `verified` does not look at the bit: a credential is good where `verified` is true and `status` false.
    """

    verified: bool
    status: bool | None
    error: str | None


def node_is_installed() -> bool:
    """Tell whether Node and the packages of this folder are there."""
    return shutil.which("node") is not None and (FOLDER / "node_modules").is_dir()


def ask_digitalbazaar(requests: Sequence[Request]) -> tuple[Answer, ...]:
    """
    Verify credentials with @digitalbazaar/vc, in one process.

    Args:
        requests: what is asked.

    Returns:
        An answer for each request, in their order.

    Raises:
        subprocess.CalledProcessError: the program itself failed.

    """
    asked = [
        {
            "credential": json.loads(request.credential),
            "suites": request.suites,
            "documents": {address: json.loads(document) for address, document in request.documents.items()},
            "at": request.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for request in requests
    ]
    done = subprocess.run(
        ["node", str(FOLDER / "verify.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    return tuple(Answer(**answer) for answer in json.loads(done.stdout))
