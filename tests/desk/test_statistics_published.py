"""The published numbers follow the ledger, whichever command changes it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lost_laptop import HOUR, backed_up, clone_of, issue_all, issue_three, on_new_machine, restored_into
from small_centre import RUN, copy_of, issued_centre, registered_centre, silent, unfounded_centre
from stolen_keys import report_theft

from asnad.desk.compromise import compromise
from asnad.desk.correcting import correct
from asnad.desk.corrections import Correction
from asnad.desk.erasing import erase, withdraw_page
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.ledger import PRIVATE, Issued
from asnad.desk.merging import merge
from asnad.desk.papers import write_duplicate
from asnad.desk.recovering import recover
from asnad.desk.statistics import count_certificates
from asnad.desk.succession import reissue, renew
from asnad.desk.withdrawing import WithdrawalReason, look_up, refresh, revoke
from asnad.instant import day_at
from asnad.issuers.statistics import Cell, Statistics
from asnad.proofs.strict_json import parse_object
from asnad.site.issuer_reading import read_published_statistics, read_stationery
from example_centre import CHEAP, NOW, PASSPHRASE, ROOT, ExampleCentre, import_register

DAY = 86_400
FIRST, SECOND = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"
MC_RUN = "food-safety-small-business-mc-b03"
MC_FIRST = "CSC-FT-FS-MC/3/001"
Task = Callable[[ExampleCentre, int], object]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


def published(centre: ExampleCentre) -> Statistics:
    found = read_published_statistics(centre.folder, centre.catalogue.centre.did)
    assert found is not None
    return found


def counted(centre: ExampleCentre, at: int) -> Statistics:
    return count_certificates(
        centre.catalogue, centre.workplace(at).ledger(), day_at(at, centre.catalogue.centre.time_zone)
    )


def issue_other_run(centre: ExampleCentre, at: int) -> None:
    import_register(
        centre,
        MC_RUN,
        f"{MC_RUN}.csv",
        (ROOT / "credentials" / "example-registers" / f"{MC_RUN}.csv").read_bytes(),
        at,
    )
    issue_run(centre.workplace(at), MC_RUN, silent)


def issue_and_renew(centre: ExampleCentre, at: int) -> None:
    issue_other_run(centre, at - 60)
    renew(centre.workplace(at), MC_FIRST, "refresher")


TASKS: dict[str, Task] = {
    "issue": issue_other_run,
    "revoke": lambda centre, at: revoke(centre.workplace(at), FIRST, WithdrawalReason.MISCONDUCT, ""),
    "correct": lambda centre, at: correct(centre.workplace(at), FIRST, Correction(name="Rashida Begum"), "spelling"),
    "reissue": lambda centre, at: reissue(centre.workplace(at), FIRST, "torn"),
    "renew": issue_and_renew,
    "erase": lambda centre, at: erase(centre.workplace(at), FIRST, "learner's wish"),
    "refresh": lambda centre, at: refresh(centre.workplace(at)),
}


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_every_task_that_publishes_counts_anew_as_of_its_day(issued: ExampleCentre, tmp_path: Path, task: Task) -> None:
    centre, later = copy_of(issued, tmp_path), NOW + 3 * DAY
    before = published(centre)
    assert before == counted(centre, NOW)
    task(centre, later)
    after = published(centre)
    assert after == counted(centre, later)
    assert after.as_of > before.as_of
    runs = {cell.of: cell.issued for cell in after.runs}
    assert runs[RUN] == 5
    assert (MC_RUN in runs) == (task in (issue_other_run, issue_and_renew))


@pytest.mark.parametrize(
    "task",
    [
        lambda centre, at: write_duplicate(
            centre.workplace(at),
            FIRST,
            reason="lost",
            document_seen="identity card",
            collected_by="herself",
            stationery=read_stationery(centre.catalogue),
        ),
        lambda centre, at: correct(centre.workplace(at), FIRST, Correction(father_name="Ghulam Nabi"), "spelling"),
        lambda centre, at: compromise(centre.workplace(at), "key-2026a", None, silent, CHEAP),
    ],
    ids=["duplicate", "row-corrected", "signed-again"],
)
def test_what_changes_no_number_and_stays_in_the_office_leaves_the_published_day(
    issued: ExampleCentre, tmp_path: Path, task: Task
) -> None:
    centre = copy_of(issued, tmp_path)
    ledger, file = (centre.folder.required(path) for path in (PRIVATE, "public/asnad/statistics.json"))
    task(centre, NOW + DAY)
    assert centre.folder.required(PRIVATE) != ledger
    assert centre.folder.required("public/asnad/statistics.json") == file


def test_a_page_taken_away_is_still_counted(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path)
    page = next(event for event in centre.workplace().ledger() if isinstance(event, Issued) and event.published)
    withdraw_page(centre.workplace(NOW + DAY), page.serial, "wish")
    assert published(centre) == counted(centre, NOW + DAY)
    assert published(centre).issued == 5


def test_a_theft_loses_no_certificate(issued: ExampleCentre, tmp_path: Path) -> None:
    centre = copy_of(issued, tmp_path)
    report_theft(centre, since=day_at(NOW, "Asia/Karachi"))
    refresh(centre.workplace(NOW + HOUR))
    assert published(centre).issued == 5


def test_before_the_first_certificate_nothing_is_published_and_a_small_run_is_in_no_number(tmp_path: Path) -> None:
    centre = registered_centre(tmp_path)
    refresh(centre.workplace())
    assert read_published_statistics(centre.folder, centre.catalogue.centre.did) is None
    issue_three(centre)
    assert (published(centre).issued, published(centre).runs) == (0, ())
    issue_all(centre, NOW + HOUR)
    assert published(centre).runs == (Cell(RUN, 5),)


def test_a_merge_counts_what_both_machines_did(issued: ExampleCentre, tmp_path: Path) -> None:
    here, there = copy_of(issued, tmp_path / "here"), copy_of(issued, tmp_path / "there")
    issue_other_run(there, NOW + DAY)
    correct(there.workplace(NOW + DAY), SECOND, Correction(name="Sidra Munir"), "spelling")
    revoke(here.workplace(NOW + DAY), FIRST, WithdrawalReason.MISCONDUCT, "")
    merge(here.workplace(NOW + 2 * DAY), there.folder)
    found = published(here)
    assert found == counted(here, NOW + 2 * DAY)
    assert found.runs == (Cell(MC_RUN, published(there).issued - 5), Cell(RUN, 5))


def test_after_a_loss_the_numbers_say_that_they_are_too_small_until_all_is_recovered(tmp_path: Path) -> None:
    before = unfounded_centre(tmp_path)
    found_issuer(before.folder, before.catalogue.centre, before.store, PASSPHRASE, NOW - DAY, before.contexts, CHEAP)
    issue_three(before)
    backed_up(before, tmp_path)
    issue_all(before, NOW + 2 * HOUR)
    backup = next((tmp_path / "stick1").iterdir())
    after = on_new_machine(before, restored_into(backup, clone_of(before, tmp_path), tmp_path / "k", accept_loss=True))
    assert published(after).runs == (Cell(RUN, 5),)  # As Git has it, from before the loss.
    refresh(after.workplace(NOW + 3 * HOUR))
    assert (published(after).incomplete, published(after).runs) == (True, ())
    for place, serial in enumerate(("CSC-FT-HB-W/12/004", "CSC-FT-HB-W/12/005")):
        name = look_up(before.workplace(), serial).issued.id.removeprefix("urn:uuid:")
        recover(after.workplace(NOW + (4 + place) * HOUR), parse_object(before.credentials()[name], limit=65_536))
        assert published(after).incomplete == (place == 0)
    assert published(after) == counted(after, NOW + 5 * HOUR)
    assert published(after).runs == (Cell(RUN, 5),)


def test_a_machine_without_the_private_ledger_refreshes_and_leaves_the_numbers(
    issued: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(issued, tmp_path)
    before = published(centre)
    (centre.folder.credentials / PRIVATE).unlink()
    refresh(centre.workplace(NOW + DAY))
    assert published(centre) == before


def test_a_damaged_file_is_written_anew_by_the_command_that_its_error_names(
    issued: ExampleCentre, tmp_path: Path
) -> None:
    centre = copy_of(issued, tmp_path)
    (centre.folder.credentials / "public/asnad/statistics.json").write_bytes(b"{")
    refresh(centre.workplace(NOW + DAY))
    assert published(centre) == replace(counted(centre, NOW), as_of=day_at(NOW + DAY, "Asia/Karachi"))


def test_a_task_of_the_desk_can_change_the_ledger_only_where_it_is_counted() -> None:
    folder = ROOT / "build_tools" / "asnad" / "desk"
    direct = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "asnad.desk.transaction":
                direct |= {path.stem for alias in node.names if alias.name == "commit"}
    # Keys and what a backup holds of the public files: neither adds to the ledger.
    assert direct == {"workplace", "keys_publication", "restoring"}
