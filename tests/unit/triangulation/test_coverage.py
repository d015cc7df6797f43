"""Unions, sweeps and units."""

from __future__ import annotations

import numpy as np
import pytest

from qualcase.triangulation.coverage import count_by_number, count_by_set, mark_units, sweep, unite
from qualcase.triangulation.errors import AgreementDataError
from qualcase.triangulation.spans import CodedSpans, Stretches, Units, check_fit


def extents(spans: CodedSpans) -> list[tuple[int, ...]]:
    table = (spans.sources, spans.coders, spans.codes, spans.starts, spans.ends)
    return sorted(zip(*(column.tolist() for column in table), strict=True))


def test_overlapping_nested_and_abutting_spans_of_one_coder_merge() -> None:
    rows = [(0, 0, 0, 0, 30), (0, 0, 0, 5, 10), (0, 0, 0, 20, 40), (0, 0, 0, 40, 50), (0, 0, 0, 51, 60)]
    assert extents(unite(CodedSpans.from_rows(rows))) == [(0, 0, 0, 0, 50), (0, 0, 0, 51, 60)]


def test_spans_of_another_coder_code_or_source_stay_apart() -> None:
    rows = [(0, 0, 0, 0, 9), (0, 0, 1, 9, 12), (0, 1, 0, 5, 12), (1, 0, 0, 0, 3)]
    assert extents(unite(CodedSpans.from_rows(rows))) == sorted(rows)


def test_empty_spans_vanish() -> None:
    assert extents(unite(CodedSpans.from_rows([(0, 0, 0, 4, 4)]))) == []


def test_nothing_coded_is_all_uncoded() -> None:
    totals = np.array([5, 7])
    marks = sweep(unite(CodedSpans.from_rows()))
    assert count_by_number(marks, totals, codes=2, coders=2)[:, :, 0].tolist() == [[5, 7], [5, 7]]


def test_a_set_of_coders_is_counted_in_its_source() -> None:
    rows = [(1, 0, 0, 0, 10), (1, 1, 0, 4, 6), (1, 2, 0, 5, 12)]
    marks = sweep(unite(CodedSpans.from_rows(rows)))
    counts = count_by_set(marks, np.array([3, 20]), codes=1, coders=3)[0]
    assert counts[0].tolist() == [3, 0, 0, 0, 0, 0, 0, 0]
    # nobody, 1, 2, 1+2, 3, 1+3, 2+3, all three
    assert counts[1].tolist() == [8, 4, 0, 1, 2, 4, 0, 1]


def test_the_sixty_second_coder_still_has_a_bit() -> None:
    rows = [(0, coder, 0, 0, 5) for coder in range(62)]
    marks = sweep(unite(CodedSpans.from_rows(rows)))
    counts = count_by_number(marks, np.array([6]), codes=1, coders=62)[0, 0]
    assert (counts[0], counts[62], counts.sum()) == (1, 5, 6)


@pytest.mark.parametrize(("end", "any_coded", "half_coded"), [(14, 1, 0), (15, 1, 1), (10, 0, 0)])
def test_half_begins_at_exactly_half(end: int, any_coded: int, half_coded: int) -> None:
    united = unite(CodedSpans.from_rows([(0, 0, 0, 0, end)]))
    unit = Stretches.from_rows([(0, 10, 20)])
    assert mark_units(united, unit, "any").weights.sum() == any_coded
    assert mark_units(united, unit, "half").weights.sum() == half_coded


def test_two_touches_of_one_unit_add_up() -> None:
    united = unite(CodedSpans.from_rows([(0, 0, 0, 10, 13), (0, 0, 0, 15, 17)]))
    marks = mark_units(united, Stretches.from_rows([(0, 10, 20), (0, 20, 30)]), "half")
    assert (marks.sets.tolist(), marks.weights.tolist()) == ([1], [1])


def test_text_between_units_belongs_to_none() -> None:
    united = unite(CodedSpans.from_rows([(0, 0, 0, 10, 12)]))
    assert mark_units(united, Stretches.from_rows([(0, 0, 10), (0, 12, 20)]), "any").weights.size == 0


UNITS = Units.from_rows({"A": 10, "B": 20}, [(1, 0, 8), (1, 8, 20)])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0, 0, 0, 5, 11), "5:11 does not lie inside “A”"),
        ((0, 0, 0, -1, 3), "-1:3 does not lie inside “A”"),
        ((1, 0, 0, 7, 3), "7:3 does not lie inside “B”"),
        ((2, 0, 0, 0, 1), "source that is not in the list"),
        ((0, 2, 0, 0, 1), "a code or a coder that is not in the list"),
        ((0, 0, 1, 0, 1), "a code or a coder that is not in the list"),
    ],
)
def test_what_does_not_fit_is_refused(row: tuple[int, int, int, int, int], words: str) -> None:
    with pytest.raises(AgreementDataError, match=words):
        check_fit(CodedSpans.from_rows([row]), UNITS, coders=2, codes=1)


def test_overlapping_units_are_refused() -> None:
    units = Units.from_rows({"A": 10}, [(0, 0, 6), (0, 5, 10)])
    with pytest.raises(AgreementDataError, match="units of “A” overlap"):
        check_fit(CodedSpans.from_rows(), units, coders=2, codes=1)
