"""An error as a Git host shows it: beside the line of the file that is to be mended."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from asnad.catalogue.findings import Finding, Severity
from asnad.errors import AsnadError, CatalogueError, CatalogueErrors, PublicationErrors

_PLACE = re.compile(r"(?P<file>[^:\s]+\.[a-z0-9]+)(?::(?P<line>[1-9][0-9]*))?(?:: ?(?P<field>.*))?", re.DOTALL)
REPORT_FORMAT = "asnad-check"
REPORT_VERSION = 1

_INSIDE = ("catalogue/", "credentials/", "keys/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One thing to mend, and where."""

    file: str | None
    """Path below the centre's folder; nothing where no single file is meant."""
    line: int
    """Counted from 1; 0 where the file as a whole is meant."""
    error: AsnadError
    field: str = ""
    rule: str = ""
    """Code of docs/catalogue.md; empty for what is not of the catalogue."""
    severity: Severity = Severity.ERROR


def annotation_of(finding: Finding) -> Annotation:
    """
    Give the annotation of what was found in the catalogue.

    Args:
        finding: An error or a warning.

    """
    file = f"catalogue/{finding.file}"
    place = f"{file}:{finding.line}" if finding.line else file
    place = f"{place}: {finding.field}" if finding.field else place
    error = CatalogueError(finding.message, place=place, hint=finding.hint)
    return Annotation(
        file=file,
        line=finding.line,
        error=error,
        field=finding.field,
        rule=finding.rule,
        severity=finding.severity,
    )


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
    told = f"{prefix if annotation.file else ''}{_with_whole_path(annotation)}"
    warned = "warning: " if annotation.severity is Severity.WARNING else ""
    code = f" ({annotation.rule})" if annotation.rule.startswith("E") else ""
    hint = f"\n  hint: {annotation.error.hint}" if annotation.error.hint else ""
    return f"{warned}{told}{code}{hint}"


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
    return (
        f"::{annotation.severity} {','.join(properties)}::{told}" if properties else f"::{annotation.severity}::{told}"
    )


def report_json(annotations: Sequence[Annotation], prefix: str) -> str:
    """
    Write all annotations for machines (docs/catalogue.md, "For machines").

    Args:
        annotations: Of one check.

        prefix: Of the centre's folder in its repository; empty, or ending in ``/``.

    """
    counts = [annotation.severity for annotation in annotations]
    report = {
        "format": REPORT_FORMAT,
        "version": REPORT_VERSION,
        "errors": counts.count(Severity.ERROR),
        "warnings": counts.count(Severity.WARNING),
        "findings": [
            {
                "file": f"{prefix}{annotation.file}" if annotation.file else None,
                "line": annotation.line or None,
                "field": annotation.field or None,
                "severity": annotation.severity,
                "rule": annotation.rule or None,
                "message": annotation.error.message,
                "hint": annotation.error.hint,
            }
            for annotation in annotations
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


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
