"""``asnad import-courses``: what it writes, what it tells, and 57 real programmes from file to site."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from command_line import assert_told, call

from asnad.catalogue.course import CourseStatus
from asnad.centre_folder import CentreFolder
from asnad.cli.build import build_site
from asnad.cli.check import check
from asnad.cli.import_courses import import_courses
from asnad.desk.course_source import CourseField
from asnad.errors import FileError
from example_centre import ROOT

CORPUS = ROOT.parent / "shared" / "corpora" / "nj-short-courses"
TABLE = "Title,Hours,Colour\nBread for All,40,blue\nKnots <b>and</b> Plaits,20,\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return bare_centre(tmp_path / "centre")


def bare_centre(to: Path) -> Path:
    """Make a centre with the departments of the example, and no course."""
    (to / "catalogue" / "courses").mkdir(parents=True)
    for name in ("catalogue/centre.yml", "mkdocs.yml"):
        shutil.copy(ROOT / name, to / name)
    shutil.copytree(ROOT / "catalogue" / "pages", to / "catalogue" / "pages")
    return to


def run(root: Path, content: str | Path, *words: str, department: str = "food-technology") -> Result:
    file = content if isinstance(content, Path) else root.parent / "list.csv"
    if isinstance(content, str):
        file.write_text(content, encoding="utf-8")
    options = ["--department", department, "--centre", str(root), *words]
    return CliRunner().invoke(import_courses, [str(file), *options])


def written(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "catalogue" / "courses").iterdir())


def test_a_dry_run_tells_everything_and_writes_nothing(root: Path) -> None:
    result = run(root, TABLE)
    assert result.exit_code == 0, result.output
    assert written(root) == []
    for line in (
        "list.csv was read as CSV, UTF-8: 2 courses, 2 new, 0 there already, 0 refused.",
        "      2  Title → title",
        "      1  Colour: not part of the model",
        "      1  Title: HTML tags were taken out",
        "  + row 2: 'Bread for All': courses/bread-for-all.yml (BFA)",
        "      left out: Title 'Knots <b>and</b> Plaits': HTML tags were taken out",
        "Nothing was written; this was a dry run. If it is right, call the command again with --write",
    ):
        assert line in result.output.splitlines()


def test_what_is_written_is_in_order_and_an_import_done_again_writes_nothing(root: Path) -> None:
    assert run(root, TABLE, "--write").exit_code == 0
    assert written(root) == ["bread-for-all.yml", "knots-and-plaits.yml"]
    before = {path.name: path.read_bytes() for path in (root / "catalogue" / "courses").iterdir()}
    assert [course.status for course in CentreFolder(root).catalogue().courses] == [CourseStatus.DRAFT] * 2
    again = run(root, TABLE, "--write")
    assert again.exit_code == 0
    assert "2 courses, 0 new, 2 there already, 0 refused" in again.output
    assert again.output.endswith("There is nothing to write.\n")
    assert {path.name: path.read_bytes() for path in (root / "catalogue" / "courses").iterdir()} == before


def test_nothing_is_written_where_one_course_is_refused_unless_a_person_says_so(root: Path) -> None:
    table = TABLE + "=1+1,3,\n"
    refused = run(root, table, "--write")
    assert refused.exit_code == 1
    assert written(root) == []
    assert "Nothing was written. Mend what is refused in the file, or say --skip-refused" in refused.output
    assert run(root, table, "--write", "--skip-refused").exit_code == 0
    assert len(written(root)) == 2


def test_nothing_is_left_half_written_where_the_disk_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if "plaits" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    result = run(root, TABLE, "--write")
    assert isinstance(result.exception, FileError)
    assert "No space left on device" in str(result.exception)
    assert written(root) == []


def test_a_file_that_is_no_course_yet_is_never_overwritten(root: Path) -> None:
    (root / "catalogue" / "courses" / "bread-for-all.yml.part").write_text("mine")
    (root / "catalogue" / "courses" / "bread-for-all.yml").mkdir()
    result = run(root, TABLE, "--write")
    assert isinstance(result.exception, FileError)
    assert "found one" in str(result.exception)
    assert "knots-and-plaits.yml" not in written(root)


def test_the_report_is_told_to_machines_too(root: Path) -> None:
    report = json.loads(run(root, TABLE, "--json", "--write").stdout)
    assert (report["type"], report["format"], report["written"]) == ("AsnadCourseImport", 1, True)
    assert report["counts"] == {"new": 2, "there already": 0, "refused": 0}
    first = report["courses"][0]
    assert first["file"] == "catalogue/courses/bread-for-all.yml"
    assert first["taken"] == [
        {"field": "title", "from": "Title", "value": "Bread for All"},
        {"field": "hours", "from": "Hours", "value": "40"},
    ]
    assert first["leftOut"] == [{"name": "Colour", "value": "blue", "reason": "not part of the model"}]
    assert {"field": "delivery.mode", "value": "onsite", "reason": "the file does not say how it is taught"} in first[
        "toCheck"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--department", "food-tech"],
            "expected a department of centre.yml, got 'food-tech'. Did you mean 'food-technology'?",
        ),
        (["--set", "mode=somehow"], "--set mode: expected onsite, online, blended or work-based, got 'somehow'"),
        (["--set", "title=x"], "expected a field, got 'title'. The fields are"),
        (["--set", "mode"], "expected --set FIELD=…, got 'mode'"),
        (["--columns", "titel=Title"], "expected a field, got 'titel'. Did you mean 'title'?"),
        (["--currency", "rupees"], "--set currency: expected a currency code such as PKR, got 'rupees'"),
        (["--language", "english"], "expected a language tag such as en, got 'english'"),
    ],
)
def test_an_option_that_is_wrong_is_told_with_what_it_could_be(root: Path, words: list[str], told: str) -> None:
    result = run(root, TABLE, *words)
    assert result.exit_code == 2
    assert told in " ".join(re.sub(r"[│╭╰─╮╯]", "", result.output).split())


def test_bad_files_are_told_without_a_traceback(root: Path) -> None:
    (root / "list.json").write_bytes(b'{"@type": "Course", "name": ')
    answer = call("import-courses", "list.json", cwd=root)
    assert_told(answer, 1, "list.json: expected JSON, got something else in line 1")
    with (root / "large.csv").open("wb") as file:
        file.truncate(50_000_000)
    for name, told in (("large.csv", "expected at most 20000000 bytes"), ("no.csv", "expected a readable file")):
        result = run(root, root / name)
        assert isinstance(result.exception, FileError)
        assert told in str(result.exception)


@pytest.fixture(scope="module")
def imported_corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Import the 57 real programmes; give the centre and the reports."""
    if not CORPUS.is_dir():
        # Real programmes of others, not ours to commit; made-up files of every kind are tested above without them.
        pytest.skip("the real programmes are not here: ../shared/corpora/nj-short-courses beside the checkout")
    to = bare_centre(tmp_path_factory.mktemp("corpus") / "centre")
    reports = []
    for name in ("baking", "digital-marketing"):
        file = CORPUS / f"{name}-search-results.json"
        result = run(to, file, "--write", "--currency", "USD", "--json")
        assert result.exit_code == 0, result.output
        reports.append(result.stdout)
    return to, reports


