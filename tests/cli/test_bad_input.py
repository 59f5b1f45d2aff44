"""Whatever a registrar gets wrong or finds damaged is told with its place and a hint, and nothing is half written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import REGISTER, RUN, TYPED, assert_told, at_desk, call
from damage import (
    LEDGER,
    REVOKE,
    Damage,
    alter,
    altered_page,
    both,
    cut,
    cut_to_first_line,
    forgotten_withdrawal,
    key_file,
    ledger_line,
    link,
    more_learners,
    nothing,
    remove,
    revoked,
    withdrawal_undone,
    write,
)

from example_centre import ExampleCentre

ISSUE = ("issue", RUN)


@dataclass(frozen=True, slots=True)
class Case:
    """Something wrong, the command that meets it, and what a person is to read."""

    name: str
    damage: Damage
    words: tuple[str, ...]
    told: tuple[str, ...]
    typed: str = TYPED
    code: int = 1
    hint: bool = True


PUBLIC = "credentials/public"
SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
JOURNAL_OUT_OF_THE_FOLDER = json.dumps(
    {"version": 1, "files": [{"path": "../../out", "data": "", "sha256": SHA256_OF_NOTHING}]}
)
IMPORT = ("import", "register", "--run", RUN, "--yes")

CASES = (
    # The catalogue.
    Case("yaml-damaged", write("catalogue/runs/x.yml", "id: x\n  batch: ["), ISSUE, ("runs/x.yml:2",)),
    Case("yaml-member-unknown", write("catalogue/runs/x.yml", "id: x\ncolour: red\n"), ISSUE, ("x.yml:2", "colour")),
    Case("yaml-not-utf-8", write("catalogue/runs/x.yml", b"id: \xff\xfe\n"), ISSUE, ("runs/x.yml",), hint=False),
    Case("catalogue-a-link", link("catalogue/runs/x.yml", "/etc/hostname"), ISSUE, ("x.yml", "got a link"), hint=False),
    Case("centre-missing", remove("catalogue/centre.yml"), ISSUE, ("catalogue/centre.yml",)),
    Case("mkdocs-yml-missing", remove("mkdocs.yml"), ("build",), ("mkdocs.yml", "found none"), hint=False),
    # The register.
    Case("register-missing", nothing, IMPORT, ("register", "expected a readable file"), hint=False),
    Case(
        "register-a-folder",
        lambda c: (c.folder.root / "register").mkdir(),
        IMPORT,
        ("is a directory",),
        code=2,
        hint=False,
    ),
    Case("register-empty", write("register", b""), IMPORT, ("register",), hint=False),
    Case("register-binary", write("register", bytes(range(256))), IMPORT, ("register",), hint=False),
    Case("register-damaged-zip", write("register", b"PK\x03\x04" + bytes(99)), IMPORT, ("register", "damaged")),
    Case(
        "register-column-unknown",
        write("register", "Name,Father Name,Atendance\nA B,C D,9\n"),
        IMPORT,
        ("register:1", "'Atendance'", "is “attendance” meant?"),
    ),
    Case(
        "register-name-wrong",
        write("register", "Name,Attendance %\nRashida  Bano,90\n"),
        IMPORT,
        ("register:2: name", "write “Rashida Bano”"),
    ),
    Case(
        "register-attendance-wrong",
        write("register", "Name,Attendance %\nRashida Bano,ninety\n"),
        IMPORT,
        ("register:2: attendance_percent", "ninety"),
        hint=False,
    ),
    Case(
        "register-consent-missing",
        write("register", "Name,Attendance %,Publish\nRashida Bano,90,yes\n"),
        IMPORT,
        ("register:2: consent_date",),
    ),
    Case(
        "register-lost-a-learner",
        write("register", "Name,Attendance %\nSidra Munir,90\n"),
        IMPORT,
        ("Rashida Bano", "CSC-FT-HB-W/12/001", "Iqra Batool Sial"),
    ),
    Case(
        "register-of-unknown-run",
        write("register", REGISTER),
        ("import", "register", "--run", "home-baking", "--yes"),
        ("got home-baking", RUN),
    ),
    Case(
        "register-not-imported",
        nothing,
        ("issue", "officers-finance-admin-egov-b34"),
        ("expected a register of this run", "asnad import REGISTER --run officers"),
    ),
    Case(
        "kept-register-damaged",
        cut(f"credentials/private/registers/{RUN}.json"),
        ISSUE,
        (f"{RUN}.json", "import the register again"),
    ),
    # Runs.
    Case("run-unknown", nothing, ("issue", "home-baking-women-b99"), ("got home-baking-women-b99", RUN)),
    Case(
        "run-not-finished",
        nothing,
        ("issue", "home-baking-women-b13"),
        ("runs/home-baking-women-b13.yml", "expected a finished run"),
    ),
    Case(
        "text-changed",
        both(
            more_learners,
            alter(
                "catalogue/courses/home-baking-women.yml",
                "خواتین کے لیے گھریلو بیکنگ".encode(),
                "گھریلو بیکنگ".encode(),
            ),
        ),
        ISSUE,
        ("courses/home-baking-women.yml", "version: 2"),
    ),
    # Keys and passphrases.
    Case(
        "passphrase-wrong",
        more_learners,
        ISSUE,
        ("#status-", "the passphrase does not open this key"),
        typed="another passphrase\n",
    ),
    Case("passphrase-not-given", more_learners, ISSUE, ("#status-", "passphrase"), typed=""),
    Case("key-file-missing", both(more_learners, key_file("key", None)), ISSUE, ("key-", "found none")),
    Case(
        "key-file-damaged",
        both(more_learners, key_file("key", b"{}")),
        ISSUE,
        ("key-", "expected a key file"),
        hint=False,
    ),
    Case(
        "key-file-empty",
        both(more_learners, key_file("status", b"")),
        ISSUE,
        ("status-", "expected a key file"),
        hint=False,
    ),
    Case(
        "keys-inside-the-centre",
        nothing,
        ("keys", "list", "--keys", "private-keys"),
        ("private-keys", "outside"),
        typed="",
    ),
    Case("own-json-missing", remove("keys/own.json"), ISSUE, ("keys/own.json", "asnad keys ceremony")),
    Case("own-json-damaged", write("keys/own.json", b"{"), ("refresh",), ("keys/own.json",), hint=False),
    Case("own-json-a-list", write("keys/own.json", b"[]"), ("refresh",), ("keys/own.json",), hint=False),
    Case(
        "own-json-numbers",
        write("keys/own.json", b'{"did":1,"rootKeys":[1]}'),
        ("refresh",),
        ("keys/own.json",),
        hint=False,
    ),
    Case("own-json-deep", write("keys/own.json", b"[" * 90_000), ("refresh",), ("keys/own.json",), hint=False),
    # What was signed.
    Case("keys-json-damaged", cut(f"{PUBLIC}/asnad/keys.json"), ("refresh",), (PUBLIC, "from Git")),
    Case(
        "keys-json-altered",
        alter(f"{PUBLIC}/asnad/keys.json", b'"version":1', b'"version":2'),
        ("refresh",),
        (PUBLIC, "from Git"),
    ),
    Case(
        "keys-json-missing",
        remove(f"{PUBLIC}/asnad/keys.json"),
        ("refresh",),
        (f"{PUBLIC}/asnad/keys.json", "found none"),
    ),
    Case(
        "manifest-altered",
        alter(f"{PUBLIC}/asnad/manifest.json", b'"version":', b'"version":9'),
        ("refresh",),
        (PUBLIC, "from Git"),
    ),
    Case("manifest-missing", remove(f"{PUBLIC}/asnad/manifest.json"), REVOKE, (f"{PUBLIC}/asnad/manifest.json",)),
    Case("notices-missing", remove(f"{PUBLIC}/asnad/notices.json"), REVOKE, (f"{PUBLIC}/asnad/notices.json",)),
    Case("list-damaged", cut(f"{PUBLIC}/status/1.json"), ("refresh",), (PUBLIC, "from Git")),
    Case("list-missing", remove(f"{PUBLIC}/status/1.json"), REVOKE, ("status/1.json",)),
    Case("list-missing-at-refresh", remove(f"{PUBLIC}/status/1.json"), ("refresh",), ("status/1.json",)),
    Case("stray-file-beside-lists", write(f"{PUBLIC}/status/notes.txt", "x"), ("refresh",), ("status/notes.txt",)),
    Case(
        "stray-copy-beside-lists",
        write(f"{PUBLIC}/status/1 (copy).json", "x"),
        ("keys", "list"),
        ("status/1 (copy).json",),
    ),
    Case("statistics-cut", cut(f"{PUBLIC}/asnad/statistics.json"), ("build",), ("statistics.json", "asnad refresh")),
    Case("taken-missing", both(more_learners, remove(f"{PUBLIC}/taken/1.bin")), ISSUE, ("taken/1.bin", "from Git")),
    Case("taken-cut", both(more_learners, cut(f"{PUBLIC}/taken/1.bin")), ISSUE, ("taken/1.bin", "from Git")),
    Case(
        "achievement-missing",
        both(more_learners, remove(f"{PUBLIC}/achievements")),
        ISSUE,
        ("achievements/home-baking-women/1.json",),
        hint=False,
    ),
    Case(
        "public-a-link",
        both(remove(f"{PUBLIC}/asnad/manifest.json"), link(f"{PUBLIC}/asnad/manifest.json", "/etc/hostname")),
        ("refresh",),
        ("manifest.json", "link"),
        hint=False,
    ),
    # Ledgers and journal.
    Case("ledger-cut", cut(LEDGER), ISSUE, (f"{LEDGER}:", "restore the ledger")),
    Case("ledger-not-utf-8", write(LEDGER, b"\xff\xfe\n"), ISSUE, (f"{LEDGER}:1", "restore the ledger")),
    Case("ledger-deep", write(LEDGER, b"[" * 90_000), ISSUE, (f"{LEDGER}:1", "restore the ledger")),
    Case("ledger-member-missing", write(LEDGER, '{"v":1,"type":"issued"}\n'), ISSUE, (f"{LEDGER}:1",)),
    Case("ledger-member-of-another-type", ledger_line(number="one"), ISSUE, (f"{LEDGER}:1",)),
    Case("ledger-name-a-number", ledger_line(serial=7), ("show", "CSC-FT-HB-W/12/002"), (f"{LEDGER}:1",)),
    Case(
        "ledger-missing",
        both(more_learners, remove(LEDGER)),
        ISSUE,
        (LEDGER, "without it learners would get a second certificate"),
    ),
    Case(
        "ledger-of-before",
        both(more_learners, cut_to_first_line),
        ISSUE,
        (LEDGER, "expected the 2 certificates of the public ledger"),
    ),
    Case(
        "ledger-without-its-withdrawal",
        forgotten_withdrawal,
        ("revoke", "CSC-FT-HB-W/12/002", "--reason", "misconduct", "--yes"),
        (LEDGER, "restore"),
    ),
    Case(
        "list-of-before-a-withdrawal",
        withdrawal_undone,
        ("refresh",),
        ("status/1.json", "restore the whole of credentials/public"),
    ),
    Case(
        "public-ledger-damaged",
        write(f"{PUBLIC}/ledger.jsonl", "{\n"),
        ("build",),
        (f"{PUBLIC}/ledger.jsonl:1", "from Git"),
    ),
    Case(
        "public-ledger-damaged-at-issue",
        both(more_learners, cut(f"{PUBLIC}/ledger.jsonl")),
        ISSUE,
        (f"{PUBLIC}/ledger.jsonl:",),
    ),
    Case("journal-damaged", write("credentials/private/journal.json", b"{"), ("refresh",), ("journal.json", "backup")),
    Case(
        "journal-damaged-at-build",
        write("credentials/private/journal.json", b"{"),
        ("build",),
        ("journal.json", "backup"),
    ),
    Case(
        "journal-out-of-the-folder",
        write("credentials/private/journal.json", JOURNAL_OUT_OF_THE_FOLDER),
        ("refresh",),
        ("../../out",),
        hint=False,
    ),
    # Certificates.
    Case(
        "serial-unknown",
        nothing,
        ("revoke", "CSC-FT-HB-W/12/999", "--reason", "misconduct", "--yes"),
        ("CSC-FT-HB-W/12/999", "compare it with the paper"),
    ),
    Case("serial-unknown-to-show", nothing, ("show", "12"), ("12", "compare it with the paper"), typed=""),
    Case("revoked-twice", revoked, REVOKE, ("CSC-FT-HB-W/12/001", "found one withdrawn on")),
    Case("reason-missing", nothing, ("revoke", "CSC-FT-HB-W/12/001"), ("--reason",), code=2, hint=False),
    Case(
        "reason-unknown",
        nothing,
        ("revoke", "CSC-FT-HB-W/12/001", "--reason", "mood"),
        ("'mood'", "misconduct"),
        code=2,
        hint=False,
    ),
    Case(
        "note-too-long",
        nothing,
        (*REVOKE, "--note", "x" * 256),
        ("expected at most 255 characters, got 256",),
        hint=False,
    ),
    Case(
        "papers-without-credential",
        remove("credentials/private/credentials"),
        ("issue", RUN, "--papers-only"),
        ("private/credentials/", "expected a readable file"),
        hint=False,
    ),
    # The site.
    Case("page-missing", remove("credentials/published"), ("build",), ("credentials/published", "--catalogue-only")),
    Case("page-altered", altered_page, ("build",), ("credentials/published/", "from Git")),
    Case(
        "stray-file-published",
        write("credentials/published/register.xlsx", "x"),
        ("build",),
        ("credentials/published/register.xlsx",),
    ),
    Case(
        "site-a-foreign-folder",
        write("homework/essay.txt", "x"),
        ("build", "--site", "homework"),
        ("homework", "--site"),
    ),
    Case("site-is-the-centre", nothing, ("build", "--site", "."), ("expected",), hint=False),
    Case("site-is-a-file", write("a-file", "x"), ("build", "--site", "a-file"), ("a-file",), hint=False),
    Case("nothing-to-serve", nothing, ("serve",), ("site", "asnad build")),
    Case("command-unknown", nothing, ("isue",), ("isue",), code=2, hint=False),
)
_WITHOUT_KEYS = ("build", "serve", "isue")


def snapshot(root: Path) -> dict[str, bytes]:
    """Read everything that a command could have half written."""
    files = [path for path in (root / "credentials").rglob("*") if path.is_file() and path.name != "lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_it_is_told_with_place_and_hint_and_nothing_is_half_written(own_centre: ExampleCentre, case: Case) -> None:
    case.damage(own_centre)
    root = own_centre.folder.root
    before = snapshot(root)
    named = case.words[0] in _WITHOUT_KEYS or "--keys" in case.words
    words = case.words if named else (*case.words, "--keys", str(own_centre.keys))
    answer = call(*words, cwd=root, typed=case.typed)
    assert_told(answer, case.code, *case.told, hint=case.hint)
    assert snapshot(root) == before
    assert not (root.parent / "out").exists()
    assert not (root / "site").exists()
    assert not (root / "site.part").exists()


def test_outside_of_a_centre_its_folder_is_asked_for(tmp_path: Path) -> None:
    for words in (("issue", RUN), ("build",), ("verify", "123"), ("keys", "list")):
        assert_told(call(*words, cwd=tmp_path), 1, str(tmp_path), "--centre")


def test_a_place_is_named_as_the_person_would_find_it(own_centre: ExampleCentre) -> None:
    register = own_centre.folder.root / "b12.csv"
    register.write_text("Name,Attendance %\nRashida Bano,90\nIqra Batool,1000\nSidra,\n", encoding="utf-8")
    answer = at_desk(own_centre, "import", str(register), "--run", RUN, "--yes", typed="")
    assert_told(answer, 1, "b12.csv:3: attendance_percent", "b12.csv:4: attendance_percent", hint=False)
