"""Moving the ends of codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[int, int]


def resize_passages(*, codings: Mapping[str, tuple[Span, Span]], summary: str) -> Operation:
    """Return the operation that moves codings, by uid, each from one span `[start, end)` to another."""
    changes = (
        Change("coding", uid, {"start": old[0], "end": old[1]}, {"start": new[0], "end": new[1]})
        for uid, (old, new) in codings.items()
    )
    return Operation("resize", summary, tuple(changes))


ACT = Act("resize", "Move the ends of codings", resize_passages)
