"""``asnad verify``: the verdict of the verifier's page, on the command line."""

from __future__ import annotations

import http.client
import json
import locale
import re
import urllib.error
import urllib.request
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table

from asnad import assets
from asnad.carriers.code_reading import is_image, read_codes
from asnad.carriers.received import digits_of, verify_digits, verify_received
from asnad.centre_folder import CentreFolder
from asnad.cli.archive import trust_of_archive
from asnad.cli.wiring import centre_option, now
from asnad.credentials.contexts import load_contexts
from asnad.errors import FileError
from asnad.files import read_file
from asnad.instant import format_instant, parse_instant
from asnad.messages import Messages, read_messages
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.trusted_issuer import trust_of_centre
from asnad.verification.verify import MAX_CREDENTIAL, unreadable

MAX_IMAGE = 30_000_000
FETCH_SECONDS = 20
_COLOURS = {Outcome.VALID: "green", Outcome.DEMONSTRATION: "blue", Outcome.CANNOT_CHECK: "bright_black"}
_RED = (Outcome.INVALID, Outcome.KEY_WITHDRAWN, Outcome.REVOKED, Outcome.REPLACED)


@click.command()
@click.argument("certificate", metavar="FILE|URL|DIGITS|IMAGE")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (docs/format.md, section 6).")
@click.option("--at", "moment", help="Judge for this moment, such as 2026-12-01T12:00:00Z; now, unless given.")
@click.option("--language", metavar="TAG", help="Language of the answer, such as ur.")
@click.option(
    "--archive",
    "archive_folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Judge by a folder that asnad archive has written, instead of a centre's.",
)
@centre_option
@click.pass_context
def verify(
    context: click.Context,
    certificate: str,
    as_json: bool,
    moment: str | None,
    language: str | None,
    archive_folder: Path | None,
    centre: Path,
) -> None:
    """
    Check a certificate: a file, a link, its digits, or a picture with its code.

    Trusts the centre whose folder you are in, or that --centre or --archive names, by its pinned root key; nothing
    is fetched from where a certificate points, and no version seen before is remembered. Exit code 0: good;
    1: do not accept; 3: could not be told. A demonstration is good as far as it goes, and says what it is.
    """
    at = now() if moment is None else parse_instant(moment)
    if at is None:
        raise click.UsageError("--at: expected a moment such as 2026-12-01T12:00:00Z")
    offered = assets.message_files()
    if language not in (None, *offered):
        raise click.UsageError(f"--language: expected one of {', '.join(offered)}, got {language!r}")
    trust = (
        trust_of_archive(archive_folder.resolve()) if archive_folder else trust_of(CentreFolder.find(centre.resolve()))
    )
    try:
        report = judge(certificate, trust, at)
    except FileError as error:
        # Nothing was learnt about the certificate, which is neither good nor bad.
        click.echo(f"asnad: {error.diagnostics()}", err=True)
        context.exit(Outcome.CANNOT_CHECK.exit_code())
    if as_json:
        click.echo(json.dumps(report.to_json(), indent=2))
    else:
        chosen = language or _usual_language(offered)
        messages = read_messages(offered, "verifier", [chosen])[chosen]
        show_report(report, messages, at)
    context.exit(report.outcome.exit_code())


def trust_of(folder: CentreFolder) -> Trust:
    """
    Trust a centre, and the issuers that it trusts, by the root keys that its folder pins.

    Args:
        folder: Of the centre.

    Raises:
        AsnadError: It has no keys, or a file of an issuer that it trusts is damaged.

    """
    did = folder.catalogue().centre.did
    issuer = IssuerTrust(did=did, root_keys=folder.root_keys(did), files=folder.public_files())
    return trust_of_centre(issuer, folder.trusted_issuers(did))


def judge(certificate: str, trust: Trust, at: int) -> Report:
    """
    Judge whatever a person names: a file, a link, digits, or a picture with a code.

    Args:
        certificate: As it was typed.

        trust: Whom to believe.

        at: Seconds since 1970.

    Raises:
        FileError: It cannot be read or fetched.

    """
    if _names_file(certificate):
        path = Path(certificate).resolve()
        return _judge_content(read_file(path.parent, path.name, MAX_IMAGE), trust, at)
    digits = digits_of(certificate)
    if digits is not None and not re.fullmatch(r"[0-9 \r\n-]+", digits):
        raise FileError(
            "expected a file, a link or digits, found no such file",
            place=certificate[:200],
            hint="put a link in quotes; digits are 0 to 9",
        )
    if digits is None:
        return _judge_content(_fetch(certificate), trust, at)
    return verify_digits(digits, trust, at)


def _names_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # Digits are longer than the name of a file may be.
        return False


def _judge_content(data: bytes, trust: Trust, at: int) -> Report:
    if not is_image(data):
        return verify_received(data, trust, at, load_contexts())
    codes = {digits for digits in map(digits_of, read_codes(data)) if digits}
    if len(codes) > 1:
        raise FileError(
            f"expected one code, found {len(codes)}",
            place="picture",
            hint="photograph each certificate by itself, so that one cannot stand in for another",
        )
    return verify_digits(codes.pop(), trust, at) if codes else unreadable("not-digits")


def _fetch(address: str) -> bytes:
    """Fetch a certificate that the person named; its keys and lists are never fetched."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise FileError(f"expected an address, got something else: {error}", place=address[:200]) from None
    local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise FileError("expected a file, an https address, or digits", place=address[:200])
    try:
        with urllib.request.urlopen(address, timeout=FETCH_SECONDS) as answer:  # noqa: S310  # Scheme is checked above.
            return bytes(answer.read(MAX_CREDENTIAL + 1))
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise FileError(f"could not be fetched: {reason}", place=address[:200]) from None


def _usual_language(offered: Collection[str]) -> str:
    language = (locale.getlocale()[0] or "en").split("_")[0]
    return language if language in offered else "en"


def show_report(report: Report, messages: Messages, at: int) -> None:
    """
    Print a verdict: the word first, what to do, the facts, the checks.

    Args:
        report: As verified.

        messages: Section ``verifier``.

        at: For which it was asked, in seconds since 1970.

    """
    console = Console(markup=False)  # Brackets in a certificate are brackets.
    outcome = report.outcome
    colour = _COLOURS.get(outcome, "red" if outcome in _RED else "yellow")
    console.print(f"{messages.text(f'outcome.{outcome}.word')} ({outcome})", style=f"bold {colour}")
    if report.keys is not None and report.keys.demonstration:
        console.print(messages.text("demonstrationBanner"))
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
