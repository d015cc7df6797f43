"""Passages as numbers, and how they lie to each other; every text has its own stretch of one long line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]

FAR = 1 << 40  # Longer than any text: passages of two sources never touch.


@dataclass(frozen=True, slots=True)
class Spans:
    """Passages `[start, end)`, each once, ordered by start and end; source n begins at n × FAR."""

    start: Whole
    end: Whole

    def __len__(self) -> int:
        return len(self.start)

    def pick(self, which: Truth) -> Spans:
        """Return some of the passages."""
        return Spans(self.start[which], self.end[which])


def make_spans(start: Whole, end: Whole) -> Spans:
    """Return passages in order, those that are the same once."""
    if not len(start):
        return Spans(start.astype(np.int64), end.astype(np.int64))
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    new = np.concatenate(([True], (start[1:] != start[:-1]) | (end[1:] != end[:-1])))
    return Spans(start[new], end[new])


def join(parts: list[Spans]) -> Spans:
    """Return the passages of all parts together."""
    return make_spans(
        np.concatenate([part.start for part in parts]), np.concatenate([part.end for part in parts])
    )


def cover(spans: Spans) -> Spans:
    """Return the stretches that passages cover; those that only touch stay apart."""
    if not len(spans):
        return spans
    furthest = np.maximum.accumulate(spans.end)
    first = np.concatenate(([True], spans.start[1:] >= furthest[:-1]))
    last = np.concatenate((first[1:], [True]))
    return Spans(spans.start[first], furthest[last])


def common(one: Spans, other: Spans) -> Spans:
    """Return the stretches that both cover."""
    left, right = cover(one), cover(other)
    first, last = _touching(left, right)
    counts = np.maximum(last - first, 0)
    mine = np.repeat(np.arange(len(left)), counts)
    steps = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
    theirs = np.repeat(first, counts) + steps
    return make_spans(
        np.maximum(left.start[mine], right.start[theirs]), np.minimum(left.end[mine], right.end[theirs])
    )


def overlapping(one: Spans, other: Spans) -> Truth:
    """Tell of each passage whether it shares a character with one of the other passages."""
    first, last = _touching(one, cover(other))
    return last > first


def inside(one: Spans, other: Spans) -> Truth:
    """Tell of each passage whether one of the other passages holds all of it."""
    if not len(other):
        return np.zeros(len(one), dtype=np.bool_)
    furthest = np.maximum.accumulate(other.end)
    before = np.searchsorted(other.start, one.start, side="right") - 1
    return (before >= 0) & (furthest[np.maximum(before, 0)] >= one.end)


def next_after(one: Spans, other: Spans) -> Whole:
    """Return for each passage the place of the first other one that begins at its end or later, or −1."""
    place = np.searchsorted(other.start, one.end, side="left")
    found = place < len(other)
    same = np.zeros(len(one), dtype=np.bool_)
    same[found] = other.start[place[found]] // FAR == one.start[found] // FAR
    return np.where(same, place, -1)


def _touching(one: Spans, other: Spans) -> tuple[Whole, Whole]:
    # `other` lies in order and shares nothing, so that its ends are in order too.
    first = np.searchsorted(other.end, one.start, side="right")
    last = np.searchsorted(other.start, one.end, side="left")
    return first, last


def overlapping_pairs(start: Whole, end: Whole) -> tuple[Whole, Whole]:
    """Return the places (first, second) of all pairs of passages that share a character; ordered by start."""
    after = np.searchsorted(start, end, side="left")
    counts = np.maximum(after - np.arange(len(start)) - 1, 0)
    first = np.repeat(np.arange(len(start)), counts)
    return first, first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
