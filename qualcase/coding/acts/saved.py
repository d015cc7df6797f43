"""Keeping sets and questions under a name, changing them, and letting them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from qualcase.model.operation import Fields


def keep_set(
    *, uid: str | None = None, before: Fields | None = None, after: Fields | None = None, summary: str
) -> Operation:
    """Return the operation that makes a set (no `before`), changes it, or removes it (no `after`)."""
    return Operation("saved", summary, (Change("saved_set", uid or new_uid(), before, after),))


def keep_question(
    *, uid: str | None = None, before: Fields | None = None, after: Fields | None = None, summary: str
) -> Operation:
    """Return the operation that keeps a question, changes it, or lets it go; as with sets."""
    return Operation("saved", summary, (Change("saved_query", uid or new_uid(), before, after),))


ACT = Act("saved", "Keep a set or a question under a name", keep_set)
