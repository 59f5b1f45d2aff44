"""An error becomes a remark beside the line of the file that is to be mended."""

from __future__ import annotations

import pytest

from asnad.desk.annotation import annotations_of, github_line, plain_line
from asnad.errors import AsnadError, CatalogueError, CatalogueErrors, FileError, IssuingError


def lines(error: AsnadError, prefix: str = "") -> list[str]:
    return [github_line(annotation, prefix) for annotation in annotations_of(error)]


def test_each_error_of_a_catalogue_is_at_its_line() -> None:
    errors = CatalogueErrors(
        (
            CatalogueError("expected a, got b", place="courses/baking.yml:14: fee.amount", hint="Write a"),
            CatalogueError("expected one line", place="centre.yml:3: names[1].name"),
            CatalogueError("expected this file, got none", place="centre.yml", hint="It says who the centre is"),
        )
    )
    assert lines(errors) == [
        "::error file=catalogue/courses/baking.yml,line=14::fee.amount: expected a, got b%0AWrite a",
        "::error file=catalogue/centre.yml,line=3::names[1].name: expected one line",
        "::error file=catalogue/centre.yml::expected this file, got none%0AIt says who the centre is",
    ]


def test_a_centre_in_a_folder_of_its_repository_has_that_folder_before_each_file() -> None:
    (line,) = lines(CatalogueError("expected a, got b", place="runs/x.yml:2: end"), "north/centre/")
    assert line == "::error file=north/centre/catalogue/runs/x.yml,line=2::end: expected a, got b"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            IssuingError("expected an event", place="credentials/public/ledger.jsonl:7"),
            "::error file=credentials/public/ledger.jsonl,line=7::expected an event",
        ),
        (FileError("expected keys", place="keys/own.json"), "::error file=keys/own.json::expected keys"),
        (IssuingError("expected x", place="credentials/public"), "::error::credentials/public: expected x"),
        (IssuingError("expected x"), "::error::expected x"),
    ],
)
def test_what_is_wrong_elsewhere_is_at_its_own_file(error: AsnadError, line: str) -> None:
    assert lines(error) == [line]


def test_what_an_author_wrote_starts_no_command_of_the_host() -> None:
    hostile = "a\n::stop-commands::x\r%0A"
    (line,) = lines(CatalogueError(hostile, place="runs/a,b%.yml:2: end", hint="::set-output::"))
    assert "\n" not in line
    assert "\r" not in line
    assert line == (
        "::error file=catalogue/runs/a%2Cb%25.yml,line=2::end: a%0A::stop-commands::x%0D%250A%0A::set-output::"
    )


def test_people_are_told_the_whole_way_to_the_file() -> None:
    error = CatalogueError("expected a, got b", place="courses/x.yml:14: fee", hint="Write a")
    (annotation,) = annotations_of(error)
    assert plain_line(annotation, "") == "catalogue/courses/x.yml:14: fee: expected a, got b\n  hint: Write a"
    assert plain_line(annotation, "north/").startswith("north/catalogue/courses/x.yml:14")
    (annotation,) = annotations_of(FileError("expected keys", place="keys/own.json", hint="run"))
    assert plain_line(annotation, "") == "keys/own.json: expected keys\n  hint: run"
