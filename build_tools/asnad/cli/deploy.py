"""``asnad deploy``: the built site into a folder, to a server, or onto a branch of Git."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from asnad.catalogue.centre import Centre
from asnad.centre_folder import MAX_PUBLIC_FILE, CentreFolder
from asnad.cli.gate import site_findings
from asnad.cli.site_branch import SITE_MARK, Repository
from asnad.cli.wiring import centre_option, finish_interrupted, now
from asnad.counted import counted
from asnad.errors import FileError, PublicationError, PublicationErrors
from asnad.files import inside, make_folder, read_file, write_file
from asnad.site.deployment import (
    RECORD,
    TRUSTED,
    deployment_order,
    record_of,
    refuse_other_record,
    refuse_other_trust,
    stale_paths,
)

MAX_RECORD = 1 << 28
RSYNC = ("rsync", "--recursive", "--times", "--delete-after", "--delay-updates", f"--exclude=/{RECORD}")
"""What changed is put in place at the end, all at once; only then does go what is stale."""


@click.command()
@click.argument("target", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rsync", "server", metavar="TARGET", help="A server, such as user@host:www/; all else there is removed."
)
@click.option("--branch", metavar="NAME", help="A branch of this repository that holds the site and nothing else.")
@click.option(
    "--push",
    "remote",
    metavar="[REMOTE]",
    is_flag=False,
    flag_value="origin",
    help="Send the branch there; origin unless named.",
)
@click.option("--keep-others", is_flag=True, help="Take a DIR that has files of others; nothing of theirs is removed.")
@click.option("--site", "site_dir", type=click.Path(path_type=Path), help="Where the site is; site/ unless named.")
@click.option("--yes", is_flag=True, help="Do not ask before --rsync removes what is not of the site.")
@centre_option
def deploy(
    target: Path | None,
    server: str | None,
    branch: str | None,
    remote: str | None,
    keep_others: bool,
    site_dir: Path | None,
    yes: bool,
    centre: Path,
) -> None:
    """Put the built site where the world sees it: a folder, a server (--rsync), or a branch of Git (--branch)."""
    if sum(way is not None for way in (target, server, branch)) != 1:
        raise click.UsageError("name one place: DIR, --rsync TARGET or --branch NAME")
    if remote is not None and branch is None:
        raise click.UsageError("--push goes with --branch")
    folder = CentreFolder.find(centre.resolve())
    finish_interrupted(folder)
    site = (site_dir or folder.root / "site").resolve()
    catalogue = folder.catalogue()
    owner = catalogue.centre
    paths = _built_paths(folder, site, owner.did)
    # What stands at the target is what the world has: nothing of that may go back.
    found = site_findings(folder, catalogue, site, name=site.name, former=target.resolve() if target else site)
    if found:
        raise PublicationErrors(tuple(finding.error() for finding in found))
    if target is not None:
        changed, gone = _mirror(site, paths, target.resolve(), owner.did, keep_others=keep_others)
        click.echo(f"{target}: {counted(len(paths), 'file')}, {changed} of them new or changed; {gone} removed.")
    elif server is not None:
        if not yes:
            question = f"Whatever lies in {server} and is not of the site will be removed. Go on"
            click.confirm(question, default=False, abort=True, err=True)
        _send(site, server)
        click.echo(f"{server}: {counted(len(paths), 'file')}.")
    elif branch is not None:
        repository = _repository(folder, owner)
        changed_branch = repository.commit_site(site, paths, branch)
        click.echo(f"{branch}: {counted(len(paths), 'file')}{'' if changed_branch else ', as before'}.")
        if remote is not None:
            repository.push(branch, remote)
            click.echo(f"Sent to {remote}.")
        else:
            click.echo(f"Now: git push --force origin {branch}")


def _built_paths(folder: CentreFolder, site: Path, did: str) -> tuple[str, ...]:
    """List the files of the site, and see that it was built from what is signed and whom the centre trusts now."""
    if not (site / SITE_MARK).is_file():
        raise PublicationError("expected a built site, found none", place=str(site), hint="run: asnad build")
    public = folder.public_files()
    signed = {path: read_file(site, path, MAX_PUBLIC_FILE) for path in public if (site / path).is_file()}
    refuse_other_record(signed, public)
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    if public:
        trusted = {path: data for other in folder.trusted_issuers(did) for path, data in other.site_files().items()}
        there = [path for path in paths if path.startswith(TRUSTED)]
        refuse_other_trust({path: read_file(site, path, MAX_PUBLIC_FILE) for path in there}, trusted)
    for path in paths:
        inside(site, path)
    return tuple(paths)


def _mirror(site: Path, paths: Sequence[str], target: Path, did: str, *, keep_others: bool) -> tuple[int, int]:
    if target.is_relative_to(site) or site.is_relative_to(target):
        raise PublicationError("expected a folder apart from the site, got one in or around it", place=str(target))
    if target.exists() and not target.is_dir():
        raise PublicationError("expected a folder, found a file", place=str(target), hint="name another")
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    stale: tuple[str, ...] = ()
    if RECORD in there:
        stale = stale_paths(there, read_file(target, RECORD, MAX_RECORD), paths)
    elif there and not keep_others:
        raise PublicationError(
            "expected an empty folder or an earlier deployment, found files of others",
            place=str(target),
            hint="name another folder, or put the site among them, and over those of the same name, with --keep-others",
        )
    try:
        make_folder(target)
        # Written before anything else, so that after an interruption the next call still knows what is its own.
        write_file(target, RECORD, record_of([*paths, *stale]), durable=False)
        changed = _copy(site, paths, target, did)
        for path in stale:
            _remove(target, path)
        write_file(target, RECORD, record_of(paths), durable=False)
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}; call it again to go on", place=str(target)) from None
    return changed, len(stale)


def _copy(site: Path, paths: Sequence[str], target: Path, did: str) -> int:
    order = deployment_order(paths, did)
    changed = [path for path in order.early if not _is_same(site, target, path)]
    for path in changed:
        write_file(target, path, read_file(site, path, MAX_PUBLIC_FILE), durable=False)
    signed = [path for path in order.signed if not _is_same(site, target, path)]
    for path in signed:
        write_file(target, f"{path}.new", read_file(site, path, MAX_PUBLIC_FILE), durable=False)
    for path in signed:
        inside(target, f"{path}.new").replace(inside(target, path))
    return len(changed) + len(signed)


def _is_same(site: Path, target: Path, path: str) -> bool:
    there = inside(target, path)
    if not there.is_file() or there.stat().st_size != (site / path).stat().st_size:
        return False
    return read_file(target, path, MAX_PUBLIC_FILE) == read_file(site, path, MAX_PUBLIC_FILE)


def _remove(target: Path, path: str) -> None:
    gone = inside(target, path)
    gone.unlink(missing_ok=True)
    for above in gone.parents:
        if above == target:
            break
        with contextlib.suppress(OSError):
            above.rmdir()  # It does so only where nothing is left in it.


def _send(site: Path, server: str) -> None:
    try:
        done = subprocess.run([*RSYNC, "--", f"{site}/", server], check=False)  # noqa: S603  # Words, no shell.
    except FileNotFoundError:
        raise PublicationError(
            "expected the program rsync, found none",
            place="rsync",
            hint="install it, or write the site into a folder with asnad deploy DIR and upload that",
        ) from None
    if done.returncode != 0:
        raise PublicationError(
            f"rsync ended with {done.returncode}, as it says above", place=server, hint="call it again; it goes on"
        )


def _repository(folder: CentreFolder, centre: Centre) -> Repository:
    host = urlsplit(centre.site).hostname or "localhost"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = int(epoch) if epoch.isdecimal() else now()
    name = centre.names[-1].name.shown_in("en")[0]
    return Repository(folder.root, name, centre.contact.email or f"nobody@{host}", at)
