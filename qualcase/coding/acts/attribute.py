"""Giving sources, cases and actors their attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Change


def set_attributes(*, changes: Sequence[Change], summary: str) -> Operation:
    """Return the operation that makes attributes and gives values; the changes of attributes come first."""
    ordered = sorted(changes, key=lambda change: change.record != "attribute")
    return Operation("attribute", summary, tuple(ordered))


ACT = Act("attribute", "Give sources, cases and actors attributes", set_attributes)
