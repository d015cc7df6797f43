"""The phases of a case: when, between which events and on what ground, and what happened in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.dates import date_cell
from qualcase.analysis.event_cells import text_cell
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.tables import TOTAL, cross_table
from qualcase.analysis.time_dimensions import phase_bounds
from qualcase.model.display import Column, Display, Row
from qualcase.model.event import EventDate

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell

_HEAD = (Column("dates", "dates"), Column("opens", "opens with"), Column("closes", "closes with"))


def phases(data: CodedData) -> Display:
    """Return the phases with dates, breaks, events, sources and actions by process.

    A phase that states no discontinuity at one of its ends is named in a note: without it a phase is
    decoration, not a unit of comparison.
    """
    actions = cross_table(data, "phase", "process", "count", "events")
    sources = cross_table(data, "phase", "process", "sources", "events")
    last = len(actions.columns) - 1
    rows = []
    for counted, behind in zip(actions.rows, sources.rows, strict=True):
        numbers = (counted.cells[last], behind.cells[last], *counted.cells[:last])
        rows.append(Row(counted.id, counted.label, (*_head_cells(data, counted.id), *numbers)))
    processes = tuple(Column(one.id, one.label, numeric=True) for one in actions.columns[:last])
    return Display(
        display="phases",
        title="Phases of the case",
        manifest=manifest_of(data),
        columns=(
            *_HEAD,
            Column("events", "events", numeric=True),
            Column("sources", "sources", numeric=True),
            *processes,
        ),
        rows=tuple(rows),
        notes=(*ungrounded(data), *actions.notes),
        row_label="phase",
    )


def ungrounded(data: CodedData) -> tuple[str, ...]:
    """Return one sentence for each phase that does not state what breaks it off from its neighbours."""
    notes = []
    for phase in data.chronology.phases:
        ends = [("opens", phase.discontinuity_open), ("closes", phase.discontinuity_close)]
        missing = " or ".join(end for end, ground in ends if not ground.strip())
        if missing:
            notes.append(f"Phase {phase.id} ({phase.name}) states no discontinuity that {missing} it.")
    return tuple(notes)


def _head_cells(data: CodedData, row: str) -> tuple[Cell, Cell, Cell]:
    found = next((phase for phase in data.chronology.phases if phase.id == row), None)
    if found is None:
        missing = "all phases" if row == TOTAL else "not applicable"
        return tuple(text_cell(None, (), missing=missing) for _ in range(3))  # type: ignore[return-value]
    bounds = phase_bounds(data, found)
    return (
        date_cell(EventDate(found.edtf, bounds.earliest, bounds.latest, found.basis), ()),
        _break_cell(data, found.opens_with, found.discontinuity_open),
        _break_cell(data, found.closes_with, found.discontinuity_close),
    )


def _break_cell(data: CodedData, event: str | None, ground: str) -> Cell:
    """Return the event at one end of a phase with the stated ground for the break."""
    titles = {one.id: one.title for one in data.chronology.events}
    evidence = (event,) if event in titles else ()
    named = f"{event} {titles[event]}" if event in titles else event
    if not named and not ground:
        return text_cell(None, ())
    return text_cell(": ".join(part for part in (named, ground or "ground not stated") if part), evidence)


DISPLAY = DisplaySpec(
    name="phases",
    title="Phases of the case",
    question="Into which phases does the case fall, what breaks them apart, and what was done in each?",
    build=phases,
)
