"""A registrar's way through the commands: import, issue, show, revoke, refresh, keys, build."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from pathlib import Path

import pytest
from command_line import (
    REGISTER,
    RUN,
    TYPED,
    assert_told,
    at_desk,
    call,
    centre_with_register,
    in_centre,
    issued_small_centre,
    talk,
)

from asnad.desk.ledger import Issued
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.verify import verify_document
from example_centre import ROOT, ExampleCentre, found_example_centre

SERIAL = "CSC-FT-HB-W/12/002"
DAY = 86_400
CHOSEN = "a passphrase of our own"
_FETCHED = re.compile(r"""(?:src|href)\s*=\s*["']?(?!data:|#|mailto:|tel:)|url\(\s*["']?(?!data:)|@import""")


def manifest_version(centre: ExampleCentre) -> int:
    manifest = json.loads((centre.folder.credentials / "public/asnad/manifest.json").read_bytes())
    version = manifest["version"]
    assert isinstance(version, int)
    return version


def test_import_shows_the_table_first_and_keeps_nothing_that_was_not_agreed_to(tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path, int(time.time()))
    register = tmp_path / "b12.csv"
    register.write_text(REGISTER, encoding="utf-8")
    kept = centre.folder.credentials / "private" / "registers" / f"{RUN}.json"

    refused = at_desk(centre, "import", str(register), "--run", RUN, typed="n\n")
    assert refused.code == 0
    assert "Nothing was kept." in refused.out
    assert not kept.exists()
    assert "Rashida Bano" in refused.out
    assert "NO: expected at least 80 % attendance, got 79 %" in refused.out
    assert "Look at this: the run says enrolled: 12, the register has 3 learners" in refused.err

    agreed = at_desk(centre, "import", str(register), "--run", RUN, typed="y\n")
    assert (agreed.code, kept.exists()) == (0, True)
    assert agreed.out.index("Rashida Bano") < agreed.out.index(f"Kept. Next: asnad issue {RUN}")


def test_a_workbook_is_imported_like_a_text(own_centre: ExampleCentre) -> None:
    register = ROOT / "credentials" / "example-registers" / "officers-finance-admin-egov-b34.xlsx"
    answer = at_desk(own_centre, "import", str(register), "--run", "officers-finance-admin-egov-b34", "--yes", typed="")
    assert answer.code == 0, answer.err
    assert "Kept. Next: asnad issue officers-finance-admin-egov-b34" in answer.out


def test_issue_signs_with_a_progress_bar_and_writes_papers_for_everyone(tmp_path: Path) -> None:
    centre = centre_with_register(tmp_path, int(time.time()))
    before = manifest_version(centre)
    answer = at_desk(centre, "issue", RUN)
    assert answer.code == 0, answer.err
    assert f"{RUN}: 2 issued now, 0 before." in answer.out
    assert "not issued: Zubaida Khanum Cheema (row 3): expected at least 80 % attendance, got 79 %" in answer.out
    assert "2/2" in answer.err
    assert TYPED.strip() not in answer.out + answer.err
    assert manifest_version(centre) == before + 1

    out = centre.folder.credentials / "private" / "out" / RUN
    names = sorted(path.name for path in out.iterdir())
    files = [f"CSC-FT-HB-W-12-{number}.{kind}" for number in ("001", "002") for kind in ("html", "png", "svg")]
    assert names == [*files, "all.html", "links.csv"]
    for name, learners in (
        ("CSC-FT-HB-W-12-001.html", ["Rashida Bano"]),
        ("CSC-FT-HB-W-12-002.html", ["Iqra Batool Sial"]),
        ("all.html", ["Rashida Bano", "Iqra Batool Sial"]),
    ):
        text = (out / name).read_text(encoding="utf-8")
        assert all(learner in text for learner in learners)
        assert ("Rashida Bano" in text) == ("Rashida Bano" in learners)
        fetched = [text[found.start() : found.start() + 60] for found in _FETCHED.finditer(text)]
        verifier = centre.catalogue.centre.verifier
        assert [part for part in fetched if verifier not in part] == []
        assert "<script" not in text

    table = list(csv.DictReader(io.StringIO((out / "links.csv").read_bytes().decode("utf-8-sig"))))
    assert [row["serial"] for row in table] == ["CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"]
    assert [row["name"] for row in table] == ["Rashida Bano", "Iqra Batool Sial"]
    assert [row["phone"] for row in table] == ["'+92-300-0000008", "'+92-300-0000012"]
    assert all(re.fullmatch(rf"{re.escape(centre.catalogue.centre.verifier)}#[0-9]+", row["link"]) for row in table)

    again = at_desk(centre, "issue", RUN, typed="")
    assert again.code == 0, again.err
    assert "0 issued now, 2 before." in again.out
    assert manifest_version(centre) == before + 1


def test_papers_are_written_again_without_a_passphrase(own_centre: ExampleCentre) -> None:
    out = own_centre.folder.credentials / "private" / "out" / RUN
    shutil.rmtree(out, ignore_errors=True)
    answer = at_desk(own_centre, "issue", RUN, "--papers-only", typed="")
    assert answer.code == 0, answer.err
    assert len(list(out.glob("CSC-*.html"))) == 2
    assert (out / "all.html").is_file()


def test_show_answers_what_a_caller_asks(small_centre: ExampleCentre) -> None:
    answer = at_desk(small_centre, "show", SERIAL.lower(), typed="")
    assert answer.code == 0, answer.err
    for text in (
        SERIAL,
        "Iqra Batool Sial",
        "Home Baking for Women (version 1)",
        "2026-09-07 to 2026-09-18",
        "in force",
    ):
        assert text in answer.out


def test_a_withdrawal_is_asked_about_and_then_shown_with_its_note(own_centre: ExampleCentre) -> None:
    declined = at_desk(own_centre, "revoke", SERIAL, "--reason", "misconduct", typed="n\n")
    assert declined.code != 0
    assert "in force" in at_desk(own_centre, "show", SERIAL, typed="").out

    note = "Told by [the examiner] on 1 October [/b]"
    done = at_desk(own_centre, "revoke", SERIAL, "--reason", "misconduct", "--note", note, typed=f"y\n{TYPED}")
    assert done.code == 0, done.err
    assert "can never be undone" in done.err
    shown = at_desk(own_centre, "show", SERIAL, typed="")
    assert shown.code == 0, shown.err
    assert "WITHDRAWN on " in shown.out
    assert "misconduct" in shown.out
    assert note in shown.out
    assert "in force" in at_desk(own_centre, "show", "CSC-FT-HB-W/12/001", typed="").out


def test_refresh_signs_lists_and_manifest_for_another_35_days(tmp_path: Path) -> None:
    centre = issued_small_centre(tmp_path, int(time.time()) - 30 * DAY)
    before = manifest_version(centre)
    answer = at_desk(centre, "refresh")
    assert answer.code == 0, answer.err
    assert f"(version {before + 1}) are good for 35 days" in answer.out or "are good for 34 days" in answer.out
    record = centre.workplace(int(time.time())).record()
    assert all(item.valid_until >= time.time() + 34 * DAY for item in record.lists.values())


def test_issue_and_build_warn_of_lists_that_run_out_and_a_build_publishes_a_withdrawal(tmp_path: Path) -> None:
    centre = issued_small_centre(tmp_path, int(time.time()) - 30 * DAY)
    issued = at_desk(centre, "issue", RUN, typed="")
    assert issued.code == 0, issued.err
    assert "WARNING: the status lists run out in 4 days" in issued.err or "run out in 5 days" in issued.err
    built = in_centre(centre, "build")
    assert built.code == 0, built.err
    assert "WARNING: the status lists run out in" in built.err
    assert "1 page of a certificate." in built.out

    revoked = at_desk(centre, "revoke", "CSC-FT-HB-W/12/001", "--reason", "wrong-person", "--yes")
    assert revoked.code == 0, revoked.err
    rebuilt = in_centre(centre, "build")
    assert rebuilt.code == 0, rebuilt.err
    assert "WARNING" not in rebuilt.err

    site, did = centre.folder.root / "site", centre.catalogue.centre.did
    paths = [path for path in site.rglob("*") if path.is_file()]
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
    trust = Trust((IssuerTrust(did=did, root_keys=centre.folder.root_keys(did), files=files),), ())
    events = [event for event in centre.workplace().ledger() if isinstance(event, Issued)]
    names = {event.serial: event.id.removeprefix("urn:uuid:") for event in events}
    outcomes = {
        serial: verify_document(centre.credentials()[name], trust, int(time.time()), centre.contexts).outcome
        for serial, name in names.items()
    }
    assert outcomes == {"CSC-FT-HB-W/12/001": Outcome.REVOKED, SERIAL: Outcome.DEMONSTRATION}
    # Whoever looks for a name or a serial of somebody who did not agree to a page finds nothing.
    assert [path for path, data in files.items() if b"Iqra Batool" in data or SERIAL.encode() in data] == []


def test_keys_lists_each_key_and_new_adds_one(own_centre: ExampleCentre) -> None:
    before = at_desk(own_centre, "keys", "list", typed="")
    assert before.code == 0, before.err
    assert before.out.count("active") == 3
    made = at_desk(own_centre, "keys", "new")
    assert made.code == 0, made.err
    after = at_desk(own_centre, "keys", "list", typed="")
    assert after.out.count("issuing") == 2
    root = own_centre.workplace().record().keys.root_id
    own_centre.store.path_of(root).unlink()
    without = at_desk(own_centre, "keys", "list", typed="")
    assert re.search(rf"{re.escape(root.partition('#')[2])} .*\bno\b", without.out), without.out
    assert_told(at_desk(own_centre, "keys", "new"), 1, root.partition("#")[2], "expected a key file, found none")


@pytest.fixture(scope="module")
def unfounded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unfounded") / "centre"
    shutil.copytree(ROOT / "catalogue", root / "catalogue")
    return root


def test_a_passphrase_that_is_too_short_is_refused_when_it_is_typed_and_asked_again(
    unfounded: Path, tmp_path: Path
) -> None:
    said = talk(
        *("keys", "ceremony", "--keys", str(tmp_path / "k"), "--centre", str(unfounded)),
        cwd=tmp_path,
        answers=(
            ("New passphrase", "short"),
            ("New passphrase", CHOSEN),
            ("The same again", "another"),
            ("New passphrase", ""),
            ("Type it in from the paper", "another"),
        ),
    )
    assert said.code == 2, said.out
    assert "expected a passphrase of 12 to 1024 bytes, got 5" in said.out
    assert "the two passphrases are not the same; choose once more" in said.out
    assert "Making four keys" not in said.out
    assert not (tmp_path / "k").exists()


def test_a_ceremony_is_held_once(unfounded: Path) -> None:
    keys = unfounded.parent / "keys"
    words = ("keys", "ceremony", "--keys", str(keys))
    differ = call(*words, cwd=unfounded, typed=f"{CHOSEN}\n{CHOSEN}!\n")
    assert_told(differ, 2, "the two passphrases are not the same; nothing was made", hint=False)
    assert_told(
        call(*words, cwd=unfounded, typed="short\nshort\n"), 1, "expected a passphrase of 12 to 1024 bytes, got 5"
    )
    assert not list(unfounded.parent.glob("keys/*/*"))

    held = call(*words, cwd=unfounded, typed=f"{CHOSEN}\n{CHOSEN}\n")
    assert held.code == 0, held.err
    assert held.err.count("\n") == 1, held.err
    files = sorted(path.name for path in keys.glob("*/*"))
    assert len(files) == 4
    assert all((path.stat().st_mode & 0o077) == 0 for path in keys.glob("*/*"))
    assert CHOSEN not in held.out + held.err

    again = call(*words, cwd=unfounded, typed=f"{CHOSEN}\n{CHOSEN}\n")
    assert_told(again, 1, "expected a centre without keys, found some", "asnad keys rotate")
    assert sorted(path.name for path in keys.glob("*/*")) == files
