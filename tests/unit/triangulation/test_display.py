"""The agreement report as a display: honest roundings, idle codes named, no pooled row."""

from __future__ import annotations

from qualcase.model.display import Manifest
from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.display import agreement_display
from qualcase.triangulation.spans import CodedSpans, Units

MANIFEST = Manifest("all coders", "1", (), 1, "0")


def _display(rows, length=100_000, codes=("A", "B", "C")):
    report = measure_agreement(
        CodedSpans.from_rows(rows), Units.from_rows({"S1": length}), coders=("Anna", "Bo"), codes=codes
    )
    return agreement_display(report, MANIFEST)


def _texts(display, code):
    (row,) = (row for row in display.rows if row.id == code)
    return dict(
        zip((column.id for column in display.columns), (cell.text for cell in row.cells), strict=True)
    )


def test_nearly_perfect_is_not_shown_as_perfect():
    display = _display([(0, 0, 0, 0, 50_000), (0, 1, 0, 0, 49_999)])
    texts = _texts(display, "A")
    assert texts["percent"] == ">99.9"
    assert texts["krippendorff_alpha"] == ">0.999"
    assert (texts["both"], texts["first"], texts["second"]) == ("49,999", "1", "0")


def test_perfect_is_shown_as_it_is_and_a_zero_bears_no_sign():
    texts = _texts(_display([(0, 0, 0, 0, 50), (0, 1, 0, 0, 50), (0, 0, 1, 60, 61), (0, 1, 1, 70, 71)]), "A")
    assert texts["percent"] == "100.0"
    texts = _texts(_display([(0, 0, 1, 60, 61), (0, 1, 1, 70, 71)]), "B")
    assert texts["krippendorff_alpha"] == "0.000"


def test_codes_that_nobody_used_are_named_and_have_no_row():
    display = _display([(0, 0, 0, 0, 50), (0, 1, 0, 0, 40)])
    assert [row.id for row in display.rows] == ["A"]
    assert any("B, C" in note for note in display.notes)


def test_below_twenty_units_no_percentage():
    texts = _texts(_display([(0, 0, 0, 0, 5), (0, 1, 0, 0, 4)], length=19), "A")
    assert texts["percent"] == "not reported"
