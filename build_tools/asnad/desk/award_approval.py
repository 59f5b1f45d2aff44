"""The tracked file of an award list: counts, the fingerprint, and who has approved it; no learner's name is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from asnad.desk.award_list import AwardList, Decision
from asnad.desk.officer import Officer, read_officer
from asnad.errors import FileError, IssuingError, VerificationError
from asnad.issuers.members import MembersError, day, digest, each, only, text, whole
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

MAX_STATEMENT = 262_144
_MEMBERS = frozenset(
    (
        *("type", "format", "run", "course", "version", "kind", "certificates", "issuedBefore", "refused"),
        *("draftedBy", "drafted", "fingerprint", "approvals"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A second person has read the list and agrees."""

    by: Officer
    day: date
    fingerprint: str
    """Of the list that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardStatement:
    """What Git may know of an award list, whoever can read the repository."""

    run: str
    course: str
    version: int
    kind: str
    certificates: int
    issued_before: int
    refused: int
    drafted_by: Officer | None
    drafted: date
    fingerprint: str
    approvals: tuple[Approval, ...]

    def counting_approval(self) -> Approval | None:
        """Find the first approval of this very list by another person than the one who drafted it."""
        drafter = self.drafted_by
        if drafter is None:
            return None
        fitting = (approval for approval in self.approvals if approval.fingerprint == self.fingerprint)
        return next((approval for approval in fitting if not approval.by.is_same_person(drafter)), None)

    def is_about(self, other: AwardStatement) -> bool:
        """
        Tell whether two say the same but for their approvals.

        Args:
            other: Such as one that was made anew.

        """
        return replace(self, approvals=()) == replace(other, approvals=())


def award_statement(awards: AwardList, fingerprint: str) -> AwardStatement:
    """
    Say of a list what may be known, before anybody has approved it.

    Args:
        awards: All of it.

        fingerprint: Of it, with its salt.

    """
    return AwardStatement(
        run=awards.terms.run,
        course=awards.terms.course,
        version=awards.terms.version,
        kind=awards.terms.kind.value,
        certificates=awards.count(Decision.AWARDED),
        issued_before=awards.count(Decision.ISSUED),
        refused=awards.count(Decision.REFUSED),
        drafted_by=awards.drafted_by,
        drafted=awards.drafted,
        fingerprint=fingerprint,
        approvals=(),
    )


def statement_json(statement: AwardStatement) -> bytes:
    """
    Write the tracked file, a member a line, so that a pull request shows what has changed.

    Args:
        statement: What it is to say.

    """
    approvals: list[JSONValue] = [
        {"by": str(approval.by), "day": approval.day.isoformat(), "fingerprint": approval.fingerprint}
        for approval in statement.approvals
    ]
    document: JSONObject = {
        "type": "AsnadAwardApproval",
        "format": 1,
        "run": statement.run,
        "course": statement.course,
        "version": statement.version,
        "kind": statement.kind,
        "certificates": statement.certificates,
        "issuedBefore": statement.issued_before,
        "refused": statement.refused,
        "draftedBy": str(statement.drafted_by) if statement.drafted_by else None,
        "drafted": statement.drafted.isoformat(),
        "fingerprint": statement.fingerprint,
        "approvals": approvals,
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode("utf-8") + b"\n"


def read_statement(data: bytes, place: str) -> AwardStatement:
    """
    Read the tracked file.

    Args:
        data: As it lies in Git.

        place: File name, for messages.

    Raises:
        FileError: It is damaged.

    """
    try:
        document = only(parse_object(data, limit=MAX_STATEMENT), _MEMBERS)
        if document["type"] != "AsnadAwardApproval" or whole(document["format"]) != 1:
            raise MembersError("expected AsnadAwardApproval of format 1")
        drafter = document["draftedBy"]
        return AwardStatement(
            run=text(document["run"]),
            course=text(document["course"]),
            version=whole(document["version"], 1),
            kind=text(document["kind"]),
            certificates=whole(document["certificates"]),
            issued_before=whole(document["issuedBefore"]),
            refused=whole(document["refused"]),
            drafted_by=None if drafter is None else read_officer(text(drafter), "draftedBy"),
            drafted=day(document["drafted"]),
            fingerprint=digest(document["fingerprint"]).hex(),
            approvals=tuple(_read_approval(item) for item in each(document["approvals"])),
        )
    except (VerificationError, IssuingError, ValueError) as error:
        raise FileError(
            f"expected the file that asnad award and asnad approve write, got another: {error}",
            place=place,
            hint="restore it from Git, or draft the list again: asnad award",
        ) from None


def _read_approval(value: JSONValue) -> Approval:
    item = only(value, frozenset({"by", "day", "fingerprint"}))
    return Approval(
        by=read_officer(text(item["by"]), "by"),
        day=day(item["day"]),
        fingerprint=digest(item["fingerprint"]).hex(),
    )
