"""The tree of errors; every leaf carries the one sentence that the user reads.

QualcaseError
├── UsageError            the request itself is wrong; nothing was changed (exit code 2)
│   ├── UnknownNameError      no such source, code, coding …
│   └── AmbiguousNameError    several things answer to that name
├── InputError            a file or a value cannot be taken in (exit code 2)
├── ConflictError         somebody else's act stands in the way; nothing was changed (exit code 2)
└── IntegrityError        a check of the project answered no (exit code 1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class QualcaseError(Exception):
    """Any fault that qualcase foresees: a sentence, and where there is a way out a hint."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(QualcaseError):
    """The request does not make sense as it stands."""


class UnknownNameError(UsageError):
    """Nothing in the project answers to a name."""

    def __init__(self, what: str, name: str, *, hint: str | None = None) -> None:
        super().__init__(f"There is no {what} “{name}”.", hint=hint)


class AmbiguousNameError(UsageError):
    """Several things in the project answer to a name."""

    def __init__(self, what: str, name: str, candidates: Iterable[str]) -> None:
        shown = ", ".join(sorted(candidates)[:8])
        super().__init__(f"“{name}” could be more than one {what}: {shown}.", hint="Give more of the name.")


class InputError(QualcaseError):
    """A file or a value cannot be taken in."""


class ConflictError(QualcaseError):
    """An act by somebody else, or a later act, stands in the way."""


class IntegrityError(QualcaseError):
    """A check of the project answered no."""

    exit_code = 1
