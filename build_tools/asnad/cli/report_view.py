"""What the command line shows of a verdict."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from asnad.instant import format_instant
from asnad.messages import Messages
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report

_COLOURS = {Outcome.VALID: "green", Outcome.DEMONSTRATION: "blue", Outcome.CANNOT_CHECK: "bright_black"}
_RED = (Outcome.INVALID, Outcome.KEY_WITHDRAWN, Outcome.REVOKED, Outcome.REPLACED)


def colour_of(outcome: Outcome) -> str:
    """
    Give the colour in which a terminal shows an outcome.

    Args:
        outcome: Whose word also stands there.

    """
    return _COLOURS.get(outcome, "red" if outcome in _RED else "yellow")


def show_report(report: Report, messages: Messages, at: int, since: date | None = None) -> None:
    """
    Print a verdict: the word first, what to do, the facts, the checks.

    Args:
        report: As verified.

        messages: Section ``verifier``.

        at: For which it was asked, in seconds since 1970.

        since: Of an issuer that the centre trusts besides itself: since when.

    """
    console = Console(markup=False)  # Brackets in a certificate are brackets.
    outcome = report.outcome
    console.print(f"{messages.text(f'outcome.{outcome}.word')} ({outcome})", style=f"bold {colour_of(outcome)}")
    if report.keys is not None and report.keys.demonstration:
        console.print(messages.text("demonstrationBanner"))
    if report.keys is not None and since is not None:
        names = " / ".join(dict.fromkeys(name.name for name in report.keys.names))
        console.print(messages.text("trusted.issuer", name=names, date=since.isoformat()))
    console.print(messages.text(f"outcome.{outcome}.means"))
    console.print(f"{messages.text('action')}: {messages.text(f'outcome.{outcome}.act')}")
    if report.withdrawn_on is not None:
        word = "replacedDate" if outcome is Outcome.REPLACED else "noticeDate"
        console.print(messages.text(word, date=report.withdrawn_on.isoformat()))
    if report.as_of is not None:
        console.print(messages.text("asOf", date=format_instant(report.as_of)))
    if report.list_valid_until is not None:
        ended = "listRanOut" if report.list_valid_until < at else "listUntil"
        console.print(messages.text(ended, date=format_instant(report.list_valid_until)))
    if report.keys is not None and report.keys.phone:
        console.print(messages.text("contact.phone", phone=report.keys.phone))
    table = Table(show_header=False, box=None)
    for label, value in _facts(report, messages):
        table.add_row(label, value)
    console.print(table)
    checks = Table(show_header=False, box=None)
    for item in report.checks:
        word = messages.text(f"check.{item.check}.name")
        reason = messages.text(f"reason.{item.reason}") if item.reason else ""
        checks.add_row(word, messages.text(f"checks.{item.result}"), item.reason or "", reason, item.place or "")
    console.print(checks)
    console.print(f"at {format_instant(at)}", style="dim")


def _facts(report: Report, messages: Messages) -> list[tuple[str, str]]:
    credential = report.credential
    if credential is None:
        return []
    subject = credential["credentialSubject"]
    issuer = credential["issuer"]
    if not isinstance(subject, dict) or not isinstance(issuer, dict):
        return []
    achievement = subject["achievement"]
    course = achievement["name"] if isinstance(achievement, dict) else ""
    return [
        (messages.text("facts.identity.name"), str(subject.get("name", ""))),
        (messages.text("facts.serial"), str(subject["licenseNumber"])),
        (messages.text("facts.courseName"), str(course)),
        (messages.text("facts.issuer"), f"{issuer['name']} ({issuer['id']})"),
        (messages.text("facts.awarded"), str(credential["awardedDate"])[:10]),
    ]
