"""docs/registrar.md is true: each of its commands is called in its order, as by a registrar; in Urdu it is the same."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner, Result
from nacl.pwhash import argon2id

from asnad.centre_folder import CentreFolder
from asnad.cli import demo as demo_module
from asnad.cli.main import asnad
from asnad.cli.server import SiteServer
from asnad.desk.ledger import Event, Issued, ended, read_private
from asnad.errors import AsnadError
from asnad.instant import day_at
from asnad.verification.outcome import Outcome
from example_centre import ROOT
from new_centre import verdict_by_site
from small_pack import fresh_pack

GUIDE = ROOT / "docs" / "registrar.md"
URDU_GUIDE = ROOT / "docs" / "registrar.ur.md"
COMMANDS_CALLED = 74
MENTIONED = 5
DID = "did:web:gulnar-skills.example"
ZONE = "Asia/Karachi"
REMOTE = "https://git.example/gulnar/skills.git"
PASSPHRASE = "the passphrase on the paper"
TRUSTING = (("trust", "add"), ("trust", "remove"))
ASKED_FIRST = (("import",), ("approve",), ("correct",), ("revoke",), ("erase",), ("keys", "compromise"), *TRUSTING)
"""Commands that ask whether it is right before they ask for the passphrase."""
ASKED_BEFORE = "asnad keys compromise key-2026a --since 2027-03-18"
"""Only the first time; this key is withdrawn already."""
_COMMENT = re.compile(r"<!-- (.+) -->")
_ENDS = re.compile(r"\((?:ends with|اختتامی عدد) ([0-9]+)[:：]")
_INLINE = re.compile(r"`(asnad [a-z][^`]*)`")


@dataclass(slots=True)
class Step:
    """One thing that the guide says to do: a command, or something by hand."""

    text: str
    by_hand: bool
    block: str = ""
    """What is to be written into a file by hand."""
    code: int = 0


def steps_of(document: str) -> list[Step]:
    """Read a guide; a line that is neither known nor prose is a fault of the guide."""
    steps: list[Step] = []
    lines = iter(document.splitlines())
    for line in lines:
        if comment := _COMMENT.fullmatch(line):
            steps.append(Step(text=comment[1], by_hand=True))
        elif line.startswith("```"):
            block = list(iter(lines.__next__, "```"))
            if line == "```sh":
                steps += [Step(text=command, by_hand=False) for command in block]
            else:
                assert steps[-1].by_hand, line
                steps[-1].block = "\n".join(block) + "\n"
        elif ending := _ENDS.match(line):
            steps[-1].code = int(ending[1])
        else:
            assert not line.startswith(("    asnad", "    git", "\tasnad", "    cd")), line
    return steps


def commands_of(document: str) -> list[str]:
    return [step.text for step in steps_of(document) if not step.by_hand]


def found_command(words: list[str]) -> tuple[click.Command, tuple[str, ...], list[str]]:
    """Find the command that words call, its name, and what is left of the words."""
    command: click.Command = asnad
    name: tuple[str, ...] = ()
    while isinstance(command, click.Group):
        below = command.commands.get(words[0])
        assert below is not None, words
        command, name, words = below, (*name, words[0]), words[1:]
    return command, name, words


@dataclass(slots=True)
class Laptop:
    """A computer of its own: its folders, and where its person is."""

    home: Path
    cwd: Path

    @property
    def keys(self) -> Path:
        return self.home / "config" / "asnad" / "keys"

    def environment(self, drive: Path) -> dict[str, str]:
        """Give a home of its own, a Git that reaches the host's repository in a folder, and this Asnad for its hook."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("GIT_", "XDG_", "LC_", "LANG"))}
        return kept | {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "GIT_CONFIG_GLOBAL": str(drive / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
            "PYTHONPATH": str(ROOT / "build_tools"),
            "COLUMNS": "200",
            "LC_ALL": "C.UTF-8",
        }


@dataclass(slots=True)
class Year:
    """A walk through the guide, with the drives and laptops that it speaks of."""

    drive: Path
    monkeypatch: pytest.MonkeyPatch
    laptops: dict[str, Laptop] = field(default_factory=dict)
    at: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)

    def sit_down(self, number: str) -> None:
        """Go to a laptop; a new one is empty."""
        if number not in self.laptops:
            home = self.drive / f"laptop-{number}"
            home.mkdir()
            self.laptops[number] = Laptop(home, home)
        self.at = number
        for name, text in self.here.environment(self.drive).items():
            self.monkeypatch.setenv(name, text)
        self.monkeypatch.chdir(self.here.cwd)

    @property
    def here(self) -> Laptop:
        return self.laptops[self.at]

    def dated(self, text: str) -> str:
        """Write last year, and one that is to come, for those of the story."""
        year = day_at(int(time.time()), ZONE).year
        return text.replace("2025-", f"{year - 1}-").replace("2028-", f"{year + 2}-")

    def written(self, text: str) -> str:
        """Write what a person types: the real year, day, stick and file for those of the story."""
        today = day_at(int(time.time()), ZONE)
        text = text.replace("2027-03-15", today.isoformat()).replace("2027-03-18", str(today + timedelta(days=1)))
        text = re.sub(r"(key|status)-2026", rf"\g<1>-{today.year}", text)
        if backup := re.search(r"(/media/usb-[12]/)NEWEST\.asnad", text):
            newest = sorted((self.drive / backup[1][1:]).glob("asnad-backup-*"))[-1]
            return text.replace(backup[0], str(newest))
        return text.replace("/media/", f"{self.drive}/media/")

    def by_hand(self, step: Step) -> None:
        """Do what the guide tells a person to do without a command."""
        match step.text.split():
            case ["laptop", number]:
                self.sit_down(number)
            case ["write", path]:
                (self.here.cwd / path).write_text(step.block, encoding="utf-8")
            case ["replace", path, *_]:
                self._replace(path.rstrip(":"), *step.text.split(": ", 1)[1].split(" => "))
                assert step.text.endswith(step.block.strip())
            case ["section", name, "of", path]:
                self._replace_section(path, name, self.dated(step.block))
            case ["root", "keys", "to", "the", "stick"]:
                self._move_roots(self.keys_folder(), self.stick())
            case ["root", "keys", "from", "the", "stick"]:
                assert self._move_roots(self.stick(), self.keys_folder(), keep=True) >= 2
            case ["certificate", serial, "as", path]:
                self._take_certificate(self.here, serial, path)
            case ["certificate", serial, "of", "laptop", number, "as", path]:
                self._take_certificate(self.laptops[number], serial, path)
            case ["pack", "of", "another", "centre", "as", path]:
                Path(self.written(path)).write_bytes(fresh_pack(int(time.time())))
            case ["copy", ".", "to", path]:
                shutil.copytree(self.here.cwd, self.written(path))
            case _:
                pytest.fail(f"nobody knows how to do this: {step.text}")

    def _take_certificate(self, laptop: Laptop, serial: str, path: str) -> None:
        """Save the file that a learner has."""
        folder = CentreFolder(laptop.cwd)
        issued = {event.serial: event for event in ledger_of(folder) if isinstance(event, Issued)}
        shutil.copy(credential_of(folder, issued[serial]), self.here.cwd / path)

    def keys_folder(self) -> Path:
        (folder,) = self.here.keys.iterdir()
        return folder

    def stick(self) -> Path:
        return self.drive / "media" / "usb-1"

    def _move_roots(self, source: Path, target: Path, *, keep: bool = False) -> int:
        found = sorted(source.glob("root-*.key.json"))
        for path in found:
            shutil.copy(path, target)
            if not keep:
                path.unlink()
        return len(found)

    def _replace(self, path: str, before: str, after: str) -> None:
        text = (self.here.cwd / path).read_text(encoding="utf-8")
        assert text.count(f"\n{before}\n") == 1, before
        (self.here.cwd / path).write_text(text.replace(f"\n{before}\n", f"\n{after}\n"), encoding="utf-8")

    def _replace_section(self, path: str, name: str, after: str) -> None:
        text = (self.here.cwd / path).read_text(encoding="utf-8")
        before = re.search(rf"^{name}:.*?\n\n", text, re.MULTILINE | re.DOTALL)
        assert before is not None, name
        (self.here.cwd / path).write_text(text.replace(before[0], f"{after}\n"), encoding="utf-8")

    def call(self, step: Step) -> None:
        """Call a command, and see that it ends as the guide says."""
        words = shlex.split(self.written(step.text))
        if words[0] == "cd":
            self.here.cwd = (self.here.cwd / words[1]).resolve(strict=True)
            self.monkeypatch.chdir(self.here.cwd)
            return
        if words[0] == "git":
            done = subprocess.run(words, cwd=self.here.cwd, capture_output=True, text=True, check=False, timeout=120)
            code, said = done.returncode, done.stdout + done.stderr
        else:
            assert words[0] == "asnad", step.text
            result = self._invoke(words[1:], step.text)
            code, said = result.exit_code, result.output
            if isinstance(result.exception, AsnadError):
                code, said = 1, said + result.exception.diagnostics()
            elif result.exception is not None and not isinstance(result.exception, SystemExit):
                raise result.exception
        assert code == step.code, (step.text, said)
        self.said.append((step.text, said))

    def _invoke(self, words: list[str], text: str) -> Result:
        name = found_command(words)[1]
        typed = f"{PASSPHRASE}\n"
        if name in ASKED_FIRST and text != ASKED_BEFORE:
            typed = f"y\n{typed}"
        elif name == ("keys", "ceremony"):
            typed *= 2
        elif name == ("backup",):
            # A backup's name has its second; only with this test's cheap key would two fit into one.
            time.sleep(1 - time.time() % 1)
        return CliRunner().invoke(asnad, words, input=typed, default_map=self._defaults(asnad))

    def _defaults(self, command: click.Command) -> dict[str, Any]:
        """Let each command look for keys in this laptop's folder, as its configuration folder is read only once."""
        if isinstance(command, click.Group):
            return {name: self._defaults(below) for name, below in command.commands.items()}
        names = {parameter.name for parameter in command.params}
        return ({"keys_folder": str(self.here.keys)} if "keys_folder" in names else {}) | (
            {"port": free_port()} if "port" in names else {}
        )

    def answer(self, command: str) -> str:
        """Give what the first call of a command said."""
        return next(said for text, said in self.said if text == command)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ledger_of(folder: CentreFolder) -> tuple[Event, ...]:
    return read_private(folder.required("private/ledger.jsonl"))


