"""The award list as it is kept in the private folder, and the fingerprint by which an approval names it."""

from __future__ import annotations

from dataclasses import fields
from hashlib import sha256

from asnad.catalogue.course import Kind
from asnad.credentials.credential import LearnerRecord
from asnad.desk.award_list import AwardList, AwardRow, AwardTerms, Decision
from asnad.desk.officer import Officer, read_officer
from asnad.errors import FileError, IssuingError, VerificationError
from asnad.issuers.members import MembersError, day, digest, each, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

MAX_AWARD_LIST = 20_000_000
SALT_BYTES = 32
_DOMAIN = b"asnad-award-list-v1\0"
_DAYS = ("start", "end", "awarded")
_RECORD = tuple(field.name for field in fields(LearnerRecord))


def award_list_json(awards: AwardList) -> bytes:
    """
    Write an award list as JCS.

    Args:
        awards: All of it.

    """
    return canonical_json(
        {
            "type": "AsnadAwardList",
            "format": 1,
            "terms": _terms(awards.terms),
            "rows": [_row(row) for row in awards.rows],
            "draftedBy": str(awards.drafted_by) if awards.drafted_by else None,
            "drafted": awards.drafted.isoformat(),
        }
    )


def fingerprint(awards: AwardList, salt: bytes) -> str:
    """
    Give the SHA-256 that stands for a list where its names must not stand.

    Args:
        awards: All of it.

        salt: 32 random bytes that nobody outside knows, so that names cannot be guessed and tried.

    Returns:
        64 hexadecimal digits.

    """
    return sha256(_DOMAIN + salt + award_list_json(awards)).hexdigest()


def read_award_list(data: bytes, place: str) -> AwardList:
    """
    Read an award list back.

    Args:
        data: As ``award_list_json`` wrote it.

        place: File name, for messages.

    Raises:
        FileError: It is damaged.

    """
    members = frozenset({"type", "format", "terms", "rows", "draftedBy", "drafted"})
    try:
        document = only(parse_object(data, limit=MAX_AWARD_LIST), members)
        if document["type"] != "AsnadAwardList" or whole(document["format"]) != 1:
            raise MembersError("expected AsnadAwardList of format 1")
        return AwardList(
            terms=_read_terms(document["terms"]),
            rows=tuple(_read_row(item) for item in each(document["rows"])),
            drafted_by=_read_officer(document["draftedBy"]),
            drafted=day(document["drafted"]),
        )
    except (VerificationError, IssuingError, ValueError) as error:
        raise FileError(
            f"expected an award list, got a damaged one: {error}",
            place=place,
            hint="restore it from the backup, or draft the list again: asnad award",
        ) from None


def _terms(terms: AwardTerms) -> JSONObject:
    document: JSONObject = {name: getattr(terms, name) for name in AwardTerms.__slots__}
    document |= {name: getattr(terms, name).isoformat() for name in _DAYS}
    return document | {"kind": terms.kind.value, "signatories": list(terms.signatories)}


def _row(row: AwardRow) -> JSONObject:
    return {
        "row": row.row,
        "learner": row.learner,
        "decision": row.decision.value,
        "serial": row.serial,
        "record": {name: getattr(row.record, name) for name in _RECORD},
        "attendance": row.attendance,
        "reason": row.reason,
    }


def _read_terms(value: JSONValue) -> AwardTerms:
    terms = only(value, frozenset(AwardTerms.__slots__))
    months = terms["validity_months"]
    return AwardTerms(
        run=text(terms["run"]),
        course=text(terms["course"]),
        version=whole(terms["version"], 1),
        title=text(terms["title"]),
        kind=Kind(text(terms["kind"])),
        batch=whole(terms["batch"], 1),
        start=day(terms["start"]),
        end=day(terms["end"]),
        awarded=day(terms["awarded"]),
        venue=text(terms["venue"], 3000),
        issuer=text(terms["issuer"]),
        language=text(terms["language"]),
        validity_months=None if months is None else whole(months, 1),
        signatories=tuple(text(item, 3000) for item in each(terms["signatories"])),
        wording=digest(terms["wording"]).hex(),
    )


def _read_row(value: JSONValue) -> AwardRow:
    row = only(value, frozenset(AwardRow.__slots__))
    record = only(row["record"], frozenset(_RECORD))
    return AwardRow(
        row=whole(row["row"], 1),
        learner=digest(row["learner"]).hex(),
        decision=Decision(text(row["decision"])),
        serial=_optional(row["serial"]),
        record=LearnerRecord(
            name=text(record["name"]),
            native_name=_optional(record["native_name"]),
            father_name=_optional(record["father_name"]),
            husband_name=_optional(record["husband_name"]),
            identity_digits=_optional(record["identity_digits"]),
            grade=_optional(record["grade"]),
        ),
        attendance=text(row["attendance"]),
        reason=_optional(row["reason"]),
    )


def _read_officer(value: JSONValue) -> Officer | None:
    return None if value is None else read_officer(text(value), "draftedBy")


def _optional(value: JSONValue) -> str | None:
    return None if value is None else text(value)
