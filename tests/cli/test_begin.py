"""From nothing to the first own certificate: ``asnad init``, and the commands that its README tells."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import Answer, assert_told, call, environment_of, talk
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from asnad import __version__
from asnad.centre_folder import CentreFolder
from asnad.cli.init import init
from asnad.errors import AsnadError
from asnad.verification.outcome import Outcome
from example_centre import ROOT
from new_centre import LEARNERS, options, verdict_by_site

TYPED = "a passphrase of our own\n"
MOST_COMMANDS = 5


def begin(cwd: Path, folder: str, *words: str) -> Answer:
    """Call the command in this process, for speed; other tests call it as a person does."""
    done = CliRunner().invoke(init, [str(cwd / folder), *words])
    if isinstance(done.exception, AsnadError):
        return Answer(1, done.stdout, done.exception.diagnostics())
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


def tree(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


# The way of the README, in the commands of the README.


@dataclass(frozen=True, slots=True)
class Walked:
    """A centre after the commands of its README."""

    root: Path
    home: Path
    commands: list[str]
    served: dict[str, bytes]


def told_commands(readme: str) -> list[str]:
    """Read the commands that lead to the first certificate."""
    section = readme.split("## To the first certificate")[1].split("\n## ", maxsplit=1)[0]
    return re.findall(r"^ {4}(asnad .*)$", section, re.MULTILINE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    home = tmp_path_factory.mktemp("home")
    root = home / "centre"
    first = ["init", "centre", *options()]
    made = call(*first, cwd=home, home=home)
    assert made.code == 0, made.err
    told = told_commands((root / "README.md").read_text(encoding="utf-8"))
    with (root / "credentials" / "private" / "register.csv").open("a", encoding="utf-8") as register:
        register.write(LEARNERS)
    for command, typed in zip(told[:-1], (TYPED * 2, "y\n", TYPED), strict=True):
        done = call(*shlex.split(command)[1:], cwd=root, home=home, typed=typed)
        assert done.code == 0, (command, done.err)
    return Walked(root, home, [shlex.join(["asnad", *first]), *told], serve(told[-1], root, home))


def serve(command: str, root: Path, home: Path) -> dict[str, bytes]:
    """Call the command that serves, fetch some pages, and interrupt it as a person does."""
    environment = environment_of(home) | {"PYTHONUNBUFFERED": "1"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = [sys.executable, "-W", "ignore", "-m", "asnad", *shlex.split(command)[1:], "--port", port]
    with subprocess.Popen(words, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = []
            while not (found := re.search(r"http://localhost:[0-9]+/", lines[-1] if lines else "")):
                lines.append(process.stdout.readline())
                assert lines[-1], lines
            address = found.group()
            return {path: urllib.request.urlopen(address + path).read() for path in ("", "v/", "asnad/keys.json")}
        finally:
            process.send_signal(signal.SIGINT)


def test_from_nothing_to_a_certificate_on_a_local_site_takes_five_commands_at_most(walked: Walked) -> None:
    assert len(walked.commands) <= MOST_COMMANDS
    assert b"Indus Skills Centre" in walked.served[""]
    assert b"asnad" in walked.served["v/"]
    assert (
        walked.served["asnad/keys.json"]
        == (walked.root / "credentials" / "public" / "asnad" / "keys.json").read_bytes()
    )


def test_its_first_certificates_are_valid_and_no_demonstration(walked: Walked) -> None:
    files = sorted((walked.root / "credentials" / "private" / "credentials").glob("*.json"))
    assert len(files) == 2
    for path in files:
        did = CentreFolder(walked.root).catalogue().centre.did
        report = verdict_by_site(path.read_bytes(), walked.root / "site", walked.root, did, int(time.time()))
        assert report.outcome is Outcome.VALID
        assert report.credential is not None
    verified = call("verify", str(files[0]), "--json", cwd=walked.root, home=walked.home)
    assert (verified.code, '"outcome": "valid"' in verified.out) == (0, True)


def test_its_private_keys_lie_in_the_configuration_of_the_person_alone(walked: Walked) -> None:
    keys = [path for path in walked.home.rglob("*.key.json") if path.is_file()]
    assert len(keys) == 4
    assert all(path.is_relative_to(walked.home / "config" / "asnad") for path in keys)


def test_git_takes_the_signed_files_and_no_learner(walked: Walked, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(walked.root, root)
    for words in (("init", "-q"), ("add", ".")):
        subprocess.run(["git", *words], cwd=root, check=True)
    listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True).stdout.split()
    assert "credentials/public/asnad/manifest.json" in listed
    assert not [path for path in listed if path.startswith(("site", "credentials/private", "credentials/published"))]
    assert not [path for path in listed if b"Rashida" in (root / path).read_bytes()]


def test_a_clone_without_the_private_part_builds_the_identical_site(
    walked: Walked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time())))
    root, clone = tmp_path / "copy", tmp_path / "a clone"
    shutil.copytree(walked.root, root)
    identity = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **identity}
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Found the centre")):
        subprocess.run(["git", *words], cwd=root, check=True, env=environment)
    subprocess.run(["git", "clone", "-q", str(root), str(clone)], check=True, env=environment)
    assert not (clone / "credentials" / "private").exists()
    sites = []
    for place in (root, clone):
        built = call("build", cwd=place, home=tmp_path)
        assert built.code == 0, built.err
        site = place / "site"
        sites.append({name: (site / name).read_bytes() for name in tree(site) if (site / name).is_file()})
    ours, theirs = sites
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []


# What is asked, and what is refused.


def test_the_first_build_passes_without_keys(tmp_path: Path) -> None:
    assert begin(tmp_path, "centre", *options("user.github.io/skills")).code == 0
    checked = call("check", cwd=tmp_path / "centre")
    assert (checked.code, "There are no keys yet" in checked.out) == (0, True)
    built = call("build", cwd=tmp_path / "centre")
    assert built.code == 0, built.err
    home = (tmp_path / "centre" / "site" / "index.html").read_text(encoding="utf-8")
    assert "Indus Skills Centre" in home
    assert 'href="https://user.github.io/skills/' in home


def test_what_is_missing_is_asked_of_a_person_and_what_may_be_left_out_too(tmp_path: Path) -> None:
    answers = {
        "Name of the centre, in Latin letters": "Zarf Centre",
        "Address of the site": "zarf.example",
        "Country": "pk",
        "Languages": "ur, en",
        "Name of the centre in Urdu": "ظرف سنٹر",
        "Town": "Multan",
        "Phone": "+92-61-0000000",
        "E-mail": "desk@zarf.example",
        "Beginning of serials": "zc",
        "Who signs": "Amina Bibi",
        "Git host": "gitlab",
        "Who can read": "private",
    }
    assert talk("init", "centre", cwd=tmp_path, answers=tuple(answers.items())).code == 0
    centre = CentreFolder(tmp_path / "centre").catalogue().centre
    assert centre.did == "did:web:zarf.example"
    assert centre.names[0].name.versions == (("ur", "ظرف سنٹر"), ("en", "Zarf Centre"))
    assert (centre.country, centre.time_zone, centre.serial_prefix) == ("PK", "Asia/Karachi", "ZC")
    assert centre.venues[0].city.shown_in("ur")[0] == "Multan"
    assert centre.signatories[0].name.shown_in("ur")[0] == "Amina Bibi"
    assert centre.repository_private
    assert (tmp_path / "centre" / ".gitlab-ci.yml").is_file()


def test_a_wrong_answer_is_told_when_it_is_given_and_asked_again(tmp_path: Path) -> None:
    words = (
        *("--country", "us", "--host", "none", "--repository", "public"),
        *("--city", "Austin", "--signatory", "Amina Bibi"),
    )
    said = talk(
        *("init", "centre", *words),
        cwd=tmp_path,
        answers=(
            ("Name of the centre", "  "),
            ("Name of the centre", "Zarf Centre"),
            ("Address of the site", "http://zarf.example"),
            ("Address of the site", "zarf.example"),
            ("Languages", "en, fr"),
            ("Languages", "en en"),
            ("Languages", ""),
            ("Time zone", "Texas"),
            ("Time zone", "America/Chicago"),
            ("Phone", "ring us"),
            ("Phone", " +1-512-0000000 "),
            ("E-mail", "desk"),
            ("E-mail", "desk@zarf.example"),
            ("Beginning of serials", "z c"),
            ("Beginning of serials", "zc"),
        ),
    )
    assert said.code == 0, said.out
    for told in (
        "expected one of en, kk, nl, ur, got 'fr'",
        "each language once",
        "expected a telephone number, got 'ring us'",
    ):
        assert told in said.out
    assert "without http:// before it" in said.out
    assert "hint: None" not in said.out
    centre = CentreFolder(tmp_path / "centre").catalogue().centre
    assert (centre.did, centre.languages, centre.time_zone) == ("did:web:zarf.example", ("en",), "America/Chicago")
    assert (centre.contact.phone, centre.serial_prefix) == ("+1-512-0000000", "ZC")


def test_a_wrong_option_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    said = talk("init", "centre", "--email", "desk", "--language", "fr", cwd=tmp_path, answers=())
    assert (said.code, "Name of the centre" in said.out) == (1, False)
    assert "--email: expected an e-mail address" in said.out
    assert "--language: expected one of en, kk, nl, ur, got 'fr'" in said.out


def test_where_nobody_answers_the_missing_option_is_named(tmp_path: Path) -> None:
    words = options()
    place = words.index("--phone")
    answer = begin(tmp_path, "centre", *words[:place], *words[place + 2 :])
    assert_told(answer, 2, "expected --phone, got none", hint=False)
    assert tree(tmp_path) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "essay.txt").write_text("x")
    assert_told(begin(tmp_path, "mine", *options()), 1, "mine", "expected a new or empty folder, found essay.txt")
    (tmp_path / "file").write_text("x")
    assert_told(begin(tmp_path, "file", *options()), 1, "expected a new or empty folder, found a file")
    assert tree(tmp_path) == ["file", "mine", "mine/essay.txt"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"domain": "skills"}, "--domain: expected the host of the site"),
        ({"domain": "http://skills.example"}, "--domain: expected the host of the site"),
        ({"country": "ZZ"}, "--country: expected a country code"),
        ({"languages": "en fr"}, "--language: expected one of en, kk, nl, ur, got 'fr'"),
        ({"email": "desk"}, "--email: expected an e-mail address"),
        ({"time_zone": "Mars"}, "--time-zone: expected a time zone"),
        ({"name": "Turned\u202eround"}, "centre.yml:"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_left_behind(
    tmp_path: Path, changed: dict[str, str], expected: str
) -> None:
    assert_told(begin(tmp_path, "centre", *options(**changed)), 1, expected)
    assert tree(tmp_path) == []


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert_told(begin(tmp_path, "file/centre", *options()), 1, "cannot be made")
    assert tree(tmp_path) == ["file"]


def test_an_empty_folder_and_a_fresh_clone_of_an_empty_repository_are_filled(tmp_path: Path) -> None:
    (tmp_path / "clone").mkdir()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path / "clone", check=True)
    assert call("init", ".", *options(), cwd=tmp_path / "clone").code == 0
    assert (tmp_path / "clone" / ".git").is_dir()
    assert call("check", cwd=tmp_path / "clone").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clone"]


def test_a_second_init_changes_nothing(tmp_path: Path) -> None:
    assert begin(tmp_path, "centre", *options()).code == 0
    before = {name: (tmp_path / name).read_bytes() for name in tree(tmp_path) if (tmp_path / name).is_file()}
    assert begin(tmp_path, "centre", *options("other.example")).code == 1
    assert before == {name: (tmp_path / name).read_bytes() for name in tree(tmp_path) if (tmp_path / name).is_file()}


@pytest.mark.parametrize(
    ("direct_url", "requirement"),
    [
        (None, f"asnad=={__version__}"),
        ('{"url": "file:///home/me/asnad", "dir_info": {}}', f"asnad=={__version__}"),
        (
            '{"url": "https://code.example/asnad", "vcs_info": {"vcs": "git", "commit_id": "0123abcd"}}',
            "asnad @ git+https://code.example/asnad@0123abcd",
        ),
    ],
)
def test_the_pipeline_installs_this_very_version_from_where_it_was_got(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, direct_url: str | None, requirement: str
) -> None:
    class Distribution:
        def read_text(self, name: str) -> str | None:
            return direct_url if name == "direct_url.json" else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Distribution())
    made = begin(tmp_path, "centre", *options(host="gitlab"))
    assert (made.code, f"its pipeline installs {requirement}," in made.out) == (0, True)
    written = (tmp_path / "centre" / "requirements.txt").read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if not line.startswith("#")] == [requirement]


def test_the_hook_may_be_run(tmp_path: Path) -> None:
    assert begin(tmp_path, "centre", *options()).code == 0
    root = tmp_path / "centre"
    assert os.access(root / ".githooks" / "pre-commit", os.X_OK)
    assert not [path for path in tree(root) if path.endswith(".part")]
    subprocess.run(["sh", "-n", ".githooks/pre-commit"], cwd=root, check=True)


def test_the_hook_stops_a_private_key_and_lets_the_rest_through(tmp_path: Path) -> None:
    assert begin(tmp_path, "centre", *options()).code == 0
    root = tmp_path / "centre"
    identity = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, **identity, "PATH": programs, "PYTHONPATH": str(ROOT / "build_tools")}

    def git(*words: str) -> int:
        done = subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, check=False)
        return done.returncode

    assert [git("init", "-q"), git("config", "core.hooksPath", ".githooks"), git("add", ".")] == [0, 0, 0]
    assert git("commit", "-m", "Found the centre") == 0
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (root / "catalogue" / "pages" / "notes.md").write_bytes(key)
    assert git("add", ".") == 0
    assert git("commit", "-m", "Notes") != 0
    assert git("rev-parse", "--verify", "HEAD~1") != 0
    (root / "catalogue" / "pages" / "notes.md").write_text("# Notes\n", encoding="utf-8")
    assert [git("add", "."), git("commit", "-m", "Notes")] == [0, 0]
