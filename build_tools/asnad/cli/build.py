"""``asnad build`` and ``asnad serve``: the site from the catalogue and what was signed; no private key is read."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import CheckedCatalogue
from asnad.centre_folder import CentreFolder
from asnad.cli.gate import site_findings
from asnad.cli.server import SiteServer, local_address
from asnad.cli.wiring import centre_option, finish_interrupted, now
from asnad.counted import counted
from asnad.desk.renewal import run_out_warning
from asnad.errors import PublicationError, PublicationErrors
from asnad.files import read_tree, write_file
from asnad.issuers.did_web import did_document_path
from asnad.site.deployment import DRAFTS_MARK
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts
from asnad.site.moved_host import moved_host_files
from asnad.site.publication import IssuerFiles, pinned_issuers
from asnad.status.public_record import read_public_record

DEFAULT_PORT = 8000
MOVED_FOLDER = "moved"
"""Beside the site, for the host of the old address."""
MAX_SITE_FILE = 1 << 28


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A finished site."""

    folder: Path
    files: int
    certificates: int
    warning: str | None
    catalogue_warnings: int
    drafts: bool
    """It shows what is not published yet."""
    moved: Path | None
    """What the host of the old address is to serve, where the site has moved."""


drafts_option = click.option(
    "--drafts", is_flag=True, help="Show drafts too, to look at here; asnad deploy refuses such a site."
)


@click.command()
@click.option("--site", "site_dir", type=click.Path(path_type=Path), help="Where the site goes; site/ unless named.")
@click.option("--catalogue-only", is_flag=True, help="Leave out learners' pages, in a clone that has none of them.")
@drafts_option
@centre_option
def build(site_dir: Path | None, catalogue_only: bool, drafts: bool, centre: Path) -> None:
    """Build the whole site. It holds no private key and verifies every certificate before drawing it."""
    folder = CentreFolder.find(centre.resolve())
    built = build_site(folder, site_dir or folder.root / "site", catalogue_only=catalogue_only, drafts=drafts)
    echo_built(built)


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--build", "build_first", is_flag=True, help="Build it first.")
@drafts_option
@centre_option
def serve(port: int, build_first: bool, drafts: bool, centre: Path) -> None:
    """Show the built site on this machine, at http://localhost:PORT/."""
    folder = CentreFolder.find(centre.resolve())
    site = folder.root / "site"
    if build_first:
        echo_built(build_site(folder, site, drafts=drafts))
    elif drafts:
        raise click.UsageError("--drafts goes with --build")
    if not (site / "index.html").is_file():
        raise PublicationError("expected a built site, found none", place=str(site), hint="run: asnad build")
    with SiteServer(site, "127.0.0.1", port) as server:
        click.echo(f"{local_address(port)} (Ctrl-C ends)")
        server.serve_until_interrupted()


