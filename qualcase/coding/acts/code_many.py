"""Putting many codes on one source as a single act: a reading that was written down elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields


def code_many(*, shared: Fields, passages: Sequence[Fields], summary: str) -> Operation:
    """Return the operation that makes codings; each has its own fields besides those that all share."""
    changes = tuple(Change("coding", new_uid(), None, {**shared, **fields}) for fields in passages)
    return Operation("code-many", summary, changes)


ACT = Act("code-many", "Put many codes on one source", code_many)
