from __future__ import annotations

from collections.abc import Callable

from asnad.catalogue.reading import read_catalogue
from asnad.catalogue.run import RunId

Errors = Callable[..., list[str]]

# The course as it is in conftest.py, one version later; what it was before lies in versions/.
CURRENT = (b"code: FT-HB\n", b"code: FT-HB\nversion: 2\n")


def _with_version(files: dict[str, bytes], run_of: str = "1", path: str = "versions/baking/1.yml") -> dict[str, bytes]:
    before = files["courses/baking.yml"].replace(b"title: {en: Home Baking, ur:", b"title: {en: Baking at Home, ur:")
    return {
        **files,
        path: before,
        "courses/baking.yml": files["courses/baking.yml"].replace(*CURRENT),
        "runs/baking-b1.yml": files["runs/baking-b1.yml"] + f"course_version: {run_of}\n".encode(),
    }


def test_a_run_teaches_the_version_that_it_names(files: dict[str, bytes]) -> None:
    catalogue = read_catalogue(_with_version(files))
    run = catalogue.run(RunId("baking-b1"))
    assert run is not None
    assert catalogue.course_of(run).title.shown_in("en")[0] == "Baking at Home"
    assert catalogue.course(run.course).title.shown_in("en")[0] == "Home Baking"
    assert [(course.id, course.version) for course in catalogue.versions] == [("baking", 1)]


def test_a_run_that_names_none_or_the_current_one_teaches_the_current_one(files: dict[str, bytes]) -> None:
    for catalogue in (read_catalogue(files), read_catalogue(_with_version(files, run_of="2"))):
        run = catalogue.run(RunId("baking-b1"))
        assert run is not None
        assert catalogue.course_of(run) is catalogue.course(run.course)


def test_a_run_of_a_version_that_nobody_kept_is_told(files: dict[str, bytes], errors: Errors) -> None:
    assert errors(_with_version(files, run_of="7")) == [
        (
            "runs/baking-b1.yml:10: course_version: expected 2, the current version, or a file of versions/, got 7\n"
            "→ Put the course as it was then into versions/baking/7.yml"
        )
    ]


def test_a_version_lies_in_the_folder_of_its_course_under_its_number(files: dict[str, bytes], errors: Errors) -> None:
    assert errors(_with_version(files, path="versions/safety/1.yml", run_of="2")) == [
        (
            "versions/safety/1.yml:1: id: expected the name of the folder, 'safety', got 'baking'\n"
            "→ Rename the folder, or write its name here"
        )
    ]
    assert errors({**files, "versions/baking.yml": files["courses/baking.yml"]}) == [
        (
            "versions/baking.yml: expected a file versions/<course>/<version>.yml, got this name\n"
            "→ Such as versions/home-baking-women/1.yml"
        )
    ]
    assert errors({**files, "versions/baking/one.yml": files["courses/baking.yml"]}) == [
        (
            "versions/baking/one.yml: expected a file versions/<course>/<version>.yml, got this name\n"
            "→ Such as versions/home-baking-women/1.yml"
        )
    ]


def test_an_earlier_version_has_another_number_than_the_current_one(files: dict[str, bytes], errors: Errors) -> None:
    assert errors({**files, "versions/baking/1.yml": files["courses/baking.yml"] + b"version: 1\n"}) == [
        (
            "versions/baking/1.yml:17: version: expected another version than that of courses/baking.yml, got 1\n"
            "→ Raise version there when you change the course, and keep here what it was before"
        )
    ]
