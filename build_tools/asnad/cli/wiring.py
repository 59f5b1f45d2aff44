"""What commands share: options, and the desk with the real clock, chance and passphrase prompt."""

from __future__ import annotations

import secrets
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from platformdirs import user_config_path

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.credentials.contexts import load_contexts
from asnad.desk.transaction import JOURNAL, locked
from asnad.desk.workplace import Workplace
from asnad.messages import read_messages
from asnad.signing.key_store import KeyStore, key_store

_Command = TypeVar("_Command", bound=Callable[..., Any])

KEYS_FOLDER = user_config_path("asnad") / "keys"


def centre_option(command: _Command) -> _Command:
    """Add ``--centre``."""
    return click.option(
        "--centre",
        "centre",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help="The centre's folder; the one you are in, unless named.",
    )(command)


def keys_option(command: _Command) -> _Command:
    """Add ``--keys``."""
    return click.option(
        "--keys",
        "keys_folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=KEYS_FOLDER,
        show_default=True,
        help="Folder of the private keys, outside the centre's folder.",
    )(command)


def root_keys_option(command: _Command) -> _Command:
    """Add ``--root-keys``."""
    return click.option(
        "--root-keys",
        "root_keys",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the root keys, such as a USB stick's; with the other keys, unless named.",
    )(command)


def now() -> int:
    """Read the clock, in seconds since 1970."""
    return int(time.time())


def store_of(folder: CentreFolder, catalogue: Catalogue, keys_folder: Path, root_keys: Path | None = None) -> KeyStore:
    """
    Find the centre's private keys.

    Args:
        folder: Of the centre.

        catalogue: For the did.

        keys_folder: As named on the command line.

        root_keys: The same, for root keys that lie apart.

    """
    return key_store(keys_folder, catalogue.centre.did, [folder.root], root_keys)


def ask_passphrase() -> bytes:
    """Ask for the passphrase without showing it; where nobody sits at a terminal, read a line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n").encode("utf-8")
    return str(click.prompt("Passphrase of the keys", hide_input=True, err=True)).encode("utf-8")


def once(ask: Callable[[], bytes]) -> Callable[[], bytes]:
    """
    Ask at the first call only; the keys of one laptop have one passphrase.

    Args:
        ask: Asks a person.

    """
    answer: list[bytes] = []

    def remembered() -> bytes:
        if not answer:
            answer.append(ask())
        return answer[0]

    return remembered


def finish_interrupted(folder: CentreFolder) -> bool:
    """
    Carry out what an interrupted command has left in the journal.

    Args:
        folder: Of the centre.

    Returns:
        Whether there was something.

    """
    if not (folder.credentials / JOURNAL).exists():
        return False
    with locked(folder.credentials):
        return True


def workplace(
    centre: Path,
    keys_folder: Path,
    passphrase: Callable[[], bytes] = ask_passphrase,
    *,
    root_keys: Path | None = None,
) -> Workplace:
    """
    Set up the desk.

    Args:
        centre: The centre's folder, or one inside.

        keys_folder: Folder of the private keys.

        passphrase: Asks for it.

        root_keys: Folder of the root keys, where these lie apart.

    """
    folder = CentreFolder.find(centre.resolve())
    finish_interrupted(folder)
    catalogue = folder.catalogue()
    return Workplace(
        folder=folder,
        catalogue=catalogue,
        store=store_of(folder, catalogue, keys_folder, root_keys),
        clock=now,
        passphrase=once(passphrase),
        contexts=load_contexts(),
        messages=read_messages(assets.message_files(), "credential", catalogue.centre.languages),
        new_uuid=lambda: str(uuid.uuid4()),
        random_below=secrets.randbelow,
    )
