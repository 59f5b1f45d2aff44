"""What may be corrected in a certificate: who the learner is, and the grade; in the register and in the document."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from asnad.desk.learner_name import NameFault, check_latin_name, check_native_name
from asnad.desk.register import RegisterRow
from asnad.desk.register_cells import CellError, read_cnic, read_line
from asnad.errors import IssuingError
from asnad.proofs.strict_json import JSONObject, JSONValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a certificate is to say instead; nothing for what stays."""

    name: str | None = None
    name_native: str | None = None
    father_name: str | None = None
    husband_name: str | None = None
    cnic: str | None = None
    grade: str | None = None


def corrected_row(row: RegisterRow, correction: Correction, languages: Collection[str]) -> RegisterRow:
    """
    Correct a learner's row of the register.

    Args:
        row: As it is kept.

        correction: What it is to say.

        languages: Of the centre.

    Raises:
        IssuingError: A text cannot stand there.

    """
    written = {field.name: getattr(correction, field.name) for field in fields(correction)}
    texts: dict[str, Any] = {
        name: unicodedata.normalize("NFC", text).strip() for name, text in written.items() if text is not None
    }
    for name, text in texts.items():
        _check(name, text, languages)
    return replace(row, **texts)


def _check(name: str, text: str, languages: Collection[str]) -> None:
    fault: NameFault | None = None
    try:
        if name == "cnic":
            read_cnic(text)
        elif name == "grade":
            read_line(text)
        elif name == "name_native":
            fault = check_native_name(text, languages)
        else:
            fault = check_latin_name(text)
    except CellError as error:
        raise IssuingError(error.message, place=name, hint=error.hint) from None
    if fault is not None:
        hint = f"write “{fault.correction}”" if fault.correction else None
        raise IssuingError(fault.message, place=name, hint=hint)


def corrected_document(document: JSONObject, before: RegisterRow, after: RegisterRow) -> JSONObject:
    """
    Carry a corrected row into the credential; what the centre does not print stays out of it.

    Args:
        document: The credential without its proofs.

        before: The row from which it was made.

        after: The row as corrected.

    Returns:
        The same document where it says none of what was corrected.

    Raises:
        IssuingError: It is not whole.

    """
    subject = document["credentialSubject"]
    if not isinstance(subject, dict):
        raise IssuingError("expected a whole credential, found a damaged one", place=str(document.get("id")))
    identifiers, results = subject["identifier"], subject.get("result")
    if not isinstance(identifiers, list):
        raise IssuingError("expected a whole credential, found a damaged one", place=str(document.get("id")))
    changed: JSONObject = dict(subject)
    changed["name"] = after.name
    first, *others = _identifiers(identifiers, before, after)
    changed["identifier"] = [first, *_new_native_name(identifiers, after), *others]
    if isinstance(results, list):
        changed["result"] = [_with_grade(result, after.grade) for result in results]
    return document | {"credentialSubject": changed}


def _identifiers(identifiers: list[JSONValue], before: RegisterRow, after: RegisterRow) -> list[JSONValue]:
    digits = "".join(letter for letter in after.cnic or "" if letter.isdigit())[-4:]
    texts = {
        "name": after.name,
        "ext:NativeName": after.name_native,
        "ext:FatherName": after.father_name,
        "ext:HusbandName": after.husband_name,
        # Only where the number was corrected: the digits may have been printed from an older register.
        "ext:NationalIdLastDigits": digits if after.cnic != before.cnic else None,
    }
    return [
        identity | {"identityHash": texts.get(str(identity["identityType"])) or identity["identityHash"]}
        for identity in identifiers
        if isinstance(identity, dict)
    ]


def _new_native_name(identifiers: list[JSONValue], after: RegisterRow) -> list[JSONValue]:
    """Add a name in its own script where there was none; it is always printed."""
    kinds = [identity["identityType"] for identity in identifiers if isinstance(identity, dict)]
    if after.name_native is None or "ext:NativeName" in kinds:
        return []
    return [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityType": "ext:NativeName",
            "identityHash": after.name_native,
        }
    ]


def _with_grade(result: JSONValue, grade: str | None) -> JSONValue:
    if isinstance(result, dict) and grade is not None and str(result["resultDescription"]).endswith("#grade"):
        return result | {"value": grade}
    return result
