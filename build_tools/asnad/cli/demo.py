"""``asnad demo``: the example centre through every step that a real centre takes, and its site served."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import qrcode
from nacl.pwhash import argon2id

from asnad import assets
from asnad.catalogue.run import Run
from asnad.centre_folder import CentreFolder
from asnad.cli.build import DEFAULT_PORT, build_site, echo_built
from asnad.cli.ceremony import echo_ceremony
from asnad.cli.issue import echo_summary, issue_with_progress, papers_with_progress
from asnad.cli.server import SiteServer, lan_address, local_address
from asnad.cli.wiring import KEYS_FOLDER, now, store_of, workplace
from asnad.credentials.contexts import load_contexts
from asnad.desk.demonstration import make_states
from asnad.desk.founding import found_issuer
from asnad.desk.papers import credential_view
from asnad.desk.registers import issued_in, keep_register, review_register
from asnad.desk.renewal import WARNING_DAYS, days_left
from asnad.desk.spreadsheet import MAX_BYTES
from asnad.desk.withdrawing import refresh
from asnad.desk.workplace import Workplace
from asnad.errors import FileError
from asnad.files import read_file, read_tree, write_file
from asnad.signing.key_file import KeyCost
from asnad.site.demonstration_page import FOLDER
from asnad.site.issuer_reading import read_demonstration

PASSPHRASE = b"demonstration passphrase, known to everyone"
"""Published on purpose: keys.json of a demonstration says what it is, and every verdict on it too."""
COST = KeyCost(operations=argon2id.OPSLIMIT_MIN, memory=argon2id.MEMLIMIT_MIN)
"""Of one guess at the passphrase; nobody has to guess what everybody knows."""
SHOWN_RUN = "officers-finance-admin-egov-b34"
"""Of its certificates some are withdrawn, replaced and altered, to show the answers of the verifier."""
REGISTERS = "credentials/example-registers"
MAX_EXAMPLE_FILE = 5_000_000
COPIED = ("catalogue", REGISTERS)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option("--no-serve", is_flag=True, help="Stop when the site is built.")
@click.option("--lan", is_flag=True, help="Serve the local network, so that a phone can try it.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65_535))
def demo(folder: Path, no_serve: bool, lan: bool, port: int) -> None:
    """Take the example centre into FOLDER, make keys, issue, build and serve; called again, it goes on."""
    address = lan_address(port) if lan else local_address(port)
    folder = folder.resolve()
    centre = _take_example(folder, f"{address}v/")
    keys_folder = (
        KEYS_FOLDER.parent / "demonstrations" / f"{folder.name}-{sha256(str(folder).encode()).hexdigest()[:8]}"
    )
    _ceremony(centre, keys_folder)
    work = workplace(centre.root, keys_folder, lambda: PASSPHRASE)
    runs = _issue(work)
    _make_states(work)
    examples = _print_papers(work, runs)
    click.echo("Building the site ...", err=True)
    built = build_site(centre, folder / "site")
    echo_built(built)
    _echo_addresses(address, built.folder, examples)
    if no_serve:
        click.echo(f"To look at it: asnad serve --centre {folder} --port {port}")
        return
    with SiteServer(built.folder, "0.0.0.0" if lan else "127.0.0.1", port) as server:  # noqa: S104  # --lan asks for it.
        if lan:
            click.echo("Scan this with a phone in the same network:")
            _print_code(address)
        click.echo(f"Serving {address} (Ctrl-C ends)")
        server.serve_until_interrupted()


def _take_example(folder: Path, verifier: str) -> CentreFolder:
    """Copy the example centre, and let its codes open the served address."""
    example = assets.example_dir()
    if folder.exists() and any(folder.iterdir()) and not (folder / "catalogue" / "centre.yml").is_file():
        raise FileError(
            "expected an empty or new folder, or an earlier demonstration", place=str(folder), hint="name another"
        )
    if not (folder / "catalogue" / "centre.yml").is_file():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"cannot be made: {error.strerror}", place=str(folder), hint="name another") from None
        for part in COPIED:
            for path, data in read_tree(example, part, MAX_EXAMPLE_FILE).items():
                write_file(folder, f"{part}/{path}", data, durable=False)
        write_file(folder, "mkdocs.yml", read_file(example, "mkdocs.yml", MAX_EXAMPLE_FILE), durable=False)
    centre = CentreFolder.find(folder)
    if not centre.catalogue().centre.demonstration:
        raise FileError("expected demonstration: true, found a real centre", place="catalogue/centre.yml")
    text = read_file(folder, "catalogue/centre.yml", MAX_EXAMPLE_FILE).decode("utf-8")
    changed, lines = re.subn(r"(?m)^verifier:.*$", f"verifier: {verifier}", text)
    if lines != 1:
        raise FileError("expected one line verifier:", place="catalogue/centre.yml")
    write_file(folder, "catalogue/centre.yml", changed.encode("utf-8"))
    return centre


def _ceremony(centre: CentreFolder, keys_folder: Path) -> None:
    if centre.optional("public/asnad/keys.json"):
        return
    catalogue = centre.catalogue()
    store = store_of(centre, catalogue, keys_folder)
    click.echo(f"Key ceremony, with the published passphrase “{PASSPHRASE.decode()}” ...", err=True)
    made = found_issuer(centre, catalogue.centre, store, PASSPHRASE, now(), load_contexts(), COST)
    echo_ceremony(made, catalogue.centre, store)


def _issue(work: Workplace) -> list[Run]:
    """Import and issue every run that has a register here."""
    issued = []
    for path in sorted((work.folder.root / REGISTERS).glob("*.*")):
        run = next((run for run in work.catalogue.runs if run.id == path.stem), None)
        if run is None:
            continue
        content = read_file(path.parent, path.name, MAX_BYTES)
        keep_register(work, review_register(work, run.id, path.name, content))
        echo_summary(issue_with_progress(work, run.id))
        issued.append(run)
    return issued


def _make_states(work: Workplace) -> None:
    """Make what demo/ shows, once; and sign lists that run out anew, for without them it would show one answer."""
    if not read_demonstration(work.folder):
        click.echo("Making a certificate for each answer of the verifier ...", err=True)
        with TemporaryDirectory() as scratch:
            make_states(work, SHOWN_RUN, CentreFolder(Path(scratch) / "neighbour"), COST)
    elif days_left(work.record(), work.clock()) < WARNING_DAYS:
        refresh(work)


def _print_papers(work: Workplace, runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Write the papers of runs; give a label and address for one certificate of each."""
    examples = []
    for run in runs:
        papers = papers_with_progress(work, run.id)
        for first in issued_in(work, run)[:1]:
            view = credential_view(work, work.record(), first)
            examples.append((f"{first.serial} {first.name}", view.unsigned.link_url))
        click.echo(f"  papers: {work.folder.credentials / papers / 'all.html'}")
    return examples


def _echo_addresses(address: str, site: Path, examples: list[tuple[str, str]]) -> None:
    say: Callable[[str], None] = click.echo
    say("\nOpen:")
    say(f"  the catalogue      {address}")
    say(f"  in Urdu            {address}ur/")
    page = next(iter(sorted(site.glob("c/??/*.html"))), None)
    if page is not None:
        say(f"  a certificate      {address}{page.relative_to(site).as_posix()}")
    say(f"  the verifier       {address}v/")
    say(f"  every answer       {address}{FOLDER}")
    for label, link in examples:
        say(f"  check {label}:\n    {link}")
    say("Every certificate of the demonstration says that it is one.")


def _print_code(address: str) -> None:
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    code.print_ascii(invert=True)
