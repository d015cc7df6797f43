"""Saying where a passage is that a corrected text has left in doubt, or that it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Change


def settle_passages(*, changes: Sequence[Change], summary: str) -> Operation:
    """Return the operation that gives codings, memos and events in doubt their places, or takes them away."""
    return Operation("review", summary, tuple(changes))


ACT = Act("review", "Settle passages that a correction left in doubt", settle_passages)
