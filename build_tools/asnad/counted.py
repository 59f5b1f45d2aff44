"""Numbers with their nouns, as a person writes them."""

from __future__ import annotations


def counted(number: int, one: str, more: str | None = None) -> str:
    """
    Write a number and what is counted: "1 certificate", "2 certificates".

    Args:
        number: How many.

        one: What is said of one, such as ``certificate was``.

        more: What is said of any other number, such as ``certificates were``; ``one`` with an s, unless given.

    """
    return f"{number} {one if number == 1 else more or one + 's'}"
