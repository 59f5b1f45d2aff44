"""The sheet that is put away beside a backup: what a person needs who finds it, and each encrypted key as a code."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from asnad.carriers.qr_code import draw_qr_code
from asnad.desk.backup import private_key_file
from asnad.desk.backup_record import Backup
from asnad.desk.workplace import Workplace
from asnad.instant import day_at
from asnad.messages import Messages
from asnad.proofs.multikey import encode_public_key
from asnad.signing.key_file import KeyFile
from asnad.site.stationery import Stationery, Words, font_face

BACKUP_SHEET = "private/out/backup-sheet.html"
"""Path below ``credentials/``, unless another is named."""
GROUP = 8
MAX_CODE_VERSION = 30
"""At 0.7 mm a module that is 102 mm wide; the key file of a did of 300 letters still fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetKey:
    """An encrypted key file on paper."""

    key: KeyFile
    file_name: str
    groups: tuple[str, ...]
    """The text of the file, cut into groups; nothing stands between them."""
    sha256: str
    """Of the file, in hexadecimal."""
    code: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSide:
    """What is said in one language."""

    words: Words
    centre: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSheet:
    """Everything that is on the sheet, in every language of the centre."""

    sides: tuple[SheetSide, ...]
    did: str
    contact: str
    files: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each copy."""
    root_key: str
    next_root_digest: str
    keys: tuple[SheetKey, ...]
    folder: str
    """Name of the folder of the key files."""


def backup_sheet(work: Workplace, backup: Backup, messages: Mapping[str, Messages]) -> BackupSheet:
    """
    Put together the sheet of a backup.

    Args:
        work: The desk.

        backup: As it was made.

        messages: Section ``backup`` for each language of the centre.

    Raises:
        IssuingError: What was published is damaged, or a key file does not fit a code.

    """
    keys, centre = work.record().keys, work.catalogue.centre
    day = day_at(backup.made, centre.time_zone)
    sides = tuple(
        SheetSide(
            words=Words(language, messages[language]),
            centre=centre.name_on(day).shown_in(language)[0],
            day=messages[language].day(day),
        )
        for language in centre.languages
    )
    return BackupSheet(
        sides=sides,
        did=work.store.did,
        contact=", ".join(filter(None, (centre.contact.phone, centre.contact.email))),
        files=tuple((copy.file.replace("\\", "/").rpartition("/")[2], copy.sha256) for copy in backup.copies),
        root_key=encode_public_key(keys.root_key),
        next_root_digest=keys.next_root_digest.hex(),
        keys=tuple(_key(work, key, sides[0].words) for key in work.store.key_files()),
        folder=work.store.folder.name,
    )


def draw_backup_sheet(sheet: BackupSheet, stationery: Stationery) -> str:
    """
    Draw the sheet as a file to print: A4, a page for each language, and the keys.

    Args:
        sheet: What is on it.

        stationery: Templates and fonts.

    Returns:
        A standalone HTML file that loads nothing.

    Raises:
        PublicationError: A sentence is missing from the messages.

    """
    environment = stationery.environment
    fonts = font_face("Asnad Naskh", stationery.fonts.naskh) + font_face(
        "Asnad Naskh", stationery.fonts.naskh_bold, 700
    )
    rtl = any(side.words.messages.direction == "rtl" for side in sheet.sides)
    style = (fonts if rtl else "") + environment.get_template("backup.css").render()
    digest = base64.b64encode(sha256(style.encode()).digest()).decode("ascii")
    return environment.get_template("backup.html").render(
        sheet=sheet,
        style=Markup(style),  # noqa: S704 - our own style file, no value of a centre in it
        style_hash=f"sha256-{digest}",
    )


def _key(work: Workplace, key: KeyFile, words: Words) -> SheetKey:
    file = private_key_file(work.store, key.id)
    text = file.data.decode("ascii")
    name = file.path.rpartition("/")[2]
    svg = draw_qr_code(text, max_version=MAX_CODE_VERSION).to_svg(title=words.messages.text("keys.code", name=name))
    return SheetKey(
        key=key,
        file_name=name,
        groups=tuple(text[start : start + GROUP] for start in range(0, len(text), GROUP)),
        sha256=sha256(file.data).hexdigest(),
        code=Markup(svg),  # noqa: S704 - the title is escaped where it is drawn
    )
