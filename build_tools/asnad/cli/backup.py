"""``asnad backup``, ``restore``, ``recover`` and ``drill``: losing a laptop without losing a certificate."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from asnad import assets
from asnad.centre_folder import CentreFolder
from asnad.cli.progress import progress_bar
from asnad.cli.verify import judge, trust_of
from asnad.cli.wiring import ask_passphrase, centre_option, keys_option, now, workplace
from asnad.cli.work_tree import HOOK_COMMAND, is_hook_off
from asnad.counted import counted
from asnad.desk.backup import BackupReport, back_up
from asnad.desk.backup_sheet import BACKUP_SHEET, backup_sheet, draw_backup_sheet
from asnad.desk.drill import DrillReport, hold_drill
from asnad.desk.ledger import Erased, Issued, Lost, lost
from asnad.desk.recovering import recover as recover_certificate
from asnad.desk.restoring import Restored, restore_centre, restore_private
from asnad.desk.workplace import Workplace
from asnad.errors import AsnadError, FileError
from asnad.files import write_file
from asnad.instant import format_instant
from asnad.messages import read_messages
from asnad.site.issuer_reading import read_stationery

_SHOWN_DIGESTS = 20


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("second", metavar="[FOLDER2]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the sheet to print goes; credentials/private/out/backup-sheet.html, unless named.",
)
@centre_option
@keys_option
@click.pass_context
def backup(
    context: click.Context, folder: Path, second: Path | None, sheet: Path | None, centre: Path, keys_folder: Path
) -> None:
    """Write keys and private records, encrypted, to two USB sticks, and a sheet to print."""
    work = workplace(centre, keys_folder)
    places = tuple(place.resolve() for place in (folder, second) if place is not None)
    with progress_bar("Writing and reading back") as progress:
        report = back_up(work, places, lambda place: place.stat().st_dev, progress)
    for failure in report.failures:
        click.echo(f"asnad: {failure.diagnostics()}", err=True)
    if report.record.copies:
        echo_backup(report)
        click.echo(f"  sheet to print, sign and put away with each copy: {_write_sheet(work, report, sheet)}")
    context.exit(1 if report.failures else 0)


@click.command()
@click.argument("backup_file", metavar="BACKUP", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="A new folder, for all of the centre.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="A fresh clone of the centre's repository, for what is private; this is the usual case.",
)
@click.option("--accept-loss", is_flag=True, help="Restore although certificates were issued after this backup.")
@keys_option
def restore(backup_file: Path, to: Path | None, into: Path | None, accept_loss: bool, keys_folder: Path) -> None:
    """Bring keys and private records back from a backup, on a machine that has lost them."""
    if into is not None and to is None:
        clone = CentreFolder.find(into.resolve())
        passphrase = ask_passphrase()
        with progress_bar("Restoring (kB)") as progress:
            restored = restore_private(
                backup_file, passphrase, clone, keys_folder, now(), progress, accept_loss=accept_loss
            )
    elif to is not None and into is None:
        passphrase = ask_passphrase()
        with progress_bar("Restoring (kB)") as progress:
            restored = restore_centre(backup_file, passphrase, to.resolve(), keys_folder, progress)
    else:
        raise click.UsageError("name one of the two: --into a clone of the centre's repository, or --to a new folder")
    echo_restored(restored)


@click.command()
@click.argument("backup_file", metavar="BACKUP", type=click.Path(path_type=Path, dir_okay=False))
@centre_option
@keys_option
@click.pass_context
def drill(context: click.Context, backup_file: Path, centre: Path, keys_folder: Path) -> None:
    """Try a backup out, as one should each year: restore it elsewhere, use it, remove it."""
    work = workplace(centre, keys_folder)
    with TemporaryDirectory(prefix="asnad-drill-") as scratch, progress_bar("Restoring (kB)") as progress:
        report = hold_drill(work, backup_file, Path(scratch), progress)
    echo_drill(report)
    context.exit(0 if report.passed else 1)


def echo_backup(report: BackupReport) -> None:
    """
    Say what was backed up, and what is still wanting.

    Args:
        report: Of a backup of which there is a copy.

    """
    record = report.record
    click.echo(
        f"Backed up and read back: {counted(record.certificates, 'certificate')}, {counted(report.files, 'file')}."
    )
    for copy in record.copies:
        click.echo(f"  {copy.file}\n    SHA-256 {copy.sha256}")
    click.echo("  Not in it: papers (asnad issue RUN --papers-only makes them again) and the passphrase.")
    if len(record.copies) < 2:
        _warn("one copy is not enough: call it again with two folders, on two sticks for two places")
    elif not record.complete:
        _warn("both copies are on one drive and would be lost together; move one to another, at another place")
    for file in report.on_centres_drive:
        _warn(f"{file} is on the drive of the centre's own folder, and would be lost with it")
    for key in report.root_keys:
        _warn(
            f"the root key {_fragment(key)} is on this machine, and so it is in the backup. Who takes both the machine "
            "and the passphrase can replace every key; move root keys to a stick that is locked away"
        )
    for key in report.other_passphrase:
        _warn(f"{_fragment(key)} is in the backup, but has another passphrase, which must be kept too")
    if report.disagreement:
        _warn(f"the backup is whole, but what it holds is not in order: {report.disagreement}")


@click.command()
@click.argument("certificates", metavar="FILE|LINK|DIGITS|PHOTO", nargs=-1, required=True)
@centre_option
@keys_option
@click.pass_context
def recover(context: click.Context, certificates: tuple[str, ...], centre: Path, keys_folder: Path) -> None:
    """
    Take certificates back that were issued after the backup, from those who hold them.

    Pages of learners who agreed are in credentials/published; name those files first.
    """
    work = workplace(centre, keys_folder)
    trust = trust_of(work.folder)
    failed = 0
    for certificate in certificates:
        try:
            report = judge(certificate, trust, now())
            if report.credential is None:
                raise FileError(f"expected a certificate of this centre, got {report.outcome}", place=certificate[:80])
            issued = recover_certificate(work, report.credential)
        except AsnadError as error:
            failed += 1
            click.echo(f"asnad: {error.diagnostics()}", err=True)
        else:
            click.echo(f"Recovered: {issued.serial} of {issued.name}")
    left = len(lost(work.ledger()))
    click.echo(
        f"{counted(left, 'is', 'are')} still lost."
        if left
        else "None is lost any more. Now: asnad backup FOLDER FOLDER2"
    )
    if failed:
        context.exit(1)


def echo_restored(restored: Restored) -> None:
    """
    Say what was restored, what is lost, and what comes next.

    Args:
        restored: As it came out.

    """
    header = restored.header
    click.echo(f"Restored the backup of {header.did}, made {format_instant(header.created)}")
    click.echo(f"  centre: {restored.folder.root} ({counted(restored.certificates, 'certificate')})")
    click.echo(f"  private keys: {restored.keys} ({', '.join(map(_fragment, restored.key_ids))})")
    if restored.moved_aside:
        click.echo(f"  the older private folder was moved to {restored.moved_aside}")
    if restored.public_restored:
        click.echo("  the signed public files come from the backup too; commit them")
    withdrawn = [event.serial for event in restored.learnt if not isinstance(event, Lost)]
    if withdrawn:
        serials = ", ".join(withdrawn)
        click.echo(f"  withdrawn or replaced after the backup, written down again without the reason: {serials}")
    day = format_instant(header.created)[:10]
    click.echo(f"  learners who were erased after {day} are in it again: erase them again (asnad erase SERIAL)")
    for key in restored.absent_keys:
        click.echo(f"  not in this backup: {_fragment(key)}; look now where its own copies are")
    if is_hook_off(restored.folder.root):
        click.echo(f"  in this clone, switch on the hook that keeps learners and keys out of Git: {HOOK_COMMAND}")
    if restored.lost:
        _echo_lost(restored)
        return
    click.echo("Compare the root key in keys/own.json with the sheet. Now: asnad refresh, asnad build,")
    click.echo("and two new copies: asnad backup FOLDER FOLDER2")


def echo_drill(report: DrillReport) -> None:
    """
    Say in plain words what a backup is worth.

    Args:
        report: Of the exercise.

    """
    click.echo(f"Backup of {report.header.did}, made {format_instant(report.header.created)}")
    click.echo(f"  keys that opened and signed: {', '.join(map(_fragment, report.opened)) or 'none'}")
    gone = f", and {report.erased} erased, of which nothing is kept" if report.erased else ""
    click.echo(f"  certificates that agree with the ledger: {report.certificates}{gone}")
    for fault in report.faults:
        click.echo(f"  WRONG: {fault}")
    for key in report.absent:
        click.echo(f"  not in this backup: {_fragment(key)}; look now where its own copies are")
    erased = sum(isinstance(event, Erased) for event in report.since)
    if erased:
        which = counted(erased, "certificate whose learner was", "certificates whose learners were")
        click.echo(f"  still in it: {which} erased since; destroy it when there is a new one")
    issued = Counter(event.issued[:7] for event in report.since if isinstance(event, Issued))
    others = len(report.since) - sum(issued.values()) - erased
    if issued:
        months = ", ".join(f"{number} of {month}" for month, number in sorted(issued.items()))
        click.echo(f"  would be lost, issued after it: {counted(sum(issued.values()), 'certificate')} ({months})")
    if others:
        lines = counted(others, "other line", "other lines")
        click.echo(f"  would be lost, written after it: {lines} of the ledger, such as withdrawals")
    for name in report.changed_registers:
        click.echo(f"  would be lost: the register {name} as it is now")
    if not report.passed:
        click.echo("This backup must not be relied on. Make a new one now: asnad backup FOLDER FOLDER2")
    elif report.since or report.changed_registers:
        click.echo("The backup serves, but it is old. Make a new one: asnad backup FOLDER FOLDER2")
    else:
        click.echo("The backup serves: with it and the passphrase nothing would be lost. Nothing of it was left here.")


def _write_sheet(work: Workplace, report: BackupReport, named: Path | None) -> Path:
    messages = read_messages(assets.message_files(), "backup", work.catalogue.centre.languages)
    page = draw_backup_sheet(backup_sheet(work, report.record, messages), read_stationery(work.catalogue))
    path = (named or work.folder.credentials / BACKUP_SHEET).resolve()
    write_file(path.parent, path.name, page.encode("utf-8"))
    return path


def _echo_lost(restored: Restored) -> None:
    lost = restored.lost
    certificates = counted(len(lost), "certificate was", "certificates were")
    _warn(f"{certificates} issued after this backup, of which only the public ledger tells:")
    for event in lost[:_SHOWN_DIGESTS]:
        click.echo(f"  {event.month} {event.digest}", err=True)
    if len(lost) > _SHOWN_DIGESTS:
        click.echo(f"  and {len(lost) - _SHOWN_DIGESTS} more, in credentials/public/ledger.jsonl", err=True)
    click.echo(
        "They stay good for those who hold them. But the centre does not know whose they are, so it can neither print\n"
        "nor withdraw them. A newer backup mends it (asnad restore NEWER --into this folder), and so does another\n"
        "registrar's machine that issued them (asnad merge). Else take each back from its holder, as a file, a link\n"
        "or a photo of the paper: asnad recover. Until then a run of that time is issued only with --despite-loss."
    )


def _fragment(key: str) -> str:
    return key.rpartition("#")[2]


def _warn(text: str) -> None:
    click.echo(f"WARNING: {text}", err=True)
