"""``asnad trust``: the other issuers whose certificates this centre's pages judge."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from asnad.centre_folder import CentreFolder
from asnad.cli.wiring import centre_option, now
from asnad.desk.trust_list import (
    Offer,
    Renewal,
    add_issuer,
    not_listed,
    read_offer,
    refuse_offer,
    refuse_other_root,
    remove_issuer,
    renew_issuer,
    renewal,
)
from asnad.errors import AsnadError, FileError
from asnad.files import read_file
from asnad.instant import day_at, format_instant
from asnad.issuers.pack import MAX_PACK, PATH
from asnad.proofs.multikey import encode_public_key
from asnad.verification.trusted_issuer import TrustedIssuer

FETCH_SECONDS = 20
WHOLE_SECONDS = 300
"""For a pack of the largest size on a slow line."""
_CHUNK = 65_536
_GROUP = 4


@click.group()
def trust() -> None:
    """Choose the other issuers whose certificates this centre's pages judge."""


@trust.command()
@click.argument("source", metavar="URL|FILE")
@click.option("--root-key", metavar="KEY", help="The root key as you have it from the issuer, such as z6Mk…")
@click.option("--demonstration", is_flag=True, help="Take a demonstration, to try things out.")
@click.option("--yes", is_flag=True, help="Do not ask; only with --root-key.")
@centre_option
def add(source: str, root_key: str | None, demonstration: bool, yes: bool, centre: Path) -> None:
    """
    Trust another issuer: its site, the address of its pack.json, or that file from a stick.

    Compare the root key by telephone first: whoever has made the file has chosen the key in it. What is written lies
    in keys/trust; review it, and commit it.
    """
    if yes and root_key is None:
        raise click.UsageError("--yes: name the key that you have compared, with --root-key")
    folder = CentreFolder.find(centre.resolve())
    owner = folder.catalogue().centre
    offer = _offer(source)
    demonstration = demonstration or owner.demonstration
    refuse_offer(folder, owner.did, offer, demonstration=demonstration)
    _show_offer(offer)
    if root_key is not None:
        refuse_other_root(offer, root_key)
    if not yes:
        _ask_to_compare()
    add_issuer(folder, owner.did, offer, offer.root_key, day_at(now(), owner.time_zone), demonstration=demonstration)
    click.echo(f"{_names(offer.pack.names)} is on the list. Now: git add keys/trust, asnad build, asnad deploy.")
    click.echo(f"Its lists run out; until then, and every month: asnad trust refresh {offer.pack.did}")


@trust.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@centre_option
def list_issuers(as_json: bool, centre: Path) -> None:
    """List the other issuers that this centre trusts, and until when their lists hold."""
    folder = CentreFolder.find(centre.resolve())
    issuers = folder.trusted_issuers(folder.catalogue().centre.did)
    if as_json:
        click.echo(json.dumps([_as_json(issuer) for issuer in issuers], indent=2, ensure_ascii=False))
        return
    if not issuers:
        click.echo("This centre trusts nobody besides itself. To add an issuer: asnad trust add URL|FILE")
        return
    for issuer in issuers:
        record, end = issuer.record, issuer.published.runs_out()
        click.echo(f"{record.did}  {_names(record.names)}")
        if issuer.published.keys.demonstration:
            click.echo("  A DEMONSTRATION; none of its certificates is real")
        click.echo(f"  since {record.added.isoformat()}, from {record.source}")
        click.echo(f"  root key {' or '.join(encode_public_key(key) for key in record.root_keys)}")
        if end <= now():
            said = f"  lists ran out on {format_instant(end)}: asnad trust refresh {record.did}"
            click.echo(click.style(said, fg="yellow"))
        else:
            click.echo(f"  lists hold until {format_instant(end)}")


@trust.command()
@click.argument("did", required=False)
@click.argument("source", metavar="[URL|FILE]", required=False)
@click.option("--root-key", metavar="KEY", help="The new root key as you have it from the issuer, where it has one.")
@click.option("--yes", is_flag=True, help="Do not ask; a new root key is then pinned only with --root-key.")
@centre_option
def refresh(did: str | None, source: str | None, root_key: str | None, yes: bool, centre: Path) -> None:
    """
    Take the newest files of a trusted issuer, or of all of them, from where they came or from a file.

    The pinned root key stays. Files that take something back are refused. A root key that the issuer had announced is
    pinned once you have compared it.
    """
    folder = CentreFolder.find(centre.resolve())
    issuers = folder.trusted_issuers(folder.catalogue().centre.did)
    if did is None and root_key is not None:
        raise click.UsageError("--root-key: name the issuer whose key it is")
    chosen = [issuer for issuer in issuers if did in (None, issuer.record.did)]
    if did is not None and not chosen:
        raise not_listed(did)
    if not chosen:
        click.echo("This centre trusts nobody besides itself.")
    failed: list[AsnadError] = []
    for issuer in chosen:
        try:
            _refresh(folder, issuer, source, root_key, yes=yes)
        except AsnadError as error:
            # One issuer's site that does not answer must not keep the others' lists old.
            if did is not None:
                raise
            failed.append(error)
    for each in failed[:-1]:
        click.echo(f"asnad: {each.diagnostics()}", err=True)
    if failed:
        raise failed[-1]


@trust.command()
@click.argument("did")
@click.option("--yes", is_flag=True, help="Do not ask.")
@centre_option
def remove(did: str, yes: bool, centre: Path) -> None:
    """Trust an issuer no longer: its certificates then show as those of an unknown issuer."""
    folder = CentreFolder.find(centre.resolve())
    if not yes:
        click.confirm(f"Take {did} off the list", default=False, abort=True, err=True)
    remove_issuer(folder, did)
    click.echo(f"{did} is off the list. Now: git add keys/trust, asnad build, asnad deploy.")


