"""``asnad keys``: the ceremony, the list, and what becomes of keys over the years."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from asnad.centre_folder import CentreFolder
from asnad.cli.ceremony import choose_passphrase, echo_ceremony
from asnad.cli.issue import warn_of_old_lists
from asnad.cli.progress import progress_bar
from asnad.cli.wiring import centre_option, keys_option, now, root_keys_option, store_of, workplace
from asnad.counted import counted
from asnad.credentials.contexts import load_contexts
from asnad.desk.compromise import Compromise
from asnad.desk.compromise import compromise as compromise_key
from asnad.desk.founding import found_issuer
from asnad.desk.keys_publication import find_key, former_roots
from asnad.desk.ledger import Issued, Lost
from asnad.desk.new_key import make_new_key
from asnad.desk.resigning import Resigning
from asnad.desk.root_rotation import rotate_root
from asnad.desk.rotation import KeyChange
from asnad.desk.rotation import retire as retire_key
from asnad.desk.rotation import rotate as rotate_role
from asnad.desk.workplace import Workplace
from asnad.instant import day_at, format_instant
from asnad.issuers.keys_file import KeyState, Role
from asnad.proofs.multikey import encode_public_key


@click.group()
def keys() -> None:
    """Make, list, rotate and withdraw the centre's keys."""


