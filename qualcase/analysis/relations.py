"""Set operations over pairs of positions, in numpy: what every count of distinct things stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.coding.frame import Positions


# Keys that are not much larger than they are many are cheaper to tick off than to sort.
_DENSE = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """A many-to-many relation: `left[i]` goes with `right[i]`; two columns of equal length."""

    left: Positions
    right: Positions

    def distinct(self) -> Pairs:
        """Return the relation with each pair once, ordered by left, then right."""
        if not len(self.left):
            return self
        width = int(self.right.max()) + 1
        keys = distinct_keys(self.left * width + self.right)
        return Pairs(keys // width, keys % width)

    def then(self, other: Pairs, size: int) -> Pairs:
        """Return the pairs (left, other.right) wherever right equals other.left, which is below `size`."""
        first, second = self._meet(other, size)
        return Pairs(self.left[first], other.right[second])

    def beside(self, other: Pairs, size: int) -> tuple[Positions, Positions, Positions]:
        """Join two relations of the same items: (item, right of self, right of other) where both have one.

        Items are the lefts of both, below `size`.
        """
        turned = Pairs(self.right, self.left)
        first, second = turned._meet(other, size)
        return self.left[first], self.right[first], other.right[second]

    def _meet(self, other: Pairs, size: int) -> tuple[Positions, Positions]:
        """Return the positions in self and in other of every meeting of self.right with other.left."""
        order = positions_in_order(other.left)
        counts = np.bincount(other.left, minlength=size)
        starts = np.cumsum(counts) - counts
        repeats = counts[self.right]
        first = np.repeat(np.arange(len(self.right), dtype=np.int64), repeats)
        within = np.arange(len(first), dtype=np.int64) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        return first, order[starts[self.right[first]] + within]


def pairs_of(values: Iterable[tuple[int, int]]) -> Pairs:
    """Return pairs from a short list of them."""
    listed = np.array(list(values), dtype=np.int64).reshape(-1, 2)
    return Pairs(listed[:, 0].copy(), listed[:, 1].copy())


def pairs_where(column: Positions) -> Pairs:
    """Return (position, value) for each element of a column that is not −1."""
    positions = np.flatnonzero(column >= 0).astype(np.int64)
    return Pairs(positions, column[positions])


def distinct_keys(keys: Positions) -> Positions:
    """Return each key once, in order; keys already in strict order are returned as they are."""
    if len(keys) and bool(np.all(keys[1:] > keys[:-1])):
        return keys
    if len(keys) and int(keys.max()) < _DENSE * len(keys):
        return np.flatnonzero(np.bincount(keys)).astype(np.int64)
    ordered = np.sort(keys)
    keep = np.ones(len(ordered), dtype=np.bool_)
    keep[1:] = ordered[1:] != ordered[:-1]
    return ordered[keep]


def positions_in_order(column: Positions) -> Positions:
    """Return the stable order of a column; free of cost where it is in order already."""
    if bool(np.all(column[1:] >= column[:-1])):
        return np.arange(len(column), dtype=np.int64)
    return np.argsort(column, kind="stable")
