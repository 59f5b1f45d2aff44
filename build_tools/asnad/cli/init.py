"""``asnad init``: a folder for a centre of one's own, ready for Git and for the first certificate."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from asnad import __version__, assets
from asnad.catalogue.json_schemas import editor_files
from asnad.catalogue.reading import read_catalogue
from asnad.cli.wiring import now
from asnad.desk.centre_templates import COMMON, EXECUTABLE, centre_files
from asnad.desk.new_centre import (
    Answers,
    GitHost,
    NewCentre,
    is_country,
    only_time_zone,
    read_answers,
    tidied,
    wrong_answer,
    wrong_languages,
)
from asnad.errors import CatalogueErrors, FileError
from asnad.files import read_tree, write_file
from asnad.instant import day_at
from asnad.messages import read_messages

MAX_TEMPLATE = 65_536
CATALOGUE = "catalogue"
MAY_BE_THERE = {".git"}
"""An empty repository that was cloned from its host is as good as an empty folder."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The centre's name, in Latin letters.")
@click.option("--name-urdu", default="", help="And in Urdu, where the site is in Urdu too.")
@click.option("--domain", help="Where the site will be: skills.example, or user.github.io/skills. It can never change.")
@click.option("--country", help="Two letters of ISO 3166, such as PK.")
@click.option("--city", default="", help="Town where courses are held; it stands in certificates.")
@click.option("--language", "languages", multiple=True, help="Such as en; repeat it for each, the main one first.")
@click.option("--time-zone", help="Such as Asia/Karachi; found by the country where it has only one.")
@click.option("--phone", help="Number to ring about a certificate.")
@click.option("--email", help="Address to write to about a certificate.")
@click.option("--serial-prefix", help="Serials begin with it, such as CSC.")
@click.option("--signatory", default="", help="Who signs certificates; the name of a person.")
@click.option(
    "--host",
    type=click.Choice([str(host) for host in GitHost]),
    help="Where the repository will be; publishing is set up for it.",
)
@click.option("--requirement", help="What the host installs to build the site; this version of Asnad unless named.")
@click.option("--repository", type=click.Choice(["public", "private"]), help="Who can read it: everyone, or members.")
def init(
    folder: Path,
    name: str | None,
    name_urdu: str,
    domain: str | None,
    country: str | None,
    city: str,
    languages: tuple[str, ...],
    time_zone: str | None,
    phone: str | None,
    email: str | None,
    serial_prefix: str | None,
    signatory: str,
    host: str | None,
    requirement: str | None,
    repository: str | None,
) -> None:
    """Make the folder of a centre of your own; it asks for whatever you leave out."""
    folder = folder.resolve()
    _refuse_filled(folder)
    options = {
        "name": name,
        "name-urdu": name_urdu,
        "domain": domain,
        "country": country,
        "city": city,
        "time-zone": time_zone,
        "phone": phone,
        "email": email,
        "serial-prefix": serial_prefix,
        "signatory": signatory,
    }
    given = {option: tidied(option, text) for option, text in options.items() if text}
    _refuse_wrong(given, languages)
    name = given.get("name") or _ask("Name of the centre, in Latin letters", "name")
    domain = given.get("domain") or _ask(
        "Address of the site, such as skills.example or user.github.io/skills", "domain"
    )
    country = given.get("country") or _ask("Country, two letters such as PK", "country")
    languages = languages or _language_words(
        _ask(f"Languages, the first first ({', '.join(_offered())})", "language", "en")
    )
    if "ur" in languages:
        name_urdu = given.get("name-urdu") or _ask_person("Name of the centre in Urdu", "name-urdu")
    centre = read_answers(
        Answers(
            name=name,
            name_urdu=name_urdu.strip(),
            domain=domain,
            country=country,
            city=given.get("city") or _ask_person("Town where courses are held", "city"),
            languages=languages,
            time_zone=given.get("time-zone") or _time_zone(country),
            phone=given.get("phone") or _ask("Phone", "phone"),
            email=given.get("email") or _ask("E-mail", "email"),
            serial_prefix=given.get("serial-prefix") or _ask("Beginning of serials, such as CSC", "serial-prefix"),
            signatory=given.get("signatory") or _ask_person("Who signs certificates", "signatory"),
            host=GitHost(host or _ask_one_of("Git host", [str(host) for host in GitHost], "none")),
            repository_private=(
                repository or _ask_one_of("Who can read the repository", ["public", "private"], "public")
            )
            == "private",
        ),
        _offered(),
    )
    requirement = requirement or _origin() or f"asnad=={__version__}"
    starter = read_messages(assets.message_files(), "starter", centre.languages)
    files = centre_files(centre, _templates(centre.host), day_at(now(), centre.time_zone), requirement, starter)
    files |= editor_files()
    # The reader of the catalogue has the last word on what was answered, before anything is written.
    read_catalogue(
        {path.removeprefix("catalogue/"): data for path, data in files.items() if path.startswith("catalogue/")}
    )
    _write(folder, files)
    _echo_next(folder, centre, requirement)


