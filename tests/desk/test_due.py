"""What is due, a kind at a time: from which day it is spoken of, when it is overdue, and what is to be typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from small_centre import RUN, unfounded_centre

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.centre import Centre, DatedName
from asnad.catalogue.run import Run, RunId, RunState
from asnad.catalogue.text import Text
from asnad.desk.backup_record import Backup, BackupCopy, Drill
from asnad.desk.due import DAY, Calendar, Due, DueKind
from asnad.desk.due_catalogue import applications_due, approvals_due, run_states_due, signatories_due
from asnad.desk.due_certificates import Expiring, RunStanding, is_awarded, issuing_due, losses_due, renewals_due
from asnad.desk.due_keeping import BuiltSite, backups_due, commit_due, drills_due, hook_due, publication_due
from asnad.desk.due_keys import keys_due, lists_due, machine_due, names_due, private_parts_due, root_keys_due
from asnad.desk.founding import found_issuer
from asnad.desk.ledger import Event, Issued, Lost, PageWithdrawn
from asnad.instant import format_instant
from asnad.issuers.keys_file import KeyState
from asnad.signing.key_file import KeyFile, KeyRole
from asnad.status.public_record import PublicRecord
from example_centre import CHEAP, NOW, ExampleCentre

ZONE = "Asia/Karachi"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    made = unfounded_centre(tmp_path_factory.mktemp("founded"))
    found_issuer(made.folder, made.catalogue.centre, made.store, made.passphrase, NOW, made.contexts, CHEAP)
    return made


@pytest.fixture(scope="module")
def catalogue(centre: ExampleCentre) -> Catalogue:
    return centre.catalogue


@pytest.fixture(scope="module")
def record(centre: ExampleCentre) -> PublicRecord:
    return centre.workplace().record()


@pytest.fixture(scope="module")
def roots(centre: ExampleCentre) -> tuple[KeyFile, ...]:
    return tuple(key for key in centre.store.key_files() if key.role is KeyRole.ROOT)


def on(day: str) -> Calendar:
    """Give noon of a day at the centre."""
    return Calendar(int(datetime.fromisoformat(f"{day}T07:00:00+00:00").timestamp()), ZONE)


def after(days: float) -> Calendar:
    """Give a moment so many days after the ceremony."""
    return Calendar(int(NOW + days * DAY), ZONE)


def told(items: Iterable[Due]) -> list[tuple[str, int | None, bool]]:
    return [(item.kind.value, item.days_left, item.overdue) for item in items]


def only(items: Iterable[Due]) -> Due:
    (item,) = items
    return item


def example_run(catalogue: Catalogue, run_id: str = RUN) -> Run:
    run = catalogue.run(RunId(run_id))
    assert run is not None
    return run


def with_runs(catalogue: Catalogue, *runs: Run) -> Catalogue:
    return replace(catalogue, runs=runs)


def with_people(catalogue: Catalogue, **changes: object) -> Catalogue:
    centre: Centre = replace(catalogue.centre, **changes)  # type: ignore[arg-type]
    return replace(catalogue, centre=centre)


def issued(serial: str, days: float = 0) -> Issued:
    return Issued(
        id=f"urn:uuid:{serial}",
        serial=serial,
        run=RUN,
        number=1,
        learner="",
        name="",
        course="c",
        version=1,
        status_list=1,
        index=1,
        digest="",
        key="",
        issued=format_instant(int(NOW + days * DAY)),
        published=True,
    )


def backup(days: float, drives: int = 2) -> Backup:
    return Backup(
        made=int(NOW + days * DAY), certificates=1, drives=drives, copies=(BackupCopy(file="b", sha256="0" * 64),)
    )


def drill(days: float, *, passed: bool = True) -> Drill:
    return Drill(held=int(NOW + days * DAY), file="b", made=NOW, passed=passed)


def test_a_day_is_a_day_at_the_centre() -> None:
    evening = int(datetime(2026, 11, 20, 20, 0, tzinfo=UTC).timestamp())
    due = Calendar(evening, ZONE).by_day(DueKind.COMMIT, "", "", date(2026, 11, 20))
    assert (due.days_left, due.overdue) == (-1, True)


def test_what_ran_out_earlier_today_is_overdue_and_no_day_late() -> None:
    assert told([on("2026-11-20").by_moment(DueKind.LISTS, "", "", on("2026-11-20").at - 1)]) == [("lists", 0, True)]
    assert told([on("2026-11-20").by_moment(DueKind.LISTS, "", "", on("2026-11-20").at + 1)]) == [("lists", 0, False)]


def test_lists_and_manifest_are_spoken_of_two_weeks_before_they_run_out(record: PublicRecord) -> None:
    assert told(lists_due(after(20), record)) == []
    assert told(lists_due(after(22), record)) == [("lists", 13, False)]
    assert told(lists_due(after(36), record)) == [("lists", -1, True)]
    assert only(lists_due(after(36), record)).command == "asnad refresh"
    old = replace(record.manifest, expires=NOW + 5 * DAY)
    assert told(lists_due(after(0), replace(record, manifest=old))) == [("lists", 5, False)]


def test_keys_json_and_the_status_key_are_spoken_of_two_months_before_they_run_out(record: PublicRecord) -> None:
    items = list(keys_due(after(745), record.keys))
    assert ("keys-file", 55, False) in told(items)
    assert ("status-key", 55, False) in told(items)
    later = told(keys_due(after(801), record.keys))
    assert ("keys-file", -1, True) in later
    assert ("status-key", -1, True) in later
    assert told(keys_due(after(300), record.keys)) == []


def test_an_issuing_key_is_spoken_of_when_it_is_a_year_old_and_again_before_it_runs_out(record: PublicRecord) -> None:
    assert told(keys_due(after(334), record.keys)) == []
    assert told(keys_due(after(339), record.keys)) == [("issuing-key", 26, False)]
    (item,) = keys_due(after(339), replace(record.keys, keys=tuple(_longer(record))))
    assert "has served a year" in item.what
    assert told(keys_due(after(370), replace(record.keys, keys=tuple(_longer(record))))) == [("issuing-key", -5, True)]
    assert told(keys_due(after(399), record.keys)) == [("issuing-key", 1, False)]
    ended = only(keys_due(after(401), record.keys))
    assert ("nothing can be signed" in ended.what, ended.days_left, ended.overdue) == (True, -1, True)


def _longer(record: PublicRecord) -> Iterable[object]:
    return (replace(key, end=key.end + 400 * DAY) for key in record.keys.keys)


def test_root_keys_on_this_computer_are_named_and_so_is_a_next_one_that_is_missing(
    record: PublicRecord, roots: tuple[KeyFile, ...]
) -> None:
    both = only(root_keys_due(after(0), record.keys, roots))
    assert (both.kind, both.day, both.overdue) == (DueKind.ROOT_KEY, None, False)
    assert "root-2026a and root-next-2026a" in both.what
    alone = list(root_keys_due(after(0), record.keys, roots[:1]))
    assert [item.kind for item in alone] == [DueKind.ROOT_KEY, DueKind.NEXT_ROOT]
    assert list(root_keys_due(after(0), record.keys, ())) == []


def test_a_machine_without_keys_or_without_the_private_records_cannot_issue() -> None:
    assert list(machine_due(after(0), keys=True, records=True)) == []
    bare = only(machine_due(after(0), keys=False, records=False))
    assert bare.what == "This machine cannot issue: it has no private key of this centre and no credentials/private"
    assert (bare.command, bare.day, bare.overdue) == ("asnad restore BACKUP --into .", None, False)
    assert only(machine_due(after(0), keys=False, records=True)).what.endswith("it has no private key of this centre")
    assert only(machine_due(after(0), keys=True, records=False)).what.endswith("it has no credentials/private")


def test_a_key_that_signs_and_lies_elsewhere_is_named_unless_another_of_its_role_is_here(record: PublicRecord) -> None:
    issuing, status = sorted(record.keys.keys, key=lambda key: key.role)
    assert list(private_parts_due(after(0), record.keys, {issuing.id, status.id})) == []
    (item,) = private_parts_due(after(0), record.keys, {status.id})
    assert (item.kind, item.day) == (DueKind.ISSUING_KEY, None)
    assert item.what == "key-2026a, the issuing key, is not on this machine, and no other issuing key is"
    assert "asnad keys new --role issuing" in item.command
    assert only(private_parts_due(after(0), record.keys, {issuing.id})).kind is DueKind.STATUS_KEY
    second = replace(issuing, id=issuing.id.replace("2026a", "2026b"))
    both = replace(record.keys, keys=(*record.keys.keys, second))
    assert list(private_parts_due(after(0), both, {second.id, status.id})) == []
    former = replace(second, state=KeyState.RETIRED)
    one = replace(record.keys, keys=(*record.keys.keys, former))
    assert only(private_parts_due(after(0), one, {former.id, status.id})).kind is DueKind.ISSUING_KEY
    assert list(private_parts_due(after(900), record.keys, set())) == []


def test_a_new_name_of_the_centre_and_a_new_number_must_come_into_keys_json(
    record: PublicRecord, catalogue: Catalogue
) -> None:
    centre = catalogue.centre
    assert list(names_due(after(0), centre, record.keys)) == []
    named = replace(
        centre, names=(*centre.names, DatedName(name=Text((("en", "New Name"),)), start=date(2027, 1, 1), end=None))
    )
    assert list(names_due(on("2026-10-01"), named, record.keys)) == []
    soon = only(names_due(on("2026-12-01"), named, record.keys))
    assert (soon.days_left, soon.what) == (31, "The centre’s name “New Name” is not in keys.json yet")
    assert only(names_due(on("2027-01-02"), named, record.keys)).overdue
    rung = replace(centre, contact=replace(centre.contact, phone="+92-41-1111111"))
    assert only(names_due(after(0), rung, record.keys)).day is None


def test_an_approval_is_spoken_of_a_quarter_before_it_runs_out(catalogue: Catalogue) -> None:
    course = next(course for course in catalogue.courses if course.id == "home-baking-women")
    one = replace(catalogue, courses=(course,))
    assert told(approvals_due(on("2027-03-31"), one)) == []
    assert told(approvals_due(on("2027-04-01"), one)) == [("course-approval", 90, False)]
    assert told(approvals_due(on("2027-06-30"), one)) == [("course-approval", 0, False)]
    late = only(approvals_due(on("2027-07-01"), one))
    assert late.overdue
    assert late.what == "Approval AC-12/7 of Home Baking for Women runs out"
    assert "catalogue/courses/home-baking-women.yml" in late.command


def test_the_end_of_a_term_is_spoken_of_two_months_before(catalogue: Catalogue) -> None:
    none = with_runs(catalogue)
    assert told(signatories_due(on("2026-07-01"), none)) == []
    soon = only(signatories_due(on("2026-07-03"), none))
    assert (soon.days_left, soon.what) == (60, "Zahoor Elahi Sipra, Registrar of Courses, signs no more from this day")
    assert told(signatories_due(on("2026-09-02"), none)) == []


def test_a_run_that_would_be_signed_after_a_term_is_named(catalogue: Catalogue) -> None:
    run = replace(example_run(catalogue), state=RunState.OPEN, end=date(2026, 12, 18))
    people = tuple(
        replace(person, end=date(2026, 12, 1)) if person.id == "registrar-2026" else person
        for person in catalogue.centre.signatories
    )
    planned = with_runs(with_people(catalogue, signatories=people), run)
    items = [item for item in signatories_due(on("2026-09-10"), planned) if RUN in item.what]
    assert [(item.days_left, item.command) for item in items] == [
        (99, f"Name another in catalogue/runs/{RUN}.yml: signatories")
    ]
    over = with_runs(planned, replace(run, state=RunState.FINISHED))
    assert [item for item in signatories_due(on("2026-09-10"), over) if RUN in item.what] == []


def test_a_run_that_has_ended_must_be_written_down_as_finished(catalogue: Catalogue) -> None:
    running = with_runs(catalogue, replace(example_run(catalogue), state=RunState.RUNNING))
    assert told(run_states_due(on("2026-09-18"), running)) == []
    assert told(run_states_due(on("2026-09-20"), running)) == [("run-state", -2, True)]
    for state in (RunState.FINISHED, RunState.CANCELLED):
        over = with_runs(catalogue, replace(example_run(catalogue), state=state))
        assert told(run_states_due(on("2026-09-20"), over)) == []


def test_applications_that_close_are_spoken_of_two_weeks_before_and_are_never_overdue(catalogue: Catalogue) -> None:
    run = with_runs(catalogue, replace(example_run(catalogue), state=RunState.OPEN))
    assert told(applications_due(on("2026-08-13"), run)) == []
    soon = only(applications_due(on("2026-08-14"), run))
    assert (soon.days_left, soon.what) == (14, f"Applications for {RUN} close; 12 of 16 places are taken")
    assert told(applications_due(on("2026-08-29"), run)) == []


def standing(
    run: Run,
    *,
    register: bool = True,
    issued: int = 0,
    candidates: int = 5,
    drafted: bool = False,
    approved: bool = False,
) -> RunStanding:
    return RunStanding(
        run=run, register=register, issued=issued, candidates=candidates, drafted=drafted, approved=approved
    )


def test_a_finished_run_asks_for_its_next_step_until_all_is_issued(catalogue: Catalogue) -> None:
    run, two = example_run(catalogue), with_people(catalogue, second_person=True)
    day = on("2026-10-01")
    steps = (
        (catalogue, standing(run, register=False, candidates=0), "register", f"asnad import REGISTER --run {RUN}"),
        (catalogue, standing(run), "issue", f"asnad issue {RUN}"),
        (two, standing(run), "award-list", f'asnad award {RUN} --by "Name, office"'),
        (two, standing(run, drafted=True), "award-list", f'asnad approve {RUN} --by "Name, office"'),
        (two, standing(run, drafted=True, approved=True), "issue", f"asnad issue {RUN}"),
    )
    for asked, state, kind, command in steps:
        item = only(issuing_due(day, asked, [state]))
        assert (item.kind.value, item.command, item.day, item.days_left) == (kind, command, date(2026, 10, 18), 17)
        assert only(issuing_due(on("2026-10-19"), asked, [state])).overdue
    assert list(issuing_due(day, two, [standing(run, candidates=0, issued=5)])) == []


def test_runs_that_were_awarded_within_a_year_are_looked_at(catalogue: Catalogue) -> None:
    run = example_run(catalogue)
    assert [is_awarded(run, date(*day)) for day in ((2026, 9, 17), (2026, 9, 18), (2027, 9, 18), (2027, 9, 19))] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_awarded(replace(run, state=RunState.RUNNING), date(2026, 10, 1))


def test_certificates_that_run_out_are_spoken_of_two_months_before_a_run_at_a_time() -> None:
    items = [Expiring(serial=f"X/1/00{n}", run="x", valid_until=NOW + 70 * DAY) for n in (2, 1, 3)]
    assert list(renewals_due(after(9), items)) == []
    due = only(renewals_due(after(10), items))
    assert (due.days_left, due.what) == (60, "X/1/001 and 2 more of x run out; tell the learners")
    assert "asnad renew X/1/001" in due.command
    assert list(renewals_due(after(70), items)) == []


def test_certificates_that_were_lost_are_counted_until_their_holders_bring_them() -> None:
    gone = [Lost(id=f"lost:{digest}", digest=digest, key="k", month="2026-11") for digest in ("d1", "d2")]
    assert list(losses_due(after(0), [issued("a")])) == []
    due = only(losses_due(after(0), [issued("a"), *gone]))
    assert due.what.startswith("2 certificates were lost with a machine")
    assert (due.command, due.overdue) == ("asnad recover FILE|LINK|PHOTO", False)
    found = replace(issued("b"), digest="d1")
    assert only(losses_due(after(0), [*gone, found])).what.startswith("1 certificate was lost")
    assert list(losses_due(after(0), [*gone, found, replace(found, digest="d2")])) == []


def test_a_backup_is_due_a_day_after_the_first_certificate_and_then_every_month() -> None:
    events = [issued("a", 2), issued("b", 1)]
    assert list(backups_due(after(0), [], [])) == []
    assert told(backups_due(after(1), events, [])) == [("backup", 1, False)]
    assert told(backups_due(after(3), events, [])) == [("backup", -1, True)]
    assert told(backups_due(after(20), events, [backup(0)])) == []
    assert told(backups_due(after(25), events, [backup(0)])) == [("backup", 5, False)]
    assert told(backups_due(after(31), events, [backup(0)])) == [("backup", -1, True)]
    assert told(backups_due(after(31), events, [backup(30), backup(0)])) == []


def test_a_backup_on_one_drive_is_half_a_backup() -> None:
    assert told(backups_due(after(0.1), [], [backup(0, drives=1)])) == [("backup", 1, False)]
    assert told(backups_due(after(3), [], [backup(-5), backup(0, drives=1)])) == [("backup", -2, True)]


def test_a_drill_is_due_a_month_after_the_first_backup_and_then_every_year() -> None:
    assert list(drills_due(after(0), [])) == []
    assert told(drills_due(after(10), [backup(0), backup(9)])) == [("drill", 20, False)]
    assert told(drills_due(after(31), [backup(0), backup(29)])) == [("drill", -1, True)]
    assert told(drills_due(after(300), [backup(0), drill(1)])) == []
    assert told(drills_due(after(350), [backup(0), drill(1)])) == [("drill", 16, False)]
    assert told(drills_due(after(367), [backup(0), drill(1)])) == [("drill", -1, True)]


def test_a_drill_that_failed_is_overdue_at_once() -> None:
    assert told(drills_due(after(2), [backup(0), drill(0), drill(1, passed=False)])) == [("drill", -1, True)]
    assert told(drills_due(after(3), [backup(0), drill(1, passed=False), drill(2)])) == []


def test_a_site_that_is_older_than_what_was_signed_is_overdue_after_a_day() -> None:
    site = BuiltSite(manifest=b"1", pages=frozenset())
    assert list(publication_due(after(5), b"1", NOW, frozenset(), [], site)) == []
    assert told(publication_due(after(0.1), b"2", NOW, frozenset(), [], site)) == [("publish", 1, False)]
    assert told(publication_due(after(3), b"2", NOW, frozenset(), [], site)) == [("publish", -2, True)]


def test_a_page_that_was_taken_away_and_is_still_in_the_site_is_overdue_at_once() -> None:
    event: Event = PageWithdrawn(id="urn:uuid:a", serial="a", reason="", withdrawn=format_instant(NOW))
    site = BuiltSite(manifest=b"1", pages=frozenset({"urn:uuid:a", "urn:uuid:b"}))
    paged = frozenset({"urn:uuid:b"})
    assert told(publication_due(after(1), b"1", NOW, paged, [event], site)) == [("withdrawn-page", -1, True)]
    clean = replace(site, pages=paged)
    assert list(publication_due(after(1), b"1", NOW, paged, [event], clean)) == []


def test_signed_files_that_git_does_not_have_are_counted() -> None:
    assert list(commit_due(after(0), [])) == []
    assert only(commit_due(after(0), ["a"])).what.startswith("1 file of")
    assert only(commit_due(after(0), ["a", "b"])).what.startswith("2 files of")
    assert not only(commit_due(after(0), ["a", "b"])).overdue


def test_a_hook_that_git_does_not_call_is_to_be_switched_on() -> None:
    assert list(hook_due(after(0), off=False)) == []
    assert only(hook_due(after(0), off=True)).command == "git config core.hooksPath .githooks"
