"""The general table, with numbers counted by hand on the small case of conftest.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qualcase.analysis.dimensions import dimensions
from qualcase.analysis.errors import BadParameterError, UnknownDimensionError
from qualcase.analysis.measures import CAP, UNCAPPED
from qualcase.analysis.tables import cross_table
from qualcase.coding.frame import CodingColumns, SpanColumns
from qualcase.model.event import Chronology

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell, Display


def cell(display: Display, row: str, column: str) -> Cell:
    cells = next(one for one in display.rows if one.id == row).cells
    return cells[[one.id for one in display.columns].index(column)]


def values(display: Display) -> dict[str, list[object]]:
    return {row.id: [one.value for one in row.cells] for row in display.rows}


def test_codes_by_source(data: CodedData) -> None:
    display = cross_table(data, "code", "source")
    assert [column.id for column in display.columns] == ["S1", "S2", "S3", "S4", "total"]
    table = values(display)
    assert "KM.OLD" not in table
    assert table["KM"] == [0, 0, 0, 0, 0]
    assert table["KM.TRUST"] == [2, 0, 1, 0, 3]
    assert table["KM.SHARE"] == [0, 1, 0, 0, 1]
    assert table["NS.THREAT"] == [1, 0, 0, 0, 1]
    assert table["total"] == [3, 1, 2, 0, 6]


def test_cells_lead_back_to_their_codings(data: CodedData) -> None:
    display = cross_table(data, "code", "source")
    assert cell(display, "KM.TRUST", "S1").evidence == ("c0", "c1")
    assert cell(display, "total", "S3").evidence == ("c4", "c5")
    assert cell(display, "total", "total").evidence == ("c0", "c1", "c2", "c3", "c4", "c5")


def test_depth_follows_the_tree_and_the_total_comes_last(data: CodedData) -> None:
    rows = {row.id: row.depth for row in cross_table(data, "code", "source").rows}
    assert (rows["KM"], rows["KM.TRUST"]) == (0, 1)
    assert list(rows)[-1] == "total"


def test_none_found_says_how_many_sources_were_searched(data: CodedData) -> None:
    display = cross_table(data, "code", "case")
    nothing = cell(display, "NS.MEMBER", "B")
    assert nothing.text == "none found (2 sources searched)"
    assert (nothing.value, nothing.empty, nothing.searched) == (0, "none found", 2)
    assert cell(display, "NS.MEMBER", "total").searched == 4


def test_sources_that_nobody_read_are_named(data: CodedData) -> None:
    notes = cross_table(data, "code", "source").notes
    assert any(note.startswith("1 source of 4 without a coding") and "(S4)" in note for note in notes)
    done = replace(data, sources=(*data.sources[:3], replace(data.sources[3], done=("Ben",))))
    assert not any("without a coding" in note for note in cross_table(done, "code", "source").notes)


def test_a_coding_in_two_cases_counts_once_in_the_total(data: CodedData) -> None:
    table = values(cross_table(data, "process", "case"))
    # c4 lies in A through its speaker and in B through its source.
    assert table["KM"] == [4, 1, 4]
    assert table["total"] == [5, 2, 6]


def test_an_event_with_two_codes_of_a_process_counts_once_in_it(data: CodedData) -> None:
    table = values(cross_table(data, "process", "phase", of="events"))
    #                     P1 P2 P3 outside total
    assert table["KM"] == [1, 1, 0, 2, 4]
    assert table["NS"] == [1, 1, 0, 0, 2]
    assert table["total"] == [2, 2, 0, 3, 7]


def test_a_phase_without_events_was_looked_for_in_all_of_them(data: CodedData) -> None:
    display = cross_table(data, "process", "phase", of="events")
    assert cell(display, "KM", "P3").text == "none found (7 events searched)"
    assert cell(display, "NS", "outside").text == "none found (3 events searched)"


def test_events_without_the_row_dimension_are_named(data: CodedData) -> None:
    notes = cross_table(data, "process", "phase", of="events").notes
    assert "1 event of 7 without process, counted in totals only: E4." in notes


def test_years_and_what_spans_them(data: CodedData) -> None:
    events = cross_table(data, "process", "year", of="events")
    assert [column.id for column in events.columns] == [
        "2008",
        "2009",
        "2010",
        "2011",
        "2012",
        "spans/open",
        "total",
    ]
    assert values(events)["KM"] == [1, 1, 0, 0, 1, 1, 4]
    codings = cross_table(data, "process", "year")
    assert [column.id for column in codings.columns] == ["2008", "spans/open", "total"]
    assert values(codings)["KM"] == [3, 1, 4]


def test_codings_are_in_a_phase_by_their_source_s_date(data: CodedData) -> None:
    display = cross_table(data, "process", "phase")
    assert values(display)["total"] == [4, None, None, 2, 6]
    assert cell(display, "KM", "P2").empty == "no data"
    assert any("source's date lies wholly inside" in note for note in display.notes)


def test_overlapping_phases_both_hold_a_source(data: CodedData) -> None:
    phases = tuple(
        replace(phase, edtf="2008") if phase.id == "P3" else phase for phase in data.chronology.phases
    )
    doubled = replace(data, chronology=replace(data.chronology, phases=phases))
    assert values(cross_table(doubled, "process", "phase"))["total"] == [4, None, 4, 2, 6]


def test_a_phase_that_is_open_at_its_end_takes_in_all_that_follows(data: CodedData) -> None:
    phases = tuple(replace(one, edtf="2009/..") if one.id == "P2" else one for one in data.chronology.phases)
    opened = replace(data, chronology=replace(data.chronology, phases=phases))
    assert values(cross_table(opened, "process", "phase"))["total"] == [4, 2, None, 0, 6]


def test_actors_who_never_speak_are_no_data_not_zero(data: CodedData) -> None:
    display = cross_table(data, "actor", "process")
    assert [row.id for row in display.rows] == ["Anna", "Bo", "Cy", "board", "firms", "hospital", "total"]
    assert cell(display, "hospital", "KM").text == "no data"
    assert cell(display, "hospital", "KM").value is None
    assert cell(display, "Bo", "NS").text == "none found (1 source searched)"
    assert cell(display, "Bo", "KM").evidence == ("c0", "c1")


def test_actors_of_events_are_searched_in_all_events(data: CodedData) -> None:
    display = cross_table(data, "actor", "process", of="events")
    assert values(display)["board"] == [1, 1, 2]
    assert cell(display, "hospital", "total").text == "none found (7 events searched)"


def test_speakers_are_searched_where_they_speak(data: CodedData) -> None:
    display = cross_table(data, "speaker", "source")
    assert values(display)["Bo"] == [2, None, None, None, 2]
    assert next(row.label for row in display.rows if row.id == "Anna") == "Anna (interviewer)"
    assert values(display)["total"] == [3, 1, 2, 0, 6]


def test_coders_are_searched_in_what_they_coded_or_marked_done(data: CodedData) -> None:
    display = cross_table(data, "coder", "source")
    assert values(display)["Anna"] == [2, 1, None, None, 3]
    assert cell(display, "Ben", "S2").empty == "no data"
    with pytest.raises(BadParameterError, match="no coder to count events by"):
        cross_table(data, "coder", "source", of="events")


def test_any_attribute_is_a_dimension(data: CodedData) -> None:
    display = cross_table(data, "process", "sector")
    assert [column.id for column in display.columns] == ["firm", "public", "total"]
    assert values(display)["KM"] == [1, 2, 4]
    assert "1 coding of 6 without sector, counted in totals only: c3." in display.notes


def test_events_find_their_source_by_handle_id_or_file_name(data: CodedData) -> None:
    display = cross_table(data, "source", "process", of="events")
    assert values(display)["S1"] == [1, 1, 2]
    assert cell(display, "S1", "KM").evidence == ("E1",)
    assert values(display)["S3"] == [1, 0, 1]
    assert cell(display, "S3", "NS").text == "none found (1 event searched)"
    assert cell(display, "S2", "KM").empty == "no data"


def test_two_sides_of_collection_are_searched_by_source(data: CodedData) -> None:
    display = cross_table(data, "case", "source_kind", of="events")
    assert cell(display, "A", "field_note").text == "none found (1 source searched)"
    assert cell(display, "A", "document").empty == "no data"


def test_sources_and_voices_are_counted_beside_passages(data: CodedData) -> None:
    assert values(cross_table(data, "process", "case", "sources"))["KM"] == [3, 1, 3]
    voices = cross_table(data, "process", "case", "voices")
    assert values(voices)["KM"] == [2, 1, 2]
    # The only passage of NS is the interviewer's own.
    asked = cell(voices, "NS", "A")
    assert (asked.value, asked.empty, asked.evidence) == (None, "not reported", ("c2",))


def test_coverage_is_the_union_of_what_is_coded(data: CodedData) -> None:
    display = cross_table(data, "code", "source", "coverage")
    # 0:10 and 5:12 cover twelve characters, not seventeen.
    assert cell(display, "KM.TRUST", "S1").value == 12
    assert cell(display, "KM.TRUST", "S1").text == "12 of 20 characters (60.0 %)"
    assert cell(display, "KM.TRUST", "total").text == "18 of 70 characters (25.7 %)"
    assert cell(display, "total", "total").value == 12 + 4 + 6


def test_no_percentage_of_fewer_than_twenty(data: CodedData) -> None:
    display = cross_table(data, "code", "speaker", "coverage")
    assert cell(display, "KM.TRUST", "Bo").text == "12 of 12 characters"


def test_coverage_of_events_counts_only_those_with_a_place(data: CodedData) -> None:
    display = cross_table(data, "process", "source", "coverage", "events")
    assert cell(display, "total", "S1").value == 8
    placeless = cell(display, "KM", "S3")
    assert (placeless.value, placeless.empty, placeless.evidence) == (None, "not reported", ("E3",))


def test_the_key_quotation_is_the_strongest(data: CodedData) -> None:
    display = cross_table(data, "code", "source", "quotes")
    assert cell(display, "KM.TRUST", "S1").value == "fghijkl"
    assert cell(display, "KM.TRUST", "S1").text == "“fghijkl”"
    assert cell(display, "KM.TRUST", "S1").evidence == ("c0", "c1")
    assert cell(display, "KM.SHARE", "S2").value == "abcd"


def test_without_a_key_the_longest_short_quotation_is_the_strongest(data: CodedData) -> None:
    plain = replace(data.codings, key=np.zeros(6, dtype=np.bool_))
    display = cross_table(replace(data, codings=plain), "code", "source", "quotes")
    assert cell(display, "KM.TRUST", "S1").value == "abcdefghij"


def test_a_quotation_of_forty_words_gives_way_to_a_shorter_one(data: CodedData) -> None:
    text = "w " * 40 + "short one"
    columns = replace(
        data.codings,
        key=np.zeros(6, dtype=np.bool_),
        start=np.array([0, 80, 5, 0, 2, 2]),
        end=np.array([79, 89, 12, 4, 8, 8]),
    )
    display = cross_table(
        replace(data, codings=columns, texts={**data.texts, 0: text}), "code", "source", "quotes"
    )
    assert cell(display, "KM.TRUST", "S1").value == "short one"


def test_a_summary_says_passages_sources_and_voices(data: CodedData) -> None:
    display = cross_table(data, "process", "case", "summary")
    assert cell(display, "KM", "A").text == "4 passages · 3 sources · 2 voices"
    assert cell(display, "NS", "A").text == "1 passage · 1 source · voice not recorded"
    assert not any(column.numeric for column in display.columns)


def test_what_cannot_be_asked_is_refused_by_name(data: CodedData) -> None:
    with pytest.raises(UnknownDimensionError, match="“colour”") as raised:
        cross_table(data, "colour", "case")
    assert raised.value.hint is not None
    assert "sector" in raised.value.hint
    with pytest.raises(BadParameterError, match="“chi2”"):
        cross_table(data, "code", "case", "chi2")
    with pytest.raises(BadParameterError, match="“memos”"):
        cross_table(data, "code", "case", of="memos")


@pytest.mark.parametrize("of", ["codings", "events"])
def test_every_dimension_crosses_every_other(data: CodedData, of: str) -> None:
    names = [name for name, spec in dimensions().items() if of in spec.of]
    for rows in names:
        for columns in names:
            display = cross_table(data, rows, columns, of=of)
            total = len(data.codings.uid) if of == "codings" else len(data.chronology.events)
            assert display.rows[-1].cells[-1].value == total
            for row in display.rows:
                assert len(row.cells) == len(display.columns)
                for one in row.cells:
                    assert len(one.evidence) == (one.value or 0)
                    assert (one.value is None) == (one.empty == "no data")


def test_an_empty_project_has_empty_tables(data: CodedData) -> None:
    bare = replace(
        data,
        sources=(),
        codings=CodingColumns(),
        turns=SpanColumns(),
        chronology=Chronology(),
        cases=(),
        speakers=(),
        voices=(),
        coders=(),
        attributes={},
    )
    display = cross_table(bare, "code", "source")
    assert [column.id for column in display.columns] == ["total"]
    assert cell(display, "KM.TRUST", "total").empty == "no data"


def test_very_large_tables_own_up_to_naming_only_a_part(data: CodedData) -> None:
    many = UNCAPPED + 1
    zero = np.zeros(many, dtype=np.int64)
    columns = CodingColumns(
        uid=tuple(f"c{n}" for n in range(many)),
        source=zero,
        start=zero,
        end=zero + 1,
        code=zero + 1,
        coder=zero,
        speaker=zero,
        voice=zero,
        valence=zero,
        key=zero > 0,
        unaided=zero == 0,
        case_coding=np.arange(many),
        case_case=zero,
    )
    display = cross_table(replace(data, codings=columns), "code", "case")
    held = cell(display, "KM.TRUST", "A")
    assert held.value == many
    assert held.evidence == tuple(f"c{n}" for n in range(CAP))
    assert any(f"first {CAP}" in note for note in display.notes)
