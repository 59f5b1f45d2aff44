"""Private keys, which belong into no file of a repository and none of a site."""

from __future__ import annotations

from collections.abc import Iterator

from asnad.gate.finding import Finding
from asnad.gate.text_files import is_text, line_of
from asnad.signing.private_key_forms import find_private_keys


def private_keys(file: str, data: bytes) -> Iterator[Finding]:
    """
    Refuse a private key.

    Args:
        file: Where it lies.

        data: The file, of any kind.

    """
    for key in find_private_keys(data):
        yield Finding(
            file=file,
            line=line_of(data, key.offset) if is_text(data) else None,
            expected="nothing secret",
            found=key.form,
            repair=(
                "take it out; if it was ever committed or published, its key is lost to others: make a new one with "
                "asnad keys rotate or asnad keys compromise"
            ),
            kept_by_git=True,
        )