def credential_of(folder: CentreFolder, issued: Issued) -> Path:
    return folder.credentials / "private" / "credentials" / f"{issued.id.removeprefix('urn:uuid:')}.json"


def cheap_kdf(kdf: Callable[..., bytes]) -> Callable[..., bytes]:
    """Open keys at the lowest cost, whatever their files say."""

    def derive(size: int, passphrase: bytes, salt: bytes, opslimit: int, memlimit: int) -> bytes:
        # Everybody knows the passphrase of the demonstration, so nothing is won by making it costly to guess.
        if passphrase != demo_module.PASSPHRASE:
            assert opslimit >= argon2id.OPSLIMIT_MODERATE
            assert memlimit >= argon2id.MEMLIMIT_MODERATE
        return kdf(size, passphrase, salt, opslimit=argon2id.OPSLIMIT_MIN, memlimit=argon2id.MEMLIMIT_MIN)

    return derive


def looked_at(server: SiteServer) -> None:
    """Look at the site in a browser's place, and press Ctrl-C."""
    for path, expected in (("", b"Skills Centre"), ("v/", b"<!doctype html>")):
        with urlopen(f"http://localhost:{server.port}/{path}") as answer:
            assert expected in answer.read()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    drive = tmp_path_factory.mktemp("year")
    for name in ("media/usb-1", "media/usb-2"):
        (drive / name).mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", drive / "host.git"], check=True)
    person = "[user]\nname = Registrar\nemail = desk@gulnar-skills.example\n"
    (drive / "gitconfig").write_text(f'{person}[url "{drive}/host.git"]\ninsteadOf = {REMOTE}\n')
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(argon2id, "kdf", cheap_kdf(argon2id.kdf))
        monkeypatch.setattr(SiteServer, "serve_until_interrupted", looked_at)
        # The demonstration's keys lie in the configuration folder, which no option names.
        monkeypatch.setattr(demo_module, "KEYS_FOLDER", drive / "demonstration" / "keys")
        walk = Year(drive, monkeypatch)
        walk.sit_down("1")
        for step in steps_of(GUIDE.read_text(encoding="utf-8")):
            if step.by_hand:
                walk.by_hand(step)
            else:
                walk.call(step)
        yield walk


