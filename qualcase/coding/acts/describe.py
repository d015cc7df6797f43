"""Changing what is recorded with codings: memo, valence, stance, voice, weight, key quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.operation import Fields


def describe_passages(*, codings: Mapping[str, Fields], after: Fields, summary: str) -> Operation:
    """Return the operation that gives codings the same attributes; by uid, what each had of them before."""
    changes = (Change("coding", uid, before, after) for uid, before in codings.items())
    return Operation("describe", summary, tuple(changes))


ACT = Act("describe", "Change what is recorded with codings", describe_passages)
