"""A small catalogue that is exported, ways to change it, and the example centre's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import read_catalogue
from asnad.catalogue.text import Text

TODAY = date(2026, 11, 22)
EXAMPLE = Path(__file__).parents[2] / "catalogue"
URDU_300 = "گھریلو بیکنگ کا کورس " * 14 + "اردو۔۔"

CENTRE = """\
did: did:web:skills.example
verifier: http://192.168.1.20/v/
names:
  - {name: Old Centre, from: 2019-07-01, to: 2023-05-28}
  - {name: {en: New Centre, ur: نیا مرکز}, from: 2023-05-28}
country: PK
country_name: Pakistan
languages: [en, ur]
time_zone: Asia/Karachi
legal_status: Not degrees.
contact: {phone: "+92-41-0000000"}
departments: [{id: food, name: Food}]
venues: [{id: hall, name: Hall, city: Sandal Kot, country: PK}]
signatories: [{id: director, name: Secret Signatory, office: Director, from: 2019-07-01}]
serial_prefix: SECRETPREFIX
"""

BAKING = """\
id: baking
code: FT-HB
title: {en: Home Baking, ur: گھریلو بیکنگ}
department: food
status: active
summary: Two weeks of bread and cakes.
award: {kind: completion, title: Certificate of Completion, statement: No examination was held.}
audience: {gender: women, min_age: 16}
delivery: {mode: onsite, pattern: part-time, languages: [ur, pa]}
duration: {value: 2, unit: weeks}
workload: {contact_hours: 40, self_study_hours: 0, assessment_hours: 0}
modules: [{id: m1, title: Bread, hours: 24}]
module_groups: [{id: g1, title: Cakes, modules: 4, hours_each: 4}]
completion_rule: {min_attendance_percent: 80, assessment_required: false}
fee: {amount: 6000, currency: PKR}
approval: {body: Academic Council, reference: AC-1, valid_from: 2024-07-01, valid_to: 2027-06-30}
"""

DRAFT = BAKING.replace("baking", "secret-draft").replace("FT-HB", "FT-SD").replace("active", "draft")
DRAFT = DRAFT.replace("Home Baking", "Secret Draft").replace("گھریلو بیکنگ", "مسودہ")

RUN = """\
id: baking-b2
course: baking
batch_no: 2
start: 2027-01-11
end: 2027-01-22
state: open
venue: hall
room: Kitchen 1
capacity: 16
enrolled: 5
apply:
  {opens: 2026-11-16, closes: 2027-01-04, how: form, url: "https://apply.example/a?b=1&c=2", phone: "+92-41-0000009"}
signatories: [director]
register: secret-register.csv
notes: Bring an apron.
"""


def small_catalogue() -> Catalogue:
    return read_catalogue(
        {
            "centre.yml": CENTRE.encode(),
            "courses/baking.yml": BAKING.encode(),
            "courses/secret-draft.yml": DRAFT.encode(),
            "runs/baking-b2.yml": RUN.encode(),
        }
    )


def example_catalogue() -> Catalogue:
    paths = (path for path in EXAMPLE.rglob("*.yml"))
    return read_catalogue({path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths})


def with_course(catalogue: Catalogue, **changes: Any) -> Catalogue:
    courses = tuple(replace(each, **changes) if each.id == "baking" else each for each in catalogue.courses)
    return replace(catalogue, courses=courses)


def with_run(catalogue: Catalogue, **changes: Any) -> Catalogue:
    return replace(catalogue, runs=tuple(replace(run, **changes) for run in catalogue.runs))


def english(text: str) -> Text:
    return Text((("en", text),))


def camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def events_of(data: bytes) -> list[dict[str, str]]:
    """Read a calendar by the letter of RFC 5545 §3.1 and §3.3.11, without the library that writes it."""
    assert data.endswith(b"\r\n")
    lines = re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, value = re.fullmatch(r'([A-Z-]+(?:;[A-Z]+=[^":;,]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)', line).groups()
        if name in ("BEGIN", "END"):
            assert (value, inside) == ("VEVENT", name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1]
            events[-1][name] = unescaped(value) if name.partition(";")[0] in TEXTS else value
    assert not inside
    return events


TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "UID"}


def unescaped(text: str) -> str:
    assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", text)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
