"""Taking text out of the count, such as an interviewer's turns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation.coverage import unite
from qualcase.triangulation.spans import CodedSpans, Stretches, Units

if TYPE_CHECKING:
    from qualcase.triangulation.spans import Integers


def take_out(spans: CodedSpans, units: Units) -> tuple[CodedSpans, Units]:
    """Close every text up over its excluded characters.

    Spans, sentences and turns shrink by what lay in excluded text; those wholly inside it vanish.
    The positions that come back count the remaining characters only.
    """
    if units.excluded.starts.size == 0:
        return spans, units
    removal = _Removal(units.excluded, int(units.lengths.max(initial=0)) + 1)
    whole = np.arange(units.lengths.size, dtype=np.int64)
    lengths = units.lengths - removal.before(whole, units.lengths)
    closed = replace(
        spans,
        starts=spans.starts - removal.before(spans.sources, spans.starts),
        ends=spans.ends - removal.before(spans.sources, spans.ends),
    )
    left = Units(units.names, lengths, _close_up(units.stretches, removal), Stretches.from_rows())
    return closed.take(closed.ends > closed.starts), left


class _Removal:
    """How many characters have been removed before a position of a source."""

    def __init__(self, excluded: Stretches, stride: int) -> None:
        none = np.zeros_like(excluded.starts)
        merged = unite(CodedSpans(excluded.starts, excluded.ends, none, none, excluded.sources))
        self._stride = stride
        self._begins = merged.sources * stride + merged.starts
        self._finishes = merged.sources * stride + merged.ends
        self._removed = np.concatenate(([0], np.cumsum(merged.ends - merged.starts)))

    def before(self, sources: Integers, positions: Integers) -> Integers:
        origin = sources * self._stride
        return self._up_to(origin + positions) - self._up_to(origin)

    def _up_to(self, keys: Integers) -> Integers:
        passed = np.searchsorted(self._begins, keys, side="left")
        if self._begins.size == 0:
            return np.zeros_like(keys)
        overhang = np.maximum(self._finishes[np.maximum(passed - 1, 0)] - keys, 0)
        return self._removed[passed] - np.where(passed > 0, overhang, 0)


def _close_up(stretches: Stretches, removal: _Removal) -> Stretches:
    starts = stretches.starts - removal.before(stretches.sources, stretches.starts)
    ends = stretches.ends - removal.before(stretches.sources, stretches.ends)
    closed = Stretches(starts, ends, stretches.sources)
    return closed.take(closed.ends > closed.starts)
