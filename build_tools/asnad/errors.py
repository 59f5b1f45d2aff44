"""
The hierarchy of what can go wrong, and how it is told to people.

Every message has the form ``place: expected, got``; the hint is a line of its own.
"""

from __future__ import annotations


class AsnadError(Exception):
    """Base of all errors that a person can cause or mend; never raised itself."""

    def __init__(self, message: str, *, place: str | None = None, hint: str | None = None) -> None:
        """
        Keep what happened, where, and what to do.

        Args:
            message: What was expected and what was found, one sentence without a period.

            place: File, and line or field, such as ``courses/baking.yml:14: fee.amount``.

            hint: What to write or do instead.

        """
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    def diagnostics(self) -> str:
        """Give the lines to show a person: the message, then the hint."""
        return f"{self}\n  hint: {self.hint}" if self.hint else str(self)


class FileError(AsnadError):
    """A file is missing, unreadable, too large, or would lie outside its root."""


class CatalogueError(AsnadError):
    """One thing in the catalogue or a register that its author must mend."""


class CatalogueErrors(AsnadError):
    """All that is wrong in a catalogue or register, found in one run."""

    def __init__(self, errors: tuple[CatalogueError, ...]) -> None:
        """
        Keep every error, in the order of files and lines.

        Args:
            errors: At least one error.

        """
        super().__init__(f"{len(errors)} things to mend")
        self.errors = errors

    def diagnostics(self) -> str:
        """Give every error with its hint."""
        return "\n".join(error.diagnostics() for error in self.errors)


class SigningError(AsnadError):
    """A key file, passphrase or external signer did not serve."""


class IssuingError(AsnadError):
    """A credential cannot be issued, revoked or published as asked."""


class VerificationError(AsnadError):
    """
    Base of what a verifier learns; never raised itself.

    ``reason`` is one of the codes of docs/format.md §6.
    """

    def __init__(self, reason: str, message: str, *, place: str | None = None) -> None:
        """
        Keep the stable code beside the sentence.

        Args:
            reason: Code of docs/format.md §6, such as ``not-json``.

            message: What was expected and found.

            place: Where in the document, as a JSON pointer.

        """
        super().__init__(message, place=place)
        self.reason = reason


class UnreadableError(VerificationError):
    """Nothing could be learnt: damaged, too large, or of an unsupported kind."""


class InvalidError(VerificationError):
    """It was read and is false: signature, key, role, time or content."""


class PublicationError(AsnadError):
    """The site cannot be published as it is."""


class PublicationErrors(PublicationError):
    """All for which a site cannot be published, found in one run."""

    def __init__(self, errors: tuple[PublicationError, ...]) -> None:
        """
        Keep every error, in the order of files and lines.

        Args:
            errors: At least one error.

        """
        super().__init__(f"{len(errors)} things to mend before it can be published")
        self.errors = errors

    def diagnostics(self) -> str:
        """Give every error with its hint."""
        return "\nasnad: ".join(error.diagnostics() for error in self.errors)
