"""The award list as people read it: a Markdown table for a pull request, and a page for the printer."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from asnad.catalogue.findings import visible
from asnad.desk.award_list import AwardList, AwardRow, AwardTerms, Decision

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!@:^=])")


@dataclass(frozen=True, slots=True)
class AwardTable:
    """The rows of an award list as texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def award_table(awards: AwardList) -> AwardTable:
    """
    Write every row as texts; what the centre does not print has no column.

    Args:
        awards: All of it.

    """
    columns = (
        ("row", [str(row.row) for row in awards.rows]),
        ("serial", [row.serial or "" for row in awards.rows]),
        ("name", [row.record.name for row in awards.rows]),
        ("own script", [row.record.native_name or "" for row in awards.rows]),
        ("father", [row.record.father_name or "" for row in awards.rows]),
        ("husband", [row.record.husband_name or "" for row in awards.rows]),
        ("identity number", [f"…{digits}" if (digits := row.record.identity_digits) else "" for row in awards.rows]),
        ("grade", [row.record.grade or "" for row in awards.rows]),
        ("attendance", [f"{row.attendance} %" for row in awards.rows]),
        ("certificate", [_outcome(row) for row in awards.rows]),
    )
    optional = ("own script", "father", "husband", "identity number", "grade")
    shown = [(heading, texts) for heading, texts in columns if any(texts) or heading not in optional]
    return AwardTable(tuple(heading for heading, _ in shown), tuple(zip(*(texts for _, texts in shown), strict=True)))


def award_facts(awards: AwardList) -> tuple[tuple[str, str], ...]:
    """
    Write what holds for the whole list as labels and texts.

    Args:
        awards: All of it.

    """
    terms = awards.terms
    return (
        ("Course", terms.title),
        ("Version", f"{terms.version} of {terms.course}"),
        ("Kind", terms.kind.value),
        ("Batch", f"{terms.batch}, {terms.start} to {terms.end}"),
        ("Place", terms.venue),
        ("Day of award", terms.awarded.isoformat()),
        ("Runs out", _validity(terms)),
        ("Issued by", terms.issuer),
        *(("Signed by", signatory) for signatory in terms.signatories),
        ("Drafted", f"{awards.drafted} by {awards.drafted_by}" if awards.drafted_by else awards.drafted.isoformat()),
        ("To be issued", str(awards.count(Decision.AWARDED))),
        ("Issued before", str(awards.count(Decision.ISSUED))),
        ("No certificate", str(awards.count(Decision.REFUSED))),
    )


def award_markdown(awards: AwardList, fingerprint: str) -> bytes:
    """
    Write the list for a pull request, a learner a line.

    Args:
        awards: All of it.

        fingerprint: By which an approval names it.

    """
    table = award_table(awards)
    lines = [
        f"# Award list of {markdown_text(awards.terms.run)}",
        "",
        "Written by `asnad award`. Where a line was changed by hand, `asnad issue` refuses the list.",
        "",
        *(f"- {label}: {markdown_text(text)}" for label, text in award_facts(awards)),
        f"- Fingerprint: `{fingerprint}`",
        "",
        _line(table.headings),
        "|" + " --- |" * len(table.headings),
        *(_line(tuple(map(markdown_text, row))) for row in table.rows),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def award_page(awards: AwardList, fingerprint: str, environment: Environment) -> bytes:
    """
    Write the list as one file for the printer, with lines on which to sign by hand.

    Args:
        awards: All of it.

        fingerprint: By which an approval names it.

        environment: Of ``site_overrides/certificate``.

    """
    style = environment.get_template("award-list.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    facts = [(label, visible(text)) for label, text in award_facts(awards)]
    table = award_table(awards)
    page = environment.get_template("award-list.html").render(
        run=visible(awards.terms.run),
        facts=facts,
        headings=table.headings,
        rows=[tuple(map(visible, row)) for row in table.rows],
        drafted_by=visible(str(awards.drafted_by)) if awards.drafted_by else None,
        fingerprint=fingerprint,
        style=Markup(style),  # noqa: S704 - our own style file, no learner's text in it
        style_hash=f"sha256-{digest}",
    )
    return page.encode("utf-8")


def markdown_text(text: str) -> str:
    """
    Write a text so that it is nothing but text in Markdown and in HTML, and keeps its direction to itself.

    Args:
        text: Anything, such as a name.

    """
    seen = visible(text)
    plain = _MARKUP.sub(r"\\\1", seen)
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in seen):
        # An element and not a control character: about those, hosts of Git warn the reader.
        return f'<span dir="auto">{plain}</span>'
    return plain


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _outcome(row: AwardRow) -> str:
    match row.decision:
        case Decision.AWARDED:
            return "yes"
        case Decision.ISSUED:
            return "has it already"
        case Decision.REFUSED:
            return f"NO: {row.reason}"


def _validity(terms: AwardTerms) -> str:
    return "never" if terms.validity_months is None else f"{terms.validity_months} months from the day of award"
