"""``asnad move-domain``: the site goes to another address, and what was signed and printed stays good."""

from __future__ import annotations

from pathlib import Path

import click

from asnad.cli.build import build_site, echo_built
from asnad.cli.wiring import centre_option, keys_option, root_keys_option, workplace
from asnad.desk.moving import move_site
from asnad.desk.renewal import LIST_DAYS


@click.command("move-domain")
@click.argument("new_site", metavar="NEW")
@centre_option
@keys_option
@root_keys_option
def move_domain(new_site: str, centre: Path, keys_folder: Path, root_keys: Path | None) -> None:
    """
    Move the site to another address, such as https://new-name.example/. Needs the root key.

    The did stays, for certificates name it; new codes lead to the new address. The folder moved/ is for the host of the
    old one. Call it again to go on where it was interrupted. docs/moving.md tells what works where.
    """
    work = workplace(centre, keys_folder, root_keys=root_keys)
    keys = move_site(work, new_site).keys
    old_site = keys.sites[0]
    click.echo(f"keys.json, version {keys.version}, has the address {new_site} beside {old_site}.")
    click.echo("catalogue/centre.yml says moved_to, and new codes lead there. Commit it with credentials/public.")
    echo_built(build_site(work.folder, work.folder.root / "site"))
    click.echo(f"""
As long as the host of {old_site} serves the folder moved/, everything goes on:
  codes and links made before open {old_site}v/ and are checked there
  other verifiers find {keys.issuer}, its keys and its lists there
  put moved/ there again after every issue, revoke and refresh: lists run out after {LIST_DAYS} days

When that host ends, this stops working, and nobody can mend it:
  a phone's camera: a code made before opens an address that is gone
  other verifiers and wallets: they no longer find {keys.issuer}, which is in new certificates too
  links to pages below {old_site}

This goes on working without it:
  {new_site}v/ checks every certificate, old or new, whose file, link or digits are given to it
  so do asnad verify and verifier.html; keep them in an archive: asnad archive FOLDER

Whoever takes over the old name can put a page of their own where the old codes lead.
Keep the name for as long as certificates with such codes are about.""")
