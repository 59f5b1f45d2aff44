"""The files of an award list: which lie in Git and which at the centre alone, and that they belong together."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.desk.award_approval import AwardStatement, award_statement, read_statement
from asnad.desk.award_json import SALT_BYTES, fingerprint, read_award_list
from asnad.desk.award_list import AwardList
from asnad.desk.award_table import award_markdown
from asnad.desk.registers import find_run
from asnad.desk.workplace import Workplace
from asnad.errors import FileError, IssuingError


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAwards:
    """An award list as it is kept, looked at and found whole."""

    awards: AwardList | None
    """Nothing in a clone, where the private folder is not."""
    statement: AwardStatement
    markdown: str | None
    """The table in a private repository."""


def statement_path(run_id: str) -> str:
    """
    Give the path of the tracked file without names, below ``credentials/``.

    Args:
        run_id: As in ``catalogue/runs/``.

    """
    return f"awards/{run_id}.json"


def named_paths(run_id: str) -> tuple[str, ...]:
    """
    Give the paths of all files of an award list that hold names, below ``credentials/``.

    Args:
        run_id: As in ``catalogue/runs/``.

    """
    return (table_path(run_id), list_path(run_id), page_path(run_id))


def table_path(run_id: str) -> str:
    """Give the path below ``credentials/`` of the table with names, tracked in a private repository only."""
    return f"awards/{run_id}.md"


def list_path(run_id: str) -> str:
    """Give the path below ``credentials/`` of the whole list, private."""
    return f"private/awards/{run_id}.json"


def salt_path(run_id: str) -> str:
    """Give the path below ``credentials/`` of the random bytes of its fingerprint, private."""
    return f"private/awards/{run_id}.salt"


def page_path(run_id: str) -> str:
    """Give the path below ``credentials/`` of the page for the printer, private."""
    return f"private/out/{run_id}/award-list.html"


def kept_awards(work: Workplace, run_id: str) -> KeptAwards:
    """
    Read the award list of a run, and see that its files belong together.

    Args:
        work: The desk.

        run_id: As in ``catalogue/runs/``.

    Raises:
        IssuingError: There is none, or a file is not as it was written.

        FileError: A file is damaged.

    """
    run, place = find_run(work, run_id), f"credentials/{statement_path(run_id)}"
    data = work.folder.optional(statement_path(run.id))
    if not data:
        raise IssuingError(
            "expected an award list of this run, found none",
            place=run.id,
            hint=f'run: asnad award {run.id} --by "Name, office"',
        )
    statement = read_statement(data, place)
    private, table = work.folder.optional(list_path(run.id)), work.folder.optional(table_path(run.id))
    if not private:
        return KeptAwards(awards=None, statement=statement, markdown=_table_of_clone(work, statement, table))
    awards = read_award_list(private, f"credentials/{list_path(run.id)}")
    digest = fingerprint(awards, _salt(work, run.id))
    if not statement.is_about(award_statement(awards, digest)):
        raise _changed(run.id, place)
    if not work.catalogue.centre.repository_private:
        return KeptAwards(awards=awards, statement=statement, markdown=None)
    # A checkout on Windows may have given the file the line ends of that system.
    if table.replace(b"\r\n", b"\n") != award_markdown(awards, digest):
        raise _changed(run.id, f"credentials/{table_path(run.id)}")
    return KeptAwards(awards=awards, statement=statement, markdown=table.decode("utf-8"))


def _table_of_clone(work: Workplace, statement: AwardStatement, table: bytes) -> str:
    text = table.decode("utf-8", "replace")
    if not work.catalogue.centre.repository_private or f"`{statement.fingerprint}`" not in text:
        raise IssuingError(
            "expected the table with the names, found only its fingerprint",
            place=f"credentials/{list_path(statement.run)}",
            hint="approve on the machine on which the list was drafted, or draft it there again: "
            f"asnad award {statement.run}",
        )
    return text


def _changed(run_id: str, place: str) -> IssuingError:
    return IssuingError(
        "expected the file as asnad award wrote it, found a changed one",
        place=place,
        hint=f"take the change back in Git, or draft the list again: asnad award {run_id}",
    )


def _salt(work: Workplace, run_id: str) -> bytes:
    path = salt_path(run_id)
    try:
        salt = bytes.fromhex(work.folder.optional(path).decode("ascii"))
    except ValueError:
        salt = b""
    if len(salt) != SALT_BYTES:
        raise FileError(
            f"expected {SALT_BYTES} bytes in hexadecimal, found something else",
            place=f"credentials/{path}",
            hint=f"restore it from the backup, or draft the list again: asnad award {run_id}",
        )
    return salt
