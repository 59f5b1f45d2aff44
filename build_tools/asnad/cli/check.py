"""``asnad check``: all that is to be mended in the catalogue and the signed files, at the line that is meant."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from asnad.centre_folder import CentreFolder
from asnad.cli.wiring import centre_option
from asnad.desk.annotation import annotations_of, github_line, plain_line
from asnad.errors import AsnadError
from asnad.issuers.did_web import did_document_path
from asnad.site.issuer_reading import read_issuer_files, read_published_statistics
from asnad.status.public_record import read_public_record


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["plain", "github"]),
    default="plain",
    show_default=True,
    help="For people, or for the pull requests of GitHub.",
)
@centre_option
def check(form: str, centre: Path) -> None:
    """Read the catalogue and all that was signed, and name everything that must be mended. Nothing is changed."""
    folder = CentreFolder.find(centre.resolve())
    prefix = _place_in_repository(folder.root)
    try:
        counted = _read_all(folder)
    except AsnadError as error:
        found = annotations_of(error)
        for annotation in found:
            click.echo(github_line(annotation, prefix) if form == "github" else plain_line(annotation, prefix))
        click.echo(f"{len(found)} to mend.", err=True)
        sys.exit(1)
    click.echo(counted)


def _read_all(folder: CentreFolder) -> str:
    catalogue = folder.catalogue()
    counted = f"In order: the catalogue (courses: {len(catalogue.courses)}, runs: {len(catalogue.runs)})"
    did = catalogue.centre.did
    read_published_statistics(folder, did)
    issuer = read_issuer_files(folder, did)
    if issuer is None:
        return f"{counted}. There are no keys yet."
    record = read_public_record(issuer.public, did, did_document_path(did), issuer.root_keys)
    return f"{counted} and the signed files (manifest version {record.manifest.version})."


def _place_in_repository(root: Path) -> str:
    """Give the centre's folder below the repository it lies in; empty, or ending in a slash."""
    top = next((above for above in (root, *root.parents) if (above / ".git").exists()), root)
    inside = root.relative_to(top).as_posix()
    return "" if inside == "." else f"{inside}/"
