"""How far passages lie apart, counted in words, sentences or turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.coding.queries.grammar import SENTENCES, WORDS
from qualcase.coding.queries.reach import touching_words, word_reach
from qualcase.coding.queries.spans import FAR, Spans, make_spans, next_after, overlapping

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData

    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]


def near_truths(data: CodedData, left: Spans, right: Spans, most: int, unit: str) -> Truth:
    """Tell of each left passage whether at most so many words lie between it and a right one.

    With sentences or turns, the distance is from the one in which the left one lies to that of the right.
    """
    if unit == WORDS:
        sources = _sources(left, right)
        reach = word_reach(data.texts, left, most, sources)
        return overlapping(reach, right.pick(touching_words(data.texts, right, sources)))
    mine, theirs = _units_between(data, left, right, unit)
    there = theirs.pick(theirs.end > theirs.start)
    near = overlapping(Spans(mine.start - most, mine.end + most), make_spans(there.start, there.end))
    return near & (mine.end > mine.start)


def soon_truths(data: CodedData, left: Spans, right: Spans, most: int, unit: str) -> Truth:
    """Tell of each left passage whether a right one begins after it with at most so many units between.

    A right one that has no distance in the unit hides none that follows it and has one.
    """
    if unit == WORDS:
        sources = _sources(left, right)
        reach = word_reach(data.texts, left, most, sources)
        right = right.pick(touching_words(data.texts, right, sources))
        after, found = _next(left, right)
        soon = reach.end > reach.start
        soon[found] &= right.start[after] < reach.end[found]
        return found & soon
    mine, theirs = _units_between(data, left, right, unit)
    countable = theirs.end > theirs.start
    after, found = _next(left, right.pick(countable))
    soon = mine.end > mine.start
    soon[found] &= theirs.pick(countable).start[after] - (mine.end[found] - 1) <= most
    return found & soon


def _next(left: Spans, right: Spans) -> tuple[Whole, Truth]:
    """Return the place of the next right passage after each left one that has one, and which have."""
    after = next_after(left, right)
    return after[after >= 0], after >= 0


def _units_between(data: CodedData, left: Spans, right: Spans, unit: str) -> tuple[Spans, Spans]:
    """Return both kinds of passages as the sentences or turns `[first, last + 1)` that they touch.

    They are counted through all texts; those of two sources lie so far apart that no distance joins them.
    A passage that touches none, as in a source without turns, is empty.
    """
    columns = data.sentences if unit == SENTENCES else data.turns
    place = columns.source * FAR
    starts, ends = place + columns.start, place + columns.end
    return _touched(starts, ends, left), _touched(starts, ends, right)


def _sources(left: Spans, right: Spans) -> Whole:
    # Only a source that has passages of both can bring them near each other.
    return np.intersect1d(left.start // FAR, right.start // FAR)


def _touched(starts: Whole, ends: Whole, spans: Spans) -> Spans:
    first = np.searchsorted(ends, spans.start, side="right")
    last = np.searchsorted(starts, spans.end, side="left")
    apart = spans.start // FAR * FAR
    empty = first >= last
    return Spans(np.where(empty, apart, first + apart), np.where(empty, apart, last + apart))
