from __future__ import annotations

from collections.abc import Callable

import pytest

from asnad.catalogue.open_marks import marked_lines

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[..., list[str]]

BAKING = "courses/baking.yml"
DURATION = "duration: {value: 2, unit: weeks}"
TOLD = (
    "courses/baking.yml:9: expected a checked line in a course that is {}, got one that is marked to check"
    "\n→ Mend the line and delete the mark, or write status: draft"
)


@pytest.mark.parametrize("status", ["active", "suspended", "retired"])
def test_e33_no_line_of_a_published_course_is_still_to_check(spoil: Spoil, errors: Errors, status: str) -> None:
    marked = (BAKING, DURATION, f"{DURATION}  # to check: the file does not say")
    stands = (BAKING, "status: active", f"status: {status}")
    files = spoil(marked, stands) if status != "active" else spoil(marked)
    if status == "retired":
        del files["runs/baking-b1.yml"]
    assert TOLD.format(status) in errors(files)


def test_e33_a_draft_may_have_lines_to_check(spoil: Spoil, errors: Errors) -> None:
    files = spoil((BAKING, DURATION, f"{DURATION} # to check: x"), (BAKING, "status: active", "status: draft"))
    del files["runs/baking-b1.yml"]
    assert errors(files) == []


def test_marks_are_comments_and_nothing_within_a_text() -> None:
    text = (
        b"# to check: all\na: 1 # to check: b\nc: 'd # to check: e'\n"
        b"f: |\n  # to check: g\nh: x#to check:i\n#  to check: j\nk: [l,  # to check: m\n  n]\n# nothing to check\n"
    )
    assert marked_lines(text) == (1, 2, 7, 8)


@pytest.mark.parametrize("text", [b"", b"a: 1\n", b"# to check: \xff\na: 'b", b"\x00 # to check: x"])
def test_files_without_marks_or_that_cannot_be_read_have_none(text: bytes) -> None:
    assert marked_lines(text) == ()
