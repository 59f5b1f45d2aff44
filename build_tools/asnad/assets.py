"""
Where the files lie that are not Python: themes, messages, fonts, contexts, the verifier's bundle, examples, templates.

In an installed wheel all of them are inside the package. In a checkout, what people edit is read where it lies,
and what the build hook made is inside the package there too.
"""

from __future__ import annotations

from pathlib import Path

from asnad.errors import FileError

_PACKAGED = Path(__file__).parent / "_packaged"
_CHECKOUT = Path(__file__).parent.parent.parent
_PICTURE_FONTS = (
    "noto-naskh-arabic-400.ttf",
    "noto-nastaliq-urdu-400.ttf",
    "noto-serif-400.ttf",
    "noto-serif-600.ttf",
)
_HINT = "install Asnad again; in a checkout, run: pip install --editable ."


def theme_dir() -> Path:
    """
    Find the templates and styles that are laid over the MkDocs theme.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("theme", "site_overrides/theme")


def certificate_dir() -> Path:
    """
    Find the templates of certificates, for the page and for print.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("certificate", "site_overrides/certificate")


def messages_dir() -> Path:
    """
    Find the folder with one file of messages for each language.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("messages", "site_overrides/messages")


def message_files() -> dict[str, bytes]:
    """
    Read every file of messages.

    Returns:
        Bytes by language tag.

    Raises:
        FileError: The installation is incomplete.

    """
    return {path.stem: path.read_bytes() for path in sorted(messages_dir().glob("*.json"))}


def verifier_dir() -> Path:
    """
    Find the built verifier: scripts, style sheet, icon, licences and the page's template.

    Raises:
        FileError: The build hook has not run.

    """
    return _built("verifier")


def catalogue_script() -> Path:
    """
    Find the built script of the catalogue's pages.

    Raises:
        FileError: The build hook has not run.

    """
    return _built("finding") / "catalogue.js"


def fonts_dir() -> Path:
    """
    Find the folder with the fonts of certificates, which have all Arabic letters, and their licences.

    Raises:
        FileError: The build hook has not run.

    """
    return _built("fonts")


def site_fonts_dir() -> Path:
    """
    Find the folder with the fonts of the catalogue, cut to the letters of its languages, and their licences.

    Raises:
        FileError: The build hook has not run.

    """
    return _built("site-fonts")


def picture_fonts() -> tuple[Path, ...]:
    """
    Find the fonts by which pictures of certificates are drawn.

    Raises:
        FileError: The build hook has not run, or one of them is missing.

    """
    fonts = tuple(_built("picture-fonts") / name for name in _PICTURE_FONTS)
    for font in fonts:
        # A picture is drawn all the same, without its text and without the words that it is a demonstration.
        if not font.is_file():
            raise FileError("expected a font, found none", place=f"picture-fonts/{font.name}", hint=_HINT)
    return fonts


def context_bytes(name: str) -> bytes:
    """
    Read a JSON-LD context as it was packaged; its hash is not looked at here.

    Args:
        name: File name, such as ``credentials-v2.json``.

    Raises:
        FileError: The build hook has not run, or there is no such context.

    """
    path = _built("contexts") / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("no such context in this installation", place=name, hint=_HINT) from error


def example_dir() -> Path:
    """
    Find the example centre: ``catalogue/``, ``credentials/example-registers/`` and ``mkdocs.yml``.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("example", ".")


def new_centre_dir() -> Path:
    """
    Find the templates of a new centre's repository: ``common/``, and a folder for each Git host.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("new_centre", "site_overrides/new_centre")


def archive_dir() -> Path:
    """
    Find what an archive says to its readers: ``README.txt`` as a template, and ``by_hand.py``.

    Raises:
        FileError: The installation is incomplete.

    """
    return _carried("archive", "site_overrides/archive")


def format_document() -> bytes:
    """
    Read the specification, ``docs/format.md``.

    Raises:
        FileError: The installation is incomplete.

    """
    inside = _PACKAGED / "format.md"
    path = inside if inside.is_file() else _CHECKOUT / "docs" / "format.md"
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("expected docs/format.md, found none", place="format.md", hint=_HINT) from error


def profile_document() -> bytes:
    """Read the table that is part of the specification, ``profile.json``."""
    return (Path(__file__).parent / "credentials" / "profile.json").read_bytes()


def packaged_contexts() -> dict[str, bytes]:
    """
    Read the JSON-LD contexts and their licences, by file name.

    Raises:
        FileError: The build hook has not run.

    """
    return {path.name: path.read_bytes() for path in sorted(_built("contexts").iterdir())}


def _carried(name: str, source: str) -> Path:
    # Only a wheel has these inside the package, so their presence tells which of the two this is.
    inside = _PACKAGED / name
    path = inside if inside.is_dir() else _CHECKOUT / source
    if not path.is_dir():
        raise FileError(f"expected the folder {source}, found none", place=name, hint=_HINT)
    return path


def _built(name: str) -> Path:
    path = _PACKAGED / name
    if not path.is_dir():
        raise FileError("expected a folder that the build makes, found none", place=name, hint=_HINT)
    return path