def _refuse_filled(folder: Path) -> None:
    if folder.is_dir():
        found = sorted(path.name for path in folder.iterdir() if path.name not in MAY_BE_THERE)
        if found:
            raise FileError(
                f"expected a new or empty folder, found {found[0]} in it", place=str(folder), hint="name another folder"
            )
    elif folder.exists() or folder.is_symlink():
        raise FileError("expected a new or empty folder, found a file", place=str(folder), hint="name another folder")


def _offered() -> list[str]:
    return [path.stem for path in sorted(assets.messages_dir().glob("*.json"))]


def _refuse_wrong(given: dict[str, str], languages: tuple[str, ...]) -> None:
    """Refuse a wrong option before anything is asked, lest the answers be lost for it."""
    errors = [error for option, text in given.items() for error in wrong_answer(option, text)]
    errors += wrong_languages(languages, _offered()) if languages else ()
    if errors:
        raise CatalogueErrors(tuple(errors))


def _templates(host: GitHost) -> dict[str, bytes]:
    parts = (COMMON,) if host is GitHost.NONE else (COMMON, str(host))
    folder = assets.new_centre_dir()
    return {f"{part}/{path}": data for part in parts for path, data in read_tree(folder, part, MAX_TEMPLATE).items()}


def _ask(question: str, option: str, default: str | None = None) -> str:
    """Ask what must be answered; where nobody answers, name the option that does."""
    try:
        return _prompt(question, option, default=default)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        if default is not None:
            return default
        raise click.UsageError(f"expected --{option}, got none, and nobody to ask") from None


def _time_zone(country: str) -> str:
    """Ask only where the country has several; one that does not exist is told by whoever reads the answers."""
    if not is_country(country):
        return "UTC"
    return only_time_zone(country) or _ask("Time zone, such as Asia/Karachi", "time-zone")


def _ask_one_of(question: str, words: list[str], default: str) -> str:
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(question, type=click.Choice(words), default=default, err=True))


def _ask_person(question: str, option: str) -> str:
    """Ask what may be left out; nobody is waited for who is not there."""
    if not sys.stdin.isatty():
        return ""
    return _prompt(f"{question} (may be left empty)", option, default="", show_default=False)


def _prompt(question: str, option: str, **how: Any) -> str:
    """Ask, and ask a person again until the answer has its form; a program is told of all its answers at once."""

    def answer(text: str) -> str:
        text = tidied(option, text)
        if sys.stdin.isatty():
            found = _language_words(text)
            errors = wrong_languages(found, _offered()) if option == "language" else wrong_answer(option, text)
            if errors:
                hints = (f"\n  hint: {error.hint}" if error.hint else "" for error in errors)
                told = (f"{error.message}{hint}" for error, hint in zip(errors, hints, strict=True))
                raise click.UsageError("\n".join(told))
        return text

    return str(click.prompt(question, value_proc=answer, err=True, **how))


def _language_words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _origin() -> str | None:
    """Say where this very version was got with Git, as pip takes it; nothing where it came in another way."""
    try:
        installed = json.loads(importlib.metadata.distribution("asnad").read_text("direct_url.json") or "{}")
        vcs = installed["vcs_info"]
        return f"asnad @ {vcs['vcs']}+{installed['url']}@{vcs['commit_id']}"
    except (importlib.metadata.PackageNotFoundError, KeyError, ValueError, TypeError):
        return None


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write beside the place and move it there whole; the catalogue, which makes it a centre, comes last."""
    part = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".part", dir=folder.parent))
        part.chmod(0o755)
        for path, data in files.items():
            write_file(part, path, data, durable=False)
            if path.startswith(EXECUTABLE):
                (part / path).chmod(0o755)
        if folder.exists():
            for entry in sorted(part.iterdir(), key=lambda entry: entry.name == CATALOGUE):
                entry.rename(folder / entry.name)
        else:
            part.rename(folder)
    except OSError as error:
        raise FileError(f"cannot be made: {error.strerror}", place=str(folder), hint="name another folder") from None
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)


def _echo_next(folder: Path, centre: NewCentre, requirement: str) -> None:
    click.echo(f"Made {folder} for {centre.names[0][1]}, {centre.did}")
    click.echo(f"  its site will be {centre.site}, and its codes open {centre.site}v/: for ever, so be sure of it")
    click.echo("  mend what is marked in catalogue/centre.yml; README.md tells the way to the first certificate")
    if centre.host is not GitHost.NONE:
        click.echo(
            f"  its pipeline installs {requirement}, as requirements.txt says; mend it there if it comes from elsewhere"
        )
    click.echo(f"Next: asnad keys ceremony --centre {folder}")
