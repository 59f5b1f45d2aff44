"""Everything that is due at a real centre on disk, in order."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import jinja2
import pytest
from small_centre import REGISTER, RUN, copy_of, the_run, unfounded_centre, with_register

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.desk.awarding import approve_awards, draft_awards
from asnad.desk.backup_record import BACKUPS, Backup, backup_line
from asnad.desk.due import DAY, Due, DueKind
from asnad.desk.due_keeping import BuiltSite, WorkTree
from asnad.desk.due_list import DueList, due_list
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import PRIVATE, Lost, private_line
from asnad.desk.officer import Officer
from asnad.desk.trust_list import add_issuer, read_offer
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.errors import IssuingError
from asnad.files import read_tree
from asnad.site.stationery import certificate_environment
from example_centre import CHEAP, NOW, ExampleCentre, import_register
from small_issuer import DID, LISTED
from small_pack import small_pack

ENVIRONMENT = certificate_environment(jinja2.FileSystemLoader(assets.certificate_dir()))


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = unfounded_centre(tmp_path_factory.mktemp("founded"))
    found_issuer(centre.folder, centre.catalogue.centre, centre.store, centre.passphrase, NOW, centre.contexts, CHEAP)
    # Only the small run, so that each test sees what it has done itself.
    return replace(centre, catalogue=replace(centre.catalogue, runs=(the_run(centre),)))


@pytest.fixture(scope="module")
def issued(founded: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    centre = with_register(copy_of(founded, tmp_path_factory.mktemp("issued") / "copy"))
    issue_run(centre.workplace(seed=7), RUN, lambda _done, _of: None)
    return centre


def listed(centre: ExampleCentre, at: int = NOW, site: BuiltSite | None = None) -> DueList:
    return due_list(centre.workplace(at), site, WorkTree(uncommitted=(), hook_off=False))


def of_kind(due: DueList, *kinds: DueKind) -> list[Due]:
    return [item for item in due.items if item.kind in kinds]


def manifest(centre: ExampleCentre) -> bytes:
    return centre.folder.required("public/asnad/manifest.json")


def with_people(centre: ExampleCentre, **changes: object) -> ExampleCentre:
    catalogue: Catalogue = centre.catalogue
    return replace(centre, catalogue=replace(catalogue, centre=replace(catalogue.centre, **changes)))  # type: ignore[arg-type]


def test_a_centre_without_keys_is_told_to_make_them(tmp_path: Path) -> None:
    due = listed(unfounded_centre(tmp_path))
    assert [item.command for item in of_kind(due, DueKind.CEREMONY)] == ["asnad keys ceremony"]
    assert of_kind(due, DueKind.LISTS, DueKind.ROOT_KEY) == []


def test_a_run_goes_from_register_to_certificates(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = with_people(copy_of(founded, tmp_path / "copy"), second_person=True)
    kinds = (DueKind.REGISTER, DueKind.AWARD_LIST, DueKind.ISSUE)

    def command() -> list[str]:
        return [item.command for item in of_kind(listed(centre), *kinds)]

    award = f'asnad award {RUN} --by "Name, office"'
    approve = f'asnad approve {RUN} --by "Name, office"'
    assert command() == [f"asnad import REGISTER --run {RUN}"]
    with_register(centre)
    assert command() == [award]
    draft_awards(centre.workplace(), RUN, Officer("A", "Clerk"), ENVIRONMENT)
    assert command() == [approve]
    approve_awards(centre.workplace(), RUN, Officer("B", "Director"), lambda _kept: True)
    assert command() == [f"asnad issue {RUN}"]
    import_register(centre, RUN, "again.csv", REGISTER.replace("Sidra Munir", "Sidra Muneer").encode())
    assert command() == [award]
    centre = with_people(centre, second_person=False)
    assert command() == [f"asnad issue {RUN}"]
    issue_run(centre.workplace(seed=7), RUN, lambda _done, _of: None)
    assert command() == []


def test_the_most_urgent_stands_first_and_what_has_no_day_stands_with_today(issued: ExampleCentre) -> None:
    due = listed(issued, NOW + 36 * DAY)
    days = [item.days_left if item.days_left is not None else 0 for item in due.items]
    assert days == sorted(days)
    assert [item.kind for item in due.items if item.overdue] == [DueKind.BACKUP, DueKind.LISTS]
    assert of_kind(due, DueKind.ROOT_KEY)[0].day is None


def test_a_refresh_and_a_backup_take_their_lines_away(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    later = NOW + 30 * DAY
    assert len(of_kind(listed(centre, later), DueKind.LISTS, DueKind.BACKUP)) == 2
    refresh(centre.workplace(later))
    line = backup_line(Backup(made=later, certificates=5, drives=2, copies=()))
    (centre.folder.credentials / BACKUPS).write_bytes(line)
    assert of_kind(listed(centre, later), DueKind.LISTS, DueKind.BACKUP) == []
    (centre.folder.credentials / BACKUPS).write_bytes(b"{}\n")
    with pytest.raises(IssuingError, match="expected a backup or a drill"):
        listed(centre, later)


def test_a_withdrawal_makes_the_site_old(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    site = BuiltSite(manifest=manifest(centre), pages=frozenset())
    assert of_kind(listed(centre, site=site), DueKind.PUBLISH) == []
    revoke(centre.workplace(NOW + 60), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    (old,) = of_kind(listed(centre, NOW + 3 * DAY, site), DueKind.PUBLISH)
    assert (old.days_left, old.command) == (-2, "asnad build, then publish site/")
    assert of_kind(listed(centre, site=replace(site, manifest=manifest(centre))), DueKind.PUBLISH) == []


def test_certificates_that_run_out_are_read_from_what_was_signed(founded: ExampleCentre, tmp_path: Path) -> None:
    courses = tuple(
        replace(course, validity_months=6) if course.id == "home-baking-women" else course
        for course in founded.catalogue.courses
    )
    centre = copy_of(founded, tmp_path / "copy")
    centre = with_register(replace(centre, catalogue=replace(centre.catalogue, courses=courses)))
    issue_run(centre.workplace(seed=7), RUN, lambda _done, _of: None)
    revoke(centre.workplace(NOW + 60), "CSC-FT-HB-W/12/001", WithdrawalReason.MISCONDUCT, "")
    at = NOW + 70 * DAY
    refresh(centre.workplace(at))
    (item,) = of_kind(listed(centre, at), DueKind.CERTIFICATES)
    assert item.what == f"CSC-FT-HB-W/12/002 and 3 more of {RUN} run out; tell the learners"
    assert str(item.day) == "2027-03-18"


def test_what_cannot_be_looked_at_is_said(issued: ExampleCentre, tmp_path: Path) -> None:
    assert listed(issued).unseen == ("the site (none is built in site/)",)
    clone = copy_of(issued, tmp_path / "clone")
    shutil.rmtree(clone.folder.credentials / "private")
    due = due_list(clone.workplace(), None, None)
    assert due.unseen == (
        "registers, certificates and backups (credentials/private is not here)",
        "the site (none is built in site/)",
        "what is committed (no Git here)",
    )
    assert of_kind(due, DueKind.REGISTER, DueKind.BACKUP, DueKind.ISSUE) == []


def test_a_fresh_clone_without_keys_or_records_is_told_that_it_cannot_issue(
    issued: ExampleCentre, tmp_path: Path
) -> None:
    assert of_kind(listed(issued), DueKind.MACHINE, DueKind.ISSUING_KEY) == []
    clone = copy_of(issued, tmp_path / "clone")
    shutil.rmtree(clone.folder.credentials / "private")
    (records,) = of_kind(listed(clone), DueKind.MACHINE)
    assert records.what == "This machine cannot issue: it has no credentials/private"
    for key in clone.store.folder.iterdir():
        key.unlink()
    machine = (DueKind.MACHINE, DueKind.ISSUING_KEY, DueKind.STATUS_KEY)
    (both,) = of_kind(listed(clone), *machine)
    assert both.what.endswith("no private key of this centre and no credentials/private")
    assert both.command == "asnad restore BACKUP --into ."


def test_a_machine_with_a_key_of_one_role_alone_is_told_which_is_elsewhere(
    issued: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    (centre.store.folder / "key-2026a.key.json").unlink()
    (item,) = of_kind(listed(centre), DueKind.MACHINE, DueKind.ISSUING_KEY, DueKind.STATUS_KEY)
    assert item.what.startswith("key-2026a, the issuing key, is not on this machine")


def test_certificates_that_a_backup_did_not_know_are_counted(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path / "copy")
    lines = centre.folder.required(PRIVATE)
    gone = Lost(id=f"lost:{'0' * 64}", digest="0" * 64, key="key-2026a", month="2026-11")
    (centre.folder.credentials / PRIVATE).write_bytes(lines + private_line(gone))
    (item,) = of_kind(listed(centre), DueKind.LOST)
    assert item.what.startswith("1 certificate was lost")


def test_what_git_and_the_journal_say_is_in_it(issued: ExampleCentre) -> None:
    tree = WorkTree(uncommitted=("keys/own.json",), hook_off=True)
    due = due_list(issued.workplace(), None, tree, interrupted=True)
    assert len(of_kind(due, DueKind.COMMIT, DueKind.HOOK, DueKind.INTERRUPTED)) == 3
    assert of_kind(listed(issued), DueKind.COMMIT, DueKind.HOOK, DueKind.INTERRUPTED) == []


def test_looking_changes_nothing(issued: ExampleCentre) -> None:
    before = read_tree(issued.folder.root, "credentials", 1 << 28)
    listed(issued, NOW + 100 * DAY)
    assert read_tree(issued.folder.root, "credentials", 1 << 28) == before


def test_lists_of_a_trusted_issuer_are_due_a_week_before_they_run_out(founded: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(founded, tmp_path / "copy")
    offer = read_offer(small_pack(), "pack.json")
    add_issuer(centre.folder, "did:web:own.example", offer, offer.root_key, date(2026, 6, 3), demonstration=False)
    ends = LISTED + 35 * DAY
    assert of_kind(listed(centre, ends - 7 * DAY - 1), DueKind.TRUSTED) == []
    (soon,) = of_kind(listed(centre, ends - 7 * DAY + 1), DueKind.TRUSTED)
    assert (soon.overdue, soon.command) == (False, f"asnad trust refresh {DID}")
    assert soon.what.startswith("Lists of Small Centre run out here")
    (late,) = of_kind(listed(centre, ends + DAY), DueKind.TRUSTED)
    assert late.overdue
    assert "ran out" in late.what
