"""The register as it was accepted, kept as JSON in the private folder, so that issuing reads what was reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from asnad.desk.register import RegisterRow
from asnad.desk.register_cells import Gender
from asnad.errors import FileError, VerificationError
from asnad.issuers.members import MembersError, day, each, only, text, whole
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

MAX_REGISTER_JSON = 20_000_000
_TEXTS = ("name_native", "father_name", "husband_name", "cnic", "phone", "email", "grade", "remarks")
_REQUIRED = frozenset({"row", "name", "attendance_percent", "publish"})
_OPTIONAL = frozenset({*_TEXTS, "gender", "passed", "score", "consent_date"})


def register_json(rows: Iterable[RegisterRow]) -> bytes:
    """
    Write a register as JCS.

    Args:
        rows: As ``read_register`` gives them.

    """
    return canonical_json({"type": "AsnadRegister", "format": 1, "rows": [_document(row) for row in rows]})


def read_register_json(data: bytes, place: str) -> tuple[RegisterRow, ...]:
    """
    Read a register back.

    Args:
        data: As ``register_json`` wrote it.

        place: File name, for messages.

    Raises:
        FileError: It is damaged.

    """
    try:
        document = only(parse_object(data, limit=MAX_REGISTER_JSON), frozenset({"type", "format", "rows"}))
        if document["type"] != "AsnadRegister" or whole(document["format"]) != 1:
            raise MembersError("expected AsnadRegister of format 1")
        return tuple(_read(item) for item in each(document["rows"]))
    except (VerificationError, ValueError, InvalidOperation) as error:
        raise FileError(
            f"expected a register, got a damaged one: {error}", place=place, hint="import the register again"
        ) from None


def _document(row: RegisterRow) -> JSONObject:
    document: JSONObject = {
        "row": row.row,
        "name": row.name,
        "attendance_percent": str(row.attendance_percent),
        "publish": row.publish,
    }
    members: JSONObject = {name: getattr(row, name) for name in _TEXTS}
    members |= {
        "gender": row.gender.value if row.gender else None,
        "passed": row.passed,
        "score": str(row.score) if row.score is not None else None,
        "consent_date": row.consent_date.isoformat() if row.consent_date else None,
    }
    return document | {name: value for name, value in members.items() if value is not None}


def _read(value: JSONValue) -> RegisterRow:
    row = only(value, _REQUIRED, _OPTIONAL)
    texts = {name: text(row[name]) if name in row else None for name in _TEXTS}
    return RegisterRow(
        row=whole(row["row"], 1),
        name=text(row["name"]),
        gender=Gender(text(row["gender"])) if "gender" in row else None,
        attendance_percent=Decimal(text(row["attendance_percent"])),
        passed=_truth(row["passed"]) if "passed" in row else None,
        score=Decimal(text(row["score"])) if "score" in row else None,
        publish=_truth(row["publish"]),
        consent_date=day(row["consent_date"]) if "consent_date" in row else None,
        **texts,
    )


def _truth(value: JSONValue) -> bool:
    if not isinstance(value, bool):
        raise MembersError("expected true or false, got something else")
    return value
