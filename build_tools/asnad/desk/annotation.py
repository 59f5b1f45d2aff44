"""An error as a Git host shows it: beside the line of the file that is to be mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from asnad.errors import AsnadError, CatalogueError, CatalogueErrors, PublicationErrors

_PLACE = re.compile(r"(?P<file>[^:\s]+\.[a-z0-9]+)(?::(?P<line>[1-9][0-9]*))?(?:: ?(?P<field>.*))?", re.DOTALL)
_INSIDE = ("catalogue/", "credentials/", "keys/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One thing to mend, and where."""

    file: str | None
    """Path below the centre's folder; nothing where no single file is meant."""
    line: int
    """Counted from 1; 0 where the file as a whole is meant."""
    error: AsnadError


def annotations_of(error: AsnadError) -> tuple[Annotation, ...]:
    """
    Give one annotation for each thing that an error names.

    Args:
        error: One, or all of a catalogue.

    """
    if isinstance(error, CatalogueErrors | PublicationErrors):
        return tuple(_annotation(each) for each in error.errors)
    return (_annotation(error),)


def plain_line(annotation: Annotation, prefix: str) -> str:
    """
    Write an annotation for people.

    Args:
        annotation: One thing to mend.

        prefix: Of the centre's folder in its repository; empty, or ending in ``/``.

    """
    return f"{prefix if annotation.file else ''}{_with_whole_path(annotation).diagnostics()}"


def github_line(annotation: Annotation, prefix: str) -> str:
    """
    Write an annotation as GitHub takes it (GitHub Docs, "Workflow commands: Setting an error message").

    Args:
        annotation: One thing to mend.

        prefix: Of the centre's folder in its repository; empty, or ending in ``/``.

    """
    error = annotation.error
    message = f"{error.message}\n{error.hint}" if error.hint else error.message
    # The field belongs to the sentence where the line alone does not tell it.
    found = _PLACE.fullmatch(error.place or "")
    field = found["field"] if found else error.place
    properties = []
    if annotation.file:
        properties.append(f"file={_escaped_property(prefix + annotation.file)}")
    if annotation.line:
        properties.append(f"line={annotation.line}")
    told = _escaped(f"{field}: {message}" if field else message)
    return f"::error {','.join(properties)}::{told}" if properties else f"::error::{told}"


def _annotation(error: AsnadError) -> Annotation:
    found = _PLACE.fullmatch(error.place or "")
    if found is None:
        return Annotation(file=None, line=0, error=error)
    # What is wrong in the catalogue names its file as the catalogue does.
    inside = found["file"].startswith(_INSIDE) or not isinstance(error, CatalogueError)
    file = found["file"] if inside else f"catalogue/{found['file']}"
    return Annotation(file=file, line=int(found["line"] or 0), error=error)


def _with_whole_path(annotation: Annotation) -> AsnadError:
    error = annotation.error
    if annotation.file is None or not error.place or error.place.startswith(annotation.file):
        return error
    return CatalogueError(error.message, place=f"catalogue/{error.place}", hint=error.hint)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
