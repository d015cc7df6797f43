"""Agreement against arrays of characters, against other people's implementations, and against itself."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_elsewhere

from qualcase.triangulation import coefficients, tables
from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.disagreements import list_disagreements
from qualcase.triangulation.spans import CodedSpans, Units

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import AgreementReport, CodeAgreement

LENGTHS = (24, 40, 1)
CODES = ("A", "B")
NAMES = ("one", "two", "three")


@st.composite
def spans(draw: st.DrawFn, coders: int) -> list[tuple[int, int, int, int, int]]:
    """Rows of (source, coder, code, start, end), overlapping, abutting and empty ones among them."""
    source = st.integers(0, len(LENGTHS) - 1)
    rows = []
    for place in draw(st.lists(source, max_size=14)):
        start = draw(st.integers(0, LENGTHS[place]))
        end = draw(st.integers(start, LENGTHS[place]))
        coder, code = draw(st.integers(0, coders - 1)), draw(st.integers(0, len(CODES) - 1))
        rows.append((place, coder, code, start, end))
    return rows


@st.composite
def stretches(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Rows of (source, start, end) that do not overlap and may leave gaps."""
    rows = []
    for source, length in enumerate(LENGTHS):
        edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
        pairs = list(itertools.pairwise(edges))
        rows += [(source, *pair) for pair in pairs if draw(st.booleans())]
    return rows


def measure(
    rows: list[Any], units: list[Any], excluded: list[Any], coders: int, **how: str
) -> AgreementReport:
    scope = Units.from_rows(dict(zip("abc", LENGTHS, strict=True)), units, excluded)
    return measure_agreement(CodedSpans.from_rows(rows), scope, coders=NAMES[:coders], codes=CODES, **how)


def paint(rows: list[Any], coders: int) -> list[Any]:
    """One array of shape (code, coder, character) for each source, filled character by character."""
    painted = [np.zeros((len(CODES), coders, length), dtype=bool) for length in LENGTHS]
    for source, coder, code, start, end in rows:
        painted[source][code, coder, start:end] = True
    return painted


def coded_units(
    rows: list[Any], units: list[Any], excluded: list[Any], coders: int, unit: str, rule: str
) -> Any:
    """Say of every unit, the slow way, which coders coded it: shape (code, coder, unit)."""
    painted, columns = paint(rows, coders), []
    kept = [np.ones(length, dtype=bool) for length in LENGTHS]
    for source, start, end in excluded:
        kept[source][start:end] = False
    if unit == "character":
        units = [(s, at, at + 1) for s, length in enumerate(LENGTHS) for at in range(length)]
    if unit == "document":
        units = [(s, 0, length) for s, length in enumerate(LENGTHS)]
    for source, start, end in units:
        inside = painted[source][:, :, start:end][:, :, kept[source][start:end]]
        size = inside.shape[2]
        if size:
            count = inside.sum(axis=2)
            columns.append(count > 0 if rule == "any" else 2 * count >= size)
    return np.array(columns, dtype=bool).reshape(-1, len(CODES), coders).transpose(1, 2, 0)


@given(
    rows=spans(3),
    units=stretches(),
    excluded=stretches(),
    unit=st.sampled_from(["character", "sentence", "turn", "document"]),
    rule=st.sampled_from(["any", "half"]),
    coders=st.sampled_from([2, 3]),
)
def test_counts_equal_arrays_of_characters(
    rows: list[Any], units: list[Any], excluded: list[Any], unit: str, rule: str, coders: int
) -> None:
    rows = [row for row in rows if row[1] < coders]
    report = measure(rows, units, excluded, coders, unit=unit, rule=rule)
    slow = coded_units(rows, units, excluded, coders, unit, rule)
    for row in report.codes:
        coded = slow[CODES.index(row.code)]
        together = coded.sum(axis=0)
        assert row.units == coded.shape[1]
        assert row.both == (together == coders).sum()
        assert row.neither == (together == 0).sum()
        if coders == 2:
            assert row.first == (coded[0] & ~coded[1]).sum()
            assert row.second == (coded[1] & ~coded[0]).sum()


@given(rows=spans(3), coders=st.sampled_from([2, 3]))
def test_passages_against_gaps_equal_arrays_of_characters(rows: list[Any], coders: int) -> None:
    rows = [row for row in rows if row[1] < coders]
    painted = paint(rows, coders)
    for row in measure(rows, [], [], coders).codes:
        assert row.u_alpha_binary == pytest.approx(_slow_u_alpha(painted, CODES.index(row.code), coders))


