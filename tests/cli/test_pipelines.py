"""The pipelines of the Git hosts: pinned, with the least of rights, without secrets, and their commands really run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_line import TYPED

from asnad import assets
from asnad.desk.new_centre import GitHost
from example_centre import ROOT, ExampleCentre
from new_centre import begun_centre, founded_centre, published_centre

GITHUB = ".github/workflows/site.yml"
REFRESH = ".github/workflows/refresh.yml.off"
GITLAB = ".gitlab-ci.yml"
FORGEJO = ".forgejo/workflows/site.yml"
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
STEPS = ("asnad check", "asnad gate", "asnad build")
"""In this order, in every pipeline."""
RIGHTS = {
    (GITHUB, "build"): {"contents": "read"},
    (GITHUB, "deploy"): {"pages": "write", "id-token": "write"},
    (REFRESH, "refresh"): {"contents": "write", "actions": "write"},
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = {}
    for host, paths in (
        (GitHost.GITHUB, (GITHUB, REFRESH)),
        (GitHost.GITLAB, (GITLAB,)),
        (GitHost.FORGEJO, (FORGEJO,)),
    ):
        root = begun_centre(tmp_path_factory.mktemp("pipeline") / "centre", host=str(host)).root
        made.update({path: (root / path).read_text(encoding="utf-8") for path in paths})
    return made


def parsed(text: str) -> dict[str, Any]:
    # YAML 1.1 takes the key "on" for true.
    document = yaml.safe_load(text)
    return {("on" if key is True else key): value for key, value in document.items()}


def jobs(text: str) -> dict[str, dict[str, Any]]:
    document = parsed(text)
    return document.get("jobs") or {name: job for name, job in document.items() if name != "variables"}


def used(text: str) -> list[str]:
    return [step["uses"] for job in jobs(text).values() for step in job.get("steps", []) if "uses" in step]


def commands(job: dict[str, Any]) -> list[str]:
    steps = [step["run"] for step in job.get("steps", []) if "run" in step]
    steps += [*job.get("before_script", []), *job.get("script", [])]
    return [line.strip() for step in steps for line in step.splitlines()]


@pytest.mark.parametrize("path", [GITHUB, REFRESH, FORGEJO, GITLAB])
def test_every_action_of_others_is_pinned_by_its_commit_with_the_version_beside_it(
    texts: dict[str, str], path: str
) -> None:
    found = used(texts[path])
    assert all(PINNED.fullmatch(action) for action in found)
    lines = [line for line in texts[path].splitlines() if "uses:" in line]
    assert len(lines) == len(found)
    assert all(re.search(r"@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$", line) for line in lines)
    assert bool(found) == (path in (GITHUB, REFRESH))


@pytest.mark.parametrize("path", [GITHUB, REFRESH])
def test_no_job_may_do_more_than_it_must(texts: dict[str, str], path: str) -> None:
    document = parsed(texts[path])
    assert document["permissions"] == {}
    assert {(path, name): job.get("permissions") for name, job in document["jobs"].items()} == {
        key: rights for key, rights in RIGHTS.items() if key[0] == path
    }
    for job in document["jobs"].values():
        assert job["timeout-minutes"] <= 20
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", [GITHUB, FORGEJO, GITLAB])
def test_what_checks_builds_and_publishes_names_no_secret_and_no_key(texts: dict[str, str], path: str) -> None:
    named = [line for line in texts[path].splitlines() if not line.lstrip().startswith("#")]
    assert not [line for line in named if re.search(r"secrets\.|STATUS_|PASSPHRASE|--keys", line)]
    assert "pull_request_target" not in texts[path]


def test_only_the_forgejo_steps_that_fetch_and_publish_have_the_token_of_the_run(texts: dict[str, str]) -> None:
    steps = jobs(texts[FORGEJO])["site"]["steps"]
    assert [step["name"] for step in steps if "env" in step] == ["Fetch what is to be looked at", "Publish"]
    (publish,) = (step for step in steps if step.get("name") == "Publish")
    assert publish["if"] == "github.event_name == 'push'"


@pytest.mark.parametrize("path", [GITHUB, FORGEJO, GITLAB])
def test_each_pipeline_checks_then_asks_the_gate_then_builds(texts: dict[str, str], path: str) -> None:
    every = jobs(texts[path])
    building = [job for job in every.values() if any(line.startswith("asnad build") for line in commands(job))]
    assert building
    for job in building:
        given = every[job["extends"]] if "extends" in job else {}
        lines = [*commands(given), *commands(job)]
        places = [next(i for i, line in enumerate(lines) if line.startswith(step)) for step in STEPS]
        assert places == sorted(places)
        installing = next(i for i, line in enumerate(lines) if "pip install" in line)
        assert installing < places[0]
        assert lines[installing].endswith("--requirement requirements.txt")


def test_github_publishes_from_main_only_and_hidden_files_too(texts: dict[str, str]) -> None:
    document = parsed(texts[GITHUB])
    assert document["on"]["push"] == {"branches": ["main"]}
    assert "refs/heads/main" in document["jobs"]["deploy"]["if"]
    assert "pull_request" in document["jobs"]["deploy"]["if"]
    (upload,) = (step for step in document["jobs"]["build"]["steps"] if "upload-pages" in step.get("uses", ""))
    assert upload["if"] == document["jobs"]["deploy"]["if"]
    # Without it the action leaves out .well-known, and nobody finds the did document.
    assert upload["with"] == {"path": "site", "include-hidden-files": True}


def test_gitlab_publishes_what_reaches_the_main_branch_only(texts: dict[str, str]) -> None:
    every = jobs(texts[GITLAB])
    assert every["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    (rule,) = every["pages"]["rules"]
    assert rule["if"].startswith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ")
    assert every["pages"]["artifacts"]["paths"] == ["public"]
    assert "artifacts" not in every["check"]


def test_the_scheduled_refresh_is_off_and_its_secrets_are_in_a_protected_environment(texts: dict[str, str]) -> None:
    assert not REFRESH.endswith((".yml", ".yaml"))
    (job,) = jobs(texts[REFRESH]).values()
    assert job["environment"] == "status-key"
    secret = [step["name"] for step in job["steps"] if "secrets." in str(step)]
    assert secret == ["Sign"]
    # What is written into a command line could be a command; it comes through the environment.
    assert not [line for line in commands(job) if "${{" in line]


def environment(**more: str) -> dict[str, str]:
    programs = str(Path(sys.executable).parent)
    return {
        **{name: text for name, text in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "build_tools"),
        **more,
    }


def step_of(path: Path, name: str) -> str:
    (job,) = jobs(path.read_text(encoding="utf-8")).values()
    return str(next(step["run"] for step in job["steps"] if step.get("name") == name))


def run_step(script: str, cwd: Path, **more: str) -> None:
    subprocess.run(["bash", "-e", "-c", script], cwd=cwd, env=environment(**more), check=True, capture_output=True)


@pytest.fixture
def centre(tmp_path: Path) -> ExampleCentre:
    return founded_centre(tmp_path, "user.github.io/skills", host="github")


def test_the_scheduled_refresh_signs_with_the_status_key_alone(centre: ExampleCentre, tmp_path: Path) -> None:
    root = centre.folder.root
    before = centre.workplace(int(time.time())).record()
    (status,) = (path for path in centre.store.folder.iterdir() if "status" in path.name)
    key = status.read_text(encoding="utf-8")
    for path in centre.store.folder.iterdir():
        path.unlink()
    runner = tmp_path / "runner"
    runner.mkdir()
    script = step_of(root / REFRESH, "Sign")
    run_step(script, root, RUNNER_TEMP=str(runner), STATUS_KEY=key, STATUS_PASSPHRASE=TYPED.strip())
    after = centre.workplace(int(time.time())).record()
    assert after.manifest.version == before.manifest.version + 1
    assert list(runner.iterdir()) == []


def test_the_forgejo_pipeline_fetches_a_commit_by_its_own_commands(tmp_path: Path) -> None:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.example")
    origin = begun_centre(tmp_path / "owner" / "skills.git", host="forgejo").root
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Begin")):
        subprocess.run([*git, *words], cwd=origin, env=environment(), check=True)
    work = tmp_path / "work"
    work.mkdir()
    run_step(
        step_of(origin / FORGEJO, "Fetch what is to be looked at"),
        work,
        TOKEN="t",
        GITHUB_SERVER_URL=tmp_path.as_uri(),
        GITHUB_REPOSITORY="owner/skills",
        GITHUB_REF="refs/heads/main",
    )
    assert (work / "catalogue" / "centre.yml").read_bytes() == (origin / "catalogue" / "centre.yml").read_bytes()
    assert not (work / "credentials" / "private").exists()


def test_the_templates_carry_no_learner_and_no_key() -> None:
    for path in assets.new_centre_dir().rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"AsnadPrivateKey" not in data
            assert not re.search(rb"[0-9]{5}-[0-9]{7}-[0-9]", data), path


def test_the_forgejo_pipeline_publishes_a_branch_without_history(tmp_path: Path) -> None:
    made = published_centre(tmp_path, "user.codeberg.page/skills", host="forgejo")
    root = made.centre.folder.root
    host = tmp_path / "owner" / "skills.git"
    for words in (("init", "-q", "-b", "main", str(root)), ("init", "-q", "--bare", str(host))):
        subprocess.run(["git", *words], env=environment(), check=True)
    publish = step_of(root / FORGEJO, "Publish")
    run_step(publish, root, TOKEN="t", GITHUB_SERVER_URL=tmp_path.as_uri(), GITHUB_REPOSITORY="owner/skills")
    listed = subprocess.run(["git", "ls-tree", "-r", "--name-only", "pages"], cwd=host, check=True, capture_output=True)
    there = {path.relative_to(made.site).as_posix() for path in made.site.rglob("*") if path.is_file()}
    assert set(listed.stdout.decode().splitlines()) == there


def test_every_command_of_the_pipelines_passes_in_a_clone_of_a_centre_with_certificates(
    texts: dict[str, str], tmp_path: Path
) -> None:
    made = published_centre(tmp_path, host="github")
    root, clone = made.centre.folder.root, tmp_path / "clone"
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.example")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Begin")):
        subprocess.run([*git, *words], cwd=root, env=environment(), check=True)
    subprocess.run([*git, "clone", "-q", str(root), str(clone)], env=environment(), check=True)
    lines = [line for path in (GITHUB, GITLAB, FORGEJO) for job in jobs(texts[path]).values() for line in commands(job)]
    asked = sorted({line for line in lines if line.startswith("asnad ") and "deploy" not in line})
    assert {line.split()[1] for line in asked} == {"check", "gate", "build"}
    for line in sorted(asked, key=lambda line: line.split()[1] == "gate"):
        run_step(line, clone)
    assert (clone / "public" / ".well-known" / "did.json").read_bytes() == (
        made.site / ".well-known" / "did.json"
    ).read_bytes()
