"""What has changed between the award list that was approved and what would be issued now, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from asnad.catalogue.findings import visible
from asnad.credentials.credential import LearnerRecord
from asnad.desk.award_list import AwardList, AwardRow, AwardTerms, Decision

_TERMS = {
    "course": "course",
    "version": "version of the course",
    "title": "title",
    "kind": "kind",
    "batch": "batch",
    "start": "first day",
    "end": "last day",
    "awarded": "day of award",
    "venue": "place",
    "issuer": "name of the centre",
    "language": "language",
    "validity_months": "months of validity",
    "signatories": "signatories",
}
_RECORD = {
    "native_name": "name in own script",
    "father_name": "father’s name",
    "husband_name": "husband’s name",
    "identity_digits": "last digits of the identity number",
    "grade": "grade",
}


def differences(approved: AwardList, now: AwardList, issued: Collection[str]) -> tuple[str, ...]:
    """
    Name everything that would be signed otherwise than it was approved.

    Args:
        approved: As the second person read it.

        now: As it would be issued.

        issued: Learner keys of everybody who has a certificate of the run.

    Returns:
        A line for each, the terms first, then rows in the order of the register; nothing where all is as approved.

    """
    return (*_of_terms(approved.terms, now.terms), *_of_rows(approved, now, issued))


def _of_terms(approved: AwardTerms, now: AwardTerms) -> Iterator[str]:
    for name, label in _TERMS.items():
        before, after = getattr(approved, name), getattr(now, name)
        if before != after:
            yield f"{label}: approved {_shown(before)}, now {_shown(after)}"
    if approved.wording != now.wording and approved.version == now.version:
        yield "text of the course: outcomes, criteria or quality statement are not as approved"


def _of_rows(approved: AwardList, now: AwardList, issued: Collection[str]) -> Iterator[str]:
    before = {row.learner: row for row in approved.rows if row.decision is Decision.AWARDED}
    after = {row.learner: row for row in now.rows if row.decision is Decision.AWARDED}
    refused = {row.learner: row for row in now.rows if row.decision is Decision.REFUSED}
    gone = {key: row for key, row in before.items() if key not in after and key not in issued}
    # A learner whose name was mended is another one by key; the row tells whose name it was.
    by_row = {row.row: row for key, row in gone.items() if key not in refused}
    lines: list[tuple[int, str]] = []
    for key, row in after.items():
        if key in before:
            lines += [(row.row, line) for line in _of_record(before[key].record, row.record)]
        elif row.row in by_row:
            old = by_row.pop(row.row)
            del gone[old.learner]
            lines += [(row.row, line) for line in _of_person(old, row)]
        else:
            lines.append((row.row, f"“{visible(row.record.name)}” is not on the approved list"))
    for key, row in gone.items():
        found = f"no certificate: {refused[key].reason}" if key in refused else "no such learner"
        lines.append((row.row, f"approved “{visible(row.record.name)}”, now {found}"))
    yield from (f"row {number}: {line}" for number, line in sorted(lines, key=lambda line: line[0]))


def _of_person(before: AwardRow, after: AwardRow) -> Iterator[str]:
    found = list(_of_record(before.record, after.record))
    name = visible(after.record.name)
    yield from found or [f"approved “{name}”, now another learner of this name (father’s name or identity number)"]


def _of_record(before: LearnerRecord, after: LearnerRecord) -> Iterator[str]:
    if before.name != after.name:
        yield f"approved “{visible(before.name)}”, now “{visible(after.name)}”"
    for name, label in _RECORD.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{label}: approved {_shown(old)}, now {_shown(new)}"


def _shown(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return " and ".join(f"“{visible(str(item))}”" for item in value)
    return f"“{visible(value)}”" if isinstance(value, str) else str(value)
