"""A small catalogue that is right in every way, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from asnad.catalogue.reading import check_catalogue, read_catalogue
from asnad.errors import CatalogueErrors

CENTRE = """\
did: did:web:skills.example
verifier: http://192.168.1.20/v/
names:
  - {name: {en: Old Centre, ur: پرانا مرکز}, from: 2019-07-01, to: 2023-05-28}
  - {name: {en: New Centre, ur: نیا مرکز}, from: 2023-05-28}
country: PK
country_name: Pakistan
languages: [en, ur]
time_zone: Asia/Karachi
legal_status: Certificates of this centre are not degrees.
departments:
  - {id: food, name: Food}
  - {id: office, name: Office}
venues:
  - {id: hall, name: Hall, city: Sandal Kot, country: PK}
signatories:
  - {id: director-1, name: A. First, office: Director, from: 2019-07-01, to: 2025-01-01}
  - {id: director-2, name: B. Second, office: Director, from: 2025-01-01}
serial_prefix: CSC
"""

BAKING = """\
id: baking
code: FT-HB
title: {en: Home Baking, ur: گھریلو بیکنگ}
department: food
status: active
summary: Two weeks of bread and cakes.
award: {kind: completion, title: Certificate of Completion, statement: No examination was held.}
delivery: {mode: onsite, pattern: part-time, languages: [ur, pa]}
duration: {value: 2, unit: weeks}
workload: {contact_hours: 40, self_study_hours: 0, assessment_hours: 0}
modules:
  - {id: m1, title: Bread, hours: 24}
  - {id: m2, title: Cakes, hours: 16}
completion_rule: {min_attendance_percent: 80, assessment_required: false}
fee: {amount: 6000, currency: PKR}
approval: {body: Academic Council, reference: AC-1, valid_from: 2024-07-01, valid_to: 2027-06-30}
"""

SAFETY = """\
id: safety
code: FT-FS
title: Food Safety
department: food
status: active
summary: Six weeks.
award: {kind: microcredential, title: Micro-credential, counts_as_microcredential: true}
delivery: {mode: blended, pattern: part-time, languages: [en]}
duration: {value: 6, unit: weeks}
workload: {contact_hours: 36, self_study_hours: 40, assessment_hours: 8}
credits:
  - {scheme: ECTS, value: 3, hours_per_credit: 28, basis: self-declared}
levels:
  - {framework: EQF, level: 4, basis: self-declared}
isced_f: 0721
learning_outcomes:
  - {id: lo1, text: Write a hazard plan}
  - {id: lo2, text: Run the checks of a week}
assessment:
  - {id: a1, type: practical-task, weight: 60, pass_mark: 50, proves: [lo1]}
  - {id: a2, type: written-test, weight: 40, pass_mark: 50, supervised: true, identity_checked: true, proves: [lo2]}
quality: {statement: policy}
stackable: {into: [technician]}
completion_rule: {min_attendance_percent: 75, assessment_required: true}
approval: {body: Academic Council, reference: AC-2, valid_from: 2026-01-01, valid_to: 2028-12-31}
"""

RUN = """\
id: baking-b1
course: baking
batch_no: 1
start: 2026-02-16
end: 2026-02-27
state: finished
venue: hall
signatories: [director-2]
register: registers/baking-b1.xlsx
"""

PATHWAY = """\
id: technician
title: Food Technician
kind: diploma
awarding_rule:
  all_of: [safety]
  min_total: {scheme: ECTS, value: 3}
counts_only: [microcredential]
"""

QUALITY = """\
id: policy
title: Policy
text: Outcomes are approved before the first run.
guarantor: Quality Committee
"""

FILES = {
    "centre.yml": CENTRE,
    "courses/baking.yml": BAKING,
    "courses/safety.yml": SAFETY,
    "runs/baking-b1.yml": RUN,
    "pathways/technician.yml": PATHWAY,
    "quality/policy.yml": QUALITY,
}

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[[Mapping[str, bytes]], list[str]]
Warned = Callable[[Mapping[str, bytes], str], list[str]]

AT = 1_772_755_200
"""2026-03-06, a week after the run ended."""


@pytest.fixture
def files() -> dict[str, bytes]:
    return {name: text.encode() for name, text in FILES.items()}


@pytest.fixture
def spoil() -> Spoil:
    """Give the files with changes: a file, what stood there once, and what stands there now."""

    def change(*changes: tuple[str, str, str]) -> dict[str, bytes]:
        texts = dict(FILES)
        for name, old, new in changes:
            assert texts[name].count(old) == 1, f"{old!r} stands {texts[name].count(old)} times in {name}"
            texts[name] = texts[name].replace(old, new)
        return {name: text.encode() for name, text in texts.items()}

    return change


@pytest.fixture
def errors() -> Errors:
    """Give what people are shown: ``place: message`` of every error, with the hint after a line feed and an arrow."""

    def found(files: Mapping[str, bytes]) -> list[str]:
        try:
            read_catalogue(files)
        except CatalogueErrors as problem:
            return [f"{error}\n→ {error.hint}" if error.hint else str(error) for error in problem.errors]
        return []

    return found


@pytest.fixture
def warned() -> Warned:
    """Give the warnings of one rule in a catalogue that has no errors, written as ``errors`` writes them."""

    def found(files: Mapping[str, bytes], rule: str) -> list[str]:
        checked = check_catalogue(files, AT)
        assert checked.errors == ()
        told = [(finding.error(), finding.rule) for finding in checked.warnings]
        return [f"{error}\n→ {error.hint}" if error.hint else str(error) for error, code in told if code == rule]

    return found
