"""What Git says of a centre's folder without being told to change anything; it is no error where there is no Git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from asnad.desk.due_keeping import WorkTree

SIGNED = ("credentials/public", "credentials/published", "credentials/awards", "keys")
HOOKS = ".githooks"
HOOK_COMMAND = f"git config core.hooksPath {HOOKS}"
GIT_SECONDS = 30


def read_work_tree(root: Path) -> WorkTree | None:
    """
    Ask which signed files are not committed as they are, and whether the centre's hook is called.

    Args:
        root: The centre's folder.

    Returns:
        Nothing where it is in no work tree, or Git is not installed.

    """
    listed = _answer(root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", *SIGNED)
    if listed is None:
        return None
    uncommitted = tuple(entry[3:] for entry in listed.split("\0") if entry[2:3] == " ")
    return WorkTree(uncommitted=uncommitted, hook_off=is_hook_off(root))


def is_hook_off(root: Path) -> bool:
    """
    Tell whether the centre's hook lies there, and Git does not call it; a clone never brings that setting along.

    Args:
        root: The centre's folder.

    """
    # In a folder below the top of a work tree the hook would be called elsewhere; what is set there is its owner's.
    if not (root / HOOKS / "pre-commit").is_file() or not (root / ".git").exists() or shutil.which("git") is None:
        return False
    path = (_answer(root, "config", "--type=path", "--get", "core.hooksPath") or "").rstrip("\n")
    return not path or (root / path).resolve() != (root / HOOKS).resolve()


def _answer(root: Path, *words: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603
            [git, "-C", str(root), *words], capture_output=True, timeout=GIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
