"""A centre without courses, and files of courses on their way into its catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import DepartmentId
from asnad.catalogue.course import Course, CourseId, CourseStatus
from asnad.catalogue.reading import read_catalogue
from asnad.desk.course_files import read_course_file
from asnad.desk.course_import import CourseImport, IdsFrom, ImportedCourse, plan_import
from asnad.desk.course_source import CourseField
from asnad.desk.drafting_rules import DraftingRules
from asnad.messages import read_messages

MESSAGES = Path(__file__).parents[2] / "site_overrides" / "messages"
CENTRE = """\
did: did:web:skills.example
verifier: http://192.168.1.20/v/
names: [{name: {en: New Centre, ur: نیا مرکز}, from: 2019-07-01}]
country: PK
country_name: Pakistan
languages: [en, ur]
time_zone: Asia/Karachi
legal_status: Not degrees.
contact: {phone: "+92-41-0000000", email: desk@skills.example}
departments: [{id: food, name: {en: Food Technology, ur: شعبۂ غذا}}, {id: office, name: Office}]
serial_prefix: NSC
"""
EMPTY = {"centre.yml": CENTRE.encode()}


def imported(
    content: bytes | str,
    *,
    file: str = "courses",
    files: Mapping[str, bytes] = EMPTY,
    columns: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
    department: str | None = "food",
    language: str = "en",
    status: str = "draft",
    ids: str = "title",
) -> CourseImport:
    """Plan an import into a catalogue."""
    catalogue = read_catalogue(files)
    messages = {path.stem: path.read_bytes() for path in MESSAGES.glob("*.json")}
    data = content.encode() if isinstance(content, str) else content
    chosen = {CourseField(name): value for name, value in (columns or {}).items()}
    return plan_import(
        read_course_file(file, data, chosen, catalogue.centre.languages),
        catalogue,
        files,
        DraftingRules(
            centre=catalogue.centre,
            department=DepartmentId(department) if department else None,
            language=language,
            said={CourseField(name): value for name, value in (said or {}).items()},
            papers=read_messages(messages, "certificate", catalogue.centre.languages),
        ),
        status=CourseStatus(status),
        ids_from=IdsFrom(ids),
        progress=lambda _done, _of: None,
        checking=lambda: None,
    )


def the_catalogue(done: CourseImport, files: Mapping[str, bytes] = EMPTY) -> Catalogue:
    """Read the catalogue as it is once the import is written."""
    return read_catalogue({**files, **done.files()})


def the_course(done: CourseImport, course_id: str) -> Course:
    return the_catalogue(done).course(CourseId(course_id))


def only(done: CourseImport) -> ImportedCourse:
    (course,) = done.courses
    return course


def reasons(course: ImportedCourse) -> dict[str, str]:
    """Give why each column was left out; of several reasons the last."""
    return {left.name: left.reason for left in course.left_out}


def checks(course: ImportedCourse) -> list[str]:
    return [check.field for check in course.to_check]
