"""
Two people for a certificate: one drafts the award list, another approves it, and only what was approved is issued.

It is a rule among honest people who share a desk: no key signs an approval, so it does not prove who gave it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jinja2 import Environment

from asnad.credentials.issuable import check_texts
from asnad.desk.award_approval import Approval, AwardStatement, award_statement, statement_json
from asnad.desk.award_differences import differences
from asnad.desk.award_files import (
    KeptAwards,
    kept_awards,
    list_path,
    page_path,
    salt_path,
    statement_path,
    table_path,
)
from asnad.desk.award_json import SALT_BYTES, award_list_json, fingerprint
from asnad.desk.award_list import AwardList, award_list
from asnad.desk.award_table import award_markdown, award_page, award_table
from asnad.desk.officer import Officer
from asnad.desk.registers import find_run
from asnad.desk.run_plan import RunPlan, plan_run
from asnad.desk.transaction import locked
from asnad.desk.workplace import Workplace
from asnad.errors import FileError, IssuingError
from asnad.instant import day_at

LINES = 20
"""How many differences are told; whoever sees so many drafts the list again."""


def draft_awards(work: Workplace, run_id: str, by: Officer | None, environment: Environment) -> KeptAwards:
    """
    Write the award list of a run from its kept register; a list that says the same stays, with its approvals.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        by: Who answers for the draft; needed where the centre asks for a second person.

        environment: Of ``site_overrides/certificate``.

    Raises:
        IssuingError: No register was imported, or nobody is named.

    """
    centre, run = work.catalogue.centre, find_run(work, run_id)
    if by is None and centre.second_person:
        raise IssuingError(
            "expected who drafts the list, as centre.yml says approval: second-person, found nobody",
            place=run.id,
            hint=f'run: asnad award {run.id} --by "Name, office"',
        )
    with locked(work.folder.credentials):
        awards = award_list(
            work.catalogue,
            plan_run(work, run),
            work.messages[run.language],
            by,
            day_at(work.clock(), centre.time_zone),
        )
        for row in award_table(awards).rows:
            check_texts(list(row), f"credentials/private/registers/{run.id}.json")
        before = _as_before(work, awards)
        if before is not None:
            return before
        salt = bytes(work.random_below(256) for _ in range(SALT_BYTES))
        digest = fingerprint(awards, salt)
        statement, table = award_statement(awards, digest), award_markdown(awards, digest)
        changes: dict[str, bytes | None] = {
            list_path(run.id): award_list_json(awards),
            salt_path(run.id): salt.hex().encode("ascii") + b"\n",
            page_path(run.id): award_page(awards, digest, environment),
            # Whoever can read a public repository must find no names in it.
            table_path(run.id): table if centre.repository_private else None,
            statement_path(run.id): statement_json(statement),
        }
        work.commit(changes)
    return KeptAwards(
        awards=awards, statement=statement, markdown=table.decode() if centre.repository_private else None
    )


def approve_awards(
    work: Workplace, run_id: str, by: Officer, has_read: Callable[[KeptAwards], bool]
) -> AwardStatement | None:
    """
    Let a second person read the award list of a run and approve it.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

        by: Who approves.

        has_read: Shows the list, and tells whether that person agrees.

    Returns:
        The list with its approvals, or nothing where that person does not agree.

    Raises:
        IssuingError: There is no list, it is no longer what would be issued, or the same person has drafted it.

    """
    run = find_run(work, run_id)
    with locked(work.folder.credentials):
        kept = kept_awards(work, run.id)
        _refuse_drafter(kept.statement, by)
        if kept.awards is not None:
            _refuse_changes(work, plan_run(work, run), kept.awards, "as it was drafted")
    # Nobody else is kept waiting while a person reads.
    if not has_read(kept):
        return None
    day = day_at(work.clock(), work.catalogue.centre.time_zone)
    with locked(work.folder.credentials):
        if kept_awards(work, run.id) != kept:
            raise IssuingError(
                "expected the list that was read, found another", place=run.id, hint="somebody has changed it: read it"
            )
        others = tuple(approval for approval in kept.statement.approvals if not approval.by.is_same_person(by))
        approval = Approval(by=by, day=day, fingerprint=kept.statement.fingerprint)
        statement = replace(kept.statement, approvals=(*others, approval))
        work.commit({statement_path(run.id): statement_json(statement)})
    return statement


def refuse_unapproved(work: Workplace, plan: RunPlan) -> None:
    """
    Refuse to issue what a second person has not approved, where the centre asks for one.

    Args:
        work: The desk.

        plan: What would be issued now.

    Raises:
        IssuingError: There is no award list, nobody else has approved it, or it says something else.

    """
    if not work.catalogue.centre.second_person:
        return
    kept = kept_awards(work, plan.run.id)
    if kept.awards is None:
        raise IssuingError(
            "expected the award list that was approved, found only its fingerprint",
            place=f"credentials/{list_path(plan.run.id)}",
            hint="restore credentials/private from its backup, or draft and approve the list again: asnad award",
        )
    approval = kept.statement.counting_approval()
    if approval is None:
        raise _unapproved(kept.statement)
    _refuse_changes(work, plan, kept.awards, f"as {approval.by} approved it on {approval.day}")


def _as_before(work: Workplace, awards: AwardList) -> KeptAwards | None:
    """Give the kept list where it says the same, so that an approval is not lost by calling the command again."""
    try:
        kept = kept_awards(work, awards.terms.run)
    except (IssuingError, FileError):
        return None
    same = kept.awards is not None and replace(kept.awards, drafted=awards.drafted) == awards
    page = work.folder.optional(page_path(awards.terms.run))
    return kept if same and page else None


def _refuse_drafter(statement: AwardStatement, by: Officer) -> None:
    if statement.drafted_by is None:
        raise IssuingError(
            "expected a list that says who has drafted it, found nobody",
            place=statement.run,
            hint=f'run: asnad award {statement.run} --by "Name, office"',
        )
    if statement.drafted_by.is_same_person(by):
        raise IssuingError(
            f"expected another person than {statement.drafted_by}, who has drafted the list, got {by}",
            place=statement.run,
            hint="let a second person read the list and approve it",
        )


def _refuse_changes(work: Workplace, plan: RunPlan, approved: AwardList, expected: str) -> None:
    now = award_list(work.catalogue, plan, work.messages[plan.run.language], approved.drafted_by, approved.drafted)
    lines = differences(approved, now, frozenset(event.learner for event in plan.before))
    if not lines:
        return
    more = [f"and {len(lines) - LINES} more"] if len(lines) > LINES else []
    count = "one difference" if len(lines) == 1 else f"{len(lines)} differences"
    raise IssuingError(
        "\n  ".join([f"expected the award list {expected}, found {count}:", *lines[:LINES], *more]),
        place=plan.run.id,
        hint=f"mend the register or the catalogue; if they are right, draft it again: asnad award {plan.run.id}, "
        f"and let a second person approve it: asnad approve {plan.run.id}",
    )


def _unapproved(statement: AwardStatement) -> IssuingError:
    current = [approval for approval in statement.approvals if approval.fingerprint == statement.fingerprint]
    if current and statement.drafted_by is not None:
        found = f"only that of {current[0].by}, who has drafted it"
    else:
        found = "only that of an older list" if statement.approvals else "none"
    return IssuingError(
        f"expected the award list approved by a second person, found {found}",
        place=statement.run,
        hint=f'the second person reads it and runs: asnad approve {statement.run} --by "Name, office"',
    )
