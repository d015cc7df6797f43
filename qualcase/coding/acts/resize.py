"""Moving the ends of a coding."""

from __future__ import annotations

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation


def resize_passage(*, coding: str, old: tuple[int, int], new: tuple[int, int], summary: str) -> Operation:
    """Return the operation that moves a coding from one span to another, in code points."""
    before = {"start": old[0], "end": old[1]}
    after = {"start": new[0], "end": new[1]}
    return Operation("resize", summary, (Change("coding", coding, before, after),))


ACT = Act("resize", "Move the ends of a coding", resize_passage)
