"""
A site as the one commit of a Git branch, made without touching the work tree, its index or its history.

A branch without history is what lets a learner's page really go: the next deployment leaves no commit that holds it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from asnad.errors import PublicationError

SITE_MARK = ".nojekyll"
"""In every built site; a branch that has it at its root holds a site."""
MESSAGE = "The site\n"


@dataclass(frozen=True, slots=True)
class Repository:
    """The Git repository that a centre lies in."""

    folder: Path
    author: str
    """Whom the commit names: the centre, so that no machine needs an identity."""
    address: str
    """E-mail of the centre, or one that nobody reads."""
    at: int
    """Seconds since 1970, of the commit."""

    def commit_site(self, site: Path, paths: Sequence[str], branch: str) -> bool:
        """
        Make the branch be one commit that holds the site.

        Args:
            site: The built site.

            paths: Of its files, below it.

            branch: Of its own; it is made where it is missing.

        Returns:
            Whether it changed.

        Raises:
            PublicationError: The folder is in no repository, or the branch is for something else.

        """
        self._refuse_other_branch(branch)
        tree = self._tree(site, paths)
        reference = f"refs/heads/{branch}"
        if self._ask("rev-parse", "--verify", "--quiet", f"{reference}^{{tree}}") == tree:
            return False
        commit = self._git("commit-tree", tree, given=MESSAGE, more=self._identity())
        self._git("update-ref", reference, commit)
        return True

    def push(self, branch: str, remote: str) -> None:
        """
        Send the branch; what the remote has there is replaced, as it is not an ancestor.

        Args:
            branch: Made by ``commit_site``.

            remote: Name or address.

        Raises:
            PublicationError: The remote did not take it.

        """
        reference = f"refs/heads/{branch}"
        self._git("push", "--quiet", "--end-of-options", remote, f"+{reference}:{reference}")

    def _refuse_other_branch(self, branch: str) -> None:
        if self._ask("rev-parse", "--is-inside-work-tree") != "true":
            raise PublicationError(
                "expected a centre's folder in a Git repository, found none", place=str(self.folder), hint="git init"
            )
        if self._ask("check-ref-format", "--branch", branch) != branch:
            raise PublicationError("expected the name of a branch", place=branch, hint="such as pages")
        used = [line for line in self._git("worktree", "list", "--porcelain").splitlines() if line.startswith("branch")]
        reference = f"refs/heads/{branch}"
        commits = self._ask("rev-list", "--max-count=2", "--count", reference)
        holds_site = self._ask("cat-file", "-t", f"{reference}:{SITE_MARK}") == "blob"
        if f"branch {reference}" in used or (commits is not None and (commits != "1" or not holds_site)):
            raise PublicationError(
                "expected a branch that holds a site and nothing else, found one with work in it",
                place=branch,
                hint="name another branch, such as pages",
            )

    def _tree(self, site: Path, paths: Sequence[str]) -> str:
        # Without filters: not a byte of a signed file may change, whatever attributes a repository has.
        names = "".join(f"{site / path}\n" for path in paths)
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=names).split("\n")
        entries = "".join(f"100644 {blob}\t{path}\0" for blob, path in zip(blobs, paths, strict=True))
        with tempfile.TemporaryDirectory(prefix="asnad-index-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._git("update-index", "-z", "--add", "--index-info", given=entries, more=index)
            return self._git("write-tree", more=index)

    def _identity(self) -> Mapping[str, str]:
        moment = f"{self.at} +0000"
        return {
            f"GIT_{who}_{what}": text
            for who in ("AUTHOR", "COMMITTER")
            for what, text in (("NAME", self.author), ("EMAIL", self.address), ("DATE", moment))
        }

    def _git(self, *words: str, given: str = "", more: Mapping[str, str] | None = None) -> str:
        done = self._run(words, given, more or {})
        if done.returncode != 0:
            told = done.stderr.decode("utf-8", errors="replace").strip()
            raise PublicationError(f"git {words[0]} did not succeed: {told}", place="git")
        return done.stdout.decode("utf-8").rstrip("\n")

    def _ask(self, *words: str) -> str | None:
        """Ask what may have no answer."""
        done = self._run(words, "", {})
        return done.stdout.decode("utf-8").rstrip("\n") if done.returncode == 0 else None

    def _run(self, words: Sequence[str], given: str, more: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  # A list of words, no shell.
                ["git", "-C", str(self.folder), *words],  # noqa: S607  # The person's own Git.
                input=given.encode("utf-8"),
                env={**os.environ, **more},
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise PublicationError("expected the program git, found none", place="git", hint="install Git") from None
