"""The tables of the literature case, cell by cell against numbers worked from its events."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from qualcase.analysis.data_sources import data_sources
from qualcase.analysis.event_list import event_list
from qualcase.analysis.evidence import evidence
from qualcase.analysis.phases import phases
from qualcase.analysis.registry import build
from qualcase.analysis.tables import cross_table
from qualcase.analysis.timeline import timeline
from qualcase.codebook.shipped import read_shipped
from qualcase.coding.frame import CodedData, CodingColumns, SpanColumns
from qualcase.model.code import Code, Codebook
from qualcase.model.event import Actor, Chronology, Event, EventDate, Link, Phase
from qualcase.model.source import Source
from qualcase.text.bounds import order
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.display import Cell, Display

pytestmark = pytest.mark.shared
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
PROCESS_BY_PHASE = {
    #      P1 P2 P3 P4 P5 outside total
    "KM": (1, 1, 2, 8, 8, 0, 20),
    "IA": (0, 0, 1, 3, 9, 0, 13),
    "NS": (0, 3, 4, 5, 6, 1, 19),
    "NH": (1, 7, 6, 0, 1, 0, 15),
}


def read(shared: Path, name: str) -> Any:
    return json.loads((shared / "data" / "healthinnovation" / name).read_text(encoding="utf-8"))


def code_kind(code: str) -> str:
    top = code.partition(".")[0]
    return "process" if top in PROCESS_BY_PHASE else {"OUT": "outcome"}.get(top, "context")


def codebook_of(events: list[dict[str, Any]], golden: dict[str, Any]) -> Codebook:
    used = {code for event in events for code in (*event["process_codes"], *event["other_codes"])}
    ids = used | set(golden["subcodes_never_used"]) | {"OUT.HOSP"}
    tops = [*PROCESS_BY_PHASE, *sorted({code.partition(".")[0] for code in ids} - set(PROCESS_BY_PHASE))]
    codes: list[Code] = []
    for top in tops:
        codes.append(Code(top, top, kind=code_kind(top)))
        below = sorted(code for code in ids if code.startswith(f"{top}."))
        codes.extend(Code(code, code, parent=top, kind=code_kind(code)) for code in below)
    return Codebook("four-process", "Four processes", 1, tuple(codes))


def event_of(given: dict[str, Any], turning_points: list[str]) -> Event:
    date, locator = given["date"], given["locator"]
    return Event(
        id=given["id"],
        title=given["title"],
        date=EventDate(date["edtf"], date["earliest"], date["latest"], date["basis"], date.get("as_written")),
        source="S1",
        start=locator["char_start"],
        end=locator["char_end"],
        line=locator["line_start"],
        quote=given["quote"],
        actors=tuple(given["actors"]),
        codes=(*given["process_codes"], *given["other_codes"]),
        phase=given["phase"],
        kind=given["kind"],
        extent=given["extent"],
        duration=given["duration"],
        valence=given["valence"],
        voice=given["voice"],
        turning_point=given["id"] in turning_points,
    )


def source(handle: str, kind: str, date: str | None = None, **known: Any) -> Source:
    bounds = read_edtf(date) if date else None
    return Source(
        uid=f"uid-{handle}", handle=handle, name=f"{handle}.txt", title=handle, kind=kind, format="txt",
        encoding="utf-8", language="en", sha256=handle, words=1, characters=43021, turns=0, speakers=(),
        cases=("HealthInnovation",), date=date, earliest=bounds and bounds.earliest,
        latest=bounds and bounds.latest, **known,
    )  # fmt: skip


def coded_data(
    sources: tuple[Source, ...], book: Codebook, chronology: Chronology, coders: tuple[str, ...]
) -> CodedData:
    return CodedData(
        sources=sources, codebooks=(book,), codes=book.codes, coders=coders, cases=("HealthInnovation",),
        speakers=(), voices=(), codings=CodingColumns(), turns=SpanColumns(), sentences=SpanColumns(),
        texts={},
        chronology=chronology,
    )  # fmt: skip


@pytest.fixture(scope="module")
def golden(shared: Path) -> dict[str, Any]:
    return read(shared, "golden_numbers.json")


@pytest.fixture(scope="module")
def case(shared: Path, golden: dict[str, Any]) -> CodedData:
    given = read(shared, "healthinnovation_events.json")
    phases_given = [
        Phase(one["id"], one["name"], one["edtf"], one["opens_with"], one["closes_with"], basis=one["basis"])
        for one in given["phases"]
    ]
    chronology = Chronology(
        events=tuple(event_of(one, given["turning_points"]) for one in given["events"]),
        phases=tuple(phases_given),
        links=tuple(Link(one["source"], one["target"], one["type"], one["basis"]) for one in given["links"]),
        actors=tuple(
            Actor(one, facts["label"], facts["type"], facts["sector"], facts["note"])
            for one, facts in given["actors"].items()
        ),
    )
    book = codebook_of(given["events"], golden)
    return coded_data((source("S1", "document", "2011"),), book, chronology, ("Anna",))


def cell(display: Display, row: str, column: str) -> Cell:
    cells = next(one for one in display.rows if one.id == row).cells
    return cells[[one.id for one in display.columns].index(column)]


def values(display: Display, row: str) -> list[Any]:
    return [one.value for one in next(r for r in display.rows if r.id == row).cells]


def test_process_by_phase_equals_the_golden_table_cell_by_cell(case: CodedData) -> None:
    display = build("process-by-phase", case)
    assert [column.id for column in display.columns] == ["P1", "P2", "P3", "P4", "P5", "outside", "total"]
    assert [row.id for row in display.rows] == ["KM", "IA", "NS", "NH", "total"]
    for process, expected in PROCESS_BY_PHASE.items():
        assert values(display, process) == list(expected)


def test_totals_are_distinct_events_not_sums(case: CodedData, golden: dict[str, Any]) -> None:
    display = build("process-by-phase", case)
    by_phase = [golden["phase"][phase] for phase in ("P1", "P2", "P3", "P4", "P5", "outside")]
    assert values(display, "total") == [*by_phase, 53]
    left_out = next(note for note in display.notes if "without process" in note)
    assert ", ".join(golden["events_without_process"]) in left_out


def test_an_empty_cell_says_how_many_events_were_searched(case: CodedData) -> None:
    display = build("process-by-phase", case)
    nothing = cell(display, "NH", "P4")
    assert (nothing.value, nothing.empty, nothing.searched) == (0, "none found", 11)
    assert nothing.text == "none found (11 events searched)"
    turned = cross_table(case, "phase", "process", of="events")
    assert cell(turned, "P4", "NH") == nothing


def test_codes_never_used_are_rows_that_say_so(case: CodedData, golden: dict[str, Any]) -> None:
    display = cross_table(case, "code", "phase", of="events")
    for code in golden["subcodes_never_used"]:
        assert cell(display, code, "total").text == "none found (53 events searched)"
    for code, number in golden["subcode_counts"].items():
        assert cell(display, code, "total").value == number


def test_every_cell_that_is_not_empty_lists_its_events(case: CodedData) -> None:
    display = build("process-by-phase", case)
    for row in display.rows:
        for one in row.cells:
            assert len(one.evidence) == (one.value or 0)
    assert cell(display, "NH", "P5").evidence == ("E41",)


def test_process_by_year_keeps_undecidable_dates_apart(case: CodedData, golden: dict[str, Any]) -> None:
    display = build("process-by-year", case)
    years = [column.id for column in display.columns]
    assert years == ["2006", "2007", "2008", "2009", "2010", "2011", "2012", "spans/open", "total"]
    for process, expected in golden["process_by_year"].items():
        assert dict(zip(years, values(display, process), strict=True)) | expected == dict(
            zip(years, values(display, process), strict=True)
        )
    totals = dict(zip(years, values(display, "total"), strict=True))
    assert totals["spans/open"] == 26
    assert sum(number for year, number in totals.items() if year.isdecimal()) == 27
    assert totals["total"] == 53


def test_valence_by_phase(case: CodedData, golden: dict[str, Any]) -> None:
    display = cross_table(case, "phase", "valence", of="events")
    for phase, expected in golden["valence_by_phase"].items():
        for valence in "+-0":
            assert cell(display, phase, valence).value == expected.get(valence, 0)


def test_the_workshops_are_four_rows_in_order(case: CodedData, shared: Path) -> None:
    display = event_list(case, code="KM.ARENA", basis="explicit", phase="P4")
    assert [row.id for row in display.rows] == ["E24", "E25", "E26", "E27"]
    expected = read(shared, "seed1_tables.json")["table3"]
    assert [row.cells[0].value for row in display.rows] == [one["date"] for one in expected]
    assert [row.cells[0].text for row in display.rows] == [one["shown"] for one in expected]
    assert display.manifest.filters == ("code = KM.ARENA", "basis = explicit", "phase = P4")


def test_all_events_are_on_the_timeline_in_time_order(case: CodedData) -> None:
    display = timeline(case)
    assert len(display.rows) == 53
    assert display.figure is not None
    assert len({mark.id for mark in display.figure.marks}) == 53
    assert len(display.figure.links) == 24
    bands = {band.id: (band.earliest, band.latest) for band in display.figure.bands}
    assert bands["P3"] == ("2008-12-01", "2009-05-31")
    lanes = dict(display.figure.lanes)
    assert list(lanes) == ["KM", "IA", "NS", "NH", "outside"]


def test_marks_never_draw_a_window_as_an_activity(case: CodedData) -> None:
    figure = timeline(case).figure
    assert figure is not None
    marks = {mark.id: mark for mark in figure.marks}
    assert marks["E01"].shape == "bar"
    assert marks["E24"].shape == "whisker"
    assert marks["E47"].shape == "before"
    assert marks["E23"].shape == "before"
    assert {mark.id for mark in figure.marks if mark.shape == "bar"} == {
        event.id for event in case.chronology.events if event.extent == "spans_window"
    }


def test_what_was_expected_is_hollow_and_says_so(case: CodedData) -> None:
    display = timeline(case)
    assert display.figure is not None
    assert [mark.id for mark in display.figure.marks if mark.hollow] == ["E34"]
    assert next(row for row in display.rows if row.id == "E34").label.endswith("(expected)")


def test_no_month_is_named_for_a_season(case: CodedData) -> None:
    seasonal = [
        event for event in case.chronology.events if event.date.edtf in ("2008-23", "2010-23", "../2010-23")
    ]
    assert len(seasonal) == 12
    for display in (timeline(case), event_list(case), evidence(case, limit="0")):
        date = [column.id for column in display.columns].index("date")
        rows = [row for row in display.rows if row.id.rpartition("/")[2] in {event.id for event in seasonal}]
        assert rows
        for row in rows:
            assert "autumn" in row.cells[date].text
            assert not any(month in row.cells[date].text for month in MONTHS)


def test_dates_alone_do_not_order_the_engagement_and_the_assessment(case: CodedData) -> None:
    dates = {event.id: event.date for event in case.chronology.events}
    assert (dates["E12"].earliest, dates["E12"].latest) == ("2008-09-01", "2008-11-30")
    assert order(dates["E06"], dates["E12"]) == "undecidable"


def test_the_phase_table_counts_events_and_names_phases_without_ground(case: CodedData) -> None:
    display = phases(case)
    assert [cell(display, f"P{n}", "events").value for n in range(1, 6)] == [4, 11, 8, 11, 17]
    assert cell(display, "P4", "KM").value == 8
    assert "E24" in cell(display, "P4", "opens").text
    assert sum("states no discontinuity" in note for note in display.notes) == 5


def test_the_evidence_table_keeps_what_was_searched_and_empty(case: CodedData) -> None:
    display = evidence(case, of="events", limit="0")
    empty = {row.id: row.cells[2].text for row in display.rows if row.cells[2].empty}
    assert empty == dict.fromkeys(("IA.PROTECT", "KM.OBSTACLE"), "none found (53 events searched)")
    held = [row for row in display.rows if row.id.startswith("NH.EVAL/")]
    assert len(held) == 8


def test_the_hospital_keeps_its_explicit_none(case: CodedData) -> None:
    display = build("effects", case)
    assert cell(display, "OUT.HOSP", "total").text == "none found (53 events searched)"
    assert "(E42)" in cell(display, "OUT.FIRMS", "total").text


def test_the_method_lines_of_a_doctoral_study(shared: Path) -> None:
    given = read(shared, "doctoral_fixture.json")
    sources = tuple(
        source(one["id"], one["type"], one["date"], minutes=one["minutes"], informant=one.get("informant"))
        for one in given["sources"]
    )
    expected = given["expected"]
    display = data_sources(coded_data(sources, Codebook("empty", "Empty", 1, ()), Chronology(), ("R1",)))
    assert expected["line_interviews"] in display.notes
    assert expected["line_observation"] in display.notes
    assert "Distinct informants: 2 (P01 twice)" in display.notes
    assert f"Span: {expected['span_edtf']}" in display.notes
    assert f"Date uncertain: {', '.join(expected['uncertain_dates'])}" in display.notes
    assert "Coding: single coder; intercoder agreement not computed" in display.notes
    assert cell(display, "interview", "minutes").value == expected["interview_minutes_known"]
    assert cell(display, "field_note", "minutes").value == expected["observation_minutes_known"]
    assert cell(display, "field_note", "minutes").text == "24 h 0 min over 11 of 12; 1 not recorded"
    assert cell(display, "field_note", "informants").empty == "not reported"
    assert cell(display, "total", "n").value == 15


def test_the_same_events_give_the_same_display(case: CodedData) -> None:
    assert timeline(case) == timeline(case)
    assert build("process-by-phase", case).as_json() == build("process-by-phase", case).as_json()
    assert np.array_equal(case.codings.source, [])


def test_the_shipped_codebook_gives_the_golden_table_too(case: CodedData) -> None:
    book = read_shipped("four-process")
    shipped = replace(case, codebooks=(book,), codes=book.codes)
    display = build("process-by-phase", shipped)
    assert {row.id: tuple(one.value for one in row.cells) for row in display.rows[:-1]} == PROCESS_BY_PHASE


def test_the_shipped_crosswalk_has_its_gap_and_what_fills_it(case: CodedData) -> None:
    books = (read_shipped("four-process"), read_shipped("cop-leadership"))
    shipped = replace(case, codebooks=books, codes=tuple(code for book in books for code in book.codes))
    display = build("crosswalk", shipped)
    assert len(display.rows) == 4
    assert display.notes[0] == "4 rows: 14 elements on the left, 7 on the right."
    gap = next(row for row in display.rows if "gap" in row.label)
    assert gap.cells[0].empty == "not reported"
    assert "Managing network health" in gap.cells[-1].text
    # Twenty events carry knowledge mobility, all by one of the elements of the first row.
    assert display.rows[0].cells[4].value == 20
