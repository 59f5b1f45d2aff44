"""A centre's Git repository, read by the command ``git``: what it tracks, what is staged, what was there before."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from asnad.errors import FileError

MAX_OUTPUT = 1 << 29
MAX_TRACKED_FILE = 1 << 28
_PLAIN_FILE = b"100"
"""Begins the mode of a file; links and submodules have others, and their content is not in this repository."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a centre's folder is in."""

    root: Path
    """The centre's folder; paths are told below it."""

    @classmethod
    def of(cls, root: Path) -> Repository | None:
        """
        Find the repository.

        Args:
            root: The centre's folder.

        Returns:
            Nothing where the folder is in no repository.

        Raises:
            FileError: There is one, and Git cannot read it.

        """
        if not any((folder / ".git").exists() for folder in (root, *root.parents)):
            return None
        repository = cls(root)
        repository._git("rev-parse", "--git-dir")
        return repository

    def top(self) -> Path:
        """Give the topmost folder of the repository."""
        return Path(os.fsdecode(self._git("rev-parse", "--show-toplevel").rstrip(b"\r\n"))).resolve()

    def prefix(self) -> str:
        """Give the centre's folder below the topmost one; empty, or ending in a slash."""
        return os.fsdecode(self._git("rev-parse", "--show-prefix").rstrip(b"\r\n"))

    def tracked(self) -> dict[str, bytes]:
        """
        Read what is tracked, and what git add would take, as it lies in the folder now.

        Raises:
            FileError: A file cannot be read.

        """
        files = {}
        others = self._git("ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
        for name in (*self._index(), *map(os.fsdecode, filter(None, others))):
            path = self.root / name
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    files[name] = file.read(MAX_TRACKED_FILE + 1)
                if len(files[name]) > MAX_TRACKED_FILE:
                    raise FileError(f"expected at most {MAX_TRACKED_FILE} bytes, got more", place=name)
        return files

    def staged(self) -> dict[str, bytes]:
        """
        Read what the next commit would hold.

        Raises:
            FileError: Git cannot tell.

        """
        return self._contents(self._index())

    def earlier(self, most: int, folder: str) -> list[str]:
        """
        Name the commits that changed a folder, the newest first, along the line of first parents.

        Args:
            most: How many at most.

            folder: Below the centre's folder.

        """
        if self._ask(("rev-parse", "--verify", "--quiet", "HEAD"), b"")[0] is None:
            return []
        names = self._git("rev-list", "--first-parent", f"--max-count={most}", "HEAD", "--", folder)
        return names.decode("ascii").split()

    def at(self, commit: str, folder: str) -> dict[str, bytes]:
        """
        Read a folder as it was, by path below it.

        Args:
            commit: Such as ``origin/main``.

            folder: Below the centre's folder, ending in ``/``.

        Raises:
            FileError: There is no such commit.

        """
        name, _ = self._ask(("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"), b"")
        if name is None:
            raise FileError(
                "expected a folder, or a commit of this repository, found neither",
                place=commit,
                hint="fetch it first: git fetch origin; a pipeline needs the whole history, not only the last commit",
            )
        listed = self._git("ls-tree", "-r", "-z", name.decode("ascii").strip(), "--", folder)
        blobs = {}
        for entry in filter(None, listed.split(b"\0")):
            about, _, path = entry.partition(b"\t")
            mode, _, blob = about.split(b" ")
            if mode.startswith(_PLAIN_FILE):
                blobs[os.fsdecode(path)] = blob.decode("ascii")
        return {path.removeprefix(folder): data for path, data in self._contents(blobs).items()}

    def _index(self) -> dict[str, str]:
        """Give the blob of each plain file of the index."""
        blobs = {}
        for entry in filter(None, self._git("ls-files", "-z", "--stage").split(b"\0")):
            about, _, path = entry.partition(b"\t")
            mode, blob, _ = about.split(b" ")
            if mode.startswith(_PLAIN_FILE):
                blobs[os.fsdecode(path)] = blob.decode("ascii")
        return blobs

    def _contents(self, blobs: dict[str, str]) -> dict[str, bytes]:
        if not blobs:
            return {}
        asked = "".join(f"{blob}\n" for blob in blobs.values()).encode("ascii")
        answer = memoryview(self._git("cat-file", "--batch", typed=asked))
        files, start = {}, 0
        for path in blobs:
            end = start + bytes(answer[start : start + 128]).index(b"\n")
            length = int(bytes(answer[start:end]).split(b" ")[2])
            files[path] = bytes(answer[end + 1 : end + 1 + length])
            start = end + 1 + length + 1
        return files

    def _git(self, *words: str, typed: bytes = b"") -> bytes:
        answer, error = self._ask(words, typed)
        if answer is None:
            raise FileError(f"git {words[0]} failed: {error}", place=str(self.root), hint="mend the repository first")
        return answer

    def _ask(self, words: tuple[str, ...], typed: bytes) -> tuple[bytes | None, str]:
        """Call Git; give what it said, bounded, or what went wrong."""
        environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        command = ["git", "-C", str(self.root), *words]
        # Files instead of pipes, so that neither side waits for the other.
        with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as errors:
            question.write(typed)
            question.seek(0)
            try:
                git = subprocess.Popen(  # noqa: S603  # The words are ours; a name of a commit stands behind an option that ends options.
                    command, stdin=question, stdout=subprocess.PIPE, stderr=errors, env=environment
                )
            except OSError as error:
                raise FileError(
                    f"expected the program git: {error.strerror}", place=str(self.root), hint="install Git"
                ) from None
            with git:
                answer = git.stdout.read(MAX_OUTPUT + 1) if git.stdout else b""
                if len(answer) > MAX_OUTPUT:
                    git.kill()
                    raise FileError(f"expected at most {MAX_OUTPUT} bytes in Git, got more", place=str(self.root))
                code = git.wait()
            errors.seek(0)
            said = errors.read(500).decode("utf-8", "replace").strip().partition("\n")[0]
        return (answer if code == 0 else None), said
