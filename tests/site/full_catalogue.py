"""A catalogue in which every public field is written, each text with a mark of its own such as ``Mark07``."""

from __future__ import annotations

import re

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.reading import read_catalogue

CENTRE = """\
did: did:web:skills.example
verifier: https://skills.example/v/
demonstration: true
names:
  - {name: Mark former name of the centre, from: 2019-07-01, to: 2023-05-28}
  - {name: Mark name of the centre, from: 2023-05-28}
parent: Mark parent
country: PK
country_name: Mark country
region: Mark region
languages: [en, ur]
time_zone: Asia/Karachi
legal_status: Mark legal status
legal_status_elsewhere: [{country: NL, country_name: Mark other country, text: Mark status elsewhere}]
contact: {name: Mark desk, phone: +92-41-1, whatsapp: +92-300-1111111, email: desk@skills.example}
departments:
  - id: food
    names:
      - {name: Mark former department, from: 2019-07-01, to: 2024-01-01}
      - {name: Mark department, from: 2024-01-01}
    summary: Mark department summary
    contact: {name: Mark department desk, phone: +92-41-2222222}
venues: [{id: hall, name: Mark hall, city: Mark city, country: PK, accessible: Mark ramps, hostel: Mark hostel}]
signatories: [{id: director, name: Secret Signatory, office: Director, from: 2019-07-01}]
instructors: [{id: baker, name: Mark teacher, office: Mark office of the teacher}]
partners:
  - {id: dairy-school, name: Mark partner, country: NL, url: "https://partner.example/mark", statement: Mark agreement}
serial_prefix: XX
"""

COURSE = """\
id: bread
code: MK-CODE
version: 1
title: Mark title
department: food
status: active
summary: Mark summary
description: Mark description
formality: non-formal
award: {kind: microcredential, title: Mark award, statement: Mark statement}
audience: {gender: any, groups: [mark-group], season: winter, nomination_only: true, min_age: 17, max_age: 61}
variants:
  - {id: women, title: Mark variant, code: MK-WOMEN,
     audience: {gender: women, groups: [mark-variant-group], max_age: 52}}
  - {id: men, title: Mark second variant, code: MK-MEN, audience: {gender: men}}
delivery: {mode: blended, pattern: weekend, residential: true, languages: [ur, pa]}
duration: {value: 6, unit: weeks}
workload: {contact_hours: 40, self_study_hours: 36, assessment_hours: 8}
modules:
  - id: m1
    title: Mark module
    hours: 10
    outcomes: [lo1]
    here: true
    taken_at:
      - {partner: dairy-school, code: MK-77, title: Mark module there, url: "https://partner.example/mark-module"}
module_groups: [{id: g1, title: Mark group of modules, modules: 5, hours_each: 6}]
credits: [{scheme: ECTS, value: 3, hours_per_credit: 28, basis: self-declared}]
levels: [{framework: EQF, level: 4, basis: accredited}]
isced_f: "0721"
sector: Mark sector
occupations: [Mark occupation, Mark second occupation]
tags: [Mark tag]
mandatory_for: Mark mandatory
learning_outcomes:
  - {id: lo1, text: Mark outcome, skill_uri: "http://data.europa.eu/esco/skill/mark"}
entry: {minimum_education: matric, prior_learning: Mark prior learning, documents: [Mark document]}
assessment:
  - {id: a1, type: practical-task, weight: 100, pass_mark: 55, supervised: true, identity_checked: true, proves: [lo1]}
grading: {scheme: mark-grading, printed: true}
quality: {statement: qa}
stackable: {into: [way]}
validity: {months: 36, renewal: Mark renewal}
completion_rule: {min_attendance_percent: 77, assessment_required: true}
fee:
  {amount: 4321, currency: PKR, includes: [Mark included], paid_by: sponsor, sponsor: Mark sponsor,
   concessions: Mark concession}
contact: {name: Mark course desk, phone: +92-41-3333333, whatsapp: +92-300-3333333, email: mark@skills.example}
approval: {body: Mark council, reference: MK-APP, valid_from: 2024-07-01, valid_to: 2029-06-30}
recognised_by:
  - {body: Mark guild, scope: Mark recognition, reference: MK-REC, from: 2025-01-02, to: 2028-03-04,
     url: "https://guild.example/mark"}
exemptions: [{body: Mark board, scope: Mark exemption, reference: MK-EXE, url: "https://board.example/mark"}]
"""

RUN = """\
id: bread-b2
course: bread
course_version: 1
variant: women
season: winter
batch_no: 2
start: 2027-01-11
end: 2027-02-19
state: open
venue: hall
room: Mark room
capacity: 16
min_learners: 9
sessions: Mark sessions
apply:
  opens: 2026-11-16
  closes: 2027-01-10
  how: form
  url: "https://apply.example/mark"
  phone: "+92-41-4444444"
  contact: Mark application desk
  documents: [Mark paper to bring]
instructors: [baker]
signatories: [director]
notes: Mark note
"""

PATHWAY = """\
id: way
title: Mark pathway
kind: diploma
summary: Mark pathway summary
awarding_rule: {all_of: [bread], max_age_months: 59, min_total: {scheme: ECTS, value: 3}}
counts_only: [microcredential]
progression: Mark progression
"""

QUALITY = """\
id: qa
version: 2
title: Mark quality
text: Mark quality text
guarantor: Mark guarantor
"""


def _numbered() -> dict[str, str]:
    """Give each mark its own number, so that one text cannot stand in for another."""
    parts = {"centre": CENTRE, "course": COURSE, "run": RUN, "pathway": PATHWAY, "quality": QUALITY}
    numbers = iter(range(10, 1000))
    return {name: re.sub(r"\bMark\b", lambda _: f"Mark{next(numbers)}", text) for name, text in parts.items()}


SOURCES = _numbered()
MARKS = tuple(re.findall(r"Mark\d+ [a-z ]*[a-z]|Mark\d+", "\n".join(SOURCES.values())))


def full_catalogue() -> Catalogue:
    """Read it as a centre's files are read."""
    return read_catalogue(
        {
            "centre.yml": SOURCES["centre"].encode(),
            "courses/bread.yml": SOURCES["course"].encode(),
            "runs/bread-b2.yml": SOURCES["run"].encode(),
            "pathways/way.yml": SOURCES["pathway"].encode(),
            "quality/qa.yml": SOURCES["quality"].encode(),
        }
    )
