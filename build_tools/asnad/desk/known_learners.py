"""What the desk knows of learners, for the gate: who must not be named, and what a register looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from asnad.desk.headings import Column, column_of
from asnad.desk.ledger import Event, Issued, PageWithdrawn, paged
from asnad.desk.register import HEADING_ROWS
from asnad.desk.register_json import read_register_json
from asnad.desk.registers import learner_key
from asnad.desk.spreadsheet import read_spreadsheet
from asnad.errors import AsnadError
from asnad.gate.learners import KnownLearner

_OF_PEOPLE = frozenset((Column.NAME, Column.NAME_NATIVE, Column.FATHER_NAME, Column.HUSBAND_NAME))
_OF_LEARNERS = frozenset(
    (Column.FATHER_NAME, Column.HUSBAND_NAME, Column.CNIC, Column.PHONE, Column.EMAIL, Column.ATTENDANCE)
)
_READABLE = frozenset((".csv", ".tsv", ".xlsx"))


def known_learners(registers: Mapping[str, bytes], events: tuple[Event, ...]) -> Iterator[KnownLearner]:
    """
    Tell whom the registers name, and who of them agreed to a page that is still there.

    Args:
        registers: Of ``credentials/private/registers``, by file name.

        events: Of the private ledger.

    Raises:
        FileError: A register is damaged.

    """
    withdrawn = {event.id for event in events if isinstance(event, PageWithdrawn)}
    shown = paged(events)
    issued = [event for event in events if isinstance(event, Issued)]
    taken_back = {event.learner for event in issued if event.id in withdrawn} - {
        event.learner for event in issued if event.id in shown
    }
    for file, data in registers.items():
        for row in read_register_json(data, f"credentials/private/registers/{file}"):
            agreed = row.publish and row.consent_date is not None and learner_key(row) not in taken_back
            yield KnownLearner(
                run=PurePosixPath(file).stem,
                names=tuple(name for name in (row.name, row.name_native) if name),
                identity_number=row.cnic,
                phone=row.phone,
                email=row.email,
                agreed=agreed,
            )


def looks_like_register(file: str, content: bytes) -> bool | None:
    """
    Tell by its headings whether a spreadsheet is a register, or another list of learners.

    Args:
        file: Name, for its kind.

        content: Its bytes.

    Returns:
        Nothing where it cannot be read.

    """
    if PurePosixPath(file).suffix.lower() not in _READABLE:
        return None
    try:
        sheet = read_spreadsheet(file, content)
    except AsnadError:
        return None
    for row in sheet.rows[:HEADING_ROWS]:
        columns = {column_of(cell) for cell in row.cells} - {None}
        if columns & _OF_PEOPLE and columns & _OF_LEARNERS and len(columns) > 1:
            return True
    return False
