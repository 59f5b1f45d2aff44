"""What people are asked and told at a key ceremony."""

from __future__ import annotations

import sys
from typing import Any

import click

from asnad.catalogue.centre import Centre
from asnad.desk.founding import ISSUING_DAYS, STATUS_DAYS
from asnad.errors import SigningError
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.multikey import encode_public_key
from asnad.signing.ceremony import new_passphrase
from asnad.signing.key_file import check_passphrase
from asnad.signing.key_store import KeyStore


def choose_passphrase() -> bytes:
    """Ask twice for a new passphrase, or make one; where nobody sits at a terminal, read two lines of the input."""
    if not sys.stdin.isatty():
        chosen, again = (sys.stdin.readline().rstrip("\r\n").encode("utf-8") for _ in range(2))
        check_passphrase(chosen)
        if chosen != again:
            raise click.UsageError("the two passphrases are not the same; nothing was made")
        return chosen
    while typed := str(_ask_hidden("New passphrase (leave empty to have one made)", default="", show_default=False)):
        try:
            check_passphrase(typed.encode("utf-8"))
        except SigningError as error:
            click.echo(f"asnad: {error.diagnostics()}", err=True)
            continue
        if typed == _ask_hidden("The same again"):
            return typed.encode("utf-8")
        click.echo("asnad: the two passphrases are not the same; choose once more", err=True)
    made = new_passphrase()
    click.echo(f"\nYour passphrase: {made}\nWrite it on paper now. Nobody can recover it.\n", err=True)
    if _ask_hidden("Type it in from the paper") != made:
        raise click.UsageError("that is another passphrase; nothing was made")
    return made.encode("utf-8")


def echo_ceremony(made: KeysFile, centre: Centre, store: KeyStore) -> None:
    """
    Say what a ceremony has made and what to do now.

    Args:
        made: keys.json as signed.

        centre: As the catalogue says.

        store: Where the private keys lie.

    """
    click.echo(f"Keys of {centre.did}")
    if store.root_folder:
        click.echo(f"  root keys: {store.root_folder} (copy both to a second drive, and lock the two away)")
        click.echo(f"  other private keys: {store.folder}")
    else:
        click.echo(f"  private keys: {store.folder} (move root and root-next to a USB stick that is locked away)")
    click.echo(f"  root key to compare: {encode_public_key(made.root_key)}")
    click.echo(
        f"  issuing key good for {ISSUING_DAYS} days, status key for {STATUS_DAYS}; change them: asnad keys rotate"
    )
    click.echo("  signed: keys.json, did.json, status list 1, manifest (in credentials/public; commit them)")


def _ask_hidden(question: str, **how: Any) -> Any:
    return click.prompt(question, hide_input=True, err=True, **how)
