"""What each coder covered: unions of spans, and exact counts of units per set of coders.

A set of coders is a bit mask: bit i stands for coder i. Everything is counted by sorting
boundaries, never by walking through characters, so the cost follows the number of spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation.spans import CodedSpans, Stretches

if TYPE_CHECKING:
    from qualcase.triangulation.spans import Flags, Integers, Units


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """How much (`weights`: characters or units) of a source a set of coders gave a code.

    Rows where nobody coded are left out; several rows may speak of one code, source and set.
    """

    codes: Integers
    sources: Integers
    sets: Integers
    weights: Integers


def unite(spans: CodedSpans) -> CodedSpans:
    """Merge overlapping and abutting spans of one code by one coder in one source; drop empty ones."""
    spans = spans.take(spans.ends > spans.starts)
    stride = _stride(spans.ends)
    lanes = (spans.codes * _count(spans.coders) + spans.coders) * _count(spans.sources) + spans.sources
    begins = lanes * stride + spans.starts
    order = np.argsort(begins, kind="stable")
    reach = np.maximum.accumulate((lanes * stride + spans.ends)[order])
    fresh = np.ones(order.size, dtype=np.bool_)
    fresh[1:] = begins[order][1:] > reach[:-1]
    united = spans.take(order[fresh])
    ends = reach[_last_of_runs(fresh)] % stride
    return CodedSpans(united.starts, ends, united.codes, united.coders, united.sources)


def sweep(united: CodedSpans) -> Marks:
    """Count the characters that each set of coders gave each code in each source.

    `united` holds at most one span of a code by a coder at any character (see `unite`).
    """
    stride, sources = _stride(united.ends), _count(united.sources)
    lanes = (united.codes * sources + united.sources) * stride
    bits = np.left_shift(np.int64(1), united.coders)
    boundaries = np.concatenate((lanes + united.starts, lanes + united.ends))
    order = np.argsort(boundaries, kind="stable")
    boundaries = boundaries[order]
    # Each coder opens and closes one span at a time, so the running sum of bits is the open set.
    sets = np.cumsum(np.concatenate((bits, -bits))[order])[:-1]
    lengths = np.diff(boundaries)
    kept = (sets != 0) & (lengths > 0)
    codes, in_sources = np.divmod(boundaries[:-1][kept] // stride, sources)
    return Marks(codes, in_sources, sets[kept], lengths[kept])


def mark_units(united: CodedSpans, stretches: Stretches, rule: str) -> Marks:
    """Say which set of coders coded each unit: `any` character of it, or at least `half` of it.

    The units of one source must not overlap; they may leave gaps. Every weight is 1.
    """
    stretches = in_order(stretches)
    span, unit, overlap = _overlaps(united, stretches)
    coders = _count(united.coders)
    keys = (united.codes[span] * stretches.starts.size + unit) * coders + united.coders[span]
    touched, place = np.unique(keys, return_inverse=True)
    covered = np.bincount(place, weights=overlap, minlength=touched.size)
    coded_unit, coder = np.divmod(touched, coders)
    sizes = (stretches.ends - stretches.starts)[coded_unit % max(stretches.starts.size, 1)]
    enough = covered > 0 if rule == "any" else 2 * covered >= sizes
    return _gather(coded_unit[enough], coder[enough], stretches)


def whole_sources(lengths: Integers) -> Stretches:
    """One unit for each source, from its first to its last character."""
    return Stretches(np.zeros_like(lengths), lengths, np.arange(lengths.size, dtype=np.int64))


def in_order(stretches: Stretches) -> Stretches:
    """Sort by source and start, and drop the empty ones."""
    stretches = stretches.take(stretches.ends > stretches.starts)
    return stretches.take(np.lexsort((stretches.starts, stretches.sources)))


def count_units(units: Units, unit: str) -> Integers:
    """How many units of this sort each source has."""
    if unit == "character":
        return units.lengths
    stretches = whole_sources(units.lengths) if unit == "document" else units.stretches
    return np.bincount(in_order(stretches).sources, minlength=units.lengths.size).astype(np.int64)


def count_by_number(marks: Marks, totals: Integers, *, codes: int, coders: int) -> Integers:
    """Count units by how many coders coded them: shape (codes, sources, coders + 1)."""
    return _count_by(marks, np.bitwise_count(marks.sets).astype(np.int64), totals, (codes, coders + 1))


def count_by_set(marks: Marks, totals: Integers, *, codes: int, coders: int) -> Integers:
    """Count units by exactly who coded them: shape (codes, sources, 2 ** coders); for few coders."""
    return _count_by(marks, marks.sets, totals, (codes, 2**coders))


def _count_by(marks: Marks, classes: Integers, totals: Integers, shape: tuple[int, int]) -> Integers:
    codes, width = shape
    keys = (marks.codes * totals.size + marks.sources) * width + classes
    counts = np.bincount(keys, weights=marks.weights, minlength=codes * totals.size * width)
    table = counts.astype(np.int64).reshape(codes, totals.size, width)
    table[:, :, 0] = totals - table.sum(axis=2)
    return table


def _overlaps(spans: CodedSpans, stretches: Stretches) -> tuple[Integers, Integers, Integers]:
    """Pair every span with every unit it overlaps: rows of span, of unit, characters shared."""
    stride = max(_stride(spans.ends), _stride(stretches.ends))
    begins = stretches.sources * stride + stretches.starts
    finishes = stretches.sources * stride + stretches.ends
    first = np.searchsorted(finishes, spans.sources * stride + spans.starts, side="right")
    beyond = np.searchsorted(begins, spans.sources * stride + spans.ends, side="left")
    many = np.maximum(beyond - first, 0)
    span = np.repeat(np.arange(many.size), many)
    unit = np.arange(span.size) - np.repeat(np.cumsum(many) - many, many) + first[span]
    shared = np.minimum(spans.ends[span], stretches.ends[unit])
    return span, unit, shared - np.maximum(spans.starts[span], stretches.starts[unit])


def _gather(coded_unit: Integers, coder: Integers, stretches: Stretches) -> Marks:
    """Join the coders of one code in one unit into a set; `coded_unit` numbers (code, unit) pairs."""
    pairs, place = np.unique(coded_unit, return_inverse=True)
    sets = np.zeros(pairs.size, dtype=np.int64)
    np.bitwise_or.at(sets, place, np.left_shift(np.int64(1), coder))
    codes, unit = np.divmod(pairs, max(stretches.starts.size, 1))
    return Marks(codes, stretches.sources[unit], sets, np.ones_like(sets))


def _last_of_runs(fresh: Flags) -> Flags:
    last = np.ones_like(fresh)
    last[:-1] = fresh[1:]
    return last


def _stride(ends: Integers) -> int:
    """Find a number beyond every position, so that numbered texts can be laid end to end with a gap."""
    return int(ends.max(initial=0)) + 1


def _count(indices: Integers) -> int:
    return int(indices.max(initial=0)) + 1
