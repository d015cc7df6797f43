"""Examples small enough to be worked on paper, as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.spans import CodedSpans, Units

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import CodeAgreement

SPANS = [[(10, 60), (100, 120)], [(20, 60), (140, 160)], [(10, 40)]]
SENTENCES = [(0, *edges) for edges in pairwise(range(0, 201, 50))]
TURNS = [(0, 0, 100), (0, 100, 200)]


def measure(*coders: int, unit: str = "character", rule: str = "any") -> CodeAgreement:
    rows = [(0, place, 0, *span) for place, coder in enumerate(coders) for span in SPANS[coder - 1]]
    units = Units.from_rows({"text": 200}, TURNS if unit == "turn" else SENTENCES)
    names = tuple(f"coder {coder}" for coder in coders)
    report = measure_agreement(
        CodedSpans.from_rows(rows), units, coders=names, codes=("A",), unit=unit, rule=rule
    )
    return report.codes[0]


def exactly(value: float | None, fraction: Fraction) -> bool:
    assert value is not None
    return value == pytest.approx(float(fraction), abs=1e-14)


def cells(row: CodeAgreement) -> tuple[int | None, ...]:
    return row.both, row.first, row.second, row.neither


def test_characters_of_coders_1_and_2() -> None:
    row = measure(1, 2)
    assert cells(row) == (40, 30, 20, 110)
    assert exactly(row.percent, Fraction(3, 4))
    assert exactly(row.cohen_kappa, Fraction(19, 44))
    assert exactly(row.krippendorff_alpha, Fraction(101, 234))
    assert exactly(row.gwet_ac1, Fraction(249, 449))
    assert exactly(row.pabak, Fraction(1, 2))
    assert exactly(row.positive_agreement, Fraction(80, 130))
    assert exactly(row.negative_agreement, Fraction(220, 270))
    assert exactly(row.prevalence_index, Fraction(70, 200))
    assert exactly(row.bias_index, Fraction(10, 200))


@pytest.mark.parametrize(
    ("pair", "expected", "kappa"),
    [((1, 3), (30, 40, 0, 130), Fraction(39, 79)), ((2, 3), (20, 40, 10, 130), Fraction(11, 36))],
)
def test_characters_of_the_other_pairs(
    pair: tuple[int, int], expected: tuple[int, ...], kappa: Fraction
) -> None:
    row = measure(*pair)
    assert cells(row) == expected
    assert exactly(row.cohen_kappa, kappa)


def test_characters_of_three_coders() -> None:
    row = measure(1, 2, 3)
    assert cells(row) == (20, None, None, 110)
    assert exactly(row.percent, Fraction(23, 30))
    assert exactly(row.fleiss_kappa, Fraction(71, 176))
    assert exactly(row.krippendorff_alpha, Fraction(2847, 7040))
    assert exactly(row.gwet_ac1, Fraction(169, 274))
    assert (row.cohen_kappa, row.cohen_kappa_se, row.bias_index) == (None, None, None)
    assert row.note is not None
    assert "two coders only" in row.note


@pytest.mark.parametrize(
    ("pair", "expected", "kappa"),
    [
        ((1, 2), (3, 0, 1, 0), Fraction(0)),
        ((1, 3), (1, 2, 0, 1), Fraction(1, 5)),
        ((2, 3), (1, 3, 0, 0), Fraction(0)),
    ],
)
def test_sentences_with_any_character(
    pair: tuple[int, int], expected: tuple[int, ...], kappa: Fraction
) -> None:
    row = measure(*pair, unit="sentence")
    assert cells(row) == expected
    assert exactly(row.cohen_kappa, kappa)


def test_sentences_of_three_coders() -> None:
    row = measure(1, 2, 3, unit="sentence")
    assert exactly(row.percent, Fraction(1, 2))
    assert exactly(row.fleiss_kappa, Fraction(-1, 8))
    assert exactly(row.krippendorff_alpha, Fraction(-1, 32))
    assert exactly(row.gwet_ac1, Fraction(1, 10))


@pytest.mark.parametrize("pair", [(1, 2), (1, 3), (2, 3)])
def test_the_rule_decides_the_answer(pair: tuple[int, int]) -> None:
    row = measure(*pair, unit="sentence", rule="half")
    assert cells(row) == (1, 0, 0, 3)
    assert row.cohen_kappa == 1


def test_turns_that_everybody_coded_have_no_kappa() -> None:
    row = measure(1, 2, unit="turn")
    assert cells(row) == (2, 0, 0, 0)
    assert row.percent == 1
    chance_corrected = (row.cohen_kappa, row.cohen_kappa_se, row.fleiss_kappa, row.krippendorff_alpha)
    assert chance_corrected == (None,) * 4
    assert (row.gwet_ac1, row.gwet_ac1_se, row.pabak, row.ci95) == (None,) * 4
    assert row.note is not None
    assert row.note.startswith("everybody coded everything; agreement beyond chance is undefined")


def test_documents() -> None:
    coded = np.array([[1, 1, 0, 1, 0], [1, 0, 0, 1, 1]])
    rows = [(source, coder, 0, 3, 7) for coder, source in zip(*coded.nonzero(), strict=True)]
    units = Units.from_rows({f"S{number}": 20 for number in range(5)})
    report = measure_agreement(
        CodedSpans.from_rows(rows), units, coders=("1", "2"), codes=("A",), unit="document"
    )
    row = report.codes[0]
    assert cells(row) == (2, 1, 1, 1)
    assert exactly(row.percent, Fraction(3, 5))
    assert exactly(row.cohen_kappa, Fraction(1, 6))


def test_the_worked_example_of_a_thousand_characters() -> None:
    rows = [(0, 0, 0, 0, 150), (0, 1, 0, 100, 200)]
    report = measure_agreement(
        CodedSpans.from_rows(rows), Units.from_rows({"text": 1000}), coders=("1", "2"), codes=("A",)
    )
    row = report.codes[0]
    assert cells(row) == (50, 100, 50, 800)
    assert exactly(row.percent, Fraction(85, 100))
    assert exactly(row.cohen_kappa, Fraction(7, 22))


def test_two_files_are_pooled_into_one_table() -> None:
    first = [(0, coder, 0, *span) for coder in (0, 1) for span in SPANS[coder]]
    units = Units.from_rows({"one": 200, "two": 1000})
    rows = [*first, (1, 1, 0, 300, 400)]
    row = measure_agreement(CodedSpans.from_rows(rows), units, coders=("1", "2"), codes=("A",)).codes[0]
    assert cells(row) == (40, 30, 120, 1010)
    assert row.cohen_kappa == pytest.approx(0.290221, abs=5e-7)


def test_passages_against_gaps() -> None:
    row = measure(1, 2)
    # l01 = 50, l0 = 270, l1 = 130, S1 = 50² + 20² + 40² + 20²; e01 = 400·270·130 / (400² − S1 − 270)
    expected = 1 - Fraction(50) * (400**2 - 4900 - 270) / (400 * 270 * 130)
    assert exactly(row.u_alpha_binary, expected)
    assert row.u_alpha_binary == measure(1, 2, unit="sentence").u_alpha_binary
