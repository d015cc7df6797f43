"""The named displays, each with its numbers counted by hand on the small case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qualcase.analysis.code_by_year import code_by_year
from qualcase.analysis.code_counts import code_counts
from qualcase.analysis.coverage import coverage
from qualcase.analysis.crosswalk import crosswalk
from qualcase.analysis.data_sources import data_sources, span_of
from qualcase.analysis.duration import duration_text, method_line
from qualcase.analysis.effects import effects
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.event_list import event_list
from qualcase.analysis.evidence import evidence
from qualcase.analysis.phases import phases
from qualcase.coding.frame import CodingColumns
from qualcase.model.errors import UnknownNameError

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell, Display


def cell(display: Display, row: str, column: str) -> Cell:
    cells = next(one for one in display.rows if one.id == row).cells
    return cells[[one.id for one in display.columns].index(column)]


def texts(display: Display, row: str) -> list[str]:
    return [one.text for one in next(r for r in display.rows if r.id == row).cells]


# --- data sources ---


def test_data_sources_by_kind_with_a_total(data: CodedData) -> None:
    display = data_sources(data)
    assert [row.id for row in display.rows] == ["interview", "field_note", "document", "total"]
    assert texts(display, "interview") == [
        "2",
        "2",
        "1 h 2 min over 1 of 2; 1 not recorded",
        "1",
        "2008-03/2010",
        "2 of 2",
    ]
    assert texts(display, "document") == [
        "1",
        "not reported",
        "not reported",
        "none found (1 source searched)",
        "not reported",
        "none found (1 source searched)",
    ]
    assert cell(display, "total", "minutes").value == 152
    total = dict(zip((column.id for column in display.columns), texts(display, "total"), strict=True))
    assert total["minutes"] == "2 h 32 min over 2 of 3; 1 not recorded"  # a document does not last
    assert total["unrecorded"] == "1"
    assert cell(display, "interview", "unrecorded").evidence == ("S3",)


def test_an_unrecorded_duration_is_never_nought(data: CodedData) -> None:
    assert cell(data_sources(data), "document", "minutes").value is None
    assert (
        method_line("interview", [replace(data.sources[0], minutes=None)])
        == "Interviews: 1 (duration not recorded)"
    )
    assert (
        method_line("interview", [replace(data.sources[0], minutes=0.0)])
        == "Interviews: 1 (0 h 0 min over 1 of 1)"
    )


def test_method_lines_of_the_small_case(data: CodedData) -> None:
    assert data_sources(data).notes == (
        "Interviews: 2 (1 h 2 min over 1 of 2; 1 not recorded)",
        "Observation: 1 field note (1 h 30 min over 1 of 1)",
        "Documents: 1",
        "Distinct informants: 2",
        "Span: 2008-03/2010; undated: S4",
        "Date uncertain: S2",
    )


def test_durations_and_spans(data: CodedData) -> None:
    assert duration_text(data.sources) == "2 h 32 min over 2 of 3; 1 not recorded"
    assert span_of(data.sources[1:2]) == "2008-23"
    assert span_of(data.sources[3:]) is None


# --- coverage ---


def test_coverage_says_where_no_source_was_collected(data: CodedData) -> None:
    display = coverage(data)
    assert [column.id for column in display.columns] == ["P1", "P2", "P3", "outside", "total"]
    assert texts(display, "interview") == ["1", "no data", "no data", "1", "2"]
    assert texts(display, "total") == ["2", "no data", "no data", "2", "4"]
    assert cell(display, "field_note", "P1").evidence == ("S2",)
    assert cell(display, "interview", "P2").value is None


# --- codes ---


def test_code_counts(data: CodedData) -> None:
    display = code_counts(data)
    assert [one.value for one in next(r for r in display.rows if r.id == "KM.TRUST").cells] == [3, 2, 2, 1, 2]
    assert texts(display, "NS.MEMBER") == [
        *["none found (4 sources searched)"] * 4,
        "none found (7 events searched)",
    ]
    assert texts(display, "total")[:2] == ["6", "3"]
    assert cell(display, "NS.THREAT", "voices").empty == "not reported"
    assert cell(display, "KM.TRUST", "key").evidence == ("c1",)


def test_a_retired_code_stays_where_it_is_used(data: CodedData) -> None:
    assert "KM.OLD" not in [row.id for row in code_by_year(data).rows]
    assert "KM.OLD" in [row.id for row in code_by_year(data, of="events").rows]


def test_code_by_year(data: CodedData) -> None:
    display = code_by_year(data)
    assert [one.value for one in next(r for r in display.rows if r.id == "KM.TRUST").cells] == [2, 1, 3]


# --- phases ---


def test_phases_with_their_breaks(data: CodedData) -> None:
    display = phases(data)
    assert texts(display, "P1") == [
        "2008",
        "E2 Title E2: grant",
        "E1 Title E1: new board",
        "2",
        "1",
        "1",
        "1",
    ]
    assert [row.id for row in display.rows] == ["P1", "P2", "P3", "outside", "total"]
    assert cell(display, "P2", "sources").evidence == ("E3", "E7")
    assert cell(display, "P1", "opens").evidence == ("E2",)


def test_a_phase_without_a_stated_discontinuity_is_named(data: CodedData) -> None:
    notes = phases(data).notes
    assert "Phase P2 (Growth) states no discontinuity that closes it." in notes
    assert "Phase P3 (Rest) states no discontinuity that opens or closes it." in notes
    assert not any("Phase P1" in note for note in notes)


# --- events ---


def test_event_list_filters_and_prints_its_filters(data: CodedData) -> None:
    display = event_list(data, code="KM", basis="explicit", phase="outside")
    assert [row.id for row in display.rows] == ["E5"]
    assert display.manifest.filters == ("code = KM", "basis = explicit", "phase = outside")
    assert display.notes[0] == "1 of 7 events, those with code = KM, basis = explicit, phase = outside."
    assert [row.id for row in event_list(data, actor="board").rows] == ["E2", "E1"]
    assert len(event_list(data).rows) == 7


@pytest.mark.parametrize("filters", [{"code": "ZZ"}, {"phase": "P9"}, {"actor": "nobody"}])
def test_an_unknown_filter_value_is_refused(data: CodedData, filters: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError):
        event_list(data, **filters)


def test_an_unknown_basis_is_refused(data: CodedData) -> None:
    with pytest.raises(BadParameterError, match="“guessed”"):
        event_list(data, basis="guessed")


# --- evidence ---


def test_evidence_goes_from_process_to_the_voice(data: CodedData) -> None:
    display = evidence(data)
    assert [row.id for row in display.rows] == [
        "KM.TRUST/c1",
        "KM.TRUST/c0",
        "KM.TRUST/c4",
        "KM.SHARE/c3",
        "NS.THREAT/c2",
        "NS.MEMBER",
    ]
    assert texts(display, "KM.TRUST/c1") == [
        "KM",
        "KM.TRUST",
        "“fghijkl”",
        "S1 5:12",
        "March 2008",
        "Bo",
        "not reported",
    ]
    assert texts(display, "NS.THREAT/c2")[-1] == "−"
    assert cell(display, "NS.MEMBER", "quote").text == "none found (4 sources searched)"


def test_evidence_from_events_stands_in_time_order(data: CodedData) -> None:
    display = evidence(data, of="events")
    assert [row.id for row in display.rows][:2] == ["KM.TRUST/E1", "KM.TRUST/E3"]
    assert cell(display, "KM.TRUST/E1", "source").text == "S1, line 1"


def test_evidence_says_what_it_leaves_out(data: CodedData) -> None:
    display = evidence(data, limit="1")
    assert "KM.TRUST: 1 of 3 quotations." in display.notes
    with pytest.raises(BadParameterError, match="whole number"):
        evidence(data, limit="few")


def test_without_codings_the_events_are_the_evidence(data: CodedData) -> None:
    assert evidence(replace(data, codings=CodingColumns())).manifest.parameters["of"] == "events"


# --- effects ---


def test_effects_name_their_events_and_keep_the_explicit_none(data: CodedData) -> None:
    display = effects(data)
    assert [row.id for row in display.rows] == ["OUT.FIRMS", "OUT.HOSP"]
    assert cell(display, "OUT.FIRMS", "+").text == "Title E3 (E3)"
    assert cell(display, "OUT.HOSP", "total").text == "none found (7 events searched)"


def test_effects_of_codings_by_case(data: CodedData) -> None:
    display = effects(data, of="codings", columns="case")
    assert cell(display, "OUT.FIRMS", "B").text == "1 passage · 1 source · 1 voice"


# --- crosswalk ---


def test_the_crosswalk_counts_both_sides_and_shows_the_gap(data: CodedData) -> None:
    display = crosswalk(data)
    assert display.title == "Side by side"
    assert [row.label for row in display.rows] == ["R1", "R2 (gap)"]
    assert cell(display, "R1", "left").text == "Trust + Sharing; Stability"
    assert cell(display, "R1", "left").value == "KM.TRUST+KM.SHARE, NS"
    # Three of trust, one of sharing, one of threats below NS.
    assert cell(display, "R1", "left_passages").value == 5
    assert cell(display, "R1", "left_events").evidence == ("E1", "E2", "E3", "E5", "E7")
    assert cell(display, "R1", "right_passages").text == "none found (4 sources searched)"
    assert cell(display, "R2", "left").empty == "not reported"
    assert display.notes == (
        "2 rows: 2 elements on the left, 2 on the right.",
        "Gap in R2: Filled by NH.",
    )


def test_a_crosswalk_by_name_and_none_at_all(data: CodedData) -> None:
    assert crosswalk(data, "four-x-cop").title == "Side by side"
    with pytest.raises(UnknownNameError, match="“other”"):
        crosswalk(data, "other")
    bare = crosswalk(replace(data, codebooks=data.codebooks[:1]))
    assert bare.rows == ()
    assert bare.notes == ("No codebook of this project holds a crosswalk.",)


def test_columns_are_not_shared_between_displays(data: CodedData) -> None:
    before = data.codings.code.copy()
    for make in (code_counts, evidence, effects, coverage, phases, data_sources, crosswalk):
        make(data)
    assert np.array_equal(before, data.codings.code)