def test_57_real_programmes_are_imported_and_all_that_they_say_is_accounted_for(
    imported_corpus: tuple[Path, list[str]],
) -> None:
    root, reports = imported_corpus
    baking, marketing = (json.loads(report) for report in reports)
    assert (baking["counts"]["new"], marketing["counts"]["new"]) == (8, 49)
    courses = baking["courses"] + marketing["courses"]
    catalogue = CentreFolder(root).catalogue()
    new = [course for course in catalogue.courses if course.status is CourseStatus.DRAFT]
    assert len(new) == 57
    # Counted by hand in the files: every programme costs more than 0 dollars, three have 0 hours, seven are online.
    assert sum(course.fee is not None and course.fee.currency == "USD" for course in new) == 57
    assert sum(course.workload.total() == 0 for course in new) == 3
    assert sum(course.delivery.mode == "online" for course in new) == 7
    pastry = next(course for course in new if course.code == "46328")
    assert (pastry.id, pastry.title.versions) == ("baking-and-pastry", (("en", "Baking and Pastry"),))
    assert (pastry.workload.total(), pastry.fee.amount if pastry.fee else 0) == (272, 2900)
    pythons = sorted(course.title.versions[0][1] for course in new if course.title.versions[0][1].startswith("Python"))
    assert pythons == [
        "Python Programming Certifications (Hackensack)",
        "Python Programming Certifications (Montvale)",
        "Python Programming Certifications (Virtual) (Hackensack)",
        "Python Programming Certifications (Virtual) (Wayne)",
        "Python Programming Certifications (Wayne)",
    ]
    # Nobody has said that these are courses of the centre: each has its provider to be checked.
    assert all(course["toCheck"][0]["field"] == "provider" for course in courses)
    left = {(each["name"], each["reason"].split(";")[0]) for course in courses for each in course["leftOut"]}
    assert ("calendarLength", "a code whose meaning the file does not tell") in left
    assert ("percentEmployed", "a figure about past learners") in left
    assert ("totalClockHours", "expected from 1 to 10,000 hours, got 0") in left
    assert ("isWheelchairAccessible", "a fact of a place") in left
    # Each member of each programme that says something was taken or is named with its reason.
    for name, report in (("baking", baking), ("digital-marketing", marketing)):
        source = json.loads((CORPUS / f"{name}-search-results.json").read_bytes())
        for told, programme in zip(report["courses"], source, strict=True):
            named = {each["from"] for each in told["taken"]} | {each["name"] for each in told["leftOut"]}
            said = {member for member, value in programme.items() if value not in (None, "", [])}
            assert said - named == set(), told["place"]


