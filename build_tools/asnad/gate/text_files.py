"""Which files hold text that people write and read, and on which line something stands in them."""

from __future__ import annotations

from pathlib import PurePosixPath

_NO_PROSE = frozenset(
    (
        *(".js", ".mjs", ".css", ".map", ".wasm", ".woff", ".woff2", ".ttf", ".bin"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".gz"),
    )
)
"""Programs, fonts, pictures and packed files; keys are looked for in them too, words are not."""
_LOOKED_AT = 8192


def holds_prose(path: str, data: bytes) -> bool:
    """
    Tell whether words and numbers in a file may be about people.

    Args:
        path: With its suffix.

        data: The file.

    """
    return PurePosixPath(path).suffix.lower() not in _NO_PROSE and is_text(data)


def is_text(data: bytes) -> bool:
    """
    Tell whether a file has lines.

    Args:
        data: The file.

    """
    return b"\0" not in data[:_LOOKED_AT]


def line_of(data: bytes, offset: int) -> int:
    """
    Count on which line a byte stands, from 1.

    Args:
        data: The file.

        offset: Of the byte.

    """
    return data.count(b"\n", 0, offset) + 1
