"""Measure what we hold ourselves to, on this machine; ends with 1 where a target is missed."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent / "build_tools")]

from measure_desk import measure_issuing  # noqa: E402
from measure_finding import measure_finding  # noqa: E402
from measure_many import measure_many  # noqa: E402
from measure_photographs import measure_photographs  # noqa: E402
from measure_scale import measure_scale  # noqa: E402
from measure_site import measure_build, measure_drawing, measure_script  # noqa: E402
from measure_slow_line import measure_slow_line  # noqa: E402
from measure_verdict import measure_verdicts  # noqa: E402
from measure_weight import measure_weights  # noqa: E402
from measurement import Measurement  # noqa: E402

from example_centre import NOW, found_example_centre, issue_example_runs  # noqa: E402


def measurements(folder: Path) -> Iterator[Measurement]:
    """Measure one after the other."""
    yield measure_script()
    yield measure_drawing()
    yield measure_issuing(folder / "thousand")
    yield from measure_many(folder / "thousand" / "centre", folder / "many")
    at = max(int(time.time()), NOW)
    centre = found_example_centre(folder / "example", at)
    issue_example_runs(centre, at)
    yield measure_build(centre, folder / "site")
    yield from measure_weights(folder / "site", centre.catalogue.centre.languages)
    codes = [code for code, _ in centre.digits().values()]
    yield from measure_verdicts(folder / "site", codes)
    yield from measure_slow_line(folder / "site", codes)
    yield from measure_photographs(centre, folder / "site", at)
    yield from measure_finding(folder / "finding")
    yield from measure_scale(folder / "scale")


def main() -> int:
    """Print a line as soon as its number is known."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for measurement in measurements(Path(folder)):
            print(measurement.row(), flush=True)
            missed += measurement.missed
    print(f"{missed} missed" if missed else "every target met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
