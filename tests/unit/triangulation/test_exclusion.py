"""An interviewer's words taken out of the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.exclusion import take_out
from qualcase.triangulation.spans import CodedSpans, Units

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import CodeAgreement

TURNS = [(0, 0, 20), (0, 20, 50), (0, 50, 60), (0, 60, 100)]
INTERVIEWER = [(0, 0, 20), (0, 50, 60)]


def measure(
    unit: str, rows: list[tuple[int, int, int, int, int]], excluded: list[tuple[int, int, int]]
) -> CodeAgreement:
    units = Units.from_rows({"interview": 100}, TURNS, excluded)
    return measure_agreement(
        CodedSpans.from_rows(rows), units, coders=("A", "B"), codes=("K",), unit=unit
    ).codes[0]


def cells(row: CodeAgreement) -> tuple[int | None, ...]:
    return row.both, row.first, row.second, row.neither


ROWS = [(0, 0, 0, 10, 70), (0, 1, 0, 45, 65), (0, 1, 0, 0, 5)]


def test_characters_of_the_interviewer_are_not_counted() -> None:
    assert cells(measure("character", ROWS, [])) == (20, 40, 5, 35)
    # kept are 20–50 and 60–100: both 45–50 and 60–65, A alone 20–45 and 65–70
    assert cells(measure("character", ROWS, INTERVIEWER)) == (10, 30, 0, 30)


def test_turns_of_the_interviewer_are_dropped() -> None:
    assert cells(measure("turn", ROWS, [])) == (4, 0, 0, 0)
    assert cells(measure("turn", ROWS, INTERVIEWER)) == (2, 0, 0, 0)


def test_a_turn_partly_taken_out_shrinks_and_the_half_is_of_what_is_left() -> None:
    units = Units.from_rows({"text": 20}, [(0, 0, 20)], [(0, 0, 10)])
    spans = CodedSpans.from_rows([(0, 0, 0, 15, 20), (0, 1, 0, 16, 20)])
    row = measure_agreement(spans, units, coders=("A", "B"), codes=("K",), unit="turn", rule="half").codes[0]
    assert cells(row) == (0, 1, 0, 0)


def test_a_source_of_nothing_but_the_interviewer_has_no_unit() -> None:
    units = Units.from_rows({"talk": 30, "speech": 10}, excluded=[(1, 0, 4), (1, 4, 10)])
    spans = CodedSpans.from_rows([(1, 0, 0, 2, 9)])
    report = measure_agreement(spans, units, coders=("A", "B"), codes=("K",), unit="document")
    assert (report.codes[0].units, report.codes[0].note) == (1, "nobody coded it in these sources")


def test_the_report_says_how_much_was_taken_out() -> None:
    units = Units.from_rows({"interview": 100}, TURNS, [*INTERVIEWER, (0, 5, 25)])
    report = measure_agreement(CodedSpans.from_rows(ROWS), units, coders=("A", "B"), codes=("K",))
    assert "35 characters of excluded text were taken out before counting." in report.notes


def test_positions_close_up() -> None:
    units = Units.from_rows({"one": 10, "two": 100}, excluded=[(1, 10, 20), (1, 40, 50)])
    rows = [(1, 0, 0, 5, 15), (1, 0, 0, 12, 18), (1, 0, 0, 20, 60), (0, 0, 0, 0, 10)]
    spans, left = take_out(CodedSpans.from_rows(rows), units)
    assert spans.starts.tolist() == [5, 10, 0]
    assert spans.ends.tolist() == [10, 40, 10]
    assert left.lengths.tolist() == [10, 80]
