"""Text that a centre writes once, or once for each language."""

from __future__ import annotations

from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset(
    {"ar", "bal", "brh", "dv", "fa", "he", "hno", "khw", "ks", "pa-Arab", "pnb", "ps", "sd", "skr", "ug", "ur", "yi"}
)

_ISO_639_1 = (
    "aa ab ae af ak am an as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dz ee el en "
    "eo es et eu ff fi fj fo fr fy ga gd gl gn gu gv ha hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja "
    "jv ka kg ki kj kk kl km kn ko kr ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl pt qu rm rn ro ru rw sa sc se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty uk uz ve vi vo wa wo xh za zh zu "
)

KNOWN_LANGUAGES = RIGHT_TO_LEFT.union(_ISO_639_1.split())
"""ISO 639-1, and the languages of Pakistan that have longer tags; no regions, so that the direction is certain."""


def direction(language: str) -> str:
    """
    Tell the writing direction of a language.

    Args:
        language: BCP 47 tag, such as ``ur``.

    """
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages, the first of them the one it falls back to."""

    versions: tuple[tuple[str, str], ...]

    def languages(self) -> tuple[str, ...]:
        """Give the tags of the languages it is written in."""
        return tuple(language for language, _ in self.versions)

    def shown_in(self, language: str) -> tuple[str, str]:
        """
        Choose the version to show a reader.

        Args:
            language: Tag that the reader prefers.

        Returns:
            The text and the tag of the language it is really in, which may be another.

        """
        for tag, text in self.versions:
            if tag == language:
                return text, tag
        tag, text = self.versions[0]
        return text, tag
