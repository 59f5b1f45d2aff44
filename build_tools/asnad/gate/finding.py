"""What the gate found: where, what was expected there, what stands there, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.errors import PublicationError

HISTORY = (
    "Git keeps every version that was ever committed: a file that was taken out again stays in the history, in every "
    "clone and in every copy of the host, and whoever may read the repository may read it. What was committed must "
    "count as given away; only a commit that was never pushed can still be undone without a trace"
)
"""What everybody should know before something about a person, or a key, gets into Git; shown once below findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that must not be committed or published as it is."""

    file: str
    """Path below the centre's folder, or below the site with the name of its folder before it."""
    line: int | None
    """Counted from 1; nothing where the file as a whole is meant."""
    expected: str
    found: str
    repair: str
    kept_by_git: bool = False
    """Once committed it stays in the history, whatever is done about the file."""

    @property
    def place(self) -> str:
        """Give file and line as people and editors read them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def sentence(self) -> str:
        """Say what was expected and what was found."""
        return f"expected {self.expected}, found {self.found}"

    def error(self) -> PublicationError:
        """Turn it into the error that stops a build."""
        return PublicationError(self.sentence, place=self.place, hint=self.repair)
