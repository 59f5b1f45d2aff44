"""``asnad award`` and ``asnad approve``: the award list of a run, and the second person who reads it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from asnad.catalogue.findings import visible
from asnad.cli.wiring import centre_option, keys_option, workplace
from asnad.desk.award_files import KeptAwards, page_path, table_path
from asnad.desk.award_list import AwardList
from asnad.desk.award_table import award_facts, award_table
from asnad.desk.awarding import approve_awards, draft_awards
from asnad.desk.officer import read_officer
from asnad.site.issuer_reading import read_stationery


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--by", default="", help='Who drafts it: "Name, office". Needed where centre.yml says second-person.')
@centre_option
@keys_option
def award(run_id: str, by: str, centre: Path, keys_folder: Path) -> None:
    """
    Write the award list of a run: who gets what, and who does not and why.

    Nothing is signed. In a private repository the table is credentials/awards/RUN.md, for a pull request. In a public
    one no name goes into Git: the table is a page for the printer in credentials/private/out/RUN, and only counts and
    a salted fingerprint are in credentials/awards/RUN.json. Your own name stands there too.
    """
    work = workplace(centre, keys_folder)
    officer = read_officer(by, "--by") if by else None
    kept = draft_awards(work, run_id, officer, read_stationery(work.catalogue).environment)
    if kept.awards is None:
        return
    show_awards(kept.awards)
    click.echo(f"To read and print: {work.folder.credentials / page_path(run_id)}")
    if kept.markdown is not None:
        click.echo(f"For the pull request: {work.folder.credentials / table_path(run_id)}")
    approval = kept.statement.counting_approval()
    if not work.catalogue.centre.second_person:
        click.echo(f"Next: asnad issue {run_id}")
    elif approval:
        click.echo(f"It is as {approval.by} approved it on {approval.day}. Next: asnad issue {run_id}")
    else:
        click.echo(f'Next, by a second person: asnad approve {run_id} --by "Name, office"')


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--by", required=True, help='Who approves it: "Name, office"; another person than who drafted it.')
@centre_option
@keys_option
def approve(run_id: str, by: str, centre: Path, keys_folder: Path) -> None:
    """
    Read the award list of a run as a second person, and approve it.

    This is a rule among honest people. It stops mistakes, and lists that were changed after they were read; it does
    not prove who has approved, because no key signs an approval and anyone at this computer can type a name. Where
    more is needed, keep the repository private, protect its branch, and let another account merge the pull request
    that holds the table and the approval.
    """
    work = workplace(centre, keys_folder)
    officer = read_officer(by, "--by")
    statement = approve_awards(work, run_id, officer, _has_read)
    if statement is None:
        click.echo("Nothing was approved.")
    else:
        click.echo(f"Approved by {officer}. Commit credentials/awards. Next: asnad issue {run_id}")


def show_awards(awards: AwardList) -> None:
    """
    Print an award list as a table.

    Args:
        awards: All of it.

    """
    console = Console(markup=False, highlight=False)
    facts = Table(show_header=False, box=None)
    for label, text in award_facts(awards):
        facts.add_row(label, text)
    written = award_table(awards)
    table = Table(*written.headings, title=awards.terms.run)
    for row in written.rows:
        table.add_row(*row)
    console.print(facts)
    console.print(table)


def _has_read(kept: KeptAwards) -> bool:
    if kept.awards is None:
        # In a clone the table is a file that anyone may have written; a terminal must not obey it.
        click.echo("\n".join(map(visible, (kept.markdown or "").splitlines())))
    else:
        show_awards(kept.awards)
    number = kept.statement.certificates
    these = "is this 1 certificate" if number == 1 else f"are these {number} certificates"
    return click.confirm(f"Have you read it, and {these} right? Approve", default=False, err=True)
