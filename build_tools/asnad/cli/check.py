"""``asnad check``: all that is to be mended in the catalogue and the signed files, at the line that is meant."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.findings import Severity
from asnad.centre_folder import CentreFolder
from asnad.cli.wiring import centre_option, now
from asnad.desk.annotation import Annotation, annotation_of, annotations_of, github_line, plain_line, report_json
from asnad.errors import AsnadError
from asnad.issuers.did_web import did_document_path
from asnad.site.issuer_reading import read_issuer_files, read_published_statistics
from asnad.status.public_record import read_public_record


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["plain", "github", "json"]),
    default="plain",
    show_default=True,
    help="For people, for the pull requests of GitHub, or for other programs.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@centre_option
def check(form: str, strict: bool, centre: Path) -> None:
    """Read the catalogue and all that was signed, and name everything that must be mended. Nothing is changed."""
    folder = CentreFolder.find(centre.resolve())
    prefix = _place_in_repository(folder.root)
    found, counted = _read_all(folder)
    errors = sum(1 for annotation in found if annotation.severity is Severity.ERROR)
    warnings = len(found) - errors
    if form == "json":
        click.echo(report_json(found, prefix))
    else:
        for annotation in found:
            click.echo(github_line(annotation, prefix) if form == "github" else plain_line(annotation, prefix))
        if counted:
            click.echo(counted)
        told = [f"{errors} to mend"] if errors else []
        told += [f"{warnings} to look at, which stop nothing"] if warnings else []
        if told:
            click.echo(f"{'; '.join(told)}.", err=True)
    if errors or (strict and warnings):
        sys.exit(1)


def _read_all(folder: CentreFolder) -> tuple[list[Annotation], str | None]:
    """Give all that was found, and a line that counts what is in order where nothing must be mended."""
    found: list[Annotation] = []
    try:
        checked = folder.checked_catalogue(now())
        found += [annotation_of(finding) for finding in checked.findings]
        if checked.catalogue is not None:
            return found, _read_signed(folder, checked.catalogue)
    except AsnadError as error:
        found += annotations_of(error)
    return found, None


def _read_signed(folder: CentreFolder, catalogue: Catalogue) -> str:
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
