"""
How long the site of a large catalogue takes, and how much memory.

Each catalogue is generated (`tests/generated_catalogue.py`) and built in a process of its own, from its YAML to the
finished folder, with everything that `asnad build` does; no certificates have been issued in it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent / "build_tools")]

from measurement import Measurement  # noqa: E402

from asnad import assets  # noqa: E402
from asnad.centre_folder import CentreFolder  # noqa: E402
from asnad.cli.build import build_site  # noqa: E402
from generated_catalogue import write_generated_catalogue  # noqa: E402

GROWTH = 1.5
"""A page of the largest catalogue may take this much longer than one of a third of it, before we call it not linear."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build took."""

    pages: int
    seconds: float
    megabytes: float


def measure_scale(folder: Path) -> Iterator[Measurement]:
    """Build 250 courses in every language that there is, and up to 3,000 in one."""
    languages = sorted(assets.message_files(), key=lambda language: language != "en")
    built = _built(folder / "languages", 250, languages)
    # Two languages may take half of what four may.
    target = 30 * len(languages) / 4
    yield Measurement(f"site of 250 courses in {len(languages)} languages", built.seconds, target, "s")
    smaller = _built(folder / "1000", 1000, ["en"])
    yield Measurement("site of 1,000 courses in one language", smaller.seconds, 20, "s")
    yield Measurement("its memory", smaller.megabytes, None, "MB")
    larger = _built(folder / "3000", 3000, ["en"])
    yield Measurement("site of 3,000 courses in one language", larger.seconds, None, "s")
    yield Measurement("its memory", larger.megabytes, None, "MB")
    growth = (larger.seconds / larger.pages) / (smaller.seconds / smaller.pages)
    yield Measurement("time of a page of 3,000 courses to one of 1,000", growth, GROWTH, "times")


def _built(folder: Path, courses: int, languages: list[str]) -> Built:
    """Build in another process, so that nothing is known from an earlier build and memory is its own."""
    command = [sys.executable, __file__, str(folder), str(courses), *languages]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="ascii").stdout
    return Built(**json.loads(output))


def main(folder: Path, courses: int, languages: list[str]) -> None:
    """Build one catalogue and print what it took."""
    centre = CentreFolder(write_generated_catalogue(folder / "centre", courses, languages))
    started = time.perf_counter()
    build_site(centre, folder / "site", catalogue_only=True)
    seconds = time.perf_counter() - started
    pages = sum(1 for _ in (folder / "site").rglob("index.html"))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"pages": pages, "seconds": seconds, "megabytes": kilobytes / 1024}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
