"""Read a whole catalogue: every file, then every rule, then either the catalogue or all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.fields import Fields, read_file
from asnad.catalogue.findings import Finding, Severity, Sources, shown, visible
from asnad.catalogue.forms import IDENTIFIER
from asnad.catalogue.nodes import MapNode, Node, TextNode
from asnad.catalogue.open_marks import marked_lines
from asnad.catalogue.reading_centre import read_centre, site_language
from asnad.catalogue.reading_course import VERSION, read_course
from asnad.catalogue.reading_pathway import read_pathway, read_quality_statement
from asnad.catalogue.reading_run import read_run
from asnad.catalogue.readings import Readings
from asnad.catalogue.rules import broken_rules
from asnad.catalogue.scalars import SourceFile, WrittenText
from asnad.catalogue.yaml_text import read_yaml
from asnad.errors import CatalogueErrors
from asnad.instant import day_at

T = TypeVar("T")

_EXPECTED = {"": "centre.yml", "versions": "versions/<course>/<version>.yml"}

CENTRE_FOLDER = ""
CENTRE_ID = "centre"
VERSIONS_FOLDER = "versions"
FOLDERS = (CENTRE_FOLDER, "courses", "runs", "pathways", "quality", VERSIONS_FOLDER)
ENDINGS = (".yml", ".yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCatalogue:
    """What was read, and all that was found in it."""

    catalogue: Catalogue | None
    """Nothing where there are errors."""
    findings: tuple[Finding, ...]
    """Errors and warnings, in the order of files and lines."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before anything is built or issued."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What should be looked at, and stops nothing."""
        return tuple(found for found in self.findings if found.severity is Severity.WARNING)

    def without_errors(self) -> Catalogue:
        """
        Give the catalogue where nothing must be mended.

        Raises:
            CatalogueErrors: All that is wrong in all files.

        """
        if self.catalogue is None:
            raise CatalogueErrors(tuple(found.error() for found in self.errors))
        return self.catalogue


def check_catalogue(files: Mapping[str, bytes], at: int | None = None) -> CheckedCatalogue:
    """
    Read the catalogue of a centre, and look at it with every rule.

    Args:
        files: As ``read_catalogue`` takes them.

        at: The moment, in seconds since 1970, for warnings that come with time; nothing leaves these out.

    """
    reader = _CatalogueReader(files)
    readings = reader.readings(at)
    findings = sorted(
        (*reader.findings, *broken_rules(readings)),
        key=lambda found: (found.file, found.line, found.field, found.message),
    )
    sound = readings.centre is not None and all(found.severity is Severity.WARNING for found in findings)
    return CheckedCatalogue(catalogue=_catalogue(readings) if sound else None, findings=tuple(findings))


def read_catalogue(files: Mapping[str, bytes]) -> Catalogue:
    """
    Read and check the catalogue of a centre; warnings stop nothing and are not told here.

    Args:
        files: Content by path relative to ``catalogue/``, with ``/``: ``centre.yml``, ``courses/<id>.yml``,
            ``runs/<id>.yml``, ``pathways/<id>.yml``, ``quality/<id>.yml`` and ``versions/<course>/<version>.yml``;
            what lies elsewhere is not looked at.

    Returns:
        The catalogue; every reference in it exists and every rule is kept.

    Raises:
        CatalogueErrors: All that is wrong in all files. A rule looks only at files whose fields could all be read.

    """
    return check_catalogue(files).without_errors()


def _catalogue(readings: Readings) -> Catalogue | None:
    if readings.centre is None:
        return None
    own_venues = (run.own_venue for run in readings.runs if run.own_venue is not None)
    return Catalogue(
        centre=replace(readings.centre, venues=(*readings.centre.venues, *own_venues)),
        courses=readings.courses,
        runs=readings.runs,
        pathways=readings.pathways,
        quality_statements=readings.quality_statements,
        versions=readings.versions,
    )


class _CatalogueReader:
    """The files of a catalogue, and what has been found in them so far."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.findings: list[Finding] = []
        self._names: dict[str, dict[str, str]] = {folder: {} for folder in FOLDERS}
        self._sort(files)
        self._roots: dict[str, Node] = {}
        self._refused: dict[str, tuple[Finding, ...]] = {}
        self._texts: dict[str, tuple[WrittenText, ...]] = {}
        self._files = files
        for names in self._names.values():
            for name in names.values():
                self._roots[name], self._refused[name] = read_yaml(name, files[name])
        self._centre_file = self._names[CENTRE_FOLDER].get(CENTRE_ID, f"{CENTRE_ID}.yml")
        self._language = site_language(self._roots.get(self._centre_file))

    def readings(self, at: int | None) -> Readings:
        centres = self._read_folder(CENTRE_FOLDER, read_centre)
        if self._centre_file not in self._roots:
            self._note(self._centre_file, "expected this file, got none", "It says who the centre is")
        centre = centres[0] if centres else None
        courses = self._read_folder("courses", read_course)
        published = [course.place for course in courses if course.status is not CourseStatus.DRAFT]
        return Readings(
            centre=centre,
            courses=courses,
            courses_by_id={course.id: course for course in courses},
            runs=self._read_folder("runs", read_run),
            pathways=self._read_folder("pathways", read_pathway),
            quality_statements=self._read_folder("quality", read_quality_statement),
            versions=self._read_folder(VERSIONS_FOLDER, read_course),
            course_ids=frozenset(self._names["courses"]),
            version_ids=frozenset(self._names[VERSIONS_FOLDER]),
            pathway_ids=frozenset(self._names["pathways"]),
            quality_ids=frozenset(self._names["quality"]),
            centre_file=self._centre_file,
            sources=Sources(self._roots),
            texts=self._texts,
            marked_lines={place: marked_lines(self._files[place]) for place in published},
            today=day_at(at, centre.time_zone) if centre and at is not None else None,
        )

    def _sort(self, files: Mapping[str, bytes]) -> None:
        for name in sorted(files):
            path = PurePosixPath(name)
            folder = path.parts[0] if len(path.parts) > 1 else CENTRE_FOLDER
            if folder not in FOLDERS or path.suffix.casefold() not in ENDINGS:
                continue
            if folder == CENTRE_FOLDER and path.stem.casefold() != CENTRE_ID:
                continue
            file_id = _file_id(path)
            if file_id is None:
                self._note(
                    name, f"expected a file {_EXPECTED.get(folder, f'{folder}/<id>.yml')}, got this name", _hint(path)
                )
                continue
            first = self._names[folder].setdefault(file_id, name)
            if first != name:
                self._note(name, f"expected one file of this name, got {shown(first)} too", "Delete one of the two")

    def _note(self, file: str, message: str, hint: str | None) -> None:
        self.findings.append(Finding(file=visible(file), line=0, field="", message=message, hint=hint))

    def _read_folder(self, folder: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        objects: list[T] = []
        for file_id, name in self._names[folder].items():
            source = SourceFile(name, self._language)
            source.findings.extend(self._refused[name])
            found = read_file(source, self._roots[name], read)
            if folder == VERSIONS_FOLDER:
                course_id, version = file_id.split("/")
                self._compare(source, self._roots[name], "id", course_id, "the folder")
                self._compare(source, self._roots[name], "version", version, "the file")
            elif folder != CENTRE_FOLDER:
                self._compare(source, self._roots[name], "id", file_id, "the file")
            self.findings.extend(source.findings)
            if not source.findings:
                objects.append(found)
                self._texts[name] = tuple(source.texts)
        return tuple(objects)

    def _compare(self, source: SourceFile, root: Node, field: str, expected: str, what: str) -> None:
        entry = root.entry(field) if isinstance(root, MapNode) else None
        if entry is None or not isinstance(entry.node, TextNode):
            return
        written = entry.node.text.strip()
        if IDENTIFIER.parse(written) is not None and written != expected:
            message = f"expected the name of {what}, {shown(expected)}, got {shown(written)}"
            source.note(entry.line, (field,), message, f"Rename {what}, or write its name here")


def _file_id(path: PurePosixPath) -> str | None:
    """Give what a file is called by: its id, or course and version of an earlier version."""
    if path.suffix not in ENDINGS or IDENTIFIER.parse(path.stem) is None:
        return None
    match path.parts:
        case ("versions", course_id, _):
            known = IDENTIFIER.parse(course_id) is not None and VERSION.parse(path.stem) is not None
            return f"{course_id}/{path.stem}" if known else None
        case ("versions", _):
            return None
        case (_,) | (_, _):
            return path.stem
        case _:
            return None


def _hint(path: PurePosixPath) -> str | None:
    return (
        IDENTIFIER.hint_for(path.stem)
        if path.parts[0] != VERSIONS_FOLDER
        else "Such as versions/home-baking-women/1.yml"
    )
