"""
A catalogue of any size: the example centre's own, told again for one town after the other.

Every public field of the example is so in it, in the proportions of the example, and it grows when the example does.
"""

from __future__ import annotations

import copy
import itertools
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from example_centre import ROOT, write_centre_lines

TOWNS = (
    ("Nehar Kot", "نہر کوٹ"),
    ("Sandal Kot", "صندل کوٹ"),
    ("Chak Ratta", "چک رتہ"),
    ("Bela Pur", "بیلا پور"),
    ("Thatta Khurd", "ٹھٹہ خورد"),
    ("Mauza Ghazi", "موضع غازی"),
    ("Kallar Wala", "کلر والا"),
    ("Pind Nau", "پنڈ نو"),
)
"""None of them exists; a second round through them bears a number."""
IN_OFFICE_THROUGHOUT = ["director-2024", "examiner-2023"]
DAYS_BETWEEN_BATCHES = 28
FURTHER_BATCHES = (0, 1, 1, 2, 4)
"""How many runs more than its first a course may have; drawn for each."""


def write_generated_catalogue(
    to: Path, courses: int, languages: Sequence[str] = ("en", "ur"), *, seed: int = 1
) -> Path:
    """
    Write ``catalogue/`` and ``mkdocs.yml`` of a centre with that many courses.

    Args:
        to: Folder to make.

        courses: How many; of the last town only the first ones, without runs and pathways.

        languages: Languages of the site.

        seed: Decides how many runs the courses have.

    """
    drawn = random.Random(seed)
    shutil.copytree(ROOT / "catalogue", to / "catalogue")
    shutil.copy(ROOT / "mkdocs.yml", to / "mkdocs.yml")
    write_centre_lines(to, {"languages": f"[{', '.join(languages)}]"})
    example = {
        folder: _read_folder(to / "catalogue" / folder) for folder in ("courses", "runs", "pathways", "versions")
    }
    for folder in example:
        shutil.rmtree(to / "catalogue" / folder, ignore_errors=True)
    of_town = len(example["courses"])
    for town in range(-(-courses // of_town)):
        left = courses - town * of_town
        for path, document in _town(example, town, left if left < of_town else None, drawn):
            target = to / "catalogue" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False), "utf-8")
    return to


def _town(
    example: dict[str, dict[str, Any]], town: int, only: int | None, drawn: random.Random
) -> Iterator[tuple[str, Any]]:
    """Give every file of a town; one that is cut short has courses alone, for a pathway would lack some."""
    told = _Retelling(example, town)
    for name, course in itertools.islice(example["courses"].items(), only):
        document = told.of(course)
        if only is not None:
            document.pop("stackable", None)
        yield f"courses/{told.renamed(name)}", document
    if only is not None:
        return
    for folder in ("pathways", "versions"):
        for name, document in example[folder].items():
            yield f"{folder}/{told.renamed(name)}", told.of(document)
    for run in example["runs"].values():
        for batch in range(1 + drawn.choice(FURTHER_BATCHES)):
            document = told.of(run)
            if batch:
                _move(document, batch)
            yield f"runs/{document['id']}.yml", document


class _Retelling:
    """The example's files as another town would have them: other ids, codes and titles."""

    def __init__(self, example: dict[str, dict[str, Any]], town: int) -> None:
        self._suffix = f"-{town}"
        ids = [Path(name).stem for folder in ("courses", "runs", "pathways") for name in example[folder]]
        self._ids = re.compile(rf"^({'|'.join(sorted(ids, key=len, reverse=True))})(?=$|/|\.)")
        english, urdu = TOWNS[town % len(TOWNS)]
        number = f" {town // len(TOWNS) + 1}" if town >= len(TOWNS) else ""
        self._town = {"en": f"{english}{number}", "ur": f"{urdu}{number}"}

    def renamed(self, name: str) -> str:
        return self._ids.sub(rf"\1{self._suffix}", name)

    def of(self, document: Any) -> Any:
        told = self._with_ids(copy.deepcopy(document))
        if "code" in told:
            told["code"] += self._suffix
        if "title" in told:
            told["title"] = {tag: f"{text} ({self._town.get(tag, '')})" for tag, text in told["title"].items()}
        return told

    def _with_ids(self, node: Any) -> Any:
        match node:
            case dict():
                return {key: self._with_ids(value) for key, value in node.items()}
            case list():
                return [self._with_ids(value) for value in node]
            case _:
                return self.renamed(node)


def _move(run: dict[str, Any], batch: int) -> None:
    """Make a later batch of a run; on some days it is over, as its dates count before its state."""
    run["id"] = f"{run['id']}-{batch}"
    run["batch_no"] = str(int(run["batch_no"]) + 100 * batch)
    run["state"] = "open"
    run["signatories"] = IN_OFFICE_THROUGHOUT
    for part, fields in ((run, ("start", "end", "awarded")), (run.get("apply", {}), ("opens", "closes"))):
        for field in fields:
            if field in part:
                part[field] = str(date.fromisoformat(part[field]) + timedelta(days=DAYS_BETWEEN_BATCHES * batch))


def _read_folder(folder: Path) -> dict[str, Any]:
    files = sorted(folder.rglob("*.yml"))
    return {path.relative_to(folder).as_posix(): yaml.load(path.read_bytes(), _Loader) for path in files}


class _Loader(yaml.CBaseLoader):
    """Every scalar is text, as for us."""


class _Dumper(yaml.CSafeDumper):
    """Nothing but text, lists and maps; no aliases, which we refuse."""

    def ignore_aliases(self, data: object) -> bool:
        return True
