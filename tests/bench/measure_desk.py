"""How fast certificates are issued, with both proofs, ledgers and files on disk."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

from measurement import Measurement

from asnad.desk.issue_run import issue_run
from example_centre import ExampleCentre, found_example_centre, import_register

RUN = "officers-finance-admin-egov-b34"
LEARNERS = 1000
GIVEN = ("Sajjad سجاد", "Naveed نوید", "Farah فرح", "Kamran کامران", "Rubina روبینہ", "Tariq طارق", "Saima صائمہ")
SECOND = ("Nazir نذیر", "Anjum انجم", "Akhtar اختر", "Iqbal اقبال", "Parveen پروین", "Mehmood محمود", "Bano بانو")
FAMILY = ("Goraya گورایہ", "Janjua جنجوعہ", "Wattoo وٹو", "Kharal کھرل", "Sandhu سندھو", "Naul نول", "Bajwa باجوہ")
FATHERS = ("Nazir Ahmad", "Barkat Ali", "Karam Din")


def invented_register(learners: int) -> bytes:
    """Write a register of people who do not exist, in numbers that no authority gives."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Name", "Naam Urdu", "Father Name", "CNIC", "Mobile", "Attendance %", "Publish", "Consent date"])
    names = islice(product(FATHERS, GIVEN, SECOND, FAMILY), learners)
    for number, (father, *parts) in enumerate(names):
        latin, urdu = (" ".join(words) for words in zip(*(part.split() for part in parts), strict=True))
        cnic, mobile = f"00000-{number:07}-1", f"+92-300-{number:07}"
        table.writerow([latin, urdu, f"{father} {latin.split()[-1]}", cnic, mobile, 90, "no", ""])
    return text.getvalue().encode("utf-8")


def measure_issuing(folder: Path) -> Measurement:
    """Issue the officers' run to a thousand learners, from the kept register to the last file on disk."""
    centre: ExampleCentre = found_example_centre(folder)
    import_register(centre, RUN, "thousand.csv", invented_register(LEARNERS))
    # The real clock, so that what is prepared for one second is not used for the whole run.
    started_at, started = centre.workplace().clock(), time.monotonic()
    work = replace(centre.workplace(), clock=lambda: started_at + int(time.monotonic() - started))
    issued = issue_run(work, RUN, lambda _done, _of: None).issued
    seconds = time.monotonic() - started
    if issued != LEARNERS or len(centre.credentials()) != LEARNERS:
        raise RuntimeError(f"expected {LEARNERS} certificates, got {issued}")
    return Measurement("issuing 1,000 certificates", issued / seconds, 200, "a second", at_least=True)
