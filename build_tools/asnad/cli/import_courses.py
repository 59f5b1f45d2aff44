"""``asnad import-courses``: courses from a spreadsheet, JSON or a saved web page become files of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import DepartmentId
from asnad.catalogue.course import CourseStatus
from asnad.catalogue.findings import shown
from asnad.catalogue.forms import LANGUAGE, did_you_mean
from asnad.centre_folder import CentreFolder
from asnad.cli.progress import progress_bar
from asnad.cli.wiring import centre_option
from asnad.counted import counted
from asnad.desk.course_files import MAX_COURSE_FILE, read_course_file
from asnad.desk.course_import import CourseImport, IdsFrom, Outcome, plan_import
from asnad.desk.course_source import CourseField
from asnad.desk.drafting_rules import READERS, DraftingRules
from asnad.desk.import_report import report_json, report_lines
from asnad.desk.register_cells import CellError
from asnad.files import add_files, read_file
from asnad.messages import read_messages


@click.command("import-courses")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--department", help="Id of the department of courses that name none; needed where there are several.")
@click.option(
    "--as",
    "status",
    type=click.Choice([str(CourseStatus.DRAFT), str(CourseStatus.ACTIVE)]),
    default=str(CourseStatus.DRAFT),
    show_default=True,
    help="Active only where nothing is left for a person to check.",
)
@click.option(
    "--columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column a field is in, such as title=Kursname; as often as needed.",
)
@click.option(
    "--set",
    "said",
    multiple=True,
    metavar="FIELD=VALUE",
    help='What holds for all courses that do not say it, such as mode=online or duration="2 weeks"; may be repeated.',
)
@click.option("--currency", help="The same as --set currency=…, such as PKR.")
@click.option("--language", help="Language of texts that name none; the first of the centre, unless named.")
@click.option(
    "--ids",
    "ids_from",
    type=click.Choice([str(ids) for ids in IdsFrom]),
    default=str(IdsFrom.TITLE),
    show_default=True,
    help="Of what the ids are made; titles in Urdu have none in them.",
)
@click.option(
    "--write/--dry-run", "write", default=False, show_default="dry-run", help="Write the files, or only tell."
)
@click.option("--skip-refused", is_flag=True, help="Write the others although some courses are refused.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@centre_option
def import_courses(
    file: Path,
    department: str | None,
    status: str,
    columns: tuple[str, ...],
    said: tuple[str, ...],
    currency: str | None,
    language: str | None,
    ids_from: str,
    write: bool,
    skip_refused: bool,
    as_json: bool,
    centre: Path,
) -> None:
    """
    Make files of the catalogue of the courses in FILE, and tell what did not fit.

    FILE is CSV, an Excel workbook, an array of JSON objects, schema.org JSON-LD, or a saved web page that has some. No
    file that is there is changed, and either all new files are written or none. What FILE does not say is assumed to
    be the least that can be claimed, on a line that is marked "# to check:"; asnad check refuses such a line in a
    course that is no draft.

    The fields of --columns and --set are those that the report names. Exit codes: 0 every course is new or there
    already, 1 a course or the file was refused and named, 2 an option is wrong.
    """
    folder = CentreFolder.find(centre.resolve())
    catalogue = folder.catalogue()
    rules = _rules(catalogue, department, language, (*said, *([f"currency={currency}"] if currency else [])))
    chosen = {_field(name, CourseField): value for name, value in _pairs(columns, "--columns")}
    content = read_file(file.resolve().parent, file.name, MAX_COURSE_FILE)
    source = read_course_file(file.name, content, chosen, catalogue.centre.languages)
    with progress_bar("Courses") as progress:
        done = plan_import(
            source,
            catalogue,
            folder.catalogue_files(),
            rules,
            status=CourseStatus(status),
            ids_from=IdsFrom(ids_from),
            progress=progress,
            checking=lambda: click.echo("Checking the catalogue ...", err=True),
        )
    refused = done.of(Outcome.REFUSED)
    writing = write and (skip_refused or not refused)
    if writing:
        add_files(folder.root, {f"catalogue/{path}": data for path, data in done.files().items()})
    if as_json:
        click.echo(report_json(done, written=writing))
    else:
        for line in report_lines(done):
            click.echo(line)
        click.echo()
        click.echo(_ending(done, write=write, writing=writing))
    sys.exit(1 if refused and not (writing and skip_refused) else 0)


def _rules(catalogue: Catalogue, department: str | None, language: str | None, said: Iterable[str]) -> DraftingRules:
    centre = catalogue.centre
    ids = [str(item.id) for item in centre.departments]
    if department is not None and department not in ids:
        hint = did_you_mean(department, ids) or f"The departments are {', '.join(ids)}"
        raise click.UsageError(f"expected a department of centre.yml, got {shown(department)}. {hint}")
    if language is not None and LANGUAGE.parse(language) is None:
        raise click.UsageError(f"expected {LANGUAGE.expected} such as en, got {shown(language)}")
    values: dict[CourseField, str] = {}
    for name, value in _pairs(said, "--set"):
        field = _field(name, READERS)
        try:
            READERS[field](value)
        except CellError as error:
            raise click.UsageError(f"--set {name}: {error.message}") from None
        values[field] = value
    only = ids[0] if len(ids) == 1 else None
    chosen = department or only
    return DraftingRules(
        centre=centre,
        department=DepartmentId(chosen) if chosen else None,
        language=language or centre.languages[0],
        said=values,
        papers=read_messages(assets.message_files(), "certificate", centre.languages),
    )


def _pairs(written: Iterable[str], option: str) -> Iterable[tuple[str, str]]:
    for text in written:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise click.UsageError(f"expected {option} FIELD=…, got {shown(text)}")
        yield name.strip(), value.strip()


def _field(name: str, fields: Iterable[CourseField]) -> CourseField:
    words = [str(field) for field in fields]
    if name not in words:
        hint = did_you_mean(name, words) or f"The fields are {', '.join(words)}"
        raise click.UsageError(f"expected a field, got {shown(name)}. {hint}")
    return CourseField(name)


def _ending(done: CourseImport, *, write: bool, writing: bool) -> str:
    new, refused = len(done.files()), len(done.of(Outcome.REFUSED))
    if writing and new:
        return (
            f"{counted(new, 'file was', 'files were')} written to catalogue/courses/."
            " Next: look at the lines that are marked, then asnad check"
        )
    if write and refused:
        return "Nothing was written. Mend what is refused in the file, or say --skip-refused to write the others."
    if not new:
        return "There is nothing to write."
    return "Nothing was written; this was a dry run. If it is right, call the command again with --write"
