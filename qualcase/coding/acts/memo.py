"""Writing, changing and removing memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from qualcase.model.operation import Fields


def write_memo(
    *, uid: str | None = None, before: Fields | None = None, after: Fields | None = None, summary: str
) -> Operation:
    """Return the operation that makes a memo (no `before`), changes it, or removes it (no `after`)."""
    return Operation("memo", summary, (Change("memo", uid or new_uid(), before, after),))


ACT = Act("memo", "Write, change or remove a memo", write_memo)
