"""What stands in the way of writing a file."""

from __future__ import annotations

from qualcase.model.errors import ConflictError


class ProtectedFileError(ConflictError):
    """A project stands there, or what belongs to one, and nothing is written over that."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}; nothing was written.", hint="Choose another name.")
