"""Operations: every change that a person makes, as a value that can be turned round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record: its fields before and after.

    `before` None makes (or brings back) the record, `after` None deletes it; otherwise both hold just
    the fields that change. References to other records are their uids.
    """

    record: str
    uid: str
    before: Fields | None
    after: Fields | None

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.record, self.uid, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """One act of one coder: its kind, a sentence for the log, and all its changes."""

    kind: str
    summary: str
    changes: tuple[Change, ...]
    detail: Fields = field(default_factory=dict)

    def inverse_changes(self) -> tuple[Change, ...]:
        """Return the changes that take the whole act back, in reverse order."""
        return tuple(change.inverse() for change in reversed(self.changes))


@dataclass(frozen=True, slots=True)
class LoggedOperation:
    """An operation as the journal holds it; `at` is ISO 8601 in UTC, `redacted` means its body is gone."""

    sequence: int
    id: str
    kind: str
    summary: str
    coder: str
    at: str
    codebook_version: int
    hash: str
    parents: tuple[str, ...]
    changes: int
    undone_by: str | None = None
    redacted: bool = False
