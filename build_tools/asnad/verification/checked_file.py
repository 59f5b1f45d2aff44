"""Many files checked at once: what became of each, which hold the same certificate, and what that amounts to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from asnad.proofs.strict_json import JSONObject, JSONValue
from asnad.verification.outcome import Check, Outcome, Result
from asnad.verification.report import Report

NO_CERTIFICATE = "no-certificate"
"""Stands in the place of an outcome for a file of a kind that holds no certificate."""
UNREADABLE = "file-unreadable"
"""Reason for a file that cannot be opened, is damaged, or holds more than one certificate."""
_BY_STATUS = frozenset(
    (Outcome.REVOKED, Outcome.REPLACED, Outcome.VALID_STATUS_UNKNOWN, Outcome.VALID_STATUS_STALE),
)


class Twin(StrEnum):
    """How two files are more alike than two certificates may be."""

    CERTIFICATE = "same-certificate"
    SERIAL = "same-serial"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """What a list of certificates says of one, all of it signed."""

    id: str
    name: str
    course: str
    serial: str
    issuer: str
    issuer_id: str
    awarded: str
    """``YYYY-MM-DD``."""
    expires: str
    """Instant; empty for a certificate that does not expire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """One file of many, and what became of it."""

    path: str
    outcome: Outcome | None
    """Nothing for a file of a kind that holds no certificate."""
    reason: str | None
    """What decided, unless all is well."""
    certificate: CertificateLine | None
    """Only where signature and content have passed."""
    report: JSONObject | None
    """As docs/format.md §6 has it; nothing where none was made."""
    twin: Twin | None = None
    twin_of: str = ""
    """Path of another file with the same certificate or serial number."""

    @property
    def code(self) -> str:
        """The outcome, or what stands in its place."""
        return NO_CERTIFICATE if self.outcome is None else str(self.outcome)

    def to_json(self) -> JSONObject:
        """Write all that is known of the file."""
        line = self.certificate
        certificate: JSONValue = None
        if line is not None:
            certificate = {
                "id": line.id,
                "name": line.name,
                "course": line.course,
                "serial": line.serial,
                "issuer": {"id": line.issuer_id, "name": line.issuer},
                "awarded": line.awarded,
                "expires": line.expires or None,
            }
        return {
            "file": self.path,
            "outcome": self.code,
            "reason": self.reason,
            "certificate": certificate,
            "twin": None if self.twin is None else {"kind": str(self.twin), "file": self.twin_of},
            "report": self.report,
        }


def checked_file(path: str, report: Report | None) -> CheckedFile:
    """
    Keep of a report what a list of many shows.

    Args:
        path: Of the file.

        report: Nothing for a file of a kind that holds no certificate.

    """
    if report is None:
        return CheckedFile(path=path, outcome=None, reason=None, certificate=None, report=None)
    return CheckedFile(
        path=path,
        outcome=report.outcome,
        reason=deciding_reason(report),
        certificate=None if report.credential is None else _line(report.credential),
        report=report.to_json(),
    )


def unreadable_file(path: str) -> CheckedFile:
    """
    Say of a file that nothing was learnt from it.

    Args:
        path: Of the file.

    """
    return CheckedFile(path=path, outcome=Outcome.CANNOT_CHECK, reason=UNREADABLE, certificate=None, report=None)


def deciding_reason(report: Report) -> str | None:
    """
    Find the reason for an outcome among those of its checks.

    Args:
        report: In which several checks may have failed.

    """
    return next(
        (
            check.reason
            for check in report.checks
            if check.result is Result.FAILED and (check.check is Check.STATUS or report.outcome not in _BY_STATUS)
        ),
        None,
    )


def with_twins(files: Iterable[CheckedFile]) -> tuple[CheckedFile, ...]:
    """
    Point out files that hold the same certificate, or certificates of one issuer with the same serial number.

    Args:
        files: All that were checked together, each path once.

    """
    listed = tuple(files)
    by_id: dict[Hashable, list[str]] = defaultdict(list)
    by_serial: dict[Hashable, list[str]] = defaultdict(list)
    for file in listed:
        if file.certificate is not None:
            by_id[file.certificate.id].append(file.path)
            by_serial[file.certificate.issuer_id, file.certificate.serial].append(file.path)
    return tuple(_with_twin(file, by_id, by_serial) for file in listed)


def _with_twin(
    file: CheckedFile, by_id: dict[Hashable, list[str]], by_serial: dict[Hashable, list[str]]
) -> CheckedFile:
    line = file.certificate
    if line is None:
        return file
    alike = {Twin.CERTIFICATE: by_id[line.id], Twin.SERIAL: by_serial[line.issuer_id, line.serial]}
    for twin, paths in alike.items():
        if len(paths) > 1:
            return replace(file, twin=twin, twin_of=next(path for path in paths if path != file.path))
    return file


def exit_code(files: Iterable[CheckedFile]) -> int:
    """
    Give the worst exit code of all: 1 where one was found wrong, else 3 where one could not be told, else 0.

    Args:
        files: Where none of them holds a certificate, nothing was told.

    """
    codes = {file.outcome.exit_code() for file in files if file.outcome is not None}
    return next((code for code in (1, 3, 0) if code in codes), 3)


def _line(credential: JSONObject) -> CertificateLine:
    subject = _object(credential, "credentialSubject")
    issuer = _object(credential, "issuer")
    return CertificateLine(
        id=_text(credential, "id"),
        name=_name(subject),
        course=_text(_object(subject, "achievement"), "name"),
        serial=_text(subject, "licenseNumber"),
        issuer=_text(issuer, "name"),
        issuer_id=_text(issuer, "id"),
        awarded=_text(credential, "awardedDate")[:10],
        expires=_text(credential, "validUntil"),
    )


def _name(subject: JSONObject) -> str:
    """Give the name that the page shows first."""
    identifiers = subject.get("identifier")
    for entry in identifiers if isinstance(identifiers, list) else []:
        if isinstance(entry, dict) and entry.get("identityType") == "name" and entry.get("hashed") is not True:
            return _text(entry, "identityHash")
    return _text(subject, "name")


def _object(owner: JSONObject, name: str) -> JSONObject:
    value = owner.get(name)
    return value if isinstance(value, dict) else {}


def _text(owner: JSONObject, name: str) -> str:
    value = owner.get(name)
    return value if isinstance(value, str) else ""
