"""How far passages lie apart, counted in words, sentences or turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.coding.queries.grammar import SENTENCES, TURNS
from qualcase.coding.queries.spans import FAR, Spans
from qualcase.text.words import word_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData

    Whole = NDArray[np.int64]


def units_between(data: CodedData, left: Spans, right: Spans, unit: str) -> tuple[Spans, Spans]:
    """Return both kinds of passages as the units `[first, last + 1)` that they touch.

    Units are counted through all texts; those of two sources lie so far apart that no distance joins
    them. A passage that touches no unit, as in a source without turns, is empty.
    """
    starts, ends = _units(data, unit, _sources(left, right))
    return _touched(starts, ends, left), _touched(starts, ends, right)


def _sources(left: Spans, right: Spans) -> Whole:
    # Only a source that has passages of both can bring them near each other.
    return np.intersect1d(left.start // FAR, right.start // FAR)


def _units(data: CodedData, unit: str, sources: Whole) -> tuple[Whole, Whole]:
    if unit in {SENTENCES, TURNS}:
        columns = data.sentences if unit == SENTENCES else data.turns
        place = columns.source * FAR
        return place + columns.start, place + columns.end
    parts = [
        np.array(word_spans(data.texts[source]), dtype=np.int64).reshape(-1, 2) + source * FAR
        for source in sources.tolist()
    ]
    spans = np.concatenate(parts) if parts else np.empty((0, 2), dtype=np.int64)
    return spans[:, 0], spans[:, 1]


def _touched(starts: Whole, ends: Whole, spans: Spans) -> Spans:
    first = np.searchsorted(ends, spans.start, side="right")
    last = np.searchsorted(starts, spans.end, side="left")
    apart = spans.start // FAR * FAR
    empty = first >= last
    return Spans(np.where(empty, apart, first + apart), np.where(empty, apart, last + apart))
