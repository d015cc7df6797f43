"""Rows within a lane: marks are packed so that none lies on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Extent:
    """What something takes up along the axis, its label included."""

    left: float
    right: float


def pack(extents: Sequence[Extent], *, gap: float) -> list[int]:
    """Return the row of each extent: the first where it lies clear of all before it by `gap`."""
    rows: list[list[Extent]] = []
    placed = []
    for extent in extents:
        row = next(
            (number for number, taken in enumerate(rows) if all(_clear(extent, one, gap) for one in taken)),
            len(rows),
        )
        if row == len(rows):
            rows.append([])
        rows[row].append(extent)
        placed.append(row)
    return placed


def _clear(one: Extent, other: Extent, gap: float) -> bool:
    return one.left >= other.right + gap or other.left >= one.right + gap
