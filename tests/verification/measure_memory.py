"""
Measure by how much this process grows, at its largest, while it judges.

Pickled questions come on standard input, and bytes go to standard output as JSON. The questions themselves count too.
"""

from __future__ import annotations

import json
import pickle
import re
import resource
import sys
from pathlib import Path

from both_verifiers import judged_by_python

STATUS = Path("/proc/self/status")


def highest() -> int:
    """Give the most that was ever held; Linux counts what the starting process held into maxrss, and not into VmHWM."""
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+)", STATUS.read_text("ascii", "replace"))
        assert found is not None
        return int(found[1]) * 1024
    # In kilobytes, but on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Judge until nothing more is given."""
    told = []
    before = 0
    while sys.stdin.buffer.peek(1):
        question = pickle.load(sys.stdin.buffer)
        told.append(judged_by_python(question)["outcome"])
        # The first question loads what the verifier is made of.
        before = before or highest()
    print(json.dumps({"grown": highest() - before, "told": told}))


if __name__ == "__main__":
    main()
