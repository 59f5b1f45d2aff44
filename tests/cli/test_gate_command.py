"""``asnad gate`` on real repositories: what it says, and that a commit with a key does not happen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import TYPED, Answer, call, in_centre

from asnad.cli.main import asnad
from asnad.desk.withdrawing import WithdrawalReason, revoke
from example_centre import ROOT, ExampleCentre

KEY = "-----BEGIN {} KEY-----\n".format("PRIVATE")
HISTORY = "Git keeps every version that was ever committed"


def git(root: Path, *words: str, hooks: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "PYTHONPATH": str(ROOT / "build_tools"),
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@b.example",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@b.example",
    }
    options = ["-c", f"core.hooksPath={hooks}"] if hooks else []
    return subprocess.run(
        ["git", *options, *words], cwd=root, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def begun(root: Path) -> Path:
    assert git(root, "init", "--quiet", "--initial-branch=main").returncode == 0
    return committed(root)


def committed(root: Path) -> Path:
    assert git(root, "add", "--all").returncode == 0
    done = git(root, "commit", "--quiet", "--allow-empty", "--message", "x")
    assert done.returncode == 0, done
    return root


@pytest.fixture
def repository(own_centre: ExampleCentre) -> ExampleCentre:
    """Give a centre whose folder is a repository; its private folder is ignored by the file that the desk writes."""
    begun(own_centre.folder.root)
    return own_centre


def write(centre: ExampleCentre, path: str, text: str) -> None:
    file = centre.folder.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def assert_found(answer: Answer, *lines: str) -> None:
    assert answer.code == 1, answer
    assert [line for line in answer.out.splitlines() if not line.startswith("  hint: ")] == list(lines)


def test_a_commit_with_a_private_key_is_refused_by_the_hook(repository: ExampleCentre, tmp_path: Path) -> None:
    root = repository.folder.root
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    hook = hooks / "pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} -m asnad gate --staged\n", encoding="utf-8")
    hook.chmod(0o755)
    write(repository, "README.md", "# A centre\n")
    git(root, "add", "README.md")
    done = git(root, "commit", "--message", "fine", hooks=hooks)
    assert done.returncode == 0, done
    write(repository, "keys/old.txt", f"one\n{KEY}")
    git(root, "add", "keys/old.txt")
    # What is staged counts, not what lies in the folder.
    (root / "keys/old.txt").unlink()
    before = git(root, "rev-parse", "HEAD").stdout
    done = git(root, "commit", "--message", "a key", hooks=hooks)
    assert done.returncode != 0
    assert "keys/old.txt:2: expected nothing secret, found a private key in PEM" in done.stdout + done.stderr
    assert HISTORY in done.stderr
    assert git(root, "rev-parse", "HEAD").stdout == before


def test_a_centre_passes_and_says_nothing(repository: ExampleCentre) -> None:
    answer = in_centre(repository, "gate")
    assert (answer.code, answer.out) == (0, "")
    assert (answer.code, in_centre(repository, "gate", "--staged").out) == (0, "")


def test_learners_of_the_registers_here_are_found_and_those_who_agreed_are_not(repository: ExampleCentre) -> None:
    write(repository, "catalogue/pages/news.md", "Iqra Batool Sial, +92-300-0000012\n\nRashida Bano\n")
    git(repository.folder.root, "add", "catalogue/pages/news.md")
    run = "home-baking-women-b12"
    assert_found(
        in_centre(repository, "gate"),
        "catalogue/pages/news.md:1: expected nothing of a learner but what is on an agreed page, "
        f"found the phone number 92…12 of a learner in the register of {run}",
        "catalogue/pages/news.md:1: expected no name of a learner who agreed to no page, "
        f"found one of the register of {run}",
    )


def test_findings_as_json_and_for_pull_requests(repository: ExampleCentre) -> None:
    write(repository, "catalogue/pages/news.md", "\nRing 0300-1234567\n")
    git(repository.folder.root, "add", "catalogue/pages/news.md")
    (finding,) = json.loads(in_centre(repository, "gate", "--json").out)["findings"]
    assert finding == {
        "file": "catalogue/pages/news.md",
        "line": 2,
        "expected": "no phone number in Git but those of the catalogue",
        "found": "30…67",
        "repair": "add it to a contact in catalogue/centre.yml, or of its course or run, or take it out",
    }
    answer = in_centre(repository, "gate", "--format", "github")
    assert answer.out.startswith("::error file=catalogue/pages/news.md,line=2::expected no phone number in Git")


def test_a_state_that_goes_back_is_told_without_naming_the_one_before(repository: ExampleCentre) -> None:
    root = repository.folder.root
    former = {path: path.read_bytes() for path in (root / "credentials/public").rglob("*") if path.is_file()}
    revoke(repository.workplace(int(time.time())), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    committed(root)
    for path, data in former.items():
        path.write_bytes(data)
    (root / "news.txt").write_text("x", encoding="utf-8")
    answer = in_centre(repository, "gate")
    assert answer.code == 1
    places = [line.split(": ")[0] for line in answer.out.splitlines() if not line.startswith("  hint")]
    assert places == [
        "credentials/public/asnad/manifest.json",
        "credentials/public/asnad/notices.json",
        "credentials/public/ledger.jsonl:4",
        "credentials/public/status/1.json",
    ]
    # Committed on top, and followed by something else, it is told as before.
    committed(root)
    assert in_centre(repository, "gate").out == answer.out
    assert in_centre(repository, "gate", "--against", "HEAD").code == 0
    assert in_centre(repository, "gate", "--against", "HEAD~1").out == answer.out
    bad = in_centre(repository, "gate", "--against", "no-such")
    assert bad.code == 1
    assert "asnad: no-such: expected a folder, or a commit of this repository, found neither" in bad.err


def test_half_of_what_was_signed_is_not_committed(repository: ExampleCentre) -> None:
    root = repository.folder.root
    revoke(repository.workplace(int(time.time())), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    git(root, "add", "credentials/public/asnad/manifest.json", "credentials/public/ledger.jsonl")
    answer = in_centre(repository, "gate", "--staged")
    assert_found(
        answer,
        "credentials/public/asnad/notices.json: expected the file that manifest.json names, found another one",
        "credentials/public/status/1.json: expected the file that manifest.json names, found another one",
    )
    assert "commit all of it: git add credentials/public" in answer.out
    # What git add would take is looked at as if it had.
    assert in_centre(repository, "gate").code == 0
    write(repository, "new.txt", KEY)
    assert_found(in_centre(repository, "gate"), "new.txt:1: expected nothing secret, found a private key in PEM")


def test_without_git_the_folder_is_looked_at(own_centre: ExampleCentre) -> None:
    answer = in_centre(own_centre, "gate")
    assert (answer.code, answer.out) == (0, ""), answer
    assert "no Git repository here: every file that could be committed to one was looked at" in answer.err
    assert "no earlier state is known" in answer.err
    write(own_centre, ".config/x", KEY)
    assert_found(in_centre(own_centre, "gate"), ".config/x:1: expected nothing secret, found a private key in PEM")
    staged = in_centre(own_centre, "gate", "--staged")
    assert staged.code == 1
    assert "expected a Git repository, found none" in staged.err


def test_tracked_private_files_and_keys_inside_the_repository_are_told(repository: ExampleCentre) -> None:
    root = repository.folder.root
    git(root, "add", "--force", "credentials/private/ledger.jsonl")
    home = root / "home"
    shutil.copytree(repository.keys, home / "config" / "asnad" / "keys")
    (root / ".gitignore").write_text("/home/\n", encoding="utf-8")
    answer = call("gate", cwd=root, home=home)
    assert answer.code == 1
    told = [line for line in answer.out.splitlines() if not line.startswith("  hint")]
    assert "credentials/private/ledger.jsonl: expected nothing of credentials/private in Git, found this file" in told
    assert (
        "home/config/asnad/keys/: expected private keys outside the repository, found their folder inside of it" in told
    )


def test_a_site_is_built_looked_at_and_not_replaced_by_one_that_goes_back(own_centre: ExampleCentre) -> None:
    root = own_centre.folder.root
    former = {path: path.read_bytes() for path in (root / "credentials").rglob("*") if path.is_file()}
    revoke(own_centre.workplace(int(time.time())), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    built = in_centre(own_centre, "build")
    assert built.code == 0, built
    assert in_centre(own_centre, "gate", "--site", "site", "--against", "site").code == 0
    newest = (root / "site/asnad/manifest.json").read_bytes()
    for path, data in former.items():
        path.write_bytes(data)
    refused = in_centre(own_centre, "build")
    assert refused.code == 1
    assert "asnad: site/asnad/manifest.json: expected a version above" in refused.err
    assert "asnad: site/status/1.json: expected every certificate that was revoked to stay revoked" in refused.err
    assert (root / "site/asnad/manifest.json").read_bytes() == newest
    assert not (root / "site.part").exists()


def test_a_build_refuses_a_page_with_a_claim_or_a_number_of_somebody(own_centre: ExampleCentre) -> None:
    page = own_centre.folder.root / "catalogue/pages/about.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n**Verified certificate**\n\nAsk Sidra, 35201-1234567-1.\n",
        encoding="utf-8",
    )
    refused = in_centre(own_centre, "build")
    assert refused.code == 1, refused
    assert "expected no page that says what only a check can say, found “Verified certificate”" in refused.err
    assert "expected no identity number on the site, found 35…71" in refused.err
    assert not (own_centre.folder.root / "site").exists()


def test_whatever_the_desk_does_goes_forward(own_centre: ExampleCentre) -> None:
    """Each command changes what is published, and the gate lets it through, before all states that were before."""
    root = own_centre.folder.root
    begun(root)
    for words in (
        ("correct", "CSC-FT-HB-W/12/001", "--name", "Rashida Bano Sial", "--reason", "misspelt", "--yes"),
        ("withdraw-page", "CSC-FT-HB-W/12/001-2", "--reason", "her wish"),
        ("keys", "rotate"),
        ("keys", "rotate", "--role", "status"),
        ("keys", "compromise", "key-2026a", "--yes"),
        ("erase", "CSC-FT-HB-W/12/002", "--reason", "her wish", "--yes"),
        ("keys", "rotate", "--role", "root"),
        ("move-domain", "https://new-skills.example/"),
        ("refresh",),
    ):
        done = CliRunner().invoke(asnad, [*words, "--centre", str(root), "--keys", str(own_centre.keys)], input=TYPED)
        assert done.exit_code == 0, (words, done.output)
        gate = CliRunner().invoke(asnad, ["gate", "--centre", str(root)])
        assert (gate.exit_code, gate.stdout) == (0, ""), (words, gate.output)
        committed(root)
