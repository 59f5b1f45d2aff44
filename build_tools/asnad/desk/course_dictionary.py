"""The dictionary of a course version: what its credentials have in common, so that codes need not carry it."""

from __future__ import annotations

import re
from dataclasses import replace

from asnad.carriers.payload import MAX_DICTIONARY
from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.run import Run
from asnad.credentials.credential import CredentialNumbers, LearnerRecord, credential_document
from asnad.errors import IssuingError
from asnad.instant import format_instant
from asnad.messages import Messages
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.proof import JCS, ProofOptions
from asnad.proofs.strict_json import JSONObject

_TYPICAL = LearnerRecord(
    name="Muhammad Ali Khan",
    native_name="محمد علی خان",
    father_name="Muhammad Akram",
    husband_name="Muhammad Akram",
    identity_digits="1234",
    grade="A",
)


def course_dictionary(
    catalogue: Catalogue, run: Run, achievement: JSONObject, messages: Messages, key_id: str, status_list: str
) -> bytes:
    """
    Write the credential of a typical learner in a typical run; the same for every run of a year.

    Args:
        catalogue: For the centre, its venues and signatories.

        run: Any run of the course version.

        achievement: As frozen at the first issue.

        messages: Section ``credential`` in the language of the certificate.

        key_id: Of the issuing key.

        status_list: Address of the first list.

    Raises:
        IssuingError: The texts of the course are too long for a code.
    """
    day = run.award_day().replace(month=1, day=1)
    in_office = [
        person.id for person in catalogue.centre.signatories if person.end is None or person.end > run.award_day()
    ]
    neutral = replace(
        run,
        batch_no=1,
        start=day,
        end=day,
        awarded=run.award_day(),
        venue=catalogue.centre.venues[0].id,
        signatories=tuple(in_office),
    )
    numbers = CredentialNumbers(
        id="urn:uuid:00000000-0000-4000-8000-000000000000",
        serial=serial_of(catalogue, neutral, 1),
        status_list=status_list,
        index="10",
    )
    document = credential_document(catalogue, neutral, achievement, _TYPICAL, numbers, 0, messages)
    # Only the year is taken from the run: its name of the centre must be that of its own day, its days must not.
    for member in ("awardedDate", "validUntil"):
        if member in document:
            document[member] = re.sub(r"-[0-9]{2}-[0-9]{2}T", "-01-01T", str(document[member]))
    options = ProofOptions(created=format_instant(0), verification_method=key_id)
    dictionary = canonical_json(document | {"proof": [options.proof(JCS, document["@context"])]})
    if len(dictionary) > MAX_DICTIONARY:
        raise IssuingError(
            f"expected at most {MAX_DICTIONARY} bytes of text in a certificate, got {len(dictionary)}",
            place=catalogue.course_of(run).place,
            hint="shorten the outcomes or the quality statement",
        )
    return dictionary


def serial_of(catalogue: Catalogue, run: Run, number: int) -> str:
    """
    Give the printed serial, such as ``CSC-FT-HB-W/12/017``.

    Args:
        catalogue: For the centre's prefix and the course's code.

        run: The batch.

        number: Of the learner in the register.

    """
    course = catalogue.course_of(run)
    return f"{catalogue.centre.serial_prefix}-{course.code}/{run.batch_no}/{number:03d}"
