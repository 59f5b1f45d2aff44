"""A text that the centre wrote for the page of one language, on the page of another that has none."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import escape

from asnad.catalogue.text import direction

# Neither of another site, nor of the host's root, nor a heading of the page itself.
_RELATIVE = re.compile(r'(?<=[\s])(href|src)="(?![a-z][a-z0-9+.-]*:|[/#?]|")([^"]*)"', re.IGNORECASE)


def borrowed_text(html: str, language: str, *, to_root: str, exists_here: Callable[[str], bool]) -> str:
    """
    Mark a text with its language, and let its links lead on in the reader's language where they can.

    Args:
        html: Of the page at the root of the site, by Markdown.

        language: In which it is written.

        to_root: Way from the page that borrows it to the root, such as ``../``.

        exists_here: Tell of a path whether there is such a page in the reader's language.

    """

    def led(link: re.Match[str]) -> str:
        name, target = link.groups()
        path = re.split("[?#]", target, maxsplit=1)[0].removeprefix("./")
        return f'{name}="{target if exists_here(path) else to_root + target}"'

    return f'<div lang="{escape(language)}" dir="{direction(language)}">\n{_RELATIVE.sub(led, html)}\n</div>'
