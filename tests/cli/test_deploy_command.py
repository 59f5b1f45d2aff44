"""``asnad deploy``: a folder, a server, a branch; the whole site, what is stale gone, and nothing of others touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import Answer, assert_told, call, in_centre

from asnad.centre_folder import CentreFolder
from asnad.cli import deploy as deploy_module
from asnad.cli.build import build_site
from asnad.desk.withdrawing import refresh
from asnad.errors import AsnadError
from asnad.files import write_file
from asnad.site.deployment import DRAFTS_MARK, RECORD
from new_centre import PublishedCentre, founded_centre, published_centre

IDENTITY = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
LINK_PAGE = "c/index.html"
MANIFEST = "asnad/manifest.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> PublishedCentre:
    """Give a centre whose repository is private, so that one learner has a page."""
    return published_centre(tmp_path_factory.mktemp("made"), repository="private")


@pytest.fixture
def published(made: PublishedCentre, tmp_path: Path) -> PublishedCentre:
    copied = made.centre.copy(tmp_path / "own")
    return PublishedCentre(copied, copied.folder.root / "site")


def files_below(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def deploy(published: PublishedCentre, *words: str) -> Answer:
    """Call the command in this process, for speed; another test calls it as a person does."""
    root = str(published.centre.folder.root)
    done = CliRunner().invoke(deploy_module.deploy, [*words, "--centre", root])
    if isinstance(done.exception, AsnadError):
        return Answer(1, done.stdout, done.exception.diagnostics())
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


def git(root: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=root, env={**os.environ, **IDENTITY}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def learner_page(site: Path) -> Path:
    (page,) = site.glob("c/??/*.html")
    return page


# A folder.


def test_a_folder_gets_every_byte_of_the_site_hidden_files_too(published: PublishedCentre, tmp_path: Path) -> None:
    answer = deploy(published, str(tmp_path / "web"))
    assert answer.code == 0, answer.err
    there = files_below(tmp_path / "web")
    assert there.pop(RECORD)
    assert there == files_below(published.site)
    assert {".nojekyll", ".well-known/did.json"} <= set(there)


def test_called_again_it_writes_only_what_changed(published: PublishedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    assert deploy(published, str(web)).code == 0
    before = {path: path.stat().st_mtime_ns for path in web.rglob("*") if path.is_file() and path.name != RECORD}
    answer = deploy(published, str(web))
    assert "0 of them new or changed; 0 removed" in answer.out
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_page_that_was_taken_off_goes_and_files_of_others_stay(published: PublishedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    assert deploy(published, str(web)).code == 0
    write_file(web, ".well-known/acme-challenge/token", b"x")
    write_file(web, "stray.html", b"x")
    page = learner_page(published.site)
    address = page.relative_to(published.site)
    for part in page.parent.glob(f"{page.stem}.*"):
        part.unlink()
    answer = deploy(published, str(web))
    assert answer.code == 0, answer.err
    assert not (web / address).exists()
    assert not (web / address.parent).exists()
    assert (web / ".well-known" / "acme-challenge" / "token").exists()
    assert (web / "stray.html").exists()


def test_a_folder_of_others_is_left_alone_unless_that_is_meant(published: PublishedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    write_file(tmp_path, "web/essay.txt", b"x")
    assert_told(deploy(published, str(web)), 1, "expected an empty folder or an earlier deployment", "--keep-others")
    assert files_below(web) == {"essay.txt": b"x"}
    assert deploy(published, str(web), "--keep-others").code == 0
    assert (web / "essay.txt").read_bytes() == b"x"
    assert (web / "index.html").is_file()
    assert deploy(published, str(web)).code == 0
    assert (web / "essay.txt").read_bytes() == b"x"


def test_the_site_does_not_go_into_itself_nor_around_itself(published: PublishedCentre) -> None:
    for place in (published.site / "web", published.centre.folder.root, published.site):
        assert_told(deploy(published, str(place)), 1, "expected a folder apart from the site", hint=False)
    assert not (published.site / "web").exists()


def test_a_site_from_before_the_last_signature_is_refused(published: PublishedCentre, tmp_path: Path) -> None:
    refresh(published.centre.workplace(int(time.time()) + 60))
    for words in ((str(tmp_path / "web"),), ("--rsync", "nowhere:", "--yes"), ("--branch", "pages")):
        told = deploy(published, *words)
        assert_told(told, 1, "site/", "expected the file as it is in credentials/public, found another", "asnad build")
    assert not (tmp_path / "web").exists()


def test_a_site_without_the_signed_files_is_refused(published: PublishedCentre, tmp_path: Path) -> None:
    (published.site / MANIFEST).unlink()
    assert_told(deploy(published, str(tmp_path / "web")), 1, f"site/{MANIFEST}", "found none", "asnad build")
    shutil.rmtree(published.site)
    assert_told(deploy(published, str(tmp_path / "web")), 1, "expected a built site, found none", "asnad build")


def test_what_the_gate_refuses_goes_nowhere(published: PublishedCentre, tmp_path: Path) -> None:
    (published.site / "notes.txt").write_bytes(next(published.centre.store.folder.iterdir()).read_bytes())
    for words in ((str(tmp_path / "web"),), ("--rsync", "nowhere:", "--yes"), ("--branch", "pages")):
        assert_told(deploy(published, *words), 1, "site/notes.txt")
    assert not (tmp_path / "web").exists()


def test_a_web_space_that_has_newer_lists_is_not_taken_back(published: PublishedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    older = published.centre.copy(tmp_path / "older")
    refresh(published.centre.workplace(int(time.time()) + 60))
    build_site(published.centre.folder, published.site)
    assert deploy(published, str(web)).code == 0
    before = files_below(web)
    stale = PublishedCentre(older, older.folder.root / "site")
    assert_told(deploy(stale, str(web)), 1, "manifest.json")
    assert files_below(web) == before


def test_a_catalogue_without_keys_is_published_too(tmp_path: Path) -> None:
    centre = founded_centre(tmp_path)
    shutil.rmtree(centre.folder.credentials)
    build_site(centre.folder, centre.folder.root / "site")
    assert call("deploy", str(tmp_path / "web"), cwd=centre.folder.root).code == 0
    assert (tmp_path / "web" / "index.html").is_file()


def test_a_link_in_the_web_space_leads_nowhere_else(published: PublishedCentre, tmp_path: Path) -> None:
    web = tmp_path / "web"
    (tmp_path / "elsewhere").mkdir()
    web.mkdir()
    (web / "asnad").symlink_to(tmp_path / "elsewhere")
    assert deploy(published, str(web)).code == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_interrupted_deployment_is_gone_on_with_and_the_manifest_is_never_newer_than_a_list(
    published: PublishedCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    deploy_to = lambda: deploy_module._mirror(  # noqa: E731
        published.site, tuple(sorted(files_below(published.site))), web, "did:web:skills.example", keep_others=False
    )
    deploy_to()
    old = files_below(web)
    refresh(published.centre.workplace(int(time.time()) + 60))
    build_site(published.centre.folder, published.site)
    page = learner_page(published.site)
    for part in page.parent.glob(f"{page.stem}.*"):
        part.unlink()
    new = files_below(published.site)
    signed = {path for path in new if path.startswith(("asnad/", "status/")) and new[path] != old.get(path)}
    assert MANIFEST in signed
    for stop in range(200):
        shutil.rmtree(web)
        for path, data in old.items():
            write_file(web, path, data, durable=False)
        calls = 0

        def replaced(self: Path, target: Path, stop: int = stop) -> Path:
            nonlocal calls
            calls += 1
            if calls > stop:
                raise KeyboardInterrupt
            os.replace(self, target)  # noqa: PTH105  # The method is what is replaced here.
            return target

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replaced)
            try:
                deploy_to()
                ended = True
            except KeyboardInterrupt:
                ended = False
        between = files_below(web)
        assert between[MANIFEST] == old[MANIFEST] or all(between[path] == new[path] for path in signed)
        assert all(between[path] in (new.get(path), old[path]) for path in old if path in between and path != RECORD)
        deploy_to()
        whole = files_below(web)
        assert {path: data for path, data in whole.items() if path != RECORD and not path.endswith(".part")} == new
        if ended:
            break
    assert ended


# A server.


def rsync_program(folder: Path, code: int = 0) -> Path:
    """Put a program of that name into a folder, which writes down how it was called."""
    folder.mkdir(parents=True)
    program = folder / "rsync"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        f"open({str(folder / 'called.json')!r}, 'w').write(json.dumps(sys.argv[1:]))\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    return folder


def test_rsync_is_called_so_that_changes_appear_together_and_stale_files_go_last(
    published: PublishedCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = rsync_program(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    asked = deploy(published, "--rsync", "user@host.example:www/")
    assert asked.code != 0
    assert "will be removed" in asked.err
    assert not (programs / "called.json").exists()
    assert deploy(published, "--rsync", "user@host.example:www/", "--yes").code == 0
    called = json.loads((programs / "called.json").read_text())
    assert {"--recursive", "--delete-after", "--delay-updates"} <= set(called)
    assert called[-3:] == ["--", f"{published.site}/", "user@host.example:www/"]


def test_a_target_that_looks_like_an_option_is_none(
    published: PublishedCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = rsync_program(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    assert deploy(published, "--rsync=--rsh=touch x", "--yes").code == 0
    called = json.loads((programs / "called.json").read_text())
    assert called.index("--") < called.index("--rsh=touch x")


def test_a_missing_or_failing_rsync_is_told(
    published: PublishedCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert_told(
        deploy(published, "--rsync", "h:x", "--yes"), 1, "expected the program rsync, found none", "asnad deploy DIR"
    )
    monkeypatch.setenv("PATH", str(rsync_program(tmp_path / "bin", 23)))
    assert_told(deploy(published, "--rsync", "h:x", "--yes"), 1, "h:x: rsync ended with 23")


@pytest.mark.skipif(shutil.which("rsync") is None, reason="NO RSYNC on this machine")
def test_a_real_rsync_makes_the_same_site(published: PublishedCentre, tmp_path: Path) -> None:
    write_file(tmp_path, "web/stale.html", b"x")
    assert deploy(published, "--rsync", f"{tmp_path / 'web'}/", "--yes").code == 0
    assert files_below(tmp_path / "web") == files_below(published.site)


# A branch.


@pytest.fixture
def repository(published: PublishedCentre) -> Path:
    root = published.centre.folder.root
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Found the centre")):
        git(root, *words)
    return root


def test_a_branch_is_one_commit_of_the_site_and_work_and_index_stay_as_they_were(
    published: PublishedCentre, repository: Path, tmp_path: Path
) -> None:
    (repository / "README.md").write_text("half written")
    write_file(repository, "new.txt", b"x")
    git(repository, "add", "new.txt")
    before = (git(repository, "status", "--porcelain"), git(repository, "rev-parse", "HEAD", "main"))
    answer = deploy(published, "--branch", "pages")
    assert answer.code == 0, answer.err
    assert before == (git(repository, "status", "--porcelain"), git(repository, "rev-parse", "HEAD", "main"))
    assert git(repository, "rev-list", "--count", "pages") == "1"
    assert git(repository, "log", "-1", "--format=%an <%ae>", "pages") == (
        "Indus Skills Centre <desk@indus-skills.example>"
    )
    git(repository, "worktree", "add", "-q", str(tmp_path / "seen"), "pages")
    seen = files_below(tmp_path / "seen")
    del seen[".git"]
    assert seen == files_below(published.site)


def test_no_attribute_of_the_repository_changes_a_byte(published: PublishedCentre, repository: Path) -> None:
    git(repository, "config", "core.autocrlf", "true")
    (repository / ".gitattributes").write_text("* text eol=crlf\n")
    assert deploy(published, "--branch", "pages").code == 0
    for path in (MANIFEST, "index.html", "status/1.json"):
        done = subprocess.run(
            ["git", "cat-file", "blob", f"pages:{path}"], cwd=repository, check=True, capture_output=True
        )
        assert done.stdout == (published.site / path).read_bytes()


def test_the_next_deployment_leaves_no_trace_of_a_page_in_the_branch(
    published: PublishedCentre, repository: Path
) -> None:
    assert deploy(published, "--branch", "pages").code == 0
    first = git(repository, "rev-parse", "pages")
    assert "as before" in deploy(published, "--branch", "pages").out
    assert git(repository, "rev-parse", "pages") == first
    page = learner_page(published.site)
    name = page.relative_to(published.site).as_posix()
    page.unlink()
    assert deploy(published, "--branch", "pages").code == 0
    assert git(repository, "rev-list", "--count", "pages") == "1"
    assert name not in git(repository, "log", "--name-only", "--format=", "pages").splitlines()


def test_a_branch_with_work_in_it_is_left_alone(published: PublishedCentre, repository: Path) -> None:
    git(repository, "branch", "draft")
    for branch in ("main", "draft"):
        before = git(repository, "rev-parse", branch)
        assert_told(deploy(published, "--branch", branch), 1, branch, "found one with work in it")
        assert git(repository, "rev-parse", branch) == before
    assert_told(deploy(published, "--branch", "a..b"), 1, "expected the name of a branch")
    assert_told(deploy(published, "--branch", "--all"), 1, "expected the name of a branch")


def test_a_centre_outside_of_git_is_told(published: PublishedCentre) -> None:
    assert_told(deploy(published, "--branch", "pages"), 1, "expected a centre's folder in a Git repository, found none")


def test_pushing_replaces_what_the_host_has(published: PublishedCentre, repository: Path, tmp_path: Path) -> None:
    host = tmp_path / "host.git"
    git(tmp_path, "init", "-q", "--bare", str(host))
    git(repository, "remote", "add", "origin", str(host))
    assert deploy(published, "--branch", "pages", "--push").code == 0
    learner_page(published.site).unlink()
    assert deploy(published, "--branch", "pages", "--push", str(host)).code == 0
    assert git(host, "rev-list", "--count", "pages") == "1"
    assert git(host, "rev-parse", "pages") == git(repository, "rev-parse", "pages")
    assert git(host, "branch", "--format=%(refname:short)") == "pages"
    failed = deploy(published, "--branch", "pages", "--push", str(tmp_path / "nowhere"))
    assert_told(failed, 1, "git push did not succeed", hint=False)


@pytest.mark.parametrize("words", [(), ("web", "--branch", "pages"), ("--push",), ("web", "--push", "origin")])
def test_one_place_is_named_and_no_more(published: PublishedCentre, words: tuple[str, ...]) -> None:
    assert deploy(published, *words).code == 2


def test_a_clone_deploys_what_the_centre_deploys(
    published: PublishedCentre, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time())))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(repository), str(clone))
    assert not (clone / "credentials" / "private").exists()
    theirs = replace(published.centre, folder=CentreFolder(clone))
    for centre in (published.centre, theirs):
        assert in_centre(centre, "build").code == 0
        assert in_centre(centre, "deploy", "--branch", "pages").code == 0
    assert git(clone, "rev-parse", "pages") == git(repository, "rev-parse", "pages")


def test_a_site_that_was_built_to_look_at_drafts_is_refused(published: PublishedCentre, tmp_path: Path) -> None:
    built = build_site(published.centre.folder, published.site, drafts=True)
    assert built.drafts
    assert (published.site / DRAFTS_MARK).is_file()
    target = tmp_path / "www"
    assert_told(deploy(published, str(target)), 1, "expected a site without drafts", "run: asnad build")
    assert not target.exists()
    assert "expected a site without drafts" in in_centre(published.centre, "gate", "--site", str(published.site)).out
    assert not build_site(published.centre.folder, published.site).drafts
    assert deploy(published, str(target)).code == 0


def test_no_file_of_a_centre_can_make_its_pipeline_show_drafts(published: PublishedCentre) -> None:
    configuration = published.centre.folder.root / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("- asnad", "- asnad:\n      drafts: true"), "utf-8")
    assert configuration.read_text("utf-8") != text
    assert_told(in_centre(published.centre, "build"), 1, "Unrecognised configuration name: drafts", hint=False)
