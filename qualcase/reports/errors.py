"""What can go wrong when a display or a report is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnknownFormatError(UsageError):
    """No module of this room writes that format."""

    def __init__(self, name: str, known: Iterable[str], *, what: str = "display") -> None:
        super().__init__(
            f"A {what} cannot be written as “{name}”.", hint=f"Choose among {', '.join(sorted(known))}."
        )


class BinaryFormatError(UsageError):
    """A format of bytes was asked for where only text can go."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is not a text format and must be written to a file.")


class UnwritableReportError(ConflictError):
    """The folder or a file of a report cannot be written."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"The report {path} cannot be written: {reason}.", hint="Choose another folder.")
