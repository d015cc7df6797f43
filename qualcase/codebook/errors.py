"""What can be wrong with a codebook, its file, or a change to it.

QualcaseError
├── UsageError
│   ├── UnknownNameError
│   │   ├── UnknownCodeError        no code answers to that name
│   │   └── UnknownCodebookError    no codebook of that name ships with qualcase
│   ├── AmbiguousNameError
│   │   └── AmbiguousCodeError      several codes answer to that name
│   └── CodebookChangeError         the change would break the codebook
└── InputError
    ├── CodebookFileError           a file that is not a codebook: where, what was expected, what was found
    └── BrokenCodebookError         a codebook that contradicts itself
        └── CodeCycleError              a code that is its own ancestor
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import AmbiguousNameError, InputError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown(text: str, *, length: int = 200) -> str:
    """Return text as it is shown inside a message: cut short, control characters spelled out."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in cut)


def quoted(text: str) -> str:
    """Return text as it is quoted inside a message, short."""
    return f"“{shown(text, length=60)}”"


class UnknownCodeError(UnknownNameError):
    """No code answers to the name."""

    def __init__(self, name: str) -> None:
        super().__init__("code", name, hint="`qualcase codebook list` shows the codes.")


class AmbiguousCodeError(AmbiguousNameError):
    """Several codes answer to the name."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        super().__init__("code", name, candidates)


class UnknownCodebookError(UnknownNameError):
    """No codebook of that name ships with qualcase."""

    def __init__(self, name: str, shipped: Iterable[str]) -> None:
        super().__init__("shipped codebook", name, hint=f"These ship with qualcase: {', '.join(shipped)}.")


class CodebookChangeError(UsageError):
    """The change would leave a codebook that contradicts itself."""


class CodebookFileError(InputError):
    """The file is not a codebook; the sentence says where, what was expected and what was found.

    `line` and `column` count from 1; in a CSV file `column` is the number of the field.
    """

    def __init__(
        self, name: str, problem: str, place: tuple[int, int] | None = None, *, hint: str | None = None
    ) -> None:
        self.line = place[0] if place else None
        self.column = place[1] if place else None
        where = f", line {self.line}, column {self.column}" if place else ""
        super().__init__(f"{shown(name)}{where}: {problem}.", hint=hint)


class BrokenCodebookError(InputError):
    """The codebook contradicts itself."""


class CodeCycleError(BrokenCodebookError):
    """A code is, through its parents, its own ancestor."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The code {code} is its own ancestor.")
