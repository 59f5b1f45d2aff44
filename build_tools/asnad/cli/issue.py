"""``asnad import``, ``issue``, ``revoke`` and ``refresh``: the registrar's commands."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from asnad.cli.progress import progress_bar
from asnad.cli.wiring import centre_option, keys_option, workplace
from asnad.desk.eligibility import Eligible
from asnad.desk.issue_run import IssueSummary, frozen_achievement, issue_run
from asnad.desk.issuing import run_achievement
from asnad.desk.papers import write_papers
from asnad.desk.registers import RegisterReview, find_run, keep_register, learner_key, review_register
from asnad.desk.renewal import days_left, run_out_warning
from asnad.desk.spreadsheet import MAX_BYTES
from asnad.desk.withdrawing import WithdrawalReason, look_up
from asnad.desk.withdrawing import refresh as refresh_lists
from asnad.desk.withdrawing import revoke as revoke_serial
from asnad.desk.workplace import Workplace
from asnad.files import read_file
from asnad.site.issuer_reading import read_stationery


@click.command("import")
@click.argument("register", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--run", "run_id", required=True, help="Id of the run, as in catalogue/runs/.")
@click.option("--yes", is_flag=True, help="Keep it without asking.")
@centre_option
@keys_option
def import_register(register: Path, run_id: str, yes: bool, centre: Path, keys_folder: Path) -> None:
    """Read a register (CSV or XLSX), show what would be issued, and keep it."""
    work = workplace(centre, keys_folder)
    content = read_file(register.resolve().parent, register.name, MAX_BYTES)
    review = review_register(work, run_id, register.name, content)
    show_review(review)
    # Nothing of this run could be issued, and now is the time to mend it.
    run_achievement(
        work.catalogue, review.run, work.messages[review.run.language], frozen_achievement(work, review.run)
    )
    if yes or click.confirm("Is this right? Keep it for issuing", default=False, err=True):
        keep_register(work, review)
        click.echo(f"Kept. Next: asnad {'award' if work.catalogue.centre.second_person else 'issue'} {run_id}")
    else:
        click.echo("Nothing was kept.")


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--papers-only", is_flag=True, help="Sign nothing; write papers and pictures again.")
@click.option("--despite-loss", is_flag=True, help="Issue although some certificates of the run may have been lost.")
@centre_option
@keys_option
def issue(run_id: str, papers_only: bool, despite_loss: bool, centre: Path, keys_folder: Path) -> None:
    """Issue a certificate to every eligible learner of a run who has none yet, and write papers and pictures."""
    work = workplace(centre, keys_folder)
    if not papers_only:
        echo_summary(issue_with_progress(work, run_id, despite_loss=despite_loss))
    folder = papers_with_progress(work, run_id, draw_all=papers_only)
    click.echo(f"Papers, pictures, all.html for the printer and links.csv: {work.folder.credentials / folder}")
    warn_of_old_lists(work)


@click.command()
@click.argument("serial")
@click.option("--reason", type=click.Choice([str(reason) for reason in WithdrawalReason]), required=True)
@click.option("--note", default="", help="In your own words; kept by the centre, not published.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@centre_option
@keys_option
def revoke(serial: str, reason: str, note: str, yes: bool, centre: Path, keys_folder: Path) -> None:
    """Withdraw a certificate for good."""
    work = workplace(centre, keys_folder)
    entry = look_up(work, serial)
    if not yes and entry.withdrawn is None:
        question = f"Withdraw {entry.issued.serial} of {entry.issued.name}? This can never be undone"
        click.confirm(question, default=False, abort=True, err=True)
    issued = revoke_serial(work, serial, WithdrawalReason(reason), note)
    # Printed lists, the single paper and the pictures must not tell of it any more.
    papers_with_progress(work, issued.run)
    click.echo(
        f"{issued.serial} of {issued.name or 'an erased learner'} is withdrawn; its paper and pictures are removed."
    )
    click.echo("Now build and publish the site, from which its page goes too: asnad build")


@click.command()
@click.option("--clock-was-wrong", is_flag=True, help="Sign although the last signature is of a later time.")
@centre_option
@keys_option
def refresh(clock_was_wrong: bool, centre: Path, keys_folder: Path) -> None:
    """Sign status lists and manifest for another 35 days."""
    work = workplace(centre, keys_folder)
    record = refresh_lists(work, clock_was_wrong=clock_was_wrong)
    left = days_left(record, work.clock())
    click.echo(f"Lists and manifest (version {record.manifest.version}) are good for {left} days. Now: asnad build")


def show_review(review: RegisterReview) -> None:
    """
    Print a register as a table, with what follows for each row.

    Args:
        review: As read.

    """
    table = Table("row", "name", "own script", "attendance", "grade", "page", "certificate", title=review.run.id)
    for row, decision in zip(review.rows, review.decisions, strict=True):
        if learner_key(row) in review.issued:
            outcome = "has it already"
        else:
            outcome = "yes" if isinstance(decision, Eligible) else f"NO: {decision.message}"
        page = "yes" if row.publish else "no"
        native = unicodedata.normalize("NFC", row.name_native or "")
        attendance = f"{row.attendance_percent} %"
        table.add_row(str(row.row), row.name, native, attendance, row.grade or "", page, outcome)
    Console(markup=False).print(table)
    have = sum(learner_key(row) in review.issued for row in review.rows)
    new = sum(
        isinstance(decision, Eligible) and learner_key(row) not in review.issued
        for row, decision in zip(review.rows, review.decisions, strict=True)
    )
    click.echo(f"{new} to be issued, {have} have it already, {len(review.rows) - new - have} get none.")
    for remark in review.remarks:
        click.echo(f"Look at this: {remark}", err=True)


def issue_with_progress(work: Workplace, run_id: str, *, despite_loss: bool = False) -> IssueSummary:
    """
    Issue a run under a progress bar.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        despite_loss: Issue although some of its certificates may have been lost.

    """
    run = find_run(work, run_id)
    with progress_bar(f"Signing {run.id}") as progress:
        return issue_run(work, run.id, progress, despite_loss=despite_loss)


def papers_with_progress(work: Workplace, run_id: str, *, draw_all: bool = False) -> str:
    """
    Write the papers of a run under a progress bar, and the pictures that lack.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        draw_all: Draw every picture anew.

    """
    run = find_run(work, run_id)
    with progress_bar(f"Papers and pictures of {run_id}") as progress:
        return write_papers(work, run, read_stationery(work.catalogue), progress, draw_all=draw_all)


def echo_summary(summary: IssueSummary) -> None:
    """
    Say what came of issuing.

    Args:
        summary: Of one run.

    """
    click.echo(f"{summary.run.id}: {summary.issued} issued now, {summary.before} before.")
    for refused in summary.not_eligible:
        click.echo(f"  not issued: {refused.row.name} (row {refused.row.row}): {refused.message}")
    if summary.pages_withheld:
        click.echo(
            f"  {summary.pages_withheld} learners agreed to a page, but this repository is public and Git forgets "
            "nothing: no page is published (centre.yml, repository: private)"
        )


def warn_of_old_lists(work: Workplace) -> None:
    """
    Warn when the lists run out soon.

    Args:
        work: The desk.

    """
    warning = run_out_warning(work.record(), work.clock())
    if warning:
        click.echo(f"WARNING: {warning}", err=True)
