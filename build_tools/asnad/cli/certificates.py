"""
``asnad correct``, ``reissue``, ``renew``, ``reprint``, ``withdraw-page``, ``erase``, ``merge``.

What becomes of certificates after they were issued.
"""

from __future__ import annotations

from pathlib import Path

import click

from asnad.centre_folder import CentreFolder
from asnad.cli.issue import papers_with_progress
from asnad.cli.wiring import centre_option, keys_option, workplace
from asnad.desk.award_files import table_path
from asnad.desk.correcting import correct as correct_serial
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase as erase_learner
from asnad.desk.erasing import withdraw_page as take_page_away
from asnad.desk.merging import merge as merge_folder
from asnad.desk.papers import paper_name, write_duplicate
from asnad.desk.succession import Succession
from asnad.desk.succession import reissue as reissue_serial
from asnad.desk.succession import renew as renew_serial
from asnad.desk.withdrawing import in_force, look_up
from asnad.desk.workplace import Workplace
from asnad.site.issuer_reading import read_stationery


@click.command()
@click.argument("serial")
@click.option("--name", help="In Latin script.")
@click.option("--native-name", help="In its own script.")
@click.option("--father-name")
@click.option("--husband-name")
@click.option("--identity-number", help="Such as 00000-0000000-1.")
@click.option("--grade")
@click.option("--reason", required=True, help="In your own words; kept by the centre, not published.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@centre_option
@keys_option
def correct(  # One option for each thing that can be corrected.
    serial: str,
    name: str | None,
    native_name: str | None,
    father_name: str | None,
    husband_name: str | None,
    identity_number: str | None,
    grade: str | None,
    reason: str,
    yes: bool,
    centre: Path,
    keys_folder: Path,
) -> None:
    """Issue a corrected certificate; the one before then shows as replaced."""
    work = workplace(centre, keys_folder)
    correction = Correction(
        name=name,
        name_native=native_name,
        father_name=father_name,
        husband_name=husband_name,
        cnic=identity_number,
        grade=grade,
    )
    before = in_force(work, serial)
    if not yes:
        question = f"Correct {before.serial} of {before.name}? A paper that says it wrong is then no longer good"
        click.confirm(question, default=False, abort=True, err=True)
    succession = correct_serial(work, serial, correction, reason)
    if succession.after.serial == before.serial:
        click.echo(f"The certificate {before.serial} says nothing of it and stays; the register is corrected.")
    else:
        _echo_succession(work, succession)
        click.echo(f"Take the paper {before.serial} back, or tell its holder that it now shows as replaced.")
    click.echo("Correct your own spreadsheet too, or the next import names the row.")


@click.command()
@click.argument("serial")
@click.option("--reason", required=True, help="In your own words; kept by the centre, not published.")
@centre_option
@keys_option
def reissue(serial: str, reason: str, centre: Path, keys_folder: Path) -> None:
    """Issue the same certificate anew, in a place of its own; the one before then shows as replaced."""
    work = workplace(centre, keys_folder)
    _echo_succession(work, reissue_serial(work, serial, reason))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@centre_option
@keys_option
def merge(folder: Path, centre: Path, keys_folder: Path) -> None:
    """
    Take over what another machine of this centre has issued, withdrawn and kept.

    FOLDER is that machine's centre folder with its credentials/private, such as a copy on a USB stick. After a Git
    merge that names credentials/: git checkout HEAD -- credentials, then this command, then git add credentials.
    """
    work = workplace(centre, keys_folder)
    merged = merge_folder(work, CentreFolder.find(folder.resolve()))
    click.echo(f"Taken over: {merged.issued} certificates, {merged.ended} withdrawals and replacements.")
    click.echo("Lists and manifest are signed anew." if merged.signed else "Nothing had to be signed.")
    for shared in merged.shared:
        first, second = shared.first, shared.second
        click.echo(
            f"CLASH: {first.serial} and {second.serial} have one place in status list {first.status_list}, "
            "so neither could be withdrawn alone.\n"
            f"  repair: asnad reissue {second.serial} --reason clash, and hand out the new paper",
            err=True,
        )
    click.echo("Now: git add credentials, then asnad build. Take the folder to the other machine and merge there too.")


@click.command()
@click.argument("serial")
@click.option("--note", required=True, help="For what it is renewed, such as a refresher; not published.")
@centre_option
@keys_option
def renew(serial: str, note: str, centre: Path, keys_folder: Path) -> None:
    """Issue a certificate for another term; the one before stays good until it runs out."""
    work = workplace(centre, keys_folder)
    succession = renew_serial(work, serial, note)
    _echo_succession(work, succession)
    click.echo(f"{succession.before.serial} stays good until it runs out.")


@click.command()
@click.argument("serial")
@click.option("--reason", required=True, help="Such as lost or spoilt.")
@click.option("--seen", "document_seen", required=True, help="By what the person was known, such as an identity card.")
@click.option("--collected-by", required=True, help="Name, and the relation where it is not the learner.")
@centre_option
@keys_option
def reprint(serial: str, reason: str, document_seen: str, collected_by: str, centre: Path, keys_folder: Path) -> None:
    """Print a paper again, marked DUPLICATE, and record who collected it. Nothing is signed anew."""
    work = workplace(centre, keys_folder)
    path = write_duplicate(
        work,
        serial,
        reason=reason,
        document_seen=document_seen,
        collected_by=collected_by,
        stationery=read_stationery(work.catalogue),
    )
    click.echo(f"Print this: {work.folder.credentials / path}")


@click.command("withdraw-page")
@click.argument("serial")
@click.option("--reason", default="", help="In your own words; kept by the centre, not published.")
@centre_option
@keys_option
def withdraw_page(serial: str, reason: str, centre: Path, keys_folder: Path) -> None:
    """Take a learner's public page away; the certificate stays good."""
    work = workplace(centre, keys_folder)
    issued = take_page_away(work, serial, reason)
    click.echo(f"The page of {issued.serial} is no longer built. Now build and publish the site: asnad build")
    click.echo(
        "What stays: Git keeps the file in its history, and search engines and others may have copies. In a private "
        "repository only its members see that history; asnad deploy --branch publishes without any."
    )


@click.command()
@click.argument("serial")
@click.option("--reason", required=True, help="Such as the learner's wish; without the name.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@centre_option
@keys_option
def erase(serial: str, reason: str, yes: bool, centre: Path, keys_folder: Path) -> None:
    """Erase everything the centre keeps that tells whose a certificate is. This cannot be undone."""
    work = workplace(centre, keys_folder)
    issued = look_up(work, serial).issued
    if not yes:
        question = f"Erase all about {issued.serial} of {issued.name}? It can never be printed or corrected again"
        click.confirm(question, default=False, abort=True, err=True)
    tracked_list = (work.folder.credentials / table_path(issued.run)).exists()
    erasure = erase_learner(work, serial, reason)
    click.echo(f"Erased: the row in the register of {erasure.run}, and document, paper and page of:")
    for gone in erasure.serials:
        click.echo(f"  {gone}")
    click.echo("What stays, and why:")
    click.echo("  in the public ledger a hash, in the status list a place, both without a name: with them the paper")
    click.echo("  that the learner holds can still be checked, and withdrawn;")
    click.echo("  the serial, so that a holder of the paper can be answered.")
    click.echo("What you must do yourself:")
    click.echo("  delete the row in your own spreadsheet, or the next import would issue a certificate anew;")
    click.echo(f"  print lists again: asnad issue {erasure.run} --papers-only")
    click.echo("  make a new backup and destroy the older ones: asnad backup")
    if erasure.pages:
        click.echo("  publish the site: asnad build. Git keeps the page's file in its history.")
    if tracked_list:
        click.echo(
            f"  commit that credentials/{table_path(erasure.run)} is gone. Git keeps it, with the name, in its history."
        )


def _echo_succession(work: Workplace, succession: Succession) -> None:
    before, after = succession.before, succession.after
    folder = papers_with_progress(work, after.run)
    click.echo(f"{after.serial} of {after.name} is issued, after {before.serial}.")
    click.echo(f"Print this: {work.folder.credentials / folder / paper_name(after)}")
    click.echo("Now build and publish the site: asnad build")
