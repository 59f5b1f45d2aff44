"""``asnad archive``: one folder from which a centre's certificates can be checked in ten years, without the centre."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from asnad import assets
from asnad.centre_folder import MAX_PUBLIC_FILE, OWN, CentreFolder, read_own_keys
from asnad.cli.build import write_folder
from asnad.cli.wiring import centre_option, finish_interrupted, now
from asnad.counted import counted
from asnad.errors import FileError, PublicationError
from asnad.files import read_file, read_tree
from asnad.gate.private_keys import private_keys
from asnad.issuers.did_web import did_document_path
from asnad.issuers.pack import MAX_PACK
from asnad.issuers.trust_record import FOLDER
from asnad.messages import read_messages
from asnad.site.archive import CHECKSUMS, OWN_KEYS, README, SITE, ArchiveDocuments, archive_files, is_older_archive
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts
from asnad.site.publication import publication_files
from asnad.status.public_record import read_public_record
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.trusted_issuer import read_trusted_issuers, trust_of_centre


@click.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--catalogue-only", is_flag=True, help="Leave out learners' credentials, in a clone that has none.")
@centre_option
def archive(target: Path, catalogue_only: bool, centre: Path) -> None:
    """
    Put into one folder all that is needed to check the centre's certificates without the centre.

    The folder holds no private key and no register. An older archive in it is replaced; anything else is left alone.
    """
    folder = CentreFolder.find(centre.resolve())
    finish_interrupted(folder)
    files = made_archive(folder, now(), catalogue_only=catalogue_only)
    write_archive(files, target.resolve())
    click.echo(f"Archived in {target}: {counted(len(files), 'file')}. Begin with README.txt.")
    click.echo(f"SHA-256 of {CHECKSUMS}: {sha256(files[CHECKSUMS]).hexdigest()}")
    click.echo(
        "Copy the folder to two places, and write that line down in a third: it tells whether a copy was altered."
    )


def made_archive(folder: CentreFolder, at: int, *, catalogue_only: bool = False) -> dict[str, bytes]:
    """
    Make every file of a centre's archive.

    Args:
        folder: Of the centre.

        at: Seconds since 1970; only refuses what could not be verified now, nothing of it is written.

        catalogue_only: Leave out learners' credentials.

    Raises:
        PublicationError: There is nothing to archive, or something in it does not verify.

        AsnadError: A file of the centre or of this installation is missing or wrong.

    """
    catalogue = folder.catalogue()
    did = catalogue.centre.did
    issuer = read_issuer_files(folder, did)
    if issuer is None:
        raise PublicationError("expected the centre's keys, found none", place=OWN, hint="run: asnad keys ceremony")
    parts = read_publication_parts(catalogue)
    published = publication_files(catalogue, issuer, parts, at, catalogue_only=catalogue_only)
    record = read_public_record(issuer.public, did, did_document_path(did), issuer.root_keys)
    own_keys = read_file(folder.root, OWN, MAX_PUBLIC_FILE)
    documents = read_documents(catalogue.centre.languages)
    trusted = folder.trust_files()
    files = archive_files(catalogue, record, issuer.public, published, issuer.ledger, own_keys, trusted, documents)
    for path, data in files.items():
        for found in private_keys(path, data):
            raise found.error()
    return files


def read_documents(languages: tuple[str, ...]) -> ArchiveDocuments:
    """
    Load what an archive says about itself and the format.

    Args:
        languages: Of the centre; English, in which the format is described, comes before them.

    Raises:
        FileError: The installation is incomplete.

    """
    folder = assets.archive_dir()
    documents = {
        "by_hand.py": (folder / "by_hand.py").read_bytes(),
        "format.md": assets.format_document(),
        "licences.txt": (assets.verifier_dir() / "licences.txt").read_bytes(),
        "profile.json": assets.profile_document(),
    }
    documents |= {f"contexts/{name}": data for name, data in assets.packaged_contexts().items()}
    words = read_messages(assets.message_files(), "archive", tuple(dict.fromkeys(("en", *languages))))
    return ArchiveDocuments(readme=(folder / README).read_text(encoding="utf-8"), words=words, documents=documents)


def write_archive(files: dict[str, bytes], target: Path) -> None:
    """
    Write an archive beside its place, and put it there when it is whole.

    Args:
        files: By path.

        target: An empty or missing folder, or an older archive of the same centre.

    Raises:
        PublicationError: Something else is there, or it cannot take its place.

        FileError: A file cannot be written.

    """
    _refuse_foreign_folder(target, read_own_keys(files[OWN_KEYS])[0])
    write_folder(files, target)


def trust_of_archive(archive_folder: Path) -> Trust:
    """
    Trust the centre of an archive by the root key that the archive pins.

    Args:
        archive_folder: As ``asnad archive`` has written it.

    Raises:
        FileError: It is none.

    """
    try:
        own = read_file(archive_folder, OWN_KEYS, MAX_PUBLIC_FILE)
    except FileError:
        raise FileError(
            f"expected an archive with {OWN_KEYS}, found none",
            place=str(archive_folder),
            hint="name the folder that asnad archive has written",
        ) from None
    did, root_keys = read_own_keys(own)
    files = read_tree(archive_folder, SITE, MAX_PUBLIC_FILE)
    issuer = IssuerTrust(did=did, root_keys=root_keys, files=files)
    return trust_of_centre(issuer, read_trusted_issuers(read_tree(archive_folder, FOLDER, MAX_PACK), FOLDER, did))


def _refuse_foreign_folder(target: Path, did: str) -> None:
    """Replace nothing but an older archive of this centre: a folder named by mistake must not be lost."""
    if target.exists() and not target.is_dir():
        raise PublicationError("expected a folder, found a file", place=str(target), hint="name another folder")
    if not target.exists() or not any(target.iterdir()):
        return
    try:
        paths = [path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()]
        older = is_older_archive(paths, read_file(target, CHECKSUMS, MAX_PUBLIC_FILE))
        of = read_own_keys(read_file(target, OWN_KEYS, MAX_PUBLIC_FILE))[0]
    except FileError:
        older, of = False, None
    if not older:
        raise PublicationError(
            "expected an empty folder or an older archive, found something else",
            place=str(target),
            hint="name another folder",
        )
    if of != did:
        raise PublicationError(
            f"expected an archive of {did}, found one of {of}", place=str(target), hint="name another folder"
        )
