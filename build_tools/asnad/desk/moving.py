"""
Moving the site to another address: what is signed keeps its ids, and the new address is signed as the centre's own.

The did and all ids below it stay for ever. keys.json lists the new address beside the old one, centre.yml says where
the site is served and where new codes lead, and the old host goes on serving what lies under the old address.
"""

from __future__ import annotations

import re
from dataclasses import replace

from asnad.catalogue.addresses import site_address
from asnad.catalogue.centre import Centre
from asnad.catalogue.reading import read_catalogue
from asnad.centre_folder import CENTRE_FILE, CentreFolder
from asnad.desk.keys_publication import open_roots, publish_from_desk
from asnad.desk.renewal import signing_moment
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import AsnadError, FileError, IssuingError
from asnad.files import write_file
from asnad.status.public_record import PublicRecord

VERIFIER = "v/"


def move_site(work: Workplace, new_site: str) -> PublicRecord:
    """
    List the new address in keys.json, and have centre.yml say it; called again, it goes on where it was interrupted.

    Args:
        work: The desk; its store holds the root key now.

        new_site: Where the site will be served, ending in ``/``.

    Raises:
        IssuingError: The address cannot be the new one.

        FileError: centre.yml is not written so that the lines can be put in; nothing was changed.

        SigningError: A key cannot be opened.

    """
    centre = work.catalogue.centre
    _check_address(centre, new_site)
    changed = centre_file_after(work.folder, centre, new_site)
    with locked(work.folder.credentials):
        record = work.record()
        if new_site not in record.keys.sites:
            at = signing_moment(record, work.clock())
            keys = replace(record.keys, sites=(*record.keys.sites, new_site))
            record = publish_from_desk(work, record, keys, open_roots(work, record), at)
        # Only now may pages and codes name the address: keys.json, which people compare it with, has it.
        write_file(work.folder.root, CENTRE_FILE, changed)
    return record


def centre_file_after(folder: CentreFolder, centre: Centre, new_site: str) -> bytes:
    """
    Write centre.yml as it is after the move; its comments and all other lines stay.

    Args:
        folder: Of the centre.

        centre: As it reads now.

        new_site: Where the site will be served.

    Raises:
        FileError: The lines cannot be put in without touching something else.

    """
    files = folder.catalogue_files()
    text = files["centre.yml"].decode("utf-8")
    changed = with_address(text, new_site).encode("utf-8")
    expected = replace(centre, moved_to=new_site, verifier=new_site + VERIFIER)
    try:
        fits = read_catalogue(files | {"centre.yml": changed}).centre == expected
    except AsnadError:
        fits = False
    if not fits:
        raise FileError(
            "expected one line that begins with verifier:, in which the new address can be written",
            place=CENTRE_FILE,
            hint=f"write these two lines yourself, then call the command again: "
            f"moved_to: {new_site} and verifier: {new_site}{VERIFIER}",
        )
    return changed


def with_address(text: str, new_site: str) -> str:
    """
    Put the new address into the text of centre.yml, line by line.

    Args:
        text: Of centre.yml.

        new_site: Where the site will be served.

    """
    text = re.sub(r"(?m)^(verifier:[ \t]*)[^\s#]+", lambda line: f"{line[1]}{new_site}{VERIFIER}", text)
    moved, lines = re.subn(r"(?m)^(moved_to:[ \t]*)[^\s#]+", lambda line: f"{line[1]}{new_site}", text)
    if lines:
        return moved
    return re.sub(r"(?m)^(verifier:.*?)(\r?)$", lambda line: f"{line[1]}{line[2]}\nmoved_to: {new_site}{line[2]}", text)


def _check_address(centre: Centre, new_site: str) -> None:
    if site_address(new_site) is None:
        raise IssuingError(
            "expected an address that begins with https:// and ends in /",
            place=new_site[:200],
            hint="such as https://new-name.example/",
        )
    if new_site == centre.site:
        raise IssuingError(
            "expected another address than that of the did, which certificates name for ever",
            place=new_site,
            hint="to come back to it, take the line moved_to out of centre.yml and write its verifier there",
        )
