"""Two people for a certificate: drafting, approving, and what is refused where one of the two is missing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from faulty_disk import Fault, Moment, run_with_fault
from small_centre import ELIGIBLE, REGISTER, RUN, assert_whole, copy_of, leftovers, unfounded_centre, with_register

from asnad import assets
from asnad.catalogue.reading import read_catalogue
from asnad.desk.award_files import KeptAwards, kept_awards, named_paths
from asnad.desk.awarding import approve_awards, draft_awards
from asnad.desk.erasing import erase
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.officer import Officer, read_officer
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.errors import AsnadError, FileError, IssuingError
from asnad.files import read_tree
from asnad.site.stationery import certificate_environment
from example_centre import CHEAP, NOW, ROOT, ExampleCentre, import_register

DRAFTER = Officer("Nasreen Gul Daud", "Clerk of Courses")
SECOND = Officer("Safdar Jamil Wahlah", "Course Director")
NAMES = (*ELIGIBLE, "Zubaida Khanum Cheema", "Ghulam Rasool", "Khushi Muhammad", "Manzoor Hussain", "Sultan Mahmood")
ENVIRONMENT = certificate_environment(jinja2.FileSystemLoader(assets.certificate_dir()))
STATEMENT = f"awards/{RUN}.json"
TABLE = f"awards/{RUN}.md"
KEPT = f"private/awards/{RUN}.json"
SALT = f"private/awards/{RUN}.salt"
DRAFT_HINT = f'run: asnad award {RUN} --by "Name, office"'
TO_APPROVE = f'the second person reads it and runs: asnad approve {RUN} --by "Name, office"'
AGAIN = (
    f"mend the register or the catalogue; if they are right, draft it again: asnad award {RUN}, "
    f"and let a second person approve it: asnad approve {RUN}"
)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = unfounded_centre(tmp_path_factory.mktemp("founded"))
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, centre.passphrase, NOW, centre.contexts, CHEAP)
    return with_register(with_catalogue(centre))


@pytest.fixture
def public(founded: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    """Give a centre of a public repository that asks for a second person."""
    return copy_of(founded, tmp_path / "copy")


@pytest.fixture
def private(public: ExampleCentre) -> ExampleCentre:
    """Give the same centre with a private repository."""
    return with_catalogue(public, ("centre.yml", "repository: public", "repository: private"))


def with_catalogue(centre: ExampleCentre, *changes: tuple[str, str, str]) -> ExampleCentre:
    files = read_tree(ROOT, "catalogue", 1 << 20)
    for path, old, new in (("centre.yml", "demonstration:", "approval: second-person\ndemonstration:"), *changes):
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new).encode()
    return replace(centre, catalogue=read_catalogue(files))


def draft(centre: ExampleCentre, by: Officer | None = DRAFTER, at: int = NOW) -> KeptAwards:
    return draft_awards(centre.workplace(at, seed=3), RUN, by, ENVIRONMENT)


def approve(centre: ExampleCentre, by: Officer = SECOND, at: int = NOW) -> None:
    assert approve_awards(centre.workplace(at), RUN, by, lambda _kept: True) is not None


def issue(centre: ExampleCentre, at: int = NOW) -> int:
    return issue_run(centre.workplace(at, seed=7), RUN, lambda _done, _of: None).issued


def refusal(centre: ExampleCentre) -> str:
    """Call issue, see that it signs nothing, and give what it says."""
    before = tracked(centre)
    with pytest.raises(AsnadError) as caught:
        issue(centre)
    assert tracked(centre) == before
    assert centre.credentials() == {}
    return caught.value.diagnostics()


def tracked(centre: ExampleCentre) -> dict[str, bytes]:
    """Give every file that Git is given."""
    files = read_tree(centre.folder.root, "credentials", 1 << 28)
    return {path: data for path, data in files.items() if not path.startswith("private/")}


def change(centre: ExampleCentre, path: str, old: str, new: str) -> None:
    file = centre.folder.credentials / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def names_in(texts: Iterable[bytes]) -> set[str]:
    everything = b"\n".join(texts).decode("utf-8", "replace").casefold()
    return {name for name in NAMES if name.casefold() in everything}


def test_what_a_second_person_has_approved_is_issued(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    assert issue(public) == 5
    assert_whole(public, ELIGIBLE)
    assert issue(public) == 0


def test_a_centre_that_asks_for_no_second_person_issues_as_before(public: ExampleCentre) -> None:
    centre = replace(
        public,
        catalogue=replace(public.catalogue, centre=replace(public.catalogue.centre, second_person=False)),
    )
    assert issue(centre) == 5
    assert not (centre.folder.credentials / "awards").exists()


def test_nothing_is_issued_without_an_award_list(public: ExampleCentre) -> None:
    assert refusal(public) == f"{RUN}: expected an award list of this run, found none\n  hint: {DRAFT_HINT}"


def test_nothing_is_issued_before_the_list_is_approved(public: ExampleCentre) -> None:
    draft(public)
    assert refusal(public) == (
        f"{RUN}: expected the award list approved by a second person, found none\n  hint: {TO_APPROVE}"
    )


def test_who_drafts_must_be_named(public: ExampleCentre) -> None:
    with pytest.raises(IssuingError) as caught:
        draft(public, None)
    assert caught.value.diagnostics() == (
        f"{RUN}: expected who drafts the list, as centre.yml says approval: second-person, found nobody\n"
        f"  hint: {DRAFT_HINT}"
    )


@pytest.mark.parametrize(
    "typed", ["Nasreen Gul Daud, Clerk of Courses", "  NASREEN  gul daud , Deputy Registrar", "Nasreen Gul. Daud,x"]
)
def test_who_has_drafted_cannot_approve_under_another_office_or_spelling(public: ExampleCentre, typed: str) -> None:
    draft(public)
    by = read_officer(typed, "--by")
    with pytest.raises(IssuingError) as caught:
        approve(public, by)
    assert caught.value.diagnostics() == (
        f"{RUN}: expected another person than Nasreen Gul Daud, Clerk of Courses, who has drafted the list, got {by}\n"
        "  hint: let a second person read the list and approve it"
    )
    assert refusal(public).startswith(f"{RUN}: expected the award list approved by a second person, found none")


def test_an_approval_that_the_drafter_has_written_into_the_file_does_not_count(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    change(public, STATEMENT, str(SECOND), "Nasreen Gul DAUD, Principal")
    assert refusal(public) == (
        f"{RUN}: expected the award list approved by a second person, "
        "found only that of Nasreen Gul DAUD, Principal, who has drafted it\n"
        f"  hint: {TO_APPROVE}"
    )


def test_a_list_that_nobody_has_drafted_cannot_be_approved(public: ExampleCentre) -> None:
    centre = replace(
        public, catalogue=replace(public.catalogue, centre=replace(public.catalogue.centre, second_person=False))
    )
    draft(centre, None)
    with pytest.raises(IssuingError, match="expected a list that says who has drafted it, found nobody"):
        approve(centre)
    assert "expected the award list approved by a second person, found none" in refusal(public)


@pytest.mark.parametrize("typed", ["", "Nasreen Gul Daud", ", Clerk", "Nasreen,", "N" * 199 + ", x"])
def test_an_officer_has_a_name_and_an_office(typed: str) -> None:
    with pytest.raises(IssuingError, match="expected name and office, at most 200 characters, got '"):
        read_officer(typed, "--by")


def test_an_officer_without_invisible_characters() -> None:
    with pytest.raises(IssuingError, match=r"expected visible characters, got U\+202E"):
        read_officer("Nasreen \u202eGul, Clerk", "--by")


CHANGES = {
    "a name": (
        REGISTER.replace("Sidra Munir Dogar", "Sidra Muneer Dogar"),
        "row 3: approved “Sidra Munir Dogar”, now “Sidra Muneer Dogar”",
        5,
    ),
    "a learner more": (
        REGISTER + "Fouzia Kausar Khokhar,Muhammad Sharif,00000-0000011-1,95,no,\n",
        "row 8: “Fouzia Kausar Khokhar” is not on the approved list",
        6,
    ),
    "a learner less": (
        "".join(line for line in REGISTER.splitlines(keepends=True) if "Shazia" not in line),
        "row 7: approved “Shazia Nawaz”, now no such learner",
        4,
    ),
    "a learner who no longer has earned it": (
        REGISTER.replace(",95,no", ",70,no"),
        "row 3: approved “Sidra Munir Dogar”, now no certificate: expected at least 80 % attendance, got 70 %",
        4,
    ),
    "a learner who has earned it now": (
        REGISTER.replace(",79,", ",80,"),
        "row 4: “Zubaida Khanum Cheema” is not on the approved list",
        6,
    ),
    "an identity number": (
        REGISTER.replace("00000-0000003-1", "00000-0000003-3"),
        "row 7: approved “Shazia Nawaz”, now another learner of this name (father’s name or identity number)",
        5,
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_register_that_has_changed_since_the_approval_is_named_by_row(public: ExampleCentre, what: str) -> None:
    register, line, count = CHANGES[what]
    draft(public)
    approve(public)
    import_register(public, RUN, "again.csv", register.encode())
    assert refusal(public) == (
        f"{RUN}: expected the award list as {SECOND} approved it on 2026-11-20, found one difference:\n"
        f"  {line}\n  hint: {AGAIN}"
    )
    draft(public)
    assert "found none" in refusal(public)
    approve(public)
    assert issue(public) == count


DIRECTOR = "“مہرالنساء اسد گھمن, ڈائریکٹر”"
CATALOGUE_CHANGES = {
    "version": (
        ("courses/home-baking-women.yml", "code: FT-HB-W\n", "code: FT-HB-W\nversion: 2\n"),
        "version of the course: approved 1, now 2",
    ),
    "kind": (
        ("courses/home-baking-women.yml", "kind: completion", "kind: attendance"),
        "kind: approved “completion”, now “attendance”",
    ),
    "signatory": (
        (f"runs/{RUN}.yml", "[director-2024, registrar-2026]", "[director-2024]"),
        f"signatories: approved {DIRECTOR} and “شگفتہ نواز باجوہ, رجسٹرار کورسز”, now {DIRECTOR}",
    ),
    "day of award": (
        (f"runs/{RUN}.yml", "state: finished", "state: finished\nawarded: 2026-10-01"),
        "day of award: approved 2026-09-18, now 2026-10-01",
    ),
    "text": (
        ("courses/home-baking-women.yml", "روٹی، بسکٹ، کیک", "روٹی، کیک"),
        "text of the course: outcomes, criteria or quality statement are not as approved",
    ),
}


@pytest.mark.parametrize("what", CATALOGUE_CHANGES)
def test_a_catalogue_that_has_changed_since_the_approval_is_named_by_field(public: ExampleCentre, what: str) -> None:
    edit, line = CATALOGUE_CHANGES[what]
    draft(public)
    approve(public)
    assert f"\n  {line}\n" in refusal(with_catalogue(public, edit))
    assert issue(public) == 5


def test_another_grade_is_named(public: ExampleCentre) -> None:
    run = "food-safety-small-business-mc-b03"
    register = (
        "Name,Father Name,CNIC,Attendance %,Result,Marks,Grade\nYasir Amin Naul,Bashir,00000-0000051-1,99,pass,72,B\n"
    )
    import_register(public, run, "b03.csv", register.encode())
    draft_awards(public.workplace(), run, DRAFTER, ENVIRONMENT)
    assert approve_awards(public.workplace(), run, SECOND, lambda _kept: True) is not None
    import_register(public, run, "b03.csv", register.replace(",B\n", ",A\n").encode())
    with pytest.raises(IssuingError) as caught:
        issue_run(public.workplace(), run, lambda _done, _of: None)
    assert "\n  row 2: grade: approved “B”, now “A”" in str(caught.value)


def test_a_list_that_has_changed_since_it_was_drafted_cannot_be_approved(public: ExampleCentre) -> None:
    draft(public)
    import_register(public, RUN, "again.csv", CHANGES["a name"][0].encode())
    with pytest.raises(IssuingError) as caught:
        approve(public)
    assert str(caught.value) == (
        f"{RUN}: expected the award list as it was drafted, found one difference:\n  {CHANGES['a name'][1]}"
    )


def test_whoever_has_a_certificate_already_is_not_compared(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    assert issue(public) == 5
    revoke(public.workplace(), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    later = CHANGES["a learner more"][0]
    import_register(public, RUN, "again.csv", later.encode(), NOW + 60)
    with pytest.raises(IssuingError, match="“Fouzia Kausar Khokhar” is not on the approved list"):
        issue(public, NOW + 60)
    kept = draft(public, at=NOW + 60)
    assert (kept.statement.certificates, kept.statement.issued_before, kept.statement.refused) == (1, 5, 1)
    approve(public, at=NOW + 60)
    assert issue(public, NOW + 60) == 1


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (STATEMENT, '"certificates": 5', '"certificates": 6'),
        (STATEMENT, '"draftedBy": "Nasreen Gul Daud', '"draftedBy": "Somebody Else'),
        (STATEMENT, '"fingerprint": "', '"fingerprint": "' + "0" * 64 + '", "x": "'),
        (KEPT, "Sidra Munir Dogar", "Sidra Muneer Dogar"),
        (KEPT, '"drafted":"2026-11-20"', '"drafted":"2026-11-19"'),
        (SALT, "", "0"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused(public: ExampleCentre, path: str, old: str, new: str) -> None:
    draft(public)
    approve(public)
    change(public, path, old, new)
    told = refusal(public)
    assert "expected the file" in told or "expected 32 bytes in hexadecimal" in told
    assert f"asnad award {RUN}" in told or "asnad award" in told


def test_a_changed_table_in_a_private_repository_is_refused_and_line_ends_do_not_count(private: ExampleCentre) -> None:
    draft(private)
    approve(private)
    file = private.folder.credentials / TABLE
    whole = file.read_bytes()
    change(private, TABLE, "Sidra Munir Dogar", "Sidra Muneer Dogar")
    assert refusal(private) == (
        f"credentials/{TABLE}: expected the file as asnad award wrote it, found a changed one\n"
        f"  hint: take the change back in Git, or draft the list again: asnad award {RUN}"
    )
    file.write_bytes(whole.replace(b"\n", b"\r\n"))
    assert issue(private) == 5


def test_an_approval_does_not_outlive_the_list_that_was_read(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    first = json.loads((public.folder.credentials / STATEMENT).read_bytes())
    import_register(public, RUN, "again.csv", CHANGES["a name"][0].encode())
    draft(public, at=NOW + 60)
    second = json.loads((public.folder.credentials / STATEMENT).read_bytes())
    assert second["approvals"] == []
    # As a merge of two branches may leave it.
    (public.folder.credentials / STATEMENT).write_text(json.dumps(second | {"approvals": first["approvals"]}))
    assert "found only that of an older list" in refusal(public)


def test_the_same_list_drafted_again_keeps_its_approval(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    before = tracked(public)
    draft(public, at=NOW + 86_400)
    assert tracked(public) == before
    assert issue(public) == 5


def test_an_approval_that_is_declined_writes_nothing(public: ExampleCentre) -> None:
    draft(public)
    before = tracked(public)
    assert approve_awards(public.workplace(), RUN, SECOND, lambda _kept: False) is None
    assert tracked(public) == before


def test_a_list_that_changes_while_it_is_read_is_not_approved(public: ExampleCentre) -> None:
    draft(public)

    def somebody_drafts(_kept: KeptAwards) -> bool:
        import_register(public, RUN, "again.csv", CHANGES["a name"][0].encode())
        draft(public, at=NOW + 60)
        return True

    with pytest.raises(IssuingError, match="expected the list that was read, found another"):
        approve_awards(public.workplace(), RUN, SECOND, somebody_drafts)


def test_a_public_repository_has_no_name_of_a_learner_in_any_tracked_file(public: ExampleCentre) -> None:
    draft(public)
    approve(public)
    files = tracked(public)
    assert names_in(files.values()) == set()
    assert [path for path in files if path.startswith("awards/")] == [STATEMENT]
    assert {path for path in named_paths(RUN) if (public.folder.credentials / path).exists()} == {
        KEPT,
        f"private/out/{RUN}/award-list.html",
    }
    statement = json.loads(files[STATEMENT])
    assert statement == {
        "type": "AsnadAwardApproval",
        "format": 1,
        "run": RUN,
        "course": "home-baking-women",
        "version": 1,
        "kind": "completion",
        "certificates": 5,
        "issuedBefore": 0,
        "refused": 1,
        "draftedBy": str(DRAFTER),
        "drafted": "2026-11-20",
        "fingerprint": statement["fingerprint"],
        "approvals": [{"by": str(SECOND), "day": "2026-11-20", "fingerprint": statement["fingerprint"]}],
    }
    page = (public.folder.credentials / f"private/out/{RUN}/award-list.html").read_bytes()
    assert names_in([page]) == {*ELIGIBLE, "Zubaida Khanum Cheema"}


def test_a_repository_that_becomes_public_loses_the_table_at_the_next_draft(private: ExampleCentre) -> None:
    draft(private)
    assert names_in(tracked(private).values()) == {*ELIGIBLE, "Zubaida Khanum Cheema"}
    centre = with_catalogue(private)
    import_register(centre, RUN, "again.csv", CHANGES["a name"][0].encode())
    draft(centre, at=NOW + 60)
    assert names_in(tracked(centre).values()) == set()


def test_the_fingerprint_of_the_same_list_differs_by_its_salt(public: ExampleCentre) -> None:
    first = draft(public).statement.fingerprint
    for path in (STATEMENT, SALT, KEPT):
        (public.folder.credentials / path).unlink()
    assert draft(public, at=NOW + 60).statement.fingerprint != first
    assert len(bytes.fromhex((public.folder.credentials / SALT).read_text())) == 32


def test_a_private_repository_shows_a_learner_a_line_in_the_order_of_the_register(private: ExampleCentre) -> None:
    draft(private)
    lines = (private.folder.credentials / TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| [0-9]", line)]
    assert rows[:3] == [
        "| 2 | CSC-FT-HB-W/12/001 | Rashida Bano | 80 % | yes |",
        "| 3 | CSC-FT-HB-W/12/002 | Sidra Munir Dogar | 95 % | yes |",
        r"| 4 |  | Zubaida Khanum Cheema | 79 % | NO\: expected at least 80 % attendance, got 79 % |",
    ]
    before = "\n".join(lines)
    import_register(private, RUN, "again.csv", CHANGES["a name"][0].encode())
    draft(private, at=NOW + 60)
    after = (private.folder.credentials / TABLE).read_text(encoding="utf-8").splitlines()
    changed = [line for line in after if line not in before]
    assert [line for line in changed if not line.startswith("- Fingerprint")] == [rows[1].replace("Munir", "Muneer")]


def test_a_clone_of_a_private_repository_can_approve_the_table_that_lies_in_it(
    private: ExampleCentre, tmp_path: Path
) -> None:
    draft(private)
    clone = copy_of(private, tmp_path / "clone")
    for path in read_tree(clone.folder.root, "credentials/private", 1 << 28):
        (clone.folder.credentials / "private" / path).unlink()
    read = []

    def reads(kept: KeptAwards) -> bool:
        read.append(kept.markdown or "")
        return True

    assert approve_awards(clone.workplace(), RUN, SECOND, reads) is not None
    assert "Sidra Munir Dogar" in read[0]
    (private.folder.credentials / STATEMENT).write_bytes((clone.folder.credentials / STATEMENT).read_bytes())
    assert issue(private) == 5


def test_a_clone_of_a_public_repository_has_nothing_to_read_and_cannot_issue(public: ExampleCentre) -> None:
    draft(public)
    (public.folder.credentials / KEPT).unlink()
    with pytest.raises(IssuingError, match="expected the table with the names, found only its fingerprint"):
        kept_awards(public.workplace(), RUN)
    assert "expected the table with the names, found only its fingerprint" in refusal(public)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the faulty disk needs a forked child")
@pytest.mark.parametrize("command", ["draft", "approve"])
def test_killed_at_any_change_and_called_again_the_list_is_whole(
    private: ExampleCentre, tmp_path: Path, command: str
) -> None:
    run = {"draft": draft, "approve": approve}[command]
    if command == "approve":
        draft(private)
    base = copy_of(private, tmp_path / "counted")
    changes = len(run_with_fault(lambda: run(base), (base.folder.root,), None, tmp_path / "notes").names)
    assert changes > 8
    for number in range(1, changes + 1):
        copy = copy_of(private, tmp_path / f"{number}")
        fault = Fault(number, Moment.HALF)
        assert run_with_fault(lambda copy=copy: run(copy), (copy.folder.root,), fault, tmp_path / "notes").killed
        run(copy)
        assert leftovers(copy) == []
        statement = kept_awards(copy.workplace(), RUN).statement
        assert (statement.certificates, len(statement.approvals)) == (5, 1 if command == "approve" else 0)
    if command == "draft":
        approve(copy)
    assert issue(copy) == 5


def test_an_erased_learner_is_in_no_award_list_any_more(private: ExampleCentre) -> None:
    draft(private)
    approve(private)
    issue(private)
    erase(private.workplace(NOW + 60), "CSC-FT-HB-W/12/002", "the learner's wish")
    assert "Sidra Munir Dogar" not in names_in(read_tree(private.folder.root, "credentials", 1 << 28).values())
    assert issue(private, NOW + 60) == 0


def test_a_damaged_statement_is_a_plain_error(public: ExampleCentre) -> None:
    draft(public)
    for damage in (b"", b"{", b"[]", b'{"type":"AsnadAwardApproval"}', b"\xff", b"<<<<<<< ours\n"):
        (public.folder.credentials / STATEMENT).write_bytes(damage)
        with pytest.raises((FileError, IssuingError)) as caught:
            kept_awards(public.workplace(), RUN)
        assert caught.value.hint
