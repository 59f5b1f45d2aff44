"""Lines of a file that a person has still to check: comments that begin with ``# to check:``."""

from __future__ import annotations

import re

from yaml import SafeLoader, scan
from yaml.error import YAMLError
from yaml.tokens import ScalarToken

MARK = "# to check:"

_MARK = re.compile(r"(?:^|(?<=\s))# *to check:", re.MULTILINE)


def marked_lines(data: bytes) -> tuple[int, ...]:
    """
    Find the lines of a file that are marked.

    Args:
        data: Of a YAML file; one that cannot be read has no marks, and is told of elsewhere.

    Returns:
        Their numbers, counted from 1.

    """
    text = data.decode("utf-8-sig", "replace")
    found = list(_MARK.finditer(text))
    if not found:
        return ()
    try:
        tokens = [token for token in scan(text, Loader=SafeLoader) if isinstance(token, ScalarToken)]
    except (YAMLError, ValueError, OverflowError):
        return ()
    # What stands within a text is no comment.
    spans = [(token.start_mark.index, token.end_mark.index) for token in tokens]
    return tuple(
        text.count("\n", 0, mark.start()) + 1
        for mark in found
        if not any(start <= mark.start() < end for start, end in spans)
    )
