"""The fenced blocks of docs/format.md that hold data, and how it is laid out there for reading."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "format.md"
PROFILE = ROOT / "build_tools" / "asnad" / "credentials" / "profile.json"
SEEDS = Path(__file__).parent / "vectors" / "seeds.json"
WIDTH = 112
HEX_WIDTH = 96
_BLOCK = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)


def read_blocks(markdown: str) -> dict[str, str]:
    """Give the text of each titled block, line feed at the end included."""
    found = _BLOCK.findall(markdown)
    blocks = {title: text for _, title, text in found}
    assert len(blocks) == len(found), "a title stands twice"
    return blocks


def with_blocks(markdown: str, blocks: Mapping[str, str]) -> str:
    """Put another text into each titled block."""
    return _BLOCK.sub(lambda block: f'```{block[1]} title="{block[2]}"\n{blocks[block[2]]}\n```', markdown)


def layout(value: Any, lead: int = 0, depth: int = 0) -> str:
    """Write JSON for reading: members as JCS sorts them, broken only where a line would be too long."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if not isinstance(value, (dict, list)) or not value or lead + len(line) <= WIDTH:
        return line
    space = "  " * (depth + 1)
    heads = [f"{json.dumps(name)}: " for name in sorted(value)] if isinstance(value, dict) else [""] * len(value)
    items = [value[name] for name in sorted(value)] if isinstance(value, dict) else value
    rows = [space + head + layout(item, len(space + head), depth + 1) for head, item in zip(heads, items, strict=True)]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return opening + "\n" + ",\n".join(rows) + "\n" + "  " * depth + closing


def wrapped(text: str, width: int = WIDTH) -> str:
    """Cut a long text into lines, none of which begins or ends with a space."""
    lines = []
    while len(text) > width:
        cut = width
        while " " in text[cut - 1 : cut + 1]:
            cut -= 1
        lines.append(text[:cut])
        text = text[cut:]
    return "\n".join([*lines, text])


def table(rows: dict[str, str]) -> str:
    """Write names and values, one pair a line."""
    width = max(map(len, rows)) + 2
    return "\n".join(name.ljust(width) + value for name, value in rows.items())


def grouped(digits: str) -> str:
    """Write digits in groups of 17, six a line."""
    groups = re.findall(".{1,17}", digits)
    return "\n".join(" ".join(groups[start : start + 6]) for start in range(0, len(groups), 6))


def profile_lines(profile: dict[str, dict[str, str]]) -> str:
    """Write the profile, a member a line."""
    lines = []
    for kind, members in profile.items():
        lines.append(kind)
        lines += [f"  {name.ljust(22)}{rule}" for name, rule in members.items()]
    return "\n".join(lines)
