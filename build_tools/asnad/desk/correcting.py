"""Correcting a certificate, or what the register alone says of its learner."""

from __future__ import annotations

from dataclasses import replace

from asnad.desk.corrections import Correction, corrected_document, corrected_row
from asnad.desk.ledger import PRIVATE, Event, Issued, RowCorrected, private_line
from asnad.desk.registers import find_run, kept_rows, learner_key, register_file
from asnad.desk.renewal import signing_moment
from asnad.desk.succession import Succession, check_words, issue_in_place, kept_document
from asnad.desk.transaction import Changes, locked
from asnad.desk.withdrawing import in_force
from asnad.desk.workplace import Workplace
from asnad.errors import IssuingError
from asnad.instant import format_instant


def correct(work: Workplace, serial: str, correction: Correction, reason: str) -> Succession:
    """
    Issue a corrected certificate, and mark the one before as replaced.

    All else in it stays as it was signed: course, dates, signatories, the centre's name of that day. What is not in the
    certificate is corrected in the register alone, and the certificate stays.

    Args:
        work: The desk.

        serial: As printed on the one that is wrong.

        correction: What it is to say.

        reason: In the registrar's own words, at most 255 characters; kept by the centre, not published.

    Raises:
        IssuingError: There is no such certificate in force, or nothing in it would change.

        SigningError: A key cannot be opened.

    """
    check_words(reason, "reason")
    with locked(work.folder.credentials):
        events = work.whole_ledger()
        before = in_force(work, serial)
        run, rows = find_run(work, before.run), kept_rows(work, find_run(work, before.run))
        row = next((row for row in rows if learner_key(row) == before.learner), None)
        if row is None:
            raise IssuingError(
                "expected the learner's row in the kept register, found none",
                place=before.serial,
                hint=f"import the register again: asnad import REGISTER --run {run.id}",
            )
        changed = corrected_row(row, correction, work.catalogue.centre.languages)
        if changed == row:
            raise IssuingError(
                "expected a correction, found that the register says all of it already",
                place=before.serial,
                hint="name what is to change: --name, --native-name, --father-name, --husband-name, "
                "--identity-number, --grade",
            )
        others = {learner_key(other) for other in rows if other is not row}
        if learner_key(changed) in others:
            raise IssuingError(
                "expected a learner of this name only once in the register, found another row that says the same",
                place=before.serial,
                hint="compare the identity numbers of the two",
            )
        files = register_file(run, [changed if other is row else other for other in rows])
        learner = replace(before, learner=learner_key(changed), name=changed.name)
        signed = kept_document(work, before)
        document = corrected_document(signed, row, changed)
        if document == signed:
            return _correct_row(work, events, before, learner, reason, files)
        record = work.record()
        at = signing_moment(record, work.clock())
        return issue_in_place(work, record, events, before, document, reason, at, learner, files)


def _correct_row(
    work: Workplace, events: tuple[Event, ...], before: Issued, learner: Issued, reason: str, files: Changes
) -> Succession:
    moment = format_instant(work.clock())
    line = RowCorrected(
        id=before.id, serial=before.serial, learner=learner.learner, reason=reason.strip(), corrected=moment
    )
    lines = [learner if event == before else event for event in events]
    ledger = b"".join(private_line(event) for event in (*lines, line))
    work.commit({**files, PRIVATE: ledger})
    return Succession(before, learner)
