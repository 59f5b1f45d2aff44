"""
Write the tables of docs/catalogue.md: fields, rules and profiles.

Run it after a field or a rule has changed: ``.venv/bin/python tests/write_catalogue_reference.py``. The prose between
the tables stays as it is.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "catalogue.md"
_TABLE = re.compile(r"(<!-- table: (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)

sys.path.insert(0, str(ROOT / "build_tools"))

from asnad.catalogue.field_reference import field_table, profile_table, rule_table  # noqa: E402
from asnad.catalogue.json_schemas import READERS  # noqa: E402

WORDS = {"groups": "group", "documents": "document", "includes": "includes"}
"""Lists of words, and where their words stand in site_overrides/messages/."""


def word_table() -> str:
    """Write the words that pages translate as a table of Markdown."""
    messages = json.loads((ROOT / "site_overrides" / "messages" / "en.json").read_text(encoding="utf-8"))["catalogue"]
    rows = []
    for name, prefix in WORDS.items():
        words = [key.removeprefix(f"{prefix}.") for key in messages if key.startswith(f"{prefix}.")]
        rows.append(f"| `{name}` | {', '.join(f'`{word}`' for word in words)} |")
    return "\n".join(["| field | words |", "|---|---|", *rows])


def tables() -> dict[str, str]:
    """Give every table by its name."""
    others = {"rules": rule_table(), "profiles": profile_table(), "words": word_table()}
    return {kind: field_table(kind) for kind in READERS} | others


def with_tables(text: str) -> str:
    """Put the tables between the prose."""
    written = tables()
    return _TABLE.sub(lambda found: f"{found[1]}{written[found['name']]}\n{found[3]}", text)


if __name__ == "__main__":
    REFERENCE.write_text(with_tables(REFERENCE.read_text(encoding="utf-8")), encoding="utf-8")
