"""The command ``asnad`` as a person calls it: a process of its own, typed answers, an exit code and two streams."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loaded_command import run_loaded

from asnad.desk.issue_run import issue_run
from example_centre import PASSPHRASE, ROOT, ExampleCentre, found_example_centre, import_register

RUN = "home-baking-women-b12"
TYPED = PASSPHRASE.decode() + "\n"
SECONDS = 240
NO_CONFIGURATION = {"XDG_CONFIG_HOME": os.devnull}
"""Below what is no folder nothing can be written, so no test leaves keys with those of the person who runs it."""
REGISTER = """Name,Father Name,CNIC,Mobile,Attendance %,Publish,Consent date
Rashida Bano,Ghulam Rasool,00000-0000008-1,+92-300-0000008,80,yes,2026-09-17
Zubaida Khanum Cheema,Manzoor Hussain,00000-0000010-1,,79,no,
Iqra Batool Sial,Muhammad Yaqoob,00000-0000012-1,+92-300-0000012,100,no,
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


def environment_of(home: Path | None) -> dict[str, str]:
    """Give the environment in which commands are called; a home of its own holds the person's configuration too."""
    unwanted = ("LC_", "LANG", "XDG_", "PYTEST_CURRENT_TEST")
    environment = {name: text for name, text in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"PYTHONPATH": str(ROOT / "build_tools"), "COLUMNS": "240", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    if home is None:
        return environment | NO_CONFIGURATION
    return environment | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}


USUAL = environment_of(None)


def call(*words: str, cwd: Path, typed: str = "", home: Path | None = None, seconds: int = SECONDS) -> Answer:
    """Call ``asnad`` without a terminal, so that what is typed comes from its standard input."""
    environment = environment_of(home)
    if environment == USUAL:
        done = run_loaded(words, cwd=cwd, environment=USUAL, typed=typed.encode(), seconds=seconds)
    else:
        # A command that is loaded has already looked at its environment.
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "asnad", *words],
            cwd=cwd,
            env=environment,
            input=typed.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            start_new_session=True,
        )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def talk(*words: str, cwd: Path, answers: Sequence[tuple[str, str]]) -> Answer:
    """Call ``asnad`` at a terminal, and answer its questions, which must begin so and come in this order."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ |= {"PYTHONPATH": str(ROOT / "build_tools"), "TERM": "dumb", "LC_ALL": "C.UTF-8"} | NO_CONFIGURATION
        os.execv(sys.executable, [sys.executable, "-W", "ignore", "-m", "asnad", *words])
    waiting, said, asked = list(answers), b"", b""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if select.select([terminal], [], [], 1)[0]:
                read = os.read(terminal, 4096)
                said, asked = said + read, asked + read
        except OSError:
            break  # The other side has gone.
        question = asked.decode(errors="ignore").rstrip().split("\n")[-1]
        if waiting and asked.endswith(b": ") and question.startswith(waiting[0][0]):
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
            asked = b""
    text = said.decode(errors="replace")
    assert waiting == [], text
    return Answer(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text, "")


def at_desk(centre: ExampleCentre, *words: str, typed: str = TYPED) -> Answer:
    """Call a command that may open keys, in the centre's folder."""
    return call(*words, "--keys", str(centre.keys), cwd=centre.folder.root, typed=typed)


def in_centre(centre: ExampleCentre, *words: str) -> Answer:
    """Call a command that opens no key, in the centre's folder."""
    return call(*words, cwd=centre.folder.root)


def centre_with_register(to: Path, at: int) -> ExampleCentre:
    """Found a centre, and import the small register."""
    centre = found_example_centre(to, at)
    import_register(centre, RUN, "b12.csv", REGISTER.encode(), at)
    return centre


def issued_small_centre(to: Path, at: int | None = None) -> ExampleCentre:
    """Found a centre, now unless told, whose small run is issued; the command line has the real clock."""
    moment = int(time.time()) if at is None else at
    centre = centre_with_register(to, moment)
    issue_run(centre.workplace(moment), RUN, lambda _done, _of: None)
    return centre


def link_of(centre: ExampleCentre, digits: str) -> str:
    """Give the address that a code holds."""
    return f"{centre.catalogue.centre.verifier}#{digits}"


def assert_told(answer: Answer, code: int, *expected: str, hint: bool = True) -> None:
    """Check that a person was told what is wrong, where, and what to do."""
    assert "Traceback" not in answer.err, answer.err
    assert "Traceback" not in answer.out, answer.out
    assert answer.code == code, answer
    for text in expected:
        assert text in answer.err, (text, answer.err)
    if hint:
        assert "hint: " in answer.err, answer.err
