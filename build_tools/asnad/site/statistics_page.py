"""What the page of statistics says: numbers with the names of today's catalogue, each division as chart and table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.text import Text
from asnad.issuers.statistics import Statistics
from asnad.messages import Messages
from asnad.site.charts import Bar, bar_chart

PATH = "statistics/"
BARS = 20
"""More than these make no picture; the table has all."""


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One number, and what it is of."""

    text: Text | None
    """Of the catalogue."""
    words: str
    """Stand behind the text, such as the batch, or alone."""
    issued: int

    def label(self, language: str) -> str:
        """
        Give text and words in one, for a picture.

        Args:
            language: Of the page.

        """
        return " · ".join(part for part in (self.text.shown_in(language)[0] if self.text else "", self.words) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The certificates by one thing, such as their year."""

    name: str
    """Last part of the keys of its texts."""
    rows: tuple[DivisionRow, ...]
    chart: Markup | None
    """Of the first rows; nothing where there is only one number."""

    @property
    def uncharted(self) -> int:
        """How many rows only the table has."""
        return max(len(self.rows) - BARS, 0)


def divisions(catalogue: Catalogue, statistics: Statistics, messages: Messages) -> tuple[Division, ...]:
    """
    Put names to the numbers, as the catalogue has them today; what it has no longer keeps its id.

    Args:
        catalogue: Of the centre.

        statistics: As published.

        messages: Texts in the page's language.

    """
    found: dict[str, Iterable[DivisionRow]] = {
        "year": (DivisionRow(None, str(cell.of), cell.issued) for cell in statistics.years),
        "department": _departments(catalogue, statistics, messages),
        "level": (
            DivisionRow(
                None,
                messages.text("statistics.no-level")
                if cell.of is None
                else messages.text("statistics.level", level=cell.of),
                cell.issued,
            )
            for cell in statistics.levels
        ),
        "credits": (
            DivisionRow(None, messages.text(f"statistics.credits.{cell.of or 'none'}"), cell.issued)
            for cell in statistics.credit_bands
        ),
        "run": _runs(catalogue, statistics, messages),
    }
    return tuple(_division(name, tuple(rows), messages) for name, rows in found.items())


def _departments(catalogue: Catalogue, statistics: Statistics, messages: Messages) -> list[DivisionRow]:
    names = {str(department.id): department.name for department in catalogue.centre.departments}
    order = {name: place for place, name in enumerate(names)}
    known = sorted(
        (cell for cell in statistics.departments if cell.of), key=lambda cell: order.get(cell.of or "", len(order))
    )
    cells = [*known, *(cell for cell in statistics.departments if not cell.of)]
    nowhere = messages.text("statistics.no-department")
    return [
        DivisionRow(names[cell.of], "", cell.issued)
        if cell.of in names
        else DivisionRow(None, cell.of or nowhere, cell.issued)
        for cell in cells
    ]


def _runs(catalogue: Catalogue, statistics: Statistics, messages: Messages) -> list[DivisionRow]:
    """List the runs from the newest, those that the catalogue has no longer at the end."""
    runs = {str(run.id): run for run in catalogue.runs}
    titles = {course.id: course.title for course in catalogue.courses}
    found: list[tuple[date, str, DivisionRow]] = []
    for cell in statistics.runs:
        run = runs.get(cell.of)
        if run is None:
            found.append((date.min, cell.of, DivisionRow(None, cell.of, cell.issued)))
            continue
        batch = messages.text("run.batch", number=str(run.batch_no))
        words = messages.text("statistics.run", batch=batch, year=str(run.award_day().year))
        found.append((run.award_day(), cell.of, DivisionRow(titles[run.course], words, cell.issued)))
    return [row for _, _, row in sorted(found, key=lambda item: item[:2], reverse=True)]


def _division(name: str, rows: Sequence[DivisionRow], messages: Messages) -> Division:
    chart = None
    if len(rows) > 1:
        bars = [Bar(row.label(messages.language), row.issued, messages.number(row.issued)) for row in rows[:BARS]]
        chart = bar_chart(
            bars,
            name=f"chart-{name}",
            title=messages.text(f"statistics.by-{name}"),
            description=messages.text("statistics.chart"),
            direction=messages.direction,
        )
    return Division(name=name, rows=tuple(rows), chart=chart)
