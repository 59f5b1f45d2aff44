"""``asnad verify`` on a folder or several files: what became of each, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from asnad.carriers.received_file import MAX_FILE, verify_file
from asnad.cli.progress import progress_bar
from asnad.cli.report_view import colour_of
from asnad.credentials.contexts import load_contexts
from asnad.errors import FileError
from asnad.files import read_file
from asnad.instant import format_instant
from asnad.messages import Messages
from asnad.site.course_table import defused
from asnad.verification.checked_file import (
    NO_CERTIFICATE,
    UNREADABLE,
    CheckedFile,
    Twin,
    checked_file,
    unreadable_file,
    with_twins,
)
from asnad.verification.outcome import Outcome
from asnad.verification.trust import Trust
from asnad.verification.verify import verify_document

MAX_FILES = 10_000
CODES = (*Outcome, NO_CERTIFICATE)
"""What a file may be counted under, in the order of the summary."""
_DIGITS_SUFFIX = ".digits"
_DOCUMENT_SUFFIX = ".json"
_JOINERS = "\u200c\u200d"
_TWINS = {Twin.CERTIFICATE: "sameCertificate", Twin.SERIAL: "sameSerial"}
_COLUMNS = {
    "tools.folder.column.file": 3,
    "tools.folder.column.result": 3,
    "facts.identity.name": 2,
    "facts.courseName": 3,
    "facts.serial": 2,
    "facts.issuer": 2,
    "facts.awarded": None,
    "facts.validUntil": None,
}
"""Words of the columns, and their shares of the width; a day takes what it takes."""
_HEADING = (
    *("file", "outcome", "result", "reason", "why", "name", "course", "serial", "issuer", "issuer_id", "awarded"),
    *("expires", "certificate_id", "twin", "twin_of"),
)


def named_files(named: Sequence[str]) -> dict[str, Path]:
    """
    Find the files that a person means.

    Args:
        named: Files and folders as they were typed; of a folder all files in it and below it are meant.

    Returns:
        Files by the path to show; that of a single folder begins inside of it.

    Raises:
        FileError: One does not exist, or there are too many files.

    """
    files: dict[str, Path] = {}
    for name in named:
        path = Path(name)
        if path.is_dir():
            for inner in _files_below(path):
                shown = inner.relative_to(path) if len(named) == 1 else inner
                files[shown.as_posix()] = inner
        elif path.is_file():
            files[path.as_posix()] = path
        else:
            raise FileError(
                "expected a file or folder where several are named, found none",
                place=name[:200],
                hint="check links and digits one by one",
            )
        if len(files) > MAX_FILES:
            raise FileError(
                f"expected at most {MAX_FILES} files, found more", place=name, hint="check one folder after the other"
            )
    return files


def _files_below(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders.sort()
        # What lies behind a link is somewhere else; the link itself is named, so that nobody takes it for checked.
        linked = (name for name in folders if Path(parent, name).is_symlink())
        yield from (Path(parent, name) for name in (*names, *linked))
    yield from (Path(error.filename) for error in closed)


def check_files(files: dict[str, Path], trust: Trust, at: int) -> tuple[CheckedFile, ...]:
    """
    Judge every file, and show how far that is.

    Args:
        files: By the path to show.

        trust: Whom to believe.

        at: Seconds since 1970.

    Returns:
        Sorted by path.

    """
    contexts = load_contexts()
    checked = []
    with progress_bar("Checking") as progress:
        for done, (shown, path) in enumerate(sorted(files.items()), start=1):
            try:
                data = _content(path)
                report = None if data is None else verify_file(data, trust, at, contexts)
                if report is None and data is not None and path.suffix.lower() == _DOCUMENT_SUFFIX:
                    # By its name it is a certificate file, and so a damaged one.
                    report = verify_document(data, trust, at, contexts)
                checked.append(checked_file(shown, report))
            except FileError:
                checked.append(unreadable_file(shown))
            progress(done, len(files))
    return with_twins(checked)


def _content(path: Path) -> bytes | None:
    """Read a file, unless its name or length says that it holds no certificate."""
    try:
        # A pipe would keep whoever opens it waiting.
        if not path.is_file():
            raise FileError("expected a file, got something else", place=path.as_posix())
        # Asnad itself keeps such a file beside each certificate: the same again, for code and link.
        too_large = path.stat().st_size > MAX_FILE and path.suffix.lower() != _DOCUMENT_SUFFIX
        if path.suffix == _DIGITS_SUFFIX or too_large:
            return None
        folder = path.parent.resolve()
    except OSError as error:
        raise FileError(f"expected a readable file: {error.strerror}", place=path.as_posix()) from None
    return read_file(folder, path.name, MAX_FILE)


def show_files(files: Sequence[CheckedFile], only: frozenset[str], messages: Messages, at: int) -> None:
    """
    Print the table and what it amounts to.

    Args:
        files: All that were checked.

        only: Codes of the rows to show; all where there are none.

        messages: Section ``verifier``.

        at: For which it was asked, in seconds since 1970.

    """
    console = Console(markup=False, highlight=False, emoji=False)
    table = Table(box=None, pad_edge=False)
    for word, ratio in _COLUMNS.items():
        table.add_column(messages.text(word), overflow="fold", ratio=ratio)
    for file in chosen_files(files, only):
        line = file.certificate
        facts = () if line is None else (line.name, line.course, line.serial, line.issuer, line.awarded)
        expires = () if line is None else (line.expires[:10],)
        result = Text("\n".join(filter(None, (_word(file.outcome, messages), *_notes(file, messages)))))
        result.stylize("dim" if file.outcome is None else colour_of(file.outcome))
        table.add_row(visible(file.path), result, *map(visible, (*facts, *expires)))
    if table.row_count:
        console.print(table)
        console.print()
    counts = Counter(file.code for file in files)
    for code in CODES:
        if counts[code]:
            outcome = None if code == NO_CERTIFICATE else Outcome(code)
            style = "dim" if outcome is None else colour_of(outcome)
            console.print(f"{counts[code]:>6}  {_word(outcome, messages)} ({code})", style=style)
    twins = sum(file.twin is not None for file in files)
    if twins:
        console.print(f"{twins:>6}  {messages.text('tools.folder.twins')}", style="yellow")
    if set(counts) <= {NO_CERTIFICATE}:
        console.print(messages.text("tools.folder.nothing"))
    console.print(f"at {format_instant(at)}", style="dim")


def files_csv(files: Sequence[CheckedFile], only: frozenset[str], messages: Messages) -> bytes:
    """
    Write the table for a spreadsheet: UTF-8 with a byte order mark, and no cell that would be computed.

    Args:
        files: All that were checked.

        only: Codes of the rows to write; all where there are none.

        messages: Section ``verifier``.

    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_HEADING)
    # Where a comma divides decimals, spreadsheets end a cell at each semicolon.
    writer.writerows(
        [";".join(map(defused, cell.split(";"))) for cell in _cells(file, messages)]
        for file in chosen_files(files, only)
    )
    return table.getvalue().encode("utf-8-sig", "replace")