def test_every_command_ends_as_the_guide_says(year: Year) -> None:
    steps = [step for step in steps_of(GUIDE.read_text(encoding="utf-8")) if step.text.startswith("asnad ")]
    called = [text for text, _ in year.said if text.startswith("asnad ")]
    assert called == [step.text for step in steps]
    assert len(called) == COMMANDS_CALLED


def test_every_command_there_is_has_its_place_in_the_guide() -> None:
    in_guide = {found_command(shlex.split(text)[1:])[1] for text in commands_of_asnad(GUIDE)}
    assert in_guide == set(all_names(asnad))


def commands_of_asnad(guide: Path) -> list[str]:
    return [text for text in commands_of(guide.read_text(encoding="utf-8")) if text.startswith("asnad ")]


def all_names(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for below, found in command.commands.items():
            yield from all_names(found, (*name, below))
    else:
        yield name


@pytest.mark.parametrize("guide", [GUIDE, URDU_GUIDE], ids=["en", "ur"])
def test_commands_in_sentences_exist_with_their_options(guide: Path) -> None:
    found = _INLINE.findall(guide.read_text(encoding="utf-8"))
    assert len(found) > MENTIONED
    for text in found:
        command, _, words = found_command(text.split()[1:])
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options | {"--help"}, text


def test_the_urdu_guide_has_the_same_commands_and_the_same_work_by_hand() -> None:
    english, urdu = (steps_of(guide.read_text(encoding="utf-8")) for guide in (GUIDE, URDU_GUIDE))
    assert urdu == english


def test_the_urdu_guide_reads_from_right_to_left_and_says_who_has_not_read_it() -> None:
    text = URDU_GUIDE.read_text(encoding="utf-8")
    opened = text.index('<div dir="rtl">')
    assert "native speaker" in text[:opened]
    assert text.rstrip().endswith("</div>")
    assert text.count("\n## ") == GUIDE.read_text(encoding="utf-8").count("\n## ")


def test_what_the_year_leaves_behind_is_judged_as_the_guide_promises(year: Year) -> None:
    folder = CentreFolder(year.laptops["3"].cwd)
    events = ledger_of(folder)
    gone = ended(events)
    moment = int(time.time())
    verdicts = {
        event.serial: verdict_by_site(
            credential_of(folder, event).read_bytes(), folder.root / "site", folder.root, DID, moment
        ).outcome
        for event in events
        if isinstance(event, Issued) and event.name
    }
    assert verdicts == {
        "GSC-CB/1/001": Outcome.REVOKED,
        "GSC-CB/1/002": Outcome.REPLACED,
        "GSC-CB/1/003": Outcome.REPLACED,
        "GSC-CB/1/004": Outcome.REVOKED,
        "GSC-CB/1/002-2": Outcome.VALID,
        "GSC-CB/1/003-2": Outcome.REPLACED,
        "GSC-CB/1/003-3": Outcome.VALID,
    }
    assert len(gone) == len(verdicts) - 2


def test_what_the_guide_says_about_the_root_keys_is_so(year: Year) -> None:
    left = [path.name for laptop in year.laptops.values() for path in laptop.keys.rglob("root*")]
    assert left == []
    assert {path.name.partition("-2")[0] for path in year.stick().glob("root*")} == {"root", "root-next"}


def test_nothing_private_reached_the_host(year: Year) -> None:
    git = ["git", "--git-dir", str(year.drive / "host.git"), "log", "--all", "--name-only", "--format="]
    names = set(subprocess.run(git, check=True, capture_output=True, text=True).stdout.split())
    assert "credentials/public/asnad/keys.json" in names
    assert not [name for name in names if "private" in name or name.endswith(".key.json")]
