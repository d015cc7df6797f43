"""Why a file cannot be taken in, in the sentence that its owner reads."""

from __future__ import annotations

from qualcase.model.errors import InputError, UsageError
from qualcase.text.visible import make_visible_line


class UnreadableFileError(InputError):
    """A file is broken, of an unknown kind, or not what its name says."""

    def __init__(self, name: str, reason: str, *, hint: str | None = None) -> None:
        super().__init__(f"{make_visible_line(name)} cannot be read: {reason}.", hint=hint)


class UnsafeFileError(UnreadableFileError):
    """A file is built so that reading it could exhaust the machine or reach beyond the file."""


class BadSpeakersError(UsageError):
    """A pattern for the labels of speakers cannot be used."""


class BadEncodingNameError(UsageError):
    """There is no text encoding of that name."""
