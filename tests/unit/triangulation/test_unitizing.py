"""Partitions of one text by values that exclude each other."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from qualcase.triangulation.errors import OverlappingValuesError
from qualcase.triangulation.spans import CodedSpans
from qualcase.triangulation.unitizing import alpha_binary, measure_unitizing

FIRST = [(0, 0, 0, 10, 40), (0, 0, 1, 60, 80)]
SECOND = [(0, 1, 0, 20, 50), (0, 1, 1, 60, 70), (0, 1, 0, 70, 80)]


def test_the_hand_example_as_fractions() -> None:
    found = measure_unitizing(CodedSpans.from_rows([*FIRST, *SECOND]), length=100, coders=2, values=2)
    assert found.u_alpha == pytest.approx(float(Fraction(259, 484)), abs=1e-14)
    assert found.u_alpha_binary == pytest.approx(5 / 8, abs=1e-14)
    assert found.cu_alpha == pytest.approx(7 / 12, abs=1e-14)
    assert found.ku_alpha.tolist() == pytest.approx([44 / 75, 26 / 45], abs=1e-14)
    assert found.ku_coverage.tolist() == pytest.approx([5 / 7, 1], abs=1e-14)
    assert found.cu_coverage == pytest.approx(8 / 10, abs=1e-14)


def test_identical_partitions_agree_wholly() -> None:
    twice = [(0, coder, *row[2:]) for row in FIRST for coder in (0, 1)]
    found = measure_unitizing(CodedSpans.from_rows(twice), length=100, coders=2, values=2)
    assert (found.u_alpha, found.u_alpha_binary, found.cu_alpha) == (1, 1, 1)


def test_a_value_that_nobody_gave_is_undefined() -> None:
    found = measure_unitizing(CodedSpans.from_rows([*FIRST, *SECOND]), length=100, coders=2, values=3)
    assert np.isnan(found.ku_alpha).tolist() == [False, False, True]


def test_an_empty_text_is_undefined_throughout() -> None:
    found = measure_unitizing(CodedSpans.from_rows(), length=100, coders=2, values=1)
    assert np.isnan([found.u_alpha, found.u_alpha_binary, found.cu_alpha, found.cu_coverage]).all()


def test_overlapping_values_of_one_coder_are_refused() -> None:
    rows = [(0, 0, 0, 0, 10), (0, 0, 1, 9, 20), (0, 1, 0, 0, 20)]
    with pytest.raises(OverlappingValuesError, match="do not exclude each other") as refusal:
        measure_unitizing(CodedSpans.from_rows(rows), length=20, coders=2, values=2)
    assert refusal.value.hint == "Compare one code at a time."


def test_everything_or_nothing_coded_is_undefined() -> None:
    assert np.isnan(alpha_binary(np.array([[50, 0, 0], [0, 0, 50]]), np.array([0, 5000]))).all()
