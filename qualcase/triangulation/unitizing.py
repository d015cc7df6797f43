"""Agreement on where passages begin and end (Krippendorff, Mathet, Bouvry & Widlöcher 2016).

Every coder's passages cut the text into valued units and gaps. Lengths, not counts, are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation.errors import OverlappingValuesError
from qualcase.triangulation.tables import divide

if TYPE_CHECKING:
    from qualcase.triangulation.spans import CodedSpans, Integers, Reals


@dataclass(frozen=True, slots=True, eq=False)
class Unitizing:
    """The family of alphas for one text of values that exclude each other; undefined is nan.

    `u_alpha` weighs values and gaps, `u_alpha_binary` only valued against gap, `cu_alpha` only the
    values where both coders gave one. `ku_alpha` and `ku_coverage` have one entry a value.
    `cu_coverage` is the share of the valued text that `cu_alpha` could compare.
    """

    u_alpha: float
    u_alpha_binary: float
    cu_alpha: float
    cu_coverage: float
    ku_alpha: Reals
    ku_coverage: Reals


def alpha_binary(counts: Integers | Reals, squares: Integers | Reals) -> Reals:
    """Alpha for passage against gap; several texts count as one, laid end to end.

    `counts` by number of coders has shape (..., coders + 1) and counts characters; `squares` has
    shape (...) and is the sum of the squared lengths of all coders' passages.
    """
    counts = np.asarray(counts, dtype=np.float64)
    coders = counts.shape[-1] - 1
    numbers = np.arange(coders + 1)
    valued, gaps = (counts * numbers).sum(axis=-1), (counts * numbers[::-1]).sum(axis=-1)
    mixed = (counts * numbers * numbers[::-1]).sum(axis=-1) / (coders - 1)
    pairs = (valued + gaps) ** 2 - squares - gaps
    return 1 - divide(mixed * pairs, (valued + gaps) * valued * gaps)


def measure_unitizing(spans: CodedSpans, *, length: int, coders: int, values: int) -> Unitizing:
    """Compare the coders' partitions of one text of `length` characters; codes serve as values.

    Raises `OverlappingValuesError` where two passages of one coder overlap: overlapping codes
    have no partition, and are to be compared one at a time.
    """
    _refuse_overlap(spans)
    edges = np.unique(np.concatenate(([0, length], spans.starts, spans.ends)))
    worn = np.stack([_values_at(spans, coder, edges[:-1]) for coder in range(coders)])
    lengths = np.diff(edges)
    matches = _matches(worn, lengths, values)
    squares = np.zeros(values + 1)
    np.add.at(squares, spans.codes + 1, (spans.ends - spans.starts) ** 2)
    counts = np.bincount((worn > 0).sum(axis=0), weights=lengths, minlength=coders + 1)
    binary = alpha_binary(counts, squares.sum())
    squares[0] = matches[0].sum()
    shared_squares = _shared_squares(spans, worn, edges, values)
    by_value, coverage = _value_alphas(matches, shared_squares)
    valued = matches[1:, 1:]
    cover = divide(valued.sum(), matches[1:].sum())
    overall, within = _alpha(matches, squares), _alpha(valued, shared_squares)
    return Unitizing(overall, float(binary), within, float(cover), by_value, coverage)


def _refuse_overlap(spans: CodedSpans) -> None:
    ordered = spans.take(np.lexsort((spans.starts, spans.coders)))
    same = ordered.coders[1:] == ordered.coders[:-1]
    if (same & (ordered.starts[1:] < ordered.ends[:-1])).any():
        raise OverlappingValuesError(
            "Passages of one coder overlap, so their values do not exclude each other.",
            hint="Compare one code at a time.",
        )


def _values_at(spans: CodedSpans, coder: int, positions: Integers) -> Integers:
    """Find the coder's value at each position, counted from 1; 0 in a gap."""
    mine = spans.take(spans.coders == coder)
    mine = mine.take(np.argsort(mine.starts))
    place = np.searchsorted(mine.starts, positions, side="right")
    ends = np.concatenate(([0], mine.ends))
    return np.where(positions < ends[place], np.concatenate(([0], mine.codes + 1))[place], 0)


def _matches(worn: Integers, lengths: Integers, values: int) -> Reals:
    """Length over which one coder gave the row's and another the column's value (0 is gap)."""
    matches = np.zeros((values + 1, values + 1))
    for coder, mine in enumerate(worn):
        for theirs in np.delete(worn, coder, axis=0):
            np.add.at(matches, (mine, theirs), lengths)
    matches /= worn.shape[0] - 1
    return matches


def _shared_squares(spans: CodedSpans, worn: Integers, edges: Integers, values: int) -> Reals:
    """Per value, the squared length of each passage that another coder also valued, a coder at a time."""
    valued = np.zeros((worn.shape[0], edges.size))
    valued[:, 1:] = np.cumsum((worn > 0) * np.diff(edges), axis=1)
    first, last = np.searchsorted(edges, spans.starts), np.searchsorted(edges, spans.ends)
    shared = (valued[:, last] - valued[:, first]) ** 2
    shared[spans.coders, np.arange(spans.coders.size)] = 0
    squares = np.zeros(values)
    np.add.at(squares, spans.codes, shared.sum(axis=0))
    squares /= worn.shape[0] - 1
    return squares


def _expected(matches: Reals, squares: Reals) -> Reals:
    rows, total = matches.sum(axis=1), matches.sum()
    return divide(total * (np.outer(rows, rows) - np.diag(squares)), total**2 - squares.sum())


def _alpha(matches: Reals, squares: Reals) -> float:
    expected = _expected(matches, squares)
    differing = matches.sum() - np.trace(matches)
    return float(1 - divide(differing, expected.sum() - np.trace(expected)))


def _value_alphas(matches: Reals, shared_squares: Reals) -> tuple[Reals, Reals]:
    valued = matches[1:, 1:]
    rows, expected = valued.sum(axis=1), _expected(valued, shared_squares)
    chance = divide(expected.sum(axis=1) - np.diag(expected), expected.sum(axis=1))
    alphas = 1 - divide(divide(rows - np.diag(valued), rows), chance)
    return alphas, divide(rows, matches[1:].sum(axis=1))
