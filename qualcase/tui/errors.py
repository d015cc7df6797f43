"""What can go wrong in the terminal interface itself."""

from __future__ import annotations

from qualcase.model.errors import ConflictError, InputError


class KeysFileError(InputError):
    """A person's file of keys cannot be used."""


class ImportStoppedError(ConflictError):
    """A person stopped an import; nothing was stored."""
