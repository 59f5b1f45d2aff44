# ruff: noqa: E501  A table reads best with one case on a line.
from __future__ import annotations

from collections.abc import Callable

import pytest

from asnad.catalogue.addresses import did_web, secure_address, verifier_address
from asnad.catalogue.forms import RESERVED_IDS

Spoil = Callable[..., dict[str, bytes]]
Errors = Callable[..., list[str]]

CENTRE, BAKING, SAFETY = "centre.yml", "courses/baking.yml", "courses/safety.yml"
RUN, PATHWAY, QUALITY = "runs/baking-b1.yml", "pathways/technician.yml", "quality/policy.yml"

ID = "expected an id of a–z, 0–9 and hyphens, at most 63 characters, and no reserved name"
ID_HINT = "\n→ Such as home-baking-women; it can never change once something has been issued"
NUMBER_HINT = "\n→ Write the digits 0–9 only, such as 6000, without comma, unit or leading zero"
DAY = "expected a day that exists, as YYYY-MM-DD"
DAY_HINT = "\n→ Write year, month and day, such as 2026-02-16"
CODE = "expected a code of A–Z, 0–9 and hyphens, 2 to 16 characters"
LIST_HINT = "\n→ Write a list: [one, two], or a line with a hyphen for each"
LANGUAGE_HINT = "\n→ Such as en, ur or pa-Arab; a text that holds a comma or a colon needs quotes"
YES_NO = "expected true or false"
YES_NO_HINT = "\n→ Write true or false, in small letters"
HTTPS = "expected an address that begins with https://"
VERIFIER = "expected an address that begins with https:// (http:// only on a local network) and ends in /"
VERIFIER_HINT = "\n→ Such as https://skills.example/v/"

