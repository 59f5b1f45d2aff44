"""What certificates are printed with: templates, words in each language, and fonts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from asnad.errors import PublicationError
from asnad.messages import Messages

FALLBACK_LANGUAGE = "en"
# Latin letters and digits come from the font of the page, so that a serial number looks the same everywhere.
_ARABIC_RANGE = "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C-200D,U+FB50-FDFF,U+FE70-FEFF"


@dataclass(frozen=True, slots=True)
class CertificateFonts:
    """The WOFF2 files for Urdu: Noto Nastaliq Urdu, and Noto Naskh Arabic in two weights, Arabic subset."""

    nastaliq: bytes
    naskh: bytes
    naskh_bold: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    messages: Messages

    def say(self, key: str, **values: str) -> Markup:
        """
        Give a sentence with its values, escaped; each value keeps its own direction.

        Args:
            key: Members of the messages, joined by dots, such as ``kind.Diploma``.

            values: Plain text for the places in braces.

        Raises:
            PublicationError: There is no such sentence in this language.

        """
        isolated = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()}
        return Markup(escape(self.sentence(key))).format(**isolated)  # noqa: S704 - escaped before it is marked

    def sentence(self, key: str) -> str:
        """
        Give a sentence as it stands in the messages, as plain text.

        Args:
            key: Members of the messages, joined by dots.

        Raises:
            PublicationError: There is no such sentence in this language.

        """
        if not self.messages.has(key):
            raise PublicationError("expected a sentence, got none", place=f"messages/{self.language}.json: {key}")
        return self.messages.texts[key]

    def day(self, day: date) -> str:
        """Write a date with the name of its month, as plain text."""
        return self.messages.day(day)


@dataclass(frozen=True, slots=True)
class Stationery:
    """Everything that drawing a certificate needs beside the certificate."""

    environment: Environment
    messages: Mapping[str, Messages]
    """For each language the ``certificate`` section of its file."""
    fonts: CertificateFonts
    picture_fonts: tuple[str, ...]
    """Paths of the font files by which pictures are drawn."""

    def words(self, language: str) -> Words:
        """
        Choose the words for a certificate's language, English where there are none, the centre's first without it.

        Args:
            language: BCP 47 tag.

        """
        wished = (language, language.lower().split("-")[0], FALLBACK_LANGUAGE, *self.messages)
        chosen = next(tag for tag in wished if tag in self.messages)
        return Words(chosen, self.messages[chosen])


def certificate_environment(loader: BaseLoader) -> Environment:
    """
    Make the environment in which certificates are drawn: everything escaped, nothing undefined.

    Args:
        loader: Where ``site_overrides/certificate`` is read from.

    """
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def font_face(family: str, data: bytes, weight: int = 400) -> str:
    """
    Write a style rule that carries a font inside.

    Args:
        family: Name under which styles ask for it.

        data: WOFF2 file.

        weight: 400 or 700.

    """
    source = f"data:font/woff2;base64,{base64.b64encode(data).decode('ascii')}"
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};unicode-range:{_ARABIC_RANGE};'
        f'src:url({source}) format("woff2")}}\n'
    )
