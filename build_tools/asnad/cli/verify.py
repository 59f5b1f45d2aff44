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

from asnad import assets
from asnad.carriers.received import digits_of, verify_digits
from asnad.carriers.received_file import MAX_FILE, verify_file
from asnad.centre_folder import CentreFolder
from asnad.cli.archive import trust_of_archive
from asnad.cli.report_view import show_report
from asnad.cli.verify_folder import CODES, check_files, chosen_files, files_csv, named_files, show_files
from asnad.cli.wiring import centre_option, now
from asnad.credentials.contexts import load_contexts
from asnad.errors import FileError
from asnad.files import read_file, write_file
from asnad.instant import parse_instant
from asnad.messages import Messages, read_messages
from asnad.verification.checked_file import CheckedFile, exit_code
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.trusted_issuer import trust_of_centre
from asnad.verification.verify import MAX_CREDENTIAL, unreadable

FETCH_SECONDS = 20


@click.command()
@click.argument("certificates", metavar="FILE|URL|DIGITS|IMAGE|FOLDER...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (docs/format.md, section 6).")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what became of each file to a table for a spreadsheet.",
)
@click.option(
    "--only",
    type=click.Choice([str(code) for code in CODES]),
    multiple=True,
    metavar="OUTCOME",
    help="Show only files with this outcome, such as revoked; may be given again.",
)
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
    certificates: tuple[str, ...],
    as_json: bool,
    csv_file: Path | None,
    only: tuple[str, ...],
    moment: str | None,
    language: str | None,
    archive_folder: Path | None,
    centre: Path,
) -> None:
    """
    Check a certificate: a file, a link, its digits, or a picture with its code; or many: a folder, or several files.

    Trusts the centre whose folder you are in, or that --centre or --archive names, by its pinned root key, and whom
    that centre trusts (asnad trust list); nothing is fetched from where a certificate points, and no version seen
    before is remembered. Exit code 0: good;
    1: do not accept; 3: could not be told. A demonstration is good as far as it goes, and says what it is.

    Of a folder every file in it and below it is looked at, and none is left out: one of a kind that holds no
    certificate is listed as that. The exit code is then 1 where any file must not be accepted, else 3 where any could
    not be told or none holds a certificate, else 0. --only chooses what is shown, and changes nothing about that.
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
    chosen = language or _usual_language(offered)
    messages = read_messages(offered, "verifier", [chosen])[chosen]
    try:
        if len(certificates) > 1 or _names_folder(certificates[0]) or csv_file or only:
            files = check_files(named_files(certificates), trust, at)
            _give_files(files, frozenset(only), messages, at, csv_file=csv_file, as_json=as_json)
            context.exit(exit_code(files))
        report = judge(certificates[0], trust, at)
    except FileError as error:
        # Nothing was learnt about the certificate, which is neither good nor bad.
        click.echo(f"asnad: {error.diagnostics()}", err=True)
        context.exit(Outcome.CANNOT_CHECK.exit_code())
    if as_json:
        click.echo(json.dumps(report.to_json(), indent=2))
    else:
        issuer = trust.issuer(report.keys.issuer) if report.keys else None
        show_report(report, messages, at, issuer.since if issuer else None)
    context.exit(report.outcome.exit_code())


def _give_files(
    files: tuple[CheckedFile, ...],
    only: frozenset[str],
    messages: Messages,
    at: int,
    *,
    csv_file: Path | None,
    as_json: bool,
) -> None:
    if csv_file is not None:
        write_file(csv_file.parent.resolve(), csv_file.name, files_csv(files, only, messages))
    if as_json:
        click.echo(json.dumps([file.to_json() for file in chosen_files(files, only)], indent=2))
    else:
        show_files(files, only, messages, at)


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
        return _judge_content(read_file(path.parent, path.name, MAX_FILE), trust, at)
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


def _names_folder(text: str) -> bool:
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):  # The same.
        return False


def _judge_content(data: bytes, trust: Trust, at: int) -> Report:
    return verify_file(data, trust, at, load_contexts()) or unreadable("not-digits")


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
