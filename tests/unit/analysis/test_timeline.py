"""The timeline: order, lanes, and marks that never claim more than a date does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qualcase.analysis.dates import date_text
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.timeline import shape_of, timeline
from qualcase.model.event import Event, EventDate

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Figure


def figure_of(data: CodedData, lanes: str = "process") -> Figure:
    figure = timeline(data, lanes).figure
    assert figure is not None
    return figure


def test_events_stand_in_order_of_earliest_then_latest(data: CodedData) -> None:
    assert [row.id for row in timeline(data).rows] == ["E2", "E1", "E4", "E3", "E7", "E5", "E6"]


def test_events_of_one_window_are_flagged_as_tied(data: CodedData) -> None:
    assert "Same window, so their order is not known: E3, E7." in timeline(data).notes


def test_a_row_tells_all_that_is_known_of_an_event(data: CodedData) -> None:
    display = timeline(data)
    row = next(row for row in display.rows if row.id == "E1")
    told = {column.id: cell.text for column, cell in zip(display.columns, row.cells, strict=True)}
    assert told == {
        "date": "autumn 2008",
        "earliest": "2008-09-01",
        "latest": "2008-11-30",
        "basis": "explicit",
        "phase": "P1",
        "lanes": "KM",
        "valence": "+",
        "codes": "KM.TRUST, KM.SHARE",
        "evidence": "“abcde” (S1, line 1)",
    }
    assert all(cell.evidence == ("E1",) for cell in row.cells)


def test_an_open_end_is_said_not_invented(data: CodedData) -> None:
    row = next(row for row in timeline(data).rows if row.id == "E2")
    assert (row.cells[1].value, row.cells[1].text, row.cells[1].empty) == (None, "open", "not reported")


@pytest.mark.parametrize(
    ("earliest", "latest", "extent", "duration", "shape"),
    [
        ("2009-05-04", "2009-05-04", "point_in_window", None, "point"),
        ("2009-05-04", "2009-05-04", "spans_window", "PT6H", "point"),
        ("2009-05-01", "2009-05-31", "point_in_window", None, "whisker"),
        ("2009-05-01", "2009-05-31", "point_in_window", "P2D", "whisker"),
        ("2009-05-04", "2009-05-05", "point_in_window", "P2D", "bar"),
        ("2009-05-04", "2009-05-10", "point_in_window", "P1W", "bar"),
        ("2009-05-01", "2009-07-31", "point_in_window", "P2M/P3M", "whisker"),
        ("2009-05-01", "2009-05-31", "spans_window", None, "bar"),
        (None, "2009-05-31", "point_in_window", None, "before"),
        (None, "2009-05-31", "spans_window", None, "before"),
        ("2009-05-01", None, "point_in_window", None, "after"),
        (None, None, "point_in_window", None, "open"),
    ],
)
def test_shapes(
    earliest: str | None, latest: str | None, extent: str, duration: str | None, shape: str
) -> None:
    event = Event("E", "E", EventDate(None, earliest, latest, None), extent=extent, duration=duration)
    assert shape_of(event) == shape


def test_marks_carry_what_is_drawn(data: CodedData) -> None:
    marks = {mark.id: mark for mark in figure_of(data).marks}
    assert marks["E1"].turning_point
    assert marks["E2"].adverse
    assert not marks["E1"].adverse
    assert [name for name, mark in marks.items() if mark.hollow] == ["E5"]
    assert marks["E5"].label == "Title E5 (expected)"
    assert marks["E5"].date_text == "2012"


def test_after_the_last_source_an_event_can_only_be_expected(data: CodedData) -> None:
    dated = replace(data, sources=data.sources[:2])
    assert [mark.id for mark in figure_of(dated).marks if mark.hollow] == ["E4", "E3", "E7", "E5"]


def test_lanes_by_process_are_all_there_and_the_rest_lies_outside(data: CodedData) -> None:
    figure = figure_of(data)
    assert figure.lanes == (("KM", "Knowledge mobility"), ("NS", "Stability"), ("outside", "no process"))
    assert next(mark for mark in figure.marks if mark.id == "E4").lanes == ("outside",)


@pytest.mark.parametrize(
    ("lanes", "expected"),
    [
        ("actor", ["board", "firms", "outside"]),
        ("case", ["A", "B", "outside"]),
        ("source", ["S1", "S3", "outside"]),
        ("code", ["KM.TRUST", "KM.SHARE", "KM.OLD", "NS.THREAT", "OUT.FIRMS", "outside"]),
    ],
)
def test_other_lanes_show_those_in_use(data: CodedData, lanes: str, expected: list[str]) -> None:
    assert [lane for lane, _ in figure_of(data, lanes).lanes] == expected


def test_an_event_may_lie_in_two_lanes(data: CodedData) -> None:
    assert next(mark for mark in figure_of(data, "actor").marks if mark.id == "E2").lanes == (
        "board",
        "firms",
    )


def test_lanes_that_make_no_sense_are_refused(data: CodedData) -> None:
    with pytest.raises(BadParameterError, match="“year”"):
        timeline(data, "year")


def test_bands_are_the_phases_and_links_need_both_ends(data: CodedData) -> None:
    figure = figure_of(data)
    assert [(band.id, band.earliest, band.latest) for band in figure.bands] == [
        ("P1", "2008-01-01", "2008-12-31"),
        ("P2", "2009-01-01", "2009-12-31"),
        ("P3", "2011-01-01", "2011-12-31"),
    ]
    assert figure.links == (("E1", "E3", "inferred"),)


def test_a_phase_without_a_date_reaches_from_its_first_event_to_its_last(data: CodedData) -> None:
    phases = (replace(data.chronology.phases[0], edtf=None, opens_with="E1", closes_with="E3"),)
    band = figure_of(replace(data, chronology=replace(data.chronology, phases=phases))).bands[0]
    assert (band.earliest, band.latest) == ("2008-09-01", "2009-05-04")


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (None, None, "undated"),
        ("2009-05-04", "2009-05-04", "4 May 2009"),
        (None, "2010-10-31", "until 31 October 2010"),
    ],
)
def test_a_date_without_edtf_is_told_by_its_bounds(
    earliest: str | None, latest: str | None, text: str
) -> None:
    assert date_text(EventDate(None, earliest, latest, None)) == text
