"""What can be wrong with an act of coding."""

from __future__ import annotations

from qualcase.model.errors import ConflictError, UsageError


class BadPlaceError(UsageError):
    """A place that the source does not have."""


class NothingToUndoError(UsageError):
    """There is no act of this coder left to take back."""


class CannotUndoError(ConflictError):
    """Somebody has since changed what the act wrote."""
