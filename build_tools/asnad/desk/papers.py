"""What is handed to learners: a paper for each, all of them for the printer, and a list of links."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from asnad.catalogue.run import Run
from asnad.desk.ledger import Issued
from asnad.desk.register import RegisterRow
from asnad.desk.registers import issued_in, kept_decisions, learner_key
from asnad.desk.workplace import Workplace
from asnad.files import write_file
from asnad.proofs.strict_json import parse_object
from asnad.site.certificate import CertificateView, certificate_view
from asnad.site.certificate_paper import all_papers, paper
from asnad.site.publication import unsigned_parts
from asnad.site.stationery import Stationery
from asnad.status.public_record import PublicRecord
from asnad.verification.verify import MAX_CREDENTIAL

LINKS_HEADING = ("serial", "name", "phone", "email", "paper", "link")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_papers(work: Workplace, run: Run, stationery: Stationery, progress: Callable[[int, int], None]) -> str:
    """
    Write the papers of a run, again from the kept credentials whenever it is called.

    Args:
        work: The desk.

        run: In which something was issued.

        stationery: Templates, words and fonts.

        progress: Told how many are done, and of how many.

    Returns:
        The folder below ``credentials/``.

    Raises:
        FileError: A credential is missing, or a file cannot be written.

    """
    record, issued = work.record(), issued_in(work, run)
    folder = f"private/out/{run.id}"
    rows = {learner_key(decision.row): decision.row for decision in kept_decisions(work, run)}
    views = []
    lines = []
    for done, event in enumerate(issued, start=1):
        view = credential_view(work, record, event)
        views.append(view)
        write_file(work.folder.credentials, f"{folder}/{paper_name(event)}", paper(view, stationery).encode("utf-8"))
        lines.append(_link_line(event, view, rows))
        progress(done, len(issued))
    if views:
        write_file(work.folder.credentials, f"{folder}/all.html", all_papers(views, stationery).encode("utf-8"))
        write_file(work.folder.credentials, f"{folder}/links.csv", _csv(lines))
    return folder


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
    name = f"private/credentials/{event.id.removeprefix('urn:uuid:')}"
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
