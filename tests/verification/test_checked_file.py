"""Many files at once: what decides is named, twins are found, and the worst exit code counts."""

from __future__ import annotations

import pytest

from asnad.verification.checked_file import (
    CertificateLine,
    CheckedFile,
    Twin,
    checked_file,
    deciding_reason,
    exit_code,
    unreadable_file,
    with_twins,
)
from asnad.verification.outcome import Check, Outcome, Result
from asnad.verification.report import CheckResult, Report


def report(outcome: Outcome, *checks: CheckResult) -> Report:
    return Report(
        outcome=outcome,
        checks=checks,
        as_of=None,
        list_valid_until=None,
        withdrawn_on=None,
        keys=None,
        credential=None,
    )


def file(path: str, outcome: Outcome | None, identifier: str = "", serial: str = "", issuer: str = "a") -> CheckedFile:
    line = CertificateLine(
        id=identifier,
        name="Same Name",
        course="",
        serial=serial,
        issuer="",
        issuer_id=issuer,
        awarded="",
        expires="",
    )
    return CheckedFile(path=path, outcome=outcome, reason=None, certificate=line if identifier else None, report=None)


def test_a_withdrawn_certificate_whose_time_is_over_is_called_withdrawn() -> None:
    over = CheckResult(Check.PERIOD, Result.FAILED, "over")
    withdrawn = CheckResult(Check.STATUS, Result.FAILED, "withdrawn")
    assert deciding_reason(report(Outcome.REVOKED, over, withdrawn)) == "withdrawn"
    missing = CheckResult(Check.STATUS, Result.FAILED, "list-missing")
    assert deciding_reason(report(Outcome.EXPIRED, over, missing)) == "over"
    unseen = CheckResult(Check.VERSIONS, Result.UNCHECKED, "first-seen")
    assert deciding_reason(report(Outcome.VALID, unseen)) is None


def test_copies_and_serial_numbers_that_two_certificates_share_are_pointed_out_and_names_are_not() -> None:
    files = with_twins(
        (
            file("a", Outcome.VALID, "1", "S/1"),
            file("b", Outcome.VALID, "1", "S/1"),
            file("c", Outcome.REPLACED, "2", "S/1"),
            file("d", Outcome.VALID, "3", "S/2"),
            file("e", Outcome.VALID, "4", "S/2", issuer="another"),
            file("f", Outcome.INVALID),
            file("g", Outcome.INVALID),
        )
    )
    found = {item.path: (item.twin, item.twin_of) for item in files}
    assert found["a"] == (Twin.CERTIFICATE, "b")
    assert found["b"] == (Twin.CERTIFICATE, "a")
    assert found["c"] == (Twin.SERIAL, "a")
    assert {found[path] for path in "defg"} == {(None, "")}


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((Outcome.VALID, Outcome.DEMONSTRATION, None), 0),
        ((Outcome.VALID, Outcome.CANNOT_CHECK), 3),
        ((Outcome.UNKNOWN_ISSUER, Outcome.REVOKED, Outcome.VALID), 1),
        ((Outcome.VALID, Outcome.EXPIRED), 1),
        ((None, None), 3),
        ((), 3),
    ],
)
def test_the_worst_exit_code_counts_and_nothing_checked_is_not_good(
    outcomes: tuple[Outcome | None, ...], expected: int
) -> None:
    assert exit_code(file(str(at), outcome) for at, outcome in enumerate(outcomes)) == expected


def test_what_cannot_be_opened_is_no_good_file_and_no_skipped_one() -> None:
    broken, other = unreadable_file("x"), checked_file("y", None)
    assert (broken.code, broken.reason) == ("cannot-check", "file-unreadable")
    assert (other.code, other.outcome) == ("no-certificate", None)
