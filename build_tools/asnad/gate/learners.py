"""Learners of the registers on this machine, wherever they are named without having agreed to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from asnad.gate.finding import Finding
from asnad.gate.personal_data import PersonalDatum, PersonalKind, dialled
from asnad.gate.text_files import line_of

_LAST_DIGITS = 7
_FEWEST_WORDS = 2
"""A single word is too often a word of the language, or of a place."""
_MARKS_OF_TEXT = re.compile("[\u00a0-\u00bf\u060c\u061b\u061f\u066a-\u066d\u06d4\u2000-\u206f]")
"""Spaces, quotation marks, dashes, commas and stops beyond ASCII."""
_LETTER = rb"[0-9a-z\x80-\xff]"
_BETWEEN_WORDS = rb"(?:[\x00-\x2f\x3a-\x3b\x3d-\x40\x5b-\x60\x7b-\x7f]|<[^<>]*>|&[a-z]+;)+"
"""Also the end of a line, and tags of a page."""
_NO_LETTERS = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() else 32  # A byte of a longer letter stays as it is.
    for byte in range(256)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLearner:
    """A learner of a register: what must not be found, unless there is consent to a page."""

    run: str
    names: tuple[str, ...]
    """In Latin script and in the learner's own."""
    identity_number: str | None
    phone: str | None
    email: str | None
    agreed: bool
    """To a public page, which shows the name and nothing else of this."""


@dataclass(frozen=True, slots=True)
class LearnerIndex:
    """Learners by what they are found by."""

    by_first_word: Mapping[bytes, tuple[tuple[bytes, str], ...]]
    """Whole names and their runs; of those alone whose name nobody bears who agreed, or who is in the catalogue."""
    numbers: Mapping[tuple[PersonalKind, str], str]
    """Runs by number or address."""
    phones: Mapping[str, tuple[tuple[str, str], ...]]
    """Whole phone numbers and their runs, by their last digits."""

    def run_of(self, datum: PersonalDatum) -> str | None:
        """
        Tell in the register of which run a number or address stands; a phone with or without that of the country.

        Args:
            datum: As found in a text.

        """
        if datum.kind is not PersonalKind.PHONE:
            return self.numbers.get((datum.kind, datum.value))
        near = self.phones.get(datum.value[-_LAST_DIGITS:], ())
        return next((run for phone, run in near if phone.endswith(datum.value) or datum.value.endswith(phone)), None)


def learner_index(learners: Iterable[KnownLearner], public_names: Iterable[str]) -> LearnerIndex:
    """
    Prepare to look for learners.

    Args:
        learners: Of all registers.

        public_names: Of people who are named in the catalogue, such as signatories.

    """
    everyone = tuple(learners)
    allowed = {_words(name) for name in public_names}
    allowed |= {_words(name) for learner in everyone if learner.agreed for name in learner.names}
    names: dict[bytes, dict[bytes, str]] = {}
    numbers: dict[tuple[PersonalKind, str], str] = {}
    phones: dict[str, dict[str, str]] = {}
    for learner in everyone:
        for name in map(_words, learner.names):
            if not learner.agreed and name not in allowed and len(name) >= _FEWEST_WORDS:
                names.setdefault(name[0], {})[b" ".join(name)] = learner.run
        if learner.identity_number:
            numbers[PersonalKind.IDENTITY, re.sub(r"\D", "", learner.identity_number)] = learner.run
        if learner.phone:
            phone = dialled(learner.phone)
            phones.setdefault(phone[-_LAST_DIGITS:], {})[phone] = learner.run
        if learner.email:
            numbers[PersonalKind.EMAIL, learner.email.casefold()] = learner.run
    return LearnerIndex(
        {word: tuple(found.items()) for word, found in names.items()},
        numbers,
        {end: tuple(found.items()) for end, found in phones.items()},
    )


def learners_named(file: str, data: bytes, learners: LearnerIndex) -> Iterator[Finding]:
    """
    Refuse the name of a learner who agreed to no page.

    Args:
        file: Where it stands.

        data: Text of the file.

        learners: Of all registers.

    """
    if not learners.by_first_word:
        return
    for _, run in _names_in(learners, _plain(file.encode("utf-8"))):
        yield _named(file, None, run)
    for line, run in _names_in(learners, _plain(data)):
        yield _named(file, line, run)


def learners_numbers(file: str, data: Iterable[PersonalDatum], learners: LearnerIndex) -> Iterator[Finding]:
    """
    Refuse the identity number, phone or e-mail address of a learner; consent to a page is none to show these.

    Args:
        file: Where it stands.

        data: What was found in the file.

        learners: Of all registers.

    """
    for datum in data:
        run = learners.run_of(datum)
        if run is not None:
            yield Finding(
                file=file,
                line=datum.line,
                expected="nothing of a learner but what is on an agreed page",
                found=f"the {datum.kind} {datum.masked()} of a learner in the register of {run}",
                repair="take it out",
                kept_by_git=True,
            )


_REGISTER_SUFFIXES = frozenset((".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"))


def register_file(file: str, data: bytes, *, looks_like_register: bool | None) -> Iterator[Finding]:
    """
    Refuse a spreadsheet of learners.

    Args:
        file: Path below the centre's folder or the site.

        data: The file.

        looks_like_register: What its headings say; nothing where it could not be read.

    """
    spreadsheet = PurePosixPath(file).suffix.lower() in _REGISTER_SUFFIXES
    if looks_like_register or b'"AsnadRegister"' in data[-200:]:
        found = "a register of learners"
    elif spreadsheet and looks_like_register is None:
        found = "a spreadsheet that cannot be read"
    else:
        return
    yield Finding(
        file=file,
        line=None,
        expected="no register outside credentials/private",
        found=found,
        repair="move it to credentials/private; if Git has it already: git rm --cached, with its name",
        kept_by_git=True,
    )


def is_spreadsheet(file: str) -> bool:
    """
    Tell by its name whether a file may be a register.

    Args:
        file: With its suffix.

    """
    return PurePosixPath(file).suffix.lower() in _REGISTER_SUFFIXES


def _named(file: str, line: int | None, run: str) -> Finding:
    return Finding(
        file=file,
        line=line,
        expected="no name of a learner who agreed to no page",
        found=f"one of the register of {run}",
        repair="take it out, or ask the learner and write the day of consent into the register",
        kept_by_git=True,
    )


def _names_in(learners: LearnerIndex, plain: bytes) -> Iterator[tuple[int, str]]:
    """Give the line of each name that stands in a text, and the run of its learner."""
    for first in learners.by_first_word.keys() & set(plain.translate(_NO_LETTERS).split()):
        for name, run in learners.by_first_word[first]:
            pattern = _BETWEEN_WORDS.join(map(re.escape, name.split(b" ")))
            found = re.search(rb"(?<!%s)%s(?!%s)" % (_LETTER, pattern, _LETTER), plain)
            if found:
                yield line_of(plain, found.start()), run


def _words(name: str) -> tuple[bytes, ...]:
    return tuple(_plain(name.encode("utf-8")).translate(_NO_LETTERS).split())


def _plain(data: bytes) -> bytes:
    """Write a text as names are compared: composed, and without the difference of large and small letters."""
    if data.isascii():
        return data.lower()
    text = unicodedata.normalize("NFC", data.decode("utf-8", "replace")).casefold()
    return _MARKS_OF_TEXT.sub(" ", text).encode("utf-8")
