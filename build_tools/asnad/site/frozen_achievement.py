"""What a version of a course stood for, read from the very file that its certificates point to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from asnad.catalogue.course import CourseId, Kind
from asnad.catalogue.text import KNOWN_LANGUAGES
from asnad.credentials.achievement import ACHIEVEMENT_TYPES
from asnad.errors import PublicationError, UnreadableError
from asnad.proofs.strict_json import JSONObject, JSONValue, parse_object

FOLDER = "achievements"
MAX_ACHIEVEMENT = 262_144
_PATH = re.compile(r"([a-z0-9-]{1,63})/([1-9][0-9]{0,5})\.json")
_KINDS = {name: kind for kind, name in ACHIEVEMENT_TYPES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenAlignment:
    """A fact of an achievement: a level, a form of assessment or what stands behind it."""

    framework: str
    name: str
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenAchievement:
    """One version of a course as it was frozen at the first issue (Open Badges 3.0, Achievement)."""

    course: CourseId
    version: int
    path: str
    """Below the site."""
    language: str
    """Of every text in it."""
    kind: Kind
    name: str
    description: str
    code: str
    criteria: tuple[str, ...]
    """Paragraphs."""
    alignments: tuple[FrozenAlignment, ...]
    credits: int | float | None


def read_frozen_achievements(files: Mapping[str, bytes]) -> tuple[FrozenAchievement, ...]:
    """
    Read every frozen achievement, by course and version.

    Args:
        files: Bytes by path below ``achievements/``.

    Raises:
        PublicationError: A file does not hold what Asnad writes.

    """
    found = (_read(path, data) for path, data in files.items())
    return tuple(sorted(found, key=lambda each: (each.course, each.version)))


def _read(path: str, data: bytes) -> FrozenAchievement:
    place = f"credentials/public/{FOLDER}/{path}"
    named = _PATH.fullmatch(path)
    if named is None:
        raise PublicationError("expected only files that Asnad has written", place=place, hint="take it out")
    try:
        document = parse_object(data, limit=MAX_ACHIEVEMENT)
        achievement = _achievement(document, CourseId(named[1]), int(named[2]))
    except UnreadableError as error:
        raise _damaged(place, str(error)) from None
    except (KeyError, ValueError) as error:
        raise _damaged(place, f"expected {error.args[0]} of an achievement, found none or another kind") from None
    if document.get("version") != named[2] or not str(document.get("id")).endswith(f"/{FOLDER}/{path}"):
        raise _damaged(place, "expected the achievement of this course and version, found another")
    return achievement


def _damaged(place: str, message: str) -> PublicationError:
    hint = "certificates point to these very bytes: restore the file from Git or from the backup"
    return PublicationError(message, place=place, hint=hint)


def _achievement(document: JSONObject, course: CourseId, version: int) -> FrozenAchievement:
    language = _text(document, "inLanguage")
    kind = _KINDS.get(_text(document, "achievementType"))
    if language not in KNOWN_LANGUAGES:
        raise ValueError("inLanguage")
    if kind is None:
        raise ValueError("achievementType")
    criteria = document.get("criteria")
    alignments = document.get("alignment", [])
    points = document.get("creditsAvailable")
    if not isinstance(criteria, dict):
        raise ValueError("criteria")
    if not isinstance(alignments, list):
        raise ValueError("alignment")
    if points is not None and (isinstance(points, bool) or not isinstance(points, int | float)):
        raise ValueError("creditsAvailable")
    return FrozenAchievement(
        course=course,
        version=version,
        path=f"{FOLDER}/{course}/{version}.json",
        language=language,
        kind=kind,
        name=_text(document, "name"),
        description=_text(document, "description"),
        code=_text(document, "humanCode"),
        criteria=tuple(part for part in re.split(r"\n\s*\n", _text(criteria, "narrative").strip()) if part),
        alignments=tuple(_alignment(each) for each in alignments),
        credits=points,
    )


def _alignment(value: JSONValue) -> FrozenAlignment:
    if not isinstance(value, dict):
        raise ValueError("alignment")
    description = _text(value, "targetDescription") if "targetDescription" in value else None
    return FrozenAlignment(
        framework=_text(value, "targetFramework"), name=_text(value, "targetName"), description=description
    )


def _text(document: JSONObject, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise ValueError(name)
    return value
