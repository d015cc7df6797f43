"""What can go wrong when a question is put to the coded data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnknownDisplayError(UnknownNameError):
    """No display answers to that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("table", name, hint=f"Tables: {', '.join(known)}.")


class UnknownDimensionError(UnknownNameError):
    """Nothing can be counted along a dimension of that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("dimension", name, hint=f"Dimensions: {', '.join(known)}.")


class BadParameterError(UsageError):
    """A display cannot be made with that parameter, or with that value of it."""