def chosen_files(files: Sequence[CheckedFile], only: frozenset[str]) -> tuple[CheckedFile, ...]:
    """
    Choose the files to show.

    Args:
        files: All that were checked.

        only: Codes; all files where there are none.

    """
    return tuple(file for file in files if not only or file.code in only)


def visible(text: str) -> str:
    """
    Write what a terminal would obey or hide as a code: ends of lines, escapes, marks that turn the direction.

    Args:
        text: From a file or of its name.

    """
    return "".join(
        letter if letter.isprintable() or letter in _JOINERS else f"⟨U+{ord(letter):04X}⟩" for letter in text
    )


def _word(outcome: Outcome | None, messages: Messages) -> str:
    key = "tools.folder.notCertificate" if outcome is None else f"outcome.{outcome}.word"
    return messages.text(key)


def _why(file: CheckedFile, messages: Messages) -> str:
    if file.reason is None:
        return ""
    return messages.text("tools.folder.unreadable" if file.reason == UNREADABLE else f"reason.{file.reason}")


def _notes(file: CheckedFile, messages: Messages) -> Iterator[str]:
    yield _why(file, messages)
    if file.twin is not None:
        yield messages.text(f"tools.folder.{_TWINS[file.twin]}", file=visible(file.twin_of))


def _cells(file: CheckedFile, messages: Messages) -> tuple[str, ...]:
    line = file.certificate
    verdict = (file.path, file.code, _word(file.outcome, messages), file.reason or "", _why(file, messages))
    facts: tuple[str, ...] = ("",) * 8
    if line is not None:
        issuer = (line.issuer, line.issuer_id)
        facts = (line.name, line.course, line.serial, *issuer, line.awarded, line.expires, line.id)
    return (*verdict, *facts, "" if file.twin is None else str(file.twin), file.twin_of)