def build_site(
    folder: CentreFolder, site_dir: Path, *, catalogue_only: bool = False, drafts: bool = False
) -> BuiltSite:
    """
    Build a site beside its place, and put it there when it is whole.

    Args:
        folder: Of the centre.

        site_dir: Where it goes; what was there before is replaced.

        catalogue_only: Leave out learners' pages.

        drafts: Show what is not published yet.

    Raises:
        PublicationError: The site cannot be published as it is; the one that is there stays.

        CatalogueErrors: All that is wrong in the catalogue.

    """
    finish_interrupted(folder)
    checked = folder.checked_catalogue(now())
    catalogue = checked.without_errors()
    site_dir = site_dir.resolve()
    moved_dir = site_dir.with_name(MOVED_FOLDER) if catalogue.centre.moved_to else None
    for target in filter(None, (site_dir, moved_dir)):
        _refuse_foreign_folder(folder, target)
    part = site_dir.with_name(site_dir.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _run_mkdocs(folder, catalogue, part, catalogue_only=catalogue_only, drafts=drafts)
        found = site_findings(folder, catalogue, part, name=site_dir.name, former=site_dir, preview=drafts)
        if found:
            raise PublicationErrors(tuple(finding.error() for finding in found))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    put_in_place(part, site_dir)
    issuer = read_issuer_files(folder, catalogue.centre.did)
    if moved_dir and issuer:
        _write_moved_host(catalogue, issuer, site_dir, moved_dir)
    return _describe(checked, issuer, site_dir, moved_dir if issuer else None)


def _write_moved_host(catalogue: Catalogue, issuer: IssuerFiles, site_dir: Path, moved_dir: Path) -> None:
    parts = read_publication_parts(catalogue)
    files = moved_host_files(
        read_tree(site_dir.parent, site_dir.name, MAX_SITE_FILE),
        parts.verifier_bundle,
        issuers=pinned_issuers(catalogue, issuer),
        messages=parts.verifier_messages,
        sections=parts.verifier_sections,
        moved_to=catalogue.centre.address,
    )
    write_folder(files, moved_dir, durable=False)


def write_folder(files: Mapping[str, bytes], folder: Path, *, durable: bool = True) -> None:
    """
    Write a folder beside its place, and let it take its place when it is whole.

    Args:
        files: By path below it.

        folder: Its place; what was there is removed.

        durable: Wait until the files are on the disk.

    Raises:
        PublicationError: It cannot take its place.

        FileError: A file cannot be written.

    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        for path, data in files.items():
            write_file(part, path, data, durable=durable)
        put_in_place(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def put_in_place(part: Path, folder: Path) -> None:
    """
    Let a finished folder take the place of an older one.

    Args:
        part: The finished one, beside its place.

        folder: Its place; what was there is removed.

    Raises:
        PublicationError: It cannot; what was there is still there.

    """
    old = folder.with_name(folder.name + ".old")
    try:
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise PublicationError(
            f"the new folder cannot take its place: {error.strerror}",
            place=str(folder),
            hint="close programs that have files of it open, such as asnad serve, and call the command again",
        ) from None
    shutil.rmtree(old, ignore_errors=True)


def echo_built(built: BuiltSite) -> None:
    """
    Say what was built.

    Args:
        built: A finished site.

    """
    pages = counted(built.certificates, "page of a certificate", "pages of certificates")
    click.echo(f"Built {built.folder}: {counted(built.files, 'file')}, {pages}.")
    if built.moved:
        click.echo(f"Built {built.moved} for the host of the old address: put it there whenever the site goes out.")
    if built.drafts:
        click.echo("It shows drafts: look at it here. asnad deploy refuses it.", err=True)
    if built.catalogue_warnings:
        warnings = counted(built.catalogue_warnings, "warning", "warnings")
        click.echo(f"The catalogue has {warnings}; asnad check tells them.", err=True)
    if built.warning:
        click.echo(f"WARNING: {built.warning}", err=True)


def _refuse_foreign_folder(folder: CentreFolder, site_dir: Path) -> None:
    """Replace nothing but a site: a folder named by mistake must not be lost."""
    if site_dir.exists() and not site_dir.is_dir():
        raise PublicationError("expected a folder, found a file", place=str(site_dir), hint="name another with --site")
    ours = not site_dir.exists() or not any(site_dir.iterdir()) or (site_dir / ".nojekyll").exists()
    if not ours and not (site_dir / "sitemap.xml").exists():
        raise PublicationError(
            "expected an empty folder or an older site, found something else",
            place=str(site_dir),
            hint="name another folder with --site",
        )
    if folder.root.is_relative_to(site_dir):
        raise PublicationError("expected a folder that does not hold the centre itself", place=str(site_dir))


def _run_mkdocs(
    folder: CentreFolder, catalogue: Catalogue, site_dir: Path, *, catalogue_only: bool, drafts: bool
) -> None:
    # The theme prints a notice about the future of MkDocs that means nothing to a registrar.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.WARNING)
    log.addHandler(logging.StreamHandler())
    configuration = folder.root / "mkdocs.yml"
    if not configuration.is_file():
        raise PublicationError("expected mkdocs.yml beside catalogue/, found none", place=str(configuration))
    try:
        config = load_config(str(configuration), site_dir=str(site_dir))
        plugin = config.plugins.get("asnad")
        if plugin is None:
            raise PublicationError("expected the plugin asnad, found none", place="mkdocs.yml", hint="plugins: [asnad]")
        plugin.catalogue = catalogue
        plugin.config["catalogue_only"] = catalogue_only
        plugin.drafts = drafts
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except Abort:
        raise PublicationError("MkDocs named something above that must be mended", place="mkdocs") from None
    except (MkDocsException, UnicodeError, OSError) as error:
        raise PublicationError(
            str(error), place="mkdocs", hint="pages are text files in UTF-8; the folder for the site must be writable"
        ) from None


def _describe(
    checked: CheckedCatalogue, issuer: IssuerFiles | None, site_dir: Path, moved_dir: Path | None
) -> BuiltSite:
    did = checked.without_errors().centre.did
    warning = None
    if issuer is None:
        warning = "no keys yet, so the site has no certificates and no verifier. Run: asnad keys ceremony"
    else:
        record = read_public_record(issuer.public, did, did_document_path(did), issuer.root_keys)
        warning = run_out_warning(record, now())
    files = sum(1 for path in site_dir.rglob("*") if path.is_file())
    pages = sum(1 for _ in site_dir.glob("c/??/*.html"))
    drafts = (site_dir / DRAFTS_MARK).exists()
    return BuiltSite(site_dir, files, pages, warning, len(checked.warnings), drafts, moved_dir)
