"""What is handed to learners: a paper and pictures for each, all papers for the printer, and a list of links."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from asnad.catalogue.run import Run
from asnad.credentials.baking import unbake
from asnad.desk.ledger import PRIVATE, Issued, Reprinted, ended, private_line
from asnad.desk.register import RegisterRow
from asnad.desk.registers import issued_in, kept_decisions, learner_key
from asnad.desk.resigning import doubted
from asnad.desk.transaction import locked
from asnad.desk.withdrawing import MAX_NOTE, in_force
from asnad.desk.workplace import Workplace
from asnad.errors import FileError, IssuingError
from asnad.files import remove_files, write_file
from asnad.instant import day_at, format_instant
from asnad.proofs.strict_json import parse_object
from asnad.site.certificate import CertificateView, certificate_view
from asnad.site.certificate_paper import all_papers, paper
from asnad.site.certificate_picture import baked_pictures
from asnad.site.publication import unsigned_parts
from asnad.site.stationery import Stationery
from asnad.status.public_record import PublicRecord
from asnad.verification.verify import MAX_CREDENTIAL

LINKS_HEADING = ("serial", "name", "phone", "email", "paper", "link")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_papers(
    work: Workplace,
    run: Run,
    stationery: Stationery,
    progress: Callable[[int, int], None],
    *,
    draw_all: bool = False,
) -> str:
    """
    Write the papers of a run, again from the kept credentials whenever it is called, and the pictures that lack.

    Args:
        work: The desk.

        run: In which something was issued.

        stationery: Templates, words and fonts.

        progress: Told how many are done, and of how many.

        draw_all: Draw every picture anew; that takes most of the time.

    Returns:
        The folder below ``credentials/``.

    Raises:
        FileError: A credential is missing, or a file cannot be written.

    """
    record, events = work.record(), work.ledger()
    gone, everyone = doubted(record, events) | ended(events).keys(), issued_in(work, run)
    # Whoever has no certificate in force gets no paper, and of whom all was erased none can be drawn.
    issued = tuple(event for event in everyone if event.id not in gone and event.name)
    folder = f"private/out/{run.id}"
    rows = {learner_key(decision.row): decision.row for decision in kept_decisions(work, run)}
    views = []
    lines = []
    for done, event in enumerate(issued, start=1):
        view = credential_view(work, record, event)
        views.append(view)
        write_file(work.folder.credentials, f"{folder}/{paper_name(event)}", paper(view, stationery).encode("utf-8"))
        _write_pictures(work, folder, event, view, stationery, draw=draw_all)
        lines.append(_link_line(event, view, rows))
        progress(done, len(issued))
    if views:
        write_file(work.folder.credentials, f"{folder}/all.html", all_papers(views, stationery).encode("utf-8"))
        write_file(work.folder.credentials, f"{folder}/links.csv", _csv(lines))
    current = {name for event in issued for name in out_names(event)}
    former = {name for event in everyone for name in out_names(event)} - current
    remove_files(work.folder.credentials, [f"{folder}/{name}" for name in sorted(former)])
    return folder


def write_duplicate(
    work: Workplace, serial: str, *, reason: str, document_seen: str, collected_by: str, stationery: Stationery
) -> str:
    """
    Print a paper again for one that was lost or spoilt, and record who collected it; nothing is signed anew.

    Args:
        work: The desk.

        serial: As printed.

        reason: Such as ``lost``; at most 255 characters, like the next two.

        document_seen: By which the person was known, such as an identity card and a police report.

        collected_by: Name, and relation where it is not the learner.

        stationery: Templates, words and fonts.

    Returns:
        The paper below ``credentials/``.

    Raises:
        IssuingError: There is no such certificate in force, or a text is missing.

    """
    texts = {"reason": reason, "document seen": document_seen, "collected by": collected_by}
    for place, text in texts.items():
        if not text.strip() or len(text) > MAX_NOTE:
            raise IssuingError(f"expected 1 to {MAX_NOTE} characters, got {len(text.strip())}", place=place)
    with locked(work.folder.credentials):
        events, issued = work.whole_ledger(), in_force(work, serial)
        at = work.clock()
        view = credential_view(work, work.record(), issued)
        content = paper(view, stationery, duplicate_of=day_at(at, work.catalogue.centre.time_zone)).encode("utf-8")
        before = sum(isinstance(event, Reprinted) and event.id == issued.id for event in events)
        path = duplicate_path(issued, before + 1)
        line = Reprinted(
            id=issued.id,
            serial=issued.serial,
            reason=reason.strip(),
            document_seen=document_seen.strip(),
            collected_by=collected_by.strip(),
            printed=format_instant(at),
        )
        ledger = work.folder.optional(PRIVATE) + private_line(line)
        work.commit({path: content, PRIVATE: ledger})
    return path


def credential_view(work: Workplace, record: PublicRecord, event: Issued) -> CertificateView:
    """
    Read a kept credential for drawing.

    Args:
        work: The desk.

        record: As published, for the contact.

        event: Of the private ledger.

    Raises:
        FileError: It is missing.

    """
    name = _kept_name(event)
    document = parse_object(work.folder.required(f"{name}.json"), limit=MAX_CREDENTIAL)
    code, link = work.folder.required(f"{name}.digits").decode("ascii").split()
    unsigned = unsigned_parts(work.catalogue, record, code, link)
    return certificate_view(document, unsigned, time_zone=work.catalogue.centre.time_zone)


def paper_name(event: Issued) -> str:
    """
    Give the file name of a paper: its serial, in letters that every system takes.

    Args:
        event: Of the private ledger.

    """
    return event.serial.replace("/", "-") + ".html"


def out_names(event: Issued) -> tuple[str, ...]:
    """
    Give the names of all files that are made for one learner: the paper, and the pictures beside it.

    Args:
        event: Of the private ledger.

    """
    return (paper_name(event), *picture_names(event))


def picture_names(event: Issued) -> tuple[str, str]:
    """
    Give the file names of the pictures, SVG and PNG.

    Args:
        event: Of the private ledger.

    """
    name = paper_name(event).removesuffix(".html")
    return f"{name}.svg", f"{name}.png"


def duplicate_path(event: Issued, number: int) -> str:
    """
    Give the path of a duplicate below ``credentials/``.

    Args:
        event: Of the private ledger.

        number: Which of the duplicates of that paper, from 1.

    """
    name = paper_name(event).removesuffix(".html")
    return f"private/out/{event.run}/duplicates/{name}-duplicate-{number}.html"


def _write_pictures(
    work: Workplace, folder: str, event: Issued, view: CertificateView, stationery: Stationery, *, draw: bool
) -> None:
    credential = work.folder.required(f"{_kept_name(event)}.json")
    paths = [f"{folder}/{name}" for name in picture_names(event)]
    if not draw and all(_holds(work.folder.optional(path), credential) for path in paths):
        return
    for path, data in zip(paths, baked_pictures(view, credential, stationery), strict=True):
        # They are drawn again where a power cut took them.
        write_file(work.folder.credentials, path, data, durable=False)


def _holds(picture: bytes, credential: bytes) -> bool:
    try:
        return unbake(picture) == credential
    except FileError:
        return False


def _kept_name(event: Issued) -> str:
    return f"private/credentials/{event.id.removeprefix('urn:uuid:')}"


def _link_line(event: Issued, view: CertificateView, rows: Mapping[str, RegisterRow]) -> tuple[str, ...]:
    row = rows.get(event.learner)
    phone, email = (row.phone or "", row.email or "") if row else ("", "")
    return (event.serial, event.name, phone, email, paper_name(event), view.unsigned.link_url)


def _csv(lines: list[tuple[str, ...]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(LINKS_HEADING)
    # A spreadsheet takes such a cell for a formula; the apostrophe makes it text.
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + table.getvalue().encode("utf-8")
