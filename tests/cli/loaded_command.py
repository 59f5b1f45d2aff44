"""
The command ``asnad``, loaded once and run by a fork for each call: to load it takes longer than most calls take.

Each fork is a process of its own, with its own session, folder and streams, and runs ``python -m asnad``
from its first line on. Only the modules are already read. ``talk`` and the tests of pipelines start the command anew.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

STREAMS = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """The process that has loaded the command; it ends with the worker of the tests that has started it."""

    process: subprocess.Popen[bytes]
    """Its standard input stays open as long as the worker lives."""
    folder: tempfile.TemporaryDirectory[str]

    @property
    def address(self) -> str:
        return f"{self.folder.name}/socket"


@cache
def loaded(environment: tuple[tuple[str, str], ...]) -> Loaded:
    """Start the process, once for each worker, in the environment of all its calls."""
    folder = tempfile.TemporaryDirectory(prefix="asnad-loaded-")
    command = [sys.executable, "-W", "ignore", __file__, f"{folder.name}/socket"]
    process = subprocess.Popen(command, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return Loaded(process, folder)


def run_loaded(
    words: Sequence[str], *, cwd: Path, environment: Mapping[str, str], typed: bytes, seconds: int
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as ``subprocess.run`` would, with pipes for its streams."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        socket.socket(socket.AF_UNIX) as line,
    ):
        given.write(typed)
        given.seek(0)
        line.connect(loaded(tuple(sorted(environment.items()))).address)
        asked = json.dumps({"words": list(words), "cwd": str(cwd)}).encode()
        line.sendall(len(asked).to_bytes(4) + asked)
        socket.send_fds(line, [b"streams"], [stream.fileno() for stream in (given, out, err)])
        line.settimeout(seconds)
        with line.makefile("rb") as answers:
            number = int(answers.readline())
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.killpg(number, signal.SIGKILL)
                raise subprocess.TimeoutExpired(list(words), seconds) from None
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(list(words), code, out.read(), err.read())


def serve(address: str) -> None:
    """Load the command and fork for whoever calls, until the process of the tests has ended."""
    import asnad.cli.main  # noqa: F401, PLC0415  # here alone is it to be loaded

    if os.fork() == 0:
        # The tests' end of the pipe closes when they end, however that comes about.
        sys.stdin.buffer.read()
        os.kill(os.getppid(), signal.SIGTERM)
        os._exit(0)
    waiting = socket.socket(socket.AF_UNIX)
    waiting.bind(address)
    waiting.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        line, _ = waiting.accept()
        if os.fork() == 0:
            waiting.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _attend(line)
        line.close()


def _attend(line: socket.socket) -> NoReturn:
    """Run one call in a fork, and tell its number and then how it ended."""
    length = int.from_bytes(line.recv(4, socket.MSG_WAITALL))
    asked = json.loads(line.recv(length, socket.MSG_WAITALL))
    streams = socket.recv_fds(line, len(b"streams"), STREAMS)[1]
    child = os.fork()
    if child == 0:
        os.setsid()
        line.close()
        _become(asked, streams)
    line.sendall(b"%d\n" % child)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    line.sendall(b"%d\n" % code)
    os._exit(0)


def _become(asked: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be ``python -m asnad`` with these words, streams and folder."""
    kinds = [(name, getattr(sys, name)) for name in ("stdin", "stdout", "stderr")]
    for number, (stream, (name, before)) in enumerate(zip(streams, kinds, strict=True)):
        os.dup2(stream, number)
        os.close(stream)
        mode = "w" if number else "r"
        opened = open(number, mode, encoding=before.encoding, errors=before.errors)  # noqa: PTH123, SIM115
        if name == "stderr":
            opened.reconfigure(line_buffering=True)
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)
    os.chdir(asked["cwd"])
    sys.argv = ["asnad", *asked["words"]]
    code: Any = 0
    try:
        runpy.run_module("asnad", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    serve(sys.argv[1])
