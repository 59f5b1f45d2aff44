"""``asnad keys``: the ceremony, a new key, the list."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from asnad.catalogue.centre import Centre
from asnad.centre_folder import CentreFolder
from asnad.cli.wiring import centre_option, keys_option, now, store_of, workplace
from asnad.credentials.contexts import load_contexts
from asnad.desk.founding import ISSUING_DAYS, STATUS_DAYS, found_issuer
from asnad.desk.new_key import make_new_key
from asnad.instant import format_instant
from asnad.issuers.keys_file import KeysFile, Role
from asnad.proofs.multikey import encode_public_key
from asnad.signing.ceremony import new_passphrase


@click.group()
def keys() -> None:
    """Make, add and list the centre's keys."""


@keys.command()
@centre_option
@keys_option
def ceremony(centre: Path, keys_folder: Path) -> None:
    """Make the first keys of a centre: root, next root, issuing and status."""
    folder = CentreFolder.find(centre.resolve())
    catalogue = folder.catalogue()
    store = store_of(folder, catalogue, keys_folder)
    passphrase = choose_passphrase()
    click.echo("Making four keys; each is locked with the passphrase, which takes some seconds ...", err=True)
    made = found_issuer(folder, catalogue.centre, store, passphrase, now(), load_contexts())
    echo_ceremony(made, catalogue.centre, store.folder)


@keys.command()
@click.option("--role", type=click.Choice([str(role) for role in Role]), default="issuing", show_default=True)
@centre_option
@keys_option
def new(role: str, centre: Path, keys_folder: Path) -> None:
    """Make a key for the next year; what older keys signed stays good. Needs the root key."""
    work = workplace(centre, keys_folder)
    made = make_new_key(work, Role(role))
    key = made.keys[-1]
    click.echo(f"{key.id} signs from now until {format_instant(key.end)[:10]}. Build and publish the site.")


@keys.command("list")
@centre_option
@keys_option
def list_keys(centre: Path, keys_folder: Path) -> None:
    """Show every key, its role, its time, and whether its private part is on this machine."""
    work = workplace(centre, keys_folder)
    record = work.record()
    here = {key.id for key in work.store.key_files()}
    table = Table("key", "role", "state", "from", "until", "private part here")
    for key in record.keys.keys:
        times = (format_instant(key.start)[:10], format_instant(key.end)[:10])
        table.add_row(key.fragment(), str(key.role), str(key.state), *times, "yes" if key.id in here else "no")
    table.add_row(
        record.keys.root_id.partition("#")[2], "root", "active", "", "", "yes" if record.keys.root_id in here else "no"
    )
    Console(markup=False).print(table)


def choose_passphrase() -> bytes:
    """Ask twice for a new passphrase, or make one."""
    chosen = click.prompt(
        "New passphrase (leave empty to have one made)", hide_input=True, default="", show_default=False, err=True
    )
    if chosen:
        again = click.prompt("The same again", hide_input=True, err=True)
        if chosen != again:
            raise click.UsageError("the two passphrases are not the same; nothing was made")
        return str(chosen).encode("utf-8")
    made = new_passphrase()
    click.echo(f"\nYour passphrase: {made}\nWrite it on paper now. Nobody can recover it.\n", err=True)
    if click.prompt("Type it in from the paper", hide_input=True, err=True) != made:
        raise click.UsageError("that is another passphrase; nothing was made")
    return made.encode("utf-8")


def echo_ceremony(made: KeysFile, centre: Centre, store: Path) -> None:
    """
    Say what a ceremony has made and what to do now.

    Args:
        made: keys.json as signed.

        centre: As the catalogue says.

        store: Where the private keys lie.

    """
    click.echo(f"Keys of {centre.did}")
    click.echo(f"  private keys: {store} (move root and root-next to a USB stick that is locked away)")
    click.echo(f"  root key to compare: {encode_public_key(made.root_key)}")
    click.echo(
        f"  issuing key good for {ISSUING_DAYS} days, status key for {STATUS_DAYS}; add new ones: asnad keys new"
    )
    click.echo("  signed: keys.json, did.json, status list 1, manifest (in credentials/public; commit them)")
