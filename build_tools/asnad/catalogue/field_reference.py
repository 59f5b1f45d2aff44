"""The tables of docs/catalogue.md: every field of every file, and every rule."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.catalogue.field_meanings import meaning_of
from asnad.catalogue.field_recorder import FieldShape, fields_asked_for
from asnad.catalogue.findings import Severity
from asnad.catalogue.json_schemas import READERS
from asnad.catalogue.profile_numbers import NUMBERS
from asnad.catalogue.rules import RULES, Rule


def field_table(kind: str) -> str:
    """
    Write the fields of one kind of file as a table of Markdown.

    Args:
        kind: One of ``READERS``.

    """
    rows = _field_rows(fields_asked_for(READERS[kind]), kind, "")
    return "\n".join(["| field | | what it means | how it is written | example |", "|---|---|---|---|---|", *rows])


def rule_table() -> str:
    """Write the rules as a table of Markdown."""
    rows = [f"| {rule.code} | {_sentence(rule)} | {_severity(rule)} |" for rule in RULES]
    return "\n".join(["| | what must be so | if not |", "|---|---|---|", *rows])


def profile_table() -> str:
    """Write the numbers of the profiles as a table of Markdown."""
    rows = [
        f"| `{profile}` | {numbers.least_hours or '–'} | "
        + (
            f"{numbers.least_credits} to {numbers.most_credits} {numbers.credit_scheme}"
            if numbers.credit_scheme
            else "–"
        )
        + " |"
        for profile, numbers in NUMBERS.items()
    ]
    return "\n".join(["| profile | least hours | credits |", "|---|---|---|", *rows])


def _field_rows(shapes: tuple[FieldShape, ...], path: str, shown: str) -> Iterator[str]:
    for shape in sorted(shapes, key=lambda shape: shape.name != "id"):
        meaning = meaning_of(f"{path}.{shape.name}")
        name = f"{shown}{shape.name}{'[]' if shape.is_list else ''}"
        example = f"`{meaning.example}`" if meaning.example else ""
        must = "must" if shape.is_required else ""
        yield f"| `{name}` | {must} | {meaning.text} | {_written(shape)} | {example} |"
        yield from _field_rows(shape.parts, f"{path}.{shape.name}", f"{name}.")


def _written(shape: FieldShape) -> str:
    if shape.form is None:
        return "list of fields" if shape.is_list else "fields"
    words = shape.form.expected.removeprefix("one of ") if shape.form.outline.words else shape.form.expected
    if shape.parts:
        words += ", or fields"
    by_language = ", once or by language" if shape.is_text else ""
    return f"{'list: ' if shape.is_list else ''}{words}{by_language}"


def _sentence(rule: Rule) -> str:
    sentence = (rule.find.__doc__ or "").strip().removeprefix(f"{rule.code}: ")
    return sentence[:1].upper() + sentence[1:]


def _severity(rule: Rule) -> str:
    return (
        f"{rule.severity}, in a draft a warning" if rule.can_wait and rule.severity is Severity.ERROR else rule.severity
    )
