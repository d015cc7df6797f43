"""Changing what is recorded with a coding: memo, valence, stance, voice, weight, key quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from qualcase.model.operation import Fields


def describe_passage(*, coding: str, before: Fields, after: Fields, summary: str) -> Operation:
    """Return the operation that changes a coding's attributes; both sides hold the same fields."""
    return Operation("describe", summary, (Change("coding", coding, before, after),))


ACT = Act("describe", "Change what is recorded with a coding", describe_passage)
