"""``python -m asnad`` is the command ``asnad``."""

from asnad.cli.main import main

main()
