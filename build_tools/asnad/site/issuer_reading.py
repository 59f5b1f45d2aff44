"""Reading from disk what a publication is made of; the edge beside ``publication``."""

from __future__ import annotations

import jinja2

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.files import read_tree
from asnad.issuers.statistics import PATH as STATISTICS
from asnad.issuers.statistics import Statistics, read_statistics
from asnad.messages import read_messages, read_sections
from asnad.site.demonstration_page import STYLE as DEMONSTRATION_STYLE
from asnad.site.demonstration_states import PATH as STATES
from asnad.site.demonstration_states import DemonstrationState, read_states
from asnad.site.frozen_achievement import FOLDER, MAX_ACHIEVEMENT, FrozenAchievement, read_frozen_achievements
from asnad.site.publication import IssuerFiles, PublicationParts, publication_files, published_credentials
from asnad.site.stationery import CertificateFonts, Stationery, certificate_environment

MAX_PUBLISHED_FILE = 65_536
CERTIFICATE_FONTS = (
    "noto-nastaliq-urdu-arabic-400-normal.woff2",
    "noto-naskh-arabic-arabic-400-normal.woff2",
    "noto-naskh-arabic-arabic-700-normal.woff2",
)


def read_issuer_files(folder: CentreFolder, did: str) -> IssuerFiles | None:
    """
    Read everything signed that a centre publishes.

    Args:
        folder: Of the centre.

        did: Of the centre.

    Returns:
        Nothing where no key ceremony was held yet.

    Raises:
        FileError: A file is missing or cannot be read.

        PublicationError: A file does not belong where it lies.

        IssuingError: The ledger is damaged, or the files of a trusted issuer are.
    """
    public = folder.public_files()
    if "asnad/keys.json" not in public:
        return None
    published = read_tree(folder.root, "credentials/published", MAX_PUBLISHED_FILE)
    return IssuerFiles(
        public=public,
        published=published_credentials(published),
        ledger=folder.public_ledger(),
        root_keys=folder.root_keys(did),
        trusted=folder.trusted_issuers(did),
        states=read_demonstration(folder),
    )


def read_demonstration(folder: CentreFolder) -> tuple[DemonstrationState, ...]:
    """
    Read the certificates that show the answers of the verifier; a real centre has none.

    Args:
        folder: Of the centre.

    Raises:
        FileError: The file cannot be read.

        PublicationError: It does not hold what Asnad writes.

    """
    data = folder.optional(STATES)
    return read_states(data) if data else ()


def read_published_statistics(folder: CentreFolder, did: str) -> Statistics | None:
    """
    Read the numbers that a centre publishes.

    Args:
        folder: Of the centre.

        did: Of the centre.

    Returns:
        Nothing where nothing was counted yet.

    Raises:
        FileError: The file cannot be read.

        PublicationError: It does not hold what Asnad writes.

    """
    data = folder.optional(f"public/{STATISTICS}")
    return read_statistics(data, did) if data else None


def read_versions(folder: CentreFolder) -> tuple[FrozenAchievement, ...]:
    """
    Read the versions of courses of which certificates were issued.

    Args:
        folder: Of the centre.

    Raises:
        FileError: A file cannot be read.

        PublicationError: A file does not hold what Asnad writes.

    """
    return read_frozen_achievements(read_tree(folder.root, f"credentials/public/{FOLDER}", MAX_ACHIEVEMENT))


def read_stationery(catalogue: Catalogue) -> Stationery:
    """
    Load templates, words and fonts for certificates.

    Args:
        catalogue: For the languages of the centre.

    Raises:
        FileError: The installation is incomplete.

        PublicationError: A language lacks a text.
    """
    nastaliq, naskh, naskh_bold = ((assets.fonts_dir() / name).read_bytes() for name in CERTIFICATE_FONTS)
    return Stationery(
        environment=certificate_environment(jinja2.FileSystemLoader(assets.certificate_dir())),
        messages=read_messages(assets.message_files(), "certificate", catalogue.centre.languages),
        fonts=CertificateFonts(nastaliq=nastaliq, naskh=naskh, naskh_bold=naskh_bold),
        picture_fonts=tuple(str(path) for path in assets.picture_fonts()),
    )


def read_publication_parts(catalogue: Catalogue) -> PublicationParts:
    """
    Load scripts, templates and words of the published pages.

    Args:
        catalogue: For the languages of the centre.

    Raises:
        FileError: The installation is incomplete.

        PublicationError: A language lacks a text.
    """
    bundle = {path.name: path.read_bytes() for path in sorted(assets.verifier_dir().iterdir())}
    fonts = {f"c/fonts/{name}": (assets.fonts_dir() / name).read_bytes() for name in CERTIFICATE_FONTS}
    styles = {f"c/{name}": (assets.certificate_dir() / name).read_bytes() for name in ("page.css", "link.css")}
    return PublicationParts(
        verifier_bundle=bundle,
        stationery=read_stationery(catalogue),
        certificate_style=styles | fonts,
        demonstration_style=(assets.certificate_dir() / DEMONSTRATION_STYLE).read_bytes(),
        demonstration_messages=read_messages(assets.message_files(), "demonstration", catalogue.centre.languages),
        verifier_messages=read_messages(assets.message_files(), "verifier", catalogue.centre.languages),
        verifier_sections=read_sections(assets.message_files(), "verifier", catalogue.centre.languages),
    )


def publish(folder: CentreFolder, catalogue: Catalogue, *, at: int, catalogue_only: bool) -> dict[str, bytes] | None:
    """
    Make every file of the site that MkDocs does not make.

    Args:
        folder: Of the centre.

        catalogue: As read from it.

        at: Seconds since 1970.

        catalogue_only: Leave out learners' pages.

    Returns:
        Nothing where no key ceremony was held yet.

    Raises:
        AsnadError: Something cannot be published; nothing is.
    """
    issuer = read_issuer_files(folder, catalogue.centre.did)
    if issuer is None:
        return None
    parts = read_publication_parts(catalogue)
    return publication_files(catalogue, issuer, parts, at, catalogue_only=catalogue_only)
