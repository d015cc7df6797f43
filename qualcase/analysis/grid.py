"""A table's cells as groups of units: who is in which cell, in rows, columns and totals alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import COLLECTED, FOUND, characters
from qualcase.analysis.relations import distinct_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcase.analysis.dimensions import Dimension
    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData, Positions

_RADIX = 1 << 16


@dataclass(frozen=True, slots=True)
class Grid:
    """Units by cell. Cell `row * width + column`; the last row and the last column are the totals.

    `items[starts[c]:starts[c + 1]]` are the distinct units of cell c in their order, and `cell` says
    of each item which cell it stands in.
    """

    height: int
    width: int
    items: Positions
    cell: Positions
    starts: Positions

    def inside(self, cell: int) -> Positions:
        """Return the distinct units of a cell."""
        return self.items[self.starts[cell] : self.starts[cell + 1]]

    @property
    def counts(self) -> Positions:
        """Return how many distinct units each cell holds."""
        return np.diff(self.starts)

    def distinct(self, values: Positions) -> Positions:
        """Return how many distinct values (≥ 0, one for each unit) the units of each cell have."""
        given = values[self.items]
        known = given >= 0
        size = int(values.max(initial=0)) + 1
        keys = distinct_keys(self.cell[known] * size + given[known])
        return np.bincount(keys // size, minlength=self.height * self.width)


def grid_of(units: Units, rows: Dimension, columns: Dimension) -> Grid:
    """Return the grid of two dimensions of the same units; totals hold every distinct unit once.

    The corner holds all units, also those that no row or no column takes in.
    """
    height, width, every = (
        len(rows.members) + 1,
        len(columns.members) + 1,
        np.arange(len(units), dtype=np.int64),
    )
    item, row, column = rows.items.beside(columns.items, max(1, len(units)))
    cell = np.concatenate(
        [
            row * width + column,
            rows.items.right * width + width - 1,
            (height - 1) * width + columns.items.right,
            np.full_like(every, height * width - 1),
        ]
    )
    cell, items = _in_cells(cell, np.concatenate([item, rows.items.left, columns.items.left, every]))
    counts = np.bincount(cell, minlength=height * width)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return Grid(height, width, items, cell, starts)


def _in_cells(cell: Positions, items: Positions) -> tuple[Positions, Positions]:
    """Return the distinct pairs of cell and item, ordered by cell, then item."""
    # Numpy sorts 16-bit keys by radix, several times faster; and items mostly come in order already.
    order = np.argsort(cell.astype(np.uint16) if cell.max(initial=0) < _RADIX else cell, kind="stable")
    fresh, step = np.diff(cell[order], prepend=-1) > 0, np.diff(items[order], prepend=-1)
    if bool(np.any(~fresh & (step < 0))):
        order = np.lexsort((items, cell))
        fresh, step = np.diff(cell[order], prepend=-1) > 0, np.diff(items[order], prepend=-1)
    kept = order[fresh | (step > 0)]
    return cell[kept], items[kept]


@dataclass(frozen=True, slots=True)
class Search:
    """How much was searched for each cell: units by cell, and what they are (`source` or `event`).

    `characters` is the length of the text searched, by cell. 0 units means that nothing covers the cell.
    """

    searched: Positions
    characters: Positions
    noun: str


def search_of(data: CodedData, units: Units, rows: Dimension, columns: Dimension, grid: Grid) -> Search:
    """Return what was searched for each cell of a grid, totals included."""
    length, sources = _overlap(_reach(data, rows), _reach(data, columns), (grid.height, grid.width))
    if units.kind == "codings" or rows.rank == columns.rank == COLLECTED:
        return Search(sources.ravel(), length.ravel(), "source")
    return Search(_events_searched(grid, rows, columns), length.ravel(), "event")


def _reach(data: CodedData, dimension: Dimension) -> NDArray[np.int64]:
    """Return the characters searched, by source, for each member and, last, for the total.

    One row alone stands for all where every member was searched for everywhere.
    """
    whole = characters(data)[np.newaxis, :]
    return whole if dimension.reach is None else np.concatenate([dimension.reach, whole])


def _overlap(
    down: NDArray[np.int64], across: NDArray[np.int64], shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each row and column the characters and the sources that both sides were searched in."""
    length = np.zeros((len(down), len(across)), dtype=np.int64)
    number = np.zeros_like(length)
    for row, one in enumerate(down):
        both = np.minimum(one, across)
        length[row] = both.sum(axis=1)
        number[row] = (both > 0).sum(axis=1)
    return np.broadcast_to(length, shape), np.broadcast_to(number, shape)


def _events_searched(grid: Grid, rows: Dimension, columns: Dimension) -> Positions:
    """Return for each cell how many events could have carried what it asks for.

    A cell in a phase was looked for in that phase's events; where the sides differ, the one that places
    an event (by source, else by time) says where was looked. What is found by reading, and a year or
    phase that holds no event at all, was looked for in all events.
    """
    counts = grid.counts.reshape(grid.height, grid.width)
    rank = max(rows.rank, columns.rank)
    if rank == FOUND:
        searched = np.full_like(counts, counts[-1, -1])
    elif columns.rank == rank:
        searched = np.repeat(counts[-1:, :], grid.height, axis=0)
    else:
        searched = np.repeat(counts[:, -1:], grid.width, axis=1)
    if rank != COLLECTED:
        searched = np.where(searched == 0, counts[-1, -1], searched)
    return searched.ravel()
