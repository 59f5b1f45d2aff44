"""Write requirements-dev.txt: every package of development with its hashes, and no address of a registry."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "requirements-dev.txt"


def main() -> None:
    """Compile the bounds of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"], "pip-tools", "editables"]
    source = ROOT / "requirements-dev.in"
    source.write_text("\n".join(wanted) + "\n", "utf-8")
    command = [sys.executable, "-m", "piptools", "compile", "--generate-hashes", "--allow-unsafe", "--strip-extras"]
    options = ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options"]
    command += [*options, "--no-header", "--no-annotate", "--quiet", "--output-file", str(TARGET), str(source)]
    try:
        subprocess.run(command, check=True, cwd=ROOT)
    finally:
        source.unlink()
    header = "# Written by `make requirements` from pyproject.toml.\n"
    TARGET.write_text(header + TARGET.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