# File, what stood there, what stands there now, and what people are told.
BAD_FIELDS = [
    (BAKING, "amount: 6000", "amount: 6,000", "courses/baking.yml:15: fee: expected a field of the format, got '000'\n→ Fields here are amount, currency, includes, paid_by, sponsor, concessions"),
    (BAKING, "amount: 6000", "amount: '6,000'", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '6,000'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: 06000", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '06000'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: 6e3", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '6e3'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: -1", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '-1'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: ۶۰۰۰", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '۶۰۰۰'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: 1_000", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '1_000'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: 99999999999999999999", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got '99999999999999999999'{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: ", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got nothing{NUMBER_HINT}"),
    (BAKING, "amount: 6000", "amount: [6000]", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got a list{NUMBER_HINT}"),
    (BAKING, "amount: 6000, ", "", f"courses/baking.yml:15: fee.amount: expected a whole number from 0, got no such field{NUMBER_HINT}"),
    (BAKING, "min_attendance_percent: 80", "min_attendance_percent: 101", f"courses/baking.yml:14: completion_rule.min_attendance_percent: expected a whole number from 0 to 100, got '101'{NUMBER_HINT}"),
    (SAFETY, "ECTS, value: 3", "ECTS, value: 3.0.0", "courses/safety.yml:12: credits[1].value: expected a number above 0, got '3.0.0'\n→ Write digits, with a point and at most three decimals: 7.5"),
    (SAFETY, "ECTS, value: 3", "ECTS, value: 0", "courses/safety.yml:12: credits[1].value: expected a number above 0, got '0'\n→ Write digits, with a point and at most three decimals: 7.5"),
    (RUN, "end: 2026-02-27", "end: 2026-02-30", f"runs/baking-b1.yml:5: end: {DAY}, got '2026-02-30'{DAY_HINT}"),
    (RUN, "end: 2026-02-27", "end: 27.02.2026", f"runs/baking-b1.yml:5: end: {DAY}, got '27.02.2026'{DAY_HINT}"),
    (RUN, "end: 2026-02-27", "end: 20260227", f"runs/baking-b1.yml:5: end: {DAY}, got '20260227'{DAY_HINT}"),
    (RUN, "end: 2026-02-27", "end: 2026-2-27", f"runs/baking-b1.yml:5: end: {DAY}, got '2026-2-27'{DAY_HINT}"),
    (RUN, "end: 2026-02-27", "end: 2026-02-27T10:00:00Z", f"runs/baking-b1.yml:5: end: {DAY}, got '2026-02-27T10:00:00Z'{DAY_HINT}"),
    (RUN, "end: 2026-02-27", "end: 0000-02-27", f"runs/baking-b1.yml:5: end: {DAY}, got '0000-02-27'{DAY_HINT}"),
    (BAKING, "assessment_required: false", "assessment_required: no", f"courses/baking.yml:14: completion_rule.assessment_required: {YES_NO}, got 'no'{YES_NO_HINT}"),
    (BAKING, "assessment_required: false", "assessment_required: False", f"courses/baking.yml:14: completion_rule.assessment_required: {YES_NO}, got 'False'{YES_NO_HINT}"),
    (BAKING, "kind: completion", "kind: completed", "courses/baking.yml:7: award.kind: expected one of attendance, completion, microcredential, diploma, recognition, got 'completed'\n→ Did you mean 'completion'?"),
    (SAFETY, "kind: microcredential", "kind: micro-credential", "courses/safety.yml:7: award.kind: expected one of attendance, completion, microcredential, diploma, recognition, got 'micro-credential'\n→ Did you mean 'microcredential'?"),
    (SAFETY, "counts_as_microcredential: true", "counts_as_microcredential: false", "courses/safety.yml:7: award.counts_as_microcredential: expected true, as the kind is microcredential, got false\n→ Leave it out; it follows from the kind"),
    (BAKING, "mode: onsite", "mode: On-site", "courses/baking.yml:8: delivery.mode: expected one of onsite, online, blended, work-based, got 'On-site'\n→ Did you mean 'onsite'?"),
    (SAFETY, "framework: EQF", "framework: EQFF", "courses/safety.yml:14: levels[1].framework: expected one of EQF, NVQF-PK, NLQF, NQF-KZ, or local: and a name, got 'EQFF'\n→ One of your own is written local:name"),
    (SAFETY, "isced_f: 0721", "isced_f: 721a", "courses/safety.yml:15: isced_f: expected 2 to 6 digits of ISCED-F, got '721a'\n→ Such as \"0721\", with its leading zero"),
    (BAKING, "summary:", "sumary:", "courses/baking.yml:1: summary: expected one line of at most 300 characters, got no such field\n→ Write it once, or by language: {en: …, ur: …}"),
    (SAFETY, "title: Food Safety", "title: [Food Safety]", "courses/safety.yml:3: title: expected one line of at most 1000 characters, got a list\n→ Write it on one line"),
    (SAFETY, "title: Food Safety", "title: ''", "courses/safety.yml:3: title: expected one line of at most 1000 characters, got nothing\n→ Write it on one line"),
    (SAFETY, "title: Food Safety", "title: {}", "courses/safety.yml:3: title: expected one line of at most 1000 characters, got no language"),
    (SAFETY, "title: Food Safety", "title: {en: Bread, cakes}", f"courses/safety.yml:3: title: expected a language tag, got 'cakes'{LANGUAGE_HINT}"),
    (SAFETY, "title: Food Safety", "title: {en: }", "courses/safety.yml:3: title.en: expected one line of at most 1000 characters, got nothing\n→ Write it on one line"),
    (SAFETY, "title: Food Safety", 'title: "a\\nb"', "courses/safety.yml:3: title: expected one line of at most 1000 characters, got 'a<U+000A>b'\n→ Write it on one line"),
    (BAKING, "languages: [ur, pa]", "languages: [ur, xx]", f"courses/baking.yml:8: delivery.languages[2]: expected a language tag, got 'xx'{LANGUAGE_HINT}"),
    (BAKING, "languages: [ur, pa]", "languages: []", f"courses/baking.yml:8: delivery.languages: expected a list of 1 to 500, got 0{LIST_HINT}"),
    (BAKING, "languages: [ur, pa]", "languages: ur", f"courses/baking.yml:8: delivery.languages: expected a list of 1 to 500, got 'ur'{LIST_HINT}"),
    (BAKING, "languages: [ur, pa]", "languages: [ur, ur]", "courses/baking.yml:8: delivery.languages[2]: expected each once, got 'ur' again"),
    (BAKING, "id: m2", "id: m1", "courses/baking.yml:13: modules[2]: expected each once, got 'm1' again"),
    (BAKING, "duration: {value: 2, unit: weeks}", "duration: two weeks", "courses/baking.yml:9: duration: expected fields, got 'two weeks'\n→ Write each field on a line of its own: name, colon, space, value"),
    (BAKING, "duration: {value: 2, unit: weeks}\n", "", "courses/baking.yml:1: duration: expected fields, got no such field"),
    (SAFETY, "quality: {statement: policy}", "quality: policy", "courses/safety.yml:22: quality: expected fields, got 'policy'\n→ Write each field on a line of its own: name, colon, space, value"),
    (BAKING, "fee: {", "fee: {ammount: 1, ", "courses/baking.yml:15: fee: expected a field of the format, got 'ammount'\n→ Did you mean 'amount'?"),
    (BAKING, "code: FT-HB", "code: ft-hb", f"courses/baking.yml:2: code: {CODE}, got 'ft-hb'\n→ Such as FT-HB-W"),
    (BAKING, "code: FT-HB", "code: F", f"courses/baking.yml:2: code: {CODE}, got 'F'\n→ Such as FT-HB-W"),
    (BAKING, "code: FT-HB", "code: FT/HB", f"courses/baking.yml:2: code: {CODE}, got 'FT/HB'\n→ Such as FT-HB-W"),
    (BAKING, "code: FT-HB", "code: ABCDEFGHIJKLMNOPQ", f"courses/baking.yml:2: code: {CODE}, got 'ABCDEFGHIJKLMNOPQ'\n→ Such as FT-HB-W"),
    (BAKING, "department: food", "department: Food", f"courses/baking.yml:4: department: {ID}, got 'Food'{ID_HINT}"),
    (BAKING, "currency: PKR", "currency: Rs", "courses/baking.yml:15: fee.currency: expected a currency code of three capital letters, got 'Rs'\n→ ISO 4217, such as PKR"),
    (SAFETY, "{id: lo1, text: Write a hazard plan}", "{id: lo1, text: Plan, skill_uri: 'javascript:alert(1)'}", f"courses/safety.yml:17: learning_outcomes[1].skill_uri: {HTTPS}, or with http://data.europa.eu/esco/, got 'javascript:alert(1)'\n→ Such as http://data.europa.eu/esco/skill/ and the id of the skill"),
    (RUN, "id: baking-b1\n", "id: baking-b2\n", "runs/baking-b1.yml:1: id: expected the name of the file, 'baking-b1', got 'baking-b2'\n→ Rename the file, or write its name here"),
    (RUN, "venue: hall", "venue: {name: Hall, city: Kot}", "runs/baking-b1.yml:7: venue.country: expected a country code of two capital letters, got no such field\n→ ISO 3166-1, such as PK"),
    (RUN, "venue: hall", "venue: The Hall", f"runs/baking-b1.yml:7: venue: {ID}, got 'The Hall'\n→ Write the id of a venue of centre.yml, or name, city and country of the place"),
    (RUN, "[director-2]", "[]", f"runs/baking-b1.yml:8: signatories: expected a list of 1 to 4, got 0{LIST_HINT}"),
    (RUN, "[director-2]", "[a, b, c, d, e]", f"runs/baking-b1.yml:8: signatories: expected a list of 1 to 4, got 5{LIST_HINT}"),
    (RUN, "signatories: [director-2]\n", "", f"runs/baking-b1.yml:1: signatories: expected a list of 1 to 4, got no such field{LIST_HINT}"),
    (RUN, "register: registers/baking-b1.xlsx", "register: [a]", "runs/baking-b1.yml:9: register: expected one line of at most 1000 characters, got a list\n→ Write it on one line"),
    (RUN, "batch_no: 1", "batch_no: 0", f"runs/baking-b1.yml:3: batch_no: expected a whole number from 1 to 99999, got '0'{NUMBER_HINT}"),
    (RUN, "venue: hall", "venue: hall\napply: {how: form, url: http://skills.example/}", f"runs/baking-b1.yml:8: apply.url: {HTTPS}, got 'http://skills.example/'\n→ Such as https://skills.example/apply"),
    (CENTRE, "did: did:web:skills.example", "did: did:key:z6Mk", "centre.yml:1: did: expected a did:web, got 'did:key:z6Mk'\n→ Such as did:web:skills.example, with the host in small letters"),
    (CENTRE, "verifier:", "site: https://other.example/\nverifier:", "centre.yml:2: site: expected the address of the did, 'https://skills.example/', got 'https://other.example/'\n→ Leave it out; it follows from the did"),
    (CENTRE, "verifier:", "moved_to: https://skills.example/\nverifier:", "centre.yml:2: moved_to: expected another address than that of the did, got 'https://skills.example/'\n→ Leave it out where the site has never moved, or has come back"),
    (CENTRE, "http://192.168.1.20/v/", "http://skills.example/v/", f"centre.yml:2: verifier: {VERIFIER}, got 'http://skills.example/v/'{VERIFIER_HINT}"),
    (CENTRE, "http://192.168.1.20/v/", "https://skills.example/v", f"centre.yml:2: verifier: {VERIFIER}, got 'https://skills.example/v'{VERIFIER_HINT}"),
    (CENTRE, "country: PK\ncountry_name", "country: pk\ncountry_name", "centre.yml:6: country: expected a country code of two capital letters, got 'pk'\n→ ISO 3166-1, such as PK"),
    (CENTRE, "Asia/Karachi", "Asia/Lyallpur", "centre.yml:9: time_zone: expected a time zone of the IANA list, got 'Asia/Lyallpur'\n→ Such as Asia/Karachi"),
    (CENTRE, "Asia/Karachi", "../../etc/passwd", "centre.yml:9: time_zone: expected a time zone of the IANA list, got '../../etc/passwd'\n→ Such as Asia/Karachi"),
    (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\nrepository: secret", "centre.yml:20: repository: expected one of public, private, got 'secret'\n→ Choose one of the words, in small letters"),
    (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\napproval: both", "centre.yml:20: approval: expected one of none, second-person, got 'both'\n→ Choose one of the words, in small letters"),
    (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\ncontact: {phone: call us}", "centre.yml:20: contact.phone: expected a telephone number, got 'call us'\n→ Digits, spaces and hyphens, such as +92-41-0000000"),
    (CENTRE, "serial_prefix: CSC", "serial_prefix: CSC\ncontact: {email: desk@example}", "centre.yml:20: contact.email: expected an e-mail address, got 'desk@example'\n→ Such as desk@centre.example"),
    (PATHWAY, "scheme: ECTS, value", "scheme: ects, value", "pathways/technician.yml:6: awarding_rule.min_total.scheme: expected one of ECTS, SCQF, PK-CH, or local: and a name, got 'ects'\n→ One of your own is written local:name"),
    (QUALITY, "guarantor: Quality Committee\n", "", "quality/policy.yml:1: guarantor: expected one line of at most 1000 characters, got no such field\n→ Write it once, or by language: {en: …, ur: …}"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), BAD_FIELDS)
def test_a_wrong_field_is_told_with_line_expected_got_and_hint(
    spoil: Spoil, errors: Errors, file: str, old: str, new: str, told: str
) -> None:
    assert told in errors(spoil((file, old, new)))


@pytest.mark.parametrize("language", ["{en: Bread, ul: x}", "[x]", "''"])
def test_one_wrong_field_is_told_once(spoil: Spoil, errors: Errors, language: str) -> None:
    assert len(errors(spoil((SAFETY, "title: Food Safety", f"title: {language}")))) == 1


def test_a_summary_of_300_characters_is_short_enough(spoil: Spoil, errors: Errors) -> None:
    assert errors(spoil((SAFETY, "Six weeks.", "ے" * 300))) == []
    assert len(errors(spoil((SAFETY, "Six weeks.", "ے" * 301)))) == 1


@pytest.mark.parametrize(
    "name", ["Baking", "bäking", "-baking", "baking.", "a b", "a_b", "x" * 64, "con", "index", "..", "COM1"]
)
def test_a_file_whose_name_is_no_id_is_refused(files: dict[str, bytes], errors: Errors, name: str) -> None:
    files[f"runs/{name}.yml"] = files.pop("runs/baking-b1.yml")
    assert errors(files) == [f"runs/{name}.yml: expected a file runs/<id>.yml, got this name{ID_HINT}"]


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9", "index"])
def test_names_that_systems_keep_for_themselves_are_reserved(name: str) -> None:
    assert name in RESERVED_IDS


def test_a_file_in_a_folder_of_a_folder_is_refused(files: dict[str, bytes], errors: Errors) -> None:
    files["courses/old/baking.yml"] = b"x"
    assert errors(files) == [f"courses/old/baking.yml: expected a file courses/<id>.yml, got this name{ID_HINT}"]


def test_two_files_of_one_id_are_refused(files: dict[str, bytes], errors: Errors) -> None:
    files["courses/baking.yaml"] = files["courses/baking.yml"]
    assert errors(files) == [
        "courses/baking.yml: expected one file of this name, got 'courses/baking.yaml' too\n→ Delete one of the two"
    ]


def test_a_catalogue_without_centre_is_refused(files: dict[str, bytes], errors: Errors) -> None:
    del files["centre.yml"]
    assert errors(files) == ["centre.yml: expected this file, got none\n→ It says who the centre is"]


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example", "https://a.example/x?y=1&z=%20#f", "https://a.example:8443/", "https://192.0.2.1/", "https://[2001:db8::1]/",
    ],
)  # fmt: skip
def test_addresses_that_are_safe_are_accepted(text: str) -> None:
    assert secure_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "http://a.example/", "HTTPS://a.example/", "//a.example/", "javascript:alert(1)", "data:text/html,x", "https://",
        "https:///x", "https://a b/", "https://user@a.example/", "https://a.example:99999/", "https://a.example:x/", "https://-a.example/",
        "https://a..example/", "https://[::1/", "https://a.example/\"", "https://a.example/<", "https://a.example/\\x", "https://مثال/",
        "https://a.example/\n", "ftp://a.example/", "https://a.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_other_addresses_are_refused(text: str) -> None:
    assert secure_address(text) is None


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("https://a.example/v/", True), ("http://localhost:8000/v/", True), ("http://127.0.0.1/v/", True), ("http://10.0.0.7/v/", True),
        ("http://172.16.0.1/v/", True), ("http://[::1]/v/", True), ("http://172.32.0.1/v/", False), ("http://8.8.8.8/v/", False),
        ("http://localhost.example/v/", False), ("http://192.168.1.1.example/v/", False), ("https://a.example/v/?x", False),
        ("https://a.example/v/#", False), ("http://0x7f.1/v/", False),
    ],
)  # fmt: skip
def test_http_is_for_a_verifier_on_a_local_network_only(text: str, accepted: bool) -> None:
    assert (verifier_address(text) == text) is accepted


@pytest.mark.parametrize(
    "text",
    [
        "did:web:", "did:web:A.example", "did:web:a.example/", "did:web:a.example:", "did:web:a.example:..", "did:web:a.example:a/b",
        "did:web:a.example%3A", "did:web:a.example%3a80", "did:web:a.example%3A70000", "did:web:a..example", "did:WEB:a.example",
        "did:web:a.example#key", "did:web:a.example?x", "did:web:" + "a" * 64 + ".example",
    ],
)  # fmt: skip
def test_what_is_no_did_web_is_refused(text: str) -> None:
    assert did_web(text) is None