def _refresh(
    folder: CentreFolder, issuer: TrustedIssuer, source: str | None, root_key: str | None, *, yes: bool
) -> None:
    record = issuer.record
    if source is None and not urlsplit(record.source).scheme:
        raise FileError(
            f"expected the issuer's newest file, got none: {record.source} was carried here",
            place=record.did,
            hint=f"ask for its asnad/pack.json, then: asnad trust refresh {record.did} FILE",
        )
    offer = _offer(source or record.source)
    change = renewal(issuer, offer)
    if not change.changed:
        click.echo(f"{record.did}: nothing new. {_held_until(offer)}")
        return
    pin = _may_pin(change, root_key, yes=yes)
    renew_issuer(folder, change, pin_new_root=pin)
    click.echo(f"{record.did}: {_names(offer.pack.names)}, as of {format_instant(offer.published.manifest.issued)}.")
    click.echo(_held_until(offer))
    if change.new_root and not pin:
        click.echo(f"It has announced another root key, which is not pinned yet: {change.new_root}")
        click.echo(f"Ring it, then: asnad trust refresh {record.did} --yes --root-key {change.new_root}")
    click.echo("Now: git add keys/trust, asnad build, asnad deploy.")


def _may_pin(change: Renewal, root_key: str | None, *, yes: bool) -> bool:
    """Tell whether a person has compared the root key that followed the pinned one."""
    if change.new_root is None:
        return False
    if root_key is not None:
        refuse_other_root(change.offer, root_key)
    if yes:
        return root_key is not None
    click.echo("The issuer has a new root key, which its former keys had announced.")
    _show_offer(change.offer)
    _ask_to_compare()
    return True


def _offer(source: str) -> Offer:
    try:
        names_file = not urlsplit(source).scheme or Path(source).exists()
    except (OSError, ValueError):  # An address may be longer than the name of a file, or be none.
        names_file = False
    if names_file:
        path = Path(source).resolve()
        return read_offer(read_file(path.parent, path.name, MAX_PACK), path.name)
    # Who names a site means its pack.
    address = source + PATH if source.endswith("/") else source
    return read_offer(_fetch(address), address)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses to be sent elsewhere: the person has named one address, and looks at that name."""

    def redirect_request(self, *_: Any) -> None:
        """Send no second request; what follows is an error with the status of the first."""


def _fetch(address: str) -> bytes:
    """Fetch the pack that the person named, over TLS; this machine itself may answer without."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise FileError(f"expected an address, got something else: {error}", place=address[:200]) from None
    local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise FileError("expected an https address or a file", place=address[:200])
    opener = urllib.request.build_opener(_NoRedirect)
    deadline = time.monotonic() + WHOLE_SECONDS
    data = bytearray()
    try:
        with opener.open(address, timeout=FETCH_SECONDS) as answer:
            while chunk := answer.read(_CHUNK):
                data += chunk
                if len(data) > MAX_PACK:
                    raise FileError(f"expected at most {MAX_PACK} bytes, got more", place=address[:200])
                if time.monotonic() > deadline:
                    raise FileError(f"expected an answer within {WHOLE_SECONDS} seconds", place=address[:200])
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise FileError(
            f"could not be fetched: {reason}",
            place=address[:200],
            hint="try again, or ask the issuer for the file and name that instead",
        ) from None
    return bytes(data)


def _show_offer(offer: Offer) -> None:
    keys, pack = offer.published.keys, offer.pack
    host = urlsplit(offer.source).hostname
    click.echo(f"issuer:         {_names(pack.names)}")
    click.echo(f"did:            {pack.did}")
    click.echo(f"its addresses:  {' '.join(keys.sites)}")
    click.echo(f"from:           {offer.source}")
    if host is not None and host not in {urlsplit(site).hostname for site in keys.sites}:
        click.echo("                WARNING: this is none of its own addresses")
    click.echo(f"keys:           version {keys.version}, signed {format_instant(keys.issued)}")
    click.echo(f"lists:          {_held_until(offer)}")
    if keys.demonstration:
        click.echo("                WARNING: A DEMONSTRATION; none of its certificates is real")
    click.echo(f"root key:       {offer.root_key}")
    click.echo(f"  to read out:  {_grouped(offer.root_key)}")


def _held_until(offer: Offer) -> str:
    end = offer.published.runs_out()
    if end <= now():
        return f"WARNING: its lists ran out on {format_instant(end)}; its certificates show as not up to date"
    return f"Its lists hold until {format_instant(end)}."


def _ask_to_compare() -> None:
    click.echo(
        "\nAnyone can make such a file. Ring the issuer, on a number that you know from elsewhere, "
        "and let them read\nthe root key from their own keys/own.json to you."
    )
    click.confirm("Is it this root key, letter for letter", default=False, abort=True, err=True)


def _grouped(key: str) -> str:
    return " ".join(key[start : start + _GROUP] for start in range(0, len(key), _GROUP))


def _names(names: tuple[str, ...]) -> str:
    return " / ".join(names)


def _as_json(issuer: TrustedIssuer) -> dict[str, object]:
    record = issuer.record
    end = issuer.published.runs_out()
    return {
        "did": record.did,
        "names": list(record.names),
        "rootKeys": [encode_public_key(key) for key in record.root_keys],
        "source": record.source,
        "added": record.added.isoformat(),
        "listsHoldUntil": format_instant(end),
        "ranOut": end <= now(),
        "demonstration": issuer.published.keys.demonstration,
    }
