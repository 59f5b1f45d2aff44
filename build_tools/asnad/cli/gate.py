"""``asnad gate``: looks at everything that is to be committed or published, before it is too late."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.cli.repository import MAX_TRACKED_FILE, Repository
from asnad.cli.wiring import KEYS_FOLDER, centre_option
from asnad.desk.annotation import Annotation, github_line
from asnad.desk.known_learners import known_learners, looks_like_register
from asnad.desk.ledger import PRIVATE, read_private
from asnad.errors import FileError
from asnad.files import read_file, read_tree
from asnad.gate.finding import HISTORY, Finding
from asnad.gate.inspection import PUBLIC, EarlierState, Submission, inspect
from asnad.gate.learners import KnownLearner
from asnad.gate.published_state import KEYS, files_of_issuer
from asnad.issuers.ledger import PUBLIC as LEDGER

MAX_SITE_FILE = 1 << 28
EARLIER_STATES = 20
_NOT_OF_CENTRE = frozenset(
    (
        *("site", "site.part", "site.old", "moved", "moved.part", "moved.old", ".git", ".venv", "venv"),
        *("node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"),
    )
)
_NEVER_IN_GIT = ("credentials/private", "credentials/published")


@click.command()
@click.option(
    "--site",
    "site_dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A built site to look at, besides the repository.",
)
@click.option("--against", metavar="REF|DIR", help="What was published before; what Git has, unless named.")
@click.option("--staged", is_flag=True, help="Look at what the next commit would hold.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["plain", "github"]),
    default="plain",
    show_default=True,
    help="For people, or for the pull requests of GitHub.",
)
@centre_option
@click.pass_context
def gate(
    context: click.Context,
    site_dir: Path | None,
    against: str | None,
    staged: bool,
    as_json: bool,
    form: str,
    centre: Path,
) -> None:
    """
    Look for what must not be committed or published.

    Private keys, people's numbers, learners' names, lists and versions that went back, a page that claims a verdict, a
    site with drafts.
    """
    folder = CentreFolder.find(centre.resolve())
    catalogue = folder.catalogue()
    repository = Repository.of(folder.root)
    if repository is None:
        if staged:
            raise FileError("expected a Git repository, found none", place=str(folder.root), hint="run: git init")
        _say("no Git repository here: every file that could be committed to one was looked at")
        tracked = _files_of_centre(folder.root)
    else:
        tracked = repository.staged() if staged else repository.tracked()
    site = None if site_dir is None else _site_files(site_dir.resolve())
    found = inspect(
        Submission(
            catalogue=catalogue,
            tracked=tracked,
            site=site,
            site_folder="" if site_dir is None else f"{site_dir.as_posix()}/",
            before=tuple(_before(repository, against)),
            learners=learners_known_here(folder),
            ledger=folder.optional(LEDGER),
            trusted=folder.trusted_issuers(catalogue.centre.did),
            key_folders=tuple(_key_folders(folder.root if repository is None else repository.top())),
            looks_like_register=looks_like_register,
        )
    )
    if as_json:
        click.echo(json.dumps({"findings": [_as_json(finding) for finding in found]}, indent=2, ensure_ascii=False))
    else:
        _echo(found, form, "" if repository is None else repository.prefix())
    context.exit(1 if found else 0)


def site_findings(
    folder: CentreFolder, catalogue: Catalogue, site: Path, *, name: str, former: Path, preview: bool = False
) -> tuple[Finding, ...]:
    """
    Look at a site that was just built, before it takes the place of the former.

    Args:
        folder: Of the centre.

        catalogue: As read from it.

        site: Folder of the new site.

        name: Of the folder in which it will lie, for messages.

        former: Folder of the site that stands there now; may be missing.

        preview: It is to be looked at here, and may show drafts.

    """
    before = _issuer_files(former)
    return inspect(
        Submission(
            catalogue=catalogue,
            site=_site_files(site),
            site_folder=f"{name}/",
            before=(EarlierState(f"{name} before/", before, of_repository=False, asked_for=False),) if before else (),
            learners=learners_known_here(folder),
            ledger=folder.optional(LEDGER),
            trusted=folder.trusted_issuers(catalogue.centre.did),
            preview=preview,
            looks_like_register=looks_like_register,
        )
    )


def learners_known_here(folder: CentreFolder) -> tuple[KnownLearner, ...]:
    """
    Read whom the registers on this machine name.

    Args:
        folder: Of the centre.

    Raises:
        FileError: A register is damaged.

        IssuingError: The private ledger is.

    """
    registers = read_tree(folder.root, "credentials/private/registers", MAX_TRACKED_FILE)
    kept = {name: data for name, data in registers.items() if name.endswith(".json")}
    return tuple(known_learners(kept, read_private(folder.optional(PRIVATE))))


def _echo(found: tuple[Finding, ...], form: str, prefix: str) -> None:
    for finding in found:
        annotation = Annotation(file=finding.file, line=finding.line or 0, error=finding.error())
        click.echo(github_line(annotation, prefix) if form == "github" else finding.error().diagnostics())
    if any(finding.kept_by_git for finding in found):
        click.echo(f"\n{HISTORY}.", err=True)
    if found:
        click.echo(f"{len(found)} to mend before this may be committed or published.", err=True)
    else:
        click.echo("In order: nothing was found that must not be committed or published.", err=True)


def _before(repository: Repository | None, against: str | None) -> Iterator[EarlierState]:
    if against is not None and Path(against).is_dir():
        files = _issuer_files(Path(against))
        if not files:
            _say(f"nothing of an issuer was published in {against} yet, so nothing was compared with it")
        yield EarlierState(f"{against}/", files, of_repository=False, asked_for=True)
    elif repository is None:
        if against is not None:
            raise FileError("expected a folder, found none", place=against, hint="without Git, name a published site")
        _say("no earlier state is known, so versions and lists were not compared; name one with --against")
    elif against is not None:
        yield EarlierState(f"{against}:{PUBLIC}", repository.at(against, PUBLIC), of_repository=True, asked_for=True)
    else:
        commits = repository.earlier(EARLIER_STATES, PUBLIC)
        for commit in commits:
            yield EarlierState(
                f"{commit[:12]}:{PUBLIC}", repository.at(commit, PUBLIC), of_repository=True, asked_for=False
            )
        if not commits:
            _say("Git has no earlier state of credentials/public, so versions and lists were not compared")


def _site_files(site: Path) -> dict[str, bytes]:
    return read_tree(site.parent, site.name, MAX_SITE_FILE)


def _issuer_files(folder: Path) -> dict[str, bytes]:
    """Read what an issuer published, from a site or from the folder of a centre."""
    public = folder / PUBLIC
    root = public if public.is_dir() else folder
    if not (root / KEYS).is_file():
        return {}
    files = {name: read_file(root, name, MAX_SITE_FILE) for name in ("did.json",) if (root / name).is_file()}
    for part in (".well-known", "asnad", "status", "d", "achievements"):
        files |= {f"{part}/{path}": data for path, data in read_tree(root, part, MAX_SITE_FILE).items()}
    return files_of_issuer(files)


def _files_of_centre(root: Path) -> dict[str, bytes]:
    files = {}
    for place, folders, names in os.walk(root):
        below = Path(place).relative_to(root)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NOT_OF_CENTRE
            and (below / name).as_posix() not in _NEVER_IN_GIT
            and not (Path(place) / name / ".nojekyll").exists()
        )
        for name in sorted(names):
            path = (below / name).as_posix()
            if not (root / path).is_symlink():
                files[path] = read_file(root, path, MAX_TRACKED_FILE)
    return files


def _key_folders(top: Path) -> Iterator[str]:
    if KEYS_FOLDER.is_dir() and KEYS_FOLDER.resolve().is_relative_to(top):
        yield f"{KEYS_FOLDER.resolve().relative_to(top).as_posix()}/"


def _as_json(finding: Finding) -> Mapping[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "expected": finding.expected,
        "found": finding.found,
        "repair": finding.repair,
    }


def _say(text: str) -> None:
    click.echo(f"asnad: {text}", err=True)