def test_57_real_programmes_are_built_as_drafts_and_once_a_person_has_checked_them_as_courses(
    imported_corpus: tuple[Path, list[str]], tmp_path: Path
) -> None:
    root = tmp_path / "centre"
    shutil.copytree(imported_corpus[0], root)
    baking = {Path(course["file"]).name for course in json.loads(imported_corpus[1][0])["courses"]}
    for path in (root / "catalogue" / "courses").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name in baking:
            path.write_text(text.replace("status: draft", "status: active"), encoding="utf-8")
    refused = CliRunner().invoke(check, ["--centre", str(root)])
    assert refused.exit_code == 1
    assert "expected a checked line in a course that is active, got one that is marked to check" in refused.output
    for path in (root / "catalogue" / "courses").iterdir():
        if path.name in baking:
            text = path.read_text(encoding="utf-8")
            checked = re.sub(r" *# to check:.*", "", text)
            path.write_text(checked, encoding="utf-8")
    assert CliRunner().invoke(check, ["--centre", str(root)]).exit_code == 0
    build_site(CentreFolder(root), tmp_path / "site", drafts=True)
    courses = tmp_path / "site" / "courses"
    assert len(list(courses.glob("*/index.html"))) == 57
    for name, title in (
        ("baking-and-pastry", "Baking and Pastry"),
        ("python-programming-certifications-wayne", "Python Programming Certifications (Wayne)"),
    ):
        assert title in (courses / name / "index.html").read_text(encoding="utf-8")
    catalogue = json.loads((tmp_path / "site" / "catalogue.json").read_bytes())
    # What other programs read holds no draft.
    assert len(catalogue["courses"]) == 8


def test_the_example_of_the_document_is_what_the_command_does(root: Path) -> None:
    document = (ROOT / "docs" / "catalogue-import.md").read_text(encoding="utf-8")
    table, command, report, course = (
        re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", document)[0] for kind in ("csv", "sh", "text", "yaml")
    )
    file = root.parent / "courses.csv"
    file.write_text(table, encoding="utf-8")
    words = shlex.split(command)[3:]
    told = CliRunner().invoke(import_courses, [str(file), "--centre", str(root), *words])
    assert told.exit_code == 0
    assert told.stdout.endswith(report)
    assert CliRunner().invoke(import_courses, [str(file), "--centre", str(root), *words, "--write"]).exit_code == 0
    assert (root / "catalogue" / "courses" / "bread-and-rolls.yml").read_text(encoding="utf-8") == course


def test_the_document_names_every_field_that_a_person_can_say() -> None:
    document = (ROOT / "docs" / "catalogue-import.md").read_text(encoding="utf-8")
    named = {field for row in re.findall(r"(?m)^\| (`.*?) \|", document) for field in re.findall(r"`([a-z-]+)`", row)}
    assert named == {str(field) for field in CourseField} - {"online", "evening"}