@keys.command()
@centre_option
@keys_option
@root_keys_option
def ceremony(centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """Make the first keys of a centre: root, next root, issuing and status."""
    folder = CentreFolder.find(centre.resolve())
    catalogue = folder.catalogue()
    store = store_of(folder, catalogue, keys_folder, root_keys)
    passphrase = choose_passphrase()
    click.echo("Making four keys; each is locked with the passphrase, which takes some seconds ...", err=True)
    made = found_issuer(folder, catalogue.centre, store, passphrase, now(), load_contexts())
    echo_ceremony(made, catalogue.centre, store)


@keys.command()
@click.option("--role", type=click.Choice([str(role) for role in Role]), default="issuing", show_default=True)
@centre_option
@keys_option
@root_keys_option
def new(role: str, centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """
    Add a key beside those that sign already, such as for a second laptop. Needs the root key.

    For the yearly change take `asnad keys rotate`, which retires the older keys too.
    """
    work = workplace(centre, keys_folder, root_keys=root_keys)
    made = make_new_key(work, Role(role))
    key = made.keys[-1]
    click.echo(f"{key.fragment()} signs from now until {format_instant(key.end)[:10]}, beside the older ones.")
    _echo_afterwards(work)


@keys.command()
@click.option(
    "--role", type=click.Choice([*(str(role) for role in Role), "root"]), default="issuing", show_default=True
)
@click.option("--old-root-lost", is_flag=True, help="With --role root: sign without the root key that is lost.")
@centre_option
@keys_option
@root_keys_option
def rotate(role: str, old_root_lost: bool, centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """
    Change a key, as every year: make a new one and retire the older ones of its role. Needs the root key.

    What older keys signed stays good, here and with other verifiers.
    """
    if old_root_lost and role != "root":
        raise click.UsageError("--old-root-lost goes with --role root")
    work = workplace(centre, keys_folder, root_keys=root_keys)
    if role == "root":
        _echo_root(work, rotate_root(work, old_root_lost=old_root_lost))
    else:
        change = rotate_role(work, Role(role))
        for key in change.made:
            click.echo(f"{key.fragment()} signs from now until {format_instant(key.end)[:10]}.")
        _echo_retired(work, change)
    _echo_afterwards(work)


@keys.command()
@click.argument("key")
@centre_option
@keys_option
@root_keys_option
def retire(key: str, centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """
    Retire a key that nobody suspects, such as that of a registrar who leaves. Needs the root key.

    What it signed stays good. A key that others may have is withdrawn with `asnad keys compromise`.
    """
    work = workplace(centre, keys_folder, root_keys=root_keys)
    _echo_retired(work, retire_key(work, key))
    _echo_afterwards(work)


@keys.command()
@click.argument("key")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Doubt what the ledger says this key issued on or after that day; without it the whole ledger is good.",
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
@centre_option
@keys_option
@root_keys_option
def compromise(
    key: str, since: datetime | None, yes: bool, centre: Path, keys_folder: Path, root_keys: Path | None
) -> None:
    """
    Withdraw a key that others may have, and keep what it had really issued. Needs the root key.

    Whatever else is signed with it shows as withdrawn, however it is dated. The good certificates are signed again with
    another key, so that other verifiers accept them too. Call it again to go on where it was interrupted, or with a
    later day to take back certificates that were doubted and are good.
    """
    work = workplace(centre, keys_folder, root_keys=root_keys)
    found = find_key(work.record().keys, key)
    if not yes and found.state is not KeyState.COMPROMISED:
        question = f"Withdraw {found.fragment()}, the {found.role} key? This can never be undone"
        click.confirm(question, default=False, abort=True, err=True)
    day = since.date() if since else None
    if found.role is Role.STATUS:
        done = compromise_key(work, key, day, lambda _done, _of: None)
    else:
        with progress_bar("Signing again") as progress:
            done = compromise_key(work, key, day, progress)
    _echo_compromise(work, done)


@keys.command("list")
@centre_option
@keys_option
@root_keys_option
def list_keys(centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """Show every key, its role, its time, and whether its private part is on this machine."""
    work = workplace(centre, keys_folder, root_keys=root_keys)
    record = work.record()
    here = {key.id for key in work.store.key_files()}
    table = Table("key", "role", "state", "from", "until", "private part here")
    for key in record.keys.keys:
        times = (format_instant(key.start)[:10], format_instant(key.end)[:10])
        table.add_row(key.fragment(), str(key.role), str(key.state), *times, "yes" if key.id in here else "no")
    for root, state in ((record.keys.root_id, "active"), *((name, "former") for name in former_roots(record))):
        table.add_row(root.partition("#")[2], "root", state, "", "", "yes" if root in here else "no")
    Console(markup=False).print(table)


def _echo_retired(work: Workplace, change: KeyChange) -> None:
    for key in change.retired:
        click.echo(f"{key.fragment()} is retired: it signs no more, and what it signed stays good.")
        if not work.store.path_of(key.id).exists():
            click.echo(
                f"  It is not on this machine. Whoever has it needs another one: asnad keys new --role {key.role}"
            )
    _echo_roots_left(change.roots_left)


def _echo_root(work: Workplace, change: KeyChange) -> None:
    keys = change.record.keys
    former = [name.partition("#")[2] for name in former_roots(change.record)]
    click.echo(f"{keys.root_id.partition('#')[2]} is the root key now; its successor is made and announced.")
    click.echo(f"  root key to compare: {encode_public_key(keys.root_key)}")
    if work.store.root_folder:
        click.echo(f"  root keys: {work.store.root_folder} (copy the new one to the second drive)")
    else:
        click.echo(f"  private keys: {work.store.folder} (move the root keys back to the drive that is locked away)")
    for name in former:
        click.echo(f"  {name} signs keys.json too, so that whoever has pinned only that key can go on for now.")
        click.echo("  Give the new root key to other centres, and a new verifier.html to whoever has saved one.")
        click.echo(f"  When all have it, destroy {name} and its copies: the next keys.json is then signed without it.")
    _echo_roots_left(change.roots_left)


def _echo_roots_left(names: tuple[str, ...]) -> None:
    if not names:
        return
    left = " and ".join(name.partition("#")[2] for name in names)
    click.echo(f"keys.json is no longer signed by {left}. What breaks, for whoever has pinned nothing newer:")
    click.echo("  once they fetch the new keys.json, every certificate of this centre shows as cannot-check;")
    click.echo("  and whoever has stolen that key can still deceive them. So tell them now:")
    click.echo("  - a saved verifier.html, or another centre's verifier: give them a new one, or the new root key, in")
    click.echo("    person or by phone, not by a link alone")
    click.echo("  - this site's own pages know the new key as soon as they are built and published")
    click.echo("  - papers and links that were handed out stay as they are")


def _echo_compromise(work: Workplace, done: Compromise) -> None:
    click.echo(f"{done.key.fragment()} is withdrawn: keys.json marks it, and the did document no longer has it.")
    for key in done.made:
        click.echo(f"{key.fragment()} signs in its place until {format_instant(key.end)[:10]}.")
    if done.resigning is None:
        click.echo("Lists and manifest are signed with another key. Nobody could issue with the withdrawn one.")
    else:
        _echo_good(work, done, done.resigning)
    _echo_roots_left(done.roots_left)
    click.echo("Were other keys on the same machine, or under the same passphrase? Withdraw each of them.")
    _echo_afterwards(work)


def _echo_good(work: Workplace, done: Compromise, resigning: Resigning) -> None:
    good = counted(len(done.frozen), "certificate")
    click.echo(f"Good as before: {good} that it had really issued. All else that it signs is withdrawn.")
    if resigning.now or resigning.all:
        click.echo(f"{resigning.now} signed again now, {len(resigning.all)} in all; nothing that they say has changed.")
        click.echo("Old papers: their codes stay good with this centre's verifier.")
        click.echo("Old files and links: other verifiers and wallets refuse them now; the new ones are accepted.")
        click.echo(
            f"Tell {counted(len(resigning.all), 'learner')} of the new file and link, and write papers and links:"
        )
        for run in sorted({event.run for event in resigning.all}):
            click.echo(f"  asnad issue {run} --papers-only")
    hashes = sum(isinstance(event, Lost) for event in done.frozen)
    if hashes:
        click.echo(f"Known by the hash alone: {hashes}. The papers stay good here, other verifiers refuse them.")
    for event in resigning.erased:
        click.echo(f"  {event.serial}: all about it was erased; its paper stays good here, other verifiers refuse it.")
    if done.doubtful:
        _echo_doubtful(work, done)


def _echo_doubtful(work: Workplace, done: Compromise) -> None:
    tomorrow = day_at(work.clock(), work.catalogue.centre.time_zone) + timedelta(days=1)
    click.echo(f"In doubt: {len(done.doubtful)}. Until you have looked at each, it shows as key-withdrawn:")
    for event in done.doubtful:
        if isinstance(event, Issued):
            click.echo(f"  {event.serial}  {event.name}  issued {event.issued[:10]}")
        else:
            click.echo(f"  one of which only the hash is known, issued in {event.month}: {event.digest}")
    click.echo("Compare each with its register. Withdraw those that are false: asnad revoke SERIAL")
    click.echo(f"Then take the others back: asnad keys compromise {done.key.fragment()} --since {tomorrow}")


def _echo_afterwards(work: Workplace) -> None:
    click.echo("Now build and publish the site: asnad build. Then make a new backup: asnad backup")
    warn_of_old_lists(work)
