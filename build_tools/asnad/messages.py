"""
What pages say to people, in their language: texts, numbers, amounts and dates.

One JSON file a language, with one section an area and ``formats`` for all of them. A text may have ``{name}`` in it.
A key that one language has and another lacks is an error when the files are read, so no page can miss a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asnad.catalogue.text import direction
from asnad.errors import PublicationError

FORMATS = "formats"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of one section in one language."""

    language: str
    texts: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def has(self, key: str) -> bool:
        """Tell whether there is a text under this key."""
        return key in self.texts

    def text(self, key: str, **values: str | int | Decimal) -> str:
        """
        Give a text with its values put in; numbers are written as the language writes them.

        Args:
            key: Such as ``course.fee``.

            values: One for each ``{name}`` in the text, no more and no fewer.

        Raises:
            PublicationError: There is no such text, or the values do not fit it.

        """
        template = self.texts.get(key)
        if template is None:
            raise PublicationError(
                f"expected a text {key!r}, found none",
                place=f"messages/{self.language}.json",
                hint=f"write the text {key!r} in every file of messages",
            )
        if set(_PLACEHOLDER.findall(template)) != set(values):
            raise PublicationError(
                f"expected the values {sorted(values)} in the text {key!r}, found {template!r}",
                place=f"messages/{self.language}.json",
            )
        return _PLACEHOLDER.sub(lambda match: self._shown(values[match[1]]), template)

    def count(self, key: str, number: int) -> str:
        """
        Give the text for one thing or for any other number of them.

        Args:
            key: Stem of the two keys ``<key>.one`` and ``<key>.other``; both hold ``{number}``.

            number: How many.

        Raises:
            PublicationError: There is no such text.

        """
        return self.text(f"{key}.one" if number == 1 else f"{key}.other", number=number)

    def number(self, number: int | Decimal) -> str:
        """Write a number with the language's separators; digits stay 0–9, as CLDR has it for Urdu in Pakistan."""
        text = format(number, ",f") if isinstance(number, Decimal) else format(number, ",d")
        separators = str.maketrans({",": self.texts["number.group"], ".": self.texts["number.decimal"]})
        return text.translate(separators)

    def money(self, amount: int, currency: str) -> str:
        """
        Write an amount of money.

        Args:
            amount: Whole units.

            currency: ISO 4217 code; shown as it is where the language has no name for it.

        """
        return self.text("money", amount=amount, currency=self.texts.get(f"currency.{currency}", currency))

    def day(self, day: date) -> str:
        """Write a day with the month as a word, so that nobody takes the month for the day."""
        return self.text("date", day=str(day.day), month=self.month(day), year=str(day.year))

    def month(self, day: date) -> str:
        """Give the word for the month of a day."""
        return self.texts[f"month.{day.month}"]

    def period(self, start: date, end: date) -> str:
        """
        Write a period; what both days share is said once.

        Args:
            start: First day.

            end: Last day.

        """
        if start == end:
            return self.day(start)
        if (start.year, start.month) == (end.year, end.month):
            return self.text(
                "period.month",
                start_day=str(start.day),
                end_day=str(end.day),
                month=self.month(start),
                year=str(start.year),
            )
        return self.text("period", start=self.day(start), end=self.day(end))

    def enumeration(self, items: Sequence[str]) -> str:
        """
        Join words to a list such as “a, b and c”.

        Args:
            items: Any number of words.

        """
        if len(items) < 2:
            return "".join(items)
        first = self.texts["list.comma"].join(items[:-1])
        return self.text("list.last", first=first, last=items[-1])

    def _shown(self, value: str | int | Decimal) -> str:
        return value if isinstance(value, str) else self.number(value)


def read_messages(files: Mapping[str, bytes], section: str, languages: Sequence[str]) -> dict[str, Messages]:
    """
    Read one section of the messages and check that every language has all of it.

    Args:
        files: Bytes of ``<language>.json`` by language tag.

        section: Area of the texts, such as ``catalogue``.

        languages: Languages that the site is in.

    Returns:
        For each of the languages its texts, those of ``formats`` among them.

    Raises:
        PublicationError: A language, a section, a text or a value in a text is missing, or a file is no JSON.

    """
    missing = [language for language in languages if language not in files]
    if missing:
        raise PublicationError(
            "expected the texts of every language of the site, found none for " + ", ".join(missing),
            place="messages",
            hint=f"translate messages/en.json as messages/{missing[0]}.json, or take the language out of centre.yml",
        )
    found = {language: _section_texts(language, files[language], section) for language in files}
    _check_same_keys(found)
    return {language: Messages(language, found[language]) for language in languages}


def read_sections(
    files: Mapping[str, bytes], section: str, languages: Sequence[str]
) -> dict[str, Mapping[str, object]]:
    """
    Read one section as the files have it, nested, with the formats as ``formats``, for a script.

    Args:
        files: Bytes of ``<language>.json`` by language tag.

        section: Area of the texts, such as ``verifier``.

        languages: Languages that the site is in.

    Raises:
        PublicationError: As ``read_messages``.
    """
    read_messages(files, section, languages)
    documents = {language: json.loads(files[language]) for language in languages}
    return {language: {**document[section], FORMATS: document[FORMATS]} for language, document in documents.items()}


def _section_texts(language: str, content: bytes, section: str) -> dict[str, str]:
    place = f"messages/{language}.json"
    try:
        document = json.loads(content)
    except ValueError as error:
        raise PublicationError(f"expected JSON, found a fault: {error}", place=place) from error
    texts: dict[str, str] = {}
    for name in (FORMATS, section):
        part = document.get(name) if isinstance(document, dict) else None
        if not isinstance(part, dict):
            raise PublicationError(f"expected a section {name!r}, found none", place=place)
        texts.update(_flat(part, "", place))
    return texts


def _flat(part: Mapping[str, object], prefix: str, place: str) -> Iterator[tuple[str, str]]:
    for name, value in part.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.", place)
        elif isinstance(value, str):
            yield prefix + name, value
        else:
            raise PublicationError(f"expected a text under {prefix + name!r}, found {value!r}", place=place)


def _check_same_keys(found: Mapping[str, Mapping[str, str]]) -> None:
    every = sorted({key for texts in found.values() for key in texts})
    for language, texts in found.items():
        place = f"messages/{language}.json"
        for key in every:
            # A no-break space is a text: some languages part thousands with it.
            if not texts.get(key, "").strip(" \t\n"):
                raise PublicationError(
                    f"expected a text {key!r}, found none",
                    place=place,
                    hint="another language has it: translate it",
                )
    first = next(iter(found))
    for language, texts in found.items():
        for key in every:
            if set(_PLACEHOLDER.findall(texts[key])) != set(_PLACEHOLDER.findall(found[first][key])):
                raise PublicationError(
                    f"expected the same {{values}} in {key!r} as in messages/{first}.json, found {texts[key]!r}",
                    place=f"messages/{language}.json",
                )