def _slow_u_alpha(painted: list[Any], code: int, coders: int) -> float | None:
    valued, gaps, mixed, squares = 0, 0, 0.0, 0
    for source in painted:
        coded = source[code].astype(int)
        valued, gaps = valued + coded.sum(), gaps + (1 - coded).sum()
        mixed += sum(
            (coded[i] * (1 - coded[j])).sum() for i in range(coders) for j in range(coders) if i != j
        )
        for line in coded:
            runs = "".join(map(str, line)).split("0")
            squares += sum(len(run) ** 2 for run in runs)
    if not valued or not gaps:
        return None
    total = valued + gaps
    expected = total * valued * gaps / (total**2 - squares - gaps)
    return 1 - mixed / (coders - 1) / expected


@given(rows=spans(2))
def test_repeating_or_splitting_a_span_changes_nothing(rows: list[Any]) -> None:
    halves = [
        row for s, i, k, a, b in rows for row in ((s, i, k, a, (a + b) // 2), (s, i, k, (a + b) // 2, b))
    ]
    assert measure(rows + halves, [], [], 2) == measure(halves, [], [], 2) == measure(rows, [], [], 2)


@given(rows=spans(2), units=stretches(), unit=st.sampled_from(["character", "turn", "document"]))
def test_coders_change_places_without_changing_agreement(
    rows: list[Any], units: list[Any], unit: str
) -> None:
    swapped = [(s, 1 - i, k, a, b) for s, i, k, a, b in rows]
    there = {row.code: row for row in measure(rows, units, [], 2, unit=unit).codes}
    for row in measure(swapped, units, [], 2, unit=unit).codes:
        other = there[row.code]
        assert (row.both, row.first, row.second) == (other.both, other.second, other.first)
        assert row.krippendorff_alpha == other.krippendorff_alpha
        assert row.cohen_kappa == pytest.approx(other.cohen_kappa)


@given(rows=spans(2))
def test_disagreements_are_where_characters_differ(rows: list[Any]) -> None:
    painted = paint(rows, 2)
    found = list_disagreements(CodedSpans.from_rows(rows), sources=("a", "b", "c"), codes=CODES, parents={})
    listed = {(item.source, item.code) for item in found}
    differing = {
        (source, code)
        for source, text in zip("abc", painted, strict=True)
        for code, coded in zip(CODES, text, strict=True)
        if (coded[0] != coded[1]).any()
    }
    assert listed == differing
    for item in found:
        coded = painted["abc".index(item.source)][CODES.index(item.code)][:, item.start : item.end]
        assert (coded[0] != coded[1]).any()
        assert coded.any(axis=0).all()


@given(cells=st.lists(st.integers(0, 40), min_size=4, max_size=4))
@example(cells=[0, 0, 0, 9])
@example(cells=[9, 0, 0, 0])
@example(cells=[0, 0, 0, 0])
@example(cells=[5, 4, 0, 0])
def test_undefined_is_never_a_number(cells: list[int]) -> None:
    both, first, second, neither = cells
    counts = np.array([neither, first + second, both])
    nothing_varies = both + first + second == 0 or first + second + neither == 0
    for measure_one in (
        coefficients.fleiss_kappa,
        coefficients.krippendorff_alpha,
        coefficients.gwet_ac1,
        coefficients.gwet_ac1_se,
        coefficients.pabak,
    ):
        assert np.isnan(measure_one(counts)) == nothing_varies
    assert np.isnan(coefficients.cohen_kappa(np.array(cells))) == nothing_varies


def ratings(coders: int) -> st.SearchStrategy[Any]:
    """Yes or no of several coders for some units, with both answers among them."""
    column = st.lists(st.booleans(), min_size=coders, max_size=coders)
    table = st.lists(column, min_size=2, max_size=30).map(lambda rows: np.array(rows, dtype=int).T)
    return table.filter(lambda found: 0 < found.mean() < 1)


def counted(table: Any) -> Any:
    return np.bincount(table.sum(axis=0), minlength=len(table) + 1)


@given(table=st.integers(2, 5).flatmap(ratings))
def test_alpha_is_that_of_two_other_implementations(table: Any) -> None:
    found = coefficients.krippendorff_alpha(counted(table))
    assert found == pytest.approx(krippendorff.alpha(table, level_of_measurement="nominal"), abs=1e-9)
    assert found == pytest.approx(_task(table).alpha(), abs=1e-9)


@given(table=st.integers(2, 5).flatmap(ratings))
def test_fleiss_kappa_is_that_of_another_implementation(table: Any) -> None:
    yes = table.sum(axis=0)
    elsewhere = fleiss_elsewhere(np.column_stack((yes, len(table) - yes)), method="fleiss")
    assert coefficients.fleiss_kappa(counted(table)) == pytest.approx(elsewhere, abs=1e-9)


@given(table=st.integers(2, 5).flatmap(ratings))
def test_the_error_of_ac1_follows_from_how_each_unit_moves_it(table: Any) -> None:
    counts, step = counted(table).astype(float), 1e-5
    units = counts.sum()
    nudged = counts + step * np.eye(counts.size), counts - step * np.eye(counts.size)
    moves = (coefficients.gwet_ac1(nudged[0]) - coefficients.gwet_ac1(nudged[1])) / (2 * step) * units
    divisor = units * (units if len(table) == 2 else units - 1)
    expected = np.sqrt((counts * moves**2).sum() / divisor)
    assert coefficients.gwet_ac1_se(counts) == pytest.approx(expected, abs=1e-6)


@given(table=ratings(2))
def test_kappa_and_its_error_are_those_of_three_other_implementations(table: Any) -> None:
    square = np.array([[np.sum((table[0] == i) & (table[1] == j)) for j in (1, 0)] for i in (1, 0)])
    found, error = coefficients.cohen_kappa(square.ravel()), coefficients.cohen_kappa_se(square.ravel())
    elsewhere = _statsmodels(square)
    assert found == pytest.approx(elsewhere.kappa, abs=1e-9)
    assert error**2 == pytest.approx(elsewhere.var_kappa, abs=1e-9)
    assert found == pytest.approx(cohen_kappa_score(*table), abs=1e-9)
    assert found == pytest.approx(_task(table).kappa(), abs=1e-9)
    assert coefficients.fleiss_kappa(counted(table)) == pytest.approx(_task(table).pi(), abs=1e-9)
    assert coefficients.pabak(counted(table)) == pytest.approx(_task(table).S(), abs=1e-9)


def _statsmodels(square: Any, weights: str | None = None) -> Any:
    # It also divides by a null error that may be 0; only kappa and its variance are asked of it.
    with np.errstate(all="ignore"):
        return cohens_kappa(square, wt=weights)


def _task(table: Any) -> AnnotationTask:
    coded = [(coder, unit, int(value)) for coder, row in enumerate(table) for unit, value in enumerate(row)]
    return AnnotationTask(coded)


@given(cells=st.lists(st.integers(0, 30), min_size=16, max_size=16), size=st.integers(2, 4))
def test_weighted_kappa_is_that_of_another_implementation(cells: list[int], size: int) -> None:
    square = np.array(cells[: size * size]).reshape(size, size)
    assume((square.sum(axis=0) > 0).sum() > 1 and (square.sum(axis=1) > 0).sum() > 1)
    for name, weights in (
        ("linear", tables.linear_weights(size)),
        ("quadratic", tables.quadratic_weights(size)),
    ):
        elsewhere = _statsmodels(square, name)
        assert tables.cohen_kappa(square, weights) == pytest.approx(elsewhere.kappa, abs=1e-9)
        error = tables.cohen_kappa_se(square, weights)
        assert error**2 == pytest.approx(elsewhere.var_kappa, abs=1e-9)


@given(cells=st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_yes_or_no_is_a_table_of_two_values(cells: list[int]) -> None:
    both, first, second, neither = cells
    assume(both + first + second and first + second + neither)
    square, counts = np.reshape(cells, (2, 2)), np.array([neither, first + second, both])
    for in_table, by_number in (
        (tables.percent, coefficients.percent),
        (tables.scott_pi, coefficients.fleiss_kappa),
        (tables.krippendorff_alpha, coefficients.krippendorff_alpha),
        (tables.gwet_ac, coefficients.gwet_ac1),
        (tables.gwet_ac_se, coefficients.gwet_ac1_se),
        (tables.brennan_prediger, coefficients.pabak),
    ):
        assert in_table(square) == pytest.approx(by_number(counts), abs=1e-9)


@given(rows=spans(3))
def test_every_gap_in_a_row_has_its_note(rows: list[Any]) -> None:
    for row in measure(rows, [], [], 3).codes + measure([row for row in rows if row[1] < 2], [], [], 2).codes:
        assert row.note is not None or None not in _coefficients(row)


def _coefficients(row: CodeAgreement) -> tuple[float | None, ...]:
    return row.cohen_kappa, row.krippendorff_alpha, row.positive_agreement, row.ci95 and row.ci95[0]
