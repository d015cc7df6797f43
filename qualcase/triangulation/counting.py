"""From coded passages to the counts that every coefficient is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation.coverage import (
    count_by_number,
    count_by_set,
    count_units,
    mark_units,
    sweep,
    unite,
    whole_sources,
)

if TYPE_CHECKING:
    from qualcase.triangulation.coverage import Marks
    from qualcase.triangulation.spans import CodedSpans, Integers, Units

PAIR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Counts of units by code.

    `by_number` has shape (codes, sources, coders + 1); `cells` (codes, 4) holds both, first only,
    second only, neither, and is None unless there are two coders. `passages` are runs of characters
    that anybody coded where the unit is the character, else units. `characters` (codes, coders + 1)
    and `squares` (the sum of squared passage lengths) are for unitizing.
    """

    by_number: Integers
    cells: Integers | None
    passages: Integers
    characters: Integers
    squares: Integers


def count_agreement(
    spans: CodedSpans, units: Units, *, coders: int, codes: int, unit: str, rule: str
) -> Counts:
    """Count who coded what; `units.excluded` is taken to have been taken out before."""
    united = unite(spans)
    swept = sweep(united)
    marks = swept if unit == "character" else _mark(united, units, unit, rule)
    totals = count_units(units, unit)
    by_number = count_by_number(marks, totals, codes=codes, coders=coders)
    characters = count_by_number(swept, units.lengths, codes=codes, coders=coders).sum(axis=1)
    passages = _runs(united, codes) if unit == "character" else _tally(marks.codes, codes)
    squares = np.bincount(united.codes, weights=(united.ends - united.starts) ** 2, minlength=codes)
    cells = _cells(marks, totals, codes) if coders == PAIR else None
    return Counts(by_number, cells, passages, characters, squares.astype(np.int64))


def _mark(united: CodedSpans, units: Units, unit: str, rule: str) -> Marks:
    stretches = whole_sources(units.lengths) if unit == "document" else units.stretches
    return mark_units(united, stretches, rule)


def _cells(marks: Marks, totals: Integers, codes: int) -> Integers:
    by_set = count_by_set(marks, totals, codes=codes, coders=PAIR).sum(axis=1)
    cells: Integers = by_set[:, [3, 1, 2, 0]]
    return cells


def _runs(united: CodedSpans, codes: int) -> Integers:
    anybody = replace(united, coders=np.zeros_like(united.coders))
    return _tally(unite(anybody).codes, codes)


def _tally(indices: Integers, size: int) -> Integers:
    counts: Integers = np.bincount(indices, minlength=size).astype(np.int64)
    return counts
