"""Registers in the private folder: who of a run is to get a certificate, and who has got one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from asnad.catalogue.run import Run, RunId
from asnad.desk.eligibility import Eligible, NotEligible, eligibility
from asnad.desk.ledger import Erased, Event, Issued, Replaced, ended, paged
from asnad.desk.register import RegisterRow, read_register
from asnad.desk.register_json import read_register_json, register_json
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import CatalogueError, CatalogueErrors, IssuingError
from asnad.instant import day_at


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReview:
    """A register as it was read, with what follows from it."""

    run: Run
    rows: tuple[RegisterRow, ...]
    decisions: tuple[Eligible | NotEligible, ...]
    """One for each row."""
    issued: frozenset[str]
    """Learner keys that have their certificate already."""
    remarks: tuple[str, ...]
    """What a registrar should look at; it does not stop anything."""


def find_run(work: Workplace, run_id: str) -> Run:
    """
    Find a run by its id.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

    Raises:
        IssuingError: There is none.

    """
    run = work.catalogue.run(RunId(run_id))
    if run is None:
        finished = ", ".join(sorted(run.id for run in work.catalogue.runs if run.state == "finished"))
        raise IssuingError(
            f"expected a run of the catalogue, got {run_id}",
            place="run",
            hint=f"finished runs are: {finished or 'none'}",
        )
    return run


def learner_key(row: RegisterRow) -> str:
    """
    Name a learner in a run, the same in each register in which the row was not changed.

    Args:
        row: Of the register.

    """
    parts = (row.name, row.father_name or row.husband_name or "", row.cnic or "")
    text = "\0".join(unicodedata.normalize("NFC", part).casefold() for part in parts)
    return sha256(text.encode("utf-8")).hexdigest()


def review_register(work: Workplace, run_id: str, file_name: str, content: bytes) -> RegisterReview:
    """
    Read a spreadsheet for a run and say what would come of it; nothing is kept.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        file_name: For messages.

        content: CSV or XLSX.

    Raises:
        CatalogueErrors: All that is wrong in it.

        IssuingError: The run does not exist, or somebody who has a certificate is missing.

    """
    run = find_run(work, run_id)
    today = day_at(work.clock(), work.catalogue.centre.time_zone)
    rows = read_register(file_name, content, languages=work.catalogue.centre.languages, today=today)
    events = work.ledger()
    successors = {event.successor: event for event in events if isinstance(event, Replaced)}
    replaced = {event.id for event in successors.values()}
    # Whose certificate was corrected is looked for as corrected; of whom all was erased nobody is looked for.
    issued = {event.learner: event for event in issued_in(work, run) if event.id not in replaced and event.learner}
    keys = {learner_key(row) for row in rows}
    lost = [event for key, event in issued.items() if key not in keys]
    if lost:
        raise CatalogueErrors(tuple(_lost_row(event, rows, file_name, successors) for event in lost))
    return RegisterReview(
        run=run,
        rows=rows,
        decisions=_decisions(work, run, rows),
        issued=frozenset(issued),
        remarks=(
            *_remarks(run, rows),
            *_repeated_remarks(events, run, rows),
            *_page_remarks(work, rows, issued),
            *_erased_remarks(events, run),
        ),
    )


def _lost_row(
    event: Issued, rows: Sequence[RegisterRow], file_name: str, successors: Mapping[str, Replaced]
) -> CatalogueError:
    """Say which row is missing, and which one is perhaps meant."""
    namesakes = [row.row for row in rows if row.name == event.name]
    place, name = file_name, f"{event.name}, who has certificate {event.serial}"
    if event.serial in successors:
        hint = f"that certificate was corrected: write the row as corrected, {event.name}"
    elif namesakes:
        place = f"{file_name} row {namesakes[0]}"
        hint = (
            "father's or husband's name or identity number differ from the day of issue; to change them: "
            f"asnad correct {event.serial} --father-name|--husband-name|--identity-number"
        )
    else:
        hint = (
            f"keep the row as it was at the time of issue; a name is changed with: asnad correct {event.serial} --name"
        )
    return CatalogueError(f"expected {name}, found no such row", place=place, hint=hint)


def _page_remarks(work: Workplace, rows: Sequence[RegisterRow], issued: Mapping[str, Issued]) -> Iterator[str]:
    centre, with_page = work.catalogue.centre, paged(work.ledger())
    if not (centre.repository_private or centre.demonstration):
        return  # No learner has a page, whatever was agreed.
    for row in rows:
        event = issued.get(learner_key(row))
        if event is None or row.publish == (event.id in with_page):
            continue
        if row.publish:
            yield f"row {row.row}: {row.name} has {event.serial} already; a page is only made at the time of issue"
        else:
            yield f"row {row.row}: {row.name} agrees to no page, and has one: asnad withdraw-page {event.serial}"


def _repeated_remarks(events: Sequence[Event], run: Run, rows: Sequence[RegisterRow]) -> Iterator[str]:
    """Point out who has a certificate of this course already; to take a course again is allowed."""
    over = ended(events)
    before = {
        event.learner: event
        for event in events
        if isinstance(event, Issued) and event.course == run.course and event.run != run.id and event.id not in over
    }
    for row in rows:
        if event := before.get(learner_key(row)):
            yield f"row {row.row}: {row.name} has {event.serial} of this course already, from the run {event.run}"


def _erased_remarks(events: Sequence[Event], run: Run) -> Iterator[str]:
    erased = {event.id for event in events if isinstance(event, Erased)}
    number = sum(isinstance(event, Issued) and event.run == run.id and event.id in erased for event in events)
    if number:
        yield f"{number} certificates of this run were erased; a learner of whom all was erased would get another one"


def keep_register(work: Workplace, review: RegisterReview) -> None:
    """
    Put a reviewed register into the private folder.

    Args:
        work: The desk.

        review: As ``review_register`` gave it.

    Raises:
        FileError: It cannot be written.

    """
    with locked(work.folder.credentials):
        work.commit(register_file(review.run, review.rows))


def kept_decisions(work: Workplace, run: Run) -> tuple[Eligible | NotEligible, ...]:
    """
    Read the kept register of a run and decide about each row.

    Args:
        work: The desk.

        run: Whose register was imported.

    Raises:
        IssuingError: None was imported.

    """
    return _decisions(work, run, kept_rows(work, run))


def kept_rows(work: Workplace, run: Run) -> tuple[RegisterRow, ...]:
    """
    Read the kept register of a run.

    Args:
        work: The desk.

        run: Whose register was imported.

    Raises:
        IssuingError: None was imported.

    """
    data = work.folder.optional(_path(run))
    if not data:
        raise IssuingError(
            "expected a register of this run, found none",
            place=run.id,
            hint=f"run: asnad import REGISTER --run {run.id}",
        )
    return read_register_json(data, f"credentials/{_path(run)}")


def register_file(run: Run, rows: Sequence[RegisterRow]) -> dict[str, bytes]:
    """
    Give the file in which a register is kept, by path below ``credentials/``.

    Args:
        run: Whose register it is.

        rows: As they are to be.

    """
    return {_path(run): register_json(rows)}


def issued_in(work: Workplace, run: Run) -> tuple[Issued, ...]:
    """
    List what was issued in a run, in the order of serials.

    Args:
        work: The desk.

        run: Any run.

    """
    events = (event for event in work.ledger() if isinstance(event, Issued) and event.run == run.id)
    return tuple(sorted(events, key=lambda event: event.number))


def _path(run: Run) -> str:
    return f"private/registers/{run.id}.json"


def _decisions(work: Workplace, run: Run, rows: Sequence[RegisterRow]) -> tuple[Eligible | NotEligible, ...]:
    course = work.catalogue.course_of(run)
    return tuple(eligibility(row, course.completion_rule, grade_printed=course.grade_printed) for row in rows)


def _remarks(run: Run, rows: Sequence[RegisterRow]) -> tuple[str, ...]:
    remarks = []
    if run.enrolled is not None and len(rows) != run.enrolled:
        remarks.append(f"the run says enrolled: {run.enrolled}, the register has {len(rows)} learners")
    if run.capacity is not None and len(rows) > run.capacity:
        remarks.append(f"the run says capacity: {run.capacity}, the register has {len(rows)} learners")
    return tuple(remarks)
